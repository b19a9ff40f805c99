package gormstore

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/stock"
)

type stockRow struct {
	Pharmacy string `gorm:"primaryKey"`
	Drug     string `gorm:"primaryKey"`
	OnHand   int64
	Reserved int64
	Version  int64
}

func (stockRow) TableName() string { return "pharmacy_stock" }

func (r stockRow) key() string { return r.Pharmacy + "/" + r.Drug }

type movementRow struct {
	Pharmacy  string `gorm:"primaryKey"`
	Drug      string `gorm:"primaryKey"`
	Version   int64  `gorm:"primaryKey;autoIncrement:false"`
	Kind      string
	OnHand    int64
	Reserved  int64
	Reference string
	Person    string
	Reason    []byte
	MovedAt   int64
	Lot       string
}

func (movementRow) TableName() string { return "stock_movements" }

var _ stock.Store = (*Store)(nil)

// StockOf implements prescription.Stock.
func (s *Store) StockOf(tx *gorm.DB, pharmacy string, drugs []string) ([]stock.Line, error) {
	found, err := sqlstore.Rows[stockRow](tx.Where("pharmacy = ? AND drug IN ?", pharmacy, drugs).Order("drug"))
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, stockRow{}.TableName(), found, stockRow.key)
	if len(rows) < len(found.Rows) {
		err = fmt.Errorf("%w: stock of %s", lifecycle.ErrStored, pharmacy)
	}
	return stockLines(rows), err
}

// StockPage implements prescription.Stock.
func (s *Store) StockPage(tx *gorm.DB, pharmacy, after string, limit int) ([]stock.Line, error) {
	rows, err := sqlstore.Page(tx, stockRow{}.TableName(), limit, stockRow.key, func(behind *stockRow, n int) *gorm.DB {
		if behind != nil {
			after = behind.Drug
		}
		return tx.Where("pharmacy = ? AND drug > ?", pharmacy, after).Order("drug").Limit(n)
	})
	return stockLines(rows), err
}

func stockLines(rows []stockRow) []stock.Line {
	list := make([]stock.Line, len(rows))
	for i, r := range rows {
		list[i] = stock.Line{Pharmacy: r.Pharmacy, Drug: r.Drug, OnHand: r.OnHand, Reserved: r.Reserved,
			Version: r.Version}
	}
	return list
}

// Move implements prescription.Stock. Lines are taken in one order, so that two transactions never
// wait for each other.
func (s *Store) Move(tx *gorm.DB, list []stock.Movement) error {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b stock.Movement) int {
		return strings.Compare(a.Pharmacy+"/"+a.Drug, b.Pharmacy+"/"+b.Drug)
	})
	if err := lines(tx, list); err != nil {
		return err
	}
	for i := range list {
		if err := move(tx, &list[i]); err != nil {
			return err
		}
	}
	return s.keepMovements(tx, list)
}

// lines makes the lines that movements change, where there are none yet.
func lines(tx *gorm.DB, list []stock.Movement) error {
	rows := make([]stockRow, len(list))
	for i, m := range list {
		rows[i] = stockRow{Pharmacy: m.Pharmacy, Drug: m.Drug}
	}
	if rows = slices.Compact(rows); len(rows) == 0 {
		return nil
	}
	return tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&rows, movementBatch).Error
}

// move changes one line. The condition stands in the statement itself: whatever else is at work, no
// line goes below zero.
func move(tx *gorm.DB, m *stock.Movement) error {
	var now stockRow
	res := tx.Raw(`UPDATE pharmacy_stock SET on_hand = on_hand + ?, reserved = reserved + ?, version = version + 1
		WHERE pharmacy = ? AND drug = ? AND reserved + ? >= 0 AND on_hand + ? >= reserved + ?
			AND (version = ? OR ? < 0) RETURNING *`,
		m.OnHand, m.Reserved, m.Pharmacy, m.Drug, m.Reserved, m.OnHand, m.Reserved, m.Version, m.Version).Scan(&now)
	if res.Error == nil && res.RowsAffected == 0 {
		res.Error = tx.Where("pharmacy = ? AND drug = ?", m.Pharmacy, m.Drug).Take(&now).Error
	}
	if res.Error != nil {
		return res.Error
	}
	switch {
	case res.RowsAffected == 1:
		m.Version = now.Version
		return moveLot(tx, m, now.OnHand)
	case m.Version >= 0 && now.Version != m.Version:
		return sqlstore.ErrConflict
	case now.Reserved+m.Reserved < 0:
		return fmt.Errorf("stock of %s: %s gives back more than is reserved", m.Pharmacy, m.Kind)
	}
	return stock.ErrOut
}

// movementBatch bounds one insert: databases limit the values of a statement.
const movementBatch = 500

func (s *Store) keepMovements(tx *gorm.DB, list []stock.Movement) error {
	rows := make([]movementRow, len(list))
	for i, m := range list {
		reason, err := s.box.Seal([]byte(m.Reason), reasonContext(m.Pharmacy, m.Drug, m.Version))
		if err != nil {
			return fmt.Errorf("stock of %s: %w", m.Pharmacy, err)
		}
		rows[i] = movementRow{
			Pharmacy: m.Pharmacy, Drug: m.Drug, Version: m.Version, Kind: string(m.Kind), OnHand: m.OnHand,
			Reserved:  m.Reserved,
			Reference: s.reference(m.Record), Person: m.Person, Reason: reason, MovedAt: millis(m.At), Lot: m.Lot,
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(&rows, movementBatch).Error
}

// reference is what a movement keeps of its chain record.
func (s *Store) reference(record string) string {
	if record == "" {
		return ""
	}
	return s.box.Index(record, "stock_movements.reference")
}

func reasonContext(pharmacy, drug string, version int64) string {
	return fmt.Sprintf("stock_movements.reason/%s/%s/%d", pharmacy, drug, version)
}
