package explorer

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/httpapi/explorer/stream"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain"
)

// Refusals are those of the explorer, receipts and votes. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "receipt-not-sealed", Status: http.StatusConflict, Is: chain.ErrNotSealed,
		Detail: "the members have not sealed this yet", Do: "Ask again after Retry-After seconds."},
	recordRefused,
	voteRefused,
	{Code: "record-not-found", Status: http.StatusNotFound, Is: chain.ErrNotFound, Detail: "not on the chain",
		Do: "Check the id."},
	{Code: "chain-busy", Status: http.StatusServiceUnavailable, Is: chain.ErrBusy, Detail: "the chain's node is busy",
		Do: "Repeat later."},
	stream.TooMany,
}

var recordRefused = problem.Entry{Code: "record-refused", Status: http.StatusConflict,
	Do: "The ledger refused the record; the hospital's operator has been told."}

var voteRefused = problem.Entry{Code: "vote-refused", Status: http.StatusConflict,
	Do: "The ledger's reason is in the detail: not-yet passes after two blocks, sequence when another member voted at the same time; make the vote anew."}
