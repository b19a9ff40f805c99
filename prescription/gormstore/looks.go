package gormstore

import (
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// Looks asks who read prescriptions, newest first.
type Looks struct {
	Patients     []string               // the ids of one patient; none: anybody's prescriptions
	Readers      []string               // ids of one reader; none: anybody
	Since, Until int64                  // Unix milliseconds, Until excluded
	Behind       *lifecycle.AccessEntry // the last line that the caller has; nil: from the newest on
	Limit        int
}

// Look is a reading, and whose prescription it was.
type Look struct {
	lifecycle.AccessEntry
	Patient string
}

// Searched lists readings for an administrator, who has said why.
func Searched(ctx context.Context, db *sqlstore.DB, l Looks) ([]Look, error) {
	tx := db.WithContext(ctx)
	var after *accessRow
	if b := l.Behind; b != nil {
		after = &accessRow{Prescription: string(b.Prescription), Person: b.Person, ReadAt: millis(b.At)}
	}
	rows, err := sqlstore.Page(tx, accessRow{}.TableName(), l.Limit,
		func(r accessRow) string { return r.Prescription },
		func(behind *accessRow, n int) *gorm.DB {
			if behind != nil {
				after = behind
			}
			return l.page(tx, after).Limit(n)
		})
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.Prescription
	}
	var owners []struct{ ID, Patient string }
	if err := tx.Model(&row{}).Select("id, patient").Where("id IN ?", ids).Find(&owners).Error; err != nil {
		return nil, err
	}
	of := map[string]string{}
	for _, o := range owners {
		of[o.ID] = o.Patient
	}
	list := make([]Look, len(rows))
	for i, r := range rows {
		list[i] = Look{r.entry(), of[r.Prescription]}
	}
	return list, nil
}

func (l Looks) page(tx *gorm.DB, after *accessRow) *gorm.DB {
	until := l.Until
	if after != nil {
		until = min(until, after.ReadAt+1) // SQLite takes no bound of an index from several columns
	}
	at := "read_at"
	if len(l.Patients) > 0 && len(l.Readers) > 0 {
		at = "read_at + 0" // else SQLite takes the index of the reader alone, for its bounds of time
	}
	q := tx.Where(at+" >= ? AND "+at+" < ?", l.Since, until).
		Order("read_at DESC, prescription DESC, person DESC")
	if len(l.Patients) > 0 {
		q = q.Where("patient IN ?", l.Patients)
	}
	if len(l.Readers) > 0 {
		q = q.Where("person IN ?", l.Readers)
	}
	if after != nil {
		q = q.Where("("+at+", prescription, person) < (?, ?, ?)", after.ReadAt, after.Prescription, after.Person)
	}
	return q
}
