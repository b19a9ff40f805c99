package httpapi_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/parties"
)

const patientName = "王小芳"

func birth(year int) time.Time { return time.Date(year, 3, 7, 12, 0, 0, 0, time.UTC) }

// identity is a woman's when serial is even.
func typedIdentity(name string, year, serial int) map[string]any {
	sex := []string{"female", "male"}[serial%2]
	return map[string]any{"name": name, "sex": sex, "birthDate": fmt.Sprintf("%d-03-07", year),
		"idNumber": identity.MakeIDNumber(110101, birth(year), serial)}
}

func TestProfileOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann, bob := p.Patient(t, "ann"), p.Patient(t, "bob")
		id := typedIdentity(patientName, 1990, 22)
		number := id["idNumber"].(string)
		p.Secret(number, patientName, "13800138000")
		bind := func(name string, a *httpapitest.Actor, body any, status int, code string,
			fields ...string) httpapitest.Scenario {
			s := httpapitest.Scenario{Name: name, Actor: a, Method: "POST", Path: "/v1/patients/me/identity",
				Body: body, Status: status, Code: code, Fields: fields, Hide: []string{number}}
			if code != "" {
				s.Hide = append(s.Hide, patientName)
			}
			return s
		}
		put := func(name string, a *httpapitest.Actor, person string, body any, status int, code string,
			fields ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: a, Method: "PUT", Path: "/v1/patients/" + person, Body: body,
				Status: status, Code: code, Fields: fields}
		}
		health := func(version int, more ...any) map[string]any {
			h := map[string]any{"allergiesAsked": true, "allergies": []any{}, "chronic": []any{}, "pregnant": "",
				"lactating": ""}
			for i := 0; i < len(more); i += 2 {
				h[more[i].(string)] = more[i+1]
			}
			return map[string]any{"phone": "13800138000", "health": h, "version": version}
		}
		p.Run(t,
			httpapitest.Scenario{Name: "nothing yet", Actor: ann, Method: "GET", Path: "/v1/patients/me", Status: 200,
				Want: []string{`"bound":false`, `"version":0`, `"allergies":[]`}},
			bind("check digit", ann, with(id, "idNumber", number[:17]+string("0123456789X"[(int(number[17])+1)%11])),
				422, "invalid-input", "body.idNumber"),
			bind("other sex", ann, with(id, "sex", "male"), 422, "invalid-input", "body.sex"),
			bind("other birthday", ann, with(id, "birthDate", "1990-03-08"), 422, "invalid-input", "body.birthDate"),
			bind("control character in the name", ann, with(id, "name", "王\u0007"), 422, "invalid-input", "body.name"),
			bind("bad UTF-8", ann, "{\"name\":\"\xc3\x28\"}", 400, "bad-encoding"),
			bind("bind", ann, id, 201, ""),
			bind("bind twice", ann, typedIdentity("王大芳", 1991, 22), 409, "identity-bound"),
			bind("the same identity elsewhere is contested", bob, id, 201, ""),
			httpapitest.Scenario{Name: "and taken back", Actor: bob, Method: "DELETE", Path: "/v1/patients/me/identity",
				Status: 200},
			httpapitest.Scenario{Name: "read", Actor: ann, Method: "GET", Path: "/v1/patients/me", Status: 200,
				Want: []string{patientName, number[:6] + "********" + number[14:], `"version":1`},
				Hide: []string{number}},
			put("health", ann, "me", health(1, "allergies",
				[]any{map[string]any{"allergen": "penicillin", "text": "皮疹"}}, "chronic",
				[]any{map[string]any{"code": "I10"}}, "pregnant", "yes"), 200, ""),
			put("an old version", ann, "me", health(1), 409, "version-conflict"),
			put("wrong everywhere", ann, ann.Person,
				health(2, "allergies", []any{map[string]any{"allergen": "moonlight", "text": ""}}, "chronic",
					[]any{map[string]any{"code": "flu"}}), 422, "invalid-input",
				"body.health.allergies[0].allergen", "body.health.chronic[0].code"),
			put("allergies nobody asked for", ann, "me",
				health(2, "allergiesAsked", false, "allergies", []any{map[string]any{"allergen": "", "text": "dust"}}),
				422, "invalid-input", "body.health.allergiesAsked"),
			put("phone", ann, "me", with(health(2), "phone", "12345"), 422, "invalid-input", "body.phone"),
			put("somebody else's", bob, ann.Person, health(2), 404, "not-found"),
			httpapitest.Scenario{Name: "somebody else reads", Actor: bob, Method: "GET",
				Path: "/v1/patients/" + ann.Person, Status: 404, Code: "not-found", Hide: []string{patientName}},
			bind("bob is a man", bob, typedIdentity("赵强", 1985, 31), 201, ""),
			put("a pregnant man", bob, "me", health(3, "pregnant", "yes"), 422, "invalid-input",
				"body.health.pregnant"),
		)
		p.sealed(t, number, patientName, "13800138000", "I10")
	})
}

// sealed looks for personal data in the raw columns.
func (p *people) sealed(t *testing.T, secrets ...string) {
	t.Helper()
	for _, secret := range secrets {
		for _, column := range []string{"identity", "contact", "health"} {
			var rows []struct{ V []byte }
			if err := p.DB.Raw("SELECT " + column + " AS v FROM patients").Scan(&rows).Error; err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				if bytes.Contains(r.V, []byte(secret)) {
					t.Errorf("patients.%s holds %q in clear", column, secret)
				}
			}
		}
	}
}

func TestPriorDiagnosesOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann := p.Patient(t, "ann")
		post := func(name string, body map[string]any, key string, status int, code string,
			fields ...string) httpapitest.Scenario {
			s := httpapitest.Scenario{Name: name, Actor: ann, Method: "POST", Path: "/v1/patients/me/diagnoses",
				Body: body, Status: status, Code: code, Fields: fields}
			if key != "" {
				s.Headers = map[string]string{"Idempotency-Key": key}
			}
			return s
		}
		d := map[string]any{"code": "I10", "hospital": "First Hospital", "date": "2025-05-01"}
		p.Run(t,
			httpapitest.Scenario{Name: "bind", Actor: ann, Method: "POST", Path: "/v1/patients/me/identity",
				Body: typedIdentity(patientName, 1990, 22), Status: 201},
			post("tomorrow", with(d, "date", "2026-11-23"), "", 422, "invalid-input", "body.date"),
			post("before birth", with(d, "date", "1990-03-06"), "", 422, "invalid-input", "body.date"),
			post("no code", with(d, "code", "hypertension"), "", 422, "invalid-input", "body.code"),
			post("its source typed as well", with(d, "source", "hospital"), "", 422, "invalid-input", "body.source"),
			post("add", d, "prior-0001", 201, ""),
			post("repeat", d, "prior-0001", 201, ""),
			httpapitest.Scenario{Name: "a chronic condition", Actor: ann, Method: "PUT", Path: "/v1/patients/me",
				Status: 200, Want: []string{`"source":"declared"`},
				Body: map[string]any{"version": 2,
					"health": map[string]any{"allergiesAsked": true, "allergies": []any{},
						"chronic": []any{map[string]any{"code": "J45.9"}}, "pregnant": "no", "lactating": "no"}}},
		)
		if _, err := p.profiles.Record(t.Context(), sqlstore.Command{}, ann.Person,
			profile.Prior{Code: "E11.9", Hospital: "First Hospital", Date: "2025-06-01"}); err != nil {
			t.Fatal(err)
		}
		patient, priors, err := p.profiles.Patient(t.Context(), ann.Person, ann.Person)
		proved := map[string]bool{}
		for _, d := range priors {
			proved[d.Code] = !d.Declared
		}
		// What the patient typed is known to the safety checks and proves nothing.
		if !maps.Equal(proved, map[string]bool{"I10": false, "E11.9": true, "J45.9": false}) {
			t.Errorf("%+v", priors)
		}
		if err != nil || patient.Name != patientName || patient.Sex != parties.Female ||
			patient.AgeAt(httpapitest.Start) != 36 {
			t.Fatalf("the prescription room reads %+v, %+v, %v", patient, priors, err)
		}
	})
}

func TestFamilyOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann, bob := p.Patient(t, "ann"), p.Patient(t, "bob")
		child := with(typedIdentity("王宝宝", 2022, 11), "relation", "parent")
		add := func(name string, body any, status int, code string, fields ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: ann, Method: "POST", Path: "/v1/patients/me/family",
				Body: body, Status: status, Code: code, Fields: fields}
		}
		p.Run(t,
			add("before the own name is bound", child, 409, "identity-not-bound"),
			httpapitest.Scenario{Name: "bind", Actor: ann, Method: "POST", Path: "/v1/patients/me/identity",
				Body: typedIdentity(patientName, 1990, 22), Status: 201},
			add("an adult", with(typedIdentity("王老五", 1960, 11), "relation", "other"), 422, "invalid-input",
				"body.birthDate"),
			add("no relation", with(child, "relation", "boss"), 422, "invalid-input", "body.relation"),
		)
		baby := httpapitest.Decode[patients.View](t, p.Play(t, add("", child, 201, "")))
		p.Run(t,
			add("the same child is there already", child, 201, ""),
			httpapitest.Scenario{Name: "list", Actor: ann, Method: "GET", Path: "/v1/patients/me/family", Status: 200,
				Want: []string{baby.Person, `"relation":"parent"`}},
			httpapitest.Scenario{Name: "the guardian reads", Actor: ann, Method: "GET",
				Path: "/v1/patients/" + baby.Person, Status: 200, Want: []string{"王宝宝"}},
			httpapitest.Scenario{Name: "the guardian adds a diagnosis", Actor: ann, Method: "POST",
				Path:   "/v1/patients/" + baby.Person + "/diagnoses",
				Body:   map[string]any{"code": "J45", "hospital": "Children's Hospital", "date": "2026-01-02"},
				Status: 201},
			httpapitest.Scenario{Name: "a stranger reads", Actor: bob, Method: "GET",
				Path: "/v1/patients/" + baby.Person, Status: 404, Code: "not-found", Hide: []string{"王宝宝"}},
		)
		got, _, err := p.profiles.Patient(t.Context(), ann.Person, baby.Person)
		if err != nil || got.Guardian != ann.Person || got.GuardianName != patientName ||
			got.AgeAt(httpapitest.Start) != 4 {
			t.Fatalf("the prescription room reads %+v, %v", got, err)
		}
		p.Clock.Advance(15 * 365 * 24 * time.Hour)
		if err := p.profiles.MayActFor(t.Context(), ann.Person, baby.Person); err == nil {
			t.Error("the guardian still acts for an adult")
		}
	})
}

// One identity, bound by several accounts at once, is held by one.
func TestConcurrentBinding(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		const accountsAtOnce = 4
		id := identity.Identity{Name: patientName, Sex: parties.Female, BirthDate: "1990-03-07",
			IDNumber: identity.MakeIDNumber(110101, birth(1990), 22)}
		results := make(chan error, accountsAtOnce)
		for range accountsAtOnce {
			go func() {
				v, err := p.profiles.Bind(context.Background(), sqlstore.Command{}, accounts.NewPerson(), id)
				if err == nil && v.Claim == profile.Contested {
					err = profile.ErrContested
				}
				results <- err
			}()
		}
		won := 0
		for range accountsAtOnce {
			if err := <-results; err == nil {
				won++
			} else if !errors.Is(err, profile.ErrContested) && !errors.Is(err, sqlstore.ErrConflict) {
				t.Errorf("got %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d accounts bound the same identity", won)
		}
	})
}

// TestOneRoad holds the HTTP road to the rules of chain/platform/text; TestSocketFrames does so for
// the chat's socket.
func TestOneRoad(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann, bob := p.Patient(t, "ann"), p.Patient(t, "bob")
		id := typedIdentity(patientName, 1990, 22)
		raw := func(replace, by string) string {
			return strings.Replace(fmt.Sprintf(`{"name":%q,"sex":"female","birthDate":"1990-03-07","idNumber":%q}`,
				patientName, id["idNumber"]), replace, by, 1)
		}
		bind := func(name string, body any, status int, fields ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: ann, Method: "POST", Path: "/v1/patients/me/identity",
				Body: body, Status: status, Code: "invalid-input", Fields: fields}
		}
		p.Run(t,
			bind("blanks", with(id, "name", "  \u3000"), 422, "body.name"),
			bind("invisible", with(id, "name", "\u3164"), 422, "body.name"),
			bind("directional", with(id, "name", "王\u202e小芳"), 422, "body.name"),
			bind("noncharacter escaped", raw(patientName, `王\ufffe`), 400, "body.name"),
			bind("lone surrogate", raw(patientName, `王\ud800`), 400, "body"),
			bind("another case", raw(`"name"`, `"Name"`), 422, "body.Name"),
			bind("twice", raw(`"name"`, `"name":"x","name"`), 400, "body.name"),
			bind("beyond a double", raw(`"female"`, `1e400`), 400, "body.sex"),
			httpapitest.Scenario{Name: "a rare character beyond the BMP, and blanks around", Actor: ann, Method: "POST",
				Path: "/v1/patients/me/identity", Body: with(id, "name", " 𠮷小芳 "), Status: 201,
				Want: []string{`"name":"𠮷小芳"`}},
			httpapitest.Scenario{Name: "another middle dot", Actor: bob, Method: "POST",
				Path: "/v1/patients/me/identity", Body: typedIdentity("阿依古丽•买买提", 1991, 24), Status: 201,
				Want: []string{`"name":"阿依古丽·买买提"`}},
			httpapitest.Scenario{Name: "7.0 is an integer", Actor: bob, Method: "PUT", Path: "/v1/patients/me",
				Body: `{"health":{"allergiesAsked":true,"allergies":[],"chronic":[],"pregnant":"","lactating":""},"version":1.0}`, Status: 200, Want: []string{`"version":2`}},
		)
	})
}
