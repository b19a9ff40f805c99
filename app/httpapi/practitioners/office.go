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

type schedulesOutput struct {
	Body struct {
		Doctors []practitioners.Scheduled `json:"doctors" doc:"By department and name"`
	}
}

type scheduleInput struct {
	web.PersonPath
	Body struct {
		Was   []practitioners.Hours `json:"was" maxItems:"21" doc:"The week that was read"`
		Hours []practitioners.Hours `json:"hours" maxItems:"21" doc:"The whole week; an empty list ends the appointments"`
	}
}

type closingForInput struct {
	web.PersonPath
	Body Closing
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
	registerSchedules(a, register)
}

// registerSchedules adds the weeks of doctors (排班) as the outpatient office keeps them.
func registerSchedules(a *web.API, register *practitioners.Service) {
	web.Handle(a, web.Op{ID: "list-schedules", Method: http.MethodGet, Path: "/v1/admin/schedules",
		Summary: "The weeks of the own organisation's doctors, and what is left of the coming days (排班)",
		Tag:     web.Administration, Roles: web.AdminOnly},
		func(ctx context.Context, _ *struct{}) (*schedulesOutput, error) {
			list, err := register.Schedules(ctx, web.Caller(ctx).Org)
			out := &schedulesOutput{}
			out.Body.Doctors = list
			return out, err
		})
	web.Handle(a, web.Op{ID: "set-schedule", Method: http.MethodPut,
		Path:    "/v1/admin/practitioners/{person}/hours",
		Summary: "Set a doctor's weekly hours for appointments", Tag: web.Administration, Roles: web.AdminOnly,
		Command: true, Codes: []string{"registration-state", "version-conflict"},
		Doc: "Replaces the whole week, unless the doctor changed it since it was read. The doctor is told. Appointments " +
			"that were made already stay."},
		func(ctx context.Context, in *scheduleInput) (*hoursOutput, error) {
			week, err := register.Schedule(ctx, web.Command(ctx, "practitioners.schedule"), web.Caller(ctx), in.Person,
				in.Body.Was, in.Body.Hours)
			out := &hoursOutput{}
			out.Body.Hours = week
			return out, err
		})
	web.Handle(a, web.Op{ID: "close-session-for", Method: http.MethodPost,
		Path:    "/v1/admin/practitioners/{person}/closures",
		Summary: "Not hold one of a doctor's sessions (停诊), or hold it after all", Tag: web.Administration,
		Roles: web.AdminOnly, Command: true, Codes: []string{"registration-state", "no-such-session"},
		Doc: "For a doctor of the own organisation. Its appointments are cancelled and their patients told."},
		func(ctx context.Context, in *closingForInput) (*slotsOutput, error) {
			list, err := register.CloseFor(ctx, web.Command(ctx, "practitioners.close-for"), web.Caller(ctx), in.Person,
				in.Body.Start, in.Body.Closed)
			out := &slotsOutput{}
			out.Body.Slots = list
			return out, err
		})
}
