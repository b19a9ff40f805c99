package storage

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	dbm "github.com/cometbft/cometbft-db"
)

// Database panics when the disk fails: a node that cannot read its state must not go on.
type Database struct{ dbm.DB }

// Read implements Reader.
func (d Database) Read(key []byte) []byte {
	b, err := d.Get(key)
	if err != nil {
		panic(fmt.Sprintf("ledger: database: %v", err))
	}
	return b
}

// KeyRestoring stands in a ledger from the first byte of a snapshot until the first block after it
// is committed. Until then the engine could not go on from what it has, so a node that finds it at
// its start begins anew.
var KeyRestoring = []byte("R")

// KeyChunk, KeySnapshot and HeightOfSnapshot are the keys of snapshots; see KeyMeta for the layout.
func KeyChunk(i uint32) []byte        { return binary.BigEndian.AppendUint32([]byte("x"), i) }
func KeySnapshot(h int64) []byte      { return binary.BigEndian.AppendUint64([]byte("y"), uint64(h)) }
func HeightOfSnapshot(k []byte) int64 { return int64(binary.BigEndian.Uint64(k[1:])) }

// local tells whether a key is this node's own housekeeping and no part of the replicated state.
func local(key []byte) bool { return key[0] == 'x' || key[0] == 'y' || key[0] == KeyRestoring[0] }

// Marshal writes a value of our own making.
func Marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // no type here can fail to marshal
	}
	return b
}

// FirstError is the first of errors that is one; nil: none is.
func FirstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
