package consult

import (
	"slices"
	"time"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// RequestTTL is how long a request without an appointment waits for the doctor before the sweep
// cancels it.
const RequestTTL = 24 * time.Hour

// DefaultTail is how long after its end a visit still takes prescriptions and its doctor reads the
// patient's live record, unless the installation sets another time.
const DefaultTail = 24 * time.Hour

// reasonExpired is the reason of a request that nobody accepted.
const (
	reasonExpired = "expired"
	reasonStopped = "session-not-held"
)

// Consultation is one visit. Its fields change through its verbs only.
type Consultation struct{ s Snapshot }

// Snapshot is a consultation's state as the store keeps it and views show it.
type Snapshot struct {
	ID         string
	Patient    string // opaque person ids
	Guardian   string // who consults for the patient: a guardian, or a relative; empty: the patient itself
	Doctor     string
	Department string // at the time of the request
	FeeFen     int64  // at the time of the request, in fen
	State      State
	Intake     Intake
	Note       Note   // Version 0: none yet
	Reason     string // of a cancellation
	Version    int    // of the aggregate, from 1
	// Appointment: nil for a request that waits for no session.
	Appointment *Appointment
	CreatedAt   time.Time
	AcceptedAt  time.Time // zero until then, as the following
	StartedAt   time.Time
	ClosedAt    time.Time
}

// adultAge is when nobody's guardian is present any more (民法典 art. 17).
const adultAge = 18

// Party is the patient's side: the patient, a child with its guardian (监护人), or an adult with the
// relative who asks (家人代办).
type Party struct {
	Patient, Guardian string
	Adult             bool // the patient is of age
}

// New is the patient's request (申请问诊). A guardian who asks is present. invalid.ErrInput names
// the fields; ErrDoctor, and ErrOwn for a doctor who is the patient or the guardian who asks.
func New(id string, asks Party, doctor Doctor, in Intake, at time.Time) (*Consultation, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	switch {
	case !doctor.Open:
		return nil, ErrDoctor
	case doctor.is(asks.Patient) || doctor.is(asks.Guardian):
		return nil, ErrOwn
	}
	in.Guardian = !asks.Adult && (in.Guardian || asks.Guardian != "")
	return &Consultation{Snapshot{
		ID: id, Patient: asks.Patient, Guardian: asks.Guardian, Doctor: doctor.Person, Department: doctor.Department,
		FeeFen: doctor.FeeFen,
		State:  Requested, Intake: in, Version: 1, CreatedAt: at,
	}}, nil
}

// is tells whether a person id is the doctor's, by whatever log-in; nobody's is empty.
func (d Doctor) is(person string) bool {
	return person != "" && (person == d.Person || slices.Contains(d.Also, person))
}

// ReloadFromStore rebuilds a consultation from what a store kept. For stores only: it checks
// nothing.
func ReloadFromStore(s Snapshot) *Consultation { return &Consultation{s} }

// Snapshot is the consultation's present state.
func (c *Consultation) Snapshot() Snapshot { return c.s }

// SideOf says which side a person is on; actsFor are the others it acts for at this moment.
// ErrNotFound for everybody else, so that a stranger learns nothing, and for who was a child's
// guardian at the visit and is it no longer.
func (c *Consultation) SideOf(person string, actsFor ...string) (Side, error) {
	switch {
	case person == "":
		return "", ErrNotFound
	case person == c.s.Doctor:
		return SideDoctor, nil
	case person == c.s.Patient, slices.Contains(actsFor, c.s.Patient):
		return SidePatient, nil
	}
	return "", ErrNotFound
}

// May tells whether a side may do something now: nil, ErrForbidden or ErrState.
func (c *Consultation) May(do Action, by Side) error {
	_, err := next(c.s.State, do, by)
	return err
}

func (c *Consultation) move(do Action, by Side) error {
	to, err := next(c.s.State, do, by)
	if err != nil {
		return err
	}
	c.s.State = to
	c.s.Version++
	return nil
}

// Accept: the doctor takes the request (接诊).
func (c *Consultation) Accept(by Side, at time.Time) error {
	if err := c.move(DoAccept, by); err != nil {
		return err
	}
	c.s.AcceptedAt = at
	return nil
}

// Start: the doctor begins the visit.
func (c *Consultation) Start(by Side, at time.Time) error {
	if err := c.move(DoStart, by); err != nil {
		return err
	}
	c.s.StartedAt = at
	return nil
}

// Finish: the doctor ends the visit; ErrNote unless a note was written.
func (c *Consultation) Finish(by Side, at time.Time) error {
	if err := c.May(DoFinish, by); err != nil {
		return err
	}
	if c.s.Note.Version == 0 {
		return ErrNote
	}
	c.s.ClosedAt = at
	return c.move(DoFinish, by)
}

// Cancel ends it early. The doctor must say why; the patient need not.
func (c *Consultation) Cancel(by Side, reason string, at time.Time) error {
	if err := c.May(DoCancel, by); err != nil {
		return err
	}
	least := 0
	if by == SideDoctor {
		least = 1
	}
	var ck invalid.Check
	ck.That(text.Text(&reason, least, MaxReason), "body.reason", text.LineRule(least, MaxReason))
	if err := ck.Err(); err != nil {
		return err
	}
	c.s.Reason, c.s.ClosedAt = reason, at
	return c.move(DoCancel, by)
}

// Expire cancels a request that waited RequestTTL, or over the end of its session; ErrState before
// that.
func (c *Consultation) Expire(at time.Time) error {
	if at.Before(c.s.deadline()) {
		return ErrState
	}
	if err := c.move(DoExpire, SideSystem); err != nil {
		return err
	}
	c.s.Reason, c.s.ClosedAt = reasonExpired, at
	return nil
}

// Stop cancels an appointment whose session the doctor does not hold (停诊); ErrState for any other.
func (c *Consultation) Stop(at time.Time) error {
	if c.s.Appointment == nil {
		return ErrState
	}
	if err := c.move(DoStop, SideSystem); err != nil {
		return err
	}
	c.s.Reason, c.s.ClosedAt = reasonStopped, at
	return nil
}

// WriteNote makes a new version of the note. n.Version is the version its writer saw, 0 for the
// first; ErrNoteVersion when that is not the present one. The diagnoses' codes must be known to the
// caller already. born is the patient's date of birth, zero: nobody knows it.
func (c *Consultation) WriteNote(by Side, n Note, born, at time.Time) error {
	if err := c.May(DoNote, by); err != nil {
		return err
	}
	if err := n.check(born, at); err != nil {
		return err
	}
	if n.Version != c.s.Note.Version {
		return ErrNoteVersion
	}
	n.Version, n.At = n.Version+1, at
	c.s.Note = n
	return c.move(DoNote, by)
}
