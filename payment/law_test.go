package payment

import (
	"slices"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
)

// TestTheContractsSteps: what moves a settlement on the chain is a step of its contract, and what
// is no step moves it in the hospital's books alone.
func TestTheContractsSteps(t *testing.T) {
	kinds := map[action]chain.Kind{
		actSettle: chain.KindPaySettle, actDecideSettled: chain.KindPaySettle,
		actFail: chain.KindPayFail, actDecideFailed: chain.KindPayFail,
		actRefunded: chain.KindPayRefund, actDecideRefunded: chain.KindPayRefund,
	}
	booked := map[chain.Kind]bool{chain.KindPayOpen: true} // Open's, of no status before
	for a := range transitions {
		for _, from := range Statuses {
			to, err := from.after(a)
			if err != nil {
				continue
			}
			kind, isStep := kinds[a]
			if !isStep {
				if from.OnChain() != to.OnChain() {
					t.Errorf("%s moves %s to %s on the chain, and no record says so", a, from.OnChain(), to.OnChain())
				}
				continue
			}
			booked[kind] = true
			law := contract.Of(kind)
			if !law.AllowsFrom(from.OnChain(), contract.Newest) || law.Next(from.OnChain()) != to.OnChain() {
				t.Errorf("%s: %s from %s to %s is no step of the contract", a, kind, from.OnChain(), to.OnChain())
			}
		}
	}
	for _, law := range contract.Steps() {
		if law.Prefix == chain.SubjectPay && !booked[law.Kind] {
			t.Errorf("%s is never taken", law.Kind)
		}
	}
}

// TestUndecided: at the desk a settlement is in one of these. The list is by hand.
func TestUndecided(t *testing.T) {
	if want := []Status{Opened, Reversing, Refunding}; !slices.Equal(Undecided, want) {
		t.Errorf("%v, want %v", Undecided, want)
	}
}
