package payment_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/payment"
)

func amount(t *rapid.T, label string) payment.Fen {
	return payment.Fen(rapid.Int64Range(0, int64(payment.MaxFen)).Draw(t, label))
}

func TestYuanRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := amount(t, "fen")
		back, err := payment.ParseYuan(f.Yuan())
		if err != nil || back != f {
			t.Fatalf("%d -> %s -> %d, %v", f, f.Yuan(), back, err)
		}
	})
}

func TestFenText(t *testing.T) {
	for f, want := range map[payment.Fen]string{0: "0.00 元", 5: "0.05 元", 1234: "12.34 元", -1234: "-12.34 元",
		100: "1.00 元"} {
		if got := f.String(); got != want {
			t.Errorf("%d is %q, want %q", int64(f), got, want)
		}
	}
	if b, err := json.Marshal(payment.Fen(1234)); err != nil || string(b) != "1234" {
		t.Errorf("JSON %s, %v", b, err)
	}
	var f payment.Fen
	if err := json.Unmarshal([]byte("12.5"), &f); err == nil {
		t.Error("half a fen was read from JSON")
	}
}

func TestParseYuanRefuses(t *testing.T) {
	for _, s := range []string{"", "1.234", "0.001", "1e-3", "-1.00", "-0.01", "+1.00", "1,000.00", ".50", "1.",
		"１.00", " 1.00", "1.00\n", "100000000000.00", "10000000000.01", "1e99", "1e999999999", "1/2", "0x1p2", "1_0",
		"NaN", "Inf",
		"0." + strings.Repeat("0", 40), strings.Repeat("0", 40)} {
		if f, err := payment.ParseYuan(s); !errors.Is(err, payment.ErrAmount) {
			t.Errorf("%q was read as %d, %v", s, f, err)
		}
	}
}

// Bureaus write one amount in many ways, and all of them are that amount.
func TestParseYuanReadsEveryExactForm(t *testing.T) {
	for s, want := range map[string]payment.Fen{
		"0": 0, "0.0": 0, "0.00": 0, "-0": 0, "-0.00": 0, "0E-10": 0, "12": 1200, "12.3": 1230, "12.30": 1230,
		"12.3000": 1230, "01.00": 100, "0.05": 5,
		"1.23e1": 1230, "1e3": 100000, "123E-2": 123, "10000000000.00": payment.MaxFen,
	} {
		if got, err := payment.ParseYuan(s); err != nil || got != want {
			t.Errorf("%s: %d, %v; want %d", s, got, err, want)
		}
	}
}

func TestCheckedArithmetic(t *testing.T) {
	for name, err := range map[string]error{
		"negative":        payment.Fen(-1).Check(),
		"too much":        (payment.MaxFen + 1).Check(),
		"sum too much":    second(payment.Sum(payment.MaxFen, 1)),
		"sum of negative": second(payment.Sum(5, -1)),
		"below zero":      second(payment.Fen(1).Minus(2)),
		"minus negative":  second(payment.Fen(1).Minus(-2)),
		"times too much":  second(payment.MaxFen.Times(2)),
		"times overflow":  second(payment.Fen(3).Times(math.MaxInt64)),
		"times negative":  second(payment.Fen(3).Times(-1)),
	} {
		if !errors.Is(err, payment.ErrAmount) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second(_ payment.Fen, err error) error { return err }

// A share rounded up and the rest rounded down are the whole: no fen is lost or made.
func TestSharesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := amount(t, "fen")
		share := payment.BasisPoints(rapid.Int64Range(0, int64(payment.Whole)).Draw(t, "share"))
		if f.ShareUp(share)+f.ShareDown(payment.Whole-share) != f {
			t.Fatalf("%d in shares of %d", f, share)
		}
	})
}

func TestFeesTotal(t *testing.T) {
	good := payment.Fee{Code: "X", Name: "阿司匹林", Class: payment.ClassA, Price: 250, Quantity: 4, Amount: 1000}
	if total, err := (payment.Fees{good, good}).Total(); err != nil || total != 2000 {
		t.Errorf("%d, %v", total, err)
	}
	for name, change := range map[string]func(*payment.Fee){
		"no code":         func(f *payment.Fee) { f.Code = "" },
		"long name":       func(f *payment.Fee) { f.Name = string(make([]byte, 201)) },
		"unknown class":   func(f *payment.Fee) { f.Class = "D" },
		"free":            func(f *payment.Fee) { f.Price, f.Amount = 0, 0 },
		"none":            func(f *payment.Fee) { f.Quantity, f.Amount = 0, 0 },
		"too many":        func(f *payment.Fee) { f.Quantity = payment.MaxQuantity + 1 },
		"one fen off":     func(f *payment.Fee) { f.Amount++ },
		"negative":        func(f *payment.Fee) { f.Price, f.Amount = -250, -1000 },
		"amount overflow": func(f *payment.Fee) { f.Price = payment.MaxFen },
	} {
		bad := good
		change(&bad)
		if _, err := (payment.Fees{good, bad}).Total(); !errors.Is(err, payment.ErrInvalid) &&
			!errors.Is(err, payment.ErrAmount) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := (payment.Fees{}).Total(); !errors.Is(err, payment.ErrInvalid) {
		t.Errorf("no lines: %v", err)
	}
	if err := (payment.Bill{Rx: "RX1", Person: "p", Fees: payment.Fees{good}, Total: 999}).
		Check(); !errors.Is(err, payment.ErrInvalid) {
		t.Errorf("lines do not sum to the total: %v", err)
	}
}

// Every broken invariant of domain.md 4.4 is noticed, whichever field is one fen off.
func TestSplitInvariants(t *testing.T) {
	if err := wantSplit.Check(); err != nil {
		t.Fatal(err)
	}
	for name, field := range map[string]func(*payment.Split) *payment.Fen{
		"total":      func(s *payment.Split) *payment.Fen { return &s.Total },
		"ownPay":     func(s *payment.Split) *payment.Fen { return &s.OwnPay },
		"preSelfPay": func(s *payment.Split) *payment.Fen { return &s.PreSelfPay },
		"inScope":    func(s *payment.Split) *payment.Fen { return &s.InScope },
		"pooled":     func(s *payment.Split) *payment.Fen { return &s.Pooled },
		"fund":       func(s *payment.Split) *payment.Fen { return &s.Fund },
		"account":    func(s *payment.Split) *payment.Fen { return &s.Account },
		"cash":       func(s *payment.Split) *payment.Fen { return &s.Cash },
		"hospital":   func(s *payment.Split) *payment.Fen { return &s.Hospital },
		"person":     func(s *payment.Split) *payment.Fen { return &s.Person },
	} {
		for _, off := range []payment.Fen{1, -1, -1_000_000, math.MaxInt64 / 2} {
			s := wantSplit
			*field(&s) += off
			if err := s.Check(); !errors.Is(err, payment.ErrDishonest) {
				t.Errorf("%s off by %d: %v", name, int64(off), err)
			}
		}
	}
	s := wantSplit
	s.Deductible = s.InScope + 1
	if err := s.Check(); !errors.Is(err, payment.ErrDishonest) {
		t.Errorf("deductible above the scope: %v", err)
	}
}

func TestNumbers(t *testing.T) {
	at := time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC) // already the new year in China
	id, err := payment.NewNumber(at)
	if err != nil || payment.CheckNumber(id) != nil || id[:10] != "ST20270101" {
		t.Fatalf("%s, %v", id, err)
	}
	for i := range id {
		for _, c := range []byte("0123456789AX ") {
			if c == id[i] {
				continue
			}
			bad := id[:i] + string(c) + id[i+1:]
			if payment.CheckNumber(bad) == nil {
				t.Errorf("one wrong character passes: %s for %s", bad, id)
			}
		}
		if i > 2 && id[i] != id[i-1] {
			if swapped := id[:i-1] + string(id[i]) + string(id[i-1]) + id[i+1:]; payment.CheckNumber(swapped) == nil {
				t.Errorf("two swapped digits pass: %s for %s", swapped, id)
			}
		}
	}
	for _, bad := range []string{"", id + "0", id[1:], "RX" + id[2:], "st" + id[2:]} {
		if payment.CheckNumber(bad) == nil {
			t.Errorf("%q passes", bad)
		}
	}
}

func TestDay(t *testing.T) {
	if got := china.Day(time.Date(2026, 5, 4, 16, 0, 0, 0, time.UTC)); got != "2026-05-05" {
		t.Errorf("midnight in China is on %s", got)
	}
}
