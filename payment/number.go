package payment

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"time"
)

// Zone is China's one time zone; days of books, pay limits and policies are days there.
var Zone = time.FixedZone("CST", 8*3600)

// Settlement ids: "ST", the day, a random serial and two check digits (ISO 7064 mod 97-10 over all before, letters as two digits),
// so that a mistyped number is refused before any look-up and nobody can guess a neighbour's.
const (
	numberPrefix = "ST"
	serialDigits = 10
	numberLen    = len(numberPrefix) + 8 + serialDigits + 2
	mod97        = 97
)

var serialBound = big.NewInt(10_000_000_000) // 10 ^ serialDigits

// NewNumber draws a settlement id for the day of at. The error is the random source's.
func NewNumber(at time.Time) (string, error) {
	n, err := rand.Int(rand.Reader, serialBound)
	if err != nil {
		return "", fmt.Errorf("payment: random source: %w", err)
	}
	body := numberPrefix + at.In(Zone).Format("20060102") + fmt.Sprintf("%0*d", serialDigits, n)
	return fmt.Sprintf("%s%02d", body, 98-remainder(body+"00")), nil
}

// CheckNumber returns ErrInvalid unless id is a settlement id with right check digits.
func CheckNumber(id string) error {
	if len(id) != numberLen || id[:len(numberPrefix)] != numberPrefix || !digits(id[len(numberPrefix):]) || remainder(id) != 1 {
		return fmt.Errorf("%w: settlement number: mistyped", ErrInvalid)
	}
	return nil
}

// remainder is ISO 7064's: letters count as 10 (A) to 35 (Z).
func remainder(s string) int {
	r := 0
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9':
			r = (r*10 + int(c-'0')) % mod97
		case c >= 'A' && c <= 'Z':
			r = (r*100 + int(c-'A') + 10) % mod97
		}
	}
	return r
}

// RefundNumber is the number under which a settlement goes back. It follows from the settlement's, so that a repeated refund is the
// same refund to the insurer, also after a crash before anything was stored.
func RefundNumber(settlement string) string { return settlement + "R" }

// Day is the accounting day of an instant, "2006-01-02" in China's zone.
func Day(at time.Time) string { return at.In(Zone).Format(time.DateOnly) }
