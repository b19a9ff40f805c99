package app

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// insides are words of this program that mean nothing to whoever reads a refusal.
var insides = []string{"json:", "Go ", "struct", "int64", "float64", "unmarshal", "strconv", "reflect", "github.com",
	"httpapi.", "patients.", "prescription.", "practitioners.", "payment.", "accounts.", "runtime"}

// TestMisfits sends every operation a body that fits, with each of its values replaced by one of
// every other type, and reads the refusals: they name the line, and nothing of Go.
func TestMisfits(t *testing.T) {
	t.Parallel()
	size.InTurn(t)
	a, err := New(t.Context(), demoConfig(t, "sqlite:"), quiet(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	m := misfits{t: t, app: a, api: a.api.Huma.OpenAPI(), tokens: map[accounts.Role]string{}}
	for _, role := range []accounts.Role{accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser,
		accounts.Regulator, accounts.Admin} {
		m.tokens[role] = m.session(role)
	}
	for path, item := range m.api.Paths {
		for method, op := range operationsOf(item) {
			if op.RequestBody != nil && op.RequestBody.Content["application/json"] != nil {
				m.operation(method, path, op)
			}
			m.parameters(method, path, op)
		}
	}
	if m.sent < 500 || m.placed < 200 {
		t.Errorf("only %d requests, %d of them refused at a place", m.sent, m.placed)
	}
	if m.params < 300 || m.paramsPlaced < 100 {
		t.Errorf("only %d requests with a wrong parameter, %d of them refused at it", m.params, m.paramsPlaced)
	}
}

type misfits struct {
	t            *testing.T
	app          *App
	api          *huma.OpenAPI
	tokens       map[accounts.Role]string
	sent, placed int

	params, paramsPlaced int
}

func (m *misfits) session(role accounts.Role) string {
	m.t.Helper()
	if role == accounts.Patient {
		s, err := m.app.accounts.LoginWeChat(m.t.Context(), m.app.WeChatSandbox.Code("misfit"), "192.0.2.1",
			devices.Device{Name: "test"})
		if err != nil {
			m.t.Fatal(err)
		}
		return s.Token
	}
	acc, err := m.app.accounts.CreateStaff(m.t.Context(), sqlstore.Command{}, accounts.NewStaff{
		Login: "misfit." + string(role), Password: "Zw3!misfit-ward-7", Role: role, Org: m.app.Cfg.Hospital,
		Settled: true,
	})
	if err != nil {
		m.t.Fatal(err)
	}
	s, err := m.app.accounts.Open(m.t.Context(), acc)
	if err != nil {
		m.t.Fatal(err)
	}
	return s.Token
}

func (m *misfits) operation(method, path string, op *huma.Operation) {
	fits := m.value(op.RequestBody.Content["application/json"].Schema, 0)
	for place, body := range wrong(fits, "body") {
		m.send(method, path, op, place, body)
	}
}

// wrongParams fit nothing but a text, and many of them no text either.
var wrongParams = []string{"x y", "-1", "1e99", "7.5", "99999999999999999999", "\x00", "\xff", "\u202e", "{}", "true",
	"2026-13-41", strings.Repeat("9", 300), ""}

// parameters sends an operation each of its parameters wrong. Streams, which do not end by
// themselves, are left out.
func (m *misfits) parameters(method, path string, op *huma.Operation) {
	if op.Responses["101"] != nil ||
		(op.Responses["200"] != nil && op.Responses["200"].Content["text/event-stream"] != nil) {
		return
	}
	var body any
	if op.RequestBody != nil && op.RequestBody.Content["application/json"] != nil {
		body = m.value(op.RequestBody.Content["application/json"].Schema, 0)
	}
	for _, p := range op.Parameters {
		for _, wrong := range wrongParams {
			at := strings.NewReplacer("{person}", "me", "{version}", "1").Replace(path)
			switch p.In {
			case "path":
				at = strings.Replace(path, "{"+p.Name+"}", url.PathEscape(wrong), 1)
			case "query":
				at += "?" + p.Name + "=" + url.QueryEscape(wrong)
			default:
				continue
			}
			placed := m.placed
			sent := m.sent
			m.send(method, at, op, p.In+"."+p.Name, body)
			m.params, m.paramsPlaced = m.params+m.sent-sent, m.paramsPlaced+m.placed-placed
			m.sent, m.placed = sent, placed
		}
	}
}

// send tries each role until one gets past the gate.
func (m *misfits) send(method, path string, op *huma.Operation, place string, body any) {
	b, err := json.Marshal(body)
	if err != nil {
		m.t.Fatal(err)
	}
	if body == nil {
		b = nil
	}
	for _, role := range slices.Sorted(maps.Keys(m.tokens)) {
		r := httptest.NewRequestWithContext(m.t.Context(), method,
			strings.NewReplacer("{person}", "me", "{version}", "1").Replace(path), bytes.NewReader(b))
		r.RemoteAddr = "192.0.2.1:1234"
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", rand.Text())
		r.Header.Set("Authorization", "Bearer "+m.tokens[role])
		res := httptest.NewRecorder()
		m.app.api.Echo.ServeHTTP(res, r)
		if m.sent++; res.Code == http.StatusForbidden {
			continue
		}
		for _, word := range insides {
			if strings.Contains(res.Body.String(), word) {
				m.t.Errorf("%s %s, %s: %q in %s", method, path, place, word, res.Body)
			}
		}
		var p problem.Problem
		if res.Code < http.StatusBadRequest {
			return
		}
		if res.Code == http.StatusInternalServerError || json.Unmarshal(res.Body.Bytes(), &p) != nil {
			m.t.Errorf("%s %s, %s: %d %s", method, path, place, res.Code, res.Body)
		}
		if slices.ContainsFunc(p.Errors,
			func(f problem.Field) bool { return f.Field == strings.SplitN(place, "#", 2)[0] }) {
			m.placed++
		}
		return
	}
}

// wrong yields a body once for each value in it and each type that the value has not.
func wrong(v any, place string) map[string]any {
	found := map[string]any{}
	for kind, other := range map[string]any{"text": "x7", "number": 7.5, "object": map[string]any{"x": 1},
		"list": []any{1}, "truth": true, "null": nil} {
		if kindOf(v) != kind {
			found[place+"#"+kind] = other
		}
	}
	inside := func(key string, value any, put func(any) any) {
		for at, other := range wrong(value, key) {
			found[at] = put(other)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			inside(place+"."+name, value, func(other any) any { c := maps.Clone(v); c[name] = other; return c })
		}
	case []any:
		for i, value := range v {
			inside(place+"["+string(rune('0'+i))+"]", value,
				func(other any) any { c := slices.Clone(v); c[i] = other; return c })
		}
	}
	return found
}

func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "text"
	case float64, int64, int:
		return "number"
	case bool:
		return "truth"
	case nil:
		return "null"
	case []any:
		return "list"
	}
	return "object"
}

// value is something that fits a schema.
func (m *misfits) value(s *huma.Schema, depth int) any {
	if s.Ref != "" {
		s = m.api.Components.Schemas.SchemaFromRef(s.Ref)
	}
	switch {
	case depth > deepestSchema:
		return nil
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Type == huma.TypeObject:
		o := map[string]any{}
		for name, p := range s.Properties {
			o[name] = m.value(p, depth+1)
		}
		return o
	case s.Type == huma.TypeArray:
		return []any{m.value(s.Items, depth+1)}
	case len(s.Examples) > 0:
		return s.Examples[0]
	case s.Type == huma.TypeBoolean:
		return false
	case s.Type == huma.TypeInteger, s.Type == huma.TypeNumber:
		return 1
	case s.Format == "date-time":
		return "2026-11-22T00:00:00Z"
	}
	return "x"
}
