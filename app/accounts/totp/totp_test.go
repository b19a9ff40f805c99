package totp

import (
	"testing"
	"time"
)

// RFC 6238 appendix B, the SHA-1 rows; its eight digits end in our six.
func TestTOTPVectors(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471",
		1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := hotp(secret, at/30); got != want {
			t.Errorf("%d: %s, want %s", at, got, want)
		}
		step, ok := StepOf(secret, want, time.Unix(at, 0), 0)
		if !ok || step != at/30 {
			t.Errorf("%d: step %d, %v", at, step, ok)
		}
		if _, ok := StepOf(secret, want, time.Unix(at, 0), at/30); ok {
			t.Errorf("%d: a code opened twice", at)
		}
		if _, ok := StepOf(secret, want, time.Unix(at+61, 0), 0); ok {
			t.Errorf("%d: a code of two steps ago opened", at)
		}
	}
}
