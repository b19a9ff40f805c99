// Package patients decides who may see and change what is on file about a patient: who a patient is
// (实名), what a doctor must know before prescribing, and the children a guardian (监护人) manages. It
// promises that an identity is bound once, and that to anybody else a profile does not exist.
// Package profile has the tables.
package patients

import "errors"

// Errors of this package, beside those of package profile and invalid.ErrInput.
var (
	ErrBound    = errors.New("patients: a real name is bound already")
	ErrNotBound = errors.New("patients: no real name is bound yet")
	ErrIdentity = errors.New("patients: this identity cannot be bound")
	ErrFull     = errors.New("patients: too many entries")
)
