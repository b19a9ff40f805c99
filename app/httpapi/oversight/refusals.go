package oversight

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/oversight/exports"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/evidence/period"
)

// Refusals are those of the regulator's data port and findings. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "disclosure-refused", Status: http.StatusForbidden, Is: disclosure.ErrRefused,
		Do: "Sign with the seal of a regulator in the members' list, for this hospital, with the time of now."},
	{Code: "disclosure-replayed", Status: http.StatusConflict, Is: disclosure.ErrReplayed,
		Detail: "this request was used before", Do: "Sign a new request with a new nonce."},
	{Code: "export-running", Status: http.StatusConflict, Is: exports.ErrBusy,
		Do: "Wait until the other export is made, or delete it; one account has one made at a time, a node two."},
	{Code: "export-not-ready", Status: http.StatusConflict, Is: exports.ErrNotReady,
		Do: "Wait until it is ready; one that failed is made anew."},
	{Code: "export-too-large", Status: http.StatusUnprocessableEntity, Is: period.ErrTooLarge,
		Do: "Ask for fewer days."},
	{Code: "no-room", Status: http.StatusInsufficientStorage, Is: exports.ErrNoRoom,
		Detail: "the node's disk is nearly full", Do: "Delete exports that are not needed, or tell the node's operator."},
	{Code: "range-not-satisfiable", Status: http.StatusRequestedRangeNotSatisfiable, Is: errRange,
		Do: "Ask from a byte on that the file has."},
	{Code: "ticket-used", Status: http.StatusForbidden, Is: exports.ErrTicket,
		Detail: "the link was used, or is too old", Do: "Ask for another ticket."},
	{Code: "not-found", Status: http.StatusNotFound, Is: exports.ErrNotFound, Detail: "no such export",
		Do: "It ended, or is another's: look at the list."},
	{Code: "not-found", Status: http.StatusNotFound, Is: oversight.ErrNotFound, Detail: "no such finding",
		Do: "Check the id."},
	{Code: "record-not-found", Status: http.StatusNotFound, Is: disclosure.ErrNotHere,
		Detail: "no document of that record here", Do: "Check the id."},
}
