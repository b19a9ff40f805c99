package prescription

import (
	"slices"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
)

// TestStatusesAreTheContracts: what a prescription may be is a draft, or what the chain says.
func TestStatusesAreTheContracts(t *testing.T) {
	want := []Status{Draft}
	for _, step := range contract.Steps() {
		if to := Status(step.To); step.Prefix == chain.SubjectRx && to != "" && !slices.Contains(want, to) {
			want = append(want, to)
		}
	}
	is := slices.Sorted(slices.Values(Statuses))
	if slices.Sort(want); !slices.Equal(is, want) {
		t.Errorf("%v, by the contract %v", is, want)
	}
}

// TestFinal: what no step leads away from is final. The list is by hand.
func TestFinal(t *testing.T) {
	for _, s := range Statuses {
		want := s == Rejected || s == Dispensed || s == Cancelled || s == Expired
		if s.Final() != want {
			t.Errorf("%s: final %t", s, s.Final())
		}
	}
}

// TestStartsFrom: a claimed prescription expires where schema 2 is in force, and nowhere before.
func TestStartsFrom(t *testing.T) {
	open := []Status{Signed, Approved, Paid}
	if got := StartsFrom(chain.KindExpire, chain.Version); !slices.Equal(got, open) {
		t.Errorf("schema 1: %v", got)
	}
	if got := StartsFrom(chain.KindExpire, chain.Schema2); !slices.Equal(got, append(open, Claimed)) {
		t.Errorf("schema 2: %v", got)
	}
}

// TestOnwards: a status itself, and what its steps lead to one after the other. The lists are by
// hand.
func TestOnwards(t *testing.T) {
	for from, want := range map[Status][]Status{
		Draft:    Statuses,
		Approved: {Approved, Paid, Claimed, Dispensed, Cancelled, Expired},
		Paid:     {Paid, Claimed, Dispensed, Cancelled, Expired},
		Claimed:  {Paid, Claimed, Dispensed, Cancelled, Expired},
		Expired:  {Expired},
	} {
		if is := from.Onwards(); !slices.Equal(is, want) {
			t.Errorf("%s: %v, want %v", from, is, want)
		}
	}
}
