package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"
)

const (
	maxTries   = 12                     // of one transaction
	firstPause = 4 * time.Millisecond   // doubled with every try, with jitter
	maxPause   = 300 * time.Millisecond // at most
	maxWait    = 15 * time.Second       // no further try after that, whatever the count: a person waits for the answer
)

// Tx runs fn in one serialisable transaction and commits when it returns nil; then its writes are
// durable. A serialisation failure or a lock makes it run again, so fn MUST have no effect outside
// tx. Nothing slow (insurer, chain, signing) belongs into fn, and no second Tx: SQLite has one
// writer. ErrBusy when every try failed; ErrUnavailable; fn's own error otherwise, with nothing
// written. Only when the connection breaks during the commit itself the outcome is unknown: the
// caller repeats the command with its key (see Once).
func (db *DB) Tx(ctx context.Context, fn func(tx *gorm.DB) error) error {
	return db.tries(ctx, fn, sql.LevelSerializable)
}

func (db *DB) tries(ctx context.Context, fn func(tx *gorm.DB) error, level sql.IsolationLevel) error {
	var err error
	begin := time.Now()
	for n := range maxTries {
		if err = db.once(ctx, fn, level); !retryable(err) {
			return busy(classified(err))
		}
		if time.Since(begin) > maxWait {
			break
		}
		if serr := sleep(ctx, backoff(n)); serr != nil {
			return serr
		}
	}
	return fmt.Errorf("%w: %w", ErrBusy, err)
}

func (db *DB) once(ctx context.Context, fn func(tx *gorm.DB) error, level sql.IsolationLevel) error {
	release, err := db.lockWriter(ctx)
	if err != nil {
		return err
	}
	defer release()
	opts := &sql.TxOptions{Isolation: level}
	if db.Dialect == SQLite {
		opts = &sql.TxOptions{} // its transactions are serialisable by nature, and the driver knows no other
	}
	return db.transact(ctx, fn, opts)
}

// lockWriter queues the writers of a SQLite file inside this process: SQLite itself makes them
// poll, and under load the unlucky ones starve. busy_timeout remains for other processes.
func (db *DB) lockWriter(ctx context.Context) (release func(), err error) {
	if db.writer == nil {
		return func() {}, nil
	}
	late := time.NewTimer(busyTimeout)
	defer late.Stop()
	select {
	case db.writer <- struct{}{}:
		return func() { <-db.writer }, nil
	case <-late.C:
		return nil, ErrBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// retryable: PostgreSQL serialization_failure and deadlock_detected, SQLite BUSY and LOCKED.
func retryable(err error) bool {
	if err == nil {
		return false
	}
	var pg interface{ SQLState() string }
	if errors.As(err, &pg) {
		return pg.SQLState() == "40001" || pg.SQLState() == "40P01"
	}
	var lite interface{ Code() int }
	if errors.As(err, &lite) {
		primary := lite.Code() & 0xff
		return primary == 5 || primary == 6
	}
	return false
}

// busy names PostgreSQL's lock_not_available ErrBusy: the wait was long enough already.
func busy(err error) error {
	var pg interface{ SQLState() string }
	if errors.As(err, &pg) && pg.SQLState() == "55P03" {
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	return err
}

// IsDuplicate tells whether err is a violated unique constraint, in either dialect.
func IsDuplicate(err error) bool {
	var pg interface{ SQLState() string }
	if errors.As(err, &pg) {
		return pg.SQLState() == "23505"
	}
	var lite interface{ Code() int }
	if errors.As(err, &lite) {
		return lite.Code() == 2067 || lite.Code() == 1555 // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY
	}
	return false
}

func backoff(n int) time.Duration {
	d := min(firstPause<<n, maxPause)
	return d/2 + rand.N(d/2+1) //nolint:gosec // jitter, not a secret
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
