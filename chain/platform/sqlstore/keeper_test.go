package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// oneConn is a database of a file with a single connection, and what that connection keeps.
func oneConn(t *testing.T) (*sql.DB, func() *keptConn) {
	t.Helper()
	c, err := newKeeper(sqliteDSN(filepath.Join(t.TempDir(), "kept.db")))
	if err != nil {
		t.Fatal(err)
	}
	pool := sql.OpenDB(c)
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = pool.Close() })
	return pool, func() (k *keptConn) {
		conn, err := pool.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := conn.Raw(func(c any) error { k = c.(*keptConn); return nil }); err != nil {
			t.Fatal(err)
		}
		return k
	}
}

func mustExec(t *testing.T, pool *sql.DB, text string, args ...any) {
	t.Helper()
	if _, err := pool.ExecContext(t.Context(), text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func number(t *testing.T, pool *sql.DB, text string, args ...any) (n int) {
	t.Helper()
	if err := pool.QueryRowContext(t.Context(), text, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return n
}

// A text is compiled once a connection, whether it reads or writes, and each run has its own
// values.
func TestStatementsAreCompiledOnce(t *testing.T) {
	pool, look := oneConn(t)
	mustExec(t, pool, "CREATE TABLE a (n INTEGER)")
	for n := range 5 {
		mustExec(t, pool, "INSERT INTO a VALUES (?)", n)
		if got := number(t, pool, "SELECT max(n) FROM a WHERE n <= ?", n); got != n {
			t.Errorf("%d: %d", n, got)
		}
	}
	k := look()
	first := k.byText["SELECT max(n) FROM a WHERE n <= ?"]
	if first == nil || k.byText["INSERT INTO a VALUES (?)"] == nil || k.order.Len() != 3 {
		t.Fatalf("%d kept: %v", k.order.Len(), k.byText)
	}
	stmt := first.Value.(*kept).stmt
	number(t, pool, "SELECT max(n) FROM a WHERE n <= ?", 1)
	if k.byText["SELECT max(n) FROM a WHERE n <= ?"].Value.(*kept).stmt != stmt {
		t.Error("it was compiled anew")
	}
}

// What is kept has a limit, and it is the text used longest ago that goes.
func TestKeptStatementsHaveALimit(t *testing.T) {
	pool, look := oneConn(t)
	used := "SELECT 'used'"
	for n := range 3 * maxKept {
		number(t, pool, fmt.Sprintf("SELECT %d", n))
		if _, err := pool.ExecContext(t.Context(), used); err != nil {
			t.Fatal(err)
		}
	}
	if k := look(); k.order.Len() != maxKept || len(k.byText) != maxKept || k.byText[used] == nil {
		t.Errorf("%d in order, %d by text, the used one there: %t", k.order.Len(), len(k.byText), k.byText[used] != nil)
	}
	long := "SELECT 1 /*" + strings.Repeat("x", maxKeptText) + "*/"
	mustExec(t, pool, long)
	if number(t, pool, long) != 1 || look().byText[long] != nil {
		t.Error("a long text is kept")
	}
}

// The same text runs inside the reading of its own rows.
func TestAStatementInsideItself(t *testing.T) {
	pool, look := oneConn(t)
	mustExec(t, pool, "CREATE TABLE a (n INTEGER)")
	mustExec(t, pool, "INSERT INTO a VALUES (1), (2), (3)")
	tx, err := pool.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	read := func(inside func(n int)) {
		rows, err := tx.QueryContext(t.Context(), "SELECT n FROM a ORDER BY n")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for want := 1; rows.Next(); want++ {
			var n int
			if err := rows.Scan(&n); err != nil || n != want {
				t.Errorf("%d, want %d: %v", n, want, err)
			}
			inside(n)
		}
		if err := rows.Err(); err != nil {
			t.Error(err)
		}
	}
	seen := 0
	read(func(int) { read(func(int) { seen++ }) })
	if err := tx.Commit(); err != nil || seen != 9 {
		t.Errorf("seen %d, %v", seen, err)
	}
	if k := look(); k.order.Len() != len(k.byText) {
		t.Errorf("%d in order, %d by text", k.order.Len(), len(k.byText))
	}
}

// A kept statement follows a change of the tables, at its own connection and at another.
func TestKeptStatementsFollowTheTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept.db")
	open := func() *sql.DB {
		c, err := newKeeper(sqliteDSN(path))
		if err != nil {
			t.Fatal(err)
		}
		pool := sql.OpenDB(c)
		pool.SetMaxOpenConns(1)
		t.Cleanup(func() { _ = pool.Close() })
		return pool
	}
	here, there := open(), open()
	mustExec(t, here, "CREATE TABLE a (n INTEGER)")
	columns := func(pool *sql.DB) string {
		rows, err := pool.QueryContext(t.Context(), "SELECT * FROM a")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil || rows.Err() != nil {
			t.Fatal(err, rows.Err())
		}
		return strings.Join(names, " ")
	}
	if columns(here) != "n" || columns(there) != "n" {
		t.Fatal("no table")
	}
	mustExec(t, here, "ALTER TABLE a ADD COLUMN m INTEGER")
	if h, o := columns(here), columns(there); h != "n m" || o != "n m" {
		t.Errorf("here %q, there %q", h, o)
	}
	mustExec(t, there, "DROP TABLE a")
	for _, pool := range []*sql.DB{here, there} {
		var n int
		if err := pool.QueryRowContext(t.Context(), "SELECT * FROM a").Scan(&n); err == nil ||
			errors.Is(err, sql.ErrNoRows) {
			t.Errorf("a table that is gone: %v", err)
		}
	}
}

// A statement that failed or was given up is not used again, holds no lock, and leaves no values.
func TestAFailedStatementIsNotKept(t *testing.T) {
	pool, look := oneConn(t)
	mustExec(t, pool, "CREATE TABLE a (n INTEGER UNIQUE)")
	insert := "INSERT INTO a VALUES (?)"
	mustExec(t, pool, insert, 1)
	if _, err := pool.ExecContext(t.Context(), insert, 1); !IsDuplicate(err) {
		t.Errorf("a second 1: %v", err)
	}
	if look().byText[insert] != nil {
		t.Error("a failed statement is kept")
	}
	mustExec(t, pool, insert, 2)
	givenUp(t, pool, "SELECT n FROM a ORDER BY n")
	if number(t, pool, "SELECT count(*) FROM a") != 2 || number(t, pool, "SELECT n FROM a ORDER BY n") != 1 {
		t.Error("the connection does not work on")
	}
	if _, err := pool.ExecContext(t.Context(), insert); err == nil {
		t.Error("a run without values took those of the run before")
	}
	mustExec(t, pool, "DROP TABLE a") // fails while a statement still reads it
}

// givenUp begins to read, and is cancelled behind the first row.
func givenUp(t *testing.T, pool *sql.DB, query string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	rows, err := pool.QueryContext(ctx, query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		t.Fatal(rows.Err())
	}
	cancel()
	for more := true; more; {
		more = rows.Next()
	}
	if err := rows.Err(); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// An error of SQLite that comes with a later row ends the reading as an error.
func TestAnErrorOfALaterRow(t *testing.T) {
	pool, look := oneConn(t)
	mustExec(t, pool, "CREATE TABLE a (n INTEGER)")
	mustExec(t, pool, "INSERT INTO a VALUES (1), (2), (-9223372036854775808)")
	text := "SELECT abs(n) FROM a"
	read := func() {
		rows, err := pool.QueryContext(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		count := 0
		for rows.Next() {
			count++
		}
		if err := rows.Err(); err == nil || count != 2 {
			t.Errorf("%d rows, %v", count, err)
		}
	}
	read()
	read()
	if look().byText[text] != nil {
		t.Error("a failed statement is kept")
	}
}
