package practitioners_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

func approved(t *testing.T, s *practitioners.Service, licence string) string {
	t.Helper()
	acc := apply(t, s, accounts.Doctor, "h1", "attending", licence)
	if _, err := s.Approve(t.Context(), sqlstore.Command{}, admin, acc.Person, 1); err != nil {
		t.Fatal(err)
	}
	return acc.Person
}

func set(t *testing.T, s *practitioners.Service, person string, week ...practitioners.Hours) {
	t.Helper()
	if _, err := s.SetHours(t.Context(), sqlstore.Command{}, person, nil, week); err != nil {
		t.Fatal(err)
	}
}

func TestHoursAreChecked(t *testing.T) {
	good := practitioners.Hours{Weekday: 1, From: "09:00", To: "12:00", Capacity: 6}
	with := func(change func(*practitioners.Hours)) practitioners.Hours { h := good; change(&h); return h }
	many := make([]practitioners.Hours, practitioners.MaxHours+1)
	for i := range many {
		many[i] = practitioners.Hours{Weekday: i%7 + 1, From: []string{"08:00", "10:00", "12:00", "14:00"}[i/7],
			To: []string{"09:00", "11:00", "13:00", "15:00"}[i/7], Capacity: 1}
	}
	each(t, func(t *testing.T, s *practitioners.Service, _ *time.Time) {
		person := approved(t, s, "110110000012345")
		for name, tt := range map[string]struct {
			week  []practitioners.Hours
			field string // empty: good
		}{
			"a morning": {[]practitioners.Hours{good}, ""},
			"none":      {nil, ""},
			"one after another": {[]practitioners.Hours{good,
				with(func(h *practitioners.Hours) { h.From, h.To = "12:00", "13:00" })}, ""},
			"overlap": {[]practitioners.Hours{good,
				with(func(h *practitioners.Hours) { h.From, h.To = "11:59", "13:00" })}, "body.hours[1]"},
			"the other day": {[]practitioners.Hours{good, with(func(h *practitioners.Hours) { h.Weekday = 2 })},
				""},
			"weekday 0": {[]practitioners.Hours{with(func(h *practitioners.Hours) { h.Weekday = 0 })},
				"body.hours[0].weekday"},
			"weekday 8": {[]practitioners.Hours{with(func(h *practitioners.Hours) { h.Weekday = 8 })},
				"body.hours[0].weekday"},
			"no time": {[]practitioners.Hours{with(func(h *practitioners.Hours) { h.From = "24:00" })},
				"body.hours[0].from"},
			"to midnight": {[]practitioners.Hours{
				with(func(h *practitioners.Hours) { h.From, h.To = "20:00", "24:00" })}, ""},
			"past midnight": {[]practitioners.Hours{
				with(func(h *practitioners.Hours) { h.From, h.To = "20:00", "24:01" })}, "body.hours[0].to"},
			"too short": {[]practitioners.Hours{with(func(h *practitioners.Hours) { h.To = "09:29" })},
				"body.hours[0].to"},
			"backwards": {[]practitioners.Hours{with(func(h *practitioners.Hours) { h.To = "08:00" })},
				"body.hours[0].to"},
			"nobody": {[]practitioners.Hours{with(func(h *practitioners.Hours) { h.Capacity = 0 })},
				"body.hours[0].capacity"},
			"too many people": {[]practitioners.Hours{
				with(func(h *practitioners.Hours) { h.Capacity = practitioners.MaxCapacity + 1 })},
				"body.hours[0].capacity"},
			"too many sessions": {many, "body.hours"},
		} {
			_, err := s.SetHours(t.Context(), sqlstore.Command{}, person, nil, tt.week)
			if (err == nil) != (tt.field == "") ||
				(tt.field != "" && (!errors.Is(err, invalid.ErrInput) || !strings.Contains(err.Error(), tt.field))) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := s.SetHours(t.Context(), sqlstore.Command{}, accounts.NewPerson(), nil, nil); !errors.Is(err,
			practitioners.ErrNotApproved) {
			t.Errorf("not in office: %v", err)
		}
	})
}

func TestHoursAreKeptInOrder(t *testing.T) {
	each(t, func(t *testing.T, s *practitioners.Service, _ *time.Time) {
		person, other := approved(t, s, "110110000012345"), approved(t, s, "110110000012346")
		evening := practitioners.Hours{Weekday: 7, From: "18:30", To: "20:00", Capacity: 2}
		morning := practitioners.Hours{Weekday: 1, From: "09:05", To: "12:00", Capacity: 6}
		set(t, s, other, evening)
		set(t, s, person, evening, morning)
		if week, err := s.HoursOf(t.Context(), person); err != nil ||
			!slices.Equal(week, []practitioners.Hours{morning, evening}) {
			t.Errorf("%+v %v", week, err)
		}
		set(t, s, person)
		if week, err := s.HoursOf(t.Context(), person); err != nil || len(week) != 0 {
			t.Errorf("cleared: %+v %v", week, err)
		}
		if week, err := s.HoursOf(t.Context(), other); err != nil || len(week) != 1 {
			t.Errorf("a colleague's: %+v %v", week, err)
		}
	})
}

// booked is a book of appointments.
type booked []practitioners.Booking

func (b booked) Booked(context.Context, []string, time.Time, time.Time) ([]practitioners.Booking, error) {
	return b, nil
}

func (b booked) Stop(context.Context) {}

// TestSlots: the week is laid over China's calendar, whatever the server's, and what has begun is
// gone.
func TestSlots(t *testing.T) {
	china := time.FixedZone("UTC+8", 8*60*60)
	on := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, china) }
	each(t, func(t *testing.T, s *practitioners.Service, at *time.Time) {
		person := approved(t, s, "110110000012345")
		set(t, s, person, practitioners.Hours{Weekday: 1, From: "00:30", To: "02:00", Capacity: 2},
			practitioners.Hours{Weekday: 1, From: "09:00", To: "12:00", Capacity: 6},
			practitioners.Hours{Weekday: 7, From: "18:00", To: "20:00", Capacity: 1})
		monday, morning, sunday := on(23, 0, 30), on(23, 9, 0), on(22, 18, 0) // 2026-11-22 is a Sunday
		for name, tt := range map[string]struct {
			now  time.Time
			book booked
			want []time.Time // all slots
			next time.Time   // zero: none
		}{
			"sunday morning":               {on(22, 9, 0), nil, []time.Time{sunday, monday, morning}, sunday},
			"sunday evening, it has begun": {on(22, 18, 0), nil, []time.Time{monday, morning}, monday},
			"sunday 16:10 UTC is monday there": {time.Date(2026, 11, 22, 16, 10, 0, 0, time.UTC), nil,
				[]time.Time{monday, morning, on(29, 18, 0)}, monday},
			"the first one is full": {on(22, 18, 0), booked{{person, monday, 2}},
				[]time.Time{monday, morning}, morning},
			"overbooked after hours were cut": {on(22, 18, 0), booked{{person, monday, 9}, {person, morning, 6}},
				[]time.Time{monday, morning}, time.Time{}},
			"another doctor's book, other time": {on(22, 18, 0),
				booked{{"uother", monday, 2}, {person, monday.Add(time.Minute), 2}},
				[]time.Time{monday, morning}, monday},
		} {
			*at, s.Bookings = tt.now, tt.book
			list, err := s.Slots(t.Context(), person)
			same := err == nil && slices.EqualFunc(list, tt.want, func(x practitioners.Slot, start time.Time) bool {
				return x.Start.Equal(start) && x.Free >= 0 && x.Free <= x.Capacity
			})
			if !same {
				t.Errorf("%s: %+v %v", name, list, err)
			}
			card, err := s.DoctorCard(t.Context(), person)
			if err != nil || (card.NextSlot == nil) != tt.next.IsZero() ||
				(card.NextSlot != nil && !card.NextSlot.Start.Equal(tt.next)) {
				t.Errorf("%s: next %+v %v", name, card.NextSlot, err)
			}
		}
		*at, s.Bookings = on(22, 9, 0), nil
		for start, want := range map[time.Time]bool{monday: true, monday.UTC(): true, monday.Add(time.Second): false,
			on(16, 0, 30): false, on(30, 0, 30): false} {
			if _, ok, err := s.SlotAt(t.Context(), person, start); ok != want || err != nil {
				t.Errorf("%v: %v %v", start, ok, err)
			}
		}
		if _, err := s.Slots(t.Context(), accounts.NewPerson()); !errors.Is(err, practitioners.ErrNotFound) {
			t.Errorf("nobody's: %v", err)
		}
	})
}

// stopped counts how often appointments were to be cancelled.
type stopped struct {
	booked
	n int
}

func (s *stopped) Stop(context.Context) { s.n++ }

// A session that is not held (停诊) is shown as such, and nobody books it; the week stays. The own
// outpatient office closes it as well.
func TestClosedSessions(t *testing.T) {
	each(t, func(t *testing.T, s *practitioners.Service, at *time.Time) {
		person := approved(t, s, "110110000012345")
		set(t, s, person, practitioners.Hours{Weekday: 1, From: "09:00", To: "12:00", Capacity: 6},
			practitioners.Hours{Weekday: 1, From: "14:00", To: "16:00", Capacity: 6})
		morning := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
		afternoon := morning.Add(5 * time.Hour)
		book := &stopped{booked: booked{{person, morning, 2}}}
		s.Bookings = book
		ctx := t.Context()
		if _, err := s.SetClosed(ctx, sqlstore.Command{}, person, morning.Add(time.Minute), true); !errors.Is(err,
			practitioners.ErrNoSession) {
			t.Errorf("no such session: %v", err)
		}
		if _, err := s.SetClosed(ctx, sqlstore.Command{}, accounts.NewPerson(), morning, true); !errors.Is(err,
			practitioners.ErrNotApproved) {
			t.Errorf("nobody: %v", err)
		}
		var list []practitioners.Slot
		for range 2 { // once more is the same
			var err error
			if list, err = s.SetClosed(ctx, sqlstore.Command{}, person, morning, true); err != nil {
				t.Fatal(err)
			}
		}
		if len(list) != 2 || !list[0].Closed || list[0].Free != 0 || list[0].Booked != 2 || list[1].Closed ||
			list[1].Free != 6 || book.n != 2 {
			t.Errorf("%+v, stopped %d times", list, book.n)
		}
		if _, ok, err := s.SlotAt(ctx, person, morning); ok || err != nil {
			t.Errorf("a closed one is booked: %v", err)
		}
		card, err := s.DoctorCard(ctx, person)
		if err != nil || card.NextSlot == nil || !card.NextSlot.Start.Equal(afternoon) {
			t.Errorf("next: %+v %v", card.NextSlot, err)
		}
		if got, err := s.Closures(ctx, *at); err != nil || len(got) != 1 || len(got[person]) != 1 ||
			!got[person][0].Equal(morning) {
			t.Errorf("%+v %v", got, err)
		}
		if list, err = s.SetClosed(ctx, sqlstore.Command{}, person, morning, false); err != nil || list[0].Closed ||
			list[0].Free != 4 || book.n != 2 {
			t.Errorf("held after all: %+v %v", list, err)
		}
		if _, err := s.CloseFor(ctx, sqlstore.Command{}, accounts.Account{Org: "h2"}, person, morning,
			true); !errors.Is(err, practitioners.ErrNotFound) {
			t.Errorf("another organisation's office: %v", err)
		}
		if list, err = s.CloseFor(ctx, sqlstore.Command{}, accounts.Account{Org: "h1"}, person, morning,
			true); err != nil || !list[0].Closed {
			t.Errorf("the own office: %+v %v", list, err)
		}
		*at = morning
		if _, err := s.SetClosed(ctx, sqlstore.Command{}, person, morning, false); !errors.Is(err,
			practitioners.ErrNoSession) {
			t.Errorf("it has begun: %v", err)
		}
	})
}

func TestPresence(t *testing.T) {
	each(t, func(t *testing.T, s *practitioners.Service, _ *time.Time) {
		person := approved(t, s, "110110000012345")
		for _, p := range []practitioners.Presence{practitioners.Online, practitioners.Busy, practitioners.Offline} {
			if err := s.SetPresence(t.Context(), person, p); err != nil {
				t.Fatal(err)
			}
			card, err := s.DoctorCard(t.Context(), person)
			if err != nil || card.Presence != p || card.Online != (p != practitioners.Offline) {
				t.Errorf("%s: %+v %v", p, card, err)
			}
		}
	})
}
