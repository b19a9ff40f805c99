package accounts_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
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
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
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

// login is a log-in from a place that nothing is known of.
func (w *world) login(ctx context.Context, name, password, address string) (accounts.Session, error) {
	return w.Login(ctx, accounts.Credentials{Name: name, Password: password, Address: address})
}

// weChat is a log-in of a patient whose code is long enough to be one.
func (w *world) weChat(ctx context.Context, user, address string) (accounts.Session, error) {
	return w.LoginWeChat(ctx, "code-of-a-person-"+user, address, accounts.Device{})
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
		accounts.NewStaff{Login: login, Password: password, Role: role, Org: org, Settled: true})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (w *world) staff(t *testing.T, login string) accounts.Account {
	a, err := w.CreateStaff(t.Context(), sqlstore.Command{},
		accounts.NewStaff{Login: login, Password: password, Role: accounts.Doctor, Org: "h1", Settled: true})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestStaffLogin(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.staff(t, "doctor1")
		s, err := w.login(t.Context(), "doctor1", password, "192.0.2.1")
		if err != nil || s.Account != a {
			t.Fatalf("got %+v, %v", s.Account, err)
		}
		if got, err := w.Resolve(t.Context(), s.Token); err != nil || got != a {
			t.Fatalf("resolve: %+v, %v", got, err)
		}
		for _, wrong := range [][2]string{{"doctor1", "wrong"}, {"doctor1", ""}, {"nobody", password}, {"", ""},
			{"doctor1", strings.Repeat("x", 1<<16)}} {
			if _, err := w.login(t.Context(), wrong[0], wrong[1], "192.0.2.1"); !errors.Is(err,
				accounts.ErrCredentials) {
				t.Errorf("%.20q: got %v", wrong, err)
			}
		}
		if _, err := w.CreateStaff(t.Context(), sqlstore.Command{},
			accounts.NewStaff{Login: "doctor1", Password: password, Role: accounts.Admin, Org: "h1"}); !errors.Is(err,
			accounts.ErrLoginTaken) {
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
		_, err := w.CreateStaff(t.Context(), sqlstore.Command{},
			accounts.NewStaff{Login: "Dr. Li", Password: "short", Role: accounts.Patient, Org: "H 1"})
		wrong, ok := errors.AsType[*invalid.Error](err)
		if !ok || len(wrong.ProblemFields()) != 4 || strings.Contains(err.Error(), "Li") {
			t.Fatalf("got %v", err)
		}
	})
}

func TestPasswords(t *testing.T) {
	const second, third = "a second violet harbour", "a third amber lantern"
	each(t, func(t *testing.T, w *world) {
		a := w.staff(t, "doctor1")
		can := func(p string) bool {
			_, err := w.login(t.Context(), "doctor1", p, "192.0.2.1")
			if err != nil && !errors.Is(err, accounts.ErrCredentials) {
				t.Fatal(err)
			}
			return err == nil
		}
		open, err := w.login(t.Context(), "doctor1", password, "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		cmd := sqlstore.Command{Key: "key-00001", Actor: a.ID, Operation: "password.change"}
		for name, try := range map[string][2]string{"wrong": {"not the old password", second},
			"short": {password, "short"}} {
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
		admin := w.member(t, "admin1", accounts.Admin, "h1")
		reset := sqlstore.Command{Key: "key-00002", Actor: "aadmin", Operation: "staff.password"}
		for range 2 { // the second time is a repeat after a lost answer
			if err := w.ResetPassword(t.Context(), reset, admin, "doctor1", third); err != nil {
				t.Fatal(err)
			}
		}
		if can(second) || !can(third) {
			t.Error("after a reset: the old password still opens, or the new one does not")
		}
		if err := w.ResetPassword(t.Context(), sqlstore.Command{}, admin, "nobody", third); !errors.Is(err,
			accounts.ErrNotFound) {
			t.Errorf("nobody's: %v", err)
		}
		for range accounts.MaxFailures {
			_ = w.ChangePassword(t.Context(), sqlstore.Command{}, a.ID, "guess", second)
		}
		if err := w.ChangePassword(t.Context(), sqlstore.Command{}, a.ID, third, second); !errors.Is(err,
			accounts.ErrLocked) {
			t.Errorf("guessing from an open session: %v", err)
		}
	})
}

// Known and unknown names are delayed alike, else the delay would tell which names exist; and it
// grows, and never locks.
func TestDelaysGrow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "doctor1")
		for _, name := range []string{"doctor1", "nobody"} {
			for n := range 12 {
				if _, err := w.login(t.Context(), name, "wrong", "192.0.2.1"); !errors.Is(err,
					accounts.ErrCredentials) {
					t.Fatalf("%s: guess %d: %v", name, n+1, err)
				}
				if n+1 < accounts.MaxFailures {
					continue
				}
				want := min(accounts.FirstDelay<<(n+1-accounts.MaxFailures), accounts.MaxDelay)
				_, err := w.login(t.Context(), name, password, "192.0.2.1")
				retry, ok := errors.AsType[*accounts.RetryError](err)
				if !ok || !errors.Is(err, accounts.ErrLocked) || retry.After != want {
					t.Fatalf("%s after %d guesses: %v, want %v", name, n+1, err, want)
				}
				w.advance(want)
			}
		}
		if _, err := w.login(t.Context(), "doctor1", password, "192.0.2.1"); err != nil {
			t.Fatalf("after the delay: %v", err)
		}
	})
}

// Five wrong guesses of anybody used to keep a doctor out, for ever when somebody went on.
func TestStrangersGuessesKeepNobodyOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "doctor1")
		first, err := w.login(t.Context(), "doctor1", password, "192.0.2.7")
		if err != nil || first.Device == "" {
			t.Fatalf("device %q, %v", first.Device, err)
		}
		guess := func(address string, n int) {
			for range n {
				_, _ = w.login(t.Context(), "doctor1", "wrong", address)
			}
		}
		guess("192.0.2.1", 3*accounts.MaxFailures)
		if _, err := w.login(t.Context(), "doctor1", password, "192.0.2.2"); err != nil {
			t.Errorf("from another address: %v", err)
		}
		known := accounts.Credentials{Name: "doctor1", Password: password, Address: "192.0.2.1",
			Device: accounts.Device{Token: first.Device}}
		again, err := w.Login(t.Context(), known)
		if err != nil || again.Device != "" {
			t.Errorf("a known device at the guesser's own address: %v, another token %q", err, again.Device)
		}
		for i := range accounts.MaxOfName {
			guess(fmt.Sprintf("2001:db8:0:%x::1", i), accounts.MaxFailures-1)
		}
		if _, err := w.login(t.Context(), "doctor1", password, "198.51.100.9"); !errors.Is(err, accounts.ErrLocked) {
			t.Errorf("guesses from everywhere are not slowed down: %v", err)
		}
		if _, err := w.Login(t.Context(), known); err != nil {
			t.Errorf("a known device while everywhere guesses: %v", err)
		}
		admin := w.member(t, "admin1", accounts.Admin, "h1")
		if err := w.Lift(t.Context(), sqlstore.Command{}, admin, first.Account.Person); err != nil {
			t.Fatal(err)
		}
		if _, err := w.login(t.Context(), "doctor1", password, "198.51.100.9"); err != nil {
			t.Errorf("lifted: %v", err)
		}
		for range accounts.MaxFailures {
			_, _ = w.Login(t.Context(), accounts.Credentials{Name: "doctor1", Password: "wrong", Address: "192.0.2.1",
				Device: known.Device})
		}
		if _, err := w.Login(t.Context(), known); !errors.Is(err, accounts.ErrLocked) {
			t.Errorf("guesses on a known device itself: %v", err)
		}
		if err := w.ResetPassword(t.Context(), sqlstore.Command{}, admin, "doctor1",
			"an olive ladder sings"); err != nil {
			t.Fatal(err)
		}
		known.Password = "an olive ladder sings"
		if _, err := w.Login(t.Context(), known); err != nil {
			t.Errorf("a reset lifts: %v", err)
		}
	})
}

// Whoever guesses on many names from one address is slowed down, and a neighbour behind the same
// address who guesses nothing on a known device is not.
func TestOneAddressManyNames(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "doctor1")
		s, err := w.login(t.Context(), "doctor1", password, "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		for i := range accounts.MaxOfAddress {
			if _, err := w.login(t.Context(), fmt.Sprintf("name%d", i), "wrong", "192.0.2.1"); !errors.Is(err,
				accounts.ErrCredentials) {
				t.Fatal(err)
			}
		}
		if _, err := w.login(t.Context(), "another", "wrong", "192.0.2.1"); !errors.Is(err, accounts.ErrLocked) {
			t.Errorf("got %v", err)
		}
		if _, err := w.Login(t.Context(),
			accounts.Credentials{Name: "doctor1", Password: password, Address: "192.0.2.1",
				Device: accounts.Device{Token: s.Device}}); err != nil {
			t.Errorf("the neighbour: %v", err)
		}
	})
}

// One count that does not fit its table used to keep everybody out who logs in from that address.
func TestADamagedCountKeepsNobodyOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if w.db.Dialect != sqlstore.SQLite {
			t.Skip("the column takes no other type")
		}
		w.staff(t, "doctor1")
		if _, err := w.login(t.Context(), "another", "wrong", "192.0.2.1"); !errors.Is(err, accounts.ErrCredentials) {
			t.Fatal(err)
		}
		if err := w.db.Exec(`UPDATE login_attempts SET failures = 'x', next_at = 'x'`).Error; err != nil {
			t.Fatal(err)
		}
		if _, err := w.login(t.Context(), "doctor1", password, "192.0.2.1"); err != nil {
			t.Errorf("a neighbour: %v", err)
		}
		if _, err := w.login(t.Context(), "another", "wrong", "192.0.2.1"); !errors.Is(err, accounts.ErrCredentials) {
			t.Errorf("the name itself: %v", err)
		}
		if len(w.db.Unreadable()) == 0 {
			t.Error("nobody hears of it")
		}
	})
}

func TestFailuresAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "doctor1")
		fail := func(n int) {
			for range n {
				if _, err := w.login(t.Context(), "doctor1", "wrong", "192.0.2.1"); !errors.Is(err,
					accounts.ErrCredentials) {
					t.Fatalf("got %v", err)
				}
			}
		}
		fail(accounts.MaxFailures - 1)
		w.advance(accounts.FailureWindow)
		fail(accounts.MaxFailures - 1)
		if _, err := w.login(t.Context(), "doctor1", password, "192.0.2.1"); err != nil {
			t.Fatalf("the window passed, still: %v", err)
		}
		fail(accounts.MaxFailures - 1) // the right password started a new count
		if _, err := w.login(t.Context(), "doctor1", password, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	})
}

// A hospital behind one address mistypes every day. Its guesses were forgotten only when nobody
// there guessed for a whole day, so that after weeks nobody new could log in there but one in half
// a minute.
func TestAnAddressIsForgivenGuessByGuess(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "doctor1")
		for i := range 3 * accounts.MaxOfAddress {
			if _, err := w.login(t.Context(), fmt.Sprintf("name%d", i), "wrong", "192.0.2.1"); !errors.Is(err,
				accounts.ErrCredentials) {
				t.Fatalf("guess %d: %v", i, err)
			}
			w.advance(accounts.ForgetWide)
		}
		for i := range 3 { // three new devices in the same minute
			if _, err := w.login(t.Context(), "doctor1", password, "192.0.2.1"); err != nil {
				t.Errorf("log-in %d: %v", i, err)
			}
		}
		for i := range accounts.MaxOfAddress {
			_, _ = w.login(t.Context(), fmt.Sprintf("fast%d", i), "wrong", "192.0.2.1")
		}
		if _, err := w.login(t.Context(), "another", "wrong", "192.0.2.1"); !errors.Is(err, accounts.ErrLocked) {
			t.Errorf("a guesser without pauses: %v", err)
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
				if _, err := w.login(context.Background(), "doctor1", "wrong", "192.0.2.1"); errors.Is(err,
					accounts.ErrCredentials) {
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
			_, err := w.weChat(t.Context(), "ann", address)
			return err
		}
		for _, step := range []struct {
			address string
			want    error
		}{
			{"192.0.2.1", nil}, {"192.0.2.1", nil}, {"::ffff:192.0.2.1", accounts.ErrRate}, {"192.0.2.2", nil},
			{"2001:db8::1", nil}, {"2001:db8::2", nil}, {"2001:db8::ffff:3", accounts.ErrRate},
			{"2001:db8:0:1::1", nil},
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
		end := accounts.SessionLife - time.Millisecond
		for ; end > accounts.SessionIdle/2; end -= accounts.SessionIdle / 2 {
			w.advance(accounts.SessionIdle / 2)
			want(two, nil)
		}
		w.advance(end)
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
		var row struct{ Digest, Account, Sealed string }
		if err := w.db.Table("sessions").Take(&row).Error; err != nil {
			t.Fatal(err)
		}
		if strings.Contains(row.Digest+row.Sealed, s.Token) || strings.Contains(row.Sealed, s.Account.ID) {
			t.Fatal("token or account is stored in clear")
		}
		for range 3 { // used now and then, it goes on
			w.advance(accounts.SessionIdle - time.Minute)
			if _, err := w.Resolve(t.Context(), s.Token); err != nil {
				t.Fatal(err)
			}
		}
		w.advance(accounts.SessionIdle - time.Minute)
		if _, err := w.Standing(t.Context(), s.Token); err != nil { // an open stream is no use
			t.Fatal(err)
		}
		both := []string{s.Token, "no-such-token"}
		if got, err := w.StandingAll(t.Context(), both); err != nil || len(got) != 1 || got[s.Token] != s.Account {
			t.Fatal(got, err)
		}
		w.advance(time.Minute)
		if got, err := w.StandingAll(t.Context(), both); err != nil || len(got) != 0 {
			t.Fatal("unused, at many streams:", got, err)
		}
		if _, err := w.Standing(t.Context(), s.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Fatalf("unused, at a stream: %v", err)
		}
		if _, err := w.Resolve(t.Context(), s.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Fatalf("unused: %v", err)
		}
	})
}

// Sessions used to be plain text under their key: who could write the store made an administrator.
func TestAForgedSessionOpensNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		mine, err := w.Open(t.Context(), w.staff(t, "doctor1"))
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := w.Open(t.Context(), w.member(t, "admin1", accounts.Admin, "h1"))
		if err != nil {
			t.Fatal(err)
		}
		for name, set := range map[string]string{
			"another's account": "account = (SELECT id FROM accounts WHERE login = 'admin1')",
			"another's seal":    "sealed = (SELECT sealed FROM sessions AS s WHERE s.account = (SELECT id FROM accounts WHERE login = 'admin1'))",
			"both": "account = (SELECT id FROM accounts WHERE login = 'admin1')," +
				"sealed = (SELECT sealed FROM sessions AS s WHERE s.account = (SELECT id FROM accounts WHERE login = 'admin1'))",
		} {
			if err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
				if err := tx.Exec("CREATE TABLE kept AS SELECT * FROM sessions").Error; err != nil {
					return err
				}
				return tx.Exec("UPDATE sessions SET " + set + " WHERE account = '" + mine.Account.ID + "'").Error
			}); err != nil {
				t.Fatal(err)
			}
			if a, err := w.Resolve(t.Context(), mine.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
				t.Errorf("%s: %+v, %v", name, a, err)
			}
			if err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
				return errors.Join(tx.Exec("DELETE FROM sessions").Error,
					tx.Exec("INSERT INTO sessions SELECT * FROM kept").Error, tx.Exec("DROP TABLE kept").Error)
			}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Resolve(t.Context(), theirs.Token); err != nil {
			t.Error(err)
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
				s, err := w.weChat(context.Background(), "ann", "192.0.2.1")
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
		other, err := w.weChat(t.Context(), "bob", "192.0.2.1")
		if err != nil || other.Account.Person == persons[0] || other.Account.Role != accounts.Patient ||
			other.Account.Org != "h1" {
			t.Fatalf("got %+v, %v", other.Account, err)
		}
	})
}

// Whatever takes rights away counts for the sessions that are open, from the next use on.
func TestRightsEndSessions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin, foreign := w.member(t, "admin1", accounts.Admin, "h1"), w.member(t, "admin.p1", accounts.Admin, "p1")
		s, err := w.weChat(t.Context(), "ann", "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Suspend(t.Context(), sqlstore.Command{}, foreign, s.Account.Person); !errors.Is(err,
			accounts.ErrNotFound) {
			t.Fatalf("another organisation's administrator: %v", err)
		}
		if err := w.Suspend(t.Context(), sqlstore.Command{}, admin, admin.Person); !errors.Is(err, accounts.ErrSelf) {
			t.Fatalf("oneself: %v", err)
		}
		if err := w.Suspend(t.Context(), sqlstore.Command{}, admin, s.Account.Person); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Resolve(t.Context(), s.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Fatalf("its session: got %v", err)
		}
		if _, err := w.weChat(t.Context(), "ann", "192.0.2.1"); !errors.Is(err, accounts.ErrDisabled) {
			t.Fatalf("log-in: got %v", err)
		}
		if err := w.Resume(t.Context(), sqlstore.Command{}, admin, s.Account.Person); err != nil {
			t.Fatal(err)
		}
		again, err := w.weChat(t.Context(), "ann", "192.0.2.1")
		if err != nil || again.Account != s.Account {
			t.Fatalf("resumed: %+v, %v", again.Account, err)
		}
		if err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
			return tx.Exec("UPDATE accounts SET role = 'doctor' WHERE id = ?", again.Account.ID).Error
		}); err != nil {
			t.Fatal(err)
		}
		if a, err := w.Resolve(t.Context(), again.Token); err != nil || a.Role != accounts.Doctor {
			t.Errorf("another role counts from the next use on: %+v, %v", a, err)
		}
		if err := w.Close(t.Context(), sqlstore.Command{}, admin, s.Account.Person); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Resolve(t.Context(), again.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Fatalf("closed: %v", err)
		}
		if err := w.Resume(t.Context(), sqlstore.Command{}, admin, s.Account.Person); !errors.Is(err,
			accounts.ErrDisabled) {
			t.Fatalf("closed is for good: %v", err)
		}
		if err := w.Suspend(t.Context(), sqlstore.Command{}, admin, "unobody"); !errors.Is(err, accounts.ErrNotFound) {
			t.Fatalf("unknown person: got %v", err)
		}
	})
}

// In ten of ten rounds a session opened with the old password outlived the reset: password and
// sessions were two stores.
func TestNoSessionOutlivesAReset(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "doctor1")
		admin := w.member(t, "admin1", accounts.Admin, "h1")
		now, next := password, "an olive ladder sings"
		for round := range 10 {
			var sessions [4]accounts.Session
			var wg sync.WaitGroup
			for i := range sessions {
				wg.Go(func() {
					sessions[i], _ = w.login(context.Background(), "doctor1", now, fmt.Sprintf("192.0.2.%d", i))
				})
			}
			wg.Go(func() {
				if err := w.ResetPassword(context.Background(), sqlstore.Command{}, admin, "doctor1",
					next); err != nil {
					t.Error(err)
				}
			})
			wg.Wait()
			for _, s := range sessions {
				if s.Token == "" {
					continue
				}
				if _, err := w.Resolve(t.Context(), s.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
					t.Errorf("round %d: a session of the old password: %v", round, err)
				}
			}
			now, next = next, now
		}
	})
}

// A change of the password by who knew the old one, under way while an administrator reset it, took
// the account back.
func TestAResetStandsAgainstAChangeUnderWay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, admin := w.staff(t, "doctor1"), w.member(t, "admin1", accounts.Admin, "h1")
		const reset, thiefs = "an olive ladder sings", "the thief's own sentence"
		var resetting atomic.Bool // the reset asks for the time as well
		now := w.Now
		w.Now = func() time.Time { // asked for when the old password is about to be checked
			if resetting.CompareAndSwap(false, true) {
				if err := w.ResetPassword(t.Context(), sqlstore.Command{}, admin, "doctor1", reset); err != nil {
					t.Error(err)
				}
			}
			return now()
		}
		if err := w.ChangePassword(t.Context(), sqlstore.Command{}, a.ID, password, thiefs); !errors.Is(err,
			accounts.ErrUnauthenticated) {
			t.Errorf("changed over the reset: %v", err)
		}
		if s, err := w.login(t.Context(), "doctor1", reset, "192.0.2.1"); err != nil ||
			s.Account.Due != accounts.DuePassword {
			t.Errorf("after the reset: %+v, %v", s.Account, err)
		}
	})
}

// Who names no cost gets the second recommended one of RFC 9106 section 4.
func TestDefaultCost(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Service = w.service(t, accounts.Options{Hospital: "h1", PerAddress: 1000})
		a := w.staff(t, "doctor1")
		var stored string
		if err := w.db.Table("accounts").Select("password").Where("id = ?", a.ID).Scan(&stored).Error; err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(stored, "$argon2id$v=19$m=65536,t=3,p=4$") {
			t.Errorf("stored %.40s", stored)
		}
	})
}

// When the cost grows, an old hash still opens and is replaced by the log-in that proves the
// password.
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
		w.Service = w.service(t, accounts.Options{Hospital: "h1",
			Cost: accounts.Cost{Passes: 2, MemoryKiB: 128, Lanes: 1}, PerAddress: 1000})
		for range 2 {
			if _, err := w.login(t.Context(), "doctor1", password, "192.0.2.1"); err != nil {
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
			_, err := w.login(t.Context(), "doctor1", password, "192.0.2.1")
			return err
		}
		for _, bad := range []string{"", "$argon2id$v=19$m=4294967295,t=1,p=1$AAAA$AAAA",
			"$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", strings.Replace(old, "p=1", "p=0", 1)} {
			if err := damage(bad); err == nil || errors.Is(err, accounts.ErrCredentials) {
				t.Errorf("%q: a damaged hash must be an error of its own, got %v", bad, err)
			}
		}
	})
}
