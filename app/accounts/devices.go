package accounts

import (
	"context"
	"strings"
	"time"
	"unicode"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// MaxDevices of one account; the one unused for longest makes room, and its sessions end.
const MaxDevices = 20

// maxDeviceName is in characters.
const maxDeviceName = 40

// Device is where somebody logs in.
type Device struct {
	Token string // what an earlier log-in there gave; empty: none
	Name  string // as its owner will recognise it
}

// KnownDevice is a device as its owner sees it.
type KnownDevice struct {
	ID      string    `json:"id" example:"dk7qm2xw5zt3yb6nc2dab"`
	Name    string    `json:"name" doc:"As the device called itself" example:"Chrome, Windows"`
	FirstAt time.Time `json:"firstAt" doc:"First log-in there"`
	LastAt  time.Time `json:"lastAt" doc:"Last log-in there"`
	Open    bool      `json:"open" doc:"A session is open there"`
	Current bool      `json:"current" doc:"It is the one that asks"`
}

type deviceRow struct {
	ID      string `gorm:"primaryKey"`
	Digest  string
	Account string
	Name    string
	FirstAt int64
	LastAt  int64
}

func (deviceRow) TableName() string { return "devices" }

// knownDevice finds the id of an account's device by its token; empty when it is not known there.
// It reads no more of the row than that: a log-in must not end on the rest of it.
func (s *Service) knownDevice(tx *gorm.DB, account, token string) (id string, err error) {
	if len(token) != tokenLen {
		return "", nil
	}
	var ids []string
	err = tx.Model(&deviceRow{}).Where("digest = ? AND account = ?", digestOf("device", token), account).Limit(1).
		Pluck("id", &ids).Error
	return append(ids, "")[0], err
}

// remember notes a good log-in on a device, and gives a new device its token.
func (s *Service) remember(tx *gorm.DB, account string, d Device) (id, token string, err error) {
	now := s.Now().UnixMilli()
	known, err := s.knownDevice(tx, account, d.Token)
	if err != nil {
		return "", "", err
	}
	if known != "" {
		return known, "", tx.Model(&deviceRow{}).Where("id = ?", known).Update("last_at", now).Error
	}
	var old []string
	err = tx.Model(&deviceRow{}).Where("account = ?", account).Order("last_at DESC, id").Offset(MaxDevices-1).
		Limit(MaxDevices).Pluck("id", &old).Error
	if err != nil {
		return "", "", err
	}
	for _, id := range old {
		if err := forget(tx, account, id); err != nil {
			return "", "", err
		}
	}
	token = newToken()
	row := deviceRow{ID: "d" + opaque(), Digest: digestOf("device", token), Account: account, Name: plainName(d.Name),
		FirstAt: now, LastAt: now}
	if err := tx.Create(&row).Error; err != nil || s.Told == nil {
		return row.ID, token, err
	}
	var others int64
	err = tx.Model(&deviceRow{}).Where("account = ? AND id <> ?", account, row.ID).Limit(1).Count(&others).Error
	if err == nil && others > 0 { // the first one is no news
		err = s.Told(tx, securitylog.Event{Kind: securitylog.Device, Actor: account, Subject: account})
	}
	return row.ID, token, err
}

// forget removes a device and ends its sessions.
func forget(tx *gorm.DB, account, id string) error {
	if err := tx.Where("account = ? AND device = ?", account, id).Delete(&sessionRow{}).Error; err != nil {
		return err
	}
	return tx.Where("account = ? AND id = ?", account, id).Delete(&deviceRow{}).Error
}

// plainName keeps what a list can show: letters, digits, marks and single spaces.
func plainName(name string) string {
	fields := strings.FieldsFunc(name, func(r rune) bool {
		return r == ' ' || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) ||
			r == unicode.ReplacementChar
	})
	runes := []rune(strings.Join(fields, " "))
	return string(runes[:min(len(runes), maxDeviceName)])
}

// Devices lists where an account has logged in, the last one first. token is the session that asks.
func (s *Service) Devices(ctx context.Context, account, token string) ([]KnownDevice, error) {
	tx := s.db.WithContext(ctx)
	found, err := sqlstore.Rows[deviceRow](tx.Where("account = ?", account).Order("last_at DESC, id"))
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, deviceRow{}.TableName(), found, func(r deviceRow) string { return r.ID })
	var open []sessionRow
	if err := tx.Select("device", "digest").
		Where("account = ? AND used_at > ?", account, s.Now().Add(-SessionIdle).UnixMilli()).
		Find(&open).Error; err != nil {
		return nil, err
	}
	list := make([]KnownDevice, len(rows))
	for i, r := range rows {
		list[i] = KnownDevice{ID: r.ID, Name: r.Name, FirstAt: time.UnixMilli(r.FirstAt).UTC(),
			LastAt: time.UnixMilli(r.LastAt).UTC()}
		for _, o := range open {
			if o.Device == r.ID {
				list[i].Open = true
				list[i].Current = list[i].Current || o.Digest == digestOf("session", token)
			}
		}
	}
	return list, nil
}

// ForgetDevice ends the sessions of one of the caller's devices; its next log-in is a stranger's:
// ErrNotFound.
func (s *Service) ForgetDevice(ctx context.Context, account Account, id string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		var n int64
		if err := tx.Model(&deviceRow{}).Where("account = ? AND id = ?", account.ID, id).Count(&n).Error; err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		return forget(tx, account.ID, id)
	})
}
