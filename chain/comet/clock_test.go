package comet

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/cometbft/cometbft/types"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// ahead dates its votes by a clock that is ahead, until it is set back.
type ahead struct {
	types.PrivValidator
	by *atomic.Int64
}

func (a ahead) SignVote(chainID string, v *cmtproto.Vote) error {
	v.Timestamp = v.Timestamp.Add(time.Duration(a.by.Load()))
	return a.PrivValidator.SignVote(chainID, v)
}

// A clock set back by five minutes stopped a lone voter for four: the engine refused its own next
// block, which is dated by the votes before, as one from the future. Here the clock is a day ahead
// and then set right.
func TestClockSetBack(t *testing.T) {
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	dir := t.TempDir()
	if _, err := home.InitGenesis(dir, w.Members, "h1", w.Start); err != nil {
		t.Fatal(err)
	}
	var by atomic.Int64
	by.Store(int64(24 * time.Hour))
	n, err := Start(t.Context(), Config{
		Dir: dir, Sealer: w.Orgs["h1"].Seal, Member: "h1", Logger: slog.New(slog.DiscardHandler),
		sign: func(v types.PrivValidator) types.PrivValidator { return ahead{v, &by} },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Stop() })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for i, rec := range w.Enrolments() {
		out, err := n.Submit(ctx, []chain.Record{rec})
		if err != nil || out[0].Code != chain.CodeOK {
			t.Fatalf("record %d: %v, %+v", i, err, out)
		}
		by.Store(0) // it is set right after the first
	}
}
