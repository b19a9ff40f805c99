package comet

import (
	"context"
	"encoding/binary"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/mempool"
	engine "github.com/cometbft/cometbft/node"

	"github.com/smart-hospital/hospital/chain/comet/home"
)

// Empty is a node of the same engine with the same settings over an application that judges nothing
// and keeps nothing: no rules, no signatures, no seals, no database. What it commits per second is
// what the engine, its disk and its network allow: the ceiling that a Node is measured against. It
// is for measuring on a chain that is thrown away.
type Empty struct {
	abci.BaseApplication
	eng  *engine.Node
	sent atomic.Uint64 // numbers this node's transactions

	mu      sync.Mutex
	waiting map[[emptyHead]byte]chan struct{}
	pending [][]byte // transactions of the block decided last
	total   uint64   // payload bytes committed

	stopOnce sync.Once
	stopped  chan struct{}
}

// emptyHead bytes begin each transaction and tell it from all others: the node's id and the
// transaction's number.
const emptyHead = 16

// StartEmpty starts the engine over nothing. Of cfg it reads Dir, Logger, Listen, Peers and
// Moniker.
func StartEmpty(ctx context.Context, cfg Config) (e *Empty, err error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	e = &Empty{waiting: map[[emptyHead]byte]chan struct{}{}, stopped: make(chan struct{})}
	e.eng, err = startEngine(ctx, cfg, cfg.settings(), e, home.OpenStore, e.halt)
	return e, err
}

func (e *Empty) halt() { e.stopOnce.Do(func() { close(e.stopped) }) }

// Stop ends the node in order.
func (e *Empty) Stop() error {
	e.halt()
	return e.eng.Stop()
}

// Submit puts a payload into a transaction and waits until a block holds it, as Node.Submit does
// with records.
func (e *Empty) Submit(ctx context.Context, payload []byte) error {
	var head [emptyHead]byte
	copy(head[:], e.eng.NodeInfo().ID())
	binary.BigEndian.PutUint64(head[emptyHead-8:], e.sent.Add(1))
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
		return ErrStopped
	}
}

// Committed is the number of payload bytes in blocks, through whichever node they came.
func (e *Empty) Committed() uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.total
}

// Started tells whether the node is connected to so many others and they have decided a block
// together.
func (e *Empty) Started(peers int) bool {
	return e.eng.Switch().Peers().Size() >= peers && e.eng.BlockStore().Height() > 0
}

// FinalizeBlock notes whom Commit will answer.
func (e *Empty) FinalizeBlock(_ context.Context, req *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	e.pending = req.Txs
	results := make([]*abci.ExecTxResult, len(req.Txs))
	for i := range results {
		results[i] = &abci.ExecTxResult{}
	}
	return &abci.ResponseFinalizeBlock{TxResults: results}, nil
}

// Commit answers the submitters: the engine has the block on the disk.
func (e *Empty) Commit(context.Context, *abci.RequestCommit) (*abci.ResponseCommit, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, tx := range e.pending {
		e.total += uint64(len(tx) - emptyHead)
		head := [emptyHead]byte(tx)
		if done, ours := e.waiting[head]; ours {
			close(done)
			delete(e.waiting, head)
		}
	}
	e.pending = nil
	return &abci.ResponseCommit{}, nil
}
