package ledger

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
)

// TestFourMembersSealOneState: four ledgers stay equal, every receipt carries all their seals, and
// a block of seals leaves the root as it is.
func TestFourMembersSealOneState(t *testing.T) {
	n := newNetwork(t, "h1", "h2", "p1", "i1")
	n.block()
	w := n.ward
	n.write(w.Enrolments()...)
	n.write(w.Journey("A", n.now())...)
	root := n.peers[0].Head().Header.StateRoot()
	n.block()
	if n.peers[0].Head().Header.StateRoot() != root {
		t.Fatal("a block of seals changed the root")
	}
	if tx := n.peers[0].gatherSeals(n.last); tx != nil {
		t.Fatal("a sealed root is to be sealed again: blocks would never stop")
	}
	for _, p := range n.peers {
		for i := range uint64(12) {
			c, err := p.At(i)
			if err != nil {
				t.Fatal(err)
			}
			r, err := p.Receipt(c.ID)
			if err != nil {
				t.Fatal(err)
			}
			if err := chain.VerifyReceipt(w.Members, r); err != nil || len(r.Seals) != 4 {
				t.Errorf("%s: receipt %d: %d seals, %v", p.member, i, len(r.Seals), err)
			}
		}
	}
}

// TestThreeOfFourAreEnough, two are not: the record waits, and the next sealed root carries it.
func TestThreeOfFourAreEnough(t *testing.T) {
	n := newNetwork(t, "h1", "h2", "p1", "i1")
	n.block()
	rec := n.ward.Enrolments()[0]
	n.write(rec)
	lead := n.peers[0]
	n.last.Votes[2].VoteExtension, n.last.Votes[3].VoteExtension = nil, nil
	n.block()
	if _, err := lead.Receipt(rec.ID()); err == nil {
		t.Fatal("two of four seals made a receipt")
	}
	n.last.Votes[3].VoteExtension = nil
	n.block()
	r, err := lead.Receipt(rec.ID())
	if err != nil {
		t.Fatal(err)
	}
	if err := chain.VerifyReceipt(n.ward.Members, r); err != nil || r.Header.Height != 3 {
		t.Errorf("receipt under a later root: height %d, %v", r.Header.Height, err)
	}
}

// TestReplayGivesTheSameRoot: blocks finalized without a proposal (replay, block sync), and again
// after the last batch was lost with the power, give the roots that the others have.
func TestReplayGivesTheSameRoot(t *testing.T) {
	n := newNetwork(t, "h1", "h2", "p1")
	n.block()
	w, db := n.ward, dbm.NewMemDB()
	late := n.join("i1", db)
	var blocks [][][]byte
	var times []int64
	for i, recs := range [][]chain.Record{w.Enrolments(), w.Paid("A", n.now()), w.Journey("B", n.now())} {
		txs := [][]byte{batch(recs...)}
		if seals := n.peers[0].gatherSeals(n.last); seals != nil {
			txs = append([][]byte{seals}, txs...)
		}
		blocks, times = append(blocks, txs), append(times, n.time)
		n.decide(int64(i)+2, txs)
	}
	want := n.peers[0].Head().Header.StateRoot()
	replay := func(p *peer, from int) {
		for i := from; i < len(blocks); i++ {
			n.time = times[i]
			n.finalize(p, int64(i)+2, blocks[i])
		}
	}
	n.time = genesis.UnixMilli()
	n.finalize(late, 1, nil)
	replay(late, 0)
	if late.Head().Header.StateRoot() != want {
		t.Fatal("replayed root differs")
	}
	info, err := late.Info(context.Background(), nil)
	if err != nil || info.LastBlockHeight != 4 || string(info.LastBlockAppHash) != string(root(late.Head().Header)) {
		t.Errorf("info: %+v %v", info, err)
	}
	if diff, err := storage.Differences(n.peers[0].opt.DB, db); err != nil || len(diff) != 0 {
		t.Errorf("databases differ: %q %v", diff, err)
	}
	back := n.rewound(late, blocks, times)
	replay(back, len(blocks)-1)
	if back.Head().Header.StateRoot() != want {
		t.Error("root differs after the last batch was lost and replayed")
	}
}

// rewound is a ledger reopened on a copy of the files from before the last block: what a lost batch
// leaves.
func (n *network) rewound(p *peer, blocks [][][]byte, times []int64) *peer {
	db := dbm.NewMemDB()
	early := n.join(p.member, db)
	n.time = genesis.UnixMilli()
	n.finalize(early, 1, nil)
	for i := 0; i < len(blocks)-1; i++ {
		n.time = times[i]
		n.finalize(early, int64(i)+2, blocks[i])
	}
	// A block that was executed but never committed leaves nothing behind.
	if _, err := early.FinalizeBlock(context.Background(),
		&abci.RequestFinalizeBlock{Hash: []byte("x"), Height: int64(len(blocks)) + 1,
			Txs: blocks[len(blocks)-1]}); err != nil {
		n.t.Fatal(err)
	}
	return n.join(p.member, db)
}

// TestOrderOfSubjectsDoesNotMatterToTheirStates: the status root is made of the states alone. The
// seed is printed.
func TestOrderOfSubjectsDoesNotMatterToTheirStates(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	n := newNetwork(t, "h1")
	w, at := n.ward, n.now()
	var recs []chain.Record
	for i := range 40 {
		recs = append(recs, w.Issued(fmt.Sprintf("RX%d", i), at))
	}
	roots := map[string]int{}
	logs := map[string]int{}
	for range 3 {
		p := n.join("h1", dbm.NewMemDB())
		n.time = genesis.UnixMilli()
		n.finalize(p, 1, [][]byte{batch(w.Enrolments()...)})
		rng.Shuffle(len(recs), func(i, j int) { recs[i], recs[j] = recs[j], recs[i] })
		half := 1 + rng.IntN(len(recs)-1)
		n.finalize(p, 2, [][]byte{batch(recs[:half]...)})
		n.finalize(p, 3, [][]byte{batch(recs[half:]...)})
		roots[p.Head().Header.StatusRoot]++
		logs[p.Head().Header.LogRoot]++
	}
	// Enrolments are signed anew in each round, so ids of records differ only where a signature is
	// hashed: in the log.
	if len(roots) != 1 || len(logs) != 3 {
		t.Errorf("%d status roots, %d log roots; want 1 and 3", len(roots), len(logs))
	}
}

func TestProposals(t *testing.T) {
	n := newNetwork(t, "h1", "h2", "p1")
	n.block()
	w := n.ward
	n.write(w.Enrolments()...)
	lead := n.peers[0]
	seals := lead.gatherSeals(n.last)
	good := batch(w.Issued("A", n.now()))
	parsed, err := transaction.ParseSeals(seals)
	if err != nil {
		t.Fatal(err)
	}
	change := func(fn func(*transaction.Seals)) []byte {
		s := parsed
		s.Seals = append([]chain.Seal(nil), parsed.Seals...)
		fn(&s)
		return s.Encode()
	}
	bad := w.Issued("B", n.now())
	bad.ActorSig = w.Issued("C", n.now()).ActorSig
	bad = w.Seal(bad)
	for name, c := range map[string]struct {
		txs    [][]byte
		accept bool
	}{
		"empty":                   {nil, true},
		"seals and records":       {[][]byte{seals, good}, true},
		"records without seals":   {[][]byte{good}, true},
		"seals of two of three":   {[][]byte{change(func(s *transaction.Seals) { s.Seals = s.Seals[:2] })}, false},
		"seals of another height": {[][]byte{change(func(s *transaction.Seals) { s.Height-- })}, false},
		"a seal false": {[][]byte{change(func(s *transaction.Seals) {
			s.Seals[1].Sig = s.Seals[0].Sig
		})}, false},
		"a seal twice":              {[][]byte{change(func(s *transaction.Seals) { s.Seals[1] = s.Seals[0] })}, false},
		"a seal of no member":       {[][]byte{change(func(s *transaction.Seals) { s.Seals[2].Member = "x9" })}, false},
		"a seal without a vote":     {[][]byte{change(func(s *transaction.Seals) { s.Seals[2].Member = "r1" })}, false},
		"seals not first":           {[][]byte{good, seals}, false},
		"seals twice":               {[][]byte{seals, seals}, false},
		"seals with trailing bytes": {[][]byte{append(append([]byte(nil), seals...), ' ')}, false},
		"malformed":                 {[][]byte{{9, 9, 9}}, false},
		"empty transaction":         {[][]byte{{}}, false},
		"record not canonical":      {[][]byte{raw(append(w.Issued("D", n.now()).Bytes(), ' '))}, false},
		"record with bad signature": {[][]byte{batch(bad)}, false},
		"trailing bytes":            {[][]byte{append(append([]byte(nil), good...), 0)}, false},
		"illegal but well signed": {
			[][]byte{batch(w.Record(w.Reviewer, chain.KindApprove, "rx:Q", 1, n.now(), chain.Facts{}))}, true},
		"actor that is not enrolled": {
			[][]byte{batch(w.Record(w.Orgs["h2"].Issue("d", chain.RoleDoctor), chain.KindIssue, "rx:Z", 1, n.now(),
				chain.Facts{Expires: 1 << 45}))}, true},
	} {
		res, err := n.peers[1].ProcessProposal(context.Background(), n.proposal(lead.Head().Header.Height+1, c.txs))
		if err != nil || res.IsAccepted() != c.accept {
			t.Errorf("%s: accepted %t, want %t (%v)", name, res.IsAccepted(), c.accept, err)
		}
	}
	late := n.proposal(lead.Head().Header.Height+2, nil)
	if res, _ := lead.ProcessProposal(context.Background(), late); res.IsAccepted() {
		t.Error("a proposal for another height was accepted")
	}
	// Whatever the mempool holds, what the leader prepares is accepted by the others.
	prepared, err := lead.PrepareProposal(context.Background(), &abci.RequestPrepareProposal{
		Height: lead.Head().Header.Height + 1, MaxTxBytes: 1 << 20, LocalLastCommit: n.last,
		Txs: [][]byte{good, {1}, batch(bad), seals},
	})
	if err != nil || len(prepared.Txs) != 2 {
		t.Fatalf("prepared %d transactions, %v", len(prepared.Txs), err)
	}
	n.decide(lead.Head().Header.Height+1, prepared.Txs)
}

// raw is a batch of one record's bytes as they are.
func raw(record []byte) []byte {
	tx, err := transaction.EncodeBatch([8]byte{}, [][]byte{record})
	if err != nil {
		panic(err)
	}
	return tx
}

func TestVoteExtensions(t *testing.T) {
	n := newNetwork(t, "h1", "h2", "p1")
	n.block()
	n.write(n.ward.Enrolments()...)
	height, lead := n.peers[0].Head().Header.Height, n.peers[0]
	verify := func(member string, ext []byte, height int64) bool {
		res, err := lead.VerifyVoteExtension(context.Background(), &abci.RequestVerifyVoteExtension{
			Height: height, VoteExtension: ext, ValidatorAddress: n.address(member),
		})
		return err == nil && res.IsAccepted()
	}
	theirs := n.last.Votes[1].VoteExtension
	for name, c := range map[string]struct {
		member string
		ext    []byte
		height int64
		want   bool
	}{
		"true":                   {"h2", theirs, height, true},
		"none":                   {"h2", nil, height, true},
		"of another member":      {"p1", theirs, height, false},
		"of another height":      {"h2", theirs, height + 1, false},
		"not an extension":       {"h2", []byte("{}x"), height, false},
		"padded":                 {"h2", append(append([]byte(nil), theirs...), ' '), height, false},
		"too long":               {"h2", make([]byte, maxExtension+1), height, false},
		"of somebody without it": {"r1", theirs, height, false},
	} {
		if got := verify(c.member, c.ext, c.height); got != c.want {
			t.Errorf("%s: accepted %t", name, got)
		}
	}
}

// TestDiesBeforeTheFirstBlock: the engine asks for the genesis state again, and it is the same.
func TestDiesBeforeTheFirstBlock(t *testing.T) {
	n, db := newNetwork(t, "h1"), dbm.NewMemDB()
	first := n.join("h1", db).Head().Header.StateRoot()
	again := n.join("h1", db)
	if info, err := again.Info(context.Background(), nil); err != nil || info.LastBlockHeight != 0 ||
		again.Head().Header.StateRoot() != first {
		t.Errorf("%+v %v", info, err)
	}
	n.finalize(again, 1, [][]byte{batch(n.ward.Enrolments()...)})
	if got := again.Head().Header.LogSize; got != 5 {
		t.Errorf("%d records", got)
	}
}

// FuzzProposal: whatever a proposer sends, the ledger answers, and what it accepts it can execute.
func FuzzProposal(f *testing.F) {
	n := newNetwork(f, "h1")
	n.block()
	n.write(n.ward.Enrolments()...)
	lead := n.peers[0]
	f.Add(batch(n.ward.Issued("A", n.now())))
	f.Add(lead.gatherSeals(n.last))
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, tx []byte) {
		res, err := lead.ProcessProposal(context.Background(), n.proposal(lead.Head().Header.Height+1, [][]byte{tx}))
		if err != nil || (res.IsAccepted() && len(lead.trial) == 0) {
			t.Fatalf("accepted, not executed: %v", err)
		}
		clear(lead.trial)
	})
}

func TestGenesisMustAgree(t *testing.T) {
	n := newNetwork(t, "h1", "h2")
	for name, spoil := range map[string]func(*abci.RequestInitChain){
		"other chain":       func(r *abci.RequestInitChain) { r.ChainId = "other" },
		"a validator less":  func(r *abci.RequestInitChain) { r.Validators = r.Validators[:1] },
		"another power":     func(r *abci.RequestInitChain) { r.Validators[0].Power = 7 },
		"members not there": func(r *abci.RequestInitChain) { r.AppStateBytes = []byte("{}") },
	} {
		app, err := New(Options{DB: dbm.NewMemDB()})
		if err != nil {
			t.Fatal(err)
		}
		req := n.genesis()
		spoil(req)
		if _, err := app.InitChain(context.Background(), req); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestSignaturesAreCheckedOncePerNode: mempool, proposal and execution share one verification.
func TestSignaturesAreCheckedOncePerNode(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	n.write(n.ward.Enrolments()...)
	lead, before := n.peers[0], n.peers[0].verified.Load()
	tx := batch(n.ward.Issued("A", n.now()), n.ward.Issued("B", n.now()))
	for range 3 {
		if res, err := lead.CheckTx(context.Background(), &abci.RequestCheckTx{Tx: tx}); err != nil || res.Code != 0 {
			t.Fatal(res, err)
		}
	}
	n.block(tx)
	if got := lead.verified.Load() - before; got != 4 {
		t.Errorf("%d signatures checked for the four of 2 records", got)
	}
}

// TestStatusOneBlockBack: while the newest block is not sealed, a proof is given under the one
// before it.
func TestStatusOneBlockBack(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w := n.ward
	n.write(w.Enrolments()...)
	n.write(w.Paid("A", n.now())...)
	lead := n.peers[0]
	n.write(w.Record(w.Dispenser1, chain.KindClaim, "rx:A", 4, n.now(), chain.Facts{}), w.Issued("NEW", n.now()))
	for subject, want := range map[string]chain.Status{"rx:A": chain.StatusPaid, "pay:A": chain.StatusSettled,
		"rx:NEW": chain.StatusNone} {
		p, err := lead.SubjectProof(subject)
		if err != nil {
			t.Fatal(err)
		}
		if err := chain.VerifyStatus(w.Members, p); err != nil || p.State.Status != want {
			t.Errorf("%s: %q, want %q: %v", subject, p.State.Status, want, err)
		}
	}
	n.block()
	p, err := lead.SubjectProof("rx:A")
	if err != nil || p.State.Status != chain.StatusClaimed {
		t.Errorf("after the seals: %+v %v", p, err)
	}
}
