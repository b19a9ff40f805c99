package accounts_test

import (
	"context"
	"crypto/rand"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/redisstore"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// cheap keeps tests fast; the encoding and the code path are those of DefaultCost.
var cheap = password.Cost{Passes: 1, MemoryKiB: 64, Lanes: 1}

const goodPassword = "correct horse battery"

// openIDs is a WeChat whose codes are openids.
type openIDs struct{}

func (openIDs) Exchange(_ context.Context, code string) (string, error) { return "openid-" + code, nil }

type world struct {
	*accounts.Service
	db    *sqlstore.DB
	redis *redis.Client
	box   *keystore.Box
	clock atomic.Int64
}

func (w *world) advance(d time.Duration) { w.clock.Add(d.Milliseconds()) }

// login is a log-in from a place that nothing is known of.
func (w *world) login(ctx context.Context, name, secret, address string) (accounts.Session, error) {
	return w.Login(ctx, accounts.Credentials{Name: name, Password: secret, Address: address})
}

// weChat is a log-in of a patient whose code is long enough to be one.
func (w *world) weChat(ctx context.Context, user, address string) (accounts.Session, error) {
	return w.LoginWeChat(ctx, "code-of-a-person-"+user, address, devices.Device{})
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		if err := accounts.Migrate(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		client, closeRedis, err := redisstore.Open(t.Context(), os.Getenv("HOSPITAL_TEST_REDIS_URL"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = closeRedis() })
		key := make([]byte, keystore.BoxKeySize) // a new key for each test: on a shared Redis no two count together
		_, _ = rand.Read(key)
		w := &world{db: db, redis: client, box: keystore.NewBox(key)}
		w.Service = w.service(t, accounts.Options{Hospital: "h1", Cost: cheap, PerAddress: 1000})
		fn(t, w)
	})
}

func (w *world) service(t *testing.T, o accounts.Options) *accounts.Service {
	s, err := accounts.New(w.db, w.redis, w.box, openIDs{}, o)
	if err != nil {
		t.Fatal(err)
	}
	w.clock.Store(time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC).UnixMilli())
	s.Now = func() time.Time { return time.UnixMilli(w.clock.Load()).UTC() }
	return s
}

func (w *world) member(t *testing.T, login string, role accounts.Role, org string) accounts.Account {
	t.Helper()
	a, err := w.CreateStaff(t.Context(), sqlstore.Command{},
		accounts.NewStaff{Login: login, Password: goodPassword, Role: role, Org: org, Settled: true})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (w *world) staff(t *testing.T, login string) accounts.Account {
	a, err := w.CreateStaff(t.Context(), sqlstore.Command{},
		accounts.NewStaff{Login: login, Password: goodPassword, Role: accounts.Doctor, Org: "h1", Settled: true})
	if err != nil {
		t.Fatal(err)
	}
	return a
}
