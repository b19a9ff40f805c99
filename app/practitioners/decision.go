package practitioners

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// MaxReasonRunes bounds the reason of a suspension.
const MaxReasonRunes = 200

type decisionRow struct {
	Person    string `gorm:"primaryKey"`
	Version   int64  `gorm:"primaryKey;autoIncrement:false"`
	State     string
	DecidedBy string
	Reason    string
	DecidedAt int64
}

func (decisionRow) TableName() string { return "practitioner_decisions" }

// Approve puts a pending or suspended practitioner into office. version is the one the administrator saw, so that nobody approves
// an application that changed meanwhile: ErrNotFound, ErrState, sqlstore.ErrConflict.
func (s *Service) Approve(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string, version int64) (Practitioner, error) {
	return s.decide(ctx, cmd, decisionRow{Person: person, Version: version, State: string(Approved), DecidedBy: admin.Person}, Pending, Suspended)
}

// Suspend takes a practitioner out of office at once: invalid.ErrInput, ErrNotFound, ErrState, sqlstore.ErrConflict.
func (s *Service) Suspend(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string, version int64, reason string) (Practitioner, error) {
	var c invalid.Check
	c.That(text.Text(&reason, 1, MaxReasonRunes), "body.reason", text.LineRule(1, MaxReasonRunes))
	if err := c.Err(); err != nil {
		return Practitioner{}, err
	}
	return s.decide(ctx, cmd, decisionRow{Person: person, Version: version, State: string(Suspended), DecidedBy: admin.Person, Reason: reason}, Pending, Approved)
}

func (s *Service) decide(ctx context.Context, cmd sqlstore.Command, d decisionRow, from ...State) (Practitioner, error) {
	seen := d.Version
	return s.once(ctx, cmd, func(tx *gorm.DB) (Practitioner, error) {
		p, err := s.load(tx, d.Person)
		if err != nil {
			return Practitioner{}, err
		}
		if p.Version != seen {
			return Practitioner{}, sqlstore.ErrConflict
		}
		if p.State != from[0] && p.State != from[1] {
			return Practitioner{}, fmt.Errorf("%w: %s", ErrState, p.State)
		}
		p.State, p.Version = State(d.State), seen+1
		d.Version, d.DecidedAt = p.Version, s.Now().UnixMilli()
		if err := s.save(tx, p); err != nil {
			return Practitioner{}, err
		}
		return p, tx.Create(&d).Error
	})
}
