package bench

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm/logger"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// large are the tables that grow with the hospital.
var large = []string{"accounts", "chat_files", "chat_messages", "chat_streams", "consents", "consultation_notes",
	"consultations", "devices", "idempotency", "intents", "notice_heads", "notices", "outbox", "patients",
	"payment_codes", "payment_events", "payment_settlements", "pharmacy_choices", "prescription_access",
	"prescription_events", "prescriptions", "prior_diagnoses", "profile_access", "security_log", "sessions",
	"stock_movements", "trace_codes", "visit_ratings"}

// plans keeps the statements that a hospital sends, one of each shape, to have them explained. It is
// a logger of gorm's.
type plans struct {
	mu     sync.Mutex
	name   string
	kept   map[string]statement
	values *regexp.Regexp
}

type statement struct{ text, shape, during string }

// finding is a statement that reads a large table from end to end.
type finding struct{ during, fault, shape string }

func newPlans(cfg config.Config) *plans {
	p := &plans{kept: map[string]statement{}, values: reLite, name: "start"}
	if cfg.DatabaseURL != "" {
		p.values = reValue
	}
	return p
}

// during names what happens from now on. A nil plans keeps nothing.
func (p *plans) during(name string) {
	if p != nil {
		p.mu.Lock()
		p.name = name
		p.mu.Unlock()
	}
}

func (p *plans) LogMode(logger.LogLevel) logger.Interface { return p }
func (*plans) Info(context.Context, string, ...any)       {}
func (*plans) Warn(context.Context, string, ...any)       {}
func (*plans) Error(context.Context, string, ...any)      {}

var (
	reValue = regexp.MustCompile(`'[^']*'|\b\d+\b`)
	reLite  = regexp.MustCompile(`"[^"]*"|` + reValue.String()) // PostgreSQL has names in these quotes, SQLite values
	reList  = regexp.MustCompile(`\?(?:,\s*\?)+`)
)

// Trace keeps a statement's text with its values.
func (p *plans) Trace(_ context.Context, _ time.Time, sent func() (string, int64), _ error) {
	text, _ := sent()
	switch verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(text)), " "); verb {
	case "SELECT", "UPDATE", "DELETE", "WITH":
	default:
		return
	}
	shape := reList.ReplaceAllString(p.values.ReplaceAllString(text, "?"), "?")
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.kept[shape]; !known {
		p.kept[shape] = statement{text, shape, p.name}
	}
}

var (
	reScan = regexp.MustCompile(`^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?`)
	reSeq  = regexp.MustCompile(`Seq Scan on (\w+)`)
)

// explain asks the database how it does what it was sent, and lists what reads a large table from
// end to end. An index over a part of a table may be read whole: that part is small.
func (p *plans) explain(ctx context.Context, db *sqlstore.DB) (list []finding, err error) {
	p.mu.Lock()
	kept := make([]statement, 0, len(p.kept))
	for _, s := range p.kept {
		kept = append(kept, s)
	}
	p.mu.Unlock()
	slices.SortFunc(kept, func(a, b statement) int { return strings.Compare(a.during+a.text, b.during+b.text) })
	partial, err := partialIndexes(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, s := range kept {
		lines, err := planOf(ctx, db, s.text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.text, err)
		}
		for _, line := range lines {
			table := ""
			if m := reSeq.FindStringSubmatch(line); m != nil {
				table = m[1]
			} else if m := reScan.FindStringSubmatch(line); m != nil && !slices.Contains(partial, m[2]) {
				table = m[1]
			}
			if slices.Contains(large, table) {
				list = append(list, finding{s.during, strings.TrimSpace(line), s.shape})
			}
		}
	}
	return list, nil
}

func planOf(ctx context.Context, db *sqlstore.DB, text string) (lines []string, err error) {
	if db.Dialect == sqlstore.Postgres {
		err = db.WithContext(ctx).Raw("EXPLAIN " + text).Scan(&lines).Error
		return lines, err
	}
	var steps []struct{ Detail string }
	err = db.WithContext(ctx).Raw("EXPLAIN QUERY PLAN " + text).Scan(&steps).Error
	for _, s := range steps {
		lines = append(lines, s.Detail)
	}
	return lines, err
}

func partialIndexes(ctx context.Context, db *sqlstore.DB) (names []string, err error) {
	if db.Dialect == sqlstore.Postgres {
		return nil, nil
	}
	err = db.WithContext(ctx).Raw(
		"SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'").Scan(&names).Error
	return names, err
}
