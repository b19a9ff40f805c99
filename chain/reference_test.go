package chain_test

import (
	"encoding/base64"
	"fmt"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// reference is a chain made by hand from RECEIPT.md, without a ledger: a second maker of receipts.
type reference struct {
	*chaintest.Ward
	records []chain.Record
	states  []chain.SubjectState
	header  chain.Header
}

var refStart = time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)

// voters have a vote each; three of the four make more than two thirds.
var voters = []string{"h1", "h2", "i1", "p1"}

func newReference() *reference {
	w := chaintest.NewWard(refStart)
	power := map[string]int64{}
	for _, v := range voters {
		power[v] = 1
	}
	w.Vote(power)
	r := &reference{Ward: w, records: append(w.Enrolments(), w.Journey("RX20261101A", refStart)...)}
	for i := range 9 { // other subjects, so that the status tree has branches
		r.states = append(r.states, chain.SubjectState{
			Subject: fmt.Sprintf("rx:RX%d", i), Status: chain.StatusSigned, Seq: 1, Last: chaintest.Tag(fmt.Sprint(i)),
			Org: "h1", Person: "doc-1", Expires: 1793779200000,
		})
	}
	r.states = append(r.states, chain.SubjectState{
		Subject: "rx:RX20261101A", Status: chain.StatusDispensed, Seq: 5, Last: r.records[11].ID(), Org: "h1",
		Person: "doc-1",
		Holder: "p1", Ref: "pay:RX20261101A", Expires: refStart.Add(72 * time.Hour).UnixMilli(),
	})
	r.rehash()
	return r
}

// rehash makes the header over what the reference holds now.
func (r *reference) rehash() {
	status := merkle.Hash{}
	if len(r.states) > 0 {
		status = r.subtree(r.states, 0)
	}
	r.header = chain.Header{
		Chain: chaintest.ChainID, Height: 7, Time: refStart.Add(time.Minute).UnixMilli(),
		LogSize: uint64(len(r.records)),
		LogRoot: r.root(0, len(r.records)).String(), StatusRoot: status.String(),
		MembersRoot: r.Members.Digest().String(),
	}
}

// root is RFC 6962 2.1.
func (r *reference) root(lo, hi int) merkle.Hash {
	if hi-lo == 1 {
		return merkle.LeafHash(r.records[lo].Bytes())
	}
	k := below(hi - lo)
	return merkle.NodeHash(r.root(lo, lo+k), r.root(lo+k, hi))
}

// path is RFC 6962 2.1.1.
func (r *reference) path(m, lo, hi int) []string {
	if hi-lo == 1 {
		return []string{}
	}
	if k := lo + below(hi-lo); m < k {
		return append(r.path(m, lo, k), r.root(k, hi).String())
	} else {
		return append(r.path(m, k, hi), r.root(lo, k).String())
	}
}

func below(n int) int {
	k := 1
	for k*2 < n {
		k *= 2
	}
	return k
}

// subtree is the status tree by its definition.
func (r *reference) subtree(states []chain.SubjectState, depth int) merkle.Hash {
	switch len(states) {
	case 0:
		return merkle.Hash{}
	case 1:
		return merkle.StatusLeafHash(merkle.StatusKey(states[0].Subject), merkle.StatusValue(states[0].Bytes()))
	}
	sides := halves(states, depth)
	return merkle.StatusNodeHash(r.subtree(sides[0], depth+1), r.subtree(sides[1], depth+1))
}

func halves(states []chain.SubjectState, depth int) (sides [2][]chain.SubjectState) {
	for _, s := range states {
		bit := merkle.StatusKey(s.Subject).Bit(depth)
		sides[bit] = append(sides[bit], s)
	}
	return sides
}

// receipt of record i, sealed by members.
func (r *reference) receipt(i int, members ...string) *chain.Receipt {
	rec := r.records[i]
	return &chain.Receipt{
		V: rec.Format(), Record: rec, Index: uint64(i), Path: r.path(i, 0, len(r.records)), Header: r.header,
		ActorCert: b64(r.holder(rec.Statement.Actor).Cert.Raw()),
		OrgCert:   b64(r.Orgs[rec.Statement.Org].Seal.Cert.Raw()),
		Seals:     r.seals(r.header, members...),
	}
}

func (r *reference) holder(id string) *chaintest.Person {
	people := []*chaintest.Person{r.Doctor, r.Reviewer, r.Patient, r.Dispenser1, r.Dispenser2}
	for _, o := range r.Orgs {
		people = append(people, o.Seal)
	}
	for _, p := range people {
		if p.Cert.ID() == id {
			return p
		}
	}
	panic("no such certificate")
}

func (r *reference) seals(h chain.Header, members ...string) []chain.Seal {
	out := []chain.Seal{}
	for _, m := range members {
		out = append(out, chain.Seal{Member: m, Sig: b64(chaintest.Must(r.Orgs[m].Seal.Key.Sign(h.SealBytes())))})
	}
	return out
}

// status proves a subject present or absent, sealed by members.
func (r *reference) status(subject string, members ...string) *chain.StatusReceipt {
	out := &chain.StatusReceipt{V: chain.Version, State: chain.SubjectState{Subject: subject}, Path: []string{},
		Header: r.header, Seals: r.seals(r.header, members...)}
	key, states := merkle.StatusKey(subject), r.states
	for depth := 0; len(states) > 1; depth++ {
		sides := halves(states, depth)
		out.Path = append(out.Path, r.subtree(sides[1-key.Bit(depth)], depth+1).String())
		states = sides[key.Bit(depth)]
	}
	if len(states) == 1 && states[0].Subject == subject {
		out.State = states[0]
	} else if len(states) == 1 {
		out.Other = &chain.StatusLeaf{Key: merkle.StatusKey(states[0].Subject).String(),
			Value: merkle.StatusValue(states[0].Bytes()).String()}
	}
	return out
}

func b64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func TestReceiptsOfEveryRecord(t *testing.T) {
	r := newReference()
	for i := range r.records {
		c := r.receipt(i, voters...)
		if err := chain.VerifyReceipt(r.Members, c); err != nil {
			t.Errorf("%s: %v", c.Record.Statement.Kind, err)
		}
		again, err := chain.ParseReceipt(c.Bytes())
		if err != nil || string(again.Bytes()) != string(c.Bytes()) {
			t.Errorf("%s: parsed back: %v", c.Record.Statement.Kind, err)
		}
	}
	for _, subject := range []string{"rx:RX20261101A", "rx:RX3", "rx:NEVER1", "rx:NEVER2", "rx:NEVER3", "cert:x"} {
		c := r.status(subject, "h1", "h2", "p1")
		if err := chain.VerifyStatus(r.Members, c); err != nil {
			t.Errorf("%s: %v", subject, err)
		}
		if again, err := chain.ParseStatusReceipt(c.Bytes()); err != nil || string(again.Bytes()) != string(c.Bytes()) {
			t.Errorf("%s: parsed back: %v", subject, err)
		}
	}
	r.records, r.states = r.records[:1], nil
	r.rehash()
	if err := chain.VerifyReceipt(r.Members, r.receipt(0, voters...)); err != nil {
		t.Errorf("only record of a log: %v", err)
	}
	if err := chain.VerifyStatus(r.Members, r.status("rx:A", voters...)); err != nil {
		t.Errorf("absent from an empty tree: %v", err)
	}
}
