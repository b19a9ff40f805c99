package httpapi

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/practitioners"
)

const tagAdmin = "Administration"

var adminOnly = []accounts.Role{accounts.Admin}

type registerListInput struct {
	State practitioners.State `query:"state" enum:"pending,approved,suspended" doc:"Without: all"`
}

type registerListOutput struct {
	Body struct {
		Practitioners []practitioners.Practitioner `json:"practitioners" doc:"Oldest first"`
	}
}

type approveInput struct {
	PersonPath
	Body struct {
		Version int64 `json:"version" minimum:"1" doc:"The version that was read" example:"3"`
	}
}

type suspendInput struct {
	PersonPath
	Body struct {
		Version int64  `json:"version" minimum:"1" doc:"The version that was read" example:"3"`
		Reason  string `json:"reason" minLength:"1" maxLength:"200" example:"licence under review"`
	}
}

type createStaffInput struct {
	Body struct {
		Login    string        `json:"login" minLength:"3" maxLength:"32" doc:"A pseudonym, not the person's name" example:"doctor7"`
		Password string        `json:"password" minLength:"12" maxLength:"128" format:"password" example:"correct horse battery"`
		Role     accounts.Role `json:"role" enum:"doctor,reviewer,dispenser,regulator,admin"`
		Org      string        `json:"org" minLength:"1" maxLength:"32" example:"h1"`
	}
}

type resetPasswordInput struct {
	Login string `path:"login" maxLength:"32" example:"doctor7"`
	Body  struct {
		Password string `json:"password" minLength:"12" maxLength:"128" format:"password" example:"another horse battery"`
	}
}

// RegisterAdmin adds what administrators do.
func RegisterAdmin(a *API, accountsSvc *accounts.Service, register *practitioners.Service) {
	Handle(a, Op{ID: "list-practitioners", Method: http.MethodGet, Path: "/v1/admin/practitioners", Summary: "The register", Tag: tagAdmin, Roles: adminOnly},
		func(ctx context.Context, in *registerListInput) (*registerListOutput, error) {
			list, err := register.List(ctx, in.State)
			out := &registerListOutput{}
			out.Body.Practitioners = list
			return out, err
		})
	Handle(a, Op{ID: "approve-practitioner", Method: http.MethodPost, Path: "/v1/admin/practitioners/{person}/approve", Summary: "Put a practitioner into office", Tag: tagAdmin, Roles: adminOnly, Command: true,
		Codes: []string{"registration-state", "version-conflict"}},
		func(ctx context.Context, in *approveInput) (*practitionerOutput, error) {
			p, err := register.Approve(ctx, Command(ctx, "practitioners.approve"), Caller(ctx), in.Person, in.Body.Version)
			return &practitionerOutput{Body: p}, err
		})
	Handle(a, Op{ID: "suspend-practitioner", Method: http.MethodPost, Path: "/v1/admin/practitioners/{person}/suspend", Summary: "Take a practitioner out of office at once", Tag: tagAdmin, Roles: adminOnly, Command: true,
		Codes: []string{"registration-state", "version-conflict"}},
		func(ctx context.Context, in *suspendInput) (*practitionerOutput, error) {
			p, err := register.Suspend(ctx, Command(ctx, "practitioners.suspend"), Caller(ctx), in.Person, in.Body.Version, in.Body.Reason)
			return &practitionerOutput{Body: p}, err
		})
	Handle(a, Op{ID: "reset-password", Method: http.MethodPut, Path: "/v1/admin/staff/{login}/password", Summary: "Give a member of staff a new password (重置密码)", Tag: tagAdmin, Roles: adminOnly, Command: true, Status: http.StatusNoContent,
		Doc: "For one who forgot it; tell it in person. Ends every session of that account."},
		func(ctx context.Context, in *resetPasswordInput) (*struct{}, error) {
			return nil, accountsSvc.ResetPassword(ctx, Command(ctx, "staff.password"), in.Login, in.Body.Password)
		})
	Handle(a, Op{ID: "create-staff", Method: http.MethodPost, Path: "/v1/admin/staff", Summary: "Make a staff account", Tag: tagAdmin, Roles: adminOnly, Command: true, Status: http.StatusCreated,
		Codes: []string{"login-taken"}},
		func(ctx context.Context, in *createStaffInput) (*accountOutput, error) {
			b := in.Body
			acc, err := accountsSvc.CreateStaff(ctx, Command(ctx, "staff.create"), accounts.NewStaff{Login: b.Login, Password: b.Password, Role: b.Role, Org: b.Org})
			return &accountOutput{Body: accountBody(acc)}, err
		})
}
