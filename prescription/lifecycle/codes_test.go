package lifecycle

import (
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription/redemption"
)

// TestPaidWithTheFirstCode: the audit took a copy that was brought with a later code for a changed
// one.
func TestPaidWithTheFirstCode(t *testing.T) {
	foot := NewFoot()
	own := State{Foot: foot.String(), Pickup: chain.PickupHead(foot, chain.PickupCodes).String()}
	codes := own.codes()
	digest := redemption.Digest(codes[0])
	brought := func(code string) *State { return &State{AccessCode: code, Pickup: own.Pickup} }
	for name, c := range map[string]struct {
		s    *State
		want bool
	}{
		"the hospital's own":               {&own, true},
		"a copy with the first code":       {brought(codes[0]), true},
		"a copy with the second":           {brought(codes[1]), true},
		"a copy with the last":             {brought(codes[chain.PickupCodes-1]), true},
		"a copy with a code of another":    {brought(redemption.CodeChain(NewFoot()).Code), false},
		"one code for its life":            {&State{AccessCode: codes[0]}, true},
		"one code for its life, another":   {&State{AccessCode: codes[1]}, false},
		"the hospital's own, another foot": {&State{Foot: NewFoot().String(), Pickup: own.Pickup}, false},
	} {
		if got := c.s.PaidWith(digest); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
