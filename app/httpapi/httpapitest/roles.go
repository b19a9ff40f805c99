package httpapitest

import (
	"crypto/rand"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/problem"
)

// Anyone marks an operation that needs no session.
const Anyone accounts.Role = "anyone"

// AllRoles are the roles of accounts.
var AllRoles = []accounts.Role{accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser,
	accounts.Regulator, accounts.Admin}

var pathParam = regexp.MustCompile(`\{[^}]+\}`)

// Roles calls every operation the ward's API has, as every role and without a session, and compares
// who gets past the gate with the table operationId -> roles. An operation that the table does not
// list fails the test, and so does a line without an operation: a new operation must be thought
// about.
func (w *Ward) Roles(t *testing.T, table map[string][]accounts.Role) {
	t.Helper()
	operations := w.operations()
	table = maps.Clone(table)
	for id, roles := range sessionOperations {
		if _, named := table[id]; !named {
			table[id] = roles
		}
	}
	for id := range table {
		if _, ok := operations[id]; !ok {
			t.Errorf("the table names %s, which the API does not have", id)
		}
	}
	for id, at := range operations {
		allowed, listed := table[id]
		if !listed {
			t.Errorf("operation %s is not in the table of roles", id)
			continue
		}
		t.Run(id, func(t *testing.T) { w.gate(t, at, allowed) })
	}
}

func (w *Ward) gate(t *testing.T, at endpoint, allowed []accounts.Role) {
	t.Helper()
	open := slices.Contains(allowed, Anyone)
	if got := w.refusal(t, nil, at); (got == "unauthenticated") == open {
		t.Errorf("without a session: %q", got)
	}
	for i, role := range AllRoles {
		// Each call has a person of its own: logging out must not end the next one's session.
		actor := w.anybody(t, role)
		want := open || slices.Contains(allowed, role)
		if got := w.refusal(t, actor, at); (got != "forbidden" && got != "unauthenticated") != want {
			t.Errorf("role %d %s: problem %q, may call: %v", i, role, got, want)
		}
	}
}

// anybody is somebody new with a role.
func (w *Ward) anybody(t *testing.T, role accounts.Role) *Actor {
	t.Helper()
	name := strings.ToLower(rand.Text()[:20])
	if role == accounts.Patient {
		return w.Patient(t, name)
	}
	return w.Staff(t, name, role, "h1")
}

// sessionOperations are those that every ward has.
var sessionOperations = map[string][]accounts.Role{
	"login-staff": {Anyone}, "login-wechat": {Anyone}, "me": AllRoles, "logout": AllRoles,
	"logout-everywhere": AllRoles, "change-password": accounts.StaffRoles,
	"list-devices": AllRoles, "forget-device": AllRoles, "lift-own-delay": accounts.StaffRoles,
	"second-factor":        accounts.StaffRoles,
	"set-up-second-factor": accounts.StaffRoles, "confirm-second-factor": accounts.StaffRoles,
	"remove-second-factor": accounts.StaffRoles,
}

// refusal sends an empty command, which no operation accepts, and returns the problem's code.
func (w *Ward) refusal(t *testing.T, actor *Actor, at endpoint) string {
	t.Helper()
	var body any
	if at.body {
		body = "{}"
	}
	rec := w.Do(t, actor, at.method, pathParam.ReplaceAllString(at.path, "x"), body, nil)
	if rec.Code < http.StatusBadRequest {
		return ""
	}
	return Decode[problem.Problem](t, rec).Code
}

type endpoint struct {
	method, path string
	body         bool
}

func (w *Ward) operations() map[string]endpoint {
	found := map[string]endpoint{}
	for path, item := range w.API.Huma.OpenAPI().Paths {
		for method, op := range map[string]*huma.Operation{
			http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put,
			http.MethodDelete: item.Delete, http.MethodPatch: item.Patch,
		} {
			if op != nil {
				found[op.OperationID] = endpoint{method, path, op.RequestBody != nil}
			}
		}
	}
	return found
}
