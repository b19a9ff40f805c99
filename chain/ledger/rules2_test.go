package ledger

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
)

// pharmacy is a network of schema 2 with people at work.
func pharmacy(t *testing.T) *network {
	n := newNetwork2(t, "h1")
	n.block()
	n.write(n.ward.Enrolments()...)
	return n
}

// tryAt judges a record in a block of that time, written at the same moment.
func (n *network) tryAt(ms int64, make func(at time.Time) chain.Record) Result {
	was := n.time
	defer func() { n.time = was }()
	n.time = ms
	return n.try(make(n.now()))[0]
}

// facts changes a record's facts and signs it anew by the same person.
func facts(w *chaintest.Ward, by *chaintest.Person, r chain.Record, change func(*chain.Facts)) chain.Record {
	change(&r.Statement.Facts)
	return w.Sign(by, r.Statement)
}

// TestToTheMillisecond: the last moment at which each step is taken, and the first at which it is
// refused.
func TestToTheMillisecond(t *testing.T) {
	n := pharmacy(t)
	w, start := n.ward, n.time
	n.write(append(append(w.Paid("P", n.now()), w.Paid("C", n.now())...), w.Issued("S", n.now()),
		w.Claim(w.Dispenser1, "C", 4, 1, n.now()))...)
	state, err := n.peers[0].Subject("rx:C")
	if err != nil {
		t.Fatal(err)
	}
	expires, lease := state.Expires, state.Until
	if lease >= expires || lease <= start {
		t.Fatalf("lease until %d, validity until %d", lease, expires)
	}
	seal := w.Orgs["h1"].Seal
	rec := func(by *chaintest.Person, k chain.Kind, id string, seq uint64, f chain.Facts) func(time.Time) chain.Record {
		return func(at time.Time) chain.Record { return w.Record(by, k, chain.SubjectRx+id, seq, at, f) }
	}
	claim := func(until func(at time.Time) time.Time) func(time.Time) chain.Record {
		return func(at time.Time) chain.Record {
			return facts(w, w.Dispenser1, w.Claim(w.Dispenser1, "P", 4, 1, at),
				func(f *chain.Facts) { f.Until = until(at).UnixMilli() })
		}
	}
	tillEnd := func(time.Time) time.Time { return time.UnixMilli(expires) }
	issue := func(change func(st *chain.Statement, at time.Time)) func(time.Time) chain.Record {
		return func(at time.Time) chain.Record {
			st := w.Issued("N", at).Statement
			change(&st, at)
			return w.Sign(w.Doctor, st)
		}
	}
	day, longest := 24*time.Hour, chain.MaxValidity
	for name, c := range map[string]struct {
		at   int64
		make func(time.Time) chain.Record
		want chain.Code
	}{
		"claim in the last moment": {expires - 1, claim(tillEnd), chain.CodeOK},
		"claim at the end": {expires, claim(func(at time.Time) time.Time { return at.Add(1) }),
			chain.CodeExpired},
		"lease to the validity's end": {start, claim(tillEnd), chain.CodeOK},
		"lease beyond it": {start, claim(func(time.Time) time.Time { return time.UnixMilli(expires + 1) }),
			chain.CodeBadLease},
		"lease that is over": {start, claim(func(at time.Time) time.Time { return at }), chain.CodeBadLease},
		"lease of a millisecond": {start, claim(func(at time.Time) time.Time { return at.Add(time.Millisecond) }),
			chain.CodeOK},
		"dispense in the last moment": {expires - 1,
			rec(w.Dispenser1, chain.KindDispense, "C", 5, chain.Facts{Tags: []string{chaintest.Tag("t")}}),
			chain.CodeOK},
		"dispense at the end": {expires,
			rec(w.Dispenser1, chain.KindDispense, "C", 5, chain.Facts{Tags: []string{chaintest.Tag("t")}}),
			chain.CodeExpired},
		"renew in the last moment": {expires - 1,
			rec(w.Dispenser1, chain.KindRenew, "C", 5, chain.Facts{Until: expires}), chain.CodeOK},
		"renew at the end": {expires,
			rec(w.Dispenser1, chain.KindRenew, "C", 5, chain.Facts{Until: expires + 1}), chain.CodeExpired},
		"renew beyond the end": {start,
			rec(w.Dispenser1, chain.KindRenew, "C", 5, chain.Facts{Until: expires + 1}), chain.CodeBadLease},
		"renew for no longer": {start, rec(w.Dispenser1, chain.KindRenew, "C", 5, chain.Facts{Until: lease}),
			chain.CodeBadLease},
		"renew for a millisecond": {start,
			rec(w.Dispenser1, chain.KindRenew, "C", 5, chain.Facts{Until: lease + 1}), chain.CodeOK},
		"lapse too early": {lease - 1, rec(w.Dispenser2, chain.KindLapse, "C", 5, chain.Facts{}),
			chain.CodeNotYet},
		"lapse at the lease's end": {lease, rec(w.Dispenser2, chain.KindLapse, "C", 5, chain.Facts{}), chain.CodeOK},
		"lapse by a pharmacy's seal": {lease, rec(w.Orgs["p2"].Seal, chain.KindLapse, "C", 5, chain.Facts{}),
			chain.CodeOK},
		"lapse by the hospital": {lease, rec(seal, chain.KindLapse, "C", 5, chain.Facts{}), chain.CodeOK},
		"lapse by another hospital": {lease, rec(w.Orgs["h2"].Seal, chain.KindLapse, "C", 5, chain.Facts{}),
			chain.CodeNotHolder},
		"claimed, expires too early": {expires - 1, rec(seal, chain.KindExpire, "C", 5, chain.Facts{}),
			chain.CodeNotYet},
		"claimed, expires at the end": {expires, rec(seal, chain.KindExpire, "C", 5, chain.Facts{}), chain.CodeOK},
		"paid, expires too early": {expires - 1, rec(seal, chain.KindExpire, "P", 4, chain.Facts{}),
			chain.CodeNotYet},
		"approve in the last moment": {expires - 1, rec(w.Reviewer, chain.KindApprove, "S", 2, chain.Facts{}),
			chain.CodeOK},
		"approve at the end": {expires + 2000, rec(w.Reviewer, chain.KindApprove, "S", 2, chain.Facts{}),
			chain.CodeExpired},
		"longest validity": {start,
			issue(func(st *chain.Statement, at time.Time) { st.Facts.Expires = at.Add(longest).UnixMilli() }),
			chain.CodeOK},
		"longer": {start,
			issue(func(st *chain.Statement, at time.Time) { st.Facts.Expires = at.Add(longest).UnixMilli() + 1 }),
			chain.CodeBadValidity},
		"till the end of numbers": {start,
			issue(func(st *chain.Statement, _ time.Time) { st.Facts.Expires = 1<<53 - 1 }), chain.CodeBadValidity},
		"dated back as far as it goes": {start, issue(func(st *chain.Statement, at time.Time) {
			st.Time = at.Add(-longest).UnixMilli()
			st.Facts.Expires = st.Time + 1
		}), chain.CodeOK},
		"dated back further": {start, issue(func(st *chain.Statement, at time.Time) {
			st.Time = at.Add(-longest).UnixMilli() - 1
			st.Facts.Expires = st.Time + 1
		}), chain.CodeBadValidity},
		"dated ahead as far as it goes": {start,
			issue(func(st *chain.Statement, at time.Time) { st.Time = at.Add(day).UnixMilli() }), chain.CodeOK},
		"dated ahead further": {start,
			issue(func(st *chain.Statement, at time.Time) { st.Time = at.Add(day).UnixMilli() + 1 }), chain.CodeNotYet},
		"dated years ahead": {start, issue(func(st *chain.Statement, at time.Time) {
			st.Time = at.AddDate(8, 0, 0).UnixMilli()
			st.Facts.Expires = st.Time + 1
		}), chain.CodeNotYet},
	} {
		if got := n.tryAt(c.at, c.make); got.Code != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got.Code, got.Detail, c.want)
		}
	}
	// A lease as long as it may be needs a validity that is longer.
	long := w.Issued("L", n.now()).Statement
	long.Facts.Expires = n.now().Add(2 * chain.MaxLease).UnixMilli()
	paid := w.Paid("L", n.now())
	paid[0] = w.Sign(w.Doctor, long)
	n.write(paid...)
	for extra, want := range map[time.Duration]chain.Code{0: chain.CodeOK, time.Millisecond: chain.CodeBadLease} {
		r := facts(w, w.Dispenser1, w.Claim(w.Dispenser1, "L", 4, 1, n.now()),
			func(f *chain.Facts) { f.Until = n.now().Add(chain.MaxLease + extra).UnixMilli() })
		if got := n.try(r)[0]; got.Code != want {
			t.Errorf("a lease of %s: %s (%s), want %s", chain.MaxLease+extra, got.Code, got.Detail, want)
		}
	}
}

// TestClaimNeedsTheCode: what a member sees on the chain does not let it claim, and what a former
// holder was told does not let it claim again.
func TestClaimNeedsTheCode(t *testing.T) {
	n := pharmacy(t)
	w, at := n.ward, n.now()
	n.write(w.Paid("P", at)...)
	with := func(seq uint64, by *chaintest.Person, code string) Result {
		return n.try(facts(w, by, w.Claim(by, "P", seq, 1, n.now()), func(f *chain.Facts) { f.Code = code }))[0]
	}
	state, err := n.peers[0].Subject("rx:P")
	if err != nil || state.Pickup == "" || state.Claims != 0 || len(state.Parties) != 1 {
		t.Fatalf("%+v %v", state, err)
	}
	first, _ := chain.PickupCode(chaintest.Foot("P"), 0)
	second, _ := chain.PickupCode(chaintest.Foot("P"), 1)
	for name, code := range map[string]string{
		"none": "", "what is on the chain": state.Pickup, "any": chaintest.Tag("any"),
		"the code after the next": second.String(),
	} {
		if got := with(4, w.Dispenser1, code); got.Code != chain.CodeBadCode {
			t.Errorf("claim with code %s: %s", name, got.Code)
		}
	}
	n.ward.V = 1
	if got := n.try(w.Record(w.Dispenser1, chain.KindClaim, "rx:P", 4, at,
		chain.Facts{}))[0]; got.Code != chain.CodeBadCode {
		t.Errorf("claim by a statement of version 1: %s", got.Code)
	}
	n.ward.V = 2
	n.write(w.Claim(w.Dispenser1, "P", 4, 1, n.now()))
	n.write(w.Record(w.Dispenser1, chain.KindRelease, "rx:P", 5, n.now(), chain.Facts{}))
	for name, code := range map[string]string{"it used": first.String(), "of the time before": state.Pickup} {
		if got := with(6, w.Dispenser1, code); got.Code != chain.CodeBadCode {
			t.Errorf("claim again with the code %s: %s", name, got.Code)
		}
	}
	n.write(w.Claim(w.Dispenser2, "P", 6, 2, n.now()))
	state, err = n.peers[0].Subject("rx:P")
	if err != nil || state.Pickup != second.String() || state.Claims != 2 || state.Holder != "p2" {
		t.Errorf("%+v %v", state, err)
	}
	// One of version 1 has no code and takes none.
	n.ward.V = 1
	n.write(w.Paid("OLD", n.now())...)
	n.ward.V = 2
	if got := n.try(w.Claim(w.Dispenser1, "OLD", 4, 1, n.now()))[0]; got.Code != chain.CodeBadCode {
		t.Errorf("a code for a prescription that asks for none: %s", got.Code)
	}
	n.write(facts(w, w.Dispenser1, w.Claim(w.Dispenser1, "OLD", 4, 1, n.now()), func(f *chain.Facts) { f.Code = "" }))
}

// TestPickupChainEnds: after the last code nobody claims.
func TestPickupChainEnds(t *testing.T) {
	n := pharmacy(t)
	w := n.ward
	n.write(w.Paid("P", n.now())...)
	seq := uint64(4)
	for claim := uint64(1); claim <= chain.PickupCodes; claim++ {
		n.write(w.Claim(w.Dispenser1, "P", seq, claim, n.now()),
			w.Record(w.Dispenser1, chain.KindRelease, "rx:P", seq+1, n.now(), chain.Facts{}))
		seq += 2
	}
	foot := chaintest.Foot("P")
	for _, code := range []string{"", foot.String(), chain.PickupNext(foot).String()} {
		r := facts(w, w.Dispenser1, w.Claim(w.Dispenser1, "P", seq, 1, n.now()), func(f *chain.Facts) { f.Code = code })
		if got := n.try(r)[0]; got.Code != chain.CodeBadCode {
			t.Errorf("claim after the last code: %s", got.Code)
		}
	}
}

// TestOneClaimsLife: it is renewed once, contested once, and what describes it ends with it.
func TestOneClaimsLife(t *testing.T) {
	n := pharmacy(t)
	w := n.ward
	rec := func(by *chaintest.Person, k chain.Kind, seq uint64, f chain.Facts) chain.Record {
		return w.Record(by, k, "rx:P", seq, n.now(), f)
	}
	in := func(d time.Duration) chain.Facts { return chain.Facts{Until: n.now().Add(d).UnixMilli()} }
	refused := func(what string, r chain.Record, want chain.Code) {
		t.Helper()
		if got := n.try(r)[0]; got.Code != want {
			t.Errorf("%s: %s (%s), want %s", what, got.Code, got.Detail, want)
		}
	}
	state := func() chain.SubjectState { return chaintest.Must(n.peers[0].Subject("rx:P")) }
	n.write(append(w.Paid("P", n.now()), w.Claim(w.Dispenser1, "P", 4, 1, n.now()))...)
	refused("another pharmacy renews", rec(w.Dispenser2, chain.KindRenew, 5, in(30*time.Hour)), chain.CodeNotHolder)
	n.write(rec(w.Dispenser1, chain.KindRenew, 5, in(30*time.Hour)))
	refused("renewed again", rec(w.Dispenser1, chain.KindRenew, 6, in(40*time.Hour)), chain.CodeBadLease)
	n.write(rec(w.Patient, chain.KindContest, 6, chain.Facts{}))
	refused("contested again", rec(w.Patient, chain.KindContest, 7, chain.Facts{}), chain.CodeTransition)
	if s := state(); s.Status != chain.StatusClaimed || !s.Renewed || !s.Contested || s.Holder != "p1" || s.Until == 0 {
		t.Errorf("renewed and contested: %+v", s)
	}
	n.write(rec(w.Dispenser1, chain.KindRelease, 7, chain.Facts{}))
	if s := state(); s.Status != chain.StatusPaid || s.Renewed || s.Contested || s.Holder != "" || s.Until != 0 ||
		s.Claims != 1 {
		t.Errorf("released: %+v", s)
	}
	n.write(w.Claim(w.Dispenser2, "P", 8, 2, n.now()), rec(w.Patient, chain.KindContest, 9, chain.Facts{}))
	refused("renewed against the patient's word", rec(w.Dispenser2, chain.KindRenew, 10, in(30*time.Hour)),
		chain.CodeBadLease)
	n.time = state().Until
	n.write(rec(w.Dispenser1, chain.KindLapse, 10, chain.Facts{}))
	if s := state(); s.Status != chain.StatusPaid || s.Contested || s.Holder != "" || s.Until != 0 || s.Claims != 2 {
		t.Errorf("lapsed: %+v", s)
	}
	n.write(w.Claim(w.Dispenser1, "P", 11, 3, n.now()))
	n.write(rec(w.Dispenser1, chain.KindDispense, 12, chain.Facts{Tags: []string{chaintest.Tag("P")}}))
	n.write(rec(w.Patient, chain.KindContest, 13, chain.Facts{}))
	if s := state(); s.Status != chain.StatusDispensed || !s.Contested {
		t.Errorf("contested after dispensing: %+v", s)
	}
	refused("contested again after dispensing", rec(w.Patient, chain.KindContest, 14, chain.Facts{}),
		chain.CodeTransition)
	n.write(append(w.Paid("Q", n.now()), w.Claim(w.Dispenser1, "Q", 4, 1, n.now()))...)
	n.time = chaintest.Must(n.peers[0].Subject("rx:Q")).Expires
	n.write(w.Record(w.Orgs["h1"].Seal, chain.KindExpire, "rx:Q", 5, n.now(), chain.Facts{}))
	if s := chaintest.Must(n.peers[0].Subject("rx:Q")); s.Status != chain.StatusExpired || s.Holder != "" ||
		s.Until != 0 {
		t.Errorf("expired while claimed: %+v", s)
	}
}

// TestNobodyElseEndsOrPaysIt: only the doctor who issued it, and who was named when it was issued,
// may act for it.
func TestNobodyElseEndsOrPaysIt(t *testing.T) {
	n := pharmacy(t)
	w, h1 := n.ward, n.ward.Orgs["h1"]
	doctor, patient := h1.Issue("doc-2", chain.RoleDoctor), h1.Issue("pat-2", chain.RolePatient)
	sameDoctor, samePatient := h1.Issue("doc-1", chain.RoleDoctor), h1.Issue("pat-1", chain.RolePatient)
	foreign := w.Orgs["h2"].Issue("pat-1", chain.RolePatient) // the same id at another hospital is somebody else
	for _, p := range []*chaintest.Person{doctor, patient, sameDoctor, samePatient, foreign} {
		n.write(w.Enrol(p, n.now()))
	}
	n.write(w.Paid("A", n.now())[:2]...)
	n.write(append(w.Paid("C", n.now()), w.Claim(w.Dispenser1, "C", 4, 1, n.now()))...)
	n.ward.V = 1
	n.write(w.Paid("OLD", n.now())[:2]...)
	n.ward.V = 2
	for name, c := range map[string]struct {
		by      *chaintest.Person
		kind    chain.Kind
		subject string
		seq     uint64
		want    chain.Code
	}{
		"another doctor cancels":              {doctor, chain.KindCancel, "rx:A", 3, chain.CodeNotParty},
		"another patient cancels":             {patient, chain.KindCancel, "rx:A", 3, chain.CodeNotParty},
		"another patient pays":                {patient, chain.KindPayOpen, "pay:A", 1, chain.CodeNotParty},
		"another patient contests":            {patient, chain.KindContest, "rx:C", 5, chain.CodeNotParty},
		"a namesake of another hospital pays": {foreign, chain.KindPayOpen, "pay:A", 1, chain.CodeReference},
		"a namesake elsewhere contests":       {foreign, chain.KindContest, "rx:C", 5, chain.CodeNotHolder},
		"the doctor by a newer key cancels":   {sameDoctor, chain.KindCancel, "rx:A", 3, chain.CodeOK},
		"the patient by a newer key cancels":  {samePatient, chain.KindCancel, "rx:A", 3, chain.CodeOK},
		"the patient by a newer key contests": {samePatient, chain.KindContest, "rx:C", 5, chain.CodeOK},
		"the patient pays":                    {w.Patient, chain.KindPayOpen, "pay:A", 1, chain.CodeOK},
		"another doctor cancels an old one":   {doctor, chain.KindCancel, "rx:OLD", 3, chain.CodeNotParty},
		"a patient pays an old one":           {patient, chain.KindPayOpen, "pay:OLD", 1, chain.CodeOK},
	} {
		var f chain.Facts
		if c.kind == chain.KindPayOpen {
			f.Ref = "rx:" + c.subject[len("pay:"):]
		}
		if got := n.try(w.Record(c.by, c.kind, c.subject, c.seq, n.now(), f))[0]; got.Code != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got.Code, got.Detail, c.want)
		}
	}
}

// TestNobodyIsOnBothSides: who prescribes or reviews is none of those who act for the patient,
// whatever the role of the certificate that names them.
func TestNobodyIsOnBothSides(t *testing.T) {
	n := pharmacy(t)
	w, h1 := n.ward, n.ward.Orgs["h1"]
	doctor, reviewer := h1.Issue("pat-1", chain.RoleDoctor), h1.Issue("pat-1", chain.RoleReviewer)
	n.write(w.Enrol(doctor, n.now()), w.Enrol(reviewer, n.now()))
	issue := func(by *chaintest.Person, id string, parties ...string) chain.Record {
		f := w.Issued(id, n.now()).Statement.Facts
		f.Parties = parties
		return w.Record(by, chain.KindIssue, "rx:"+id, 1, n.now(), f)
	}
	n.write(issue(w.Doctor, "A", "pat-1"), issue(w.Doctor, "B", "child-1", "pat-1"), issue(doctor, "C", "pat-2"))
	n.ward.V = 1
	n.write(w.Issued("OLD", n.now()))
	n.ward.V = 2
	for name, c := range map[string]struct {
		rec  chain.Record
		want chain.Code
	}{
		"prescribes for himself":       {issue(doctor, "D", "pat-1"), chain.CodeOwnParty},
		"prescribes for the own child": {issue(doctor, "E", "child-1", "pat-1"), chain.CodeOwnParty},
		"prescribes for another":       {issue(doctor, "F", "pat-2"), chain.CodeOK},
		"approves the own": {w.Record(reviewer, chain.KindApprove, "rx:A", 2, n.now(), chain.Facts{}),
			chain.CodeOwnParty},
		"rejects the own child's": {w.Record(reviewer, chain.KindReject, "rx:B", 2, n.now(), chain.Facts{}),
			chain.CodeOwnParty},
		"approves what he prescribed": {w.Record(reviewer, chain.KindApprove, "rx:C", 2, n.now(), chain.Facts{}),
			chain.CodeSelfReview},
		"approves one that names nobody": {w.Record(reviewer, chain.KindApprove, "rx:OLD", 2, n.now(), chain.Facts{}),
			chain.CodeOK},
	} {
		if got := n.try(c.rec)[0]; got.Code != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got.Code, got.Detail, c.want)
		}
	}
}
