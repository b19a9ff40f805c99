package service_test

import (
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
	"github.com/smart-hospital/hospital/prescription/reading"
	"github.com/smart-hospital/hospital/prescription/stock"
)

// TestIncomingIsReadAtOnce: the list of who comes takes as many statements for seven prescriptions
// as for one, and says the same of each: what came in was read one by one.
func TestIncomingIsReadAtOnce(t *testing.T) {
	each(t, func(w *ward) {
		in := pharmacy.StockInput{Kind: stock.MoveCorrection, Packages: 3, Reason: "盘点差异",
			Version: w.stock("dis1").Version}
		if _, err := w.svc.ChangeStock(ctx, actor("dis1"), w.cmd("dis1", "stock"), "D0001", in); err != nil {
			t.Fatal(err)
		}
		comes := func(n int) {
			for range n {
				id := w.paid()
				if _, err := w.svc.Choose(ctx, actor("pat"), w.cmd("pat", "choose"), string(id), "ph1"); err != nil {
					t.Fatal(err)
				}
			}
		}
		read := func(want int) uint64 {
			before := sqlstore.Statements()
			list, err := w.svc.Incoming(ctx, actor("dis1"))
			sent := sqlstore.Statements() - before
			if err != nil || len(list) != want {
				t.Fatalf("%d: %+v, %v", want, list, err)
			}
			for _, x := range list {
				if x.Items == 0 || x.Complete != list[0].Complete {
					t.Errorf("%+v", x)
				}
			}
			return sent
		}
		comes(1)
		one := read(1)
		comes(6)
		if many := read(7); many != one || one > 4 {
			t.Errorf("one takes %d statements, seven %d", one, many)
		}
	})
}

// TestWhatAPharmacyHoldsIsOldestFirst: none is out of sight behind newer ones, and the number is of
// all of them and not of a page.
func TestWhatAPharmacyHoldsIsOldestFirst(t *testing.T) {
	each(t, func(w *ward) {
		var want []prescription.ID
		for range 3 {
			want = append(want, w.claimed())
			w.later(time.Second)
		}
		held := reading.ListInput{Statuses: []prescription.Status{prescription.Claimed}, Limit: 2}
		var got []prescription.ID
		for {
			page, err := w.svc.List(ctx, actor("dis1"), held)
			if err != nil || page.Total == nil || *page.Total != 3 {
				t.Fatalf("%+v, %v", page, err)
			}
			for _, x := range page.Items {
				got = append(got, x.ID)
			}
			if held.Cursor = page.Next; held.Cursor == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		page, err := w.svc.List(ctx, actor("dis2"), reading.ListInput{Statuses: held.Statuses})
		if err != nil || *page.Total != 0 || len(page.Items) != 0 {
			t.Errorf("another pharmacy: %+v, %v", page, err)
		}
	})
}
