package web

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/problem"
)

const problemMedia = "application/problem+json"

// huma's error constructors are variables of that package: they are set once, before any API
// exists.
func init() {
	huma.NewError = problem.FromStatus
	huma.NewErrorWithContext = func(c huma.Context, status int, msg string, errs ...error) huma.StatusError {
		return withInstance(problem.FromStatus(status, msg, errs...), c.Context())
	}
}

// Tag is a group of operations, a room's or a part of one. Those that stand for the first time are
// described in the order in which rooms register.
type Tag struct {
	Name, Doc string
	Office    bool // they are about patients' records: see API.RequireOffice
}

// Tagged is what an operation's description bears of its tag, which is described from now on.
func (a *API) Tagged(t Tag) []string {
	known := func(other *huma.Tag) bool { return other.Name == t.Name }
	if api := a.Huma.OpenAPI(); !slices.ContainsFunc(api.Tags, known) {
		api.Tags = append(api.Tags, &huma.Tag{Name: t.Name, Description: t.Doc})
	}
	return []string{t.Name}
}

// NotedDoc tells clients of every operation that shows a patient's record to somebody else.
const NotedDoc = "Readings are noted for the patient."

// codes are all the problem codes an operation may answer with: its own, and those of every
// operation like it.
func (op Op) codes() []string {
	list := slices.Clone(op.Codes)
	if op.AnyRole || len(op.Roles) > 0 {
		list = append(list, "unauthenticated")
	}
	if len(op.Roles) > 0 {
		list = append(list, "forbidden")
	}
	if op.Tag.Office &&
		slices.ContainsFunc(op.Roles, func(r accounts.Role) bool { return slices.Contains(PractitionerRoles, r) }) {
		list = append(list, "practitioner-not-approved", "key-unproven")
	}
	if op.Command {
		list = append(list, "idempotency-key-missing", "idempotency-key-reused", "unavailable", "no-room")
	}
	if op.Outside || op.Upload {
		list = append(list, "rate-limited")
	}
	if op.Method == http.MethodPost || op.Method == http.MethodPut {
		list = append(list, "bad-encoding", "too-large")
	}
	if strings.Contains(op.Path, "{") {
		list = append(list, "not-found")
	}
	list = append(list, "invalid-input", "internal", "unavailable")
	slices.Sort(list)
	return slices.Compact(list)
}

// refusals documents the operation's problem codes, by status, each with an example.
func (a *API) refusals(op Op) map[string]*huma.Response {
	return a.ProblemResponses(op.codes()...)
}

func (a *API) bytesResponse(op Op) *huma.Response {
	schema := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	if op.Bytes != nil {
		schema = a.Huma.OpenAPI().Components.Schemas.Schema(op.Bytes, true, "")
	}
	return &huma.Response{Content: map[string]*huma.MediaType{op.Media: {Schema: schema}}}
}

// ProblemResponses documents codes by their status.
func (a *API) ProblemResponses(codes ...string) map[string]*huma.Response {
	schema := a.Huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[problem.Problem](), true, "Problem")
	responses := map[string]*huma.Response{}
	for _, code := range codes {
		e, ok := a.problems.Find(code)
		if !ok {
			a.unlisted = append(a.unlisted, code)
			continue
		}
		p := e.New(e.Do)
		status := strconv.Itoa(p.Status)
		r := responses[status]
		if r == nil {
			r = &huma.Response{Content: map[string]*huma.MediaType{
				problemMedia: {Schema: schema, Examples: map[string]*huma.Example{}}}}
			responses[status] = r
		}
		r.Content[problemMedia].Examples[code] = &huma.Example{Summary: p.Detail, Value: p}
		if r.Description != "" {
			r.Description += ", "
		}
		r.Description += code
	}
	return responses
}
