package service_test

import (
	"errors"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/pricelist"
	"github.com/smart-hospital/hospital/prescription/service"
)

// pricedWard is a ward whose hospital sets prices of its own.
func pricedWard(t *testing.T, db *sqlstore.DB) (*ward, func(fen int64, offered bool)) {
	t.Helper()
	list := &pricelist.List{DB: db, Catalogue: must(catalogue.Load())}
	w := openWard(t, db, func(d *service.Deps) { d.Prices, list.Now = list, d.Now })
	if err := pricelist.Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	version := int64(0)
	return w, func(fen int64, offered bool) {
		t.Helper()
		_, err := list.Set(ctx, w.cmd("boss", "price"), "boss", "D0001",
			pricelist.Standing{PriceFen: fen, Offered: offered, Version: version})
		if err != nil {
			t.Fatal(err)
		}
		version++
	}
}

// TestPriceOfTheIssue: a prescription is issued at the price that holds then, and keeps it: a
// change between issue and payment does not move the bill, nor the amount after payment, and the
// next prescription has the new price.
func TestPriceOfTheIssue(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, set := pricedWard(t, db)
		bill := func(id prescription.ID) service.Bill {
			t.Helper()
			b, err := w.svc.Payable(ctx, string(id), intent.Actor{Person: "pat", Role: chain.RolePatient})
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		amount := func(id prescription.ID) int64 { s := w.state(id); return s.Items[0].TotalFen() }
		set(2000, true)
		v, err := w.draft()
		if err != nil {
			t.Fatal(err)
		}
		set(3000, true) // drafts are priced when they are issued
		issued, err := w.issue(v)
		if err != nil {
			t.Fatal(err)
		}
		id := issued.ID
		set(4000, true)
		if _, err := w.approve(id); err != nil {
			t.Fatal(err)
		}
		if b := bill(id); b.TotalFen != 3000 || b.Lines[0].PriceFen != 3000 {
			t.Errorf("the bill after a change: %+v", b)
		}
		set(5000, false) // nor does it fall with the offer
		if b := bill(id); b.TotalFen != 3000 {
			t.Errorf("the bill of a drug that is offered no more: %+v", b)
		}
		if err := w.svc.MarkPaid(ctx, string(id), "S-1"); err != nil {
			t.Fatal(err)
		}
		set(6000, true)
		if got := amount(id); got != 3000 {
			t.Errorf("the paid prescription costs %d", got)
		}
		next := w.issued()
		if got := amount(next); got != 6000 {
			t.Errorf("the next prescription costs %d: the change is lost", got)
		}
	})
}

// TestPriceMovedBeforeTheSignature: what is signed is what was shown. A price that changes between
// both, or a drug that is offered no more, refuses the signature; prepared anew it goes through.
func TestPriceMovedBeforeTheSignature(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, set := pricedWard(t, db)
		v, err := w.draft()
		if err != nil {
			t.Fatal(err)
		}
		prepare := func() (*intent.Intent, error) {
			return w.svc.PrepareIssue(ctx, actor("doc"), string(v.ID), service.IssueInput{Version: v.Version})
		}
		in, err := prepare()
		if err != nil {
			t.Fatal(err)
		}
		set(2000, true)
		if _, err := w.sign("doc", in); !errors.Is(err, prescription.ErrStale) {
			t.Fatalf("signed at a price that was not shown: %v", err)
		}
		if in, err = prepare(); err != nil {
			t.Fatal(err)
		}
		set(2000, false)
		if _, err := w.sign("doc", in); !errors.Is(err, prescription.ErrRefused) {
			t.Fatalf("signed a drug that is offered no more: %v", err)
		}
		var no *prescription.Refusal
		if _, err := prepare(); !errors.As(err, &no) || no.Rule != "rx.offered" {
			t.Errorf("prepared a drug that is offered no more: %v", err)
		}
		set(2000, true)
		if in, err = prepare(); err != nil {
			t.Fatal(err)
		}
		if _, err := w.sign("doc", in); err != nil {
			t.Fatal(err)
		}
		if s := w.state(v.ID); s.Items[0].Drug.PriceFen != 2000 {
			t.Errorf("issued at %d", s.Items[0].Drug.PriceFen)
		}
	})
}
