package gormstore

import (
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// fillPage is how many rows of an older installation one transaction fills in.
const fillPage = 100

// FillVisits enters the visit of every prescription, and whose a received copy may be, where the row is older than the column. Calling it again, or from two
// instances at once, does no harm.
func (s *Store) FillVisits(ctx context.Context, db *sqlstore.DB) error {
	for after := ""; ; {
		found, err := sqlstore.Rows[row](db.WithContext(ctx).Where("(visit = '' OR (received_at > 0 AND kin = '')) AND id > ?", after).Order("id").Limit(fillPage))
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
				if err := tx.Model(&row{}).Where("id = ? AND version = ?", r.ID, r.Version).UpdateColumns(missing).Error; err != nil {
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
