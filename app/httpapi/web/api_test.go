package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/problem"
)

type fixedSessions map[string]accounts.Account

func (f fixedSessions) Standing(ctx context.Context, token string) (accounts.Account, error) {
	return f.Resolve(ctx, token)
}

func (f fixedSessions) StandingAll(_ context.Context, tokens []string) (map[string]accounts.Account, error) {
	out := map[string]accounts.Account{}
	for _, token := range tokens {
		if a, ok := f[token]; ok {
			out[token] = a
		}
	}
	return out, nil
}

func (f fixedSessions) Resolve(_ context.Context, token string) (accounts.Account, error) {
	if a, ok := f[token]; ok {
		return a, nil
	}
	return accounts.Account{}, accounts.ErrUnauthenticated
}

type echoInput struct {
	Body struct {
		Text string `json:"text" maxLength:"10"`
	}
}

type echoOutput struct {
	Body struct {
		Text, Caller, Key string
	}
}

func coreAPI(t *testing.T) *API {
	t.Helper()
	a := New(slog.New(slog.DiscardHandler),
		fixedSessions{"t1": {ID: "a1", Role: accounts.Doctor}, "t2": {ID: "a2", Role: accounts.Patient}}, "test")
	Handle(a, Op{ID: "say", Method: http.MethodPost, Path: "/v1/say", Tag: Tag{Name: "test"},
		Roles: []accounts.Role{accounts.Doctor}, Command: true},
		func(ctx context.Context, in *echoInput) (*echoOutput, error) {
			if in.Body.Text == "boom" {
				panic("boom 张三")
			}
			out := &echoOutput{}
			out.Body.Text, out.Body.Caller, out.Body.Key = in.Body.Text, Caller(ctx).ID, Command(ctx, "say").Key
			return out, nil
		})
	return a
}

// Every refusal of the core is a problem with its stable code, the request id, and nothing of what
// was sent.
func TestCoreRefusals(t *testing.T) {
	a := coreAPI(t)
	const secret = "张三丰"
	for _, c := range []struct {
		name, token, key, method, path, body string
		status                               int
		code                                 string
	}{
		{"no session", "", "12345678", http.MethodPost, "/v1/say", `{"text":"a"}`, 401, "unauthenticated"},
		{"unknown session", "zz", "12345678", http.MethodPost, "/v1/say", `{"text":"a"}`, 401, "unauthenticated"},
		{"wrong role", "t2", "12345678", http.MethodPost, "/v1/say", `{"text":"a"}`, 403, "forbidden"},
		{"no key", "t1", "", http.MethodPost, "/v1/say", `{"text":"a"}`, 400, "idempotency-key-missing"},
		{"short key", "t1", "1234567", http.MethodPost, "/v1/say", `{"text":"a"}`, 400, "idempotency-key-missing"},
		{"long key", "t1", strings.Repeat("k", 129), http.MethodPost, "/v1/say", `{"text":"a"}`, 400,
			"idempotency-key-missing"},
		{"unknown field", "t1", "12345678", http.MethodPost, "/v1/say", `{"text":"a","` + secret + `":1}`, 422,
			"invalid-input"},
		{"too long", "t1", "12345678", http.MethodPost, "/v1/say", `{"text":"` + secret + `0123456789"}`, 422,
			"invalid-input"},
		{"not json", "t1", "12345678", http.MethodPost, "/v1/say", `{`, 400, "invalid-input"},
		{"no body", "t1", "12345678", http.MethodPost, "/v1/say", ``, 400, "invalid-input"},
		{"bad utf-8", "t1", "12345678", http.MethodPost, "/v1/say", "{\"text\":\"\xff\"}", 400, "bad-encoding"},
		{"oversized", "t1", "12345678", http.MethodPost, "/v1/say", `{"text":"` + strings.Repeat("a", MaxBody) + `"}`,
			413, "too-large"},
		{"no route", "t1", "", http.MethodGet, "/v1/nothing", ``, 404, "not-found"},
		{"wrong method", "t1", "", http.MethodGet, "/v1/say", ``, 405, "method-not-allowed"},
		{"panic", "t1", "12345678", http.MethodPost, "/v1/say", `{"text":"boom"}`, 500, "internal"},
	} {
		r := httptest.NewRequest(c.method, c.path, strings.NewReader(c.body))
		r.Header.Set("Content-Type", "application/json")
		if c.token != "" {
			r.Header.Set("Authorization", "Bearer "+c.token)
		}
		if c.key != "" {
			r.Header.Set("Idempotency-Key", c.key)
		}
		w := httptest.NewRecorder()
		a.Echo.ServeHTTP(w, r)
		var p problem.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Errorf("%s: not a problem: %v: %s", c.name, err, w.Body)
			continue
		}
		if w.Code != c.status || p.Status != c.status || p.Code != c.code ||
			w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: got %d %q (%s), want %d %q", c.name, w.Code, p.Code, w.Header().Get("Content-Type"),
				c.status, c.code)
		}
		if p.Instance != "urn:request:"+w.Header().Get("X-Request-Id") || len(p.Instance) < 20 {
			t.Errorf("%s: instance %q does not name the request %q", c.name, p.Instance, w.Header().Get("X-Request-Id"))
		}
		if c.name != "unknown field" && strings.Contains(w.Body.String(), secret) ||
			strings.Contains(w.Body.String(), "boom") {
			t.Errorf("%s: the answer repeats what was sent: %s", c.name, w.Body)
		}
	}
}

func TestCoreAccepts(t *testing.T) {
	a := coreAPI(t)
	r := httptest.NewRequest(http.MethodPost, "/v1/say", strings.NewReader(`{"text":"ok"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer t1")
	r.Header.Set("Idempotency-Key", "12345678")
	w := httptest.NewRecorder()
	a.Echo.ServeHTTP(w, r)
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"Caller":"a1"`) ||
		!strings.Contains(w.Body.String(), `"Key":"12345678"`) {
		t.Fatalf("got %d %s", w.Code, w.Body)
	}
}

// A caller's own request id is kept when it is one, and replaced when it could write into a log or
// an answer.
func TestRequestID(t *testing.T) {
	a := coreAPI(t)
	for id, kept := range map[string]bool{
		"0b7c1e3a-77aa-4f10-9d11-2f6a3c5e8d90": true, "short": false, "": false, strings.Repeat("x", 65): false,
		"abcdefgh ijk": false, "abcdefgh<script>": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/openapi.json", nil)
		r.Header.Set("X-Request-Id", id)
		w := httptest.NewRecorder()
		a.Echo.ServeHTTP(w, r)
		if got := w.Header().Get("X-Request-Id"); got == "" || (got == id) != kept {
			t.Errorf("%q became %q", id, got)
		}
	}
}

// The description and its page come from the binary: no outside host is named in the page.
func TestDocsAreSelfContained(t *testing.T) {
	a := coreAPI(t)
	for path, want := range map[string]string{"/openapi.json": `"openapi":"3.1.0"`, "/docs/": "/openapi.json",
		"/problems": "idempotency-key-reused"} {
		w := httptest.NewRecorder()
		a.Echo.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d, %q not in it", path, w.Code, want)
		}
		if strings.Contains(w.Body.String(), "https://unpkg") || strings.Contains(w.Body.String(), "https://cdn") {
			t.Errorf("%s names an outside host", path)
		}
	}
}

// A header anybody can write must not choose the address that rate limits count by; a trusted
// proxy's may.
func TestTrustedProxies(t *testing.T) {
	address := func(a *API, peer, forwarded string) string {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = peer + ":1234"
		r.Header.Set("X-Forwarded-For", forwarded)
		return a.Echo.NewContext(r, httptest.NewRecorder()).RealIP()
	}
	a := coreAPI(t)
	if got := address(a, "203.0.113.9", "198.51.100.7"); got != "203.0.113.9" {
		t.Errorf("without trusted proxies: %s", got)
	}
	_, proxies, err := net.ParseCIDR("192.0.2.0/24")
	if err != nil {
		t.Fatal(err)
	}
	a.TrustProxies([]*net.IPNet{proxies})
	if got := address(a, "192.0.2.1", "10.0.0.1, 198.51.100.7"); got != "198.51.100.7" {
		t.Errorf("behind a trusted proxy: %s", got)
	}
	if got := address(a, "203.0.113.9", "198.51.100.7"); got != "203.0.113.9" {
		t.Errorf("from somebody who is no proxy: %s", got)
	}
}
