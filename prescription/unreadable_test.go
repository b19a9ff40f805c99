package prescription_test

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
)

// Damaged rows ended every list they were in and every expiry and refund behind them. The page holds one, and the damaged ones are the oldest.
func TestUnreadablePrescriptionsStopNobody(t *testing.T) {
	for name, damage := range map[string]string{
		"sealed bytes":   "UPDATE prescriptions SET body = ? WHERE id = ?",
		"another type":   "UPDATE prescriptions SET version = 'x' WHERE ? IS NOT NULL AND id = ?",
		"another status": "UPDATE prescriptions SET version = version + 1 WHERE ? IS NOT NULL AND id = ?",
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *ward) {
				if name == "another type" && w.db.Dialect != sqlstore.SQLite {
					t.Skip("columns have types")
				}
				bad := []prescription.ID{w.issued(), w.issued()}
				w.later(time.Minute)
				good := w.issued()
				for _, id := range bad {
					if err := w.db.Exec(damage, []byte("damaged"), string(id)).Error; err != nil {
						t.Fatal(err)
					}
				}
				page, err := w.svc.List(ctx, actor("doc"), prescription.ListInput{})
				if err != nil || len(page.Items) != 1 || page.Items[0].ID != good {
					t.Errorf("the doctor's list: %+v, %v", page, err)
				}
				w.later(4 * 24 * time.Hour)
				if n, err := w.svc.ExpireDue(ctx, w.now(), 1); err != nil || n != 1 {
					t.Errorf("expired %d, %v", n, err)
				}
				if got := w.state(good).Status; got != prescription.Expired {
					t.Errorf("the good one is %s", got)
				}
				if list := w.db.Unreadable(); len(list) != len(bad) || list[0].Table != "prescriptions" {
					t.Errorf("told of %+v", list)
				}
			})
		})
	}
}

// One that fails for another reason does not stop the others either, and is put back for a while.
func TestFailedExpiryIsPutBack(t *testing.T) {
	each(t, func(w *ward) {
		bad := w.issued()
		w.later(time.Minute)
		good := w.issued()
		w.later(4 * 24 * time.Hour)
		// Its next event is there already: storing the step fails.
		if err := w.db.Exec("UPDATE prescription_events SET seq = 2 WHERE prescription = ?", string(bad)).Error; err != nil {
			w.t.Fatal(err)
		}
		n, err := w.svc.ExpireDue(ctx, w.now(), 10)
		if n != 1 || err == nil || w.state(good).Status != prescription.Expired {
			w.t.Errorf("expired %d, %v", n, err)
		}
		if n, err := w.svc.ExpireDue(ctx, w.now(), 10); n != 0 || err != nil {
			w.t.Errorf("tried again at once: %d, %v", n, err)
		}
		w.later(time.Hour)
		if _, err := w.svc.ExpireDue(ctx, w.now(), 10); err == nil {
			w.t.Error("never tried again")
		}
	})
}

// A refund that takes long keeps its place in the list of those due, but not the others out of it.
func TestRefundsDueGoRound(t *testing.T) {
	each(t, func(w *ward) {
		want := map[string]bool{}
		for range 3 {
			id := w.paid()
			if _, err := w.cancel("pat", id); err != nil {
				w.t.Fatal(err)
			}
			if err := w.db.Exec("UPDATE outbox SET state = 'committed'").Error; err != nil {
				w.t.Fatal(err)
			}
			want[string(id)] = true
		}
		for range 3 {
			due, err := w.svc.RefundsDue(ctx, 1)
			if err != nil || len(due) != 1 {
				w.t.Fatalf("%+v, %v", due, err)
			}
			delete(want, due[0].Prescription)
		}
		if len(want) != 0 {
			w.t.Errorf("never listed: %v", want)
		}
	})
}
