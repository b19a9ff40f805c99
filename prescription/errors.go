package prescription

import (
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/chain/platform/text"
)

// ErrInvalid is what every FieldError is: a value has not the form it must have.
var ErrInvalid = errors.New("prescription: invalid input")

// ErrNotFound is returned for what does not exist, and for what is not the asker's to know of.
var ErrNotFound = errors.New("prescription: not found")

// Invalid is the refusal of a malformed field.
func Invalid(field, rule string) error { return &FieldError{Field: field, Rule: rule} }

// FieldError is an ErrInvalid that names the field and the rule.
type FieldError struct{ Field, Rule string }

// Error names field and rule, never the value.
func (e *FieldError) Error() string { return fmt.Sprintf("%v: %s: %s", ErrInvalid, e.Field, e.Rule) }

// Is makes every FieldError an ErrInvalid.
func (e *FieldError) Is(target error) bool { return target == ErrInvalid }

// Broken tells an adapter which field broke which rule; there is no law behind a malformed field.
func (e *FieldError) Broken() (field, rule, cite string) { return e.Field, e.Rule, "" }

// Nth is the path of an element of a list, from 0.
func Nth(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

// MinReasonRunes is the shortest written reason that can mean anything.
const MinReasonRunes = 4

// MaxReasonRunes bounds a written reason.
const MaxReasonRunes = 500

// GoodReason tells whether a written reason can mean anything.
func GoodReason(s string) bool { return CleanReason(&s) }

// CleanReason puts a reason into the form in which it is signed; false: none that can mean
// anything.
func CleanReason(s *string) bool { return text.Text(s, MinReasonRunes, MaxReasonRunes) }

// OptionalText puts a text that may be empty into the form in which it is signed: ErrInvalid.
func OptionalText(field string, s *string) error {
	if !text.Text(s, 0, MaxReasonRunes) {
		return Invalid(field, text.LineRule(0, MaxReasonRunes))
	}
	return nil
}

// ErrRole is returned when an actor's role has no part in a step.
var ErrRole = errors.New("prescription: this role may not do that")

// ErrStale is returned when what was prepared is no longer what would take effect: somebody changed
// the prescription or the facts behind it in the meantime. Prepare again.
var ErrStale = errors.New("prescription: changed in the meantime, prepare again")
