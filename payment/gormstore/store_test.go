package gormstore_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/gormstore"
	"github.com/smart-hospital/hospital/payment/storetest"
)

func open(t *testing.T, db *sqlstore.DB) *gormstore.Store {
	t.Helper()
	for _, migrate := range []func(context.Context, *sqlstore.DB) error{intent.Migrate, outbox.Migrate,
		gormstore.Migrate} {
		if err := migrate(t.Context(), db); err != nil {
			t.Fatal(err)
		}
	}
	return gormstore.New(db, sqlstoretest.Box(), intent.NewStore(db, sqlstoretest.Box()))
}

func TestContract(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		db := sqlstoretest.Open(t, dsn)
		storetest.Run(t, func(t *testing.T) payment.Store {
			store := open(t, db)
			empty(t, db)
			return store
		})
	})
}

// empty makes one database fresh for the next test: making a new one costs more than the test.
func empty(t *testing.T, db *sqlstore.DB) {
	t.Helper()
	for _, table := range []string{"payment_exchanges", "payment_decisions", "payment_events", "payment_settlements",
		"payment_codes", "payment_cards"} {
		if err := db.Exec("DELETE FROM " + table).Error; err != nil {
			t.Fatal(err)
		}
	}
}

// What identifies a person's card must not be readable by who steals the file.
func TestTokensAreSealed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db := sqlstoretest.Open(t, "sqlite:"+path)
	store := open(t, db)
	const token = "ec-token-in-clear-0001"
	err := store.Write(t.Context(), func(tx payment.Tx) error {
		return tx.Cards.Bind(payment.Card{ID: "c1", Person: "p1", ECToken: token, Insutype: bureau.Employee})
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), token) {
			t.Errorf("%s holds the token", filepath.Base(f))
		}
	}
}
