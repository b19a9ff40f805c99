package patients

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/app/problem"
)

// Refusals are those of profiles and identities. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "not-found", Status: http.StatusNotFound, Is: profile.ErrNotFound, Detail: "no such profile",
		Do: "Check the id; a profile of somebody else looks like this as well."},
	{Code: "identity-bound", Status: http.StatusConflict, Is: patients.ErrBound, Detail: "a real name is bound already",
		Do: "A change of name or number goes through the hospital."},
	{Code: "identity-not-bound", Status: http.StatusConflict, Is: patients.ErrNotBound,
		Detail: "an adult's real name must be bound first", Do: "Bind the real name first."},
	{Code: "identity-contested", Status: http.StatusConflict, Is: profile.ErrContested,
		Detail: "another profile holds this number, or it is a member of staff's",
		Do:     "Prove it: bind the insurance card in this name, or show the document at the hospital's desk."},
	{Code: "identity-claim", Status: http.StatusConflict, Is: profile.ErrClaim,
		Detail: "not possible as the claim to the number stands", Do: "Read the profile again; the desk can help."},
	{Code: "identity-refused", Status: http.StatusConflict, Is: patients.ErrIdentity,
		Detail: "this identity cannot be bound here", Do: "Ask the hospital."},
	{Code: "profile-full", Status: http.StatusConflict, Is: patients.ErrFull, Detail: "too many entries",
		Do: "Ask the hospital."},
}
