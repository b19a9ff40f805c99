package catalogue

import (
	"fmt"
	"strconv"
	"strings"
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
	if !isDigits(whole) || len(whole) > maxWhole {
		return 0, false
	}
	if dotted && (!isDigits(places) || len(places) > amountPlaces) {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(places + "000")[:amountPlaces], 10, 64)
	return Amount(n), err == nil
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// String writes the shortest decimal.
func (a Amount) String() string {
	s := fmt.Sprintf("%d.%03d", a/amountScale, a%amountScale)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
