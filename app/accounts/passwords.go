package accounts

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/attempts"
	pass "github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// ChangePassword replaces the caller's own password and ends the caller's sessions everywhere:
// *attempts.RetryError with attempts.ErrLocked after too many wrong old ones, invalid.ErrInput also
// for a wrong old one and for one that does not change, ErrNotFound for an account that has no
// password, ErrUnauthenticated when the sessions ended meanwhile, sqlstore.ErrKeyReused.
func (s *Service) ChangePassword(ctx context.Context, cmd sqlstore.Command, account, old, password string) error {
	row, err := s.withPassword(ctx, "id = ?", account)
	if err != nil {
		return err
	}
	if err := checkNewPassword(password, *row.Login, row.Org); err != nil {
		return err
	}
	var c invalid.Check
	if c.That(password != old, "body.password", "is the present password"); c.Err() != nil {
		return c.Err()
	}
	// Whoever holds an open session must not guess the password without end.
	if err := s.ownPassword(ctx, row, old, "body.old"); err != nil {
		return err
	}
	return s.setPassword(ctx, cmd, row, password, func(tx *gorm.DB) error {
		// A reset that committed since the old password was checked stands: who knew only that one
		// changes nothing more.
		res := tx.Model(&accountRow{}).Where("id = ? AND epoch = ?", row.ID, row.Epoch+1).Update("must_change", false)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return ErrUnauthenticated
		}
		return s.Note(tx, securitylog.Event{Kind: securitylog.Password, Org: row.Org, Actor: row.ID, Subject: row.ID})
	})
}

// ResetPassword gives a member of the administrator's own staff who forgot the password a new one,
// to be told in person and changed at the first log-in. It ends all of the account's sessions and
// lifts its delays. ErrNotFound also for another organisation's, ErrSelf, ErrDisabled for a closed
// one, invalid.ErrInput, sqlstore.ErrKeyReused.
func (s *Service) ResetPassword(ctx context.Context, cmd sqlstore.Command, by Account, login, password string) error {
	row, err := s.withPassword(ctx, "login = ?", login)
	if err != nil {
		return err
	}
	if err := mayManage(by, row); err != nil {
		return err
	}
	if row.ClosedAt != 0 {
		return ErrDisabled
	}
	if err := checkNewPassword(password, login, row.Org); err != nil {
		return err
	}
	return s.setPassword(ctx, cmd, row, password, func(tx *gorm.DB) error {
		change := map[string]any{"must_change": true, "vouched_by": by.ID}
		if err := tx.Model(&accountRow{}).Where("id = ?", row.ID).Updates(change).Error; err != nil {
			return err
		}
		if err := attempts.Lift(tx, s.loginIndex(login)); err != nil {
			return err
		}
		return s.Note(tx, securitylog.Event{Kind: securitylog.Reset, Org: row.Org, Actor: by.ID, Subject: row.ID})
	})
}

func checkNewPassword(password, login, org string) error {
	var c invalid.Check
	pass.CheckNew(&c, password, login, org)
	return c.Err()
}

// withPassword finds an account that logs in with one: ErrNotFound.
func (s *Service) withPassword(ctx context.Context, where, value string) (accountRow, error) {
	row, ok, err := find(s.db.WithContext(ctx), where, value)
	if err == nil && (!ok || row.Login == nil) {
		err = ErrNotFound
	}
	return row, err
}

// tryOwn tells whether a password is that of the account whose session asks. Wrong ones are counted
// apart from the log-in's, so that neither delays the other.
func (s *Service) tryOwn(ctx context.Context, row accountRow, password string) (bool, error) {
	g := attempts.At(s.loginIndex(*row.Login), "own", true)
	if _, err := s.tries.Count(ctx, g); err != nil {
		return false, err
	}
	ok, _, err := s.hash.Check(ctx, "own:"+row.ID, cut(password), *row.Password)
	if err != nil {
		return false, errors.Join(err, s.tries.Uncount(ctx, g, false))
	}
	if !ok {
		return false, nil
	}
	return true, s.tries.Uncount(ctx, g, true)
}

// cut: no stored password is longer than password.MaxLength, and none is empty.
func cut(password string) string {
	if len(password) > pass.MaxLength {
		return ""
	}
	return password
}

// setPassword replaces the password and begins a new epoch in one transaction: a session that is
// being opened with the old password at this moment is of the old epoch. also runs in the new one.
func (s *Service) setPassword(ctx context.Context, cmd sqlstore.Command, row accountRow, password string,
	also func(*gorm.DB) error) error {
	encoded, err := s.hash.Hash(ctx, "own:"+row.ID, password) // outside the transaction: it takes long
	if err != nil {
		return err
	}
	_, _, err = s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if err := tx.Model(&accountRow{}).Where("id = ?", row.ID).Update("password", encoded).Error; err != nil {
			return nil, err
		}
		if err := endSessions(tx, row.ID); err != nil {
			return nil, err
		}
		return row.ID, also(tx)
	})
	return err
}
