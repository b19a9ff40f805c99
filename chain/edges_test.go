package chain_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/gm"
)

// testdata/edges.json has receipts at their boundaries, each by a history of its own, with the verdict of every verifier (the mini-app's side:
// frontend/test/unit/edges.test.ts). Made anew with -update.
type edge struct {
	Name    string         `json:"name"`
	Kind    chain.FileKind `json:"kind"`
	History string         `json:"history"`
	Text    string         `json:"text"`
	Want    string         `json:"want"`
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
		out = append(out, edge{name, chain.FileStatus, world(r), string(c.Bytes()), want})
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
		out = append(out, edge{name, chain.FileReceipt, world(r), string(c.Bytes()), want})
	}
	by("the organisation's seal in its last millisecond by the statement", "ok", r.Doctor, 0, until.UnixMilli())
	by("the organisation's seal a millisecond after it by the statement", "organisation-certificate", r.Doctor, 0, until.UnixMilli()+1)
	by("the organisation's seal in its last millisecond by the header", "ok", r.Doctor, until.UnixMilli(), refStart.UnixMilli())
	by("the organisation's seal a millisecond after it by the header", "organisation-certificate", r.Doctor, until.UnixMilli()+1, refStart.UnixMilli())
	short := r.Orgs["h1"].IssueFor("doc-9", chain.RoleDoctor, chaintest.Must(gm.GenerateKey()), refStart.Add(2*time.Minute), hour)
	by("a person's certificate in its last millisecond", "ok", short, 0, hour.UnixMilli())
	by("a person's certificate a millisecond after it", "actor-certificate", short, 0, hour.UnixMilli()+1)
	by("a person's certificate in its first millisecond", "ok", short, 0, refStart.Add(2*time.Minute).UnixMilli())
	by("a person's certificate a millisecond before it", "actor-certificate", short, 0, refStart.Add(2*time.Minute).UnixMilli()-1)

	thirds := func(name, want string, power map[string]int64, sealed ...string) {
		r := newReference()
		for i := range r.Members.Members {
			m := &r.Members.Members[i]
			if m.Power > 0 {
				m.Power = power[m.ID]
			}
		}
		r.rehash()
		out = append(out, edge{name, chain.FileReceipt, world(r), string(r.receipt(issued, sealed...).Bytes()), want})
	}
	thirds("exactly two thirds of the power", "quorum", map[string]int64{"h1": 1, "h2": 1, "i1": 2, "p1": 2}, "i1", "p1")
	thirds("one more than two thirds", "ok", map[string]int64{"h1": 1, "h2": 1, "i1": 2, "p1": 2}, "h1", "i1", "p1")
	thirds("exactly two thirds of large powers", "quorum", map[string]int64{"h1": 1 << 39, "h2": 1 << 39, "i1": 1 << 40, "p1": 1 << 40}, "i1", "p1")
	return append(out, formerSeals(from, hour)...)
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
	change := chain.Change{Member: &renewed}
	a.adopt(joined, change, "h1", "i1", "p1")
	h2.Seal = seal
	history := string(a.history.Bytes())
	by := func(name, want string, st chain.Statement) {
		rec := a.Sign(old, st)
		fake := *a.reference
		fake.records = append(append([]chain.Record{}, a.records...), rec)
		fake.rehash()
		last := len(fake.records) - 1
		c := &chain.Receipt{V: chain.Version, Record: rec, Index: uint64(last), Path: fake.path(last, 0, len(fake.records)), Header: fake.header, ActorCert: b64(old.Cert.Raw()), OrgCert: b64(seal.Cert.Raw())}
		c = a.sealedAt(c, joined+1, "h1", "h2", "i1", "p1")
		out = append(out, edge{name, chain.FileReceipt, history, string(c.Bytes()), want})
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
