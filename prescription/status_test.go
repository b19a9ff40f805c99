package prescription

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/smart-hospital/hospital/chain"
)

func TestTransitionMatrix(t *testing.T) {
	for _, from := range Statuses {
		for _, step := range Steps {
			t.Run(string(from)+"/"+string(step.Kind), func(t *testing.T) {
				w := in(t, from)
				before := w.p.State()
				err := w.do(step.Kind)
				legal := slices.Contains(step.From, from)
				if (err == nil) != legal {
					t.Fatalf("legal %v, error %v", legal, err)
				}
				if legal {
					to := step.To
					if to == "" {
						to = from
					}
					if w.p.Status() != to || w.p.Seq() != before.Seq+1 {
						t.Errorf("went to %s with sequence %d", w.p.Status(), w.p.Seq())
					}
				} else if after := w.p.State(); !reflect.DeepEqual(before, after) {
					t.Errorf("a refused step changed the prescription")
				}
				roundTrip(t, w.p)
			})
		}
	}
}

// roundTrip: what verbs made is always something the database may give back.
func roundTrip(t *testing.T, p *Prescription) {
	t.Helper()
	b, err := json.Marshal(p.State())
	if err != nil {
		t.Fatal(err)
	}
	var s State
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	again, err := RestoreFromDatabase(s)
	if err != nil {
		t.Fatal(err)
	}
	if b2, _ := json.Marshal(again.State()); string(b) != string(b2) {
		t.Errorf("state changed on its way through the database:\n%s\n%s", b, b2)
	}
}

func TestStepsAgreeWithTheLedger(t *testing.T) {
	for _, step := range Steps {
		law, ok := chain.TransitionOf(step.Kind)
		if !ok {
			t.Fatalf("%s is unknown to the ledger", step.Kind)
		}
		var from []chain.Status
		for _, s := range step.From {
			if s == Draft {
				from = append(from, chain.StatusNone)
			} else {
				from = append(from, chain.Status(s))
			}
		}
		for _, s := range Statuses {
			if s != Draft && slices.Contains(step.From, s) != law.AllowsFrom(chain.Status(s), chain.Schema2) {
				t.Errorf("%s from %s: %v here", step.Kind, s, slices.Contains(step.From, s))
			}
		}
		if chain.Status(step.To) != law.To {
			t.Errorf("%s: %v -> %s here, %v -> %s in the ledger", step.Kind, from, step.To, law.From, law.To)
		}
		if roles := roleOf[step.Kind]; roles != nil && !slices.Equal(roles, law.Roles(chain.Newest)) {
			t.Errorf("%s: roles %v here, %v in the ledger", step.Kind, roles, law.Actors)
		}
	}
	n := 0
	for _, law := range chain.Transitions {
		if law.Prefix == chain.SubjectRx {
			n++
		}
	}
	if n != len(Steps) {
		t.Errorf("the ledger knows %d steps, the room %d", n, len(Steps))
	}
}

func TestRestoreRefusesImpossibleStates(t *testing.T) {
	tests := map[string]struct {
		from   Status
		change func(*State)
	}{
		"bad id":                 {Signed, func(s *State) { s.ID = "RX1" }},
		"unknown status":         {Signed, func(s *State) { s.Status = "gone" }},
		"draft with a record":    {Draft, func(s *State) { s.Seq = 1 }},
		"signed without record":  {Signed, func(s *State) { s.LastRecord = "" }},
		"signed without items":   {Signed, func(s *State) { s.Items = nil }},
		"no access code":         {Paid, func(s *State) { s.AccessCode = "" }},
		"approved unreviewed":    {Approved, func(s *State) { s.Review = nil }},
		"approved by rejection":  {Approved, func(s *State) { s.Review.Approved = false }},
		"rejected by approval":   {Rejected, func(s *State) { s.Review.Approved = true }},
		"reviewed by prescriber": {Approved, func(s *State) { s.Review.Person = s.Doctor.Person }},
		"signed yet reviewed":    {Approved, func(s *State) { s.Status = Signed }},
		"paid without payment":   {Paid, func(s *State) { s.Settlement = "" }},
		"claimed by nobody":      {Claimed, func(s *State) { s.Claim = nil }},
		"paid but held":          {Claimed, func(s *State) { s.Status = Paid }},
		"dispensed by nobody":    {Dispensed, func(s *State) { s.Dispensing = nil }},
		"cancelled by nobody":    {Cancelled, func(s *State) { s.Cancellation = nil }},
		"refund forgotten":       {Expired, func(s *State) { s.Refund = NoRefund }},
		"refund while in force":  {Paid, func(s *State) { s.Refund = RefundDue }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := in(t, tt.from).p.State()
			if _, err := RestoreFromDatabase(s); err != nil {
				t.Fatalf("untouched: %v", err)
			}
			tt.change(&s)
			if _, err := RestoreFromDatabase(s); err == nil {
				t.Error("passed")
			}
		})
	}
}
