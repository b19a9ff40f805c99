package prescription

import (
	"errors"
	"slices"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
)

func TestMaySee(t *testing.T) {
	const right = "right code"
	tests := []struct {
		name  string
		from  Status
		actor intent.Actor
		code  string
		want  Sight
	}{
		{"doctor, own draft", Draft, intent.Actor{Person: "doc-1", Role: chain.RoleDoctor, Org: "h1"}, "", Everything},
		{"doctor, colleague's", Signed, intent.Actor{Person: "doc-2", Role: chain.RoleDoctor, Org: "h1"}, "", Nothing},
		{"doctor as a patient", Signed, intent.Actor{Person: "doc-1", Role: chain.RolePatient, Org: "h1"}, "", Nothing},
		{"patient, draft", Draft, intent.Actor{Person: "pat-1", Role: chain.RolePatient, Org: "h1"}, "", Nothing},
		{"patient, own", Rejected, intent.Actor{Person: "pat-1", Role: chain.RolePatient, Org: "h1"}, "", Everything},
		{"patient, foreign", Paid, intent.Actor{Person: "pat-2", Role: chain.RolePatient, Org: "h1"}, "", Nothing},
		{"patient, nobody", Paid, intent.Actor{Role: chain.RolePatient}, "", Nothing},
		{"reviewer, draft", Draft, intent.Actor{Person: "rev-1", Role: chain.RoleReviewer, Org: "h1"}, "", Nothing},
		{"reviewer, own hospital", Signed, intent.Actor{Person: "rev-1", Role: chain.RoleReviewer, Org: "h1"}, "",
			Everything},
		{"reviewer, other hospital", Signed, intent.Actor{Person: "rev-2", Role: chain.RoleReviewer, Org: "h2"},
			"", Nothing},
		{"pharmacy without code", Paid, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, "", Nothing},
		{"pharmacy, wrong code", Paid, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, "wrong", Nothing},
		{"pharmacy with code", Paid, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, right, Everything},
		{"pharmacy, empty code, draft", Draft, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, "", Nothing},
		{"holder without code", Claimed, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, "", Everything},
		{"second pharmacy with code", Claimed, intent.Actor{Role: chain.RoleDispenser, Org: "ph2"}, right, StatusOnly},
		{"second pharmacy without code", Claimed, intent.Actor{Role: chain.RoleDispenser, Org: "ph2"}, "", Nothing},
		{"pharmacy that dispensed", Dispensed, intent.Actor{Role: chain.RoleDispenser, Org: "ph1"}, "", Everything},
		{"regulator", Paid, intent.Actor{Role: RoleRegulator}, "", StatusOnly},
		{"regulator, draft", Draft, intent.Actor{Role: RoleRegulator}, "", Nothing},
		{"seal", Paid, intent.Actor{Role: chain.RoleSeal, Org: "h1"}, "", Nothing},
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
			v := p.viewFor(tt.actor, got, nil, noon)
			if (v.Content != nil) != (tt.want == Everything) {
				t.Error("contents do not fit the sight")
			}
			if v.Content == nil {
				return
			}
			if patient := tt.actor.Role == chain.RolePatient; (v.Content.Pickup != "") != (patient &&
				!p.s.Status.Final()) {
				t.Errorf("pick-up text %q", v.Content.Pickup)
			}
			if c := v.Content.Claim; c != nil &&
				(c.Secret != "") != (tt.actor.Role == chain.RoleDispenser && p.s.Status == Claimed) {
				t.Errorf("secret %q", c.Secret)
			}
		})
	}
}

func TestGuardianStandsForTheChild(t *testing.T) {
	w := in(t, Approved)
	child := w.p.s.Patient.Person
	w.p.s.Patient.Guardian, w.p.s.Patient.GuardianName = "mum", "李四"
	w.p.s.Patient.Guardians = []Guardian{{Person: "dad", CN: "doc-7", Name: "王五"}, {Person: "mum", Name: "李四"}}
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
	for by, want := range map[*intent.Actor]error{&former: ErrNotFound, &later: ErrRole} {
		if _, err := w.p.planCancel(Canceller{*by, "不需要了"}, at(noon)); !errors.Is(err, want) {
			t.Errorf("%s withdraws: %v, want %v", by.Person, err, want)
		}
	}
	if pl, err := w.p.planCancel(Canceller{dad, "不需要了"}, at(noon)); err != nil ||
		pl.document.(CancelDocument).Name != "王五" || pl.document.(CancelDocument).Person != "doc-7" {
		t.Errorf("%+v %v", pl.document, err)
	}
	if got := w.p.s.Patient.parties(); !slices.Equal(got,
		slices.Sorted(slices.Values([]string{"doc-7", "mum", child}))) {
		t.Errorf("the chain takes %v", got)
	}
	pl, err := w.p.planCancel(Canceller{mum, "不需要了"}, at(noon))
	if err != nil || pl.document.(CancelDocument).Name != "李四" {
		t.Errorf("%+v %v", pl.document, err)
	}
}
