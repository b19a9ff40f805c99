package comet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/types"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/membership"
)

// young is a chain of two voters that take snapshots and throw their blocks away, and places for
// readers that come late.
type young struct {
	t     *testing.T
	ward  *chaintest.Ward
	nodes map[string]*Node
	cfg   map[string]Config
}

// newYoung starts the voters h1 and h2; readers are listed as their peers.
func newYoung(t *testing.T, change func(name string, c *Config), readers ...string) *young {
	t.Helper()
	y := &young{t: t, ward: chaintest.NewWard(time.Now().Add(-time.Minute)), nodes: map[string]*Node{},
		cfg: map[string]Config{}}
	all := append([]string{"h1", "h2"}, readers...)
	peers := map[string]string{}
	for i, name := range all {
		dir, address := t.TempDir(), chaintest.Address(t)
		id := chaintest.Must(home.NewIdentity(dir))
		peers[name] = chaintest.Must(home.PeerID(id.Node)) + "@" + address
		for j := range y.ward.Members.Members {
			switch m := &y.ward.Members.Members[j]; {
			case m.ID == name:
				m.Power, m.Validator, m.Nodes = 1, id.Validator, []string{id.Node}
			case m.ID == "r1" && i >= 2:
				m.Nodes = append(m.Nodes, id.Node)
			}
		}
		y.cfg[name] = Config{Dir: dir, Listen: address, Logger: slog.New(slog.DiscardHandler),
			Growth: Growth{SnapshotEvery: 20}, short: 4}
		if testing.Verbose() {
			c := y.cfg[name]
			c.Logger = slog.New(slog.NewTextHandler(os.Stderr, nil)).With("node", name)
			y.cfg[name] = c
		}
	}
	for i, name := range all {
		c := y.cfg[name]
		y.ward.Members = chaintest.Must(home.WriteGenesis(c.Dir, y.ward.Members, y.ward.Start))
		for _, other := range all {
			if other != name {
				c.Peers = append(c.Peers, peers[other])
			}
		}
		if i < 2 {
			c.Member, c.Sealer = name, y.ward.Orgs[name].Seal
		} else {
			c.Member, c.FromSnapshot = "r1", true
		}
		if change != nil {
			change(name, &c)
		}
		y.cfg[name] = c
	}
	for _, name := range all[:2] {
		y.start(name)
	}
	y.until("the voters meet", func() bool { return y.nodes["h1"].Health(context.Background()).Peers == 1 })
	return y
}

func (y *young) start(name string) *Node {
	y.t.Helper()
	n, err := Start(context.Background(), y.cfg[name])
	if err != nil {
		y.t.Fatal(err)
	}
	y.t.Cleanup(func() { _ = n.Stop() })
	y.nodes[name] = n
	return n
}

// write submits records through h1, one after the other.
func (y *young) write(recs ...chain.Record) {
	y.t.Helper()
	for _, r := range recs {
		out, err := y.nodes["h1"].Submit(context.Background(), []chain.Record{r})
		if err != nil || out[0].Code != chain.CodeOK {
			y.t.Fatal(out, err)
		}
	}
}

func (y *young) until(what string, done func() bool) {
	y.t.Helper()
	for limit := time.Now().Add(time.Minute); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(limit) {
			y.t.Fatalf("in a minute not: %s", what)
		}
	}
}

func (y *young) equal(name string) {
	y.t.Helper()
	y.until(name+" has the chain's root", func() bool {
		a, b := y.nodes["h1"].Health(context.Background()), y.nodes[name].Health(context.Background())
		return a.StateRoot == b.StateRoot && b.Ready
	})
}

// history writes until both voters have thrown away their first blocks. The voters change on the
// way.
func (y *young) history() []chain.Record {
	y.t.Helper()
	recs := y.ward.Enrolments()
	heavier := y.ward.Members.Members[1]
	heavier.Power = 2
	change := membership.Change{V: chain.Version, Base: y.ward.Members.Digest().String(), Member: &heavier}
	for i, voter := range []string{"h1", "h2"} {
		recs = append(recs, y.ward.Ballot(voter, change, uint64(i)+1, time.Now()))
	}
	for i := range 8 {
		recs = append(recs, y.ward.Journey(fmt.Sprintf("P%d", i), time.Now())...)
	}
	y.write(recs...)
	for _, n := range []string{"h1", "h2"} {
		y.until(n+" has pruned", func() bool { return y.nodes[n].eng.BlockStore().Base() > 1 })
	}
	return recs
}

// receipts demands a receipt of each record that the members' list confirms.
func (y *young) receipts(n *Node, recs []chain.Record) {
	y.t.Helper()
	lists := chaintest.Must(chaintest.Must(n.History(context.Background())).Open())
	if len(lists.Lists()) != 2 {
		y.t.Errorf("%d members' lists", len(lists.Lists()))
	}
	for _, r := range recs {
		var got *chain.Receipt
		y.until("a receipt", func() (ok bool) { got, _ = n.Receipt(context.Background(), r.ID()); return got != nil })
		if err := lists.VerifyReceipt(got); err != nil {
			y.t.Fatal(err)
		}
	}
}

// TestLateReader: all nodes have thrown their first blocks away; a reader with an empty folder
// comes all the same, has every record with its receipt, and follows.
func TestLateReader(t *testing.T) {
	t.Parallel()
	y := newYoung(t, nil, "reader")
	recs := y.history()
	reader := y.start("reader")
	y.equal("reader")
	if base := reader.eng.BlockStore().Base(); base <= 1 {
		t.Errorf("the reader's blocks begin at %d: it did not begin with a snapshot", base)
	}
	y.receipts(reader, recs)
	y.receipts(y.nodes["h2"], recs) // of blocks that it has thrown away
	more := y.ward.Journey("later", time.Now())
	y.write(more...)
	y.equal("reader")
	y.receipts(reader, more)
	for _, name := range []string{"reader", "h2"} {
		if err := y.nodes[name].Stop(); err != nil {
			t.Fatal(err)
		}
		report, err := home.Audit(context.Background(), y.cfg[name].Dir)
		if err != nil || len(report.Differences) > 0 || report.From < 2 ||
			report.Records != uint64(len(recs)+len(more)) {
			t.Errorf("audit of %s: %+v %v", name, report, err)
		}
	}
}

// liar answers for snapshots what is not so: it offers one that nobody else has, of a height that
// there is, and garbles the chunks of the true ones.
type liar struct{ abci.Application }

func (l liar) ListSnapshots(ctx context.Context, req *abci.RequestListSnapshots) (*abci.ResponseListSnapshots, error) {
	res, err := l.Application.ListSnapshots(ctx, req)
	if err == nil && len(res.Snapshots) > 0 {
		last := res.Snapshots[len(res.Snapshots)-1]
		metadata := gm.Sum([]byte("forged"))
		hash := gm.Sum(metadata[:])
		res.Snapshots = append(res.Snapshots,
			&abci.Snapshot{Height: last.Height, Format: 9, Chunks: 1, Hash: hash[:], Metadata: metadata[:]},
			&abci.Snapshot{Height: last.Height + 1, Format: last.Format, Chunks: 1, Hash: hash[:],
				Metadata: metadata[:]})
	}
	return res, err
}

func (l liar) LoadSnapshotChunk(ctx context.Context,
	req *abci.RequestLoadSnapshotChunk) (*abci.ResponseLoadSnapshotChunk, error) {
	res, err := l.Application.LoadSnapshotChunk(ctx, req)
	if err == nil && len(res.Chunk) > 0 {
		res.Chunk[len(res.Chunk)/2] ^= 1
		return res, nil
	}
	return &abci.ResponseLoadSnapshotChunk{Chunk: []byte("forged")}, err
}

// TestLyingPeer: one of two peers lies about snapshots; the reader takes the other's.
func TestLyingPeer(t *testing.T) {
	t.Parallel()
	y := newYoung(t, func(name string, c *Config) {
		if name == "h2" {
			c.Wrap = func(app abci.Application, _ Inside) abci.Application { return liar{app} }
		}
	}, "reader")
	recs := y.history()
	reader := y.start("reader")
	y.equal("reader")
	if base := reader.eng.BlockStore().Base(); base <= 1 {
		t.Errorf("the reader's blocks begin at %d: it did not begin with a snapshot", base)
	}
	y.receipts(reader, recs)
}

// TestForgedHeaders: headers that the members' votes do not confirm are refused, whatever is
// changed in them.
func TestForgedHeaders(t *testing.T) {
	t.Parallel()
	y := newYoung(t, nil)
	y.history()
	h1 := y.nodes["h1"]
	server := newLightBlocks(slog.New(slog.DiscardHandler),
		func() ([]byte, error) { return chaintest.Must(h1.History(context.Background())).Bytes(), nil })
	server.blocks = h1.eng.BlockStore()
	good := decided{Height: h1.eng.BlockStore().Base() + 1}
	if err := server.fill(&good); err != nil || good.At == nil || good.Next == nil {
		t.Fatal(err)
	}
	newTrust := func() *trust {
		return &trust{genesis: chaintest.Must(home.ReadGenesis(y.cfg["h1"].Dir)), known: map[int64]*point{}}
	}
	honest := newTrust()
	if err := honest.check(good); err != nil {
		t.Fatal(err)
	}
	now := chaintest.Must(chaintest.Must(h1.eng.ConfigureRPC()).StateStore.Load())
	sets, err := honest.turns(chaintest.Must(honest.lists(good.History)), now.LastBlockHeight)
	if err != nil || !reflect.DeepEqual(sets[1].Validators, now.Validators.Validators) ||
		!reflect.DeepEqual(sets[2].Validators, now.NextValidators.Validators) {
		t.Errorf("validators and their turns at %d: %v, the engine has %v (%v)", now.LastBlockHeight, sets[1],
			now.Validators, err)
	}
	forge := func(raw []byte, change func(*types.SignedHeader)) []byte {
		h := chaintest.Must(parseHeader(raw))
		change(h)
		return chaintest.Must(h.ToProto().Marshal())
	}
	const never = 1 << 50
	moved := func(height int64) func(*types.SignedHeader) {
		return func(h *types.SignedHeader) {
			h.Height, h.Commit.Height = height, height
			h.Commit.BlockID.Hash = h.Hash()
		}
	}
	for name, bad := range map[string]decided{
		"another root": {Height: good.Height, At: good.At, Next: forge(good.Next, func(h *types.SignedHeader) {
			h.AppHash = make([]byte, 32)
			h.Commit.BlockID.Hash = h.Hash()
		})},
		"another height": {Height: good.Height + 1, At: good.At, Next: good.Next},
		"twice the same": {Height: good.Height, At: good.At, Next: good.At},
		"too few votes": {Height: good.Height, At: good.At, Next: forge(good.Next, func(h *types.SignedHeader) {
			h.Commit.Signatures[0] = types.NewCommitSigAbsent()
		})},
		"a height that will never be": { // refused before the turns of so many heights are computed
			Height: never, At: forge(good.At, moved(never)), Next: forge(good.Next, moved(never+1)),
		},
		"no history": {Height: good.Height, At: good.At, Next: good.Next},
		"noise":      {Height: good.Height, At: good.At, Next: []byte("noise")},
	} {
		if name != "no history" {
			bad.History = good.History
		}
		if err := newTrust().check(bad); !errors.Is(err, errHeaders) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
