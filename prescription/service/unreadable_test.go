package service_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
	"github.com/smart-hospital/hospital/prescription/reading"
	"github.com/smart-hospital/hospital/prescription/stock"
)

// Damaged rows ended every list they were in and every expiry and refund behind them. The page
// holds one, and the damaged ones are the oldest.
func TestUnreadablePrescriptionsStopNobody(t *testing.T) {
	for name, damage := range map[string]string{
		"sealed bytes":   "UPDATE prescriptions SET body = ? WHERE id = ?",
		"another type":   "UPDATE prescriptions SET version = 'x' WHERE CAST( ? AS bytea) IS NOT NULL AND id = ?",
		"another status": "UPDATE prescriptions SET version = version + 1 WHERE CAST( ? AS bytea) IS NOT NULL AND id = ?",
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *ward) {
				if name == "another type" && w.db.Dialect != sqlstore.SQLite {
					w.t.Skip("columns have types")
				}
				bad := []prescription.ID{w.issued(), w.issued()}
				w.later(time.Minute)
				good := w.issued()
				for _, id := range bad {
					if err := w.db.Exec(damage, []byte("damaged"), string(id)).Error; err != nil {
						w.t.Fatal(err)
					}
				}
				page, err := w.svc.List(ctx, actor("doc"), reading.ListInput{})
				if err != nil || len(page.Items) != 1 || page.Items[0].ID != good {
					w.t.Errorf("the doctor's list: %+v, %v", page, err)
				}
				w.later(4 * 24 * time.Hour)
				if n, err := w.svc.ExpireDue(ctx, w.now(), 1); err != nil || n != 1 {
					w.t.Errorf("expired %d, %v", n, err)
				}
				if got := w.state(good).Status; got != prescription.Expired {
					w.t.Errorf("the good one is %s", got)
				}
				if list := w.db.Unreadable(); len(list) != len(bad) || list[0].Table != "prescriptions" {
					w.t.Errorf("told of %+v", list)
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
		if err := w.db.Exec("UPDATE prescription_events SET seq = 2 WHERE prescription = ?",
			string(bad)).Error; err != nil {
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

// A damaged line of a shelf ended the pharmacy's list, every patient's look for a pharmacy and the
// audit of all stock. What rests on the line itself fails: nobody knows how much of it there is.
func TestUnreadableStockStopsOnlyItself(t *testing.T) {
	each(t, func(w *ward) {
		if w.db.Dialect != sqlstore.SQLite {
			w.t.Skip("columns have types")
		}
		for _, drug := range []string{"D0002", "D0003", "D0004"} {
			in := pharmacy.StockInput{Kind: stock.MoveDelivery, Packages: 3, Reason: "送货单 17"}
			if _, err := w.svc.ChangeStock(ctx, actor("dis1"), w.cmd("dis1", "stock"), drug, in); err != nil {
				w.t.Fatal(err)
			}
		}
		before, err := w.svc.StockList(ctx, actor("dis1"), nil, false, "", 0)
		if err != nil {
			w.t.Fatal(err)
		}
		id := w.paid()
		for _, p := range []prescription.ID{id, w.paid()} {
			if _, err := w.svc.Choose(ctx, actor("pat"), w.cmd("pat", "choose"), string(p), "ph1"); err != nil {
				w.t.Fatal(err)
			}
		}
		if err := w.db.Exec(
			"UPDATE pharmacy_stock SET version = 'x' WHERE pharmacy = 'ph1' AND drug = 'D0001'").Error; err != nil {
			w.t.Fatal(err)
		}
		for _, limit := range []int{2, 100} {
			list, err := w.svc.StockList(ctx, actor("dis1"), nil, false, "", limit)
			if err != nil || len(list) != min(limit, len(before)-1) || list[0].Drug != "D0002" {
				w.t.Errorf("a page of %d: %+v, %v", limit, list, err)
			}
		}
		if list, err := w.svc.Availability(ctx, actor("pat"), string(id)); err != nil || len(list) < 2 ||
			list[0].Complete {
			w.t.Errorf("where the patient may go: %+v, %v", list, err)
		}
		if list, err := w.svc.Incoming(ctx, actor("dis1")); err != nil || len(list) != 2 || list[0].Complete {
			w.t.Errorf("who comes: %+v, %v", list, err)
		}
		if _, err := w.svc.StockList(ctx, actor("dis1"), []string{"D0001"}, false, "", 0); !errors.Is(err,
			lifecycle.ErrStored) {
			w.t.Errorf("the line itself: %v", err)
		}
		if _, err := w.claim("dis1", id); !errors.Is(err, lifecycle.ErrStored) {
			w.t.Errorf("a claim of it: %v", err)
		}
		faults, err := gormstore.New(sqlstoretest.Box()).StockFaults(ctx, w.db.DB)
		if err != nil || !slices.ContainsFunc(faults,
			func(f string) bool { return strings.HasPrefix(f, "ph1 D0001: ") && strings.Contains(f, "version") }) {
			w.t.Errorf("the audit: %q, %v", faults, err)
		}
		if err := w.db.Exec("UPDATE pharmacy_choices SET chosen_at = 'x' WHERE prescription = ?",
			string(id)).Error; err != nil {
			w.t.Fatal(err)
		}
		if list, err := w.svc.Incoming(ctx, actor("dis1")); err != nil || len(list) != 1 || list[0].ID == id {
			w.t.Errorf("who comes, of two choices: %+v, %v", list, err)
		}
		if got := fmt.Sprint(w.db.Unreadable()); len(w.db.Unreadable()) != 2 ||
			!strings.Contains(got, "pharmacy_choices "+string(id)) ||
			!strings.Contains(got, "pharmacy_stock ph1/D0001") {
			w.t.Errorf("told of %s", got)
		}
	})
}
