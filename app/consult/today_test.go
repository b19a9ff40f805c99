package consult_test

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/day"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

func TestTodayCountsVisits(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		ask := func(who string) string {
			v, err := w.Request(ctx, w.cmd(), who, consult.Wish{Doctor: doctor}, consult.Intake{Complaint: "咳嗽"})
			if err != nil {
				t.Fatal(err)
			}
			return v.ID
		}
		old := ask("uyesterday")
		began := time.UnixMilli(w.now.Load())
		w.now.Add(time.Minute.Milliseconds())
		from := time.UnixMilli(w.now.Load())
		taken, dropped := ask("uone"), ask("utwo")
		w.now.Add(10 * time.Minute.Milliseconds())
		if _, err := w.Accept(ctx, w.cmd(), doctor, taken); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Start(ctx, w.cmd(), doctor, taken); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Cancel(ctx, w.cmd(), "utwo", dropped, "不用了"); err != nil {
			t.Fatal(err)
		}
		got, err := day.Count(db.WithContext(ctx), from)
		if err != nil || got.Since == nil || got.Since.Sub(began).Abs() > time.Second {
			t.Fatalf("%+v %v: the first one, %s, waits since %s", got, err, old, began)
		}
		got.Since = nil
		want := day.Visits{Waiting: 1, Active: 1, Asked: 2, Cancelled: 1, Waited: 10}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}
