package gormstore

import (
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/stock"
)

type minimumRow struct {
	Pharmacy string `gorm:"primaryKey"`
	Drug     string `gorm:"primaryKey"`
	Minimum  int64
	Person   string
	SetAt    int64
}

func (minimumRow) TableName() string { return "stock_minimums" }

// Minimums implements stock.Store.
func (s *Store) Minimums(tx *gorm.DB, pharmacy string, drugs []string) (map[string]int64, error) {
	found, err := sqlstore.Rows[minimumRow](tx.Where("pharmacy = ? AND drug IN ?", pharmacy, drugs))
	if err != nil {
		return nil, err
	}
	of := map[string]int64{}
	for _, r := range sqlstore.Fit(tx, minimumRow{}.TableName(), found, func(r minimumRow) string { return r.Drug }) {
		of[r.Drug] = r.Minimum
	}
	return of, nil
}

// SetMinimum implements stock.Store.
func (s *Store) SetMinimum(tx *gorm.DB, pharmacy, drug string, minimum int64, person string, at time.Time) error {
	if minimum == 0 { // what is not there is not taken away
		return tx.Model(&minimumRow{}).Where("pharmacy = ? AND drug = ?", pharmacy, drug).
			Updates(map[string]any{"minimum": 0, "person": person, "set_at": millis(at)}).Error
	}
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "pharmacy"}, {Name: "drug"}},
		DoUpdates: clause.AssignmentColumns([]string{"minimum", "person", "set_at"})}).
		Create(&minimumRow{Pharmacy: pharmacy, Drug: drug, Minimum: minimum, Person: person, SetAt: millis(at)}).Error
}

// ShortPage implements stock.Store.
func (s *Store) ShortPage(tx *gorm.DB, pharmacy, today, after string, limit int) ([]stock.Line, error) {
	rows, err := sqlstore.Page(tx, stockRow{}.TableName(), limit, stockRow.key, func(behind *stockRow, n int) *gorm.DB {
		if behind != nil {
			after = behind.Drug
		}
		return tx.Table("stock_minimums AS m").Select("m.pharmacy, m.drug, COALESCE(s.on_hand, 0) AS on_hand, "+
			"COALESCE(s.reserved, 0) AS reserved, COALESCE(s.version, 0) AS version").
			Joins("LEFT JOIN pharmacy_stock AS s ON s.pharmacy = m.pharmacy AND s.drug = m.drug").
			Where("m.pharmacy = ? AND m.drug > ? AND m.minimum > 0 AND COALESCE(s.on_hand - s.reserved, 0) - COALESCE((SELECT SUM(l.on_hand) "+
				"FROM stock_lots AS l WHERE l.pharmacy = m.pharmacy AND l.drug = m.drug AND l.expires < ?), 0) < m.minimum",
				pharmacy, after, today).
			Order("m.drug").Limit(n)
	})
	return stockLines(rows), err
}
