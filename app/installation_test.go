package app

import (
	"errors"
	"testing"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// A database stays with the keys, chain and member that it began with; a copy of the folder is the
// same installation.
func TestDatabaseBelongsToOneInstallation(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		cfg := demoConfig(t, dsn)
		open := func(prepare func(f *foundation)) error {
			f := &foundation{cfg: cfg, log: quiet()}
			defer f.close()
			if err := f.lay(t.Context()); err != nil {
				return err
			}
			prepare(f)
			return f.belong(t.Context())
		}
		if err := open(func(f *foundation) { f.cfg.Hospital = "h9" }); err == nil {
			t.Fatal("a member that is none claims the database")
		}
		for range 2 {
			if err := open(func(*foundation) {}); err != nil {
				t.Fatal(err)
			}
		}
		if err := open(func(f *foundation) { f.members.Chain += "x" }); !errors.Is(err, ErrOtherInstallation) {
			t.Errorf("another chain: %v", err)
		}
		if err := open(func(f *foundation) { f.cfg.Hospital = "p1" }); !errors.Is(err, ErrOtherInstallation) {
			t.Errorf("another member: %v", err)
		}
		if err := open(func(f *foundation) { f.box = sqlstoretest.Box() }); !errors.Is(err, ErrOtherInstallation) {
			t.Errorf("another key: %v", err)
		}
	})
}
