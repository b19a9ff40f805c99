package view

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/prescriptiontest"
	"github.com/smart-hospital/hospital/prescription/redemption"
)

// stored is a prescription of a status as a database gives it back.
func stored(t *testing.T, status prescription.Status, code string) *lifecycle.Prescription {
	t.Helper()
	id, err := prescription.NewID(prescriptiontest.Noon, 42)
	if err != nil {
		t.Fatal(err)
	}
	o := prescriptiontest.GoodOrder()
	s := lifecycle.State{ID: id, Status: status, Doctor: o.Doctor, Patient: o.Visit.Patient, Hospital: "h1",
		Visit: o.Visit.ID,
		Items: o.Items, Diagnoses: o.Diagnoses, DraftedAt: prescriptiontest.Noon}
	held := status == prescription.Claimed || status == prescription.Dispensed
	if status != prescription.Draft {
		s.Seq, s.LastRecord, s.AccessCode = 1, "r", code
		s.IssuedAt, s.ExpiresAt = prescriptiontest.Noon, prescriptiontest.Noon.Add(48*time.Hour)
	}
	if status != prescription.Draft && status != prescription.Signed {
		s.Review = &lifecycle.Review{Person: "rev-1", Approved: status != prescription.Rejected}
	}
	if status == prescription.Paid || held {
		s.Settlement = "S1"
	}
	if held {
		s.Claim = &lifecycle.Claim{Pharmacy: "ph1", Secret: "secret"}
	}
	if status == prescription.Dispensed {
		s.Dispensing = &lifecycle.Dispensing{Pharmacy: "ph1"}
	}
	if status == prescription.Cancelled {
		s.Cancellation = &lifecycle.Cancellation{Person: "pat-1"}
	}
	p, err := lifecycle.RestoreFromDatabase(s)
	if err != nil {
		t.Fatalf("%s: %v", status, err)
	}
	return p
}

// TestContentsFitTheSight: who may see the status sees no more of it; the pick-up text is the
// patient's, and a claim's secret its pharmacy's.
func TestContentsFitTheSight(t *testing.T) {
	code := redemption.NewSecret()
	for _, status := range prescription.Statuses {
		for _, a := range []intent.Actor{
			{Person: "doc-1", Role: chain.RoleDoctor, Org: "h1"}, {Person: "doc-2", Role: chain.RoleDoctor, Org: "h1"},
			{Person: "pat-1", Role: chain.RolePatient, Org: "h1"}, {Person: "pat-2", Role: chain.RolePatient,
				Org: "h1"},
			{Person: "rev-1", Role: chain.RoleReviewer, Org: "h1"}, {Person: "rev-2", Role: chain.RoleReviewer,
				Org: "h2"},
			{Person: "dis-1", Role: chain.RoleDispenser, Org: "ph1"}, {Person: "dis-2", Role: chain.RoleDispenser,
				Org: "ph2"},
			{Role: prescription.RoleRegulator},
		} {
			p := stored(t, status, code)
			got := lifecycle.MaySee(a, p, code)
			v := Of(p, a, got, nil, prescriptiontest.Noon)
			if (v.Content != nil) != (got.Sight == lifecycle.Everything) {
				t.Errorf("%s, %s %s: contents do not fit the sight", status, a.Role, a.Person)
			}
			if v.Content == nil {
				continue
			}
			if patient := a.Role == chain.RolePatient; (v.Content.Pickup != "") != (patient && !status.Final()) {
				t.Errorf("%s, %s %s: pick-up text %q", status, a.Role, a.Person, v.Content.Pickup)
			}
			if c := v.Content.Claim; c != nil &&
				(c.Secret != "") != (a.Role == chain.RoleDispenser && status == prescription.Claimed) {
				t.Errorf("%s, %s %s: secret %q", status, a.Role, a.Person, c.Secret)
			}
		}
	}
}
