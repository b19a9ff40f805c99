package app

import (
	"errors"
	"testing"

	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// A database stays with the keys, chain and member that it began with; a copy of the folder is the
// same installation.
func TestDatabaseBelongsToOneInstallation(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		cfg, other := demoConfig(t, dsn), installation.ErrOtherInstallation
		open := func(prepare func(f *installation.Installation)) error {
			f := newInstallation(cfg, quiet())
			defer f.Close()
			if err := f.Lay(t.Context()); err != nil {
				return err
			}
			prepare(&f)
			return f.Belong(t.Context())
		}
		if err := open(func(f *installation.Installation) { f.Cfg.Hospital = "h9" }); err == nil {
			t.Fatal("a member that is none claims the database")
		}
		for range 2 {
			if err := open(func(*installation.Installation) {}); err != nil {
				t.Fatal(err)
			}
		}
		if err := open(func(f *installation.Installation) { f.Members.Chain += "x" }); !errors.Is(err, other) {
			t.Errorf("another chain: %v", err)
		}
		if err := open(func(f *installation.Installation) { f.Cfg.Hospital = "p1" }); !errors.Is(err, other) {
			t.Errorf("another member: %v", err)
		}
		if err := open(func(f *installation.Installation) { f.Box = sqlstoretest.Box() }); !errors.Is(err, other) {
			t.Errorf("another key: %v", err)
		}
	})
}
