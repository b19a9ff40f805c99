package consult_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

func (w *ward) book(ctx context.Context, who string) (*consult.View, error) {
	return w.Request(ctx, w.cmd(), who, consult.Wish{Doctor: doctor, Slot: session.Start},
		consult.Intake{Complaint: "复诊"})
}

func (w *ward) booked() int {
	w.t.Helper()
	list, err := w.Booked(w.t.Context(), []string{doctor, "uother"}, session.Start, session.End)
	if err != nil || len(list) > 1 {
		w.t.Fatal(list, err)
	}
	if len(list) == 0 {
		return 0
	}
	return list[0].Taken
}

func TestAppointments(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		if _, err := w.Request(ctx, w.cmd(), patient,
			consult.Wish{Doctor: doctor, Slot: session.Start.Add(time.Minute)},
			consult.Intake{Complaint: "复诊"}); !errors.Is(err, consult.ErrNoSlot) {
			t.Fatalf("no such session: %v", err)
		}
		var ids []string
		for n := 1; n <= session.Capacity; n++ {
			v, err := w.book(ctx, fmt.Sprint("upatient", n))
			if err != nil || v.Appointment == nil || v.Appointment.Number != n ||
				!v.Appointment.Start.Equal(session.Start) || !v.Appointment.End.Equal(session.End) {
				t.Fatalf("%d: %+v %v", n, v, err)
			}
			ids = append(ids, v.ID)
		}
		if _, err := w.book(ctx, "ulate"); !errors.Is(err, consult.ErrSlotFull) || w.booked() != session.Capacity {
			t.Errorf("one too many: %v, %d booked", err, w.booked())
		}
		if _, err := w.book(ctx, "upatient1"); !errors.Is(err, consult.ErrSlotFull) &&
			!errors.Is(err, consult.ErrOpen) {
			t.Errorf("a second one of the same patient: %v", err)
		}
		// Declined by the doctor or cancelled by the patient, the number is free again.
		if _, err := w.Cancel(ctx, w.cmd(), doctor, ids[1], "停诊"); err != nil {
			t.Fatal(err)
		}
		v, err := w.book(ctx, "ulate")
		if err != nil || v.Appointment.Number != 2 {
			t.Fatalf("in the place that was freed: %+v %v", v, err)
		}
		if got, err := w.Get(ctx, doctor, v.ID); err != nil || got.Appointment == nil || got.Appointment.Number != 2 {
			t.Errorf("the doctor sees %+v %v", got, err)
		}
		if _, err := w.Request(ctx, w.cmd(), "unow", consult.Wish{Doctor: doctor},
			consult.Intake{Complaint: "复诊"}); err != nil || w.booked() != session.Capacity {
			t.Errorf("without an appointment: %v, %d booked", err, w.booked())
		}
	})
}

// TestAppointmentWaitsForItsSession: a request for a session more than a day ahead is not swept
// after a day, but over the session's end.
func TestAppointmentWaitsForItsSession(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		w.now.Store(session.Start.Add(-3 * 24 * time.Hour).UnixMilli())
		v, err := w.book(ctx, patient)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			at    time.Time
			swept int
		}{{session.End.Add(-time.Millisecond), 0}, {session.End, 1}, {session.End.Add(time.Hour), 0}} {
			w.now.Store(step.at.UnixMilli())
			if n, err := w.Sweep(ctx); err != nil || n != step.swept {
				t.Errorf("at %v: %d swept, want %d (%v)", step.at, n, step.swept, err)
			}
		}
		if got, err := w.Get(ctx, patient, v.ID); err != nil || got.State != consult.Cancelled ||
			got.Reason != "expired" || w.booked() != 0 {
			t.Errorf("%+v %v", got, err)
		}
	})
}

// TestRepeatedBookingGetsItsFirstAnswer: the answer was lost, the session is full or over by now,
// and the number stands.
func TestRepeatedBookingGetsItsFirstAnswer(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx, cmd := newWard(t, db, nil), t.Context(),
			sqlstore.Command{Key: "booking-1", Actor: "account", Operation: "test"}
		first, err := w.Request(ctx, cmd, patient, consult.Wish{Doctor: doctor, Slot: session.Start},
			consult.Intake{Complaint: "复诊"})
		if err != nil {
			t.Fatal(err)
		}
		again, err := w.Request(ctx, cmd, patient, consult.Wish{Doctor: doctor, Slot: session.Start.Add(time.Hour)},
			consult.Intake{Complaint: "复诊"})
		if err != nil || again.ID != first.ID || again.Appointment.Number != 1 || w.booked() != 1 {
			t.Errorf("%+v %v", again, err)
		}
	})
}

// One patient holds one place in a period, with whatever doctor, and may hold one before and one
// after it; a place that was given up is none.
func TestOnePlaceInAPeriod(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		wards := []*ward{newWard(t, sqlstoretest.Open(t, dsn), nil), newWard(t, sqlstoretest.Open(t, dsn), nil)}
		wards[1].key.Store(1000)
		ask := func(w *ward, who, doctor string, start time.Time) (*consult.View, error) {
			return w.Request(t.Context(), w.cmd(), who, consult.Wish{Doctor: doctor, Slot: start},
				consult.Intake{Complaint: "复诊"})
		}
		w := wards[0]
		first, err := ask(w, patient, doctor, session.Start)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ask(w, patient, doctor+"2", session.Start.Add(time.Hour)); !errors.Is(err, consult.ErrPeriod) {
			t.Errorf("a second place in the period: %v", err)
		}
		if _, err := ask(w, patient, doctor+"2", session.End); err != nil {
			t.Errorf("what begins when the other ends: %v", err)
		}
		if _, err := ask(w, "uother", doctor+"2", session.Start.Add(time.Hour)); err != nil {
			t.Errorf("another patient: %v", err)
		}
		if _, err := w.Cancel(t.Context(), w.cmd(), patient, first.ID, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := ask(w, patient, doctor+"3", session.Start); err != nil {
			t.Errorf("in the place that was given up: %v", err)
		}
		// five doctors at once, over two instances
		got := make([]error, 10)
		var all sync.WaitGroup
		for i := range got {
			all.Go(func() {
				start := session.Start.Add(time.Duration(i%2) * time.Hour)
				_, got[i] = ask(wards[i%2], "ugreedy", fmt.Sprint(doctor, i), start)
			})
		}
		all.Wait()
		held := 0
		for i, err := range got {
			switch {
			case err == nil:
				held++
			case !errors.Is(err, consult.ErrPeriod) && !errors.Is(err, sqlstore.ErrBusy):
				t.Errorf("%d: %v", i, err)
			}
		}
		if held != 1 {
			t.Errorf("%d places in one period", held)
		}
	})
}

// A session that is not held (停诊) ends what waits for it, also what was booked meanwhile, and
// nothing else.
func TestASessionIsNotHeld(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		ask := func(who, doctor string, slot time.Time) string {
			t.Helper()
			v, err := w.Request(ctx, w.cmd(), who, consult.Wish{Doctor: doctor, Slot: slot},
				consult.Intake{Complaint: "复诊"})
			if err != nil {
				t.Fatal(err)
			}
			return v.ID
		}
		waits, accepted, begun := ask("u1", doctor, session.Start), ask("u2", doctor, session.Start),
			ask("u3", doctor, session.Start)
		for _, id := range []string{accepted, begun} {
			if _, err := w.Accept(ctx, w.cmd(), doctor, id); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Start(ctx, w.cmd(), doctor, begun); err != nil {
			t.Fatal(err)
		}
		others := []string{ask("u6", doctor, session.End), ask("u7", doctor+"2", session.Start),
			ask("u4", doctor+"2", session.End), ask("u5", doctor, time.Time{})}
		w.notHeld = map[string][]time.Time{doctor: {session.Start}, doctor + "2": {session.End}}
		if n, err := w.SweepStopped(ctx); err != nil || n != 3 {
			t.Errorf("%d were cancelled, %v", n, err)
		}
		for id, want := range map[string]consult.State{waits: consult.Cancelled, accepted: consult.Cancelled,
			begun: consult.Active, others[0]: consult.Requested, others[1]: consult.Requested,
			others[2]: consult.Cancelled, others[3]: consult.Requested} {
			v, err := w.Get(ctx, "udoctor", id)
			if errors.Is(err, consult.ErrNotFound) {
				v, err = w.Get(ctx, doctor+"2", id)
			}
			if err != nil || v.State != want || (v.Reason == "session-not-held") != (want == consult.Cancelled) {
				t.Errorf("%+v, want %s, %v", v, want, err)
			}
		}
		late := ask("u1", doctor, session.Start) // it was booked while the session was closed
		if n, err := w.Sweep(ctx); err != nil || n != 1 {
			t.Errorf("%d at the next sweep, %v", n, err)
		}
		if v, err := w.Get(ctx, "u1", late); err != nil || v.State != consult.Cancelled {
			t.Errorf("%+v, %v", v, err)
		}
		if all := w.all("u1", late); all[len(all)-1].Text != string(consult.Cancelled) {
			t.Errorf("the chat says %+v", all)
		}
	})
}

// A thousand patients on two instances race for the thirty numbers of a session: thirty have one
// each, 1 to 30, and all others are told that it is full.
func TestAThousandForThirtyNumbers(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		wards := []*ward{newWard(t, sqlstoretest.Open(t, dsn), nil), newWard(t, sqlstoretest.Open(t, dsn), nil)}
		wards[1].key.Store(10_000)
		numbers := make([]int, 1000)
		var all sync.WaitGroup
		for i := range numbers {
			all.Go(func() {
				w := wards[i%2]
				cmd := w.cmd()
				for {
					v, err := w.Request(t.Context(), cmd, fmt.Sprint("urace", i),
						consult.Wish{Doctor: wideDoctor, Slot: session.Start}, consult.Intake{Complaint: "复诊"})
					switch {
					case errors.Is(err, sqlstore.ErrBusy): // a phone asks again
						continue
					case err == nil:
						numbers[i] = v.Appointment.Number
					case !errors.Is(err, consult.ErrSlotFull):
						t.Errorf("%d: %v", i, err)
					}
					return
				}
			})
		}
		all.Wait()
		slices.Sort(numbers)
		won := numbers[sort.SearchInts(numbers, 1):]
		for i, n := range won {
			if n != i+1 {
				t.Fatalf("numbers %v", won)
			}
		}
		if len(won) != 30 {
			t.Errorf("%d winners", len(won))
		}
	})
}

// TestNeverOversold: patients on two instances race for the last numbers of a session, some give
// theirs back meanwhile.
func TestNeverOversold(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		wards := []*ward{newWard(t, sqlstoretest.Open(t, dsn), nil), newWard(t, sqlstoretest.Open(t, dsn), nil)}
		wards[1].key.Store(1000)
		const patients = 24
		got := make([]*consult.View, patients)
		var all sync.WaitGroup
		for i := range patients {
			all.Go(func() {
				w := wards[i%2]
				v, err := w.book(t.Context(), fmt.Sprint("urace", i))
				switch {
				case err == nil && i%4 == 0:
					if _, err := w.Cancel(t.Context(), w.cmd(), fmt.Sprint("urace", i), v.ID, ""); err != nil {
						t.Errorf("%d: cancel: %v", i, err)
					}
				case err == nil:
					got[i] = v
				case !errors.Is(err, consult.ErrSlotFull) && !errors.Is(err, sqlstore.ErrBusy):
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		all.Wait()
		numbers := map[int]bool{}
		for i, v := range got {
			if v == nil {
				continue
			}
			if n := v.Appointment.Number; numbers[n] || n < 1 || n > session.Capacity {
				t.Errorf("%d has number %d", i, n)
			}
			numbers[v.Appointment.Number] = true
		}
		if len(numbers) == 0 || wards[0].booked() != len(numbers) {
			t.Errorf("%d have an appointment, the book says %d", len(numbers), wards[0].booked())
		}
	})
}
