package accounts_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/attempts"
	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

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
				if n+1 < attempts.MaxFailures {
					continue
				}
				want := min(attempts.FirstDelay<<(n+1-attempts.MaxFailures), attempts.MaxDelay)
				_, err := w.login(t.Context(), name, goodPassword, "192.0.2.1")
				retry, ok := errors.AsType[*attempts.RetryError](err)
				if !ok || !errors.Is(err, attempts.ErrLocked) || retry.After != want {
					t.Fatalf("%s after %d guesses: %v, want %v", name, n+1, err, want)
				}
				w.advance(want)
			}
		}
		if _, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1"); err != nil {
			t.Fatalf("after the delay: %v", err)
		}
	})
}

// Five wrong guesses of anybody used to keep a doctor out, for ever when somebody went on.
func TestStrangersGuessesKeepNobodyOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "doctor1")
		first, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.7")
		if err != nil || first.Device == "" {
			t.Fatalf("device %q, %v", first.Device, err)
		}
		guess := func(address string, n int) {
			for range n {
				_, _ = w.login(t.Context(), "doctor1", "wrong", address)
			}
		}
		guess("192.0.2.1", 3*attempts.MaxFailures)
		if _, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.2"); err != nil {
			t.Errorf("from another address: %v", err)
		}
		known := accounts.Credentials{Name: "doctor1", Password: goodPassword, Address: "192.0.2.1",
			Device: devices.Device{Token: first.Device}}
		again, err := w.Login(t.Context(), known)
		if err != nil || again.Device != "" {
			t.Errorf("a known device at the guesser's own address: %v, another token %q", err, again.Device)
		}
		for i := range attempts.MaxOfName {
			guess(fmt.Sprintf("2001:db8:0:%x::1", i), attempts.MaxFailures-1)
		}
		if _, err := w.login(t.Context(), "doctor1", goodPassword, "198.51.100.9"); !errors.Is(err,
			attempts.ErrLocked) {
			t.Errorf("guesses from everywhere are not slowed down: %v", err)
		}
		if _, err := w.Login(t.Context(), known); err != nil {
			t.Errorf("a known device while everywhere guesses: %v", err)
		}
		admin := w.member(t, "admin1", accounts.Admin, "h1")
		if err := w.Lift(t.Context(), sqlstore.Command{}, admin, first.Account.Person); err != nil {
			t.Fatal(err)
		}
		if _, err := w.login(t.Context(), "doctor1", goodPassword, "198.51.100.9"); err != nil {
			t.Errorf("lifted: %v", err)
		}
		for range attempts.MaxFailures {
			_, _ = w.Login(t.Context(), accounts.Credentials{Name: "doctor1", Password: "wrong", Address: "192.0.2.1",
				Device: known.Device})
		}
		if _, err := w.Login(t.Context(), known); !errors.Is(err, attempts.ErrLocked) {
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
		s, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		for i := range attempts.MaxOfAddress {
			if _, err := w.login(t.Context(), fmt.Sprintf("name%d", i), "wrong", "192.0.2.1"); !errors.Is(err,
				accounts.ErrCredentials) {
				t.Fatal(err)
			}
		}
		if _, err := w.login(t.Context(), "another", "wrong", "192.0.2.1"); !errors.Is(err, attempts.ErrLocked) {
			t.Errorf("got %v", err)
		}
		if _, err := w.Login(t.Context(),
			accounts.Credentials{Name: "doctor1", Password: goodPassword, Address: "192.0.2.1",
				Device: devices.Device{Token: s.Device}}); err != nil {
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
		if _, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1"); err != nil {
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
		fail(attempts.MaxFailures - 1)
		w.advance(attempts.FailureWindow)
		fail(attempts.MaxFailures - 1)
		if _, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1"); err != nil {
			t.Fatalf("the window passed, still: %v", err)
		}
		fail(attempts.MaxFailures - 1) // the right goodPassword started a new count
		if _, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1"); err != nil {
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
		for i := range 3 * attempts.MaxOfAddress {
			if _, err := w.login(t.Context(), fmt.Sprintf("name%d", i), "wrong", "192.0.2.1"); !errors.Is(err,
				accounts.ErrCredentials) {
				t.Fatalf("guess %d: %v", i, err)
			}
			w.advance(attempts.ForgetWide)
		}
		for i := range 3 { // three new devices in the same minute
			if _, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1"); err != nil {
				t.Errorf("log-in %d: %v", i, err)
			}
		}
		for i := range attempts.MaxOfAddress {
			_, _ = w.login(t.Context(), fmt.Sprintf("fast%d", i), "wrong", "192.0.2.1")
		}
		if _, err := w.login(t.Context(), "another", "wrong", "192.0.2.1"); !errors.Is(err, attempts.ErrLocked) {
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
		for range 4 * attempts.MaxFailures {
			wg.Go(func() {
				if _, err := w.login(context.Background(), "doctor1", "wrong", "192.0.2.1"); errors.Is(err,
					accounts.ErrCredentials) {
					checked.Add(1)
				}
			})
		}
		wg.Wait()
		if checked.Load() != attempts.MaxFailures {
			t.Fatalf("%d guesses were checked, want %d", checked.Load(), attempts.MaxFailures)
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
			{"192.0.2.1", nil}, {"192.0.2.1", nil}, {"::ffff:192.0.2.1", attempts.ErrRate}, {"192.0.2.2", nil},
			{"2001:db8::1", nil}, {"2001:db8::2", nil}, {"2001:db8::ffff:3", attempts.ErrRate},
			{"2001:db8:0:1::1", nil},
		} {
			if err := login(step.address); !errors.Is(err, step.want) {
				t.Fatalf("%s: got %v, want %v", step.address, err, step.want)
			}
		}
	})
}

// Of two right log-ins from one address the one that began first may be counted second. It was told
// to wait, because it found the other's moment in its future.
func TestRightOnesWaitForNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, name := range []string{"doctor1", "doctor2"} {
			w.staff(t, name)
		}
		for _, name := range []string{"doctor1", "doctor2", "doctor1"} {
			if _, err := w.login(t.Context(), name, goodPassword, "192.0.2.1"); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			w.advance(-5 * time.Millisecond)
		}
	})
}
