package ledger

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/membership"
)

// bookkeepers are the members of a book beside those of every test's consortium.
var bookkeepers = []struct {
	id   string
	role chain.OrgRole
}{
	{"a1", contract.OrgArbiter}, {"b1", contract.OrgBank}, {"m1", contract.OrgMaker}, {"w1", contract.OrgWholesaler},
}

// join2 adds members of the roles that schema 2 brought.
func join2(w *chaintest.Ward) {
	for _, b := range bookkeepers {
		w.Members.Members = append(w.Members.Members, w.Found(b.id, b.role, 0))
	}
	slices.SortFunc(w.Members.Members, func(a, b membership.Member) int { return strings.Compare(a.ID, b.ID) })
}

// newBook is a consortium with a maker, a wholesaler, a bank and an arbiter.
func newBook(t testing.TB, voters ...string) *network {
	n := newNetworkOf(t, func(w *chaintest.Ward) { w.Schema2(); join2(w) }, voters...)
	n.block()
	return n
}

// by is a record under an organisation's seal.
func (n *network) by(org string, kind chain.Kind, subject string, seq uint64, f chain.Facts) chain.Record {
	return n.ward.Record(n.ward.Orgs[org].Seal, kind, subject, seq, n.now(), f)
}

func (n *network) issue(org, lot, class string, amount int64) chain.Record {
	return n.by(org, contract.KindLotOpen, "lot:"+lot, 1, chain.Facts{Amount: amount, Class: class})
}

func (n *network) pay(from, move, lot, to string, amount int64) chain.Record {
	return n.by(from, contract.KindMovePay, "move:"+move, 1, chain.Facts{Amount: amount, Lot: "lot:" + lot, To: to})
}

func (n *network) offer(from, move, lot, to string, amount int64) chain.Record {
	return n.by(from, contract.KindMoveOpen, "move:"+move, 1, chain.Facts{Amount: amount, Lot: "lot:" + lot, To: to})
}

func (n *network) take(by, move string, amount int64) chain.Record {
	return n.by(by, contract.KindMoveTake, "move:"+move, 2, chain.Facts{Amount: amount})
}

// priced is an offer with a price.
func (n *network) priced(from, move, lot, to string, amount int64, price string, much int64) chain.Record {
	return n.by(from, contract.KindMoveOpen, "move:"+move, 1, chain.Facts{Amount: amount, Lot: "lot:" + lot, To: to,
		Price: much, PriceLot: "lot:" + price})
}

// books demands of every ledger what must always hold, after each block: a lot's balances sum up
// to its amount, nobody has less than nothing, and what is held is what pending moves offer.
func (n *network) books() {
	n.t.Helper()
	for _, p := range n.peers {
		if bad := books(n.t, p.App); len(bad) != 0 {
			n.t.Fatalf("%s at height %d: %s", p.member, p.Head().Header.Height, strings.Join(bad, "; "))
		}
	}
}

func books(t testing.TB, a *App) (bad []string) {
	t.Helper()
	issued, sum := map[string]int64{}, map[string]int64{}
	held, pending := map[string]int64{}, map[string]int64{}
	err := a.EachSubject(context.Background(), func(s chain.SubjectState) error {
		prefix, name, _ := strings.Cut(s.Subject, ":")
		switch prefix {
		case "lot":
			issued[name] = s.Amount
		case "own":
			_, lot, _ := strings.Cut(name, ":")
			sum[lot] += s.Balance
			if held[name] = s.Held; s.Held < 0 || s.Held > s.Balance || s.Status != contract.StatusHolding {
				bad = append(bad, fmt.Sprintf("%+v", s))
			}
		case "move":
			if s.Status == contract.StatusPending {
				pending[s.Org+":"+strings.TrimPrefix(s.Lot, "lot:")] += s.Amount
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for lot, amount := range issued {
		if sum[lot] != amount {
			bad = append(bad, fmt.Sprintf("lot %s: %d issued, %d held", lot, amount, sum[lot]))
		}
	}
	for holding, is := range held {
		if is != pending[holding] {
			bad = append(bad, fmt.Sprintf("%s: %d held, %d pending", holding, is, pending[holding]))
		}
	}
	if len(sum) != len(issued) {
		bad = append(bad, fmt.Sprintf("holdings of %d lots, %d issued", len(sum), len(issued)))
	}
	return bad
}

// has demands where a holding stands: balance and held.
func (n *network) has(holder, lot string, balance, held int64) {
	n.t.Helper()
	s, err := n.peers[0].Subject("own:" + holder + ":" + lot)
	if err != nil || s.Balance != balance || s.Held != held {
		n.t.Errorf("%s has %d of %s, %d held, want %d and %d (%v)", holder, s.Balance, lot, s.Held, balance, held, err)
	}
}

// took commits records in one block, demands that all pass, and looks at the books.
func (n *network) took(recs ...chain.Record) {
	n.t.Helper()
	n.write(recs...)
	n.books()
}

// TestBook walks a lot of packages from its maker to patients, and pays for it with a deposit.
func TestBook(t *testing.T) {
	n := newBook(t, "h1", "h2")
	n.took(n.issue("m1", "L1", contract.ClassPackages, 1000), n.issue("b1", "D1", contract.ClassDeposit, 5_000_00),
		n.pay("b1", "TOP-UP", "D1", "p1", 900_00))
	n.took(n.offer("m1", "M1", "L1", "w1", 600))
	n.has("m1", "L1", 1000, 600)
	n.took(n.take("w1", "M1", 550)) // fifty were broken: they are the maker's again
	n.has("m1", "L1", 450, 0)
	n.has("w1", "L1", 550, 0)

	n.took(n.priced("w1", "M2", "L1", "p1", 200, "D1", 800_00))
	n.has("w1", "L1", 550, 200)
	n.took(n.take("p1", "M2", 200)) // delivery versus payment: all four holdings move in one record
	n.has("w1", "L1", 350, 0)
	n.has("p1", "L1", 200, 0)
	n.has("p1", "D1", 100_00, 0)
	n.has("w1", "D1", 800_00, 0)

	n.took(n.pay("p1", "M3", "L1", contract.HolderUsed, 199), n.pay("p1", "M4", "L1", contract.HolderLost, 1))
	n.has(contract.HolderUsed, "L1", 199, 0)

	move, err := n.peers[0].Subject("move:M1")
	if err != nil || move.Status != contract.StatusDone || move.Amount != 550 || move.Org != "m1" || move.To != "w1" ||
		move.Lot != "lot:L1" || move.Seq != 2 {
		t.Errorf("%+v %v", move, err)
	}
	n.took(n.pay("w1", "M5", "L1", "m1", 350))
	n.took(n.by("m1", contract.KindLotClose, "lot:L1", 2, chain.Facts{}))
	if no := n.try(n.pay("m1", "M6", "L1", "p1", 1))[0]; no.Code != chain.CodeReference {
		t.Errorf("a closed lot moves: %s", no.Code)
	}
}

// TestHoldingIsProved: what a holder has of a lot is proved by a status receipt, as is that it has
// nothing.
func TestHoldingIsProved(t *testing.T) {
	n := newBook(t, "h1", "h2")
	n.took(n.issue("m1", "L1", contract.ClassPackages, 1000))
	n.took(n.offer("m1", "M1", "L1", "w1", 600))
	n.block()
	timeline := n.peers[0].Timeline()
	for subject, want := range map[string]chain.SubjectState{
		"own:m1:L1": {Balance: 1000, Held: 600, Seq: 2, Org: "m1"}, "own:w1:L1": {},
	} {
		p, err := n.peers[0].SubjectProof(subject)
		if err != nil {
			t.Fatal(err)
		}
		read, err := chain.ParseStatusReceipt(p.Bytes())
		if err == nil {
			err = timeline.VerifyStatus(read)
		}
		s := read.State
		if err != nil || s.Subject != subject ||
			s.Balance != want.Balance || s.Held != want.Held || s.Seq != want.Seq ||
			s.Org != want.Org {
			t.Errorf("%+v %v", s, err)
		}
		if read.State.Held++; timeline.VerifyStatus(read) == nil {
			t.Errorf("%s: another amount is proved as well", subject)
		}
	}
	records, err := n.peers[0].Records("own:m1:L1")
	if err != nil || len(records) != 2 || records[1].Record.Statement.Subject != "move:M1" {
		t.Errorf("records of the holding: %d, %v", len(records), err)
	}
}

// TestFrozenLot: what is frozen goes back to its issuer or is lost; who froze it lets it go; and a
// lot is closed when all of it is back, used or lost.
func TestFrozenLot(t *testing.T) {
	n := newBook(t, "h1")
	n.took(n.issue("m1", "L1", contract.ClassPackages, 100), n.pay("m1", "A", "L1", "w1", 50),
		n.offer("w1", "B", "L1", "p1", 10), n.offer("w1", "C", "L1", "m1", 10))
	n.took(n.by("m1", contract.KindLotFreeze, "lot:L1", 2, chain.Facts{}))
	refuse := func(r chain.Record, want chain.Code) {
		t.Helper()
		if got := n.try(r)[0]; got.Code != want {
			t.Errorf("%s: %s (%s), want %s", r.Statement.Kind, got.Code, got.Detail, want)
		}
	}
	refuse(n.take("p1", "B", 10), contract.CodeFrozen)
	refuse(n.by("r1", contract.KindLotThaw, "lot:L1", 3, chain.Facts{}), chain.CodeNotHolder)
	n.took(n.take("m1", "C", 10), n.by("w1", contract.KindMoveVoid, "move:B", 2, chain.Facts{}),
		n.pay("w1", "D", "L1", contract.HolderLost, 30))
	n.took(n.by("r1", contract.KindLotFreeze, "lot:L1", 3, chain.Facts{})) // the issuer alone cannot let it go now
	refuse(n.by("m1", contract.KindLotThaw, "lot:L1", 4, chain.Facts{}), chain.CodeNotHolder)
	refuse(n.by("r1", contract.KindLotFreeze, "lot:L1", 4, chain.Facts{}), chain.CodeTransition)
	n.took(n.by("r1", contract.KindLotThaw, "lot:L1", 4, chain.Facts{}))
	n.took(n.offer("w1", "E", "L1", "m1", 10))
	refuse(n.by("m1", contract.KindLotClose, "lot:L1", 5, chain.Facts{}), chain.CodeReference)
	n.took(n.take("m1", "E", 10), n.offer("m1", "F", "L1", "p1", 1))
	refuse(n.by("m1", contract.KindLotClose, "lot:L1", 5, chain.Facts{}), chain.CodeReference) // one is pending
	n.took(n.by("m1", contract.KindMoveVoid, "move:F", 2, chain.Facts{}),
		n.by("m1", contract.KindLotClose, "lot:L1", 5, chain.Facts{}))
	refuse(n.by("r1", contract.KindLotFreeze, "lot:L1", 6, chain.Facts{}), chain.CodeTransition)
	lot, err := n.peers[0].Subject("lot:L1")
	if err != nil || lot.Status != contract.StatusClosed || lot.Freezer != "" || lot.Amount != 100 {
		t.Errorf("%+v %v", lot, err)
	}
}

// TestOfferIsOver: an offer is taken until the last millisecond before its until, and from there on
// anybody of the book may end it.
func TestOfferIsOver(t *testing.T) {
	n := newBook(t, "h1")
	until := n.time + 60_000
	n.took(n.issue("m1", "L1", contract.ClassPackages, 100),
		n.by("m1", contract.KindMoveOpen, "move:A", 1, chain.Facts{Amount: 5, Lot: "lot:L1", To: "p1", Until: until}))
	for ms, want := range map[int64][2]chain.Code{
		until - 1: {chain.CodeOK, chain.CodeNotYet}, until: {chain.CodeExpired, chain.CodeOK},
	} {
		n.time = ms
		if got := n.try(n.take("p1", "A", 5))[0]; got.Code != want[0] {
			t.Errorf("taken at %d: %s, want %s", ms-until, got.Code, want[0])
		}
		if got := n.try(n.by("h1", contract.KindMoveVoid, "move:A", 2, chain.Facts{}))[0]; got.Code != want[1] {
			t.Errorf("ended by another at %d: %s, want %s", ms-until, got.Code, want[1])
		}
	}
}

// TestPriceOfAFrozenLot: a price in a frozen lot goes to that lot's issuer alone.
func TestPriceOfAFrozenLot(t *testing.T) {
	n := newBook(t, "h1")
	n.took(n.issue("m1", "L1", contract.ClassPackages, 100), n.issue("b1", "D1", contract.ClassDeposit, 100),
		n.pay("b1", "A", "D1", "p1", 50), n.pay("m1", "C", "L1", "b1", 9),
		n.priced("m1", "B", "L1", "p1", 10, "D1", 10), n.priced("b1", "D", "L1", "p1", 9, "D1", 10))
	n.took(n.by("r1", contract.KindLotFreeze, "lot:D1", 2, chain.Facts{}))
	if got := n.try(n.take("p1", "B", 10))[0]; got.Code != contract.CodeFrozen {
		t.Errorf("a frozen price is paid: %s", got.Code)
	}
	n.took(n.take("p1", "D", 9))
	n.has("b1", "D1", 60, 0)
}

// TestGiverHasLeft: nobody pays a price to who is no member any more.
func TestGiverHasLeft(t *testing.T) {
	n := newBook(t, "h1", "h2")
	n.took(n.issue("m1", "L1", contract.ClassPackages, 100), n.issue("b1", "D1", contract.ClassDeposit, 100),
		n.pay("b1", "A", "D1", "p1", 50), n.pay("m1", "M", "L1", "w1", 20),
		n.priced("w1", "B", "L1", "p1", 10, "D1", 10), n.offer("w1", "C", "L1", "p1", 10))
	if got := n.adopt(n.change(membership.Change{Remove: "w1"}), "h1", "h2"); got.Code != chain.CodeOK {
		t.Fatal(got)
	}
	n.block()
	n.block()
	if got := n.try(n.take("p1", "B", 10))[0]; got.Code != chain.CodeReference {
		t.Errorf("paid to nobody: %s", got.Code)
	}
	n.took(n.take("p1", "C", 10), n.by("p1", contract.KindMoveVoid, "move:B", 2, chain.Facts{}))
}

// TestRolesOfSchema2: an assessor is an insurer's, a device a maker's, a wholesaler's or a
// pharmacy's; a maker and an arbiter vote like others.
func TestRolesOfSchema2(t *testing.T) {
	n := newBook(t, "h1")
	for org, want := range map[string]map[chain.Role]chain.Code{
		"i1": {contract.RoleAssessor: chain.CodeOK, contract.RoleDevice: chain.CodeBadCert},
		"m1": {contract.RoleAssessor: chain.CodeBadCert, contract.RoleDevice: chain.CodeOK},
		"w1": {contract.RoleDevice: chain.CodeOK, chain.RoleDoctor: chain.CodeBadCert},
		"p1": {contract.RoleDevice: chain.CodeOK, contract.RoleAssessor: chain.CodeBadCert},
		"h1": {contract.RoleDevice: chain.CodeBadCert},
		"b1": {contract.RoleAssessor: chain.CodeRole}, "a1": {contract.RoleDevice: chain.CodeRole},
	} {
		for role, code := range want {
			p := n.ward.Orgs[org].Issue("x-1", role)
			if got := n.try(n.ward.Enrol(p, n.now()))[0]; got.Code != code {
				t.Errorf("%s enrols a %s: %s (%s), want %s", org, role, got.Code, got.Detail, code)
			}
		}
	}
	for _, org := range []string{"m1", "a1"} {
		got := n.try(n.ward.Ballot(org, n.change(membership.Change{Remove: "p2"}), 1, n.now()))[0]
		if got.Code != chain.CodeRole || got.Detail != "organisation has no vote" {
			t.Errorf("%s votes: %s %s", org, got.Code, got.Detail)
		}
	}
}

// TestBookIsOfSchema2: where schema 2 is not in force there is no book, and nobody of its roles.
func TestBookIsOfSchema2(t *testing.T) {
	n := newNetwork(t, "h1", "h2")
	n.block()
	m1 := n.ward.Found("m1", contract.OrgMaker, 0)
	change := n.change(membership.Change{Member: &m1})
	if got := n.try(n.ward.Ballot("h1", change, 1, n.now()))[0]; got.Code != chain.CodeBadChange {
		t.Errorf("a vote for a maker: %s", got.Code)
	}
	for v, want := range map[int]chain.Code{1: chain.CodeMalformed, 2: chain.CodeNotYet} {
		n.ward.V = v
		if got := n.try(n.issue("i1", "L1", contract.ClassReceivable, 1))[0]; got.Code != want {
			t.Errorf("a lot of version %d: %s", v, got.Code)
		}
		d := n.ward.Orgs["p1"].Issue("d-1", contract.RoleDevice)
		n.ward.V = 1
		if got := n.try(n.ward.Enrol(d, n.now()))[0]; got.Code != chain.CodeBadCert {
			t.Errorf("a device: %s", got.Code)
		}
	}
	genesis := *n.ward.Members
	genesis.Members = append(slices.Clone(genesis.Members), m1)
	slices.SortFunc(genesis.Members, func(a, b membership.Member) int { return strings.Compare(a.ID, b.ID) })
	if _, err := genesis.Open(); err == nil {
		t.Error("a list of schema 1 has a maker")
	}
	genesis.Schemas = []membership.Schema{{From: 1, V: chain.Schema2}}
	if _, err := genesis.Open(); err != nil {
		t.Errorf("a list of schema 2 with a maker: %v", err)
	}
}

// TestBookAtRandom: random records of the book, many of them wrong, in blocks of batches. Two
// ledgers have one root at each height, the books balance after each block, and a ledger that is
// built anew from the blocks is the same key by key. The seed is printed; BOOK_BLOCKS makes it
// long.
func TestBookAtRandom(t *testing.T) {
	size.InTurn(t)
	seed, blocks := rand.Uint64(), 40
	if more, err := strconv.Atoi(os.Getenv("BOOK_BLOCKS")); err == nil {
		blocks = more
	}
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	n := newBook(t, "h1", "h2")
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	members := []string{"m1", "w1", "p1", "p2", "b1", "i1", "h1"}
	lots, moves := []string{"L0"}, []string{"M0"}
	n.took(n.issue("m1", "L0", contract.ClassPackages, 500))
	seqOf := func(subject string) uint64 {
		s, _ := n.peers[0].Subject(subject)
		return s.Seq + 1
	}
	next := func(i int) chain.Record {
		org, lot, move := pick(members...), pick(lots...), pick(moves...)
		amount := rng.Int64N(60) - 2
		switch rng.IntN(12) {
		case 0:
			lots = append(lots, fmt.Sprintf("L%d", i))
			class := map[string]string{"b1": contract.ClassDeposit, "i1": contract.ClassReceivable}[org]
			if class == "" {
				org, class = "m1", contract.ClassPackages
			}
			return n.issue(org, lots[len(lots)-1], class, 1+rng.Int64N(900))
		case 1:
			return n.by(pick("m1", "b1", "i1", "r1"), pickKind(rng, contract.KindLotFreeze, contract.KindLotThaw,
				contract.KindLotClose), "lot:"+lot, seqOf("lot:"+lot), chain.Facts{})
		case 2, 3, 4:
			return n.pay(org, fmt.Sprintf("P%d", i), lot,
				pick(append(members, contract.HolderUsed, contract.HolderLost)...), amount)
		case 5, 6, 7:
			moves = append(moves, fmt.Sprintf("M%d", i))
			f := chain.Facts{Amount: amount, Lot: "lot:" + lot, To: pick(members...)}
			if rng.IntN(3) == 0 {
				f.Price, f.PriceLot = 1+rng.Int64N(20), "lot:"+pick(lots...)
			}
			if rng.IntN(4) == 0 {
				f.Until = n.time + rng.Int64N(5000)
			}
			return n.by(org, contract.KindMoveOpen, "move:"+moves[len(moves)-1], 1, f)
		case 8, 9, 10:
			s, _ := n.peers[0].Subject("move:" + move)
			if s.To != "" && rng.IntN(8) > 0 {
				org, amount = s.To, s.Amount-rng.Int64N(2)
			}
			return n.by(org, contract.KindMoveTake, "move:"+move, 2, chain.Facts{Amount: amount})
		}
		return n.by(org, contract.KindMoveVoid, "move:"+move, 2, chain.Facts{})
	}
	codes, made := map[chain.Code]int{}, 0
	for range blocks {
		var recs []chain.Record
		for range 30 {
			made++
			recs = append(recs, next(made))
		}
		// Decided without a proposal: one with so much that is wrong gets no vote.
		height, txs := n.peers[0].Head().Header.Height+1, [][]byte{batch(recs[:15]...), batch(recs[15:]...)}
		root := n.finalize(n.peers[0], height, txs)
		if !bytes.Equal(root, n.finalize(n.peers[1], height, txs)) {
			t.Fatalf("height %d: roots differ", height)
		}
		n.past, n.time = append(n.past, pastBlock{txs, n.time}), n.time+1000
		for _, r := range n.peers[0].answers {
			codes[r.Code]++
		}
		n.books()
	}
	if codes[chain.CodeOK] < made/10 || codes[contract.CodeShort] == 0 || codes[chain.CodeReference] == 0 {
		t.Errorf("verdicts: %v", codes)
	}
	anew := n.join("h2", dbm.NewMemDB())
	n.follow(anew, 0)
	if diff, err := storage.Differences(n.peers[0].opt.DB, anew.opt.DB); err != nil || len(diff) != 0 {
		t.Errorf("built anew: %q %v", diff, err)
	}
	if bad := books(t, anew.App); len(bad) != 0 {
		t.Error(bad)
	}
}

func pickKind(rng *rand.Rand, of ...chain.Kind) chain.Kind { return of[rng.IntN(len(of))] }

// TestMakerJoinsByVote: a member with a role of schema 2 is refused by every program while schema 2
// is not in force, by one that does not know schema 2 too; from then on it joins and issues lots.
func TestMakerJoinsByVote(t *testing.T) {
	n := newNetwork(t, "h1", "h2")
	n.block()
	old := n.peers[1]
	old.opt.known = func(v int) bool { return v == chain.Version }
	m1 := n.ward.Found("m1", contract.OrgMaker, 0)
	early := n.change(membership.Change{Member: &m1})
	votes := batch(n.ward.Ballot("h1", early, 1, n.now()), n.ward.Ballot("h2", early, 2, n.now()))
	root := n.peers[0].Head().Header.StateRoot()
	for range 2 { // decided, whatever honest proposers would let in: both come to the same state
		height := n.peers[0].Head().Header.Height + 1
		if a, b := n.finalize(n.peers[0], height, [][]byte{votes}), n.finalize(old, height,
			[][]byte{votes}); !bytes.Equal(a, b) {
			t.Fatal("the programs do not agree")
		}
		n.past, n.time = append(n.past, pastBlock{[][]byte{votes}, n.time}), n.time+1000
		for _, p := range n.peers {
			for _, got := range p.answers {
				if got.Code != chain.CodeBadChange && got.Code != chain.CodeSequence {
					t.Errorf("%s: %s", p.member, got.Code)
				}
			}
		}
	}
	if n.peers[0].Head().Header.StateRoot() != root {
		t.Error("what was refused changed something")
	}
	from := old.Head().Header.Height + 6
	if got := n.adopt(n.change(membership.Change{Schema: &membership.Schema{From: from, V: chain.Schema2}}), "h1",
		"h2"); got.Code != chain.CodeOK {
		t.Fatal(got)
	}
	for old.Head().Header.Height < from-1 {
		n.block()
	}
	if now, _ := old.Ahead(); now == nil {
		t.Error("the old program goes on")
	}
	old.opt.known = nil // the newer one is started
	if got := n.adopt(n.change(membership.Change{Member: &m1}), "h1", "h2"); got.Code != chain.CodeOK {
		t.Fatal(got)
	}
	n.block()
	n.block()
	n.ward.V = chain.Schema2
	n.took(n.issue("m1", "L1", contract.ClassPackages, 100))
}
