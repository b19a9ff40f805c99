package gormstore

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// fillPage is how many rows of an older installation one transaction fills in.
const fillPage = 100

// filledRow says that work over all rows was done once.
type filledRow struct {
	Work   string `gorm:"primaryKey"`
	DoneAt int64
}

func (filledRow) TableName() string { return "prescriptions_filled" }

const workVisits = "visits"

// FillVisits enters the visit of every prescription, and whose a received copy may be, where the
// row is older than the column. It is done once in a database's life: later calls ask for one row.
// Two instances that do it at once do no harm.
func (s *Store) FillVisits(ctx context.Context, db *sqlstore.DB) error {
	var done int64
	if err := db.WithContext(ctx).Model(&filledRow{}).Where("work = ?", workVisits).
		Count(&done).Error; err != nil || done > 0 {
		return err
	}
	if err := s.fillVisits(ctx, db); err != nil {
		return err
	}
	return db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&filledRow{workVisits, db.Now().UnixMilli()}).Error
	})
}

func (s *Store) fillVisits(ctx context.Context, db *sqlstore.DB) error {
	for after := ""; ; {
		found, err := sqlstore.Rows[row](db.WithContext(ctx).
			Where("(visit = '' OR (received_at > 0 AND kin = '')) AND id > ?", after).Order("id").Limit(fillPage))
		rows := found.Rows
		if err != nil || len(rows) == 0 {
			return err
		}
		after = rows[len(rows)-1].ID
		err = db.Tx(ctx, func(tx *gorm.DB) error {
			for i, r := range rows {
				p, err := s.restore(r)
				if found.Err(i) != nil || err != nil {
					continue // a row that does not open is the audit's business, not a reason not to start
				}
				filled, err := s.row(p, r.Version)
				if err != nil {
					return err
				}
				missing := map[string]any{"visit": filled.Visit, "kin": filled.Kin}
				if err := tx.Model(&row{}).Where("id = ? AND version = ?", r.ID, r.Version).
					UpdateColumns(missing).Error; err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
