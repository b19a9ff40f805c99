package practitioners

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/problem"
)

// Refusals are those of the register. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "not-found", Status: http.StatusNotFound, Is: practitioners.ErrNotFound, Detail: "not in the register",
		Do: "Check the id."},
	{Code: "already-registered", Status: http.StatusConflict, Is: practitioners.ErrRegistered,
		Detail: "the registration was decided already", Do: "Ask an administrator for a change."},
	{Code: "licence-taken", Status: http.StatusConflict, Is: practitioners.ErrLicenceTaken,
		Detail: "this licence is registered for somebody else",
		Do:     "Check the licence number, then ask an administrator."},
	{Code: "registration-state", Status: http.StatusConflict, Is: practitioners.ErrState,
		Do: "Read the registration again, then decide."},
	{Code: "staff-unidentified", Status: http.StatusConflict, Is: practitioners.ErrUnidentified,
		Detail: "the number of the practitioner's document was not entered",
		Do:     "Enter it, then put the practitioner into office."},
	{Code: "practitioner-not-approved", Status: http.StatusForbidden, Is: practitioners.ErrNotApproved,
		Detail: "not in office", Do: "Apply, and wait until an administrator has approved."},
	{Code: "no-such-session", Status: http.StatusUnprocessableEntity, Is: practitioners.ErrNoSession,
		Do: "Read the sessions again: only one that has not begun is closed or held after all."},
	{Code: "picture-refused", Status: http.StatusUnprocessableEntity, Is: practitioners.ErrPhoto,
		Do: "Upload a whole JPEG, PNG or WebP of at most 5 MiB and 25 million pixels."},
	{Code: "photo-quota", Status: http.StatusTooManyRequests, Is: practitioners.ErrPhotoQuota,
		Do: "Wait until tomorrow: a doctor sends five photos a day at most."},
}
