package lifecycle

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/prescription"
)

func TestTransitionMatrix(t *testing.T) {
	for _, from := range prescription.Statuses {
		for _, step := range prescription.Steps {
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
	want := []prescription.Step{
		{Kind: chain.KindIssue, From: []prescription.Status{prescription.Draft}, To: prescription.Signed},
		{Kind: chain.KindApprove, From: []prescription.Status{prescription.Signed}, To: prescription.Approved},
		{Kind: chain.KindReject, From: []prescription.Status{prescription.Signed}, To: prescription.Rejected},
		{Kind: chain.KindPay, From: []prescription.Status{prescription.Approved}, To: prescription.Paid},
		{Kind: chain.KindClaim, From: []prescription.Status{prescription.Paid}, To: prescription.Claimed},
		{Kind: chain.KindRelease, From: []prescription.Status{prescription.Claimed}, To: prescription.Paid},
		{Kind: chain.KindRenew, From: []prescription.Status{prescription.Claimed}, To: prescription.Claimed},
		{Kind: chain.KindLapse, From: []prescription.Status{prescription.Claimed}, To: prescription.Paid},
		{Kind: chain.KindContest, From: []prescription.Status{prescription.Claimed, prescription.Dispensed}, To: ""},
		{Kind: chain.KindDispense, From: []prescription.Status{prescription.Claimed}, To: prescription.Dispensed},
		{Kind: chain.KindCancel, From: []prescription.Status{prescription.Signed, prescription.Approved,
			prescription.Paid}, To: prescription.Cancelled},
		// claimed: since schema 2
		{Kind: chain.KindExpire, From: []prescription.Status{prescription.Signed, prescription.Approved,
			prescription.Paid, prescription.Claimed}, To: prescription.Expired},
	}
	if !reflect.DeepEqual(prescription.Steps, want) {
		t.Errorf("steps: %v", prescription.Steps)
	}
}

func TestRestoreRefusesImpossibleStates(t *testing.T) {
	tests := map[string]struct {
		from   prescription.Status
		change func(*State)
	}{
		"bad id":                 {prescription.Signed, func(s *State) { s.ID = "RX1" }},
		"unknown status":         {prescription.Signed, func(s *State) { s.Status = "gone" }},
		"draft with a record":    {prescription.Draft, func(s *State) { s.Seq = 1 }},
		"signed without record":  {prescription.Signed, func(s *State) { s.LastRecord = "" }},
		"signed without items":   {prescription.Signed, func(s *State) { s.Items = nil }},
		"no access code":         {prescription.Paid, func(s *State) { s.AccessCode = "" }},
		"approved unreviewed":    {prescription.Approved, func(s *State) { s.Review = nil }},
		"approved by rejection":  {prescription.Approved, func(s *State) { s.Review.Approved = false }},
		"rejected by approval":   {prescription.Rejected, func(s *State) { s.Review.Approved = true }},
		"reviewed by prescriber": {prescription.Approved, func(s *State) { s.Review.Person = s.Doctor.Person }},
		"signed yet reviewed":    {prescription.Approved, func(s *State) { s.Status = prescription.Signed }},
		"paid without payment":   {prescription.Paid, func(s *State) { s.Settlement = "" }},
		"claimed by nobody":      {prescription.Claimed, func(s *State) { s.Claim = nil }},
		"paid but held":          {prescription.Claimed, func(s *State) { s.Status = prescription.Paid }},
		"dispensed by nobody":    {prescription.Dispensed, func(s *State) { s.Dispensing = nil }},
		"cancelled by nobody":    {prescription.Cancelled, func(s *State) { s.Cancellation = nil }},
		"refund forgotten":       {prescription.Expired, func(s *State) { s.Refund = NoRefund }},
		"refund while in force":  {prescription.Paid, func(s *State) { s.Refund = RefundDue }},
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
