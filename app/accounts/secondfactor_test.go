package accounts_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/attempts"
	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// authenticator is an app that scanned a URI, written from RFC 6238 and not from ours.
func authenticator(t *testing.T, uri string) func(at time.Time) string {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" {
		t.Fatalf("uri %q, %v", uri, err)
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(u.Query().Get("secret"))
	if err != nil || len(secret) < 16 {
		t.Fatalf("secret of %d bytes, %v", len(secret), err)
	}
	return func(at time.Time) string {
		mac := hmac.New(sha1.New, secret)
		mac.Write(binary.BigEndian.AppendUint64(nil, uint64(at.Unix()/30)))
		sum := mac.Sum(nil)
		o := sum[19] & 15
		return fmt.Sprintf("%06d", (binary.BigEndian.Uint32(sum[o:o+4])&0x7fffffff)%1000000)
	}
}

func TestSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, ctx := w.staff(t, "doctor1"), t.Context()
		in := func(code string) (accounts.Session, error) {
			return w.Login(ctx, accounts.Credentials{Name: "doctor1", Password: goodPassword, Code: code,
				Address: "192.0.2.1"})
		}
		before, err := in("")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.SetUpFactor(ctx, a.ID, "not the password"); !errors.Is(err, invalid.ErrInput) {
			t.Errorf("without the password: %v", err)
		}
		setup, err := w.SetUpFactor(ctx, a.ID, goodPassword)
		if err != nil {
			t.Fatal(err)
		}
		app := authenticator(t, setup.URI)
		if _, err := in(""); err != nil {
			t.Errorf("it counts before it was confirmed: %v", err)
		}
		if _, err := w.ConfirmFactor(ctx, a.ID, "000000"); !errors.Is(err, accounts.ErrFactorWrong) {
			t.Errorf("confirmed by a wrong code: %v", err)
		}
		used := app(w.Now())
		recovery, err := w.ConfirmFactor(ctx, a.ID, used)
		if err != nil || len(recovery) != 10 {
			t.Fatalf("%d recovery codes, %v", len(recovery), err)
		}
		if _, err := w.Resolve(ctx, before.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Errorf("a session opened without it: %v", err)
		}
		for code, want := range map[string]error{"": accounts.ErrFactorNeeded, "12345": accounts.ErrFactorWrong,
			used: accounts.ErrFactorWrong, app(w.Now().Add(-2 * time.Minute)): accounts.ErrFactorWrong} {
			if _, err := in(code); !errors.Is(err, want) {
				t.Errorf("code %q: %v, want %v", code, err, want)
			}
		}
		w.advance(time.Minute)
		next := app(w.Now())
		if _, err := in(next); err != nil {
			t.Fatalf("the next code: %v", err)
		}
		if _, err := in(next); !errors.Is(err, accounts.ErrFactorWrong) {
			t.Errorf("the same code again: %v", err)
		}
		for range 2 {
			_, err = in(recovery[0])
		}
		if !errors.Is(err, accounts.ErrFactorWrong) {
			t.Errorf("a recovery code twice: %v", err)
		}
		if _, err := in(recovery[1]); err != nil {
			t.Errorf("another recovery code: %v", err)
		}
		f, err := w.FactorOf(ctx, a.ID)
		if err != nil || !f.Set || f.Recovery != 8 {
			t.Errorf("%+v, %v", f, err)
		}
		// Who knows the password guesses codes no faster for asking in between.
		for range attempts.MaxFailures {
			_, _ = in("000000")
			_, _ = in("")
		}
		if _, err := in("000000"); !errors.Is(err, attempts.ErrLocked) {
			t.Errorf("codes may be guessed without delay: %v", err)
		}
		w.advance(attempts.MaxDelay)
		// Nor does who found an open session.
		for range attempts.MaxFailures {
			_ = w.RemoveFactor(ctx, a.ID, goodPassword, "000000")
		}
		if err := w.RemoveFactor(ctx, a.ID, goodPassword, "000000"); !errors.Is(err, attempts.ErrLocked) {
			t.Errorf("an open session guesses codes without delay: %v", err)
		}
		admin := w.member(t, "admin1", accounts.Admin, "h1")
		if err := w.RemoveFactorOf(ctx, sqlstore.Command{}, admin, a.Person); err != nil {
			t.Fatal(err)
		}
		if _, err := in(""); err != nil {
			t.Errorf("after an administrator removed it: %v", err)
		}
	})
}

func TestAdministratorsNeedASecondFactor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Service = w.service(t, accounts.Options{Hospital: "h1", Cost: cheap, PerAddress: 1000, AdminFactor: true})
		admin, doctor := w.member(t, "admin1", accounts.Admin, "h1"), w.staff(t, "doctor1")
		if admin.Due != accounts.DueFactor || !errors.Is(admin.Due.Err(), accounts.ErrFactorDue) ||
			doctor.Due != accounts.DueNothing {
			t.Errorf("due: %q and %q", admin.Due, doctor.Due)
		}
		setup, err := w.SetUpFactor(t.Context(), admin.ID, goodPassword)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.ConfirmFactor(t.Context(), admin.ID, authenticator(t, setup.URI)(w.Now())); err != nil {
			t.Fatal(err)
		}
		if again, err := w.ByLogin(t.Context(), "admin1"); err != nil || again.Due != accounts.DueNothing {
			t.Errorf("%+v, %v", again, err)
		}
	})
}

// One administrator made two puppets, and the two approved what takes two.
func TestPuppetsAreOnePerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, second := w.member(t, "admin1", accounts.Admin, "h1"), w.member(t, "admin2", accounts.Admin, "h1")
		by := func(login string, who accounts.Account) accounts.Account {
			a, err := w.CreateStaff(t.Context(), sqlstore.Command{},
				accounts.NewStaff{Login: login, Password: goodPassword, Role: accounts.Admin, Org: "h1", By: who})
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		left, right := by("puppet1", first), by("puppet2", first)
		grandchild, other := by("puppet3", left), by("other1", second)
		// of one human
		twin1, twin2 := w.member(t, "twin1", accounts.Admin, "h1"), w.member(t, "twin2", accounts.Admin, "h1")
		if err := w.db.Exec("UPDATE accounts SET human = ? WHERE id = ?", twin1.Person, twin2.ID).Error; err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			one, two accounts.Account
			want     bool
		}{
			{first, second, true}, {left, other, true}, {grandchild, second, true},
			{first, first, false}, {first, left, false}, {left, right, false}, {grandchild, right, false},
			{grandchild, first, false},
			{first, accounts.Account{ID: "anobody"}, false},
			{twin1, twin2, false}, {twin1, first, true},
		} {
			for _, pair := range [][2]accounts.Account{{c.one, c.two}, {c.two, c.one}} {
				if got, err := w.Independent(w.db.WithContext(t.Context()), pair[0].ID, pair[1].ID); err != nil ||
					got != c.want {
					t.Errorf("%s and %s: %v, %v", pair[0].ID, pair[1].ID, got, err)
				}
			}
		}
	})
}

// The log tells what happened, to whom, and cannot be changed unnoticed, not even by who writes the
// database.
func TestSecurityLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		admin, a := w.member(t, "admin1", accounts.Admin, "h1"), w.staff(t, "doctor1")
		_, _ = w.login(ctx, "doctor1", "wrong", "192.0.2.1")
		if _, err := w.login(ctx, "doctor1", goodPassword, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{
			w.ResetPassword(ctx, sqlstore.Command{}, admin, "doctor1", "an olive ladder sings"),
			w.ChangePassword(ctx, sqlstore.Command{}, a.ID, "an olive ladder sings", "seven copper whistles"),
			w.Suspend(ctx, sqlstore.Command{}, admin, a.Person), w.Resume(ctx, sqlstore.Command{}, admin, a.Person),
			w.Close(ctx, sqlstore.Command{}, admin, a.Person),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		lines, err := w.SecurityLog(ctx, "h1", securitylog.Query{})
		if err != nil {
			t.Fatal(err)
		}
		want := []securitylog.Kind{securitylog.Closed, securitylog.Resumed, securitylog.Suspended,
			securitylog.Password, securitylog.Reset,
			securitylog.Login, securitylog.LoginFailed, securitylog.Created, securitylog.Created}
		for i, k := range want {
			if i >= len(lines) || lines[i].Kind != k {
				t.Fatalf("line %d: want %s in %+v", i, k, lines)
			}
		}
		if lines[4].Actor != "admin1" || lines[4].Subject != "doctor1" {
			t.Errorf("the reset: %+v", lines[4])
		}
		if other, err := w.SecurityLog(ctx, "p1", securitylog.Query{}); err != nil || len(other) != 0 {
			t.Errorf("another organisation reads %d lines, %v", len(other), err)
		}
		if n, last, err := securitylog.Audit(ctx, w.db.DB, w.box); err != nil || n != int64(len(want)) ||
			last != lines[0].Hash {
			t.Errorf("audit: %d %s %v", n, last, err)
		}
		if err := w.db.Tx(ctx, func(tx *gorm.DB) error {
			return tx.Exec("DELETE FROM security_log WHERE seq = 5").Error
		}); err == nil {
			t.Error("a line can be deleted")
		}
		if err := w.db.Tx(ctx, func(tx *gorm.DB) error {
			return tx.Exec("UPDATE security_log SET actor = '' WHERE seq = 5").Error
		}); err == nil {
			t.Error("a line can be changed")
		}
		drop := "DROP TRIGGER security_log_keeps"
		if w.db.Dialect == sqlstore.Postgres {
			drop = "DROP TRIGGER security_log_stays ON security_log"
		}
		for name, spoil := range map[string]string{
			"a line taken out":     "DELETE FROM security_log WHERE seq = 5",
			"the end cut off":      "DELETE FROM security_log WHERE seq > 7",
			"the end and its head": "DELETE FROM security_log WHERE seq = 9",
		} {
			err := w.db.Tx(ctx, func(tx *gorm.DB) error {
				if err := tx.Exec(drop).Error; err != nil {
					return err
				}
				if err := tx.Exec(spoil).Error; err != nil {
					return err
				}
				if _, _, err := securitylog.Audit(ctx, tx, w.box); !errors.Is(err, securitylog.ErrBroken) {
					t.Errorf("%s: %v", name, err)
				}
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		}
	})
}

var errUndo = errors.New("undo")

// What cannot be a code asks nobody: WeChat's quota is not a stranger's to spend.
func TestNoCodeAsksNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, code := range []string{"", "short", "spaces in a long enough code", "码码码码码码码码码码码码码码码码",
			"x'; DROP TABLE accounts; --"} {
			if _, err := w.LoginWeChat(t.Context(), code, "192.0.2.1", devices.Device{}); !errors.Is(err,
				accounts.ErrCode) {
				t.Errorf("%q: %v", code, err)
			}
		}
	})
}
