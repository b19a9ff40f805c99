package ledger

import (
	"testing"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/membership"
)

// TestCertificatesOfBeforeSchema2: a list of schema 1 has two members whose seals schema 2 would
// not take. Under schema 2 the members change them one after the other, and bring in no third one.
// Nodes start again on such lists all the while, and a new one replays them.
func TestCertificatesOfBeforeSchema2(t *testing.T) {
	n := newNetworkOf(t, func(w *chaintest.Ward) {
		for i := range w.Members.Members {
			if m := &w.Members.Members[i]; m.Role == chain.OrgPharmacy {
				m.Seal = base64.Encode(w.IssueByRoot(m.ID, "seal-"+m.ID, chain.RoleSeal).Cert.Raw())
			}
		}
	}, "h1", "h2")
	n.block()
	from := n.peers[0].Head().Header.Height + 5
	if got := n.adopt(n.change(membership.Change{Schema: &membership.Schema{From: from, V: chain.Schema2}}), "h1",
		"h2"); got.Code != chain.CodeOK {
		t.Fatalf("the schema: %+v", got)
	}
	for n.peers[0].Head().Header.Height < from+1 {
		n.block()
	}

	worse := n.member("i1")
	worse.Seal = base64.Encode(n.ward.IssueByRoot("i1", "seal-i1", chain.RoleSeal).Cert.Raw())
	if got := n.adopt(n.change(membership.Change{Member: &worse}), "h1"); got.Code != chain.CodeBadChange {
		t.Errorf("a third one: %s", got.Code)
	}
	for i, id := range []string{"p1", "p2"} {
		renewed := n.member(id)
		renewed.Seal = base64.Encode(n.ward.Orgs[id].Issue("seal-"+id, chain.RoleSeal).Cert.Raw())
		if got := n.adopt(n.change(membership.Change{Member: &renewed}), "h1", "h2"); got.Code != chain.CodeOK {
			t.Fatalf("%s: %+v", id, got)
		}
		n.block()
		n.block()
		if _, err := n.peers[0].Roster().Members().Open(); (err == nil) != (i == 1) {
			t.Errorf("after %s a verifier says: %v", id, err)
		}
		again := n.join("h2", n.peers[1].opt.DB)
		if again.Head() != n.peers[1].Head() || again.Roster().Digest() != n.peers[0].Roster().Digest() {
			t.Errorf("after %s a node starts at another state", id)
		}
	}
	// A certificate that has gone does not come back.
	back := n.ward.Members.Members[3]
	if got := n.adopt(n.change(membership.Change{Member: &back}), "h1"); got.Code != chain.CodeBadChange {
		t.Errorf("%s goes back: %s", back.ID, got.Code)
	}
	late := n.join("h1", dbm.NewMemDB())
	n.follow(late, 0)
	if late.Head() != n.peers[0].Head() {
		t.Error("a new node replays to another state")
	}
}
