package service

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
	pl, err := p.planClaim(by, in, now, secret, length, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.take(pl, act)
}

func (p *Prescription) planClaim(by parties.Dispenser, in ClaimInput, now Present, secret string, length time.Duration,
	t when) (plan, error) {
	// The code comes first: without it nobody learns even the status.
	if !p.s.knows(in.AccessCode) {
		return plan{}, redemption.ErrBadToken
	}
	if p.s.Status == prescription.Claimed {
		return plan{}, &HeldError{Since: p.s.Claim.At}
	}
	if err := licensed(by, t.now); err != nil {
		return plan{}, err
	}
	found, err := answer(now, p.answered(), in.Overrides)
	if err != nil {
		return plan{}, err
	}
	until := p.lease(t.stated, length)
	var facts chain.Facts
	if t.schema >= chain.Schema2 {
		facts.Until = until.UnixMilli()
	}
	if p.s.Pickup != "" {
		facts.Code = redemption.Hex(in.AccessCode)
	}
	doc := document.ClaimDocument{Until: document.Stamp(until), Head: p.head(document.SchemaClaim, signerOf(by),
		t.stated),
		About: p.about(), New: withReasons(found, in.Overrides), Basis: now.Basis}
	return plan{kind: chain.KindClaim, document: doc, facts: facts, inTime: true, apply: func(s *State, act Act) {
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
	pl, err := p.planRelease(by, secret, reason, claim, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.take(pl, act)
}

func (p *Prescription) planRelease(by parties.Dispenser, secret, reason string, claim Fate, t when) (plan, error) {
	if err := p.held(by, secret); err != nil {
		return plan{}, err
	}
	if err := prescription.OptionalText("reason", &reason); err != nil {
		return plan{}, err
	}
	if err := claim.stands(); err != nil {
		return plan{}, err
	}
	doc := document.ReleaseDocument{Head: p.head(document.SchemaRelease, signerOf(by), t.stated), About: p.about(),
		Claim: p.s.Claim.Record, Reason: reason}
	return plan{kind: chain.KindRelease, document: doc, apply: func(s *State, _ Act) { s.Claim = nil }}, nil
}

// stands tells whether a claim is sure enough to act on.
func (f Fate) stands() error {
	switch f {
	case FateCommitted:
		return nil
	case FateRefused:
		return ErrClaimRefused
	}
	return ErrClaimUnconfirmed
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

// HandOut is what a dispensing pharmacist confirms.
type HandOut struct {
	Secret    string                `json:"secret" doc:"Secret of the claim" minLength:"52" maxLength:"52" example:"K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
	Checklist document.Checklist    `json:"checklist" doc:"四查十对; every point must be confirmed"`
	Items     []trace.DispensedItem `json:"items" doc:"Every item with the trace codes of its packages" minItems:"1" maxItems:"20"`
	Overrides []rules.Override      `json:"overrides,omitempty" doc:"A written reason for every warning that is new since issue and review and that the claim did not answer" maxItems:"50"`

	// Contact answers critical findings that are new since issue and review.
	Contact *PrescriberContact `json:"contact,omitempty" doc:"The prescriber's answer, needed for a critical finding that is new since issue and review"`
}

// Dispense hands the medicine out (发药). claim is what the chain made of the claim: only when it
// holds it is the lock known to be exclusive among all pharmacies, also those of other databases.
// tag makes the use-once tag of a trace code for the chain. Errors: ErrNotHolder,
// ErrClaimUnconfirmed, ErrClaimRefused, ErrRefused, ErrInvalid, ErrStale.
func (p *Prescription) Dispense(act Act, by parties.Dispenser, h HandOut, now Present, claim Fate,
	tag func(code string) string) (Event, error) {
	pl, err := p.planDispense(by, h, now, claim, tag, act.when())
	if err != nil {
		return Event{}, err
	}
	return p.take(pl, act)
}

func (p *Prescription) planDispense(by parties.Dispenser, h HandOut, now Present, claim Fate,
	tag func(code string) string,
	t when) (plan, error) {
	if err := p.held(by, h.Secret); err != nil {
		return plan{}, err
	}
	if err := licensed(by, t.now); err != nil {
		return plan{}, err
	}
	switch {
	case !p.s.Claim.ContestedAt.IsZero():
		return plan{}, rules.RuleContested.Refuse("status", "患者对本次接单有异议，不得发药",
			"the patient contests this claim: hand nothing out")
	case !t.now.Before(p.s.leaseEnd().Add(-dispenseMargin)) && p.s.leaseEnd().Before(p.s.ExpiresAt):
		return plan{}, rules.RuleLease.Refuse("status", "接单已到期，请续期，或退回后由患者出示新的取药码",
			"the claim's time is over: renew it, or give it back and ask for the patient's next code")
	}
	if h.Checklist != document.AllChecked {
		return plan{}, rules.RuleFourChecks.Refuse("checklist", "四查十对须逐项确认",
			"every point of the four checks must be confirmed")
	}
	if err := trace.Check(p.s.Items, h.Items); err != nil {
		return plan{}, err
	}
	if err := claim.stands(); err != nil {
		return plan{}, err
	}
	found, err := p.answerAtTheCounter(now, h, t.now)
	if err != nil {
		return plan{}, err
	}
	doc := document.DispenseDocument{
		Basis: now.Basis, New: withReasons(found, append(slices.Clone(p.s.Claim.Overrides), h.Overrides...)),
		Head: p.head(document.SchemaDispense, signerOf(by), t.stated), About: p.about(),
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
	return plan{kind: chain.KindDispense, document: doc, facts: facts, inTime: true, apply: func(s *State, act Act) {
		s.Dispensing = &Dispensing{
			Pharmacy: by.Pharmacy, PharmacyName: by.PharmacyName, Person: by.Person, Name: by.Name,
			At: act.At, Record: act.Record, Items: h.Items, Findings: found, Overrides: h.Overrides, Contact: h.Contact,
		}
	}}, nil
}
