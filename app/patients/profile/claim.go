package profile

import (
	"errors"
	"fmt"
)

// Claim is what a profile's number is worth: whoever types a number first does not own it for ever.
type Claim string

// Claims. Of all profiles with one number at most one holds it; visits, prescriptions and cards are
// for that one.
const (
	Unclaimed Claim = ""        // nobody typed a number; the person moves next
	Claimed   Claim = "claimed" // typed when nobody held it; holds it until somebody else proves it
	// typed while another profile held it, or it is a member of staff's; the person proves it, or
	// withdraws
	Contested Claim = "contested"
	Proven    Claim = "proven" // seen by staff at the desk, or named by the insurance bureau; holds it
	Lost      Claim = "lost"   // somebody else proved it, or the desk freed it; the person types the own number
)

// Act is what can happen to a claim.
type Act string

// Acts.
const (
	TypeFree  Act = "type-free"  // the person types a number that no profile holds
	TypeTaken Act = "type-taken" // the person types a number that another profile holds, or a member of staff's
	Prove     Act = "prove"      // by card or at the desk
	Displace  Act = "displace"   // another profile proved the number this one holds, or the desk freed it
	Doubt     Act = "doubt"      // the number turns out to be a member of staff's
	Withdraw  Act = "withdraw"   // the person takes back what was typed
)

// ErrClaim: the number's claim stands elsewhere, so this step is not possible.
var ErrClaim = errors.New("patients: not possible with this claim to the number")

// ErrContested: the number is held by another profile; it must be proven before anything rests on
// it.
var ErrContested = errors.New("patients: another profile holds this number")

// claimSteps is the whole state machine: what is not in it is refused.
var claimSteps = map[Claim]map[Act]Claim{
	Unclaimed: {TypeFree: Claimed, TypeTaken: Contested},
	Claimed:   {Prove: Proven, Displace: Lost, Doubt: Contested},
	Contested: {Prove: Proven, Withdraw: Unclaimed},
	Proven:    {Prove: Proven, Displace: Lost},
	Lost:      {TypeFree: Claimed, TypeTaken: Contested, Withdraw: Unclaimed},
}

// Then is the claim after an act: ErrClaim.
func (c Claim) Then(a Act) (Claim, error) {
	next, ok := claimSteps[c][a]
	if !ok {
		return c, fmt.Errorf("%w: %s, %s", ErrClaim, c, a)
	}
	return next, nil
}

// Holds tells whether the number is this profile's.
func (c Claim) Holds() bool { return c == Claimed || c == Proven }
