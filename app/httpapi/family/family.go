// Package family is over HTTP whom an adult lets into the own record.
package family

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/problem"
)

var tagFamily = web.Tag{Name: "Family",
	Doc: "Adults who let a relative read, or act as well (家人代办). Only the owner's own session begins, confirms and widens that."}

// Refusals are those of ties between adults.
var Refusals = []problem.Entry{
	{Code: "family-not-found", Status: http.StatusNotFound, Is: family.ErrNotFound,
		Detail: "no such tie, or not the caller's",
		Do:     "Read the list again: it was ended, or it is somebody else's."},
	{Code: "family-code", Status: http.StatusConflict, Is: family.ErrCode,
		Detail: "no such code, or its time is over",
		Do:     "Ask the relative for a new one: a code is good once, for ten minutes."},
	{Code: "family-self", Status: http.StatusConflict, Is: family.ErrSelf, Detail: "this is the caller's own code",
		Do: "The other person types it in, at the own phone."},
	{Code: "family-full", Status: http.StatusConflict, Is: family.ErrFull,
		Detail: "as many relatives as there may be",
		Do:     "End one first: three of a record, ten of a person."},
	{Code: "family-state", Status: http.StatusConflict, Is: family.ErrStep, Detail: "not possible as the tie stands",
		Do: "Read the list again."},
	{Code: "identity-not-bound", Status: http.StatusConflict, Is: family.ErrNotBound,
		Detail: "an adult's real name must be bound first", Do: "Bind the real name first."},
	{Code: "family-invites", Status: http.StatusTooManyRequests, Is: family.ErrInvites,
		Detail: "too many codes in one day",
		Do:     "Wait until tomorrow."},
	{Code: "family-misses", Status: http.StatusTooManyRequests, Is: family.ErrMisses,
		Detail: "too many wrong codes",
		Do:     "Wait an hour."},
}

type listOutput struct{ Body family.List }

type inviteInput struct {
	Body struct {
		Relation family.Relation `json:"relation" enum:"parent,spouse,child,other" doc:"What the relative is to the caller"`
		Acts     bool            `json:"acts" doc:"The relative shall act as well; false: read only"`
	}
}

type inviteOutput struct{ Body family.Invitation }

type codeInput struct {
	Body struct {
		Code string `json:"code" pattern:"^[0-9]{8}$" doc:"The eight digits that the relative reads out" example:"40718263"`
	}
}

// TieID is the path parameter of every operation on one tie.
type TieID struct {
	ID string `path:"id" pattern:"^F[A-Z2-7]{26}$" doc:"Id of the tie" example:"F7K2MQ4XW5ZT3YB6NC2DAJ4HR2P"`
}

type rightsInput struct {
	TieID
	Body struct {
		Acts bool `json:"acts" doc:"The relative acts as well; false: reads only"`
	}
}

type tieOutput struct{ Body family.View }

// Register adds the ties between adults.
func Register(a *web.API, svc *family.Service) {
	web.Handle(a, web.Op{ID: "list-relatives", Method: http.MethodGet, Needs: right.Own,
		Path:    "/v1/relatives",
		Summary: "Who reads or acts for the caller, and for whom the caller does (家人代办)", Tag: tagFamily, Roles: web.PatientOnly},
		func(ctx context.Context, _ *struct{}) (*listOutput, error) {
			list, err := svc.List(ctx, web.Caller(ctx).Person)
			return &listOutput{list}, err
		})
	web.Handle(a, web.Op{ID: "invite-relative", Method: http.MethodPost, Needs: right.Own,
		Path:    "/v1/relatives/codes",
		Summary: "A code that lets a relative ask (邀请家人)", Tag: tagFamily,
		Roles: web.PatientOnly, Command: true,
		Status: http.StatusCreated,
		Codes:  []string{"identity-not-bound", "family-full", "family-invites", "invalid-input"},
		Doc:    "Good once, for ten minutes, in place of the one before; the server keeps its keyed digest alone. Whoever types it in asks, and is let in when the caller confirms."},
		func(ctx context.Context, in *inviteInput) (*inviteOutput, error) {
			out, err := svc.Invite(ctx, web.Command(ctx, "family.invite"), web.Caller(ctx).Person,
				family.Wish{Relation: in.Body.Relation, Acts: in.Body.Acts})
			return &inviteOutput{out}, err
		})
	web.Handle(a, web.Op{ID: "enter-relative-code", Method: http.MethodPost, Needs: right.Own,
		Path:    "/v1/relatives/asked",
		Summary: "Type in the code of a relative (输入家人的代办码)", Tag: tagFamily,
		Roles: web.PatientOnly, Command: true,
		Status: http.StatusCreated,
		Codes: []string{"identity-not-bound", "family-code", "family-self", "family-full", "family-state",
			"family-misses"},
		Doc: "The answer names nobody: the owner of the record confirms first. Wrong codes are counted."},
		func(ctx context.Context, in *codeInput) (*tieOutput, error) {
			v, err := svc.Enter(ctx, web.Command(ctx, "family.enter"), web.Caller(ctx).Person, in.Body.Code)
			return &tieOutput{v}, err
		})
	registerSteps(a, svc)
}

func registerSteps(a *web.API, svc *family.Service) {
	web.Handle(a, web.Op{ID: "confirm-relative", Method: http.MethodPost, Needs: right.Own,
		Path:    "/v1/relatives/{id}/confirm",
		Summary: "Let in who typed the code (确认家人)", Tag: tagFamily,
		Roles: web.PatientOnly, Command: true,
		Codes: []string{"family-not-found", "family-state", "identity-not-bound"}},
		func(ctx context.Context, in *rightsInput) (*tieOutput, error) {
			v, err := svc.Confirm(ctx, web.Command(ctx, "family.confirm"), web.Caller(ctx).Person, in.ID,
				in.Body.Acts)
			return &tieOutput{v}, err
		})
	web.Handle(a, web.Op{ID: "set-relative-rights", Method: http.MethodPut, Needs: right.Own,
		Path:    "/v1/relatives/{id}",
		Summary: "How far a relative goes: reads, or acts as well (代办权限)", Tag: tagFamily, Roles: web.PatientOnly,
		Command: true, Codes: []string{"family-not-found", "family-state"}},
		func(ctx context.Context, in *rightsInput) (*tieOutput, error) {
			v, err := svc.Allow(ctx, web.Command(ctx, "family.rights"), web.Caller(ctx).Person, in.ID,
				in.Body.Acts)
			return &tieOutput{v}, err
		})
	web.Handle(a, web.Op{ID: "end-relative", Method: http.MethodDelete, Needs: right.Own, Ends: true,
		Path:    "/v1/relatives/{id}",
		Summary: "Take the right back, refuse who asks, or give it up (解除)", Tag: tagFamily, Roles: web.PatientOnly,
		Command: true, Codes: []string{"family-not-found"}},
		func(ctx context.Context, in *TieID) (*tieOutput, error) {
			v, err := svc.End(ctx, web.Command(ctx, "family.end"), web.Caller(ctx).Person, in.ID)
			return &tieOutput{v}, err
		})
}
