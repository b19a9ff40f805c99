package home

import (
	"fmt"
	"sync"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/cometbft/cometbft/config"
	"github.com/smart-hospital/hospital/chain/platform/descriptors"
	"github.com/syndtr/goleveldb/leveldb/opt"
)

// OpenStore opens one of the engine's databases, which holds no more files open than its share.
func OpenStore(c *config.DBContext) (dbm.DB, error) {
	db, err := dbm.NewGoLevelDBWithOpts(c.ID, c.Config.DBDir(),
		&opt.Options{OpenFilesCacheCapacity: descriptors.Now().Tables})
	if err != nil {
		return nil, fmt.Errorf("comet: %s database: %w", c.ID, err)
	}
	if c.ID != "blockstore" {
		return db, nil
	}
	return &blockDB{DB: db}, nil
}

// blockDB is the engine's block database. The engine closes it while routines that serve peers may
// still be asleep between two steps, and panics on a read that fails; so a closed one answers as a
// pruned one does: no such block.
type blockDB struct {
	dbm.DB
	mu     sync.RWMutex
	closed bool
}

// Level is the database that one of a node's stores is over, when that is a goleveldb one.
func Level(db dbm.DB) (*dbm.GoLevelDB, bool) {
	if b, wrapped := db.(*blockDB); wrapped {
		db = b.DB
	}
	l, ok := db.(*dbm.GoLevelDB)
	return l, ok
}

func (b *blockDB) Get(key []byte) ([]byte, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.closed {
		return nil, nil
	}
	return b.DB.Get(key)
}

// Close waits for the reads under way.
func (b *blockDB) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	return b.DB.Close()
}
