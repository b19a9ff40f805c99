package money_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/smart-hospital/hospital/payment/money"
)

func amount(t *rapid.T, label string) money.Fen {
	return money.Fen(rapid.Int64Range(0, int64(money.MaxFen)).Draw(t, label))
}

func TestYuanRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := amount(t, "fen")
		back, err := money.ParseYuan(f.Yuan())
		if err != nil || back != f {
			t.Fatalf("%d -> %s -> %d, %v", f, f.Yuan(), back, err)
		}
	})
}

func TestFenText(t *testing.T) {
	for f, want := range map[money.Fen]string{0: "0.00 元", 5: "0.05 元", 1234: "12.34 元", -1234: "-12.34 元",
		100: "1.00 元"} {
		if got := f.String(); got != want {
			t.Errorf("%d is %q, want %q", int64(f), got, want)
		}
	}
	if b, err := json.Marshal(money.Fen(1234)); err != nil || string(b) != "1234" {
		t.Errorf("JSON %s, %v", b, err)
	}
	var f money.Fen
	if err := json.Unmarshal([]byte("12.5"), &f); err == nil {
		t.Error("half a fen was read from JSON")
	}
}

func TestParseYuanRefuses(t *testing.T) {
	for _, s := range []string{"", "1.234", "0.001", "1e-3", "-1.00", "-0.01", "+1.00", "1,000.00", ".50", "1.",
		"１.00", " 1.00", "1.00\n", "100000000000.00", "10000000000.01", "1e99", "1e999999999", "1/2", "0x1p2", "1_0",
		"NaN", "Inf",
		"0." + strings.Repeat("0", 40), strings.Repeat("0", 40)} {
		if f, err := money.ParseYuan(s); !errors.Is(err, money.ErrAmount) {
			t.Errorf("%q was read as %d, %v", s, f, err)
		}
	}
}

// Bureaus write one amount in many ways, and all of them are that amount.
func TestParseYuanReadsEveryExactForm(t *testing.T) {
	for s, want := range map[string]money.Fen{
		"0": 0, "0.0": 0, "0.00": 0, "-0": 0, "-0.00": 0, "0E-10": 0, "12": 1200, "12.3": 1230, "12.30": 1230,
		"12.3000": 1230, "01.00": 100, "0.05": 5,
		"1.23e1": 1230, "1e3": 100000, "123E-2": 123, "10000000000.00": money.MaxFen,
	} {
		if got, err := money.ParseYuan(s); err != nil || got != want {
			t.Errorf("%s: %d, %v; want %d", s, got, err, want)
		}
	}
}

func TestCheckedArithmetic(t *testing.T) {
	for name, err := range map[string]error{
		"negative":        money.Fen(-1).Check(),
		"too much":        (money.MaxFen + 1).Check(),
		"sum too much":    second(money.Sum(money.MaxFen, 1)),
		"sum of negative": second(money.Sum(5, -1)),
		"below zero":      second(money.Fen(1).Minus(2)),
		"minus negative":  second(money.Fen(1).Minus(-2)),
		"times too much":  second(money.MaxFen.Times(2)),
		"times overflow":  second(money.Fen(3).Times(math.MaxInt64)),
		"times negative":  second(money.Fen(3).Times(-1)),
	} {
		if !errors.Is(err, money.ErrAmount) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second(_ money.Fen, err error) error { return err }

// A share rounded up and the rest rounded down are the whole: no fen is lost or made.
func TestSharesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := amount(t, "fen")
		share := money.BasisPoints(rapid.Int64Range(0, int64(money.Whole)).Draw(t, "share"))
		if f.ShareUp(share)+f.ShareDown(money.Whole-share) != f {
			t.Fatalf("%d in shares of %d", f, share)
		}
	})
}

func TestFeesTotal(t *testing.T) {
	good := money.Fee{Code: "X", Name: "阿司匹林", Class: money.ClassA, Price: 250, Quantity: 4, Amount: 1000}
	if total, err := (money.Fees{good, good}).Total(); err != nil || total != 2000 {
		t.Errorf("%d, %v", total, err)
	}
	for name, change := range map[string]func(*money.Fee){
		"no code":         func(f *money.Fee) { f.Code = "" },
		"long name":       func(f *money.Fee) { f.Name = string(make([]byte, 201)) },
		"unknown class":   func(f *money.Fee) { f.Class = "D" },
		"free":            func(f *money.Fee) { f.Price, f.Amount = 0, 0 },
		"none":            func(f *money.Fee) { f.Quantity, f.Amount = 0, 0 },
		"too many":        func(f *money.Fee) { f.Quantity = money.MaxQuantity + 1 },
		"one fen off":     func(f *money.Fee) { f.Amount++ },
		"negative":        func(f *money.Fee) { f.Price, f.Amount = -250, -1000 },
		"amount overflow": func(f *money.Fee) { f.Price = money.MaxFen },
	} {
		bad := good
		change(&bad)
		if _, err := (money.Fees{good, bad}).Total(); !errors.Is(err, money.ErrInvalid) &&
			!errors.Is(err, money.ErrAmount) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := (money.Fees{}).Total(); !errors.Is(err, money.ErrInvalid) {
		t.Errorf("no lines: %v", err)
	}
}

// Every broken invariant of domain.md 4.4 is noticed, whichever field is one fen off.
func TestSplitInvariants(t *testing.T) {
	whole := money.Split{Total: 100_00, OwnPay: 10_00, PreSelfPay: 3_00, InScope: 87_00, Deductible: 10_00,
		Pooled: 57_75, Fund: 57_75, Account: 20_00, Cash: 22_25, Person: 42_25}
	if err := whole.Check(); err != nil {
		t.Fatal(err)
	}
	for name, field := range map[string]func(*money.Split) *money.Fen{
		"total":      func(s *money.Split) *money.Fen { return &s.Total },
		"ownPay":     func(s *money.Split) *money.Fen { return &s.OwnPay },
		"preSelfPay": func(s *money.Split) *money.Fen { return &s.PreSelfPay },
		"inScope":    func(s *money.Split) *money.Fen { return &s.InScope },
		"pooled":     func(s *money.Split) *money.Fen { return &s.Pooled },
		"fund":       func(s *money.Split) *money.Fen { return &s.Fund },
		"account":    func(s *money.Split) *money.Fen { return &s.Account },
		"cash":       func(s *money.Split) *money.Fen { return &s.Cash },
		"hospital":   func(s *money.Split) *money.Fen { return &s.Hospital },
		"person":     func(s *money.Split) *money.Fen { return &s.Person },
	} {
		for _, off := range []money.Fen{1, -1, -1_000_000, math.MaxInt64 / 2} {
			s := whole
			*field(&s) += off
			if err := s.Check(); !errors.Is(err, money.ErrDishonest) {
				t.Errorf("%s off by %d: %v", name, int64(off), err)
			}
		}
	}
	s := whole
	s.Deductible = s.InScope + 1
	if err := s.Check(); !errors.Is(err, money.ErrDishonest) {
		t.Errorf("deductible above the scope: %v", err)
	}
}
