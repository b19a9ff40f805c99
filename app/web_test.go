package app

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/labstack/echo/v4"

	"github.com/smart-hospital/hospital/frontend"
)

func openWeb(t *testing.T) *echo.Echo {
	t.Helper()
	w, err := newWeb(frontend.H5())
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	w.register(e, nil)
	return e
}

func fetch(e *echo.Echo, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w
}

var (
	reScript = regexp.MustCompile(`(?s)<script\b([^>]*)>(.*?)</script>`)
	reAsset  = regexp.MustCompile(`(?:src|href)="\./(assets/[^"]+)"`)
	reOther  = regexp.MustCompile(`(?:src|href)="(?:https?:)?//`)
	reInline = regexp.MustCompile(`\son[a-z]+=`)
)

// TestIndexKeepsThePolicy: what the committed build needs is what the policy allows: scripts from
// files, nothing inline, nothing from another server.
func TestIndexKeepsThePolicy(t *testing.T) {
	e := openWeb(t)
	w := fetch(e, "/")
	page := w.Body.String()
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") ||
		w.Header().Get("Cache-Control") != cacheNever {
		t.Fatalf("GET /: %d %v", w.Code, w.Header())
	}
	policy := w.Header().Get("Content-Security-Policy")
	for directive := range strings.SplitSeq(policy, ";") {
		name, values, _ := strings.Cut(strings.TrimSpace(directive), " ")
		if strings.Contains(values, "*") || strings.Contains(values, "http") ||
			strings.Contains(values, "unsafe-eval") ||
			(name != "style-src" && strings.Contains(values, "unsafe-inline")) {
			t.Errorf("policy is loose: %s", directive)
		}
	}
	scripts := reScript.FindAllStringSubmatch(page, -1)
	if len(scripts) == 0 {
		t.Error("the page has no script")
	}
	for _, s := range scripts {
		if !strings.Contains(s[1], "src=") || strings.TrimSpace(s[2]) != "" {
			t.Errorf("inline script: %s", s[0])
		}
	}
	if reOther.MatchString(page) || reInline.MatchString(page) {
		t.Error("the page names another server or an inline handler")
	}
	for _, a := range reAsset.FindAllStringSubmatch(page, -1) {
		if got := fetch(e, "/"+a[1]); got.Code != http.StatusOK || got.Header().Get("Cache-Control") != cacheForever {
			t.Errorf("%s: %d %v", a[1], got.Code, got.Header())
		}
	}
}

func TestWebAnswers(t *testing.T) {
	e := openWeb(t)
	first := fetch(e, "/")
	if got := fetch(e, "/", "If-None-Match", first.Header().Get("ETag")); got.Code != http.StatusNotModified ||
		got.Body.Len() != 0 {
		t.Errorf("same ETag: %d", got.Code)
	}
	for _, unknown := range []string{"/assets/none.js", "/assets/", "/assets/../embed.go",
		"/assets/%2e%2e/index.html"} {
		if got := fetch(e, unknown); got.Code != http.StatusNotFound {
			t.Errorf("%s: %d", unknown, got.Code)
		}
	}
	var script string
	for _, a := range reAsset.FindAllStringSubmatch(first.Body.String(), -1) {
		if strings.HasSuffix(a[1], ".js") {
			script = "/" + a[1]
		}
	}
	plain := fetch(e, script)
	for _, refused := range []string{"", "br", "gzip;q=0"} {
		if got := fetch(e, script, "Accept-Encoding", refused); got.Header().Get("Content-Encoding") != "" {
			t.Errorf("Accept-Encoding %q: answered with gzip", refused)
		}
	}
	packed := fetch(e, script, "Accept-Encoding", "br, gzip")
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(z)
	if err != nil || string(content) != plain.Body.String() || len(content) == 0 {
		t.Errorf("gzip: %v, %d bytes of %d", err, len(content), plain.Body.Len())
	}
}

// firstLoadLimit is what a phone may have to fetch before it shows the first page, compressed,
// without signing code.
const firstLoadLimit = 160 << 10

func TestFirstLoadIsSmall(t *testing.T) {
	e := openWeb(t)
	page := fetch(e, "/").Body.String()
	total := len(page)
	for _, a := range reAsset.FindAllStringSubmatch(page, -1) {
		total += fetch(e, "/"+a[1], "Accept-Encoding", "gzip").Body.Len()
	}
	if total > firstLoadLimit {
		t.Errorf("the first page takes %d bytes, at most %d", total, firstLoadLimit)
	}
}

func TestBuildWithoutIndexIsRefused(t *testing.T) {
	if _, err := newWeb(fstest.MapFS{"assets/a.js": {Data: []byte("x")}}); err == nil {
		t.Error("accepted")
	}
}
