package payment

import "errors"

// Errors of this room. Each is wrapped with the field and the rule, or the settlement's id; never
// with a person's name.
var (
	ErrInvalid     = errors.New("payment: invalid input")
	ErrAmount      = errors.New("payment: amount out of range or not exact")
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

// Errors of an [Insurer]. Every error it returns wraps exactly one of them; ErrForged comes with
// ErrUnknownOutcome only.
var (
	// ErrUnknownOutcome: time-out, broken connection, or an answer that cannot be trusted
	// (signature, time, replay, amounts of a message that does not add up). The insurer may or may
	// not have acted: query, do not repeat and do not give up.
	ErrUnknownOutcome = errors.New("payment: the insurer's outcome is unknown")
	// ErrForged: something answered that is not the insurer, or it answered another message.
	// Somebody must look at the wire.
	ErrForged = errors.New("payment: the answer is not the insurer's")
	// ErrRefused: the insurer said no, signed. Nothing moved, and the same request will be refused
	// again.
	ErrRefused = errors.New("payment: the insurer refused")
	// ErrUnknownOrder: the insurer says, signed, that it never saw this number.
	ErrUnknownOrder = errors.New("payment: the insurer does not know the order")
	// ErrDishonest: a signed answer that breaks the arithmetic of a settlement. It is refused and
	// alarmed.
	ErrDishonest = errors.New("payment: the insurer's amounts do not add up")
)

type tooMany struct{}

func (tooMany) Error() string { return "payment: too many payments opened" }

// RetryAfter is in seconds.
func (tooMany) RetryAfter() int { return 3600 }
