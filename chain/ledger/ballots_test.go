package ledger

import (
	"reflect"
	"testing"

	dbm "github.com/cometbft/cometbft-db"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/membership"
)

// open lists the open changes and demands that every ledger, and one that was started anew on the
// first one's database, tells the same.
func (n *network) open() []membership.OpenChange {
	n.t.Helper()
	var list []membership.OpenChange
	for i, p := range append(n.peers[:len(n.peers):len(n.peers)], n.join(n.peers[0].member, n.peers[0].opt.DB)) {
		got, err := p.OpenChanges()
		if err != nil || got == nil {
			n.t.Fatal(got, err)
		}
		if i == 0 {
			list = got
		}
		if !reflect.DeepEqual(got, list) {
			n.t.Fatalf("%s tells of %d, the first of %d, or of others", p.member, len(got), len(list))
		}
	}
	return list
}

// A change is open from its first vote until it is adopted, or another one is: then it is of a list
// that is no longer the newest.
func TestOpenChanges(t *testing.T) {
	n := newNetwork(t, "h1", "h2", "p1", "i1")
	n.block()
	n.write(n.ward.Enrolments()...)
	if list := n.open(); len(list) != 0 {
		t.Fatalf("nobody has voted: %v", list)
	}
	heavier := n.member("h2")
	heavier.Power = 3
	fifth := n.ward.Found("h3", chain.OrgHospital, 1)
	join, power := n.change(membership.Change{Member: &fifth}), n.change(membership.Change{Member: &heavier})
	begun := n.now()
	n.adopt(power, "i1")
	n.adopt(join, "h1", "h2")

	list := n.open()
	if len(list) != 2 || list[0].Change.Digest() != join.Digest() || list[1].Change.Digest() != power.Digest() {
		t.Fatalf("most agreed on comes first: %+v", list)
	}
	most, least := list[0], list[1]
	if most.Deed != membership.DeedJoins || least.Deed != membership.DeedPower ||
		most.Subject != chain.SubjectGov+join.Digest().String() {
		t.Errorf("%s %s %s", most.Deed, least.Deed, most.Subject)
	}
	if most.Voted != 2 || most.Needed != 3 || most.Power != 4 || len(most.Votes) != 2 || most.Votes[0].Member != "h1" ||
		most.Votes[1].Power != 1 {
		t.Errorf("%+v", most)
	}
	if !least.Since.Equal(begun) || most.Votes[0].Height >= most.Votes[1].Height {
		t.Errorf("%+v", list)
	}
	for _, v := range most.Votes {
		if c, err := n.peers[0].Record(v.Record); err != nil || c.Height != v.Height || !c.Time.Equal(v.Time) {
			t.Errorf("vote %+v: %+v %v", v, c, err)
		}
	}

	n.write(n.ward.Ballot("p1", join, 3, n.now()))
	if list := n.open(); len(list) != 0 {
		t.Errorf("one is adopted, the other's list is not the newest any more: %+v", list)
	}
	n.block()
	n.adopt(n.change(membership.Change{Remove: "p2"}), "h1")
	if list := n.open(); len(list) != 1 || list[0].Deed != membership.DeedLeaves || list[0].Needed != 4 ||
		list[0].Power != 5 {
		t.Errorf("of the new list: %+v", list)
	}
}

// An upgrade that was not agreed on before its height can be agreed on no more.
func TestOpenSchemaRunsOut(t *testing.T) {
	n := newNetwork(t, "h1", "h2", "p1", "i1")
	n.block()
	from := n.peers[0].Head().Header.Height + 5
	upgrade := n.change(membership.Change{Schema: &membership.Schema{From: from, V: 2}})
	n.adopt(upgrade, "h1")
	for n.peers[0].Head().Header.Height+1+2 < from {
		if list := n.open(); len(list) != 1 || list[0].Deed != membership.DeedSchema {
			t.Fatalf("height %d: %+v", n.peers[0].Head().Header.Height, list)
		}
		if got := n.try(n.ward.Ballot("h2", upgrade, 2, n.now()))[0]; got.Code != chain.CodeOK {
			t.Fatalf("height %d: open, but %s", n.peers[0].Head().Header.Height, got.Code)
		}
		n.block()
	}
	if got := n.try(n.ward.Ballot("h2", upgrade, 2, n.now()))[0]; got.Code != chain.CodeBadChange ||
		len(n.open()) != 0 {
		t.Errorf("%s, open: %v", got.Code, n.open())
	}
}

// One member alone can begin any number of votes, and hides none that others agree on.
func TestOpenChangesAreBounded(t *testing.T) {
	size.InTurn(t)
	n := newNetwork(t, "h1", "h2", "p1", "i1")
	n.block()
	agreed := n.change(membership.Change{Remove: "p2"})
	n.adopt(agreed, "h1", "h2")
	const most = 50
	for i := range most + 10 {
		n.adopt(n.change(membership.Change{Schema: &membership.Schema{From: 1000 + int64(i), V: 2}}), "i1")
	}
	if list := n.open(); len(list) != most || list[0].Change.Digest() != agreed.Digest() {
		t.Errorf("%d open, first %+v", len(list), list[0])
	}
	none, err := New(Options{DB: dbm.NewMemDB()})
	if err != nil {
		t.Fatal(err)
	}
	if list, err := none.OpenChanges(); err != nil || len(list) != 0 {
		t.Errorf("before the genesis: %v %v", list, err)
	}
}
