package prescription

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
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

// TestStepsAreTheTable holds the table that comes from the contract against one written by hand.
func TestStepsAreTheTable(t *testing.T) {
	personal := map[chain.Kind][]chain.Role{
		chain.KindIssue: {chain.RoleDoctor}, chain.KindApprove: {chain.RoleReviewer},
		chain.KindReject: {chain.RoleReviewer},
		chain.KindClaim:  {chain.RoleDispenser}, chain.KindRelease: {chain.RoleDispenser},
		chain.KindRenew:   {chain.RoleDispenser},
		chain.KindContest: {chain.RolePatient}, chain.KindDispense: {chain.RoleDispenser},
		chain.KindCancel: {chain.RoleDoctor, chain.RolePatient},
	}
	for _, kind := range act.Kinds(chain.SubjectRx) {
		for _, role := range []chain.Role{chain.RoleDoctor, chain.RoleReviewer, chain.RoleDispenser,
			chain.RolePatient, chain.RoleSeal} {
			if got := act.MaySign(role, kind); got != slices.Contains(personal[kind], role) {
				t.Errorf("%s signs %s: %v", role, kind, got)
			}
		}
		delete(personal, kind)
	}
	if len(personal) > 0 {
		t.Errorf("not signed by persons: %v", personal)
	}
	want := []Step{
		{chain.KindIssue, []Status{Draft}, Signed},
		{chain.KindApprove, []Status{Signed}, Approved},
		{chain.KindReject, []Status{Signed}, Rejected},
		{chain.KindPay, []Status{Approved}, Paid},
		{chain.KindClaim, []Status{Paid}, Claimed},
		{chain.KindRelease, []Status{Claimed}, Paid},
		{chain.KindRenew, []Status{Claimed}, Claimed},
		{chain.KindLapse, []Status{Claimed}, Paid},
		{chain.KindContest, []Status{Claimed, Dispensed}, ""},
		{chain.KindDispense, []Status{Claimed}, Dispensed},
		{chain.KindCancel, []Status{Signed, Approved, Paid}, Cancelled},
		{chain.KindExpire, []Status{Signed, Approved, Paid, Claimed}, Expired}, // claimed: since schema 2
	}
	if !reflect.DeepEqual(Steps, want) {
		t.Errorf("steps: %v", Steps)
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
