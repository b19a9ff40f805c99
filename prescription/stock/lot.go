package stock

import (
	"slices"
	"strings"
)

// Limits of lots.
const (
	MaxLots = 200 // lots of one drug in one pharmacy with packages left
	maxLot  = 20  // characters, as of GS1's element (10)
)

// Lot is what a pharmacy has of one lot (批号) of one drug.
type Lot struct {
	Pharmacy string
	Drug     string
	Lot      string
	Expires  string // the last day of use, YYYY-MM-DD in China
	OnHand   int64
}

// Expired tells whether the lot's last day of use lies before a day (YYYY-MM-DD).
func (l Lot) Expired(today string) bool { return l.Expires < today }

// IsLot tells whether s can be the number of a lot: 1 to 20 visible ASCII characters.
func IsLot(s string) bool {
	return s != "" && len(s) <= maxLot && !strings.ContainsFunc(s, func(r rune) bool { return r < '!' || r > '~' })
}

// Expired sums the packages past their last day.
func Expired(lots []Lot, today string) (packages int64) {
	for _, l := range lots {
		if l.Expired(today) {
			packages += l.OnHand
		}
	}
	return packages
}

// Unknown is how many packages of a line are of no known lot.
func Unknown(line Line, lots []Lot) int64 {
	left := line.OnHand
	for _, l := range lots {
		left -= l.OnHand
	}
	return left
}

// Take is a number of packages of one lot; an empty lot: of those that are of no known lot.
type Take struct {
	Lot      string
	Packages int64
}

// Pick says of which lots the packages handed out are: those whose scans named a lot are of that
// one, the others are of no known lot, else of the lot that expires first (FEFO). It never picks an
// expired lot. missing is how many packages it found nothing for; expired names a scanned lot that
// has expired.
func Pick(line Line, lots []Lot, scanned []string, today string) (list []Take, missing int64, expired string) {
	lots = slices.Clone(lots)
	slices.SortStableFunc(lots, func(a, b Lot) int {
		return strings.Compare(a.Expires+"/"+a.Lot, b.Expires+"/"+b.Lot)
	})
	unknown := Unknown(line, lots)
	take := func(lot string) {
		at := slices.IndexFunc(list, func(t Take) bool { return t.Lot == lot })
		if at < 0 {
			list, at = append(list, Take{Lot: lot}), len(list)
		}
		list[at].Packages++
	}
	var others int
	for _, s := range scanned {
		at := slices.IndexFunc(lots, func(l Lot) bool { return s != "" && l.Lot == s })
		switch {
		case at >= 0 && lots[at].Expired(today):
			return nil, 0, s
		case at >= 0 && lots[at].OnHand > 0:
			lots[at].OnHand--
			take(s)
		default:
			others++
		}
	}
	for range others {
		at := slices.IndexFunc(lots, func(l Lot) bool { return l.OnHand > 0 && !l.Expired(today) })
		switch {
		case unknown > 0:
			unknown--
			take("")
		case at >= 0:
			lots[at].OnHand--
			take(lots[at].Lot)
		default:
			missing++
		}
	}
	return list, missing, ""
}
