package signing

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/handover"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/intent"
)

// Refusals are those of prepared acts. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "signature-refused", Status: http.StatusUnprocessableEntity, Is: intent.ErrSignature,
		Detail: "not the actor's signature over this statement",
		Do:     "Sign the statement's bytes with the enrolled key (strict DER)."},
	{Code: "not-found", Status: http.StatusNotFound, Is: intent.ErrNotFound, Detail: "no such prepared act",
		Do: "Check the id; an act of somebody else looks like this as well."},
	{Code: "intent-expired", Status: http.StatusConflict, Is: intent.ErrExpired,
		Detail: "the prepared act is older than fifteen minutes", Do: "Prepare it anew."},
	{Code: "intent-used", Status: http.StatusConflict, Is: intent.ErrUsed, Detail: "the act was signed already",
		Do: "Read the resource: it has taken place."},
	{Code: "code-unknown", Status: http.StatusNotFound, Is: handover.ErrNoCode,
		Detail: "no desk of this account shows this code", Do: "Have the desk show a new one; compare the digits."},
	{Code: "too-many-codes", Status: http.StatusTooManyRequests, Is: handover.ErrTooMany,
		Detail: "too many wrong codes of this account", Do: "Sign with the key at hand, or wait a quarter of an hour."},
	{Code: "invalid-input", Status: http.StatusUnprocessableEntity, Is: intent.ErrDocument,
		Detail: "what would be signed is too long, or holds characters that nobody may sign",
		Do:     "Correct the text; a name is corrected by the hospital."},
}
