package comet_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// overheard keeps what the mempool asked about last.
type overheard struct {
	abci.Application
	tx atomic.Pointer[[]byte]
}

func (o *overheard) CheckTx(ctx context.Context, req *abci.RequestCheckTx) (*abci.ResponseCheckTx, error) {
	o.tx.Store(&req.Tx)
	return o.Application.CheckTx(ctx, req)
}

// TestEngineAsksAfterTheStop: the engine has routines that it does not wait for when it stops. Each
// gets an answer when the database is closed already; a panic there would end the process, with
// another exit code than what is at an end has.
func TestEngineAsksAfterTheStop(t *testing.T) {
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	dir := t.TempDir()
	members, err := home.InitGenesis(dir, w.Members, "h1", w.Start)
	if err != nil {
		t.Fatal(err)
	}
	w.Members = members
	app := &overheard{}
	n, err := comet.Start(context.Background(), comet.Config{
		Dir: dir, Sealer: w.Orgs["h1"].Seal, Member: "h1", Logger: quiet(t),
		Wrap: func(inner abci.Application, _ comet.Inside) abci.Application { app.Application = inner; return app },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Stop() })
	accept(t, n, w.Enrolments()...)
	if err := n.Stop(); err != nil {
		t.Fatal(err)
	}
	ctx, tx := context.Background(), *app.tx.Load()
	for _, kind := range []abci.CheckTxType{abci.CheckTxType_New, abci.CheckTxType_Recheck} {
		r, err := app.Application.CheckTx(ctx, &abci.RequestCheckTx{Tx: tx, Type: kind})
		if err != nil || r.IsOK() { // the engine panics on an error
			t.Errorf("%s after the stop: %+v %v", kind, r, err)
		}
	}
	for name, ask := range map[string]func() error{
		"lists snapshots": func() error { return second(app.ListSnapshots(ctx, &abci.RequestListSnapshots{})) },
		"loads a chunk": func() error {
			return second(app.LoadSnapshotChunk(ctx, &abci.RequestLoadSnapshotChunk{Height: 1}))
		},
		"offers one": func() error {
			return second(app.OfferSnapshot(ctx, &abci.RequestOfferSnapshot{Snapshot: &abci.Snapshot{Height: 1}}))
		},
		"applies a chunk": func() error {
			return second(app.ApplySnapshotChunk(ctx, &abci.RequestApplySnapshotChunk{}))
		},
	} {
		if err := ask(); err == nil {
			t.Errorf("%s after the stop: no error", name)
		}
	}
	if _, err := app.Query(ctx, &abci.RequestQuery{Path: "/p2p/filter/id/nobody"}); err != nil {
		t.Errorf("asks about a peer after the stop: %v", err)
	}
}
