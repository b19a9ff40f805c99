package payment

import (
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/number"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// numberPrefix begins a settlement's number; see package number for the rest.
const numberPrefix = "ST"

// NewNumber draws a settlement id for the day of at. The error is the random source's.
func NewNumber(at time.Time) (string, error) { return number.Draw(numberPrefix, at) }

// CheckNumber returns ErrInvalid unless id is a settlement id with right check digits: those of
// every number, or, of a settlement from before there was one kind of them, its own.
func CheckNumber(id string) error {
	if err := number.Check(numberPrefix, id); err != nil && !isFormerNumber(id) {
		return fmt.Errorf("%w: settlement number: mistyped", ErrInvalid)
	}
	return nil
}

// lastFormerDay is the last day whose settlements may have check digits over the letters too (ISO
// 7064 MOD 97-10, A is 10).
const lastFormerDay = "20261231"

func isFormerNumber(id string) bool {
	const letters, modulus = "2829", 97 // S, T
	day := len(numberPrefix) + len(lastFormerDay)
	if len(id) != day+12 || id[:len(numberPrefix)] != numberPrefix || !text.Digits(id[len(numberPrefix):]) ||
		id[len(numberPrefix):day] > lastFormerDay {
		return false
	}
	r := 0
	for _, c := range []byte(letters + id[len(numberPrefix):]) {
		r = (r*10 + int(c-'0')) % modulus
	}
	return r == 1
}

// RefundNumber is the number under which a settlement goes back. It follows from the settlement's,
// so that a repeated refund is the same refund to the insurer, also after a crash before anything
// was stored.
func RefundNumber(settlement string) string { return settlement + "R" }
