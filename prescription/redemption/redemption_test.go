package redemption

import (
	"github.com/smart-hospital/hospital/prescription"
	"testing"
	"time"
)

func FuzzParsePickup(f *testing.F) {
	id, _ := prescription.NewID(time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC), 1)
	f.Add(Token{id, NewSecret()}.String())
	f.Add("RXP1::")
	f.Fuzz(func(t *testing.T, s string) {
		tok, err := Parse(s)
		if err == nil && tok.String() != s {
			t.Errorf("%q became %q", s, tok.String())
		}
	})
}
