package sqlstoretest

import (
	"context"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Plan is how SQLite finds the rows of the last SELECT from a table that fn sends, a line a step.
// The database must be SQLite's: PostgreSQL reads small tables whole, and rightly.
func Plan(t *testing.T, db *sqlstore.DB, table string, fn func()) []string {
	t.Helper()
	all := Plans(t, db, table, fn)
	return strings.Split(all[len(all)-1], "\n")
}

// Plans are those of every SELECT from a table that fn sends, in order, a line a step.
func Plans(t *testing.T, db *sqlstore.DB, table string, fn func()) (list []string) {
	t.Helper()
	heard := &sent{from: "FROM `" + table + "`"}
	before := db.Logger
	db.Logger = heard
	fn()
	db.Logger = before
	if len(heard.texts) == 0 {
		t.Fatalf("no SELECT from %s was sent", table)
	}
	for _, text := range heard.texts {
		var steps []struct{ Detail string }
		err := db.WithContext(t.Context()).Session(&gorm.Session{Logger: logger.Discard}).
			Raw("EXPLAIN QUERY PLAN "+text, make([]any, strings.Count(text, "?"))...).Scan(&steps).Error
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		lines := make([]string, len(steps))
		for i, s := range steps {
			lines[i] = s.Detail
		}
		list = append(list, strings.Join(lines, "\n"))
	}
	return list
}

// sent keeps the statements from a table without their values: with them in its text the plan can
// be better than what is done, because SQLite takes an index over a part of a table for the
// statement's own words alone.
type sent struct {
	from  string
	texts []string
}

func (s *sent) LogMode(logger.LogLevel) logger.Interface { return s }
func (*sent) Info(context.Context, string, ...any)       {}
func (*sent) Warn(context.Context, string, ...any)       {}
func (*sent) Error(context.Context, string, ...any)      {}

func (*sent) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) { return sql, nil }

func (s *sent) Trace(_ context.Context, _ time.Time, statement func() (string, int64), _ error) {
	if text, _ := statement(); strings.HasPrefix(text, "SELECT") && strings.Contains(text, s.from) {
		s.texts = append(s.texts, text)
	}
}
