package service

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// A claim is a lease: it ends by itself, is renewed once at most, and a patient who did not give
// the code says so. On a chain of record schema 1 only the application knows the lease: it stops
// the handing out after its end, and the pharmacy gives the claim back.

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
	h, ok := redemption.Link(code)
	return ok && redemption.SameSecret(s.Pickup, chain.PickupNext(h).String())
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
	h, err := chain.ParseHash(s.Pickup)
	if s.Pickup == "" || s.Claims == 0 || err != nil {
		return
	}
	s.Pickup, s.Claims = chain.PickupNext(h).String(), s.Claims-1
	s.showCode()
}

// showCode makes the code of the next claim the patient's; when all are used the last one stays and
// opens nothing.
func (s *State) showCode() {
	foot, err := chain.ParseHash(s.Foot)
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
	foot, err := chain.ParseHash(s.Foot)
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
	foot, err := chain.ParseHash(s.Foot)
	if err != nil {
		return s.AccessCode
	}
	return redemption.CodeChain(foot).Code
}

// paidWith tells whether the digest in a payment's document is that of the first code. A copy may
// have been brought with a later one, from which those before it follow.
func (s *State) paidWith(digest string) bool {
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

// RenewInput goes on holding.
type RenewInput struct {
	Secret string `json:"secret" doc:"Secret of the claim" minLength:"52" maxLength:"52" example:"K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
}

// ContestInput is empty: the patient's signature says it all.
type ContestInput struct{}

// PrepareRenew prepares that the holding pharmacy goes on holding, once a claim: ErrRole,
// ErrNotHolder, ErrStatus, ErrRefused, ErrClaimUnconfirmed.
func (s *Service) PrepareRenew(ctx context.Context, a intent.Actor, id string, in RenewInput) (*intent.Intent, error) {
	return s.prepare(ctx, a, chain.KindRenew, id, in)
}

// PrepareContest prepares the patient's word that the claim, or the handing out, was not theirs:
// ErrRole, ErrNotFound, ErrStatus.
func (s *Service) PrepareContest(ctx context.Context, a intent.Actor, id string,
	in ContestInput) (*intent.Intent, error) {
	return s.prepare(ctx, a, chain.KindContest, id, in)
}

func (p *Prescription) planRenew(by parties.Dispenser, secret string, claim Fate, length time.Duration, t when) (plan,
	error) {
	if err := p.held(by, secret); err != nil {
		return plan{}, err
	}
	if err := licensed(by, t.now); err != nil {
		return plan{}, err
	}
	if err := claim.stands(); err != nil {
		return plan{}, err
	}
	until := p.lease(t.stated, length)
	switch c := p.s.Claim; {
	case t.schema < chain.Schema2:
		return plan{}, fmt.Errorf("%w: this chain knows no renewal yet", prescription.ErrStatus)
	case c.Renewed:
		return plan{}, fmt.Errorf("%w: it was renewed already", prescription.ErrStatus)
	case !c.ContestedAt.IsZero():
		return plan{}, rules.RuleContested.Refuse("status", "患者对本次接单有异议", "the patient contests this claim")
	case !t.now.Before(p.s.leaseEnd()):
		return plan{}, rules.RuleLease.Refuse("status", "接单已到期", "the claim's time is over")
	case !until.After(p.s.leaseEnd()):
		return plan{}, fmt.Errorf("%w: it would not hold longer", prescription.ErrStatus)
	}
	doc := document.RenewDocument{Head: p.head(document.SchemaRenew, signerOf(by), t.stated), About: p.about(),
		Claim: p.s.Claim.Record, Until: document.Stamp(until)}
	return plan{kind: chain.KindRenew, document: doc, facts: chain.Facts{Until: until.UnixMilli()}, inTime: true,
		apply: func(s *State, _ Act) {
			claim := *s.Claim
			claim.Until, claim.Renewed = until, true
			s.Claim = &claim
		}}, nil
}

// planLapse gives the lock back by the hospital's seal when the claim's time is over.
func (p *Prescription) planLapse(t when) (plan, error) {
	if p.s.Claim == nil || t.schema < chain.Schema2 || t.now.Before(p.s.leaseEnd()) {
		return plan{}, fmt.Errorf("%w: the claim holds", prescription.ErrStatus)
	}
	doc := document.LapseDocument{Head: p.head(document.SchemaLapse, p.hospital(), t.stated), Claim: p.s.Claim.Record,
		Until: document.Stamp(p.s.leaseEnd())}
	return plan{kind: chain.KindLapse, document: doc, apply: func(s *State, _ Act) { s.unclaim() }}, nil
}

// unclaim ends a claim that its pharmacy did not end; what it was is kept in case the pharmacy of
// another application was faster.
func (s *State) unclaim() { s.Former, s.Claim = s.Claim, nil }

func (p *Prescription) planContest(by intent.Actor, t when) (plan, error) {
	switch c := p.s.Claim; {
	case c == nil:
		return plan{}, fmt.Errorf("%w: no pharmacy holds it", prescription.ErrStatus)
	case t.schema < chain.Schema2:
		return plan{}, fmt.Errorf("%w: this chain knows no contest yet", prescription.ErrStatus)
	case !c.ContestedAt.IsZero():
		return plan{}, fmt.Errorf("%w: it was contested already", prescription.ErrStatus)
	}
	if !p.s.names(by) {
		return plan{}, prescription.ErrRole
	}
	doc := document.ContestDocument{Head: p.head(document.SchemaContest, document.Signer{Person: by.Name(),
		Name: p.nameOf(by), Org: p.s.Hospital, OrgName: p.s.HospitalName},
		t.stated), About: p.about(), Claim: p.s.Claim.Record, Pharmacy: p.s.Claim.PharmacyName}
	return plan{kind: chain.KindContest, document: doc, apply: func(s *State, act Act) {
		claim := *s.Claim
		claim.ContestedAt = act.At
		s.Claim = &claim
	}}, nil
}

// AskRelease tells the holding pharmacy that the patient wants the prescription back. Nobody signs:
// it binds nobody, and after the lease's end the hospital gives the lock back by itself. Asking
// again changes nothing. ErrRole, ErrNotFound, ErrStatus.
func (s *Service) AskRelease(ctx context.Context, a intent.Actor, cmd sqlstore.Command, id string) error {
	if a.Role != chain.RolePatient {
		return prescription.ErrRole
	}
	_, _, err := s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		p, err := s.load(tx, id)
		if err != nil {
			return nil, err
		}
		if MaySee(a, p, "").Sight != Everything {
			return nil, prescription.ErrNotFound
		}
		if p.s.Status != prescription.Claimed {
			return nil, fmt.Errorf("%w: no pharmacy holds it", prescription.ErrStatus)
		}
		if !p.s.Claim.AskedAt.IsZero() {
			return nil, nil
		}
		claim := *p.s.Claim
		claim.AskedAt = s.now()
		p.s.Claim = &claim
		return nil, s.Store.Save(tx, p, nil, nil)
	})
	return err
}

// LapseDue gives back at most limit locks whose claim's time is over at now, and says how many. The
// caller repeats it, say every minute.
func (s *Service) LapseDue(ctx context.Context, now time.Time, limit int) (int, error) {
	if s.schema(ctx) < chain.Schema2 {
		return 0, nil
	}
	f := Filter{Statuses: []prescription.Status{prescription.Claimed}, Own: true, LeasedUntil: now}
	return s.sweep(ctx, f, now, limit, &s.unlapsed,
		func(p *Prescription, t when) (plan, error) { return p.planLapse(t) })
}

// schema is the newest version of statements that the chain takes and this program writes.
func (s *Service) schema(ctx context.Context) int {
	if s.Schema == nil {
		return chain.Version
	}
	return min(s.Schema(ctx), chain.Newest)
}
