package problem

import (
	"net/http"
	"slices"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Entry is one line of the contract with clients. Lines are matched in order; codes are
// append-only.
type Entry struct {
	Code   string
	Status int
	Is     error  // sentinel that means this code; nil when only a handler uses it
	Detail string // fixed text; empty: the error's own text, which its room keeps free of personal data
	Do     string // what a client should do, for the documentation
}

// general are the refusals of no room: those of HTTP itself and of what every room stands on.
var general = []Entry{
	{Code: "internal", Status: http.StatusInternalServerError, Do: "Report the request id."},
	// before what a room may have joined to it
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Is: sqlstore.ErrUnavailable,
		Detail: "the database is not available", Do: "Repeat later with the same Idempotency-Key."},
	{Code: "invalid-input", Status: http.StatusUnprocessableEntity, Is: invalid.ErrInput,
		Do: "Correct the fields listed under errors."},
	{Code: "unauthenticated", Status: http.StatusUnauthorized, Is: accounts.ErrUnauthenticated,
		Do: "Log in and send the bearer token."},
	{Code: "forbidden", Status: http.StatusForbidden, Do: "Use an account with the role the operation names."},
	{Code: "not-found", Status: http.StatusNotFound,
		Do: "Check the id; a record of somebody else looks like this as well."},
	{Code: "method-not-allowed", Status: http.StatusMethodNotAllowed, Do: "See the API description."},
	{Code: "request-timeout", Status: http.StatusRequestTimeout, Do: "Repeat with the same Idempotency-Key."},
	{Code: "conflict", Status: http.StatusConflict, Do: "Read the resource again, then decide."},
	{Code: "too-large", Status: http.StatusRequestEntityTooLarge, Do: "Send less: a body has at most 1 MiB."},
	{Code: "unsupported-media-type", Status: http.StatusUnsupportedMediaType, Do: "Send application/json."},
	{Code: "upgrade-required", Status: http.StatusUpgradeRequired, Do: "Open a WebSocket at this address (RFC 6455)."},
	{Code: "rate-limited", Status: http.StatusTooManyRequests, Do: "Wait as long as Retry-After says."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Do: "Repeat later with the same Idempotency-Key."},
	{Code: "no-room", Status: http.StatusInsufficientStorage,
		Do: "Repeat later with the same Idempotency-Key; the hospital's operator has been told."},
	{Code: "bad-encoding", Status: http.StatusBadRequest, Do: "Send valid UTF-8."},
	{Code: "idempotency-key-missing", Status: http.StatusBadRequest,
		Do: "Send an Idempotency-Key header of 8 to 128 characters with every command."},
	{Code: "idempotency-key-reused", Status: http.StatusConflict, Is: sqlstore.ErrKeyReused,
		Detail: "this Idempotency-Key was used for another request", Do: "Use a new key for a new request."},
	{Code: "version-conflict", Status: http.StatusConflict, Is: sqlstore.ErrConflict,
		Detail: "somebody changed this in the meantime", Do: "Read the resource again, then decide."},
	{Code: "too-many-readers", Status: http.StatusTooManyRequests, Do: "Close another connection of this account."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Is: outbox.ErrBacklog,
		Detail: "too many records wait for the chain", Do: "Repeat later with the same Idempotency-Key."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Is: sqlstore.ErrBusy, Detail: "the database is busy",
		Do: "Repeat later with the same Idempotency-Key."},
}

// Table is all that an API refuses with.
type Table struct{ entries []Entry }

// NewTable holds the refusals of no room, which come first.
func NewTable() *Table { return &Table{slices.Clone(general)} }

// Add takes a room's refusals in after those that are there.
func (t *Table) Add(entries []Entry) { t.entries = append(t.entries, entries...) }

// Find is the first entry of a code.
func (t *Table) Find(code string) (Entry, bool) {
	for _, e := range t.entries {
		if e.Code == code {
			return e, true
		}
	}
	return Entry{}, false
}
