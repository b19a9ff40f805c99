// Package idcode is the patient's code of identity over HTTP (身份码).
package idcode

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/idcode"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
)

var tagCodes = web.Tag{Name: "Identity codes", Office: true,
	Doc: "A patient says who it is by a code on its screen (身份码)."}

// Refusals are this room's.
var Refusals = []problem.Entry{
	{Code: "identity-code-unknown", Status: http.StatusNotFound, Is: idcode.ErrUnknown,
		Detail: "no identity code of this hospital",
		Do:     "Scan again; ten that open nothing stop the account for a quarter of an hour."},
	{Code: "identity-code-foreign", Status: http.StatusConflict, Is: idcode.ErrForeign,
		Detail: "an identity code of another hospital", Do: "Ask for the card of this hospital's app."},
	{Code: "identity-code-used", Status: http.StatusConflict, Is: idcode.ErrUsed,
		Detail: "somebody else has read this code", Do: "Ask the patient for a new code."},
	{Code: "identity-code-expired", Status: http.StatusGone, Is: idcode.ErrExpired,
		Detail: "the code has expired", Do: "Ask the patient for a new code."},
	{Code: "identity-code-limit", Status: http.StatusTooManyRequests, Is: idcode.ErrTooMany,
		Detail: "too many codes that open nothing", Do: "Codes are taken again as Retry-After says."},
	{Code: "forbidden", Status: http.StatusForbidden, Is: idcode.ErrRole,
		Detail: "this role identifies nobody", Do: "Use an account with the role the operation names."},
}

type codeOutput struct{ Body idcode.Code }

type identityCodeInput struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"500" doc:"Text of the QR code" example:"HID1:H1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPIYTEMZUGU3DOOBZ"`
	}
}

type shownOutput struct{ Body idcode.Shown }

// Register adds giving and reading.
func Register(a *web.API, svc *idcode.Service) {
	web.Values[pharmacy.Ready](a, "status", pharmacy.Waiting)
	web.Handle(a, web.Op{ID: web.ShowIdentityCode, Method: http.MethodPost, Path: "/v1/patients/{person}/identity-code",
		Summary: "A code that says who the patient is, for a minute and a half (身份码)", Tag: tagCodes,
		Roles: web.PatientOnly, Codes: []string{"not-found", "identity-not-bound"},
		Doc: "Sealed, kept nowhere and without a meaning to who merely sees it. It is read by one member of staff in office. It opens no prescription and hands nothing out."},
		func(ctx context.Context, in *web.ProfilePath) (*codeOutput, error) {
			c, err := svc.Give(ctx, web.Caller(ctx).Person, in.Of(web.Caller(ctx).Person))
			return &codeOutput{c}, err
		})
	web.Handle(a, web.Op{ID: "read-identity-code", Method: http.MethodPost, Path: "/v1/identity-codes/read", Home: true,
		Summary: "What a scanned identity code opens to its reader", Tag: tagCodes,
		Roles: []accounts.Role{accounts.Doctor, accounts.Dispenser, accounts.Admin},
		Codes: []string{"identity-code-unknown", "identity-code-foreign", "identity-code-used", "identity-code-expired",
			"identity-code-limit"},
		Doc: "A doctor is led to the open visit with the patient, a pharmacy to what waits there, the hospital's desk to the record. Who has none of these learns nothing of the patient. " + web.NotedDoc},
		func(ctx context.Context, in *identityCodeInput) (*shownOutput, error) {
			s, err := svc.Read(ctx, web.Caller(ctx), web.Actor(ctx), in.Body.Code)
			return &shownOutput{s}, err
		})
}
