package comet

import (
	"errors"
	"fmt"
	"time"

	"github.com/syndtr/goleveldb/leveldb/util"

	"github.com/smart-hospital/hospital/chain/comet/home"
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

// FirstBlock is the height of the oldest block that the engine still has; 0: none.
func (n *Node) FirstBlock() int64 { return n.eng.BlockStore().Base() }

// reclaimEvery is how often the room of blocks that were thrown away is given back, when there are
// any.
const reclaimEvery = 10 * time.Minute

// reclaim has the block database merge its files after blocks were thrown away: by itself it would
// not for a long time.
func (n *Node) reclaim() {
	db, ok := home.Level(n.stores["blockstore"])
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
