package ledger

import (
	"bytes"
	"context"
	"slices"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
)

// oneSeal makes a transaction of records of one organisation under one seal.
func oneSeal(w *chaintest.Ward, recs ...chain.Record) ([]chain.Record, []byte) {
	packed := w.SealBatch(recs)
	return packed, chaintest.Must(transaction.EncodeWhole([8]byte{}, packed))
}

// byOrg are transactions of records in their order, one organisation's next to each other in one.
func byOrg(w *chaintest.Ward, recs ...chain.Record) (txs [][]byte) {
	for len(recs) > 0 {
		n := 1
		for n < len(recs) && recs[n].Statement.Org == recs[0].Statement.Org {
			n++
		}
		_, tx := oneSeal(w, recs[:n]...)
		txs, recs = append(txs, tx), recs[n:]
	}
	return txs
}

func (n *network) pass(txs ...[]byte) {
	n.t.Helper()
	for _, r := range n.block(txs...) {
		if r.Code != chain.CodeOK {
			n.t.Fatalf("%s: %s", r.Code, r.Detail)
		}
	}
}

// TestBatchUnderOneSeal: a prescription's life in batches, each with one seal, costs one check of a
// seal a batch and none of an actor who is that seal; every record's receipt of format 2 proves it
// with its place, on every node.
func TestBatchUnderOneSeal(t *testing.T) {
	n := newNetwork2(t, "h1", "h2", "p1")
	n.block()
	n.pass(byOrg(n.ward, n.ward.Enrolments()...)...)
	journey := n.ward.Journey("A", n.now())
	txs := byOrg(n.ward, journey...)
	if len(txs) != 2 {
		t.Fatalf("%d transactions", len(txs))
	}
	follower := n.peers[1]
	before := follower.verified.Load()
	n.pass(txs...)
	if got := follower.verified.Load() - before; got != 2+5 { // 7 records, 2 of them by the seal
		t.Errorf("%d signatures checked", got)
	}
	n.block()
	n.block()
	for _, p := range n.peers {
		for _, rec := range journey {
			c, err := p.Receipt(rec.ID())
			if err != nil {
				t.Fatal(err)
			}
			if c.V != chain.FormatBatch || c.Record.Batch == nil {
				t.Errorf("%s: a receipt of format %d", rec.Statement.Kind, c.V)
			}
			if err := chain.VerifyReceipt(n.ward.Members, c); err != nil {
				t.Errorf("%s: %v", rec.Statement.Kind, err)
			}
			again, err := chain.ParseReceipt(c.Bytes())
			if err != nil || !bytes.Equal(again.Bytes(), c.Bytes()) {
				t.Errorf("%s: %v", rec.Statement.Kind, err)
			}
			if c.V = chain.FormatAlone; chain.ReasonOf(chain.VerifyReceipt(n.ward.Members, c)) != chain.ReasonVersion {
				t.Errorf("%s: format 1 takes a batch", rec.Statement.Kind)
			}
		}
	}
}

// TestBatchForged: who drops, doubles, reorders or moves a record of a batch, or changes one, has
// another root, under which the seal does not hold: it comes into no mempool, and a block that
// holds it gets no vote.
func TestBatchForged(t *testing.T) {
	n := newNetwork2(t, "h1", "h2")
	n.block()
	n.pass(byOrg(n.ward, n.ward.Enrolments()...)...)
	lead := n.peers[0]
	issue := func(id string) chain.Record { return n.ward.Issued(id, n.now()) }
	packed, good := oneSeal(n.ward, issue("A"), issue("B"), issue("C"), issue("D"))
	other, _ := oneSeal(n.ward, issue("E"), issue("F"), issue("G"), issue("H"))
	// again writes records as a whole batch under the first one's seal, whatever they are.
	again := func(recs []chain.Record, change func([]chain.Record)) []byte {
		recs = slices.Clone(recs)
		if change != nil {
			change(recs)
		}
		for i := range recs {
			recs[i].OrgSig, recs[i].OrgCert = recs[0].OrgSig, recs[0].OrgCert
			recs[i].Batch = &chain.Place{Index: uint64(i), Size: uint64(len(recs))}
		}
		return chaintest.Must(transaction.EncodeWhole([8]byte{}, recs))
	}
	if !bytes.Equal(again(packed, nil), good) {
		t.Fatal("the forger's tool does not make the true batch")
	}
	alone := func(rec chain.Record, change func(*chain.Place)) []byte {
		place := *rec.Batch
		place.Path = slices.Clone(place.Path)
		change(&place)
		rec.Batch = &place
		return batch(rec)
	}
	for name, tx := range map[string][]byte{
		"dropped":                      again(packed[:3], nil),
		"first alone":                  again(packed[:1], nil),
		"doubled":                      again(append(slices.Clone(packed), packed[3]), nil),
		"one twice in another's place": again(packed, func(l []chain.Record) { l[2] = l[1] }),
		"reordered":                    again(packed, func(l []chain.Record) { l[1], l[2] = l[2], l[1] }),
		"moved from another batch":     again(packed, func(l []chain.Record) { l[2] = other[1] }),
		"another batch's seal":         again(packed, func(l []chain.Record) { l[0].OrgSig = other[0].OrgSig }),
		"another statement":            again(packed, func(l []chain.Record) { l[1].Statement.Time++ }),
		"another actor's signature":    again(packed, func(l []chain.Record) { l[1].ActorSig = l[0].ActorSig }),
		"alone at another index":       alone(packed[1], func(p *chain.Place) { p.Index = 0 }),
		"alone with another's path":    alone(packed[1], func(p *chain.Place) { p.Path = packed[2].Batch.Path }),
		"alone in a batch of two":      alone(packed[1], func(p *chain.Place) { p.Size, p.Path = 2, p.Path[:1] }),
		"alone without a path":         alone(packed[0], func(p *chain.Place) { p.Size, p.Path = 1, nil }),
	} {
		res, err := lead.CheckTx(context.Background(), &abci.RequestCheckTx{Tx: tx})
		if err != nil || chain.Code(res.Code) != chain.CodeBadSignature {
			t.Errorf("%s: at the mempool's door: %+v %v", name, res, err)
		}
		answer, err := n.peers[1].ProcessProposal(context.Background(),
			n.proposal(lead.Head().Header.Height+1, [][]byte{tx}))
		if err != nil || answer.IsAccepted() {
			t.Errorf("%s: voted for: %v", name, err)
		}
		if !lead.Unsealed(tx) {
			t.Errorf("%s: an honest node might have brought it", name)
		}
	}
	if lead.Unsealed(good) {
		t.Error("the true batch has no seal")
	}
	n.pass(good)
}

// TestBatchInParts: a record proves itself by its place, so what is left of a batch that came in
// partly needs no new seal; and the same record in another batch is still one record.
func TestBatchInParts(t *testing.T) {
	n := newNetwork2(t, "h1", "h2")
	n.block()
	n.pass(byOrg(n.ward, n.ward.Enrolments()...)...)
	a, b := n.ward.Issued("A", n.now()), n.ward.Issued("B", n.now())
	packed, whole := oneSeal(n.ward, a, b)
	n.pass(batch(packed[1]))
	if got := n.try(packed[0]); got[0].Code != chain.CodeOK {
		t.Errorf("%+v", got)
	}
	answers := n.peers[0].execute(block{height: n.peers[0].Head().Header.Height + 1, time: n.time,
		txs: [][]byte{whole}}).answers
	if answers[1].Code != chain.CodeOK || answers[1].Height == answers[0].Height {
		t.Errorf("%+v", answers)
	}
	_, anew := oneSeal(n.ward, b, a)
	answers = n.peers[0].execute(block{height: n.peers[0].Head().Header.Height + 1, time: n.time,
		txs: [][]byte{anew}}).answers
	if answers[0].Code != chain.CodeOK || answers[0].ID != b.ID() || answers[0].Height >= answers[1].Height {
		t.Errorf("%+v", answers)
	}
}

// TestBatchBeforeSchema2: until the members have agreed on schema 2, no batch under one seal comes
// into a mempool or gets a vote; and a block that holds one all the same is judged as by programs
// that have never heard of it.
func TestBatchBeforeSchema2(t *testing.T) {
	n := newNetwork(t, "h1", "h2")
	n.block()
	n.write(n.ward.Enrolments()...)
	packed, whole := oneSeal(n.ward, n.ward.Issued("A", n.now()), n.ward.Issued("B", n.now()))
	lead := n.peers[0]
	for name, tx := range map[string][]byte{"whole": whole, "in parts": batch(packed...)} {
		res, err := lead.CheckTx(context.Background(), &abci.RequestCheckTx{Tx: tx})
		if err != nil || chain.Code(res.Code) != chain.CodeNotYet {
			t.Errorf("%s: at the mempool's door: %+v %v", name, res, err)
		}
		height := lead.Head().Header.Height + 1
		if answer, err := lead.ProcessProposal(context.Background(), n.proposal(height, [][]byte{tx})); err != nil ||
			answer.IsAccepted() {
			t.Errorf("%s: voted for: %v", name, err)
		}
		x := lead.execute(block{height: height, time: n.time, txs: [][]byte{tx}})
		old := &abci.ExecTxResult{Code: uint32(chain.CodeMalformed)}
		if name == "in parts" {
			old = &abci.ExecTxResult{Data: []byte{byte(chain.CodeMalformed), byte(chain.CodeMalformed)}}
		}
		if x.fresh != 0 || x.results[0].String() != old.String() {
			t.Errorf("%s: %d taken, %v", name, x.fresh, x.results[0])
		}
	}
}
