// Package plans keeps the statements that a program sends to its database, and has the database
// explain them.
package plans

import (
	"context"
	"encoding/json"
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
var large = []string{
	"access_searches", "accounts", "certificates", "chat_files", "chat_messages", "chat_streams", "consents",
	"consultation_notes", "consultations", "devices", "idempotency", "intents", "notice_heads", "notices", "outbox",
	"oversight_cells", "oversight_findings", "oversight_shown", "patients", "payment_cards", "payment_codes",
	"payment_events", "payment_settlements", "pharmacy_choices", "prescription_access", "prescription_events",
	"prescriptions", "prior_diagnoses", "profile_access", "security_log", "sessions", "stock_movements", "trace_codes",
	"visit_ratings",
}

// Plans keeps the statements that a hospital sends, one of each shape, to have them explained. It
// is a logger of gorm's.
type Plans struct {
	mu     sync.Mutex
	name   string
	kept   map[string]statement
	values *regexp.Regexp
	lite   bool
}

type statement struct{ text, shape, during string }

// Finding is a statement that goes through a large table: sent during what, what is wrong with its
// plan, and its text without values.
type Finding struct{ During, Fault, Shape string }

// New keeps nothing yet.
func New(cfg config.Config) *Plans {
	if cfg.DatabaseURL == "" {
		return &Plans{kept: map[string]statement{}, values: reLite, name: "start", lite: true}
	}
	logger.RecorderParamsFilter = func(_ context.Context, sql string, values ...any) (string, []any) {
		return sql, values // which the hospital drops, but PostgreSQL plans by them
	}
	return &Plans{kept: map[string]statement{}, values: reValue, name: "start"}
}

// During names what happens from now on. Nil Plans keep nothing.
func (p *Plans) During(name string) {
	if p != nil {
		p.mu.Lock()
		p.name = name
		p.mu.Unlock()
	}
}

// Len is how many statements are kept.
func (p *Plans) Len() int { return len(p.kept) }

// LogMode and the others make it a logger of gorm's.
func (p *Plans) LogMode(logger.LogLevel) logger.Interface { return p }
func (*Plans) Info(context.Context, string, ...any)       {}
func (*Plans) Warn(context.Context, string, ...any)       {}
func (*Plans) Error(context.Context, string, ...any)      {}

var (
	reValue = regexp.MustCompile(`'[^']*'|\b\d+\b`)
	reLite  = regexp.MustCompile(`"[^"]*"|` + reValue.String()) // PostgreSQL has names in these quotes, SQLite values
	reList  = regexp.MustCompile(`\?(?:,\s*\?)+`)
)

// ParamsFilter keeps the values out of what SQLite is asked. A plan by a text with values in it can
// be better than what is done: an index over a part of a table is taken for the statement's own
// words alone.
func (p *Plans) ParamsFilter(_ context.Context, sql string, values ...any) (string, []any) {
	if p.lite {
		return sql, nil
	}
	return sql, values
}

// Trace keeps a statement's text, with its values for PostgreSQL.
func (p *Plans) Trace(_ context.Context, _ time.Time, sent func() (string, int64), _ error) {
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
	// an open stretch of an index: from a key on to the end of the table
	reFrom = regexp.MustCompile(`^SEARCH (\w+) USING (?:COVERING )?INDEX \w+ \(\w+>\?\)$`)
)

// Explain asks the database how it does what it was sent, and lists what goes through a large
// table.
func (p *Plans) Explain(ctx context.Context, db *sqlstore.DB) (list []Finding, err error) {
	p.mu.Lock()
	kept := make([]statement, 0, len(p.kept))
	for _, s := range p.kept {
		kept = append(kept, s)
	}
	p.mu.Unlock()
	slices.SortFunc(kept, func(a, b statement) int { return strings.Compare(a.during+a.text, b.during+b.text) })
	faultsOf := postgresFaults
	if db.Dialect == sqlstore.SQLite {
		faultsOf = sqliteFaults
	}
	for _, s := range kept {
		faults, err := faultsOf(ctx, db, s.text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.text, err)
		}
		for _, f := range faults {
			list = append(list, Finding{s.during, f, s.shape})
		}
	}
	return list, nil
}

// sqliteFaults are what SQLite reads from end to end: its choice does not depend on how much there
// is.
func sqliteFaults(ctx context.Context, db *sqlstore.DB, text string) (faults []string, err error) {
	partial, err := partialIndexes(ctx, db)
	if err != nil {
		return nil, err
	}
	var steps []struct{ Detail string }
	values := make([]any, strings.Count(text, "?")) // no plan depends on them
	err = db.WithContext(ctx).Raw("EXPLAIN QUERY PLAN "+text, values...).Scan(&steps).Error
	for _, s := range steps {
		table := ""
		if m := reScan.FindStringSubmatch(s.Detail); m != nil && !slices.Contains(partial, m[2]) &&
			(m[2] == "" || !wholePage(text)) {
			table = m[1]
		} else if m := reFrom.FindStringSubmatch(s.Detail); m != nil && strings.Contains(text, " AND ") {
			table = m[1] // from a key on while it looks for something else, as a page in a list's own order does not
		}
		if slices.Contains(large, table) {
			faults = append(faults, s.Detail)
		}
	}
	return faults, err
}

// wholePage tells a page of a list in the order of an index, which is read no further than the
// page.
func wholePage(text string) bool {
	return strings.Contains(text, " ORDER BY ") && strings.Contains(text, " LIMIT ") &&
		!strings.Contains(text, " WHERE ")
}

// many rows are what PostgreSQL may not go through for one statement. It reads less than that from
// end to end, and rightly.
const many = 5000

// node is a step of PostgreSQL's plan, with its estimates.
type node struct {
	Type   string  `json:"Node Type"`
	Table  string  `json:"Relation Name"`
	Index  string  `json:"Index Name"`
	Cond   string  `json:"Index Cond"`
	Filter string  `json:"Filter"`
	Rows   float64 `json:"Plan Rows"`
	Plans  []node  `json:"Plans"`
}

// postgresFaults are what PostgreSQL, by its counts, reads from end to end, sorts or adds up
// although there is much of it.
func postgresFaults(ctx context.Context, db *sqlstore.DB, text string) (faults []string, err error) {
	var answer string
	if err := db.WithContext(ctx).Raw("EXPLAIN (FORMAT JSON) " + text).Row().Scan(&answer); err != nil {
		return nil, err
	}
	var plan []struct{ Plan node }
	if err := json.Unmarshal([]byte(answer), &plan); err != nil {
		return nil, err
	}
	counts, err := rowsOf(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, p := range plan {
		p.Plan.faults(counts, false, &faults)
	}
	return faults, nil
}

// faults walks the steps. Below a limit only what is needed of an index's order is read.
func (n node) faults(counts map[string]float64, limited bool, found *[]string) {
	say := func(what string, rows float64) {
		*found = append(*found, fmt.Sprintf("%s %s %s: %.0f rows %s%s", n.Type, n.Table, n.Index, rows, what, n.Filter))
	}
	whole := counts[n.Table]
	switch {
	case n.Type == "Seq Scan" && slices.Contains(large, n.Table) && whole >= many:
		say("from end to end ", whole)
	case strings.HasPrefix(n.Type, "Index") && slices.Contains(large, n.Table) && n.Cond == "" && !limited &&
		counts[n.Index] >= many:
		say("of an index from end to end ", counts[n.Index])
	case n.Type == "Sort" || n.Type == "Aggregate" || n.Type == "Bitmap Heap Scan" || n.Type == "WindowAgg" ||
		n.Type == "Unique":
		rows := n.Rows
		for _, p := range n.Plans {
			rows = max(rows, p.Rows)
		}
		if rows >= many {
			say("at once ", rows)
		}
	}
	limited = n.Type == "Limit" || limited && n.Type != "Sort" && n.Type != "Aggregate"
	for _, p := range n.Plans {
		p.faults(counts, limited, found)
	}
}

// rowsOf are how many rows PostgreSQL counted in each table and index.
func rowsOf(ctx context.Context, db *sqlstore.DB) (map[string]float64, error) {
	var list []struct {
		Name string
		Rows float64
	}
	err := db.WithContext(ctx).Raw(`SELECT relname AS name, reltuples AS rows FROM pg_class
		WHERE relnamespace = current_schema()::regnamespace`).Scan(&list).Error
	counts := map[string]float64{}
	for _, r := range list {
		counts[r.Name] = r.Rows
	}
	return counts, err
}

// partialIndexes are over a part of a table. They may be read whole: that part is small.
func partialIndexes(ctx context.Context, db *sqlstore.DB) (names []string, err error) {
	err = db.WithContext(ctx).Raw(
		"SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'").Scan(&names).Error
	return names, err
}
