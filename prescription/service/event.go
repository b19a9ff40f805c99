package service

import (
	"bytes"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// Act is a signed step as it reaches a verb: who, for whom, under which record, and the very
// document signed.
type Act struct {
	Seq      uint64     // the record's sequence
	Record   string     // the record's id
	Person   string     // who signed; the organisation's seal names the organisation
	Org      string     // member id of the writing organisation
	Role     chain.Role // of the certificate
	At       time.Time  // the statement's time, which the document shows
	Taken    time.Time  // when the server takes it; deadlines count by this
	Document []byte     // canonical bytes
	Salt     []byte     //
	Schema   int        `json:"-"` // version of the statement; 0 is the first
}

// Event is one thing that happened to a prescription; it is a record on the chain with the same
// sequence.
type Event struct {
	Kind         chain.Kind
	Prescription prescription.ID
	Previous     string // id of the record before; empty for the first
	Act
}

// when keeps apart what a document says of its time and the moment by which its step is judged:
// what is prepared before midnight and signed after it is judged by the day of the signature.
type when struct {
	stated time.Time // of the statement; the document shows it
	now    time.Time // the step is judged by this
	schema int       // version of the statement
}

// at is a step that is prepared, or taken by the system, in one moment.
func at(t time.Time) when { return when{t, t, chain.Version} }

func (a Act) when() when { return when{a.At, a.Taken, max(a.Schema, chain.Version)} }

// plan is a step that has passed every check and waits for its signature: the document to sign, the
// facts the ledger needs, and the change it makes. Preparing and signing make the same plan; when
// the documents differ, something changed in between.
type plan struct {
	kind     chain.Kind
	document any
	facts    chain.Facts
	inTime   bool // must be taken before the validity ends
	apply    func(s *State, act Act)
}

// expiryMargin keeps steps away from the last minute: the chain judges expiry by its own block
// time.
const expiryMargin = time.Minute

// take carries a plan out under its record: ErrStale when sequence or document are not those of
// now.
func (p *Prescription) take(pl plan, act Act) (Event, error) {
	to, err := p.may(pl, act.Taken)
	if err != nil {
		return Event{}, err
	}
	if act.Seq != p.s.Seq+1 || act.Record == "" {
		return Event{}, fmt.Errorf("%w: sequence", prescription.ErrStale)
	}
	want, err := intent.Canonical(pl.document)
	if err != nil {
		return Event{}, err
	}
	if !bytes.Equal(want, act.Document) {
		return Event{}, fmt.Errorf("%w: the signed document is not the present one", prescription.ErrStale)
	}
	ev := Event{Kind: pl.kind, Prescription: p.s.ID, Previous: p.s.LastRecord, Act: act}
	pl.apply(&p.s, act)
	p.s.Status, p.s.Seq, p.s.LastRecord, p.s.UpdatedAt = to, act.Seq, act.Record, act.Taken
	return ev, nil
}

// may tells where a plan leads: ErrStatus, or the refusal of one that comes too late.
func (p *Prescription) may(pl plan, now time.Time) (prescription.Status, error) {
	to, err := p.s.Status.After(pl.kind)
	if err == nil && pl.inTime && p.lapsed(now) {
		err = p.tooLate()
	}
	return to, err
}

// lapsed tells whether the validity has ended, or is about to.
func (p *Prescription) lapsed(at time.Time) bool {
	return !p.s.ExpiresAt.IsZero() && !at.Before(p.s.ExpiresAt.Add(-expiryMargin))
}

func (p *Prescription) tooLate() error {
	return rules.RuleExpired.Refuse("status", "处方已超过有效期", "the prescription's validity has ended")
}
