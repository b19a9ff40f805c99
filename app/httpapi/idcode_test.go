package httpapi_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	idcodeapi "github.com/smart-hospital/hospital/app/httpapi/idcode"
	patientsapi "github.com/smart-hospital/hospital/app/httpapi/patients"
	"github.com/smart-hospital/hospital/app/idcode"
	"github.com/smart-hospital/hospital/app/patients"
)

func TestRolesOfIdentityCodes(t *testing.T) {
	w := httpapitest.New(t, httpapitest.Memory(t))
	w.API.Refuses(idcodeapi.Refusals)
	idcodeapi.Register(w.API, &idcode.Service{})
	everybody, anyone := httpapitest.AllRoles, []accounts.Role{httpapitest.Anyone}
	w.Roles(t, map[string][]accounts.Role{
		"login-staff": anyone, "login-wechat": anyone, "me": everybody, "logout": everybody,
		"logout-everywhere": everybody,
		"change-password":   accounts.StaffRoles, "show-identity-code": {accounts.Patient},
		"read-identity-code": {accounts.Doctor, accounts.Dispenser, accounts.Admin},
	})
}

// TestIdentityCode drives the code from the patient's screen to the counter, the doctor and the
// desk: each sees its own, the claim still needs the pick-up code, and the patient reads who
// looked.
func TestIdentityCode(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		fatalIf(t, patients.Migrate(t.Context(), w.DB))
		fatalIf(t, family.Migrate(t.Context(), w.DB))
		people := patients.New(w.DB, w.Box)
		people.Now = w.Clock.Now
		w.API.RequireHome("h1")
		patientsapi.RegisterPatients(w.API, people)
		patientsapi.RegisterAccesses(w.API, people, w.svc)
		w.API.Refuses(idcodeapi.Refusals)
		idcodeapi.Register(w.API, &idcode.Service{Box: w.Box, Redis: w.Redis, Hospital: "h1", People: people,
			Visit: func(_ context.Context, doctor string, ids []string) (id, state string, err error) {
				if doctor == w.doctor.Person && ids[0] == w.patient.Person {
					return visit, "active", nil
				}
				return "", "", nil
			}, Ready: w.svc.ReadyFor, Now: w.Clock.Now})
		admin, foreign := w.Staff(t, "root", accounts.Admin, "h1"), w.Staff(t, "p1root", accounts.Admin, "p1")
		mint := "/v1/patients/me/identity-code"
		w.Play(t, httpapitest.Scenario{Name: "no real name yet", Actor: w.patient, Method: "POST", Path: mint,
			Status: 409, Code: "identity-not-bound"})
		w.Play(t, httpapitest.Scenario{Actor: w.patient, Method: "POST", Path: "/v1/patients/me/identity",
			Body: map[string]any{"name": "张三", "sex": "male", "birthDate": "1990-03-07",
				"idNumber": "110101199003070134"},
			Status: 201})
		w.Play(t, httpapitest.Scenario{Name: "of another patient", Actor: w.other, Method: "POST",
			Path: "/v1/patients/" + w.patient.Person + "/identity-code", Status: 404, Code: "not-found"})
		code := func() string {
			c := httpapitest.Decode[idcode.Code](t, w.Play(t, httpapitest.Scenario{Actor: w.patient, Method: "POST",
				Path: mint, Status: 200}))
			w.Secret(c.Code)
			return c.Code
		}
		read := func(by *httpapitest.Actor, code string) idcode.Shown {
			t.Helper()
			w.Clock.Advance(time.Second)
			return httpapitest.Decode[idcode.Shown](t, w.Play(t, httpapitest.Scenario{Actor: by, Method: "POST",
				Path: "/v1/identity-codes/read", Body: map[string]any{"code": code}, Status: 200}))
		}
		refused := func(by *httpapitest.Actor, code string, status int, problem string) {
			t.Helper()
			w.Play(t, httpapitest.Scenario{Actor: by, Method: "POST", Path: "/v1/identity-codes/read",
				Body: map[string]any{"code": code}, Status: status, Code: problem, Hide: []string{"张三", w.patient.Person}})
		}

		id, pickup := w.paid(t)
		if got := read(w.ph1, code()); got.Name != "" || len(got.Ready) > 0 {
			t.Errorf("a pharmacy that was not chosen is shown %+v", got)
		}
		w.Play(t, httpapitest.Scenario{Actor: w.patient, Method: "PUT",
			Path: "/v1/prescriptions/" + string(id) + "/pharmacy", Body: map[string]any{"pharmacy": "p1"}, Status: 200})
		got := read(w.ph1, code())
		if got.Name != "张三" || got.Proven || len(got.Ready) != 1 || got.Ready[0].ID != id ||
			got.Ready[0].Status != "paid" || !got.Ready[0].Complete {
			t.Errorf("the chosen pharmacy is shown %+v", got)
		}
		if text := fmt.Sprintf("%+v", got); strings.Contains(text, "阿莫西林") || strings.Contains(text, pickup) {
			t.Errorf("it is shown what it has no code for: %s", text)
		}
		if got := read(w.ph2, code()); got.Name != "" || len(got.Ready) > 0 {
			t.Errorf("another pharmacy is shown %+v", got)
		}
		w.Play(t, httpapitest.Scenario{Name: "who is identified still has to show the pick-up code", Actor: w.ph1,
			Method: "GET", Path: "/v1/prescriptions/" + string(id), Status: 404, Code: "not-found"})
		w.Play(t, httpapitest.Scenario{Name: "a claim with the identity code", Actor: w.ph1, Method: "POST",
			Path:   "/v1/prescriptions/" + string(id) + "/claim",
			Body:   map[string]any{"accessCode": strings.Repeat("A", 52)},
			Status: 403, Code: "pickup-refused"})
		w.act(t, w.ph1, id, "claim", map[string]any{"accessCode": pickup[strings.LastIndex(pickup, ":")+1:]})
		w.committed(t)
		w.Play(t, httpapitest.Scenario{Actor: w.ph1, Method: "POST", Path: "/v1/prescriptions/" + string(id) + "/ready",
			Status: 204})
		if got := read(w.ph1, code()); len(got.Ready) != 1 || got.Ready[0].Status != "claimed" ||
			got.Ready[0].ReadyAt == nil {
			t.Errorf("the pharmacy that holds it is shown %+v", got)
		}
		if got := read(w.ph2, code()); got.Name != "" || len(got.Ready) > 0 {
			t.Errorf("another one is shown %+v", got)
		}
		if got := read(w.doctor, code()); got.Visit == nil || got.Visit.ID != visit || got.Record != nil ||
			got.Ready != nil {
			t.Errorf("the doctor is shown %+v", got)
		}
		if got := read(admin, code()); got.Record == nil || got.Record.IDNumber == "110101199003070134" ||
			got.Record.Person != w.patient.Person || got.Visit != nil {
			t.Errorf("the desk is shown %+v", got)
		}
		refused(foreign, code(), 403, "forbidden")
		refused(w.reviewer, code(), 403, "forbidden")
		refused(w.other, code(), 403, "forbidden")
		refused(nil, code(), 401, "unauthenticated")
		refused(w.ph1, "hello", 404, "identity-code-unknown")
		refused(w.ph1, strings.Replace(code(), ":H1:", ":H2:", 1), 409, "identity-code-foreign")
		used := code()
		read(w.ph2, used)
		refused(w.ph1, used, 409, "identity-code-used")
		w.Clock.Advance(idcode.TTL)
		refused(w.ph2, used, 410, "identity-code-expired")

		lines := httpapitest.Decode[struct{ Accesses []patientsapi.PatientAccess }](t, w.Play(t, httpapitest.Scenario{
			Actor: w.patient, Method: "GET", Path: "/v1/patients/me/accesses", Status: 200})).Accesses
		by := map[string]int{}
		for _, l := range lines {
			if l.Reason == "identity code read" && l.About == "identity" && l.Org != "" {
				by[l.Person]++
			}
		}
		for _, who := range []struct {
			a *httpapitest.Actor
			n int
		}{{w.ph1, 3}, {w.ph2, 3}, {w.doctor, 1}, {admin, 1}, {w.reviewer, 0}} {
			if by[who.a.Person] != who.n {
				t.Errorf("%s of %s has %d lines, want %d", who.a.Role, who.a.Org, by[who.a.Person], who.n)
			}
		}
	})
}
