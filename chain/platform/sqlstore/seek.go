package sqlstore

import (
	"strings"

	"gorm.io/gorm"
)

// Seek puts the rows of q into the order of columns, all of them the same way, and begins behind the
// row that has these values in them; without values at the beginning. The columns together must name
// one row: then no row is left out or read twice, whatever is added between two pages. The columns are
// the program's own words, never a client's. An index over what q compares for equality and then the
// columns spares the sorting.
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

// Contains is a condition on a column of small letters: that a text stands in it. SQL's wildcards in
// the text are letters like any other.
func Contains(q *gorm.DB, column, text string) *gorm.DB {
	plain := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text))
	return q.Where(column+` LIKE ? ESCAPE '\'`, "%"+plain+"%")
}
