package accounts_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/accounts/sitting"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// TestOpenSessions: an administrator sees who of the own staff is logged in, page after page, and
// ends one session or all of a person; nobody else's, and no patient's.
func TestOpenSessions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		admin := w.member(t, "admin1", accounts.Admin, "h1")
		abroad := w.member(t, "padmin", accounts.Admin, "p1")
		open := func(a accounts.Account) accounts.Session {
			t.Helper()
			s, err := w.Open(ctx, a)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		mine := open(admin)
		open(abroad)
		doctor := w.member(t, "doctor1", accounts.Doctor, "h1")
		const others = accounts.MaxOpen / devices.Max
		for i := range others {
			other := w.member(t, fmt.Sprintf("reviewer%d", i), accounts.Reviewer, "h1")
			for range devices.Max {
				open(other)
			}
		}
		desk, err := w.Login(ctx, accounts.Credentials{Name: "doctor1", Password: goodPassword, Address: "192.0.2.1",
			Device: devices.Device{Name: "Chrome, Windows"}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.weChat(ctx, "zhang", "192.0.2.2"); err != nil {
			t.Fatal(err)
		}
		all := func(login string) (found []accounts.OpenSession, pages int) {
			t.Helper()
			for after := (sitting.After{}); ; {
				ask := sitting.Query{After: after, Login: login}
				list, next, more, err := w.OpenSessions(ctx, "h1", ask, mine.Token)
				if err != nil {
					t.Fatal(err)
				}
				found, pages, after = append(found, list...), pages+1, next
				if !more {
					return found, pages
				}
			}
		}
		part := sitting.Query{Down: true, Part: "DMI"}
		if some, _, _, err := w.OpenSessions(ctx, "h1", part, mine.Token); err != nil || len(some) != 1 ||
			some[0].Login != "admin1" {
			t.Errorf("%v, by a part of the name: %+v", err, some)
		}
		asked := sitting.Query{Down: true, Role: string(accounts.Reviewer)}
		for last := ""; ; {
			list, next, more, err := w.OpenSessions(ctx, "h1", asked, mine.Token)
			for _, s := range list {
				if first := s.Login + "/" + s.ID; err != nil || s.Role != accounts.Reviewer || last != "" && first >= last {
					t.Errorf("%v: %s behind %s", err, first, last)
				}
				last = s.Login + "/" + s.ID
			}
			if asked.After = next; !more {
				break
			}
		}
		found, pages := all("")
		seen, devices := map[string]bool{}, 0
		for i, s := range found {
			if seen[s.ID] || s.Login == "padmin" || s.Current != (s.Login == "admin1") || !s.Since.Equal(w.Now()) {
				t.Errorf("%d: %+v", i, s)
			}
			seen[s.ID] = true
			if s.Device == "Chrome, Windows" {
				devices++
			}
		}
		if len(found) != accounts.MaxOpen+2 || pages != 2 || devices != 1 {
			t.Fatalf("%d sessions on %d pages, %d with a device that said its name", len(found), pages, devices)
		}
		if one, _ := all("admin1"); len(one) != 1 {
			t.Errorf("of one log-in: %+v", one)
		}

		var id string
		for _, s := range found {
			if s.Device != "" {
				id = s.ID
			}
		}
		for i, c := range []struct {
			by   accounts.Account
			id   string
			want error
		}{{abroad, id, accounts.ErrNotFound}, {doctor, found[0].ID, accounts.ErrNotFound},
			{admin, "nothing", accounts.ErrNotFound}, {admin, id, nil}, {admin, id, accounts.ErrNotFound}} {
			cmd := sqlstore.Command{Key: fmt.Sprint(i), Actor: c.by.ID, Operation: "session.end"}
			if err := w.EndSession(ctx, cmd, c.by, c.id); !errors.Is(err, c.want) {
				t.Errorf("%d: got %v, want %v", i, err, c.want)
			}
		}
		if _, err := w.Resolve(ctx, desk.Token); !errors.Is(err, accounts.ErrUnauthenticated) {
			t.Errorf("the ended session: %v", err)
		}
		if err := w.EndSessions(ctx, sqlstore.Command{}, abroad, doctor.Person); !errors.Is(err, accounts.ErrNotFound) {
			t.Errorf("another organisation's administrator: %v", err)
		}
		if err := w.EndSessions(ctx, sqlstore.Command{}, admin, doctor.Person); err != nil {
			t.Fatal(err)
		}
		if left, _ := all(""); len(left) != accounts.MaxOpen+1 || left[0].Login != "admin1" {
			t.Errorf("left: %d", len(left))
		}
		lines, err := w.SecurityLog(ctx, "h1", securitylog.Query{})
		if err != nil || lines[0].Kind != securitylog.SessionsEnded || lines[1].Kind != securitylog.SessionEnded ||
			lines[0].Subject != "doctor1" || lines[0].Actor != "admin1" {
			t.Errorf("%v: %+v", err, lines[:2])
		}
		open(doctor) // the password is as good as before
	})
}
