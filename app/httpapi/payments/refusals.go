package payments

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// Refusals are those of payments. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "not-payable", Status: http.StatusConflict, Is: payment.ErrNotPayable,
		Detail: "the prescription takes no payment now",
		Do:     "Read the prescription again: its status says who moves next."},
	{Code: "too-many-payments", Status: http.StatusTooManyRequests, Is: payment.ErrTooMany,
		Detail: "too many payments of this prescription or this account",
		Do:     "Ask the hospital about the prescription; the account may pay again as Retry-After says."},
	{Code: "not-at-desk", Status: http.StatusConflict, Is: payment.ErrNotAtDesk,
		Detail: "the payment does not wait for this decision",
		Do:     "Read the list again: the insurer, or somebody else, may have ended it."},
	{Code: "paid-already", Status: http.StatusConflict, Is: payment.ErrPaidAlready,
		Detail: "the prescription is paid, or a payment is under way", Do: "Read its settlements."},
	{Code: "stale", Status: http.StatusConflict, Is: payment.ErrStale, Detail: "the bill changed since it was shown",
		Do: "Prepare the act anew, show the new document, sign that."},
	{Code: "pay-code-spent", Status: http.StatusConflict, Is: payment.ErrCodeSpent,
		Detail: "the pay code is used, older than a minute, or unknown", Do: "Make a new pay code."},
	{Code: "card-of-another", Status: http.StatusConflict, Is: payment.ErrNotYourCard,
		Detail: "the insurer names another person for this card", Do: "Use the card of the person the profile names."},
	{Code: "card-bound", Status: http.StatusConflict, Is: payment.ErrCardBound,
		Detail: "the insurance card is bound elsewhere", Do: "Use another card, or ask the hospital."},
	{Code: "not-found", Status: http.StatusNotFound, Is: payment.ErrNotFound,
		Detail: "no such card, prescription or settlement",
		Do:     "Check the id; a record of somebody else looks like this as well."},
	{Code: "forbidden", Status: http.StatusForbidden, Is: payment.ErrRole,
		Detail: "only a patient with a valid certificate pays", Do: "Use a patient's account."},
	{Code: "invalid-input", Status: http.StatusUnprocessableEntity, Is: payment.ErrInvalid, Do: "Correct the input."},
	{Code: "version-conflict", Status: http.StatusConflict, Is: payment.ErrConflict,
		Detail: "somebody changed this in the meantime", Do: "Read the resource again, then decide."},
	{Code: "insurer-refused", Status: http.StatusConflict, Is: bureau.ErrRefused, Detail: "the insurer refuses this",
		Do: "Check the card; otherwise ask the insurer."},
	{Code: "insurer-distrusted", Status: http.StatusBadGateway, Is: money.ErrDishonest,
		Detail: "the insurer's answer does not add up; an operator has been told", Do: "Repeat later."},
	{Code: "insurer-unreachable", Status: http.StatusServiceUnavailable, Is: bureau.ErrUnknownOutcome,
		Detail: "the insurer gave no answer that can be trusted", Do: "Repeat with the same Idempotency-Key."},
}
