package accounts

import "errors"

// Errors of this package, beside ErrUnauthenticated.
var (
	ErrNotFound     = errors.New("accounts: no such account")
	ErrCredentials  = errors.New("accounts: name or password is wrong")
	ErrDisabled     = errors.New("accounts: account is closed")
	ErrLoginTaken   = errors.New("accounts: this login exists")
	ErrUnavailable  = errors.New("accounts: session store does not answer")
	ErrCode         = errors.New("accounts: not a WeChat code")
	ErrPasswordDue  = errors.New("accounts: the password must be changed first")
	ErrFactorDue    = errors.New("accounts: a second factor must be set up first")
	ErrConsentDue   = errors.New("accounts: the papers in force must be agreed to first")
	ErrFactorNeeded = errors.New("accounts: the second factor's code is needed")
	ErrFactorWrong  = errors.New("accounts: the second factor's code is wrong or used")
	ErrFactorSet    = errors.New("accounts: a second factor is set up already")
	ErrFactorUnset  = errors.New("accounts: no second factor is being set up")
	ErrForeign      = errors.New("accounts: this account belongs to another organisation")
	ErrSelf         = errors.New("accounts: not for one's own account")
	ErrUnidentified = errors.New("accounts: the number of the administrator's own document was not entered")
	ErrTwice        = errors.New("accounts: this human has an open log-in of this role")
)
