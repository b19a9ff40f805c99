package accounts

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// ChangePassword replaces the caller's own password and ends the caller's sessions everywhere: *RetryError with ErrLocked after too many
// wrong old ones, invalid.ErrInput also for a wrong old one, ErrNotFound for an account that has no password, sqlstore.ErrKeyReused.
func (s *Service) ChangePassword(ctx context.Context, cmd sqlstore.Command, account, old, password string) error {
	if err := checkNewPassword(password); err != nil {
		return err
	}
	row, err := s.withPassword(ctx, "id = ?", account)
	if err != nil {
		return err
	}
	// Whoever holds an open session must not guess the password without end: the same lock as at the log-in.
	if _, err := s.tryPassword(ctx, *row.Login, old); errors.Is(err, ErrCredentials) {
		var c invalid.Check
		c.That(false, "body.old", "is not the present password")
		return c.Err()
	} else if err != nil {
		return err
	}
	return s.setPassword(ctx, cmd, row.ID, password)
}

// ResetPassword gives a member of staff who forgot the password a new one, which the administrator tells in person, and ends all of the
// account's sessions: ErrNotFound, invalid.ErrInput, sqlstore.ErrKeyReused.
func (s *Service) ResetPassword(ctx context.Context, cmd sqlstore.Command, login, password string) error {
	if err := checkNewPassword(password); err != nil {
		return err
	}
	row, err := s.withPassword(ctx, "login = ?", login)
	if err != nil {
		return err
	}
	return s.setPassword(ctx, cmd, row.ID, password)
}

func checkNewPassword(password string) error {
	var c invalid.Check
	checkPasswordRule(&c, password)
	return c.Err()
}

func checkPasswordRule(c *invalid.Check, password string) {
	c.That(utf8.RuneCountInString(password) >= MinPassword && len(password) <= MaxPassword, "body.password", fmt.Sprintf("at least %d characters, at most %d bytes", MinPassword, MaxPassword))
}

// withPassword finds an account that logs in with one: ErrNotFound.
func (s *Service) withPassword(ctx context.Context, where, value string) (accountRow, error) {
	row, ok, err := find(s.db.WithContext(ctx), where, value)
	if err == nil && (!ok || row.Login == nil) {
		err = ErrNotFound
	}
	return row, err
}

// setPassword ends the sessions before as well as after: dying in between leaves none but those opened in that moment.
func (s *Service) setPassword(ctx context.Context, cmd sqlstore.Command, id, password string) error {
	encoded, err := s.hash.hash(ctx, password) // outside the transaction: it takes long
	if err != nil {
		return err
	}
	if err := s.LogoutAll(ctx, id); err != nil {
		return err
	}
	if _, _, err = s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		return id, tx.Model(&accountRow{}).Where("id = ?", id).Update("password", encoded).Error
	}); err != nil {
		return err
	}
	return s.LogoutAll(ctx, id)
}
