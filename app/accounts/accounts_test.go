package accounts_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/attempts"
	"github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

func TestStaffLogin(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.staff(t, "doctor1")
		s, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1")
		if err != nil || s.Account != a {
			t.Fatalf("got %+v, %v", s.Account, err)
		}
		if got, err := w.Resolve(t.Context(), s.Token); err != nil || got != a {
			t.Fatalf("resolve: %+v, %v", got, err)
		}
		for _, wrong := range [][2]string{{"doctor1", "wrong"}, {"doctor1", ""}, {"nobody", goodPassword}, {"", ""},
			{"doctor1", strings.Repeat("x", 1<<16)}} {
			if _, err := w.login(t.Context(), wrong[0], wrong[1], "192.0.2.1"); !errors.Is(err,
				accounts.ErrCredentials) {
				t.Errorf("%.20q: got %v", wrong, err)
			}
		}
		if _, err := w.CreateStaff(t.Context(), sqlstore.Command{},
			accounts.NewStaff{Login: "doctor1", Password: goodPassword, Role: accounts.Admin, Org: "h1"}); !errors.Is(err,
			accounts.ErrLoginTaken) {
			t.Errorf("second account: got %v", err)
		}
	})
}

func TestCreateStaffIsIdempotent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := accounts.NewStaff{Login: "doctor1", Password: goodPassword, Role: accounts.Doctor, Org: "h1"}
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
		open, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		cmd := sqlstore.Command{Key: "key-00001", Actor: a.ID, Operation: "password.change"}
		for name, try := range map[string][2]string{"wrong": {"not the old password", second},
			"short": {goodPassword, "short"}} {
			if err := w.ChangePassword(t.Context(), cmd, a.ID, try[0], try[1]); !errors.Is(err, invalid.ErrInput) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if err := w.ChangePassword(t.Context(), cmd, a.ID, goodPassword, second); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Resolve(t.Context(), open.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Errorf("a session of the old password: %v", err)
		}
		if can(goodPassword) || !can(second) {
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
		for range attempts.MaxFailures {
			_ = w.ChangePassword(t.Context(), sqlstore.Command{}, a.ID, "guess", second)
		}
		if err := w.ChangePassword(t.Context(), sqlstore.Command{}, a.ID, third, second); !errors.Is(err,
			attempts.ErrLocked) {
			t.Errorf("guessing from an open session: %v", err)
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
			Cost: password.Cost{Passes: 2, MemoryKiB: 128, Lanes: 1}, PerAddress: 1000})
		for range 2 {
			if _, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1"); err != nil {
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
			_, err := w.login(t.Context(), "doctor1", goodPassword, "192.0.2.1")
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
