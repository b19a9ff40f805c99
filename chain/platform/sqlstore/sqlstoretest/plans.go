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
	heard := &sent{from: "FROM `" + table + "`"}
	before := db.Logger
	db.Logger = heard
	fn()
	db.Logger = before
	if heard.text == "" {
		t.Fatalf("no SELECT from %s was sent", table)
	}
	var steps []struct{ Detail string }
	err := db.WithContext(t.Context()).Session(&gorm.Session{Logger: logger.Discard}).
		Raw("EXPLAIN QUERY PLAN " + heard.text).Scan(&steps).Error
	if err != nil {
		t.Fatalf("%s: %v", heard.text, err)
	}
	lines := make([]string, len(steps))
	for i, s := range steps {
		lines[i] = s.Detail
	}
	return lines
}

// sent keeps the last statement from a table.
type sent struct{ from, text string }

func (s *sent) LogMode(logger.LogLevel) logger.Interface { return s }
func (*sent) Info(context.Context, string, ...any)       {}
func (*sent) Warn(context.Context, string, ...any)       {}
func (*sent) Error(context.Context, string, ...any)      {}

func (s *sent) Trace(_ context.Context, _ time.Time, statement func() (string, int64), _ error) {
	if text, _ := statement(); strings.HasPrefix(text, "SELECT") && strings.Contains(text, s.from) {
		s.text = text
	}
}
