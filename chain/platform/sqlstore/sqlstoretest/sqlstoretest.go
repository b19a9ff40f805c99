// Package sqlstoretest runs a test over every database the product supports. It promises each test
// a database of its own, and it is imported by tests only.
package sqlstoretest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that makes and drops the schemas

	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// EnvPostgres names the variable with the DSN of a PostgreSQL server to test over ("postgres://…").
const EnvPostgres = "HOSPITAL_TEST_DATABASE_URL"

// Each runs fn over SQLite in a temporary file and, when HOSPITAL_TEST_DATABASE_URL is set, over
// PostgreSQL in a schema of its own that is dropped afterwards.
func Each(t *testing.T, fn func(t *testing.T, db *sqlstore.DB)) {
	t.Helper()
	EachDSN(t, func(t *testing.T, dsn string) { fn(t, Open(t, dsn)) })
}

// EachDSN is Each for tests that open the database themselves, several times or from several
// instances.
func EachDSN(t *testing.T, fn func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run(sqlstore.SQLite, func(t *testing.T) { fn(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db")) })
	if dsn := os.Getenv(EnvPostgres); dsn != "" {
		t.Run(sqlstore.Postgres, func(t *testing.T) { fn(t, schema(t, dsn)) })
	}
}

// Open opens dsn with Box and closes it when the test ends.
func Open(t *testing.T, dsn string) *sqlstore.DB {
	t.Helper()
	db, err := sqlstore.Open(context.Background(), dsn, sqlstore.WithBox(Box()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Box is a box whose key is known to everybody, so that two openings of one test database read the
// same.
func Box() *keystore.Box { return keystore.NewBox(make([]byte, keystore.BoxKeySize)) }

// schema makes a fresh schema and returns the DSN that works in it.
func schema(t *testing.T, dsn string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatalf("%s is not a URL", EnvPostgres)
	}
	name := "test_" + random(t)
	run(t, dsn, "CREATE SCHEMA "+name)
	t.Cleanup(func() { run(t, dsn, "DROP SCHEMA "+name+" CASCADE") })
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

func run(t *testing.T, dsn, statement string) {
	t.Helper()
	admin, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	_, err = admin.ExecContext(context.Background(), statement)
	if cerr := admin.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func random(t *testing.T) string {
	t.Helper()
	b := make([]byte, 8)
	if _, err := rand.Read(b); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(b)
}
