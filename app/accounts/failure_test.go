package accounts_test

import (
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/password"
)

// The time of an answer must not tell which names exist. A ratio of four leaves room for a busy
// machine; without the hash of nobody's password it is over a hundred.
func TestUnknownNameTakesAsLong(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Service = w.service(t, accounts.Options{Hospital: "h1",
			Cost: password.Cost{Passes: 2, MemoryKiB: 32 << 10, Lanes: 1}, PerAddress: 1000})
		w.staff(t, "doctor1")
		fastest := func(name string) time.Duration {
			best := time.Hour
			for range 3 {
				start := time.Now()
				if _, err := w.login(t.Context(), name, "wrong", "192.0.2.1"); !errors.Is(err,
					accounts.ErrCredentials) {
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

// Losing Redis keeps new log-ins out and says so; it neither lets anybody in nor looks like a wrong
// password, and it ends nobody's session.
func TestLostRedis(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s, err := w.Open(t.Context(), w.staff(t, "doctor1"))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.redis.Close(); err != nil {
			t.Fatal(err)
		}
		_, login := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1")
		_, weChat := w.weChat(t.Context(), "ann", "192.0.2.1")
		for name, err := range map[string]error{"log-in": login, "WeChat log-in": weChat} {
			if !errors.Is(err, accounts.ErrUnavailable) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if _, err := w.Resolve(t.Context(), s.Token); err != nil {
			t.Errorf("session: %v", err)
		}
	})
}
