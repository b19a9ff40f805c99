// Package money is how this program counts money: integer fen, a bill's lines, the split of a
// settlement and the parts it moves in. Every sum is exact and checked; no part is ever negative.
package money

import "errors"

// Errors of amounts. Each is wrapped with the field and the rule.
var (
	ErrInvalid = errors.New("payment: invalid input")
	ErrAmount  = errors.New("payment: amount out of range or not exact")

	// ErrDishonest: a split that breaks the arithmetic of a settlement. In an insurer's signed
	// answer it is refused and alarmed.
	ErrDishonest = errors.New("payment: the insurer's amounts do not add up")
)
