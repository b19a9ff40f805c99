package accounts

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// The lock-out rule: MaxFailures wrong passwords within FailureWindow lock the name for LockTime.
// It is counted in the database, not in Redis: losing Redis must not hand out new tries.
const (
	MaxFailures   = 5
	FailureWindow = 15 * time.Minute
	LockTime      = 15 * time.Minute
)

// stripes bounds the queues of nameLocks.
const stripes = 64

// nameLocks lets one log-in of a name be checked at a time, so that parallel guesses cannot pass the check
// together before the first of them is counted. With several instances, each has one guess in flight.
type nameLocks [stripes]chan struct{}

func newNameLocks() *nameLocks {
	var l nameLocks
	for i := range l {
		l[i] = make(chan struct{}, 1)
	}
	return &l
}

func (l *nameLocks) lock(ctx context.Context, nameIndex string) (unlock func(), err error) {
	lane := l[int(nameIndex[0])*7%stripes^int(nameIndex[1])%stripes]
	select {
	case lane <- struct{}{}:
		return func() { <-lane }, nil
	case <-ctx.Done():
		return nil, ErrBusy
	}
}

type failureRow struct {
	NameIndex   string `gorm:"primaryKey"`
	Failures    int64
	FirstAt     int64 `gorm:"autoCreateTime:false"`
	LockedUntil int64
}

func (failureRow) TableName() string { return "login_failures" }

// lockedUntil is zero for a name that is not locked.
func (s *Service) lockedUntil(ctx context.Context, nameIndex string) (time.Time, error) {
	var row failureRow
	if err := s.db.WithContext(ctx).Where("name_index = ?", nameIndex).Limit(1).Find(&row).Error; err != nil {
		return time.Time{}, err
	}
	if row.LockedUntil <= s.Now().UnixMilli() {
		return time.Time{}, nil
	}
	return time.UnixMilli(row.LockedUntil).UTC(), nil
}

// countFailure counts a wrong password and locks the name at the last one allowed.
func (s *Service) countFailure(ctx context.Context, nameIndex string) error {
	now := s.Now()
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := purgeFailures(tx, now); err != nil {
			return err
		}
		row := failureRow{NameIndex: nameIndex, FirstAt: now.UnixMilli()}
		if err := tx.Where("name_index = ?", nameIndex).Limit(1).Find(&row).Error; err != nil {
			return err
		}
		row.Failures++
		if row.Failures >= MaxFailures {
			row.LockedUntil = now.Add(LockTime).UnixMilli()
		}
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	})
}

// purgeFailures forgets what no longer counts; else names typed once would stay for ever.
func purgeFailures(tx *gorm.DB, now time.Time) error {
	return tx.Where("first_at <= ? AND locked_until <= ?", now.Add(-FailureWindow).UnixMilli(), now.UnixMilli()).Delete(&failureRow{}).Error
}

func (s *Service) clearFailures(ctx context.Context, nameIndex string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("name_index = ?", nameIndex).Delete(&failureRow{}).Error
	})
}
