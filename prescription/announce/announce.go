// Package announce says what a patient is told about who holds the prescription.
package announce

import (
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// Kind is what a patient is told about who holds the prescription.
type Kind string

// Kinds of notices.
const (
	Claimed   Kind = "claimed"   // a pharmacy took it
	Renewed   Kind = "renewed"   // it goes on holding it
	Released  Kind = "released"  // it gave it back
	Lapsed    Kind = "lapsed"    // its time was over
	Refused   Kind = "refused"   // the chain did not take its claim
	Dispensed Kind = "dispensed" // it handed out
)

var noticed = map[chain.Kind]Kind{
	chain.KindClaim: Claimed, chain.KindRenew: Renewed, chain.KindRelease: Released,
	chain.KindLapse: Lapsed, chain.KindExpire: Lapsed, chain.KindDispense: Dispensed,
}

// Notice tells the patient of a visit what a pharmacy did. It names no drug.
type Notice struct {
	Visit    string
	Kind     Kind
	Pharmacy string // name
	Record   string // of the step; one record has one notice of a kind
	At       time.Time
}

// Board brings them to the patient. A visit that is not in this database is no error.
type Board interface {
	Tell(tx *gorm.DB, n Notice) error // within the step's transaction
	Wake(visit string)                // after its commit
}

// Tell says what a step did with a claim; held is the claim before it. A copy of another hospital's
// prescription has no visit here.
func Tell(to Board, tx *gorm.DB, p *lifecycle.Prescription, kind chain.Kind, held *lifecycle.Claim,
	record string, at time.Time) error {
	what, ok := noticed[kind]
	if kind == chain.KindClaim {
		held = p.State().Claim
	}
	if !ok || held == nil {
		return nil
	}
	return Notify(to, tx, p, what, held, record, at)
}

// Notify says one thing about a claim; to may be nil.
func Notify(to Board, tx *gorm.DB, p *lifecycle.Prescription, what Kind, c *lifecycle.Claim,
	record string, at time.Time) error {
	if to == nil || p.Foreign() {
		return nil
	}
	return to.Tell(tx, Notice{Visit: p.State().Visit, Kind: what, Pharmacy: c.PharmacyName, Record: record,
		At: at})
}

// Wake wakes who reads the visit's chat, after the commit; nil when nothing was done.
func Wake(to Board, p *lifecycle.Prescription) {
	if to != nil && p != nil && !p.Foreign() {
		to.Wake(p.State().Visit)
	}
}
