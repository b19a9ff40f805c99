package practitioners_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// TestSchedules: the outpatient office sees every doctor of the house with the week and what is
// left of it, and sets a week; it never overwrites what it did not see.
func TestSchedules(t *testing.T) {
	morning := practitioners.Hours{Weekday: 1, From: "09:00", To: "12:00", Capacity: 6}
	evening := practitioners.Hours{Weekday: 7, From: "18:30", To: "20:00", Capacity: 2}
	each(t, func(t *testing.T, s *practitioners.Service, at *time.Time) {
		*at = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC) // a Sunday's noon in China
		var noted []securitylog.Event
		s.Note = func(_ *gorm.DB, e securitylog.Event) error { noted = append(noted, e); return nil }
		person, idle := approved(t, s, "110110000012345"), approved(t, s, "110110000012346")
		pending := apply(t, s, accounts.Doctor, "h1", "attending", "110110000012347").Person
		reviewer := apply(t, s, accounts.Reviewer, "h1", "pharmacist", "110110000012348").Person
		if _, err := s.Approve(t.Context(), sqlstore.Command{}, admin, reviewer, 1); err != nil {
			t.Fatal(err)
		}
		set(t, s, person, evening, morning)
		s.Bookings = booked{{Doctor: person, Start: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC), Taken: 3}}

		list, err := s.Schedules(t.Context(), "h1")
		if err != nil || len(list) != 2 {
			t.Fatalf("%d doctors, %v", len(list), err)
		}
		i := slices.IndexFunc(list, func(x practitioners.Scheduled) bool { return x.Person == person })
		if got := list[i]; !slices.Equal(got.Hours, []practitioners.Hours{morning, evening}) || len(got.Slots) != 2 ||
			got.Slots[0].Free != 2 || got.Slots[1].Free != 3 {
			t.Errorf("the busy doctor: %+v", got)
		}
		if got := list[1-i]; got.Person != idle || got.Hours == nil || got.Slots == nil || len(got.Hours) != 0 {
			t.Errorf("the doctor without hours: %+v", got)
		}
		if other, err := s.Schedules(t.Context(), "h2"); err != nil || len(other) != 0 {
			t.Errorf("another house sees %d doctors, %v", len(other), err)
		}

		noted = nil
		week := []practitioners.Hours{morning}
		schedule := func(by accounts.Account, person string, was, week []practitioners.Hours) error {
			_, err := s.Schedule(t.Context(), sqlstore.Command{}, by, person, was, week)
			return err
		}
		foreign := accounts.Account{ID: "aother", Person: accounts.NewPerson(), Role: accounts.Admin, Org: "h2"}
		for name, tt := range map[string]struct {
			err, want error
		}{
			"another house's administrator": {schedule(foreign, person, []practitioners.Hours{morning, evening}, week),
				practitioners.ErrNotFound},
			"nobody":     {schedule(admin, accounts.NewPerson(), nil, week), practitioners.ErrNotFound},
			"a reviewer": {schedule(admin, reviewer, nil, week), practitioners.ErrNotFound},
			"who waits":  {schedule(admin, pending, nil, week), practitioners.ErrState},
			"not what was read": {schedule(admin, person, []practitioners.Hours{evening}, week),
				sqlstore.ErrConflict},
		} {
			if !errors.Is(tt.err, tt.want) {
				t.Errorf("%s: %v", name, tt.err)
			}
		}
		if len(noted) != 0 {
			t.Errorf("noted although refused: %+v", noted)
		}
		if err := schedule(admin, person, []practitioners.Hours{morning, evening}, week); err != nil {
			t.Fatal(err)
		}
		if now, err := s.HoursOf(t.Context(), person); err != nil || !slices.Equal(now, week) {
			t.Errorf("%+v %v", now, err)
		}
		// The doctor does not overwrite what the office set meanwhile, either.
		old := []practitioners.Hours{morning, evening}
		_, err = s.SetHours(t.Context(), sqlstore.Command{}, person, old, nil)
		if !errors.Is(err, sqlstore.ErrConflict) {
			t.Errorf("over the office's week: %v", err)
		}
		if got, err := s.SetHours(t.Context(), sqlstore.Command{}, person, week, old); err != nil || len(got) != 2 {
			t.Errorf("over the week that was read: %v %v", got, err)
		}
		want := securitylog.Event{Kind: securitylog.Scheduled, Org: "h1", Actor: admin.ID, Subject: person}
		if !slices.Equal(noted, []securitylog.Event{want}) {
			t.Errorf("noted: %+v", noted)
		}
	})
}
