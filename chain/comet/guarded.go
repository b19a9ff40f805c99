package comet

import (
	"context"
	"errors"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain/ledger"
)

// guarded is the ledger as the engine's routines see it that may outlive the engine: those that serve snapshots or take one
// are not waited for when it stops, and must not touch a closed database.
type guarded struct {
	*ledger.App
	node *Node
}

// FinalizeBlock implements abci.Application: a height that this program cannot judge is not executed, and the node halts. While
// it catches up the engine would panic at an error, so its routine is parked until the process ends.
func (g guarded) FinalizeBlock(ctx context.Context, req *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	res, err := g.App.FinalizeBlock(ctx, req)
	if errors.Is(err, ErrSchema) {
		g.node.halt()
		if g.node.syncing != nil && g.node.syncing() {
			close(g.node.parked)
			select {}
		}
	}
	return res, err
}

// OfferSnapshot implements abci.Application.
func (g guarded) OfferSnapshot(ctx context.Context, req *abci.RequestOfferSnapshot) (*abci.ResponseOfferSnapshot, error) {
	return ask(g.node, func() (*abci.ResponseOfferSnapshot, error) { return g.App.OfferSnapshot(ctx, req) })
}

// ApplySnapshotChunk implements abci.Application.
func (g guarded) ApplySnapshotChunk(ctx context.Context, req *abci.RequestApplySnapshotChunk) (*abci.ResponseApplySnapshotChunk, error) {
	return ask(g.node, func() (*abci.ResponseApplySnapshotChunk, error) { return g.App.ApplySnapshotChunk(ctx, req) })
}

// ListSnapshots implements abci.Application.
func (g guarded) ListSnapshots(ctx context.Context, req *abci.RequestListSnapshots) (*abci.ResponseListSnapshots, error) {
	return ask(g.node, func() (*abci.ResponseListSnapshots, error) { return g.App.ListSnapshots(ctx, req) })
}

// LoadSnapshotChunk implements abci.Application.
func (g guarded) LoadSnapshotChunk(ctx context.Context, req *abci.RequestLoadSnapshotChunk) (*abci.ResponseLoadSnapshotChunk, error) {
	return ask(g.node, func() (*abci.ResponseLoadSnapshotChunk, error) { return g.App.LoadSnapshotChunk(ctx, req) })
}
