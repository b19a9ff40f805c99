package payment_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
)

// stubborn refuses every refund and counts how often it is asked anything about one.
type stubborn struct {
	bureau.Insurer
	asked *atomic.Int64
}

func (s stubborn) Refund(context.Context, bureau.RefundOrder) (bureau.Answer, error) {
	s.asked.Add(1)
	return bureau.Answer{}, fmt.Errorf("%w: no", bureau.ErrRefused)
}

// A refund that the insurer refuses stays due in the prescription room. It is tried again at the
// settlement's own, growing pace. (It was tried, and alarmed, at every sweep: every two seconds for
// ever, ahead of everybody's open payments.)
func TestRefusedRefundKeepsItsPace(t *testing.T) {
	eachWorld(t, func(w *world) {
		var asked atomic.Int64
		w.bill("RX1")
		w.config.Insurer = stubborn{w.config.Insurer, &asked}
		w.restart()
		view := w.pay("RX1")
		w.ward.void("RX1")
		const sweeps, every = 150, 2 * time.Second // five minutes of the application's sweeps
		for range sweeps {
			w.clock.Add(every)
			if _, err := w.service.Reconcile(context.Background(), w.clock.Now(), 100); err != nil {
				w.t.Fatal(err)
			}
		}
		// At once, and then after 2, 4, 8, 16, 32, 64, 128 seconds.
		if n := asked.Load(); n < 6 || n > 9 {
			w.t.Errorf("asked %d times in five minutes, with %d alarms", n, len(w.alarms))
		}
		if got := w.status(view.ID); got != payment.Refunding {
			w.t.Errorf("status %s", got)
		}
	})
}
