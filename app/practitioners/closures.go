package practitioners

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// ErrNoSession: the doctor has no such session to come.
var ErrNoSession = errors.New("the doctor has no such session to come")

// closureRow is a session that is not held (停诊).
type closureRow struct {
	Person string `gorm:"primaryKey"`
	Start  int64  `gorm:"primaryKey;autoIncrement:false"`
}

func (closureRow) TableName() string { return "doctor_closures" }

func (r closureRow) key() string { return fmt.Sprintf("%s/%d", r.Person, r.Start) }

// SetClosed closes one of the doctor's sessions to come (停诊), or holds it after all, and answers
// with all of them. Nobody books a closed one, and what was booked is cancelled. Holding it after
// all brings no appointment back. ErrNotApproved, ErrNoSession.
func (s *Service) SetClosed(ctx context.Context, cmd sqlstore.Command, person string, start time.Time,
	closed bool) ([]Slot, error) {
	if err := s.InOffice(ctx, person); err != nil {
		return nil, err
	}
	return s.setClosed(ctx, cmd, person, start, closed, func(_ *gorm.DB, set func() error) error { return set() })
}

// CloseFor is SetClosed by the doctor's own outpatient office: ErrNotFound, ErrState, ErrNoSession.
func (s *Service) CloseFor(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string,
	start time.Time, closed bool) ([]Slot, error) {
	return s.setClosed(ctx, cmd, person, start, closed,
		func(tx *gorm.DB, set func() error) error { return s.scheduled(tx, admin, person, set) })
}

func (s *Service) setClosed(ctx context.Context, cmd sqlstore.Command, person string, start time.Time, closed bool,
	by func(tx *gorm.DB, set func() error) error) ([]Slot, error) {
	_, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		return nil, by(tx, func() error {
			weeks, err := weeksIn(tx, []string{person})
			if err != nil {
				return err
			}
			if sessionAt(sessions(weeks[person], s.Now()), start) < 0 {
				return ErrNoSession
			}
			row := &closureRow{person, start.UnixMilli()}
			if !closed {
				return tx.Delete(row).Error
			}
			return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(row).Error
		})
	})
	if err != nil {
		return nil, err
	}
	if closed && s.Bookings != nil {
		s.Bookings.Stop(ctx)
	}
	return s.Coming(ctx, person)
}

// Coming are the doctor's own sessions that have not begun, whether somebody can book them or not.
func (s *Service) Coming(ctx context.Context, person string) ([]Slot, error) {
	slots, err := s.slots(ctx, []string{person})
	if slots[person] == nil {
		return []Slot{}, err
	}
	return slots[person], err
}

// Closures are when the sessions begin that doctors do not hold, after a moment, by doctor.
func (s *Service) Closures(ctx context.Context, after time.Time) (map[string][]time.Time, error) {
	return closuresIn(s.db.WithContext(ctx).Where("start > ?", after.UnixMilli()))
}

func closuresIn(tx *gorm.DB) (map[string][]time.Time, error) {
	found, err := sqlstore.Rows[closureRow](tx.Order("start, person"))
	by := map[string][]time.Time{}
	for _, r := range sqlstore.Fit(tx, closureRow{}.TableName(), found, closureRow.key) {
		by[r.Person] = append(by[r.Person], time.UnixMilli(r.Start))
	}
	return by, err
}

// closeIn marks the sessions that are not held. Nothing is free in them.
func closeIn(tx *gorm.DB, coming map[string][]Slot, people []string, now time.Time) error {
	closures, err := closuresIn(tx.Where("person IN ? AND start > ?", people, now.UnixMilli()))
	for doctor, starts := range closures {
		for _, start := range starts {
			if at := sessionAt(coming[doctor], start); at >= 0 {
				coming[doctor][at].Closed, coming[doctor][at].Free = true, 0
			}
		}
	}
	return err
}
