package problem

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// entry is one line of the contract with clients. Lines are matched in order; codes are append-only.
type entry struct {
	Code   string
	Status int
	Is     error  // sentinel that means this code; nil when only New uses it
	Detail string // fixed text; empty: the error's own text, which its room keeps free of personal data
	Do     string // what a client should do, for the documentation
}

var list = []entry{
	{Code: "internal", Status: http.StatusInternalServerError, Do: "Report the request id."},
	{Code: "invalid-input", Status: http.StatusUnprocessableEntity, Is: invalid.ErrInput, Do: "Correct the fields listed under errors."},
	{Code: "unauthenticated", Status: http.StatusUnauthorized, Is: accounts.ErrUnauthenticated, Do: "Log in and send the bearer token."},
	{Code: "forbidden", Status: http.StatusForbidden, Do: "Use an account with the role the operation names."},
	{Code: "not-found", Status: http.StatusNotFound, Do: "Check the id; a record of somebody else looks like this as well."},
	{Code: "method-not-allowed", Status: http.StatusMethodNotAllowed, Do: "See the API description."},
	{Code: "request-timeout", Status: http.StatusRequestTimeout, Do: "Repeat with the same Idempotency-Key."},
	{Code: "conflict", Status: http.StatusConflict, Do: "Read the resource again, then decide."},
	{Code: "too-large", Status: http.StatusRequestEntityTooLarge, Do: "Send less: a body has at most 1 MiB."},
	{Code: "unsupported-media-type", Status: http.StatusUnsupportedMediaType, Do: "Send application/json."},
	{Code: "rate-limited", Status: http.StatusTooManyRequests, Do: "Wait as long as Retry-After says."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Do: "Repeat later with the same Idempotency-Key."},
	{Code: "bad-encoding", Status: http.StatusBadRequest, Do: "Send valid UTF-8."},
	{Code: "idempotency-key-missing", Status: http.StatusBadRequest, Do: "Send an Idempotency-Key header of 8 to 128 characters with every command."},
	{Code: "idempotency-key-reused", Status: http.StatusConflict, Is: sqlstore.ErrKeyReused, Detail: "this Idempotency-Key was used for another request", Do: "Use a new key for a new request."},
	{Code: "version-conflict", Status: http.StatusConflict, Is: sqlstore.ErrConflict, Detail: "somebody changed this in the meantime", Do: "Read the resource again, then decide."},
}

func byCode(code string) (entry, bool) {
	for _, e := range list {
		if e.Code == code {
			return e, true
		}
	}
	return entry{}, false
}
