package bureau

import "errors"

// Errors of an [Insurer]. Every error it returns wraps exactly one of them, or
// money.ErrDishonest; ErrForged comes with ErrUnknownOutcome only.
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
)
