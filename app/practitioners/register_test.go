package practitioners_test

import (
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/redisstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
)

func each(t *testing.T, fn func(t *testing.T, s *practitioners.Service, at *time.Time)) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		if err := practitioners.Migrate(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		client, closeRedis, err := redisstore.Open(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = closeRedis() })
		at := time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)
		s := practitioners.New(db, client, sqlstoretest.Box(), func(org string) string { return "name of " + org })
		s.Now = func() time.Time { return at }
		fn(t, s, &at)
	})
}

var admin = accounts.Account{ID: "aadmin", Person: accounts.NewPerson(), Role: accounts.Admin, Org: "h1"}

func apply(t *testing.T, s *practitioners.Service, role accounts.Role, org, title, licence string) accounts.Account {
	t.Helper()
	acc := accounts.Account{ID: "a" + licence, Person: accounts.NewPerson(), Role: role, Org: org}
	a := practitioners.Application{Name: "李明", Title: title, Licence: licence, LicensedUntil: "2026-12-31",
		PracticeSince: "2012-07-01"}
	if role == accounts.Doctor {
		a.Department = "cardiology"
	}
	if _, err := s.Apply(t.Context(), sqlstore.Command{}, acc, a); err != nil {
		t.Fatal(err)
	}
	return acc
}

// What the prescription room reads of a doctor, from the application to the licence's last moment.
func TestDoctorAsThePrescriptionRoomReadsIt(t *testing.T) {
	each(t, func(t *testing.T, s *practitioners.Service, at *time.Time) {
		acc := apply(t, s, accounts.Doctor, "h1", "attending", "110110000012345")
		licensed := func(step string, want bool) {
			t.Helper()
			d, err := s.Doctor(t.Context(), acc.Person)
			if err != nil || d.Title != parties.Attending || d.Hospital != "h1" {
				t.Fatalf("%s: %+v, %v", step, d, err)
			}
			if d.MayPrescribe != want || at.Before(d.LicensedUntil) != want {
				t.Errorf("%s: may prescribe %v until %v, want %v", step, d.MayPrescribe, d.LicensedUntil, want)
			}
			if err := s.InOffice(t.Context(), acc.Person); (err == nil) != want ||
				(err != nil && !errors.Is(err, practitioners.ErrNotApproved)) {
				t.Errorf("%s: in office: %v, want %v", step, err, want)
			}
		}
		licensed("applied", false)
		if _, err := s.Approve(t.Context(), sqlstore.Command{}, admin, acc.Person, 1); err != nil {
			t.Fatal(err)
		}
		licensed("approved", true)
		if _, err := s.Suspend(t.Context(), sqlstore.Command{}, admin, acc.Person, 2, "check"); err != nil {
			t.Fatal(err)
		}
		licensed("suspended", false)
		if _, err := s.Approve(t.Context(), sqlstore.Command{}, admin, acc.Person, 3); err != nil {
			t.Fatal(err)
		}
		*at = time.Date(2026, 12, 31, 15, 59, 59, 0, time.UTC) // 23:59:59 in China
		licensed("last second of the last day", true)
		*at = at.Add(time.Second)
		d, err := s.Doctor(t.Context(), acc.Person)
		if err != nil || at.Before(d.LicensedUntil) || s.InOffice(t.Context(), acc.Person) == nil {
			t.Errorf("the day after: %+v, %v", d, err)
		}
	})
}

func TestOfficesDoNotMix(t *testing.T) {
	each(t, func(t *testing.T, s *practitioners.Service, _ *time.Time) {
		reviewer := apply(t, s, accounts.Reviewer, "h1", practitioners.Pharmacist, "110110000000001")
		dispenser := apply(t, s, accounts.Dispenser, "p1", practitioners.Pharmacist, "110110000000002")
		if _, err := s.Approve(t.Context(), sqlstore.Command{}, admin, dispenser.Person, 1); !errors.Is(err,
			practitioners.ErrNotFound) {
			t.Errorf("another organisation's administrator: %v", err)
		}
		for _, acc := range []accounts.Account{reviewer, dispenser} {
			own := admin
			own.Org = acc.Org
			if _, err := s.Approve(t.Context(), sqlstore.Command{}, own, acc.Person, 1); err != nil {
				t.Fatal(err)
			}
		}
		if r, err := s.Reviewer(t.Context(), reviewer.Person); err != nil || r.Hospital != "h1" ||
			r.LicensedUntil.IsZero() {
			t.Errorf("reviewer %+v, %v", r, err)
		}
		if d, err := s.Dispenser(t.Context(), dispenser.Person); err != nil || d.Pharmacy != "p1" ||
			d.PharmacyName != "name of p1" {
			t.Errorf("dispenser %+v, %v", d, err)
		}
		_, asDoctor := s.Doctor(t.Context(), reviewer.Person)
		_, asReviewer := s.Reviewer(t.Context(), dispenser.Person)
		_, asDispenser := s.Dispenser(t.Context(), reviewer.Person)
		_, nobody := s.Doctor(t.Context(), accounts.NewPerson())
		for name, err := range map[string]error{"reviewer as doctor": asDoctor, "dispenser as reviewer": asReviewer,
			"reviewer as dispenser": asDispenser, "nobody": nobody} {
			if !errors.Is(err, prescription.ErrNotFound) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		patient := accounts.Account{ID: "ap", Person: accounts.NewPerson(), Role: accounts.Patient, Org: "h1"}
		if _, err := s.Apply(t.Context(), sqlstore.Command{}, patient, practitioners.Application{}); !errors.Is(err,
			practitioners.ErrNotApproved) {
			t.Errorf("a patient applies: got %v", err)
		}
	})
}

// 抗菌药物临床应用管理办法 art. 24.
func TestAntibioticRight(t *testing.T) {
	for title, want := range map[string]medicine.Grade{
		"resident": medicine.Unrestricted, "attending": medicine.Restricted,
		"associate-chief": medicine.SpecialUse,
		"chief":           medicine.SpecialUse, practitioners.ChiefPharmacist: medicine.NoAntibiotic,
		"": medicine.NoAntibiotic,
	} {
		if got := practitioners.AntibioticRight(title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}

func TestDepartmentsAreUnlike(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range practitioners.Departments {
		if seen[d.Code] || seen[d.Official] || d.NameZH == "" || d.NameEN == "" {
			t.Errorf("department %+v", d)
		}
		seen[d.Code], seen[d.Official] = true, true
	}
}
