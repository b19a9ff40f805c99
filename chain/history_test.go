package chain_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/membership"
)

// annals are a chain whose members' list changed five times, and receipts from before, between and
// after.
type annals struct {
	*reference
	history  chain.History
	receipts map[string]*chain.Receipt
}

// Heights from which the lists are in force.
const (
	joined    = 20 + 20*iota // h3 is admitted
	suspended                // p2 may not write
	resealed                 // h2 has a new seal
	left                     // h3 is gone
	upgraded                 // schema 2 is agreed on
)

func newAnnals() *annals {
	a := &annals{reference: newReference(), receipts: map[string]*chain.Receipt{}}
	a.history = chain.History{V: chain.Version, Genesis: *a.Members}
	h2, h3 := a.Orgs["h2"], a.Found("h3", chain.OrgHospital, 1)
	waited := a.Enrol(h2.Issue("doc-4", chain.RoleDoctor), refStart).Statement
	old, seal := *h2.Seal, h2.Issue("seal-h2", chain.RoleSeal)
	h2.Seal = seal
	stood := a.Sign(&old, waited)
	h2.Seal = &old
	a.records = append(a.records, a.Enrol(h2.Issue("doc-2", chain.RoleDoctor), refStart),
		a.Enrol(a.Orgs["h3"].Issue("doc-3", chain.RoleDoctor), refStart), stood)
	a.rehash()
	oldSeal, goneMember, oldActor := a.receipt(len(a.records)-3), a.receipt(len(a.records)-2),
		a.receipt(len(a.records)-1)
	oldActor.ActorCert, oldActor.OrgCert = b64(old.Cert.Raw()), b64(seal.Cert.Raw())
	keep := func(name string, c *chain.Receipt, height int64, members ...string) {
		a.receipts[name] = a.sealedAt(c, height, members...)
	}
	keep("genesis", a.receipt(issued), 7, "h1", "h2", "p1")
	a.adopt(joined, membership.Change{Member: &h3}, "h1", "h2", "p1")
	keep("joined", a.receipt(issued), joined, "h1", "h2", "h3", "p1")
	p2 := a.member("p2")
	p2.Suspended = true
	a.adopt(suspended, membership.Change{Member: &p2}, "h1", "h2", "h3", "i1")
	keep("suspended", a.receipt(issued), suspended+1, "h1", "h2", "h3", "p1", "i1")
	renewed := a.member("h2")
	renewed.Seal = b64(seal.Cert.Raw())
	a.adopt(resealed, membership.Change{Member: &renewed}, "h1", "h3", "i1", "p1")
	h2.Seal = seal
	keep("old-seal-of-the-writer", oldSeal, resealed+5, "h1", "h2", "h3", "p1")
	a.adopt(left, membership.Change{Remove: "h3"}, "h1", "h2", "i1", "p1")
	keep("actor-is-a-former-seal", oldActor, left+5, "h1", "h2", "p1")
	keep("writer-is-gone", goneMember, left+5, "h1", "h2", "p1")
	a.adopt(upgraded, membership.Change{Schema: &membership.Schema{From: 200, V: 2}}, "h1", "h2", "p1")
	keep("upgraded", a.receipt(issued), upgraded+100, "h1", "h2", "i1")
	return a
}

func (a *annals) member(id string) membership.Member {
	i := slices.IndexFunc(a.Members.Members, func(m membership.Member) bool { return m.ID == id })
	return a.Members.Members[i]
}

// adopt makes the next list with the members' votes.
func (a *annals) adopt(from int64, c membership.Change, members ...string) {
	c.V, c.Base = chain.Version, a.Members.Digest().String()
	step := chain.Adoption{List: *chaintest.Must(a.Members.Apply(&c, from))}
	for i, m := range members {
		step.Votes = append(step.Votes, a.Ballot(m, c, uint64(i)+1, refStart))
	}
	a.history.Adoptions = append(a.history.Adoptions, step)
	a.Members = &step.List
}

// sealedAt is the receipt under a header of the newest list, at a height.
func (a *annals) sealedAt(c *chain.Receipt, height int64, members ...string) *chain.Receipt {
	c.Header.Height, c.Header.MembersRoot = height, a.Members.Digest().String()
	c.Seals = a.seals(c.Header, members...)
	return c
}

func (a *annals) forgeries() (out []forgery) {
	text := func(name string, why chain.Reason, s string) { out = append(out, forgery{name, "history", why, s}) }
	forge := func(name string, why chain.Reason, change func(*chain.History)) {
		h, err := copied(a.history)
		if err != nil {
			panic(err)
		}
		change(&h)
		text(name, why, string(h.Bytes()))
	}
	good := string(a.history.Bytes())
	text("unknown-field", chain.ReasonMalformed, strings.Replace(good, `"adoptions"`, `"aNote":"x","adoptions"`, 1))
	text("trailing-data", chain.ReasonMalformed, good+"{}")
	text("null-adoptions", chain.ReasonMalformed,
		`{"adoptions":null,"genesis":`+string(a.history.Genesis.Bytes())+`,"v":1}`)
	text("not-suspended-written-out", chain.ReasonMalformed,
		strings.Replace(good, `"suspended":true`, `"suspended":false`, 1))
	forge("future-version", chain.ReasonMembers, func(h *chain.History) { h.V = 2 })
	forge("genesis-with-a-height", chain.ReasonMembers, func(h *chain.History) { h.Genesis.From = 3 })
	forge("another-genesis", chain.ReasonMembers, func(h *chain.History) { h.Genesis.Members[0].Name = "冒名医院" })
	forge("a-step-left-out", chain.ReasonMembers,
		func(h *chain.History) { h.Adoptions = slices.Delete(h.Adoptions, 1, 2) })
	forge("heights-do-not-ascend", chain.ReasonMembers, func(h *chain.History) { h.Adoptions[1].List.From = joined })
	forge("later-than-voted-for", chain.ReasonMembers,
		func(h *chain.History) { h.Adoptions[4].List.Schemas[0].From = 300 })
	first := func(name string, why chain.Reason, change func(*chain.Adoption)) {
		forge(name, why, func(h *chain.History) {
			h.Adoptions = h.Adoptions[:1] // a short file says it as well
			change(&h.Adoptions[0])
		})
	}
	first("more-power-than-voted-for", chain.ReasonMembers, func(s *chain.Adoption) { s.List.Members[0].Power = 5 })
	first("two-of-four", chain.ReasonQuorum, func(s *chain.Adoption) { s.Votes = s.Votes[:2] })
	first("no-votes", chain.ReasonQuorum, func(s *chain.Adoption) { s.Votes = nil })
	first("a-vote-twice", chain.ReasonQuorum, func(s *chain.Adoption) { s.Votes[2] = s.Votes[1] })
	a.forgeVotes(first)
	return append(out, a.forgeReceipts()...)
}

func copied(h chain.History) (out chain.History, err error) {
	err = json.Unmarshal(h.Bytes(), &out)
	return out, err
}

// forgeVotes forge the first step's: h3 is admitted by h1, h2 and p1.
func (a *annals) forgeVotes(first func(string, chain.Reason, func(*chain.Adoption))) {
	change := chaintest.Must(a.history.Adoptions[0].Votes[0].Statement.Change())
	last := func(name string, why chain.Reason, change func(chain.Statement) chain.Record) {
		first(name, why, func(s *chain.Adoption) { s.Votes[2] = change(s.Votes[2].Statement) })
	}
	seal := func(org string) *chaintest.Person { return a.Orgs[org].Seal }
	last("vote-of-another-chain", chain.ReasonWrongChain, func(st chain.Statement) chain.Record {
		st.Chain = "other"
		return a.Sign(seal("p1"), st)
	})
	last("vote-for-another-change", chain.ReasonQuorum, func(chain.Statement) chain.Record {
		return a.Ballot("p1", membership.Change{V: chain.Version, Base: change.Base, Remove: "p2"}, 1, refStart)
	})
	last("vote-under-another-subject", chain.ReasonMalformed, func(st chain.Statement) chain.Record {
		st.Subject = chain.SubjectGov + chaintest.Tag("another change")
		return a.Sign(seal("p1"), st)
	})
	last("vote-without-a-change", chain.ReasonMalformed, func(st chain.Statement) chain.Record {
		st.Facts.Change = ""
		return a.Sign(seal("p1"), st)
	})
	last("vote-without-power", chain.ReasonOrg,
		func(chain.Statement) chain.Record { return a.Ballot("p2", *change, 3, refStart) })
	last("vote-of-the-one-to-be-admitted", chain.ReasonOrg,
		func(chain.Statement) chain.Record { return a.Ballot("h3", *change, 3, refStart) })
	last("vote-by-a-person", chain.ReasonOrgCert, func(st chain.Statement) chain.Record {
		st.Actor = a.Dispenser1.Cert.ID()
		return a.Sign(a.Dispenser1, st)
	})
	last("vote-by-another-members-seal", chain.ReasonOrgCert, func(st chain.Statement) chain.Record {
		st.Actor = seal("i1").Cert.ID()
		rec := a.Sign(seal("i1"), st)
		rec.OrgCert = seal("i1").Cert.ID()
		return rec
	})
	last("vote-signed-by-another", chain.ReasonActorSig,
		func(st chain.Statement) chain.Record { return a.Sign(seal("i1"), st) })
	last("vote-sealed-over-other-bytes", chain.ReasonOrgSig, func(st chain.Statement) chain.Record {
		rec := a.Sign(seal("p1"), st)
		rec.OrgSig = a.history.Adoptions[0].Votes[0].OrgSig
		return rec
	})
	// Voted for by all as it should be, and still no list: the rules stand above the votes.
	all := func(name string, c membership.Change) {
		first(name, chain.ReasonMembers, func(s *chain.Adoption) {
			c.V = chain.Version
			if c.Base == "" {
				c.Base = change.Base
			}
			s.Votes = nil
			for i, m := range []string{"h1", "i1", "p1"} {
				s.Votes = append(s.Votes, a.Ballot(m, c, uint64(i)+1, refStart))
			}
		})
	}
	impossible := *change.Member
	impossible.Suspended = true
	all("suspended-with-a-vote", membership.Change{Member: &impossible})
	all("nobody-to-remove", membership.Change{Remove: "x9"})
	all("schema-of-the-past", membership.Change{Schema: &membership.Schema{From: joined, V: 2}})
	all("voted-for-on-another-list", membership.Change{Base: chaintest.Tag("another list"), Member: change.Member})
	all("change-shown-is-another", membership.Change{Remove: "p2"})
}

// forgeReceipts are held against the good history.
func (a *annals) forgeReceipts() (out []forgery) {
	forge := func(name string, why chain.Reason, of string, change func(*chain.Receipt)) {
		c := *a.receipts[of]
		change(&c)
		out = append(out, forgery{name, "receipt", why, string(c.Bytes())})
	}
	forge("newer-list-at-an-older-height", chain.ReasonMembers, "upgraded", func(c *chain.Receipt) {
		c.Header.Height = joined
		c.Seals = a.seals(c.Header, "h1", "h2", "i1", "p1")
	})
	forge("older-list-at-a-newer-height", chain.ReasonMembers, "joined", func(c *chain.Receipt) {
		c.Header.Height = left
		c.Seals = a.seals(c.Header, "h1", "i1", "h3", "p1")
	})
	forge("sealed-by-one-who-left", chain.ReasonSealMember, "upgraded",
		func(c *chain.Receipt) { c.Seals = a.seals(c.Header, "h1", "h3", "i1", "p1") })
	forge("sealed-with-a-later-seal", chain.ReasonSealSig, "joined",
		func(c *chain.Receipt) { c.Seals = a.seals(c.Header, "h1", "h2", "h3", "p1") })
	forge("three-of-five", chain.ReasonQuorum, "joined",
		func(c *chain.Receipt) { c.Seals = a.seals(c.Header, "h1", "h3", "p1") })
	forge("writer-before-it-joined", chain.ReasonOrg, "writer-is-gone", func(c *chain.Receipt) {
		c.Header = a.receipts["genesis"].Header
		c.Header.LogRoot, c.Header.LogSize = a.header.LogRoot, a.header.LogSize
	})
	forge("former-seal-as-actor-before-the-new-one", chain.ReasonOrgCert, "actor-is-a-former-seal",
		func(c *chain.Receipt) {
			c.Header.Height, c.Header.MembersRoot = joined, a.receipts["joined"].Header.MembersRoot
		})
	forge("former-seal-of-another-as-actor", chain.ReasonActorCert, "actor-is-a-former-seal", func(c *chain.Receipt) {
		st := c.Record.Statement
		st.Org = "h1"
		actor := *a.Orgs["h2"].Seal
		st.Actor, actor.Org = actor.Cert.ID(), "h1"
		c.Record, c.OrgCert, c.ActorCert = a.Sign(&actor, st), b64(a.Orgs["h1"].Seal.Cert.Raw()), b64(actor.Cert.Raw())
	})
	forge("written-with-a-later-seal", chain.ReasonOrgCert, "joined", func(c *chain.Receipt) {
		c.Record = a.Enrol(a.Orgs["h2"].Issue("doc-9", chain.RoleDoctor), refStart)
		c.OrgCert = b64(a.Orgs["h2"].Seal.Cert.Raw())
		c.ActorCert = c.OrgCert
	})
	return out
}

// refuseHistory reads and checks a forgery as a stranger does.
func refuseHistory(good *chain.Timeline, f forgery) error {
	if f.Kind == "history" {
		_, err := chain.ParseHistory([]byte(f.Text))
		return err
	}
	c, err := chain.ParseReceipt([]byte(f.Text))
	if err != nil {
		return err
	}
	return good.VerifyReceipt(c)
}

// TestHistory makes a history and every forgery of it anew, with fresh keys.
func TestHistory(t *testing.T) {
	a := newAnnals()
	timeline, err := chain.ParseHistory(a.history.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for height, members := range map[int64]int{1: 6, joined - 1: 6, joined: 7, left - 1: 7, left: 6, 1 << 40: 6} {
		if got := len(timeline.At(height).Members().Members); got != members {
			t.Errorf("%d members at height %d, want %d", got, height, members)
		}
	}
	for name, c := range a.receipts {
		if err := timeline.VerifyReceipt(c); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, f := range a.forgeries() {
		if err := refuseHistory(timeline, f); chain.ReasonOf(err) != f.Reason {
			t.Errorf("%s: %v, want %s", f.Name, err, f.Reason)
		}
	}
}

// TestGoldenHistory holds the same files that verifiers in other languages are held against:
//
//	go test ./chain/ -run GoldenHistory -update
func TestGoldenHistory(t *testing.T) {
	if *update {
		writeHistory(t)
	}
	timeline, err := chain.ParseHistory(file(t, "history/history.json"))
	if err != nil {
		t.Fatal(err)
	}
	receipts, forged := glob(t, "history/receipt-*.json"), glob(t, "history/forged/*.json")
	if len(receipts) != 7 || len(forged) < 30 {
		t.Errorf("%d receipts, %d forgeries", len(receipts), len(forged))
	}
	for _, name := range receipts {
		c, err := chain.ParseReceipt(file(t, name))
		if err == nil {
			err = timeline.VerifyReceipt(c)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range forged {
		var f forgery
		if err := json.Unmarshal(file(t, name), &f); err != nil {
			t.Fatal(name, err)
		}
		if err := refuseHistory(timeline, f); chain.ReasonOf(err) != f.Reason {
			t.Errorf("%s: %v, want %s", name, err, f.Reason)
		}
	}
}

func writeHistory(t *testing.T) {
	t.Helper()
	if err := os.RemoveAll("testdata/history"); err != nil {
		t.Fatal(err)
	}
	a := newAnnals()
	write(t, "history/history.json", a.history.Bytes())
	for name, c := range a.receipts {
		write(t, "history/receipt-"+name+".json", c.Bytes())
	}
	for _, f := range a.forgeries() {
		write(t, filepath.Join("history/forged", f.Name+".json"), text(f))
	}
}
