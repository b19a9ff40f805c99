package comet_test

import (
	"context"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/membership"
)

// TestMembersChange: on real nodes, a member is voted in with its node, connects, catches up and
// votes; another is expelled, loses its connections and its vote. Every receipt checks with the
// history from the genesis list, and the audit passes.
func TestMembersChange(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	nodes := federation(t, w, []string{"h1", "h2", "p1", "p2"})
	accept(t, nodes[0], w.Enrolments()...)
	genesis := w.Members

	dir, address := t.TempDir(), chaintest.Address(t)
	id := chaintest.Must(home.NewIdentity(dir))
	fifth := w.Found("h3", chain.OrgHospital, 1)
	fifth.Validator, fifth.Nodes = id.Validator, []string{id.Node}
	join := membership.Change{V: chain.Version, Base: genesis.Digest().String(), Member: &fifth}
	for i, voter := range []string{"h1", "h2", "p1"} {
		accept(t, nodes[i], w.Ballot(voter, join, uint64(i)+1, time.Now()))
	}
	if _, err := home.WriteGenesis(dir, genesis, w.Start); err != nil {
		t.Fatal(err)
	}
	late, err := comet.Start(ctx, comet.Config{Dir: dir, Sealer: w.Orgs["h3"].Seal, Member: "h3", Logger: quiet(t),
		Listen: address, Peers: peersOf(nodes)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = late.Stop() })
	waitFor(t, "the new member catches up", func() bool {
		return late.Health(ctx).StateRoot == nodes[0].Health(ctx).StateRoot && late.Health(ctx).Peers == 4
	})
	journey := w.Journey("N", time.Now())
	for i, r := range journey[:6] {
		accept(t, append(nodes, late)[i%5], r)
	}
	waitFor(t, "the new member seals", func() bool {
		r, err := late.Receipt(ctx, journey[5].ID())
		return err == nil && len(r.Seals) >= 4
	})

	expel := membership.Change{V: chain.Version, Base: late.InForce().Digest().String(), Remove: "p2"}
	for i, voter := range []string{"h1", "h2", "p1", "h3"} {
		accept(t, append(nodes[:3:3], late)[i], w.Ballot(voter, expel, uint64(i)+1, time.Now()))
	}
	waitFor(t, "the expelled member's node is alone", func() bool { return nodes[3].Health(ctx).Peers == 0 })
	accept(t, late, journey[6])
	history := chaintest.Must(late.History(ctx))
	timeline := chaintest.Must(chain.ParseHistory(history.Bytes()))
	for _, r := range journey {
		if err := timeline.VerifyReceipt(receipt(t, nodes[1], r.ID())); err != nil {
			t.Errorf("%s: %v", r.Statement.Kind, err)
		}
	}
	if timeline.Newest().Digest() != nodes[0].InForce().Digest() || len(timeline.Lists()) != 3 {
		t.Errorf("%d lists", len(timeline.Lists()))
	}
	if err := late.Stop(); err != nil {
		t.Fatal(err)
	}
	report, err := home.Audit(ctx, dir)
	if err != nil || len(report.Differences) > 0 {
		t.Errorf("audit: %+v %v", report, err)
	}
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("in vain: %s", what)
		}
	}
}
