// Package accounts is log-in over HTTP: sessions, devices, the second factor, and what
// administrators do about staff accounts.
package accounts

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/consent"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

var tagSessions = web.Tag{Name: "Log-in",
	Doc: "Sessions of staff (password) and patients (WeChat). A session's token is sent as a bearer token."}

// DeviceBody tells a log-in which device it comes from.
type DeviceBody struct {
	Device     string `json:"device,omitempty" maxLength:"64" doc:"What an earlier log-in on this device gave: strangers' wrong guesses then delay nobody here" example:"k7qm2xw5zt3yb6nc2daj4hrl8pk7qm2xw5zt3yb6nc2"`
	DeviceName string `json:"deviceName,omitempty" maxLength:"100" doc:"As its owner will recognise it" example:"Chrome, Windows"`
}

func (d DeviceBody) device() devices.Device {
	return devices.Device{Token: d.Device, Name: d.DeviceName}
}

type staffLoginInput struct {
	web.ClientAddress
	Body struct {
		Login    string `json:"login" maxLength:"64" example:"doctor1"`
		Password string `json:"password" maxLength:"128" format:"password" example:"correct horse battery"`
		Code     string `json:"code,omitempty" maxLength:"32" doc:"Of the second factor, when the account has one; or a recovery code" example:"287082"`
		DeviceBody
	}
}

type weChatLoginInput struct {
	web.ClientAddress
	Body struct {
		Code  string           `json:"code" minLength:"1" maxLength:"128" doc:"What wx.login returned" example:"0a3XyZ000abCde1fGh200ijKlM0aXyZb"`
		Agree consent.Versions `json:"agree,omitempty" doc:"The papers in force that the person said yes to beside the button, by name and version; others than those in force count for nothing, and the session has consent due" example:"{\"service\":1,\"privacy\":2}"`
		DeviceBody
	}
}

type accountBody struct {
	ID     string        `json:"id" example:"a7k2mq4xw5zt3yb6nc2da"`
	Person string        `json:"person" doc:"Opaque person id of this log-in; the CN of the person's certificates, unless another log-in of the same human was there first" example:"u7k2mq4xw5zt3yb6nc2da"`
	Human  string        `json:"-"`
	Role   accounts.Role `json:"role" enum:"patient,doctor,reviewer,dispenser,regulator,analyst,admin"`
	Org    string        `json:"org" doc:"Member id of the organisation" example:"h1"`
	Due    accounts.Due  `json:"due,omitempty" enum:"password,second-factor,consent" doc:"What must be done before anything else: change the password, set up the second factor, agree to the papers in force (until then one reads what is one's own)"`
}

type sessionOutput struct {
	Body struct {
		Token     string      `json:"token" doc:"Bearer token; ends after twelve hours without use" example:"k7qm2xw5zt3yb6nc2daj4hrl8p"`
		Device    string      `json:"device,omitempty" doc:"Keep it on the device, also after log-out, and send it at the next log-in; absent when the one that was sent is good" example:"k7qm2xw5zt3yb6nc2daj4hrl8pk7qm2xw5zt3yb6nc2"`
		ExpiresAt time.Time   `json:"expiresAt" doc:"Its end in any case"`
		New       bool        `json:"new" doc:"This log-in made the account"`
		Stays     bool        `json:"stays,omitempty" doc:"The account was to be closed by its owner's wish; this log-in called that off"`
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

// RegisterSessions adds log-in and log-out of staff and patients.
func RegisterSessions(a *web.API, svc *accounts.Service, consents *consent.Service) {
	RegisterStaffSessions(a, svc)
	registerWeChat(a, svc, consents)
}

// RegisterStaffSessions adds log-in and log-out where there are no patients. Log-in carries no
// Idempotency-Key: a repeated one is another session, and an answer that is a secret must not be
// kept.
func RegisterStaffSessions(a *web.API, svc *accounts.Service) {
	web.Handle(a, web.Op{ID: "login-staff", Method: http.MethodPost, Path: "/v1/sessions",
		Summary: "Log in as a member of staff", Tag: tagSessions, Status: http.StatusCreated,
		Doc: "A wrong name and a wrong password look alike. After five wrong ones from one place each further one there waits longer than the last; " +
			"a device with an earlier good log-in does not wait for strangers' guesses. A first log-in, and one after a reset, may do nothing but change the password (due).",
		Codes: []string{"wrong-credentials", "second-factor-needed", "second-factor-wrong", "login-locked",
			"rate-limited"}},
		func(ctx context.Context, in *staffLoginInput) (*sessionOutput, error) {
			b := in.Body
			return session(
				svc.Login(ctx, accounts.Credentials{Name: b.Login, Password: b.Password, Code: b.Code,
					Address: in.Network(), Device: b.device()}))
		})
	web.Handle(a, web.Op{ID: "me", Method: http.MethodGet, Path: "/v1/me", Summary: "Whose session this is",
		Tag: tagSessions, AnyRole: true, First: true},
		func(ctx context.Context, _ *struct{}) (*accountOutput, error) {
			return &accountOutput{Body: accountBody(web.Caller(ctx))}, nil
		})
	web.Handle(a, web.Op{ID: "change-password", Method: http.MethodPut, Path: "/v1/me/password",
		Summary: "Change one's password (修改密码)", Tag: tagSessions, Roles: accounts.StaffRoles, First: true,
		Command: true, Status: http.StatusNoContent,
		Doc: "Ends every session of the account, this one as well: log in with the new password. Wrong old passwords are delayed as at the log-in, and counted apart from it.", Codes: []string{"login-locked"}},
		func(ctx context.Context, in *changePasswordInput) (*struct{}, error) {
			return nil, svc.ChangePassword(ctx, web.Command(ctx, "password.change"), web.Caller(ctx).ID, in.Body.Old,
				in.Body.Password)
		})
	web.Handle(a, web.Op{ID: "logout", Method: http.MethodDelete, Path: "/v1/sessions/current", Summary: "Log out",
		Tag: tagSessions, AnyRole: true, First: true, Status: http.StatusNoContent},
		func(ctx context.Context, in *web.TokenInput) (*struct{}, error) {
			return nil, svc.Logout(ctx, web.Caller(ctx), in.Token())
		})
	web.Handle(a, web.Op{ID: "logout-everywhere", Method: http.MethodDelete, Path: "/v1/sessions",
		Summary: "Log out on every device", Tag: tagSessions, AnyRole: true, First: true, Status: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, svc.LogoutAll(ctx, web.Caller(ctx).ID)
		})
	registerDevices(a, svc)
	registerFactor(a, svc)
}

func registerWeChat(a *web.API, svc *accounts.Service, consents *consent.Service) {
	web.Handle(a, web.Op{ID: "login-wechat", Method: http.MethodPost, Path: "/v1/sessions/wechat",
		Summary: "Log in as a patient with a WeChat code (微信登录)", Tag: tagSessions, Status: http.StatusCreated,
		Doc:   "The first log-in makes the account.",
		Codes: []string{"wechat-code", "wechat-code-used", "wechat-unavailable", "account-closed", "rate-limited"}},
		func(ctx context.Context, in *weChatLoginInput) (*sessionOutput, error) {
			s, err := svc.LoginWeChat(ctx, in.Body.Code, in.Network(), in.Body.device())
			if err != nil || s.Account.Due != accounts.DueConsent || in.Body.Agree == nil {
				return session(s, err)
			}
			err = consents.Agree(ctx, sqlstore.Command{}, s.Account.ID, in.Body.Agree)
			if err == nil {
				s.Account.Due = accounts.DueNothing
			} else if errors.Is(err, consent.ErrVersion) || errors.Is(err, consent.ErrOften) {
				err = nil // still due
			}
			return session(s, err)
		})
}

type devicesOutput struct {
	Body struct {
		Devices []devices.Known `json:"devices" doc:"Last used first"`
	}
}

type devicePath struct {
	ID string `path:"id" pattern:"^d[a-z2-7]{20}$" example:"dk7qm2xw5zt3yb6nc2dab"`
}

// registerDevices adds what an owner sees and ends of the own log-ins.
func registerDevices(a *web.API, svc *accounts.Service) {
	web.Handle(a, web.Op{ID: "list-devices", Method: http.MethodGet, Path: "/v1/me/devices",
		Summary: "Where the caller has logged in (登录设备)", Tag: tagSessions, AnyRole: true},
		func(ctx context.Context, in *web.TokenInput) (*devicesOutput, error) {
			list, err := svc.Devices(ctx, web.Caller(ctx).ID, in.Token())
			out := &devicesOutput{}
			out.Body.Devices = list
			return out, err
		})
	web.Handle(a, web.Op{ID: "forget-device", Method: http.MethodDelete, Path: "/v1/me/devices/{id}",
		Summary: "End a device's sessions and know it no more", Tag: tagSessions, AnyRole: true, Ends: true,
		Status: http.StatusNoContent,
		Codes:  []string{"not-found"}},
		func(ctx context.Context, in *devicePath) (*struct{}, error) {
			return nil, svc.ForgetDevice(ctx, web.Caller(ctx), in.ID)
		})
	web.Handle(a, web.Op{ID: "lift-own-delay", Method: http.MethodDelete, Path: "/v1/me/delays",
		Summary: "Lift the delays that wrong guesses at one's own name have caused", Tag: tagSessions,
		Roles: accounts.StaffRoles, Status: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, svc.Lift(ctx, sqlstore.Command{}, web.Caller(ctx), web.Caller(ctx).Person)
		})
}

type factorOutput struct{ Body accounts.Factor }

type setUpFactorInput struct {
	Body struct {
		Password string `json:"password" maxLength:"128" format:"password" doc:"The present one" example:"correct horse battery"`
	}
}

type setUpFactorOutput struct{ Body accounts.FactorSetup }

type confirmFactorInput struct {
	Body struct {
		Code string `json:"code" minLength:"6" maxLength:"6" pattern:"^[0-9]{6}$" example:"287082"`
	}
}

type recoveryOutput struct {
	Body struct {
		Recovery []string `json:"recovery" doc:"Shown once; each opens once in place of the app's code" example:"[\"K7QM-2XW5-ZT3Y-B6NC\"]"`
	}
}

type removeFactorInput struct {
	Body struct {
		Password string `json:"password" maxLength:"128" format:"password" example:"correct horse battery"`
		Code     string `json:"code" minLength:"6" maxLength:"32" doc:"Of the app, or a recovery code" example:"287082"`
	}
}

// registerFactor adds the second factor of staff (RFC 6238). What it answers is secret, so none of
// it is kept for a repeat.
func registerFactor(a *web.API, svc *accounts.Service) {
	op := func(id, method, path, summary string, codes ...string) web.Op {
		return web.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: tagSessions,
			Roles: accounts.StaffRoles, First: true, Codes: codes}
	}
	web.Handle(a, op("second-factor", http.MethodGet, "/v1/me/second-factor",
		"Whether the caller has a second factor (动态口令)"),
		func(ctx context.Context, _ *struct{}) (*factorOutput, error) {
			f, err := svc.FactorOf(ctx, web.Caller(ctx).ID)
			return &factorOutput{Body: f}, err
		})
	web.Handle(a, op("set-up-second-factor", http.MethodPost, "/v1/me/second-factor",
		"Draw a secret for the authenticator app", "second-factor-set", "login-locked"),
		func(ctx context.Context, in *setUpFactorInput) (*setUpFactorOutput, error) {
			f, err := svc.SetUpFactor(ctx, web.Caller(ctx).ID, in.Body.Password)
			return &setUpFactorOutput{Body: f}, err
		})
	confirm := op("confirm-second-factor", http.MethodPost, "/v1/me/second-factor/confirm",
		"Prove that the app has the secret; it is asked for from now on",
		"second-factor-unset", "second-factor-set", "second-factor-wrong")
	confirm.Doc = "Ends every session of the account, this one as well."
	web.Handle(a, confirm, func(ctx context.Context, in *confirmFactorInput) (*recoveryOutput, error) {
		codes, err := svc.ConfirmFactor(ctx, web.Caller(ctx).ID, in.Body.Code)
		out := &recoveryOutput{}
		out.Body.Recovery = codes
		return out, err
	})
	remove := op("remove-second-factor", http.MethodPost, "/v1/me/second-factor/remove", "Do without the second factor",
		"second-factor-unset", "second-factor-wrong", "login-locked")
	remove.Status = http.StatusNoContent
	web.Handle(a, remove, func(ctx context.Context, in *removeFactorInput) (*struct{}, error) {
		return nil, svc.RemoveFactor(ctx, web.Caller(ctx).ID, in.Body.Password, in.Body.Code)
	})
}

func session(s accounts.Session, err error) (*sessionOutput, error) {
	if err != nil {
		return nil, err
	}
	out := &sessionOutput{}
	out.Body.Token, out.Body.Device, out.Body.ExpiresAt, out.Body.New, out.Body.Account = s.Token, s.Device,
		s.ExpiresAt, s.New, accountBody(s.Account)
	out.Body.Stays = s.Stays
	return out, nil
}
