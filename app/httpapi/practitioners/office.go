package practitioners

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/practitioners"
)

type registerListInput struct {
	State practitioners.State `query:"state" enum:"pending,approved,suspended" doc:"Without: all"`
}

type registerListOutput struct {
	Body struct {
		Practitioners []practitioners.Practitioner `json:"practitioners" doc:"Oldest first"`
	}
}

type approveInput struct {
	web.PersonPath
	Body struct {
		Version int64 `json:"version" minimum:"1" doc:"The version that was read" example:"3"`
	}
}

type suspendInput struct {
	web.PersonPath
	Body struct {
		Version int64  `json:"version" minimum:"1" doc:"The version that was read" example:"3"`
		Reason  string `json:"reason" minLength:"1" maxLength:"200" example:"licence under review"`
	}
}

// registerOffice adds how administrators put practitioners into office and take them out of it.
func registerOffice(a *web.API, register *practitioners.Service) {
	web.Handle(a, web.Op{ID: "list-practitioners", Method: http.MethodGet, Path: "/v1/admin/practitioners",
		Summary: "The own organisation's register", Tag: web.Administration, Roles: web.AdminOnly},
		func(ctx context.Context, in *registerListInput) (*registerListOutput, error) {
			list, err := register.List(ctx, web.Caller(ctx).Org, in.State)
			out := &registerListOutput{}
			out.Body.Practitioners = list
			return out, err
		})
	web.Handle(a, web.Op{ID: "approve-practitioner", Method: http.MethodPost,
		Path:    "/v1/admin/practitioners/{person}/approve",
		Summary: "Put a practitioner into office", Tag: web.Administration, Roles: web.AdminOnly, Command: true,
		Codes: []string{"registration-state", "staff-unidentified", "approver-unidentified", "own-account",
			"version-conflict"}},
		func(ctx context.Context, in *approveInput) (*practitionerOutput, error) {
			p, err := register.Approve(ctx, web.Command(ctx, "practitioners.approve"), web.Caller(ctx), in.Person,
				in.Body.Version)
			return &practitionerOutput{Body: p}, err
		})
	web.Handle(a, web.Op{ID: "suspend-practitioner", Method: http.MethodPost,
		Path:    "/v1/admin/practitioners/{person}/suspend",
		Summary: "Take a practitioner out of office at once", Tag: web.Administration, Roles: web.AdminOnly,
		Command: true, Codes: []string{"registration-state", "version-conflict"}},
		func(ctx context.Context, in *suspendInput) (*practitionerOutput, error) {
			p, err := register.Suspend(ctx, web.Command(ctx, "practitioners.suspend"), web.Caller(ctx), in.Person,
				in.Body.Version, in.Body.Reason)
			return &practitionerOutput{Body: p}, err
		})
}
