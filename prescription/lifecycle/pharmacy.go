package lifecycle

import (
	"fmt"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/trace"
)

// Claim takes the exclusive lock for a pharmacy (接单) that shows the patient's access code; secret
// proves the lock from then on. Errors: ErrBadToken, ErrHeld (*HeldError), ErrStatus, ErrRefused
// after the validity, ErrStale.
func (p *Prescription) Claim(act Act, by parties.Dispenser, in ClaimInput, now Present, secret string,
	length time.Duration) (Event, error) {
	pl, err := p.PlanClaim(by, in, now, secret, length, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.Take(pl, act)
}

// PlanClaim plans Claim.
func (p *Prescription) PlanClaim(by parties.Dispenser, in ClaimInput, now Present, secret string, length time.Duration,
	t When) (Plan, error) {
	// The code comes first: without it nobody learns even the status.
	if !p.s.knows(in.AccessCode) {
		return Plan{}, redemption.ErrBadToken
	}
	if p.s.Status == prescription.Claimed {
		return Plan{}, &HeldError{Since: p.s.Claim.At}
	}
	if err := Licensed(by, t.Now); err != nil {
		return Plan{}, err
	}
	found, err := answer(now, p.Answered(), in.Overrides)
	if err != nil {
		return Plan{}, err
	}
	until := p.lease(t.Stated, length)
	var facts chain.Facts
	if t.Schema >= chain.Schema2 {
		facts.Until = until.UnixMilli()
	}
	if p.s.Pickup != "" {
		facts.Code = redemption.Hex(in.AccessCode)
	}
	doc := document.ClaimDocument{Until: document.Stamp(until), Head: p.head(document.SchemaClaim, signerOf(by),
		t.Stated),
		About: p.about(), New: withReasons(found, in.Overrides), Basis: now.Basis}
	return Plan{Kind: chain.KindClaim, Document: doc, Facts: facts, inTime: true, apply: func(s *State, act Act) {
		s.Claim = &Claim{
			Pharmacy: by.Pharmacy, PharmacyName: by.PharmacyName, Person: by.Person, At: act.At, Record: act.Record,
			Secret: secret, Until: until,
			Findings: found, Overrides: in.Overrides,
		}
		s.Former = nil
		s.revealed(facts.Code)
	}}, nil
}

// Release gives the lock back (退单), once the chain has its claim: what it may still refuse has
// nothing after it, so that it can be taken back. ErrNotHolder for another pharmacy or a wrong
// secret, ErrClaimUnconfirmed, ErrClaimRefused.
func (p *Prescription) Release(act Act, by parties.Dispenser, secret, reason string, claim Fate) (Event, error) {
	pl, err := p.PlanRelease(by, secret, reason, claim, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.Take(pl, act)
}

// PlanRelease plans Release.
func (p *Prescription) PlanRelease(by parties.Dispenser, secret, reason string, claim Fate, t When) (Plan, error) {
	if err := p.held(by, secret); err != nil {
		return Plan{}, err
	}
	if err := prescription.OptionalText("reason", &reason); err != nil {
		return Plan{}, err
	}
	if err := claim.Stands(); err != nil {
		return Plan{}, err
	}
	doc := document.ReleaseDocument{Head: p.head(document.SchemaRelease, signerOf(by), t.Stated), About: p.about(),
		Claim: p.s.Claim.Record, Reason: reason}
	return Plan{Kind: chain.KindRelease, Document: doc, apply: func(s *State, _ Act) { s.Claim = nil }}, nil
}

// held checks that a pharmacy holds the lock and knows its secret.
func (p *Prescription) held(by parties.Dispenser, secret string) error {
	if p.s.Claim == nil || p.s.Claim.Pharmacy != by.Pharmacy || !redemption.SameSecret(p.s.Claim.Secret, secret) {
		return ErrNotHolder // whatever the status: who never held it learns nothing
	}
	if p.s.Status != prescription.Claimed {
		return fmt.Errorf("%w: it is not held any more", prescription.ErrStatus)
	}
	return nil
}

// Dispense hands the medicine out (发药). claim is what the chain made of the claim: only when it
// holds it is the lock known to be exclusive among all pharmacies, also those of other databases.
// tag makes the use-once tag of a trace code for the chain. Errors: ErrNotHolder,
// ErrClaimUnconfirmed, ErrClaimRefused, ErrRefused, ErrInvalid, ErrStale.
func (p *Prescription) Dispense(act Act, by parties.Dispenser, h HandOut, now Present, claim Fate,
	tag func(code string) string) (Event, error) {
	pl, err := p.PlanDispense(by, h, now, claim, tag, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.Take(pl, act)
}

// PlanDispense plans Dispense.
func (p *Prescription) PlanDispense(by parties.Dispenser, h HandOut, now Present, claim Fate,
	tag func(code string) string,
	t When) (Plan, error) {
	if err := p.held(by, h.Secret); err != nil {
		return Plan{}, err
	}
	if err := Licensed(by, t.Now); err != nil {
		return Plan{}, err
	}
	switch {
	case !p.s.Claim.ContestedAt.IsZero():
		return Plan{}, rules.RuleContested.Refuse("status", "患者对本次接单有异议，不得发药",
			"the patient contests this claim: hand nothing out")
	case !t.Now.Before(p.s.leaseEnd().Add(-dispenseMargin)) && p.s.leaseEnd().Before(p.s.ExpiresAt):
		return Plan{}, rules.RuleLease.Refuse("status", "接单已到期，请续期，或退回后由患者出示新的取药码",
			"the claim's time is over: renew it, or give it back and ask for the patient's next code")
	}
	if h.Checklist != document.AllChecked {
		return Plan{}, rules.RuleFourChecks.Refuse("checklist", "四查十对须逐项确认",
			"every point of the four checks must be confirmed")
	}
	if err := trace.Check(p.s.Items, h.Items, t.Now); err != nil {
		return Plan{}, err
	}
	if err := claim.Stands(); err != nil {
		return Plan{}, err
	}
	found, err := p.answerAtTheCounter(now, h, t.Now)
	if err != nil {
		return Plan{}, err
	}
	doc := document.DispenseDocument{
		Basis: now.Basis, New: withReasons(found, append(slices.Clone(p.s.Claim.Overrides), h.Overrides...)),
		Head: p.head(document.SchemaDispense, signerOf(by), t.Stated), About: p.about(),
		Claim: p.s.Claim.Record, Checklist: h.Checklist,
	}
	if c := h.Contact; c != nil {
		doc.Contact = &document.ContactNote{Person: c.Person, Time: document.Stamp(c.At), Answer: c.Answer}
	}
	var facts chain.Facts
	for _, g := range h.Items {
		it := p.s.Items[g.Item]
		doc.Items = append(doc.Items, document.DispenseItem{Item: g.Item, Code: it.Drug.Code, Name: it.Drug.NameZH,
			Packages: it.Packages, TraceCodes: g.TraceCodes})
		for _, code := range g.TraceCodes {
			facts.Tags = append(facts.Tags, tag(code))
		}
	}
	return Plan{Kind: chain.KindDispense, Document: doc, Facts: facts, inTime: true, apply: func(s *State, act Act) {
		s.Dispensing = &Dispensing{
			Pharmacy: by.Pharmacy, PharmacyName: by.PharmacyName, Person: by.Person, Name: by.Name,
			At: act.At, Record: act.Record, Items: h.Items, Findings: found, Overrides: h.Overrides, Contact: h.Contact,
		}
	}}, nil
}
