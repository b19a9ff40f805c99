package accounts

import (
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// LoginWeChat exchanges a mini-program's code and opens a session; the first log-in of an openid makes a patient's account
// with a new person id. Errors: those of the WeChat client, *RetryError with ErrRate, ErrDisabled, ErrUnavailable.
func (s *Service) LoginWeChat(ctx context.Context, code, address string) (Session, error) {
	if err := s.allow(ctx, address); err != nil {
		return Session{}, err
	}
	openID, err := s.wechat.Exchange(ctx, code) // outside any transaction
	if err != nil {
		return Session{}, err
	}
	index := s.box.Index(openID, "accounts.openid")
	row, created, err := s.ensurePatient(ctx, index)
	if sqlstore.IsDuplicate(err) { // two first log-ins at once: the other one made it
		row, created, err = s.ensurePatient(ctx, index)
	}
	if err != nil {
		return Session{}, err
	}
	if row.Disabled {
		return Session{}, ErrDisabled
	}
	session, err := s.Open(ctx, row.account())
	session.New = created
	return session, err
}

func (s *Service) ensurePatient(ctx context.Context, openidIndex string) (row accountRow, created bool, err error) {
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		var known bool
		row, known, err = find(tx, "openid_index = ?", openidIndex)
		if created = !known; err != nil || known {
			return err
		}
		row = accountRow{ID: newAccountID(), Person: NewPerson(), Role: string(Patient), Org: s.hospital, OpenidIndex: &openidIndex, CreatedAt: s.Now().UnixMilli()}
		return tx.Create(&row).Error
	})
	return row, created, err
}

// SetDisabled closes an account for log-in, or opens it again, and ends its sessions: ErrNotFound.
func (s *Service) SetDisabled(ctx context.Context, person string, disabled bool) error {
	account, err := s.ByPerson(ctx, person)
	if err != nil {
		return err
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&accountRow{}).Where("id = ?", account.ID).Update("disabled", disabled).Error
	})
	if err != nil {
		return err
	}
	return s.LogoutAll(ctx, account.ID)
}
