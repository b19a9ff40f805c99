package accounts

import (
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/accounts/opaque"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
)

// remember notes a good log-in on a device, and gives a new device its token.
func (s *Service) remember(tx *gorm.DB, account string, d devices.Device) (id, token string, err error) {
	m, err := devices.Remember(tx, account, d, s.Now())
	for _, old := range m.Gone {
		if err == nil {
			_, err = forget(tx, account, old)
		}
	}
	if err == nil && m.Other && s.Notify != nil { // the first one is no news
		err = s.Notify(tx, securitylog.Event{Kind: securitylog.Device, Actor: account, Subject: account})
	}
	return m.ID, m.Token, err
}

// forget removes a device and ends its sessions; whether the account had it.
func forget(tx *gorm.DB, account, id string) (bool, error) {
	if err := tx.Where("account = ? AND device = ?", account, id).Delete(&sessionRow{}).Error; err != nil {
		return false, err
	}
	return devices.Forget(tx, account, id)
}

// Devices lists where an account has logged in, the last one first. token is the session that asks.
func (s *Service) Devices(ctx context.Context, account, token string) ([]devices.Known, error) {
	tx := s.db.WithContext(ctx)
	list, err := devices.Of(tx, account)
	if err != nil {
		return nil, err
	}
	var open []sessionRow
	if err := tx.Select("device", "digest").
		Where("account = ? AND used_at > ?", account, s.Now().Add(-SessionIdle).UnixMilli()).
		Find(&open).Error; err != nil {
		return nil, err
	}
	for i := range list {
		for _, o := range open {
			if o.Device == list[i].ID {
				list[i].Open = true
				list[i].Current = list[i].Current || o.Digest == opaque.Digest("session", token)
			}
		}
	}
	return list, nil
}

// ForgetDevice ends the sessions of one of the caller's devices; its next log-in is a stranger's:
// ErrNotFound.
func (s *Service) ForgetDevice(ctx context.Context, account Account, id string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		had, err := forget(tx, account.ID, id)
		if err == nil && !had {
			err = ErrNotFound
		}
		return err
	})
}
