package snapshot

import (
	"cmp"
	"encoding/hex"
	"errors"
	"hash"
	"slices"
	"sync"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// A snapshot is the stream up to the records of one height, cut into chunks. No bytes are copied
// for it: chunks are read from the ledger when somebody asks, and what is stored is where each
// begins and its digest. Cuts depend on the items alone, so that all nodes cut alike and a late
// node can take the chunks of one snapshot from several of them.
const (
	format     = 1
	chunkBytes = 4 << 20 // a chunk is closed by the item that brings it to this size
	kept       = 3
	cutAtOnce  = 2 * chunkBytes // a ledger that never cut before catches up over several commits
	sealLag    = 2              // a late node needs two blocks on top of a snapshot to follow on
)

// chunkEntry is a closed chunk.
type chunkEntry struct {
	From   storage.Place `json:"from"`
	To     storage.Place `json:"to"` // without it
	Digest string        `json:"digest"`
}

// entry is a snapshot as it is stored: the closed chunks below its number, and what of its height's
// stream is in no closed one.
type entry struct {
	Closed uint32      `json:"closed"`
	Last   *chunkEntry `json:"last,omitempty"` // nil: the last closed chunk ends with the snapshot
}

func (s entry) chunks() uint32 {
	if s.Last == nil {
		return s.Closed
	}
	return s.Closed + 1
}

// Policy is when snapshots are taken, and what the engine may throw away because of them.
type Policy struct {
	Every      uint64 // records after which one is taken; 0: never
	KeepBlocks int64  // heights whose blocks the engine keeps in any case; 0: it keeps all
	ChunkBytes int    // that close a chunk; 0: 4 MiB
}

// Cutter follows the stream of a ledger as it grows, and gives what it has cut. Load and Grow are
// the consensus connection's; everything else is for anybody.
type Cutter struct {
	db     storage.Database
	closed uint32
	from   storage.Place // where the open chunk begins
	next   storage.Place // what it has not taken yet
	size   int
	digest hash.Hash

	mu      sync.RWMutex
	heights []int64 // of the snapshots kept, ascending
}

// NewCutter is for a ledger's database; Load comes first.
func NewCutter(db storage.Database) *Cutter { return &Cutter{db: db} }

// Load finds out where cutting goes on, and which snapshots there are.
func (c *Cutter) Load() error {
	c.closed, c.from, c.next, c.size, c.digest = 0, storage.Place{}, storage.Place{}, 0, gm.NewHash()
	for {
		chunk, ok := storage.Load[chunkEntry](c.db, storage.KeyChunk(c.closed))
		if !ok {
			break
		}
		c.closed++
		c.from, c.next = chunk.To, chunk.To
	}
	it, err := c.db.Iterator(storage.KeySnapshot(0), []byte("z"))
	if err != nil {
		return err
	}
	defer it.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heights = nil
	for ; it.Valid(); it.Next() {
		c.heights = append(c.heights, storage.HeightOfSnapshot(it.Key()))
	}
	return it.Error()
}

var errEnough = errors.New("ledger: enough for this commit")

// cutTo takes the stream up to a place into chunks; done is false when some is left for the next
// commit.
func (c *Cutter) cutTo(to storage.Place, chunk int) (done bool, err error) {
	taken := 0
	err = storage.EachItem(c.db, c.next, to, func(it storage.Item) error {
		if taken > cutAtOnce {
			return errEnough
		}
		raw := it.Encode(nil)
		c.digest.Write(raw)
		c.size, taken, c.next = c.size+len(raw), taken+len(raw), it.Next()
		if c.size < chunk {
			return nil
		}
		closed := c.open()
		if err := c.db.Set(storage.KeyChunk(c.closed), storage.Marshal(closed)); err != nil {
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
func (c *Cutter) open() chunkEntry {
	return chunkEntry{From: c.from, To: c.next, Digest: hex.EncodeToString(c.digest.Sum(nil))}
}

// Grow goes on cutting after a commit, takes a snapshot when the log has passed another multiple of
// the policy's Every, and answers the height below which the engine may throw its blocks away; 0:
// it keeps all. before is the log's size before the commit. An error is the disk's.
func (c *Cutter) Grow(p Policy, before uint64, head chain.Header) (retain int64, err error) {
	if p.Every == 0 {
		return 0, nil
	}
	done, err := c.cutTo(storage.Place{Height: head.Height, Kind: storage.ItemSeals}, cmp.Or(p.ChunkBytes, chunkBytes))
	if err == nil && done && before/p.Every != head.LogSize/p.Every {
		err = c.take(head.Height)
	}
	heights := c.Heights()
	if err != nil || p.KeepBlocks == 0 || len(heights) == 0 {
		return 0, err
	}
	return max(0, min(head.Height-p.KeepBlocks, heights[0])), nil
}

// take is synced to disk, and with it the ledger up to this height: the engine's blocks below it
// are not needed even when the power fails.
func (c *Cutter) take(height int64) error {
	s := entry{Closed: c.closed}
	if c.size > 0 {
		open := c.open()
		s.Last = &open
	}
	if err := c.db.SetSync(storage.KeySnapshot(height), storage.Marshal(s)); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heights = append(c.heights, height)
	for len(c.heights) > kept {
		if err := c.db.Delete(storage.KeySnapshot(c.heights[0])); err != nil {
			return err
		}
		c.heights = c.heights[1:]
	}
	return nil
}

// Heights are those of the snapshots kept, ascending.
func (c *Cutter) Heights() []int64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.Clone(c.heights)
}

// Offer is a snapshot that a late node can have.
type Offer struct {
	Height  int64
	Format  uint32
	Chunks  uint32
	Digests []byte // of its chunks, one after the other
	Digest  []byte // of Digests
}

// Offers are those that a ledger at a height can give.
func (c *Cutter) Offers(height int64) (out []Offer, err error) {
	for _, h := range c.Heights() {
		s, ok := storage.Load[entry](c.db, storage.KeySnapshot(h))
		if !ok || h+sealLag > height {
			continue
		}
		digests, err := c.digests(s)
		if err != nil {
			return nil, err
		}
		digest := gm.Sum(digests)
		out = append(out, Offer{Height: h, Format: format, Chunks: s.chunks(), Digests: digests, Digest: digest[:]})
	}
	return out, nil
}

// digests of a snapshot's chunks, one after the other.
func (c *Cutter) digests(s entry) (out []byte, err error) {
	for i := range s.chunks() {
		if out, err = hex.AppendDecode(out, []byte(c.chunkOf(s, i).Digest)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (c *Cutter) chunkOf(s entry, i uint32) chunkEntry {
	if i == s.Closed {
		return *s.Last
	}
	chunk, _ := storage.Load[chunkEntry](c.db, storage.KeyChunk(i))
	return chunk
}

// Chunk reads one chunk of an offer from the ledger; empty when there is no such.
func (c *Cutter) Chunk(height int64, of, i uint32) (chunk []byte, err error) {
	s, ok := storage.Load[entry](c.db, storage.KeySnapshot(height))
	if !ok || of != format || i >= s.chunks() {
		return nil, nil
	}
	place := c.chunkOf(s, i)
	err = storage.EachItem(c.db, place.From, place.To, func(it storage.Item) error {
		chunk = it.Encode(chunk)
		return nil
	})
	return chunk, err
}
