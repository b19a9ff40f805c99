package comet_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/watch"
)

// TestFourOrganisations runs four members' nodes over loopback: a prescription issued through one
// is claimed through another, every receipt carries more than two thirds of the seals on every
// node, and one of them may fail.
func TestFourOrganisations(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	voters := []string{"h1", "h2", "p1", "p2"}
	nodes := federation(t, w, voters)
	accept(t, nodes[0], w.Enrolments()...)
	journey := w.Journey("N", time.Now())
	for i, r := range journey[:6] {
		accept(t, nodes[i%4], r)
	}
	for i, n := range nodes {
		for _, r := range journey[:6] {
			got := receipt(t, n, r.ID())
			if err := chain.VerifyReceipt(w.Members, got); err != nil || len(got.Seals) < 3 {
				t.Errorf("%s, %s: %d seals, %v", voters[i], r.Statement.Kind, len(got.Seals), err)
			}
		}
	}
	if h := nodes[1].Health(ctx); h.Reach != 4 || !watch.Quorum(h) {
		t.Errorf("all connected: %+v", h)
	}
	if err := nodes[3].Stop(); err != nil {
		t.Fatal(err)
	}
	accept(t, nodes[2], journey[6])
	got := receipt(t, nodes[1], journey[6].ID())
	if err := chain.VerifyReceipt(w.Members, got); err != nil || len(got.Seals) != 3 {
		t.Errorf("with three of four: %d seals, %v", len(got.Seals), err)
	}
	if err := nodes[2].Stop(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); nodes[0].Health(ctx).Reach != 2; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("two of four stopped: %+v", nodes[0].Health(ctx))
		}
	}
	if h := nodes[0].Health(ctx); watch.Quorum(h) || h.Power != 4 {
		t.Errorf("two of four: %+v", h)
	}
	if s, err := nodes[0].Subject(ctx, "rx:N"); err != nil || s.Status != chain.StatusDispensed {
		t.Errorf("%+v %v", s, err)
	}
}

var places sync.Map // where peers reach a node of federation, by the node

func peersOf(nodes []*comet.Node) (peers []string) {
	for _, n := range nodes {
		place, _ := places.Load(n)
		peers = append(peers, place.(string))
	}
	return peers
}

// TestSealsWithoutOneMember: one member's seal is out of reach while it votes as quickly as the
// others. Every record gets its receipt all the same, also when no other record follows.
func TestSealsWithoutOneMember(t *testing.T) {
	t.Parallel()
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	nodes := federation(t, w, []string{"h1", "h2", "p1", "p2"}, "p2")
	for i, r := range w.Enrolments() {
		accept(t, nodes[i%4], r)
		got := receipt(t, nodes[(i+1)%4], r.ID())
		if err := chain.VerifyReceipt(w.Members, got); err != nil || len(got.Seals) != 3 {
			t.Errorf("%d seals, %v", len(got.Seals), err)
		}
	}
}

// noSealer cannot reach its key.
type noSealer struct{}

func (noSealer) Seal(context.Context, *pki.Certificate, []byte) ([]byte, error) {
	return nil, errors.New("the seal's key is out of reach")
}

// federation starts a node for each voter, each knowing all the others; mute members vote and
// cannot seal.
func federation(t *testing.T, w *chaintest.Ward, voters []string, mute ...string) []*comet.Node {
	t.Helper()
	return federationVia(t, w, voters, func(_, _, address string) string { return address }, mute...)
}

// federationVia lets one node dial another at the address that via gives in place of the other's
// own.
func federationVia(t *testing.T, w *chaintest.Ward, voters []string, via func(from, to, address string) string,
	mute ...string) []*comet.Node {
	t.Helper()
	dirs, addresses, ids := map[string]string{}, map[string]string{}, map[string]string{}
	for i := range w.Members.Members {
		m := &w.Members.Members[i]
		for _, v := range voters {
			if v != m.ID {
				continue
			}
			dirs[v], addresses[v], m.Power = t.TempDir(), chaintest.Address(t), 1
			id := chaintest.Must(home.NewIdentity(dirs[v]))
			m.Validator, m.Nodes, ids[v] = id.Validator, []string{id.Node}, chaintest.Must(home.PeerID(id.Node))
		}
	}
	var nodes []*comet.Node
	for _, v := range voters {
		members, err := home.WriteGenesis(dirs[v], w.Members, w.Start)
		if err != nil {
			t.Fatal(err)
		}
		w.Members = members
		var peers []string
		for _, o := range voters {
			if o != v {
				peers = append(peers, ids[o]+"@"+via(v, o, addresses[o]))
			}
		}
		sealer := comet.Sealer(w.Orgs[v].Seal)
		if slices.Contains(mute, v) {
			sealer = noSealer{}
		}
		n, err := comet.Start(context.Background(), comet.Config{
			Dir: dirs[v], Sealer: sealer, Member: v, Logger: quiet(t), Listen: addresses[v], Peers: peers,
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = n.Stop() })
		nodes = append(nodes, n)
		places.Store(n, ids[v]+"@"+addresses[v])
	}
	meet(t, nodes)
	return nodes
}

// meet waits until every node is connected to all the others, which a submission's own time-out
// does not include.
func meet(t *testing.T, nodes []*comet.Node) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for _, n := range nodes {
		for n.Health(context.Background()).Peers < len(nodes)-1 {
			if time.Now().After(deadline) {
				t.Fatalf("a node has %d peers of %d", n.Health(context.Background()).Peers, len(nodes)-1)
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
}
