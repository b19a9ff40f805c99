package accounts_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// TestStaffInEveryOrder: page after page in each order nobody is left out or read twice, also while
// others are added; and what is asked for alone is all that comes.
func TestStaffInEveryOrder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		for i := range accounts.MaxStaff + 20 { // many in the same moment: the name decides
			if i%9 == 0 {
				w.advance(time.Second)
			}
			w.member(t, fmt.Sprintf("d%03d", (i*7)%1000), accounts.Doctor, "h1")
		}
		w.member(t, "abroad", accounts.Doctor, "p1")
		admin := w.member(t, "xzmin", accounts.Admin, "h1")
		idle := w.member(t, "xamin", accounts.Reviewer, "h1").Person
		if err := w.Suspend(ctx, sqlstore.Command{}, admin, idle); err != nil {
			t.Fatal(err)
		}
		before := accounts.MaxStaff + 22
		for n, ask := range []accounts.StaffQuery{{}, {Down: true}, {Created: true}, {Created: true, Down: true}} {
			var all []accounts.Staff
			for {
				page, err := w.StaffOf(ctx, "h1", ask)
				if err != nil {
					t.Fatal(err)
				}
				if all = append(all, page...); len(page) < accounts.MaxStaff {
					break
				}
				ask.After = page[len(page)-1].Login
				w.advance(time.Second)
				w.member(t, fmt.Sprintf("e%d", 100+n), accounts.Doctor, "h1")
			}
			seen := map[string]bool{}
			for i, s := range all {
				if seen[s.Login] {
					t.Errorf("%+v: %s stands twice", ask, s.Login)
				}
				seen[s.Login] = true
				if i == 0 {
					continue
				}
				a, b := all[i-1], s
				if ask.Down {
					a, b = b, a
				}
				if ask.Created && a.CreatedAt.After(b.CreatedAt) || (!ask.Created || a.CreatedAt.Equal(b.CreatedAt)) &&
					a.Login >= b.Login {
					t.Errorf("%+v: %s and %s", ask, a.Login, b.Login)
				}
			}
			if len(all) < before {
				t.Errorf("%+v: %d of %d", ask, len(all), before)
			}
			before++ // the one that came while this order was read
		}
		for _, c := range []struct {
			ask  accounts.StaffQuery
			want []string
		}{
			{accounts.StaffQuery{Login: "x_min"}, nil}, // no wildcard
			{accounts.StaffQuery{Login: "XZ"}, []string{"xzmin"}},
			{accounts.StaffQuery{Login: "min", Down: true}, []string{"xamin", "xzmin"}},
			{accounts.StaffQuery{Role: accounts.Admin}, []string{"xzmin"}},
			{accounts.StaffQuery{State: accounts.StaffSuspended}, []string{"xamin"}},
			{accounts.StaffQuery{State: accounts.StaffClosed}, nil},
			{accounts.StaffQuery{State: accounts.StaffOpen, Login: "x"}, []string{"xzmin"}},
			{accounts.StaffQuery{State: accounts.StaffFirst}, nil},
		} {
			list, err := w.StaffOf(ctx, "h1", c.ask)
			var got []string
			for _, s := range list {
				got = append(got, s.Login)
			}
			if slices.Sort(got); err != nil || !slices.Equal(got, slices.Sorted(slices.Values(c.want))) {
				t.Errorf("%+v: %v %v", c.ask, got, err)
			}
		}
		abroad := accounts.StaffQuery{Created: true, After: "abroad"}
		if _, err := w.StaffOf(ctx, "h1", abroad); !errors.Is(err, invalid.ErrInput) {
			t.Errorf("behind another organisation's account: %v", err)
		}
	})
}

// TestSecurityLogOfOne: lines in both orders, of one kind and about one account, page after page
// while the log goes on.
func TestSecurityLogOfOne(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		admin, a := w.member(t, "admin1", accounts.Admin, "h1"), w.staff(t, "doctor1")
		for range securitylog.MaxLines/2 + 5 {
			for _, err := range []error{w.Suspend(ctx, sqlstore.Command{}, admin, a.Person),
				w.Resume(ctx, sqlstore.Command{}, admin, a.Person)} {
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		w.member(t, "admin2", accounts.Admin, "h1")
		read := func(ask securitylog.Query) (all []securitylog.Line) {
			t.Helper()
			for {
				page, err := w.SecurityLog(ctx, "h1", ask)
				if err != nil {
					t.Fatal(err)
				}
				if all = append(all, page...); len(page) < securitylog.MaxLines {
					return all
				}
				ask.Behind = page[len(page)-1].Seq
				if err := w.EndSessions(ctx, sqlstore.Command{}, admin, a.Person); err != nil { // one line more
					t.Fatal(err)
				}
			}
		}
		of, err := w.Noted(ctx, "Doctor1")
		if err != nil {
			t.Fatal(err)
		}
		const acts = securitylog.MaxLines + 10
		newest, oldest := read(securitylog.Query{Who: of}), read(securitylog.Query{Who: of, Oldest: true})
		if len(newest) != acts+1 || len(oldest) != acts+3 || newest[0].Seq <= newest[1].Seq ||
			oldest[0].Seq >= oldest[1].Seq {
			t.Errorf("%d and %d lines", len(newest), len(oldest))
		}
		for _, l := range newest {
			if l.Subject != "doctor1" {
				t.Errorf("%+v", l)
			}
		}
		for i, l := range read(securitylog.Query{Kind: securitylog.Resumed}) {
			if l.Kind != securitylog.Resumed || i >= acts/2 {
				t.Errorf("%d: %+v", i, l)
			}
		}
		if of, err = w.Noted(ctx, "admin1"); err != nil {
			t.Fatal(err)
		}
		if did := read(securitylog.Query{Who: of, Kind: securitylog.Suspended}); len(did) != acts/2 {
			t.Errorf("an administrator suspended %d times", len(did))
		}
		if none := read(securitylog.Query{Who: []string{"nobody"}}); len(none) != 0 {
			t.Errorf("about nobody: %+v", none)
		}
	})
}
