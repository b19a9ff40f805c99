package comet

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/cometbft/cometbft/config"
	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/syndtr/goleveldb/leveldb/opt"
	"github.com/syndtr/goleveldb/leveldb/util"
)

// Growth is what a node does about a chain that grows for ever. Records, receipts and proofs are
// kept in any case.
type Growth struct {
	// FromSnapshot lets a node whose folder holds no blocks yet begin with the newest snapshot that
	// a peer offers, and with the blocks after it. It has no effect later. A node of a new chain,
	// where nobody has a snapshot, needs it false.
	FromSnapshot bool `yaml:"fromSnapshot"`
	// SnapshotEvery is the number of records after which the node takes a snapshot for late nodes;
	// 0: never.
	SnapshotEvery uint64 `yaml:"snapshotEvery"`
	// KeepBlocks is how many of the newest blocks the node keeps; older ones go as soon as they are
	// older than its oldest snapshot as well. At least MinKeepBlocks, and with SnapshotEvery. 0:
	// all.
	KeepBlocks int64 `yaml:"keepBlocks"`
}

// DefaultSnapshotEvery is what a node's settings say when they say nothing. A snapshot takes no
// room to speak of.
const DefaultSnapshotEvery = 10000

// MinKeepBlocks is the smallest Config.KeepBlocks: a node that was away for a moment finds its
// blocks at its peers.
const MinKeepBlocks = 100

// discovery is how long a node that begins with a snapshot waits for offers, between one look and
// the next.
const discovery = 5 * time.Second

// ErrGrowth is a Growth that would not do; the text names the field.
var ErrGrowth = errors.New("comet: bad settings")

// Check tells what does not go together: ErrGrowth.
func (g Growth) Check() error {
	switch {
	case g.KeepBlocks < 0 || (g.KeepBlocks > 0 && g.KeepBlocks < MinKeepBlocks):
		return fmt.Errorf("%w: keepBlocks: 0 (all), or at least %d", ErrGrowth, MinKeepBlocks)
	case g.KeepBlocks > 0 && g.SnapshotEvery == 0:
		return fmt.Errorf("%w: keepBlocks: needs snapshotEvery, or no late node could ever join", ErrGrowth)
	}
	return nil
}

// discarded is appended to the names of databases that are being thrown away.
const discarded = ".discarded"

// openLedger opens the ledger's database. One whose restoring from a snapshot did not come to its
// end is thrown away, and with it the engine's stores, which cannot go on from it: the node has no
// block of its own yet and begins anew.
func openLedger(settings *config.Config, log *slog.Logger) (dbm.DB, error) {
	names := []string{"blockstore", "state", ledgerDB} // the ledger's last: it holds the mark
	if err := clearFetched(settings.StateSync); err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(settings.DBDir(), name+".db"+discarded)); err != nil {
			return nil, fmt.Errorf("comet: %w", err)
		}
	}
	db, err := openDB(settings, ledgerDB)
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
	return openDB(settings, ledgerDB)
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
	s := settings(dir)
	if _, err := os.Stat(filepath.Join(s.DBDir(), ledgerDB+".db")); errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	db, err := dbm.NewGoLevelDBWithOpts(ledgerDB, s.DBDir(), &opt.Options{ReadOnly: true})
	if err != nil {
		return false, fmt.Errorf("comet: %s database: %w", ledgerDB, err)
	}
	defer db.Close()
	return ledger.Unfinished(db)
}

// FirstBlock is the height of the oldest block that the engine still has; 0: none.
func (n *Node) FirstBlock() int64 { return n.eng.BlockStore().Base() }

// reclaimEvery is how often the room of blocks that were thrown away is given back, when there are
// any.
const reclaimEvery = 10 * time.Minute

// reclaim has the block database merge its files after blocks were thrown away: by itself it would
// not for a long time.
func (n *Node) reclaim() {
	db, ok := n.stores["blockstore"].(*blockDB).DB.(*dbm.GoLevelDB)
	if !ok {
		return
	}
	var done int64
	for tick := time.NewTicker(reclaimEvery); ; {
		if base := n.eng.BlockStore().Base(); base > max(1, done) {
			if err := db.DB().CompactRange(util.Range{}); err != nil {
				return // the node stops
			}
			done = base
		}
		select {
		case <-n.stopped:
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}
