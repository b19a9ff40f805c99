package catalogue

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Amount is an exact dose in thousandths of its unit, the scale of prescription.Amount: convert by
// type.
type Amount int64

const (
	amountScale  = 1000
	amountPlaces = 3
	maxWhole     = 6 // digits: a million units, no dose of any drug is near it
)

// parseAmount reads a decimal with at most three places, such as "0.125".
func parseAmount(s string) (Amount, bool) {
	whole, places, dotted := strings.Cut(s, ".")
	if !text.Digits(whole) || len(whole) > maxWhole {
		return 0, false
	}
	if dotted && (!text.Digits(places) || len(places) > amountPlaces) {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(places + "000")[:amountPlaces], 10, 64)
	return Amount(n), err == nil
}

// String writes the shortest decimal.
func (a Amount) String() string {
	s := fmt.Sprintf("%d.%03d", a/amountScale, a%amountScale)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
