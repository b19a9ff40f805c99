// Package lifecycle is a prescription from its draft to its end: the aggregate Prescription, which
// changes only through its verbs, each of which yields an Event that is a record on the chain. A
// Plan is a verb that passed every check and waits for its signature; only this package makes one.
// Stores alone rebuild a prescription, by RestoreFromDatabase, which refuses what no verbs make.
package lifecycle

import (
	"fmt"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/trace"
)

// State is everything a database keeps of a prescription. Only stores touch it: they take it from
// Prescription.State, seal it, and give it back through RestoreFromDatabase.
type State struct {
	ID             prescription.ID      `json:"id"`
	Version        int64                `json:"version"` // counts changes; owned by the store
	Status         prescription.Status  `json:"status"`
	Seq            uint64               `json:"seq"`        // of the last record
	LastRecord     string               `json:"lastRecord"` // id of the last record; empty for a draft
	Hospital       string               `json:"hospital"`
	HospitalName   string               `json:"hospitalName"`
	Department     string               `json:"department"`
	DepartmentName string               `json:"departmentName"`
	Visit          string               `json:"visit"`
	Patient        parties.Patient      `json:"patient"`
	Doctor         parties.Doctor       `json:"doctor"`
	Diagnoses      []medicine.Diagnosis `json:"diagnoses"`
	Items          []medicine.Item      `json:"items"`
	ValidDays      int                  `json:"validDays"`
	LongTerm       rules.LongTerm       `json:"longTerm"`
	Findings       []rules.Finding      `json:"findings"`
	Basis          *rules.Basis         `json:"basis,omitempty"` // what they rest on; nil for one issued before this was kept
	Overrides      []rules.Override     `json:"overrides"`
	DraftedAt      time.Time            `json:"draftedAt"`
	UpdatedAt      time.Time            `json:"updatedAt"`
	IssuedAt       time.Time            `json:"issuedAt"`
	ExpiresAt      time.Time            `json:"expiresAt"`
	Supersedes     prescription.ID      `json:"supersedes"`
	SupersededBy   prescription.ID      `json:"supersededBy"`
	AccessCode     string               `json:"accessCode"` // the patient's, for the next claim; empty for a draft
	// hex; what the next code must lead to; empty: one code for its whole life
	Pickup       string        `json:"pickup,omitempty"`
	Foot         string        `json:"foot,omitempty"`   // hex; of the chain of codes, which its hospital alone knows
	Claims       uint64        `json:"claims,omitempty"` // codes revealed
	Former       *Claim        `json:"former,omitempty"` // the claim that the last lapse or expiry ended
	Review       *Review       `json:"review"`
	Settlement   string        `json:"settlement"`
	PaidAt       time.Time     `json:"paidAt"`
	Refund       RefundState   `json:"refund"`
	Claim        *Claim        `json:"claim"`
	Dispensing   *Dispensing   `json:"dispensing"`
	Cancellation *Cancellation `json:"cancellation"`
	// when a patient brought it in a bundle; zero: written here
	ReceivedAt time.Time `json:"receivedAt,omitzero"`
}

// RefundState is where the money of a paid prescription that ended without medicine stands.
type RefundState string

// Refund states.
const (
	NoRefund   RefundState = ""
	RefundDue  RefundState = "due"  // the payment room moves next
	RefundDone RefundState = "done" //
)

// Review is the reviewing pharmacist's decision (审方).
type Review struct {
	Person   string    `json:"person"`
	Name     string    `json:"name"`
	Approved bool      `json:"approved"`
	Reasons  []string  `json:"reasons"`
	At       time.Time `json:"at"`
	Record   string    `json:"record"`
	// Findings are what the checks said then and had not said at the issue; Overrides the
	// reviewer's written reasons.
	Findings  []rules.Finding  `json:"findings,omitempty"`
	Overrides []rules.Override `json:"overrides,omitempty"`
}

// Claim is a pharmacy's exclusive lock.
type Claim struct {
	Pharmacy     string    `json:"pharmacy"`
	PharmacyName string    `json:"pharmacyName"`
	Person       string    `json:"person"`
	At           time.Time `json:"at"`
	Record       string    `json:"record"`
	// proves the lock; readable again by the same pharmacy only; empty for a claim made elsewhere
	Secret string `json:"secret"`
	// end of its lease; zero: of the validity, as before there were leases
	Until       time.Time `json:"until,omitzero"`
	Renewed     bool      `json:"renewed,omitempty"`    //
	AskedAt     time.Time `json:"askedAt,omitzero"`     // when the patient asked for it back
	ContestedAt time.Time `json:"contestedAt,omitzero"` // when the patient said that it is not theirs
	ReadyAt     time.Time `json:"readyAt,omitzero"`     // when the pharmacy had it prepared; zero: not yet
	// Findings are what the checks said then and nobody had answered; Overrides the pharmacy's
	// written reasons.
	Findings  []rules.Finding  `json:"findings,omitempty"`
	Overrides []rules.Override `json:"overrides,omitempty"`
}

// Elsewhere tells a claim that a pharmacy of another application wrote: its secret is there.
func (c *Claim) Elsewhere() bool { return c.Secret == "" }

// Dispensing is the handing out (发药).
type Dispensing struct {
	Pharmacy     string                `json:"pharmacy"`
	PharmacyName string                `json:"pharmacyName"`
	Person       string                `json:"person"`
	Name         string                `json:"name"`
	At           time.Time             `json:"at"`
	Record       string                `json:"record"`
	Items        []trace.DispensedItem `json:"items"`
	// Findings are new since issue and review; each has a reason among Overrides or the claim's, or
	// the prescriber's answer in Contact.
	Findings  []rules.Finding    `json:"findings,omitempty"`
	Overrides []rules.Override   `json:"overrides,omitempty"`
	Contact   *PrescriberContact `json:"contact,omitempty"`
}

// Cancellation is who withdrew it and why.
type Cancellation struct {
	Person string     `json:"person"`
	Role   chain.Role `json:"role"`
	Reason string     `json:"reason"`
	At     time.Time  `json:"at"`
}

// Prescription is the aggregate. Its fields change only through its verbs.
type Prescription struct{ s State }

// State is a copy, for the store and for readers.
func (p *Prescription) State() State {
	s := p.s
	s.Diagnoses, s.Items = slices.Clone(s.Diagnoses), slices.Clone(s.Items)
	s.Findings, s.Overrides = slices.Clone(s.Findings), slices.Clone(s.Overrides)
	s.Review, s.Claim, s.Former = copied(s.Review), copied(s.Claim), copied(s.Former)
	s.Dispensing, s.Cancellation = copied(s.Dispensing), copied(s.Cancellation)
	return s
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

// RestoreFromDatabase is for stores alone: it takes a state as it is, without any verb, but refuses
// one that no sequence of verbs could have made.
func RestoreFromDatabase(s State) (*Prescription, error) {
	if _, err := prescription.ParseID(string(s.ID)); err != nil {
		return nil, fmt.Errorf("stored prescription: %w", err)
	}
	if broken := s.broken(); broken != "" {
		return nil, fmt.Errorf("stored prescription %s: %s", s.ID, broken)
	}
	return &Prescription{s: s}, nil
}

// broken names the first violated invariant.
func (s *State) broken() string {
	reviewed := s.Review != nil
	held := s.Status == prescription.Claimed || s.Status == prescription.Dispensed
	switch {
	case !slices.Contains(prescription.Statuses, s.Status):
		return "unknown status"
	case (s.Status == prescription.Draft) != (s.Seq == 0), (s.Seq == 0) != (s.LastRecord == ""):
		return "sequence does not fit the status"
	case (s.Status == prescription.Draft) != s.IssuedAt.IsZero(),
		(s.Status == prescription.Draft) != (s.AccessCode == ""):
		return "issue does not fit the status"
	case s.Status != prescription.Draft && (len(s.Items) == 0 || len(s.Diagnoses) == 0 ||
		!s.IssuedAt.Before(s.ExpiresAt)):
		return "issued without contents"
	case (s.Status == prescription.Draft || s.Status == prescription.Signed) && reviewed:
		return "reviewed before it was signed"
	case (s.Status == prescription.Approved || s.Status == prescription.Paid || held) &&
		(!reviewed || !s.Review.Approved):
		return "in effect without a review"
	case s.Status == prescription.Rejected && (!reviewed || s.Review.Approved):
		return "rejected without a rejection"
	case reviewed && s.Review.Person == s.Doctor.Person:
		return "reviewed by its prescriber"
	case (s.Status == prescription.Paid || held) && s.Settlement == "":
		return "released for redemption without payment"
	case held != (s.Claim != nil):
		return "claim does not fit the status"
	case (s.Status == prescription.Dispensed) != (s.Dispensing != nil):
		return "dispensing does not fit the status"
	case (s.Status == prescription.Cancelled) != (s.Cancellation != nil):
		return "cancellation does not fit the status"
	case s.foreign() && (s.Settlement == "" || s.Refund != NoRefund):
		return "received before it was paid, or its money is its hospital's"
	case !s.foreign() && (s.Refund != NoRefund) != ((s.Status == prescription.Cancelled ||
		s.Status == prescription.Expired) &&
		s.Settlement != ""):
		return "refund does not fit the status"
	}
	return ""
}

// foreign tells a copy, received in a bundle, of what another application's hospital wrote: that
// one expires it and moves its money.
func (s *State) foreign() bool { return !s.ReceivedAt.IsZero() }

// Stored is for stores alone: they count versions.
func (p *Prescription) Stored(version int64) { p.s.Version = version }

// Accessors the rest of the room needs; views show the others.

// ID is its number.
func (p *Prescription) ID() prescription.ID { return p.s.ID }

// Status is where it stands.
func (p *Prescription) Status() prescription.Status { return p.s.Status }

// Seq is the sequence of its last record; 0 for a draft.
func (p *Prescription) Seq() uint64 { return p.s.Seq }

// Version counts its changes in the store.
func (p *Prescription) Version() int64 { return p.s.Version }

// LastRecord is the id of its last record; empty for a draft.
func (p *Prescription) LastRecord() string { return p.s.LastRecord }

// TotalFen is the price of all items in fen.
func (p *Prescription) TotalFen() int64 { return medicine.TotalFen(p.s.Items) }

// Foreign tells a copy of what another application's hospital wrote.
func (p *Prescription) Foreign() bool { return p.s.foreign() }

// OwnedBy tells the patient, and who is a guardian now.
func (p *Prescription) OwnedBy(a intent.Actor) bool { return p.s.ownedBy(a) }

// Names tells whether the chain takes the signature of an actor as the patient's: it was named at
// the issue.
func (p *Prescription) Names(a intent.Actor) bool { return p.s.names(a) }

// Knows tells whether an access code is that of the next claim, or of the claim that stands.
func (p *Prescription) Knows(accessCode string) bool { return p.s.knows(accessCode) }

// Codes are the access codes of the next claim and of those after it.
func (p *Prescription) Codes() []string { return p.s.codes() }
