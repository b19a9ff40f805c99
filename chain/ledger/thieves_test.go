package ledger

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/contract"
)

// TestThieves: what a published contract of receivables lets pass, and more. Nothing of it changes
// anything.
func TestThieves(t *testing.T) {
	n := newBook(t, "h1", "h2")
	until := n.now().UnixMilli() + 60_000
	n.took(n.issue("m1", "L1", contract.ClassPackages, 1000), n.issue("b1", "D1", contract.ClassDeposit, 1000),
		n.issue("m1", "F1", contract.ClassPackages, 10),
		n.pay("m1", "GIFT", "L1", "w1", 100), n.pay("m1", "GIFT2", "F1", "w1", 5),
		n.pay("b1", "TOP-UP", "D1", "p1", 50),
		n.offer("w1", "OFFER", "L1", "p1", 60), n.priced("w1", "SALE", "L1", "p1", 10, "D1", 51),
		n.by("w1", contract.KindMoveOpen, "move:BRIEF", 1,
			chain.Facts{Amount: 5, Lot: "lot:L1", To: "p1", Until: until}),
		n.by("r1", contract.KindLotFreeze, "lot:F1", 2, chain.Facts{}))
	before := n.peers[0].Head().Header.StateRoot()
	later := func(r chain.Record) chain.Record { // the same, after the offer is over
		st := r.Statement
		st.Time = until
		return n.ward.Sign(n.ward.Orgs[st.Org].Seal, st)
	}
	facts := func(f chain.Facts) chain.Facts { f.Amount, f.Lot, f.To = 1, "lot:L1", "p1"; return f }
	for name, c := range map[string]struct {
		rec  chain.Record
		want chain.Code
	}{
		"to oneself":              {n.pay("w1", "X", "L1", "w1", 10), chain.CodeReference},
		"offered to oneself":      {n.offer("w1", "X", "L1", "w1", 10), chain.CodeReference},
		"nothing":                 {n.pay("w1", "X", "L1", "p1", 0), chain.CodeMalformed},
		"less than nothing":       {n.pay("w1", "X", "L1", "p1", -10), chain.CodeMalformed},
		"2^60":                    {n.pay("w1", "X", "L1", "p1", 1<<60), chain.CodeMalformed},
		"the most there is":       {n.pay("w1", "X", "L1", "p1", contract.MaxAmount), contract.CodeShort},
		"one more than is free":   {n.pay("w1", "X", "L1", "p1", 26), contract.CodeShort},
		"what is held, offered":   {n.offer("w1", "X", "L1", "p1", 26), contract.CodeShort},
		"what another has":        {n.pay("p2", "X", "L1", "p1", 1), contract.CodeShort},
		"of no lot":               {n.pay("w1", "X", "L9", "p1", 1), chain.CodeReference},
		"to nobody":               {n.pay("w1", "X", "L1", "x9", 1), chain.CodeReference},
		"to who may hold nothing": {n.pay("w1", "X", "L1", "r1", 1), chain.CodeReference},
		"to an arbiter":           {n.pay("w1", "X", "L1", "a1", 1), chain.CodeReference},
		"by an arbiter":           {n.pay("a1", "X", "L1", "p1", 1), chain.CodeRole},
		"an offer to LOST":        {n.offer("w1", "X", "L1", contract.HolderLost, 1), chain.CodeMalformed},
		"the same number again":   {n.pay("w1", "GIFT", "L1", "p1", 1), chain.CodeSequence},
		"another's number": {
			n.by("w1", contract.KindMovePay, "move:GIFT", 2, facts(chain.Facts{})),
			chain.CodeTransition,
		},
		"a lot twice": {n.issue("m1", "L1", contract.ClassPackages, 1000), chain.CodeSequence},
		"a lot twice, in sequence": {
			n.by("m1", contract.KindLotOpen, "lot:L1", 2, chain.Facts{Amount: 9, Class: "packages"}),
			chain.CodeTransition,
		},
		"a lot of nothing": {n.issue("m1", "L2", contract.ClassPackages, 0), chain.CodeMalformed},
		"a lot beyond all money": {
			n.issue("b1", "L2", contract.ClassDeposit, contract.MaxAmount+1),
			chain.CodeMalformed,
		},
		"money by a maker":    {n.issue("m1", "L2", contract.ClassDeposit, 1), chain.CodeRole},
		"packages by a bank":  {n.issue("b1", "L2", contract.ClassPackages, 1), chain.CodeRole},
		"a lot by a pharmacy": {n.issue("p1", "L2", contract.ClassPackages, 1), chain.CodeRole},
		"a lot with a long name": {
			n.issue("m1", strings.Repeat("L", 31), contract.ClassPackages, 1),
			chain.CodeMalformed,
		},
		"a holding as subject": {
			n.by("m1", contract.KindLotOpen, "own:m1:L1", 1, chain.Facts{Amount: 1, Class: "packages"}),
			chain.CodeMalformed,
		},
		"a holding as subject of a move": {
			n.by("m1", contract.KindMovePay, "own:m1:L1", 3, facts(chain.Facts{})),
			chain.CodeMalformed,
		},
		"a holding as the lot": {
			n.by("m1", contract.KindMovePay, "move:X", 1, chain.Facts{Amount: 1, Lot: "own:m1:L1", To: "p1"}),
			chain.CodeMalformed,
		},
		"what is pending, by the giver":  {n.take("w1", "OFFER", 60), chain.CodeNotParty},
		"what is pending, by a stranger": {n.take("h1", "OFFER", 60), chain.CodeNotParty},
		"more than is pending":           {n.take("p1", "OFFER", 61), contract.CodeShort},
		"taken with nothing":             {n.take("p1", "OFFER", 0), chain.CodeMalformed},
		"a price that is not there":      {n.take("p1", "SALE", 10), contract.CodeShort},
		"half of what has a price":       {n.take("p1", "SALE", 5), chain.CodeTransition},
		"a price in the lot that moves":  {n.priced("w1", "X", "L1", "p1", 1, "L1", 1), chain.CodeReference},
		"a price without a lot": {
			n.by("w1", contract.KindMoveOpen, "move:X", 1, facts(chain.Facts{Price: 1})),
			chain.CodeMalformed,
		},
		"a price of less than nothing": {n.priced("w1", "X", "L1", "p1", 1, "D1", -1), chain.CodeMalformed},
		"an offer that is over already": {
			n.by("w1", contract.KindMoveOpen, "move:X", 1, facts(chain.Facts{Until: n.now().UnixMilli()})),
			chain.CodeExpired,
		},
		"void by a stranger": {
			n.by("h1", contract.KindMoveVoid, "move:OFFER", 2, chain.Facts{}),
			chain.CodeNotParty,
		},
		"void by a stranger before until": {
			n.by("h1", contract.KindMoveVoid, "move:BRIEF", 2, chain.Facts{}),
			chain.CodeNotYet,
		},
		"void by a clock set ahead": {
			later(n.by("h1", contract.KindMoveVoid, "move:BRIEF", 2, chain.Facts{})),
			chain.CodeNotYet,
		},
		"taken after until":              {later(n.take("p1", "BRIEF", 5)), chain.CodeExpired},
		"of a frozen lot":                {n.pay("w1", "X", "F1", "p1", 1), contract.CodeFrozen},
		"of a frozen lot, by its issuer": {n.pay("m1", "X", "F1", "p1", 1), contract.CodeFrozen},
		"of a frozen lot, used":          {n.pay("w1", "X", "F1", contract.HolderUsed, 1), contract.CodeFrozen},
		"thawed by its issuer": {
			n.by("m1", contract.KindLotThaw, "lot:F1", 3, chain.Facts{}),
			chain.CodeNotHolder,
		},
		"frozen over the regulator": {
			n.by("m1", contract.KindLotFreeze, "lot:F1", 3, chain.Facts{}),
			chain.CodeTransition,
		},
		"frozen by a holder": {
			n.by("w1", contract.KindLotFreeze, "lot:L1", 2, chain.Facts{}),
			chain.CodeRole,
		},
		"frozen by another issuer": {
			n.by("b1", contract.KindLotFreeze, "lot:L1", 2, chain.Facts{}),
			chain.CodeNotHolder,
		},
		"closed while others have some": {
			n.by("m1", contract.KindLotClose, "lot:L1", 2, chain.Facts{}),
			chain.CodeReference,
		},
		"a reference to nothing": {
			n.by("m1", contract.KindLotOpen, "lot:L2", 1, chain.Facts{Amount: 1, Class: "packages", Ref: "move:NONE"}),
			chain.CodeReference,
		},
		"by a person, not the seal": {
			n.ward.Record(n.ward.Dispenser1, contract.KindMovePay, "move:X", 1, n.now(), facts(chain.Facts{})),
			chain.CodeUnknownCert,
		},
	} {
		if got := n.try(c.rec)[0]; got.Code != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got.Code, got.Detail, c.want)
		}
		if got := n.block(batch(c.rec)); len(got) == 1 && got[0].Code == chain.CodeOK {
			t.Errorf("%s: a block took it", name)
		}
		n.time -= 1000 // the block's time stands still
	}
	n.books()
	if n.peers[0].Head().Header.StateRoot() != before {
		t.Error("what was refused changed something")
	}
}

// TestClocksSetBack: an offer ends by the block's time, whatever the taker says it is.
func TestClocksSetBack(t *testing.T) {
	n := newBook(t, "h1")
	until := n.now().Add(time.Minute)
	offer := func(move string) chain.Record {
		return n.by("m1", contract.KindMoveOpen, "move:"+move, 1,
			chain.Facts{Amount: 40, Lot: "lot:L1", To: "w1", Until: until.UnixMilli()})
	}
	back := func(r chain.Record) chain.Record {
		st := r.Statement
		st.Time = until.UnixMilli() - 1
		return n.ward.Sign(n.ward.Orgs[st.Org].Seal, st)
	}
	n.took(n.issue("m1", "L1", contract.ClassPackages, 100), offer("SLOW"))
	n.time = until.UnixMilli()
	for name, r := range map[string]chain.Record{
		"taken":   back(n.take("w1", "SLOW", 40)),
		"offered": back(offer("OLD")),
	} {
		if got := n.try(r)[0]; got.Code != chain.CodeExpired {
			t.Errorf("%s by a clock set back: %s (%s)", name, got.Code, got.Detail)
		}
	}
	n.time = until.UnixMilli() - 1000
	n.took(n.take("w1", "SLOW", 40))
	n.books()
}

// TestThievesInABatch: each record of a batch is judged by what those before it left.
func TestThievesInABatch(t *testing.T) {
	size.InTurn(t)
	for name, c := range map[string]struct {
		recs func(n *network) []chain.Record
		want []chain.Code
	}{
		"twice": {func(n *network) []chain.Record {
			return []chain.Record{n.pay("m1", "A", "L1", "w1", 60), n.pay("m1", "B", "L1", "p1", 60)}
		}, []chain.Code{chain.CodeOK, contract.CodeShort}},
		"the same number": {func(n *network) []chain.Record {
			return []chain.Record{n.pay("m1", "A", "L1", "w1", 10), n.pay("m1", "A", "L1", "p1", 10)}
		}, []chain.Code{chain.CodeOK, chain.CodeSequence}},
		"a to b to c": {func(n *network) []chain.Record {
			return []chain.Record{n.pay("m1", "A", "L1", "w1", 100), n.pay("w1", "B", "L1", "p1", 100),
				n.pay("p1", "C", "L1", "p2", 100), n.pay("w1", "D", "L1", "p1", 1)}
		}, []chain.Code{chain.CodeOK, chain.CodeOK, chain.CodeOK, contract.CodeShort}},
		"c before b has it": {func(n *network) []chain.Record {
			return []chain.Record{n.pay("w1", "B", "L1", "p1", 100), n.pay("m1", "A", "L1", "w1", 100)}
		}, []chain.Code{contract.CodeShort, chain.CodeOK}},
		"there and back": {func(n *network) []chain.Record {
			return []chain.Record{n.pay("m1", "A", "L1", "w1", 100), n.pay("w1", "B", "L1", "m1", 100),
				n.pay("m1", "C", "L1", "w1", 100)}
		}, []chain.Code{chain.CodeOK, chain.CodeOK, chain.CodeOK}},
		"paid and offered": {func(n *network) []chain.Record {
			return []chain.Record{n.offer("m1", "A", "L1", "w1", 70), n.pay("m1", "B", "L1", "p1", 70),
				n.take("w1", "A", 70), n.by("w1", contract.KindMoveTake, "move:A", 3, chain.Facts{Amount: 70})}
		}, []chain.Code{chain.CodeOK, contract.CodeShort, chain.CodeOK, chain.CodeTransition}},
		"taken and void": {func(n *network) []chain.Record {
			return []chain.Record{n.offer("m1", "A", "L1", "w1", 70), n.take("w1", "A", 70),
				n.by("m1", contract.KindMoveVoid, "move:A", 3, chain.Facts{})}
		}, []chain.Code{chain.CodeOK, chain.CodeOK, chain.CodeTransition}},
		"void and taken": {func(n *network) []chain.Record {
			return []chain.Record{n.offer("m1", "A", "L1", "w1", 70),
				n.by("w1", contract.KindMoveVoid, "move:A", 2, chain.Facts{}),
				n.by("w1", contract.KindMoveTake, "move:A", 3, chain.Facts{Amount: 70}),
				n.pay("m1", "B", "L1", "p1", 100)}
		}, []chain.Code{chain.CodeOK, chain.CodeOK, chain.CodeTransition, chain.CodeOK}},
		"a tag twice": {func(n *network) []chain.Record {
			f := chain.Facts{Amount: 1, Class: contract.ClassPackages, Tags: []string{chaintest.Tag("bill")}}
			return []chain.Record{n.by("m1", contract.KindLotOpen, "lot:A", 1, f),
				n.by("m1", contract.KindLotOpen, "lot:B", 1, f)}
		}, []chain.Code{chain.CodeOK, chain.CodeTagUsed}},
	} {
		t.Run(name, func(t *testing.T) {
			n := newBook(t, "h1")
			n.took(n.issue("m1", "L1", contract.ClassPackages, 100))
			var got []chain.Code
			for _, r := range n.block(batch(c.recs(n)...)) {
				got = append(got, r.Code)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			n.books()
		})
	}
}
