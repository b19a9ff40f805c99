package comet_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/membership"
)

func TestSubmit(t *testing.T) {
	ctx := context.Background()
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	n := start(t, t.TempDir(), w)
	early := w.Issued("EARLY", time.Now())
	if got := submit(t, n, early)[0]; got.Code != chain.CodeUnknownCert || !got.Code.Transient() || got.Height != 0 {
		t.Errorf("before the enrolment: %+v", got)
	}
	// Enrolment and the enrolled person's first record may travel together.
	accept(t, n, append(w.Enrolments(), w.Issued("WITH", time.Now()))...)
	accept(t, n, early)

	bad := w.Issued("BAD", time.Now())
	bad.OrgSig = early.OrgSig
	shape := w.Issued("SHAPE", time.Now())
	shape.Statement.Seq = 0
	mixed := submit(t, n, bad, w.Issued("GOOD", time.Now()), shape, early,
		w.Issued("GOOD", time.Now().Add(time.Second)))
	for i, want := range []chain.Code{chain.CodeBadSignature, chain.CodeOK, chain.CodeMalformed, chain.CodeOK,
		chain.CodeSequence} {
		if mixed[i].Code != want {
			t.Errorf("record %d of a mixed batch: %+v, want %s", i, mixed[i], want)
		}
	}
	height := n.Health(ctx).Height
	if got := submit(t, n, bad)[0]; got.Code != chain.CodeBadSignature || n.Health(ctx).Height != height {
		t.Error("a record with a bad signature took room in a block")
	}
	if out, err := n.Submit(ctx, nil); out != nil || err != nil {
		t.Errorf("nothing: %v %v", out, err)
	}
	if _, err := n.Submit(ctx, make([]chain.Record, chain.MaxBatchRecords+1)); !errors.Is(err, canonical.ErrTooLarge) {
		t.Errorf("too many: %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := n.Submit(gone, []chain.Record{w.Issued("CANCELLED", time.Now())}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestExpiryOnAQuietChain: a block's time is that of the votes before it. The first try may be too
// early by block time; it is transient, and the second passes.
func TestExpiryOnAQuietChain(t *testing.T) {
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	n := start(t, t.TempDir(), w)
	accept(t, n, w.Enrolments()...)
	at := time.Now()
	accept(t, n, w.Record(w.Doctor, chain.KindIssue, "rx:Q", 1, at, chain.Facts{Expires: at.UnixMilli() + 1000}))
	time.Sleep(1100 * time.Millisecond)
	expire := w.Record(w.Orgs["h1"].Seal, chain.KindExpire, "rx:Q", 2, time.Now(), chain.Facts{})
	if got := submit(t, n, expire)[0]; got.Code != chain.CodeNotYet || !got.Code.Transient() {
		t.Errorf("first try: %+v", got)
	}
	accept(t, n, expire)
}

// TestSameRecordByManySubmitters: it is recorded once, and each of them is told so.
func TestSameRecordByManySubmitters(t *testing.T) {
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	n := start(t, t.TempDir(), w)
	accept(t, n, w.Enrolments()...)
	rec := w.Issued("ONE", time.Now())
	var wg sync.WaitGroup
	outs := make([]chain.Outcome, 20)
	for i := range outs {
		wg.Go(func() { outs[i] = submit(t, n, rec, rec)[1] })
	}
	wg.Wait()
	for _, o := range outs {
		if o.Code != chain.CodeOK || o.Height != outs[0].Height {
			t.Errorf("%+v, the first has %+v", o, outs[0])
		}
	}
	if got := n.Health(context.Background()).Records; got != 6 {
		t.Errorf("%d records, want 6", got)
	}
}

func TestStopAnswersEverybody(t *testing.T) {
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	n := start(t, t.TempDir(), w)
	accept(t, n, w.Enrolments()...)
	sub, err := n.Subscribe(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	recs := make([]chain.Record, 200)
	for i := range recs {
		recs[i] = w.Issued(fmt.Sprintf("S%d", i), w.Start)
	}
	var wg sync.WaitGroup
	for _, r := range recs {
		wg.Go(func() {
			out, err := n.Submit(context.Background(), []chain.Record{r})
			if err == nil && out[0].Code != chain.CodeOK || err != nil && !errors.Is(err, comet.ErrStopped) {
				t.Errorf("%+v %v", out, err)
			}
		})
	}
	if err := n.Stop(); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	for range sub { // closed by the stop
	}
	if _, err := n.Subject(context.Background(), "rx:S0"); !errors.Is(err, comet.ErrStopped) {
		t.Errorf("query after the stop: %v", err)
	}
	if _, err := n.Submit(context.Background(), recs[:1]); !errors.Is(err, comet.ErrStopped) {
		t.Errorf("submit after the stop: %v", err)
	}
	if n.Health(context.Background()).Ready {
		t.Error("ready after the stop")
	}
	if err := n.Stop(); err != nil {
		t.Errorf("second stop: %v", err)
	}
}

func TestQueries(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	n := start(t, t.TempDir(), w)
	live, err := n.Subscribe(ctx, 3)
	if err != nil {
		t.Fatal(err)
	}
	accept(t, n, w.Enrolments()...)
	journey := w.Journey("Q", time.Now())
	for _, r := range journey {
		accept(t, n, r)
	}
	for i := uint64(3); i < 12; i++ {
		if c := <-live; c.Index != i {
			t.Fatalf("record %d came as %d", c.Index, i)
		}
	}
	cancel()
	for range live { // closed by its context
	}
	ctx = context.Background()
	recs, err := n.Records(ctx, "rx:Q")
	if err != nil || len(recs) != 5 {
		t.Fatalf("%d records, %v", len(recs), err)
	}
	for i, c := range recs {
		if c.Record.Statement.Seq != uint64(i+1) || c.Height == 0 || c.Time.IsZero() {
			t.Errorf("record %d: %+v", i, c)
		}
	}
	receipt(t, n, journey[6].ID())
	blocks, err := n.Blocks(ctx, 0, 3)
	if err != nil || len(blocks) != 3 || blocks[0].Height <= blocks[1].Height {
		t.Fatalf("blocks: %+v %v", blocks, err)
	}
	b := blocks[0]
	if len(b.Records) != 1 || b.Records[0] != journey[6].ID() || b.Proposer != "h1" || len(b.Seals) != 1 ||
		b.Seals[0] != "h1" {
		t.Errorf("newest block: %+v", b)
	}
	older, err := n.Blocks(ctx, blocks[2].Height, 0)
	if err != nil || len(older) != 5 || older[0].Height >= blocks[2].Height {
		t.Errorf("older blocks: %d %v", len(older), err)
	}
	for name, err := range map[string]error{
		"record":  second(n.Record(ctx, chaintest.Tag("x"))),
		"receipt": second(n.Receipt(ctx, "not an id")),
		"subject": second(n.Subject(ctx, "rx:NO")),
		"proof":   second(n.SubjectProof(ctx, "rx:NO")),
		"records": second(n.Records(ctx, "rx:NO")),
		"prefix":  second(n.Records(ctx, "rx:")),
	} {
		if !errors.Is(err, chain.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	absent, err := n.AbsenceProof(ctx, "rx:NO")
	if err != nil || absent.State.Status != chain.StatusNone || chain.VerifyStatus(w.Members, absent) != nil {
		t.Errorf("absence: %+v %v", absent, err)
	}
	if m, err := n.Members(ctx); err != nil || m.Digest() != w.Members.Digest() || n.ID() != chaintest.ChainID {
		t.Errorf("members: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestFolders(t *testing.T) {
	dir, w := t.TempDir(), chaintest.NewWard(time.Now().Add(-time.Minute))
	if _, err := comet.Start(context.Background(), comet.Config{Dir: dir, Logger: quiet(t)}); !errors.Is(err,
		home.ErrNoGenesis) {
		t.Errorf("start without a genesis: %v", err)
	}
	if _, err := home.InitGenesis(dir, w.Members, "x9", w.Start); !errors.Is(err, membership.ErrMembers) ||
		home.HasGenesis(dir) {
		t.Errorf("nobody votes: %v", err)
	}
	members, err := home.InitGenesis(dir, w.Members, "h1", w.Start)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := home.InitGenesis(dir, w.Members, "h1", w.Start); !errors.Is(err, home.ErrGenesisExists) {
		t.Errorf("second genesis: %v", err)
	}
	again, err := home.ReadMembers(dir)
	if err != nil || again.Digest() != members.Digest() {
		t.Errorf("members of the genesis: %v", err)
	}
	w.Members = members
	start(t, dir, w)
	if _, err := comet.Start(context.Background(), comet.Config{Dir: dir, Logger: quiet(t)}); err == nil {
		t.Error("two nodes in one folder")
	}
}
