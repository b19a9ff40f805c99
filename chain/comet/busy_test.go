package comet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// TestFullMempoolIsBackPressure: a submitter that is told ErrBusy tries again, and in the end every
// record is there once.
func TestFullMempoolIsBackPressure(t *testing.T) {
	ctx, dir, w := context.Background(), t.TempDir(), chaintest.NewWard(time.Now().Add(-time.Minute))
	members, err := home.InitGenesis(dir, w.Members, "h1", w.Start)
	if err != nil {
		t.Fatal(err)
	}
	w.Members = members
	n, err := Start(ctx, Config{Dir: dir, Sealer: w.Orgs["h1"].Seal, Member: "h1",
		Logger: slog.New(slog.DiscardHandler), mempool: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Stop() })
	if _, err := n.Submit(ctx, w.Enrolments()); err != nil {
		t.Fatal(err)
	}
	recs := make([]chain.Record, 24)
	for i := range recs {
		recs[i] = w.Issued(fmt.Sprintf("B%d", i), w.Start)
	}
	var busy atomic.Int64
	var wg sync.WaitGroup
	for _, r := range recs {
		wg.Go(func() {
			out, err := n.Submit(ctx, []chain.Record{r})
			for errors.Is(err, chain.ErrBusy) {
				busy.Add(1)
				time.Sleep(time.Millisecond)
				out, err = n.Submit(ctx, []chain.Record{r})
			}
			if err != nil || out[0].Code != chain.CodeOK {
				t.Errorf("%+v %v", out, err)
			}
		})
	}
	wg.Wait()
	if busy.Load() == 0 {
		t.Error("a mempool of one was never full for 24 submitters")
	}
	if got := n.Health(ctx).Records; got != uint64(len(recs)+5) {
		t.Errorf("%d records, want %d", got, len(recs)+5)
	}
}
