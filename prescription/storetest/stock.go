package storetest

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/stock"
)

// RunStock holds a store of pharmacies' stock against its contract of lots and movements.
func RunStock(t *testing.T, db *sqlstore.DB, store stock.Store) {
	s := shelf{db, store}
	t.Run("lots", s.lots)
	t.Run("pages of lots", s.lotPages)
	t.Run("movements", s.movements)
	t.Run("short lines", s.short)
}

type shelf struct {
	db    *sqlstore.DB
	store stock.Store
}

func (s shelf) move(list ...stock.Movement) error {
	return s.db.Tx(context.Background(), func(tx *gorm.DB) error { return s.store.Move(tx, list) })
}

func moved(pharmacy, drug, lot, expires string, onHand, reserved int64) stock.Movement {
	return stock.Movement{Pharmacy: pharmacy, Drug: drug, Kind: stock.MoveDelivery, OnHand: onHand, Reserved: reserved,
		Version: stock.AnyVersion, Person: "mo", Reason: "送货单 17", Lot: lot, Expires: expires, At: day}
}

// lots: neither a lot nor what is of no known lot goes below zero, and a lot has one last day.
func (s shelf) lots(t *testing.T) {
	for i, step := range []struct {
		m    stock.Movement
		want error
	}{
		{moved("l1", "A", "", "", 3, 0), nil},
		{moved("l1", "A", "L1", "2027-06-30", 5, 0), nil},
		{moved("l1", "A", "L1", "2027-07-31", 5, 0), stock.ErrOtherExpiry},
		{moved("l1", "A", "L1", "", -6, 0), stock.ErrOut},
		{moved("l1", "A", "", "", -4, 0), stock.ErrOut}, // five of the eight are of L1
		{moved("l1", "A", "L9", "", -1, 0), stock.ErrOut},
		{moved("l1", "A", "", "", 0, 7), nil},
		{moved("l1", "A", "L1", "", -2, 0), stock.ErrOut}, // seven of eight are promised
		{moved("l1", "A", "L1", "", -2, -2), nil},
		{moved("l1", "A", "", "", -3, -3), nil},
		{moved("l1", "A", "", "", -1, 0), stock.ErrOut},
	} {
		if err := s.move(step.m); !errors.Is(err, step.want) {
			t.Errorf("%d: %v, want %v", i, err, step.want)
		}
	}
	lots, err := s.store.Lots(s.db.DB, "l1", []string{"A"})
	want := []stock.Lot{{Pharmacy: "l1", Drug: "A", Lot: "L1", Expires: "2027-06-30", OnHand: 3}}
	if err != nil || !reflect.DeepEqual(lots, want) {
		t.Errorf("%+v %v", lots, err)
	}
	lines, err := s.store.StockOf(s.db.DB, "l1", []string{"A"})
	if err != nil || len(lines) != 1 || lines[0].OnHand != 3 || lines[0].Reserved != 2 {
		t.Errorf("%+v %v", lines, err)
	}
}

func (s shelf) lotPages(t *testing.T) {
	if err := s.move(moved("l2", "A", "L2", "2027-06-30", 1, 0), moved("l2", "B", "L1", "2027-01-31", 1, 0),
		moved("l2", "A", "L1", "2027-06-30", 1, 0), moved("l2", "C", "L3", "2030-01-31", 1, 0),
		moved("l2", "C", "L0", "2027-01-01", 1, 0), moved("l2", "C", "L0", "", -1, 0),
		moved("l3", "A", "L1", "2027-01-31", 1, 0)); err != nil {
		t.Fatal(err)
	}
	var got []string
	for behind := (stock.Lot{}); ; {
		page, err := s.store.LotPage(s.db.DB, "l2", "2027-06-30", behind, 1)
		if err != nil || len(page) > 1 {
			t.Fatalf("%+v %v", page, err)
		}
		if len(page) == 0 {
			break
		}
		behind = page[0]
		got = append(got, behind.Drug+behind.Lot)
	}
	if want := []string{"BL1", "AL1", "AL2"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func (s shelf) movements(t *testing.T) {
	later := moved("l4", "B", "", "", 1, 0)
	later.At = day.Add(time.Hour)
	if err := s.move(moved("l4", "A", "L1", "2027-06-30", 4, 0), moved("l4", "A", "", "", 0, 1),
		moved("l4", "B", "", "", 2, 0), later, moved("l5", "A", "", "", 1, 0)); err != nil {
		t.Fatal(err)
	}
	for drug, want := range map[string][]int64{"": {1, 2, 0, 4}, "A": {0, 4}, "B": {1, 2}, "C": nil} {
		var got []int64
		for before := (stock.Movement{}); ; {
			page, err := s.store.Movements(s.db.DB, "l4", drug, before, 1)
			if err != nil || len(page) > 1 {
				t.Fatalf("%+v %v", page, err)
			}
			if len(page) == 0 {
				break
			}
			before = page[0]
			got = append(got, before.OnHand)
			if before.Reason != "送货单 17" || before.Person != "mo" || (before.OnHand == 4) != (before.Lot == "L1") {
				t.Errorf("%+v", before)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("of %q: %v, want %v", drug, got, want)
		}
	}
}

// short: what has expired does not count as free.
func (s shelf) short(t *testing.T) {
	err := s.db.Tx(context.Background(), func(tx *gorm.DB) error {
		if err := s.store.Move(tx, []stock.Movement{moved("l6", "A", "L1", "2027-06-30", 4, 0)}); err != nil {
			return err
		}
		return s.store.SetMinimum(tx, "l6", "A", 4, "mo", day)
	})
	if err != nil {
		t.Fatal(err)
	}
	for today, want := range map[string]int{"2027-06-30": 0, "2027-07-01": 1} {
		if lines, err := s.store.ShortPage(s.db.DB, "l6", today, "", 9); err != nil || len(lines) != want {
			t.Errorf("on %s: %+v %v", today, lines, err)
		}
	}
}
