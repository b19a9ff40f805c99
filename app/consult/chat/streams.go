package chat

import (
	"context"
	"crypto/rand"
	"errors"
	"hash/maphash"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/app/wake"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Side is who speaks in a visit.
type Side string

// Sides of a visit.
const (
	SidePatient Side = "patient"
	SideDoctor  Side = "doctor"
	SideSystem  Side = "system" // nobody: a step of the visit, or its time is over
)

// What happens in a stream.
const (
	HappenedMessage = "message" // somebody wrote
	HappenedRead    = "read"    // a side has read what the other wrote
)

// Visits are the visits whose streams these are, as a transaction sees them. What they refuse comes
// back as it is.
type Visits interface {
	// Reads tells on which side somebody reads a visit, and the visit's state.
	Reads(tx *gorm.DB, person, visit string) (side Side, state string, err error)
	// Writes tells the side of somebody who may write now.
	Writes(tx *gorm.DB, person, visit string) (Side, error)
	// WroteFor tells whether somebody wrote in a visit in another's place, and the name of that one
	// as far as it is known.
	WroteFor(ctx context.Context, visit, by string) (forAnother bool, name string, err error)
	// Signs finds a sign of danger in each text that the patient's side of a visit wrote, nil where
	// there is none. No list: nobody looks, or nobody waits.
	Signs(tx *gorm.DB, visit string, texts []string) ([]*triage.Sign, error)
	// Happened tells those concerned what happened in a stream.
	Happened(tx *gorm.DB, visit, what, by string, at time.Time) error
}

// Streams are the streams of all visits.
type Streams struct {
	db     *sqlstore.DB
	box    *keystore.Box
	hub    *wake.Hub
	visits Visits
	now    func() time.Time
	queues queues
}

// New makes the streams; hub wakes their readers.
func New(db *sqlstore.DB, box *keystore.Box, hub *wake.Hub, visits Visits, now func() time.Time) *Streams {
	return &Streams{db: db, box: box, hub: hub, visits: visits, now: now, queues: newQueues()}
}

// Open begins a visit's stream, in the transaction that makes the visit.
func (s *Streams) Open(tx *gorm.DB, visit string) error {
	return tx.Create(&streamRow{ConsultationID: visit, Epoch: rand.Text()}).Error
}

// Head is a stream without its messages.
type Head struct {
	Epoch   string
	LastSeq int64
	Unread  int64
}

// Page is a part of a stream, and how far both sides have read.
type Page struct {
	Epoch    string    `json:"epoch" doc:"When it is not the one you know, forget your messages and start at since=0" example:"k7qm2xw5zt3yb6nc2daj4hrl8p"`
	State    string    `json:"state" example:"active"`
	LastSeq  int64     `json:"lastSeq" example:"7"`
	Read     Marks     `json:"read"`
	Messages []Message `json:"messages"`
}

// Marks are the highest numbers each side has read.
type Marks struct {
	Patient int64 `json:"patient" example:"5"`
	Doctor  int64 `json:"doctor" example:"7"`
}

// Post appends a message; when it returns nil the message is in the database. The same ClientID of
// the same sender is one message: its first number comes back, again true. invalid.ErrInput,
// ErrFull, ErrClientID when the id was used for another content, and what Visits refuse.
func (s *Streams) Post(ctx context.Context, person, id string, out Outgoing) (m Message, again bool, err error) {
	if err := out.check(); err != nil {
		return Message{}, false, err
	}
	release, err := s.queues.enter(ctx, id)
	if err != nil {
		return Message{}, false, err
	}
	defer release()
	at := s.now()
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if m, err = s.post(tx, person, id, out, at); err != nil {
			return err
		}
		return right.Keep(tx)
	})
	if errors.Is(err, errSeen) { // its line was written with it
		right.TraceOf(ctx).Kept()
		return m, true, s.name(ctx, id, []*Message{&m})
	}
	if err != nil {
		return Message{}, false, err
	}
	s.hub.Wake(id, m.Seq)
	return m, false, s.name(ctx, id, []*Message{&m})
}

// name says who wrote in the patient's place, and leaves out who wrote in the own. Nobody writes in
// the doctor's.
func (s *Streams) name(ctx context.Context, id string, list []*Message) error {
	type writer struct {
		forAnother bool
		name       string
	}
	known := map[string]writer{"": {}}
	for _, m := range list {
		if m.Sender != SidePatient {
			m.By = ""
		}
		w, ok := known[m.By]
		if !ok {
			var err error
			if w.forAnother, w.name, err = s.visits.WroteFor(ctx, id, m.By); err != nil {
				return err
			}
			known[m.By] = w
		}
		if m.ByName = w.name; !w.forAnother {
			m.By, m.ByName = "", ""
		}
	}
	return nil
}

func (s *Streams) post(tx *gorm.DB, person, id string, out Outgoing, at time.Time) (Message, error) {
	// The stream first: a change of state holds it as well, so nothing is said after "finished".
	stream, err := lockStream(tx, id)
	if err != nil {
		return Message{}, err
	}
	side, _, err := s.visits.Reads(tx, person, id)
	if err != nil {
		return Message{}, err
	}
	old, err := s.sent(tx, id, side, out.ClientID)
	if err != nil {
		return Message{}, err
	}
	if old != nil {
		if old.Kind != out.Kind || old.Text != out.Text || old.File != out.File {
			return Message{}, ErrClientID
		}
		if err := s.warn(tx, id, old); err != nil {
			return Message{}, err
		}
		return *old, errSeen
	}
	if _, err := s.visits.Writes(tx, person, id); err != nil {
		return Message{}, err
	}
	if stream.LastSeq >= MaxMessages-reservedSpace {
		return Message{}, ErrFull
	}
	if out.Kind == KindImage {
		if err := ownFile(tx, id, side, out.File); err != nil {
			return Message{}, err
		}
	}
	if err := s.visits.Happened(tx, id, HappenedMessage, person, at); err != nil {
		return Message{}, err
	}
	m, err := s.append(tx, stream, side, person, out, at)
	if err == nil {
		err = s.warn(tx, id, &m)
	}
	return m, err
}

// warn names the signs of danger in what the patient's side wrote in a visit that waits. They are
// found anew at each reading and kept nowhere.
func (s *Streams) warn(tx *gorm.DB, id string, list ...*Message) error {
	var said []*Message
	var texts []string
	for _, m := range list {
		if m.Sender == SidePatient && m.Kind == KindText {
			said, texts = append(said, m), append(texts, m.Text)
		}
	}
	if len(said) == 0 {
		return nil
	}
	signs, err := s.visits.Signs(tx, id, texts)
	for i, sign := range signs {
		said[i].Sign = sign
	}
	return err
}

// Messages returns at most MaxReplay messages above since, in order, without waiting: ErrNotFound.
func (s *Streams) Messages(ctx context.Context, person, id string, since int64) (*Page, error) {
	tx := s.db.WithContext(ctx)
	_, state, err := s.visits.Reads(tx, person, id)
	if err != nil {
		return nil, err
	}
	var st streamRow
	if err := tx.Where("consultation_id = ?", id).Limit(1).Find(&st).Error; err != nil {
		return nil, err
	}
	list, err := s.after(tx, id, since, MaxReplay)
	if err != nil {
		return nil, err
	}
	each := make([]*Message, len(list))
	for i := range list {
		each[i] = &list[i]
	}
	if err := s.name(ctx, id, each); err != nil {
		return nil, err
	}
	if err := s.warn(tx, id, each...); err != nil {
		return nil, err
	}
	// The messages were read after the stream's row: what came in between must not look like a
	// number to come.
	if n := len(list); n > 0 && list[n-1].Seq > st.LastSeq {
		st.LastSeq = list[n-1].Seq
	}
	return &Page{Epoch: st.Epoch, State: state, LastSeq: st.LastSeq, Read: Marks{st.PatientRead, st.DoctorRead},
		Messages: list}, nil
}

// Wait is Messages, but when there is none above since it waits for one until ctx ends, and then
// returns an empty page.
func (s *Streams) Wait(ctx, until context.Context, person, id string, since int64) (*Page, error) {
	w := s.hub.Watch(id)
	defer w.Stop()
	for {
		p, err := s.Messages(ctx, person, id, since)
		if err != nil || len(p.Messages) > 0 {
			return p, err
		}
		select {
		case <-w.C:
		case <-until.Done():
			return p, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Watch wakes a reader of a consultation whenever something in it may be new; the reader asks
// Messages what. The caller has shown with Messages that it may read.
func (s *Streams) Watch(id string) *wake.Watch { return s.hub.Watch(id) }

// Sighted tells whether other instances' wake-ups arrive; without them readers look every second.
func (s *Streams) Sighted() bool { return s.hub.Sighted() }

// MarkRead says that a side has read up to a number. Marks only grow, and never pass the newest
// message.
func (s *Streams) MarkRead(ctx context.Context, person, id string, seq int64) (Marks, error) {
	var marks Marks
	release, err := s.queues.enter(ctx, id)
	if err != nil {
		return marks, err
	}
	defer release()
	moved := false
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		stream, err := lockStream(tx, id)
		if err != nil {
			return err
		}
		side, _, err := s.visits.Reads(tx, person, id)
		if err != nil {
			return err
		}
		marks = Marks{stream.PatientRead, stream.DoctorRead}
		column, mark := "patient_read", &marks.Patient
		if side == SideDoctor {
			column, mark = "doctor_read", &marks.Doctor
		}
		seq := min(seq, stream.LastSeq)
		if moved = seq > *mark; !moved {
			return nil
		}
		*mark = seq
		if err := s.visits.Happened(tx, id, HappenedRead, person, s.now()); err != nil {
			return err
		}
		if err := tx.Model(&streamRow{}).Where("consultation_id = ?", id).Update(column, seq).Error; err != nil {
			return err
		}
		return right.Keep(tx)
	})
	if err != nil {
		return Marks{}, err
	}
	if moved {
		s.hub.Wake(id, 0)
	}
	return marks, nil
}

// queues make the writers of one stream wait for each other inside this process. PostgreSQL's
// serialisable transactions would let all but one fail and try again, which starves senders under
// load.
type queues struct {
	seed  maphash.Seed
	lanes []chan struct{}
}

// queueLanes: two streams that share a lane wait for each other needlessly; with 256 that is rare.
const queueLanes = 256

func newQueues() queues {
	q := queues{maphash.MakeSeed(), make([]chan struct{}, queueLanes)}
	for i := range q.lanes {
		q.lanes[i] = make(chan struct{}, 1)
	}
	return q
}

func (q queues) enter(ctx context.Context, id string) (release func(), err error) {
	lane := q.lanes[maphash.String(q.seed, id)%queueLanes]
	select {
	case lane <- struct{}{}:
		return func() { <-lane }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
