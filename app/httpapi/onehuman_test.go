package httpapi_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/prescription"
)

// Two log-ins with one number are one human.
func TestOneHuman(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		p.register.Humans = p.profiles
		id := typedIdentity(patientName, 1990, 22)
		doctor, reviewer, patient := p.Staff(t, "doctor", accounts.Doctor, "h1"),
			p.Staff(t, "reviewer", accounts.Reviewer, "h1"), p.Patient(t, "patient")
		apply := httpapitest.Scenario{Actor: doctor, Method: "POST", Path: "/v1/practitioners/me",
			Body: application("110310000000999"), Status: 201}
		approve := httpapitest.Scenario{Actor: p.admin, Method: "POST",
			Path: "/v1/admin/practitioners/" + doctor.Person + "/approve", Body: map[string]any{"version": 1},
			Status: 409, Code: "staff-unidentified"}
		enter := func(a *httpapitest.Actor, n map[string]any, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Actor: p.admin, Method: "PUT",
				Path: "/v1/admin/practitioners/" + a.Person + "/identity", Body: n, Status: status, Code: code}
		}
		p.Play(t, apply)
		p.Play(t, approve)
		p.Play(t, enter(doctor, map[string]any{"idNumber": "110105194912310021"}, 422, "invalid-input"))
		p.Play(t, enter(doctor, number(id), 204, ""))
		pharmacy := p.Staff(t, "pharmacy-admin", accounts.Admin, "p1")
		p.Play(t, httpapitest.Scenario{Name: "another organisation's", Actor: pharmacy, Method: "PUT",
			Path: "/v1/admin/practitioners/" + doctor.Person + "/identity", Body: number(typedIdentity("孙二", 1985, 33)),
			Status: 404, Code: "not-found"})
		approve.Status, approve.Code = 200, ""
		p.Play(t, approve)
		p.Play(t, enter(reviewer, number(id), 204, ""))
		if v := p.bind(t, patient, id); v.Claim != profile.Contested {
			t.Errorf("a member of staff's number, typed: %+v", v)
		}
		d, err := p.register.Doctor(t.Context(), doctor.Person)
		if err != nil || len(d.Also) != 2 || !strings.Contains(strings.Join(d.Also, " "), patient.Person) ||
			!strings.Contains(strings.Join(d.Also, " "), reviewer.Person) {
			t.Errorf("%+v, %v", d.Also, err)
		}
		other := p.Patient(t, "other")
		p.bind(t, other, typedIdentity("赵强", 1985, 31))
		if also, err := p.profiles.Also(t.Context(), other.Person); err != nil || len(also) != 0 {
			t.Errorf("%v, %v", also, err)
		}
		cn := func(a *httpapitest.Actor, want string) {
			t.Helper()
			if got, err := human.CNOf(p.DB.WithContext(t.Context()), a.Person); err != nil || got != want {
				t.Errorf("it is %s, want %s, %v", got, want, err)
			}
		}
		cn(reviewer, doctor.Person)
		cn(patient, patient.Person)
		elsewhere := p.Staff(t, "elsewhere", accounts.Dispenser, "p1")
		p.Play(t, httpapitest.Scenario{Actor: pharmacy, Method: "PUT",
			Path: "/v1/admin/practitioners/" + elsewhere.Person + "/identity", Body: number(id), Status: 204})
		cn(elsewhere, elsewhere.Person)
		twin := p.Staff(t, "twin", accounts.Doctor, "h1")
		p.Play(t, enter(twin, number(id), 409, "staff-twice"))
		cn(twin, twin.Person)
		if r, err := p.register.Reviewer(t.Context(), doctor.Person); !errors.Is(err, prescription.ErrNotFound) {
			t.Errorf("one who never applied: %+v, %v", r, err)
		}
		// A number that was wrong: whoever shared it is another again, and nobody bears the id that
		// somebody else goes by.
		p.Play(t, enter(doctor, number(typedIdentity("李明", 1980, 35)), 204, ""))
		if own, err := human.CNOf(p.DB.WithContext(t.Context()), doctor.Person); err != nil || own == doctor.Person {
			t.Errorf("the doctor still goes by %s, as the reviewer does: %v", own, err)
		}
		cn(reviewer, doctor.Person)
		p.Play(t, enter(reviewer, number(typedIdentity("王平", 1981, 37)), 204, ""))
		cn(reviewer, reviewer.Person)
		p.Play(t, enter(doctor, number(id), 204, ""))
		cn(doctor, doctor.Person)
		p.Play(t, enter(reviewer, number(id), 204, ""))
		cn(reviewer, doctor.Person)
		// Who had a key keeps the name that its certificate bears; who has none takes it, whoever's
		// number was entered first.
		p.enrolled(t, doctor, nil)
		p.Play(t, p.prove("the patient", patient.Person, id, 200, ""))
		cn(patient, doctor.Person)
		dispenser := p.Staff(t, "dispenser", accounts.Dispenser, "h1")
		p.Play(t, enter(dispenser, number(typedIdentity("钱一", 1982, 39)), 204, ""))
		cn(dispenser, dispenser.Person)
		p.Play(t, enter(doctor, number(typedIdentity("钱一", 1982, 39)), 204, ""))
		cn(doctor, doctor.Person)
		cn(dispenser, doctor.Person)
	})
}

// A patient's log-in is one with those of staff once it has proven the number, whichever was known
// first; typing it joins nobody.
func TestOneHumanAsPatient(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		old := p.doctor(t, "old", "110310000000999")
		p.register.Humans = p.profiles
		enter := func(a *httpapitest.Actor, n map[string]any) {
			t.Helper()
			p.Play(t, httpapitest.Scenario{Actor: p.admin, Method: "PUT",
				Path: "/v1/admin/practitioners/" + a.Person + "/identity", Body: number(n), Status: 204})
		}
		cn := func(a *httpapitest.Actor, want string) {
			t.Helper()
			if got, err := human.CNOf(p.DB.WithContext(t.Context()), a.Person); err != nil || got != want {
				t.Errorf("it is %s, want %s, %v", got, want, err)
			}
		}
		staff := func(n string) *httpapitest.Actor { return p.Staff(t, n, accounts.Reviewer, "h1") }

		first, hired := typedIdentity(patientName, 1990, 22), staff("hired")
		patient := p.Patient(t, "first")
		p.bind(t, patient, first)
		enter(hired, first)
		if v := p.me(t, patient); v.Claim != profile.Contested ||
			!strings.Contains(p.notes(t, patient), access.NoteContested) {
			t.Errorf("typed only, and a member of staff's: %+v", v)
		}
		cn(patient, patient.Person)
		p.Play(t, p.prove("the patient", patient.Person, first, 200, ""))
		cn(patient, hired.Person)

		// By the bureau's word for a card, before the number is a member of staff's.
		carded, second, later := p.Patient(t, "carded"), typedIdentity("赵强", 1985, 31), staff("later")
		p.bind(t, carded, second)
		if err := p.profiles.ProveByCard(t.Context(), carded.Person, carded.Person,
			identityOf(t, p, carded)); err != nil {
			t.Fatal(err)
		}
		enter(later, second)
		if v := p.me(t, carded); v.Claim != profile.Proven {
			t.Errorf("%+v", v)
		}
		cn(later, carded.Person)

		// The number turns out to be another's: whoever loses it is called by the own name again.
		right := p.Patient(t, "right")
		p.bind(t, right, first)
		p.Play(t, p.prove("the right one", right.Person, with(first, "name", "王小方"), 200, ""))
		cn(right, hired.Person)
		cn(patient, patient.Person)

		// Both had keys before: the desk sees it, and a new log-in in the place of one of them
		// mends it.
		third, keyed := typedIdentity("孙二", 1985, 33), p.Patient(t, "keyed")
		p.bind(t, keyed, third)
		p.enrolled(t, keyed, nil)
		p.enrolled(t, old, nil)
		enter(old, third)
		apart := func(want string) httpapitest.Scenario {
			s := p.prove("both had keys", keyed.Person, third, 200, "")
			s.Want = []string{`"staff":true`, `"apart":` + want}
			return s
		}
		p.Play(t, apart("true"))
		cn(keyed, keyed.Person)
		cn(old, old.Person)
		p.Play(t, httpapitest.Scenario{Actor: p.admin, Method: "POST",
			Path: "/v1/admin/accounts/" + old.Person + "/close", Status: 204})
		fresh := p.Staff(t, "fresh", accounts.Doctor, "h1")
		enter(fresh, third)
		cn(fresh, keyed.Person)
		p.Play(t, apart("false"))
	})
}

// Who came into office before numbers were asked for is a task of the administrator's, and comes
// back into office with one.
func TestStaffFromBeforeNumbers(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		doctor := p.doctor(t, "doctor", "110310000000999")
		p.register.Humans = p.profiles // the upgrade
		list := func(name, state string, unidentified bool) httpapitest.Scenario {
			s := httpapitest.Scenario{Name: name, Actor: p.admin, Method: "GET",
				Path: "/v1/admin/practitioners?state=" + state, Status: 200, Want: []string{doctor.Person}}
			if mark := []string{`"unidentified":true`}; unidentified {
				s.Want = append(s.Want, mark...)
			} else {
				s.Hide = mark
			}
			return s
		}
		admin := "/v1/admin/practitioners/" + doctor.Person
		suspend := httpapitest.Scenario{Name: "out of office", Actor: p.admin, Method: "POST", Path: admin + "/suspend",
			Body: map[string]any{"version": 2, "reason": "licence under review"}, Status: 200,
			Want: []string{`"unidentified":true`}}
		approve := func(name string, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: p.admin, Method: "POST", Path: admin + "/approve",
				Body: map[string]any{"version": 3}, Status: status, Code: code}
		}
		p.Run(t,
			list("in office without a number", "approved", true),
			suspend,
			list("suspended without one", "suspended", true),
			approve("not back without one", 409, "staff-unidentified"),
			httpapitest.Scenario{Name: "the number", Actor: p.admin, Method: "PUT", Path: admin + "/identity",
				Body: number(typedIdentity(patientName, 1990, 22)), Status: 204},
			list("the task is done", "suspended", false),
			approve("back in office", 200, ""),
			list("with a number", "approved", false),
		)
	})
}
