package ledger

import (
	"context"
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
)

// check asks the mempool's door about a transaction.
func (p *peer) check(t *testing.T, kind abci.CheckTxType, tx []byte) chain.Code {
	t.Helper()
	res, err := p.CheckTx(context.Background(), &abci.RequestCheckTx{Tx: tx, Type: kind})
	if err != nil {
		t.Fatal(err)
	}
	return chain.Code(res.Code)
}

// inVain counts the records that a decided block refused or had already.
func inVain(answers []Result, height int64) (n int) {
	for _, r := range answers {
		if r.Code != chain.CodeOK || r.Height != height {
			n++
		}
	}
	return n
}

// TestIllegalRecordsTakeNoRoom: a member with patched software sends what the ledger refuses, well
// sealed. It gets in as much as its share, and its legal records and everybody else's go on.
func TestIllegalRecordsTakeNoRoom(t *testing.T) {
	n := pharmacy(t)
	w, lead := n.ward, n.peers[0]
	n.write(w.Paid("P", n.now())...)
	n.block()
	var in [][]byte
	illegal := func(i int) chain.Record { // another prescriber's prescription, withdrawn by nobody who may
		return w.Record(w.Dispenser1, chain.KindDispense, fmt.Sprintf("rx:NONE%d", i), 5, n.now(),
			chain.Facts{Tags: []string{chaintest.Tag(fmt.Sprint(i))}})
	}
	refused := 0
	for i := range 2 * refusedBurst {
		tx := batch(illegal(i))
		switch got := lead.check(t, abci.CheckTxType_New, tx); got {
		case chain.CodeOK:
			in = append(in, tx)
		case chain.CodeSequence:
			refused++
		default:
			t.Fatal(got)
		}
	}
	if len(in) != refusedBurst || refused != refusedBurst {
		t.Errorf("%d came in, %d did not", len(in), refused)
	}
	legal := batch(w.Claim(w.Dispenser1, "P", 4, 1, n.now()))
	if got := lead.check(t, abci.CheckTxType_New, legal); got != chain.CodeOK {
		t.Errorf("the same member's legal record: %s", got)
	}
	if got := lead.check(t, abci.CheckTxType_New,
		batch(w.Record(w.Dispenser2, chain.KindRelease, "rx:P", 4, n.now(), chain.Facts{}))); got != chain.CodeOK {
		t.Errorf("another member's share: %s", got)
	}
	if got := lead.Turned([][]byte{illegal(-1).Bytes(),
		w.Claim(w.Dispenser1, "P", 4, 1, n.now()).Bytes()}); got[0].Code != chain.CodeSequence ||
		got[1].Code != chain.CodeOK {
		t.Errorf("told without a block: %+v", got)
	}
	if got := lead.check(t, abci.CheckTxType_Recheck, in[0]); got != chain.CodeSequence {
		t.Errorf("it waits on with its share used up: %s", got)
	}
	if got := lead.check(t, abci.CheckTxType_Recheck, legal); got != chain.CodeOK {
		t.Errorf("a legal one that waits: %s", got)
	}
	n.time += 3 * refusedEvery.Milliseconds()
	came := 0
	for i := range 5 {
		if lead.check(t, abci.CheckTxType_New, batch(illegal(10_000+i))) == chain.CodeOK {
			came++
		}
	}
	if came != 3 {
		t.Errorf("%d came in after three times %s", came, refusedEvery)
	}
}

// TestLegalAloneIllegalTogether: records of which each is legal and only one can be. A block holds
// few of the others in vain, its member pays for them, and what is left over goes from the mempool.
func TestLegalAloneIllegalTogether(t *testing.T) {
	size.InTurn(t)
	n := pharmacy(t)
	w, lead := n.ward, n.peers[0]
	n.write(w.Paid("P", n.now())...)
	n.block()
	var txs [][]byte
	for i := range 5 * maxWasted {
		tx := batch(facts(w, w.Dispenser1, w.Claim(w.Dispenser1, "P", 4, 1, n.now()),
			func(f *chain.Facts) { f.Until += int64(i) }))
		if got := lead.check(t, abci.CheckTxType_New, tx); got != chain.CodeOK {
			t.Fatalf("claim %d: %s", i, got)
		}
		txs = append(txs, tx)
	}
	for turn := range 2 {
		got := n.block(txs...)
		if vain := inVain(got, lead.Head().Header.Height); vain > maxWasted {
			t.Errorf("block %d holds %d records in vain", turn, vain)
		}
		txs = txs[len(got):]
	}
	if left := lead.quotas.of("p1"); left.n > 2 {
		t.Errorf("its member has %d left", left.n)
	}
	lead.quotas.take(map[string]int{"p1": 2})
	if got := lead.check(t, abci.CheckTxType_Recheck, txs[0]); got != chain.CodeSequence {
		t.Errorf("what is left over: %s", got)
	}
}

// TestProposalsInVain: a proposer that fills its block with what is refused gets no votes; one more
// than it may is enough.
func TestProposalsInVain(t *testing.T) {
	for _, schema := range []int{1, 2} {
		n := newNetwork(t, "h1")
		if schema == 2 {
			n = newNetwork2(t, "h1")
		}
		n.block()
		n.write(n.ward.Enrolments()...)
		lead := n.peers[0]
		for many, want := range map[int]bool{maxWasted: true, maxWasted + 1: schema == 1} {
			var txs [][]byte
			for i := range many {
				txs = append(txs,
					batch(n.ward.Record(n.ward.Dispenser1, chain.KindRelease, fmt.Sprintf("rx:V%d", i), 5, n.now(),
						chain.Facts{})))
			}
			res, err := lead.ProcessProposal(context.Background(), n.proposal(lead.Head().Header.Height+1, txs))
			if err != nil || res.IsAccepted() != want {
				t.Errorf("schema %d, %d records in vain: accepted is %t, %v", schema, many, res.IsAccepted(), err)
			}
		}
	}
}

// TestOldRecordsDoNotComeAgain: anybody can take another's records off the chain and send them
// again: their seals hold. Only the newest is sent again, by the nodes themselves, and only while
// it has no seals.
func TestOldRecordsDoNotComeAgain(t *testing.T) {
	n := pharmacy(t)
	w, lead := n.ward, n.peers[0]
	old, newest := w.Issued("OLD", n.now()), w.Issued("NEW", n.now())
	n.write(old)
	n.write(newest)
	numbered := func(height int64, recs ...chain.Record) []byte {
		tx := batch(recs...)
		binary.BigEndian.PutUint64(tx[1:], uint64(height))
		return tx
	}
	head := lead.Head().Header.Height
	for name, c := range map[string]struct {
		tx   []byte
		want chain.Code
	}{
		"the newest while it is not sealed": {numbered(head, newest), chain.CodeOK},
		"with another number":               {numbered(head+1, newest), chain.CodeSequence},
		"an old one":                        {numbered(head, old), chain.CodeSequence},
		"both":                              {numbered(head, newest, old), chain.CodeSequence},
		"beside a new one":                  {numbered(head, newest, w.Issued("X", n.now())), chain.CodeSequence},
	} {
		if got := lead.check(t, abci.CheckTxType_New, c.tx); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	got := n.block(numbered(head, old), numbered(head, newest), numbered(head+7, old, newest))
	if len(got) != 1 || got[0].ID != newest.ID() {
		t.Errorf("a proposal of old records: %+v", got)
	}
	if got := lead.check(t, abci.CheckTxType_New,
		numbered(lead.Head().Header.Height, newest)); got != chain.CodeSequence {
		t.Errorf("the newest when it is sealed: %s", got)
	}
	if got := lead.check(t, abci.CheckTxType_Recheck, numbered(head, newest)); got != chain.CodeSequence {
		t.Errorf("it waits on when it is sealed: %s", got)
	}
}

// TestQuietChainAtTheDoor: the block's time lags on a quiet chain. What is due by the clock comes
// in and costs nothing; what is due by neither is refused like anything else.
func TestQuietChainAtTheDoor(t *testing.T) {
	n := pharmacy(t)
	w, lead := n.ward, n.peers[0]
	n.write(append(w.Paid("P", n.now()), w.Claim(w.Dispenser1, "P", 4, 1, n.now()))...)
	state := chaintest.Must(lead.Subject("rx:P"))
	lapse := func() []byte {
		return batch(w.Record(w.Dispenser2, chain.KindLapse, "rx:P", 5, n.now(), chain.Facts{}))
	}
	lead.quotas.take(map[string]int{"p2": refusedBurst, "h1": refusedBurst})
	n.time = state.Until - 1
	lead.quotas.take(map[string]int{"p2": refusedBurst, "h1": refusedBurst})
	if got := lead.check(t, abci.CheckTxType_New, lapse()); got != chain.CodeNotYet {
		t.Errorf("too early by the clock: %s", got)
	}
	n.time = state.Until
	if got := lead.check(t, abci.CheckTxType_New, lapse()); got != chain.CodeOK {
		t.Errorf("due by the clock: %s", got)
	}
	n.time += (40 * 24 * time.Hour).Milliseconds() // a long silence: everything is dated far ahead of the last block
	lead.quotas.take(map[string]int{"h1": 1 << 30})
	if got := lead.check(t, abci.CheckTxType_New, batch(w.Issued("LATER", n.now()))); got != chain.CodeOK {
		t.Errorf("the first record after a silence: %s", got)
	}
	if got := lead.check(t, abci.CheckTxType_New,
		batch(w.Issued("AHEAD", n.now().AddDate(1, 0, 0)))); got != chain.CodeNotYet {
		t.Errorf("one of next year: %s", got)
	}
}
