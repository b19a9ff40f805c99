package home

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/cometbft/cometbft/config"
	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/smart-hospital/hospital/chain/platform/descriptors"
	"github.com/syndtr/goleveldb/leveldb/filter"
	"github.com/syndtr/goleveldb/leveldb/opt"
)

// Options of the ledger's database.
const (
	bloomBits   = 10 // a key
	writeBuffer = 16 << 20
)

// LedgerDB is the name of the ledger's database in the engine's data folder.
const LedgerDB = "ledger"

// openDB opens the ledger's database. Most of its reads are for keys that are not there (a record's
// id, a tag, a new subject), which the Bloom filter answers from memory in all but one of a hundred
// cases; a larger write buffer means less to merge later, and a longer log to read after a kill (a
// fraction of a second).
func openDB(settings *config.Config, name string) (dbm.DB, error) {
	db, err := dbm.NewGoLevelDBWithOpts(name, settings.DBDir(), &opt.Options{
		Filter: filter.NewBloomFilter(bloomBits), WriteBuffer: writeBuffer,
		OpenFilesCacheCapacity: descriptors.Now().Tables,
	})
	if err != nil {
		return nil, fmt.Errorf("comet: %s database: %w", name, err)
	}
	return db, nil
}

// discarded is appended to the names of databases that are being thrown away.
const discarded = ".discarded"

// OpenLedger opens the ledger's database. One whose restoring from a snapshot did not come to its
// end is thrown away, and with it the engine's stores, which cannot go on from it: the node has no
// block of its own yet and begins anew.
func OpenLedger(settings *config.Config, log *slog.Logger) (dbm.DB, error) {
	names := []string{"blockstore", "state", LedgerDB} // the ledger's last: it holds the mark
	if err := clearFetched(settings.StateSync); err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(settings.DBDir(), name+".db"+discarded)); err != nil {
			return nil, fmt.Errorf("comet: %w", err)
		}
	}
	db, err := openDB(settings, LedgerDB)
	if err != nil {
		return nil, err
	}
	half, err := ledger.Unfinished(db)
	if err == nil && !half {
		return db, nil
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, fmt.Errorf("comet: %w", err)
	}
	log.Warn("chain: a snapshot was not restored to its end; beginning anew")
	for _, name := range names { // renamed first: half a database could not be opened to see the mark again
		dir := filepath.Join(settings.DBDir(), name+".db")
		if err := os.Rename(dir, dir+discarded); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("comet: %w", err)
		}
		if err := os.RemoveAll(dir + discarded); err != nil {
			return nil, fmt.Errorf("comet: %w", err)
		}
	}
	return openDB(settings, LedgerDB)
}

// fetched is the folder in which the engine lays down a snapshot's chunks. A node that is killed
// meanwhile leaves them there; in the system's own folder for such files, where the engine would
// put them, every kill would leave some more.
const fetched = "fetched"

func clearFetched(s *config.StateSyncConfig) error {
	if err := os.RemoveAll(s.TempDir); err != nil {
		return fmt.Errorf("comet: %w", err)
	}
	if !s.Enable {
		return nil
	}
	if err := os.MkdirAll(s.TempDir, 0o700); err != nil {
		return fmt.Errorf("comet: %w", err)
	}
	return nil
}

// Restoring tells whether a stopped node's folder holds a ledger whose restoring from a snapshot
// has not come to its end: the node will begin anew. It changes nothing there.
func Restoring(dir string) (bool, error) {
	s := Settings(dir)
	if _, err := os.Stat(filepath.Join(s.DBDir(), LedgerDB+".db")); errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	db, err := dbm.NewGoLevelDBWithOpts(LedgerDB, s.DBDir(), &opt.Options{ReadOnly: true})
	if err != nil {
		return false, fmt.Errorf("comet: %s database: %w", LedgerDB, err)
	}
	defer db.Close()
	return ledger.Unfinished(db)
}

// openReadOnly opens a database as a kill or a stop left it: even what its journal still holds is
// replayed in memory only.
func openReadOnly(settings *config.Config, name string) (dbm.DB, error) {
	db, err := dbm.NewGoLevelDBWithOpts(name, settings.DBDir(), &opt.Options{ReadOnly: true, ErrorIfMissing: true})
	if err != nil {
		return nil, fmt.Errorf("comet: %s database: %w", name, err)
	}
	return db, nil
}
