package reactors

import (
	"context"
	"encoding/binary"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	abcicli "github.com/cometbft/cometbft/abci/client"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/mempool"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/mock"
	protomem "github.com/cometbft/cometbft/proto/tendermint/mempool"
	"github.com/cometbft/cometbft/proxy"
)

// TestWhoBringsUnsealedBytesIsNamed: many megabytes of them cost sixteen checks, the member is
// named, the others are heard, and who stops is heard again.
func TestWhoBringsUnsealedBytesIsNamed(t *testing.T) {
	var said strings.Builder
	now, checks := time.Unix(1_800_000_000, 0), 0
	d := newDoor(nil, func(tx []byte) bool { checks++; return tx[0] == 'x' },
		func(node string) string { return "member-of-" + node },
		slog.New(slog.NewTextHandler(&said, nil)), func() time.Time { return now })
	bad, good := make([]byte, 256<<10), []byte("good")
	bad[0] = 'x'
	for range 100 { // 25 MB
		if d.lets("liar", [][]byte{good, bad}) {
			t.Fatal("unsealed bytes came in")
		}
	}
	if checks != 2*offencesAtOnce {
		t.Errorf("%d transactions were checked", checks)
	}
	if d.lets("liar", [][]byte{good}) {
		t.Error("a node that brought that many is listened to")
	}
	if !d.lets("honest", [][]byte{good}) {
		t.Error("another node is not listened to")
	}
	if got := said.String(); !strings.Contains(got, "member-of-liar") || strings.Count(got, "\n") != 2 {
		t.Errorf("it said %q", got)
	}
	now = now.Add(offenceForgot)
	if !d.lets("liar", [][]byte{good}) || d.lets(p2p.ID("liar"), [][]byte{bad}) || d.lets("liar", [][]byte{good}) {
		t.Error("one offence is forgotten each time, and one is remembered for each")
	}
}

// TestWhatComesWhileCatchingUp: the engine threw away what was brought while a node caught up, and
// nobody brings it twice, so that a chain of two voters stood still until the next record.
func TestWhatComesWhileCatchingUp(t *testing.T) {
	var read atomic.Int64
	app := proxy.NewAppConnMempool(abcicli.NewLocalClient(nil, checks{n: &read}), proxy.NopMetrics())
	cfg := config.DefaultMempoolConfig()
	reactor := mempool.NewReactor(cfg, mempool.NewCListMempool(cfg, app, 0), true)
	d := newDoor(reactor, func([]byte) bool { return false }, func(string) string { return "" },
		slog.New(slog.DiscardHandler), time.Now)
	peer := mock.NewPeer(nil)
	reactor.InitPeer(peer)
	brings := func(n int) {
		d.Receive(p2p.Envelope{Src: peer, ChannelID: mempool.MempoolChannel,
			Message: &protomem.Txs{Txs: [][]byte{binary.BigEndian.AppendUint64(nil, uint64(n))}}})
	}
	for n := range keptMessages + 10 {
		brings(n)
	}
	if n := read.Load(); n != 0 {
		t.Fatalf("%d were read while it catches up", n)
	}
	d.EnableInOutTxs()
	for end := time.Now().Add(2 * time.Minute); read.Load() < keptMessages && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if n := read.Load(); n != keptMessages {
		t.Fatalf("%d were read afterwards", n)
	}
	brings(0) // the oldest had no room
	if n := read.Load(); n != keptMessages+1 {
		t.Errorf("%d were read", n)
	}
}

// checks counts what the mempool asks the application about.
type checks struct {
	abci.BaseApplication
	n *atomic.Int64
}

func (c checks) CheckTx(context.Context, *abci.RequestCheckTx) (*abci.ResponseCheckTx, error) {
	c.n.Add(1)
	return &abci.ResponseCheckTx{}, nil
}
