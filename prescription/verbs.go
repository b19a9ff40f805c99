package prescription

import (
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Sign issues the draft (开具): every hard rule must hold now, every serious finding must have its
// written reason, and the signed document must be this draft. The prescription gets its access code
// and its validity. Errors: ErrStatus, ErrRefused (*Refusal), ErrInvalid, ErrStale.
func (p *Prescription) Sign(act Act, o Order, key pickup) (Event, error) {
	pl, err := p.planSign(o, act.when(), key)
	if err != nil {
		return Event{}, err
	}
	return p.take(pl, act)
}

func (p *Prescription) planSign(o Order, t when, key pickup) (plan, error) {
	if p.s.Status != Draft {
		return plan{}, fmt.Errorf("%w: %s from %s", ErrStatus, chain.KindIssue, p.s.Status)
	}
	o.At = t.now
	rep := Check(o)
	if err := rep.Err(o.Overrides); err != nil {
		return plan{}, err
	}
	until := endOfValidity(o.At, o.ValidDays)
	facts := chain.Facts{Expires: until.UnixMilli()}
	if key.chained() {
		facts.Pickup, facts.Parties = key.head(), o.Visit.Patient.parties()
	}
	return plan{
		kind: chain.KindIssue, document: p.issueDocument(o, rep, t.stated), facts: facts,
		apply: func(s *State, act Act) {
			s.Doctor, s.Patient, s.Items, s.Diagnoses, s.Findings, s.Basis = o.Doctor, o.Visit.Patient, o.Items,
				o.Diagnoses, rep.Findings, rep.Basis
			s.IssuedAt, s.ExpiresAt, s.AccessCode = act.At, until, key.code
			if key.chained() {
				s.Pickup, s.Foot = key.head(), key.foot.String()
			}
		},
	}, nil
}

// Decision is a review's input.
type Decision struct {
	Reasons   []string   `json:"reasons,omitempty" doc:"Reasons; at least one for a rejection" maxItems:"10" example:"[\"剂量超过说明书最大用量\"]"`
	Overrides []Override `json:"overrides,omitempty" doc:"For an approval: a written reason for every serious finding that is new since the issue" maxItems:"50"`
}

const maxReasons = 10

func (d Decision) check(needed bool) error {
	if needed && len(d.Reasons) == 0 {
		return ruleReason.refuse("reasons", "审方不通过须写明理由", "a rejection states its reasons")
	}
	if len(d.Reasons) > maxReasons {
		return invalid("reasons", "at most 10")
	}
	for i := range d.Reasons {
		if !cleanReason(&d.Reasons[i]) {
			return invalid(nth("reasons", i), "4 to 500 characters")
		}
	}
	return nil
}

// Approve passes the review (审方通过); Reject sends it back with reasons (审方不通过). The
// reviewer is a licensed pharmacist of the same hospital and never the prescriber; what comes of no
// visit is not approved, and what the checks say now and did not say at the issue needs the
// reviewer's written reason. Errors as Sign.
func (p *Prescription) Approve(act Act, r Reviewer, v Visit, now Present, d Decision) (Event, error) {
	return p.review(act, r, v, now, d, chain.KindApprove)
}

// Reject is documented with Approve.
func (p *Prescription) Reject(act Act, r Reviewer, v Visit, now Present, d Decision) (Event, error) {
	return p.review(act, r, v, now, d, chain.KindReject)
}

func (p *Prescription) review(act Act, r Reviewer, v Visit, now Present, d Decision, kind chain.Kind) (Event, error) {
	pl, err := p.planReview(r, v, now, d, kind, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.take(pl, act)
}

func (p *Prescription) planReview(r Reviewer, v Visit, now Present, d Decision, kind chain.Kind, t when) (plan, error) {
	approve := kind == chain.KindApprove
	if err := d.check(!approve); err != nil {
		return plan{}, err
	}
	if r.is(p.s.Doctor.Person) {
		return plan{}, ruleOtherReviewer.refuse("reviewer", "审方药师不得审核本人开具的处方",
			"nobody reviews his own prescription")
	}
	if p.s.Patient.served(r.is) || v.Patient.served(r.is) { // or has become a guardian since
		return plan{}, ruleOtherReviewer.refuse("reviewer", "审方药师不得审核本人或本人监护的儿童的处方",
			"nobody reviews a prescription for himself, nor for a child whose guardian he is")
	}
	if r.Hospital != p.s.Hospital || !t.now.Before(r.LicensedUntil) {
		return plan{}, ruleOtherReviewer.refuse("reviewer", "审方药师须为本院执业药师",
			"the reviewer must be a licensed pharmacist of this hospital")
	}
	if broken := v.broken(); approve && broken != nil {
		return plan{}, ruleVisit.refuse(broken[0].Field, broken[0].ZH, broken[0].EN)
	}
	var found []Finding
	switch {
	case approve:
		var err error
		if found, err = answer(now, p.s.Findings, d.Overrides); err != nil {
			return plan{}, err
		}
	case len(d.Overrides) > 0:
		return plan{}, invalid("overrides", "a rejection overrides nothing")
	}
	decision := map[bool]string{true: "approved", false: "rejected"}[approve]
	doc := ReviewDocument{
		Head:     p.head(SchemaReview, signer{r.Person, r.Name, p.s.Hospital, p.s.HospitalName}, t.stated),
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
	if p.s.Status == Draft || p.s.Status == Signed {
		return plan{}, ruleReviewFirst.refuse("status", "处方经药师审核后方可生效",
			"it takes effect only after a pharmacist's review")
	}
	doc := PayDocument{Head: p.head(SchemaPay, p.hospital(), t.stated), Settlement: settlement, TotalFen: p.TotalFen(),
		Pickup: pickupDigest(p.s.AccessCode)}
	return plan{
		kind: chain.KindPay, document: doc, facts: chain.Facts{Ref: chain.SubjectPay + settlement}, inTime: true,
		apply: func(s *State, act Act) { s.Settlement, s.PaidAt = settlement, act.At },
	}, nil
}

func (p *Prescription) hospital() signer { return signer{org: p.s.Hospital, orgName: p.s.HospitalName} }

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
	if !cleanReason(&by.Reason) {
		return plan{}, invalid("reason", "4 to 500 characters")
	}
	if !p.mayCancel(by.Actor) {
		return plan{}, ErrNotFound
	}
	if by.Role == chain.RolePatient && !p.s.names(by.Actor) {
		return plan{}, ErrRole
	}
	if p.s.Status == Claimed {
		return plan{}, &HeldError{Since: p.s.Claim.At}
	}
	doc := CancelDocument{
		Head:  p.head(SchemaCancel, signer{by.Name(), p.nameOf(by.Actor), p.s.Hospital, p.s.HospitalName}, t.stated),
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
		return plan{}, fmt.Errorf("%w: still valid", ErrStatus)
	}
	if p.s.Status == Claimed && t.schema < chain.Schema2 {
		return plan{}, fmt.Errorf("%w: a pharmacy holds it", ErrStatus)
	}
	doc := ExpireDocument{Head: p.head(SchemaExpire, p.hospital(), t.stated), ValidUntil: stamp(p.s.ExpiresAt)}
	return plan{kind: chain.KindExpire, document: doc, apply: func(s *State, _ Act) {
		s.unclaim()
		s.oweRefund()
	}}, nil
}

// Refunded notes that the money of an ended prescription went back; noting it again is fine.
// ErrStatus when none is owed.
func (p *Prescription) Refunded(settlement string, at time.Time) error {
	if p.s.Refund == NoRefund || p.s.Settlement != settlement {
		return fmt.Errorf("%w: no refund is due", ErrStatus)
	}
	p.s.Refund, p.s.UpdatedAt = RefundDone, at
	return nil
}

func optionalText(field string, s *string) error {
	if !text.Text(s, 0, MaxReasonRunes) {
		return invalid(field, text.LineRule(0, MaxReasonRunes))
	}
	return nil
}
