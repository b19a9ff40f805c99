package comet_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// start runs a single-validator node of h1 in a folder, set up at first.
func start(t testing.TB, dir string, w *chaintest.Ward) *comet.Node {
	t.Helper()
	if !home.HasGenesis(dir) {
		members, err := home.InitGenesis(dir, w.Members, "h1", w.Start)
		if err != nil {
			t.Fatal(err)
		}
		w.Members = members
	}
	n, err := comet.Start(context.Background(), comet.Config{
		Dir: dir, Sealer: w.Orgs["h1"].Seal, Member: "h1", Logger: quiet(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Stop() })
	return n
}

func quiet(t testing.TB) *slog.Logger {
	if testing.Verbose() {
		return slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	return slog.New(slog.DiscardHandler)
}

// patience bounds what a test waits for. It judges that something comes, not how fast the machine
// is.
const patience = 2 * time.Minute

func submit(t testing.TB, n *comet.Node, recs ...chain.Record) []chain.Outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	out, err := n.Submit(ctx, recs)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func accept(t testing.TB, n *comet.Node, recs ...chain.Record) []chain.Outcome {
	t.Helper()
	out := submit(t, n, recs...)
	for i, o := range out {
		if o.Code != chain.CodeOK || o.Height == 0 || o.ID != recs[i].ID() {
			t.Fatalf("record %d (%s): %s %s at %d", i, recs[i].Statement.Kind, o.Code, o.Detail, o.Height)
		}
	}
	return out
}

// receipt waits for a record's seals.
func receipt(t testing.TB, n *comet.Node, id string) *chain.Receipt {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		r, err := n.Receipt(context.Background(), id)
		if err == nil {
			return r
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

func TestJourneyReceiptsAndRestart(t *testing.T) {
	ctx := context.Background()
	dir, w := t.TempDir(), chaintest.NewWard(time.Now().Add(-time.Minute))
	n := start(t, dir, w)
	accept(t, n, w.Enrolments()...)
	journey := w.Journey("RX1", time.Now())
	for _, r := range journey {
		accept(t, n, r)
	}
	for _, r := range append(w.Enrolments()[:0], journey...) {
		got := receipt(t, n, r.ID())
		if err := chain.VerifyReceipt(w.Members, got); err != nil {
			t.Errorf("%s: %v", r.Statement.Kind, err)
		}
	}
	proof, err := n.SubjectProof(ctx, "rx:RX1")
	if err != nil {
		t.Fatal(err)
	}
	if err := chain.VerifyStatus(w.Members, proof); err != nil || proof.State.Status != chain.StatusDispensed {
		t.Errorf("status proof: %v, %+v", err, proof.State)
	}
	before := n.Health(ctx)
	if !before.Ready || before.SealedUpTo != before.Height || before.Records != 12 {
		t.Errorf("health: %+v", before)
	}
	time.Sleep(50 * time.Millisecond)
	if h := n.Health(ctx); h.Height != before.Height {
		t.Errorf("an idle chain made blocks: %d after %d", h.Height, before.Height)
	}
	if err := n.Stop(); err != nil {
		t.Fatal(err)
	}
	n = start(t, dir, w)
	if h := n.Health(ctx); h.StateRoot != before.StateRoot || h.Height != before.Height {
		t.Errorf("after restart %+v, before %+v", h, before)
	}
	again := submit(t, n, journey...)
	for i, o := range again {
		first, err := n.Record(ctx, journey[i].ID())
		if err != nil || o.Code != chain.CodeOK || o.Height != first.Height {
			t.Errorf("record %d submitted again: %+v, first %+v, %v", i, o, first.Height, err)
		}
	}
}
