package payment_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
)

// One damaged settlement stopped every payment that was under way, every refund and the day's
// report: the first row that did not open ended the loop, every two seconds for ever, and nobody
// was told. Ten are damaged here, all due before the good one, and the page holds five.
func TestUnreadableSettlementsStopNobody(t *testing.T) {
	for name, damage := range map[string]string{
		"sealed bytes": "UPDATE payment_settlements SET fees = ? WHERE rx LIKE 'RX-bad%'",
		"another type": "UPDATE payment_settlements SET pooled = 'x' WHERE rx LIKE 'RX-bad%' AND CAST( ? AS bytea) IS NOT NULL",
		"a sum":        "UPDATE payment_settlements SET pooled = pooled + 1 WHERE rx LIKE 'RX-bad%' AND CAST( ? AS bytea) IS NOT NULL",
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(w *world) {
				ctx := context.Background()
				card := w.bind()
				const bad = 10
				w.bureau.Faults.Add(insurer.OpUpload, insurersandbox.Broken, bad+1)
				for n := range bad {
					rx := "RX-bad" + string(rune('a'+n))
					w.bill(rx)
					if _, err := w.sign(w.prepare(rx, card)); err != nil {
						w.t.Fatal(err)
					}
				}
				w.bill("RX1")
				good, err := w.sign(w.prepare("RX1", card))
				if err != nil || good.Status != payment.Opened {
					w.t.Fatalf("%+v %v", good, err)
				}
				if name == "another type" && w.db.Dialect != sqlstore.SQLite {
					w.t.Skip("columns have types")
				}
				if err := w.db.Exec(damage, []byte("damaged")).Error; err != nil {
					w.t.Fatal(err)
				}
				w.clock.Add(time.Minute)
				for range 1 + bad/5 {
					if _, err := w.service.Reconcile(ctx, w.clock.Now(), 5); err != nil &&
						!errors.Is(err, payment.ErrStored) {
						w.t.Fatal(err)
					}
				}
				if got := w.status(good.ID); got != payment.Settled {
					w.t.Errorf("the good one is %s", got)
				}
				if !slices.Contains(w.alarmKinds(), "unreadable") {
					w.t.Errorf("alarms %v", w.alarmKinds())
				}
				before := len(w.alarms)
				if _, err := w.service.Reconcile(ctx, w.clock.Now(), 100); err != nil || len(w.alarms) != before {
					w.t.Errorf("the damaged ones were not put back: %v", err)
				}
				if err := w.db.Exec(
					"UPDATE payment_settlements SET settled_at = (SELECT settled_at FROM payment_settlements WHERE id = ?) WHERE rx LIKE 'RX-bad%'", good.ID).Error; err != nil {
					w.t.Fatal(err)
				}
				if b, err := w.balance(false); err != nil || len(b.Problems) == 0 {
					w.t.Errorf("the books: %+v %v", b, err)
				}
				if r := w.report(testDay); r.Unread != bad {
					w.t.Errorf("the day's report does not say what it left out: %+v", r)
				}
				if r := w.report(testDay); r.Ours.Settleds != 1 || r.Balanced() {
					w.t.Errorf("the day's report: %+v", r)
				}
			})
		})
	}
}
