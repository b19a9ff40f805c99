// Package empty is what a node is measured against (chain/bench).
package empty

import (
	"context"
	"encoding/binary"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/mempool"
	"github.com/cometbft/cometbft/node"

	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/engine"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// Node is a node of the same engine with the same settings over an application that judges nothing
// and keeps nothing: no rules, no signatures, no seals, no database. What it commits per second is
// what the engine, its disk and its network allow: the ceiling that a node is measured against.
type Node struct {
	abci.BaseApplication
	eng  *node.Node
	sent atomic.Uint64 // numbers this node's transactions

	mu      sync.Mutex
	waiting map[[headLen]byte]chan struct{}
	pending [][]byte // transactions of the block decided last
	total   uint64   // payload bytes committed

	stopOnce sync.Once
	stopped  chan struct{}
}

// headLen bytes begin each transaction and tell it from all others: the node's id and the
// transaction's number.
const headLen = 16

// Start starts the engine over nothing, in a node's folder. Of cfg it reads Dir, Member, Listen and
// Peers. ctx bounds the start only.
func Start(ctx context.Context, cfg comet.Config) (*Node, error) {
	e := &Node{waiting: map[[headLen]byte]chan struct{}{}, stopped: make(chan struct{})}
	settings := home.Settings(cfg.Dir)
	home.Network(settings, cfg.Listen, cfg.Peers)
	settings.Moniker = cfg.Member
	var err error
	e.eng, err = engine.New(ctx, engine.Config{Dir: cfg.Dir, Settings: settings, App: e, Stores: home.OpenStore,
		Log: engine.Log{To: slog.New(slog.DiscardHandler), Halt: e.halt}})
	if err != nil {
		return nil, err
	}
	if err := engine.Run(e.eng); err != nil {
		return nil, err
	}
	return e, nil
}

func (e *Node) halt() { e.stopOnce.Do(func() { close(e.stopped) }) }

// Stop ends the node in order; who still waits gets comet.ErrStopped.
func (e *Node) Stop() error {
	e.halt()
	return e.eng.Stop()
}

// Submit puts a payload into a transaction and waits until a block holds it, as comet.Node does
// with records: comet.ErrStopped, the mempool's refusal, or ctx's error.
func (e *Node) Submit(ctx context.Context, payload []byte) error {
	var head [headLen]byte
	copy(head[:], e.eng.NodeInfo().ID())
	binary.BigEndian.PutUint64(head[headLen-8:], e.sent.Add(1))
	done := make(chan struct{})
	e.mu.Lock()
	e.waiting[head] = done
	e.mu.Unlock()
	if err := e.eng.Mempool().CheckTx(append(head[:], payload...), nil, mempool.TxInfo{}); err != nil {
		return fmt.Errorf("comet: mempool: %w", err)
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-e.stopped:
		return comet.ErrStopped
	}
}

// Committed is the number of payload bytes in blocks, through whichever node they came.
func (e *Node) Committed() uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.total
}

// Started tells whether the node is connected to so many others and they have decided a block
// together.
func (e *Node) Started(peers int) bool {
	return e.eng.Switch().Peers().Size() >= peers && e.eng.BlockStore().Height() > 0
}

// FinalizeBlock notes whom Commit will answer.
func (e *Node) FinalizeBlock(_ context.Context, req *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	e.pending = req.Txs
	results := make([]*abci.ExecTxResult, len(req.Txs))
	for i := range results {
		results[i] = &abci.ExecTxResult{}
	}
	return &abci.ResponseFinalizeBlock{TxResults: results}, nil
}

// Commit answers the submitters: the engine has the block on the disk.
func (e *Node) Commit(context.Context, *abci.RequestCommit) (*abci.ResponseCommit, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, tx := range e.pending {
		e.total += uint64(len(tx) - headLen)
		head := [headLen]byte(tx)
		if done, ours := e.waiting[head]; ours {
			close(done)
			delete(e.waiting, head)
		}
	}
	e.pending = nil
	return &abci.ResponseCommit{}, nil
}
