package lifecycle

import (
	"bytes"
	"encoding/json"
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

// When keeps apart what a document says of its time and the moment by which its step is judged:
// what is prepared before midnight and signed after it is judged by the day of the signature.
type When struct {
	Stated time.Time // of the statement; the document shows it
	Now    time.Time // the step is judged by this
	Schema int       // version of the statement
}

// At is a step that is prepared, or taken by the system, in one moment.
func At(t time.Time) When { return When{t, t, chain.Version} }

func (a Act) when() When { return When{a.At, a.Taken, max(a.Schema, chain.Version)} }

// Plan is a step that has passed every check and waits for its signature: the document to sign, the
// facts the ledger needs, and the change it makes. Preparing and signing make the same plan; when
// the documents differ, something changed in between.
type Plan struct {
	Kind     chain.Kind
	Document any
	Facts    chain.Facts
	inTime   bool // must be taken before the validity ends
	apply    func(s *State, act Act)
}

// expiryMargin keeps steps away from the last minute: the chain judges expiry by its own block
// time.
const expiryMargin = time.Minute

// Take carries a plan out under its record: ErrStale when sequence or document are not those of
// now.
func (p *Prescription) Take(pl Plan, act Act) (Event, error) {
	to, err := p.May(pl, act.Taken)
	if err != nil {
		return Event{}, err
	}
	if act.Seq != p.s.Seq+1 || act.Record == "" {
		return Event{}, fmt.Errorf("%w: sequence", prescription.ErrStale)
	}
	want, err := intent.Canonical(pl.Document)
	if err != nil {
		return Event{}, err
	}
	if !bytes.Equal(want, act.Document) {
		return Event{}, fmt.Errorf("%w: the signed document is not the present one", prescription.ErrStale)
	}
	ev := Event{Kind: pl.Kind, Prescription: p.s.ID, Previous: p.s.LastRecord, Act: act}
	pl.apply(&p.s, act)
	p.s.Status, p.s.Seq, p.s.LastRecord, p.s.UpdatedAt = to, act.Seq, act.Record, act.Taken
	return ev, nil
}

// May tells where a plan leads: ErrStatus, or the refusal of one that comes too late.
func (p *Prescription) May(pl Plan, now time.Time) (prescription.Status, error) {
	to, err := p.s.Status.After(pl.Kind)
	if err == nil && pl.inTime && p.Lapsed(now) {
		err = p.TooLate()
	}
	return to, err
}

// Lapsed tells whether the validity has ended, or is about to.
func (p *Prescription) Lapsed(at time.Time) bool {
	return !p.s.ExpiresAt.IsZero() && !at.Before(p.s.ExpiresAt.Add(-expiryMargin))
}

// TooLate is the refusal of a step after the validity.
func (p *Prescription) TooLate() error {
	return rules.RuleExpired.Refuse("status", "处方已超过有效期", "the prescription's validity has ended")
}

// Read reads a document's fields; the error repeats nothing of it.
func Read[T any](ev Event) (doc T, err error) {
	if json.Unmarshal(ev.Document, &doc) != nil {
		err = fmt.Errorf("not a document of a prescription")
	}
	return doc, err
}
