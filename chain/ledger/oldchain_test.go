package ledger

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"github.com/smart-hospital/hospital/chain/membership"
)

// oldChain is the file of a chain that begins with schema 1 and takes schema 2 by a vote. A program
// judges its blocks as the one that wrote it. It is written anew only where a rule of a schema that
// is not released yet has changed.
const oldChain = "testdata/schema2.json"

var writeOldChain = flag.Bool("update-old-chain", false, "write "+oldChain+" anew with this program")

// old writes a chain with one ledger and no engine: what no honest proposer would let in is in its
// blocks as well.
type old struct {
	*network
	app   *App
	file  storedChain
	kinds map[chain.Kind]map[int]bool // kinds that were taken, by the version of their statements
	codes map[chain.Code]bool
}

// decided executes a block of one batch, and the clock goes on by a second.
func (o *old) decided(recs ...chain.Record) []chain.Code {
	o.t.Helper()
	txs, at, ctx := [][]byte{batch(recs...)}, time.UnixMilli(o.time), context.Background()
	height := o.app.Head().Header.Height + 1
	res, err := o.app.FinalizeBlock(ctx,
		&abci.RequestFinalizeBlock{Hash: blockHash(height, txs), Height: height, Txs: txs, Time: at})
	if err != nil {
		o.t.Fatal(err)
	}
	if _, err := o.app.Commit(ctx, &abci.RequestCommit{}); err != nil {
		o.t.Fatal(err)
	}
	verdicts, err := transaction.Verdicts(txs[0], res.TxResults[0].Data)
	if err != nil {
		o.t.Fatal(err)
	}
	codes := make([]chain.Code, len(verdicts))
	for i, v := range verdicts {
		codes[i], o.codes[v.Code] = v.Code, true
		st := recs[i].Statement
		if v.Code == chain.CodeOK {
			if o.kinds[st.Kind] == nil {
				o.kinds[st.Kind] = map[int]bool{}
			}
			o.kinds[st.Kind][st.V] = true
		}
	}
	o.file.Blocks = append(o.file.Blocks,
		storedBlock{Txs: txs, Time: o.time, Root: res.AppHash, Data: [][]byte{res.TxResults[0].Data}})
	o.time += 1000
	return codes
}

// taken demands that every record passes.
func (o *old) taken(recs ...chain.Record) {
	o.t.Helper()
	for i, code := range o.decided(recs...) {
		if code != chain.CodeOK {
			o.t.Fatalf("record %d (%s %s): %s", i, recs[i].Statement.Kind, recs[i].Statement.Subject, code)
		}
	}
}

// TestOldChainIsWritten writes the file anew when it is asked to; see TestOldBlocksReplay.
func TestOldChainIsWritten(t *testing.T) {
	if !*writeOldChain {
		t.Skip("the file stands")
	}
	n := newNetwork(t, "h1", "h2")
	o := &old{network: n, app: n.peers[0].App, kinds: map[chain.Kind]map[int]bool{}, codes: map[chain.Code]bool{}}
	o.file.Members = n.ward.Members.Bytes()
	o.write()
	for _, law := range chain.Transitions {
		for v := max(law.Since, chain.Version); v <= chain.Newest; v++ {
			if !o.kinds[law.Kind][v] {
				t.Errorf("no %s of version %d was taken", law.Kind, v)
			}
		}
	}
	for code := chain.CodeOK; code.String() != "unknown"; code++ {
		if !o.codes[code] {
			t.Errorf("no record was judged %s", code)
		}
	}
	text, err := json.MarshalIndent(o.file, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(oldChain, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (o *old) write() {
	w, at := o.ward, o.now()
	h1, h2, p1 := w.Orgs["h1"], w.Orgs["h2"], w.Orgs["p1"]
	gone := h1.Issue("doc-3", chain.RoleDoctor)
	late := h1.IssueFor("doc-4", chain.RoleDoctor, chaintest.Must(gm.GenerateKey()), at.Add(-time.Hour),
		at.Add(time.Hour))
	both, doctor2, patient2 := h1.Issue("doc-1", chain.RoleReviewer), h1.Issue("doc-2", chain.RoleDoctor),
		h1.Issue("pat-2", chain.RolePatient)
	byRoot := w.IssueByRoot("h1", "doc-8", chain.RoleDoctor)
	o.taken(append(w.Enrolments(), w.Enrol(gone, at), w.Enrol(late, at), w.Enrol(both, at), w.Enrol(doctor2, at),
		w.Enrol(patient2, at), w.Enrol(byRoot, at))...)
	o.taken(w.Record(h1.Seal, chain.KindRevoke, chain.SubjectCert+gone.Cert.ID(), 2, o.now(), chain.Facts{}))
	o.decided( // certificates that nobody enrols
		w.Enrol(w.Doctor, at.Add(time.Second)), w.Enrol(h1.Issue("dis-9", chain.RoleDispenser), at),
		w.Enrol(p1.Issue("doc-9", chain.RoleDoctor), at),
		w.Enrol(h1.Issue("a b", chain.RoleDoctor), at), w.Enrol(h1.Issue("seal-2", chain.RoleSeal), at),
		w.Enrol(h1.IssueFor("doc-6", chain.RoleReviewer, w.Doctor.Key, at.Add(-time.Hour), at.AddDate(1, 0, 0)), at),
		w.Record(p1.Seal, chain.KindRevoke, chain.SubjectCert+w.Doctor.Cert.ID(), 2, at, chain.Facts{}),
	)
	o.life("A")
	o.refusals("B", gone, late, both)

	next := o.app.Head().Header.Height + 8
	upgrade := membership.Change{V: chain.Version, Base: o.app.Roster().Digest().String(),
		Schema: &membership.Schema{From: next, V: chain.Schema2}}
	other := membership.Change{V: chain.Version, Base: o.app.Roster().Digest().String(), Remove: "p2"}
	bad := membership.Change{V: chain.Version, Base: o.app.Roster().Digest().String(), Remove: "p9"}
	w.V = chain.Schema2
	o.decided(w.Issued("EARLY", o.now()), w.Ballot("h1", bad, 1, o.now()))
	w.V = chain.Version
	o.taken(w.Ballot("h1", upgrade, 1, o.now()), w.Ballot("h1", other, 1, o.now()))
	o.decided(w.Ballot("h1", upgrade, 2, o.now()), w.Ballot("p1", upgrade, 2, o.now()))
	o.taken(w.Ballot("h2", upgrade, 2, o.now()))
	for o.app.Head().Header.Height < next {
		o.decided(w.Ballot("h2", other, 2, o.now())) // for a list that is not in force any more
	}

	// Statements of version 1 are judged by the rules of schema 2.
	o.life("C")
	o.refusals("D", gone, late, both)
	w.V = chain.Schema2
	o.life("E")
	o.leases("F")
	o.refusals("G", gone, late, both)
	o.refusals2("H", doctor2, patient2, w.IssueByRoot("h1", "doc-7", chain.RoleDoctor))

	third := membership.Change{V: chain.Version, Base: o.app.Roster().Digest().String(), Member: o.suspended("p2")}
	o.taken(w.Ballot("h1", third, 1, o.now()), w.Ballot("h2", third, 2, o.now()))
	o.decided(w.Ballot("h1", third, 3, o.now()))
	o.book()
	o.decided(w.Issued("Q", o.now()))
	o.decided(w.Record(w.Dispenser2, chain.KindClaim, "rx:Q", 2, o.now(),
		w.Claim(w.Dispenser2, "Q", 2, 1, o.now()).Statement.Facts))
	foreign := w.Sign(w.Doctor, w.Issued("R", o.now()).Statement)
	foreign.Statement.Org, foreign.OrgCert = "h9", h2.Seal.Cert.ID()
	o.decided(foreign)
}

func (o *old) suspended(id string) *membership.Member {
	org, _ := o.app.Roster().Org(id)
	m := org.Member
	m.Suspended, m.Power, m.Validator = true, 0, ""
	return &m
}

// life takes every step of every kind that is legal in the version of the ward, on subjects whose
// names begin with id.
func (o *old) life(id string) {
	o.t.Helper()
	w, at, seal := o.ward, o.now(), o.ward.Orgs["h1"].Seal
	none := chain.Facts{}
	p := func(n string) string { return id + n }
	o.taken(w.Journey(p("1"), at)...)
	o.taken(append(w.Paid(p("2"), at), w.Claim(w.Dispenser1, p("2"), 4, 1, at),
		w.Record(w.Dispenser1, chain.KindRelease, "rx:"+p("2"), 5, at, none),
		w.Claim(w.Dispenser2, p("2"), 6, 2, at), w.Record(w.Dispenser2, chain.KindRelease, "rx:"+p("2"), 7, at, none),
		w.Record(w.Patient, chain.KindCancel, "rx:"+p("2"), 8, at, none),
		w.Record(seal, chain.KindPayRefund, "pay:"+p("2"), 3, at, none))...)
	o.taken(w.Issued(p("3"), at), w.Record(w.Reviewer, chain.KindReject, "rx:"+p("3"), 2, at, none))
	o.taken(w.Issued(p("4"), at), w.Record(w.Doctor, chain.KindCancel, "rx:"+p("4"), 2, at, none))
	short := w.Issued(p("5"), at).Statement
	short.Facts.Expires = o.time + 1
	o.taken(w.Sign(w.Doctor, short))
	o.taken(w.Record(seal, chain.KindExpire, "rx:"+p("5"), 2, at, none))
	o.taken(append(w.Paid(p("6"), at)[:3], w.Record(seal, chain.KindPayFail, "pay:"+p("6"), 2, at, none))...)
	more := h1Person(w, p("doc"))
	o.taken(w.Enrol(more, at))
	o.taken(w.Record(seal, chain.KindRevoke, chain.SubjectCert+more.Cert.ID(), 2, at, none))
	if w.V > 1 { // a vote in a statement of version 2
		c := membership.Change{V: chain.Version, Base: o.app.Roster().Digest().String(), Remove: "i1"}
		o.taken(w.Ballot("h1", c, 1, at))
	}
}

// book takes every step of the book, by members of the roles that schema 2 brought, and two that
// are refused.
func (o *old) book() {
	o.t.Helper()
	w := o.ward
	for _, b := range bookkeepers[1:3] { // the bank and the maker
		m := w.Found(b.id, b.role, 0)
		join := membership.Change{V: chain.Version, Base: o.app.Roster().Digest().String(), Member: &m}
		o.taken(w.Ballot("h1", join, 1, o.now()), w.Ballot("h2", join, 2, o.now()))
		o.decided(w.Ballot("h1", join, 3, o.now()))
		o.decided(w.Ballot("h1", join, 3, o.now()))
	}
	o.taken(o.issue("m1", "L1", contract.ClassPackages, 100), o.issue("b1", "D1", contract.ClassDeposit, 100),
		o.pay("b1", "A", "D1", "p1", 50), o.offer("m1", "B", "L1", "p1", 30), o.take("p1", "B", 20),
		o.priced("m1", "C", "L1", "p1", 10, "D1", 40), o.take("p1", "C", 10), o.offer("m1", "D", "L1", "h1", 5),
		o.by("h1", contract.KindMoveVoid, "move:D", 2, chain.Facts{}),
		o.by("m1", contract.KindLotFreeze, "lot:L1", 2, chain.Facts{}))
	o.decided(o.pay("p1", "E", "L1", "h1", 1), o.pay("p1", "E", "D1", "h1", 11))
	o.taken(o.by("m1", contract.KindLotThaw, "lot:L1", 3, chain.Facts{}),
		o.pay("p1", "F", "L1", contract.HolderUsed, 30), o.by("m1", contract.KindLotClose, "lot:L1", 4, chain.Facts{}))
}

func h1Person(w *chaintest.Ward, cn string) *chaintest.Person {
	return w.Orgs["h1"].Issue(cn, chain.RoleDoctor)
}

// leases takes the steps that schema 2 brought.
func (o *old) leases(id string) {
	o.t.Helper()
	w, at := o.ward, o.now()
	rx, none := "rx:"+id, chain.Facts{}
	o.taken(append(w.Paid(id, at), w.Claim(w.Dispenser1, id, 4, 1, at))...)
	o.taken(w.Record(w.Dispenser1, chain.KindRenew, rx, 5, at, chain.Facts{Until: at.Add(30 * time.Hour).UnixMilli()}),
		w.Record(w.Patient, chain.KindContest, rx, 6, at, none))
	o.decided(w.Record(w.Dispenser1, chain.KindRenew, rx, 7, at,
		chain.Facts{Until: at.Add(40 * time.Hour).UnixMilli()}),
		w.Record(w.Patient, chain.KindContest, rx, 7, at, none),
		w.Record(w.Dispenser2, chain.KindLapse, rx, 7, at, none))
	o.time += (31 * time.Hour).Milliseconds()
	o.taken(w.Record(w.Dispenser2, chain.KindLapse, rx, 7, o.now(), none), w.Claim(w.Dispenser2, id, 8, 2, o.now()))
	o.taken(w.Record(w.Dispenser2, chain.KindDispense, rx, 9, o.now(), chain.Facts{Tags: []string{chaintest.Tag(id)}}),
		w.Record(w.Patient, chain.KindContest, rx, 10, o.now(), none))
	o.taken(append(w.Paid(id+"x", o.now()), w.Claim(w.Dispenser1, id+"x", 4, 1, o.now()))...)
	o.time += (73 * time.Hour).Milliseconds()
	o.decided(w.Record(w.Dispenser1, chain.KindDispense, "rx:"+id+"x", 5, o.now(),
		chain.Facts{Tags: []string{chaintest.Tag(id + "x")}}))
	o.taken(w.Record(w.Orgs["h1"].Seal, chain.KindExpire, "rx:"+id+"x", 5, o.now(), none))
}

// refusals are records that break one rule each.
func (o *old) refusals(id string, gone, late, both *chaintest.Person) {
	o.t.Helper()
	w, at, seal, none := o.ward, o.now(), o.ward.Orgs["h1"].Seal, chain.Facts{}
	s, p, c, d, a := id+"S", id+"P", id+"C", id+"D", id+"A"
	o.taken(append(append([]chain.Record{w.Issued(s, at)}, w.Paid(p, at)...), w.Journey(c, at)[:6]...)...)
	o.taken(append(w.Journey(d, at), w.Paid(a, at)[:2]...)...)
	rec := func(by *chaintest.Person, k chain.Kind, subject string, seq uint64, f chain.Facts) chain.Record {
		return w.Record(by, k, subject, seq, at, f)
	}
	issue := func(by *chaintest.Person, change func(*chain.Statement)) chain.Record {
		st := w.Issued(id+"NEW", at).Statement
		st.Actor, st.Org = by.Cert.ID(), by.Org
		change(&st)
		return w.Sign(by, st)
	}
	keep := func(*chain.Statement) {}
	tags := func(s ...string) (f chain.Facts) {
		for _, t := range s {
			f.Tags = append(f.Tags, chaintest.Tag(id+t))
		}
		return f
	}
	unsealed := issue(w.Doctor, keep)
	unsealed.OrgSig = issue(w.Doctor, keep).OrgSig
	unsigned := issue(w.Doctor, keep)
	unsigned.ActorSig = rec(w.Reviewer, chain.KindApprove, "rx:"+s, 2, none).ActorSig
	tooLate := at.Add(73 * time.Hour)
	o.decided(
		issue(w.Doctor, func(s *chain.Statement) { s.Chain = "other" }), issue(h1Person(w, "doc-5"), keep),
		issue(gone, keep),
		issue(late, func(s *chain.Statement) {
			s.Time = at.Add(2 * time.Hour).
				UnixMilli()
			s.Facts.Expires = s.Time + 1e6
		}),
		w.Seal(unsigned), unsealed,
		issue(w.Doctor, func(s *chain.Statement) { s.Org = "h2" }), issue(w.Reviewer, keep), issue(w.Dispenser1, keep),
		issue(w.Doctor, func(s *chain.Statement) { s.Facts.Expires = s.Time }),
		rec(w.Patient, chain.KindApprove, "rx:"+s, 2, none), rec(w.Reviewer, chain.KindApprove, "rx:"+s, 1, none),
		rec(w.Reviewer, chain.KindApprove, "rx:"+s, 3, none), rec(both, chain.KindApprove, "rx:"+s, 2, none),
		rec(both, chain.KindReject, "rx:"+s, 2, none),
		w.Record(w.Reviewer, chain.KindApprove, "rx:"+s, 2, tooLate, none),
		rec(seal, chain.KindPay, "rx:"+s, 2, chain.Facts{Ref: "pay:" + p}),
		w.Record(seal, chain.KindExpire, "rx:"+s, 2, tooLate, none),
		rec(w.Patient, chain.KindPayOpen, "pay:"+id+"N", 1, chain.Facts{Ref: "rx:" + s}),
	)
	o.decided(
		rec(seal, chain.KindPay, "rx:"+a, 3, chain.Facts{Ref: "pay:" + p}),
		rec(seal, chain.KindPay, "rx:"+a, 3, chain.Facts{Ref: "pay:NOWHERE"}),
		w.Record(seal, chain.KindPay, "rx:"+a, 3, tooLate, chain.Facts{Ref: "pay:" + p}),
		rec(w.Orgs["h2"].Seal, chain.KindPay, "rx:"+a, 3, chain.Facts{Ref: "pay:" + p}),
		rec(seal, chain.KindPayRefund, "pay:"+p, 3, none),
		w.Claim(w.Dispenser1, p, 4, 1, tooLate), w.Claim(w.Dispenser2, c, 5, 1, at),
		rec(w.Dispenser2, chain.KindRelease, "rx:"+c, 5, none),
		rec(w.Dispenser2, chain.KindDispense, "rx:"+c, 5, tags("y")),
		rec(w.Dispenser1, chain.KindDispense, "rx:"+c, 5,
			chain.Facts{Tags: []string{chaintest.Tag(id + "z"), chaintest.Tag("pay:" + d)}}),
		rec(seal, chain.KindDispense, "rx:"+c, 5, tags("x")), rec(w.Patient, chain.KindCancel, "rx:"+c, 5, none),
		rec(seal, chain.KindExpire, "rx:"+c, 5, none), rec(w.Patient, chain.KindCancel, "rx:"+d, 6, none),
		rec(seal, chain.KindPayFail, "pay:"+d, 3, none),
		// Facts that are not the kind's.
		rec(w.Doctor, chain.KindIssue, "rx:"+id+"M", 1, none),
		rec(w.Reviewer, chain.KindApprove, "rx:"+s, 2, chain.Facts{Expires: 1}),
		rec(w.Patient, chain.KindCancel, "rx:"+s, 2, chain.Facts{Ref: "pay:" + p}),
		rec(w.Patient, chain.KindPayOpen, "pay:"+id+"N", 1, none),
		rec(w.Patient, chain.KindPayOpen, "pay:"+id+"N", 1, chain.Facts{Ref: "cert:" + p}),
		rec(w.Dispenser1, chain.KindDispense, "rx:"+c, 5, none),
		rec(w.Dispenser1, chain.KindDispense, "rx:"+c, 5, tags("t", "t")),
		rec(seal, chain.KindPaySettle, "rx:"+a, 3, none),
		rec(seal, chain.KindVote, "gov:"+id, 1, none),
		rec(seal, chain.KindVote, "gov:"+id, 1, chain.Facts{Change: base64.Encode([]byte("{}"))}),
		rec(seal, chain.KindEnrol, "cert:"+id, 1, none),
		rec(seal, chain.KindEnrol, "cert:"+id, 1, chain.Facts{Cert: base64.Encode([]byte("none"))}),
		rec(w.Dispenser1, chain.KindClaim, "rx:"+p, 4, chain.Facts{Code: chaintest.Tag("code")}),
		rec(w.Dispenser1, chain.KindRenew, "rx:"+c, 5, chain.Facts{Until: at.UnixMilli() + 1}),
	)
}

// refusals2 break the rules that schema 2 brought.
func (o *old) refusals2(id string, doctor, patient, byRoot *chaintest.Person) {
	o.t.Helper()
	w, at, none := o.ward, o.now(), chain.Facts{}
	p, c, a := id+"P", id+"C", id+"A"
	o.taken(append(append(w.Paid(p, at), w.Journey(c, at)[:6]...), w.Paid(a, at)[:2]...)...)
	rec := func(by *chaintest.Person, k chain.Kind, subject string, seq uint64, f chain.Facts) chain.Record {
		return w.Record(by, k, subject, seq, at, f)
	}
	claim := func(change func(*chain.Facts)) chain.Record {
		return facts(w, w.Dispenser1, w.Claim(w.Dispenser1, p, 4, 1, at), change)
	}
	issue := func(change func(*chain.Statement)) chain.Record {
		st := w.Issued(id+"NEW", at).Statement
		change(&st)
		return w.Sign(w.Doctor, st)
	}
	longest := chain.MaxValidity.Milliseconds()
	o.decided(
		issue(func(s *chain.Statement) { s.Facts.Parties = []string{"doc-1"} }),
		claim(func(f *chain.Facts) { f.Code = "" }), claim(func(f *chain.Facts) { f.Code = chaintest.Tag("any") }),
		claim(func(f *chain.Facts) { f.Until = 0 }),
		claim(func(f *chain.Facts) { f.Until = at.UnixMilli() - 1 }),
		claim(func(f *chain.Facts) { f.Until = at.Add(72*time.Hour).UnixMilli() + 1 }),
		claim(func(f *chain.Facts) { f.Code = "X" }),
		issue(func(s *chain.Statement) { s.Facts.Expires = s.Time + longest + 1 }),
		issue(func(s *chain.Statement) { s.Time -= 2 * longest; s.Facts.Expires -= 2 * longest }),
		issue(func(s *chain.Statement) {
			s.Time += 25 * time.Hour.Milliseconds()
			s.Facts.Expires += 25 * time.Hour.Milliseconds()
		}),
		issue(func(s *chain.Statement) { s.Facts.Pickup = "" }),
		issue(func(s *chain.Statement) { s.Facts.Parties = nil }),
		issue(func(s *chain.Statement) { s.Facts.Parties = []string{"b", "a"} }),
		issue(func(s *chain.Statement) { s.Facts.Parties = []string{"a", "b", "c", "d", "e"} }),
		rec(doctor, chain.KindCancel, "rx:"+a, 3, none), rec(patient, chain.KindCancel, "rx:"+a, 3, none),
		rec(patient, chain.KindPayOpen, "pay:"+id+"O", 1, chain.Facts{Ref: "rx:" + a}),
		rec(patient, chain.KindContest, "rx:"+c, 5, none),
		rec(w.Dispenser2, chain.KindRenew, "rx:"+c, 5, chain.Facts{Until: at.Add(30 * time.Hour).UnixMilli()}),
		rec(w.Dispenser1, chain.KindRenew, "rx:"+c, 5, chain.Facts{Until: at.Add(time.Hour).UnixMilli()}),
		rec(w.Dispenser1, chain.KindRenew, "rx:"+c, 5, none),
		rec(w.Orgs["h2"].Seal, chain.KindLapse, "rx:"+c, 5, none),
		rec(w.Orgs["p2"].Seal, chain.KindLapse, "rx:"+c, 5, none), w.Enrol(byRoot, at),
	)
}
