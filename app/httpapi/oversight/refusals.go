package oversight

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/evidence/period"
)

// Refusals are those of the regulator's data port and findings. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "disclosure-refused", Status: http.StatusForbidden, Is: disclosure.ErrRefused,
		Do: "Sign with the seal of a regulator in the members' list, for this hospital, with the time of now."},
	{Code: "disclosure-replayed", Status: http.StatusConflict, Is: disclosure.ErrReplayed,
		Detail: "this request was used before", Do: "Sign a new request with a new nonce."},
	{Code: "export-running", Status: http.StatusConflict, Is: errExportRunning,
		Do: "Wait until the other export is over, or end it; one account has one at a time."},
	{Code: "export-too-large", Status: http.StatusUnprocessableEntity, Is: period.ErrTooLarge,
		Do: "Ask for fewer days."},
	{Code: "not-found", Status: http.StatusNotFound, Is: oversight.ErrNotFound, Detail: "no such finding",
		Do: "Check the id."},
	{Code: "record-not-found", Status: http.StatusNotFound, Is: disclosure.ErrNotHere,
		Detail: "no document of that record here", Do: "Check the id."},
}
