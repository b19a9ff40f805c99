package medicine

import (
	"testing"
)

func FuzzAmount(f *testing.F) {
	f.Add("0.25")
	f.Add("1000000")
	f.Add("1.")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAmount(s)
		if err != nil {
			return
		}
		if b, err := ParseAmount(a.String()); err != nil || a != b || a < 0 {
			t.Errorf("%q is %d, %q is %d (%v)", s, a, a.String(), b, err)
		}
	})
}

func TestAmount(t *testing.T) {
	for s, want := range map[string]Amount{"0": 0, "1": 1000, "0.5": 500, "0.125": 125, "12.50": 12500,
		"1000000": MaxAmount, "": -1, ".5": -1, "1.": -1, "1.2345": -1, "-1": -1, "1e3": -1, "1000000.001": -1,
		"99999999": -1} {
		got, err := ParseAmount(s)
		if (err != nil) != (want < 0) || (err == nil && got != want) {
			t.Errorf("%q: %d, %v", s, got, err)
		}
	}
}
