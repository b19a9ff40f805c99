// Package web is what every room's HTTP stands on: sessions, roles and limits before a handler, RFC
// 9457 problems after it, OpenAPI 3.1 from the same Go types, streams. It knows no room: rooms
// register their operations with Handle. They hold no rule of the domain; a handler binds, asks the
// service and answers.
package web

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/limit"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// A member's name in another case is another name, on this road as on every other.
func init() { huma.ValidateStrictCasing = true }

// Limits of the HTTP server.
const (
	MaxBody           = 1 << 20 // bytes of a JSON body
	ReadHeaderTimeout = 5 * time.Second
	ReadTimeout       = 30 * time.Second
	WriteTimeout      = 60 * time.Second // streams lift it for themselves
	IdleTimeout       = 2 * time.Minute
	outsideRate       = 5 // questions a second that one account may cause at another organisation
	outsideBurst      = 20
)

// Sessions resolves a bearer token; accounts.ErrUnauthenticated when it is not good. Resolve counts
// as use of the session, the others do not. StandingAll is Standing of many at once: who is not in
// its answer has no session.
type Sessions interface {
	Resolve(ctx context.Context, token string) (accounts.Account, error)
	Standing(ctx context.Context, token string) (accounts.Account, error)
	StandingAll(ctx context.Context, tokens []string) (map[string]accounts.Account, error)
}

// API is the server's routes: typed operations through huma, streams and sockets straight on echo.
type API struct {
	Echo     *echo.Echo
	Huma     huma.API
	Log      *slog.Logger
	sessions Sessions
	outside  *limit.Rates
	strangers
	office    Office // nil: nobody's office is asked for
	problems  *problem.Table
	home      string      // member id whose administrators see the installation itself; empty: everybody's do
	room      *disk.Guard // nil: the disk is not watched
	uploads   *slots
	relatives Relatives               // nil: nobody acts for another
	trusted   func() bool             // the clock can be trusted to date what is done; nil: it can
	Oversight bool                    // the regulator's pages are here
	Acts      map[chain.Kind]Signing  // see Signs
	Results   map[string]reflect.Type // what signatures bring about, by their names in the answer
	longLived map[string]bool         // routes: see LongLived
	larger    map[string]bool         // routes of uploads
	unlisted  []string                // see Unlisted
}

// New builds an API with its middlewares and no routes yet. version goes into the OpenAPI document.
func New(log *slog.Logger, sessions Sessions, version string) *API {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	a := &API{
		Echo: e, Log: log, sessions: sessions, problems: problem.NewTable(),
		uploads: newSlots(uploadsAtOnce, uploadsAccount, uploadWait),
		outside: limit.NewRates(outsideRate, outsideBurst), strangers: newStrangers(), Acts: map[chain.Kind]Signing{},
		Results: map[string]reflect.Type{}, longLived: map[string]bool{}, larger: map[string]bool{},
	}
	e.HTTPErrorHandler = a.writeError
	e.IPExtractor = echo.ExtractIPDirect()
	e.Pre(securityHeaders, plainPath, plainRequestID)
	e.Use(middleware.RequestIDWithConfig(
		middleware.RequestIDConfig{TargetHeader: echo.HeaderXRequestID, Generator: newRequestID,
			RequestIDHandler: keepRequestID}))
	e.Use(a.observe, a.recover, checkText, a.limitBody, a.checkBody, a.seat)

	cfg := huma.DefaultConfig("Smart Hospital 智慧医院", version)
	cfg.Info.Description = "Online consultation, digital prescription, insurance payment and redemption; every step signed by its actor and recorded on the consortium chain."
	cfg.DocsPath, cfg.OpenAPIPath, cfg.SchemasPath = "", "/openapi", ""
	cfg.CreateHooks = nil // no $schema links in answers
	strict := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: text.Decode}
	cfg.Formats = map[string]huma.Format{"application/json": strict, "json": strict}
	cfg.DefaultFormat = "application/json"
	cfg.RejectUnknownQueryParameters = true
	cfg.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"session": {Type: "http", Scheme: "bearer"}}
	a.Huma = humaecho.New(e, cfg)
	a.registerDocs()
	return a
}

// Refuses takes a room's refusals in, after those of the rooms before it: the first that fits
// counts.
func (a *API) Refuses(refusals []problem.Entry) { a.problems.Add(refusals) }

// Unlisted are codes that an operation's description names and no room has listed.
func (a *API) Unlisted() []string { return a.unlisted }

// StatusOf is what an error is answered with.
func (a *API) StatusOf(err error) int { return a.problems.Of(err).Status }

// Trusts has commands refused while the clock is ahead of the time: what they write would be dated
// by it, for good.
func (a *API) Trusts(clock func() bool) { a.trusted = clock }

// TrustProxies believes X-Forwarded-For as far as it was written by the proxies in these ranges.
// Without it the direct peer counts: rate limits must not be dodged by a header anybody can write.
func (a *API) TrustProxies(ranges []*net.IPNet) {
	if len(ranges) == 0 {
		return
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, r := range ranges {
		options = append(options, echo.TrustIPRange(r))
	}
	a.Echo.IPExtractor = echo.ExtractIPFromXFFHeader(options...)
}

// pathParam is a parameter as OpenAPI writes it in a path; echo writes :name.
var pathParam = regexp.MustCompile(`{([^}]+)}`)

// LongLived names a route, as echo writes it, that answers for as long as somebody listens. It
// takes none of the seats of requests that end: its handler must have limits of its own.
func (a *API) LongLived(route string) { a.longLived[route] = true }

// Op describes one operation.
type Op struct {
	ID      string // operationId
	Method  string
	Path    string
	Summary string
	Tag     Tag
	Roles   []accounts.Role // who may call; none: anybody, without a session
	AnyRole bool            // any logged-in account
	Home    bool            // of administrators, only the installation's own hospital's: see RequireHome
	First   bool            // open to an account that has to change its password or set up a second factor first
	Ends    bool            // ends or protects what is the caller's own: needs no consent to the papers
	Status  int             // of success; 0: 200
	Command bool            // changes something: Idempotency-Key required
	Doc     string          // longer description
	Codes   []string        // problem codes that are special to it; those of every operation like it are added
	Outside bool            // asks another organisation (the insurer): limited by account, see outsideRate
	Upload  bool            // takes a large body: few at once, and the first to stop when the disk fills
	Signs   bool            // somebody waits for this signature to take effect: the last to stop when the disk fills
	Media   string          // media type of an answer that is written as bytes
	Bytes   reflect.Type    // what those bytes are the JSON of; nil: no JSON
	Needs   right.Right     // what a relative needs to call it for another; empty: Read for a GET, Act otherwise
}

// Handle registers a typed operation: roles are checked before the handler, errors are mapped after
// it.
func Handle[I, O any](a *API, op Op, handler func(context.Context, *I) (*O, error)) {
	h := huma.Operation{OperationID: op.ID, Method: op.Method, Path: op.Path, Summary: op.Summary,
		Description: op.describe(), Tags: a.Tagged(op.Tag), DefaultStatus: op.Status}
	// checkBody has read the body under the server's ReadTimeout. Another deadline here would end
	// the connection's context in the middle of a slow command, and with it every later request on
	// that connection.
	h.BodyReadTimeout = -1
	needs := op.AnyRole || len(op.Roles) > 0
	if needs {
		h.Security = []map[string][]string{{"session": {}}}
		h.Middlewares = append(h.Middlewares, a.requireSession(op))
	}
	if op.Command {
		h.Parameters = append(h.Parameters, idempotencyParam)
		h.Middlewares = append(h.Middlewares, a.requireKey, a.requireRoom(op))
	}
	if op.Upload {
		a.larger[pathParam.ReplaceAllString(op.Path, ":$1")] = true
		h.Middlewares = append(h.Middlewares, a.requireSlot)
	}
	h.Responses = a.refusals(op)
	if op.Media != "" {
		h.Responses[strconv.Itoa(http.StatusOK)] = a.bytesResponse(op)
	}
	huma.Register(a.Huma, h, func(ctx context.Context, in *I) (*O, error) {
		if err := a.limited(ctx, op); err != nil {
			return nil, a.Problem(ctx, err)
		}
		out, err := handler(ctx, in)
		if err == nil {
			err = a.noted(ctx)
		}
		if err != nil {
			return nil, a.Problem(ctx, err)
		}
		return out, nil
	})
}

func (op Op) describe() string {
	var b strings.Builder
	b.WriteString(op.Doc)
	if len(op.Roles) > 0 {
		b.WriteString("\n\nRoles:")
		for _, r := range op.Roles {
			b.WriteString(" " + string(r))
		}
		b.WriteString(".")
	}
	return strings.TrimSpace(b.String())
}

func (a *API) requireSession(op Op) func(huma.Context, func(huma.Context)) {
	return func(c huma.Context, next func(huma.Context)) {
		acc, err := a.resolve(c.Context(), c.Header("Authorization"))
		// Who has not agreed to the papers reads what is its own and ends it, and does nothing
		// else: nobody has to agree in order to leave.
		free := op.First || acc.Due == accounts.DueConsent && (op.Method == http.MethodGet || op.Ends)
		if err == nil && !free {
			err = acc.Due.Err()
		}
		if err == nil && len(op.Roles) > 0 && !slices.Contains(op.Roles, acc.Role) {
			err = problem.New("forbidden", "this operation is not for the role "+string(acc.Role))
		}
		if err == nil && op.Home && acc.Role == accounts.Admin && a.home != "" && acc.Org != a.home {
			err = problem.New("forbidden", "this operation is for the hospital's own administrators")
		}
		if err == nil && op.Tag.Office {
			err = a.InOffice(c.Context(), acc)
		}
		if err != nil {
			a.writeHuma(c, err)
			return
		}
		ctx := withCaller(c.Context(), acc)
		if ctx, err = a.letIn(ctx, acc, op.right(), op.ID); err != nil {
			a.writeHuma(c, err)
			return
		}
		next(huma.WithContext(c, ctx))
	}
}

// limited keeps one account from making this hospital a nuisance to the insurer. What is refused
// before it reaches nobody and is not counted.
func (a *API) limited(ctx context.Context, op Op) error {
	if !op.Outside {
		return nil
	}
	if !a.outside.Allow(Caller(ctx).ID, time.Now()) {
		return problem.New("rate-limited", "too many payment requests of this account").After(1)
	}
	return nil
}

// Authenticate resolves the Authorization header of one who may use the hospital: nothing is due.
// Sockets and plain handlers use it too.
func (a *API) Authenticate(ctx context.Context, header string) (accounts.Account, error) {
	return free(bearer(ctx, header, a.sessions.Resolve))
}

// Standing is Reading for what a device does by itself: a page that stays open all night keeps
// no session alive.
func (a *API) Standing(ctx context.Context, header string) (accounts.Account, error) {
	return reads(bearer(ctx, header, a.sessions.Standing))
}

// Reading is Authenticate for one who reads: consent to the papers may be due.
func (a *API) Reading(ctx context.Context, header string) (accounts.Account, error) {
	return reads(a.resolve(ctx, header))
}

// SameReader tells whether a session that reads goes on as it began: whoever agrees to the papers,
// or takes that back, reads the same as before.
func SameReader(a, b accounts.Account) bool {
	for _, acc := range []*accounts.Account{&a, &b} {
		if acc.Due == accounts.DueConsent {
			acc.Due = accounts.DueNothing
		}
	}
	return a == b
}

// StandingAll is Standing of many tokens at once: who is not in its answer has no session.
func (a *API) StandingAll(ctx context.Context, tokens []string) (map[string]accounts.Account, error) {
	return a.sessions.StandingAll(ctx, tokens)
}

func (a *API) resolve(ctx context.Context, header string) (accounts.Account, error) {
	return bearer(ctx, header, a.sessions.Resolve)
}

// BearerPrefix stands before a token in the Authorization header.
const BearerPrefix = "Bearer "

func bearer(ctx context.Context, header string,
	find func(context.Context, string) (accounts.Account, error)) (accounts.Account, error) {
	token, ok := strings.CutPrefix(header, BearerPrefix)
	if !ok || token == "" {
		return accounts.Account{}, problem.New("unauthenticated", "a bearer token is needed")
	}
	return find(ctx, token)
}

// reads is free for what needs no consent.
func reads(acc accounts.Account, err error) (accounts.Account, error) {
	if err == nil && acc.Due == accounts.DueConsent {
		return acc, nil
	}
	return free(acc, err)
}

// free refuses who has something due first.
func free(acc accounts.Account, err error) (accounts.Account, error) {
	if err == nil {
		err = acc.Due.Err()
	}
	return acc, err
}

// schemaName puts the room before a type's name: there is a View in every room. What is written for
// HTTP alone is called as it is.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	room := path.Base(t.PkgPath())
	for _, domain := range []string{"prescription", "payment", "patients"} {
		if strings.Contains(t.PkgPath(), "/"+domain+"/") && room != "catalogue" { // its inner packages are one room
			room = domain
		}
	}
	if t.Name() == "" || strings.Contains(t.PkgPath(), "/app/httpapi") || room == "." ||
		strings.HasPrefix(strings.ToLower(name), room) {
		return name
	}
	return strings.ToUpper(room[:1]) + room[1:] + name
}
