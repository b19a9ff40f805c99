package consult

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Errors of appointments.
var (
	// ErrNoSlot: the doctor has no such session to come.
	ErrNoSlot = errors.New("the doctor has no such session")
	// ErrSlotFull: every appointment of the session is taken.
	ErrSlotFull = errors.New("every appointment of the session is taken")
	// ErrPeriod: the patient has an appointment in that time already, with whatever doctor.
	ErrPeriod = errors.New("the patient has another appointment in this time")
)

// Wish is whom a patient asks, and for when.
type Wish struct {
	Doctor string
	Slot   time.Time // beginning of a session; zero: as soon as the doctor can
	// Answers are those to the questions of Triage. They are judged and not kept.
	Answers []triage.Answer
}

// Session is one session of a doctor's hours (出诊时段).
type Session struct {
	Start, End time.Time
	Capacity   int
}

// Appointment is the session a visit is for and the patient's number in it (号序).
type Appointment struct {
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"`
	Number int       `json:"number" doc:"The patient's number in the session, from 1 (号序)" example:"3"`
}

// Booked is how many appointments of a doctor's session are taken.
type Booked struct {
	Doctor string
	Start  time.Time
	Taken  int
}

// deadline is when a request that nobody accepted ends: an appointment waits for its session.
func (s Snapshot) deadline() time.Time {
	if s.Appointment != nil {
		return s.Appointment.End
	}
	return s.CreatedAt.Add(RequestTTL)
}

// Booked counts the appointments that begin in a span of time, of those doctors; from included, to
// not.
func (s *Service) Booked(ctx context.Context, doctors []string, from, to time.Time) ([]Booked, error) {
	var rows []struct {
		Doctor    string
		SlotStart int64
		Taken     int
	}
	err := booked(s.db.WithContext(ctx)).Select("doctor, slot_start, count(*) AS taken").
		Where("doctor IN ? AND slot_start >= ? AND slot_start < ?", doctors, millis(from), millis(to)).
		Group("doctor, slot_start").Find(&rows).Error
	list := make([]Booked, len(rows))
	for i, r := range rows {
		list[i] = Booked{r.Doctor, instant(r.SlotStart), r.Taken}
	}
	return list, err
}

// aside refuses a patient a second place in one period: ErrPeriod. What is booked at once, the
// transactions' order decides: they are serializable.
func (st store) aside(tx *gorm.DB, patient string, at Appointment) error {
	var other []string
	err := booked(tx).
		Where("patient = ? AND slot_start < ? AND slot_end > ?", patient, millis(at.End), millis(at.Start)).
		Where("state IN ?", []State{Requested, Accepted, Active}).Limit(1).Pluck("id", &other).Error
	if err == nil && len(other) > 0 {
		err = ErrPeriod
	}
	return err
}

// booked are the visits that hold an appointment, in the very words of the index
// consultations_slot: with parameters in their place the index is not taken.
func booked(tx *gorm.DB) *gorm.DB {
	return tx.Model(&consultationRow{}).Where("slot_start > 0 AND state <> 'cancelled'")
}

// give gives the lowest free number of a session: ErrSlotFull. What two instances give at once, the
// unique index decides.
func (st store) give(tx *gorm.DB, doctor string, at Session) (*Appointment, error) {
	var used []int
	err := booked(tx).Where("doctor = ? AND slot_start = ?", doctor, millis(at.Start)).Pluck("slot_number", &used).Error
	if err != nil {
		return nil, err
	}
	taken := make(map[int]bool, len(used))
	for _, n := range used {
		taken[n] = true
	}
	if len(used) >= at.Capacity {
		return nil, ErrSlotFull
	}
	for n := 1; ; n++ { // ends: there are fewer used than capacity
		if !taken[n] {
			return &Appointment{Start: at.Start, End: at.End, Number: n}, nil
		}
	}
}

// stoppedFor is how long after its beginning a session that is not held is still looked at.
const stoppedFor = 24 * time.Hour

// StopNow is SweepStopped at once. What it cannot do now, the next sweep does.
func (s *Service) StopNow(ctx context.Context) {
	if n, err := s.SweepStopped(ctx); err != nil {
		s.log.Error("consultations: sessions that are not held", "error", err, "cancelled", n)
	}
}

// SweepStopped cancels the appointments of sessions that are not held (停诊) and says how many. What
// was booked while the session was closed is found by the next one.
func (s *Service) SweepStopped(ctx context.Context) (int, error) {
	at := s.now()
	closed, err := s.doctors.NotHeld(ctx, at.Add(-stoppedFor))
	n, errs := 0, []error{err}
	for doctor, starts := range closed {
		var ids []string
		var begin []int64
		for _, start := range starts {
			begin = append(begin, millis(start))
		}
		err := booked(s.db.WithContext(ctx)).Where("doctor = ? AND slot_start IN ?", doctor, begin).
			Where("state IN ?", []State{Requested, Accepted}).Order("slot_start, slot_number").Pluck("id", &ids).Error
		errs = append(errs, err, sqlstore.Each(ctx, ids, func(id string) error {
			done, err := s.sweep(ctx, id, at, func(c *Consultation) error { return c.Stop(at) })
			n += done
			return err
		}))
	}
	return n, errors.Join(errs...)
}
