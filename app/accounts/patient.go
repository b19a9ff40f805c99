package accounts

import (
	"context"
	"regexp"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/chain/platform/limit"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// reCode is what wx.login returns, with room: WeChat's own are 32 letters and digits, the sandbox's
// have dots.
var reCode = regexp.MustCompile(`^[0-9A-Za-z._-]{16,128}$`)

// LoginWeChat exchanges a mini-program's code and opens a session; the first log-in of an openid
// makes a patient's account with a new person id. Errors: ErrCode before anybody is asked, those of
// the WeChat client, *attempts.RetryError with attempts.ErrRate, turns.ErrBusy, ErrDisabled,
// ErrUnavailable.
func (s *Service) LoginWeChat(ctx context.Context, code, address string, d devices.Device) (Session, error) {
	if !reCode.MatchString(code) {
		return Session{}, ErrCode
	}
	if err := s.allow(ctx, address); err != nil {
		return Session{}, err
	}
	openID, err := s.exchange(ctx, code, address)
	if err != nil {
		return Session{}, err
	}
	index := s.box.Index(openID, "accounts.openid")
	row, made, err := s.ensurePatient(ctx, index)
	if sqlstore.IsDuplicate(err) { // two first log-ins at once: the other one made it
		row, made, err = s.ensurePatient(ctx, index)
	}
	if err != nil {
		return Session{}, err
	}
	if !row.open() {
		return Session{}, ErrDisabled
	}
	session, err := s.open(ctx, row, d, securitylog.Event{})
	session.New, session.Stays = made.new, made.stays
	return session, err
}

// exchange asks WeChat, outside any transaction, when it is this address's turn.
func (s *Service) exchange(ctx context.Context, code, address string) (openID string, err error) {
	leave, err := s.asking.Enter(ctx, limit.Network(address))
	if err != nil {
		return "", err
	}
	defer leave()
	return s.wechat.Exchange(ctx, code)
}

// ensured is what a log-in did to its account.
type ensured struct{ new, stays bool }

func (s *Service) ensurePatient(ctx context.Context, openidIndex string) (row accountRow, did ensured, err error) {
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		var known bool
		row, known, err = find(tx, "openid_index = ?", openidIndex)
		if did = (ensured{new: !known}); err != nil {
			return err
		}
		if known {
			did.stays = row.ClosingAt != 0 && row.open()
			return s.revive(tx, &row)
		}
		row = accountRow{
			ID: newAccountID(), Person: NewPerson(), Role: string(Patient), Org: s.hospital, OpenidIndex: &openidIndex,
			CreatedAt: s.Now().UnixMilli(),
		}
		return tx.Create(&row).Error
	})
	return row, did, err
}
