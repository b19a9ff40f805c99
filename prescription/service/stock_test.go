package service_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
	"github.com/smart-hospital/hospital/prescription/stock"
	"github.com/smart-hospital/hospital/prescription/view"
)

// stock is a pharmacy's line of D0001 as its pharmacist sees it.
func (w *ward) stock(who string) pharmacy.StockView {
	w.t.Helper()
	list, err := w.svc.StockList(ctx, actor(who), []string{"D0001"}, false, "", 0)
	if err != nil || len(list) != 1 {
		w.t.Fatalf("%v %v", list, err)
	}
	return list[0]
}

func (w *ward) count(who string, packages int64) {
	w.t.Helper()
	in := pharmacy.StockInput{Kind: stock.MoveCorrection, Packages: packages, Reason: "盘点差异",
		Version: w.stock(who).Version}
	if _, err := w.svc.ChangeStock(ctx, actor(who), w.cmd(who, "stock"), "D0001", in); err != nil {
		w.t.Fatal(err)
	}
}

// balanced holds the stock's books against themselves and against the claimed prescriptions.
func (w *ward) balanced() {
	w.t.Helper()
	faults, err := gormstore.New(sqlstoretest.Box()).StockFaults(ctx, w.db.DB)
	if err != nil || len(faults) > 0 {
		w.t.Fatalf("stock: %v %v", faults, err)
	}
}

// TestTheMinimumOfADrugThatLeftTheCatalogue: the pharmacy lets go of it, and sets no new one.
func TestTheMinimumOfADrugThatLeftTheCatalogue(t *testing.T) {
	each(t, func(w *ward) {
		const gone = "D9999"
		set := func(minimum int64) error {
			_, err := w.svc.SetMinimum(ctx, actor("dis1"), w.cmd("dis1", "minimum"), gone, minimum)
			return err
		}
		rows := func() (n int64) {
			if err := w.db.Table("stock_minimums").Where("drug = ?", gone).Count(&n).Error; err != nil {
				w.t.Fatal(err)
			}
			return n
		}
		if err := set(0); err != nil || rows() != 0 {
			w.t.Errorf("one that was never set: %v, %d rows", err, rows())
		}
		err := w.db.Exec("INSERT INTO stock_minimums (pharmacy, drug, minimum, person, set_at) VALUES (?, ?, 5, 'x', 0)",
			actor("dis1").Org, gone).Error
		if err != nil {
			w.t.Fatal(err)
		}
		short := func() int {
			list, err := w.svc.StockList(ctx, actor("dis1"), nil, true, "", 0)
			if err != nil {
				w.t.Fatal(err)
			}
			return len(list)
		}
		if err := set(7); !errors.Is(err, prescription.ErrInvalid) || short() != 1 {
			w.t.Errorf("a new one: %v, %d short", err, short())
		}
		if err := set(0); err != nil || short() != 0 {
			w.t.Errorf("taken away: %v, %d short", err, short())
		}
	})
}

func TestStockFollowsTheSteps(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		w.count("dis1", 2)
		want := func(step string, onHand, reserved int64) {
			t.Helper()
			if s := w.stock("dis1"); s.OnHand != onHand || s.Reserved != reserved || s.Free != onHand-reserved {
				t.Errorf("after %s: %+v, want %d on hand, %d reserved", step, s, onHand, reserved)
			}
			w.balanced()
		}
		one, two, three := w.paid(), w.paid(), w.paid()
		for _, id := range []prescription.ID{one, two} {
			if _, err := w.claim("dis1", id); err != nil {
				t.Fatal(err)
			}
		}
		want("two claims", 2, 2)
		_, err := w.claim("dis1", three)
		short, ok := errors.AsType[*stock.OutError](err)
		if !ok || len(short.Missing) != 1 || short.Missing[0] != (stock.Shortage{Item: 0, Needed: 1, Free: 0}) ||
			!errors.Is(err, stock.ErrOut) {
			t.Errorf("a third claim: %v", err)
		}
		have, err := w.svc.Availability(ctx, actor("pat"), string(three))
		if err != nil || have[0].Complete || len(have[0].Missing) != 1 || !have[1].Complete {
			t.Errorf("availability: %+v %v", have, err)
		}
		if have, err = w.svc.Availability(ctx, actor("pat"), string(one)); err != nil || !have[0].Complete {
			t.Errorf("the holder's own reservation: %+v %v", have, err)
		}
		if _, err := w.svc.Availability(ctx, actor("pat2"), string(one)); !errors.Is(err, prescription.ErrNotFound) {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := w.release("dis1", one); err != nil {
			t.Fatal(err)
		}
		want("a release", 2, 1)
		if _, err := w.dispense("dis1", two, tracecode(1)); err != nil {
			t.Fatal(err)
		}
		want("a dispensing", 1, 0)
		if _, err := w.claim("dis1", three); err != nil {
			t.Errorf("claimed after all: %v", err)
		}
		want("the third claim", 1, 1)
		w.later(4 * 24 * time.Hour)
		// the released one; a claimed one does not expire
		if n, err := w.svc.ExpireDue(ctx, w.now(), 10); err != nil || n != 1 {
			t.Errorf("%d expired, %v", n, err)
		}
		want("the sweep", 1, 1)
	})
}

// TestStockGoneBetweenPreparingAndSigning: the signature of a claim that came too late takes
// nothing.
func TestStockGoneBetweenPreparingAndSigning(t *testing.T) {
	each(t, func(w *ward) {
		w.count("dis1", 1)
		late, first := w.paid(), w.paid()
		in := w.prepareClaim("dis1", late, w.code(late))
		if _, err := w.claim("dis1", first); err != nil {
			w.t.Fatal(err)
		}
		if _, err := w.sign("dis1", in); !errors.Is(err, stock.ErrOut) {
			w.t.Errorf("%v", err)
		}
		if st := w.state(late); st.Status != prescription.Paid {
			w.t.Errorf("it is %s", st.Status)
		}
		w.balanced()
	})
}

func TestChangeStock(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		id := w.paid()
		if _, err := w.claim("dis1", id); err != nil {
			t.Fatal(err)
		}
		good := pharmacy.StockInput{Kind: stock.MoveDelivery, Packages: 5, Reason: "送货单 17",
			Version: w.stock("dis1").Version}
		for _, tt := range []struct {
			name   string
			who    string
			drug   string
			change func(*pharmacy.StockInput)
			want   error
		}{
			{"a doctor", "doc", "D0001", func(*pharmacy.StockInput) {}, prescription.ErrRole},
			{"unknown drug", "dis1", "D9999", func(*pharmacy.StockInput) {}, prescription.ErrInvalid},
			{"a step's kind", "dis1", "D0001", func(in *pharmacy.StockInput) { in.Kind = stock.MoveClaim },
				prescription.ErrInvalid},
			{"nothing delivered", "dis1", "D0001", func(in *pharmacy.StockInput) { in.Packages = 0 },
				prescription.ErrInvalid},
			{"too many together", "dis1", "D0001",
				func(in *pharmacy.StockInput) { in.Packages = stock.MaxOnHand }, prescription.ErrInvalid},
			{"no reason", "dis1", "D0001", func(in *pharmacy.StockInput) { in.Reason = " " },
				prescription.ErrInvalid},
			{"below what is reserved", "dis1", "D0001",
				func(in *pharmacy.StockInput) { in.Kind, in.Packages = stock.MoveCorrection, 0 },
				prescription.ErrInvalid},
			{"another version", "dis1", "D0001", func(in *pharmacy.StockInput) { in.Version-- },
				sqlstore.ErrConflict},
			{"a drug it never had", "dis1", "D0002", func(in *pharmacy.StockInput) { in.Version = 0 }, nil},
			{"good", "dis1", "D0001", func(*pharmacy.StockInput) {}, nil},
		} {
			in := good
			tt.change(&in)
			if _, err := w.svc.ChangeStock(ctx, actor(tt.who), w.cmd(tt.who, "stock"), tt.drug,
				in); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
			}
		}
		if s := w.stock("dis1"); s.OnHand != plenty+5 || s.Reserved != 1 || s.NameZH == "" {
			t.Errorf("%+v", s)
		}
		if err := w.svc.FillStock(ctx, "ph1", map[string]int64{"D0001": 7, "D0003": 7}, "首次入库"); err != nil {
			t.Error(err)
		}
		page, err := w.svc.StockList(ctx, actor("dis1"), nil, false, "D0001", 5)
		if err != nil || len(page) != 2 || page[0].OnHand != 5 || page[1].OnHand != 7 ||
			w.stock("dis1").OnHand != plenty+5 {
			t.Errorf("filling again: %+v %v", page, err)
		}
		w.balanced()
	})
}

// TestStockIsNeverNegative: more claims than packages, with releases and dispensings between them,
// all at once. After it no line is below zero, the movements add up, and the reservations are those
// of the claimed prescriptions.
func TestStockIsNeverNegative(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	const patients, packages, rounds = 12, 4, 6
	each(t, func(w *ward) {
		w.count("dis1", packages)
		paid := w.state(w.paid())
		ids := make([]prescription.ID, patients)
		for n := range ids {
			ids[n] = w.clone(paid, uint64(n))
		}
		refused, dispensed := 0, 0
		var mu sync.Mutex
		var wg sync.WaitGroup
		for n, id := range ids {
			wg.Go(func() {
				r := rand.New(rand.NewPCG(seed, uint64(n)))
				for round := range rounds {
					_, err := w.claimWith("dis1", id, paid.AccessCode)
					if err == nil {
						if r.IntN(3) == 0 {
							_, err = w.dispense("dis1", id, tracecode(n*rounds+round))
						} else {
							_, err = w.release("dis1", id)
						}
					}
					mu.Lock()
					switch {
					case errors.Is(err, stock.ErrOut):
						refused++
					case err != nil && !expected(err) && !errors.Is(err, sqlstore.ErrBusy):
						w.t.Errorf("%v", err)
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for _, id := range ids {
			if w.state(id).Status == prescription.Dispensed {
				dispensed++
			}
		}
		s := w.stock("dis1")
		w.t.Logf("refused %d, dispensed %d, left %+v", refused, dispensed, s)
		if s.OnHand != int64(packages-dispensed) || s.Free < 0 || dispensed > packages {
			w.t.Errorf("%d packages, %d dispensed, left %+v", packages, dispensed, s)
		}
		w.balanced()
	})
}

func (w *ward) claimWith(who string, id prescription.ID, code string) (*view.View, error) {
	return w.both(who, func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareClaim(ctx, a, string(id), lifecycle.ClaimInput{AccessCode: code})
	})
}

// TestStockFaultsAreSeen: an audit that finds nothing in broken books would prove nothing.
func TestStockFaultsAreSeen(t *testing.T) {
	for name, change := range map[string]string{
		"a package vanished":        "UPDATE pharmacy_stock SET on_hand = on_hand - 1 WHERE pharmacy = 'ph1'",
		"a reservation vanished":    "UPDATE pharmacy_stock SET reserved = 0 WHERE pharmacy = 'ph1'",
		"a movement vanished":       "DELETE FROM stock_movements WHERE pharmacy = 'ph1' AND version = 2",
		"a movement was rewritten":  "UPDATE stock_movements SET on_hand = 1 WHERE pharmacy = 'ph1' AND version = 1",
		"a lot vanished":            "DELETE FROM stock_lots WHERE pharmacy = 'ph1'",
		"a lot grew":                "UPDATE stock_lots SET on_hand = on_hand + 1 WHERE pharmacy = 'ph1'",
		"a lot is invented":         "INSERT INTO stock_lots (pharmacy, drug, lot, expires, on_hand) VALUES ('ph2', 'D0001', 'X', '2030-01-01', 1)",
		"a whole line is invented":  "INSERT INTO pharmacy_stock (pharmacy, drug, on_hand, reserved, version) VALUES ('ph9', 'D0001', 1, 0, 1)",
		"both sides, but no claims": "UPDATE pharmacy_stock SET reserved = 2, version = 4 WHERE pharmacy = 'ph1'; INSERT INTO stock_movements SELECT pharmacy, drug, 4, kind, 0, 1, reference, person, reason, moved_at, lot FROM stock_movements WHERE pharmacy = 'ph1' AND version = 2",
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *ward) {
				if _, err := w.claim("dis1", w.paid()); err != nil {
					w.t.Fatal(err)
				}
				w.receive("LOT1", "2027-06-30", 4)
				w.balanced()
				if err := w.db.Exec(change).Error; err != nil {
					w.t.Fatal(err)
				}
				faults, err := gormstore.New(sqlstoretest.Box()).StockFaults(ctx, w.db.DB)
				if err != nil || len(faults) == 0 {
					w.t.Errorf("%v %v", faults, err)
				}
			})
		})
	}
}

// TestMovementsNamePatientsToNobody: who reads the table must not learn which prescription took a
// drug.
func TestMovementsNamePatientsToNobody(t *testing.T) {
	each(t, func(w *ward) {
		v, err := w.claim("dis1", w.paid())
		if err != nil {
			w.t.Fatal(err)
		}
		if n := count(w,
			"SELECT count(*) FROM stock_movements WHERE kind = 'claim' AND reference <> '' AND reference <> ?",
			v.Record); n != 1 {
			w.t.Errorf("%d claims with a hidden reference", n)
		}
		var reason []byte
		if err := w.db.Raw("SELECT reason FROM stock_movements WHERE version = 1 AND pharmacy = 'ph1'").Row().
			Scan(&reason); err != nil || len(reason) == 0 || string(reason) == "首次入库" {
			w.t.Errorf("%q %v", reason, err)
		}
	})
}

// TestMove is the contract of Stock.
func TestMove(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		store := gormstore.New(sqlstoretest.Box())
		move := func(list ...stock.Movement) error {
			return w.db.Tx(ctx, func(tx *gorm.DB) error { return store.Move(tx, list) })
		}
		m := func(drug string, onHand, reserved, version int64) stock.Movement {
			return stock.Movement{Pharmacy: "ph7", Drug: drug, Kind: stock.MoveCorrection, OnHand: onHand,
				Reserved: reserved, Version: version, At: noon}
		}
		for i, tt := range []struct {
			list []stock.Movement
			want error
		}{
			{[]stock.Movement{m("A", 3, 0, 0), m("B", 1, 0, 0)}, nil},
			{[]stock.Movement{m("A", 1, 0, 0)}, sqlstore.ErrConflict},
			// all or nothing
			{[]stock.Movement{m("A", 0, 2, stock.AnyVersion), m("B", 0, 2, stock.AnyVersion)},
				stock.ErrOut},
			{[]stock.Movement{m("A", 0, 2, stock.AnyVersion)}, nil},
			// promised ones stay
			{[]stock.Movement{m("A", -2, 0, stock.AnyVersion)}, stock.ErrOut},
			{[]stock.Movement{m("C", 0, 1, stock.AnyVersion)}, stock.ErrOut},
			{[]stock.Movement{m("A", -2, -2, stock.AnyVersion)}, nil},
		} {
			if err := move(tt.list...); !errors.Is(err, tt.want) {
				t.Errorf("%d: %v, want %v", i, err, tt.want)
			}
		}
		if err := move(m("A", 0, -1, stock.AnyVersion)); err == nil ||
			errors.Is(err, stock.ErrOut) {
			t.Errorf("giving back what is not reserved: %v", err)
		}
		lines, err := store.StockOf(w.db.DB, "ph7", []string{"A", "B", "C"})
		want := []stock.Line{{Pharmacy: "ph7", Drug: "A", OnHand: 1, Version: 3},
			{Pharmacy: "ph7", Drug: "B", OnHand: 1, Version: 1}}
		if err != nil || fmt.Sprint(lines) != fmt.Sprint(want) {
			t.Errorf("%+v %v", lines, err)
		}
		w.balanced()
	})
}
