package gormstore

import (
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
)

type shortRow struct {
	Prescription string `gorm:"primaryKey"`
	Pharmacy     string
	Code         string
	Body         []byte
	Seq          int64
	Misses       int
	EndsAt       int64
}

func (shortRow) TableName() string { return "pickup_shorts" }

// shortBody is what is sealed of a short code.
type shortBody struct {
	Code  string   `json:"code"`
	Tails []string `json:"tails"`
}

func shortContext(id string) string { return "pickup_shorts.body/" + id }

func (s *Store) shortIndex(pharmacy, code string) string {
	return s.box.Index(pharmacy+"\n"+code, "pickup_shorts.code")
}

// KeepShort implements service.Store. What has ended goes with it, whosever it was.
func (s *Store) KeepShort(tx *gorm.DB, c redemption.Short, at time.Time) error {
	if err := tx.Where("ends_at <= ?", millis(at)).Delete(&shortRow{}).Error; err != nil {
		return err
	}
	plain, err := json.Marshal(shortBody{c.Code, c.Tails})
	if err != nil {
		return err
	}
	sealed, err := s.box.Seal(plain, shortContext(string(c.ID)))
	if err != nil {
		return err
	}
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "prescription"}}, UpdateAll: true}).
		Create(&shortRow{string(c.ID), c.Pharmacy, s.shortIndex(c.Pharmacy, c.Code), sealed, int64(c.Seq), c.Misses,
			millis(c.Ends)}).Error
}

// Short implements service.Store.
func (s *Store) Short(tx *gorm.DB, id prescription.ID) (*redemption.Short, error) {
	return s.short(tx.Where("prescription = ?", string(id)))
}

// ShortBy implements service.Store.
func (s *Store) ShortBy(tx *gorm.DB, pharmacy, code string) (*redemption.Short, error) {
	return s.short(tx.Where("code = ?", s.shortIndex(pharmacy, code)))
}

func (s *Store) short(q *gorm.DB) (*redemption.Short, error) {
	var r shortRow
	res := q.Limit(1).Find(&r)
	if res.Error != nil || res.RowsAffected == 0 {
		return nil, res.Error
	}
	plain, err := s.box.Open(r.Body, shortContext(r.Prescription))
	if err != nil {
		return nil, fmt.Errorf("%w: short code of %s: %w", lifecycle.ErrStored, r.Prescription, err)
	}
	var b shortBody
	if err := json.Unmarshal(plain, &b); err != nil {
		return nil, fmt.Errorf("%w: short code of %s: %w", lifecycle.ErrStored, r.Prescription, err)
	}
	return &redemption.Short{ID: prescription.ID(r.Prescription), Pharmacy: r.Pharmacy, Code: b.Code, Tails: b.Tails,
		Seq: uint64(r.Seq), Misses: r.Misses, Ends: time.UnixMilli(r.EndsAt).UTC()}, nil
}

// MissShort implements service.Store.
func (s *Store) MissShort(tx *gorm.DB, id prescription.ID) error {
	return tx.Model(&shortRow{}).Where("prescription = ?", string(id)).
		Update("misses", gorm.Expr("misses + 1")).Error
}

type missRow struct {
	Scope  string `gorm:"primaryKey"`
	Hour   int64
	Misses int
}

func (missRow) TableName() string { return "pickup_misses" }

// CountMiss implements service.Store.
func (s *Store) CountMiss(tx *gorm.DB, scope string, hour int64, by int) (int, error) {
	err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "scope"}}, DoUpdates: clause.Assignments(
		map[string]any{
			"misses": gorm.Expr("CASE WHEN pickup_misses.hour = excluded.hour THEN pickup_misses.misses ELSE 0 END + ?", by),
			"hour":   gorm.Expr("excluded.hour"),
		})}).Create(&missRow{scope, hour, max(by, 0)}).Error
	if err != nil {
		return 0, err
	}
	var r missRow
	err = tx.Where("scope = ?", scope).Take(&r).Error
	return r.Misses, err
}
