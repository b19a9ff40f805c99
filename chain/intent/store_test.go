package intent_test

import (
	"bytes"
	"errors"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

func eachStore(t *testing.T, fn func(t *testing.T, db *sqlstore.DB, s *intent.Store, i *intent.Intent)) {
	t.Helper()
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		if err := intent.Migrate(ctx, db); err != nil {
			t.Fatal(err)
		}
		db.Now = func() time.Time { return at }
		s := intent.NewStore(db, sqlstoretest.Box())
		i, err := intent.New("chain-1", draft(newPerson(t, "p1", "h1", "doctor")), at)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Tx(ctx, func(tx *gorm.DB) error { return s.Save(tx, i) }); err != nil {
			t.Fatal(err)
		}
		fn(t, db, s, i)
	})
}

func TestStoreKeepsEverythingSealed(t *testing.T) {
	eachStore(t, func(t *testing.T, db *sqlstore.DB, s *intent.Store, i *intent.Intent) {
		got, err := s.Load(db.DB, i.ID)
		if err != nil || !reflect.DeepEqual(got, i) {
			t.Errorf("loaded %+v (%v), saved %+v", got, err, i)
		}
		if _, err := s.Load(db.DB, "unknown"); !errors.Is(err, intent.ErrNotFound) {
			t.Errorf("unknown: %v", err)
		}
		for _, column := range []string{"document", "salt", "input"} {
			var stored []byte
			if err := db.Raw("SELECT " + column + " FROM intents").Row().Scan(&stored); err != nil {
				t.Fatal(err)
			}
			for _, plain := range [][]byte{[]byte("张三"), i.Salt, i.Input} {
				if bytes.Contains(stored, plain) {
					t.Errorf("%s is stored in the clear", column)
				}
			}
		}
		if err := db.Exec("UPDATE intents SET document = input").Error; err != nil {
			t.Fatal(err)
		}
		if _, err := s.Load(db.DB, i.ID); err == nil {
			t.Error("a value moved from another column was accepted")
		}
	})
}

func TestConsume(t *testing.T) {
	eachStore(t, func(t *testing.T, db *sqlstore.DB, s *intent.Store, i *intent.Intent) {
		consume := func(id string, when time.Time) error {
			db.Now = func() time.Time { return when }
			return db.Tx(ctx, func(tx *gorm.DB) error { return s.Consume(tx, id) })
		}
		for _, step := range []struct {
			name string
			id   string
			when time.Time
			want error
		}{
			{"unknown", "unknown", at, intent.ErrNotFound},
			{"at its end", i.ID, i.ExpiresAt, intent.ErrExpired},
			{"just in time", i.ID, i.ExpiresAt.Add(-time.Millisecond), nil},
			{"again", i.ID, at, intent.ErrUsed},
			{"again, too late", i.ID, i.ExpiresAt.Add(time.Hour), intent.ErrUsed},
		} {
			if err := consume(step.id, step.when); !errors.Is(err, step.want) {
				t.Errorf("%s: %v, want %v", step.name, err, step.want)
			}
		}
		if _, err := s.Load(db.DB, i.ID); err != nil {
			t.Errorf("a used intent must stay loadable for a repeated request: %v", err)
		}
	})
}

func TestConsumeOnceAmongMany(t *testing.T) {
	eachStore(t, func(t *testing.T, db *sqlstore.DB, s *intent.Store, i *intent.Intent) {
		var wg sync.WaitGroup
		var won atomic.Int64
		for range 12 {
			wg.Go(func() {
				switch err := db.Tx(ctx, func(tx *gorm.DB) error { return s.Consume(tx, i.ID) }); {
				case err == nil:
					won.Add(1)
				case !errors.Is(err, intent.ErrUsed):
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Errorf("used %d times", won.Load())
		}
	})
}

func TestPurge(t *testing.T) {
	eachStore(t, func(t *testing.T, db *sqlstore.DB, s *intent.Store, i *intent.Intent) {
		end := i.ExpiresAt.Add(sqlstore.KeepAnswers)
		for _, step := range []struct {
			now  time.Time
			gone int64
		}{{end, 0}, {end.Add(time.Millisecond), 1}, {end.Add(time.Hour), 0}} {
			if gone, err := s.Purge(ctx, step.now); err != nil || gone != step.gone {
				t.Errorf("at %v: %d purged, want %d (%v)", step.now, gone, step.gone, err)
			}
		}
	})
}
