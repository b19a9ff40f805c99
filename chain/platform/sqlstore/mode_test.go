package sqlstore_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// In a folder that was made beforehand the database was everybody's on the machine to read.
func TestADatabaseIsItsUsersOwn(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "hospital.db")
	look := func(when string) {
		t.Helper()
		db, err := sqlstore.Open(t.Context(), "sqlite:"+path)
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(path + "*")
		if err != nil || len(files) < 2 { // the database and its journal
			t.Fatalf("%s: files %v, %v", when, files, err)
		}
		for _, name := range files {
			info, err := os.Stat(name)
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %s has mode %v, %v", when, filepath.Base(name), info.Mode().Perm(), err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	look("new")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	look("of an older program")
}
