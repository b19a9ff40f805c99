package service

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
	pl, err := p.planSign(o, act.when(), key)
	if err != nil {
		return Event{}, err
	}
	return p.take(pl, act)
}

func (p *Prescription) planSign(o rules.Order, t when, key redemption.Pickup) (plan, error) {
	if p.s.Status != prescription.Draft {
		return plan{}, fmt.Errorf("%w: %s from %s", prescription.ErrStatus, chain.KindIssue, p.s.Status)
	}
	o.At = t.now
	rep := rules.Check(o)
	if err := rep.Err(o.Overrides); err != nil {
		return plan{}, err
	}
	until := rules.EndOfValidity(o.At, o.ValidDays)
	facts := chain.Facts{Expires: until.UnixMilli()}
	if key.Chained() {
		facts.Pickup, facts.Parties = key.Head(), o.Visit.Patient.Parties()
	}
	return plan{
		kind: chain.KindIssue, document: p.issueDocument(o, rep, t.stated), facts: facts,
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

// Decision is a review's input.
type Decision struct {
	Reasons   []string         `json:"reasons,omitempty" doc:"Reasons; at least one for a rejection" maxItems:"10" example:"[\"剂量超过说明书最大用量\"]"`
	Overrides []rules.Override `json:"overrides,omitempty" doc:"For an approval: a written reason for every serious finding that is new since the issue" maxItems:"50"`
}

const maxReasons = 10

func (d Decision) check(needed bool) error {
	if needed && len(d.Reasons) == 0 {
		return rules.RuleReason.Refuse("reasons", "审方不通过须写明理由", "a rejection states its reasons")
	}
	if len(d.Reasons) > maxReasons {
		return prescription.Invalid("reasons", "at most 10")
	}
	for i := range d.Reasons {
		if !prescription.CleanReason(&d.Reasons[i]) {
			return prescription.Invalid(prescription.Nth("reasons", i), "4 to 500 characters")
		}
	}
	return nil
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
	pl, err := p.planReview(r, v, now, d, kind, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.take(pl, act)
}

func (p *Prescription) planReview(r parties.Reviewer, v parties.Visit, now Present, d Decision, kind chain.Kind,
	t when) (plan, error) {
	approve := kind == chain.KindApprove
	if err := d.check(!approve); err != nil {
		return plan{}, err
	}
	if r.Is(p.s.Doctor.Person) {
		return plan{}, rules.RuleOtherReviewer.Refuse("reviewer", "审方药师不得审核本人开具的处方",
			"nobody reviews his own prescription")
	}
	if p.s.Patient.Served(r.Is) || v.Patient.Served(r.Is) { // or has become a guardian since
		return plan{}, rules.RuleOtherReviewer.Refuse("reviewer", "审方药师不得审核本人或本人监护的儿童的处方",
			"nobody reviews a prescription for himself, nor for a child whose guardian he is")
	}
	if r.Hospital != p.s.Hospital || !t.now.Before(r.LicensedUntil) {
		return plan{}, rules.RuleOtherReviewer.Refuse("reviewer", "审方药师须为本院执业药师",
			"the reviewer must be a licensed pharmacist of this hospital")
	}
	if zh, en := v.Broken(); approve && zh != "" {
		return plan{}, rules.RuleVisit.Refuse("visit", zh, en)
	}
	var found []rules.Finding
	switch {
	case approve:
		var err error
		if found, err = answer(now, p.s.Findings, d.Overrides); err != nil {
			return plan{}, err
		}
	case len(d.Overrides) > 0:
		return plan{}, prescription.Invalid("overrides", "a rejection overrides nothing")
	}
	decision := map[bool]string{true: "approved", false: "rejected"}[approve]
	doc := document.ReviewDocument{
		Head: p.head(document.SchemaReview, document.Signer{Person: r.Person, Name: r.Name, Org: p.s.Hospital,
			OrgName: p.s.HospitalName}, t.stated),
		About:    p.about(),
		Decision: decision, Reasons: d.Reasons, Seen: now.Findings,
	}
	if len(found) > 0 {
		doc.New = withReasons(found, d.Overrides)
	}
	return plan{kind: kind, document: doc, inTime: true, apply: func(s *State, act Act) {
		s.Review = &Review{Person: r.Person, Name: r.Name, Approved: approve, Reasons: d.Reasons, At: act.At,
			Record: act.Record, Findings: found, Overrides: d.Overrides}
	}}, nil
}

// Pay notes that a settlement paid it; the hospital's seal signs. ErrRefused before the review
// ("drug first, prescription later" starts with money), ErrStatus otherwise.
func (p *Prescription) Pay(act Act, settlement string) (Event, error) {
	pl, err := p.planPay(settlement, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.take(pl, act)
}

func (p *Prescription) planPay(settlement string, t when) (plan, error) {
	if p.s.Status == prescription.Draft || p.s.Status == prescription.Signed {
		return plan{}, rules.RuleReviewFirst.Refuse("status", "处方经药师审核后方可生效",
			"it takes effect only after a pharmacist's review")
	}
	doc := document.PayDocument{Head: p.head(document.SchemaPay, p.hospital(), t.stated), Settlement: settlement,
		TotalFen: p.TotalFen(),
		Pickup:   redemption.Digest(p.s.AccessCode)}
	return plan{
		kind: chain.KindPay, document: doc, facts: chain.Facts{Ref: chain.SubjectPay + settlement}, inTime: true,
		apply: func(s *State, act Act) { s.Settlement, s.PaidAt = settlement, act.At },
	}, nil
}

func (p *Prescription) hospital() document.Signer {
	return document.Signer{Org: p.s.Hospital, OrgName: p.s.HospitalName}
}

// Cancel withdraws it (作废): its doctor or its patient, with a reason, as long as no pharmacy
// holds it. A paid one then owes its money back. ErrHeld (*HeldError) while a pharmacy holds it.
func (p *Prescription) Cancel(act Act, by Canceller) (Event, error) {
	pl, err := p.planCancel(by, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.take(pl, act)
}

// Canceller is who withdraws and why.
type Canceller struct {
	intent.Actor
	Reason string
}

func (p *Prescription) planCancel(by Canceller, t when) (plan, error) {
	if !prescription.CleanReason(&by.Reason) {
		return plan{}, prescription.Invalid("reason", "4 to 500 characters")
	}
	if !p.mayCancel(by.Actor) {
		return plan{}, prescription.ErrNotFound
	}
	if by.Role == chain.RolePatient && !p.s.names(by.Actor) {
		return plan{}, prescription.ErrRole
	}
	if p.s.Status == prescription.Claimed {
		return plan{}, &HeldError{Since: p.s.Claim.At}
	}
	doc := document.CancelDocument{
		Head: p.head(document.SchemaCancel, document.Signer{Person: by.Name(), Name: p.nameOf(by.Actor),
			Org: p.s.Hospital, OrgName: p.s.HospitalName}, t.stated),
		About: p.about(), Role: string(by.Role), Reason: by.Reason,
	}
	return plan{kind: chain.KindCancel, document: doc, inTime: true, apply: func(s *State, act Act) {
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
	pl, err := p.planExpire(act.when())
	if err != nil {
		return Event{}, err
	}
	return p.take(pl, act)
}

func (p *Prescription) planExpire(t when) (plan, error) {
	if p.s.ExpiresAt.IsZero() || t.now.Before(p.s.ExpiresAt) {
		return plan{}, fmt.Errorf("%w: still valid", prescription.ErrStatus)
	}
	if p.s.Status == prescription.Claimed && t.schema < chain.Schema2 {
		return plan{}, fmt.Errorf("%w: a pharmacy holds it", prescription.ErrStatus)
	}
	doc := document.ExpireDocument{Head: p.head(document.SchemaExpire, p.hospital(), t.stated),
		ValidUntil: document.Stamp(p.s.ExpiresAt)}
	return plan{kind: chain.KindExpire, document: doc, apply: func(s *State, _ Act) {
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
