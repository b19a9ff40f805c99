package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// observe logs and measures every request. The route is logged, never the path or the query: ids in
// a path would tie a log line to a person's record.
func (a *API) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		took := time.Since(start)
		method, route := methodLabel(c.Request().Method), routeLabel(c)
		measure(method, route, c.Response().Status, took)
		a.Log.LogAttrs(c.Request().Context(), levelOf(c.Response().Status), "http",
			attr("method", method), attr("route", route), attr("status", c.Response().Status),
			attr("ms", took.Milliseconds()), attr("request", RequestID(c.Request().Context())))
		return nil
	}
}

// recover turns a panic into a 500; the stack goes to the log, nothing of it to the client.
func (a *API) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				if e, ok := r.(error); ok && errors.Is(e, http.ErrAbortHandler) {
					panic(r)
				}
				a.Log.Error("panic", "request", RequestID(c.Request().Context()), "stack", string(debug.Stack()))
				err = fmt.Errorf("panic in a handler")
			}
		}()
		return next(c)
	}
}

// plainPath routes by the decoded path, so that a parameter's value is the same however the client
// escaped it: rx%3A7 is rx:7.
func plainPath(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Request().URL.RawPath = ""
		return next(c)
	}
}

// reRequestID is what a caller's own request id must look like to be kept; it is written into logs
// and answers.
var reRequestID = regexp.MustCompile(`^[A-Za-z0-9._:-]{8,64}$`)

// plainRequestID forgets a caller's request id that is none; the server then draws one.
func plainRequestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if h := c.Request().Header; !reRequestID.MatchString(h.Get(echo.HeaderXRequestID)) {
			h.Del(echo.HeaderXRequestID)
		}
		return next(c)
	}
}

// inertPolicy is for what is no page: shown as one all the same, it may load, run and frame
// nothing.
const inertPolicy = "default-src 'none'; frame-ancestors 'none'"

// PermissionsPolicy is what our pages may ask the device for: the camera, which scans codes, and
// the platform authenticator, which confirms signatures by fingerprint or face. Nobody else's page
// may, in a frame of ours or by any other way.
const PermissionsPolicy = "camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), " +
	"microphone=(), geolocation=(), payment=(), usb=()"

// securityHeaders starts every answer as the strictest, before anything can refuse the request;
// pages allow themselves more.
func securityHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Content-Security-Policy", inertPolicy)
		h.Set("Permissions-Policy", PermissionsPolicy)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if strings.HasPrefix(c.Request().URL.Path, "/v1/") {
			h.Set("Cache-Control", "no-store")
		}
		return next(c)
	}
}

var (
	limitCommand = middleware.BodyLimit("1M") // MaxBody
	limitUpload  = middleware.BodyLimit("6M") // a picture of chat.MaxPicture and its multipart frame
)

// limitBody refuses large bodies; only routes of uploads may take larger ones.
func (a *API) limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	command, upload := limitCommand(next), limitUpload(next)
	return func(c echo.Context) error {
		if a.larger[c.Path()] {
			return upload(c)
		}
		return command(c)
	}
}

// checkText refuses a path or a query that is no text once unescaped: not every database takes such
// bytes, and no name has them.
func checkText(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		u := c.Request().URL
		query, err := url.QueryUnescape(u.RawQuery)
		if text := u.Path + query; err != nil || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return problem.New("bad-encoding", "path and query must be UTF-8 without NUL")
		}
		return next(c)
	}
}

// holdsNUL tells whether a JSON text escapes the character NUL; it cannot hold it otherwise (RFC
// 8259 section 7).
func holdsNUL(body []byte) bool {
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			continue
		}
		if bytes.HasPrefix(body[i+1:], []byte("u0000")) {
			return true
		}
		i++ // what is escaped, a backslash perhaps
	}
	return false
}

// checkBody reads a command's body once: it must be UTF-8 (RFC 8259 section 8.1), and its digest is
// what the Idempotency-Key is bound to. Uploads (multipart) are read by their own handlers. The
// bytes in memory are bounded, those of one network as well.
func (a *API) checkBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.Body == nil || r.Method == http.MethodGet || r.Method == http.MethodHead ||
			a.larger[c.Path()] && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
			return next(c)
		}
		counted := &countedBody{Reader: r.Body, seats: a.bodies, network: NetworkOf(c)}
		defer counted.giveBack()
		body, err := io.ReadAll(counted)
		if err != nil {
			return bodyFault(err)
		}
		if !utf8.Valid(body) || holdsNUL(body) {
			return problem.New("bad-encoding", "the body must be UTF-8 without NUL")
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		setContext(c, keyBodyHash, bodyHash(r, body))
		return next(c)
	}
}

// Problem maps an error for a client and logs what the client must not see.
func (a *API) Problem(ctx context.Context, err error) *problem.Problem {
	p := a.problems.Of(err)
	switch {
	case p.Code == "internal" && gone(ctx, err):
		a.Log.Info("client gone", "request", RequestID(ctx))
		return withInstance(problem.New("request-timeout", "the client did not wait for the answer"), ctx)
	case p.Code == "internal":
		a.Log.Error("internal", "request", RequestID(ctx), "error", err.Error())
	case errors.Is(err, sqlstore.ErrUnavailable):
		a.Log.Error("the database is not available", "request", RequestID(ctx), "error", err.Error())
	}
	return withInstance(p, ctx)
}

func withInstance(err huma.StatusError, ctx context.Context) *problem.Problem {
	p := *err.(*problem.Problem) // both constructors make one
	p.Instance = "urn:request:" + RequestID(ctx)
	return &p
}

// problemOf knows echo's own errors as well, which have a status and nothing to hide.
func (a *API) problemOf(ctx context.Context, err error) *problem.Problem {
	if he, ok := errors.AsType[*echo.HTTPError](err); ok {
		return withInstance(problem.FromStatus(he.Code, http.StatusText(he.Code)), ctx)
	}
	return a.Problem(ctx, err)
}

// writeError is echo's error handler: unknown routes, body limits and plain handlers end here.
func (a *API) writeError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	ctx := c.Request().Context()
	p := a.problemOf(ctx, err)
	for name, values := range p.GetHeaders() {
		c.Response().Header()[name] = values
	}
	b, _ := json.Marshal(p) // strings and ints
	_ = c.Blob(p.Status, "application/problem+json", b)
}

func (a *API) writeHuma(c huma.Context, err error) {
	p := a.Problem(c.Context(), err)
	for name := range p.GetHeaders() {
		c.SetHeader(name, p.GetHeaders().Get(name))
	}
	c.SetHeader("Content-Type", "application/problem+json")
	if p.Status == http.StatusUnauthorized {
		c.SetHeader("WWW-Authenticate", "Bearer")
	}
	c.SetStatus(p.Status)
	_ = json.NewEncoder(c.BodyWriter()).Encode(p)
}
