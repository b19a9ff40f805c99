package sqlstore_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

var ctx = context.Background()

// wallet is a room of this test's own: balances that must never be lost or doubled.
var wallet = fstest.MapFS{"00001_wallet.sql": {Data: []byte(`-- +goose Up
-- wallet: test balances.
CREATE TABLE wallet (id TEXT PRIMARY KEY, fen BIGINT NOT NULL, note BYTEA, open BOOLEAN NOT NULL DEFAULT TRUE);
`)}}

func withWallet(t *testing.T, db *sqlstore.DB) {
	t.Helper()
	if err := db.Migrate(ctx, "wallet", wallet); err != nil {
		t.Fatal(err)
	}
	if err := db.Exec("INSERT INTO wallet (id, fen) VALUES ('a', 0), ('b', 0)").Error; err != nil {
		t.Fatal(err)
	}
}

func fen(t *testing.T, db *sqlstore.DB, id string) (n int64) {
	t.Helper()
	if err := db.Raw("SELECT fen FROM wallet WHERE id = ?", id).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func add(tx *gorm.DB, id string) error {
	var n int64
	if err := tx.Raw("SELECT fen FROM wallet WHERE id = ?", id).Scan(&n).Error; err != nil {
		return err
	}
	return tx.Exec("UPDATE wallet SET fen = ? WHERE id = ?", n+1, id).Error
}

func TestTxLosesNoUpdate(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		withWallet(t, db)
		const workers, each = 8, 10
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for range each {
					if err := db.Tx(ctx, func(tx *gorm.DB) error { return add(tx, "a") }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if got := fen(t, db, "a"); got != workers*each {
			t.Errorf("balance %d, want %d", got, workers*each)
		}
	})
}

// Two doctors on call, each leaving when the other stays: under snapshot isolation both leave.
func TestTxHasNoWriteSkew(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		withWallet(t, db)
		leave := func(id string) error {
			return db.Tx(ctx, func(tx *gorm.DB) error {
				var on int64
				if err := tx.Raw("SELECT count(*) FROM wallet WHERE open").Scan(&on).Error; err != nil || on < 2 {
					return err
				}
				time.Sleep(5 * time.Millisecond)
				return tx.Exec("UPDATE wallet SET open = FALSE WHERE id = ?", id).Error
			})
		}
		var wg sync.WaitGroup
		for _, id := range []string{"a", "b"} {
			wg.Go(func() {
				if err := leave(id); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		var on int64
		if err := db.Raw("SELECT count(*) FROM wallet WHERE open").Scan(&on).Error; err != nil || on != 1 {
			t.Errorf("%d stay, want 1 (%v)", on, err)
		}
	})
}

func TestTxRollsBack(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		withWallet(t, db)
		boom := errors.New("boom")
		if err := db.Tx(ctx, func(tx *gorm.DB) error { return errors.Join(add(tx, "a"), boom) }); !errors.Is(
			err, boom) {
			t.Errorf("err = %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = db.Tx(ctx, func(tx *gorm.DB) error { _ = add(tx, "a"); panic("boom") })
		}()
		if got := fen(t, db, "a"); got != 0 {
			t.Errorf("balance %d after roll-backs", got)
		}
		if err := db.Tx(ctx, func(tx *gorm.DB) error { return add(tx, "a") }); err != nil || fen(t, db, "a") != 1 {
			t.Errorf("the writer's place was not given back: %v", err)
		}
	})
}

func TestTxHonoursContext(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		c, cancel := context.WithCancel(ctx)
		cancel()
		if err := db.Tx(c, func(*gorm.DB) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("err = %v", err)
		}
	})
}

func TestOnce(t *testing.T) {
	type answer struct{ Fen int64 }
	base := sqlstore.Command{Key: "key-0001", Actor: "p1", Operation: "add", Hash: [32]byte{1}}
	tests := []struct {
		name     string
		change   func(*sqlstore.Command)
		replayed bool
		err      error
	}{
		{"same again", func(*sqlstore.Command) {}, true, nil},
		{"other body", func(c *sqlstore.Command) { c.Hash[0] = 2 }, false, sqlstore.ErrKeyReused},
		{"other operation", func(c *sqlstore.Command) { c.Operation = "sub" }, false, sqlstore.ErrKeyReused},
		{"other actor", func(c *sqlstore.Command) { c.Actor = "p2" }, false, nil},
		{"other key", func(c *sqlstore.Command) { c.Key = "key-0002" }, false, nil},
		{"no key", func(c *sqlstore.Command) { c.Key = "" }, false, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
				withWallet(t, db)
				do := func(cmd sqlstore.Command) ([]byte, bool, error) {
					return db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
						err := add(tx, "a")
						return answer{42}, err
					})
				}
				first, replayed, err := do(base)
				if err != nil || replayed || string(first) != `{"Fen":42}` {
					t.Fatalf("first: %s %v %v", first, replayed, err)
				}
				cmd := base
				tt.change(&cmd)
				second, replayed, err := do(cmd)
				if !errors.Is(err, tt.err) || replayed != tt.replayed {
					t.Fatalf("second: replayed %v, err %v", replayed, err)
				}
				if tt.err == nil && string(second) != string(first) {
					t.Errorf("answers differ: %s, %s", first, second)
				}
				want := int64(2)
				if tt.replayed || tt.err != nil {
					want = 1
				}
				if got := fen(t, db, "a"); got != want {
					t.Errorf("ran %d times, want %d", got, want)
				}
			})
		})
	}
}

// TestARepeatIsJudgedForWhomItTellsOf: an answer that may tell of others is given again when Again
// lets it.
func TestARepeatIsJudgedForWhomItTellsOf(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		withWallet(t, db)
		lost := errors.New("the right is lost")
		var judged []string
		do := func(key string, about []string, again error) (string, error) {
			cmd := sqlstore.Command{Key: key, Actor: "p1", Operation: "add", About: func() []string { return about },
				Again: func(_ *gorm.DB, about []string) error { judged = about; return again }}
			b, _, err := db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) { return "hers", add(tx, "a") })
			return string(b), err
		}
		for _, tt := range []struct {
			key   string
			about []string
			again error
			want  error
			asked []string
		}{
			{"of-two", []string{"umother", "uson"}, lost, nil, nil}, // the first time nobody is asked
			{"of-two", nil, nil, nil, []string{"umother", "uson"}},
			{"of-two", nil, lost, lost, []string{"umother", "uson"}},
			{"of-none", nil, lost, nil, nil},
			{"of-none", nil, lost, nil, nil},
		} {
			judged = nil
			got, err := do(tt.key, tt.about, tt.again)
			if !errors.Is(err, tt.want) || (err == nil) != (got == `"hers"`) || !slices.Equal(judged, tt.asked) {
				t.Errorf("%+v: %q %v, asked about %v", tt, got, err, judged)
			}
		}
		if got := fen(t, db, "a"); got != 2 {
			t.Errorf("ran %d times, want 2", got)
		}
	})
}

// TestAnAnswerAboutTooManyIsNotKept: it is not done either, or its repeat would be judged for some
// of them.
func TestAnAnswerAboutTooManyIsNotKept(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		withWallet(t, db)
		cmd := sqlstore.Command{Key: "of-many", Actor: "p1", Operation: "add",
			About: func() []string { return []string{strings.Repeat("u", 4097)} }}
		if _, _, err := db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) { return 1, add(tx, "a") }); err == nil {
			t.Error("kept")
		}
		if got := fen(t, db, "a"); got != 0 {
			t.Errorf("ran %d times", got)
		}
	})
}

// TestAnswersOfBefore: a database whose answers tell of nobody is brought up to date and gives them
// again.
func TestAnswersOfBefore(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		before := sqlstoretest.Open(t, dsn)
		cmd := sqlstore.Command{Key: "key-0001", Actor: "p1", Operation: "add",
			Again: func(*gorm.DB, []string) error { return errors.New("nobody is told of") }}
		once := func(db *sqlstore.DB) (string, bool) {
			b, again, err := db.Once(ctx, cmd, func(*gorm.DB) (any, error) { return "first", nil })
			if err != nil {
				t.Fatal(err)
			}
			return string(b), again
		}
		once(before)
		for _, do := range []string{"ALTER TABLE idempotency DROP COLUMN about",
			"DELETE FROM migrations_sqlstore WHERE version_id = 3"} {
			if err := before.Exec(do).Error; err != nil {
				t.Fatal(err)
			}
		}
		after := sqlstoretest.Open(t, dsn)
		if got, again := once(after); got != `"first"` || !again {
			t.Errorf("%s, again %v", got, again)
		}
		if err := after.Exec("SELECT about FROM idempotency").Error; err != nil {
			t.Error(err)
		}
	})
}

func TestOnceFailureMayBeTriedAgain(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		cmd := sqlstore.Command{Key: "key-0001", Actor: "p1", Operation: "add"}
		boom := errors.New("boom")
		if _, _, err := db.Once(ctx, cmd, func(*gorm.DB) (any, error) { return nil, boom }); !errors.Is(err, boom) {
			t.Fatal(err)
		}
		got, replayed, err := db.Once(ctx, cmd, func(*gorm.DB) (any, error) { return "done", nil })
		if err != nil || replayed || string(got) != `"done"` {
			t.Errorf("%s %v %v", got, replayed, err)
		}
	})
}

func TestOnceConcurrentlyExactlyOneRuns(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		withWallet(t, db)
		cmd := sqlstore.Command{Key: "key-0001", Actor: "p1", Operation: "add"}
		var wg sync.WaitGroup
		var ran atomic.Int64
		for n := range 16 {
			wg.Go(func() {
				got, replayed, err := db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
					return fmt.Sprint("by ", n), add(tx, "a")
				})
				if err != nil || !strings.HasPrefix(string(got), `"by `) {
					t.Errorf("%s %v", got, err)
				}
				if !replayed {
					ran.Add(1)
				}
			})
		}
		wg.Wait()
		if ran.Load() != 1 || fen(t, db, "a") != 1 {
			t.Errorf("%d callers ran it, balance %d", ran.Load(), fen(t, db, "a"))
		}
	})
}

func TestAnswersAreSealedAndPurged(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		start := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
		db.Now = func() time.Time { return start }
		cmd := sqlstore.Command{Key: "key-0001", Actor: "p1", Operation: "add"}
		do := func() bool {
			_, replayed, err := db.Once(ctx, cmd, func(*gorm.DB) (any, error) { return "阿莫西林", nil })
			if err != nil {
				t.Fatal(err)
			}
			return replayed
		}
		do()
		var stored []byte
		if err := db.Raw("SELECT answer FROM idempotency").Row().Scan(&stored); err != nil || len(stored) == 0 ||
			strings.Contains(string(stored), "阿莫西林") {
			t.Errorf("stored %q, %v", stored, err)
		}
		for _, step := range []struct {
			after time.Duration
			gone  int64
		}{{sqlstore.KeepAnswers, 0}, {sqlstore.KeepAnswers + time.Millisecond, 1}} {
			if gone, err := db.PurgeAnswers(ctx, start.Add(step.after)); err != nil || gone != step.gone {
				t.Errorf("after %v: %d purged, want %d (%v)", step.after, gone, step.gone, err)
			}
		}
		if do() {
			t.Error("a purged answer came back")
		}
	})
}

func TestMigrate(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		db := sqlstoretest.Open(t, dsn)
		if err := db.Migrate(ctx, "wallet", wallet); err != nil {
			t.Fatal(err)
		}
		newer := fstest.MapFS{"00001_wallet.sql": wallet["00001_wallet.sql"],
			"00002_more.sqlite.sql":   {Data: []byte("-- +goose Up\nALTER TABLE wallet ADD COLUMN more TEXT;\n")},
			"00002_more.postgres.sql": {Data: []byte("-- +goose Up\nALTER TABLE wallet ADD COLUMN more TEXT;\n")}}
		if err := db.Migrate(ctx, "wallet", newer); err != nil {
			t.Fatal(err)
		}
		if err := db.Exec("INSERT INTO wallet (id, fen, more) VALUES ('c', 1, 'x')").Error; err != nil {
			t.Error(err)
		}
		if err := db.Migrate(ctx, "wallet", wallet); !errors.Is(err, sqlstore.ErrNewerSchema) {
			t.Errorf("an older program: %v", err)
		}
		if err := db.Migrate(ctx, "Wallet;", wallet); err == nil {
			t.Error("a bad room name passed")
		}
		half := fstest.MapFS{"00001_half.sql": {
			Data: []byte("-- +goose Up\nCREATE TABLE half (id TEXT);\nCREATE TABLE wallet (id TEXT);\n")}}
		if err := db.Migrate(ctx, "half", half); err == nil {
			t.Error("a broken migration passed")
		}
		if err := db.Exec("SELECT 1 FROM half").Error; err == nil {
			t.Error("half a migration stayed")
		}
	})
}

func TestMigrateFromSeveralInstancesAtOnce(t *testing.T) {
	const instances, rooms = 4, 3
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		var dbs []*sqlstore.DB
		for range instances {
			dbs = append(dbs, sqlstoretest.Open(t, dsn))
		}
		for n := range rooms {
			room := "room_" + string(rune('a'+n))
			files := fstest.MapFS{
				"00001_one.sql": {Data: []byte("-- +goose Up\nCREATE TABLE " + room + " (id TEXT);\n")},
				"00002_two.sql": {Data: []byte("-- +goose Up\nALTER TABLE " + room +
					" ADD COLUMN two TEXT;\nINSERT INTO " + room + " (id) VALUES ('once');\n")},
			}
			start := make(chan struct{})
			var wg sync.WaitGroup
			for _, db := range dbs {
				wg.Go(func() {
					<-start
					if err := db.Migrate(ctx, room, files); err != nil {
						t.Error(err)
					}
				})
			}
			close(start)
			wg.Wait()
			var rows int
			if err := dbs[0].Raw("SELECT count(*) FROM " + room).Scan(&rows).Error; err != nil || rows != 1 {
				t.Errorf("%d rows, want 1 (%v)", rows, err)
			}
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	for _, dsn := range []string{"", "sqlite:", "mysql://root:secret@host/db", "file.db",
		"postgres://u:secret@127.0.0.1:1/db"} {
		db, err := sqlstore.Open(ctx, dsn)
		if err == nil {
			t.Errorf("%q opened: %v", dsn, db.Close())
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("error repeats the password: %v", err)
		}
	}
}

func TestSQLiteSettings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b%?#é.db") // a path is not a URL
	db := sqlstoretest.Open(t, "sqlite:"+path)
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
		"busy_timeout": "10000"} {
		var got string
		if err := db.Raw("PRAGMA " + pragma).Scan(&got).Error; err != nil || got != want {
			t.Errorf("%s = %q, want %q (%v)", pragma, got, want, err)
		}
	}
}

func TestSQLiteMemory(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite::memory:")
	withWallet(t, db)
	if err := db.Tx(ctx, func(tx *gorm.DB) error { return add(tx, "b") }); err != nil || fen(t, db, "b") != 1 {
		t.Error(err)
	}
}
