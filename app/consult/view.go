package consult

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/family/right"
)

// View is a consultation as one of its two sides sees it.
type View struct {
	ID          string       `json:"id" example:"CN20261122012345678947"`
	Patient     string       `json:"patient" doc:"Person id" example:"u7k2mq4xw5zt3yb6nc2da"`
	Guardian    string       `json:"guardian,omitempty" doc:"Person id of who consults for the patient: a child's guardian, or a relative whom an adult lets act" example:"u7k2mq4xw5zt3yb6nc2da"`
	Doctor      string       `json:"doctor" doc:"Person id" example:"u7k2mq4xw5zt3yb6nc2da"`
	Department  string       `json:"department" doc:"Code of the department" example:"respiratory"`
	FeeFen      int64        `json:"feeFen" doc:"Fee in fen" example:"2000"`
	State       State        `json:"state" enum:"requested,accepted,active,finished,cancelled"`
	Intake      Intake       `json:"intake"`
	Note        *Note        `json:"note,omitempty"`
	Reason      string       `json:"reason,omitempty" doc:"Of a cancellation; 'expired' when nobody accepted in time, 'session-not-held' when the doctor does not hold the session (停诊)" example:"expired"`
	Version     int          `json:"version" example:"3"`
	CreatedAt   time.Time    `json:"createdAt"`
	Appointment *Appointment `json:"appointment,omitempty" doc:"The session the visit is for (预约)"`
	AcceptedAt  *time.Time   `json:"acceptedAt,omitempty"`
	StartedAt   *time.Time   `json:"startedAt,omitempty"`
	ClosedAt    *time.Time   `json:"closedAt,omitempty"`
	TakesUntil  *time.Time   `json:"takesUntil,omitempty" doc:"Of a finished one: until then it takes prescriptions and its doctor reads the patient's record"`
	Epoch       string       `json:"epoch" doc:"Changes when the message stream was made anew: forget the numbers you know" example:"k7qm2xw5zt3yb6nc2daj4hrl8p"`
	LastSeq     int64        `json:"lastSeq" doc:"Number of the newest message" example:"7"`
	Unread      int64        `json:"unread" doc:"Messages of the other side above the caller's read mark; steps of the visit are not counted" example:"2"`
	WaitsFrom   *time.Time   `json:"waitsFrom,omitempty" doc:"While the patient waits: since when, or the beginning of the session"`
	Queue       *Place       `json:"queue,omitempty" doc:"For the patient who waits now"`
	Urgent      []Mark       `json:"urgent,omitempty" doc:"For the doctor: reasons to look at it soon; the order is by waiting time alone"`
	Next        []Action     `json:"next" doc:"What the caller may do now" example:"start,cancel"`
}

// Get returns one consultation: ErrNotFound.
func (s *Service) Get(ctx context.Context, person, id string) (*View, error) {
	tx := s.db.WithContext(ctx)
	c, _, err := s.sided(tx, person, id)
	if err != nil {
		return nil, err
	}
	v, err := s.view(tx, c, person)
	if err == nil && person != c.s.Doctor {
		one := []View{*v}
		if err = s.withPlaces(tx, []Snapshot{c.s}, one); err == nil {
			err = s.forWhom(tx, person, one)
		}
		v = &one[0]
	}
	return v, err
}

// Notes lists every version of the note, oldest first: ErrNotFound.
func (s *Service) Notes(ctx context.Context, person, id string) ([]Note, error) {
	tx := s.db.WithContext(ctx)
	if _, _, err := s.sided(tx, person, id); err != nil {
		return nil, err
	}
	return s.store.notes(tx, id)
}

// List is the caller's own consultations, newest first or as a queue: the patient's, or the
// doctor's when side is SideDoctor. ErrNotFound for a person whose record a patient does not read;
// a doctor's list of one whom that doctor never had is empty, like that of nobody.
func (s *Service) List(ctx context.Context, person string, side Side, f Filter) ([]View, error) {
	if side == SideDoctor {
		f.doctor = person
	} else {
		f.patients = []string{person}
	}
	if f.Limit < 1 || f.Limit > MaxPage {
		f.Limit = MaxPage
	}
	tx := s.db.WithContext(ctx)
	if side != SideDoctor && s.guardians != nil {
		wards, err := s.guardians.Wards(tx, person)
		if err != nil {
			return nil, err
		}
		f.patients = append(f.patients, wards...)
	}
	if f.People != nil && side != SideDoctor {
		f.patients = slices.DeleteFunc(f.patients, func(p string) bool { return !slices.Contains(f.People, p) })
		if len(f.patients) == 0 {
			return nil, ErrNotFound
		}
	}
	if f.Before != "" { // the cursor must be the caller's own as well, or it would tell when a stranger's was made
		if _, _, err := s.sided(tx, person, f.Before); err != nil {
			return nil, err
		}
	}
	list, err := s.store.list(tx, f)
	if err != nil {
		return nil, err
	}
	views, err := s.views(tx, list, side)
	if err == nil && side != SideDoctor {
		err = s.withPlaces(tx, list, views)
	}
	if err == nil && side != SideDoctor {
		err = s.forWhom(tx, person, views)
	}
	return views, err
}

// forWhom takes what could be done next out of the views of those for whom somebody may read and
// not act, and touches everybody whose visits are shown to another.
func (s *Service) forWhom(tx *gorm.DB, person string, views []View) error {
	if s.guardians == nil {
		return nil
	}
	acts, err := s.guardians.Wards(right.As(tx, right.Act), person)
	for i := range views {
		right.Touch(tx.Statement.Context, person, views[i].Patient)
		if views[i].Patient != person && !slices.Contains(acts, views[i].Patient) {
			views[i].Next = []Action{}
		}
	}
	return err
}

// sided loads a consultation and the caller's side of it.
func (s *Service) sided(tx *gorm.DB, person, id string) (*Consultation, Side, error) {
	if !ValidID(id) {
		return nil, "", ErrNotFound
	}
	c, err := s.store.load(tx, id)
	if err != nil {
		return nil, "", err
	}
	side, err := s.side(tx, c, person)
	return c, side, err
}

// side asks who acts for the patient now, each time anew: a guardian's rights end.
func (s *Service) side(tx *gorm.DB, c *Consultation, person string) (Side, error) {
	side, err := c.SideOf(person)
	if err == nil || person == "" || s.guardians == nil {
		return side, err
	}
	wards, err := s.guardians.Wards(tx, person)
	if err != nil {
		return "", err
	}
	if side, err = c.SideOf(person, wards...); err == nil {
		right.Touch(tx.Statement.Context, person, c.s.Patient)
	}
	return side, err
}

func (s *Service) view(tx *gorm.DB, c *Consultation, person string) (*View, error) {
	side, err := s.side(tx, c, person)
	if err != nil && !errors.Is(err, ErrNotFound) { // the sweep is on neither side
		return nil, err
	}
	list, err := s.views(tx, []Snapshot{c.Snapshot()}, side)
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

func (s *Service) views(tx *gorm.DB, list []Snapshot, side Side) ([]View, error) {
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	heads, err := s.Heads(tx, ids, side)
	if err != nil {
		return nil, err
	}
	var said map[string][]string
	if side == SideDoctor {
		if said, err = s.saidOf(tx, list); err != nil {
			return nil, err
		}
	}
	out := make([]View, len(list))
	for i, c := range list {
		out[i] = viewOf(c, side)
		out[i].TakesUntil = maybe(s.takesUntil(c))
		if c.waits() {
			out[i].WaitsFrom = maybe(c.waitsFrom())
		}
		if side == SideDoctor {
			out[i].Urgent = s.marks(tx, c, said[c.ID], s.now())
		}
		head := heads[c.ID]
		out[i].Epoch, out[i].LastSeq, out[i].Unread = head.Epoch, head.LastSeq, head.Unread
	}
	return out, nil
}

func viewOf(c Snapshot, side Side) View {
	v := View{
		ID: c.ID, Patient: c.Patient, Guardian: c.Guardian, Doctor: c.Doctor, Department: c.Department,
		FeeFen: c.FeeFen, State: c.State, Intake: c.Intake,
		Reason: c.Reason, Version: c.Version, CreatedAt: c.CreatedAt, AcceptedAt: maybe(c.AcceptedAt),
		StartedAt: maybe(c.StartedAt), ClosedAt: maybe(c.ClosedAt),
		Next: []Action{}, Appointment: c.Appointment,
	}
	if c.Note.Version > 0 {
		v.Note = &c.Note
	}
	for _, r := range rules {
		if r.By == side && slices.Contains(r.From, c.State) {
			v.Next = append(v.Next, r.Action)
		}
	}
	return v
}

func maybe(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// Visit is what a prescription must know of the consultation it comes from.
type Visit struct {
	ID              string
	Version         int
	Begun           bool      // the doctor has begun it
	Noted           bool      // its note is written
	TakesUntil      time.Time // when a finished one takes no more prescriptions; zero: it is not finished
	State           State
	Patient         string // person ids
	Guardian        string // who consults for a child; empty: the patient itself
	Doctor          string
	Department      string
	Diagnoses       []Diagnosis
	Prior           []PriorDiagnosis // earlier hospital diagnoses whose proof the doctor saw
	PriorReference  string           // what the patient referred to
	GuardianPresent bool
}

// Visit returns a consultation, as a transaction sees it, for the prescription room, which checks
// itself who asks: ErrNotFound.
func (s *Service) Visit(tx *gorm.DB, id string) (Visit, error) {
	if !ValidID(id) {
		return Visit{}, ErrNotFound
	}
	c, err := s.store.load(tx, id)
	if err != nil {
		return Visit{}, err
	}
	v := c.Snapshot()
	return Visit{
		ID: v.ID, Version: v.Version, Begun: !v.StartedAt.IsZero(), Noted: v.Note.Version > 0,
		TakesUntil: s.takesUntil(v), State: v.State,
		Patient: v.Patient, Guardian: v.Guardian, Doctor: v.Doctor, Department: v.Department,
		Diagnoses: v.Note.Diagnoses, Prior: v.Note.Prior,
		PriorReference: v.Intake.Prior, GuardianPresent: v.Intake.Guardian,
	}, nil
}

func (s *Service) takesUntil(v Snapshot) time.Time {
	if v.State != Finished {
		return time.Time{}
	}
	return v.ClosedAt.Add(s.tail)
}

// Treated returns a consultation to its doctor as long as that one may read the patient's live
// record: ErrNotFound for everybody else and after a cancellation, ErrOver when it was finished too
// long ago.
func (s *Service) Treated(ctx context.Context, doctor, id string) (*View, error) {
	v, err := s.Get(ctx, doctor, id)
	if err != nil {
		return nil, err
	}
	if v.State == Cancelled || v.Doctor != doctor {
		return nil, ErrNotFound
	}
	if v.TakesUntil != nil && !s.now().Before(*v.TakesUntil) {
		return nil, ErrOver
	}
	return v, nil
}

// Treats tells whether a doctor has, or finished since a moment, a consultation with a patient: the
// ground on which other rooms show the doctor that patient's record.
func (s *Service) Treats(ctx context.Context, doctor, patient string, since time.Time) (bool, error) {
	var n int64
	err := s.db.WithContext(ctx).Model(&consultationRow{}).
		Where("doctor = ? AND patient = ? AND (state IN ? OR (state = ? AND closed_at >= ?))",
			doctor, patient, []State{Requested, Accepted, Active}, Finished, millis(since)).Limit(1).Count(&n).Error
	return n > 0, err
}
