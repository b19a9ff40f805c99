package ledger

import (
	"context"
	"encoding/base64"
	"fmt"
	"testing"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/membership"
)

// change is one that changes the list in force.
func (n *network) change(c membership.Change) membership.Change {
	c.V, c.Base = chain.Version, n.peers[0].Roster().Digest().String()
	return c
}

// adopt has the members vote, each in a block of its own, and returns what became of the last vote.
func (n *network) adopt(c membership.Change, members ...string) (last Result) {
	n.t.Helper()
	for i, m := range members {
		last = n.block(batch(n.ward.Ballot(m, c, uint64(i)+1, n.now())))[0]
		if last.Code != chain.CodeOK {
			return last
		}
	}
	return last
}

// member is the entry of the list in force.
func (n *network) member(id string) membership.Member {
	o, ok := n.peers[0].Roster().Org(id)
	if !ok {
		n.t.Fatalf("%s is no member", id)
	}
	return o.Member
}

// check opens the history and checks every record's receipt and the newest proof of a subject with
// nothing else.
func (n *network) check(subject string) *chain.Timeline {
	n.t.Helper()
	lead := n.peers[0]
	h, err := lead.History()
	if err != nil {
		n.t.Fatal(err)
	}
	timeline, err := chain.ParseHistory(h.Bytes())
	if err != nil {
		n.t.Fatal(err)
	}
	for i := range lead.Head().SealedSize {
		c, err := lead.At(i)
		if err != nil {
			n.t.Fatal(err)
		}
		r, err := lead.Receipt(c.ID)
		if err != nil {
			n.t.Fatal(err)
		}
		if err := timeline.VerifyReceipt(r); err != nil {
			n.t.Errorf("receipt %d at height %d: %v", i, c.Height, err)
		}
	}
	p, err := lead.SubjectProof(subject)
	if err != nil {
		n.t.Fatal(err)
	}
	if err := timeline.VerifyStatus(p); err != nil {
		n.t.Error(err)
	}
	return timeline
}

// TestMembersChange: two of four votes change nothing, three admit a fifth member, which seals from
// two heights later; one is suspended, gets another seal and goes. Every receipt is checked with
// the chain of changes from the genesis list.
func TestMembersChange(t *testing.T) {
	n := newNetwork(t, "h1", "h2", "p1", "i1")
	n.block()
	n.write(n.ward.Enrolments()...)
	n.write(n.ward.Paid("A", n.now())...)
	genesis := n.peers[0].Roster()

	fifth := n.ward.Found("h3", chain.OrgHospital, 1)
	join := n.change(membership.Change{Member: &fifth})
	if got := n.adopt(join, "h1", "h2"); got.Code != chain.CodeOK {
		t.Fatalf("%+v", got)
	}
	if s, _ := n.peers[0].Subject(chain.SubjectGov + join.Digest().String()); s.Status != chain.StatusVoted ||
		len(n.peers[0].lists) != 1 {
		t.Fatalf("two of four: %s, %d lists", s.Status, len(n.peers[0].lists))
	}
	decided := n.peers[0].Head().Header.Height + 1
	third := n.ward.Ballot("p1", join, 3, n.now())
	res, err := n.peers[0].FinalizeBlock(context.Background(),
		&abci.RequestFinalizeBlock{Hash: []byte("trial"), Height: decided, Txs: [][]byte{batch(third)}, Time: n.now()})
	if err != nil || len(res.ValidatorUpdates) != 1 || res.ValidatorUpdates[0].Power != 1 {
		t.Fatalf("validator updates %v %v", res.ValidatorUpdates, err)
	}
	n.write(third)
	if s, _ := n.peers[0].Subject(chain.SubjectGov + join.Digest().String()); s.Status != chain.StatusAdopted {
		t.Fatalf("three of four: %s", s.Status)
	}
	if n.peers[0].Roster() != genesis {
		t.Fatal("the new list is in force one height after the decision")
	}
	doctor := n.ward.Orgs["h3"].Issue("doc-3", chain.RoleDoctor)
	if got := n.try(n.ward.Enrol(doctor, n.now()))[0]; got.Code != chain.CodeUnknownOrg || !got.Code.Transient() {
		t.Fatalf("a member not in force yet writes: %s", got.Code)
	}
	n.block()
	n.ward.Members = n.peers[0].Roster().Members()
	n.peers = append(n.peers, n.replayed("h3", "h1"))
	n.write(n.ward.Enrol(doctor, n.now()))
	n.block()
	sealed := n.check("rx:A")
	if h := n.peers[4].Head().Header; sealed.At(h.Height).Digest().String() != h.MembersRoot ||
		h.MembersRoot == genesis.Digest().String() {
		t.Errorf("height %d names another list", h.Height)
	}
	newest, err := n.peers[4].At(n.peers[4].Head().SealedSize - 1)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := n.peers[4].Receipt(newest.ID); err != nil || len(r.Seals) != 5 {
		t.Errorf("the fifth member does not seal: %v", err)
	}

	n.suspension(t)
	n.newSeal(t)

	gone := n.change(membership.Change{Remove: "h3"})
	if got := n.adopt(gone, "h1", "h2", "p1", "i1"); got.Code != chain.CodeOK {
		t.Fatalf("%+v", got)
	}
	n.block()
	n.peers = n.peers[:4]
	n.write(n.ward.Journey("B", n.now())...)
	n.block()
	timeline := n.check("rx:B")
	if _, still := timeline.Newest().Org("h3"); still || len(timeline.Lists()) != 6 {
		t.Errorf("%d lists", len(timeline.Lists()))
	}
	n.oldListIsRefused(t, timeline, genesis)
}

// replayed is a new member's ledger: everything of another's so far.
func (n *network) replayed(member, from string) *peer {
	n.t.Helper()
	db := dbm.NewMemDB()
	for _, p := range n.peers {
		if p.member == from {
			copyDB(n.t, p.opt.DB, db)
		}
	}
	return n.join(member, db)
}

func copyDB(t testing.TB, from, to dbm.DB) {
	t.Helper()
	it, err := from.Iterator(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer it.Close()
	for ; it.Valid(); it.Next() {
		if err := to.Set(it.Key(), it.Value()); err != nil {
			t.Fatal(err)
		}
	}
}

// suspension: a suspended member cannot write until it is lifted; what it wrote before stays
// proved.
func (n *network) suspension(t *testing.T) {
	before := n.member("p2")
	stopped := before
	stopped.Suspended = true
	if got := n.adopt(n.change(membership.Change{Member: &stopped}), "h1", "h2", "p1", "i1"); got.Code != chain.CodeOK {
		t.Fatalf("%+v", got)
	}
	n.block()
	claim := n.ward.Record(n.ward.Dispenser2, chain.KindClaim, "rx:A", 4, n.now(), chain.Facts{})
	if got := n.block(batch(claim))[0]; got.Code != chain.CodeSuspended || !got.Code.Transient() {
		t.Fatalf("a suspended pharmacy claims: %s", got.Code)
	}
	if got := n.adopt(n.change(membership.Change{Member: &before}), "h1", "h2", "p1", "i1"); got.Code != chain.CodeOK {
		t.Fatalf("%+v", got)
	}
	n.block()
	n.write(claim)
}

// newSeal: a member with a new seal key writes and seals with it and no longer with the old one.
func (n *network) newSeal(t *testing.T) {
	org := n.ward.Orgs["h2"]
	old := *org.Seal
	renewed := n.member("h2")
	next := org.Issue("seal-h2", chain.RoleSeal)
	renewed.Seal = b64(next.Cert)
	if got := n.adopt(n.change(membership.Change{Member: &renewed}), "h1", "p1", "i1", "h3"); got.Code != chain.CodeOK {
		t.Fatalf("%+v", got)
	}
	n.block()
	late := n.ward.Enrol(org.Issue("doc-4", chain.RoleDoctor), n.now())
	*org.Seal = *next // the ledgers hold this sealer
	if got := n.try(late)[0]; got.Code != chain.CodeRole {
		t.Fatalf("sealed with the old key %s: %s", old.Cert.ID()[:8], got.Code)
	}
	// What the organisation signed with the old key, and nobody has taken yet, it stands by with
	// the new one. A vote it cannot.
	vote := n.ward.Ballot("h2", n.change(membership.Change{Remove: "p1"}), 1, n.now())
	vote.Statement.Actor = old.Cert.ID()
	if got := n.try(n.ward.Sign(&old, vote.Statement))[0]; got.Code != chain.CodeRole {
		t.Fatalf("a vote with the old key under the new one's seal: %s", got.Code)
	}
	stood := n.ward.Sign(&old, late.Statement)
	n.write(stood, n.ward.Enrol(org.Issue("doc-5", chain.RoleDoctor), n.now()))
	n.block()
	r, err := n.peers[0].Receipt(stood.ID())
	if err == nil {
		err = n.peers[0].Timeline().VerifyReceipt(r)
	}
	if err != nil {
		t.Errorf("the receipt of what the old key signed: %v", err)
	}
	if err := chain.VerifyReceipt(n.peers[0].Roster().Members(), r); chain.ReasonOf(err) != chain.ReasonActorCert {
		t.Errorf("by the newest list alone, which knows no former seal: %v", err)
	}
	n.check("rx:A")
}

// oldListIsRefused: a list that is no longer in force proves nothing about what came after it.
func (n *network) oldListIsRefused(t *testing.T, timeline *chain.Timeline, genesis *membership.Roster) {
	lead := n.peers[0]
	c, err := lead.At(lead.Head().SealedSize - 1)
	if err != nil {
		t.Fatal(err)
	}
	r, err := lead.Receipt(c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := chain.NewTimeline(genesis).VerifyReceipt(r); chain.ReasonOf(err) != chain.ReasonMembers {
		t.Errorf("by the genesis list: %v", err)
	}
	if err := timeline.VerifyReceipt(r); err != nil {
		t.Error(err)
	}
	r.Header.Height = 2 // when the genesis list was in force
	if err := timeline.VerifyReceipt(r); chain.ReasonOf(err) != chain.ReasonMembers {
		t.Errorf("a later list's header at an earlier height: %v", err)
	}
}

func b64(c *pki.Certificate) string { return base64.StdEncoding.EncodeToString(c.Raw()) }

// TestVotesRefused: who has no vote, votes twice, for another list, for nothing possible, or while
// a list waits.
func TestVotesRefused(t *testing.T) {
	n := newNetwork(t, "h1", "h2", "p1", "i1")
	n.block()
	w := n.ward
	p2 := n.member("p2")
	stopped := p2
	stopped.Suspended = true
	good := n.change(membership.Change{Member: &stopped})
	regulator := n.member("r1")
	regulator.Power, regulator.Validator = 1, n.member("h1").Validator
	nobody := membership.Change{V: chain.Version, Base: chaintest.Tag("other"), Remove: "p2"}
	n.write(w.Ballot("h1", good, 1, n.now()))
	for name, c := range map[string]struct {
		vote chain.Record
		want chain.Code
	}{
		"no vote":        {w.Ballot("p2", good, 2, n.now()), chain.CodeRole},
		"a regulator":    {w.Ballot("r1", good, 2, n.now()), chain.CodeRole},
		"twice":          {w.Ballot("h1", good, 2, n.now()), chain.CodeTransition},
		"another list":   {w.Ballot("h2", nobody, 1, n.now()), chain.CodeBadChange},
		"nobody removed": {w.Ballot("h2", n.change(membership.Change{Remove: "x9"}), 1, n.now()), chain.CodeBadChange},
		"a voter's key": {w.Ballot("h2", n.change(membership.Change{Member: &regulator}), 1, n.now()),
			chain.CodeBadChange},
		"a schema at once": {w.Ballot("h2", n.change(membership.Change{Schema: &membership.Schema{From: 3, V: 2}}), 1,
			n.now()), chain.CodeBadChange},
		"two things": {w.Ballot("h2", n.change(membership.Change{Remove: "p2", Member: &stopped}), 1, n.now()),
			chain.CodeMalformed},
		"nothing": {w.Ballot("h2", n.change(membership.Change{}), 1, n.now()), chain.CodeMalformed},
		"another subject": {w.Record(w.Orgs["h2"].Seal, chain.KindVote, chain.SubjectGov+chaintest.Tag("x"), 1, n.now(),
			w.Ballot("h2", good, 2, n.now()).Statement.Facts), chain.CodeMalformed},
	} {
		if got := n.try(c.vote)[0]; got.Code != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got.Code, got.Detail, c.want)
		}
	}
	other := n.change(membership.Change{Remove: "p2"})
	got := n.block(batch(w.Ballot("h2", good, 2, n.now()), w.Ballot("p1", good, 3, n.now()),
		w.Ballot("i1", good, 4, n.now()), w.Ballot("i1", other, 1, n.now())))
	if codes := fmt.Sprint(got[0].Code, got[1].Code, got[2].Code, got[3].Code); codes != "ok ok transition not-yet" {
		t.Errorf("while a list waits: %s", codes)
	}
	n.block()
	if got := n.try(w.Ballot("i1", other, 1, n.now()))[0]; got.Code != chain.CodeBadChange {
		t.Errorf("for the list before: %s", got.Code)
	}
}

// TestReplacedCA: people of a CA that was replaced can do nothing until they are enrolled under the
// new one; what they did before stays proved.
func TestReplacedCA(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w := n.ward
	n.write(w.Enrolments()...)
	n.write(w.Issued("A", n.now()))
	entry := w.Found("p1", chain.OrgPharmacy, 0)
	if got := n.adopt(n.change(membership.Change{Member: &entry}), "h1"); got.Code != chain.CodeOK {
		t.Fatalf("%+v", got)
	}
	n.block()
	n.write(w.Paid("A", n.now())[1:]...)
	claim := w.Record(w.Dispenser1, chain.KindClaim, "rx:A", 4, n.now(), chain.Facts{})
	if got := n.block(batch(claim))[0]; got.Code != chain.CodeCertRevoked {
		t.Fatalf("under the replaced CA: %s", got.Code)
	}
	fresh := w.Orgs["p1"].Issue("dis-1", chain.RoleDispenser)
	n.write(w.Enrol(fresh, n.now()), w.Record(fresh, chain.KindClaim, "rx:A", 4, n.now(), chain.Facts{}))
	n.block()
	n.check("rx:A")
}

// TestAdmits: only nodes of members may connect, those of a member that was voted in at once.
func TestAdmits(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	key := ed25519.GenPrivKey().PubKey().(ed25519.PubKey)
	id := fmt.Sprintf("%x", key.Address())
	ask := func() uint32 {
		res, err := n.peers[0].Query(context.Background(), &abci.RequestQuery{Path: "/p2p/filter/id/" + id})
		if err != nil {
			t.Fatal(err)
		}
		return res.Code
	}
	if ask() == 0 {
		t.Error("a stranger's node is let in")
	}
	reader := n.member("r1")
	reader.Nodes = []string{base64.StdEncoding.EncodeToString(key)}
	if got := n.adopt(n.change(membership.Change{Member: &reader}), "h1"); got.Code != chain.CodeOK {
		t.Fatalf("%+v", got)
	}
	if ask() != 0 {
		t.Error("a member's node is not let in")
	}
}
