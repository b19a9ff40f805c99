package patients

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// NoteSearched is the line that a search of the access log leaves in it.
const NoteSearched = "access log searched"

// Looks asks the access log for lines, newest first.
type Looks struct {
	Person       string   // whose profile; empty: anybody's
	Readers      []string // ids of one reader; none: anybody
	Since, Until int64    // Unix milliseconds, Until excluded
	Behind       *Access  // the last line that the caller has; nil: from the newest on
	Limit        int
}

// Searched lists lines for an administrator, who has said why.
func (s *Service) Searched(ctx context.Context, l Looks) ([]Access, error) {
	tx := s.db.WithContext(ctx)
	var after *accessRow
	if b := l.Behind; b != nil {
		after = &accessRow{Person: b.Person, Reader: b.Reader, Visit: b.Visit, ReadAt: b.At.UnixMilli()}
	}
	rows, err := sqlstore.Page(tx, accessRow{}.TableName(), l.Limit, func(r accessRow) string { return r.Visit },
		func(behind *accessRow, n int) *gorm.DB {
			if behind != nil {
				after = behind
			}
			return l.page(tx, after).Limit(n)
		})
	list := make([]Access, len(rows))
	for i, r := range rows {
		list[i] = r.access()
	}
	return list, err
}

func (l Looks) page(tx *gorm.DB, after *accessRow) *gorm.DB {
	until := l.Until
	if after != nil {
		until = min(until, after.ReadAt+1) // SQLite takes no bound of an index from several columns
	}
	q := tx.Where("read_at >= ? AND read_at < ?", l.Since, until).
		Order("read_at DESC, person DESC, reader DESC, visit DESC")
	if l.Person != "" {
		q = q.Where("person = ?", l.Person)
	}
	if len(l.Readers) > 0 {
		q = q.Where("reader IN ?", l.Readers)
	}
	if after != nil {
		q = q.Where("(read_at, person, reader, visit) < (?, ?, ?, ?)", after.ReadAt, after.Person, after.Reader,
			after.Visit)
	}
	return q
}

func (r accessRow) access() Access {
	return Access{Person: r.Person, Visit: r.Visit, Reader: r.Reader, Role: accounts.Role(r.Role), Org: r.Org,
		Reason: r.Reason, At: time.UnixMilli(r.ReadAt).UTC()}
}

// NoteSearch keeps, for the patient to see, that an administrator asked who looked at the record. It
// stands in the caller's transaction.
func (s *Service) NoteSearch(tx *gorm.DB, admin accounts.Account, person string) error {
	return s.noteDesk(tx, person, admin, NoteSearched)
}
