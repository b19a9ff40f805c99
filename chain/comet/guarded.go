package comet

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

// guarded is the ledger as the engine sees it. Its routines that serve snapshots or take one, and
// the one that looks at the waiting transactions again after a block, are not waited for when the
// engine stops, and must not touch a closed database. And none of them gets
// beyond the last height that this program can judge: the engine votes for what two thirds have
// voted for without asking the ledger again, so a no to the proposal would not keep this member's
// vote and seal from a block that it cannot read. From there on the routine that orders blocks
// waits for the end of the process.
type guarded struct {
	*ledger.App
	node *Node
}

// judges parks the engine's routine at a height that this program cannot judge. While the engine
// starts there is no routine to park: what it is told then is the ledger's own answer, and Start
// says why.
func (g guarded) judges(height int64) {
	err := g.Judges(height)
	if err == nil || !g.node.running.Load() {
		return
	}
	g.node.outdated(err)
	g.node.parkOnce.Do(func() { close(g.node.parked) })
	select {}
}

// PrepareProposal implements abci.Application.
func (g guarded) PrepareProposal(ctx context.Context,
	req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
	g.judges(req.Height)
	return g.App.PrepareProposal(ctx, req)
}

// ProcessProposal implements abci.Application.
func (g guarded) ProcessProposal(ctx context.Context,
	req *abci.RequestProcessProposal) (*abci.ResponseProcessProposal, error) {
	g.judges(req.Height)
	return g.App.ProcessProposal(ctx, req)
}

// ExtendVote implements abci.Application.
func (g guarded) ExtendVote(ctx context.Context, req *abci.RequestExtendVote) (*abci.ResponseExtendVote, error) {
	g.judges(req.Height)
	return g.App.ExtendVote(ctx, req)
}

// VerifyVoteExtension implements abci.Application: a newer program's seal may be one that this one
// would call forged.
func (g guarded) VerifyVoteExtension(ctx context.Context,
	req *abci.RequestVerifyVoteExtension) (*abci.ResponseVerifyVoteExtension, error) {
	g.judges(req.Height)
	return g.App.VerifyVoteExtension(ctx, req)
}

// FinalizeBlock implements abci.Application.
func (g guarded) FinalizeBlock(ctx context.Context,
	req *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	g.judges(req.Height)
	return g.App.FinalizeBlock(ctx, req)
}

// CheckTx implements abci.Application. A transaction whose turn comes when the database is closed
// is refused: the engine would panic on an error, and what waits there ends with the engine.
func (g guarded) CheckTx(ctx context.Context, req *abci.RequestCheckTx) (*abci.ResponseCheckTx, error) {
	g.node.door.RLock()
	defer g.node.door.RUnlock()
	if g.node.closed {
		return &abci.ResponseCheckTx{Code: uint32(chain.CodeNotYet), Log: ErrStopped.Error()}, nil
	}
	return g.App.CheckTx(ctx, req)
}

// OfferSnapshot implements abci.Application.
func (g guarded) OfferSnapshot(ctx context.Context,
	req *abci.RequestOfferSnapshot) (*abci.ResponseOfferSnapshot, error) {
	return ask(g.node, func() (*abci.ResponseOfferSnapshot, error) { return g.App.OfferSnapshot(ctx, req) })
}

// ApplySnapshotChunk implements abci.Application.
func (g guarded) ApplySnapshotChunk(ctx context.Context,
	req *abci.RequestApplySnapshotChunk) (*abci.ResponseApplySnapshotChunk, error) {
	return ask(g.node, func() (*abci.ResponseApplySnapshotChunk, error) { return g.App.ApplySnapshotChunk(ctx, req) })
}

// ListSnapshots implements abci.Application.
func (g guarded) ListSnapshots(ctx context.Context,
	req *abci.RequestListSnapshots) (*abci.ResponseListSnapshots, error) {
	return ask(g.node, func() (*abci.ResponseListSnapshots, error) { return g.App.ListSnapshots(ctx, req) })
}

// LoadSnapshotChunk implements abci.Application.
func (g guarded) LoadSnapshotChunk(ctx context.Context,
	req *abci.RequestLoadSnapshotChunk) (*abci.ResponseLoadSnapshotChunk, error) {
	return ask(g.node, func() (*abci.ResponseLoadSnapshotChunk, error) { return g.App.LoadSnapshotChunk(ctx, req) })
}

// addressFilter begins the engine's question whether somebody at an address may try to become a
// peer.
const addressFilter = "/p2p/filter/addr/"

// knocksRate and knocksBurst are how often one network may try: a connection that says nothing
// takes one of the port's for as long as a handshake may last. Members are few, and wait seconds
// between two tries.
const (
	knocksRate  = 3 // a second
	knocksBurst = 20
)

// Query implements abci.Application: it limits tries by network; whose node it is, is asked later,
// when the node has proved it.
func (g guarded) Query(ctx context.Context, req *abci.RequestQuery) (*abci.ResponseQuery, error) {
	if address, ok := strings.CutPrefix(req.Path, addressFilter); ok && !g.node.knocks.knock(address, time.Now()) {
		return &abci.ResponseQuery{Code: uint32(chain.CodeMalformed), Log: "too many tries of this network"}, nil
	}
	return g.App.Query(ctx, req)
}

// knocks limits tries by network; this machine's own are not counted, behind which a tunnel to any
// member may be.
type knocks struct{ rates *limit.Rates }

func (k knocks) knock(address string, at time.Time) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.Unmap().IsLoopback() {
		return true
	}
	return k.rates.Allow(limit.Network(host), at)
}
