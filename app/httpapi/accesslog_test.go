package httpapi_test

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accesslog"
	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/family"
	accesslogapi "github.com/smart-hospital/hospital/app/httpapi/accesslog"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	patientsapi "github.com/smart-hospital/hospital/app/httpapi/patients"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/access"
)

// lookWard is a pharmacy ward whose administrators may ask who looked at whom.
type lookWard struct {
	*pharmacyWard
	profiles              *patients.Service
	admin, deputy, abroad *httpapitest.Actor
}

func eachLookWard(t *testing.T, fn func(t *testing.T, w *lookWard)) {
	eachPharmacyWard(t, func(t *testing.T, p *pharmacyWard) {
		fatalIf(t, patients.Migrate(t.Context(), p.DB))
		fatalIf(t, family.Migrate(t.Context(), p.DB))
		fatalIf(t, accesslog.Migrate(t.Context(), p.DB))
		w := &lookWard{pharmacyWard: p, profiles: patients.New(p.DB, p.Box),
			admin: p.Staff(t, "admin", accounts.Admin, "h1"), deputy: p.Staff(t, "deputy", accounts.Admin, "h1"),
			abroad: p.Staff(t, "padmin", accounts.Admin, "p1")}
		w.profiles.Now = p.Clock.Now
		p.API.RequireHome("h1")
		p.API.Refuses(accesslogapi.Refusals)
		patientsapi.RegisterAccesses(p.API, w.profiles, p.svc)
		accesslogapi.Register(p.API, &accesslog.Service{DB: p.DB, Box: p.Box, Accounts: p.Accounts,
			Patients: w.profiles, Now: p.Clock.Now})
		fn(t, w)
	})
}

const searchPath = "/v1/admin/access-searches"

// ask puts a question as somebody and reads all its lines.
func (w *lookWard) ask(t *testing.T, q map[string]any) (lines []accesslog.Line, pages int) {
	t.Helper()
	w.Clock.Advance(time.Second)
	q["reason"] = "患者投诉 118"
	rec := w.Play(t, httpapitest.Scenario{Actor: w.admin, Method: "POST", Path: searchPath, Body: q, Status: 201})
	path := searchPath + "/" + httpapitest.Decode[accesslog.Search](t, rec).ID + "/lines"
	for after := ""; ; {
		rec := w.Play(t, httpapitest.Scenario{Actor: w.admin, Method: "GET", Path: path + after, Status: 200})
		page := httpapitest.Decode[struct {
			Lines []accesslog.Line
			Next  string
		}](t, rec)
		lines, pages = append(lines, page.Lines...), pages+1
		if page.Next == "" {
			return lines, pages
		}
		if len(page.Lines) != accesslog.PageLines {
			t.Fatalf("a page of %d with another behind it", len(page.Lines))
		}
		after = "?after=" + url.QueryEscape(page.Next)
	}
}

func (w *lookWard) look(t *testing.T, patient, visit string, by *httpapitest.Actor) {
	t.Helper()
	fatalIf(t, w.profiles.NoteAccess(t.Context(), access.Line{Person: patient, Visit: visit, Reader: by.Person,
		Role: by.Role, Org: by.Org, Reason: "doctor of the visit"}))
}

// TestWhoLookedAtWhom: an administrator finds by patient, by reader and by period who read what,
// page after page, and nothing that was read.
func TestWhoLookedAtWhom(t *testing.T) {
	eachLookWard(t, func(t *testing.T, w *lookWard) {
		id, _ := w.paid(t)
		w.Clock.Advance(time.Second)
		w.Play(t, httpapitest.Scenario{Actor: w.reviewer, Method: "GET", Path: "/v1/prescriptions/" + string(id),
			Status: 200})
		const many = accesslog.PageLines + 30
		for i := range many { // several of one moment
			if i%7 == 0 {
				w.Clock.Advance(time.Second)
			}
			w.look(t, w.patient.Person, fmt.Sprintf("CN%03d", i), w.doctor)
		}
		w.Clock.Advance(time.Second)
		w.look(t, w.other.Person, "CN900", w.doctor)

		lines, pages := w.ask(t, map[string]any{"patient": w.patient.Person})
		seen := map[string]bool{}
		for i, l := range lines {
			if l.Patient != w.patient.Person || seen[fmt.Sprint(l)] || i > 0 && lines[i-1].At.Before(l.At) {
				t.Fatalf("line %d: %+v", i, l)
			}
			seen[fmt.Sprint(l)] = true
		}
		if len(lines) <= many || pages != 2 || lines[0].Login == "" {
			t.Fatalf("%d lines on %d pages, the newest %+v", len(lines), pages, lines[0])
		}
		if l := lines[len(lines)-1]; l.About != "prescription" || l.Subject != string(id) {
			t.Errorf("the oldest: %+v", l)
		}
		byReader, _ := w.ask(t, map[string]any{"reader": lines[0].Login})
		if len(byReader) < many+1 || byReader[0].Patient != w.other.Person {
			t.Errorf("%d lines of the doctor, the newest %+v", len(byReader), byReader[0])
		}
		if both, _ := w.ask(t, map[string]any{"reader": w.doctor.Person, "patient": w.other.Person}); len(both) != 1 {
			t.Errorf("of one reader and one patient: %+v", both)
		}
		day := w.Clock.Now().Format(time.DateOnly)
		all, _ := w.ask(t, map[string]any{"from": day, "to": day})
		if len(all) <= len(lines) || all[0].About != "log" || all[0].Login != "admin" {
			t.Errorf("%d lines of the day, the newest %+v", len(all), all[0])
		}
		if before, _ := w.ask(t, map[string]any{"reader": w.doctor.Person, "to": "2020-01-01"}); len(before) != 0 {
			t.Errorf("before all: %+v", before)
		}
	})
}

// TestAPassedRecordIsSearchedByAllItsIDs: visits and prescriptions keep the id from before a record
// passed to its owner. Whoever asks by either id finds them, and the owner reads of them and of
// each search.
func TestAPassedRecordIsSearchedByAllItsIDs(t *testing.T) {
	eachLookWard(t, func(t *testing.T, w *lookWard) {
		id, _ := w.paid(t)
		w.Play(t, httpapitest.Scenario{Actor: w.reviewer, Method: "GET", Path: "/v1/prescriptions/" + string(id),
			Status: 200})
		w.look(t, w.patient.Person, "CN1", w.doctor)
		fatalIf(t, w.DB.Exec("INSERT INTO former_persons (former, person) VALUES (?, ?)", w.patient.Person,
			w.other.Person).Error)
		for _, person := range []string{w.other.Person, w.patient.Person} {
			found := map[string]bool{}
			lines, _ := w.ask(t, map[string]any{"patient": person})
			for _, l := range lines {
				found[l.Subject] = true
			}
			if !found["CN1"] || !found[string(id)] {
				t.Errorf("of %s: %+v", person, lines)
			}
		}
		w.Play(t, httpapitest.Scenario{Name: "the owner reads all of it", Actor: w.other, Method: "GET",
			Path: "/v1/patients/me/accesses", Status: 200, Want: []string{`"CN1"`, string(id)},
			Check: func(t *testing.T, rec *httptest.ResponseRecorder) {
				if n := strings.Count(rec.Body.String(), `"about":"log"`); n != 2 {
					t.Errorf("%d lines of searches", n)
				}
			}})
	})
}

// TestSearchesAreNoted: nobody asks in silence, or without saying why, or what another
// administrator asked.
func TestSearchesAreNoted(t *testing.T) {
	eachLookWard(t, func(t *testing.T, w *lookWard) {
		w.look(t, w.patient.Person, "CN1", w.doctor)
		w.Clock.Advance(time.Second)
		q := func(more ...string) map[string]any {
			m := map[string]any{"reason": "患者投诉 118"}
			for i := 0; i < len(more); i += 2 {
				m[more[i]] = more[i+1]
			}
			return m
		}
		refused := func(name string, body map[string]any, field string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: w.admin, Method: "POST", Path: searchPath, Body: body,
				Status: 422, Code: "invalid-input", Fields: []string{field}}
		}
		w.Run(t,
			refused("without a reason", map[string]any{"patient": w.patient.Person}, "body"),
			refused("a reason of spaces", q("patient", "u1", "reason", "     "), "body.reason"),
			refused("everybody, ever", q(), "body.from"),
			refused("everybody, in 33 days", q("from", "2026-09-01", "to", "2026-10-03"), "body.from"),
			refused("no day", q("patient", w.patient.Person, "from", "2026-02-30"), "body.from"),
			refused("backwards", q("patient", w.patient.Person, "from", "2026-10-03", "to", "2026-10-02"), "body.to"),
			refused("a patient's name", q("patient", "陈晓燕"), "body.patient"),
			refused("a patient's number", q("patient", "110101199003071234"), "body.patient"),
			refused("a reader's name", q("reader", "陈晓燕"), "body.reader"),
			httpapitest.Scenario{Name: "a pharmacy's administrator", Actor: w.abroad, Method: "POST", Path: searchPath,
				Body: q("patient", w.patient.Person), Status: 403, Code: "forbidden"},
			httpapitest.Scenario{Name: "a doctor", Actor: w.doctor, Method: "POST", Path: searchPath,
				Body: q("patient", w.patient.Person), Status: 403, Code: "forbidden"},
		)
		rec := w.Play(t, httpapitest.Scenario{Actor: w.admin, Method: "POST", Path: searchPath,
			Body: q("patient", w.patient.Person), Status: 201})
		id := httpapitest.Decode[accesslog.Search](t, rec).ID
		path := searchPath + "/" + id + "/lines"
		w.Run(t,
			httpapitest.Scenario{Name: "its lines", Actor: w.admin, Method: "GET", Path: path, Status: 200,
				Want: []string{`"CN1"`}},
			httpapitest.Scenario{Name: "a place that nobody gave", Actor: w.admin, Method: "GET",
				Path: path + "?after=e30x", Status: 422, Code: "invalid-input", Fields: []string{"query.after"}},
			httpapitest.Scenario{Name: "another administrator's search", Actor: w.deputy, Method: "GET", Path: path,
				Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "the other one reads that it was made, and why", Actor: w.deputy, Method: "GET",
				Path: searchPath, Status: 200, Want: []string{id, "患者投诉 118", `"admin":"admin"`, w.patient.Person}},
			httpapitest.Scenario{Name: "behind the last one", Actor: w.deputy, Method: "GET",
				Path: searchPath + "?after=" + id, Status: 200, Want: []string{`{"searches":[]}`}},
			httpapitest.Scenario{Name: "the oldest first, of one administrator", Actor: w.deputy, Method: "GET",
				Path: searchPath + "?sort=at&admin=Admin", Status: 200, Want: []string{id}},
			httpapitest.Scenario{Name: "of one who asked nothing", Actor: w.deputy, Method: "GET",
				Path: searchPath + "?admin=deputy9", Status: 200, Want: []string{`{"searches":[]}`}},
			httpapitest.Scenario{Name: "an order that is none", Actor: w.deputy, Method: "GET",
				Path: searchPath + "?sort=reason", Status: 422, Code: "invalid-input", Fields: []string{"query.sort"}},
			httpapitest.Scenario{Name: "the patient sees it", Actor: w.patient, Method: "GET",
				Path: "/v1/patients/me/accesses", Status: 200, Want: []string{`"about":"log"`, w.admin.Person},
				Hide: []string{"患者投诉"},
				Check: func(t *testing.T, rec *httptest.ResponseRecorder) {
					if n := strings.Count(rec.Body.String(), `"about":"log"`); n != 1 {
						t.Errorf("%d lines", n)
					}
				}},
		)
		lines, err := w.Accounts.SecurityLog(t.Context(), "h1", securitylog.Query{})
		if err != nil || lines[0].Kind != securitylog.Searched || lines[0].Subject != w.patient.Person ||
			lines[0].Detail != id || lines[0].Actor != "admin" {
			t.Errorf("%v, the newest line: %+v", err, lines[0])
		}
		w.Clock.Advance(accesslog.ReadFor)
		w.Run(t, httpapitest.Scenario{Name: "too late", Actor: w.admin, Method: "GET", Path: path, Status: 404,
			Code: "not-found"})
	})
}
