package ledger

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"runtime"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger/snapshot"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"github.com/smart-hospital/hospital/chain/membership"
	"golang.org/x/sync/errgroup"
)

// Unfinished tells whether the database holds a ledger whose restoring from a snapshot did not come
// to its end: whatever it and the engine's stores hold is to be thrown away.
func Unfinished(db dbm.DB) (bool, error) { return db.Has(storage.KeyRestoring) }

// rebuilding executes a stream into a ledger of its own.
type rebuilding struct {
	app   *App
	seals *errgroup.Group // of a snapshot: their signatures are checked while execution goes on
}

// rebuild makes a ledger at the genesis list.
func rebuild(genesis *membership.Members, opt Options) (*rebuilding, error) {
	if err := opt.DB.SetSync(storage.KeyMembers, genesis.Bytes()); err != nil {
		return nil, err
	}
	opt.Logger = slog.New(slog.DiscardHandler)
	app, err := New(opt)
	if err != nil {
		return nil, err
	}
	app.marked = false // that is for the first block of its own to take away
	return &rebuilding{app: app, seals: newChecks()}, nil
}

func newChecks() *errgroup.Group {
	g := &errgroup.Group{}
	g.SetLimit(runtime.GOMAXPROCS(0))
	return g
}

// Add implements snapshot.Ledger.
func (r *rebuilding) Add(it storage.Item) error {
	a := r.app
	if err := a.knows(it.Height); err != nil {
		return err
	}
	switch head := a.meta.Header.Height; {
	case it.Kind == storage.ItemRecords && (it.Height <= head || len(it.Records) == 0), it.Height < head:
		return fmt.Errorf("%w: height %d after %d", storage.ErrStream, it.Height, head)
	case it.Kind == storage.ItemRecords:
		return r.records(it)
	case it.Height > head:
		r.commit(a.execute(block{height: it.Height, time: it.Time}))
	}
	header := a.meta.Header
	if a.opt.noSigs { // execution takes the seals as they are too
		r.checkLater(it, header)
	}
	x := a.execute(block{height: it.Height, time: header.Time,
		txs: [][]byte{transaction.Seals{Height: it.Height, Seals: it.Seals}.Encode()}})
	if x.results[0].Code != uint32(chain.CodeOK) {
		return fmt.Errorf("%w: seals over %d", storage.ErrStream, header.Height)
	}
	r.commit(x)
	return nil
}

func (r *rebuilding) checkLater(it storage.Item, header chain.Header) {
	roster := r.app.listAt(it.Height).roster
	r.seals.Go(func() error {
		power, err := chain.SealPower(roster, header, it.Seals)
		if err == nil && !roster.Quorum(power) {
			err = errSeals
		}
		if err != nil {
			return fmt.Errorf("%w: seals over %d: %w", storage.ErrStream, header.Height, err)
		}
		return nil
	})
}

func (r *rebuilding) records(it storage.Item) error {
	b := block{height: it.Height, time: it.Time, proposer: r.app.addressAt(it.Height, it.Proposer)}
	for rest := it.Records; len(rest) > 0; {
		n, size := 0, 0
		for n < len(rest) && n < chain.MaxBatchRecords && (n == 0 || size+len(rest[n]) < chain.MaxBatchBytes/2) {
			size += len(rest[n])
			n++
		}
		tx, err := transaction.EncodeBatch(transaction.Nonce{}, rest[:n])
		if err != nil {
			return fmt.Errorf("%w: %w", storage.ErrStream, err)
		}
		b.txs, rest = append(b.txs, tx), rest[n:]
	}
	x := r.app.execute(b)
	if x.fresh != uint64(len(it.Records)) {
		return fmt.Errorf("%w: block %d holds a record that the rules refuse", storage.ErrStream, it.Height)
	}
	r.commit(x)
	return nil
}

func (r *rebuilding) commit(x *executed) {
	r.app.pending = x
	_, _ = r.app.Commit(context.Background(), &abci.RequestCommit{}) // panics when the disk fails, else nil
}

// Settle implements snapshot.Ledger: it waits for the checks of the seals so far.
func (r *rebuilding) Settle() error {
	err := r.seals.Wait()
	r.seals = newChecks()
	return err
}

// Rebuild executes the stream of one ledger into another, with every signature, up to the records
// of a height and without what came after. It is the audit of what the engine's blocks do not hold
// any more. into must be empty.
func Rebuild(ctx context.Context, from, into dbm.DB, genesis *membership.Members, height int64) (*App, error) {
	r, err := rebuild(genesis, Options{DB: into})
	if err != nil {
		return nil, err
	}
	end := storage.Place{Height: height, Kind: storage.ItemSeals}
	err = storage.EachItem(storage.Database{DB: from}, storage.Place{}, end, func(it storage.Item) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return r.Add(it)
	})
	if err := storage.FirstError(err, r.Settle()); err != nil {
		return nil, err
	}
	if head := r.app.meta.Header; head.Height < height { // blocks that held no records
		r.commit(r.app.execute(block{height: height, time: head.Time}))
	}
	return r.app, nil
}

// restore is a snapshot on its way in. Snapshot connection only.
type restore struct {
	*snapshot.Incoming
	app    *App // rebuilt from it
	height int64
	root   []byte // that the members' votes confirm
}

// OfferSnapshot begins anew with a snapshot, at the genesis list of this node.
func (a *App) OfferSnapshot(_ context.Context, req *abci.RequestOfferSnapshot) (*abci.ResponseOfferSnapshot, error) {
	s, answer := req.Snapshot, func(r abci.ResponseOfferSnapshot_Result) (*abci.ResponseOfferSnapshot, error) {
		return &abci.ResponseOfferSnapshot{Result: r}, nil
	}
	offer := snapshot.Offer{Height: int64(s.Height), Format: s.Format, Chunks: s.Chunks, Digests: s.Metadata,
		Digest: s.Hash}
	if a.opt.Genesis == nil || (a.Head().Header.Height > 0 && a.restoring.Load() == nil) {
		return answer(abci.ResponseOfferSnapshot_ABORT) // a ledger that lives is not written over
	}
	switch err := offer.Check(); {
	case errors.Is(err, snapshot.ErrFormat):
		return answer(abci.ResponseOfferSnapshot_REJECT_FORMAT)
	case err != nil:
		return answer(abci.ResponseOfferSnapshot_REJECT_SENDER)
	}
	if err := snapshot.Begin(a.db); err != nil {
		return nil, err
	}
	// Records' signatures are left out: the roots that the members have sealed confirm the records,
	// and the members sealed none without its signatures.
	r, err := rebuild(a.opt.Genesis,
		Options{DB: a.opt.DB, SnapshotEvery: a.opt.SnapshotEvery, noSigs: true, known: a.opt.known, chunk: a.opt.chunk})
	if err != nil {
		return nil, err
	}
	a.restoring.Store(&restore{Incoming: snapshot.Receive(offer, r), app: r.app, height: offer.Height,
		root: req.AppHash})
	return answer(abci.ResponseOfferSnapshot_ACCEPT)
}

// ApplySnapshotChunk takes the next chunk. A chunk with another digest is asked for again, from
// somebody else; one that the chain cannot hold ends the snapshot, whose maker has lied.
func (a *App) ApplySnapshotChunk(_ context.Context,
	req *abci.RequestApplySnapshotChunk) (*abci.ResponseApplySnapshotChunk, error) {
	r := a.restoring.Load()
	if r == nil || req.Index != r.Next() || r.Whole() {
		return &abci.ResponseApplySnapshotChunk{Result: abci.ResponseApplySnapshotChunk_ABORT}, nil
	}
	err := r.Take(req.Chunk)
	if errors.Is(err, snapshot.ErrOther) {
		digest := gm.Sum(req.Chunk)
		a.log.Error("ledger: a peer sent a chunk that is not the snapshot's", "peer", req.Sender, "chunk", req.Index,
			"digest", hex.EncodeToString(digest[:]))
		return &abci.ResponseApplySnapshotChunk{
			Result: abci.ResponseApplySnapshotChunk_RETRY, RefetchChunks: []uint32{req.Index},
			RejectSenders: []string{req.Sender},
		}, nil
	}
	if err == nil && r.Whole() {
		err = a.restored(r)
	}
	if errors.Is(err, ErrSchema) { // every other snapshot of the chain as it is now would say the same
		a.outdated(err)
		return &abci.ResponseApplySnapshotChunk{Result: abci.ResponseApplySnapshotChunk_ABORT}, nil
	}
	if err != nil {
		a.log.Error("ledger: snapshot refused", "peer", req.Sender, "height", r.height, "err", err)
		return &abci.ResponseApplySnapshotChunk{Result: abci.ResponseApplySnapshotChunk_REJECT_SNAPSHOT,
			RejectSenders: []string{req.Sender}}, nil
	}
	return &abci.ResponseApplySnapshotChunk{Result: abci.ResponseApplySnapshotChunk_ACCEPT}, nil
}

// restored takes the rebuilt ledger over when it has the height and the root that the members'
// votes confirm.
func (a *App) restored(r *restore) error {
	head := r.app.meta.Header
	if head.Height != r.height || !bytes.Equal(root(head), r.root) {
		return fmt.Errorf("%w: it ends at %d with root %x, the chain has root %x at %d", storage.ErrStream, head.Height,
			root(head), r.root, r.height)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.restoring.Store(nil)
	defer a.publisher.Exclude()()
	a.log.Info("ledger: restored from a snapshot", "height", head.Height, "records", head.LogSize)
	return a.load()
}

// addressAt is the consensus address of a member's validator at a height; nil when it has none.
func (a *App) addressAt(height int64, member string) []byte {
	for address, id := range a.listAt(height).validators {
		if id == member {
			return []byte(address)
		}
	}
	return nil
}
