package profile

import (
	"errors"
	"testing"
)

// Every claim meets every act: what the table does not name is refused and changes nothing.
func TestClaims(t *testing.T) {
	want := map[Claim]string{ // type-free, type-taken, prove, displace, doubt, withdraw
		Unclaimed: "claimed contested - - - -",
		Claimed:   "- - proven lost contested -",
		Contested: "- - proven - - -unclaimed",
		Proven:    "- - proven lost - -",
		Lost:      "claimed contested - - - -unclaimed",
	}
	for claim, line := range want {
		got := ""
		for i, act := range []Act{TypeFree, TypeTaken, Prove, Displace, Doubt, Withdraw} {
			if i > 0 {
				got += " "
			}
			next, err := claim.Then(act)
			switch {
			case errors.Is(err, ErrClaim) && next == claim:
				got += "-"
			case err == nil && next == Unclaimed:
				got += "-unclaimed"
			case err == nil:
				got += string(next)
			default:
				t.Errorf("%s, %s: %q, %v", claim, act, next, err)
			}
		}
		if got != line {
			t.Errorf("%q: %s, want %s", claim, got, line)
		}
		if claim.Holds() != (claim == Claimed || claim == Proven) {
			t.Errorf("%q holds", claim)
		}
	}
}
