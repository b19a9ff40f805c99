// Package stock is what pharmacies have, in packages, and what moves it.
package stock

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
)

// Limits of a pharmacy's stock.
const (
	MaxOnHand = 1_000_000 // packages of one drug in one pharmacy
	MaxListed = 100       // lines of one page
)

// ErrOtherExpiry is a lot that the pharmacy has with another last day of use.
var ErrOtherExpiry = errors.New("prescription: the lot has another last day of use")

// ErrOut is what every *OutOfStockError is: a pharmacy lacks packages that a step needs.
var ErrOut = errors.New("prescription: the pharmacy has not enough packages in stock")

// Line is what a pharmacy has of one drug, in packages. OnHand lie on the shelf; Reserved of
// them are promised to claimed prescriptions. 0 <= Reserved <= OnHand always holds.
type Line struct {
	Pharmacy string
	Drug     string // catalogue code
	OnHand   int64
	Reserved int64
	Version  int64 // counts movements; 0: the pharmacy never had it
	Expired  int64 // of OnHand, past their last day of use; the store leaves it 0, because it knows no day
}

// Free is what another prescription may still claim.
func (l Line) Free() int64 { return max(0, l.OnHand-l.Expired-l.Reserved) }

// MovementKind is why stock changed.
type MovementKind string

// Kinds of movements.
const (
	MoveDelivery   MovementKind = "delivery"   // 入库
	MoveCorrection MovementKind = "correction" // 盘点: the shelf was counted
	MoveClaim      MovementKind = "claim"      // reserves
	MoveRelease    MovementKind = "release"    // gives a reservation back
	MoveDispense   MovementKind = "dispense"   // takes reserved packages off the shelf
	MoveWriteOff   MovementKind = "writeoff"   // 报损: expired or damaged goods leave the shelf
	MoveReturn     MovementKind = "return"     // 退货: goods go back to the supplier
)

// Movement is one change of one stock line. Movements are never changed or deleted, and their sum
// is the stock.
type Movement struct {
	Pharmacy string
	Drug     string
	Kind     MovementKind
	OnHand   int64  // added to what lies there; may be negative
	Reserved int64  // added to what is promised; may be negative
	Version  int64  // the line's version it was decided on; AnyVersion: whatever it is
	Record   string // the chain record of a claim, release or dispensing; empty for the pharmacy's own
	Person   string // who
	Reason   string // of the pharmacy's own movements
	Lot      string // of the packages; empty: unknown, or none moved
	Expires  string // the lot's last day of use, YYYY-MM-DD; only of one that the pharmacy may not have yet
	At       time.Time
}

// AnyVersion lets a movement apply to whatever the line is now.
const AnyVersion = -1

// Store keeps what pharmacies have. Every method works inside the transaction it is given; reads
// may pass the plain handle.
type Store interface {
	// StockOf returns the lines of the given drugs that a pharmacy ever had: ErrStored, with the
	// others, when one cannot be read (sqlstore.Skip).
	StockOf(tx *gorm.DB, pharmacy string, drugs []string) ([]Line, error)
	// StockPage returns at most limit lines of a pharmacy with codes above after, by code. Lines
	// that cannot be read are left out (sqlstore.Skip).
	StockPage(tx *gorm.DB, pharmacy, after string, limit int) ([]Line, error)
	// ShortPage is StockPage of those lines of which less is free on a day (YYYY-MM-DD) than the
	// pharmacy's minimum, drugs that it never had among them.
	ShortPage(tx *gorm.DB, pharmacy, today, after string, limit int) ([]Line, error)
	// Lots are those with packages left of the given drugs, and those that are named, by drug,
	// expiry and lot.
	Lots(tx *gorm.DB, pharmacy string, drugs []string, named ...string) ([]Lot, error)
	// LotPage returns at most limit lots with packages left whose last day is at or before until
	// (YYYY-MM-DD), by expiry, drug and lot, behind one; the empty lot: from the beginning.
	LotPage(tx *gorm.DB, pharmacy, until string, behind Lot, limit int) ([]Lot, error)
	// Movements returns at most limit movements of a pharmacy, of one drug when it is not empty,
	// newest first, before one; the empty movement: from the newest. Record is always empty: a
	// digest is kept.
	Movements(tx *gorm.DB, pharmacy, drug string, before Movement, limit int) ([]Movement, error)
	// Minimums are the free packages that a pharmacy wants to have at least, of those drugs that
	// have a minimum.
	Minimums(tx *gorm.DB, pharmacy string, drugs []string) (map[string]int64, error)
	// SetMinimum sets one; 0 takes it away.
	SetMinimum(tx *gorm.DB, pharmacy, drug string, minimum int64, person string, at time.Time) error
	// Move applies and keeps movements: ErrOut when a line, a lot or what is of no known lot would
	// go below zero, or a line below what is reserved of it; ErrOtherExpiry for a lot that has
	// another last day; sqlstore.ErrConflict for a version that is gone. After an error the
	// transaction must be rolled back.
	Move(tx *gorm.DB, list []Movement) error
}

// Shortage is one thing a pharmacy lacks.
type Shortage struct {
	Item   int   // index of the prescription's item
	Needed int64 // packages
	Free   int64 //
}

// OutError names what is missing by item, because a drug's name has no place in an error.
type OutError struct{ Missing []Shortage }

// Error names items and numbers.
func (e *OutError) Error() string {
	var parts []string
	for _, m := range e.Missing {
		parts = append(parts, fmt.Sprintf("item %d: %d needed, %d free", m.Item, m.Needed, m.Free))
	}
	return fmt.Sprintf("%v: %s", ErrOut, strings.Join(parts, "; "))
}

// Is makes every OutOfStockError an ErrOutOfStock.
func (e *OutError) Is(target error) bool { return target == ErrOut }

// EachBroken tells an adapter every missing item.
func (e *OutError) EachBroken(yield func(field, rule, cite string)) {
	for _, m := range e.Missing {
		yield(prescription.Nth("items", m.Item), fmt.Sprintf("%d packages needed, %d free", m.Needed, m.Free), "")
	}
}

// need is how many packages of each drug a prescription takes, by code, with the first item that
// asks for it.
type need struct {
	drug     string
	item     int
	packages int64
}

func needs(items []medicine.Item) []need {
	var list []need
	for i, it := range items {
		at := slices.IndexFunc(list, func(n need) bool { return n.drug == it.Drug.Code })
		if at < 0 {
			list = append(list, need{drug: it.Drug.Code, item: i})
			at = len(list) - 1
		}
		list[at].packages += it.Packages
	}
	// Always in one order, so that two steps never wait for each other's lines.
	slices.SortFunc(list, func(a, b need) int { return strings.Compare(a.drug, b.drug) })
	return list
}

// stockKinds says what a step does to the pharmacy's stock; other steps do nothing. A claimed
// prescription does not expire: what it reserved comes back by its release.
var stockKinds = map[chain.Kind]struct {
	move             MovementKind
	onHand, reserved int64
}{
	chain.KindClaim:    {MoveClaim, 0, +1},
	chain.KindRelease:  {MoveRelease, 0, -1},
	chain.KindDispense: {MoveDispense, -1, -1},
}

// Step is the step that moves packages: its record on the chain, who took it, and when.
type Step struct {
	Kind     chain.Kind
	Pharmacy string
	Record   string
	Person   string
	At       time.Time
}

// Movements is what a step moves of a prescription's items.
func Movements(step Step, items []medicine.Item) []Movement {
	k, moves := stockKinds[step.Kind]
	if !moves {
		return nil
	}
	var list []Movement
	for _, n := range needs(items) {
		list = append(list, Movement{
			Pharmacy: step.Pharmacy, Drug: n.drug, Kind: k.move, OnHand: k.onHand * n.packages,
			Reserved: k.reserved * n.packages,
			Version:  AnyVersion, Record: step.Record, Person: step.Person, At: step.At,
		})
	}
	return list
}

// Lacking compares a prescription's items with lines of one pharmacy.
func Lacking(items []medicine.Item, lines []Line) []Shortage {
	var missing []Shortage
	for _, n := range needs(items) {
		free := int64(0)
		if at := slices.IndexFunc(lines, func(l Line) bool { return l.Drug == n.drug }); at >= 0 {
			free = lines[at].Free()
		}
		if free < n.packages {
			missing = append(missing, Shortage{n.item, n.packages, free})
		}
	}
	slices.SortFunc(missing, func(a, b Shortage) int { return a.Item - b.Item })
	return missing
}

// Drugs are the codes of a prescription's items, each once.
func Drugs(items []medicine.Item) []string {
	var codes []string
	for _, n := range needs(items) {
		codes = append(codes, n.drug)
	}
	return codes
}
