package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
)

// ErrUnavailable: the database cannot do its work now, whatever was asked: no connection or too
// many, read-only, disk full, shutting down, damaged file. The same request may succeed later.
// Every error of a DB that has such a cause wraps it, of a read and of a transaction alike. What
// was under way when a commit broke may have happened (see Tx).
var ErrUnavailable error = unavailable{}

// retryAfter is how long a client waits before it asks again, in seconds: a restart of a database
// takes some.
const retryAfter = 5

type unavailable struct{}

func (unavailable) Error() string { return "sqlstore: database is not available" }

// RetryAfter is in seconds.
func (unavailable) RetryAfter() int { return retryAfter }

// classified wraps an infrastructure fault in ErrUnavailable and leaves every other error as it is.
func classified(err error) error {
	if !infrastructure(err) || errors.Is(err, ErrUnavailable) || errors.Is(err, ErrBusy) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// pgClasses are the classes of SQLSTATE (PostgreSQL, appendix A) that say nothing about the
// statement: connection, authorisation of the connection, missing database, resources, system.
var pgClasses = map[string]bool{"08": true, "28": true, "3D": true, "53": true, "58": true}

// pgStates are single codes of that kind: read-only transaction, administrator or crash ended the
// session, server starts or stops.
var pgStates = map[string]bool{"25006": true, "57P01": true, "57P02": true, "57P03": true, "57P04": true, "57P05": true}

// liteCodes are SQLite's primary result codes of that kind: PERM, BUSY, LOCKED, NOMEM, READONLY,
// IOERR, CORRUPT, FULL, CANTOPEN, NOTADB.
var liteCodes = map[int]bool{3: true, 5: true, 6: true, 7: true, 8: true, 10: true, 11: true, 13: true,
	14: true, 26: true}

// infrastructure tells a fault of the database's surroundings from one of the statement. A caller
// whose own time is over, or who hung up, says nothing about the database.
func infrastructure(err error) bool {
	if err == nil {
		return false
	}
	if pg, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok {
		state := pg.SQLState()
		return len(state) == 5 && (pgClasses[state[:2]] || pgStates[state])
	}
	if lite, ok := errors.AsType[interface {
		error
		Code() int
	}](err); ok {
		return liteCodes[lite.Code()&0xff]
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true // also one that took too long
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, pgconn.ErrConnClosed) || pgconn.SafeToRetry(err)
}

// nameFaults has every statement's error named, so that reads need no wrapper of their own.
func nameFaults(g *gorm.DB) error {
	name := func(tx *gorm.DB) { tx.Error = classified(tx.Error) }
	const id = "sqlstore:name_faults"
	c := g.Callback()
	return errors.Join(
		c.Create().After("*").Register(id, name), c.Query().After("*").Register(id, name),
		c.Update().After("*").Register(id, name),
		c.Delete().After("*").Register(id, name), c.Row().After("*").Register(id, name),
		c.Raw().After("*").Register(id, name),
	)
}

// CheckWrite writes one row and commits, as every command must be able to: ErrUnavailable, ErrBusy,
// or ctx's error. Readiness checks use it; a database that only answers reads is not ready.
func (db *DB) CheckWrite(ctx context.Context) error {
	return db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE write_check SET at = ? WHERE name = 'ready'", db.Now().UnixMilli()).Error
	})
}
