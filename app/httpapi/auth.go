package httpapi

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

const tagSessions = "Log-in"

// ClientAddress is the network that a request comes from (limit.Network): nobody has more tries for having more addresses. Forwarding headers count only when the server was told which proxies to
// trust (echo's IPExtractor); else anybody could write another address into them and be counted as somebody else.
type ClientAddress struct{ address string }

// Resolve implements huma.Resolver.
func (a *ClientAddress) Resolve(c huma.Context) []error {
	e := humaecho.Unwrap(c)
	if e.Echo().IPExtractor != nil {
		a.address = limit.Network(e.RealIP())
		return nil
	}
	host, _, err := net.SplitHostPort(e.Request().RemoteAddr)
	if err != nil {
		host = e.Request().RemoteAddr
	}
	a.address = limit.Network(host)
	return nil
}

type staffLoginInput struct {
	ClientAddress
	Body struct {
		Login    string `json:"login" maxLength:"64" example:"doctor1"`
		Password string `json:"password" maxLength:"128" format:"password" example:"correct horse battery"`
	}
}

type weChatLoginInput struct {
	ClientAddress
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"128" doc:"What wx.login returned" example:"0a3XyZ000abCde1fGh200ijKlM0aXyZb"`
	}
}

type accountBody struct {
	ID     string        `json:"id" example:"a7k2mq4xw5zt3yb6nc2da"`
	Person string        `json:"person" doc:"Opaque person id, the CN of the person's certificates" example:"u7k2mq4xw5zt3yb6nc2da"`
	Role   accounts.Role `json:"role" enum:"patient,doctor,reviewer,dispenser,regulator,admin"`
	Org    string        `json:"org" doc:"Member id of the organisation" example:"h1"`
}

type sessionOutput struct {
	Body struct {
		Token     string      `json:"token" doc:"Bearer token; ends after twelve hours without use" example:"k7qm2xw5zt3yb6nc2daj4hrl8p"`
		ExpiresAt time.Time   `json:"expiresAt" doc:"Its end in any case"`
		New       bool        `json:"new" doc:"This log-in made the account"`
		Account   accountBody `json:"account"`
	}
}

type accountOutput struct{ Body accountBody }

type changePasswordInput struct {
	Body struct {
		Old      string `json:"old" maxLength:"128" format:"password" example:"correct horse battery"`
		Password string `json:"password" minLength:"12" maxLength:"128" format:"password" doc:"The new one" example:"another horse battery"`
	}
}

type logoutInput struct {
	Authorization string `header:"Authorization"`
}

// RegisterSessions adds log-in and log-out. Log-in carries no Idempotency-Key: a repeated one is another session, and an answer
// that is a secret must not be kept.
func RegisterSessions(a *API, svc *accounts.Service) {
	Handle(a, Op{ID: "login-staff", Method: http.MethodPost, Path: "/v1/sessions", Summary: "Log in as a member of staff", Tag: tagSessions, Status: http.StatusCreated,
		Doc: "A wrong name and a wrong password look alike. Five wrong passwords within fifteen minutes lock the name for fifteen.", Codes: []string{"wrong-credentials", "login-locked", "rate-limited"}},
		func(ctx context.Context, in *staffLoginInput) (*sessionOutput, error) {
			return session(svc.Login(ctx, in.Body.Login, in.Body.Password, in.address))
		})
	Handle(a, Op{ID: "login-wechat", Method: http.MethodPost, Path: "/v1/sessions/wechat", Summary: "Log in as a patient with a WeChat code (微信登录)", Tag: tagSessions, Status: http.StatusCreated,
		Doc: "The first log-in makes the account.", Codes: []string{"wechat-code", "wechat-code-used", "wechat-unavailable", "account-closed", "rate-limited"}},
		func(ctx context.Context, in *weChatLoginInput) (*sessionOutput, error) {
			return session(svc.LoginWeChat(ctx, in.Body.Code, in.address))
		})
	Handle(a, Op{ID: "me", Method: http.MethodGet, Path: "/v1/me", Summary: "Whose session this is", Tag: tagSessions, AnyRole: true},
		func(ctx context.Context, _ *struct{}) (*accountOutput, error) {
			return &accountOutput{Body: accountBody(Caller(ctx))}, nil
		})
	Handle(a, Op{ID: "change-password", Method: http.MethodPut, Path: "/v1/me/password", Summary: "Change one's password (修改密码)", Tag: tagSessions, Roles: accounts.StaffRoles, Command: true, Status: http.StatusNoContent,
		Doc: "Ends every session of the account, this one as well: log in with the new password. Wrong old passwords count as at the log-in.", Codes: []string{"login-locked"}},
		func(ctx context.Context, in *changePasswordInput) (*struct{}, error) {
			return nil, svc.ChangePassword(ctx, Command(ctx, "password.change"), Caller(ctx).ID, in.Body.Old, in.Body.Password)
		})
	Handle(a, Op{ID: "logout", Method: http.MethodDelete, Path: "/v1/sessions/current", Summary: "Log out", Tag: tagSessions, AnyRole: true, Status: http.StatusNoContent},
		func(ctx context.Context, in *logoutInput) (*struct{}, error) {
			return nil, svc.Logout(ctx, Caller(ctx), strings.TrimPrefix(in.Authorization, "Bearer "))
		})
	Handle(a, Op{ID: "logout-everywhere", Method: http.MethodDelete, Path: "/v1/sessions", Summary: "Log out on every device", Tag: tagSessions, AnyRole: true, Status: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, svc.LogoutAll(ctx, Caller(ctx).ID)
		})
}

func session(s accounts.Session, err error) (*sessionOutput, error) {
	if err != nil {
		return nil, err
	}
	out := &sessionOutput{}
	out.Body.Token, out.Body.ExpiresAt, out.Body.New, out.Body.Account = s.Token, s.ExpiresAt, s.New, accountBody(s.Account)
	return out, nil
}
