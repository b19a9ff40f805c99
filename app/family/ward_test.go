package family

import (
	"errors"
	"testing"
)

func TestSteps(t *testing.T) {
	for state, want := range map[State][3]State{ // ask, confirm, end
		"": {Asked, Confirmed, "-"}, Asked: {"-", Confirmed, Ended}, Confirmed: {"-", Confirmed, Ended},
		Ended: {Asked, Confirmed, "-"},
	} {
		for i, do := range []Step{DoAsk, DoConfirm, DoEnd} {
			next, err := state.Then(do)
			if want[i] == "-" {
				if !errors.Is(err, ErrStep) || next != state {
					t.Errorf("%q, %s: %q, %v", state, do, next, err)
				}
			} else if err != nil || next != want[i] {
				t.Errorf("%q, %s: %q, %v", state, do, next, err)
			}
		}
	}
}
