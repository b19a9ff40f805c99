package comet_test

import (
	"context"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// TestOutsider: somebody who knows the genesis and a member's address gets nothing from its node,
// while a reader of a member gets everything. The outsider dials first and may try all the time
// that the reader needs.
func TestOutsider(t *testing.T) {
	t.Parallel()
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	type place struct{ dir, address, peer string }
	places := map[string]place{}
	for _, name := range []string{"member", "reader", "outsider"} {
		p := place{dir: t.TempDir(), address: chaintest.Address(t)}
		id := chaintest.Must(home.NewIdentity(p.dir))
		p.peer = chaintest.Must(home.PeerID(id.Node)) + "@" + p.address
		places[name] = p
		switch m := w.Members.Members; name {
		case "member":
			m[0].Validator, m[0].Power, m[0].Nodes = id.Validator, 1, []string{id.Node}
		case "reader":
			m[len(m)-1].Nodes = []string{id.Node}
		}
	}
	start := func(name string, cfg comet.Config) *comet.Node {
		p := places[name]
		if _, err := home.WriteGenesis(p.dir, w.Members, w.Start); err != nil {
			t.Fatal(err)
		}
		cfg.Dir, cfg.Listen, cfg.Logger = p.dir, p.address, quiet(t)
		n, err := comet.Start(context.Background(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = n.Stop() })
		return n
	}
	first := w.Members.Members[0].ID
	member := start("member", comet.Config{Member: first, Sealer: w.Orgs[first].Seal})
	outsider := start("outsider", comet.Config{Member: "r1",
		Peers: []string{places["member"].peer, places["reader"].peer}})
	accept(t, member, w.Enrolments()...)
	reader := start("reader", comet.Config{Member: "r1", Peers: []string{places["member"].peer}})
	want := member.Health(context.Background()).Records
	for deadline := time.Now().Add(patience); reader.Health(context.Background()).
		Records < want; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the reader has %+v", reader.Health(context.Background()))
		}
		if h := member.Health(context.Background()); h.Peers > 1 {
			t.Fatalf("the member has %d peers and the list names one", h.Peers)
		}
	}
	if h := outsider.Health(context.Background()); h.Height != 0 || h.Records != 0 {
		t.Errorf("the outsider has %+v", h)
	}
	if h := reader.Health(context.Background()); h.StateRoot != member.Health(context.Background()).StateRoot {
		t.Errorf("the reader has another root: %+v", h)
	}
}
