package ledger

import (
	"fmt"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// TestFirstRefusalStands: of two things that are wrong with a record, the one that is judged first
// is the verdict. Blocks hold verdicts, so their order may never change.
func TestFirstRefusalStands(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w, at, h1 := n.ward, n.now(), n.ward.Orgs["h1"]
	brief := h1.IssueFor("doc-8", chain.RoleDoctor, chaintest.Must(gm.GenerateKey()), at.Add(-time.Hour),
		at.Add(time.Hour))
	n.write(append(w.Enrolments(), w.Enrol(brief, at))...)
	n.write(w.Issued("S", at))
	later := at.Add(2 * time.Hour)
	enrol := func(change func(st *chain.Statement)) chain.Record {
		st := w.Enrol(h1.Issue("doc-2", chain.RoleDoctor), at).Statement
		change(&st)
		return w.Sign(h1.Seal, st)
	}
	remove := n.change(membership.Change{Remove: "p2"})
	ballot := w.Ballot("h1", remove, 1, later).Statement
	ballot.Actor = brief.Cert.ID()
	for name, c := range map[string]struct {
		rec  chain.Record
		want chain.Code
	}{
		"a vote by a person": {
			w.Sign(w.Doctor, func() chain.Statement { st := ballot; st.Actor = w.Doctor.Cert.ID(); return st }()),
			chain.CodeRole},
		"a vote by a person whose time is over": {w.Sign(brief, ballot), chain.CodeCertExpired},
		"an enrolment":                          {enrol(func(*chain.Statement) {}), chain.CodeOK},
		"one under another certificate's id": {
			enrol(func(st *chain.Statement) { st.Subject = chain.SubjectCert + chaintest.Tag("x") }),
			chain.CodeBadCert},
		"one of no base64": {enrol(func(st *chain.Statement) { st.Facts.Cert = "A=" }),
			chain.CodeBadCert},
		"one of no certificate": {enrol(func(st *chain.Statement) { st.Facts.Cert = "AAAA" }),
			chain.CodeBadCert},
		"out of sequence and too late": {
			w.Record(w.Reviewer, chain.KindApprove, "rx:S", 3, at.Add(73*time.Hour), chain.Facts{}),
			chain.CodeSequence},
		"too late, and by a pharmacy": {
			w.Record(w.Dispenser1, chain.KindApprove, "rx:S", 2, at.Add(73*time.Hour), chain.Facts{}), chain.CodeRole},
	} {
		if got := n.try(c.rec)[0]; got.Code != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got.Code, got.Detail, c.want)
		}
	}
}

// TestOnesTheRootIssued: schema 1 took a person's certificate of the root itself, and such a person
// acts until the first list that was voted for.
func TestOnesTheRootIssued(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w := n.ward
	stray := w.IssueByRoot("h1", "doc-7", chain.RoleDoctor)
	n.write(w.Enrol(stray, n.now()))
	issue := func(id string) chain.Record {
		return w.Record(stray, chain.KindIssue, "rx:"+id, 1, n.now(),
			chain.Facts{Expires: n.now().Add(time.Hour).UnixMilli()})
	}
	n.write(issue("A"))
	n.adopt(n.change(membership.Change{Remove: "p2"}), "h1")
	n.block()
	if got := n.try(issue("B"))[0]; got.Code != chain.CodeCertRevoked {
		t.Errorf("under a list that was voted for: %s (%s)", got.Code, got.Detail)
	}
}

// TestAReplacedCAsSeal: what an organisation's former seal signed, and nobody has taken yet, it
// stands by with the new one, whatever CA the old one is of.
func TestAReplacedCAsSeal(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w := n.ward
	old := w.Orgs["p1"].Seal
	entry := w.Found("p1", chain.OrgPharmacy, 0)
	n.adopt(n.change(membership.Change{Member: &entry}), "h1")
	n.block()
	st := w.Enrol(w.Orgs["p1"].Issue("dis-3", chain.RoleDispenser), n.now()).Statement
	st.Actor = old.Cert.ID()
	n.write(w.Sign(old, st))
}

// TestAnyOtherEndOrPayment: the money goes back after each end, and stays while the prescription
// that it paid stands.
func TestAnyOtherEndOrPayment(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w := n.ward
	n.write(w.Enrolments()...)
	at, seal := n.now(), w.Orgs["h1"].Seal
	refund := func(id string) chain.Record {
		return w.Record(seal, chain.KindPayRefund, "pay:"+id, 3, n.now(), chain.Facts{})
	}
	for _, id := range []string{"E", "P", "C", "D"} {
		n.write(w.Paid(id, at)...)
	}
	n.write(w.Record(w.Dispenser1, chain.KindClaim, "rx:C", 4, at, chain.Facts{}),
		w.Record(w.Dispenser1, chain.KindClaim, "rx:D", 4, at, chain.Facts{}))
	n.write(w.Record(w.Dispenser1, chain.KindDispense, "rx:D", 5, at, chain.Facts{Tags: []string{chaintest.Tag("D")}}))
	// Another settlement of a prescription that is paid already.
	n.write(w.Paid("T", at)[:2]...)
	for _, id := range []string{"T1", "T2"} {
		n.write(w.Record(w.Patient, chain.KindPayOpen, "pay:"+id, 1, at, chain.Facts{Ref: "rx:T"}),
			w.Record(seal, chain.KindPaySettle, "pay:"+id, 2, at, chain.Facts{}))
	}
	n.write(w.Record(seal, chain.KindPay, "rx:T", 3, at, chain.Facts{Ref: "pay:T1"}))
	n.time = at.Add(73 * time.Hour).UnixMilli()
	n.write(w.Record(seal, chain.KindExpire, "rx:E", 4, n.now(), chain.Facts{}))
	for id, want := range map[string]chain.Code{
		"E": chain.CodeOK, "P": chain.CodeReference, "C": chain.CodeReference, "D": chain.CodeReference,
		"T1": chain.CodeReference, "T2": chain.CodeOK,
	} {
		if got := n.try(refund(id))[0]; got.Code != want {
			t.Errorf("refund of %s: %s (%s), want %s", id, got.Code, got.Detail, want)
		}
	}
}

// TestNoCodeForAZeroCode: a pick-up chain whose next code would be zero is not claimed by what is
// no code.
func TestNoCodeForAZeroCode(t *testing.T) {
	n := pharmacy(t)
	w := n.ward
	paid := w.Paid("Z", n.now())
	paid[0] = facts(w, w.Doctor, paid[0], func(f *chain.Facts) { f.Pickup = chain.PickupNext(merkle.Hash{}).String() })
	n.write(paid...)
	for code, want := range map[string]chain.Code{"": chain.CodeBadCode, merkle.Hash{}.String(): chain.CodeOK} {
		if got := n.try(facts(w, w.Dispenser1, w.Claim(w.Dispenser1, "Z", 4, 1, n.now()),
			func(f *chain.Facts) { f.Code = code }))[0]; got.Code != want {
			t.Errorf("claim with %q: %s, want %s", code, got.Code, want)
		}
	}
}

// TestListsInForce: each height has its list, from the very height that the list names on.
func TestListsInForce(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	entry := n.ward.Found("h3", chain.OrgHospital, 2)
	n.adopt(n.change(membership.Change{Member: &entry}), "h1")
	lead := n.peers[0]
	from := lead.Head().Header.Height + 2
	for height, want := range map[int64]int{-1: 1, 0: 1, from - 1: 1, from: 2, from + 1: 2} {
		if got := len(lead.Validators(height)); got != want {
			t.Errorf("%d validators at height %d, want %d", got, height, want)
		}
	}
	if _, ok := lead.Roster().Org("h3"); ok {
		t.Error("a member is in force a height too early")
	}
	n.block()
	if _, ok := lead.Roster().Org("h3"); !ok {
		t.Errorf("the member is not in force for height %d", from)
	}
	// A list that waits no longer is voted on at its very height.
	if got := n.try(n.ward.Ballot("h1", n.change(membership.Change{Remove: "p2"}), 1,
		n.now()))[0]; got.Code != chain.CodeOK {
		t.Errorf("vote at the height the list is in force from: %s (%s)", got.Code, got.Detail)
	}
	change := VoterUpdates(lead.lists[0].roster, lead.lists[1].roster)
	if len(change) != 1 || change[0].Power != 2 {
		t.Errorf("a voter joins: %s", fmt.Sprint(change))
	}
	if back := VoterUpdates(lead.lists[1].roster, lead.lists[0].roster); len(back) != 1 || back[0].Power != 0 {
		t.Errorf("it leaves: %s", fmt.Sprint(back))
	}
}
