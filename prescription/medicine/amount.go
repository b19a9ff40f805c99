package medicine

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/smart-hospital/hospital/chain/platform/text"
)

// ErrBadAmount is returned for a text that is no amount.
var ErrBadAmount = errors.New("prescription: malformed amount")

// Amount is a dose in thousandths of its unit, so that 0.25 tablets times 3 times 7 stays exact.
type Amount int64

const (
	amountScale = 1000
	MaxAmount   = 1_000_000 * amountScale // a million units: no dose of any drug is near it
)

// ParseAmount reads a decimal with at most three places, such as "0.5": ErrBadAmount.
func ParseAmount(s string) (Amount, error) {
	whole, places, dotted := strings.Cut(s, ".")
	if !text.Digits(whole) || len(whole) > 7 || (dotted && (!text.Digits(places) || len(places) > 3)) {
		return 0, fmt.Errorf("%w: a decimal with at most three places", ErrBadAmount)
	}
	n, err := strconv.ParseInt(whole+(places + "000")[:3], 10, 64)
	if err != nil || n > MaxAmount {
		return 0, fmt.Errorf("%w: too large", ErrBadAmount)
	}
	return Amount(n), nil
}

// String writes the shortest decimal.
func (a Amount) String() string {
	s := fmt.Sprintf("%d.%03d", a/amountScale, a%amountScale)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// MarshalText writes the amount as a decimal text.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads a decimal text.
func (a *Amount) UnmarshalText(b []byte) error {
	v, err := ParseAmount(string(b))
	*a = v
	return err
}
