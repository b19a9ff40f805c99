package comet

import (
	"sync"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/cometbft/cometbft/config"
)

// openStore opens one of the engine's databases.
func openStore(c *config.DBContext) (dbm.DB, error) {
	db, err := config.DefaultDBProvider(c)
	if err != nil || c.ID != "blockstore" {
		return db, err
	}
	return &blockDB{DB: db}, nil
}

// blockDB is the engine's block database. The engine closes it while routines that serve peers may still be asleep between two
// steps, and panics on a read that fails; so a closed one answers as a pruned one does: no such block.
type blockDB struct {
	dbm.DB
	mu     sync.RWMutex
	closed bool
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
