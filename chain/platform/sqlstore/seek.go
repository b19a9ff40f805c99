package sqlstore

import (
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// Seek puts the rows of q into the order of columns, all of them the same way, and begins behind
// the row that has these values in them; without values at the beginning. The columns together must
// name one row: then no row is left out or read twice, whatever is added between two pages. The
// columns are the program's own words, never a client's. An index over what q compares for equality
// and then the columns spares the sorting.
func Seek(q *gorm.DB, down bool, columns []string, behind ...any) *gorm.DB {
	way, beyond := "", " > "
	if down {
		way, beyond = " DESC", " < "
	}
	if len(behind) > 0 {
		marks := strings.Repeat(", ?", len(columns))[2:]
		q = q.Where("("+strings.Join(columns, ", ")+")"+beyond+"("+marks+")", behind...)
	}
	return q.Order(strings.Join(columns, way+", ") + way)
}

// SeekEach is one page, of at most n rows, of what several queries over one table find together; q
// is the table itself. The columns are as of Seek, the last one the table's key. Each query is a
// walk of its own along an index that has its rows in order: a single one for all would go through
// everything that lies between the few that are wanted, or sort all that there are. No row may be
// found by two.
func SeekEach(q *gorm.DB, walks []*gorm.DB, n int, down bool, columns []string, behind ...any) *gorm.DB {
	if len(walks) == 1 {
		return Seek(walks[0].Session(&gorm.Session{}), down, columns, behind...).Limit(n)
	}
	key := columns[len(columns)-1]
	parts, of := make([]string, len(walks)), make([]any, len(walks))
	for i, w := range walks {
		parts[i] = fmt.Sprintf("SELECT * FROM (?) AS walk%d", i) // SQLite takes no LIMIT in a part itself
		of[i] = Seek(w.Session(&gorm.Session{}), down, columns, behind...).Limit(n).Select(columns)
	}
	first := q.Session(&gorm.Session{NewDB: true}).Table("("+strings.Join(parts, " UNION ALL ")+") AS walks", of...)
	return Seek(q.Where(key+" IN (?)", Seek(first.Select(key), down, columns).Limit(n)), down, columns)
}

// Contains is a condition on a column of small letters: that a text stands in it. SQL's wildcards
// in the text are letters like any other.
func Contains(q *gorm.DB, column, text string) *gorm.DB {
	plain := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text))
	return q.Where(column+` LIKE ? ESCAPE '\'`, "%"+plain+"%")
}
