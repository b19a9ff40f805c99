package service_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
	"github.com/smart-hospital/hospital/prescription/stock"
)

// change takes goods of D0001 at dis1's pharmacy, counts them, or lets them go.
func (w *ward) change(kind stock.MovementKind, lot, expires string, packages int64) error {
	w.t.Helper()
	in := pharmacy.StockInput{Kind: kind, Packages: packages, Lot: lot, Expires: expires, Reason: "送货单 17",
		Version: w.stock("dis1").Version}
	_, err := w.svc.ChangeStock(ctx, actor("dis1"), w.cmd("dis1", "stock"), "D0001", in)
	return err
}

// receive takes a lot in.
func (w *ward) receive(lot, expires string, packages int64) {
	w.t.Helper()
	if err := w.change(stock.MoveDelivery, lot, expires, packages); err != nil {
		w.t.Fatal(err)
	}
}

// lots are the packages of D0001 by lot at dis1's pharmacy, "" those of no known lot.
func (w *ward) lots() map[string]int64 {
	w.t.Helper()
	v := w.stock("dis1")
	of := map[string]int64{"": v.OnHand}
	for _, l := range v.Lots {
		of[l.Lot], of[""] = l.OnHand, of[""]-l.OnHand
	}
	return of
}

// TestGoodsByLot: each lot is received, counted, written off and sent back by itself, and what was
// here before lots were known stays good.
func TestGoodsByLot(t *testing.T) {
	each(t, func(w *ward) {
		w.count("dis1", 3) // of no known lot
		for _, tt := range []struct {
			kind         stock.MovementKind
			lot, expires string
			packages     int64
			want         error
		}{
			{stock.MoveDelivery, "B1", "2026-11-22", 5, nil}, // its last day is today
			{stock.MoveDelivery, "B2", "2026-11-21", 5, prescription.ErrInvalid},
			{stock.MoveDelivery, "B2", "", 5, prescription.ErrInvalid},
			{stock.MoveDelivery, "", "2027-11-21", 5, prescription.ErrInvalid},
			{stock.MoveDelivery, "B 2", "2027-11-21", 5, prescription.ErrInvalid},
			{stock.MoveDelivery, "B2", "2027-02-30", 5, prescription.ErrInvalid},
			{stock.MoveDelivery, "B1", "2027-01-01", 5, prescription.ErrInvalid}, // another last day
			{stock.MoveDelivery, "B1", "", 1, nil},                               // its last day is known
			{stock.MoveCorrection, "B1", "", 4, nil},
			{stock.MoveCorrection, "", "", 3, prescription.ErrInvalid}, // B1 alone has four
			{stock.MoveCorrection, "", "", 6, nil},
			{stock.MoveWriteOff, "B1", "", 5, prescription.ErrInvalid},
			{stock.MoveWriteOff, "B1", "", 1, nil},
			{stock.MoveReturn, "", "", 3, prescription.ErrInvalid},
			{stock.MoveReturn, "", "", 1, nil},
			{stock.MoveWriteOff, "B9", "2027-01-01", 1, prescription.ErrInvalid},
			{stock.MoveWriteOff, "", "", 0, prescription.ErrInvalid},
		} {
			if err := w.change(tt.kind, tt.lot, tt.expires, tt.packages); !errors.Is(err, tt.want) {
				w.t.Errorf("%+v: %v", tt, err)
			}
		}
		if got, want := w.lots(), map[string]int64{"": 1, "B1": 3}; !reflect.DeepEqual(got, want) {
			w.t.Errorf("%v, want %v", got, want)
		}
		w.balanced()
	})
}

// TestExpiredGoodsAreNotHandedOut: they are not free, no claim reserves them, and neither a scan
// that names them nor one that names no lot takes them.
func TestExpiredGoodsAreNotHandedOut(t *testing.T) {
	each(t, func(w *ward) {
		w.count("dis1", 0)
		w.receive("B1", "2026-11-22", 3)
		held, next := w.claimed(), w.paid()
		w.later(13 * time.Hour) // past midnight in China
		if v := w.stock("dis1"); v.Expired != 3 || v.Free != 0 || v.Reserved != 1 || v.Expires != "2026-11-22" {
			w.t.Errorf("%+v", v)
		}
		if _, err := w.claim("dis1", next); !errors.Is(err, stock.ErrOut) {
			w.t.Errorf("a claim of expired goods: %v", err)
		}
		if _, err := w.dispense("dis1", held, tracecode(1)); !errors.Is(err, stock.ErrOut) {
			w.t.Errorf("only expired goods are left: %v", err)
		}
		w.receive("B2", "2027-11-22", 1)
		for _, code := range []string{
			"(01)06901234567892(17)261122(10)B2(21)S1", // the package itself says that it has expired
			"(01)06901234567892(10)B1(21)S1",           // the books say it of its lot
		} {
			if _, err := w.dispense("dis1", held, code); !errors.Is(err, prescription.ErrRefused) {
				w.t.Errorf("%s: %v", code, err)
			}
		}
		if _, err := w.dispense("dis1", held, "(01)06901234567892(17)271122(10)B2(21)S1"); err != nil {
			w.t.Fatal(err)
		}
		if err := w.change(stock.MoveWriteOff, "B1", "", 3); err != nil {
			w.t.Fatal(err)
		}
		if v := w.stock("dis1"); v.OnHand != 0 || len(v.Lots) != 0 {
			w.t.Errorf("%+v", v)
		}
		// A package that was left behind is known after the write-off, too.
		w.receive("B3", "2027-11-22", 1)
		if _, err := w.claim("dis1", next); err != nil {
			w.t.Fatal(err)
		}
		_, err := w.dispense("dis1", next, "(01)06901234567892(10)B1(21)S1")
		if !errors.Is(err, prescription.ErrRefused) {
			w.t.Errorf("of a lot that was written off: %v", err)
		}
		w.balanced()
	})
}

// TestALotIsReceivedAnew: a last day that was typed wrong is corrected once none is left of the
// lot.
func TestALotIsReceivedAnew(t *testing.T) {
	each(t, func(w *ward) {
		w.count("dis1", 0)
		w.receive("B1", "2028-11-22", 3)
		if err := w.change(stock.MoveDelivery, "B1", "2027-11-22", 3); !errors.Is(err, prescription.ErrInvalid) {
			w.t.Errorf("two last days of one lot: %v", err)
		}
		if err := w.change(stock.MoveCorrection, "B1", "", 0); err != nil {
			w.t.Fatal(err)
		}
		w.receive("B1", "2027-11-22", 3)
		if v := w.stock("dis1"); v.Expires != "2027-11-22" || v.OnHand != 3 {
			w.t.Errorf("%+v", v)
		}
		w.balanced()
	})
}

// TestACountedLotWasThereBefore: goods from before lots were kept are of no known lot; a count that
// names their lot does not make more of them.
func TestACountedLotWasThereBefore(t *testing.T) {
	each(t, func(w *ward) {
		w.count("dis1", 40)
		for _, tt := range []struct {
			counted int64
			want    map[string]int64
		}{
			{30, map[string]int64{"": 10, "B1": 30}},
			{50, map[string]int64{"B1": 50}}, // ten more than the books had
			{45, map[string]int64{"B1": 45}},
		} {
			if err := w.change(stock.MoveCorrection, "B1", "2027-11-22", tt.counted); err != nil {
				w.t.Fatal(err)
			}
			got := w.lots()
			if got[""] == 0 {
				delete(got, "")
			}
			if !reflect.DeepEqual(got, tt.want) {
				w.t.Errorf("counted %d: %v, want %v", tt.counted, got, tt.want)
			}
		}
		w.balanced()
	})
}

// TestWhatIsPromisedStays: good packages are not sent back or written off when only expired ones
// would be left for the prescriptions that were claimed.
func TestWhatIsPromisedStays(t *testing.T) {
	each(t, func(w *ward) {
		w.count("dis1", 0)
		w.receive("B1", "2026-11-22", 1)
		w.receive("B2", "2027-11-22", 1)
		w.claimed()
		w.later(13 * time.Hour) // past midnight in China: B1 has expired
		for _, kind := range []stock.MovementKind{stock.MoveReturn, stock.MoveWriteOff} {
			if err := w.change(kind, "B2", "", 1); !errors.Is(err, prescription.ErrInvalid) {
				w.t.Errorf("%s of what is promised: %v", kind, err)
			}
		}
		if err := w.change(stock.MoveWriteOff, "B1", "", 1); err != nil {
			w.t.Errorf("what has expired: %v", err)
		}
		w.balanced()
	})
}

// TestHandOutTakesTheLotScanned: the lot that the package names, else one of no known lot, else the
// one that expires first.
func TestHandOutTakesTheLotScanned(t *testing.T) {
	each(t, func(w *ward) {
		w.count("dis1", 1)
		w.receive("B1", "2027-11-22", 2)
		w.receive("B2", "2027-06-30", 1)
		for n, step := range []struct {
			code string
			left map[string]int64
		}{
			{"(01)06901234567892(10)B1(21)S1", map[string]int64{"": 1, "B1": 1, "B2": 1}},
			{tracecode(1), map[string]int64{"": 0, "B1": 1, "B2": 1}},
			{tracecode(2), map[string]int64{"": 0, "B1": 1}},
			{"(01)06901234567892(10)B2(21)S2", map[string]int64{"": 0}}, // a lot that is used up in the books
		} {
			if _, err := w.dispense("dis1", w.claimed(), step.code); err != nil {
				w.t.Fatalf("%d: %v", n, err)
			}
			if got := w.lots(); !reflect.DeepEqual(got, step.left) {
				w.t.Errorf("%d: %v, want %v", n, got, step.left)
			}
		}
		w.balanced()
	})
}

// TestStockHistory: who moved what and when, of the own pharmacy only, without a word of a patient.
func TestStockHistory(t *testing.T) {
	each(t, func(w *ward) {
		w.receive("B1", "2027-01-31", 2)
		id := w.claimed()
		if _, err := w.dispense("dis1", id, "(01)06901234567892(10)B1(21)S1"); err != nil {
			w.t.Fatal(err)
		}
		if err := w.change(stock.MoveWriteOff, "B1", "", 1); err != nil {
			w.t.Fatal(err)
		}
		var kinds []stock.MovementKind
		for after, pages := "", 0; pages == 0 || after != ""; pages++ {
			list, next, err := w.svc.Movements(ctx, actor("dis1"), "", after, 2)
			if err != nil || len(list) > 2 || pages > 9 {
				w.t.Fatalf("%+v %v", list, err)
			}
			for _, m := range list {
				kinds = append(kinds, m.Kind)
				if m.Kind != stock.MoveDelivery && m.Person == "" || m.NameZH == "" {
					w.t.Errorf("%+v", m)
				}
			}
			after = next
		}
		want := []stock.MovementKind{"writeoff", "dispense", "claim", "delivery", "delivery"}
		if !reflect.DeepEqual(kinds, want) {
			w.t.Errorf("%v, want %v", kinds, want)
		}
		w.receive("B3", "2027-01-31", 2)
		soon, _, err := w.svc.Expiring(ctx, actor("dis1"), 90, "", 9)
		if err != nil || len(soon) != 1 || soon[0].Lot != "B3" || soon[0].Days != 70 || soon[0].Expired {
			w.t.Errorf("%+v %v", soon, err)
		}
		if soon, _, err = w.svc.Expiring(ctx, actor("dis1"), 30, "", 9); err != nil || len(soon) != 0 {
			w.t.Errorf("%+v %v", soon, err)
		}
		// A reason that cannot be opened hides neither its movement nor what lies behind it.
		err = w.db.Exec("UPDATE stock_movements SET reason = ? WHERE lot = 'B1' AND kind = 'writeoff'", []byte{1}).Error
		if err != nil {
			w.t.Fatal(err)
		}
		all, _, err := w.svc.Movements(ctx, actor("dis1"), "", "", 9)
		if err != nil || len(all) != len(want)+1 || all[1].Reason != "" || all[2].Kind != stock.MoveDispense {
			w.t.Errorf("with one that cannot be opened: %+v %v", all, err)
		}
		if others, _, err := w.svc.Movements(ctx, actor("dis2"), "", "", 9); err != nil || len(others) != 1 {
			w.t.Errorf("%+v %v", others, err)
		}
		for _, who := range []string{"doc", "pat1"} {
			if _, _, err := w.svc.Movements(ctx, actor(who), "", "", 9); !errors.Is(err, prescription.ErrRole) {
				w.t.Errorf("%s: %v", who, err)
			}
			if _, _, err := w.svc.Expiring(ctx, actor(who), 9, "", 9); !errors.Is(err, prescription.ErrRole) {
				w.t.Errorf("%s: %v", who, err)
			}
		}
		for _, cursor := range []string{"x", "1/2", "1/0/D0001", "1/x/D0001"} {
			_, _, err := w.svc.Movements(ctx, actor("dis1"), "", cursor, 9)
			if !errors.Is(err, prescription.ErrInvalid) {
				w.t.Errorf("%q: %v", cursor, err)
			}
		}
	})
}
