package accounts_test

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/redisstore"
	"github.com/smart-hospital/hospital/chain/keystore"
	"github.com/smart-hospital/hospital/chain/sqlstore"
	"github.com/smart-hospital/hospital/chain/sqlstore/sqlstoretest"
)

// cheap keeps tests fast; the encoding and the code path are those of DefaultCost.
var cheap = accounts.Cost{Passes: 1, MemoryKiB: 64, Lanes: 1}

const password = "correct horse battery"

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

func (w *world) staff(t *testing.T, login string) accounts.Account {
	a, err := w.CreateStaff(t.Context(), sqlstore.Command{}, accounts.NewStaff{Login: login, Password: password, Role: accounts.Doctor, Org: "h1"})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestStaffLogin(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.staff(t, "doctor1")
		s, err := w.Login(t.Context(), "doctor1", password, "192.0.2.1")
		if err != nil || s.Account != a {
			t.Fatalf("got %+v, %v", s.Account, err)
		}
		if got, err := w.Resolve(t.Context(), s.Token); err != nil || got != a {
			t.Fatalf("resolve: %+v, %v", got, err)
		}
		for _, wrong := range [][2]string{{"doctor1", "wrong"}, {"doctor1", ""}, {"nobody", password}, {"", ""}, {"doctor1", strings.Repeat("x", 1<<16)}} {
			if _, err := w.Login(t.Context(), wrong[0], wrong[1], "192.0.2.1"); !errors.Is(err, accounts.ErrCredentials) {
				t.Errorf("%.20q: got %v", wrong, err)
			}
		}
		if _, err := w.CreateStaff(t.Context(), sqlstore.Command{}, accounts.NewStaff{Login: "doctor1", Password: password, Role: accounts.Admin, Org: "h1"}); !errors.Is(err, accounts.ErrLoginTaken) {
			t.Errorf("second account: got %v", err)
		}
	})
}

func TestCreateStaffIsIdempotent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := accounts.NewStaff{Login: "doctor1", Password: password, Role: accounts.Doctor, Org: "h1"}
		cmd := sqlstore.Command{Key: "key-00001", Actor: "aadmin", Operation: "staff.create"}
		first, err1 := w.CreateStaff(t.Context(), cmd, n)
		again, err2 := w.CreateStaff(t.Context(), cmd, n)
		if err1 != nil || err2 != nil || first != again {
			t.Fatalf("first %+v %v, again %+v %v", first, err1, again, err2)
		}
	})
}

func TestCreateStaffNamesEveryWrongField(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.CreateStaff(t.Context(), sqlstore.Command{}, accounts.NewStaff{Login: "Dr. Li", Password: "short", Role: accounts.Patient, Org: "H 1"})
		wrong, ok := errors.AsType[*invalid.Error](err)
		if !ok || len(wrong.ProblemFields()) != 4 || strings.Contains(err.Error(), "Li") {
			t.Fatalf("got %v", err)
		}
	})
}

func TestPasswords(t *testing.T) {
	const second, third = "a second long password", "a third long password"
	each(t, func(t *testing.T, w *world) {
		a := w.staff(t, "doctor1")
		can := func(p string) bool {
			_, err := w.Login(t.Context(), "doctor1", p, "192.0.2.1")
			if err != nil && !errors.Is(err, accounts.ErrCredentials) {
				t.Fatal(err)
			}
			return err == nil
		}
		open, err := w.Login(t.Context(), "doctor1", password, "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		cmd := sqlstore.Command{Key: "key-00001", Actor: a.ID, Operation: "password.change"}
		for name, try := range map[string][2]string{"wrong": {"not the old password", second}, "short": {password, "short"}} {
			if err := w.ChangePassword(t.Context(), cmd, a.ID, try[0], try[1]); !errors.Is(err, invalid.ErrInput) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if err := w.ChangePassword(t.Context(), cmd, a.ID, password, second); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Resolve(t.Context(), open.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Errorf("a session of the old password: %v", err)
		}
		if can(password) || !can(second) {
			t.Error("the old password still opens, or the new one does not")
		}
		reset := sqlstore.Command{Key: "key-00002", Actor: "aadmin", Operation: "staff.password"}
		for range 2 { // the second time is a repeat after a lost answer
			if err := w.ResetPassword(t.Context(), reset, "doctor1", third); err != nil {
				t.Fatal(err)
			}
		}
		if can(second) || !can(third) {
			t.Error("after a reset: the old password still opens, or the new one does not")
		}
		if err := w.ResetPassword(t.Context(), sqlstore.Command{}, "nobody", third); !errors.Is(err, accounts.ErrNotFound) {
			t.Errorf("nobody's: %v", err)
		}
		for range accounts.MaxFailures {
			_ = w.ChangePassword(t.Context(), sqlstore.Command{}, a.ID, "guess", second)
		}
		if err := w.ChangePassword(t.Context(), sqlstore.Command{}, a.ID, third, second); !errors.Is(err, accounts.ErrLocked) {
			t.Errorf("guessing from an open session: %v", err)
		}
	})
}

// Known and unknown names lock alike, else the lock would tell which names exist.
func TestLockOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "doctor1")
		for _, name := range []string{"doctor1", "nobody"} {
			for range accounts.MaxFailures {
				if _, err := w.Login(t.Context(), name, "wrong", "192.0.2.1"); !errors.Is(err, accounts.ErrCredentials) {
					t.Fatalf("%s: got %v", name, err)
				}
			}
			_, err := w.Login(t.Context(), name, password, "192.0.2.1")
			retry, ok := errors.AsType[*accounts.RetryError](err)
			if !ok || !errors.Is(err, accounts.ErrLocked) || retry.After != accounts.LockTime {
				t.Fatalf("%s: got %v", name, err)
			}
		}
		w.advance(accounts.LockTime - time.Second)
		if _, err := w.Login(t.Context(), "doctor1", password, "192.0.2.1"); !errors.Is(err, accounts.ErrLocked) {
			t.Fatalf("a second before the end: got %v", err)
		}
		w.advance(time.Second)
		if _, err := w.Login(t.Context(), "doctor1", password, "192.0.2.1"); err != nil {
			t.Fatalf("after the lock: %v", err)
		}
	})
}

func TestFailuresAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "doctor1")
		fail := func(n int) {
			for range n {
				if _, err := w.Login(t.Context(), "doctor1", "wrong", "192.0.2.1"); !errors.Is(err, accounts.ErrCredentials) {
					t.Fatalf("got %v", err)
				}
			}
		}
		fail(accounts.MaxFailures - 1)
		w.advance(accounts.FailureWindow)
		fail(accounts.MaxFailures - 1)
		if _, err := w.Login(t.Context(), "doctor1", password, "192.0.2.1"); err != nil {
			t.Fatalf("the window passed, still: %v", err)
		}
		fail(accounts.MaxFailures - 1) // the right password started a new count
		if _, err := w.Login(t.Context(), "doctor1", password, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	})
}

// Parallel guesses used to be a way around a lock-out that is counted after the check.
func TestParallelGuessesCountEach(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "doctor1")
		var wg sync.WaitGroup
		var checked atomic.Int64
		for range 4 * accounts.MaxFailures {
			wg.Go(func() {
				if _, err := w.Login(context.Background(), "doctor1", "wrong", "192.0.2.1"); errors.Is(err, accounts.ErrCredentials) {
					checked.Add(1)
				}
			})
		}
		wg.Wait()
		if checked.Load() != accounts.MaxFailures {
			t.Fatalf("%d guesses were checked, want %d", checked.Load(), accounts.MaxFailures)
		}
	})
}

func TestRateLimitByAddress(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Service = w.service(t, accounts.Options{Hospital: "h1", Cost: cheap, PerAddress: 2})
		login := func(address string) error {
			_, err := w.LoginWeChat(t.Context(), "ann", address)
			return err
		}
		for _, step := range []struct {
			address string
			want    error
		}{
			{"192.0.2.1", nil}, {"192.0.2.1", nil}, {"::ffff:192.0.2.1", accounts.ErrRate}, {"192.0.2.2", nil},
			{"2001:db8::1", nil}, {"2001:db8::2", nil}, {"2001:db8::ffff:3", accounts.ErrRate}, {"2001:db8:0:1::1", nil},
		} {
			if err := login(step.address); !errors.Is(err, step.want) {
				t.Fatalf("%s: got %v, want %v", step.address, err, step.want)
			}
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.staff(t, "doctor1")
		open := func() string {
			s, err := w.Open(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			return s.Token
		}
		want := func(token string, want error) {
			t.Helper()
			if _, err := w.Resolve(t.Context(), token); !errors.Is(err, want) {
				t.Fatalf("got %v, want %v", err, want)
			}
		}
		one, two, three := open(), open(), open()
		want(one, nil)
		if err := w.Logout(t.Context(), a, one); err != nil {
			t.Fatal(err)
		}
		want(one, accounts.ErrUnauthenticated)
		want(two, nil)
		w.advance(accounts.SessionLife - time.Millisecond)
		want(two, nil)
		w.advance(time.Millisecond)
		want(two, accounts.ErrUnauthenticated)
		four := open()
		if err := w.LogoutAll(t.Context(), a.ID); err != nil {
			t.Fatal(err)
		}
		want(three, accounts.ErrUnauthenticated)
		want(four, accounts.ErrUnauthenticated)
		want("not a token", accounts.ErrUnauthenticated)
	})
}

func TestSessionSlidesAndIsNotStoredInClear(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s, err := w.Open(t.Context(), w.staff(t, "doctor1"))
		if err != nil {
			t.Fatal(err)
		}
		keys, err := w.redis.SMembers(t.Context(), "sessions:"+s.Account.ID).Result()
		if err != nil || len(keys) != 1 {
			t.Fatalf("got %v, %v", keys, err)
		}
		value := w.redis.Get(t.Context(), keys[0]).Val()
		if strings.Contains(keys[0]+value, s.Token) {
			t.Fatal("the token is stored in clear")
		}
		if err := w.redis.PExpire(t.Context(), keys[0], time.Minute).Err(); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Resolve(t.Context(), s.Token); err != nil {
			t.Fatal(err)
		}
		if left := w.redis.PTTL(t.Context(), keys[0]).Val(); left < accounts.SessionIdle-time.Minute || left > accounts.SessionIdle {
			t.Fatalf("after a use %v are left, want %v", left, accounts.SessionIdle)
		}
		if err := w.redis.Del(t.Context(), keys[0]).Err(); err != nil { // a lost Redis: people log in again
			t.Fatal(err)
		}
		if _, err := w.Resolve(t.Context(), s.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Fatalf("got %v", err)
		}
	})
}

func TestFirstWeChatLoginMakesOneAccount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const at = 8
		var wg sync.WaitGroup
		persons, made := make([]string, at), atomic.Int64{}
		for i := range at {
			wg.Go(func() {
				s, err := w.LoginWeChat(context.Background(), "ann", "192.0.2.1")
				if err != nil {
					t.Error(err)
				}
				if persons[i] = s.Account.Person; s.New {
					made.Add(1)
				}
			})
		}
		wg.Wait()
		for _, p := range persons {
			if p != persons[0] || !accounts.IsPerson(p) {
				t.Fatalf("persons %v", persons)
			}
		}
		if made.Load() != 1 {
			t.Fatalf("%d log-ins say that they made the account", made.Load())
		}
		other, err := w.LoginWeChat(t.Context(), "bob", "192.0.2.1")
		if err != nil || other.Account.Person == persons[0] || other.Account.Role != accounts.Patient || other.Account.Org != "h1" {
			t.Fatalf("got %+v, %v", other.Account, err)
		}
	})
}

func TestClosedAccount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s, err := w.LoginWeChat(t.Context(), "ann", "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.SetDisabled(t.Context(), s.Account.Person, true); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Resolve(t.Context(), s.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Fatalf("its session: got %v", err)
		}
		if _, err := w.LoginWeChat(t.Context(), "ann", "192.0.2.1"); !errors.Is(err, accounts.ErrDisabled) {
			t.Fatalf("log-in: got %v", err)
		}
		if err := w.SetDisabled(t.Context(), "unobody", true); !errors.Is(err, accounts.ErrNotFound) {
			t.Fatalf("unknown person: got %v", err)
		}
	})
}

// When the cost grows, an old hash still opens and is replaced by the log-in that proves the password.
func TestOldHashIsReplaced(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.staff(t, "doctor1")
		stored := func() (p string) {
			if err := w.db.Table("accounts").Select("password").Where("id = ?", a.ID).Scan(&p).Error; err != nil {
				t.Fatal(err)
			}
			return p
		}
		old := stored()
		w.Service = w.service(t, accounts.Options{Hospital: "h1", Cost: accounts.Cost{Passes: 2, MemoryKiB: 128, Lanes: 1}, PerAddress: 1000})
		for range 2 {
			if _, err := w.Login(t.Context(), "doctor1", password, "192.0.2.1"); err != nil {
				t.Fatal(err)
			}
		}
		if now := stored(); now == old || !strings.HasPrefix(now, "$argon2id$v=19$m=128,t=2,p=1$") {
			t.Fatalf("stored %.40s", now)
		}
		damage := func(hash string) error {
			if err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
				return tx.Table("accounts").Where("id = ?", a.ID).Update("password", hash).Error
			}); err != nil {
				t.Fatal(err)
			}
			_, err := w.Login(t.Context(), "doctor1", password, "192.0.2.1")
			return err
		}
		for _, bad := range []string{"", "$argon2id$v=19$m=4294967295,t=1,p=1$AAAA$AAAA", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", strings.Replace(old, "p=1", "p=0", 1)} {
			if err := damage(bad); err == nil || errors.Is(err, accounts.ErrCredentials) {
				t.Errorf("%q: a damaged hash must be an error of its own, got %v", bad, err)
			}
		}
	})
}
