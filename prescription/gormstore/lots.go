package gormstore

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/stock"
)

type lotRow struct {
	Pharmacy string `gorm:"primaryKey"`
	Drug     string `gorm:"primaryKey"`
	Lot      string `gorm:"primaryKey"`
	Expires  string
	OnHand   int64
}

func (lotRow) TableName() string { return "stock_lots" }

func (r lotRow) key() string { return r.Pharmacy + "/" + r.Drug + "/" + r.Lot }

// moveLot is move for the movement's lot, or for what is of no known lot. The line's row is already
// taken by this transaction, so that nobody else moves its lots.
func moveLot(tx *gorm.DB, m *stock.Movement, onHand int64) error {
	if m.OnHand == 0 {
		return nil
	}
	if m.Lot != "" {
		if m.Expires != "" {
			row := lotRow{Pharmacy: m.Pharmacy, Drug: m.Drug, Lot: m.Lot, Expires: m.Expires}
			if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
				return err
			}
		}
		var now lotRow
		res := tx.Where("pharmacy = ? AND drug = ? AND lot = ?", m.Pharmacy, m.Drug, m.Lot).Limit(1).Find(&now)
		switch {
		case res.Error != nil:
			return res.Error
		case m.Expires != "" && now.Expires != m.Expires && now.OnHand == 0: // none is left: received anew
			if err := tx.Exec(`UPDATE stock_lots SET expires = ? WHERE pharmacy = ? AND drug = ? AND lot = ? AND on_hand = 0`,
				m.Expires, m.Pharmacy, m.Drug, m.Lot).Error; err != nil {
				return err
			}
		case m.Expires != "" && now.Expires != m.Expires:
			return stock.ErrOtherExpiry
		}
		res = tx.Exec(`UPDATE stock_lots SET on_hand = on_hand + ?
			WHERE pharmacy = ? AND drug = ? AND lot = ? AND on_hand + ? >= 0`,
			m.OnHand, m.Pharmacy, m.Drug, m.Lot, m.OnHand)
		if res.Error == nil && res.RowsAffected != 1 {
			return stock.ErrOut
		}
		return res.Error
	}
	var lots int64
	err := tx.Raw("SELECT COALESCE(SUM(on_hand), 0) FROM stock_lots WHERE pharmacy = ? AND drug = ?",
		m.Pharmacy, m.Drug).Scan(&lots).Error
	if err == nil && onHand < lots {
		return stock.ErrOut
	}
	return err
}

// Lots implements stock.Store: lifecycle.ErrStored when one cannot be read, because nobody knows
// then what has expired.
func (s *Store) Lots(tx *gorm.DB, pharmacy string, drugs []string, named ...string) ([]stock.Lot, error) {
	found, err := sqlstore.Rows[lotRow](tx.Where("pharmacy = ? AND drug IN ? AND (on_hand > 0 OR lot IN ?)", pharmacy,
		drugs, append([]string{""}, named...)).Order("drug, expires, lot"))
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, lotRow{}.TableName(), found, lotRow.key)
	if len(rows) < len(found.Rows) {
		err = fmt.Errorf("%w: lots of %s", lifecycle.ErrStored, pharmacy)
	}
	return lotsOf(rows), err
}

// LotPage implements stock.Store.
func (s *Store) LotPage(tx *gorm.DB, pharmacy, until string, behind stock.Lot, limit int) ([]stock.Lot, error) {
	rows, err := sqlstore.Page(tx, lotRow{}.TableName(), limit, lotRow.key, func(last *lotRow, n int) *gorm.DB {
		if last != nil {
			behind = stock.Lot(*last)
		}
		return tx.Where("pharmacy = ? AND expires <= ? AND on_hand > 0 AND (expires, drug, lot) > (?, ?, ?)", pharmacy, until,
			behind.Expires, behind.Drug, behind.Lot).Order("expires, drug, lot").Limit(n)
	})
	return lotsOf(rows), err
}

func lotsOf(rows []lotRow) []stock.Lot {
	list := make([]stock.Lot, len(rows))
	for i, r := range rows {
		list[i] = stock.Lot(r)
	}
	return list
}

func (r movementRow) key() string { return fmt.Sprintf("%s/%s/%d", r.Pharmacy, r.Drug, r.Version) }

// Movements implements stock.Store.
func (s *Store) Movements(tx *gorm.DB, pharmacy, drug string, before stock.Movement,
	limit int) ([]stock.Movement, error) {
	from := movementRow{Drug: before.Drug, Version: before.Version, MovedAt: millis(before.At)}
	first := before.Version == 0
	rows, err := sqlstore.Page(tx, movementRow{}.TableName(), limit, movementRow.key,
		func(last *movementRow, n int) *gorm.DB {
			if last != nil {
				from, first = *last, false
			}
			q := tx.Where("pharmacy = ?", pharmacy)
			switch {
			case drug != "": // versions run with the time, and the key has them
				q = q.Where("drug = ? AND (version < ? OR ?)", drug, from.Version, first)
				return q.Order("version DESC").Limit(n)
			case !first:
				q = q.Where("(moved_at, drug, version) < (?, ?, ?)", from.MovedAt, from.Drug, from.Version)
			}
			return q.Order("moved_at DESC, drug DESC, version DESC").Limit(n)
		})
	if err != nil {
		return nil, err
	}
	list := make([]stock.Movement, len(rows))
	for i, r := range rows {
		reason, err := s.box.Open(r.Reason, reasonContext(r.Pharmacy, r.Drug, r.Version))
		if err != nil { // what moved is known all the same
			sqlstore.Skip(tx, movementRow{}.TableName(), r.key(), err)
		}
		list[i] = stock.Movement{Pharmacy: r.Pharmacy, Drug: r.Drug, Kind: stock.MovementKind(r.Kind), OnHand: r.OnHand,
			Reserved: r.Reserved, Version: r.Version, Person: r.Person, Reason: string(reason), Lot: r.Lot,
			At: time.UnixMilli(r.MovedAt).UTC()}
	}
	return list, nil
}
