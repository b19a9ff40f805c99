package problem

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain"
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
	// Consultations and their chat.
	{Code: "consultation-not-found", Status: http.StatusNotFound, Is: consult.ErrNotFound, Detail: "no such consultation", Do: "Check the id; a record of somebody else looks like this as well."},
	{Code: "consultation-side", Status: http.StatusForbidden, Is: consult.ErrForbidden, Do: "This is for the other side of the consultation."},
	{Code: "consultation-state", Status: http.StatusConflict, Is: consult.ErrState, Do: "Read the consultation again: next lists what is possible now."},
	{Code: "consultation-open", Status: http.StatusConflict, Is: consult.ErrOpen, Do: "Go on in the open consultation with this doctor."},
	{Code: "doctor-not-available", Status: http.StatusUnprocessableEntity, Is: consult.ErrDoctor, Do: "Choose another doctor."},
	{Code: "note-missing", Status: http.StatusConflict, Is: consult.ErrNote, Do: "Write the note first."},
	{Code: "note-version", Status: http.StatusConflict, Is: consult.ErrNoteVersion, Do: "Read the note again, merge, and send the version you saw."},
	{Code: "client-id-reused", Status: http.StatusConflict, Is: consult.ErrClientID, Do: "Use a new client id for a new message."},
	{Code: "consultation-full", Status: http.StatusConflict, Is: consult.ErrFull, Do: "Finish this consultation and ask for another one."},
	{Code: "picture-refused", Status: http.StatusUnprocessableEntity, Is: consult.ErrPicture, Do: "Upload a JPEG, PNG or WebP of at most 5 MiB."},
	{Code: "too-many-readers", Status: http.StatusTooManyRequests, Do: "Close another connection of this account."},

	// The chain's explorer and receipts.
	{Code: "receipt-not-sealed", Status: http.StatusConflict, Is: chain.ErrNotSealed, Detail: "the members have not sealed this yet", Do: "Ask again after Retry-After seconds."},
	{Code: "record-not-found", Status: http.StatusNotFound, Is: chain.ErrNotFound, Detail: "not on the chain", Do: "Check the id."},
	{Code: "chain-busy", Status: http.StatusServiceUnavailable, Is: chain.ErrBusy, Detail: "the chain's node is busy", Do: "Repeat later."},
	{Code: "too-many-streams", Status: http.StatusServiceUnavailable, Do: "Come back later, or read the blocks."},
}

func byCode(code string) (entry, bool) {
	for _, e := range list {
		if e.Code == code {
			return e, true
		}
	}
	return entry{}, false
}
