package keys

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/outbox"
)

// Refusals are those of signing keys. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "no-key", Status: http.StatusConflict, Is: keys.ErrNoKey, Detail: "no signing key is enrolled",
		Do: "Make a key on the device and enrol it."},
	{Code: "no-key", Status: http.StatusConflict, Is: outbox.ErrRevoked,
		Detail: "the signing key was revoked meanwhile", Do: "Make a key on the device and enrol it."},
	{Code: "key-pending", Status: http.StatusConflict, Is: keys.ErrKeyPending,
		Detail: "the signing key waits for the chain", Do: "Repeat in a moment."},
	{Code: "key-challenge", Status: http.StatusConflict, Is: keys.ErrChallenge,
		Detail: "the challenge is unknown, used or expired", Do: "Ask for a new challenge and sign that."},
	{Code: "key-possession", Status: http.StatusUnprocessableEntity, Is: keys.ErrPossession,
		Detail: "no proof that the device holds this key for this account",
		Do:     "Sign the challenge with the key that is to be enrolled."},
	{Code: "key-invalid", Status: http.StatusUnprocessableEntity, Is: keys.ErrBadKey,
		Detail: "not a key of the SM2 curve, or not a request for one",
		Do:     "Make a key on the SM2 curve (GB/T 32918.5)."},
	{Code: "key-known", Status: http.StatusConflict, Is: keys.ErrKeyKnown, Detail: "this key was enrolled before",
		Do: "Make a new key."},
	{Code: "has-key", Status: http.StatusConflict, Is: keys.ErrHasKey, Detail: "there is a live key",
		Do: "Name it under replaces, or revoke it first."},
	{Code: "not-found", Status: http.StatusNotFound, Is: keys.ErrNotFound, Detail: "no such key",
		Do: "Check the id; a key of somebody else looks like this as well."},
	{Code: "key-revoked", Status: http.StatusConflict, Is: keys.ErrRevoked, Detail: "the key is revoked already",
		Do: "Nothing; enrol a new one."},
	{Code: "identity-not-bound", Status: http.StatusConflict, Is: keys.ErrUnknown,
		Detail: "a real name must be bound before a key is enrolled", Do: "Bind the real name first."},
	{Code: "too-many-keys", Status: http.StatusTooManyRequests, Is: keys.ErrTooMany,
		Detail: "too many keys in one day: each stays on the chain for ever", Do: "Try again tomorrow."},
	{Code: "key-approval-required", Status: http.StatusConflict, Is: keys.ErrApproval,
		Detail: "a practitioner's key needs the live key's signature, or two administrators",
		Do:     "Sign the consent with the live key, or ask for approval of this public key and enrol it then."},
	{Code: "key-unproven", Status: http.StatusForbidden, Is: keys.ErrUnproven,
		Detail: "an administrator knew this account's password; patients' records open once its owner has enrolled a key since", Do: "Enrol a key; with a live one, replace it."},
	{Code: "key-consent", Status: http.StatusUnprocessableEntity, Is: keys.ErrConsent,
		Detail: "the live key's signature does not fit",
		Do:     "Sign the consent with the live key that is named under replaces, or ask for approval."},
	{Code: "not-found", Status: http.StatusNotFound, Is: keys.ErrRequest, Detail: "no such request, or it is over",
		Do: "Read the list again."},
	{Code: "not-independent", Status: http.StatusConflict, Is: keys.ErrNotIndependent,
		Detail: "the second administrator must be another one: neither made or reset the other's account, and nobody made or reset both", Do: "Ask another administrator."},
	{Code: "forbidden", Status: http.StatusForbidden, Is: keys.ErrRole, Detail: "accounts of this role do not sign",
		Do: "Use an account that signs."},
}
