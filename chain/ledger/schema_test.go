package ledger

import (
	"context"
	"errors"
	"fmt"
	"testing"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/membership"
)

// TestSchemaFromAnAgreedHeight: version 2, and batches under one seal, are taken from the agreed
// height on and not before, version 1 always. A program that does not know version 2 stops before
// that height; the newer one goes on from there and comes to the same state.
func TestSchemaFromAnAgreedHeight(t *testing.T) {
	n := newNetwork(t, "h1", "h2")
	n.block()
	n.write(n.ward.Enrolments()...)
	old := n.peers[1]
	old.opt.known = func(v int) bool { return v == 1 }
	var stopped []error
	old.opt.OnSchema = func(err error) { stopped = append(stopped, err) }

	second := func(id string) chain.Record {
		n.ward.V = 2
		defer func() { n.ward.V = 1 }()
		return n.ward.Issued(id, n.now())
	}
	if got := n.try(second("N")); got[0].Code != chain.CodeNotYet {
		t.Errorf("before anybody agreed: %s", got[0].Code)
	}
	from := old.Head().Header.Height + 7
	if got := n.adopt(n.change(membership.Change{Schema: &membership.Schema{From: from, V: 2}}), "h1",
		"h2"); got.Code != chain.CodeOK {
		t.Fatal(got)
	}
	if now, later := old.Ahead(); now != nil || !errors.Is(later, ErrSchema) {
		t.Errorf("adopted: now %v, later %v", now, later)
	}
	for old.Head().Header.Height < from-1 {
		height, early := old.Head().Header.Height+1, second("A")
		if got := n.try(early); got[0].Code != chain.CodeNotYet {
			t.Fatalf("at %d, agreed from %d on: %s", height, from, got[0].Code)
		}
		packed, one := oneSeal(n.ward, n.ward.Issued("C", n.now()), n.ward.Issued("D", n.now()))
		for _, p := range n.peers { // it takes no room in a block: the older program would give another verdict on it
			if got, raw := p.Precheck(early, nil); got.Code != chain.CodeNotYet || raw != "" {
				t.Fatalf("submitted for %d: %+v", height, got)
			}
			if got, raw := p.Precheck(packed[1], nil); got.Code != chain.CodeNotYet || raw != "" {
				t.Fatalf("of a batch, submitted for %d: %+v", height, got)
			}
			for _, tx := range [][]byte{batch(early), one, batch(packed...)} {
				if res, err := p.ProcessProposal(context.Background(),
					n.proposal(height, [][]byte{tx})); err != nil || res.IsAccepted() {
					t.Fatalf("%s votes for it at %d: %v", p.member, height, err)
				}
			}
		}
		n.block()
	}
	if len(stopped) != 1 || !errors.Is(stopped[0], ErrSchema) {
		t.Fatalf("the old program was told to stop %d times: %v", len(stopped), stopped)
	}
	before := old.Head()
	proposal := n.proposal(from, nil)
	if res, err := old.ProcessProposal(context.Background(), proposal); err != nil || res.IsAccepted() {
		t.Error("the old program votes for what it cannot judge")
	}
	if _, err := old.FinalizeBlock(context.Background(),
		&abci.RequestFinalizeBlock{Height: from, Hash: proposal.Hash, Time: proposal.Time}); !errors.Is(err,
		ErrSchema) {
		t.Errorf("the old program executes what it cannot judge: %v", err)
	}
	n.peers = n.peers[:1]
	_, one := oneSeal(n.ward, n.ward.Issued("C", n.now()), n.ward.Issued("D", n.now()))
	n.pass(batch(second("A"), n.ward.Issued("B", n.now())), one)
	n.block()
	if old.Head() != before {
		t.Error("the old program's ledger has moved")
	}
	newer := n.join("h2", old.opt.DB)
	n.follow(newer, before.Header.Height)
	if diff, err := storage.Differences(n.peers[0].opt.DB, newer.opt.DB); err != nil || len(diff) != 0 {
		t.Errorf("the newer program: %q %v", diff, err)
	}
	page, err := newer.Blocks(0, 1)
	if err != nil || len(page) != 1 || len(page[0].Records) != 4 ||
		page[0].Records[0] != idOfRecord(t, newer, page[0].Records[0]) {
		t.Errorf("%+v %v", page, err)
	}
}

// idOfRecord is the id that the record found by an id has.
func idOfRecord(t *testing.T, p *peer, id string) string {
	t.Helper()
	c, err := p.Record(id)
	if err != nil {
		t.Fatal(err)
	}
	return c.Record.ID()
}

// TestSnapshotOfANewerSchema: a program that does not know the schema of a snapshot's records does
// not go on asking everybody for another one: it stops, and says why.
func TestSnapshotOfANewerSchema(t *testing.T) {
	n := grown(t)
	lead := n.peers[0].App
	from := lead.Head().Header.Height + 5
	if got := n.adopt(n.change(membership.Change{Schema: &membership.Schema{From: from, V: 2}}), "h1",
		"h2"); got.Code != chain.CodeOK {
		t.Fatal(got)
	}
	for i := 0; lead.Head().Header.Height < from+4; i++ {
		n.write(n.ward.Journey(fmt.Sprintf("T%d", i), n.now())...)
	}
	n.block()
	n.block()
	s := newest(t, lead)
	if int64(s.Height) < from {
		t.Fatalf("the newest snapshot is of height %d, before %d", s.Height, from)
	}
	old := n.late(dbm.NewMemDB())
	var stopped error
	old.opt.known, old.opt.OnSchema = func(v int) bool { return v == 1 }, func(err error) { stopped = err }
	if got := offer(t, old, s, rootAt(t, lead, s.Height)); got != abci.ResponseOfferSnapshot_ACCEPT {
		t.Fatal(got)
	}
	last := abci.ResponseApplySnapshotChunk_ACCEPT
	for i, c := range chunks(t, lead, s) {
		if last = apply1(t, old, i, c).Result; last != abci.ResponseApplySnapshotChunk_ACCEPT {
			break
		}
	}
	if last != abci.ResponseApplySnapshotChunk_ABORT || !errors.Is(stopped, ErrSchema) {
		t.Errorf("%s, and it was told to stop: %v", last, stopped)
	}
}
