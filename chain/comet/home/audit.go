package home

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/store"
	"github.com/cometbft/cometbft/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/membership"
)

// ErrAudit is a chain whose blocks do not fit together; the text says where.
var ErrAudit = errors.New("comet: the chain does not hold")

// AuditReport is a chain replayed from its genesis block, as a ledger of its own: in memory, or in
// a scratch folder.
type AuditReport struct {
	ChainID   string
	From      int64  // first block replayed; above 1 on a node that has thrown its first blocks away (see Audit)
	Height    int64  // blocks replayed
	StateRoot string // after the last of them, lower hex
	Records   uint64 // records in them
	// height of the node's own ledger; one less than Height after a kill, until the node starts
	// again
	LedgerHeight int64
	Differences  []string // between the replay and the node's own ledger, at LedgerHeight; empty: equal bit for bit
	app          *ledger.App
	replayed     dbm.DB
}

// Close frees the replayed ledger; the report's methods must not be called afterwards. Without a
// scratch folder it may be left out.
func (r *AuditReport) Close() error { return r.replayed.Close() }

// EachRecord calls fn with every record in order.
func (r *AuditReport) EachRecord(ctx context.Context, fn func(chain.Committed) error) error {
	for i := uint64(0); i < r.Records; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		c, err := r.app.At(i)
		if err != nil {
			return err
		}
		if err := fn(c); err != nil {
			return err
		}
	}
	return nil
}

// EachSubject calls fn with the final state of every subject, in ascending order of their names.
func (r *AuditReport) EachSubject(ctx context.Context, fn func(chain.SubjectState) error) error {
	return r.app.EachSubject(ctx, fn)
}

// Subject returns a subject's final state: chain.ErrNotFound.
func (r *AuditReport) Subject(subject string) (chain.SubjectState, error) {
	return r.app.Subject(subject)
}

// Members is the members' list in force at the end.
func (r *AuditReport) Members() *membership.Members { return r.app.Roster().Members() }

// Record returns a record by id: chain.ErrNotFound.
func (r *AuditReport) Record(id string) (chain.Committed, error) { return r.app.Record(id) }

// RecordsOf lists a subject's records in order; none is no error.
func (r *AuditReport) RecordsOf(subject string) ([]chain.Committed, error) {
	list, err := r.app.Records(subject)
	if errors.Is(err, chain.ErrNotFound) {
		return nil, nil
	}
	return list, err
}

// Audit replays the chain in a stopped node's folder from the genesis block: every block's hash,
// the engine's votes for it, every record's rules and signatures, every root. It trusts nothing but
// the genesis file and writes nothing.
//
// On a node that has thrown its first blocks away it begins with the records and seals that the
// ledger keeps of them: it checks the records' rules and signatures and the seals of more than two
// thirds of the members over every sealed root, and the first block that is there must carry the
// root that follows from them. What it cannot see any more is the engine's own votes for the blocks
// thrown away, and transactions that were refused. Errors: ErrNoGenesis, ErrAudit, and those of
// opening the databases (a running node holds them locked).
func Audit(ctx context.Context, dir string) (*AuditReport, error) {
	return auditInto(ctx, dir, dbm.NewMemDB())
}

// AuditIn is Audit for a chain of any length: the replayed ledger is written to a database in the
// scratch folder, which must be empty, so that memory does not grow with the chain. Close the
// report before removing the folder.
func AuditIn(ctx context.Context, dir, scratch string) (*AuditReport, error) {
	db, err := dbm.NewGoLevelDB("replay", scratch)
	if err != nil {
		return nil, fmt.Errorf("comet: replay database: %w", err)
	}
	r, err := auditInto(ctx, dir, db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return r, nil
}

func auditInto(ctx context.Context, dir string, into dbm.DB) (*AuditReport, error) {
	doc, err := ReadGenesis(dir)
	if err != nil {
		return nil, err
	}
	cfg := Settings(dir)
	own, err := openReadOnly(cfg, LedgerDB)
	if err != nil {
		return nil, err
	}
	defer own.Close()
	blocksDB, err := openReadOnly(cfg, "blockstore")
	if err != nil {
		return nil, err
	}
	blocks := store.NewBlockStore(blocksDB)
	defer blocks.Close()
	r := &replay{doc: doc, blocks: blocks, own: own, into: into}
	return r.run(ctx)
}

type replay struct {
	doc    *types.GenesisDoc
	blocks *store.BlockStore
	own    dbm.DB
	into   dbm.DB
	app    *ledger.App
	report *AuditReport
	last   types.BlockID
}

func (r *replay) run(ctx context.Context) (report *AuditReport, err error) {
	defer func() { // the engine's stores panic on bytes they cannot read
		if p := recover(); p != nil {
			report, err = nil, fmt.Errorf("%w: unreadable: %v", ErrAudit, p)
		}
	}()
	own, err := ledger.New(ledger.Options{DB: r.own})
	if err != nil {
		return nil, err
	}
	if r.app, err = ledger.New(ledger.Options{DB: r.into}); err != nil {
		return nil, err
	}
	r.report = &AuditReport{ChainID: r.doc.ChainID, LedgerHeight: own.Head().Header.Height, app: r.app,
		replayed: r.into}
	root, err := r.begin(ctx)
	if err != nil {
		return nil, err
	}
	for height := r.report.From; height <= r.blocks.Height(); height++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if root, err = r.block(ctx, height, root); err != nil {
			return nil, fmt.Errorf("%w: block %d: %w", ErrAudit, height, err)
		}
		if height == r.report.LedgerHeight {
			if r.report.Differences, err = storage.Differences(r.into, r.own); err != nil {
				return nil, err
			}
		}
	}
	head := r.app.Head().Header
	r.report.Height, r.report.StateRoot, r.report.Records = head.Height, head.StateRoot().String(), head.LogSize
	if r.report.LedgerHeight > head.Height {
		return nil, fmt.Errorf("%w: the ledger is at %d, the blocks end at %d", ErrAudit, r.report.LedgerHeight,
			head.Height)
	}
	return r.report, nil
}

// begin makes the state before the first block that is there: the genesis, or what the node's own
// records make of it.
func (r *replay) begin(ctx context.Context) (root []byte, err error) {
	r.report.From = max(1, r.blocks.Base())
	if r.report.From == 1 {
		return r.genesis(ctx)
	}
	genesis, err := membership.ParseGenesis(r.doc.AppState)
	if err != nil {
		return nil, fmt.Errorf("%w: genesis: %w", ErrAudit, err)
	}
	if r.app, err = ledger.Rebuild(ctx, r.own, r.into, genesis, r.report.From-1); err != nil {
		return nil, fmt.Errorf("%w: before block %d: %w", ErrAudit, r.report.From, err)
	}
	r.report.app = r.app
	state := r.app.Head().Header.StateRoot()
	first := r.blocks.LoadBlockMeta(r.report.From)
	if first == nil {
		return nil, fmt.Errorf("%w: block %d is missing", ErrAudit, r.report.From)
	}
	r.last = first.Header.LastBlockID // its votes are in the first block, checked there
	return state[:], nil
}

func (r *replay) genesis(ctx context.Context) ([]byte, error) {
	vals := make([]*types.Validator, len(r.doc.Validators))
	for i, v := range r.doc.Validators {
		vals[i] = types.NewValidator(v.PubKey, v.Power)
	}
	if len(vals) == 0 {
		return nil, fmt.Errorf("%w: genesis without validators", ErrAudit)
	}
	res, err := r.app.InitChain(ctx, &abci.RequestInitChain{
		ChainId: r.doc.ChainID, Validators: types.TM2PB.ValidatorUpdates(types.NewValidatorSet(vals)),
		AppStateBytes: r.doc.AppState,
		InitialHeight: r.doc.InitialHeight, Time: r.doc.GenesisTime,
	})
	if err != nil {
		return nil, err
	}
	return res.AppHash, nil
}

// validators is the engine's voters at a height, by the members' lists that the replay has come to.
func (r *replay) validators(height int64) (*types.ValidatorSet, error) {
	vals, err := types.PB2TM.ValidatorUpdates(r.app.Validators(height))
	if err != nil {
		return nil, err
	}
	return types.NewValidatorSet(vals), nil
}

// block checks one block against the one before and executes it; root is the state before it.
func (r *replay) block(ctx context.Context, height int64, root []byte) ([]byte, error) {
	b, meta := r.blocks.LoadBlock(height), r.blocks.LoadBlockMeta(height)
	if b == nil || meta == nil {
		return nil, errors.New("missing")
	}
	if err := b.ValidateBasic(); err != nil {
		return nil, err
	}
	switch {
	case b.ChainID != r.doc.ChainID || b.Height != height:
		return nil, errors.New("of another chain or height")
	case !bytes.Equal(b.AppHash, root):
		return nil, fmt.Errorf("state root %x recorded, %x computed", []byte(b.AppHash), root)
	case height > 1 && !b.LastBlockID.Equals(r.last):
		return nil, errors.New("does not follow the block before")
	}
	if height > 1 {
		set, err := r.validators(height - 1)
		if err != nil {
			return nil, err
		}
		if err := set.VerifyCommitLight(r.doc.ChainID, r.last, height-1, b.LastCommit); err != nil {
			return nil, fmt.Errorf("votes for the block before: %w", err)
		}
	}
	r.last = types.BlockID{Hash: b.Hash(), PartSetHeader: meta.BlockID.PartSetHeader}
	res, err := r.app.FinalizeBlock(ctx, &abci.RequestFinalizeBlock{
		Hash: b.Hash(), Height: height, Time: b.Time, ProposerAddress: b.ProposerAddress, Txs: b.Txs.ToSliceOfBytes(),
	})
	if err != nil {
		return nil, err
	}
	_, err = r.app.Commit(ctx, &abci.RequestCommit{})
	return res.AppHash, err
}
