package accounts

import (
	"errors"
	"fmt"
	"time"
)

// Errors of this package, beside ErrUnauthenticated.
var (
	ErrNotFound     = errors.New("accounts: no such account")
	ErrCredentials  = errors.New("accounts: name or password is wrong")
	ErrLocked       = errors.New("accounts: too many wrong passwords")
	ErrRate         = errors.New("accounts: too many log-ins from this address")
	ErrDisabled     = errors.New("accounts: account is closed")
	ErrLoginTaken   = errors.New("accounts: this login exists")
	ErrBusy         = errors.New("accounts: too many log-ins at once")
	ErrUnavailable  = errors.New("accounts: session store does not answer")
	ErrCode         = errors.New("accounts: not a WeChat code")
	ErrPasswordDue  = errors.New("accounts: the password must be changed first")
	ErrFactorDue    = errors.New("accounts: a second factor must be set up first")
	ErrFactorNeeded = errors.New("accounts: the second factor's code is needed")
	ErrFactorWrong  = errors.New("accounts: the second factor's code is wrong or used")
	ErrFactorSet    = errors.New("accounts: a second factor is set up already")
	ErrFactorUnset  = errors.New("accounts: no second factor is being set up")
	ErrForeign      = errors.New("accounts: this account belongs to another organisation")
	ErrSelf         = errors.New("accounts: not for one's own account")
	ErrUnidentified = errors.New("accounts: the number of the administrator's own document was not entered")
	ErrTwice        = errors.New("accounts: this human has an open log-in of this role")
)

// RetryError says why to wait, and how long.
type RetryError struct {
	Reason error         // ErrLocked or ErrRate
	After  time.Duration // until the next try makes sense
}

// Error names the reason.
func (e *RetryError) Error() string {
	return fmt.Sprintf("%v; try again in %d s", e.Reason, e.RetryAfter())
}

// Unwrap gives the reason to errors.Is.
func (e *RetryError) Unwrap() error { return e.Reason }

// RetryAfter is After rounded up, as the Retry-After header wants it (RFC 9110 section 10.2.3).
func (e *RetryError) RetryAfter() int { return int((e.After + time.Second - 1) / time.Second) }
