package comet

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/smart-hospital/hospital/chain/membership"
)

// TestOldProgramTakesNoPart: whatever the engine asks for a height that this program cannot judge,
// it gets no answer any more: the engine would vote for, and have sealed, a block that two thirds
// have voted for, though the ledger refused its proposal. The height before is answered as ever.
func TestOldProgramTakesNoPart(t *testing.T) {
	const from = 5
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	w.Members.Schemas = []membership.Schema{{From: from, V: chain.Newest + 1}}
	members := chaintest.Must(home.InitGenesis(t.TempDir(), w.Members, "h1", w.Start))
	ctx := context.Background()
	for name, ask := range map[string]func(g guarded, height int64){
		"proposes": func(g guarded, h int64) { _, _ = g.PrepareProposal(ctx, &abci.RequestPrepareProposal{Height: h}) },
		"votes":    func(g guarded, h int64) { _, _ = g.ProcessProposal(ctx, &abci.RequestProcessProposal{Height: h}) },
		"seals":    func(g guarded, h int64) { _, _ = g.ExtendVote(ctx, &abci.RequestExtendVote{Height: h}) },
		"judges seals": func(g guarded, h int64) {
			_, _ = g.VerifyVoteExtension(ctx, &abci.RequestVerifyVoteExtension{Height: h})
		},
	} {
		app, err := ledger.New(ledger.Options{DB: dbm.NewMemDB(), Genesis: members,
			Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		n := &Node{app: app, stopped: make(chan struct{}), parked: make(chan struct{})}
		n.running.Store(true)
		ask(guarded{app, n}, from-1)
		if n.Err() != nil {
			t.Errorf("%s at %d: %v", name, from-1, n.Err())
		}
		answered := make(chan struct{})
		go func() {
			ask(guarded{app, n}, from)
			close(answered)
		}()
		select {
		case <-n.parked:
		case <-answered:
			t.Errorf("it %s at a height that it cannot judge", name)
			continue
		}
		select {
		case <-answered:
			t.Errorf("it %s at a height that it cannot judge", name)
		case <-n.Stopped():
		}
		if !errors.Is(n.Err(), ErrSchema) {
			t.Errorf("%s: it does not say why it stopped: %v", name, n.Err())
		}
	}
}
