// Package devices knows where an account has logged in.
package devices

import (
	"strings"
	"time"
	"unicode"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/opaque"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Max of one account; the one unused for longest makes room.
const Max = 20

// maxName is in characters.
const maxName = 40

// Device is where somebody logs in.
type Device struct {
	Token string // what an earlier log-in there gave; empty: none
	Name  string // as its owner will recognise it
}

// Known is a device as its owner sees it.
type Known struct {
	ID      string    `json:"id" example:"dk7qm2xw5zt3yb6nc2dab"`
	Name    string    `json:"name" doc:"As the device called itself" example:"Chrome, Windows"`
	FirstAt time.Time `json:"firstAt" doc:"First log-in there"`
	LastAt  time.Time `json:"lastAt" doc:"Last log-in there"`
	Open    bool      `json:"open" doc:"A session is open there"`
	Current bool      `json:"current" doc:"It is the one that asks"`
}

type row struct {
	ID      string `gorm:"primaryKey"`
	Digest  string
	Account string
	Name    string
	FirstAt int64
	LastAt  int64
}

func (row) TableName() string { return "devices" }

// Find finds the id of an account's device by its token; empty when it is not known there. It reads
// no more of the row than that: a log-in must not end on the rest of it.
func Find(tx *gorm.DB, account, token string) (id string, err error) {
	if len(token) != opaque.TokenLen {
		return "", nil
	}
	var ids []string
	err = tx.Model(&row{}).Where("digest = ? AND account = ?", opaque.Digest("device", token), account).Limit(1).
		Pluck("id", &ids).Error
	return append(ids, "")[0], err
}

// Made is what Remember found or made.
type Made struct {
	ID    string
	Token string   // of a device that was not known; empty: the one that was sent is good
	Other bool     // it was not known, and the account has others
	Gone  []string // ids that have to make room: the caller forgets them
}

// Remember notes a good log-in on a device, and gives a new device its token.
func Remember(tx *gorm.DB, account string, d Device, at time.Time) (m Made, err error) {
	now := at.UnixMilli()
	if m.ID, err = Find(tx, account, d.Token); err != nil {
		return m, err
	}
	if m.ID != "" {
		return m, tx.Model(&row{}).Where("id = ?", m.ID).Update("last_at", now).Error
	}
	err = tx.Model(&row{}).Where("account = ?", account).Order("last_at DESC, id").Offset(Max-1).Limit(Max).
		Pluck("id", &m.Gone).Error
	if err != nil {
		return m, err
	}
	m.Token = opaque.Token()
	r := row{ID: "d" + opaque.ID(), Digest: opaque.Digest("device", m.Token), Account: account,
		Name: plainName(d.Name), FirstAt: now, LastAt: now}
	m.ID = r.ID
	if err := tx.Create(&r).Error; err != nil {
		return m, err
	}
	var others int64
	err = tx.Model(&row{}).Where("account = ? AND id <> ?", account, r.ID).Limit(1).Count(&others).Error
	m.Other = others > 0
	return m, err
}

// Forget removes a device; whether the account had it.
func Forget(tx *gorm.DB, account, id string) (had bool, err error) {
	res := tx.Where("account = ? AND id = ?", account, id).Delete(&row{})
	return res.RowsAffected > 0, res.Error
}

// ForgetAll removes the devices of an account.
func ForgetAll(tx *gorm.DB, account string) error {
	return tx.Where("account = ?", account).Delete(&row{}).Error
}

// Of lists the devices of an account, the one used last first; Open and Current are for who knows
// the sessions.
func Of(tx *gorm.DB, account string) ([]Known, error) {
	found, err := sqlstore.Rows[row](tx.Where("account = ?", account).Order("last_at DESC, id"))
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, row{}.TableName(), found, func(r row) string { return r.ID })
	list := make([]Known, len(rows))
	for i, r := range rows {
		list[i] = Known{ID: r.ID, Name: r.Name, FirstAt: time.UnixMilli(r.FirstAt).UTC(),
			LastAt: time.UnixMilli(r.LastAt).UTC()}
	}
	return list, nil
}

// plainName keeps what a list can show: letters, digits, marks and single spaces.
func plainName(name string) string {
	fields := strings.FieldsFunc(name, func(r rune) bool {
		return r == ' ' || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) ||
			r == unicode.ReplacementChar
	})
	runes := []rune(strings.Join(fields, " "))
	return string(runes[:min(len(runes), maxName)])
}
