package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/httpapi/web"
)

// description is the API as the running hospital describes it, read back from what a client gets.
type description struct {
	*huma.OpenAPI
	t *testing.T
}

// described is the API's description; it is the same in every installation.
var described = sync.OnceValues(func() (*huma.OpenAPI, error) {
	dir, err := os.MkdirTemp("", "described-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	a, err := New(context.Background(), demoIn(filepath.Join(dir, "data")), quiet(), "test")
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.Close() }()
	ask := httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/openapi.json", nil)
	res := httptest.NewRecorder()
	a.api.Echo.ServeHTTP(res, ask)
	if res.Code != http.StatusOK || !json.Valid(res.Body.Bytes()) {
		return nil, fmt.Errorf("status %d", res.Code)
	}
	return a.api.Huma.OpenAPI(), nil
})

// describe reads the description; nobody changes it.
func describe(t *testing.T) description {
	t.Helper()
	api, err := described()
	if err != nil {
		t.Fatal(err)
	}
	return description{api, t}
}

// TestOpenAPI walks every operation: whoever writes a client finds there what to send, what comes
// back, and every refusal.
func TestOpenAPI(t *testing.T) {
	d := describe(t)
	ids := map[string]bool{}
	for path, item := range d.Paths {
		for method, op := range operationsOf(item) {
			if op.OperationID == "" || ids[op.OperationID] {
				t.Errorf("%s %s: operationId %q is missing or not unique", method, path, op.OperationID)
			}
			ids[op.OperationID] = true
			d.operation(method+" "+path, method, op)
		}
	}
	if len(ids) < 70 {
		t.Errorf("only %d operations", len(ids))
	}
	for name, s := range d.Components.Schemas.Map() {
		if !strings.HasPrefix(name, "V2") { // the library's own, of an upload's part
			d.example(name, s, 0)
		}
	}
}

// operationsOf are a path's operations by method.
func operationsOf(item *huma.PathItem) map[string]*huma.Operation {
	found := map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put,
		http.MethodDelete: item.Delete, http.MethodPatch: item.Patch,
	}
	maps.DeleteFunc(found, func(_ string, op *huma.Operation) bool { return op == nil })
	return found
}

func (d description) operation(where, method string, op *huma.Operation) {
	if op.Summary == "" {
		d.t.Errorf("%s: no summary", where)
	}
	if len(op.Tags) != 1 || !slices.ContainsFunc(d.Tags, func(tag *huma.Tag) bool {
		return tag.Name == op.Tags[0] && tag.Description != ""
	}) {
		d.t.Errorf("%s: tags %v, want one that is described", where, op.Tags)
	}
	if change := method != http.MethodGet; change != d.command(op) && !prepares(op) &&
		!slices.Contains(noCommands, op.OperationID) {
		d.t.Errorf("%s: %s: Idempotency-Key %v", where, op.OperationID, !change)
	}
	inPath := 0
	for _, p := range op.Parameters {
		if p.In == "path" {
			inPath++
		}
		if p.Schema == nil || p.Schema.Type == "" {
			d.t.Errorf("%s: parameter %s has no schema", where, p.Name)
		}
	}
	if n := strings.Count(where, "{"); inPath != n {
		d.t.Errorf("%s: %d parameters in the path, %d described", where, n, inPath)
	}
	if op.RequestBody != nil {
		d.contents(where+" body", op.RequestBody.Content)
	}
	d.responses(where, op)
}

// noCommands change nothing that a repeat would change again: sessions' beginnings and ends, signs
// of life, questions that need a body.
var noCommands = []string{
	"login-staff", "login-wechat", "logout", "logout-everywhere", "presence", "check-draft", "lookup-pickup",
	"search-doctors", "try-prices", "judge-case",
	"lookup-short", "read-identity-code", "show-identity-code",
	"chain-verify", "chain-vote", "disclose-document", "bring-bundle",
	"desk-find-identity",
	"forget-device", "lift-own-delay", "set-up-second-factor", "confirm-second-factor", "remove-second-factor",
	// answers are secret, or a repeat does no more
}

// prepares tells an operation whose answer is an act to sign: it has no effect until it is signed.
// (Preparing a payment uses up a pay code and is a command.)
func prepares(op *huma.Operation) bool {
	for status, r := range op.Responses {
		if media := r.Content["application/json"]; status[0] == '2' && media != nil && media.Schema != nil {
			return strings.HasSuffix(media.Schema.Ref, "/"+reflect.TypeFor[web.IntentView]().Name())
		}
	}
	return false
}

func (d description) command(op *huma.Operation) bool {
	return slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool {
		return p.Name == "Idempotency-Key" && p.Required && p.Example != nil
	})
}

func (d description) responses(where string, op *huma.Operation) {
	listed := map[string]int{}
	for _, c := range refusals().Codes() {
		listed[c.Code] = c.Status
	}
	refusals, answered := 0, false
	for status, r := range op.Responses {
		if status[0] < '4' {
			answered = true
			d.contents(where+" "+status, r.Content)
			continue
		}
		media := r.Content["application/problem+json"]
		if media == nil || media.Schema == nil || media.Schema.Ref != "#/components/schemas/Problem" ||
			len(media.Examples) == 0 {
			d.t.Errorf("%s: refusal %s is not described as a problem", where, status)
			continue
		}
		for code := range media.Examples {
			refusals++
			if got, ok := listed[code]; !ok || http.StatusText(got) == "" || status != strconv.Itoa(got) {
				d.t.Errorf("%s: code %s is not listed with status %s", where, code, status)
			}
		}
	}
	if !answered || refusals == 0 {
		d.t.Errorf("%s: %d refusals described, answer %v", where, refusals, answered)
	}
}

func (d description) contents(where string, content map[string]*huma.MediaType) {
	for media, c := range content {
		if c.Schema == nil {
			d.t.Errorf("%s: %s without a schema", where, media)
			continue
		}
		if c.Example == nil && len(c.Examples) == 0 && c.Schema.Format != "binary" {
			d.example(where, c.Schema, 0)
		}
	}
}

const deepestSchema = 10

// example fails for a schema that says nothing, and for a field without an example that its type
// does not explain by itself.
func (d description) example(where string, s *huma.Schema, depth int) {
	if depth > deepestSchema || len(s.Examples) > 0 || len(s.Enum) > 0 {
		return
	}
	switch {
	case s.Ref != "":
		if d.Components.Schemas.SchemaFromRef(s.Ref) == nil { // its fields are walked where it stands
			d.t.Errorf("%s: %s leads nowhere", where, s.Ref)
		}
	case s.Type == huma.TypeArray:
		d.example(where+"[]", s.Items, depth+1)
	case s.Type == huma.TypeObject:
		if len(s.Properties) == 0 && s.AdditionalProperties == nil {
			d.t.Errorf("%s: an empty object", where)
		}
		for name, p := range s.Properties {
			d.example(where+"."+name, p, depth+1)
		}
	case s.Type == huma.TypeBoolean, s.Format == "date-time", s.Format == "binary":
	case s.Type == "" && len(s.OneOf)+len(s.AnyOf) == 0:
		d.t.Errorf("%s: a schema that says nothing", where)
	case len(s.OneOf)+len(s.AnyOf) == 0:
		d.t.Errorf("%s: %s without an example", where, s.Type)
	}
}
