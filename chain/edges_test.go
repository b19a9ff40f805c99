package chain_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/membership"
)

// testdata/edges.json has receipts at their boundaries, each by a history of its own, with the
// verdict of every verifier (the mini-app's side: frontend/test/unit/edges.test.ts). Made anew with
// -update.
type edge struct {
	Name    string            `json:"name"`
	Kind    evidence.FileKind `json:"kind"`
	History string            `json:"history"`
	Text    string            `json:"text"`
	Want    string            `json:"want"`
}

func edges() (out []edge) {
	until, hour := refStart.AddDate(10, 0, 0), refStart.Add(time.Hour)
	from := refStart.Add(-24 * time.Hour)
	r := newReference()
	world := func(r *reference) string {
		return string(chain.History{V: chain.Version, Genesis: *r.Members}.Bytes())
	}
	status := func(name, want string, at int64) {
		c := r.status("rx:RX20261101A")
		c.Header.Time = at
		c.Seals = r.seals(c.Header, voters...)
		out = append(out, edge{name, evidence.FileStatus, world(r), string(c.Bytes()), want})
	}
	status("seals in their first millisecond", "ok", from.UnixMilli())
	status("seals a millisecond before it", "seal-expired", from.UnixMilli()-1)
	status("seals in their last millisecond", "ok", until.UnixMilli())
	status("seals a millisecond after it", "seal-expired", until.UnixMilli()+1)
	by := func(name, want string, p *chaintest.Person, header, at int64) {
		st := r.Statement(p, chain.KindIssue, "rx:E", 1, time.UnixMilli(at), chain.Facts{Expires: until.UnixMilli()})
		c := &chain.Receipt{}
		r.write(c, p, r.Sign(p, st))
		if header != 0 {
			c.Header.Time = header
			c.Seals = r.seals(c.Header, voters...)
		}
		out = append(out, edge{name, evidence.FileReceipt, world(r), string(c.Bytes()), want})
	}
	by("the organisation's seal in its last millisecond by the statement", "ok", r.Doctor, 0, until.UnixMilli())
	by("the organisation's seal a millisecond after it by the statement", "organisation-certificate", r.Doctor, 0,
		until.UnixMilli()+1)
	by("the organisation's seal in its last millisecond by the header", "ok", r.Doctor, until.UnixMilli(),
		refStart.UnixMilli())
	by("the organisation's seal a millisecond after it by the header", "organisation-certificate", r.Doctor,
		until.UnixMilli()+1, refStart.UnixMilli())
	short := r.Orgs["h1"].IssueFor("doc-9", chain.RoleDoctor, chaintest.Must(gm.GenerateKey()),
		refStart.Add(2*time.Minute), hour)
	by("a person's certificate in its last millisecond", "ok", short, 0, hour.UnixMilli())
	by("a person's certificate a millisecond after it", "actor-certificate", short, 0, hour.UnixMilli()+1)
	by("a person's certificate in its first millisecond", "ok", short, 0, refStart.Add(2*time.Minute).UnixMilli())
	by("a person's certificate a millisecond before it", "actor-certificate", short, 0,
		refStart.Add(2*time.Minute).UnixMilli()-1)

	thirds := func(name, want string, power map[string]int64, sealed ...string) {
		r := newReference()
		for i := range r.Members.Members {
			m := &r.Members.Members[i]
			if m.Power > 0 {
				m.Power = power[m.ID]
			}
		}
		r.rehash()
		out = append(out, edge{name, evidence.FileReceipt, world(r),
			string(r.receipt(issued, sealed...).Bytes()), want})
	}
	thirds("exactly two thirds of the power", "quorum",
		map[string]int64{"h1": 1, "h2": 1, "i1": 2, "p1": 2}, "i1", "p1")
	thirds("one more than two thirds", "ok", map[string]int64{"h1": 1, "h2": 1, "i1": 2, "p1": 2}, "h1", "i1", "p1")
	thirds("exactly two thirds of large powers", "quorum",
		map[string]int64{"h1": 1 << 39, "h2": 1 << 39, "i1": 1 << 40, "p1": 1 << 40}, "i1", "p1")
	return slices.Concat(out, formerSeals(from, hour), readings())
}

// readings are what a verifier written from RECEIPT.md alone might take for something else.
func readings() (out []edge) {
	r := newReference()
	seal := r.Orgs["h1"].Seal
	world := string(chain.History{V: chain.Version, Genesis: *r.Members}.Bytes())
	record := func(name, want string, by *chaintest.Person, st chain.Statement, change func(*chain.Record)) {
		rec := r.Sign(by, st)
		change(&rec)
		c := &chain.Receipt{}
		r.write(c, by, rec)
		out = append(out, edge{name, evidence.FileReceipt, world, string(c.Bytes()), want})
	}
	as := func(*chain.Record) {}
	enrol := func(cert string) chain.Statement {
		return r.Statement(seal, chain.KindEnrol, chain.SubjectCert+"x", 1, refStart, chain.Facts{Cert: cert})
	}
	record("an enrolment of what is no certificate", "ok", seal, enrol("A="), as)
	record("an enrolment with three fill characters", "malformed", seal, enrol("A==="), as)
	record("an enrolment of the longest text", "ok", seal, enrol(strings.Repeat("A", 2734)), as)
	record("an enrolment of a text too long", "malformed", seal, enrol(strings.Repeat("A", 2735)), as)
	record("a seal of a hundred letters", "organisation-signature", seal, enrol("AAAA"),
		func(rec *chain.Record) { rec.OrgSig = strings.Repeat("A", 100) })
	record("a seal of a hundred and one letters", "malformed", seal, enrol("AAAA"),
		func(rec *chain.Record) { rec.OrgSig = strings.Repeat("A", 101) })
	record("a payment for a prescription", "ok", seal,
		r.Statement(seal, chain.KindPay, "rx:E", 1, refStart, chain.Facts{Ref: "rx:E"}), as)
	change := membership.Change{V: chain.Version, Base: r.Members.Digest().String(), Remove: "i1"}
	c := &chain.Receipt{}
	r.write(c, r.Orgs["p2"].Seal, r.Ballot("p2", change, 1, refStart))
	out = append(out, edge{"a vote of a member without power", evidence.FileReceipt, world, string(c.Bytes()), "ok"})

	status := func(name, want, subject string, change func(*chain.StatusReceipt)) {
		c := r.status(subject, voters...)
		change(c)
		out = append(out, edge{name, evidence.FileStatus, world, string(c.Bytes()), want})
	}
	absent := r.status("rx:NEVERAC")
	status("absent: a subject of another form", "malformed", "RX:NEVERAC", func(*chain.StatusReceipt) {})
	status("absent: no subject", "malformed", "", func(*chain.StatusReceipt) {})
	status("absent: a key in capitals", "malformed", absent.State.Subject, func(c *chain.StatusReceipt) {
		c.Other = &chain.StatusLeaf{Key: strings.Repeat("A", 64), Value: strings.Repeat("0", 64)}
	})
	status("absent: an odd path before an odd subject", "path", "",
		func(c *chain.StatusReceipt) { c.Path = []string{"0"} })
	return append(out, comeback(), baseless())
}

// comeback: a member left and came back; what it signed with its seal of before counts no more.
func comeback() edge {
	a := &annals{reference: newReference()}
	a.history = chain.History{V: chain.Version, Genesis: *a.Members}
	again, old := a.member("h2"), a.Orgs["h2"].Seal
	a.adopt(joined, membership.Change{Remove: "h2"}, "h1", "i1", "p1")
	seal := a.Orgs["h2"].Issue("seal-h2", chain.RoleSeal)
	again.Seal = b64(seal.Cert.Raw())
	a.adopt(suspended, membership.Change{Member: &again}, "h1", "i1", "p1")
	a.Orgs["h2"].Seal = seal
	st := a.Enrol(a.Orgs["h2"].Issue("doc-5", chain.RoleDoctor), refStart).Statement
	st.Actor = old.Cert.ID()
	c := &chain.Receipt{}
	a.write(c, old, a.Sign(old, st))
	c = a.sealedAt(c, suspended+1, "h1", "i1", "p1")
	return edge{"signed with a seal of before the member left and came back", evidence.FileReceipt,
		string(a.history.Bytes()), string(c.Bytes()), "actor-certificate"}
}

// baseless: votes for a change whose base is no digest.
func baseless() edge {
	a := &annals{reference: newReference()}
	change := membership.Change{V: chain.Version, Base: "x", Remove: "h2"}
	h := chain.History{V: chain.Version, Genesis: *a.Members, Adoptions: []chain.Adoption{{List: *a.Members}}}
	for i, m := range []string{"h1", "i1", "p1"} {
		h.Adoptions[0].Votes = append(h.Adoptions[0].Votes, a.Ballot(m, change, uint64(i)+1, refStart))
	}
	return edge{"votes for a change of nothing", evidence.FileHistory,
		string(chain.History{V: chain.Version, Genesis: *a.Members}.Bytes()), string(h.Bytes()), "malformed"}
}

// formerSeals: what an organisation signed with a seal that it had before.
func formerSeals(from, hour time.Time) (out []edge) {
	a := &annals{reference: newReference()}
	h2 := a.Orgs["h2"]
	old := h2.IssueFor("seal-h2", chain.RoleSeal, chaintest.Must(gm.GenerateKey()), from, hour)
	h2.Seal = old
	for i := range a.Members.Members {
		if m := &a.Members.Members[i]; m.ID == "h2" {
			m.Seal = b64(old.Cert.Raw())
		}
	}
	a.history = chain.History{V: chain.Version, Genesis: *a.Members}
	seal := h2.Issue("seal-h2", chain.RoleSeal)
	renewed := a.member("h2")
	renewed.Seal = b64(seal.Cert.Raw())
	change := membership.Change{Member: &renewed}
	a.adopt(joined, change, "h1", "i1", "p1")
	h2.Seal = seal
	history := string(a.history.Bytes())
	by := func(name, want string, st chain.Statement) {
		rec := a.Sign(old, st)
		fake := *a.reference
		fake.records = append(append([]chain.Record{}, a.records...), rec)
		fake.rehash()
		last := len(fake.records) - 1
		c := &chain.Receipt{V: chain.Version, Record: rec, Index: uint64(last),
			Path: fake.path(last, 0, len(fake.records)), Header: fake.header, ActorCert: b64(old.Cert.Raw()),
			OrgCert: b64(seal.Cert.Raw())}
		c = a.sealedAt(c, joined+1, "h1", "h2", "i1", "p1")
		out = append(out, edge{name, evidence.FileReceipt, history, string(c.Bytes()), want})
	}
	enrol := func(at time.Time) chain.Statement {
		st := a.Enrol(h2.Issue("doc-5", chain.RoleDoctor), at).Statement
		st.Actor = old.Cert.ID()
		return st
	}
	by("signed with a former seal in its last millisecond", "ok", enrol(hour))
	by("signed with a former seal a millisecond after it", "actor-certificate", enrol(hour.Add(time.Millisecond)))
	change.V, change.Base = chain.Version, a.Members.Digest().String()
	vote := a.Ballot("h2", change, 1, refStart).Statement
	vote.Actor = old.Cert.ID()
	by("a vote signed with a former seal", "actor-certificate", vote)
	return out
}

func TestEdges(t *testing.T) {
	if *update {
		write(t, "edges.json", text(edges()))
	}
	var all []edge
	if err := json.Unmarshal(file(t, "edges.json"), &all); err != nil || len(all) < 15 {
		t.Fatalf("%d edges, %v", len(all), err)
	}
	for _, e := range all {
		by := chaintest.Must(chain.ParseHistory([]byte(e.History)))
		if got := judge(e.Kind, []byte(e.Text), by); got != e.Want {
			t.Errorf("%s: %s, want %s", e.Name, got, e.Want)
		}
	}
}
