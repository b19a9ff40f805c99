package access

import (
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Looks asks the access log for lines, newest first.
type Looks struct {
	Persons      []string // the ids of whose profile; none: anybody's
	Readers      []string // ids of one reader; none: anybody
	Since, Until int64    // Unix milliseconds, Until excluded
	Behind       *Line    // the last line that the caller has; nil: from the newest on
	Limit        int
}

// Searched lists the lines that are asked for.
func Searched(tx *gorm.DB, l Looks) ([]Line, error) {
	var after *lineRow
	if b := l.Behind; b != nil {
		after = &lineRow{Person: b.Person, Reader: b.Reader, Visit: b.Visit, ReadAt: b.At.UnixMilli()}
	}
	rows, err := sqlstore.Page(tx, lineRow{}.TableName(), l.Limit, func(r lineRow) string { return r.Visit },
		func(behind *lineRow, n int) *gorm.DB {
			if behind != nil {
				after = behind
			}
			return l.page(tx, after).Limit(n)
		})
	list := make([]Line, len(rows))
	for i, r := range rows {
		list[i] = r.line()
	}
	return list, err
}

func (l Looks) page(tx *gorm.DB, after *lineRow) *gorm.DB {
	until := l.Until
	if after != nil {
		until = min(until, after.ReadAt+1) // SQLite takes no bound of an index from several columns
	}
	at := "read_at"
	if len(l.Persons) > 0 && len(l.Readers) > 0 {
		at = "read_at + 0" // else SQLite takes the index of the reader alone, for its bounds of time
	}
	q := tx.Where(at+" >= ? AND "+at+" < ?", l.Since, until).
		Order("read_at DESC, person DESC, reader DESC, visit DESC")
	if len(l.Persons) > 0 {
		q = q.Where("person IN ?", l.Persons)
	}
	if len(l.Readers) > 0 {
		q = q.Where("reader IN ?", l.Readers)
	}
	if after != nil {
		q = q.Where("("+at+", person, reader, visit) < (?, ?, ?, ?)", after.ReadAt, after.Person, after.Reader,
			after.Visit)
	}
	return q
}

func (r lineRow) line() Line {
	return Line{Person: r.Person, Visit: r.Visit, Reader: r.Reader, Role: accounts.Role(r.Role), Org: r.Org,
		Reason: r.Reason, At: time.UnixMilli(r.ReadAt).UTC()}
}
