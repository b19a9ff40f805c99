package sqlstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// pgError and liteError are shaped as the drivers' errors.
type pgError string

func (e pgError) Error() string    { return "postgres " + string(e) }
func (e pgError) SQLState() string { return string(e) }

type liteError int

func (e liteError) Error() string { return "sqlite" }
func (e liteError) Code() int     { return int(e) }

func TestTxTriesAgain(t *testing.T) {
	const always = 1000
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		withWallet(t, db)
		for _, tt := range []struct {
			err   error
			times int // it comes
			tries int // expected
			want  error
		}{
			{pgError("40001"), 2, 3, nil},
			{pgError("40P01"), 1, 2, nil},
			{liteError(5), 1, 2, nil},        // SQLITE_BUSY
			{liteError(5 | 2<<8), 1, 2, nil}, // SQLITE_BUSY_SNAPSHOT
			{liteError(6), 1, 2, nil},        // SQLITE_LOCKED
			{pgError("40001"), always, 12, sqlstore.ErrBusy},
			{pgError("23505"), always, 1, pgError("23505")},
			{liteError(2067), always, 1, liteError(2067)},
			{sqlstore.ErrConflict, always, 1, sqlstore.ErrConflict}, // the caller's business: it must decide anew
		} {
			tries, before := 0, fen(t, db, "a")
			err := db.Tx(ctx, func(tx *gorm.DB) error {
				if tries++; tries <= tt.times {
					return errors.Join(add(tx, "a"), fmt.Errorf("wrapped: %w", tt.err))
				}
				return add(tx, "a")
			})
			if !errors.Is(err, tt.want) || tries != tt.tries {
				t.Errorf("%v, %d times: %d tries and %v; want %d and %v", tt.err, tt.times, tries, err,
					tt.tries, tt.want)
			}
			wrote := int64(0)
			if tt.want == nil {
				wrote = 1
			}
			if got := fen(t, db, "a") - before; got != wrote {
				t.Errorf("%v: took effect %d times, want %d", tt.err, got, wrote)
			}
		}
	})
}

// Two processes on one SQLite file: immediate transactions queue, they never collide after having
// read.
func TestSQLiteTransactionsQueue(t *testing.T) {
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "test.db")
	dbs := []*sqlstore.DB{sqlstoretest.Open(t, dsn), sqlstoretest.Open(t, dsn)}
	withWallet(t, dbs[0])
	const each = 10
	var runs atomic.Int64
	var wg sync.WaitGroup
	for _, db := range dbs {
		wg.Go(func() {
			for range each {
				err := db.Tx(ctx, func(tx *gorm.DB) error {
					runs.Add(1)
					var before int64
					if err := tx.Raw("SELECT fen FROM wallet WHERE id = 'a'").Scan(&before).Error; err != nil {
						return err
					}
					time.Sleep(time.Millisecond)
					return tx.Exec("UPDATE wallet SET fen = ? WHERE id = 'a'", before+1).Error
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := fen(t, dbs[0], "a"); got != 2*each || runs.Load() != 2*each {
		t.Errorf("balance %d, %d runs; want %d of both", got, runs.Load(), 2*each)
	}
}

// A writer that waits its turn must hear its context: SQLite's own wait would not.
func TestSQLiteWriterGivesUpInTime(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db"))
	err := db.Tx(ctx, func(*gorm.DB) error {
		short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
		defer cancel()
		begin := time.Now()
		err := db.Tx(short, func(*gorm.DB) error { return nil })
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) > 2*time.Second {
			t.Errorf("%v after %v", err, time.Since(begin))
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestIsDuplicate(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		withWallet(t, db)
		twice := db.Exec("INSERT INTO wallet (id, fen) VALUES ('a', 1)").Error
		null := db.Exec("INSERT INTO wallet (id, fen) VALUES ('n', NULL)").Error
		if !sqlstore.IsDuplicate(twice) || null == nil || sqlstore.IsDuplicate(null) || sqlstore.IsDuplicate(nil) {
			t.Errorf("duplicate: %v, other: %v", twice, null)
		}
	})
}

// The values of a statement are patients' data, and both drivers like to repeat them in messages.
func TestLogsHoldNoValues(t *testing.T) {
	var log bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(old)
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		withWallet(t, db)
		log.Reset()
		for _, statement := range []string{"INSERT INTO nowhere (name) VALUES (?)",
			"INSERT INTO wallet (id, fen) VALUES (?, NULL)"} {
			if err := db.Exec(statement, "张三").Error; err == nil {
				t.Fatal("the statement must fail")
			}
		}
		var names []string
		var n int64
		table := db.Table("nowhere").Where("name IN ?", []string{"张三"}).Session(&gorm.Session{})
		for i, err := range []error{
			table.Find(&names).Error, table.Scan(&names).Error, table.Pluck("name", &names).Error,
			table.Count(&n).Error,
			db.Raw("SELECT name FROM nowhere WHERE name = ?", "张三").Scan(&names).Error, table.Row().Scan(&n),
			table.Update("name", "张三").Error, table.Delete(&struct{}{}).Error,
		} {
			if err == nil {
				t.Fatalf("statement %d must fail", i)
			}
		}
		if got := log.String(); strings.Count(got, "statement failed") < 9 || !strings.Contains(got, "nowhere") ||
			strings.Contains(got, "张三") {
			t.Errorf("log: %s", got)
		}
	})
}
