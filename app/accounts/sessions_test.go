package accounts_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

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
		now, next := goodPassword, "an olive ladder sings"
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
		w.Now = func() time.Time { // asked for when the old goodPassword is about to be checked
			if resetting.CompareAndSwap(false, true) {
				if err := w.ResetPassword(t.Context(), sqlstore.Command{}, admin, "doctor1", reset); err != nil {
					t.Error(err)
				}
			}
			return now()
		}
		if err := w.ChangePassword(t.Context(), sqlstore.Command{}, a.ID, goodPassword, thiefs); !errors.Is(err,
			accounts.ErrUnauthenticated) {
			t.Errorf("changed over the reset: %v", err)
		}
		if s, err := w.login(t.Context(), "doctor1", reset, "192.0.2.1"); err != nil ||
			s.Account.Due != accounts.DuePassword {
			t.Errorf("after the reset: %+v, %v", s.Account, err)
		}
	})
}
