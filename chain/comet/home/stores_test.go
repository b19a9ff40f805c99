package home

import (
	"testing"

	"github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/store"
)

// A routine of the engine that reads a block of a node that has stopped gets none; the engine's own
// store would panic.
func TestStoppedNodeHasNoBlocks(t *testing.T) {
	db, err := OpenStore(&config.DBContext{ID: "blockstore", Config: Settings(t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SetSync([]byte("SC:7"), []byte("?")); err != nil {
		t.Fatal(err)
	}
	blocks := store.NewBlockStore(db)
	if err := blocks.Close(); err != nil {
		t.Fatal(err)
	}
	if c := blocks.LoadSeenCommit(7); c != nil {
		t.Errorf("a closed store answers %v", c)
	}
	if err := db.SetSync([]byte("k"), []byte("v")); err == nil {
		t.Error("a closed store takes a write")
	}
}
