package consult

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/consult/tally"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/wake"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// MaxPage is how many consultations one page of a list has.
const MaxPage = 50

// sweepEvery is how often Run looks for overdue requests; sweepBatch bounds one look.
const (
	sweepEvery = time.Minute
	sweepBatch = 200
)

// Doctor is what this room must know of a doctor when a patient asks.
type Doctor struct {
	Person     string
	Department string
	FeeFen     int64
	Open       bool     // approved, can sign, and takes consultations now
	Also       []string // other person ids of the same human
}

// Doctors is the register of doctors as this room needs it: ErrDoctor for a person who is none,
// ErrNoSlot for a moment at which no session to come begins.
type Doctors interface {
	ConsultDoctor(ctx context.Context, person string) (Doctor, error)
	ConsultSession(ctx context.Context, person string, start time.Time) (Session, error)
	// NotHeld are when the sessions begin that doctors do not hold, after a moment, by doctor.
	NotHeld(ctx context.Context, after time.Time) (map[string][]time.Time, error)
}

// Diagnoses is the ICD-10 catalogue: name of a code, false when there is no such code.
type Diagnoses interface {
	DiagnosisName(code string) (name string, ok bool)
}

// Guardians knows who acts for whom at this moment. MayActFor is an error for a person who has not
// the right over another that the context asks for (right.Of); Wards are all over whom somebody has
// it, itself left out, by what a transaction sees. Birth is a person's date of birth, midnight
// China time; zero: nobody knows it.
type Guardians interface {
	MayActFor(ctx context.Context, guardian, child string) error
	Wards(tx *gorm.DB, guardian string) ([]string, error)
	Birth(tx *gorm.DB, person string) (time.Time, error)
}

// Prescriptions tells whether a consultation's prescriptions are in effect: signed and not ended,
// or handed out. It reads in the caller's transaction, and signing reads the consultation in its
// own, so that no prescription survives a cancellation.
type Prescriptions interface {
	InEffect(tx *gorm.DB, visit string) (bool, error)
}

// Writers tells whether a person is another human than a patient, and that person's name if known.
type Writers func(ctx context.Context, patient, by string) (another bool, name string, err error)

// Config is what a Service needs.
type Config struct {
	DB        *sqlstore.DB
	Box       *keystore.Box
	Doctors   Doctors
	Diagnoses Diagnoses
	Guardians Guardians        // nil: nobody consults for another
	Writers   Writers          // nil: who writes for another has no name
	Triage    Triage           // nil: nothing is looked for in what patients say
	Tail      time.Duration    // how long after its end a visit takes prescriptions; 0: DefaultTail
	Hub       *wake.Hub        // wakes readers
	Tell      Tell             // nil: nobody is told
	Now       func() time.Time // nil: time.Now
	Hold      func() bool      // nil: never; true: what ends by time waits, because the clock is in doubt
	Log       *slog.Logger     // nil: slog.Default
}

// Service is the room's verbs for callers who proved who they are. Methods take the caller's person
// id and answer ErrNotFound to everybody who is not on the consultation's two sides.
type Service struct {
	// Prescriptions is set before the first request, because that room needs this one; nil: there
	// are none.
	Prescriptions Prescriptions
	// Streams are what is said in the visits.
	*chat.Streams

	db        *sqlstore.DB
	store     store
	doctors   Doctors
	diagnoses Diagnoses
	guardians Guardians
	writers   Writers
	triage    Triage
	tail      time.Duration
	hub       *wake.Hub
	tell      Tell
	now       func() time.Time
	hold      func() bool
	log       *slog.Logger
	unswept   sqlstore.PutOff // requests whose end failed
}

// NewService builds the service; nothing runs until Run.
func NewService(c Config) *Service {
	s := &Service{db: c.DB, store: store{c.Box}, doctors: c.Doctors, diagnoses: c.Diagnoses,
		guardians: c.Guardians, writers: c.Writers, triage: c.Triage, tail: c.Tail, hub: c.Hub, tell: c.Tell,
		now: c.Now, hold: c.Hold, log: c.Log}
	if s.now == nil {
		s.now = time.Now
	}
	if s.tail == 0 {
		s.tail = DefaultTail
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	s.Streams = chat.New(c.DB, c.Box, c.Hub, streamed{s}, s.now)
	return s
}

// Run sweeps and keeps readers awake until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	go s.hub.Run(ctx)
	t := time.NewTicker(sweepEvery)
	defer t.Stop()
	for {
		if s.hold == nil || !s.hold() {
			s.sweepAll(ctx)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
	}
}

func (s *Service) sweepAll(ctx context.Context) {
	if n, err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
		s.log.Error("consultations: sweep", "error", err, "cancelled", n)
	}
	if err := s.DropOrphans(ctx); err != nil && ctx.Err() == nil {
		s.log.Error("consultations: pictures without a card", "error", err)
	}
}

// Request is a patient's request for a consultation: invalid.ErrInput, ErrDoctor, ErrOwn, ErrOpen
// (as Occupied), ErrNoSlot, ErrSlotFull, ErrPeriod.
func (s *Service) Request(ctx context.Context, cmd sqlstore.Command, patient string, w Wish, in Intake) (*View, error) {
	return s.request(ctx, cmd, patient, Party{Patient: patient}, w, in)
}

// RequestFor is a request for another: a guardian's for a child, or a relative's for an adult who
// lets it act. Errors as Request, and those of Guardians.
func (s *Service) RequestFor(ctx context.Context, cmd sqlstore.Command, guardian, child string, w Wish,
	in Intake) (*View, error) {
	if s.guardians == nil {
		return nil, ErrForbidden
	}
	if err := s.guardians.MayActFor(ctx, guardian, child); err != nil {
		return nil, err
	}
	born, err := s.guardians.Birth(s.db.WithContext(ctx), child)
	if err != nil {
		return nil, err
	}
	adult := !born.IsZero() && parties.Patient{Birth: born}.AgeAt(s.now()) >= adultAge
	return s.request(ctx, cmd, guardian, Party{Patient: child, Guardian: guardian, Adult: adult}, w, in)
}

// requestTries bounds how often a request is tried again after another one took its number, or was
// the patient's own and first.
const requestTries = 10

func (s *Service) request(ctx context.Context, cmd sqlstore.Command, caller string, asks Party, w Wish,
	in Intake) (*View, error) {
	d, err := s.doctors.ConsultDoctor(ctx, w.Doctor)
	if err != nil {
		return nil, err
	}
	at := s.now()
	id, err := newID(at)
	if err != nil {
		return nil, err
	}
	c, err := New(id, asks, d, in, at)
	if err != nil {
		return nil, err
	}
	var session Session
	var noSlot error
	if !w.Slot.IsZero() {
		session, noSlot = s.doctors.ConsultSession(ctx, w.Doctor, w.Slot)
	}
	for try := 1; ; try++ {
		view, err := s.once(ctx, cmd, func(tx *gorm.DB) (*Consultation, error) {
			// judged in here: a repeated request gets its first answer although its session has
			// begun since
			if noSlot != nil {
				return nil, noSlot
			}
			if err := s.notOwn(tx, d, asks.Patient); err != nil {
				return nil, err
			}
			if s.triage != nil {
				if err := s.triage.Refuses(tx, asks.Patient, in.Complaint, w.Answers); err != nil {
					return nil, err
				}
			}
			if !w.Slot.IsZero() {
				var err error
				if c.s.Appointment, err = s.store.give(tx, c.s.Doctor, session); err != nil {
					return nil, err
				}
			}
			if err := s.store.create(tx, c); err != nil {
				return nil, err
			}
			if err := s.Open(tx, c.s.ID); err != nil {
				return nil, err
			}
			return c, s.announceState(tx, c, caller, at)
		}, caller)
		if !sqlstore.IsDuplicate(err) {
			return view, err
		}
		// who loses a number to another looks for the next one: at most all of a session's are lost
		if try == requestTries+session.Capacity {
			return nil, ErrOpen // an equal random id is beyond luck
		}
		// The number or the pair: looking again tells which, and the id of the one that was first.
	}
}

// notOwn keeps a doctor from the visits of a child whose guardian the doctor is, and of an adult
// who lets the doctor as much as read, by whatever log-in and whoever asks: ErrOwn.
func (s *Service) notOwn(tx *gorm.DB, d Doctor, patient string) error {
	if s.guardians == nil {
		return nil
	}
	for _, person := range append([]string{d.Person}, d.Also...) {
		wards, err := s.guardians.Wards(right.As(tx, right.Read), person)
		if err != nil {
			return err
		}
		if slices.Contains(wards, patient) {
			return ErrOwn
		}
	}
	return nil
}

// Accept, Start and Finish are the doctor's; Cancel is either side's. ErrNotFound, ErrForbidden,
// ErrState, ErrNote, ErrPrescribed, invalid.ErrInput, sqlstore.ErrConflict.
func (s *Service) Accept(ctx context.Context, cmd sqlstore.Command, person, id string) (*View, error) {
	return s.act(ctx, cmd, person, id, (*Consultation).Accept)
}

// Start begins the visit.
func (s *Service) Start(ctx context.Context, cmd sqlstore.Command, person, id string) (*View, error) {
	return s.act(ctx, cmd, person, id, (*Consultation).Start)
}

// Finish ends the visit; the note must be there.
func (s *Service) Finish(ctx context.Context, cmd sqlstore.Command, person, id string) (*View, error) {
	return s.act(ctx, cmd, person, id, (*Consultation).Finish)
}

// Cancel ends it early; the doctor gives a reason.
func (s *Service) Cancel(ctx context.Context, cmd sqlstore.Command, person, id, reason string) (*View, error) {
	if !ValidID(id) {
		return nil, ErrNotFound
	}
	at := s.now()
	return s.once(ctx, cmd, func(tx *gorm.DB) (*Consultation, error) {
		c, by, err := s.sided(tx, person, id)
		if err != nil {
			return nil, err
		}
		if err := s.withoutPrescriptions(tx, c, by); err != nil {
			return nil, err
		}
		return c, s.change(tx, c, person, at, func() error { return c.Cancel(by, reason, at) })
	}, person)
}

// withoutPrescriptions keeps a visit from being cancelled under what was prescribed on it:
// ErrPrescribed.
func (s *Service) withoutPrescriptions(tx *gorm.DB, c *Consultation, by Side) error {
	if err := c.May(DoCancel, by); err != nil || s.Prescriptions == nil {
		return err
	}
	live, err := s.Prescriptions.InEffect(tx, c.s.ID)
	if err == nil && live {
		err = ErrPrescribed
	}
	return err
}

// WriteNote makes a new version of the doctor's note; codes must be in the catalogue, which also
// names them.
func (s *Service) WriteNote(ctx context.Context, cmd sqlstore.Command, person, id string, n Note) (*View, error) {
	var c invalid.Check
	n.Diagnoses = append([]Diagnosis(nil), n.Diagnoses...)
	for i, d := range n.Diagnoses {
		name, ok := s.diagnoses.DiagnosisName(d.Code)
		c.That(ok, fmt.Sprintf("body.diagnoses[%d].code", i), "not in the ICD-10 catalogue")
		n.Diagnoses[i].Name = name
	}
	verb := func(tx *gorm.DB, con *Consultation, by Side, at time.Time) error {
		if err := con.May(DoNote, by); err != nil {
			return err
		}
		if err := c.Err(); err != nil {
			return err
		}
		var born time.Time
		if s.guardians != nil {
			var err error
			if born, err = s.guardians.Birth(tx, con.s.Patient); err != nil {
				return err
			}
		}
		return con.WriteNote(by, n, born, at)
	}
	return s.acted(ctx, cmd, person, id, verb)
}

func (s *Service) act(ctx context.Context, cmd sqlstore.Command, person, id string,
	verb func(*Consultation, Side, time.Time) error) (*View, error) {
	return s.acted(ctx, cmd, person, id,
		func(_ *gorm.DB, c *Consultation, by Side, at time.Time) error { return verb(c, by, at) })
}

// acted runs a verb of one side: load, verb, save, note version and system message in one
// transaction.
func (s *Service) acted(ctx context.Context, cmd sqlstore.Command, person, id string,
	verb func(*gorm.DB, *Consultation, Side, time.Time) error) (*View, error) {
	if !ValidID(id) {
		return nil, ErrNotFound
	}
	at := s.now()
	return s.once(ctx, cmd, func(tx *gorm.DB) (*Consultation, error) {
		c, by, err := s.sided(tx, person, id)
		if err != nil {
			return nil, err
		}
		return c, s.change(tx, c, person, at, func() error { return verb(tx, c, by, at) })
	}, person)
}

// change applies a verb of a person, or of nobody, and writes what it changed.
func (s *Service) change(tx *gorm.DB, c *Consultation, person string, at time.Time, verb func() error) error {
	was := c.Snapshot()
	if err := verb(); err != nil {
		return err
	}
	if err := s.store.save(tx, c, was.Version); err != nil {
		return err
	}
	now := c.Snapshot()
	if now.State == Finished && was.State != Finished {
		if err := tally.Add(tx, now.Doctor); err != nil {
			return err
		}
	}
	if now.Note.Version != was.Note.Version {
		if err := s.store.keepNote(tx, now); err != nil {
			return err
		}
		return s.happened(tx, c, HappenedNote, person, at)
	}
	return s.announceState(tx, c, person, at)
}

// once runs fn as an idempotent command and answers with the consultation's view; readers are woken
// after commit.
func (s *Service) once(ctx context.Context, cmd sqlstore.Command, fn func(tx *gorm.DB) (*Consultation, error),
	person string) (*View, error) {
	v, replayed, err := sqlstore.Answer[*View](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		c, err := fn(tx)
		if err != nil {
			return nil, err
		}
		return s.view(tx, c, person)
	}))
	if err == nil && !replayed {
		s.hub.Wake(v.ID, v.LastSeq)
	}
	return v, err
}

// Sweep cancels requests whose time is over, and appointments of sessions that are not held, and
// says how many. One that somebody accepts meanwhile stays.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	expired, err := s.sweepOverdue(ctx)
	stopped, err2 := s.SweepStopped(ctx)
	return expired + stopped, errors.Join(err, err2)
}

func (s *Service) sweepOverdue(ctx context.Context) (int, error) {
	at := s.now()
	n, errs := 0, []error{}
	for after := (overdue{}); ; { // past requests that cannot be read or changed to those behind them
		due, err := s.store.overdue(s.db.WithContext(ctx), at, after, sweepBatch)
		if err != nil {
			return n, errors.Join(append(errs, err)...)
		}
		err = sqlstore.Each(ctx, due, func(d overdue) error {
			done, err := s.sweep(ctx, d.ID, at, func(c *Consultation) error { return c.Expire(at) })
			n += done
			return err
		})
		errs = append(errs, err)
		if len(due) < sweepBatch || ctx.Err() != nil || errors.Is(err, sqlstore.ErrUnavailable) {
			return n, errors.Join(errs...)
		}
		after = due[len(due)-1]
	}
}

// sweep moves one visit by nobody's hand: 1 for one that moved, 0 for one that another was quicker
// with, or that failed and is not tried again yet.
func (s *Service) sweep(ctx context.Context, id string, at time.Time, move func(*Consultation) error) (int, error) {
	if !s.unswept.Due(id, at) {
		return 0, nil
	}
	_, err := s.once(ctx, sqlstore.Command{}, func(tx *gorm.DB) (*Consultation, error) {
		c, err := s.store.load(tx, id)
		if err != nil {
			return nil, err
		}
		return c, s.change(tx, c, "", at, func() error { return move(c) })
	}, "")
	n := 0
	switch {
	case err == nil:
		n = 1
	case errors.Is(err, ErrState) || errors.Is(err, sqlstore.ErrConflict):
		err = nil
	default:
		err = fmt.Errorf("consultation %s: %w", id, err)
	}
	s.unswept.Note(id, at, err)
	return n, err
}
