package outbox

import (
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// auditPage is how many entries one read of an audit takes: some 2 MB.
const auditPage = 500

// Each calls fn with every entry in the order of appending, for audits. It reads a page at a time;
// fn may use db.
func Each(ctx context.Context, db *gorm.DB, fn func(Entry) error) error {
	for after := int64(0); ; {
		// what does not fit is missing, and the audit says so
		found, err := sqlstore.Rows[row](db.WithContext(ctx).Where("pos > ?", after).Order("pos").Limit(auditPage))
		if err != nil {
			return err
		}
		rows := found.Rows
		for _, r := range rows {
			if err := fn(r.entry()); err != nil {
				return err
			}
			after = r.Pos
		}
		if len(rows) < auditPage {
			return nil
		}
	}
}

// Unsettled returns the entries of the subjects that are not committed, by subject and sequence.
func Unsettled(db *gorm.DB, subjects []string) ([]Entry, error) {
	return entries(db.Where("subject IN ? AND state <> ?", subjects, Committed).Order("subject, seq"))
}

// Absent returns those of ids that the outbox has no entry of.
func Absent(db *gorm.DB, ids []string) ([]string, error) {
	return sqlstore.Absent(db.Model(&row{}), "id", ids)
}
