package accounts_test

import (
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
)

// The time of an answer must not tell which names exist. A ratio of four leaves room for a busy machine; without the hash of
// nobody's password it is over a hundred.
func TestUnknownNameTakesAsLong(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Service = w.service(t, accounts.Options{Hospital: "h1", Cost: accounts.Cost{Passes: 2, MemoryKiB: 32 << 10, Lanes: 1}, PerAddress: 1000})
		w.staff(t, "doctor1")
		fastest := func(name string) time.Duration {
			best := time.Hour
			for range 3 {
				start := time.Now()
				if _, err := w.Login(t.Context(), name, "wrong", "192.0.2.1"); !errors.Is(err, accounts.ErrCredentials) {
					t.Fatalf("got %v", err)
				}
				best = min(best, time.Since(start))
			}
			return best
		}
		known, unknown := fastest("doctor1"), fastest("nobody")
		if known > 4*unknown || unknown > 4*known {
			t.Fatalf("known name %v, unknown name %v", known, unknown)
		}
	})
}

// Losing Redis closes the door and says so; it neither lets anybody in nor looks like a wrong password.
func TestLostRedis(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s, err := w.Open(t.Context(), w.staff(t, "doctor1"))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.redis.Close(); err != nil {
			t.Fatal(err)
		}
		_, login := w.Login(t.Context(), "doctor1", password, "192.0.2.1")
		_, weChat := w.LoginWeChat(t.Context(), "ann", "192.0.2.1")
		_, resolve := w.Resolve(t.Context(), s.Token)
		for name, err := range map[string]error{"log-in": login, "WeChat log-in": weChat, "session": resolve, "log-out": w.Logout(t.Context(), s.Account, s.Token), "log-out everywhere": w.LogoutAll(t.Context(), s.Account.ID)} {
			if !errors.Is(err, accounts.ErrUnavailable) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	})
}
