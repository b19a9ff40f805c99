package pages

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
	"github.com/labstack/echo/v4"

	"github.com/smart-hospital/hospital/frontend"
)

func openWeb(t *testing.T) *echo.Echo {
	t.Helper()
	e := echo.New()
	if err := Register(e, nil); err != nil {
		t.Fatal(err)
	}
	return e
}

// pages are the committed builds and where they are served.
var pages = map[string]fs.FS{"/": frontend.H5(), "/desk/": frontend.Desk()}

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
	for at := range pages {
		t.Run(at, func(t *testing.T) { keepsThePolicy(t, e, at) })
	}
}

func keepsThePolicy(t *testing.T, e *echo.Echo, at string) {
	w := fetch(e, at)
	page := w.Body.String()
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") ||
		w.Header().Get("Cache-Control") != cacheNever {
		t.Fatalf("GET %s: %d %v", at, w.Code, w.Header())
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
		if got := fetch(e, at+a[1]); got.Code != http.StatusOK || got.Header().Get("Cache-Control") != cacheForever {
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
	if got := fetch(e, "/desk"); got.Code != http.StatusPermanentRedirect || got.Header().Get("Location") != "/desk/" {
		t.Errorf("/desk: %d %v", got.Code, got.Header())
	}
	for _, unknown := range []string{"/assets/none.js", "/desk/assets/none.js", "/desk/none", "/assets/",
		"/assets/../embed.go", "/assets/%2e%2e/index.html"} {
		if got := fetch(e, unknown); got.Code != http.StatusNotFound {
			t.Errorf("%s: %d", unknown, got.Code)
		}
	}
}

// TestEachCodingIsAFormOfItsOwn: the best coding that the client takes, its own ETag, and ranges
// and HEAD of just that form.
func TestEachCodingIsAFormOfItsOwn(t *testing.T) {
	plain := strings.Repeat("let weight = 1;\n", 400)
	var packed bytes.Buffer
	z := brotli.NewWriterLevel(&packed, brotli.BestCompression)
	if _, err := z.Write([]byte(plain)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	w, err := read(fstest.MapFS{
		"index.html":     {Data: []byte("<html>")},
		"assets/a.js":    {Data: []byte(plain)},
		"assets/a.js.br": {Data: packed.Bytes()},
	})
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	w.register(e, "/", nil)
	server := httptest.NewServer(e)
	defer server.Close()
	transport := &http.Transport{DisableCompression: true} // or it asks for gzip and unpacks it by itself
	defer transport.CloseIdleConnections()
	ask := func(method string, header ...string) (*http.Response, []byte) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, server.URL+"/assets/a.js", nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		answer, err := transport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer, body
	}
	open := map[string]func(io.Reader) (io.Reader, error){
		"":     func(r io.Reader) (io.Reader, error) { return r, nil },
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	}
	tags := map[string]string{}
	for accept, coding := range map[string]string{
		"": "", "identity": "", "br;q=0": "", "br;q=0, gzip;q=0.0": "", "*;q=0": "", "gzip;q=much": "", "deflate": "",
		"br;q=0.5, identity": "", "identity;q=0, br;q=0": "",
		"gzip": "gzip", "GZIP;Q=1": "gzip", "br;q=0, *": "gzip", "gzip, br;q=0.9": "gzip", "br;q=0,gzip": "gzip",
		"br": "br", "gzip, deflate, br, zstd": "br", "*": "br", "br;q=0.001": "br", "gzip;q=0.8 , br ; q=0.9": "br",
		"identity, br": "br",
	} {
		answer, body := ask(http.MethodGet, "Accept-Encoding", accept)
		if got := answer.Header.Get("Content-Encoding"); answer.StatusCode != http.StatusOK || got != coding {
			t.Errorf("Accept-Encoding %q: %d in %q, not %q", accept, answer.StatusCode, got, coding)
			continue
		}
		r, err := open[coding](bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if content, err := io.ReadAll(r); err != nil || string(content) != plain {
			t.Errorf("Accept-Encoding %q: %v, %d bytes of %d", accept, err, len(content), len(plain))
		}
		h := answer.Header
		if h.Get("Vary") != "Accept-Encoding" || h.Get("Cache-Control") != cacheForever ||
			!strings.HasPrefix(h.Get("Content-Type"), "text/javascript") ||
			h.Get("Content-Length") != strconv.Itoa(len(body)) {
			t.Errorf("Accept-Encoding %q: %v", accept, h)
		}
		if tag := tags[coding]; tag != "" && tag != h.Get("ETag") {
			t.Errorf("two ETags of %q", coding)
		}
		tags[coding] = h.Get("ETag")
	}
	if len(tags) != 3 || tags[""] == tags["gzip"] || tags["gzip"] == tags["br"] || tags["br"] == tags[""] {
		t.Fatalf("ETags %v", tags)
	}
	for coding, tag := range tags {
		_, whole := ask(http.MethodGet, "Accept-Encoding", coding)
		head, nothing := ask(http.MethodHead, "Accept-Encoding", coding)
		if head.StatusCode != http.StatusOK || len(nothing) != 0 || head.ContentLength != int64(len(whole)) ||
			head.Header.Get("Content-Encoding") != coding {
			t.Errorf("HEAD in %q: %d, %v", coding, head.StatusCode, head.Header)
		}
		part, some := ask(http.MethodGet, "Accept-Encoding", coding, "Range", "bytes=3-9", "If-Range", tag)
		if part.StatusCode != http.StatusPartialContent || !bytes.Equal(some, whole[3:10]) ||
			part.Header.Get("Content-Encoding") != coding {
			t.Errorf("a range in %q: %d, %v", coding, part.StatusCode, part.Header)
		}
		for other, its := range tags {
			known, _ := ask(http.MethodGet, "Accept-Encoding", coding, "If-None-Match", its)
			if (known.StatusCode == http.StatusNotModified) != (other == coding) || known.Header.Get("Vary") == "" {
				t.Errorf("%q, known in %q: %d", coding, other, known.StatusCode)
			}
			// A resumed download of another form starts anew.
			resumed, body := ask(http.MethodGet, "Accept-Encoding", coding, "Range", "bytes=3-9", "If-Range", its)
			if other != coding && (resumed.StatusCode != http.StatusOK || !bytes.Equal(body, whole)) {
				t.Errorf("%q after a part in %q: %d", coding, other, resumed.StatusCode)
			}
		}
	}
	beyond, _ := ask(http.MethodGet, "Accept-Encoding", "br", "Range", "bytes=999999-")
	if beyond.StatusCode != http.StatusRequestedRangeNotSatisfiable || beyond.Header.Get("Content-Encoding") != "" {
		t.Errorf("a range beyond the end: %d %v", beyond.StatusCode, beyond.Header)
	}
	if got := fetch(e, "/assets/a.js.br"); got.Code != http.StatusNotFound {
		t.Errorf("the packed file by its own name: %d", got.Code)
	}
}

// TestPackedFilesAreOfThisBuild: what stands beside a file of the committed build unpacks to that
// file. The bytes may differ between versions of Node, so nothing else compares them.
func TestPackedFilesAreOfThisBuild(t *testing.T) {
	for at, build := range pages {
		t.Run(at, func(t *testing.T) { packedFilesAreOf(t, build) })
	}
}

func packedFilesAreOf(t *testing.T, build fs.FS) {
	err := fs.WalkDir(build, ".", func(name string, d fs.DirEntry, err error) error {
		plain, packed := strings.CutSuffix(name, brotliSuffix)
		if err != nil || !packed {
			return err
		}
		want, err := fs.ReadFile(build, plain)
		if err != nil {
			return err
		}
		content, err := fs.ReadFile(build, name)
		if err != nil {
			return err
		}
		if got, err := io.ReadAll(brotli.NewReader(bytes.NewReader(content))); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not %s packed: %v", name, plain, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
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
		total += fetch(e, "/"+a[1], "Accept-Encoding", "br, gzip").Body.Len()
	}
	if total > firstLoadLimit {
		t.Errorf("the first page takes %d bytes, at most %d", total, firstLoadLimit)
	}
}

func TestBuildWithoutIndexIsRefused(t *testing.T) {
	if _, err := read(fstest.MapFS{"assets/a.js": {Data: []byte("x")}}); err == nil {
		t.Error("accepted")
	}
}

// deskLimit is what somebody at a desk may have to fetch before the first page of a role,
// compressed.
const deskLimit = 350 << 10

// TestDeskFirstLoadIsSmall takes every file of the desk: no role fetches more than that.
func TestDeskFirstLoadIsSmall(t *testing.T) {
	e := openWeb(t)
	total := 0
	err := fs.WalkDir(frontend.Desk(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasSuffix(name, brotliSuffix) {
			total += fetch(e, "/desk/"+name, "Accept-Encoding", "br, gzip").Body.Len()
		}
		return err
	})
	if err != nil || total == 0 || total > deskLimit {
		t.Errorf("the desk takes %d bytes, at most %d: %v", total, deskLimit, err)
	}
}

// TestFilesBesideTheAssets: what lies at the build's root is served from there and asked for anew
// each time: an old service worker or manifest would hold an old app.
func TestFilesBesideTheAssets(t *testing.T) {
	e := echo.New()
	w, err := read(fstest.MapFS{
		"index.html":           {Data: []byte("<html>")},
		"service-worker.js":    {Data: []byte("const BUILD=1")},
		"manifest.webmanifest": {Data: []byte("{}")},
		"icons/icon.svg":       {Data: []byte("<svg/>")},
		"404.html":             {Data: []byte("<html>missing")},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.register(e, "/", nil)
	for target, kind := range map[string]string{
		"/service-worker.js":    "javascript",
		"/manifest.webmanifest": "application/manifest+json",
		"/icons/icon.svg":       "image/svg+xml",
	} {
		got := fetch(e, target)
		if got.Code != http.StatusOK || !strings.Contains(got.Header().Get("Content-Type"), kind) ||
			got.Header().Get("Cache-Control") != cacheNever {
			t.Errorf("%s: %d %v", target, got.Code, got.Header())
		}
	}

	browser := []string{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}
	for _, odd := range []string{"/nowhere", "/pages/home/home", "/icons/none.svg", "/%2e%2e/etc/passwd"} {
		got := fetch(e, odd, browser...)
		if got.Code != http.StatusNotFound || got.Body.String() != "<html>missing" ||
			got.Header().Get("Content-Security-Policy") != contentSecurityPolicy {
			t.Errorf("%s: %d %q", odd, got.Code, got.Body)
		}
		if got := fetch(e, odd, "Accept", "application/json"); strings.Contains(got.Body.String(), "<html>") {
			t.Errorf("%s: a program reads a page", odd)
		}
	}
	for _, programs := range []string{"/v1/nothing", "/assets/none.js"} {
		got := fetch(e, programs, browser...)
		if got.Code != http.StatusNotFound || strings.Contains(got.Body.String(), "<html>") {
			t.Errorf("%s: %d %q", programs, got.Code, got.Body)
		}
	}
}
