package accounts_test

import (
	"errors"
	"slices"
	"testing"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Every call of everybody begins with the session and its account: they are one statement, which
// sees what was changed just before.
func TestASessionIsReadWithItsAccount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.staff(t, "doctor1")
		s, err := w.Open(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		before := sqlstore.Statements()
		got, err := w.Resolve(t.Context(), s.Token)
		if n := sqlstore.Statements() - before; err != nil || got != a || n != 1 {
			t.Fatalf("%d statements: %+v, want %+v: %v", n, got, a, err)
		}
		set := func(column string, value any) {
			t.Helper()
			err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
				return tx.Exec("UPDATE accounts SET "+column+" = ? WHERE id = ?", value, a.ID).Error
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		set("human", "another-name")
		if got, err := w.Resolve(t.Context(), s.Token); err != nil || got.CN() != "another-name" {
			t.Fatalf("%+v %v", got, err)
		}
		set("id", a.ID+"x") // the account is gone, whoever made that so
		if _, err := w.Resolve(t.Context(), s.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Fatalf("a session without its account: %v", err)
		}
		var left int64
		if err := w.db.Table("sessions").Count(&left).Error; err != nil || left != 0 {
			t.Errorf("%d sessions are left, %v", left, err)
		}
	})
}

// Names of several persons come in the order of the question, whoever has none and whoever is asked
// twice.
func TestNamesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		one, two := w.staff(t, "doctor1"), w.staff(t, "doctor2")
		err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
			return tx.Exec("UPDATE accounts SET human = 'one-human' WHERE person = ?", one.Person).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		persons := []string{two.Person, "a-child", one.Person, two.Person}
		before := sqlstore.Statements()
		names, err := human.CNsOf(w.db.DB, persons...)
		if n := sqlstore.Statements() - before; err != nil || n != 1 {
			t.Fatalf("%d statements, %v", n, err)
		}
		for i, person := range persons {
			if cn, err := human.CNOf(w.db.DB, person); err != nil || cn != names[i] {
				t.Errorf("%s is %s alone and %s among others, %v", person, cn, names[i], err)
			}
		}
		if !slices.Contains(names, "one-human") {
			t.Errorf("%v", names)
		}
	})
}

// Who reads under a name that several log-ins of one human share is called by the log-in of the
// role in which it was read.
func TestLoginsOfOneHuman(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := w.member(t, "a.admin", accounts.Admin, "h1")
		reviewer := w.member(t, "b.reviewer", accounts.Reviewer, "h1")
		if err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
			return human.Join(tx, reviewer.Person, []string{admin.Person},
				func(*gorm.DB, string) (bool, error) { return false, nil })
		}); err != nil {
			t.Fatal(err)
		}
		names, err := w.Logins(t.Context(), []string{admin.Person, reviewer.Person, "", "u-nobody"})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			id   string
			role accounts.Role
			want string
		}{
			{admin.Person, accounts.Admin, "a.admin"},
			{admin.Person, accounts.Reviewer, "b.reviewer"}, // the common name is the first one's id
			{admin.Person, accounts.Doctor, "a.admin"},
			{reviewer.Person, accounts.Reviewer, "b.reviewer"},
			{"", accounts.Admin, ""}, {"u-nobody", accounts.Admin, ""},
		} {
			if got := names(c.id, c.role); got != c.want {
				t.Errorf("%s as %s: %q, want %q", c.id, c.role, got, c.want)
			}
		}
	})
}
