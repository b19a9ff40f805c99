package lifecycle

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/prescriptiontest"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// TestVerbsAtTheirBoundaries: what TestVerbsRefuse refuses, at the last value that is taken and the
// first that is not; and each of two conditions alone. want nil: it is taken.
func TestVerbsAtTheirBoundaries(t *testing.T) {
	late := func(t time.Time) When { return When{t, t, chain.Schema2} }
	reasons := func(n int) (all []string) {
		for range n {
			all = append(all, "剂量不当")
		}
		return all
	}
	review := func(kind chain.Kind, d Decision, change func(r *parties.Reviewer,
		v *parties.Visit)) func(w walker) error {
		return func(w walker) error {
			r, v := reviewer, prescriptiontest.GoodOrder().Visit
			change(&r, &v)
			_, err := w.p.PlanReview(r, v, Present{}, d, kind, At(w.now))
			return err
		}
	}
	asIs := func(*parties.Reviewer, *parties.Visit) {}
	cancel := func(a intent.Actor) func(w walker) error {
		return func(w walker) error {
			_, err := w.p.PlanCancel(Canceller{a, "不需要了"}, At(w.now))
			return err
		}
	}
	claim := func(change func(d *parties.Dispenser)) func(w walker) error {
		return func(w walker) error {
			d := dispenser
			change(&d)
			_, err := w.p.PlanClaim(d, ClaimInput{AccessCode: w.p.s.AccessCode}, Present{}, redemption.NewSecret(),
				DefaultLease, At(w.now))
			return err
		}
	}
	expire := func(schema int, before time.Duration) func(w walker) error {
		return func(w walker) error {
			end := w.p.s.ExpiresAt.Add(-before)
			_, err := w.p.PlanExpire(When{end, end, schema})
			return err
		}
	}
	dispense := func(prepare func(p *Prescription), before time.Duration) func(w walker) error {
		return func(w walker) error {
			prepare(w.p)
			h := HandOut{Secret: w.p.s.Claim.Secret, Checklist: document.AllChecked, Items: traces(w.p.s.Items)}
			_, err := w.p.PlanDispense(dispenser, h, Present{}, FateCommitted, plainTag,
				late(w.p.s.leaseEnd().Add(-before)))
			return err
		}
	}
	as := func(*Prescription) {}
	atItsEnd := func(p *Prescription) { p.s.Claim.Until = p.s.ExpiresAt }
	for _, tt := range []struct {
		name string
		from prescription.Status
		do   func(w walker) error
		want error
	}{
		{"approve", prescription.Signed, review(chain.KindApprove, Decision{}, asIs), nil},
		{"approve with reasons", prescription.Signed, review(chain.KindApprove, Decision{Reasons: reasons(1)}, asIs),
			nil},
		{"reject for as many reasons as there may be", prescription.Signed,
			review(chain.KindReject, Decision{Reasons: reasons(10)}, asIs), nil},
		{"reject for one more", prescription.Signed, review(chain.KindReject, Decision{Reasons: reasons(11)}, asIs),
			prescription.ErrInvalid},
		{"reject for a word", prescription.Signed, review(chain.KindReject, Decision{Reasons: []string{"x"}}, asIs), prescription.ErrInvalid},
		{"reject and override", prescription.Signed,
			review(chain.KindReject, Decision{Reasons: reasons(1), Overrides: []rules.Override{{Key: "k",
				Reason: "写明的理由"}}}, asIs),
			prescription.ErrInvalid},
		{"approve in the licence's last moment", prescription.Signed,
			review(chain.KindApprove, Decision{}, func(r *parties.Reviewer,
				_ *parties.Visit) {
				r.LicensedUntil = prescriptiontest.Noon.Add(1)
			}), nil},
		{"approve at its end", prescription.Signed,
			review(chain.KindApprove, Decision{}, func(r *parties.Reviewer,
				_ *parties.Visit) {
				r.LicensedUntil = prescriptiontest.Noon
			}), prescription.ErrRefused},
		{"approve what comes of no visit", prescription.Signed,
			review(chain.KindApprove, Decision{}, func(_ *parties.Reviewer, v *parties.Visit) { v.Cancelled = true }),
			prescription.ErrRefused},
		{"reject what comes of no visit", prescription.Signed,
			review(chain.KindReject, Decision{Reasons: reasons(1)}, func(_ *parties.Reviewer,
				v *parties.Visit) {
				v.Cancelled = true
			}),
			nil},

		{"a draft is paid", prescription.Draft, func(w walker) error { _, err := w.p.PlanPay("S1", At(w.now)); return err },
			prescription.ErrRefused},
		{"a signed one is paid", prescription.Signed, func(w walker) error { _, err := w.p.PlanPay("S1", At(w.now)); return err },
			prescription.ErrRefused},
		{"a reviewed one is paid", prescription.Approved,
			func(w walker) error { _, err := w.p.PlanPay("S1", At(w.now)); return err }, nil},

		{"its doctor cancels", prescription.Approved, cancel(intent.Actor{Person: "doc-1", Role: chain.RoleDoctor}), nil},
		{"another doctor cancels", prescription.Approved, cancel(intent.Actor{Person: "doc-2", Role: chain.RoleDoctor}),
			prescription.ErrNotFound},
		{"its doctor in another role", prescription.Approved, cancel(intent.Actor{Person: "doc-1", Role: chain.RoleReviewer}),
			prescription.ErrNotFound},
		{"its patient cancels", prescription.Approved, cancel(intent.Actor{Person: "pat-1", Role: chain.RolePatient}), nil},
		{"a guardian of later cancels", prescription.Approved,
			cancel(intent.Actor{Person: "gua-1", Role: chain.RolePatient, Wards: []string{"pat-1"}}),
			prescription.ErrRole},

		{"expire at the end", prescription.Paid, expire(chain.Version, 0), nil},
		{"expire before it", prescription.Paid, expire(chain.Version, 1), prescription.ErrStatus},
		{"expire a claimed one", prescription.Claimed, expire(chain.Schema2, 0), nil},
		{"expire a claimed one of schema 1", prescription.Claimed, expire(chain.Version, 0), prescription.ErrStatus},
		{"expire a draft", prescription.Draft, func(w walker) error {
			_,
				err := w.p.PlanExpire(late(prescriptiontest.Noon))
			return err
		}, prescription.ErrStatus},

		{"claim in the licence's last moment", prescription.Paid,
			claim(func(d *parties.Dispenser) { d.LicensedUntil = prescriptiontest.Noon.Add(1) }), nil},
		{"claim at its end", prescription.Paid,
			claim(func(d *parties.Dispenser) { d.LicensedUntil = prescriptiontest.Noon }), prescription.ErrRefused},
		{"claim for no pharmacy", prescription.Paid, claim(func(d *parties.Dispenser) { d.Pharmacy = "" }), prescription.ErrRefused},

		{"release what nobody holds", prescription.Paid, func(w walker) error {
			_, err := w.p.PlanRelease(dispenser, "", "", FateCommitted, At(w.now))
			return err
		}, ErrNotHolder},
		{"release what was handed out", prescription.Dispensed, func(w walker) error {
			_, err := w.p.PlanRelease(dispenser, w.p.s.Claim.Secret, "", FateCommitted, At(w.now))
			return err
		}, prescription.ErrStatus},

		{"dispense before the lease's last minute", prescription.Claimed, dispense(as, dispenseMargin+1), nil},
		{"dispense in it", prescription.Claimed, dispense(as, dispenseMargin), prescription.ErrRefused},
		{"dispense in it, when the lease ends with the validity", prescription.Claimed, dispense(atItsEnd, dispenseMargin), nil},
		{"dispense what is contested", prescription.Claimed,
			dispense(func(p *Prescription) { p.s.Claim.ContestedAt = prescriptiontest.Noon }, dispenseMargin+1),
			prescription.ErrRefused},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.do(in(t, tt.from)); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

// TestWhoseNameIsOnIt: a withdrawal's document has the name of who withdrew.
func TestWhoseNameIsOnIt(t *testing.T) {
	p := in(t, prescription.Approved).p
	p.s.Patient.GuardianName, p.s.Patient.Guardians = "早监护人",
		[]parties.Guardian{{Person: "gua-1", Name: "甲"}, {Person: "gua-2", Name: "乙"}}
	for _, c := range []struct {
		person string
		role   chain.Role
		want   string
	}{
		{"doc-1", chain.RoleDoctor, "李医生"}, {"pat-1", chain.RolePatient, "张三"}, {"gua-1", chain.RolePatient, "甲"},
		{"gua-2", chain.RolePatient, "乙"},
		{"gua-0", chain.RolePatient, "早监护人"},
	} {
		if got := p.nameOf(intent.Actor{Person: c.person, Role: c.role}); got != c.want {
			t.Errorf("%s: %s, want %s", c.person, got, c.want)
		}
	}
}

// TestMoneyOfWhatEnded: money is owed for what was paid here, of the very settlement, and noted
// again without harm.
func TestMoneyOfWhatEnded(t *testing.T) {
	for name, c := range map[string]struct {
		state State
		want  RefundState
	}{
		"paid here": {State{Settlement: "S1"}, RefundDue}, "never paid": {State{}, NoRefund},
		"paid elsewhere": {State{Settlement: "S1", ReceivedAt: prescriptiontest.Noon}, NoRefund},
	} {
		if c.state.oweRefund(); c.state.Refund != c.want {
			t.Errorf("%s: %q", name, c.state.Refund)
		}
	}
	p := in(t, prescription.Paid).p
	if err := p.Refunded("S1", prescriptiontest.Noon); !errors.Is(err, prescription.ErrStatus) {
		t.Errorf("money of what stands: %v", err)
	}
	p = in(t, prescription.Expired).p
	if err := p.Refunded("S2", prescriptiontest.Noon); !errors.Is(err, prescription.ErrStatus) {
		t.Errorf("another settlement: %v", err)
	}
	for range 2 {
		if err := p.Refunded("S1", prescriptiontest.Noon); err != nil || p.s.Refund != RefundDone {
			t.Errorf("its settlement: %v %s", err, p.s.Refund)
		}
	}
}

// step is the next record of a prescription as another application wrote it.
func (w walker) step(kind chain.Kind, f chain.Facts) Learned {
	st := chain.Statement{Kind: kind, Org: "ph9", Seq: w.p.Seq() + 1, Time: prescriptiontest.Noon.UnixMilli(), Facts: f}
	return Learned{Record: chain.Committed{ID: "rec", Record: chain.Record{Statement: st}}, Person: "dis-9",
		OrgName: "第九药店"}
}

// TestLearnedSteps: what the chain holds is taken over when it is the next step of this history,
// and nothing else is.
func TestLearnedSteps(t *testing.T) {
	for name, c := range map[string]struct {
		from   prescription.Status
		kind   chain.Kind
		facts  chain.Facts
		change func(l *Learned)
		role   chain.Role
		want   error
	}{
		"a claim": {prescription.Paid, chain.KindClaim, chain.Facts{Until: prescriptiontest.Noon.UnixMilli() + 1},
			func(*Learned) {},
			chain.RoleDispenser, nil},
		"a claim of version 1": {prescription.Paid, chain.KindClaim, chain.Facts{}, func(*Learned) {},
			chain.RoleDispenser, nil},
		"not the next": {prescription.Paid, chain.KindClaim, chain.Facts{},
			func(l *Learned) { l.Record.Record.Statement.Seq++ }, "", ErrDiverged},
		"the one before": {prescription.Paid, chain.KindClaim, chain.Facts{},
			func(l *Learned) { l.Record.Record.Statement.Seq-- }, "", ErrDiverged},
		"from no such status": {prescription.Signed, chain.KindClaim, chain.Facts{}, func(*Learned) {}, "", ErrDiverged},
		"a payment": {prescription.Approved, chain.KindPay, chain.Facts{Ref: "pay:X"}, func(*Learned) {}, "",
			ErrDiverged},
		"a lapse by a person": {prescription.Claimed, chain.KindLapse, chain.Facts{}, func(*Learned) {},
			chain.RoleDispenser, nil},
		"a lapse by a seal": {prescription.Claimed, chain.KindLapse, chain.Facts{}, func(l *Learned) { l.Person = "" },
			chain.RoleSeal, nil},
		"a patient's cancel": {prescription.Paid, chain.KindCancel, chain.Facts{}, func(l *Learned) { l.Person = "pat-1" },
			chain.RolePatient, nil},
		"a doctor's cancel": {prescription.Paid, chain.KindCancel, chain.Facts{}, func(l *Learned) { l.Person = "doc-1" },
			chain.RoleDoctor, nil},
		"an expiry": {prescription.Claimed, chain.KindExpire, chain.Facts{}, func(*Learned) {}, chain.RoleSeal, nil},
		"a contest": {prescription.Claimed, chain.KindContest, chain.Facts{}, func(*Learned) {}, chain.RolePatient,
			nil},
		"a renewal": {prescription.Claimed, chain.KindRenew, chain.Facts{Until: prescriptiontest.Noon.UnixMilli() + 5},
			func(*Learned) {},
			chain.RoleDispenser, nil},
	} {
		w := in(t, c.from)
		before := w.p.State()
		l := w.step(c.kind, c.facts)
		c.change(&l)
		ev, err := w.p.Learn(l, prescriptiontest.Noon)
		if !errors.Is(err, c.want) || err == nil &&
			(ev.Role != c.role || w.p.Seq() != before.Seq+1 || w.p.LastRecord() != "rec" ||
				ev.Previous != before.LastRecord) {
			t.Errorf("%s: %+v, %v", name, ev, err)
		}
		if err != nil {
			continue
		}
		if c.kind == chain.KindClaim &&
			(w.p.s.Claim.Until.IsZero() != (c.facts.Until == 0) || !w.p.s.Claim.Elsewhere()) {
			t.Errorf("%s: until %v", name, w.p.s.Claim.Until)
		}
		roundTrip(t, w.p)
	}
}

// TestUndoneSteps: a step that lost its place is taken back to where the prescription stood before
// it, and only the last one.
func TestUndoneSteps(t *testing.T) {
	last := func(w walker, kind chain.Kind) Event {
		return Event{Kind: kind, Previous: "before", Act: Act{Record: w.p.LastRecord()}}
	}
	for name, c := range map[string]struct {
		way  []chain.Kind
		want prescription.Status
		err  error
	}{
		"a claim": {
			[]chain.Kind{chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindClaim}, prescription.Paid, nil},
		"a lapse": {
			[]chain.Kind{chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindClaim, chain.KindLapse},
			prescription.Claimed, nil},
		"a withdrawal when signed": {[]chain.Kind{chain.KindIssue, chain.KindCancel}, prescription.Signed, nil},
		"when approved": {[]chain.Kind{chain.KindIssue, chain.KindApprove, chain.KindCancel},
			prescription.Approved, nil},
		"when paid": {
			[]chain.Kind{chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindCancel}, prescription.Paid, nil},
		"an expiry when paid": {
			[]chain.Kind{chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindExpire}, prescription.Paid, nil},
		"an expiry when claimed": {
			[]chain.Kind{chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindClaim, chain.KindExpire},
			prescription.Claimed, nil},
		"a withdrawal after a lapse": {
			[]chain.Kind{chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindClaim, chain.KindLapse,
				chain.KindCancel}, prescription.Paid, nil},
		"a review": {[]chain.Kind{chain.KindIssue, chain.KindApprove}, "", ErrDiverged},
	} {
		w := walker{t, draft(t), prescriptiontest.Noon}
		for _, kind := range c.way {
			if err := w.do(kind); err != nil {
				t.Fatalf("%s: %s: %v", name, kind, err)
			}
			w.now = prescriptiontest.Noon
		}
		kind, seq := c.way[len(c.way)-1], w.p.Seq()
		if slices.Contains(Losing, kind) != (c.err == nil) {
			t.Errorf("%s: Losing is %v", name, Losing)
		}
		other := last(w, kind)
		if other.Record = "other"; !errors.Is(w.p.Undo(other, prescriptiontest.Noon), ErrDiverged) {
			t.Errorf("%s: one that is not the last is undone", name)
		}
		if err := w.p.Undo(last(w, kind), prescriptiontest.Noon); !errors.Is(err, c.err) {
			t.Errorf("%s: %v", name, err)
		} else if err == nil && (w.p.Status() != c.want || w.p.Seq() != seq-1 || w.p.LastRecord() != "before" ||
			w.p.s.Refund != NoRefund) {
			t.Errorf("%s: %s, sequence %d", name, w.p.Status(), w.p.Seq())
		}
	}
	for _, end := range []prescription.Status{prescription.Cancelled, prescription.Expired} {
		w := in(t, end)
		w.p.s.Refund = RefundDone
		if err := w.p.Undo(last(w, map[prescription.Status]chain.Kind{prescription.Cancelled: chain.KindCancel,
			prescription.Expired: chain.KindExpire}[end]),
			prescriptiontest.Noon); !errors.Is(err, ErrDiverged) {
			t.Errorf("%s, and its money went back: %v", end, err)
		}
	}
}

// TestFactsOfTheirSchema: what schema 2 brought is in statements of version 2 alone.
func TestFactsOfTheirSchema(t *testing.T) {
	foot := merkle.Hash{1}
	w := in(t, prescription.Draft)
	for name, key := range map[string]redemption.Pickup{"one code": redemption.OneCode(redemption.NewSecret()),
		"a chain of codes": redemption.CodeChain(foot)} {
		pl, err := w.p.PlanSign(prescriptiontest.GoodOrder(), At(w.now), key)
		if err != nil || (pl.Facts.Pickup != "") != key.Chained() ||
			slices.Contains(pl.Facts.Parties, "pat-1") != key.Chained() {
			t.Errorf("issued with %s: %+v %v", name, pl.Facts, err)
		}
	}
	for schema, leased := range map[int]bool{chain.Version: false, chain.Schema2: true} {
		w := in(t, prescription.Paid)
		pl, err := w.p.PlanClaim(dispenser, ClaimInput{AccessCode: w.p.s.AccessCode}, Present{}, redemption.NewSecret(),
			DefaultLease, When{prescriptiontest.Noon, prescriptiontest.Noon, schema})
		if err != nil || (pl.Facts.Until != 0) != leased || pl.Facts.Code != "" {
			t.Errorf("claimed in schema %d: %+v %v", schema, pl.Facts, err)
		}
	}
}

// TestReviewOfNothingNew: a review's document answers what is new since the issue, and says nothing
// of it when nothing is.
func TestReviewOfNothingNew(t *testing.T) {
	w := in(t, prescription.Signed)
	fresh := rules.Finding{Rule: "r", Key: "k", Severity: rules.Warning}
	for _, now := range []Present{{}, {Report: rules.Report{Findings: []rules.Finding{fresh}}}} {
		pl, err := w.p.PlanReview(reviewer, prescriptiontest.GoodOrder().Visit, now,
			Decision{Overrides: []rules.Override{{Key: "k", Reason: "写明的理由"}}[:len(now.Findings)]}, chain.KindApprove,
			At(w.now))
		if doc, ok := pl.Document.(document.ReviewDocument); err != nil || !ok || doc.Schema != document.SchemaReview ||
			len(doc.New) != len(now.Findings) {
			t.Errorf("%+v: %+v %v", now, pl.Document, err)
		}
	}
	if _, err := w.p.Pay(Act{Seq: w.p.Seq() + 1, Record: "r", At: prescriptiontest.Noon, Taken: prescriptiontest.Noon, Document: []byte("null")},
		"S1"); !errors.Is(err, prescription.ErrRefused) {
		t.Errorf("paid before the review: %v", err)
	}
}
