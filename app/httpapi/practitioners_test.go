package httpapi_test

import (
	"maps"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/app/practitioners"
)

func with(m map[string]any, field string, v any) map[string]any {
	m = maps.Clone(m)
	m[field] = v
	return m
}

func TestRegisterOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		d, other := p.Staff(t, "doctor1", accounts.Doctor, "h1"), p.Staff(t, "doctor2", accounts.Doctor, "h1")
		reviewer := p.Staff(t, "reviewer1", accounts.Reviewer, "h1")
		const licence = "110110000012345"
		apply := func(name string, a *httpapitest.Actor, body any, status int, code string,
			fields ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: a, Method: "POST", Path: "/v1/practitioners/me", Body: body,
				Status: status, Code: code, Fields: fields}
		}
		decide := func(name, person, verb string, body any, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: p.admin, Method: "POST",
				Path: "/v1/admin/practitioners/" + person + "/" + verb, Body: body, Status: status, Code: code}
		}
		hours := func(name string, week any, status int, code string, fields ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: d, Method: "PUT", Path: "/v1/practitioners/me/hours",
				Body: map[string]any{"hours": week}, Status: status, Code: code, Fields: fields}
		}
		version := func(n int) map[string]any { return map[string]any{"version": n} }
		app := application(licence)
		pharmacist := with(with(application("110110000099999"), "title", "pharmacist"), "department", "")
		p.Run(t,
			httpapitest.Scenario{Name: "not registered", Actor: d, Method: "GET", Path: "/v1/practitioners/me",
				Status: 404, Code: "not-found"},
			apply("unknown department", d, with(app, "department", "alchemy"), 422, "invalid-input", "body.department"),
			apply("pharmacist's title", d, with(app, "title", "pharmacist"), 422, "invalid-input", "body.title"),
			apply("licence ran out", d, with(app, "licensedUntil", "2026-11-21"), 422, "invalid-input",
				"body.licensedUntil"),
			apply("practice in the future", d, with(app, "practiceSince", "2026-11-23"), 422, "invalid-input",
				"body.practiceSince"),
			apply("no such day", d, with(app, "practiceSince", "2026-02-30"), 422, "invalid-input",
				"body.practiceSince"),
			apply("pharmacist with a fee", reviewer, pharmacist, 422, "invalid-input", "body.feeFen"),
			apply("pharmacist", reviewer, with(pharmacist, "feeFen", 0), 201, ""),
			apply("doctor", d, with(app, "title", "resident"), 201, ""),
			apply("doctor corrects it", d, app, 201, ""),
			apply("licence of another", other, app, 409, "licence-taken"),
			httpapitest.Scenario{Name: "pending is not public", Method: "GET", Path: "/v1/doctors/" + d.Person,
				Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "presence before approval", Actor: d, Method: "PUT",
				Path: "/v1/practitioners/me/presence", Body: map[string]bool{"online": true}, Status: 403,
				Code: "practitioner-not-approved"},
			decide("the version before the correction", d.Person, "approve", version(1), 409, "version-conflict"),
			decide("approve", d.Person, "approve", version(2), 200, ""),
			decide("approve twice", d.Person, "approve", version(3), 409, "registration-state"),
			decide("approve nobody", accounts.NewPerson(), "approve", version(1), 404, "not-found"),
			apply("apply after the decision", d, app, 409, "already-registered"),
			httpapitest.Scenario{Name: "pending list", Actor: p.admin, Method: "GET",
				Path: "/v1/admin/practitioners?state=pending", Status: 200, Want: []string{reviewer.Person},
				Hide: []string{d.Person}},
			decide("suspend without a reason", d.Person, "suspend", version(3), 422, "invalid-input"),
			decide("suspend", d.Person, "suspend", map[string]any{"version": 3, "reason": "licence check"}, 200, ""),
			httpapitest.Scenario{Name: "suspended is not public", Method: "GET", Path: "/v1/doctors/" + d.Person,
				Status: 404, Code: "not-found"},
			decide("approve again", d.Person, "approve", version(4), 200, ""),
			hours("a session that ends before it begins",
				[]map[string]any{{"weekday": 1, "from": "09:00", "to": "08:00", "capacity": 6}}, 422, "invalid-input",
				"body.hours[0].to"),
			hours("no time of day", []map[string]any{{"weekday": 1, "from": "9", "to": "12:00", "capacity": 6}}, 422,
				"invalid-input", "body.hours[0].from"),
			hours("mondays", []map[string]any{{"weekday": 1, "from": "09:00", "to": "12:00", "capacity": 6}}, 200, ""),
			httpapitest.Scenario{Name: "without a key", Actor: d, Method: "PUT", Path: "/v1/practitioners/me/hours",
				Body: map[string]any{"hours": []any{}}, Headers: map[string]string{"Idempotency-Key": "-"}, Status: 400,
				Code: "idempotency-key-missing"},
			httpapitest.Scenario{Name: "before approval", Actor: other, Method: "PUT",
				Path: "/v1/practitioners/me/hours", Body: map[string]any{"hours": []any{}}, Status: 403,
				Code: "practitioner-not-approved"},
			httpapitest.Scenario{Name: "one's own", Actor: d, Method: "GET", Path: "/v1/practitioners/me/hours",
				Status: 200, Want: []string{`{"hours":[{"weekday":1,"from":"09:00","to":"12:00","capacity":6}]}`}},
			// The ward's clock begins on Sunday, 2026-11-22.
			httpapitest.Scenario{Name: "everybody sees the sessions", Method: "GET",
				Path: "/v1/doctors/" + d.Person + "/slots", Status: 200,
				Want: []string{`"start":"2026-11-23T09:00:00+08:00"`, `"free":6`}},
			httpapitest.Scenario{Name: "and the next one", Method: "GET", Path: "/v1/doctors/" + d.Person, Status: 200,
				Want: []string{`"nextSlot":{"start":"2026-11-23T09:00:00+08:00"`, `"presence":"offline"`}},
			httpapitest.Scenario{Name: "busy", Actor: d, Method: "PUT", Path: "/v1/practitioners/me/presence",
				Body: map[string]bool{"online": true, "busy": true}, Status: 204},
			httpapitest.Scenario{Name: "is shown as busy", Method: "GET", Path: "/v1/doctors", Status: 200,
				Want: []string{`"online":true,"presence":"busy"`}},
			httpapitest.Scenario{Name: "of nobody", Method: "GET",
				Path: "/v1/doctors/" + accounts.NewPerson() + "/slots", Status: 404, Code: "not-found"},
		)
		var decisions int64
		if err := p.DB.Table("practitioner_decisions").Where("person = ?", d.Person).
			Count(&decisions).Error; err != nil || decisions != 3 {
			t.Errorf("%d decisions on file, %v; want 3", decisions, err)
		}
	})
}

func TestDirectoryOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		const licence = "110110000012345"
		d, e := p.doctor(t, "doctor1", licence), p.doctor(t, "doctor2", "110110000054321")
		first := func(name, query, person string, n int) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Method: "GET", Path: "/v1/doctors" + query, Status: 200,
				Hide: []string{licence}, Check: func(t *testing.T, rec *httptest.ResponseRecorder) {
					list := httpapitest.Decode[struct{ Doctors []practitioners.Card }](t, rec).Doctors
					if len(list) != n || (n > 0 && person != "" && list[0].Person != person) {
						t.Errorf("got %+v", list)
					}
				}}
		}
		online := func(on bool) httpapitest.Scenario {
			return httpapitest.Scenario{Name: "presence", Actor: e, Method: "PUT",
				Path: "/v1/practitioners/me/presence", Body: map[string]bool{"online": on}, Status: 204}
		}
		p.Run(t,
			httpapitest.Scenario{Name: "departments", Method: "GET", Path: "/v1/departments", Status: 200,
				Want: []string{"cardiology", "心血管内科"}},
			first("all", "", "", 2), first("department", "?department=cardiology", "", 2),
			first("another department", "?department=surgery", "", 0),
			first("nobody online", "?online=true", "", 0), online(true), first("online first", "", e.Person, 2),
			first("online", "?online=true", e.Person, 1),
			online(false), first("gone", "?online=true", "", 0),
			httpapitest.Scenario{Name: "one", Method: "GET", Path: "/v1/doctors/" + d.Person, Status: 200,
				Want: []string{`"antibiotics":"restricted"`, `"orgName":"name of h1"`, `"feeFen":3000`},
				Hide: []string{licence}},
			httpapitest.Scenario{Name: "a word", Method: "POST", Path: "/v1/doctors/search",
				Body: map[string]any{"word": "心血管", "limit": 1}, Status: 200, Want: []string{`"total":2`}},
			httpapitest.Scenario{Name: "a word in the address", Method: "GET", Path: "/v1/doctors?q=x", Status: 422,
				Code: "invalid-input"},
			httpapitest.Scenario{Name: "unknown query", Method: "GET", Path: "/v1/doctors?dept=x", Status: 422,
				Code: "invalid-input"},
		)
		p.Clock.Advance(5 * 365 * 24 * time.Hour) // the licences end in 2030
		p.Run(t, first("licences ran out", "", "", 0))
	})
}

func TestCreateStaffOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		const password, another = "a violet harbour at dawn", "quite another lantern"
		staff := map[string]any{"login": "doctor7", "password": password, "role": "doctor", "org": "h1"}
		key := map[string]string{"Idempotency-Key": "create-doctor7"}
		post := func(name string, body any, headers map[string]string, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: p.admin, Method: "POST", Path: "/v1/admin/staff", Body: body,
				Headers: headers, Status: status, Code: code, Hide: []string{password}}
		}
		p.Run(t,
			post("no key", staff, map[string]string{"Idempotency-Key": "-"}, 400, "idempotency-key-missing"),
			post("create", staff, key, 201, ""),
			post("repeat", staff, key, 201, ""),
			post("same key, other body", with(staff, "role", "admin"), key, 409, "idempotency-key-reused"),
			post("login taken", staff, nil, 409, "login-taken"),
			post("patients have no password", with(staff, "role", "patient"), nil, 422, "invalid-input"),
			httpapitest.Scenario{Name: "log in", Method: "POST", Path: "/v1/sessions",
				Body: map[string]string{"login": "doctor7", "password": password}, Status: 201},
			httpapitest.Scenario{Name: "forgotten", Actor: p.admin, Method: "PUT",
				Path: "/v1/admin/staff/doctor7/password", Body: map[string]string{"password": another}, Status: 204},
			httpapitest.Scenario{Name: "nobody's", Actor: p.admin, Method: "PUT",
				Path: "/v1/admin/staff/doctor8/password", Body: map[string]string{"password": another}, Status: 404,
				Code: "not-found"},
			httpapitest.Scenario{Name: "the old one", Method: "POST", Path: "/v1/sessions",
				Body: map[string]string{"login": "doctor7", "password": password}, Status: 401,
				Code: "wrong-credentials"},
			httpapitest.Scenario{Name: "the new one", Method: "POST", Path: "/v1/sessions",
				Body: map[string]string{"login": "doctor7", "password": another}, Status: 201},
			httpapitest.Scenario{Name: "wrong old one", Actor: p.admin, Method: "PUT", Path: "/v1/me/password",
				Body: map[string]string{"old": another, "password": password}, Status: 422, Code: "invalid-input"},
		)
	})
}
