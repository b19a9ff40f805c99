package ledger

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/smart-hospital/hospital/chain"
)

// Sealer signs state roots as one member; keystore.Signer has this shape.
type Sealer interface {
	Sign(ctx context.Context, msg []byte) ([]byte, error)
}

// Options of an App.
type Options struct {
	DB     dbm.DB       // the ledger's own database; the App does not close it
	Sealer Sealer       // nil: this node does not seal (a reader, an audit)
	Member string       // member id the sealer signs for
	Logger *slog.Logger // nil: slog.Default
	// UnsafeNoSignatures accepts every signature unseen. It exists to measure the engine's ceiling on a chain that is
	// thrown away afterwards; a node of a real chain would diverge with it.
	UnsafeNoSignatures bool
	// OnCommit is called after every committed block, in order, with what became of its records. It must not block.
	OnCommit func(height int64, answers []Result)
}

// App is the ledger. Its ABCI methods are called by the engine on several connections at once; its queries by anyone.
// The consensus methods come one at a time by ABCI's contract; mu lets the others see whole heights only.
type App struct {
	abci.BaseApplication
	opt       Options
	log       *slog.Logger
	db        database
	inspector *inspector

	mu         sync.RWMutex
	roster     *chain.Roster
	validators map[string]string // consensus address -> member id
	meta       meta
	undo       map[string][]byte // see past
	undoSize   uint64            // log size that undo leads back to
	committed  chan struct{}     // closed and replaced at every commit

	// Consensus connection only.
	trial      map[string]*executed // blocks executed for a proposal, by block hash
	pending    *executed            // the decided block
	sealChecks *cache[chain.Hash, int64]
}

// database panics when the disk fails: a node that cannot read its state must not go on.
type database struct{ dbm.DB }

func (d database) get(key []byte) []byte {
	b, err := d.Get(key)
	if err != nil {
		panic(fmt.Sprintf("ledger: database: %v", err))
	}
	return b
}

// New opens the ledger over its database, at the height it was committed at.
func New(opt Options) (*App, error) {
	a := &App{
		opt: opt, log: opt.Logger, db: database{opt.DB}, inspector: newInspector(opt.UnsafeNoSignatures),
		trial: map[string]*executed{}, sealChecks: newCache[chain.Hash, int64](maxTrials), committed: make(chan struct{}),
	}
	if a.log == nil {
		a.log = slog.Default()
	}
	raw, err := opt.DB.Get(keyMembers)
	if err != nil || raw == nil {
		return a, err
	}
	members, err := chain.ParseMembers(raw)
	if err != nil {
		return nil, fmt.Errorf("ledger: stored members: %w", err)
	}
	if err := a.adopt(members); err != nil {
		return nil, err
	}
	if m, ok := load[meta](a.db, keyMeta); ok {
		a.meta = m
	}
	return a, nil
}

// adopt takes a members' list into force.
func (a *App) adopt(members *chain.Members) error {
	roster, err := members.Open()
	if err != nil {
		return err
	}
	a.roster, a.validators = roster, map[string]string{}
	for _, m := range members.Members {
		if m.Validator == "" {
			continue
		}
		key, err := base64.StdEncoding.DecodeString(m.Validator)
		if err != nil {
			return err
		}
		a.validators[string(ed25519.PubKey(key).Address())] = m.ID
	}
	a.meta = meta{Header: chain.Header{
		Chain: roster.Chain(), LogRoot: chain.EmptyLogRoot().String(), StatusRoot: chain.Hash{}.String(), MembersRoot: roster.Digest().String(),
	}}
	return nil
}

func (a *App) memberAt(address []byte) string { return a.validators[string(address)] }

// Info tells the engine exactly what is committed; it replays the rest.
func (a *App) Info(context.Context, *abci.RequestInfo) (*abci.ResponseInfo, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.meta.Header.Height == 0 {
		return &abci.ResponseInfo{}, nil
	}
	return &abci.ResponseInfo{LastBlockHeight: a.meta.Header.Height, LastBlockAppHash: root(a.meta.Header)}, nil
}

func root(h chain.Header) []byte { r := h.StateRoot(); return r[:] }

// InitChain takes the members from the genesis document. The engine calls it again when it died before the first block.
func (a *App) InitChain(_ context.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	members, err := chain.ParseMembers(req.AppStateBytes)
	if err != nil {
		return nil, fmt.Errorf("ledger: genesis: %w", err)
	}
	if members.Chain != req.ChainId {
		return nil, errors.New("ledger: genesis: the members' list is for another chain")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.adopt(members); err != nil {
		return nil, err
	}
	for _, v := range req.Validators {
		key := ed25519.PubKey(v.PubKey.GetEd25519())
		org, ok := a.roster.Org(a.validators[string(key.Address())])
		if !ok || org.Power != v.Power {
			return nil, errors.New("ledger: genesis: validators and members differ")
		}
	}
	if len(req.Validators) != len(a.validators) {
		return nil, errors.New("ledger: genesis: validators and members differ")
	}
	if err := a.db.SetSync(keyMembers, members.Bytes()); err != nil {
		return nil, err
	}
	return &abci.ResponseInitChain{AppHash: root(a.meta.Header)}, nil
}

// CheckTx keeps out of the mempool what could never be executed.
func (a *App) CheckTx(_ context.Context, req *abci.RequestCheckTx) (*abci.ResponseCheckTx, error) {
	if req.Type == abci.CheckTxType_Recheck {
		return &abci.ResponseCheckTx{}, nil // judged again when it is executed
	}
	no := a.admissible(req.Tx)
	return &abci.ResponseCheckTx{Code: uint32(no.code), Log: no.detail}, nil
}

// FinalizeBlock executes the decided block, or takes over what was executed for its proposal.
func (a *App) FinalizeBlock(_ context.Context, req *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	if want := a.meta.Header.Height + 1; req.Height != want {
		panic(fmt.Sprintf("ledger: block %d comes after %d", req.Height, want-1))
	}
	a.pending = a.tryOut(block{req.Hash, req.Height, req.Time.UnixMilli(), req.ProposerAddress, req.Txs})
	return &abci.ResponseFinalizeBlock{TxResults: a.pending.results, AppHash: root(a.pending.header)}, nil
}

// maxTrials bounds the proposals of one height kept executed.
const maxTrials = 4

func (a *App) tryOut(b block) *executed {
	if x, ok := a.trial[string(b.hash)]; ok && x.header.Height == b.height {
		return x
	}
	x := a.execute(b)
	if len(a.trial) >= maxTrials {
		clear(a.trial)
	}
	a.trial[string(b.hash)] = x
	return x
}

// Commit writes the block in one atomic batch. It is not synced: the engine has synced the block already, and replays
// it when the batch is lost with the power.
func (a *App) Commit(context.Context, *abci.RequestCommit) (*abci.ResponseCommit, error) {
	x := a.pending
	if x == nil {
		panic("ledger: commit without a block")
	}
	batch := a.db.NewBatch()
	defer batch.Close()
	for k, v := range x.view.writes { // the order within a batch of distinct keys does not matter
		if err := batch.Set([]byte(k), v); err != nil {
			panic(fmt.Sprintf("ledger: database: %v", err))
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := batch.Write(); err != nil {
		panic(fmt.Sprintf("ledger: database: %v", err))
	}
	if x.fresh > 0 {
		a.undo, a.undoSize = x.view.undo(), a.meta.Header.LogSize
	}
	a.meta, _ = load[meta](a.db, keyMeta)
	a.pending = nil
	clear(a.trial)
	if a.opt.OnCommit != nil {
		a.opt.OnCommit(x.header.Height, x.answers)
	}
	close(a.committed)
	a.committed = make(chan struct{})
	return &abci.ResponseCommit{}, nil
}

// Query answers the engine's peer filter: every peer that the configuration lets through. Everything else has Go methods.
func (a *App) Query(_ context.Context, req *abci.RequestQuery) (*abci.ResponseQuery, error) {
	if bytes.HasPrefix([]byte(req.Path), []byte("/p2p/filter/")) {
		return &abci.ResponseQuery{}, nil
	}
	return &abci.ResponseQuery{Code: uint32(chain.CodeMalformed), Log: "no such query"}, nil
}
