package gormstore

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
)

const tokenContext = "payment_cards.ec_token"

type cardRow struct {
	ID         string `gorm:"primaryKey"`
	Person     string
	ECToken    []byte `gorm:"column:ec_token"`
	TokenIndex string
	Insutype   string
	Active     bool
	BoundAt    int64
}

func (cardRow) TableName() string { return "payment_cards" }

type cards struct {
	db  *gorm.DB
	box *keystore.Box
}

func (c cards) Bind(card payment.Card) error {
	index := c.box.Index(card.ECToken, tokenContext)
	var holders int64
	if err := c.db.Model(&cardRow{}).Where("token_index = ? AND active AND person <> ?", index, card.Person).
		Count(&holders).Error; err != nil {
		return err
	}
	if holders > 0 {
		return payment.ErrCardBound
	}
	if err := c.db.Model(&cardRow{}).Where("person = ? AND active", card.Person).
		Update("active", false).Error; err != nil {
		return err
	}
	sealed, err := c.box.Seal([]byte(card.ECToken), tokenContext+"/"+card.ID)
	if err != nil {
		return err
	}
	err = c.db.Create(&cardRow{card.ID, card.Person, sealed, index, string(card.Insutype), true,
		millis(card.BoundAt)}).Error
	if sqlstore.IsDuplicate(err) { // another transaction bound it between the count and here
		return payment.ErrCardBound
	}
	return err
}

func (c cards) Of(person string) (payment.Card, error) { return c.one("person = ? AND active", person) }

func (c cards) Get(id string) (payment.Card, error) { return c.one("id = ?", id) }

func (c cards) one(where, arg string) (payment.Card, error) {
	var r cardRow
	res := c.db.Where(where, arg).Limit(1).Find(&r)
	if res.Error != nil {
		return payment.Card{}, res.Error
	}
	if res.RowsAffected == 0 {
		return payment.Card{}, payment.ErrNotFound
	}
	token, err := c.box.Open(r.ECToken, tokenContext+"/"+r.ID)
	if err != nil {
		return payment.Card{}, fmt.Errorf("card %s: %w", r.ID, err)
	}
	return payment.Card{ID: r.ID, Person: r.Person, ECToken: string(token), Insutype: bureau.Insutype(r.Insutype),
		BoundAt: instant(r.BoundAt)}, nil
}

// keepCodes is how long a spent or expired code stays before a later one sweeps it away.
const keepCodes = time.Hour

type codeRow struct {
	Digest    string `gorm:"primaryKey"`
	Person    string
	Card      string
	ExpiresAt int64
	UsedAt    *int64
}

func (codeRow) TableName() string { return "payment_codes" }

type codes struct{ db *gorm.DB }

func (c codes) Add(code payment.CodeRow) error {
	old := code.Expires.Add(-keepCodes).UnixMilli()
	if err := c.db.Where("expires_at < ?", old).Delete(&codeRow{}).Error; err != nil {
		return err
	}
	return c.db.Create(&codeRow{Digest: code.Digest, Person: code.Person, Card: code.Card,
		ExpiresAt: millis(code.Expires)}).Error
}

const usable = "digest = ? AND person = ? AND used_at IS NULL AND expires_at > ?"

func (c codes) Peek(digest, person string, now time.Time) (payment.CodeRow, error) {
	var r codeRow
	res := c.db.Where(usable, digest, person, now.UnixMilli()).Limit(1).Find(&r)
	if res.Error == nil && res.RowsAffected == 0 {
		return payment.CodeRow{}, payment.ErrCodeSpent
	}
	return payment.CodeRow{Digest: r.Digest, Person: r.Person, Card: r.Card, Expires: instant(r.ExpiresAt)}, res.Error
}

// Use is one conditional update: the database decides the race.
func (c codes) Use(digest, person string, now time.Time) error {
	res := c.db.Model(&codeRow{}).Where(usable, digest, person, now.UnixMilli()).Update("used_at", now.UnixMilli())
	if res.Error == nil && res.RowsAffected == 0 {
		return payment.ErrCodeSpent
	}
	return res.Error
}

// Unbind ends a person's card and its codes in the caller's transaction. The row stays, inactive,
// as a replaced card's does: settlements point at it.
func Unbind(tx *gorm.DB, person string) error {
	if err := tx.Where("person = ?", person).Delete(&codeRow{}).Error; err != nil {
		return err
	}
	return tx.Model(&cardRow{}).Where("person = ? AND active", person).Update("active", false).Error
}

// UnderWay are the settlements of some persons whose money is under way, at most limit.
func UnderWay(tx *gorm.DB, limit int, persons ...string) (ids []string, err error) {
	moving := []string{string(payment.Opened), string(payment.Reversing), string(payment.Refunding)}
	return ids, tx.Table("payment_settlements").Where("person IN ? AND status IN ?", persons, moving).Order("id").
		Limit(limit).Pluck("id", &ids).Error
}
