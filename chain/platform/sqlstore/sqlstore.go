// Package sqlstore is the one way to a database: opening it, bringing a room's tables up to date,
// and the transaction every command runs in. It promises that a transaction which returned nil is
// on disk, that two transactions behave as if one had run after the other, and that a command
// repeated with its Idempotency-Key takes effect once. It knows no table but its own.
package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// Names of the dialects, as in DB.Dialect.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

const (
	// busyTimeout bounds the wait for SQLite's single writer, and for a lock of PostgreSQL unless
	// the DSN says otherwise.
	busyTimeout = 10 * time.Second
	// sqliteConns: WAL lets readers run beside the writer; more connections than a few cores only
	// cost memory.
	sqliteConns = 8
	// postgresConns leaves room for four app instances under PostgreSQL's default of 100
	// connections.
	postgresConns = 20
	// postgresIdle avoids a new connection (3-5 ms with TLS) at every burst.
	postgresIdle = 10
)

// Errors of this package.
var (
	// ErrDSN: the data source name has no known form.
	ErrDSN = errors.New("sqlstore: data source name must be sqlite:PATH, sqlite::memory: or postgres://…")
	// ErrKeyReused: the Idempotency-Key was used by this actor for another operation or another
	// body.
	ErrKeyReused = errors.New("sqlstore: idempotency key was used for another request")
	// ErrConflict: the row's version is not the one that was read; load again and decide anew.
	ErrConflict = errors.New("sqlstore: version conflict")
	// ErrBusy: the database stayed contended or locked through every retry; nothing was written.
	ErrBusy = errors.New("sqlstore: database is busy")
	// ErrNewerSchema: the database was migrated by a newer program.
	ErrNewerSchema = errors.New("sqlstore: database schema is newer than this program")
)

// DB is an open database. Reads may use it directly; writes go through Tx or Once.
type DB struct {
	*gorm.DB
	Dialect string           // SQLite or Postgres
	Now     func() time.Time // clock of the idempotency rows; time.Now unless a test sets it

	box        *keystore.Box // seals stored answers; nil stores them plain (tests)
	unreadable *unreadables

	writer chan struct{} // SQLite: one token, held by the transaction under way; nil for PostgreSQL
}

// Option changes what Open makes.
type Option func(*DB)

// WithBox seals stored answers, which may hold personal data. Only tests go without.
func WithBox(box *keystore.Box) Option { return func(db *DB) { db.box = box } }

// Open connects and brings the package's own table up to date. "sqlite::memory:" is for tests: it
// has one connection, so inside a transaction only tx may be used.
func Open(ctx context.Context, dsn string, opts ...Option) (*DB, error) {
	db, err := dial(dsn)
	if err != nil {
		return nil, err
	}
	for _, o := range opts {
		o(db)
	}
	if err := db.Migrate(ctx, "sqlstore", migrations()); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func dial(dsn string) (*DB, error) {
	db := &DB{Now: time.Now}
	var dialector gorm.Dialector
	conns, idle := postgresConns, postgresIdle
	switch {
	case dsn == "sqlite::memory:":
		db.Dialect, dialector, conns, idle = SQLite, liteDialect{sqliteDSN(":memory:")}, 1, 1
	case strings.HasPrefix(dsn, "sqlite:") && len(dsn) > len("sqlite:"):
		path := strings.TrimPrefix(dsn, "sqlite:")
		if err := ownFile(path); err != nil {
			return nil, fmt.Errorf("sqlstore: %w", err)
		}
		db.Dialect, dialector, conns, idle = SQLite, liteDialect{sqliteDSN(path)}, sqliteConns, sqliteConns
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		db.Dialect, dialector = Postgres, postgres.Open(withLockTimeout(dsn))
	default:
		return nil, ErrDSN // without the text: it may hold a password
	}
	if db.Dialect == SQLite {
		db.writer = make(chan struct{}, 1)
	}
	g, err := gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true, // every write is inside Tx already
		Logger:                 quietLogger{},
		NowFunc:                func() time.Time { return db.Now().UTC() },
	})
	if err != nil {
		return nil, fmt.Errorf("sqlstore: open %s database: %w", db.Dialect, redact(err))
	}
	db.unreadable = &unreadables{rows: map[[2]string]Unreadable{}}
	if err := errors.Join(nameFaults(g), g.Use(db.unreadable)); err != nil {
		return nil, fmt.Errorf("sqlstore: %w", err)
	}
	db.DB = g
	pool, err := g.DB()
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %w", err)
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(idle)
	return db, nil
}

// ownFile makes a database's file, and mends an older one, so that only this user reads it,
// whatever the folder allows. SQLite gives its journals the mode of the file.
func ownFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDONLY, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			err = os.Chmod(name, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sqliteDSN: WAL so that readers do not wait; synchronous=FULL because an acknowledged command must
// survive a power cut; immediate transactions, because one that upgrades from reader to writer can
// fail half-way.
func sqliteDSN(path string) string {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()),
		"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
	}}
	if path == ":memory:" {
		return path + "?" + q.Encode()
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// withLockTimeout keeps a lock that somebody forgot from holding every command for ever.
func withLockTimeout(dsn string) string {
	u, err := url.Parse(dsn)
	if err != nil {
		return dsn // the driver says what is wrong with it
	}
	q := u.Query()
	if !q.Has("lock_timeout") {
		q.Set("lock_timeout", strconv.FormatInt(busyTimeout.Milliseconds(), 10))
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// redact keeps a connection error's kind and drops its text, in which drivers repeat the DSN.
func redact(err error) error {
	var state interface{ SQLState() string }
	if errors.As(err, &state) {
		return fmt.Errorf("SQLSTATE %s", state.SQLState())
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return err
	}
	return errors.New("cannot connect (check host, user, password and file permissions)")
}

// Close closes every connection.
func (db *DB) Close() error {
	pool, err := db.pool()
	if err != nil {
		return err
	}
	return pool.Close()
}

func (db *DB) pool() (*sql.DB, error) {
	pool, err := db.DB.DB()
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %w", err)
	}
	return pool, nil
}
