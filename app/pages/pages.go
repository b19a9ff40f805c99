// Package pages serves the browser build from memory.
package pages

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/smart-hospital/hospital/frontend"
)

// contentSecurityPolicy lets the page load and talk to nothing but its own server: no inline
// script, no other origin. Styles may be inline because Vue writes them; a picture may be drawn
// (data:) or fetched with the session (blob:).
const contentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"connect-src 'self'; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const (
	// cacheForever is for files that carry their digest in their name.
	cacheForever = "public, max-age=31536000, immutable"
	// cacheNever: asked again each time, and answered with 304 while nothing has changed.
	cacheNever   = "no-cache"
	worthPacking = 1 << 10 // bytes
	// Index is the page itself.
	Index       = "index.html"
	missingFile = "404.html"
	assetFolder = "assets/"
)

// apiFolder holds what programs ask for: they read a problem, not a page.
const apiFolder = "/v1/"

// brotliSuffix marks a file of the build that holds another one packed. frontend/build/brotli.mjs
// makes them.
const brotliSuffix = ".br"

// form is one way of sending a file. Each has an ETag of its own: a range of one form is nothing
// in another.
type form struct {
	coding, etag string // coding as Accept-Encoding names it
	body         []byte
}

// file is one file of the browser build. Its forms stand in the order in which the server likes
// them, the plain one last.
type file struct {
	kind, cache string
	forms       []form
}

// build serves the browser build from memory.
type build struct{ files map[string]*file }

// read reads every file once: they are few and never change while the program runs. Brotli's best
// takes seconds, so it is made with the build; gzip is made here.
func read(from fs.FS) (*build, error) {
	w := &build{files: map[string]*file{}}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, brotliSuffix) {
			return err
		}
		content, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		packed, err := fs.ReadFile(from, name+brotliSuffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		w.files[name], err = newFile(name, content, packed)
		return err
	})
	if err == nil && w.files[Index] == nil {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, fmt.Errorf("browser build: %w", err)
	}
	return w, nil
}

// newFile: brotli is nil for a file that has no packed sibling.
func newFile(name string, content, brotli []byte) (*file, error) {
	f := &file{kind: mime.TypeByExtension(path.Ext(name)), cache: cacheNever}
	switch {
	case path.Ext(name) == ".webmanifest":
		f.kind = "application/manifest+json" // what systems know of endings differs
	case f.kind == "":
		f.kind = echo.MIMEOctetStream
	}
	if strings.HasPrefix(name, assetFolder) {
		f.cache = cacheForever
	}
	digest := sha256.Sum256(content)
	tag := base64.RawURLEncoding.EncodeToString(digest[:12])
	if brotli != nil {
		f.forms = append(f.forms, form{"br", `"` + tag + `-br"`, brotli})
	}
	if len(content) >= worthPacking {
		packed, err := gzipped(content)
		if err != nil {
			return nil, err
		}
		if len(packed) < len(content) {
			f.forms = append(f.forms, form{"gzip", `"` + tag + `-gzip"`, packed})
		}
	}
	f.forms = append(f.forms, form{uncoded, `"` + tag + `"`, content})
	return f, nil
}

func gzipped(content []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(content); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Register adds the mini-app and the desk; first, when there is one, answers / in the place of
// the mini-app.
func Register(e *echo.Echo, first echo.HandlerFunc) error {
	pages, err := read(frontend.H5())
	if err != nil {
		return err
	}
	desk, err := read(frontend.Desk())
	if err != nil {
		return err
	}
	pages.register(e, "/", first)
	desk.register(e, "/desk/", nil)
	return nil
}

// register adds the folder at ("/", answered by first when there is one, or "/desk/") and every
// other file of the build. Pages of the app are told apart behind the # of the address, so another
// path is a mistake: where the build has a page for that, a browser gets it.
func (w *build) register(e *echo.Echo, at string, first echo.HandlerFunc) {
	index := func(c echo.Context) error { return w.send(c, Index) }
	asset := func(c echo.Context) error { return w.send(c, assetFolder+c.Param("*")) }
	if first == nil {
		first = index
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		e.Add(method, at, first)
		e.Add(method, at+assetFolder+"*", asset)
		for name := range w.files {
			if !strings.HasPrefix(name, assetFolder) {
				e.Add(method, at+name, func(c echo.Context) error { return w.send(c, name) })
			}
		}
		if bare := strings.TrimSuffix(at, "/"); bare != "" {
			e.Add(method, bare, func(c echo.Context) error { return c.Redirect(http.StatusPermanentRedirect, at) })
		}
	}
	if w.files[missingFile] != nil {
		e.RouteNotFound(at+"*", w.missing)
	}
}

// missing answers an address behind which is nothing: with a page where a person looks, otherwise
// as ever. Only a browser that opens an address names text/html.
func (w *build) missing(c echo.Context) error {
	r := c.Request()
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	f := w.files[missingFile]
	if !reads || strings.HasPrefix(r.URL.Path, apiFolder) || strings.HasPrefix(r.URL.Path, "/"+assetFolder) ||
		!strings.Contains(r.Header.Get("Accept"), "text/html") {
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set("Content-Security-Policy", contentSecurityPolicy)
	h.Set("Vary", "Accept")
	return c.Blob(http.StatusNotFound, f.kind, f.forms[len(f.forms)-1].body)
}

func (w *build) send(c echo.Context, name string) error {
	f, ok := w.files[name]
	if !ok {
		return echo.ErrNotFound
	}
	form := f.best(acceptedCodings(c.Request().Header.Values("Accept-Encoding")))
	h := c.Response().Header()
	if !strings.HasPrefix(name, assetFolder) {
		// A script or a sheet is no document and loads nothing itself: there the strictest policy
		// stands, which is the shorter one on each of the first page's twenty files.
		h.Set("Content-Security-Policy", contentSecurityPolicy)
	}
	h.Set("Cache-Control", f.cache)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Type", f.kind)
	h.Set("ETag", form.etag)
	if form.coding != uncoded {
		h.Set("Content-Encoding", form.coding)
		// ServeContent leaves it out of what is encoded, because it cannot know who encoded it.
		h.Set("Content-Length", strconv.Itoa(len(form.body)))
	}
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(form.body))
	return nil
}

// uncoded is the coding of what is not packed (RFC 9110, 8.4.1).
const uncoded = "identity"

// best is the form that the client likes best, and among equals the server. A client that takes
// none gets the plain one.
func (f *file) best(accepted map[string]float64) form {
	best, most := f.forms[len(f.forms)-1], 0.0
	for _, form := range f.forms {
		weight, named := accepted[form.coding]
		if !named {
			weight = accepted["*"]
		}
		if weight > most {
			best, most = form, weight
		}
	}
	return best
}

// acceptedCodings reads Accept-Encoding (RFC 9110, 12.5.3): codings in lower case with their
// weights, 0 for one that is refused or whose weight is malformed.
func acceptedCodings(header []string) map[string]float64 {
	accepted := map[string]float64{}
	for item := range strings.SplitSeq(strings.ToLower(strings.Join(header, ",")), ",") {
		coding, parameter, weighed := strings.Cut(item, ";")
		weight := 1.0
		if weighed {
			value, _ := strings.CutPrefix(strings.TrimSpace(parameter), "q=")
			if q, err := strconv.ParseFloat(value, 64); err == nil && q >= 0 && q <= 1 {
				weight = q
			} else {
				weight = 0
			}
		}
		accepted[strings.TrimSpace(coding)] = weight
	}
	return accepted
}
