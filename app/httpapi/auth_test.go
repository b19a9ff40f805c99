package httpapi_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/attempts"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/app/httpapi/web"
)

const wrongPassword = "not the password 1"

func TestStaffLoginOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		p.Staff(t, "doctor1", accounts.Doctor, "h1")
		login := func(name, password string) map[string]string {
			return map[string]string{"login": name, "password": password}
		}
		post := func(name string, body any, status int, code string, more ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Method: "POST", Path: "/v1/sessions", Body: body, Status: status,
				Code: code, Fields: more, Hide: []string{wrongPassword}}
		}
		p.Run(t,
			post("right", login("doctor1", httpapitest.Password), 201, ""),
			post("wrong password", login("doctor1", wrongPassword), 401, "wrong-credentials"),
			post("unknown name", login("doctor9", wrongPassword), 401, "wrong-credentials"),
			post("unknown field", map[string]string{"login": "doctor1", "password": wrongPassword, "otp": "1"}, 422,
				"invalid-input", "body.otp"),
			post("missing field", map[string]string{"login": "doctor1"}, 422, "invalid-input", "body"),
			post("long name", login(strings.Repeat("x", 65), wrongPassword), 422, "invalid-input", "body.login"),
			post("bad UTF-8", "{\"login\":\"doctor1\",\"password\":\"\xff\xfe\"}", 400, "bad-encoding"),
			post("not JSON", "login=doctor1", 400, "invalid-input"),
			post("oversized body", `{"login":"`+strings.Repeat("x", 1<<20)+`"}`, 413, "too-large"),
		)
		for range attempts.MaxFailures - 1 {
			p.Play(t, post("", login("doctor1", wrongPassword), 401, "wrong-credentials"))
		}
		locked := post("locked", login("doctor1", httpapitest.Password), 429, "login-locked")
		locked.Check = func(t *testing.T, rec *httptest.ResponseRecorder) {
			if rec.Header().Get("Retry-After") != "1" {
				t.Errorf("Retry-After %q, want 1", rec.Header().Get("Retry-After"))
			}
		}
		p.Run(t, locked)
		p.Clock.Advance(attempts.FirstDelay)
		p.Run(t, post("unlocked", login("doctor1", httpapitest.Password), 201, ""))
	})
}

func TestWeChatLoginOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		code := p.WeChat.Code("ann")
		post := func(name, code string, status int, problem string, want ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Method: "POST", Path: "/v1/sessions/wechat",
				Body: map[string]string{"code": code}, Status: status, Code: problem, Want: want,
				Hide: []string{"session_key", "openid"}}
		}
		p.Run(t,
			post("first", code, 201, "", `"new":true`, `"role":"patient"`, `"org":"h1"`),
			post("replayed code", code, 401, "wechat-code-used"),
			post("invented code", "nonsense", 401, "wechat-code"),
			post("second", p.WeChat.Code("ann"), 201, "", `"new":false`),
		)
		p.WeChat.Busy(1)
		p.Run(t, post("busy", p.WeChat.Code("ann"), 503, "wechat-unavailable"))
	})
}

func TestSessionOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		d, e := p.Staff(t, "doctor1", accounts.Doctor, "h1"), p.Patient(t, "ann")
		again := p.Patient(t, "ann")
		me := func(name string, a *httpapitest.Actor, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: a, Method: "GET", Path: "/v1/me", Status: status, Code: code}
		}
		p.Run(t,
			me("nobody", nil, 401, "unauthenticated"),
			me("forged token", &httpapitest.Actor{Token: strings.Repeat("A", 43)}, 401, "unauthenticated"),
			me("doctor", d, 200, ""),
			httpapitest.Scenario{Name: "log out", Actor: d, Method: "DELETE", Path: "/v1/sessions/current",
				Status: 204},
			me("logged out", d, 401, "unauthenticated"),
			httpapitest.Scenario{Name: "log out everywhere", Actor: e, Method: "DELETE", Path: "/v1/sessions",
				Status: 204},
			me("this device", e, 401, "unauthenticated"),
			me("the other device", again, 401, "unauthenticated"),
		)
		f := p.Staff(t, "doctor2", accounts.Doctor, "h1")
		p.Clock.Advance(accounts.SessionLife)
		p.Run(t, me("a week later", &httpapitest.Actor{Token: f.Token}, 401, "unauthenticated"))
	})
}

// An administrator of a pharmacy that is served here does not read the hospital's books.
func TestTheBooksAreTheHospitalsOwn(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		p.API.RequireHome("h1")
		web.Handle(p.API, web.Op{ID: "books", Method: "GET", Path: "/v1/admin/books", Summary: "Books",
			Tag: web.Tag{Name: "Administration"}, Roles: []accounts.Role{accounts.Admin}, Home: true},
			func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
		books := func(name string, a *httpapitest.Actor, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: a, Method: "GET", Path: "/v1/admin/books",
				Status: status, Code: code}
		}
		p.Run(t,
			books("the hospital's", p.admin, 204, ""),
			books("a pharmacy's", p.Staff(t, "admin.p1", accounts.Admin, "p1"), 403, "forbidden"),
		)
	})
}
