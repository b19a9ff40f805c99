package app

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
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
	cacheNever  = "no-cache"
	worthGzip   = 1 << 10 // bytes
	indexFile   = "index.html"
	assetFolder = "assets/"
)

// webFile is one file of the browser build, ready to be sent either way.
type webFile struct {
	kind, etag, cache string
	plain, gzipped    []byte // gzipped is nil when it would not be smaller
}

// web serves the browser build from memory.
type web struct{ files map[string]*webFile }

// newWeb reads and compresses every file once: they are few and never change while the program
// runs.
func newWeb(build fs.FS) (*web, error) {
	w := &web{files: map[string]*webFile{}}
	err := fs.WalkDir(build, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(build, name)
		if err != nil {
			return err
		}
		w.files[name], err = newWebFile(name, content)
		return err
	})
	if err == nil && w.files[indexFile] == nil {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, fmt.Errorf("browser build: %w", err)
	}
	return w, nil
}

func newWebFile(name string, content []byte) (*webFile, error) {
	digest := sha256.Sum256(content)
	f := &webFile{
		kind: mime.TypeByExtension(path.Ext(name)), etag: `"` + base64.RawURLEncoding.EncodeToString(digest[:12]) + `"`,
		cache: cacheNever, plain: content,
	}
	if strings.HasPrefix(name, assetFolder) {
		f.cache = cacheForever
	}
	if len(content) < worthGzip {
		return f, nil
	}
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
	if b.Len() < len(content) {
		f.gzipped = b.Bytes()
	}
	return f, nil
}

// register adds / (answered by first when there is one) and the assets. Pages are told apart behind
// the # of the address, so there is nothing to fall back to.
func (w *web) register(e *echo.Echo, first echo.HandlerFunc) {
	index := func(c echo.Context) error { return w.send(c, indexFile) }
	asset := func(c echo.Context) error { return w.send(c, assetFolder+c.Param("*")) }
	if first == nil {
		first = index
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		e.Add(method, "/", first)
		e.Add(method, "/"+indexFile, index)
		e.Add(method, "/"+assetFolder+"*", asset)
	}
}

func (w *web) send(c echo.Context, name string) error {
	f, ok := w.files[name]
	if !ok {
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set("Content-Security-Policy", contentSecurityPolicy)
	h.Set("Cache-Control", f.cache)
	h.Set("ETag", f.etag)
	h.Set("Vary", "Accept-Encoding")
	if strings.Contains(c.Request().Header.Get("If-None-Match"), f.etag) {
		return c.NoContent(http.StatusNotModified)
	}
	body := f.plain
	if f.gzipped != nil && acceptsGzip(c.Request()) {
		h.Set("Content-Encoding", "gzip")
		body = f.gzipped
	}
	return c.Blob(http.StatusOK, f.kind, body)
}

func acceptsGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if name == "gzip" && strings.TrimSpace(weight) != "q=0" {
			return true
		}
	}
	return false
}
