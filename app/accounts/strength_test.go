package accounts

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/invalid"
)

// Twelve characters alone kept out none of the first of these.
func TestWeakPasswords(t *testing.T) {
	for _, weak := range []string{
		"password1234", "123456789012", "aaaaaaaaaaaa", "qwertyuiop12", "abcabcabcabc", "woaini1314520", "woaini520520",
		"wodemima123456",
		"zhihuiyiyuan", "doctor.li2026", "hospital2026", "admin1234567", "1qaz2wsx3edc", "mimamimamima", "P@ssw0rd1234",
		"beijing202612",
	} {
		var c invalid.Check
		checkStrength(&c, weak, "doctor.li", "h1")
		if c.Err() == nil {
			t.Errorf("%q was taken", weak)
		}
	}
	for _, good := range []string{"correct horse battery", "another horse battery", "kx7q2mzt4wyd",
		"三更灯火五更鸡正是男儿", "blau Fenster 29 Regen"} {
		var c invalid.Check
		checkStrength(&c, good, "doctor.li", "h1")
		if err := c.Err(); err != nil {
			t.Errorf("%q was refused: %v", good, err)
		}
	}
}

// RFC 6238 appendix B, the SHA-1 rows; its eight digits end in our six.
func TestTOTPVectors(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471",
		1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := hotp(secret, at/30); got != want {
			t.Errorf("%d: %s, want %s", at, got, want)
		}
		step, ok := totpStepOf(secret, want, time.Unix(at, 0), 0)
		if !ok || step != at/30 {
			t.Errorf("%d: step %d, %v", at, step, ok)
		}
		if _, ok := totpStepOf(secret, want, time.Unix(at, 0), at/30); ok {
			t.Errorf("%d: a code opened twice", at)
		}
		if _, ok := totpStepOf(secret, want, time.Unix(at+61, 0), 0); ok {
			t.Errorf("%d: a code of two steps ago opened", at)
		}
	}
}
