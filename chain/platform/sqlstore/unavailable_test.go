package sqlstore_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// What is wrong around the database is one error, of reads and of transactions; what is wrong with
// the statement is not.
func TestFaultsOfTheDatabaseAreNamed(t *testing.T) {
	down := []error{
		pgError("08006"), pgError("57P01"), pgError("57P03"), pgError("53100"), pgError("53300"), pgError("25006"),
		pgError("58030"), pgError("28P01"), pgError("3D000"),
		liteError(8), liteError(10 | 3<<8), liteError(13), liteError(14), liteError(26),
		&net.OpError{Op: "read", Err: errors.New("connection reset by peer")},
		io.ErrUnexpectedEOF, pgconn.ErrConnClosed,
	}
	not := []error{pgError("23505"), pgError("22001"), pgError("42P01"), pgError("57014"), liteError(2067),
		liteError(1), sqlstore.ErrConflict, context.Canceled, context.DeadlineExceeded, gorm.ErrRecordNotFound}
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		for i, fault := range append(down, not...) {
			err := db.Tx(ctx, func(*gorm.DB) error { return fmt.Errorf("row 1: %w", fault) })
			if errors.Is(err, sqlstore.ErrUnavailable) != (i < len(down)) || !errors.Is(err, fault) {
				t.Errorf("%v: %v", fault, err)
			}
		}
	})
}

// A database that answers reads and takes no write is found out.
func TestReadOnlyDatabaseIsNotReady(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		if err := db.CheckWrite(ctx); err != nil {
			t.Fatal(err)
		}
		pool, err := db.DB.DB()
		if err != nil {
			t.Fatal(err)
		}
		pool.SetMaxOpenConns(1) // the setting is a connection's
		set := map[string]string{sqlstore.SQLite: "PRAGMA query_only = 1",
			sqlstore.Postgres: "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"}
		if err := db.Exec(set[db.Dialect]).Error; err != nil {
			t.Fatal(err)
		}
		if err := db.Exec("SELECT 1").Error; err != nil {
			t.Fatal(err)
		}
		if err := db.CheckWrite(ctx); !errors.Is(err, sqlstore.ErrUnavailable) {
			t.Errorf("a read-only database: %v", err)
		}
	})
}

// PostgreSQL goes away and comes back: reads, transactions and the write check say that it is away,
// and then work again without a restart.
func TestDatabaseGoesAway(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		if !strings.HasPrefix(dsn, "postgres") {
			return // a file does not go away
		}
		dsn, cut := sqlstoretest.Cable(t, dsn)
		db := sqlstoretest.Open(t, dsn)
		read := func() error { var n int; return db.Raw("SELECT 1").Scan(&n).Error }
		row := func() error { var n int; return db.Raw("SELECT 1").Row().Scan(&n) }
		write := func() error { return db.CheckWrite(ctx) }
		cut(true)
		for name, ask := range map[string]func() error{"read": read, "row": row, "write": write} {
			for range 3 { // the first may find a dead connection, a later one finds nobody listening
				if err := ask(); !errors.Is(err, sqlstore.ErrUnavailable) && name != "row" {
					t.Errorf("%s: %v", name, err)
				} else if err == nil {
					t.Errorf("%s: answered", name)
				}
			}
		}
		cut(false)
		if err := errors.Join(read(), row(), write()); err != nil {
			t.Error(err)
		}
	})
}
