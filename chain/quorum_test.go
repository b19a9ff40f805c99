package chain_test

import (
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/membership"
)

// TestExactlyTwoThirds: two thirds of the power are no quorum, the least bit more is; what Power
// promises is what Quorum takes.
func TestExactlyTwoThirds(t *testing.T) {
	for _, power := range []map[string]int64{
		{"h1": 1, "h2": 1, "p1": 1}, {"h1": 2, "h2": 2, "p1": 2},
		{"h1": membership.MaxPower, "h2": membership.MaxPower, "p1": membership.MaxPower},
		{"h1": 1, "h2": 1, "p1": 1, "i1": 1},
	} {
		w := chaintest.NewWard(refStart)
		w.Vote(power)
		roster := chaintest.Must(w.Members.Open())
		all, quorum := roster.Power()
		if roster.Quorum(2*all/3) || !roster.Quorum(2*all/3+1) || roster.Quorum(quorum-1) || !roster.Quorum(quorum) {
			t.Errorf("%v: a quorum of %d is %d", power, all, quorum)
		}
	}
	w := chaintest.NewWard(refStart)
	w.Vote(map[string]int64{"h1": 1, "h2": 1, "p1": 1})
	r := &reference{Ward: w, records: w.Enrolments()}
	r.rehash()
	if err := chain.VerifyReceipt(r.Members, r.receipt(0, "h1", "h2")); chain.ReasonOf(err) != chain.ReasonQuorum {
		t.Errorf("a receipt with exactly two thirds of the seals: %v", err)
	}
	if err := chain.VerifyReceipt(r.Members, r.receipt(0, "h1", "h2", "p1")); err != nil {
		t.Error(err)
	}
}
