package app

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/frontend"
)

// everywhere are headers that no answer may lack, a refused one neither.
var everywhere = map[string]string{
	"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
	"Permissions-Policy":         web.PermissionsPolicy,
	"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
}

// inlineAllowed are what a policy may allow inline, by path: Vue writes styles, and the
// description's own page a script.
func inlineAllowed(path, directive string) bool {
	return directive == "style-src" || directive == "script-src" && strings.HasPrefix(path, "/docs")
}

// TestHeadersOnEveryRoute asks every route there is for an answer, mostly a refusal, and what no
// route serves.
func TestHeadersOnEveryRoute(t *testing.T) {
	t.Parallel()
	size.InTurn(t)
	a, err := New(t.Context(), demoConfig(t, "sqlite:"), quiet(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	type target struct{ method, path string }
	targets := []target{{"GET", "/none"}, {"GET", "/v1/none"}, {"PATCH", "/v1/me"}, {"GET", "/v1/me?x=%ff"},
		{"GET", "/assets/none.js"}, {"GET", "/a//b"}, {"GET", "/v1%2Fme"}, {"OPTIONS", "/v1/me"}}
	for _, r := range a.api.Echo.Routes() {
		if slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut,
			http.MethodDelete}, r.Method) {
			targets = append(targets, target{r.Method, strings.NewReplacer(":", "", "*", "").Replace(r.Path)})
		}
	}
	assets, err := fs.Glob(frontend.H5(), "assets/*")
	if err != nil || len(assets) == 0 {
		t.Fatalf("%d assets, %v", len(assets), err)
	}
	for _, name := range assets {
		targets = append(targets, target{"GET", "/" + name})
	}
	if len(targets) < 150 {
		t.Fatalf("only %d routes", len(targets))
	}
	for _, x := range targets {
		w := httptest.NewRecorder()
		a.api.Echo.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), x.method, x.path, nil))
		for name, want := range everywhere {
			if got := w.Header().Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("%s %s (%d): %s %q", x.method, x.path, w.Code, name, got)
			}
		}
		if strings.HasPrefix(x.path, "/v1/") && w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s: may be cached", x.method, x.path)
		}
		policy := directives(w.Header().Values("Content-Security-Policy"))
		if policy["frame-ancestors"] != "'none'" ||
			(policy["default-src"] != "'none'" && policy["default-src"] != "'self'") {
			t.Errorf("%s %s: policy %v", x.method, x.path, policy)
		}
		if strings.HasPrefix(x.path, "/assets/") && policy["default-src"] != "'none'" {
			t.Errorf("%s %s: a script needs no policy of a page's: %v", x.method, x.path, policy)
		}
		for directive, sources := range policy {
			loose := strings.ContainsAny(sources, "*/") || strings.Contains(sources, "unsafe-eval")
			if loose || strings.Contains(sources, "unsafe-inline") && !inlineAllowed(x.path, directive) {
				t.Errorf("%s %s: %s %s", x.method, x.path, directive, sources)
			}
		}
	}
}

func directives(headers []string) map[string]string {
	out := map[string]string{}
	for _, h := range headers {
		for directive := range strings.SplitSeq(h, ";") {
			name, sources, _ := strings.Cut(strings.TrimSpace(directive), " ")
			out[name] = sources
		}
	}
	return out
}
