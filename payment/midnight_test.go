package payment_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/money"
)

// TestSignedAfterMidnight: what was prepared before midnight in China rests on a year and a
// deductible that have ended. Nothing is opened; prepared anew it is the new day's split.
func TestSignedAfterMidnight(t *testing.T) {
	eachWorld(t, func(w *world) {
		lateOn := time.Date(2026, 12, 31, 23, 50, 0, 0, china.Zone)
		w.bill("RX1")
		card := w.bind()
		w.clock.Add(lateOn.Sub(w.clock.Now()))
		quote := func() money.Split {
			q, err := w.service.Quote(context.Background(), w.patient, "RX1")
			if err != nil {
				w.t.Fatal(err)
			}
			return q.Split
		}
		before := quote()
		in := w.prepare("RX1", card)
		w.clock.Add(14 * time.Minute)
		if _, err := w.sign(in); !errors.Is(err, payment.ErrStale) {
			w.t.Errorf("signed at 00:04: %v", err)
		}
		orders := 0
		err := w.bureau.DB.Raw("SELECT count(*) FROM bureau_orders").Scan(&orders).Error
		if views, verr := w.service.Of(context.Background(), w.patient, "RX1"); err != nil || verr != nil ||
			len(views) != 0 || orders != 0 {
			w.t.Errorf("%d settlements, %d orders at the bureau, %v %v", len(views), orders, err, verr)
		}
		view, err := w.sign(w.prepare("RX1", card))
		if err != nil || view.Status != payment.Settled || view.Split == before ||
			view.Split.Deductible <= before.Deductible {
			w.t.Errorf("prepared anew: %+v %v, before midnight %+v", view, err, before)
		}
	})
}

// TestSignedBeforeMidnight: the same day until its last moment, also where UTC has another date at
// each end.
func TestSignedBeforeMidnight(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		card := w.bind()
		w.clock.Add(time.Date(2026, 12, 31, 23, 50, 0, 0, china.Zone).Sub(w.clock.Now()))
		in := w.prepare("RX1", card)
		w.clock.Add(9*time.Minute + 58*time.Second)
		if view, err := w.sign(in); err != nil || view.Status != payment.Settled {
			w.t.Errorf("signed at 23:59:58: %+v %v", view, err)
		}
		w.bill("RX2")
		w.clock.Add(time.Date(2027, 1, 1, 7, 55, 0, 0, china.Zone).Sub(w.clock.Now()))
		in = w.prepare("RX2", card)
		w.clock.Add(10 * time.Minute) // UTC's midnight
		if view, err := w.sign(in); err != nil || view.Status != payment.Settled {
			w.t.Errorf("signed at 08:05: %+v %v", view, err)
		}
	})
}
