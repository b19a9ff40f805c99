package web

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

type ctxKey int

const (
	keyCaller ctxKey = iota
	keyLet
	keyRequestID
	keyBodyHash
	keyIdempotency
)

// Limits of the Idempotency-Key header, in characters.
const (
	minKeyLen = 8
	maxKeyLen = 128
)

var idempotencyParam = &huma.Param{
	Name: "Idempotency-Key", In: "header", Required: true,
	Description: "Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.",
	Schema:      &huma.Schema{Type: huma.TypeString, MinLength: ptr(minKeyLen), MaxLength: ptr(maxKeyLen)},
	Example:     "3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11",
}

func ptr[T any](v T) *T { return &v }

func withCaller(ctx context.Context, a accounts.Account) context.Context {
	return context.WithValue(ctx, keyCaller, a)
}

// Caller is the account of the session. Only operations with Roles or AnyRole have one; elsewhere
// it is the zero Account.
func Caller(ctx context.Context) accounts.Account {
	a, _ := ctx.Value(keyCaller).(accounts.Account)
	return a
}

// RequestID is the id of the request, as in the log and in every problem.
func RequestID(ctx context.Context) string {
	s, _ := ctx.Value(keyRequestID).(string)
	return s
}

// Command is the idempotent command this request is: its key, who gives it, and a digest of method,
// path and body.
func Command(ctx context.Context, operation string) sqlstore.Command {
	key, _ := ctx.Value(keyIdempotency).(string)
	hash, _ := ctx.Value(keyBodyHash).([32]byte)
	return letOf(ctx).bind(sqlstore.Command{Key: key, Actor: Caller(ctx).ID, Operation: operation, Hash: hash})
}

func (a *API) requireKey(c huma.Context, next func(huma.Context)) {
	if a.trusted != nil && !a.trusted() {
		a.writeHuma(c, problem.New("unavailable", "the server's clock is in doubt; an operator has been told").
			After(clockRetry))
		return
	}
	key := c.Header("Idempotency-Key")
	if len(key) < minKeyLen || len(key) > maxKeyLen || strings.ContainsFunc(key, notPrintable) {
		a.writeHuma(c, problem.New("idempotency-key-missing",
			"every command needs an Idempotency-Key header of 8 to 128 characters",
			problem.Field{Field: "header.Idempotency-Key", Rule: "8 to 128 printable ASCII characters"}))
		return
	}
	next(huma.WithContext(c, context.WithValue(c.Context(), keyIdempotency, key)))
}

// notPrintable tells what a key may not hold: a header can carry bytes that are no text, which a
// database refuses.
func notPrintable(r rune) bool { return r < ' ' || r > '~' }

// clockRetry is how many seconds a client waits while an operator looks at the clock.
const clockRetry = 30

func newRequestID() string { return rand.Text() }

func keepRequestID(c echo.Context, id string) {
	setContext(c, keyRequestID, id)
}

func setContext(c echo.Context, key ctxKey, v any) {
	r := c.Request()
	c.SetRequest(r.WithContext(context.WithValue(r.Context(), key, v)))
}

func bodyHash(r *http.Request, body []byte) [32]byte {
	return gm.Sum([]byte(r.Method+" "+r.URL.Path+"\n"), body)
}
