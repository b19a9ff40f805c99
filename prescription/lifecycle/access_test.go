package lifecycle

import (
	"errors"
	"slices"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/prescriptiontest"
)

func TestMaySee(t *testing.T) {
	const right = "right code"
	tests := []struct {
		name  string
		from  prescription.Status
		actor intent.Actor
		code  string
		want  Sight
	}{
		{"doctor, own draft", prescription.Draft, intent.Actor{Person: "doc-1", Role: chain.RoleDoctor, Org: "h1"}, "",
			Everything},
		{"doctor, colleague's", prescription.Signed, intent.Actor{Person: "doc-2", Role: chain.RoleDoctor, Org: "h1"},
			"", Nothing},
		{"doctor as a patient", prescription.Signed, intent.Actor{Person: "doc-1", Role: chain.RolePatient, Org: "h1"},
			"", Nothing},
		{"patient, draft", prescription.Draft, intent.Actor{Person: "pat-1", Role: chain.RolePatient, Org: "h1"}, "",
			Nothing},
		{"patient, own", prescription.Rejected, intent.Actor{Person: "pat-1", Role: chain.RolePatient, Org: "h1"}, "",
			Everything},
		{"patient, foreign", prescription.Paid, intent.Actor{Person: "pat-2", Role: chain.RolePatient, Org: "h1"}, "",
			Nothing},
		{"patient, nobody", prescription.Paid, intent.Actor{Role: chain.RolePatient}, "", Nothing},
		{"reviewer, draft", prescription.Draft, intent.Actor{Person: "rev-1", Role: chain.RoleReviewer, Org: "h1"}, "",
			Nothing},
		{"reviewer, own hospital", prescription.Signed, intent.Actor{Person: "rev-1", Role: chain.RoleReviewer,
			Org: "h1"}, "",
			Everything},
		{"reviewer, other hospital", prescription.Signed, intent.Actor{Person: "rev-2", Role: chain.RoleReviewer,
			Org: "h2"},
			"", Nothing},
		{"pharmacy without code", prescription.Paid, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, "", Nothing},
		{"pharmacy, wrong code", prescription.Paid, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, "wrong", Nothing},
		{"pharmacy with code", prescription.Paid, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, right, Everything},
		{"pharmacy, empty code, draft", prescription.Draft, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, "", Nothing},
		{"holder without code", prescription.Claimed, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, "", Everything},
		{"second pharmacy with code", prescription.Claimed, intent.Actor{Role: chain.RoleDispenser, Org: "ph2"}, right, StatusOnly},
		{"second pharmacy without code", prescription.Claimed, intent.Actor{Role: chain.RoleDispenser, Org: "ph2"}, "", Nothing},
		{"pharmacy that dispensed", prescription.Dispensed, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, "", Everything},
		{"regulator", prescription.Paid, intent.Actor{Role: prescription.RoleRegulator}, "", StatusOnly},
		{"regulator, draft", prescription.Draft, intent.Actor{Role: prescription.RoleRegulator}, "", Nothing},
		{"seal", prescription.Paid, intent.Actor{Role: chain.RoleSeal, Org: "h1"}, "", Nothing},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := in(t, tt.from).p
			if p.s.AccessCode != "" {
				p.s.AccessCode = right
			}
			got := MaySee(tt.actor, p, tt.code)
			if got.Sight != tt.want || got.Reason == "" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestGuardianStandsForTheChild(t *testing.T) {
	w := in(t, prescription.Approved)
	child := w.p.s.Patient.Person
	w.p.s.Patient.Guardian, w.p.s.Patient.GuardianName = "mum", "李四"
	w.p.s.Patient.Guardians = []parties.Guardian{{Person: "dad", CN: "doc-7", Name: "王五"}, {Person: "mum", Name: "李四"}}
	mum := intent.Actor{Person: "mum", Role: chain.RolePatient, Org: "h1", Wards: []string{"another", child}}
	dad := intent.Actor{Person: "dad", CN: "doc-7", Role: chain.RolePatient, Org: "h1", Wards: []string{child}}
	later := intent.Actor{Person: "gran", Role: chain.RolePatient, Org: "h1", Wards: []string{child}}
	former := intent.Actor{Person: "mum", Role: chain.RolePatient, Org: "h1"} // the child came of age
	if MaySee(mum, w.p, "").Sight != Everything || MaySee(dad, w.p, "").Sight != Everything ||
		MaySee(later, w.p, "").Sight != Everything {
		t.Error("does not see it")
	}
	if MaySee(former, w.p, "").Sight != Nothing {
		t.Error("who was guardian once sees it for ever")
	}
	doctor := intent.Actor{Person: "doc-9", Role: chain.RoleDoctor, Org: "h1", Wards: []string{child}}
	if MaySee(doctor, w.p, "").Sight != Nothing {
		t.Error("another role sees it by whom it acts for")
	}
	for by, want := range map[*intent.Actor]error{&former: prescription.ErrNotFound, &later: prescription.ErrRole} {
		if _, err := w.p.PlanCancel(Canceller{*by, "不需要了"}, At(prescriptiontest.Noon)); !errors.Is(err, want) {
			t.Errorf("%s withdraws: %v, want %v", by.Person, err, want)
		}
	}
	if pl, err := w.p.PlanCancel(Canceller{dad, "不需要了"}, At(prescriptiontest.Noon)); err != nil ||
		pl.Document.(document.CancelDocument).Name != "王五" || pl.Document.(document.CancelDocument).Person != "doc-7" {
		t.Errorf("%+v %v", pl.Document, err)
	}
	if got := w.p.s.Patient.Parties(); !slices.Equal(got,
		slices.Sorted(slices.Values([]string{"doc-7", "mum", child}))) {
		t.Errorf("the chain takes %v", got)
	}
	pl, err := w.p.PlanCancel(Canceller{mum, "不需要了"}, At(prescriptiontest.Noon))
	if err != nil || pl.Document.(document.CancelDocument).Name != "李四" {
		t.Errorf("%+v %v", pl.Document, err)
	}
}
