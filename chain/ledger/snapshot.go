package ledger

import (
	"context"
	"encoding/hex"
	"errors"
	"hash"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// A snapshot is the stream up to the records of one height, cut into chunks. No bytes are copied
// for it: chunks are read from the ledger when somebody asks, and what is stored is where each
// begins and its digest. Cuts depend on the items alone, so that all nodes cut alike and a late
// node can take the chunks of one snapshot from several of them.
const (
	snapshotFormat = 1
	chunkBytes     = 4 << 20 // a chunk is closed by the item that brings it to this size
	keptSnapshots  = 3
	cutAtOnce      = 2 * chunkBytes // a ledger that never cut before catches up over several commits
	sealLag        = 2              // a late node needs two blocks on top of a snapshot to follow on
)

// chunkEntry is a closed chunk.
type chunkEntry struct {
	From   storage.Place `json:"from"`
	To     storage.Place `json:"to"` // without it
	Digest string        `json:"digest"`
}

// snapshotEntry is a snapshot: the closed chunks below its number, and what of its height's stream
// is in no closed one.
type snapshotEntry struct {
	Closed uint32      `json:"closed"`
	Last   *chunkEntry `json:"last,omitempty"` // nil: the last closed chunk ends with the snapshot
}

func (s snapshotEntry) chunks() uint32 {
	if s.Last == nil {
		return s.Closed
	}
	return s.Closed + 1
}

// cutter follows the stream as it grows. Consensus connection only.
type cutter struct {
	closed uint32
	from   storage.Place // where the open chunk begins
	next   storage.Place // what it has not taken yet
	size   int
	digest hash.Hash
}

// loadGrowth finds out where cutting goes on, and which snapshots there are.
func (a *App) loadGrowth() error {
	a.cut = cutter{digest: gm.NewHash()}
	for {
		c, ok := storage.Load[chunkEntry](a.db, storage.KeyChunk(a.cut.closed))
		if !ok {
			break
		}
		a.cut.closed++
		a.cut.from, a.cut.next = c.To, c.To
	}
	it, err := a.db.Iterator(storage.KeySnapshot(0), []byte("z"))
	if err != nil {
		return err
	}
	defer it.Close()
	a.snapshots = nil
	for ; it.Valid(); it.Next() {
		a.snapshots = append(a.snapshots, storage.HeightOfSnapshot(it.Key()))
	}
	return it.Error()
}

var errEnough = errors.New("ledger: enough for this commit")

// cutTo takes the stream up to a place into chunks; done is false when some is left for the next
// commit.
func (a *App) cutTo(to storage.Place) (done bool, err error) {
	c, taken := &a.cut, 0
	err = storage.EachItem(a.db, c.next, to, func(it storage.Item) error {
		if taken > cutAtOnce {
			return errEnough
		}
		raw := it.Encode(nil)
		c.digest.Write(raw)
		c.size, taken, c.next = c.size+len(raw), taken+len(raw), it.Next()
		if c.size < a.opt.chunkBytes() {
			return nil
		}
		closed := c.open()
		if err := a.db.Set(storage.KeyChunk(c.closed), storage.Marshal(closed)); err != nil {
			return err
		}
		c.closed, c.from, c.size = c.closed+1, closed.To, 0
		c.digest.Reset()
		return nil
	})
	if errors.Is(err, errEnough) {
		return false, nil
	}
	return err == nil, err
}

// open is the open chunk as it stands.
func (c *cutter) open() chunkEntry {
	return chunkEntry{From: c.from, To: c.next, Digest: hex.EncodeToString(c.digest.Sum(nil))}
}

// grow goes on cutting after a commit, takes a snapshot when the log has passed another multiple of
// SnapshotEvery, and answers the height below which the engine may throw its blocks away; 0: it
// keeps all.
func (a *App) grow(before uint64) (retain int64) {
	if a.opt.SnapshotEvery == 0 {
		return 0
	}
	head := a.meta.Header
	done, err := a.cutTo(storage.Place{Height: head.Height, Kind: storage.ItemSeals})
	if err == nil && done && before/a.opt.SnapshotEvery != head.LogSize/a.opt.SnapshotEvery {
		err = a.takeSnapshot(head.Height)
	}
	if err != nil {
		panic("ledger: snapshot: " + err.Error()) // as every other failure of the disk
	}
	if a.opt.KeepBlocks == 0 || len(a.snapshots) == 0 {
		return 0
	}
	return max(0, min(head.Height-a.opt.KeepBlocks, a.snapshots[0]))
}

// takeSnapshot is synced to disk, and with it the ledger up to this height: the engine's blocks
// below it are not needed even when the power fails.
func (a *App) takeSnapshot(height int64) error {
	s := snapshotEntry{Closed: a.cut.closed}
	if a.cut.size > 0 {
		open := a.cut.open()
		s.Last = &open
	}
	if err := a.db.SetSync(storage.KeySnapshot(height), storage.Marshal(s)); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.snapshots = append(a.snapshots, height)
	for len(a.snapshots) > keptSnapshots {
		if err := a.db.Delete(storage.KeySnapshot(a.snapshots[0])); err != nil {
			return err
		}
		a.snapshots = a.snapshots[1:]
	}
	return nil
}

// Snapshots are the heights of the snapshots kept, ascending.
func (a *App) Snapshots() []int64 {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return append([]int64(nil), a.snapshots...)
}

// ListSnapshots tells a late node what it can have.
func (a *App) ListSnapshots(context.Context, *abci.RequestListSnapshots) (*abci.ResponseListSnapshots, error) {
	res, height := &abci.ResponseListSnapshots{}, a.Head().Header.Height
	for _, h := range a.Snapshots() {
		s, ok := storage.Load[snapshotEntry](a.db, storage.KeySnapshot(h))
		if !ok || h+sealLag > height {
			continue
		}
		metadata, err := a.digests(s)
		if err != nil {
			return nil, err
		}
		digest := gm.Sum(metadata)
		res.Snapshots = append(res.Snapshots, &abci.Snapshot{
			Height: uint64(h), Format: snapshotFormat, Chunks: s.chunks(), Hash: digest[:], Metadata: metadata,
		})
	}
	return res, nil
}

// digests of a snapshot's chunks, one after the other.
func (a *App) digests(s snapshotEntry) (out []byte, err error) {
	for i := range s.chunks() {
		c := a.chunkOf(s, i)
		if out, err = hex.AppendDecode(out, []byte(c.Digest)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (a *App) chunkOf(s snapshotEntry, i uint32) chunkEntry {
	if i == s.Closed {
		return *s.Last
	}
	c, _ := storage.Load[chunkEntry](a.db, storage.KeyChunk(i))
	return c
}

// LoadSnapshotChunk reads one chunk from the ledger; empty when there is no such.
func (a *App) LoadSnapshotChunk(_ context.Context,
	req *abci.RequestLoadSnapshotChunk) (*abci.ResponseLoadSnapshotChunk, error) {
	s, ok := storage.Load[snapshotEntry](a.db, storage.KeySnapshot(int64(req.Height)))
	if !ok || req.Format != snapshotFormat || req.Chunk >= s.chunks() {
		return &abci.ResponseLoadSnapshotChunk{}, nil
	}
	c := a.chunkOf(s, req.Chunk)
	var chunk []byte
	err := storage.EachItem(a.db, c.From, c.To, func(it storage.Item) error {
		chunk = it.Encode(chunk)
		return nil
	})
	return &abci.ResponseLoadSnapshotChunk{Chunk: chunk}, err
}
