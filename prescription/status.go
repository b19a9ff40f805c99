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
	Signed = Status(chain.StatusSigned)
	// Approved: the patient moves next (pays).
	Approved = Status(chain.StatusApproved)
	// Rejected is final: the doctor writes a new prescription that supersedes it.
	Rejected = Status(chain.StatusRejected)
	// Paid: a pharmacy with the patient's access code moves next (claims).
	Paid = Status(chain.StatusPaid)
	// Claimed: the holding pharmacy moves next (dispenses or releases).
	Claimed = Status(chain.StatusClaimed)
	// Dispensed is final: the medicine was handed out.
	Dispensed = Status(chain.StatusDispensed)
	// Cancelled is final: doctor or patient withdrew it; the payment room moves next when it was
	// paid.
	Cancelled = Status(chain.StatusCancelled)
	// Expired is final: its validity ran out; the payment room moves next when it was paid.
	Expired = Status(chain.StatusExpired)
)

// Statuses lists all of them: the draft, and the contract's.
var Statuses = statuses()

func statuses() []Status {
	out := []Status{Draft}
	for _, s := range chain.Statuses(chain.SubjectRx) {
		out = append(out, Status(s))
	}
	return out
}

// Onwards are this status and those that a prescription may come to from it, in the order of
// Statuses.
func (s Status) Onwards() []Status {
	there := map[Status]bool{s: true}
	for before := 0; before < len(there); {
		before = len(there)
		for _, step := range Steps {
			if step.To != "" && slices.ContainsFunc(step.From, func(from Status) bool { return there[from] }) {
				there[step.To] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(Statuses), func(to Status) bool { return !there[to] })
}

// Final tells whether nobody can move a prescription of this status any more.
func (s Status) Final() bool {
	return !slices.ContainsFunc(Steps, func(step Step) bool {
		return step.To != "" && step.To != s && slices.Contains(step.From, s)
	})
}

// StartsFrom are the statuses from which the chain takes a step where a schema is in force.
func StartsFrom(kind chain.Kind, schema int) (out []Status) {
	step, _ := chain.TransitionOf(kind)
	for _, from := range step.Froms(schema) {
		out = append(out, Status(from))
	}
	return out
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
