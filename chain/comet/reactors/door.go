package reactors

import (
	"log/slog"
	"sync"
	"time"

	"github.com/cometbft/cometbft/mempool"
	engine "github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	protomem "github.com/cometbft/cometbft/proto/tendermint/mempool"
)

// A node hands on what its own ledger lets in, so an honest one hands on no bytes without their
// organisation's seal. One that does is named, and after so many it is not listened to until it has
// been quiet: checking a signature costs more than sending it.
const (
	offencesAtOnce = 16
	offenceForgot  = 10 * time.Second // one offence is forgotten each time
)

// A node that catches up on blocks keeps so much of what others bring meanwhile, the newest.
const (
	keptMessages = 1024
	keptBytes    = 8 << 20
	keptLook     = 50 * time.Millisecond // how soon after the end of catching up it is read
)

// door stands before the engine's mempool and hears what other nodes bring. Votes and blocks go
// past it.
//
// The engine's mempool throws away what comes while the node catches up on blocks, and nobody
// brings it again. Where such a node makes the next block, it would wait for records that it was
// told of, and so would all. So the door keeps them until the node has caught up.
type door struct {
	*mempool.Reactor
	unsealed func(tx []byte) bool
	memberOf func(node string) string
	log      *slog.Logger
	now      func() time.Time

	mu    sync.Mutex
	peers map[p2p.ID]offences // bounded by the members' nodes: nobody else connects
	kept  []p2p.Envelope
	size  int // bytes of kept
}

type offences struct {
	n   int
	all uint64
	at  time.Time
}

// Doorkeeper puts a door into an engine: unsealed tells whether a transaction's bytes have no
// organisation's seal, memberOf whose a node is.
func Doorkeeper(unsealed func([]byte) bool, memberOf func(node string) string, log *slog.Logger) engine.Option {
	return func(eng *engine.Node) {
		const name = "MEMPOOL"
		was, _ := eng.Switch().Reactor(name)
		reactor, ok := was.(*mempool.Reactor)
		if !ok {
			return // an engine without a mempool has nothing to guard
		}
		eng.Switch().RemoveReactor(name, reactor)
		eng.Switch().AddReactor(name, newDoor(reactor, unsealed, memberOf, log, time.Now))
	}
}

func newDoor(r *mempool.Reactor, unsealed func([]byte) bool, memberOf func(string) string, log *slog.Logger,
	now func() time.Time) *door {
	return &door{Reactor: r, unsealed: unsealed, memberOf: memberOf, log: log, now: now, peers: map[p2p.ID]offences{}}
}

// Receive implements p2p.Reactor.
func (d *door) Receive(e p2p.Envelope) {
	if d.keeps(e) {
		return
	}
	if txs, ok := e.Message.(*protomem.Txs); ok && e.Src != nil && !d.lets(e.Src.ID(), txs.GetTxs()) {
		return
	}
	d.Reactor.Receive(e)
}

// keeps takes a message of transactions into keeping while the node catches up.
func (d *door) keeps(e p2p.Envelope) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	txs, ok := e.Message.(*protomem.Txs)
	if !ok || !d.WaitSync() {
		return false
	}
	if len(d.kept) == 0 {
		go d.release()
	}
	d.kept, d.size = append(d.kept, e), d.size+txs.Size()
	for len(d.kept) > keptMessages || d.size > keptBytes {
		d.size -= d.kept[0].Message.(*protomem.Txs).Size()
		d.kept = d.kept[1:]
	}
	return true
}

// release reads what was kept, once the node has caught up.
func (d *door) release() {
	for d.WaitSync() {
		select {
		case <-d.Quit():
			return
		case <-time.After(keptLook):
		}
	}
	d.mu.Lock()
	kept := d.kept
	d.kept, d.size = nil, 0
	d.mu.Unlock()
	for _, e := range kept {
		d.Receive(e)
	}
}

// lets looks at what a node brings: nothing of a message with unsealed bytes comes in, and nothing
// at all of a node that brings many.
func (d *door) lets(node p2p.ID, txs [][]byte) bool {
	if d.of(node).n >= offencesAtOnce {
		return false
	}
	for _, tx := range txs {
		if d.unsealed(tx) {
			d.offended(node)
			return false
		}
	}
	return true
}

// of are a node's offences that are not forgotten.
func (d *door) of(node p2p.ID) offences {
	d.mu.Lock()
	defer d.mu.Unlock()
	o := d.peers[node]
	if forgot := int(d.now().Sub(o.at) / offenceForgot); forgot > 0 {
		o.n, o.at = max(0, o.n-forgot), o.at.Add(time.Duration(forgot)*offenceForgot)
		d.peers[node] = o
	}
	return o
}

func (d *door) offended(node p2p.ID) {
	d.mu.Lock()
	o := d.peers[node]
	if o.n == 0 {
		o.at = d.now()
	}
	o.n, o.all = o.n+1, o.all+1
	d.peers[node] = o
	d.mu.Unlock()
	if o.n == 1 || o.n == offencesAtOnce {
		d.log.Error("ALARM: a member's node brings records that their organisations did not seal", "member",
			d.memberOf(string(node)), "node", string(node), "times", o.all)
	}
}
