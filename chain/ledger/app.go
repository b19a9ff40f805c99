package ledger

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/ledger/judge"
	"github.com/smart-hospital/hospital/chain/ledger/reader"
	"github.com/smart-hospital/hospital/chain/ledger/snapshot"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Sealer signs state roots as one member.
type Sealer interface {
	// Seal signs with the key of the seal certificate that the members' list names; an error when
	// there is no such key here.
	Seal(ctx context.Context, cert *pki.Certificate, msg []byte) ([]byte, error)
}

// Options of an App.
type Options struct {
	DB     dbm.DB       // the ledger's own database; the App does not close it
	Sealer Sealer       // nil: this node does not seal (a reader, an audit)
	Member string       // member id the sealer signs for
	Logger *slog.Logger // nil: slog.Default
	// SnapshotEvery is the number of records after which a snapshot for late nodes is taken; 0:
	// never.
	SnapshotEvery uint64
	// KeepBlocks lets the engine throw away blocks that are older than so many heights and than the
	// oldest snapshot kept; 0: it keeps all. It needs SnapshotEvery.
	KeepBlocks int64
	// Genesis is the first members' list, for a node that may begin with a snapshot; nil: it begins
	// with the first block.
	Genesis *membership.Members
	// OnCommit is called after every committed block, in order, with what became of its records. It
	// must not block.
	OnCommit func(height int64, answers []Result)
	// OnDoubt is called when a member's node does what no honest one does; the same deed may be
	// told more than once. It must not block.
	OnDoubt func(chain.Doubt)

	// OnSchema is called after the last height that this program can execute, with the ErrSchema
	// that says why: the node is to be stopped. It must not block.
	OnSchema func(error)

	noSigs    bool                  // signatures pass unseen: of a stream whose end the members' votes confirm
	verifying func()                // called before each signature that is verified; nil: nobody counts
	known     func(schema int) bool // nil: this program's table (a test's ledger may be an older one)
	now       func() time.Time      // nil: time.Now. It decides what comes into the mempool and nothing else
	chunk     int                   // bytes of a snapshot's chunk; 0: the usual (a test's are small)
}

func (o Options) clock() time.Time {
	if o.now != nil {
		return o.now()
	}
	return time.Now()
}

// App is the ledger. Its ABCI methods are called by the engine on several connections at once; its
// queries by anyone. The consensus methods come one at a time by ABCI's contract; mu lets the
// others see whole heights only.
type App struct {
	abci.BaseApplication
	opt       Options
	log       *slog.Logger
	db        storage.Database
	inspector *judge.Inspector

	leaving atomic.Bool // see Leave

	*reader.Reader // of what is committed
	publisher      reader.Publisher

	mu        sync.RWMutex
	lists     []*list // the genesis list and those adopted since; the last may not be in force yet
	meta      storage.Meta
	before    *storage.Upper    // of the status tree one block back
	undo      map[string][]byte // see storage.Past
	undoSize  uint64            // log size that undo leads back to
	committed chan struct{}     // closed and replaced at every commit
	adopted   chan struct{}     // closed and replaced when a members' list is adopted

	quotas *quotas

	// Consensus connection only.
	recent     *storage.Recent
	trial      map[string]*executed // blocks executed for a proposal, by block hash
	proposed   *proposed            // the block that this node has proposed; nil: none of this height
	pending    *executed            // the decided block
	sealChecks *storage.Cache[merkle.Hash, int64]
	cut        *snapshot.Cutter
	marked     bool // storage.KeyRestoring is there

	// the snapshot connection alone changes it; until it is gone, nothing in the database is
	// confirmed
	restoring atomic.Pointer[restore]
}

// New opens the ledger over its database, at the height it was committed at.
func New(opt Options) (*App, error) {
	a := &App{
		opt: opt, log: opt.Logger, db: storage.Database{DB: opt.DB},
		inspector: judge.NewInspector(judge.Options{NoSignatures: opt.noSigs, Verifying: opt.verifying}),
		quotas:    newQuotas(opt.clock),
		trial:     map[string]*executed{}, sealChecks: storage.NewCache[merkle.Hash, int64](maxTrials),
		committed: make(chan struct{}), adopted: make(chan struct{}),
	}
	a.cut = snapshot.NewCutter(a.db)
	a.Reader, a.publisher = reader.New(a.db, a.inspector)
	if a.log == nil {
		a.log = slog.Default()
	}
	return a, a.load()
}

// load takes up the state that the database holds.
func (a *App) load() (err error) {
	defer a.publish()
	if a.recent, err = storage.NewRecent(a.db); err != nil {
		return err
	}
	if err := a.cut.Load(); err != nil {
		return err
	}
	if a.marked, err = a.db.Has(storage.KeyRestoring); err != nil {
		return err
	}
	raw, err := a.db.Get(storage.KeyMembers)
	if err != nil {
		return err
	}
	a.lists = nil
	if raw != nil {
		if err := a.loadLists(); err != nil {
			return err
		}
	} else if a.opt.Genesis != nil {
		genesis, err := openList(a.opt.Genesis, nil)
		if err != nil {
			return err
		}
		a.lists = []*list{genesis}
	}
	if len(a.lists) == 0 {
		return nil
	}
	a.meta = storage.Meta{Header: a.origin()}
	m, ok, err := storage.LoadMeta(a.db)
	if ok {
		a.meta = m
	}
	return err
}

// publish lets readers see what stands now. The caller is the one that changes it.
func (a *App) publish() {
	s := reader.State{Meta: a.meta, Upper: a.recent.Upper, Before: a.before, Undo: a.undo, UndoSize: a.undoSize}
	if len(a.lists) > 0 {
		s.Timeline = a.timeline()
	}
	a.publisher.Publish(s)
}

// origin is the header before the first block.
func (a *App) origin() chain.Header {
	genesis := a.lists[0].roster
	return chain.Header{
		Chain: genesis.Chain(), LogRoot: merkle.EmptyLogRoot().String(), StatusRoot: merkle.Hash{}.String(),
		MembersRoot: genesis.Digest().String(),
	}
}

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

// InitChain takes the members from the genesis document. The engine calls it again when it died
// before the first block.
func (a *App) InitChain(_ context.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	members, err := membership.ParseGenesis(req.AppStateBytes)
	if err != nil {
		return nil, fmt.Errorf("ledger: genesis: %w", err)
	}
	if members.Chain != req.ChainId {
		return nil, errors.New("ledger: genesis: the members' list is for another chain")
	}
	genesis, err := openList(members, nil)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lists = []*list{genesis}
	a.meta = storage.Meta{Header: a.origin()}
	for _, v := range req.Validators {
		key := ed25519.PubKey(v.PubKey.GetEd25519())
		org, ok := genesis.voter(key.Address())
		if !ok || org.Power != v.Power {
			return nil, errors.New("ledger: genesis: validators and members differ")
		}
	}
	if len(req.Validators) != len(genesis.validators) {
		return nil, errors.New("ledger: genesis: validators and members differ")
	}
	if err := a.db.SetSync(storage.KeyMembers, members.Bytes()); err != nil {
		return nil, err
	}
	a.publish()
	return &abci.ResponseInitChain{AppHash: root(a.meta.Header)}, nil
}

// CheckTx keeps out of the mempool what could never be executed, and what would be refused beyond a
// member's share.
func (a *App) CheckTx(_ context.Context, req *abci.RequestCheckTx) (*abci.ResponseCheckTx, error) {
	judge := a.admit
	if req.Type == abci.CheckTxType_Recheck {
		judge = a.keep
	}
	no := judge(req.Tx)
	return &abci.ResponseCheckTx{Code: uint32(no.Code), Log: no.Detail}, nil
}

// FinalizeBlock executes the decided block, or takes over what was executed for its proposal.
func (a *App) FinalizeBlock(_ context.Context, req *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	if want := a.meta.Header.Height + 1; req.Height != want {
		panic(fmt.Sprintf("ledger: block %d comes after %d", req.Height, want-1))
	}
	if err := a.knows(req.Height); err != nil {
		return nil, err
	}
	a.misbehaved(req.Misbehavior)
	a.pending = a.tryOut(block{req.Hash, req.Height, req.Time.UnixMilli(), req.ProposerAddress, req.Txs})
	res := &abci.ResponseFinalizeBlock{TxResults: a.pending.results, AppHash: root(a.pending.header)}
	if next := a.pending.adopted; next != nil {
		res.ValidatorUpdates = a.listAt(req.Height).updates(next)
	}
	return res, nil
}

// maxTrials bounds the proposals of one height kept executed.
const maxTrials = 4

func (a *App) tryOut(b block) *executed {
	if x, ok := a.trial[string(b.hash)]; ok && x.header.Height == b.height {
		return x
	}
	x := a.proposed.is(b)
	if x == nil {
		x = a.execute(b)
	}
	if len(a.trial) >= maxTrials {
		clear(a.trial)
	}
	a.trial[string(b.hash)] = x
	return x
}

// Commit writes the block in one atomic batch. It is not synced: the engine has synced the block
// already, and replays it when the batch is lost with the power.
func (a *App) Commit(context.Context, *abci.RequestCommit) (*abci.ResponseCommit, error) {
	if a.pending == nil {
		panic("ledger: commit without a block")
	}
	before, adopted := a.meta.Header.LogSize, a.pending.adopted != nil
	a.charge(a.pending)
	a.commit(a.pending)
	a.warnOfSchema(adopted)
	return &abci.ResponseCommit{RetainHeight: a.grow(before)}, nil
}

func (a *App) commit(x *executed) {
	batch := a.db.NewBatch()
	defer batch.Close()
	for k, v := range x.view.Writes { // the order within a batch of distinct keys does not matter
		var err error
		if v == nil {
			err = batch.Delete([]byte(k))
		} else {
			err = batch.Set([]byte(k), v)
		}
		if err != nil {
			panic(fmt.Sprintf("ledger: database: %v", err))
		}
	}
	if a.marked { // from here on the engine has a block to go on from
		if err := batch.Delete(storage.KeyRestoring); err != nil {
			panic(fmt.Sprintf("ledger: database: %v", err))
		}
		a.marked = false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	defer a.publisher.Exclude()()
	if err := batch.Write(); err != nil {
		panic(fmt.Sprintf("ledger: database: %v", err))
	}
	if x.fresh > 0 {
		a.before, a.undo, a.undoSize = a.recent.Upper, x.view.Undo(), a.meta.Header.LogSize
	}
	a.recent.Committed(x.view)
	a.meta = x.meta
	if x.adopted != nil {
		a.lists = append(slices.Clip(a.lists), x.adopted)
		close(a.adopted)
		a.adopted = make(chan struct{})
		a.log.Info("ledger: members' list adopted", "from", x.adopted.from(), "members",
			len(x.adopted.roster.Members().Members))
	}
	a.pending, a.proposed = nil, nil
	clear(a.trial)
	a.publish()
	if a.opt.OnCommit != nil {
		a.opt.OnCommit(x.header.Height, x.answers)
	}
	close(a.committed)
	a.committed = make(chan struct{})
}

// Leave refuses new peers from now on: one that connects while the engine stops would be left with
// a connection that nobody reads or closes.
func (a *App) Leave() { a.leaving.Store(true) }

// Query answers the engine's peer filter: the members' nodes, from any address. Everything else has
// Go methods.
func (a *App) Query(_ context.Context, req *abci.RequestQuery) (*abci.ResponseQuery, error) {
	if strings.HasPrefix(req.Path, "/p2p/filter/addr/") {
		return &abci.ResponseQuery{}, nil
	}
	if node, ok := strings.CutPrefix(req.Path, "/p2p/filter/id/"); ok {
		if a.MemberOf(node) != "" && !a.leaving.Load() {
			return &abci.ResponseQuery{}, nil
		}
		return &abci.ResponseQuery{Code: uint32(chain.CodeUnknownOrg), Log: "not a node of a member"}, nil
	}
	return &abci.ResponseQuery{Code: uint32(chain.CodeMalformed), Log: "no such query"}, nil
}
