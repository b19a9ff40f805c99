package app

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/consent"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/partners"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// TestMain lets strict installations hash cheaply too, which no setting does:
// TestStrictHashesAtFullCost and package accounts hold the cost itself.
func TestMain(m *testing.M) {
	password.DefaultCost = password.CheapCost
	var err error
	if scratch, err = os.MkdirTemp("", "hospital-"); err != nil {
		panic(err)
	}
	size.Waiting()
	code := m.Run()
	_ = os.RemoveAll(scratch)
	os.Exit(code)
}

// scratch is a folder that ends with the tests.
var scratch string

// demoConfig is a demo in a temporary folder on a free port, over the database of dsn (SQLite's is
// the folder's own).
func demoConfig(t *testing.T, dsn string) config.Config {
	t.Helper()
	cfg := demoIn(filepath.Join(t.TempDir(), "data"))
	if strings.HasPrefix(dsn, "postgres") {
		cfg.DatabaseURL = dsn
	}
	return cfg
}

func demoIn(folder string) config.Config {
	cfg := config.Config{Data: folder, Listen: "127.0.0.1:0", Demo: true, Hospital: "h1",
		LogLevel: "debug", ShutdownFor: 10 * time.Second, TriageFlags: true, TriageDepartments: true,
		PasswordCost: config.CheapPasswords}
	cfg.Insurer.Timeout = 5 * time.Second
	return cfg
}

// papersInForce are the versions that somebody agrees to who agrees now.
func papersInForce() map[string]int {
	versions := map[string]int{}
	for _, p := range consent.Built {
		versions[p.Name] = max(versions[p.Name], p.Version)
	}
	return versions
}

// logBuffer is a log that a test reads afterwards.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// playWard runs a hospital, plays whole visits and the unhappy twins in it over HTTP, waits until
// every record is on the chain, and stops it in order.
func playWard(t *testing.T, cfg config.Config, visits int, log io.Writer) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	a, err := New(ctx, cfg, NewLogger(cfg, log), "test")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- a.Serve(ctx) }()
	err = journey.Run(ctx, journey.Options{URL: a.URL(), Count: visits, Parallel: 2, Unhappy: true, Out: io.Discard})
	for err == nil && waiting(t, a.DB) > 0 {
		time.Sleep(20 * time.Millisecond)
	}
	cancel()
	if stopped := <-served; err != nil || stopped != nil {
		t.Fatalf("journey: %v, stop: %v", err, stopped)
	}
}

func waiting(t *testing.T, db *sqlstore.DB) (n int64) {
	t.Helper()
	if err := db.Raw(
		"SELECT (SELECT count(*) FROM outbox WHERE state = 'pending') + (SELECT count(*) FROM payment_settlements WHERE next_try > 0)").Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// copied is a copy of a stopped one that a test may spoil.
type copied struct {
	t   *testing.T
	cfg config.Config
	db  *gorm.DB // constraints between tables are off: whoever spoils a database does not ask them
	box *keystore.Box
}

// cloned copies the folder and, on PostgreSQL, the schema.
func cloned(t *testing.T, from config.Config) *copied {
	t.Helper()
	x := &copied{t: t, cfg: from}
	x.cfg.Data = filepath.Join(t.TempDir(), "data")
	x.must(os.CopyFS(x.cfg.Data, os.DirFS(from.Data)))
	f := installation.Installation{Cfg: x.cfg, Log: quiet()}
	x.must(f.OpenKeys(t.Context()))
	x.box = f.Box
	dsn := "sqlite:" + f.Path(installation.DatabaseFile)
	if from.DatabaseURL != "" {
		x.cfg.DatabaseURL = cloneSchema(t, from.DatabaseURL)
		dsn = x.cfg.DatabaseURL
	}
	x.db = x.open(dsn)
	return x
}

func (x *copied) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x *copied) open(dsn string) *gorm.DB {
	x.t.Helper()
	db, err := sqlstore.Open(x.t.Context(), dsn)
	x.must(err)
	x.t.Cleanup(func() { _ = db.Close() })
	pool, err := db.DB.DB()
	x.must(err)
	pool.SetMaxOpenConns(1) // the pragma is the connection's
	if db.Dialect == sqlstore.SQLite {
		x.must(db.Exec("PRAGMA foreign_keys = OFF").Error)
	}
	return db.DB
}

// bureau opens the sandbox bureau's database.
func (x *copied) bureau() *gorm.DB {
	x.t.Helper()
	dsn, err := partners.BureauDSN(&installation.Installation{Cfg: x.cfg})
	x.must(err)
	return x.open(dsn)
}

// on runs a statement that must change something.
func (x *copied) on(db *gorm.DB, statement string, args ...any) {
	x.t.Helper()
	res := db.Exec(statement, args...)
	x.must(res.Error)
	if res.RowsAffected == 0 && !strings.HasPrefix(statement, "CREATE") && !strings.HasPrefix(statement, "DROP") &&
		!strings.HasPrefix(statement, "ALTER") {
		x.t.Fatalf("changed nothing: %s", statement)
	}
}

func (x *copied) exec(statement string, args ...any) {
	x.t.Helper()
	x.on(x.db, statement, args...)
}

// text reads one text.
func (x *copied) text(query string, args ...any) (s string) {
	x.t.Helper()
	x.must(x.db.Raw(query, args...).Row().Scan(&s))
	return s
}

// bytes reads one blob.
func (x *copied) bytes(query string, args ...any) (b []byte) {
	x.t.Helper()
	x.must(x.db.Raw(query, args...).Row().Scan(&b))
	return b
}

// bare replaces a table by one with the same rows and no constraint, so that a row can be doubled.
func (x *copied) bare(table string) {
	x.exec("CREATE TABLE bare AS SELECT * FROM " + table)
	x.exec("DROP TABLE " + table)
	x.exec("ALTER TABLE bare RENAME TO " + table)
}

// audit closes the database and audits.
func (x *copied) audit() *audit.Report {
	x.t.Helper()
	pool, err := x.db.DB()
	x.must(err)
	x.must(pool.Close())
	report, err := Audit(x.t.Context(), x.cfg, quiet())
	x.must(err)
	return report
}

// cloneSchema copies every table of a DSN's schema into a new one, without foreign keys.
func cloneSchema(t *testing.T, dsn string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	from, to := q.Get("search_path"), fmt.Sprintf("clone_%d", time.Now().UnixNano())
	admin, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	exec := func(statement string) {
		t.Helper()
		if _, err := admin.ExecContext(context.Background(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	exec("CREATE SCHEMA " + to)
	t.Cleanup(func() { exec("DROP SCHEMA " + to + " CASCADE"); _ = admin.Close() })
	var tables string
	const names = "SELECT string_agg(table_name, ' ') FROM information_schema.tables WHERE table_schema = $1"
	if err := admin.QueryRowContext(t.Context(), names, from).Scan(&tables); err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(tables) {
		exec(fmt.Sprintf("CREATE TABLE %s.%s (LIKE %s.%s INCLUDING ALL)", to, name, from, name))
		exec(fmt.Sprintf("INSERT INTO %s.%s SELECT * FROM %s.%s", to, name, from, name))
	}
	q.Set("search_path", to)
	u.RawQuery = q.Encode()
	return u.String()
}
