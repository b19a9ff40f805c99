package chain

import (
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// PickupCodes is the number of codes that a new prescription's pick-up chain has: one for each
// claim. The ledger does not know it; after the last code nobody can claim any more.
const PickupCodes = 16

// PickupNext is one step up the pick-up chain: SM3("smart-hospital/pickup/v1" ‖ 00 ‖ h). Who knows
// a code can compute what was revealed before it, and nothing that will be revealed after it.
func PickupNext(h merkle.Hash) merkle.Hash { return contract.PickupNext(h) }

// PickupHead is n steps up from the chain's secret foot, which must be 32 random bytes. With n =
// PickupCodes it is what rx.issue commits to.
func PickupHead(foot merkle.Hash, n int) merkle.Hash {
	for range n {
		foot = PickupNext(foot)
	}
	return foot
}

// PickupCode is the code that the next claim reveals after so many claims: PickupHead(foot,
// PickupCodes-1-claims). ok is false when the codes are used up.
func PickupCode(foot merkle.Hash, claims uint64) (code merkle.Hash, ok bool) {
	if claims >= PickupCodes {
		return merkle.Hash{}, false
	}
	return PickupHead(foot, PickupCodes-1-int(claims)), true
}
