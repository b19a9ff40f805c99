package ledger

import (
	"context"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain/ledger/snapshot"
)

func (o Options) policy() snapshot.Policy {
	return snapshot.Policy{Every: o.SnapshotEvery, KeepBlocks: o.KeepBlocks, ChunkBytes: o.chunk}
}

// grow goes on cutting after a commit, and answers the height below which the engine may throw its
// blocks away; 0: it keeps all.
func (a *App) grow(before uint64) (retain int64) {
	retain, err := a.cut.Grow(a.opt.policy(), before, a.meta.Header)
	if err != nil {
		panic("ledger: snapshot: " + err.Error()) // as every other failure of the disk
	}
	return retain
}

// ListSnapshots tells a late node what it can have.
func (a *App) ListSnapshots(context.Context, *abci.RequestListSnapshots) (*abci.ResponseListSnapshots, error) {
	offers, err := a.cut.Offers(a.Head().Header.Height)
	if err != nil {
		return nil, err
	}
	res := &abci.ResponseListSnapshots{}
	for _, o := range offers {
		res.Snapshots = append(res.Snapshots, &abci.Snapshot{
			Height: uint64(o.Height), Format: o.Format, Chunks: o.Chunks, Hash: o.Digest, Metadata: o.Digests,
		})
	}
	return res, nil
}

// LoadSnapshotChunk reads one chunk from the ledger; empty when there is no such.
func (a *App) LoadSnapshotChunk(_ context.Context,
	req *abci.RequestLoadSnapshotChunk) (*abci.ResponseLoadSnapshotChunk, error) {
	chunk, err := a.cut.Chunk(int64(req.Height), req.Format, req.Chunk)
	return &abci.ResponseLoadSnapshotChunk{Chunk: chunk}, err
}
