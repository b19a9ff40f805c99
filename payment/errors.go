package payment

import (
	"errors"

	"github.com/smart-hospital/hospital/payment/money"
)

// Errors of this room. Each is wrapped with the field and the rule, or the settlement's id; never
// with a person's name.
var (
	ErrInvalid     = money.ErrInvalid                 // also of a bill and of its amounts
	ErrNotFound    = errors.New("payment: not found") // also what a stranger sees of somebody else's
	ErrRole        = errors.New("payment: not for this role")
	ErrNotYourCard = errors.New("payment: the insurance card belongs to somebody else")
	ErrCardBound   = errors.New("payment: the insurance card is bound to another account")
	ErrCodeSpent   = errors.New("payment: pay code is used, expired or unknown")
	ErrTransition  = errors.New("payment: not possible in this status")
	ErrPaidAlready = errors.New("payment: the prescription is paid or being paid")
	ErrStale       = errors.New("payment: the bill or the split changed; ask for a new quote")
	ErrConflict    = errors.New("payment: somebody else changed the settlement; read it again")

	// ErrTooMany: more payments of this prescription, or of this payer today, than anybody needs;
	// each is on the chain for ever.
	ErrTooMany error = tooMany{}

	// ErrStored: a row of the store does not open or does not add up.
	ErrStored = errors.New("payment: stored settlement cannot be read")

	// ErrNotPayable is what [Prescriptions] answers when a prescription takes no money, now or any
	// more.
	ErrNotPayable = errors.New("payment: the prescription cannot be paid")
)

type tooMany struct{}

func (tooMany) Error() string { return "payment: too many payments opened" }

// RetryAfter is in seconds.
func (tooMany) RetryAfter() int { return 3600 }
