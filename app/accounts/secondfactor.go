package accounts

import (
	"context"
	"encoding/base32"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/attempts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/accounts/totp"
	"github.com/smart-hospital/hospital/app/invalid"
)

const recoveryCodes = 10

// FactorSetup is a second factor that is being set up. It counts once ConfirmFactor has seen a code
// of it.
type FactorSetup struct {
	Secret string `json:"secret" doc:"For an app that cannot scan" example:"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"`
	URI    string `json:"uri" doc:"What the authenticator app scans" example:"otpauth://totp/Smart%20Hospital:doctor7?secret=…"`
}

// SetUpFactor draws a secret for the caller's authenticator app. The password is asked again: an
// open session that somebody found must not be made the finder's own. ErrFactorSet,
// invalid.ErrInput for a wrong password, *attempts.RetryError.
func (s *Service) SetUpFactor(ctx context.Context, account, password string) (FactorSetup, error) {
	row, err := s.withPassword(ctx, "id = ?", account)
	if err != nil {
		return FactorSetup{}, err
	}
	if row.SecondFactorAt != 0 {
		return FactorSetup{}, ErrFactorSet
	}
	if err := s.ownPassword(ctx, row, password, "body.password"); err != nil {
		return FactorSetup{}, err
	}
	secret := totp.NewSecret()
	sealed, err := s.box.Seal(secret, "accounts.second_factor/"+row.ID)
	if err != nil {
		return FactorSetup{}, err
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		res := tx.Model(&accountRow{}).Where("id = ? AND second_factor_at = 0", row.ID).
			Updates(map[string]any{"second_factor": sealed, "second_factor_step": 0})
		if res.Error == nil && res.RowsAffected == 0 {
			return ErrFactorSet
		}
		return res.Error
	})
	uri := totp.URI(secret, *row.Login)
	return FactorSetup{Secret: base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret), URI: uri}, err
}

// ConfirmFactor makes the second factor count from now on and returns the recovery codes, which are
// shown once. Every session ends, this one as well, for they were opened without it:
// ErrFactorUnset, ErrFactorSet, ErrFactorWrong, *attempts.RetryError with attempts.ErrLocked after
// too many wrong codes.
func (s *Service) ConfirmFactor(ctx context.Context, account, code string) ([]string, error) {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = totp.NewRecovery()
	}
	owner, err := s.withPassword(ctx, "id = ?", account)
	if err != nil {
		return nil, err
	}
	err = s.guessCode(ctx, owner, func(tx *gorm.DB) error {
		row, ok, err := find(tx, "id = ?", account)
		switch {
		case err != nil:
			return err
		case !ok || row.SecondFactor == nil:
			return ErrFactorUnset
		case row.SecondFactorAt != 0:
			return ErrFactorSet
		}
		if err := s.useCode(tx, row, code); err != nil {
			return err
		}
		if err := tx.Model(&accountRow{}).Where("id = ?", account).
			Update("second_factor_at", s.Now().UnixMilli()).Error; err != nil {
			return err
		}
		if err := tx.Where("account = ?", account).Delete(&recoveryRow{}).Error; err != nil {
			return err
		}
		for _, c := range codes {
			if err := tx.Create(&recoveryRow{Account: account,
				CodeIndex: s.recoveryIndex(account, c)}).Error; err != nil {
				return err
			}
		}
		if err := endSessions(tx, account); err != nil {
			return err
		}
		return s.Note(tx, securitylog.Event{Kind: securitylog.FactorSet, Org: row.Org, Actor: account,
			Subject: account})
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// RemoveFactor takes the caller's own second factor away; it wants the password and a code.
// ErrFactorUnset, ErrFactorWrong, *attempts.RetryError with attempts.ErrLocked after too many wrong
// ones.
func (s *Service) RemoveFactor(ctx context.Context, account, password, code string) error {
	row, err := s.withPassword(ctx, "id = ?", account)
	if err != nil {
		return err
	}
	if row.SecondFactorAt == 0 {
		return ErrFactorUnset
	}
	if err := s.ownPassword(ctx, row, password, "body.password"); err != nil {
		return err
	}
	return s.guessCode(ctx, row, func(tx *gorm.DB) error {
		if err := s.useFactor(tx, row, code); err != nil {
			return err
		}
		if err := dropFactor(tx, account); err != nil {
			return err
		}
		return s.Note(tx, securitylog.Event{Kind: securitylog.FactorRemoved, Org: row.Org, Actor: account,
			Subject: account})
	})
}

// guessCode runs a command that a code decides; a wrong one counts. Who found an open session must
// not guess without end.
func (s *Service) guessCode(ctx context.Context, row accountRow, fn func(tx *gorm.DB) error) error {
	g := attempts.At(s.loginIndex(*row.Login), "own-code", true)
	if _, err := s.tries.Count(ctx, g); err != nil {
		return err
	}
	err := s.db.Tx(ctx, fn)
	if errors.Is(err, ErrFactorWrong) {
		return err
	}
	return errors.Join(err, s.tries.Uncount(ctx, g, err == nil))
}

func dropFactor(tx *gorm.DB, account string) error {
	if err := tx.Where("account = ?", account).Delete(&recoveryRow{}).Error; err != nil {
		return err
	}
	return tx.Model(&accountRow{}).Where("id = ?", account).
		Updates(map[string]any{"second_factor": nil, "second_factor_at": 0, "second_factor_step": 0}).Error
}

// ownPassword asks the caller for the password again; a wrong one counts.
func (s *Service) ownPassword(ctx context.Context, row accountRow, password, field string) error {
	var c invalid.Check
	ok, err := s.tryOwn(ctx, row, password)
	if err != nil {
		return err
	}
	c.That(ok, field, "is not the present password")
	return c.Err()
}

type recoveryRow struct {
	Account   string `gorm:"primaryKey"`
	CodeIndex string `gorm:"primaryKey"`
}

func (recoveryRow) TableName() string { return "recovery_codes" }

func (s *Service) recoveryIndex(account, code string) string {
	return s.box.Index(totp.Plain(code), "accounts.recovery/"+account)
}

// useFactor uses up a code of the app or a recovery code: ErrFactorNeeded, ErrFactorWrong.
func (s *Service) useFactor(tx *gorm.DB, row accountRow, code string) error {
	code = totp.Plain(code)
	switch len(code) {
	case 0:
		return ErrFactorNeeded
	case totp.RecoveryLength:
		res := tx.Where("account = ? AND code_index = ?", row.ID, s.recoveryIndex(row.ID, code)).Delete(&recoveryRow{})
		if res.Error == nil && res.RowsAffected == 0 {
			return ErrFactorWrong
		}
		return res.Error
	}
	return s.useCode(tx, row, code)
}

// useCode uses up a code of the authenticator app: each time step opens once.
func (s *Service) useCode(tx *gorm.DB, row accountRow, code string) error {
	secret, err := s.box.Open(row.SecondFactor, "accounts.second_factor/"+row.ID)
	if err != nil {
		return err
	}
	step, ok := totp.StepOf(secret, totp.Plain(code), s.Now(), row.SecondFactorStep)
	if !ok {
		return ErrFactorWrong
	}
	res := tx.Model(&accountRow{}).Where("id = ? AND second_factor_step < ?", row.ID, step).
		Update("second_factor_step", step)
	if res.Error == nil && res.RowsAffected == 0 {
		return ErrFactorWrong
	}
	return res.Error
}

// Factor tells whether an account has a second factor, since when, and how many recovery codes are
// left.
type Factor struct {
	Set      bool       `json:"set"`
	Since    *time.Time `json:"since,omitempty"`
	Recovery int64      `json:"recovery" doc:"Recovery codes that are left" example:"10"`
	Required bool       `json:"required" doc:"This account may not be without one"`
}

// FactorOf describes the second factor of an account: ErrNotFound.
func (s *Service) FactorOf(ctx context.Context, account string) (Factor, error) {
	tx := s.db.WithContext(ctx)
	row, ok, err := find(tx, "id = ?", account)
	if err == nil && !ok {
		err = ErrNotFound
	}
	if err != nil {
		return Factor{}, err
	}
	f := Factor{Set: row.SecondFactorAt != 0, Required: s.factorRequired(row)}
	if f.Set {
		since := time.UnixMilli(row.SecondFactorAt).UTC()
		f.Since = &since
	}
	return f, tx.Model(&recoveryRow{}).Where("account = ?", account).Count(&f.Recovery).Error
}
