package ledger

import (
	"context"
	"slices"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
)

// TestOwnProposalIsExecutedOnce: what a node executed to propose a block is what it votes by, and
// no other block is taken for it.
func TestOwnProposalIsExecutedOnce(t *testing.T) {
	n := newNetwork2(t, "h1", "h2")
	n.block()
	app, txs := n.peers[0].App, byOrg(n.ward, n.ward.Enrolments()...)
	height := app.Head().Header.Height + 1
	res, err := app.PrepareProposal(context.Background(), &abci.RequestPrepareProposal{Height: height, Txs: txs,
		MaxTxBytes: 4 << 20, LocalLastCommit: n.last, Time: time.UnixMilli(n.time), ProposerAddress: n.address("h1")})
	if err != nil || app.proposed == nil || len(res.Txs) != len(txs) {
		t.Fatalf("%d of %d transactions: %v", len(res.Txs), len(txs), err)
	}
	own := block{height: height, time: n.time, proposer: n.address("h1"), txs: res.Txs}
	for name, change := range map[string]func(*block){
		"height":   func(b *block) { b.height++ },
		"time":     func(b *block) { b.time++ },
		"proposer": func(b *block) { b.proposer = n.address("h2") },
		"order":    func(b *block) { slices.Reverse(b.txs) },
		"fewer":    func(b *block) { b.txs = b.txs[1:] },
		"bytes":    func(b *block) { b.txs[0] = append(slices.Clone(b.txs[0]), 0) },
	} {
		other := own
		other.txs = slices.Clone(own.txs)
		change(&other)
		if app.proposed.is(other) != nil {
			t.Errorf("a block with another %s passes for the proposed one", name)
		}
	}
	own.hash = []byte("hash")
	if x := app.proposed.x; app.tryOut(own) != x {
		t.Error("the proposed block was executed again")
	}
	n.decide(height, res.Txs)
	if app.proposed != nil {
		t.Error("a proposal outlives its height")
	}
}
