package consult

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult/tally"
	"github.com/smart-hospital/hospital/app/consult/waiting"
	"github.com/smart-hospital/hospital/app/triage"
)

// endsSoon is how long before its end a request is marked.
const endsSoon = time.Hour

// What a queue is to those in it.
type (
	Place = waiting.Place
	Queue = waiting.Queue
	Mark  = waiting.Mark
)

// waits tells whether the patient waits for the doctor, now or from the session on.
func (s Snapshot) waits() bool { return s.State == Requested || s.State == Accepted }

// waitsFrom is since when: an appointment waits from its session on.
func (s Snapshot) waitsFrom() time.Time {
	if a := s.Appointment; a != nil && a.Start.After(s.CreatedAt) {
		return a.Start
	}
	return s.CreatedAt
}

// Triage knows signs of danger in what a patient says.
type Triage interface {
	// Refuses is an error for a request that must not wait for an online visit.
	Refuses(tx *gorm.DB, patient, complaint string, answers []triage.Answer) error
	// Signs are the gravest sign in each of a patient's texts; nil: none was recognised.
	Signs(tx *gorm.DB, patient string, texts ...string) ([]*triage.Sign, error)
	// Warns tells whether people are told of a sign in what they write while they wait.
	Warns() bool
}

// lookedAt is how many of a visit's last messages are looked at for its mark in the queue.
const lookedAt = 40

// saidOf is what the patients of those who wait wrote last, by visit.
func (s *Service) saidOf(tx *gorm.DB, list []Snapshot) (map[string][]string, error) {
	var ids []string
	for _, c := range list {
		if c.waits() {
			ids = append(ids, c.ID)
		}
	}
	if s.triage == nil || len(ids) == 0 {
		return nil, nil
	}
	return s.Said(tx, ids, lookedAt)
}

// marks are the reasons to look at a request soon. Of the signs in the complaint and in what the
// patient wrote since, it is the gravest.
func (s *Service) marks(tx *gorm.DB, c Snapshot, said []string, at time.Time) []Mark {
	if !c.waits() {
		return nil
	}
	var list []Mark
	var gravest *triage.Sign
	for _, sign := range s.signs(tx, c, append([]string{c.Intake.Complaint}, said...)...) {
		if sign != nil && (gravest == nil || sign.Level < gravest.Level) {
			gravest = sign
		}
	}
	if gravest != nil {
		list = append(list, waiting.Signed(gravest))
	}
	if a := c.Appointment; a != nil && !at.Before(a.Start) {
		list = append(list, Mark{Kind: waiting.MarkSession})
	}
	if c.State == Requested && !at.Before(c.deadline().Add(-endsSoon)) {
		list = append(list, Mark{Kind: waiting.MarkEnding})
	}
	return list
}

// signs are hints: a patient whose record cannot be read hides no queue and no message.
func (s *Service) signs(tx *gorm.DB, c Snapshot, texts ...string) []*triage.Sign {
	if s.triage == nil {
		return nil
	}
	signs, err := s.triage.Signs(tx, c.Patient, texts...)
	if err != nil {
		s.log.Error("signs of danger that depend on age or sex were not looked for", "consultation", c.ID, "error", err)
	}
	return signs
}

// Signs is chat.Visits: what somebody writes who waits.
func (s streamed) Signs(tx *gorm.DB, visit string, texts []string) ([]*triage.Sign, error) {
	if s.triage == nil || !s.triage.Warns() {
		return nil, nil
	}
	c, err := s.store.load(tx, visit)
	if err != nil || !c.s.waits() {
		return nil, err
	}
	return s.signs(tx, c.s, texts...), nil
}

// Queue counts a doctor's queue.
func (s *Service) Queue(ctx context.Context, doctor string) (Queue, error) {
	return waiting.Count(s.db.WithContext(ctx), doctor, s.now(), string(Active), string(Requested), string(Accepted))
}

// Finished is how many visits doctors have finished, by doctor.
func (s *Service) Finished(ctx context.Context, doctors []string) (map[string]int, error) {
	return tally.Of(s.db.WithContext(ctx), doctors)
}

// withPlaces tells patients their places. It is for readings: a command that looked at the whole
// queue would be in the way of every other one of this doctor.
func (s *Service) withPlaces(tx *gorm.DB, list []Snapshot, views []View) error {
	now := s.now()
	known := map[string]waiting.Measured{}
	for i, c := range list {
		if !c.waits() || c.waitsFrom().After(now) {
			continue
		}
		m, ok := known[c.Doctor]
		if !ok {
			var err error
			if m, err = waiting.Measure(tx, c.Doctor, now); err != nil {
				return err
			}
			known[c.Doctor] = m
		}
		ahead, err := s.store.ahead(tx, c)
		if err != nil {
			return err
		}
		p := m.Place(int(ahead)+1, now.Sub(c.waitsFrom()))
		views[i].Queue = &p
	}
	return nil
}

// ahead counts who waits longer for the same doctor.
func (st store) ahead(tx *gorm.DB, c Snapshot) (n int64, err error) {
	from, number := millis(c.waitsFrom()), 0
	if c.Appointment != nil {
		number = c.Appointment.Number
	}
	err = tx.Model(&consultationRow{}).Where("doctor = ? AND state IN ?", c.Doctor, []State{Requested, Accepted}).
		Where("waits_from < ? OR (waits_from = ? AND (slot_number < ? OR (slot_number = ? AND id < ?)))", from, from,
			number, number, c.ID).Count(&n).Error
	return n, err
}
