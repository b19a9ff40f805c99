package ledger

import (
	"context"
	"fmt"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
)

// framed are records in another member's name by an actor that nobody knows: well formed, with a
// signature of something else for a seal.
func framed(w *chaintest.Ward, n int) (txs [][]byte) {
	stranger := w.Orgs["p1"].Issue("dis-9", chain.RoleDispenser)
	for i := 0; i < n; {
		var recs []chain.Record
		for range 16 {
			st := w.Statement(stranger, chain.KindIssue, fmt.Sprintf("rx:F%d", i), 1, genesis,
				w.Issued("F", genesis).Statement.Facts)
			rec := chain.Record{Statement: st, OrgCert: w.Orgs["p1"].Seal.Cert.ID()}
			rec.ActorSig = w.Enrol(w.Doctor, genesis).ActorSig
			rec.OrgSig = rec.ActorSig
			recs, i = append(recs, rec), i+1
		}
		txs = append(txs, batch(recs...))
	}
	return txs
}

// TestBytesWithoutTheSeal: whoever a record names, and whether or not its actor is known, without
// its organisation's seal it comes neither into a mempool nor into a proposal, and a block that
// holds it gets no vote. (An unknown actor let anything pass: 25 MB of it stopped heights, and
// showed a member to the regulator as one that tries what it may not.)
func TestBytesWithoutTheSeal(t *testing.T) {
	size.InTurn(t)
	for _, found := range []func(*chaintest.Ward){func(*chaintest.Ward) {}, (*chaintest.Ward).Schema2} {
		n := newNetworkOf(t, found, "h1", "h2")
		n.block()
		n.write(n.ward.Enrolments()...)
		lead := n.peers[0]
		txs := framed(n.ward, 64)
		for i, tx := range txs {
			res, err := lead.CheckTx(context.Background(), &abci.RequestCheckTx{Tx: tx})
			if err != nil || chain.Code(res.Code) != chain.CodeBadSignature {
				t.Fatalf("transaction %d at the mempool's door: %+v %v", i, res, err)
			}
		}
		good := batch(n.ward.Issued("GOOD", n.now()))
		prepared, err := lead.PrepareProposal(context.Background(),
			&abci.RequestPrepareProposal{Height: 3, Txs: append(txs, good), MaxTxBytes: 4 << 20, Time: n.now()})
		if err != nil || len(prepared.Txs) == 0 || string(prepared.Txs[len(prepared.Txs)-1]) != string(good) {
			t.Fatalf("a proposal of %d transactions: %v", len(prepared.Txs), err)
		}
		for _, tx := range prepared.Txs {
			if transaction.IsSeals(tx) || string(tx) == string(good) {
				continue
			}
			t.Error("the proposal holds bytes without a seal")
		}
		for _, p := range n.peers {
			height := p.Head().Header.Height + 1
			if res, err := p.ProcessProposal(context.Background(), n.proposal(height, txs[:1])); err != nil ||
				res.IsAccepted() {
				t.Errorf("%s votes for bytes without a seal: %v", p.member, err)
			}
		}
	}
}

// TestUnsealedIsSaidOfNothingElse: only what no honest node hands on counts against the node that
// brings it.
func TestUnsealedIsSaidOfNothingElse(t *testing.T) {
	n := pharmacy(t)
	w, lead := n.ward, n.peers[0]
	stranger := w.Orgs["h1"].Issue("doc-9", chain.RoleDoctor)
	lent := w.Issued("L", n.now())
	lent.ActorSig = w.Issued("M", n.now()).ActorSig
	other := w.Issued("O", n.now())
	other.OrgCert = w.Orgs["h2"].Seal.Cert.ID()
	for name, c := range map[string]struct {
		tx   []byte
		want bool
	}{
		"forged":   {framed(w, 16)[0], true},
		"no batch": {[]byte{2, 1, 2, 3}, true},
		"legal":    {batch(w.Issued("A", n.now())), false},
		"illegal": {
			batch(w.Record(w.Doctor, chain.KindRelease, "rx:A", 7, n.now(), chain.Facts{})), false},
		"by an unknown actor": {
			batch(w.Record(stranger, chain.KindCancel, "rx:A", 7, n.now(), chain.Facts{})), false},
		"actor's signature is none": {batch(w.Seal(lent)), false},
		"under another seal":        {batch(other), false},
	} {
		if got := lead.Unsealed(c.tx); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// TestUnsealedBytesAreNobodysAttempt: an old block may hold such bytes. They are no finding against
// the member they name.
func TestUnsealedBytesAreNobodysAttempt(t *testing.T) {
	n := newNetwork2(t, "h1")
	n.block()
	n.write(n.ward.Enrolments()...)
	w, lead := n.ward, n.peers[0]
	raws, err := transaction.ParseBatch(framed(w, 16)[0])
	if err != nil {
		t.Fatal(err)
	}
	height := lead.Head().Header.Height
	unsealed, err := chain.ParseRecord(raws[0])
	if err != nil || lead.Genuine(unsealed, raws[0], height) {
		t.Errorf("without the seal: %v", err)
	}
	// a pharmacy issues
	own := w.Record(w.Dispenser1, chain.KindIssue, "rx:X", 1, n.now(), w.Issued("X", n.now()).Statement.Facts)
	if !lead.Genuine(own, own.Bytes(), height) {
		t.Error("a pharmacy's own attempt is not its own")
	}
	lent := own
	lent.ActorSig = w.Record(w.Dispenser1, chain.KindClaim, "rx:X", 1, n.now(),
		w.Claim(w.Dispenser1, "X", 1, 1, n.now()).Statement.Facts).ActorSig
	if lent = w.Seal(lent); lead.Genuine(lent, lent.Bytes(), height) {
		t.Error("a person's attempt by the seal of the organisation alone")
	}
}

// TestTheSealComesFirst: what schema 2 says of a record without a seal is that, whatever else is
// wrong with it.
func TestTheSealComesFirst(t *testing.T) {
	for found, want := range map[int]chain.Code{1: chain.CodeUnknownCert, 2: chain.CodeBadSignature} {
		n := newNetwork(t, "h1")
		if found == 2 {
			n = newNetwork2(t, "h1")
		}
		n.block()
		n.write(n.ward.Enrolments()...)
		rec := n.ward.Issued("A", n.now())
		rec.Statement.Actor = chaintest.Tag("nobody")
		if got := n.try(rec)[0]; got.Code != want {
			t.Errorf("schema %d: %s, want %s", found, got.Code, want)
		}
	}
}
