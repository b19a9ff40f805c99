package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"regexp"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

func migrations() fs.FS { return Sub(migrationFiles) }

// Sub returns the migrations folder of a package's embedded files.
func Sub(files embed.FS) fs.FS {
	sub, err := fs.Sub(files, "migrations")
	if err != nil {
		panic(err) // the name is constant and valid
	}
	return sub
}

const (
	lockPeriodSeconds = 1  // how often a waiting instance asks for the migration lock
	lockTries         = 60 // and how many times, before it gives up
	sqliteTries       = 10 // SQLite has no lock to wait for: a loser of the race looks again
)

var reRoom = regexp.MustCompile(`^[a-z][a-z_]{0,30}$`)

// Migrate brings a room's tables up to date from numbered files NNNNN_name.sql (`-- +goose Up`
// only). Where the dialects differ a migration is a pair NNNNN_name.sqlite.sql and
// NNNNN_name.postgres.sql. The room has a version table of its own, migrations_<room>, so rooms
// move independently. Several instances may call it at once: one works, the others wait. Each file
// is one transaction, so a crash leaves a whole step done or not done. ErrNewerSchema when the
// database is ahead of the files.
func (db *DB) Migrate(ctx context.Context, room string, fsys fs.FS) error {
	if !reRoom.MatchString(room) {
		return fmt.Errorf("sqlstore: room %q: lower-case letters and _, at most 31", room)
	}
	pool, err := db.pool()
	if err != nil {
		return err
	}
	release, err := db.lockWriter(ctx)
	if err != nil {
		return err
	}
	defer release()
	p, err := db.provider(ctx, pool, room, fsys)
	if err != nil {
		return fmt.Errorf("sqlstore: migrations of %s: %w", room, err)
	}
	if err := up(ctx, p, db.Dialect); err != nil {
		return fmt.Errorf("sqlstore: migrate %s: %w", room, err)
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("sqlstore: migrate %s: %w", room, err)
	}
	if have > want {
		return fmt.Errorf("%w: %s has version %d, known are %d", ErrNewerSchema, room, have, want)
	}
	return nil
}

func up(ctx context.Context, p *goose.Provider, dialect string) (err error) {
	tries := 1
	if dialect == SQLite {
		tries = sqliteTries
	}
	for n := range tries {
		if _, err = p.Up(ctx); err == nil || ctx.Err() != nil {
			return err
		}
		if serr := sleep(ctx, backoff(n)); serr != nil {
			return serr
		}
	}
	return err
}

func (db *DB) provider(ctx context.Context, pool *sql.DB, room string, fsys fs.FS) (*goose.Provider, error) {
	other, dialect := ".postgres.sql", goose.DialectSQLite3
	if db.Dialect == Postgres {
		other, dialect = ".sqlite.sql", goose.DialectPostgres
	}
	skip, err := named(fsys, other)
	if err != nil {
		return nil, err
	}
	opts := []goose.ProviderOption{
		goose.WithTableName("migrations_" + room), goose.WithExcludeNames(skip), goose.WithDisableGlobalRegistry(true),
	}
	if db.Dialect == Postgres {
		locker, err := db.locker(ctx, room)
		if err != nil {
			return nil, err
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, pool, fsys, opts...)
}

// Alone runs fn while no other instance is inside an Alone of that name on the same database; the
// others wait, for at most a minute. A SQLite file has one process, which is alone. The lock goes
// with the connection when the process dies.
func (db *DB) Alone(ctx context.Context, name string, fn func() error) (err error) {
	if db.Dialect != Postgres {
		return fn()
	}
	pool, err := db.pool()
	if err != nil {
		return err
	}
	locker, err := db.locker(ctx, "alone/"+name)
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("sqlstore: %w", err)
	}
	defer conn.Close()
	if err := locker.SessionLock(ctx, conn); err != nil {
		return fmt.Errorf("sqlstore: waiting for another instance (%s): %w", name, err)
	}
	defer func() { err = errors.Join(err, locker.SessionUnlock(context.WithoutCancel(ctx), conn)) }()
	return fn()
}

// locker is an advisory lock per schema and room: test schemas in one database need not wait for
// each other.
func (db *DB) locker(ctx context.Context, room string) (lock.SessionLocker, error) {
	var schema string
	if err := db.WithContext(ctx).Raw("SELECT current_schema()").Scan(&schema).Error; err != nil {
		return nil, err
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(schema + "/" + room))
	return lock.NewPostgresSessionLocker(
		lock.WithLockID(int64(h.Sum64()>>1)), lock.WithLockTimeout(lockPeriodSeconds, lockTries))
}

func named(fsys fs.FS, suffix string) (names []string, err error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), suffix) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}
