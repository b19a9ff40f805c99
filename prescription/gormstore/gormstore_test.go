package gormstore_test

import (
	"bytes"
	"context"
	"testing"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/storetest"
)

func open(t *testing.T, db *sqlstore.DB) *gormstore.Store {
	t.Helper()
	if err := gormstore.Migrate(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	return gormstore.New(sqlstoretest.Box())
}

func TestContract(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) { storetest.Run(t, db, open(t, db)) })
}

func TestStockContract(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) { storetest.RunStock(t, db, open(t, db)) })
}

// TestNothingPersonalAtRest reads every column of every row as the database has it.
func TestNothingPersonalAtRest(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		store := open(t, db)
		add(t, db, store, storetest.State(1, "h1", prescription.Paid))
		var body []byte
		if err := db.Raw("SELECT body FROM prescriptions").Row().Scan(&body); err != nil || len(body) == 0 {
			t.Fatal(err)
		}
		for _, secret := range []string{"张三", "阿莫西林", "支气管炎", "D0001", "J20"} {
			if bytes.Contains(body, []byte(secret)) {
				t.Errorf("%s is readable", secret)
			}
		}
	})
}

// TestAReceivedCopyIsForgottenWithAllOfIt: a copy for which its patient had a short code could
// never be forgotten.
func TestAReceivedCopyIsForgottenWithAllOfIt(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		store := open(t, db)
		foreign := storetest.State(1, "h3", prescription.Paid)
		foreign.ReceivedAt = foreign.IssuedAt
		id := add(t, db, store, foreign)
		short := redemption.Short{ID: id, Pharmacy: "p1", Code: "40718263", Tails: []string{"4021"}, Seq: foreign.Seq,
			Ends: foreign.ExpiresAt}
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			if err := store.KeepShort(tx, short, foreign.IssuedAt); err != nil {
				return err
			}
			return store.Forget(tx, id)
		})
		if err != nil {
			t.Fatal(err)
		}
		if left, err := store.Short(db.DB, id); err != nil || left != nil {
			t.Errorf("left: %v, %v", left, err)
		}
	})
}

// TestTamperedRowIsRefused: who can write the database but lacks the key cannot change a status or
// swap bodies.
func TestTamperedRowIsRefused(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		store := open(t, db)
		id := add(t, db, store, storetest.State(1, "h1", prescription.Signed))
		add(t, db, store, storetest.State(2, "h1", prescription.Paid))
		for _, change := range []string{
			"UPDATE prescriptions SET status = 'paid'",
			"UPDATE prescriptions SET version = 7",
			"UPDATE prescriptions SET body = (SELECT p.body FROM prescriptions p WHERE p.id <> '" + string(id) +
				"') WHERE id = '" + string(id) + "'",
		} {
			if err := db.Exec(change).Error; err != nil {
				t.Fatal(err)
			}
			if _, err := store.Load(db.DB, id); err == nil {
				t.Errorf("loaded after %s", change)
			}
		}
	})
}

// TestVisitsOfAnOlderInstallation: prescriptions stored before the visit had a column are found by
// it after the next start.
func TestVisitsOfAnOlderInstallation(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		store := open(t, db)
		for serial := range uint64(120) { // more than one page
			serial++
			add(t, db, store, storetest.State(serial, "h1", prescription.Paid))
		}
		broken := add(t, db, store, storetest.State(500, "h2", prescription.Paid))
		foreign := storetest.State(501, "h3", prescription.Paid)
		foreign.ReceivedAt = foreign.IssuedAt
		add(t, db, store, foreign)
		if err := db.Exec("UPDATE prescriptions SET visit = '', kin = ''").Error; err != nil {
			t.Fatal(err)
		}
		if err := db.Exec("UPDATE prescriptions SET body = ? WHERE id = ?", []byte("spoilt"),
			string(broken)).Error; err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := store.FillVisits(t.Context(), db); err != nil {
				t.Fatal(err)
			}
		}
		// Every start went through the whole table; now it was done once. A row without a visit is
		// looked for no more.
		if err := db.Exec("UPDATE prescriptions SET visit = '' WHERE id = ?", string(foreign.ID)).Error; err != nil {
			t.Fatal(err)
		}
		if err := store.FillVisits(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		var found int64
		if err := db.Table("prescriptions").Where("visit = ? AND version = 1", "v1").Count(&found).Error; err != nil ||
			found != 120 {
			t.Errorf("%d found, %v", found, err)
		}
		alike, err := store.List(db.DB, lifecycle.Filter{Alike: &foreign.Patient})
		if err != nil || len(alike) != 1 || alike[0].ID() != foreign.ID {
			t.Errorf("the copy is not found by its patient: %v, %v", alike, err)
		}
	})
}

func add(t *testing.T, db *sqlstore.DB, store *gormstore.Store, st lifecycle.State) prescription.ID {
	t.Helper()
	p, err := lifecycle.RestoreFromDatabase(st)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Tx(context.Background(), func(tx *gorm.DB) error { return store.Insert(tx, p) }); err != nil {
		t.Fatal(err)
	}
	return p.ID()
}
