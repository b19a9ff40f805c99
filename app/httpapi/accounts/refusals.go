package accounts

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/attempts"
	"github.com/smart-hospital/hospital/app/accounts/turns"
	"github.com/smart-hospital/hospital/app/closing"
	"github.com/smart-hospital/hospital/app/consent"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/app/wechat"
)

// Refusals are those of log-ins and accounts. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "wrong-credentials", Status: http.StatusUnauthorized, Is: accounts.ErrCredentials,
		Detail: "name or password is wrong",
		Do:     "Try again; after five wrong ones from one place each further one waits longer."},
	{Code: "login-locked", Status: http.StatusTooManyRequests, Is: attempts.ErrLocked,
		Do: "Wait as long as Retry-After says."},
	{Code: "rate-limited", Status: http.StatusTooManyRequests, Is: attempts.ErrRate,
		Do: "Wait as long as Retry-After says."},
	{Code: "account-closed", Status: http.StatusForbidden, Is: accounts.ErrDisabled, Detail: "this account is closed",
		Do: "Ask the hospital."},
	{Code: "not-found", Status: http.StatusNotFound, Is: accounts.ErrNotFound, Detail: "no such account",
		Do: "Check the id."},
	{Code: "wechat-code", Status: http.StatusUnauthorized, Is: accounts.ErrCode, Detail: "this is no WeChat code",
		Do: "Call wx.login again for a new code."},
	{Code: "password-change-required", Status: http.StatusForbidden, Is: accounts.ErrPasswordDue,
		Detail: "somebody else knows this password", Do: "Change the password, then log in with the new one."},
	{Code: "second-factor-setup-required", Status: http.StatusForbidden, Is: accounts.ErrFactorDue,
		Detail: "this account must have a second factor", Do: "Set up the second factor, then log in with its code."},
	{Code: "consent-required", Status: http.StatusForbidden, Is: accounts.ErrConsentDue,
		Detail: "the papers in force must be agreed to first",
		Do:     "Show GET /v1/papers, then send PUT /v1/me/consents; what is one's own can be read without it."},
	{Code: "consent-version", Status: http.StatusConflict, Is: consent.ErrVersion,
		Detail: "another version is in force", Do: "Read GET /v1/papers again and show what is in force."},
	{Code: "consent-often", Status: http.StatusTooManyRequests, Is: consent.ErrOften,
		Detail: "at most ten times a day is agreed", Do: "Try tomorrow; what is one's own can be read without it."},
	{Code: "closing-hindered", Status: http.StatusConflict, Is: closing.ErrHindered,
		Detail: "something is still under way", Do: "GET /v1/me/closing lists what must come to an end first."},
	{Code: "second-factor-needed", Status: http.StatusUnauthorized, Is: accounts.ErrFactorNeeded,
		Detail: "the second factor's code is needed",
		Do:     "Log in again with name, password and the code of the authenticator app."},
	{Code: "second-factor-wrong", Status: http.StatusUnauthorized, Is: accounts.ErrFactorWrong,
		Detail: "the code is wrong, or was used already", Do: "Wait for the app's next code, or use a recovery code."},
	{Code: "second-factor-set", Status: http.StatusConflict, Is: accounts.ErrFactorSet,
		Detail: "a second factor is set up already", Do: "Remove it first."},
	{Code: "second-factor-unset", Status: http.StatusConflict, Is: accounts.ErrFactorUnset,
		Detail: "no second factor is set up", Do: "Set one up first."},
	{Code: "forbidden", Status: http.StatusForbidden, Is: accounts.ErrForeign,
		Detail: "only accounts of the own organisation", Do: "Use an account with the role the operation names."},
	{Code: "own-account", Status: http.StatusConflict, Is: accounts.ErrSelf,
		Detail: "this cannot be done to one's own account",
		Do:     "Ask another administrator, or change the password from your own page."},
	{Code: "staff-twice", Status: http.StatusConflict, Is: accounts.ErrTwice,
		Detail: "this person has an open account of this role already", Do: "Use that account, or close it first."},
	{Code: "login-taken", Status: http.StatusConflict, Is: accounts.ErrLoginTaken, Detail: "this login exists",
		Do: "Choose another login."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Is: turns.ErrBusy,
		Detail: "too many log-ins at once", Do: "Repeat later."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Is: accounts.ErrUnavailable,
		Detail: "the session store does not answer", Do: "Repeat later."},
	{Code: "wechat-code", Status: http.StatusUnauthorized, Is: wechat.ErrCode,
		Detail: "the WeChat code is wrong or older than five minutes", Do: "Call wx.login again for a new code."},
	{Code: "wechat-code-used", Status: http.StatusUnauthorized, Is: wechat.ErrCodeUsed,
		Detail: "the WeChat code was used before", Do: "Call wx.login again for a new code."},
	{Code: "rate-limited", Status: http.StatusTooManyRequests, Is: wechat.ErrRate,
		Detail: "WeChat: too many log-ins of this user", Do: "Wait a minute."},
	{Code: "wechat-unavailable", Status: http.StatusServiceUnavailable, Is: wechat.ErrUnavailable,
		Detail: "WeChat does not answer", Do: "Call wx.login again and repeat."},
	{Code: "wechat-blocked", Status: http.StatusForbidden, Is: wechat.ErrBlocked, Detail: "WeChat blocks this user",
		Do: "Use another WeChat account."},
	{Code: "approver-unidentified", Status: http.StatusConflict, Is: accounts.ErrUnidentified,
		Detail: "the number of your own document was not entered",
		Do:     "Enter the number of your own document, or have another administrator enter it; then decide."},
}
