package practitioners

import (
	"cmp"
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
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

// Approve puts a pending or suspended practitioner into office. version is the one the
// administrator saw, so that nobody approves an application that changed meanwhile: ErrNotFound,
// ErrState, ErrUnidentified, accounts.ErrUnidentified for the administrator, accounts.ErrSelf for
// another log-in of the administrator's own, sqlstore.ErrConflict.
func (s *Service) Approve(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string,
	version int64) (Practitioner, error) {
	return s.decide(ctx, cmd, admin,
		decisionRow{Person: person, Version: version, State: string(Approved), DecidedBy: admin.Person},
		Pending, Suspended)
}

// Suspend takes a practitioner out of office at once: invalid.ErrInput, ErrNotFound, ErrState,
// sqlstore.ErrConflict.
func (s *Service) Suspend(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string,
	version int64, reason string) (Practitioner, error) {
	var c invalid.Check
	c.That(text.Text(&reason, 1, MaxReasonRunes), "body.reason", text.LineRule(1, MaxReasonRunes))
	if err := c.Err(); err != nil {
		return Practitioner{}, err
	}
	d := decisionRow{Person: person, Version: version, State: string(Suspended), DecidedBy: admin.Person,
		Reason: reason}
	return s.decide(ctx, cmd, admin, d, Pending, Approved)
}

// decide takes the word of an administrator of the practitioner's own organisation; to another one
// it looks like nobody.
func (s *Service) decide(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, d decisionRow,
	from ...State) (Practitioner, error) {
	seen := d.Version
	return s.once(ctx, cmd, func(tx *gorm.DB) (Practitioner, error) {
		p, err := s.load(tx, d.Person)
		if err != nil {
			return Practitioner{}, err
		}
		if p.Org != admin.Org {
			return Practitioner{}, ErrNotFound
		}
		if p.Version != seen {
			return Practitioner{}, sqlstore.ErrConflict
		}
		if p.State != from[0] && p.State != from[1] {
			return Practitioner{}, fmt.Errorf("%w: %s", ErrState, p.State)
		}
		if State(d.State) == Approved && s.Approver != nil {
			if err := s.Approver(tx, admin.Person); err != nil {
				return Practitioner{}, err
			}
		}
		if State(d.State) == Approved && s.Humans != nil {
			if known, err := s.Humans.StaffKnown(tx, d.Person); err != nil || !known[d.Person] {
				return Practitioner{}, cmp.Or(err, ErrUnidentified)
			}
			if cn, err := human.CNOf(tx, d.Person); err != nil || cn == admin.CN() {
				return Practitioner{}, cmp.Or(err, accounts.ErrSelf)
			}
		}
		p.State, p.Version = State(d.State), seen+1
		d.Version, d.DecidedAt = p.Version, s.Now().UnixMilli()
		if err := s.save(tx, p); err != nil {
			return Practitioner{}, err
		}
		if err := s.note(tx, admin, p); err != nil {
			return Practitioner{}, err
		}
		if err := tx.Create(&d).Error; err != nil {
			return Practitioner{}, err
		}
		shown := []Practitioner{p}
		err = s.identify(tx, shown)
		return shown[0], err
	})
}

// note writes a decision into the security log.
func (s *Service) note(tx *gorm.DB, admin accounts.Account, p Practitioner) error {
	if s.Note == nil {
		return nil
	}
	kind := securitylog.InOffice
	if p.State == Suspended {
		kind = securitylog.OutOfOffice
	}
	return s.Note(tx, securitylog.Event{Kind: kind, Org: p.Org, Actor: admin.ID, Subject: p.Person,
		Detail: string(p.Role)})
}
