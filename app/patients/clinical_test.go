package patients

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// A profile that is saved while a step's transaction runs is saved after it, or the transaction
// runs again and sees what was saved. (Over PostgreSQL a serialisable read lets both commit, the
// step last, and the step has seen the older profile.)
func TestProfileIsHeldByTheTransaction(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s := New(db, sqlstoretest.Box())
		if err := errors.Join(Migrate(t.Context(), db), family.Migrate(t.Context(), db)); err != nil {
			t.Fatal(err)
		}
		command := func(key string) sqlstore.Command {
			return sqlstore.Command{Key: key, Actor: "pat", Operation: "test", Hash: gm.Sum([]byte(key))}
		}
		born := time.Date(1990, 5, 4, 0, 0, 0, 0, china.Zone)
		id := identity.Identity{Name: "张三", Sex: parties.Male, BirthDate: born.Format(identity.DateLayout),
			IDNumber: identity.MakeIDNumber(110101, born, 11)}
		if _, err := s.Bind(t.Context(), command("bind-0001"), "pat", id); err != nil {
			t.Fatal(err)
		}
		saved := make(chan error, 2)
		save := func(version int64) {
			h := profile.Health{AllergiesAsked: true, WeightGrams: 60_000 + version, WeighedOn: "2026-11-20"}
			_, err := s.Update(t.Context(), command(fmt.Sprintf("save-%04d", version)), "pat", "pat",
				Update{Health: h, Version: version})
			saved <- err
		}
		before, tries := int64(0), 0
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			if tries++; tries == 1 {
				if _, _, err := s.AtVisitIn(tx, "pat", "pat"); err != nil { // the snapshot
					return err
				}
				go save(1)
				if db.Dialect == sqlstore.Postgres {
					saved <- <-saved // it commits first
				}
			}
			p, _, err := s.HeldAtVisit(tx, "pat", "pat")
			before = p.WeightGrams
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-saved; err != nil {
			t.Fatal(err)
		}
		if over := db.Dialect == sqlstore.Postgres; (before == 60_001) != over || (tries == 2) != over {
			t.Errorf("after %d tries a weight of %d g", tries, before)
		}
		err = db.Tx(t.Context(), func(tx *gorm.DB) error {
			if _, _, err := s.HeldAtVisit(tx, "pat", "pat"); err != nil {
				return err
			}
			go save(2)
			select {
			case err := <-saved:
				saved <- err
				t.Error("changed under the transaction that holds it")
			case <-time.After(200 * time.Millisecond):
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-saved; err != nil {
			t.Error(err)
		}
	})
}
