package httpapi_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	accountsapi "github.com/smart-hospital/hospital/app/httpapi/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	viewsapi "github.com/smart-hospital/hospital/app/httpapi/views"
	"github.com/smart-hospital/hospital/app/views"
)

const viewsPath = "/v1/desk/views"

func namedView(table, name, filter string, columns ...string) map[string]any {
	return map[string]any{"table": table, "name": name, "view": map[string]any{"columns": columns, "filter": filter,
		"sort": map[string]any{"key": columns[0], "down": true}, "chosen": map[string]string{"role": "doctor"}}}
}

// TestViewsFollowTheirPerson: a view is kept, read and thrown away by its account alone, has the
// columns of its table, and there are twenty of a table.
func TestViewsFollowTheirPerson(t *testing.T) {
	httpapitest.Each(t, func(t *testing.T, w *httpapitest.Ward) {
		fatalIf(t, views.Migrate(t.Context(), w.DB))
		w.API.Refuses(viewsapi.Refusals)
		viewsapi.Register(w.API, &views.Service{DB: w.DB, Box: w.Box, Now: w.Clock.Now})
		admin, other := w.Staff(t, "admin", accounts.Admin, "h1"), w.Staff(t, "other", accounts.Admin, "h1")
		save := func(by *httpapitest.Actor, body any, status int, code string, fields ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: fmt.Sprint(body), Actor: by, Method: "POST", Path: viewsPath, Body: body,
				Status: status, Code: code, Fields: fields}
		}
		first := namedView("accounts", " 李医生 ", "李明", "login", "role")
		kept := httpapitest.Decode[views.View](t, w.Play(t, save(admin, first, 201, "")))
		if kept.ID == "" || kept.Name != "李医生" || kept.View.Sort.Key != "login" ||
			kept.View.Chosen["role"] != "doctor" {
			t.Errorf("%+v", kept)
		}
		bad := func(key string, value any) any {
			b := namedView("accounts", "x", "", "login")
			b["view"].(map[string]any)[key] = value
			return b
		}
		list := func(by *httpapitest.Actor, want, hide []string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: "list", Actor: by, Method: "GET", Path: viewsPath + "?table=accounts",
				Status: 200, Want: want, Hide: hide}
		}
		drop := httpapitest.Scenario{Name: "delete", Method: "DELETE", Path: viewsPath + "/" + kept.ID}
		foreign, own, gone := drop, drop, drop
		foreign.Actor, foreign.Status, foreign.Code = other, 404, "not-found"
		own.Actor, own.Status = admin, 204
		gone.Actor, gone.Status, gone.Code = admin, 404, "not-found"
		w.Run(t,
			save(admin, namedView("nothing", "x", "", "login"), 422, "invalid-input", "body.table"),
			save(admin, namedView("accounts", "x", "", "hash"), 422, "invalid-input", "body.view.columns[0]",
				"body.view.sort.key"),
			save(admin, namedView("accounts", "x", "", "login", "login"), 422, "invalid-input",
				"body.view.columns[1]"),
			save(admin, bad("columns", []string{}), 422, "invalid-input", "body.view.columns"),
			save(admin, bad("filter", strings.Repeat("x", 101)), 422, "invalid-input", "body.view.filter"),
			save(admin, bad("chosen", map[string]string{"kind": "login"}), 422, "invalid-input", "body.view.chosen"),
			save(admin, bad("chosen", map[string]string{"role": "李明"}), 422, "invalid-input", "body.view.chosen"),
			save(admin, namedView("accounts", " ", "", "login"), 422, "invalid-input", "body.name"),
			save(w.Patient(t, "zhang"), namedView("accounts", "x", "", "login"), 403, "forbidden"),
			list(admin, []string{kept.ID, "李医生", "李明"}, nil),
			list(other, []string{`{"views":[]}`}, []string{"李"}),
			foreign,
			save(admin, namedView("accounts", "李医生", "王", "role"), 201, ""), // written anew
			httpapitest.Scenario{Name: "once", Actor: admin, Method: "GET", Path: viewsPath, Status: 200,
				Check: func(t *testing.T, rec *httptest.ResponseRecorder) {
					if s := rec.Body.String(); strings.Count(s, `"id"`) != 1 || !strings.Contains(s, "王") {
						t.Error(s)
					}
				}},
		)
		var stored []byte
		fatalIf(t, w.DB.Raw("SELECT content FROM table_views").Row().Scan(&stored))
		if len(stored) == 0 || strings.Contains(string(stored), "王") || strings.Contains(string(stored), "login") {
			t.Error("a view is kept in plain")
		}
		for i := 1; i < views.Max; i++ {
			w.Play(t, save(admin, namedView("accounts", fmt.Sprint(i), "", "login"), 201, ""))
		}
		w.Run(t,
			save(admin, namedView("accounts", "one too many", "", "login"), 409, "views-full"),
			save(admin, namedView("accounts", "7", "x", "login"), 201, ""),
			save(other, namedView("accounts", "another's", "", "login"), 201, ""),
			own, gone,
			save(admin, namedView("accounts", "room again", "", "login"), 201, ""),
		)
	})
}

// TestListsRefuseWhatTheyDoNotKnow: an order or a value that a list does not know is named.
func TestListsRefuseWhatTheyDoNotKnow(t *testing.T) {
	httpapitest.Each(t, func(t *testing.T, w *httpapitest.Ward) {
		accountsapi.RegisterStaff(w.API, w.Accounts)
		admin := w.Staff(t, "admin", accounts.Admin, "h1")
		ask := func(path, field string) httpapitest.Scenario {
			s := httpapitest.Scenario{Name: path, Actor: admin, Method: "GET", Path: "/v1/admin/" + path, Status: 200}
			if field != "" {
				s.Status, s.Code, s.Fields = 422, "invalid-input", []string{"query." + field}
			}
			return s
		}
		w.Run(t,
			ask("staff?sort=password", "sort"), ask("staff?q=%25", "q"), ask("staff?role=patient", "role"),
			ask("staff?state=gone", "state"), ask("staff?sort=created&after=nobody", "after"),
			ask("staff?sort=-created&q=ADM&role=admin&state=open", ""), ask("staff?after=nobody", ""),
			ask("sessions?sort=used", "sort"), ask("sessions?q=%27", "q"), ask("sessions?role=x", "role"),
			ask("sessions?sort=-login&q=adm&role=admin", ""),
			ask("security-log?sort=kind", "sort"), ask("security-log?kind=%25", "kind"),
			ask("security-log?who=a%20b", "who"),
			ask("security-log?before=-1", "before"), ask("security-log?sort=at&kind=login&who=admin", ""),
		)
	})
}
