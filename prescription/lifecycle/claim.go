package lifecycle

import (
	"crypto/rand"
	"fmt"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"slices"
	"time"
)

// DefaultLease is how long a claim holds unless the installation sets another time (from practice).
// At most chain.MaxLease.
const DefaultLease = 24 * time.Hour

// dispenseMargin keeps the handing out away from the lease's last minute, in which the hospital may
// already be giving the lock back.
const dispenseMargin = time.Minute

// leaseEnd is when anybody may give the lock back: a claim from before leases holds as long as the
// validity.
func (s *State) leaseEnd() time.Time {
	if s.Claim.Until.IsZero() {
		return s.ExpiresAt
	}
	return s.Claim.Until
}

// lease is the end of a claim that begins or goes on at a moment, never after the validity's.
func (p *Prescription) lease(from time.Time, length time.Duration) time.Time {
	until := from.Add(length)
	if p.s.ExpiresAt.Before(until) {
		until = p.s.ExpiresAt
	}
	return until.UTC().Truncate(time.Millisecond)
}

// opens tells whether a code is the one for the next claim.
func (s *State) opens(code string) bool {
	if s.Pickup == "" {
		return redemption.SameSecret(s.AccessCode, code)
	}
	return redemption.Follows(s.Pickup, code)
}

// knows is opens, or, while a pharmacy holds it, the code of that claim: who shows it learns that
// it is held.
func (s *State) knows(code string) bool {
	if s.opens(code) {
		return true
	}
	h, ok := redemption.Link(code)
	return ok && s.Claim != nil && s.Pickup != "" && redemption.SameSecret(s.Pickup, h.String())
}

// revealed moves the chain of codes on by a claim; the hospital knows the next code, a copy does
// not.
func (s *State) revealed(code string) {
	if s.Pickup == "" {
		return
	}
	s.Pickup, s.Claims = code, s.Claims+1
	s.showCode()
}

// concealed takes a claim's code back, which the chain never saw.
func (s *State) concealed() {
	h, err := merkle.ParseHash(s.Pickup)
	if s.Pickup == "" || s.Claims == 0 || err != nil {
		return
	}
	s.Pickup, s.Claims = chain.PickupNext(h).String(), s.Claims-1
	s.showCode()
}

// showCode makes the code of the next claim the patient's; when all are used the last one stays and
// opens nothing.
func (s *State) showCode() {
	foot, err := merkle.ParseHash(s.Foot)
	if err != nil {
		return
	}
	if code, ok := chain.PickupCode(foot, s.Claims); ok {
		s.AccessCode = redemption.Code(code)
	}
}

// codes are those of the next claim and of the claims after it; one code for its whole life where
// there is no chain.
func (s *State) codes() []string {
	foot, err := merkle.ParseHash(s.Foot)
	if err != nil {
		return []string{s.AccessCode}
	}
	list := []string{}
	for n := s.Claims; ; n++ {
		code, ok := chain.PickupCode(foot, n)
		if !ok {
			return list
		}
		list = append(list, redemption.Code(code))
	}
}

// firstCode is the code that the payment's document commits to; a copy keeps the one it was brought
// with.
func (s *State) firstCode() string {
	foot, err := merkle.ParseHash(s.Foot)
	if err != nil {
		return s.AccessCode
	}
	return redemption.CodeChain(foot).Code
}

// PaidWith tells whether the digest in a payment's document is that of the first code. A copy may
// have been brought with a later one, from which those before it follow.
func (s *State) PaidWith(digest string) bool {
	code := s.firstCode()
	for range chain.PickupCodes {
		if redemption.Digest(code) == digest {
			return true
		}
		h, ok := redemption.Link(code)
		if !ok || s.Pickup == "" || s.Foot != "" {
			return false
		}
		h = chain.PickupNext(h)
		code = redemption.Code(h)
	}
	return false
}

// PlanRenew plans that the holding pharmacy goes on holding, once a claim.
func (p *Prescription) PlanRenew(by parties.Dispenser, secret string, claim Fate, length time.Duration, t When) (Plan,
	error) {
	if err := p.held(by, secret); err != nil {
		return Plan{}, err
	}
	if err := Licensed(by, t.Now); err != nil {
		return Plan{}, err
	}
	if err := claim.Stands(); err != nil {
		return Plan{}, err
	}
	until := p.lease(t.Stated, length)
	switch c := p.s.Claim; {
	case t.Schema < chain.Schema2:
		return Plan{}, fmt.Errorf("%w: this chain knows no renewal yet", prescription.ErrStatus)
	case c.Renewed:
		return Plan{}, fmt.Errorf("%w: it was renewed already", prescription.ErrStatus)
	case !c.ContestedAt.IsZero():
		return Plan{}, rules.RuleContested.Refuse("status", "患者对本次接单有异议", "the patient contests this claim")
	case !t.Now.Before(p.s.leaseEnd()):
		return Plan{}, rules.RuleLease.Refuse("status", "接单已到期", "the claim's time is over")
	case !until.After(p.s.leaseEnd()):
		return Plan{}, fmt.Errorf("%w: it would not hold longer", prescription.ErrStatus)
	}
	doc := document.RenewDocument{Head: p.head(document.SchemaRenew, signerOf(by), t.Stated), About: p.about(),
		Claim: p.s.Claim.Record, Until: document.Stamp(until)}
	return Plan{Kind: chain.KindRenew, Document: doc, Facts: chain.Facts{Until: until.UnixMilli()}, inTime: true,
		apply: func(s *State, _ Act) {
			claim := *s.Claim
			claim.Until, claim.Renewed = until, true
			s.Claim = &claim
		}}, nil
}

// PlanLapse gives the lock back by the hospital's seal when the claim's time is over.
func (p *Prescription) PlanLapse(t When) (Plan, error) {
	if p.s.Claim == nil || t.Schema < chain.Schema2 || t.Now.Before(p.s.leaseEnd()) {
		return Plan{}, fmt.Errorf("%w: the claim holds", prescription.ErrStatus)
	}
	doc := document.LapseDocument{Head: p.head(document.SchemaLapse, p.hospital(), t.Stated), Claim: p.s.Claim.Record,
		Until: document.Stamp(p.s.leaseEnd())}
	return Plan{Kind: chain.KindLapse, Document: doc, apply: func(s *State, _ Act) { s.unclaim() }}, nil
}

// unclaim ends a claim that its pharmacy did not end; what it was is kept in case the pharmacy of
// another application was faster.
func (s *State) unclaim() { s.Former, s.Claim = s.Claim, nil }

// PlanContest plans the patient's word that the claim, or the handing out, was not theirs.
func (p *Prescription) PlanContest(by intent.Actor, t When) (Plan, error) {
	switch c := p.s.Claim; {
	case c == nil:
		return Plan{}, fmt.Errorf("%w: no pharmacy holds it", prescription.ErrStatus)
	case t.Schema < chain.Schema2:
		return Plan{}, fmt.Errorf("%w: this chain knows no contest yet", prescription.ErrStatus)
	case !c.ContestedAt.IsZero():
		return Plan{}, fmt.Errorf("%w: it was contested already", prescription.ErrStatus)
	}
	if !p.s.names(by) {
		return Plan{}, prescription.ErrRole
	}
	doc := document.ContestDocument{Head: p.head(document.SchemaContest, document.Signer{Person: by.Name(),
		Name: p.nameOf(by), Org: p.s.Hospital, OrgName: p.s.HospitalName},
		t.Stated), About: p.about(), Claim: p.s.Claim.Record, Pharmacy: p.s.Claim.PharmacyName}
	return Plan{Kind: chain.KindContest, Document: doc, apply: func(s *State, act Act) {
		claim := *s.Claim
		claim.ContestedAt = act.At
		s.Claim = &claim
	}}, nil
}

// heldBy tells whether the last claim is a pharmacy's, whatever came of it.
func (p *Prescription) heldBy(pharmacy string) bool {
	return p.s.Claim != nil && p.s.Claim.Pharmacy == pharmacy
}

// Holds tells whether a pharmacy holds the lock now. Whatever the status, who never held it learns
// nothing.
func (p *Prescription) Holds(pharmacy string) error {
	if !p.heldBy(pharmacy) {
		return ErrNotHolder
	}
	if p.s.Status != prescription.Claimed {
		return fmt.Errorf("%w: it is not held any more", prescription.ErrStatus)
	}
	return nil
}

// Ready is for the claim that was seen: given back and taken again, it is another one.
func (p *Prescription) Ready(pharmacy, record string, at time.Time) error {
	if err := p.Holds(pharmacy); err != nil {
		return err
	}
	if p.s.Claim.Record != record {
		return prescription.ErrStale
	}
	if p.s.Claim.ReadyAt.IsZero() {
		claim := *p.s.Claim
		claim.ReadyAt = at
		p.s.Claim = &claim
	}
	return nil
}

// Unfinished are the statuses in which a prescription's medicine may still be fetched or is being
// taken: from the issue on.
var Unfinished = []prescription.Status{prescription.Signed, prescription.Approved, prescription.Paid,
	prescription.Claimed, prescription.Dispensed}

// RunningAt is what of a prescription is still being taken or may still be fetched.
func (p *Prescription) RunningAt(at time.Time, alike bool) []rules.RunningItem {
	var items []rules.RunningItem
	for _, it := range p.s.Items {
		r := rules.RunningItem{Item: it, Prescription: p.ID(), Alike: alike}
		if d := p.s.Dispensing; d != nil {
			r.Until = d.At.AddDate(0, 0, it.Days)
		}
		over := p.s.Status != prescription.Claimed && !at.Before(p.s.ExpiresAt)
		if !r.Until.IsZero() {
			over = !at.Before(r.Until)
		}
		if !over && slices.Contains(Unfinished, p.s.Status) {
			items = append(items, r)
		}
	}
	return items
}

// Concerns tells whether the actor has a part in a step of this prescription. It is judged before
// anything else, so that whoever has none learns neither that the number exists nor where it
// stands.
func (p *Prescription) Concerns(kind chain.Kind, a intent.Actor, input any) bool {
	switch kind {
	case chain.KindIssue:
		return a.Person == p.s.Doctor.Person
	case chain.KindApprove, chain.KindReject:
		return MaySee(a, p, "").Sight == Everything
	case chain.KindClaim:
		in, ok := input.(ClaimInput)
		return ok && p.s.Status != prescription.Draft && p.s.knows(in.AccessCode)
	case chain.KindContest:
		return p.s.Status != prescription.Draft && p.s.ownedBy(a)
	case chain.KindRelease, chain.KindDispense, chain.KindRenew:
		return p.heldBy(a.Org)
	case chain.KindCancel:
		return p.mayCancel(a)
	}
	return false
}

// AskBack notes that the patient wants it back from the pharmacy that holds it; asking again
// changes nothing. ErrStatus.
func (p *Prescription) AskBack(at time.Time) (changed bool, err error) {
	if p.s.Status != prescription.Claimed {
		return false, fmt.Errorf("%w: no pharmacy holds it", prescription.ErrStatus)
	}
	if !p.s.Claim.AskedAt.IsZero() {
		return false, nil
	}
	claim := *p.s.Claim
	claim.AskedAt = at
	p.s.Claim = &claim
	return true, nil
}

// NewFoot draws the foot of a chain of codes: 256 bits.
func NewFoot() (h merkle.Hash) {
	_, _ = rand.Read(h[:]) // never fails (crypto/rand)
	return h
}
