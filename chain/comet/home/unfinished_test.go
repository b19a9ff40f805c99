package home

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	dbm "github.com/cometbft/cometbft-db"
)

// TestKilledWhileRestoring: wherever a node is killed between the first byte of a snapshot and its
// first own block, it begins with empty databases and without the chunks it had fetched; also when
// it is killed while it throws them away. A ledger without the mark is never touched.
func TestKilledWhileRestoring(t *testing.T) {
	for name, at := range map[string]struct {
		marked  bool
		without []string // already thrown away when it was killed again
	}{
		"restoring, nothing of the engine's yet": {true, []string{"blockstore", "state"}},
		"restored, the engine's state written":   {true, []string{"blockstore"}},
		"throwing away":                          {true, nil},
		"a living chain":                         {false, nil},
	} {
		dir := t.TempDir()
		cfg := Settings(dir)
		write := func(db string, key string) {
			d, err := dbm.NewGoLevelDB(db, cfg.DBDir())
			if err != nil {
				t.Fatal(err)
			}
			if err := d.SetSync([]byte(key), []byte{1}); err != nil {
				t.Fatal(err)
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}
		for _, db := range []string{"blockstore", "state", LedgerDB} {
			write(db, "k")
		}
		for _, db := range at.without {
			if err := os.Rename(filepath.Join(cfg.DBDir(), db+".db"),
				filepath.Join(cfg.DBDir(), db+".db"+discarded)); err != nil {
				t.Fatal(err)
			}
		}
		if at.marked {
			write(LedgerDB, "R")
		}
		if half, err := Restoring(dir); err != nil || half != at.marked {
			t.Errorf("%s: being restored: %v (%v)", name, half, err)
		}
		chunk := filepath.Join(cfg.StateSync.TempDir, "tm-statesync1", "0")
		if err := os.MkdirAll(filepath.Dir(chunk), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(chunk, []byte("chunk"), 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := OpenLedger(cfg, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if kept, err := db.Has([]byte("k")); err != nil || kept == at.marked {
			t.Errorf("%s: the ledger's content is there: %v (%v)", name, kept, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		for _, other := range []string{"blockstore", "state"} {
			if _, err := os.Stat(filepath.Join(cfg.DBDir(), other+".db")); (err == nil) == at.marked {
				t.Errorf("%s: %s: %v", name, other, err)
			}
		}
		if _, err := os.Stat(chunk); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: a chunk is left: %v", name, err)
		}
		if left, err := filepath.Glob(filepath.Join(cfg.DBDir(), "*"+discarded)); err != nil || len(left) != 0 {
			t.Errorf("%s: left behind: %q %v", name, left, err)
		}
	}
}
