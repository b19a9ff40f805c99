package payment_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/books"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
)

const testDay = "2026-05-04"

func (w *world) report(day string) books.Report {
	w.t.Helper()
	r, err := books.DayReport(context.Background(), w.service, day)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func TestDayReport(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.pay("RX1")
		r := w.report(testDay)
		if !r.Balanced() || len(r.Differences) != 0 || r.Ours.Settleds != 1 || r.Ours.Settled != wantSplit.Parts() ||
			r.Ours != r.Theirs {
			w.t.Errorf("%+v", r)
		}
		w.ward.void("RX1")
		w.clock.Add(24 * time.Hour)
		w.reconcile(time.Minute)
		if r := w.report(testDay); !r.Balanced() || r.Ours.Refundeds != 0 {
			w.t.Errorf("the day of the settlement: %+v", r)
		}
		if r := w.report("2026-05-05"); !r.Balanced() || r.Ours.Settleds != 0 || r.Ours.Refunded != wantSplit.Parts() {
			w.t.Errorf("the day of the refund: %+v", r)
		}
		if r := w.report("2026-05-06"); !r.Balanced() || r.Ours != (bureau.Totals{}) {
			w.t.Errorf("an empty day: %+v", r)
		}
		_, err := books.DayReport(context.Background(), w.service, "2026-02-30")
		if !errors.Is(err, payment.ErrInvalid) {
			w.t.Errorf("no day: %v", err)
		}
	})
}

// The bureau settled, we do not know yet: a difference, but an explained one.
func TestDayReportUnderWay(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.bureau.Faults.Add(insurer.OpPay, insurersandbox.Lost, 1)
		view := w.pay("RX1")
		r := w.report(testDay)
		if len(r.Differences) != 1 || r.Differences[0].Number != view.ID ||
			r.Differences[0].Explained != "under way: opened" || !r.Balanced() {
			w.t.Errorf("%+v", r.Differences)
		}
		b, err := w.balance(true)
		if err != nil || len(b.Problems) == 0 {
			w.t.Errorf("an audit calls unfinished books balanced: %+v, %v", b, err)
		}
	})
}

// A reversed settlement is in the bureau's books twice and in ours not at all.
func TestDayReportReversed(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.bureau.Faults.Add(insurer.OpPay, insurersandbox.Amounts, 1)
		if view := w.pay("RX1"); view.Status != payment.Failed {
			w.t.Fatalf("status %s", view.Status)
		}
		r := w.report(testDay)
		if len(r.Differences) != 1 || r.Differences[0].Explained != "reversed" || !r.Balanced() {
			w.t.Errorf("%+v", r)
		}
		w.balanced()
	})
}

// Somebody took a fen in our database, or a row the bureau has: nothing explains it, so it is
// alarmed.
func TestBooksThatDiffer(t *testing.T) {
	for name, crime := range map[string]string{
		"a fen taken":     "UPDATE payment_settlements SET cash = cash - 1, account = account + 1",
		"a row forgotten": "DELETE FROM payment_settlements",
		"a day moved":     "UPDATE payment_settlements SET settled_at = settled_at + 86400000",
		"a status turned": "UPDATE payment_settlements SET status = 'failed', settled_at = 0",
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(w *world) {
				w.bill("RX1")
				w.pay("RX1")
				for _, statement := range []string{"DELETE FROM payment_events", crime} {
					if err := w.db.Exec(statement).Error; err != nil {
						w.t.Fatal(err)
					}
				}
				if r := w.report(testDay); r.Balanced() {
					w.t.Errorf("nothing noticed: %+v", r)
				}
				if !slices.Contains(w.alarmKinds(), "books-differ") {
					w.t.Error("no alarm")
				}
			})
		})
	}
}

func TestAuditNoticesBrokenRows(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.pay("RX1")
		if err := w.db.Exec("UPDATE payment_settlements SET pooled = pooled - 1").Error; err != nil {
			w.t.Fatal(err)
		}
		b, err := w.balance(false)
		if err != nil || len(b.Problems) == 0 {
			w.t.Errorf("%+v, %v", b, err)
		}
	})
}
