package lifecycle

import (
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// Sign issues the draft (开具): every hard rule must hold now, every serious finding must have its
// written reason, and the signed document must be this draft. The prescription gets its access code
// and its validity. Errors: ErrStatus, ErrRefused (*Refusal), ErrInvalid, ErrStale.
func (p *Prescription) Sign(act Act, o rules.Order, key redemption.Pickup) (Event, error) {
	pl, err := p.PlanSign(o, act.when(), key)
	if err != nil {
		return Event{}, err
	}
	return p.Take(pl, act)
}

// PlanSign plans Sign.
func (p *Prescription) PlanSign(o rules.Order, t When, key redemption.Pickup) (Plan, error) {
	if p.s.Status != prescription.Draft {
		return Plan{}, fmt.Errorf("%w: %s from %s", prescription.ErrStatus, chain.KindIssue, p.s.Status)
	}
	o.At = t.Now
	rep := rules.Check(o)
	if err := rep.Err(o.Overrides); err != nil {
		return Plan{}, err
	}
	until := rules.EndOfValidity(o.At, o.ValidDays)
	facts := chain.Facts{Expires: until.UnixMilli()}
	if key.Chained() {
		facts.Pickup, facts.Parties = key.Head(), o.Visit.Patient.Parties()
	}
	return Plan{
		Kind: chain.KindIssue, Document: p.issueDocument(o, rep, t.Stated), Facts: facts,
		apply: func(s *State, act Act) {
			s.Doctor, s.Patient, s.Items, s.Diagnoses, s.Findings, s.Basis = o.Doctor, o.Visit.Patient, o.Items,
				o.Diagnoses, rep.Findings, rep.Basis
			s.IssuedAt, s.ExpiresAt, s.AccessCode = act.At, until, key.Code
			if key.Chained() {
				s.Pickup, s.Foot = key.Head(), key.Foot.String()
			}
		},
	}, nil
}

// Approve passes the review (审方通过); Reject sends it back with reasons (审方不通过). The
// reviewer is a licensed pharmacist of the same hospital and never the prescriber; what comes of no
// visit is not approved, and what the checks say now and did not say at the issue needs the
// reviewer's written reason. Errors as Sign.
func (p *Prescription) Approve(act Act, r parties.Reviewer, v parties.Visit, now Present, d Decision) (Event, error) {
	return p.review(act, r, v, now, d, chain.KindApprove)
}

// Reject is documented with Approve.
func (p *Prescription) Reject(act Act, r parties.Reviewer, v parties.Visit, now Present, d Decision) (Event, error) {
	return p.review(act, r, v, now, d, chain.KindReject)
}

func (p *Prescription) review(act Act, r parties.Reviewer, v parties.Visit, now Present, d Decision,
	kind chain.Kind) (Event, error) {
	pl, err := p.PlanReview(r, v, now, d, kind, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.Take(pl, act)
}

// PlanReview plans Approve or Reject.
func (p *Prescription) PlanReview(r parties.Reviewer, v parties.Visit, now Present, d Decision, kind chain.Kind,
	t When) (Plan, error) {
	approve := kind == chain.KindApprove
	if err := d.check(!approve); err != nil {
		return Plan{}, err
	}
	if r.Is(p.s.Doctor.Person) {
		return Plan{}, rules.RuleOtherReviewer.Refuse("reviewer", "审方药师不得审核本人开具的处方",
			"nobody reviews his own prescription")
	}
	if p.s.Patient.Served(r.Is) || v.Patient.Served(r.Is) { // or has become a guardian since
		return Plan{}, rules.RuleOtherReviewer.Refuse("reviewer", "审方药师不得审核本人或本人监护的儿童的处方",
			"nobody reviews a prescription for himself, nor for a child whose guardian he is")
	}
	if r.Hospital != p.s.Hospital || !t.Now.Before(r.LicensedUntil) {
		return Plan{}, rules.RuleOtherReviewer.Refuse("reviewer", "审方药师须为本院执业药师",
			"the reviewer must be a licensed pharmacist of this hospital")
	}
	if zh, en := v.Broken(); approve && zh != "" {
		return Plan{}, rules.RuleVisit.Refuse("visit", zh, en)
	}
	var found []rules.Finding
	switch {
	case approve:
		var err error
		if found, err = answer(now, p.s.Findings, d.Overrides); err != nil {
			return Plan{}, err
		}
	case len(d.Overrides) > 0:
		return Plan{}, prescription.Invalid("overrides", "a rejection overrides nothing")
	}
	decision := map[bool]string{true: "approved", false: "rejected"}[approve]
	doc := document.ReviewDocument{
		Head: p.head(document.SchemaReview, document.Signer{Person: r.Person, Name: r.Name, Org: p.s.Hospital,
			OrgName: p.s.HospitalName}, t.Stated),
		About:    p.about(),
		Decision: decision, Reasons: d.Reasons, Seen: now.Findings,
	}
	if len(found) > 0 {
		doc.New = withReasons(found, d.Overrides)
	}
	return Plan{Kind: kind, Document: doc, inTime: true, apply: func(s *State, act Act) {
		s.Review = &Review{Person: r.Person, Name: r.Name, Approved: approve, Reasons: d.Reasons, At: act.At,
			Record: act.Record, Findings: found, Overrides: d.Overrides}
	}}, nil
}

// Pay notes that a settlement paid it; the hospital's seal signs. ErrRefused before the review
// ("drug first, prescription later" starts with money), ErrStatus otherwise.
func (p *Prescription) Pay(act Act, settlement string) (Event, error) {
	pl, err := p.PlanPay(settlement, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.Take(pl, act)
}

// PlanPay plans Pay.
func (p *Prescription) PlanPay(settlement string, t When) (Plan, error) {
	if p.s.Status == prescription.Draft || p.s.Status == prescription.Signed {
		return Plan{}, rules.RuleReviewFirst.Refuse("status", "处方经药师审核后方可生效",
			"it takes effect only after a pharmacist's review")
	}
	doc := document.PayDocument{Head: p.head(document.SchemaPay, p.hospital(), t.Stated), Settlement: settlement,
		TotalFen: p.TotalFen(),
		Pickup:   redemption.Digest(p.s.AccessCode)}
	return Plan{
		Kind: chain.KindPay, Document: doc, Facts: chain.Facts{Ref: chain.SubjectPay + settlement}, inTime: true,
		apply: func(s *State, act Act) { s.Settlement, s.PaidAt = settlement, act.At },
	}, nil
}

func (p *Prescription) hospital() document.Signer {
	return document.Signer{Org: p.s.Hospital, OrgName: p.s.HospitalName}
}

// Cancel withdraws it (作废): its doctor or its patient, with a reason, as long as no pharmacy
// holds it. A paid one then owes its money back. ErrHeld (*HeldError) while a pharmacy holds it.
func (p *Prescription) Cancel(act Act, by Canceller) (Event, error) {
	pl, err := p.PlanCancel(by, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.Take(pl, act)
}

// Canceller is who withdraws and why.
type Canceller struct {
	intent.Actor
	Reason string
}

// PlanCancel plans Cancel.
func (p *Prescription) PlanCancel(by Canceller, t When) (Plan, error) {
	if !prescription.CleanReason(&by.Reason) {
		return Plan{}, prescription.Invalid("reason", "4 to 500 characters")
	}
	if !p.mayCancel(by.Actor) {
		return Plan{}, prescription.ErrNotFound
	}
	if by.Role == chain.RolePatient && !p.s.names(by.Actor) {
		return Plan{}, prescription.ErrRole
	}
	if p.s.Status == prescription.Claimed {
		return Plan{}, &HeldError{Since: p.s.Claim.At}
	}
	doc := document.CancelDocument{
		Head: p.head(document.SchemaCancel, document.Signer{Person: by.Name(), Name: p.nameOf(by.Actor),
			Org: p.s.Hospital, OrgName: p.s.HospitalName}, t.Stated),
		About: p.about(), Role: string(by.Role), Reason: by.Reason,
	}
	return Plan{Kind: chain.KindCancel, Document: doc, inTime: true, apply: func(s *State, act Act) {
		s.Cancellation = &Cancellation{Person: by.Name(), Role: by.Role, Reason: by.Reason, At: act.At}
		s.oweRefund()
	}}, nil
}

func (p *Prescription) mayCancel(a intent.Actor) bool {
	return (a.Role == chain.RoleDoctor && a.Person == p.s.Doctor.Person) || p.s.ownedBy(a)
}

func (p *Prescription) nameOf(by intent.Actor) string {
	switch {
	case by.Role == chain.RoleDoctor:
		return p.s.Doctor.Name
	case by.Person == p.s.Patient.Person:
		return p.s.Patient.Name
	}
	for _, g := range p.s.Patient.Guardians {
		if g.Person == by.Person {
			return g.Name
		}
	}
	return p.s.Patient.GuardianName
}

func (s *State) oweRefund() {
	if s.Settlement != "" && !s.foreign() {
		s.Refund = RefundDue
	}
}

// Expire ends it when its validity is over; the hospital's seal signs. ErrStatus before that and
// while a pharmacy holds it.
func (p *Prescription) Expire(act Act) (Event, error) {
	pl, err := p.PlanExpire(act.when())
	if err != nil {
		return Event{}, err
	}
	return p.Take(pl, act)
}

// PlanExpire plans Expire.
func (p *Prescription) PlanExpire(t When) (Plan, error) {
	if p.s.ExpiresAt.IsZero() || t.Now.Before(p.s.ExpiresAt) {
		return Plan{}, fmt.Errorf("%w: still valid", prescription.ErrStatus)
	}
	if p.s.Status == prescription.Claimed && t.Schema < chain.Schema2 {
		return Plan{}, fmt.Errorf("%w: a pharmacy holds it", prescription.ErrStatus)
	}
	doc := document.ExpireDocument{Head: p.head(document.SchemaExpire, p.hospital(), t.Stated),
		ValidUntil: document.Stamp(p.s.ExpiresAt)}
	return Plan{Kind: chain.KindExpire, Document: doc, apply: func(s *State, _ Act) {
		s.unclaim()
		s.oweRefund()
	}}, nil
}

// Refunded notes that the money of an ended prescription went back; noting it again is fine.
// ErrStatus when none is owed.
func (p *Prescription) Refunded(settlement string, at time.Time) error {
	if p.s.Refund == NoRefund || p.s.Settlement != settlement {
		return fmt.Errorf("%w: no refund is due", prescription.ErrStatus)
	}
	p.s.Refund, p.s.UpdatedAt = RefundDone, at
	return nil
}
