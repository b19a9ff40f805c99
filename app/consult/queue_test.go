package consult_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// The newest request stood first and pushed the oldest off the page.
func TestTheQueueIsByWaitingTime(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		ask := func(who, complaint string, slot time.Time) string {
			t.Helper()
			v, err := w.Request(ctx, w.cmd(), who, consult.Wish{Doctor: doctor, Slot: slot},
				consult.Intake{Complaint: complaint})
			if err != nil {
				t.Fatal(err)
			}
			w.now.Add(time.Minute.Milliseconds())
			return v.ID
		}
		// booked first for tomorrow, and asked after the session began: neither overtakes who
		// waited before
		booked2 := ask("ubooked1", "复诊", session.Start)
		first := ask("uone", "咳嗽", time.Time{})
		second := ask("utwo", "胸痛两小时，无呼吸困难", time.Time{})
		booked3 := ask("ubooked2", "复诊", session.Start)
		w.now.Store(session.Start.Add(time.Minute).UnixMilli())
		late := ask("ulate", "无胸痛，咳嗽", time.Time{})

		queue := func(limit int) (ids []string) {
			t.Helper()
			for before := ""; ; {
				page, err := w.List(ctx, doctor, consult.SideDoctor, consult.Filter{Queue: true,
					Before: before, Limit: limit,
					States: []consult.State{consult.Requested, consult.Accepted, consult.Active}})
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range page {
					ids = append(ids, v.ID)
				}
				if len(page) < limit {
					return ids
				}
				before = page[len(page)-1].ID
			}
		}
		want := []string{first, second, booked2, booked3, late}
		for limit := 1; limit <= 6; limit++ {
			if got := queue(limit); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("pages of %d: %v, want %v", limit, got, want)
			}
		}
		q, err := w.Queue(ctx, doctor)
		if err != nil || q.Waiting != 5 || q.Active != 0 || q.Later != 0 || q.Since == nil {
			t.Errorf("%+v, %v", q, err)
		}
		for id, place := range map[string]int{first: 1, second: 2, booked2: 3, booked3: 4, late: 5} {
			v, err := w.Get(ctx, doctor, id)
			if err != nil || v.Queue != nil {
				t.Fatalf("the doctor is told a place: %+v, %v", v, err)
			}
			who := v.Patient
			if v, err = w.Get(ctx, who, id); err != nil || v.Queue == nil || v.Queue.Place != place ||
				v.Queue.Measured != 0 || v.Urgent != nil {
				t.Errorf("%s: %+v, %v", who, v, err)
			}
		}
		marks := func(id string) string {
			v, err := w.Get(ctx, doctor, id)
			if err != nil {
				t.Fatal(err)
			}
			list := []string{}
			for _, m := range v.Urgent {
				list = append(list, fmt.Sprint(m.Kind, " ", m.Level, " ", m.Word))
			}
			return strings.Join(list, "; ")
		}
		if marks(second) != "words 2 胸痛 … 两小时" || marks(late) != "" || marks(booked2) != "session 0 " ||
			marks(first) != "" {
			t.Error(marks(second), marks(late), marks(booked2), marks(first))
		}
		w.now.Store(session.End.Add(-time.Hour).UnixMilli())
		if marks(booked2) != "session 0 ; ending 0 " {
			t.Error(marks(booked2))
		}
	})
}

// Nothing is told before enough was measured, and what is told is what was measured.
func TestTheRangeOfWaitingIsMeasured(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		ask := func(who string) string {
			t.Helper()
			v, err := w.Request(ctx, w.cmd(), who, consult.Wish{Doctor: doctor}, consult.Intake{Complaint: "咳嗽"})
			if err != nil || v.Queue != nil {
				t.Fatal(v, err)
			}
			return v.ID
		}
		place := func(who, id string) consult.Place {
			t.Helper()
			v, err := w.Get(ctx, who, id)
			if err != nil || v.Queue == nil {
				t.Fatal(v, err)
			}
			list, err := w.List(ctx, who, consult.SidePatient, consult.Filter{Limit: 1})
			if err != nil || len(list) != 1 || list[0].Queue == nil || *list[0].Queue != *v.Queue {
				t.Fatal(list, err)
			}
			return *v.Queue
		}
		// five patients waited 10, 20, 30, 40 and 50 minutes, each alone
		for i := range 5 {
			who := fmt.Sprintf("upast%d", i)
			id := ask(who)
			if p := place(who, id); p != (consult.Place{Place: 1}) {
				t.Errorf("an estimate out of %d waits: %+v", i, p)
			}
			w.now.Add((time.Duration(i+1) * 10 * time.Minute).Milliseconds())
			for _, do := range w.steps() {
				if _, err := do(ctx, w.cmd(), doctor, id); err != nil {
					t.Fatal(err)
				}
			}
		}
		a := ask("ua")
		w.now.Add(time.Second.Milliseconds())
		b := ask("ub")
		if p := place("ua", a); p != (consult.Place{Place: 1, Measured: 5, FromMinutes: 10, ToMinutes: 50}) {
			t.Errorf("%+v", p)
		}
		if p := place("ub", b); p != (consult.Place{Place: 2, Measured: 5, FromMinutes: 20, ToMinutes: 100}) {
			t.Errorf("%+v", p)
		}
		if _, err := w.Cancel(ctx, w.cmd(), "ua", a, ""); err != nil {
			t.Fatal(err)
		}
		if p := place("ub", b); p.Place != 1 {
			t.Errorf("the one ahead has gone: %+v", p)
		}
		w.now.Add((51 * time.Minute).Milliseconds())
		if p := place("ub", b); p != (consult.Place{Place: 1, Measured: 5, Longer: true}) {
			t.Errorf("waits longer than anybody: %+v", p)
		}
	})
}
