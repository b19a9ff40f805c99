package accounts

import (
	"context"
	"net/http"
	"strings"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/accounts/sitting"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

type createStaffInput struct {
	Body struct {
		Login    string        `json:"login" minLength:"3" maxLength:"32" doc:"A pseudonym, not the person's name" example:"doctor7"`
		Password string        `json:"password" minLength:"12" maxLength:"128" format:"password" example:"correct horse battery"`
		Role     accounts.Role `json:"role" enum:"doctor,reviewer,dispenser,regulator,analyst,admin"`
		Org      string        `json:"org" minLength:"1" maxLength:"32" example:"h1"`
	}
}

type resetPasswordInput struct {
	Login string `path:"login" maxLength:"32" example:"doctor7"`
	Body  struct {
		Password string `json:"password" minLength:"12" maxLength:"128" format:"password" example:"another horse battery"`
	}
}

// RegisterStaff adds what administrators do about accounts.
func RegisterStaff(a *web.API, svc *accounts.Service) {
	web.Handle(a, web.Op{ID: "reset-password", Method: http.MethodPut, Path: "/v1/admin/staff/{login}/password",
		Summary: "Give a member of the own staff a new password (重置密码)", Tag: web.Administration, Roles: web.AdminOnly,
		Command: true, Status: http.StatusNoContent,
		Doc: "For one who forgot it; tell it in person: the first log-in has to change it. Ends every session of that account and lifts its delays.", Codes: []string{"not-found", "own-account", "account-closed"}},
		func(ctx context.Context, in *resetPasswordInput) (*struct{}, error) {
			return nil, svc.ResetPassword(ctx, web.Command(ctx, "staff.password"), web.Caller(ctx), in.Login,
				in.Body.Password)
		})
	web.Handle(a, web.Op{ID: "create-staff", Method: http.MethodPost, Path: "/v1/admin/staff",
		Summary: "Make a staff account of the own organisation", Tag: web.Administration, Roles: web.AdminOnly,
		Command: true, Status: http.StatusCreated,
		Doc: "Its first log-in has to change the password.", Codes: []string{"login-taken"}},
		func(ctx context.Context, in *createStaffInput) (*accountOutput, error) {
			b := in.Body
			acc, err := svc.CreateStaff(ctx, web.Command(ctx, "staff.create"),
				accounts.NewStaff{Login: b.Login, Password: b.Password, Role: b.Role, Org: b.Org, By: web.Caller(ctx)})
			return &accountOutput{Body: accountBody(acc)}, err
		})
	registerStanding(a, svc)
	registerOpen(a, svc)
}

type openSessionsInput struct {
	web.TokenInput
	Login string `query:"login" maxLength:"32" doc:"Of this log-in name alone" example:"doctor7"`
	Q     string `query:"q" maxLength:"32" pattern:"^[A-Za-z0-9._-]*$" doc:"Part of the log-in name; empty: all" example:"doctor"`
	Role  string `query:"role" enum:"doctor,reviewer,dispenser,regulator,analyst,admin" doc:"Absent: all"`
	Sort  string `query:"sort" enum:"login,-login" default:"login" doc:"By log-in name; - is the last first"`
	After string `query:"after" maxLength:"128" doc:"Text that came with the page before" example:"doctor7/957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
}

type openSessionsOutput struct {
	Body struct {
		Sessions []accounts.OpenSession `json:"sessions" doc:"In the order asked for; a page can have few or none of what it read"`
		Next     string                 `json:"next,omitempty" doc:"Give it as after for the next page; absent: the end" example:"doctor7/957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	}
}

type sessionPath struct {
	ID string `path:"id" minLength:"1" maxLength:"64" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
}

// registerOpen adds who is logged in.
func registerOpen(a *web.API, svc *accounts.Service) {
	web.Handle(a, web.Op{ID: "list-sessions", Method: http.MethodGet, Path: "/v1/admin/sessions",
		Summary: "Who of the own staff is logged in, since when and where (登录会话)", Tag: web.Administration,
		Roles: web.AdminOnly},
		func(ctx context.Context, in *openSessionsInput) (*openSessionsOutput, error) {
			login, id, _ := strings.Cut(in.After, "/")
			list, next, more, err := svc.OpenSessions(ctx, web.Caller(ctx).Org, sitting.Query{
				After: sitting.After{Login: login, ID: id}, Down: in.Sort == "-login", Login: in.Login, Part: in.Q,
				Role: in.Role}, in.Token())
			out := &openSessionsOutput{}
			if out.Body.Sessions = list; more {
				out.Body.Next = next.Login + "/" + next.ID
			}
			return out, err
		})
	web.Handle(a, web.Op{ID: "end-session", Method: http.MethodPost, Path: "/v1/admin/sessions/{id}/end",
		Summary: "End one session of a member of the own staff (结束会话)", Tag: web.Administration,
		Roles: web.AdminOnly, Command: true, Status: http.StatusNoContent, Codes: []string{"not-found"}},
		func(ctx context.Context, in *sessionPath) (*struct{}, error) {
			return nil, svc.EndSession(ctx, web.Command(ctx, "session.end"), web.Caller(ctx), in.ID)
		})
}

type staffListInput struct {
	After string `query:"after" maxLength:"32" doc:"Log-in name of the last one you have" example:"doctor7"`
	Q     string `query:"q" maxLength:"32" pattern:"^[A-Za-z0-9._-]*$" doc:"Part of the log-in name; empty: all" example:"doctor"`
	Role  string `query:"role" enum:"doctor,reviewer,dispenser,regulator,analyst,admin" doc:"Absent: all"`
	State string `query:"state" enum:"open,first-password,suspended,closed" doc:"Absent: all"`
	Sort  string `query:"sort" enum:"login,-login,created,-created" default:"login" doc:"By log-in name, or by the moment of the account; - is the last first"`
}

type staffListOutput struct {
	Body struct {
		Staff []accounts.Staff `json:"staff" doc:"In the order asked for, at most 200"`
	}
}

type securityLogInput struct {
	Before int64  `query:"before" minimum:"0" doc:"Number of the last line you have; 0: from the beginning of the order" example:"117"`
	Sort   string `query:"sort" enum:"-at,at" default:"-at" doc:"By time; - is the newest first"`
	Kind   string `query:"kind" maxLength:"40" pattern:"^[a-z-]*$" doc:"What happened; empty: all" example:"login-failed"`
	Who    string `query:"who" maxLength:"32" pattern:"^[A-Za-z0-9._-]*$" doc:"Log-in name or id of an account: what it did, and what was done to it; empty: all" example:"doctor7"`
}

type securityLogOutput struct {
	Body struct {
		Lines []securitylog.Line `json:"lines" doc:"In the order asked for, at most 100"`
	}
}

// registerStanding adds what an administrator does to accounts of the own organisation.
func registerStanding(a *web.API, svc *accounts.Service) {
	web.Handle(a, web.Op{ID: "list-staff", Method: http.MethodGet, Path: "/v1/admin/staff",
		Summary: "Staff accounts of the own organisation", Tag: web.Administration, Roles: web.AdminOnly},
		func(ctx context.Context, in *staffListInput) (*staffListOutput, error) {
			list, err := svc.StaffOf(ctx, web.Caller(ctx).Org, accounts.StaffQuery{After: in.After,
				Created: strings.HasSuffix(in.Sort, "created"), Down: strings.HasPrefix(in.Sort, "-"), Login: in.Q,
				Role: accounts.Role(in.Role), State: accounts.StaffState(in.State)})
			out := &staffListOutput{}
			out.Body.Staff = list
			return out, err
		})
	for _, v := range []struct {
		id, verb, summary string
		do                func(context.Context, sqlstore.Command, accounts.Account, string) error
	}{
		{"suspend-account", "suspend", "Close an account for log-in until it is resumed; its sessions end (停用账号)",
			svc.Suspend},
		{"resume-account", "resume", "Open a suspended account again (恢复账号)", svc.Resume},
		{"close-account", "close", "Close an account for good; it is kept, never deleted (注销账号)", svc.Close},
		{"lift-delay", "lift", "Lift the delays that wrong guesses at a name have caused (解除登录延迟)", svc.Lift},
		{"end-sessions", "sessions/end", "End every session of a member of staff, who may log in again (结束全部会话)",
			svc.EndSessions},
		{"remove-account-factor", "second-factor/remove", "Take away the second factor of one who lost phone and codes",
			svc.RemoveFactorOf},
	} {
		web.Handle(a, web.Op{ID: v.id, Method: http.MethodPost, Path: "/v1/admin/accounts/{person}/" + v.verb,
			Summary: v.summary, Tag: web.Administration, Roles: web.AdminOnly, Command: true,
			Status: http.StatusNoContent, Codes: []string{"not-found", "own-account", "account-closed"}},
			func(ctx context.Context, in *web.PersonPath) (*struct{}, error) {
				return nil, v.do(ctx, web.Command(ctx, "account."+v.id), web.Caller(ctx), in.Person)
			})
	}
	web.Handle(a, web.Op{ID: "security-log", Method: http.MethodGet, Path: "/v1/admin/security-log",
		Summary: "What happened to accounts and keys of the own organisation (安全日志)", Tag: web.Administration,
		Roles: web.AdminOnly,
		Doc:   "Append-only; each line's hash covers the one before it, and `hospital audit` reads them all."},
		func(ctx context.Context, in *securityLogInput) (*securityLogOutput, error) {
			ask := securitylog.Query{Behind: in.Before, Oldest: in.Sort == "at", Kind: securitylog.Kind(in.Kind)}
			var err error
			if in.Who != "" {
				if ask.Who, err = svc.Noted(ctx, in.Who); err != nil {
					return nil, err
				}
			}
			lines, err := svc.SecurityLog(ctx, web.Caller(ctx).Org, ask)
			out := &securityLogOutput{}
			out.Body.Lines = lines
			return out, err
		})
}
