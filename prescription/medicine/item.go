// Package medicine is what is written on a prescription: drugs as they were when it was written,
// doses, frequencies, routes and diagnoses. Amounts are exact.
package medicine

import (
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription"
)

// Limits of one prescription's contents.
const (
	MaxItems     = 5  // 处方管理办法 art. 6 (7)
	MaxDays      = 84 // twelve weeks, 长期处方管理规范
	MaxPackages  = 99 // of one item: beyond any twelve weeks' supply
	MaxDiagnoses = 5
	MaxNoteRunes = 200
	MaxPriceFen  = 100_000_000 // one package: a million yuan
)

// Item is one drug of a prescription (处方明细): a snapshot of the drug and how it is taken.
type Item struct {
	Drug      Drug      `json:"drug"`
	Dose      Amount    `json:"dose"` // a single dose in Drug.DoseUnit
	Frequency Frequency `json:"frequency"`
	Route     Route     `json:"route"`
	Days      int       `json:"days"`
	Packages  int64     `json:"packages"`
	Notes     string    `json:"notes"`
}

// Check tests the shape of an item: ErrInvalid with the field's path.
func (i *Item) Check(path string) error {
	switch {
	case i.Drug.Code == "":
		return prescription.Invalid(path+".drug", "a code of the catalogue")
	case i.Drug.PriceFen < 0 || i.Drug.PriceFen > MaxPriceFen:
		return prescription.Invalid(path+".drug", "its price is beyond a million yuan a package")
	case i.Dose <= 0 || i.Dose > MaxAmount:
		return prescription.Invalid(path+".dose", "more than 0, at most 1000000")
	case !i.Frequency.valid():
		return prescription.Invalid(path+".frequency", "a code of the catalogue")
	case i.Route.Code == "":
		return prescription.Invalid(path+".route", "a code of the catalogue")
	case i.Days < 1 || i.Days > MaxDays:
		return prescription.Invalid(path+".days", "1 to 84")
	case i.Packages < 1 || i.Packages > MaxPackages:
		return prescription.Invalid(path+".packages", "1 to 99")
	case !text.Text(&i.Notes, 0, MaxNoteRunes):
		return prescription.Invalid(path+".notes", text.LineRule(0, MaxNoteRunes))
	}
	return nil
}

// TotalFen is the price of the item; the limits of check keep it far from overflow.
func (i Item) TotalFen() int64 { return i.Drug.PriceFen * i.Packages }

// valid: at least one dose in its days and at most one an hour.
func (f Frequency) valid() bool {
	if f.Days < 1 || f.Days > MaxDays || f.Doses < 0 || f.Doses > 24*f.Days {
		return false
	}
	return f.AsNeeded == (f.Doses == 0)
}

// Needed is the smallest number of whole packages that covers the whole doses of the course: every
// other day for a week is four, not three and a half. As needed (必要时) it is what the label's
// daily maximum would use up. ok is false when the catalogue does not say enough to reckon it.
func (i Item) Needed() (packages int64, ok bool) {
	all := int64(i.Dose) * i.Frequency.doses(i.Days)
	if i.Frequency.AsNeeded {
		all = int64(i.Drug.MaxDaily) * int64(i.Days)
	}
	if i.Drug.PerPackage <= 0 || all <= 0 {
		return 0, false
	}
	return ceilDiv(all, int64(i.Drug.PerPackage)), true
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }

// TotalFen is the price of all items, in fen.
func TotalFen(items []Item) int64 {
	var sum int64
	for _, i := range items {
		sum += i.TotalFen()
	}
	return sum
}
