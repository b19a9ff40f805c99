// Package httpapitest plays the API as people do: a ward with real accounts and sessions over a
// real database and Redis, and scenarios as data (request, actor, status, problem code, what the
// body must and must not hold). Tests only import it.
package httpapitest

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/accounts/password"
	accountsapi "github.com/smart-hospital/hospital/app/httpapi/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/redisstore"
	"github.com/smart-hospital/hospital/app/wechat"
	"github.com/smart-hospital/hospital/app/wechatsandbox"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// EnvRedis names the variable with the URL of a Redis to test over; without it the store inside the
// process is used.
const EnvRedis = "HOSPITAL_TEST_REDIS_URL"

// Password of every staff account of a ward.
const Password = "correct horse battery"

// Start is when a ward's clock begins.
var Start = time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)

// Clock is a ward's time.
type Clock struct{ ms atomic.Int64 }

// Now is the time function for services.
func (c *Clock) Now() time.Time { return time.UnixMilli(c.ms.Load()).UTC() }

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// Ward is one API with its stores. Areas register their routes on API in the function given to
// Each.
type Ward struct {
	API      *web.API
	DB       *sqlstore.DB
	Redis    *redis.Client
	Box      *keystore.Box
	Clock    *Clock
	Accounts *accounts.Service
	WeChat   *wechatsandbox.Server

	log *logBuffer
}

// Actor is somebody with a session; nil is somebody without.
type Actor struct {
	accounts.Account
	Token string

	used time.Time // by the ward's clock; zero: the ward did not open this session
}

// Each runs fn with a fresh ward over every database (see sqlstoretest.Each) and the Redis of
// EnvRedis. When the test ends, the ward's log is searched for everything given to Secret.
func Each(t *testing.T, fn func(t *testing.T, w *Ward)) {
	t.Helper()
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) { fn(t, New(t, db)) })
}

// New makes a ward over db.
func New(t *testing.T, db *sqlstore.DB) *Ward {
	t.Helper()
	client, closeRedis, err := redisstore.Open(t.Context(), os.Getenv(EnvRedis))
	fatal(t, err)
	t.Cleanup(func() { _ = closeRedis() })
	key := make([]byte, keystore.BoxKeySize) // a key of its own: on a shared Redis no two wards count together
	_, _ = rand.Read(key)
	w := &Ward{DB: db, Redis: client, Box: keystore.NewBox(key), Clock: &Clock{},
		WeChat: wechatsandbox.New("wxtest", "secret"), log: newLogBuffer(t)}
	w.Clock.ms.Store(Start.UnixMilli())
	w.WeChat.Now = w.Clock.Now
	fatal(t, accounts.Migrate(t.Context(), db))
	exchange := wechat.New("http://wechat.invalid", "wxtest", "secret", handlerTransport{w.WeChat})
	w.Accounts, err = accounts.New(db, client, w.Box, exchange,
		accounts.Options{Hospital: "h1", PerAddress: 1000, Cost: password.Cost{Passes: 1, MemoryKiB: 64, Lanes: 1}})
	fatal(t, err)
	w.Accounts.Now = w.Clock.Now
	w.API = web.New(slog.New(slog.NewJSONHandler(w.log, nil)), w.Accounts, "test")
	w.API.Refuses(accountsapi.Refusals)
	accountsapi.RegisterSessions(w.API, w.Accounts, nil)
	return w
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Staff makes a staff account at an organisation and logs it in.
func (w *Ward) Staff(t *testing.T, login string, role accounts.Role, org string) *Actor {
	t.Helper()
	acc, err := w.Accounts.CreateStaff(context.Background(), sqlstore.Command{},
		accounts.NewStaff{Login: login, Password: Password, Role: role, Org: org, Settled: true})
	fatal(t, err)
	return w.session(t, acc)
}

// Patient logs a made-up WeChat user in; the same user is the same person.
func (w *Ward) Patient(t *testing.T, user string) *Actor {
	t.Helper()
	s, err := w.Accounts.LoginWeChat(context.Background(), w.WeChat.Code(user), "192.0.2.1", devices.Device{})
	fatal(t, err)
	return &Actor{Account: s.Account, Token: s.Token, used: w.Clock.Now()}
}

// Session opens a session of an account that the test made itself.
func (w *Ward) Session(t *testing.T, acc accounts.Account) *Actor {
	t.Helper()
	return w.session(t, acc)
}

func (w *Ward) session(t *testing.T, acc accounts.Account) *Actor {
	t.Helper()
	s, err := w.Accounts.Open(context.Background(), acc)
	fatal(t, err)
	return &Actor{Account: acc, Token: s.Token, used: w.Clock.Now()}
}

// again logs an actor in anew when the test has moved the clock beyond what an unused session
// lives.
func (w *Ward) again(t *testing.T, actor *Actor) {
	if !actor.used.IsZero() && w.Clock.Now().Sub(actor.used) >= accounts.SessionIdle {
		actor.Token = w.session(t, actor.Account).Token
	}
	if !actor.used.IsZero() {
		actor.used = w.Clock.Now()
	}
}

// Cast is one actor for each role: org h1, the dispenser p1, the regulator r1.
func (w *Ward) Cast(t *testing.T) map[accounts.Role]*Actor {
	t.Helper()
	cast := map[accounts.Role]*Actor{accounts.Patient: w.Patient(t, "cast-patient")}
	for role, org := range map[accounts.Role]string{accounts.Doctor: "h1", accounts.Reviewer: "h1",
		accounts.Dispenser: "p1", accounts.Regulator: "r1", accounts.Admin: "h1"} {
		cast[role] = w.Staff(t, "cast-"+string(role), role, org)
	}
	return cast
}

// Secret names texts that must never stand in the ward's log.
func (w *Ward) Secret(texts ...string) { w.log.forbid(texts...) }

// Do sends one request; body is nil, a string of raw bytes, or anything that marshals to JSON. A
// command gets a new Idempotency-Key unless headers bring one ("-" means none).
func (w *Ward) Do(t *testing.T, actor *Actor, method, path string, body any,
	headers map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, reader(t, body))
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if actor != nil {
		w.again(t, actor)
		r.Header.Set("Authorization", "Bearer "+actor.Token)
	}
	if method != http.MethodGet {
		r.Header.Set("Idempotency-Key", rand.Text())
	}
	for k, v := range headers {
		r.Header.Set(k, v)
		if v == "-" {
			r.Header.Del(k)
		}
	}
	rec := httptest.NewRecorder()
	w.API.Echo.ServeHTTP(rec, r)
	return rec
}

func reader(t *testing.T, body any) io.Reader {
	t.Helper()
	switch b := body.(type) {
	case nil:
		return http.NoBody
	case string:
		return strings.NewReader(b)
	}
	b, err := json.Marshal(body)
	fatal(t, err)
	return strings.NewReader(string(b))
}

// handlerTransport answers requests with a handler in this process.
type handlerTransport struct{ h http.Handler }

func (h handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	h.h.ServeHTTP(rec, r)
	return rec.Result(), nil
}
