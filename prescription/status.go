package prescription

import (
	"errors"
	"fmt"
	"slices"

	"github.com/smart-hospital/hospital/chain"
)

// ErrStatus is returned when a verb is not legal from the prescription's status.
var ErrStatus = errors.New("prescription: not possible in this status")

// Status is where a prescription stands.
type Status string

// Statuses in the order of a prescription's life.
const (
	// Draft: the doctor moves next (edits or signs). It is not on the chain and has no effect.
	Draft Status = "draft"
	// Signed: a reviewing pharmacist (审方药师) of the hospital, not the prescriber, moves next.
	Signed Status = "signed"
	// Approved: the patient moves next (pays).
	Approved Status = "approved"
	// Rejected is final: the doctor writes a new prescription that supersedes it.
	Rejected Status = "rejected"
	// Paid: a pharmacy with the patient's access code moves next (claims).
	Paid Status = "paid"
	// Claimed: the holding pharmacy moves next (dispenses or releases).
	Claimed Status = "claimed"
	// Dispensed is final: the medicine was handed out.
	Dispensed Status = "dispensed"
	// Cancelled is final: doctor or patient withdrew it; the payment room moves next when it was
	// paid.
	Cancelled Status = "cancelled"
	// Expired is final: its validity ran out; the payment room moves next when it was paid.
	Expired Status = "expired"
)

// Statuses lists all of them.
var Statuses = []Status{Draft, Signed, Approved, Rejected, Paid, Claimed, Dispensed, Cancelled, Expired}

// Final tells whether nobody can move a prescription of this status any more.
func (s Status) Final() bool {
	return s == Rejected || s == Dispensed || s == Cancelled || s == Expired
}

// Step is one legal move of the status table.
type Step struct {
	Kind chain.Kind // what happens, as the chain calls it
	From []Status
	To   Status // empty: it stays where it is
}

// Steps is the whole status table: the contract's, which the ledger enforces once more. What the
// chain does not know yet is a draft here.
var Steps = steps()

func steps() (out []Step) {
	for _, law := range chain.Transitions {
		if law.Prefix != chain.SubjectRx {
			continue
		}
		step := Step{Kind: law.Kind, To: Status(law.To)}
		for _, from := range law.Froms(chain.Newest) {
			if from == chain.StatusNone {
				step.From = append(step.From, Draft)
			} else {
				step.From = append(step.From, Status(from))
			}
		}
		out = append(out, step)
	}
	return out
}

// After returns the status a step leads to: ErrStatus when it may not start from s.
func (s Status) After(kind chain.Kind) (Status, error) {
	for _, step := range Steps {
		if step.Kind == kind && slices.Contains(step.From, s) {
			if step.To == "" {
				return s, nil
			}
			return step.To, nil
		}
	}
	return "", fmt.Errorf("%w: %s from %s", ErrStatus, kind, s)
}
