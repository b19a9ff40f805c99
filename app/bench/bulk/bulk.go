// Package bulk fills an empty database quickly. It is for measurements: what it fills is worthless
// when it breaks off.
package bulk

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Writer writes rows beside their making: by COPY into PostgreSQL, by compiled statements of many
// rows into SQLite. Indexes that are no constraints are away meanwhile: Open takes them off, Close
// makes them again, by the very statements of the migrations, so that what must be unique is proved
// then.
type Writer struct {
	conn    *sql.Conn
	dialect string
	order   []string // tables, those that others refer to first
	waiting map[string]*pending
	values  int // that wait

	away     []string // statements that make the indexes again
	compiled map[string]*sql.Stmt
	todo     chan []pending // nil: tell how it went
	told     chan error     // has room for what nobody waits for
	closed   bool
}

// pending are rows of one table, one after the other.
type pending struct {
	table   string
	columns []string
	args    []any
}

const (
	maxWaiting = 200_000 // values kept until they are written
	manyRows   = 50      // of one statement into SQLite, which takes 32,766 values
)

// pragmas are for a database that is worthless when the filling breaks off. The journal comes back
// with the next connection.
var pragmas = []string{"foreign_keys = OFF", "synchronous = OFF", "journal_mode = OFF", "locking_mode = EXCLUSIVE",
	"cache_size = -2000000", "temp_store = MEMORY"}

// Open takes one connection for all writing. The database must have no other user.
func Open(ctx context.Context, db *sqlstore.DB) (*Writer, error) {
	pool, err := db.DB.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1) // SQLite leaves its journal only when nobody else is there
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	b := &Writer{conn: conn, dialect: db.Dialect, waiting: map[string]*pending{}, compiled: map[string]*sql.Stmt{},
		todo: make(chan []pending, 2), told: make(chan error, 1)}
	indexes := "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
	if b.dialect == sqlstore.Postgres {
		// Without the rights for it, every row's references are looked up.
		_, _ = conn.ExecContext(ctx, "SET session_replication_role = replica")
		indexes = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND NOT EXISTS " +
			"(SELECT 1 FROM pg_constraint WHERE conindid = format('%I.%I', schemaname, indexname)::regclass)"
	} else {
		for _, p := range pragmas {
			if err := b.exec(ctx, "PRAGMA "+p); err != nil {
				return nil, errors.Join(err, conn.Close())
			}
		}
	}
	if err := b.takeOff(ctx, indexes); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	go b.writer(ctx)
	return b, nil
}

func (b *Writer) exec(ctx context.Context, text string) error {
	_, err := b.conn.ExecContext(ctx, text)
	if err != nil {
		return fmt.Errorf("%.80s: %w", text, err)
	}
	return nil
}

func (b *Writer) takeOff(ctx context.Context, which string) error {
	names, err := b.indexes(ctx, which)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := b.exec(ctx, "DROP INDEX "+name); err != nil {
			return err
		}
	}
	return nil
}

// Close writes what is left, makes the indexes again and does what the database does by itself as
// it grows: PostgreSQL counts its rows, SQLite never does, because the hospital does not ask it to.
func (b *Writer) Close(ctx context.Context) error {
	b.closed = true
	err := b.commit(ctx)
	close(b.todo)
	for _, made := range b.away {
		if err == nil {
			err = b.exec(ctx, made)
		}
	}
	if err == nil && b.dialect == sqlstore.Postgres {
		// VACUUM marks the pages that all see: lists that are read out of an index alone rest on
		// it.
		err = errors.Join(b.exec(ctx, "SET session_replication_role = DEFAULT"), b.exec(ctx, "VACUUM ANALYZE"))
	}
	for _, s := range b.compiled {
		err = errors.Join(err, s.Close())
	}
	return errors.Join(err, b.conn.Close())
}

// End gives up what is not written yet, unless Close was called.
func (b *Writer) End() error {
	if b.closed {
		return nil
	}
	b.closed = true
	close(b.todo)
	return b.conn.Close()
}

// Put takes one row. The columns of a table are the same in all of its rows.
func (b *Writer) Put(ctx context.Context, table string, columns []string, values []any) error {
	p := b.waiting[table]
	if p == nil {
		p = &pending{table: table, columns: columns}
		b.waiting[table] = p
		if !slices.Contains(b.order, table) {
			b.order = append(b.order, table)
		}
	}
	p.args = append(p.args, values...)
	if b.values += len(values); b.values > maxWaiting {
		return b.flush(ctx)
	}
	return nil
}

// flush hands what waits to the writer.
func (b *Writer) flush(ctx context.Context) error {
	var list []pending
	for _, table := range b.order {
		if p := b.waiting[table]; p != nil {
			list = append(list, *p)
			delete(b.waiting, table)
		}
	}
	if b.values = 0; len(list) == 0 {
		return nil
	}
	select {
	case b.todo <- list:
		return nil
	case err := <-b.told:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// commit waits until all is written.
func (b *Writer) commit(ctx context.Context) error {
	if err := b.flush(ctx); err != nil {
		return err
	}
	select {
	case b.todo <- nil:
	case err := <-b.told:
		return err
	}
	return <-b.told
}

// writer writes until the end of todo or the first error, which whoever comes next is told.
func (b *Writer) writer(ctx context.Context) {
	for list := range b.todo {
		var err error
		switch {
		case list == nil:
		case b.dialect == sqlstore.Postgres:
			err = b.copyAll(ctx, list)
		default:
			err = b.insertAll(ctx, list)
		}
		if err != nil || list == nil {
			b.told <- err
		}
		if err != nil {
			return
		}
	}
}

// indexes are the names that a query finds; how each was made is kept in away.
func (b *Writer) indexes(ctx context.Context, which string) (names []string, err error) {
	rows, err := b.conn.QueryContext(ctx, which)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, made string
		if err := rows.Scan(&name, &made); err != nil {
			return nil, err
		}
		names, b.away = append(names, name), append(b.away, made)
	}
	return names, rows.Err()
}

func (b *Writer) copyAll(ctx context.Context, list []pending) error {
	return b.conn.Raw(func(driver any) error {
		c := driver.(*stdlib.Conn).Conn()
		for _, p := range list {
			n := len(p.columns)
			_, err := c.CopyFrom(ctx, pgx.Identifier{p.table}, p.columns, pgx.CopyFromSlice(len(p.args)/n,
				func(i int) ([]any, error) { return p.args[i*n : (i+1)*n], nil }))
			if err != nil {
				return fmt.Errorf("%s: %w", p.table, err)
			}
		}
		return nil
	})
}

func (b *Writer) insertAll(ctx context.Context, list []pending) error {
	if err := b.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for _, p := range list {
		n := len(p.columns)
		for at := 0; at < len(p.args); {
			rows := manyRows
			if len(p.args)-at < rows*n {
				rows = 1
			}
			s, err := b.insert(ctx, p, rows) //nolint:sqlclosecheck // kept in compiled, closed with the writer
			if err == nil {
				_, err = s.ExecContext(ctx, p.args[at:at+rows*n]...)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", p.table, err)
			}
			at += rows * n
		}
	}
	return b.exec(ctx, "COMMIT")
}

// insert is the compiled statement of so many rows.
func (b *Writer) insert(ctx context.Context, p pending, rows int) (*sql.Stmt, error) {
	row := "(?" + strings.Repeat(",?", len(p.columns)-1) + ")"
	//nolint:gosec // names of our own tables
	text := "INSERT INTO " + p.table + " (" + strings.Join(p.columns, ", ") + ") VALUES " + row +
		strings.Repeat(","+row, rows-1)
	if s := b.compiled[text]; s != nil {
		return s, nil
	}
	s, err := b.conn.PrepareContext(ctx, text)
	if err == nil {
		b.compiled[text] = s
	}
	return s, err
}
