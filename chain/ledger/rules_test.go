package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/gm"
)

// legal is the law written a second time by hand: status, kind, and the status that follows.
// Everything that is not here must be refused.
const legal = `
cert: -          cert.enrol   enrolled
cert: enrolled   cert.revoke  revoked
gov:  -          gov.vote     voted
gov:  voted      gov.vote     voted
rx:   -          rx.issue     signed
rx:   signed     rx.approve   approved
rx:   signed     rx.reject    rejected
rx:   approved   rx.pay       paid
rx:   paid       rx.claim     claimed
rx:   claimed    rx.release   paid
rx:   claimed    rx.dispense  dispensed
rx:   signed     rx.cancel    cancelled
rx:   approved   rx.cancel    cancelled
rx:   paid       rx.cancel    cancelled
rx:   signed     rx.expire    expired
rx:   approved   rx.expire    expired
rx:   paid       rx.expire    expired
pay:  -          pay.open     opened
pay:  opened     pay.settle   settled
pay:  opened     pay.fail     failed
pay:  settled    pay.refund   refunded
`

// legal2 is what schema 2 adds.
const legal2 = `
rx:   claimed    rx.renew     claimed
rx:   claimed    rx.lapse     paid
rx:   claimed    rx.contest   claimed
rx:   dispensed  rx.contest   dispensed
rx:   claimed    rx.expire    expired
`

// stands brings a fresh subject into every status and tells its sequence.
type stand struct {
	subject string
	seq     uint64
}

// stands writes one subject for every status of a prefix.
func stands(n *network) map[string]stand {
	w, at := n.ward, n.now()
	seal := w.Orgs["h1"].Seal
	step := func(by *chaintest.Person, k chain.Kind, subject string, seq uint64, f chain.Facts) chain.Record {
		return w.Record(by, k, subject, seq, at, f)
	}
	out := map[string]stand{"rx: -": {"rx:NONE", 0}, "pay: -": {"pay:NONE", 0}}
	add := func(name, id string, seq uint64, recs ...chain.Record) {
		n.write(recs...)
		prefix, _, _ := strings.Cut(name, " ")
		out[name] = stand{prefix + id, seq}
	}
	add("rx: signed", "S", 1, w.Issued("S", at))
	add("rx: approved", "A", 2, w.Paid("A", at)[:2]...)
	add("rx: rejected", "R", 2, w.Issued("R", at), step(w.Reviewer, chain.KindReject, "rx:R", 2, chain.Facts{}))
	add("rx: paid", "P", 3, w.Paid("P", at)...)
	add("rx: claimed", "C", 4, w.Journey("C", at)[:6]...)
	add("rx: dispensed", "D", 5, w.Journey("D", at)...)
	add("rx: cancelled", "X", 2, w.Issued("X", at), step(w.Doctor, chain.KindCancel, "rx:X", 2, chain.Facts{}))
	brief := w.Issued("E", at).Statement
	brief.Facts.Expires = n.time + 1
	short := w.Sign(w.Doctor, brief)
	n.write(short)
	add("rx: expired", "E", 2, step(seal, chain.KindExpire, "rx:E", 2, chain.Facts{}))
	add("pay: opened", "PO", 1, w.Paid("PO", at)[:3]...)
	add("pay: settled", "PS", 2, w.Paid("PS", at)[:4]...)
	add("pay: failed", "PF", 2, append(w.Paid("PF", at)[:3],
		step(seal, chain.KindPayFail, "pay:PF", 2, chain.Facts{}))...)
	add("pay: refunded", "PR", 3, append(w.Paid("PR", at)[:4],
		step(seal, chain.KindPayRefund, "pay:PR", 3, chain.Facts{}))...)
	return out
}

// attempt makes the best possible record of a kind on a subject by an organisation: whatever else
// is right, so that only status and role decide.
func attempt(n *network, k chain.Kind, s stand, org string) chain.Record {
	w := n.ward
	law, _ := chain.TransitionOf(k)
	by := w.Orgs[org].Seal
	for _, p := range []*chaintest.Person{w.Doctor, w.Reviewer, w.Patient, w.Dispenser1} {
		if p.Org == org && law.AllowsActor(chain.Role(p.Cert.SubjectRole()), chain.Newest) {
			by = p
		}
	}
	id := strings.TrimPrefix(s.subject, "rx:")
	var f chain.Facts
	switch k {
	case chain.KindIssue:
		f = w.Issued(id, n.now()).Statement.Facts
	case chain.KindPay:
		f.Ref = "pay:" + id
	case chain.KindPayOpen:
		f.Ref = "rx:A"
	case chain.KindClaim:
		f = w.Claim(by, id, 1, 1, n.now()).Statement.Facts
	case chain.KindRenew:
		f.Until = n.now().Add(48 * time.Hour).UnixMilli()
	case chain.KindDispense:
		f.Tags = []string{chaintest.Tag("new")}
	}
	return w.Record(by, k, s.subject, s.seq+1, n.now(), f)
}

func TestEveryStatusKindAndOrganisation(t *testing.T) {
	size.InTurn(t)
	t.Run("schema 1", func(t *testing.T) { everyStep(t, newNetwork(t, "h1"), legal) })
	t.Run("schema 2", func(t *testing.T) { everyStep(t, newNetwork2(t, "h1"), legal+legal2) })
}

// newNetwork2 is newNetwork where schema 2 is in force from the first height on.
func newNetwork2(t testing.TB, voters ...string) *network {
	return newNetworkOf(t, (*chaintest.Ward).Schema2, voters...)
}

func everyStep(t *testing.T, n *network, law string) {
	n.block()
	n.write(n.ward.Enrolments()...)
	places := stands(n)
	// The approved prescription must have a settled payment for rx.pay to be legal.
	n.write(n.ward.Paid("A", n.now())[2:4]...)
	n.time += (96 * time.Hour).Milliseconds() // beyond every validity: rx.expire and rx.lapse are due
	next := lawOf(law)
	tried := 0
	for place, s := range places {
		prefix, status, _ := strings.Cut(place, " ")
		for _, law := range chain.Transitions {
			if law.Prefix != prefix || law.Since > n.ward.V {
				continue
			}
			for _, org := range []string{"h1", "p1", "i1", "r1"} {
				at := n.time
				if law.Kind != chain.KindExpire && law.Kind != chain.KindLapse {
					n.time = genesis.UnixMilli() + 60_000 // within every validity
				}
				got := n.try(attempt(n, law.Kind, s, org))[0]
				n.time = at
				want := chain.CodeRole
				if _, ok := next[place+" "+string(law.Kind)]; ok && law.AllowsOrg(n.ward.Orgs[org].Role, n.ward.V) {
					want = chain.CodeOK
				} else if law.AllowsOrg(n.ward.Orgs[org].Role, n.ward.V) {
					want = chain.CodeTransition
				}
				if got.Code != want {
					t.Errorf("%s from %s by %s: %s (%s), want %s", law.Kind, status, org, got.Code, got.Detail, want)
				}
				tried++
			}
		}
	}
	if want := 4 * pairs(next, "cert:", "gov:"); tried != want { // those are walked by tests of their own
		t.Errorf("tried %d, want %d: a status without a stand?", tried, want)
	}
}

// pairs counts statuses times kinds of every prefix of a hand-written law but some.
func pairs(next map[string]string, but ...string) (n int) {
	statuses, kinds := map[string]map[string]bool{}, map[string]map[string]bool{}
	for from, to := range next {
		f := strings.Fields(from)
		if statuses[f[0]] == nil {
			statuses[f[0]], kinds[f[0]] = map[string]bool{}, map[string]bool{}
		}
		statuses[f[0]][f[1]], statuses[f[0]][to], kinds[f[0]][f[2]] = true, true, true
	}
	for prefix := range statuses {
		if !slices.Contains(but, prefix) {
			n += len(statuses[prefix]) * len(kinds[prefix])
		}
	}
	return n
}

// lawOf reads a hand-written law: status and kind lead to a status.
func lawOf(law string) map[string]string {
	next := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(law), "\n") {
		if f := strings.Fields(line); len(f) == 4 {
			next[f[0]+" "+f[1]+" "+f[2]] = f[3]
		}
	}
	return next
}

// The book's, as of schema 2. TestBook and TestThieves walk it.
const legalBook = `
lot: -       lot.open    open
lot: open    lot.freeze  frozen
lot: frozen  lot.freeze  frozen
lot: frozen  lot.thaw    open
lot: open    lot.close   closed
lot: frozen  lot.close   closed
move: -       move.pay   done
move: -       move.open  pending
move: pending move.take  done
move: pending move.void  void
`

// TestTransitionsAreTheLaw holds the table that the ledger reads against the ones above.
func TestTransitionsAreTheLaw(t *testing.T) {
	for schema, want := range map[int]map[string]string{1: lawOf(legal), 2: lawOf(legal + legal2 + legalBook)} {
		got := map[string]string{}
		for _, law := range chain.Transitions {
			if law.Since > schema {
				continue
			}
			for _, from := range append(statuses(), chain.StatusNone) {
				if law.AllowsFrom(from, schema) {
					got[fmt.Sprintf("%s %s %s", law.Prefix, cmp.Or(from, "-"), law.Kind)] = string(law.Next(from))
				}
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("chain.Transitions of schema %d:\n%v\nwant\n%v", schema, got, want)
		}
	}
}

// statuses are all that a subject may have.
func statuses() (all []chain.Status) {
	for _, law := range chain.Transitions {
		all = append(append(all, law.Froms(chain.Newest)...), law.To)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(s chain.Status) bool { return s == chain.StatusNone })
}

func TestRefusals(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w := n.ward
	n.write(w.Enrolments()...)
	at := n.now()
	h1, h2, p1, p2 := w.Orgs["h1"], w.Orgs["h2"], w.Orgs["p1"], w.Orgs["p2"]
	n.write(w.Issued("S", at))
	n.write(w.Paid("P", at)...)
	n.write(w.Journey("C", at)[:6]...)
	n.write(w.Journey("D", at)...)
	n.write(w.Paid("A", at)[:2]...)
	doctor2 := h2.Issue("doc-9", chain.RoleDoctor)
	both := h1.Issue("doc-1", chain.RoleReviewer) // the prescriber's own certificate as a reviewer
	gone := h1.Issue("doc-3", chain.RoleDoctor)
	n.write(w.Enrol(doctor2, at), w.Enrol(both, at), w.Enrol(gone, at))
	n.write(w.Record(h1.Seal, chain.KindRevoke, chain.SubjectCert+gone.Cert.ID(), 2, at, chain.Facts{}))
	late := h1.IssueFor("doc-4", chain.RoleDoctor, chaintest.Must(gm.GenerateKey()), at.Add(-time.Hour),
		at.Add(time.Hour))
	n.write(w.Enrol(late, at))

	rec := func(by *chaintest.Person, k chain.Kind, subject string, seq uint64, f chain.Facts) chain.Record {
		return w.Record(by, k, subject, seq, at, f)
	}
	issue := func(by *chaintest.Person, change func(*chain.Statement)) chain.Record {
		st := w.Statement(by, chain.KindIssue, "rx:NEW", 1, at, chain.Facts{Expires: at.UnixMilli() + 1e6})
		change(&st)
		return w.Sign(by, st)
	}
	keep := func(*chain.Statement) {}
	spoil := func(r chain.Record, change func(*chain.Record)) chain.Record { change(&r); return r }
	stranger := h1.Issue("doc-5", chain.RoleDoctor)
	tooLate := at.Add(73 * time.Hour)

	for name, c := range map[string]struct {
		rec  chain.Record
		want chain.Code
	}{
		"good": {issue(w.Doctor, keep), chain.CodeOK},
		"other chain": {issue(w.Doctor, func(s *chain.Statement) { s.Chain = "other" }),
			chain.CodeWrongChain},
		"not enrolled": {issue(stranger, keep), chain.CodeUnknownCert},
		"revoked":      {issue(gone, keep), chain.CodeCertRevoked},
		"certificate out of validity": {
			issue(late, func(s *chain.Statement) {
				s.Time = at.Add(2 * time.Hour).
					UnixMilli()
				s.Facts.Expires = s.Time + 1e6
			}), chain.CodeCertExpired},
		"actor's signature of another": {spoil(issue(w.Doctor, keep), func(r *chain.Record) {
			r.ActorSig = rec(w.Reviewer, chain.KindApprove, "rx:S", 2, chain.Facts{}).ActorSig
			*r = w.Seal(*r)
		}), chain.CodeBadSignature},
		"organisation's over other": {
			spoil(issue(w.Doctor, keep), func(r *chain.Record) { r.OrgSig = issue(w.Doctor, keep).OrgSig }),
			chain.CodeBadSignature},
		"sealed with another's seal": {
			spoil(issue(w.Doctor, keep), func(r *chain.Record) { r.OrgCert = h2.Seal.Cert.ID() }), chain.CodeRole},
		"doctor lent to a hospital": {issue(w.Doctor, func(s *chain.Statement) { s.Org = "h2" }), chain.CodeRole},
		"reviewer issues":           {issue(w.Reviewer, keep), chain.CodeRole},
		"patient approves":          {rec(w.Patient, chain.KindApprove, "rx:S", 2, chain.Facts{}), chain.CodeRole},
		"pharmacy issues":           {issue(w.Dispenser1, keep), chain.CodeRole},
		"hospital dispenses": {
			rec(h1.Seal, chain.KindDispense, "rx:C", 5, chain.Facts{Tags: []string{chaintest.Tag("x")}}),
			chain.CodeRole},
		"doctor with a dead hand": {rec(w.Doctor, chain.KindExpire, "rx:S", 2, chain.Facts{}), chain.CodeRole},
		"sequence repeated": {rec(w.Reviewer, chain.KindApprove, "rx:S", 1, chain.Facts{}),
			chain.CodeSequence},
		"sequence skipped": {rec(w.Reviewer, chain.KindApprove, "rx:S", 3, chain.Facts{}),
			chain.CodeSequence},
		"paid without review": {rec(h1.Seal, chain.KindPay, "rx:S", 2, chain.Facts{Ref: "pay:P"}),
			chain.CodeTransition},
		"review of another hospital": {rec(h2.Seal, chain.KindPay, "rx:A", 3, chain.Facts{Ref: "pay:P"}),
			chain.CodeNotHolder},
		"doctor of another cancels": {rec(doctor2, chain.KindCancel, "rx:S", 2, chain.Facts{}),
			chain.CodeNotHolder},
		"reviews own prescription": {rec(both, chain.KindApprove, "rx:S", 2, chain.Facts{}), chain.CodeSelfReview},
		"rejects own prescription": {rec(both, chain.KindReject, "rx:S", 2, chain.Facts{}), chain.CodeSelfReview},
		"issued already expired": {
			issue(w.Doctor, func(s *chain.Statement) { s.Facts.Expires = at.UnixMilli() }), chain.CodeExpired},
		"approved too late": {w.Record(w.Reviewer, chain.KindApprove, "rx:S", 2, tooLate, chain.Facts{}),
			chain.CodeExpired},
		"claimed too late": {w.Record(w.Dispenser1, chain.KindClaim, "rx:P", 4, tooLate, chain.Facts{}),
			chain.CodeExpired},
		"paid too late": {
			w.Record(h1.Seal, chain.KindPay, "rx:A", 3, tooLate, chain.Facts{Ref: "pay:P"}), chain.CodeExpired},
		"expired by a clock ahead": {w.Record(h1.Seal, chain.KindExpire, "rx:S", 2, tooLate, chain.Facts{}),
			chain.CodeNotYet},
		"paid by another's settlement": {rec(h1.Seal, chain.KindPay, "rx:A", 3, chain.Facts{Ref: "pay:P"}),
			chain.CodeReference},
		"paid by nothing": {rec(h1.Seal, chain.KindPay, "rx:A", 3, chain.Facts{Ref: "pay:NOWHERE"}),
			chain.CodeReference},
		"settlement for no approval": {rec(w.Patient, chain.KindPayOpen, "pay:N", 1, chain.Facts{Ref: "rx:S"}),
			chain.CodeReference},
		"refund while it stands": {rec(h1.Seal, chain.KindPayRefund, "pay:P", 3, chain.Facts{}),
			chain.CodeReference},
		"released by another pharmacy": {rec(w.Dispenser2, chain.KindRelease, "rx:C", 5, chain.Facts{}),
			chain.CodeNotHolder},
		"dispensed by another pharmacy": {
			rec(w.Dispenser2, chain.KindDispense, "rx:C", 5, chain.Facts{Tags: []string{chaintest.Tag("y")}}),
			chain.CodeNotHolder},
		"tag used before": {
			rec(w.Dispenser1, chain.KindDispense, "rx:C", 5,
				chain.Facts{Tags: []string{chaintest.Tag("z"), chaintest.Tag("pay:D")}}), chain.CodeTagUsed},
		"claimed twice": {rec(w.Dispenser2, chain.KindClaim, "rx:C", 5, chain.Facts{}),
			chain.CodeTransition},
		"enrolled twice":          {w.Enrol(w.Doctor, at.Add(time.Second)), chain.CodeDuplicateCert},
		"dispenser by a hospital": {w.Enrol(h1.Issue("dis-9", chain.RoleDispenser), at), chain.CodeBadCert},
		"doctor by a pharmacy":    {w.Enrol(p1.Issue("doc-9", chain.RoleDoctor), at), chain.CodeBadCert},
		"seal as a person":        {w.Enrol(h1.Issue("seal-2", chain.RoleSeal), at), chain.CodeBadCert},
		"a name as CN":            {w.Enrol(h1.Issue("王医生", chain.RoleDoctor), at), chain.CodeBadCert},
		"key of another person": {
			w.Enrol(h1.IssueFor("doc-6", chain.RoleReviewer, w.Doctor.Key, at.Add(-time.Hour), at.AddDate(1, 0, 0)),
				at), chain.CodeBadCert},
		"same person's renewal": {
			w.Enrol(h1.IssueFor("doc-1", chain.RoleDoctor, w.Doctor.Key, at.Add(-time.Hour), at.AddDate(1, 0, 0)), at),
			chain.CodeOK},
		"certificate of another's CA": {
			w.Record(p2.Seal, chain.KindEnrol, chain.SubjectCert+w.Dispenser1.Cert.ID(), 1, at,
				w.Enrol(w.Dispenser1, at).Statement.Facts), chain.CodeDuplicateCert},
		"revoked by another": {
			rec(p1.Seal, chain.KindRevoke, chain.SubjectCert+w.Doctor.Cert.ID(), 2, chain.Facts{}),
			chain.CodeNotHolder},
	} {
		if got := n.try(c.rec)[0]; got.Code != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got.Code, got.Detail, c.want)
		}
	}
}

// TestMoneyGoesBack: refunds are allowed exactly when the prescription ended unused or was paid by
// another settlement.
func TestMoneyGoesBack(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w := n.ward
	n.write(w.Enrolments()...)
	at, seal := n.now(), w.Orgs["h1"].Seal
	refund := func(pay string) chain.Record { return w.Record(seal, chain.KindPayRefund, pay, 3, at, chain.Facts{}) }
	n.write(w.Paid("X", at)...)
	n.write(w.Record(w.Patient, chain.KindCancel, "rx:X", 4, at, chain.Facts{}))
	n.write(refund("pay:X"))
	n.write(w.Paid("Y", at)[:4]...) // settled, but the hospital has not marked it paid
	n.write(refund("pay:Y"))
	if got := n.try(w.Record(seal, chain.KindPay, "rx:Y", 3, at,
		chain.Facts{Ref: "pay:Y"}))[0]; got.Code != chain.CodeReference {
		t.Errorf("paid by refunded money: %s", got.Code)
	}
}

// TestReleaseLetsAnotherClaim: the lock passes on, and a record inside one batch sees the one
// before it.
func TestReleaseLetsAnotherClaim(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w := n.ward
	n.write(w.Enrolments()...)
	at := n.now()
	n.write(append(w.Journey("P", at)[:6],
		w.Record(w.Dispenser1, chain.KindRelease, "rx:P", 5, at, chain.Facts{}),
		w.Record(w.Dispenser2, chain.KindClaim, "rx:P", 6, at, chain.Facts{}))...)
	s, err := n.peers[0].Subject("rx:P")
	if err != nil || s.Holder != "p2" || s.Seq != 6 || s.Org != "h1" || s.Person != "doc-1" || s.Ref != "pay:P" {
		t.Errorf("%+v %v", s, err)
	}
}

// TestOneBadRecordSpoilsNoOther: each record of a batch has its own verdict, and one that comes
// again its first place.
func TestOneBadRecordSpoilsNoOther(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w := n.ward
	n.write(w.Enrolments()...)
	at := n.now()
	first := w.Issued("A", at)
	n.write(first)
	height := n.peers[0].Head().Header.Height
	again, stray := w.Sign(w.Doctor, first.Statement),
		w.Record(w.Reviewer, chain.KindApprove, "rx:NOWHERE", 1, at, chain.Facts{})
	got := n.block(batch(again, stray, w.Issued("B", at)))
	if got[0].Code != chain.CodeOK || got[0].Height != height {
		t.Errorf("same statement signed again: %+v", got[0])
	}
	if got[1].Code != chain.CodeTransition || got[1].Height != 0 {
		t.Errorf("stray: %+v", got[1])
	}
	if got[2].Code != chain.CodeOK || got[2].Height != height+1 {
		t.Errorf("good one after it: %+v", got[2])
	}
}
