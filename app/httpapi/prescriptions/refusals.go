package prescriptions

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/bundle"
	"github.com/smart-hospital/hospital/prescription/copies"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/pickup"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/stock"
)

// Refusals are those of prescriptions, wherever they are shown. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "prescription-number", Status: http.StatusUnprocessableEntity, Is: prescription.ErrBadID,
		Detail: "no prescription number: RX and twenty digits whose check digits fit",
		Do:     "Read or scan the number again."},
	{Code: "rule-refused", Status: http.StatusUnprocessableEntity, Is: prescription.ErrRefused,
		Do: "See errors: the rule, the field, and the law behind it."},
	{Code: "invalid-input", Status: http.StatusUnprocessableEntity, Is: prescription.ErrInvalid,
		Do: "Correct the fields listed under errors."},
	{Code: "not-found", Status: http.StatusNotFound, Is: prescription.ErrNotFound,
		Detail: "no such prescription or visit",
		Do:     "Check the id; a record of somebody else looks like this as well."},
	{Code: "status", Status: http.StatusConflict, Is: prescription.ErrStatus,
		Do: "Read the prescription again: its status says who moves next."},
	{Code: "stale", Status: http.StatusConflict, Is: prescription.ErrStale,
		Do: "Prepare the act anew, show the new document, sign that."},
	{Code: "claim-held", Status: http.StatusConflict, Is: lifecycle.ErrHeld,
		Do: "Another pharmacy holds the lock; the patient can see which."},
	{Code: "rate-limited", Status: http.StatusTooManyRequests, Is: pickup.ErrShortRate,
		Do: "Scan the patient's code; short codes are taken again as Retry-After says."},
	{Code: "no-short-code", Status: http.StatusConflict, Is: pickup.ErrNoShort,
		Do: "Choose a pharmacy of this application, or show the QR code."},
	{Code: "pickup-refused", Status: http.StatusForbidden, Is: redemption.ErrBadToken,
		Detail: "the pick-up code opens nothing", Do: "Scan the patient's code again."},
	{Code: "not-holder", Status: http.StatusForbidden, Is: lifecycle.ErrNotHolder,
		Detail: "the lock or its secret is not yours", Do: "Read the prescription for the secret, or claim it."},
	{Code: "claim-unconfirmed", Status: http.StatusConflict, Is: lifecycle.ErrClaimUnconfirmed,
		Detail: "the chain has not confirmed the claim yet",
		Do:     "Repeat after Retry-After seconds; hand nothing out before."},
	{Code: "out-of-stock", Status: http.StatusConflict, Is: stock.ErrOut,
		Detail: "the pharmacy has not enough packages in stock",
		Do:     "See errors for the missing items; enter a delivery, or send the patient to a pharmacy that has them."},
	{Code: "claim-refused", Status: http.StatusConflict, Is: lifecycle.ErrClaimRefused,
		Detail: "the chain refused the claim for good",
		Do:     "Hand nothing out. If another step was first it is taken back in a moment by itself; otherwise an operator takes it back. Read it again then."},
	{Code: "claim-lost", Status: http.StatusConflict, Is: copies.ErrClaimLost,
		Detail: "another step was first on the chain: the claim was taken back",
		Do:     "Hand nothing out; the prescription was claimed elsewhere, withdrawn or expired."},
	{Code: "bundle-refused", Status: http.StatusUnprocessableEntity, Is: bundle.ErrBundle,
		Do: "Take a new bundle out of the hospital's application."},
	{Code: "bundle-early", Status: http.StatusConflict, Is: copies.ErrBundleEarly,
		Detail: "this node's chain does not hold the prescription yet", Do: "Repeat after Retry-After seconds."},
	{Code: "no-pharmacy", Status: http.StatusConflict, Is: copies.ErrNoPharmacy,
		Detail: "no pharmacy is served by this application", Do: "Bring it to the application of a pharmacy."},
	{Code: "claim-stands", Status: http.StatusConflict, Is: service.ErrClaimStands,
		Detail: "the chain did not refuse the claim", Do: "Nothing to take back: the holder dispenses or releases."},
	{Code: "ledger-ahead", Status: http.StatusConflict, Is: service.ErrLedgerAhead,
		Detail: "the chain stands elsewhere than before the claim",
		Do:     "Compare both with hospital audit: another application wrote to the prescription."},
	{Code: "trace-used", Status: http.StatusConflict, Is: lifecycle.ErrTraceUsed,
		Detail: "a package's trace code was dispensed before", Do: "Set the package aside and report it."},
	{Code: "forbidden", Status: http.StatusForbidden, Is: prescription.ErrRole,
		Detail: "this role has no part in the step", Do: "Use an account with the role the operation names."},
}
