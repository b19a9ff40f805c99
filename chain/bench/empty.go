package bench

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/mempool"
	engine "github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/proxy"
	"github.com/cometbft/cometbft/types"

	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// empty is a node of the same engine with the same settings over an application that judges nothing
// and keeps nothing: no rules, no signatures, no seals, no database. What it commits per second is
// what the engine, its disk and its network allow: the ceiling that a node is measured against.
type empty struct {
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

// startEmpty starts the engine over nothing, in a node's folder. Of cfg it reads Dir, Member,
// Listen and Peers.
func startEmpty(ctx context.Context, cfg comet.Config) (*empty, error) {
	e := &empty{waiting: map[[emptyHead]byte]chan struct{}{}, stopped: make(chan struct{})}
	settings := home.Settings(cfg.Dir)
	home.Network(settings, cfg.Listen, cfg.Peers)
	settings.Moniker = cfg.Member
	nodeKey, err := p2p.LoadNodeKey(settings.NodeKeyFile())
	if err != nil {
		return nil, fmt.Errorf("bench: node key: %w", err)
	}
	validator, err := home.ValidatorKey(settings)
	if err != nil {
		return nil, err
	}
	e.eng, err = engine.NewNodeWithContext(ctx, settings, home.Signer(settings, validator), nodeKey,
		proxy.NewConnSyncLocalClientCreator(e),
		func() (*types.GenesisDoc, error) { return home.ReadGenesis(cfg.Dir) },
		home.OpenStore, engine.DefaultMetricsProvider(settings.Instrumentation), engineLog{log.NewNopLogger(), e.halt})
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	if err := e.eng.Start(); err != nil {
		_ = e.eng.Stop()
		return nil, fmt.Errorf("bench: %w", err)
	}
	return e, nil
}

// engineLog drops what the engine says, but for its end.
type engineLog struct {
	log.Logger
	halt func()
}

// ends begin the messages after which the engine decides nothing any more.
var ends = []string{"CONSENSUS FAILURE", "Error writing msg to consensus wal", "failed writing to WAL",
	"Periodic WAL flush failed"}

func (l engineLog) Error(msg string, _ ...any) {
	if slices.ContainsFunc(ends, func(begin string) bool { return strings.HasPrefix(msg, begin) }) {
		l.halt()
	}
}

func (l engineLog) With(...any) log.Logger { return l }

func (e *empty) halt() { e.stopOnce.Do(func() { close(e.stopped) }) }

func (e *empty) stop() error {
	e.halt()
	return e.eng.Stop()
}

// submit puts a payload into a transaction and waits until a block holds it, as Node.Submit does
// with records.
func (e *empty) submit(ctx context.Context, payload []byte) error {
	var head [emptyHead]byte
	copy(head[:], e.eng.NodeInfo().ID())
	binary.BigEndian.PutUint64(head[emptyHead-8:], e.sent.Add(1))
	done := make(chan struct{})
	e.mu.Lock()
	e.waiting[head] = done
	e.mu.Unlock()
	if err := e.eng.Mempool().CheckTx(append(head[:], payload...), nil, mempool.TxInfo{}); err != nil {
		return fmt.Errorf("bench: mempool: %w", err)
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

// committed is the number of payload bytes in blocks, through whichever node they came.
func (e *empty) committed() uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.total
}

// started tells whether the node is connected to so many others and they have decided a block
// together.
func (e *empty) started(peers int) bool {
	return e.eng.Switch().Peers().Size() >= peers && e.eng.BlockStore().Height() > 0
}

// FinalizeBlock notes whom Commit will answer.
func (e *empty) FinalizeBlock(_ context.Context, req *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	e.pending = req.Txs
	results := make([]*abci.ExecTxResult, len(req.Txs))
	for i := range results {
		results[i] = &abci.ExecTxResult{}
	}
	return &abci.ResponseFinalizeBlock{TxResults: results}, nil
}

// Commit answers the submitters: the engine has the block on the disk.
func (e *empty) Commit(context.Context, *abci.RequestCommit) (*abci.ResponseCommit, error) {
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
