// Package invalid says what is wrong with an input: which field breaks which rule, and the law or
// standard behind the rule. It never holds the value: that may be somebody's name.
package invalid

import (
	"errors"
	"fmt"
	"strings"
)

// ErrInput is what every *Error is.
var ErrInput = errors.New("invalid input")

// Field is one wrong field.
type Field struct {
	Field string `json:"field" doc:"Path of the field" example:"body.items[0].days"`
	Rule  string `json:"rule" doc:"Rule it breaks" example:"expected number <= 84"`
	Cite  string `json:"cite,omitempty" doc:"Law or standard behind the rule" example:"处方管理办法 第十九条"`
}

// Error lists everything wrong with one input.
type Error struct{ fields []Field }

// Error names fields and rules.
func (e *Error) Error() string {
	parts := make([]string, len(e.fields))
	for i, f := range e.fields {
		parts[i] = f.Field + ": " + f.Rule
	}
	return fmt.Sprintf("%v: %s", ErrInput, strings.Join(parts, "; "))
}

// Is makes errors.Is(err, ErrInput) true.
func (e *Error) Is(target error) bool { return target == ErrInput }

// ProblemFields lets the problem body carry the fields.
func (e *Error) ProblemFields() []Field { return e.fields }

// Check collects what is wrong, so that a form is corrected in one go.
type Check struct{ fields []Field }

// That notes the field as wrong unless ok.
func (c *Check) That(ok bool, field, rule string) { c.Cited(ok, field, rule, "") }

// Cited is That with the law or standard behind the rule.
func (c *Check) Cited(ok bool, field, rule, cite string) {
	if !ok {
		c.fields = append(c.fields, Field{Field: field, Rule: rule, Cite: cite})
	}
}

// Err is nil when nothing was wrong, else an *Error.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Error{fields: c.fields}
}
