package problem

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/wechat"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
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
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Is: sqlstore.ErrUnavailable, Detail: "the database is not available", Do: "Repeat later with the same Idempotency-Key."}, // before what a room may have joined to it
	{Code: "invalid-input", Status: http.StatusUnprocessableEntity, Is: invalid.ErrInput, Do: "Correct the fields listed under errors."},
	{Code: "unauthenticated", Status: http.StatusUnauthorized, Is: accounts.ErrUnauthenticated, Do: "Log in and send the bearer token."},
	{Code: "forbidden", Status: http.StatusForbidden, Do: "Use an account with the role the operation names."},
	{Code: "not-found", Status: http.StatusNotFound, Do: "Check the id; a record of somebody else looks like this as well."},
	{Code: "method-not-allowed", Status: http.StatusMethodNotAllowed, Do: "See the API description."},
	{Code: "request-timeout", Status: http.StatusRequestTimeout, Do: "Repeat with the same Idempotency-Key."},
	{Code: "conflict", Status: http.StatusConflict, Do: "Read the resource again, then decide."},
	{Code: "too-large", Status: http.StatusRequestEntityTooLarge, Do: "Send less: a body has at most 1 MiB."},
	{Code: "unsupported-media-type", Status: http.StatusUnsupportedMediaType, Do: "Send application/json."},
	{Code: "upgrade-required", Status: http.StatusUpgradeRequired, Do: "Open a WebSocket at this address (RFC 6455)."},
	{Code: "rate-limited", Status: http.StatusTooManyRequests, Do: "Wait as long as Retry-After says."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Do: "Repeat later with the same Idempotency-Key."},
	{Code: "no-room", Status: http.StatusInsufficientStorage, Do: "Repeat later with the same Idempotency-Key; the hospital's operator has been told."},
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
	{Code: "no-such-slot", Status: http.StatusUnprocessableEntity, Is: consult.ErrNoSlot, Do: "Read the doctor's slots again, choose one of them."},
	{Code: "slot-full", Status: http.StatusConflict, Is: consult.ErrSlotFull, Do: "Choose another session."},
	{Code: "consultation-prescribed", Status: http.StatusConflict, Is: consult.ErrPrescribed, Do: "Withdraw its prescriptions first, or finish the consultation."},
	{Code: "consultation-over", Status: http.StatusForbidden, Is: consult.ErrOver, Do: "The patient's record is open to the doctor until a day after the visit; ask for a new visit."},
	{Code: "note-missing", Status: http.StatusConflict, Is: consult.ErrNote, Do: "Write the note first."},
	{Code: "note-version", Status: http.StatusConflict, Is: consult.ErrNoteVersion, Do: "Read the note again, merge, and send the version you saw."},
	{Code: "client-id-reused", Status: http.StatusConflict, Is: consult.ErrClientID, Do: "Use a new client id for a new message."},
	{Code: "consultation-full", Status: http.StatusConflict, Is: consult.ErrFull, Do: "Finish this consultation and ask for another one."},
	{Code: "picture-refused", Status: http.StatusUnprocessableEntity, Is: consult.ErrPicture, Do: "Upload a whole JPEG, PNG or WebP of at most 5 MiB and 25 million pixels."},
	{Code: "picture-quota", Status: http.StatusTooManyRequests, Is: consult.ErrQuota, Do: "Wait until tomorrow: one account may keep 60 pictures or 120 MiB a day."},
	{Code: "too-many-readers", Status: http.StatusTooManyRequests, Do: "Close another connection of this account."},

	// The chain's explorer and receipts.
	{Code: "receipt-not-sealed", Status: http.StatusConflict, Is: chain.ErrNotSealed, Detail: "the members have not sealed this yet", Do: "Ask again after Retry-After seconds."},
	{Code: "record-refused", Status: http.StatusConflict, Do: "The ledger refused the record; the hospital's operator has been told."},
	{Code: "vote-refused", Status: http.StatusConflict, Do: "The ledger's reason is in the detail: not-yet passes after two blocks, sequence when another member voted at the same time; make the vote anew."},
	{Code: "record-not-found", Status: http.StatusNotFound, Is: chain.ErrNotFound, Detail: "not on the chain", Do: "Check the id."},
	{Code: "chain-busy", Status: http.StatusServiceUnavailable, Is: chain.ErrBusy, Detail: "the chain's node is busy", Do: "Repeat later."},
	{Code: "too-many-streams", Status: http.StatusServiceUnavailable, Do: "Come back later, or read the blocks."},

	// The regulator's data port.
	{Code: "disclosure-refused", Status: http.StatusForbidden, Is: disclosure.ErrRefused, Do: "Sign with the seal of a regulator in the members' list, for this hospital, with the time of now."},
	{Code: "disclosure-replayed", Status: http.StatusConflict, Is: disclosure.ErrReplayed, Detail: "this request was used before", Do: "Sign a new request with a new nonce."},
	{Code: "not-found", Status: http.StatusNotFound, Is: oversight.ErrNotFound, Detail: "no such finding", Do: "Check the id."},
	{Code: "record-not-found", Status: http.StatusNotFound, Is: disclosure.ErrNotHere, Detail: "no document of that record here", Do: "Check the id."},

	// Log-in, register, profiles and keys.
	{Code: "wrong-credentials", Status: http.StatusUnauthorized, Is: accounts.ErrCredentials, Detail: "name or password is wrong", Do: "Try again; after five wrong ones from one place each further one waits longer."},
	{Code: "login-locked", Status: http.StatusTooManyRequests, Is: accounts.ErrLocked, Do: "Wait as long as Retry-After says."},
	{Code: "rate-limited", Status: http.StatusTooManyRequests, Is: accounts.ErrRate, Do: "Wait as long as Retry-After says."},
	{Code: "account-closed", Status: http.StatusForbidden, Is: accounts.ErrDisabled, Detail: "this account is closed", Do: "Ask the hospital."},
	{Code: "not-found", Status: http.StatusNotFound, Is: accounts.ErrNotFound, Detail: "no such account", Do: "Check the id."},
	{Code: "wechat-code", Status: http.StatusUnauthorized, Is: accounts.ErrCode, Detail: "this is no WeChat code", Do: "Call wx.login again for a new code."},
	{Code: "password-change-required", Status: http.StatusForbidden, Is: accounts.ErrPasswordDue, Detail: "somebody else knows this password", Do: "Change the password, then log in with the new one."},
	{Code: "second-factor-setup-required", Status: http.StatusForbidden, Is: accounts.ErrFactorDue, Detail: "this account must have a second factor", Do: "Set up the second factor, then log in with its code."},
	{Code: "second-factor-needed", Status: http.StatusUnauthorized, Is: accounts.ErrFactorNeeded, Detail: "the second factor's code is needed", Do: "Log in again with name, password and the code of the authenticator app."},
	{Code: "second-factor-wrong", Status: http.StatusUnauthorized, Is: accounts.ErrFactorWrong, Detail: "the code is wrong, or was used already", Do: "Wait for the app's next code, or use a recovery code."},
	{Code: "second-factor-set", Status: http.StatusConflict, Is: accounts.ErrFactorSet, Detail: "a second factor is set up already", Do: "Remove it first."},
	{Code: "second-factor-unset", Status: http.StatusConflict, Is: accounts.ErrFactorUnset, Detail: "no second factor is set up", Do: "Set one up first."},
	{Code: "forbidden", Status: http.StatusForbidden, Is: accounts.ErrForeign, Detail: "only accounts of the own organisation", Do: "Use an account with the role the operation names."},
	{Code: "own-account", Status: http.StatusConflict, Is: accounts.ErrSelf, Detail: "this cannot be done to one's own account", Do: "Ask another administrator, or change the password from your own page."},
	{Code: "staff-twice", Status: http.StatusConflict, Is: accounts.ErrTwice, Detail: "this person has an open account of this role already", Do: "Use that account, or close it first."},
	{Code: "login-taken", Status: http.StatusConflict, Is: accounts.ErrLoginTaken, Detail: "this login exists", Do: "Choose another login."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Is: accounts.ErrBusy, Detail: "too many log-ins at once", Do: "Repeat later."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Is: accounts.ErrUnavailable, Detail: "the session store does not answer", Do: "Repeat later."},
	{Code: "wechat-code", Status: http.StatusUnauthorized, Is: wechat.ErrCode, Detail: "the WeChat code is wrong or older than five minutes", Do: "Call wx.login again for a new code."},
	{Code: "wechat-code-used", Status: http.StatusUnauthorized, Is: wechat.ErrCodeUsed, Detail: "the WeChat code was used before", Do: "Call wx.login again for a new code."},
	{Code: "rate-limited", Status: http.StatusTooManyRequests, Is: wechat.ErrRate, Detail: "WeChat: too many log-ins of this user", Do: "Wait a minute."},
	{Code: "wechat-unavailable", Status: http.StatusServiceUnavailable, Is: wechat.ErrUnavailable, Detail: "WeChat does not answer", Do: "Call wx.login again and repeat."},
	{Code: "wechat-blocked", Status: http.StatusForbidden, Is: wechat.ErrBlocked, Detail: "WeChat blocks this user", Do: "Use another WeChat account."},
	{Code: "not-found", Status: http.StatusNotFound, Is: practitioners.ErrNotFound, Detail: "not in the register", Do: "Check the id."},
	{Code: "already-registered", Status: http.StatusConflict, Is: practitioners.ErrRegistered, Detail: "the registration was decided already", Do: "Ask an administrator for a change."},
	{Code: "licence-taken", Status: http.StatusConflict, Is: practitioners.ErrLicenceTaken, Detail: "this licence is registered for somebody else", Do: "Check the licence number, then ask an administrator."},
	{Code: "registration-state", Status: http.StatusConflict, Is: practitioners.ErrState, Do: "Read the registration again, then decide."},
	{Code: "staff-unidentified", Status: http.StatusConflict, Is: practitioners.ErrUnidentified, Detail: "the number of the practitioner's document was not entered", Do: "Enter it, then put the practitioner into office."},
	{Code: "practitioner-not-approved", Status: http.StatusForbidden, Is: practitioners.ErrNotApproved, Detail: "not in office", Do: "Apply, and wait until an administrator has approved."},
	{Code: "not-found", Status: http.StatusNotFound, Is: patients.ErrNotFound, Detail: "no such profile", Do: "Check the id; a profile of somebody else looks like this as well."},
	{Code: "identity-bound", Status: http.StatusConflict, Is: patients.ErrBound, Detail: "a real name is bound already", Do: "A change of name or number goes through the hospital."},
	{Code: "identity-not-bound", Status: http.StatusConflict, Is: patients.ErrNotBound, Detail: "an adult's real name must be bound first", Do: "Bind the real name first."},
	{Code: "identity-contested", Status: http.StatusConflict, Is: patients.ErrContested, Detail: "another profile holds this number, or it is a member of staff's", Do: "Prove it: bind the insurance card in this name, or show the document at the hospital's desk."},
	{Code: "identity-claim", Status: http.StatusConflict, Is: patients.ErrClaim, Detail: "not possible as the claim to the number stands", Do: "Read the profile again; the desk can help."},
	{Code: "identity-refused", Status: http.StatusConflict, Is: patients.ErrIdentity, Detail: "this identity cannot be bound here", Do: "Ask the hospital."},
	{Code: "profile-full", Status: http.StatusConflict, Is: patients.ErrFull, Detail: "too many entries", Do: "Ask the hospital."},
	{Code: "no-key", Status: http.StatusConflict, Is: keys.ErrNoKey, Detail: "no signing key is enrolled", Do: "Make a key on the device and enrol it."},
	{Code: "no-key", Status: http.StatusConflict, Is: outbox.ErrRevoked, Detail: "the signing key was revoked meanwhile", Do: "Make a key on the device and enrol it."},
	{Code: "key-pending", Status: http.StatusConflict, Is: keys.ErrKeyPending, Detail: "the signing key waits for the chain", Do: "Repeat in a moment."},
	{Code: "key-challenge", Status: http.StatusConflict, Is: keys.ErrChallenge, Detail: "the challenge is unknown, used or expired", Do: "Ask for a new challenge and sign that."},
	{Code: "key-possession", Status: http.StatusUnprocessableEntity, Is: keys.ErrPossession, Detail: "no proof that the device holds this key for this account", Do: "Sign the challenge with the key that is to be enrolled."},
	{Code: "key-invalid", Status: http.StatusUnprocessableEntity, Is: keys.ErrBadKey, Detail: "not a key of the SM2 curve, or not a request for one", Do: "Make a key on the SM2 curve (GB/T 32918.5)."},
	{Code: "key-known", Status: http.StatusConflict, Is: keys.ErrKeyKnown, Detail: "this key was enrolled before", Do: "Make a new key."},
	{Code: "has-key", Status: http.StatusConflict, Is: keys.ErrHasKey, Detail: "there is a live key", Do: "Name it under replaces, or revoke it first."},
	{Code: "not-found", Status: http.StatusNotFound, Is: keys.ErrNotFound, Detail: "no such key", Do: "Check the id; a key of somebody else looks like this as well."},
	{Code: "key-revoked", Status: http.StatusConflict, Is: keys.ErrRevoked, Detail: "the key is revoked already", Do: "Nothing; enrol a new one."},
	{Code: "identity-not-bound", Status: http.StatusConflict, Is: keys.ErrUnknown, Detail: "a real name must be bound before a key is enrolled", Do: "Bind the real name first."},
	{Code: "too-many-keys", Status: http.StatusTooManyRequests, Is: keys.ErrTooMany, Detail: "too many keys in one day: each stays on the chain for ever", Do: "Try again tomorrow."},
	{Code: "key-approval-required", Status: http.StatusConflict, Is: keys.ErrApproval, Detail: "a practitioner's key needs the live key's signature, or two administrators", Do: "Sign the consent with the live key, or ask for approval of this public key and enrol it then."},
	{Code: "key-unproven", Status: http.StatusForbidden, Is: keys.ErrUnproven, Detail: "an administrator knew this account's password; patients' records open once its owner has enrolled a key since", Do: "Enrol a key; with a live one, replace it."},
	{Code: "key-consent", Status: http.StatusUnprocessableEntity, Is: keys.ErrConsent, Detail: "the live key's signature does not fit", Do: "Sign the consent with the live key that is named under replaces, or ask for approval."},
	{Code: "not-found", Status: http.StatusNotFound, Is: keys.ErrRequest, Detail: "no such request, or it is over", Do: "Read the list again."},
	{Code: "not-independent", Status: http.StatusConflict, Is: keys.ErrNotIndependent, Detail: "the second administrator must be another one: neither made or reset the other's account, and nobody made or reset both", Do: "Ask another administrator."},
	{Code: "forbidden", Status: http.StatusForbidden, Is: keys.ErrRole, Detail: "accounts of this role do not sign", Do: "Use an account that signs."},

	// Prescriptions and prepared acts.
	{Code: "prescription-number", Status: http.StatusUnprocessableEntity, Is: prescription.ErrBadID, Detail: "no prescription number: RX and twenty digits whose check digits fit", Do: "Read or scan the number again."},
	{Code: "rule-refused", Status: http.StatusUnprocessableEntity, Is: prescription.ErrRefused, Do: "See errors: the rule, the field, and the law behind it."},
	{Code: "invalid-input", Status: http.StatusUnprocessableEntity, Is: prescription.ErrInvalid, Do: "Correct the fields listed under errors."},
	{Code: "not-found", Status: http.StatusNotFound, Is: prescription.ErrNotFound, Detail: "no such prescription or visit", Do: "Check the id; a record of somebody else looks like this as well."},
	{Code: "status", Status: http.StatusConflict, Is: prescription.ErrStatus, Do: "Read the prescription again: its status says who moves next."},
	{Code: "stale", Status: http.StatusConflict, Is: prescription.ErrStale, Do: "Prepare the act anew, show the new document, sign that."},
	{Code: "claim-held", Status: http.StatusConflict, Is: prescription.ErrHeld, Do: "Another pharmacy holds the lock; the patient can see which."},
	{Code: "pickup-refused", Status: http.StatusForbidden, Is: prescription.ErrBadToken, Detail: "the pick-up code opens nothing", Do: "Scan the patient's code again."},
	{Code: "not-holder", Status: http.StatusForbidden, Is: prescription.ErrNotHolder, Detail: "the lock or its secret is not yours", Do: "Read the prescription for the secret, or claim it."},
	{Code: "claim-unconfirmed", Status: http.StatusConflict, Is: prescription.ErrClaimUnconfirmed, Detail: "the chain has not confirmed the claim yet", Do: "Repeat after Retry-After seconds; hand nothing out before."},
	{Code: "out-of-stock", Status: http.StatusConflict, Is: prescription.ErrOutOfStock, Detail: "the pharmacy has not enough packages in stock", Do: "See errors for the missing items; enter a delivery, or send the patient to a pharmacy that has them."},
	{Code: "claim-refused", Status: http.StatusConflict, Is: prescription.ErrClaimRefused, Detail: "the chain refused the claim for good", Do: "Hand nothing out. If another step was first it is taken back in a moment by itself; otherwise an operator takes it back. Read it again then."},
	{Code: "claim-lost", Status: http.StatusConflict, Is: prescription.ErrClaimLost, Detail: "another step was first on the chain: the claim was taken back", Do: "Hand nothing out; the prescription was claimed elsewhere, withdrawn or expired."},
	{Code: "bundle-refused", Status: http.StatusUnprocessableEntity, Is: prescription.ErrBundle, Do: "Take a new bundle out of the hospital's application."},
	{Code: "bundle-early", Status: http.StatusConflict, Is: prescription.ErrBundleEarly, Detail: "this node's chain does not hold the prescription yet", Do: "Repeat after Retry-After seconds."},
	{Code: "no-pharmacy", Status: http.StatusConflict, Is: prescription.ErrNoPharmacy, Detail: "no pharmacy is served by this application", Do: "Bring it to the application of a pharmacy."},
	{Code: "claim-stands", Status: http.StatusConflict, Is: prescription.ErrClaimStands, Detail: "the chain did not refuse the claim", Do: "Nothing to take back: the holder dispenses or releases."},
	{Code: "ledger-ahead", Status: http.StatusConflict, Is: prescription.ErrLedgerAhead, Detail: "the chain stands elsewhere than before the claim", Do: "Compare both with hospital audit: another application wrote to the prescription."},
	{Code: "trace-used", Status: http.StatusConflict, Is: prescription.ErrTraceUsed, Detail: "a package's trace code was dispensed before", Do: "Set the package aside and report it."},
	{Code: "forbidden", Status: http.StatusForbidden, Is: prescription.ErrRole, Detail: "this role has no part in the step", Do: "Use an account with the role the operation names."},
	{Code: "signature-refused", Status: http.StatusUnprocessableEntity, Is: intent.ErrSignature, Detail: "not the actor's signature over this statement", Do: "Sign the statement's bytes with the enrolled key (strict DER)."},
	{Code: "not-found", Status: http.StatusNotFound, Is: intent.ErrNotFound, Detail: "no such prepared act", Do: "Check the id; an act of somebody else looks like this as well."},
	{Code: "intent-expired", Status: http.StatusConflict, Is: intent.ErrExpired, Detail: "the prepared act is older than fifteen minutes", Do: "Prepare it anew."},
	{Code: "intent-used", Status: http.StatusConflict, Is: intent.ErrUsed, Detail: "the act was signed already", Do: "Read the resource: it has taken place."},
	{Code: "invalid-input", Status: http.StatusUnprocessableEntity, Is: intent.ErrDocument, Detail: "what would be signed is too long, or holds characters that nobody may sign", Do: "Correct the text; a name is corrected by the hospital."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Is: outbox.ErrBacklog, Detail: "too many records wait for the chain", Do: "Repeat later with the same Idempotency-Key."},
	{Code: "unavailable", Status: http.StatusServiceUnavailable, Is: sqlstore.ErrBusy, Detail: "the database is busy", Do: "Repeat later with the same Idempotency-Key."},

	// Payments.
	{Code: "not-payable", Status: http.StatusConflict, Is: payment.ErrNotPayable, Detail: "the prescription takes no payment now", Do: "Read the prescription again: its status says who moves next."},
	{Code: "too-many-payments", Status: http.StatusTooManyRequests, Is: payment.ErrTooMany, Detail: "too many payments of this prescription or this account", Do: "Ask the hospital about the prescription; the account may pay again as Retry-After says."},
	{Code: "not-at-desk", Status: http.StatusConflict, Is: payment.ErrNotAtDesk, Detail: "the payment does not wait for this decision", Do: "Read the list again: the insurer, or somebody else, may have ended it."},
	{Code: "paid-already", Status: http.StatusConflict, Is: payment.ErrPaidAlready, Detail: "the prescription is paid, or a payment is under way", Do: "Read its settlements."},
	{Code: "stale", Status: http.StatusConflict, Is: payment.ErrStale, Detail: "the bill changed since it was shown", Do: "Prepare the act anew, show the new document, sign that."},
	{Code: "pay-code-spent", Status: http.StatusConflict, Is: payment.ErrCodeSpent, Detail: "the pay code is used, older than a minute, or unknown", Do: "Make a new pay code."},
	{Code: "card-of-another", Status: http.StatusConflict, Is: payment.ErrNotYourCard, Detail: "the insurer names another person for this card", Do: "Use the card of the person the profile names."},
	{Code: "card-bound", Status: http.StatusConflict, Is: payment.ErrCardBound, Detail: "the insurance card is bound elsewhere", Do: "Use another card, or ask the hospital."},
	{Code: "not-found", Status: http.StatusNotFound, Is: payment.ErrNotFound, Detail: "no such card, prescription or settlement", Do: "Check the id; a record of somebody else looks like this as well."},
	{Code: "forbidden", Status: http.StatusForbidden, Is: payment.ErrRole, Detail: "only a patient with a valid certificate pays", Do: "Use a patient's account."},
	{Code: "invalid-input", Status: http.StatusUnprocessableEntity, Is: payment.ErrInvalid, Do: "Correct the input."},
	{Code: "version-conflict", Status: http.StatusConflict, Is: payment.ErrConflict, Detail: "somebody changed this in the meantime", Do: "Read the resource again, then decide."},
	{Code: "insurer-refused", Status: http.StatusConflict, Is: payment.ErrRefused, Detail: "the insurer refuses this", Do: "Check the card; otherwise ask the insurer."},
	{Code: "insurer-distrusted", Status: http.StatusBadGateway, Is: payment.ErrDishonest, Detail: "the insurer's answer does not add up; an operator has been told", Do: "Repeat later."},
	{Code: "insurer-unreachable", Status: http.StatusServiceUnavailable, Is: payment.ErrUnknownOutcome, Detail: "the insurer gave no answer that can be trusted", Do: "Repeat with the same Idempotency-Key."},
}

func byCode(code string) (entry, bool) {
	for _, e := range list {
		if e.Code == code {
			return e, true
		}
	}
	return entry{}, false
}
