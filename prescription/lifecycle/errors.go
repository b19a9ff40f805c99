package lifecycle

import (
	"errors"
	"fmt"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"time"
)     // Errors of claims.
var ( // ErrHeld: another pharmacy holds the lock. Use errors.As with *HeldError for the time.
	ErrHeld = errors.New("prescription: locked by a pharmacy")
	// ErrNotHolder: the secret or the pharmacy is not the lock's.
	ErrNotHolder = errors.New("prescription: not the holder of the lock")
	// ErrClaimUnconfirmed: the claim is not on the chain yet; medicine is handed out only after
	// that.
	ErrClaimUnconfirmed error = unconfirmed{}
	// ErrClaimRefused: the chain refused the claim for good; nothing is handed out on it, and an
	// operator takes it back.
	ErrClaimRefused = errors.New("prescription: the chain refused the claim")
	// ErrTraceUsed: a package's trace code was dispensed before.
	ErrTraceUsed = errors.New("prescription: trace code was dispensed before")
)

// unconfirmed knows when to ask again: a block takes about a second.
type unconfirmed struct{}

func (unconfirmed) Error() string { return "prescription: the claim is not confirmed by the chain yet" }

// RetryAfter is in seconds.
func (unconfirmed) RetryAfter() int { return 1 }

// HeldError says since when, and not by whom: who holds it is for the patient's eyes.
type HeldError struct{ Since time.Time }

// Error names the moment only.
func (e *HeldError) Error() string {
	return fmt.Sprintf("%v since %s", ErrHeld, document.Stamp(e.Since))
}

// Is makes every HeldError an ErrHeld.
func (e *HeldError) Is(target error) bool { return target == ErrHeld }

// Licensed refuses who is no pharmacist in office of the pharmacy.
func Licensed(d parties.Dispenser, at time.Time) error {
	if d.Pharmacy == "" || !at.Before(d.LicensedUntil) {
		return rules.RuleFourChecks.Refuse("dispenser", "发药人须为在岗执业药师",
			"the dispenser must be a licensed pharmacist of the pharmacy")
	}
	return nil
}
