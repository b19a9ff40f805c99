package money

import (
	"errors"
	"maps"
	"strings"
	"testing"
)

// TestAmountsToTheFen: the last amount that is taken, and the first that is not.
func TestAmountsToTheFen(t *testing.T) {
	sum := func(f ...Fen) error { _, err := Sum(f...); return err }
	minus := func(f, g Fen) error { _, err := f.Minus(g); return err }
	times := func(f Fen, n int64) error { _, err := f.Times(n); return err }
	for name, c := range map[string]struct {
		err  error
		good bool
	}{
		"nothing":                {Fen(0).Check(), true},
		"a fen less":             {Fen(-1).Check(), false},
		"most":                   {MaxFen.Check(), true},
		"a fen more":             {(MaxFen + 1).Check(), false},
		"a sum of the most":      {sum(MaxFen-1, 1), true},
		"a sum of a fen more":    {sum(MaxFen, 1), false},
		"nothing left":           {minus(5, 5), true},
		"a fen too much taken":   {minus(5, 6), false},
		"taking what is no sum":  {minus(5, -1), false},
		"no times":               {times(MaxFen, 0), true},
		"once":                   {times(MaxFen, 1), true},
		"minus once":             {times(1, -1), false},
		"nothing, often":         {times(0, int64(MaxFen)+1), true},
		"as often as it goes":    {times(1, int64(MaxFen)), true},
		"once more":              {times(1, int64(MaxFen)+1), false},
		"a third of the most":    {times(3, int64(MaxFen)/3), true},
		"and once more":          {times(3, int64(MaxFen)/3+1), false},
		"less than nothing once": {times(-1, 1), false},
	} {
		if (c.err == nil) != c.good || c.err != nil && !errors.Is(c.err, ErrAmount) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if left, err := Fen(7).Minus(5); err != nil || left != 2 {
		t.Errorf("7 - 5 = %d, %v", left, err)
	}
	for f, want := range map[Fen][2]Fen{0: {0, 0}, 1: {0, 1}, 2: {1, 1}, 3: {1, 2}, 10_000: {5000, 5000},
		10_001: {5000, 5001}} {
		if down, up := f.ShareDown(5000), f.ShareUp(5000); down != want[0] || up != want[1] {
			t.Errorf("half of %d: %d or %d, want %v", f, down, up, want)
		}
	}
	for f, want := range map[Fen]string{-5: "-0.05", -1: "-0.01", 0: "0.00", 99: "0.99", 100: "1.00"} {
		if got := f.Yuan(); got != want {
			t.Errorf("%d: %s, want %s", f, got, want)
		}
	}
}

// TestFeesToTheLimit: each limit of a bill's line, and of their number.
func TestFeesToTheLimit(t *testing.T) {
	good := Fee{Code: "X", Name: "n", Class: ClassA, Price: 2, Quantity: 3, Amount: 6}
	long := strings.Repeat("x", maxText)
	for name, c := range map[string]struct {
		change func(f *Fee)
		good   bool
	}{
		"as it is":        {func(*Fee) {}, true},
		"no code":         {func(f *Fee) { f.Code = "" }, false},
		"longest code":    {func(f *Fee) { f.Code = long }, true},
		"longer code":     {func(f *Fee) { f.Code = long + "x" }, false},
		"no name":         {func(f *Fee) { f.Name = "" }, false},
		"longest name":    {func(f *Fee) { f.Name = long }, true},
		"longer name":     {func(f *Fee) { f.Name = long + "x" }, false},
		"class B":         {func(f *Fee) { f.Class = ClassB }, true},
		"class C":         {func(f *Fee) { f.Class = ClassC }, true},
		"no class":        {func(f *Fee) { f.Class = "" }, false},
		"none":            {func(f *Fee) { f.Quantity, f.Amount = 0, 0 }, false},
		"one":             {func(f *Fee) { f.Quantity, f.Amount = 1, 2 }, true},
		"most":            {func(f *Fee) { f.Quantity, f.Amount = MaxQuantity, 2*MaxQuantity }, true},
		"one more":        {func(f *Fee) { f.Quantity, f.Amount = MaxQuantity+1, 2*MaxQuantity+2 }, false},
		"for nothing":     {func(f *Fee) { f.Price, f.Amount = 0, 0 }, false},
		"for a fen":       {func(f *Fee) { f.Price, f.Amount = 1, 3 }, true},
		"another product": {func(f *Fee) { f.Amount = 5 }, false},
		"too dear":        {func(f *Fee) { f.Price, f.Amount = MaxFen, 3*MaxFen }, false},
	} {
		f := good
		c.change(&f)
		if total, err := (Fees{f}).Total(); (err == nil) != c.good || err == nil && total != f.Amount {
			t.Errorf("%s: %d, %v", name, total, err)
		}
	}
	list := func(n int) (out Fees) {
		for range n {
			out = append(out, good)
		}
		return out
	}
	for n, want := range map[int]bool{0: false, 1: true, MaxFees: true, MaxFees + 1: false} {
		if _, err := list(n).Total(); (err == nil) != want {
			t.Errorf("%d lines: %v", n, err)
		}
	}
}

// TestSplitsToTheFen: each invariant holds at its boundary and is broken a fen beyond it, with all
// the others kept.
func TestSplitsToTheFen(t *testing.T) {
	good := Split{Total: 100, OwnPay: 10, PreSelfPay: 10, InScope: 80, Deductible: 20, Pooled: 50, Fund: 60,
		Account: 15, Cash: 20, Hospital: 5, Person: 35, OtherFunds: "maf_pay=10"}
	for name, c := range map[string]struct {
		change func(s *Split)
		rule   string
	}{
		"all that is left of the scope": {func(*Split) {}, ""},
		"a fen more than that":          {func(s *Split) { s.Deductible++ }, "fund_pay_sumamt <= inscp"},
		"all of it deducted": {
			func(s *Split) { *s = Split{Total: 100, InScope: 100, Deductible: 100, Cash: 100, Person: 100} }, ""},
		"a fen more deducted": {
			func(s *Split) { *s = Split{Total: 100, InScope: 100, Deductible: 101, Cash: 100, Person: 100} },
			"act_pay_dedc <="},
		"nothing":                   {func(s *Split) { *s = Split{} }, "total is zero"},
		"a fen":                     {func(s *Split) { *s = Split{Total: 1, InScope: 1, Cash: 1, Person: 1} }, ""},
		"a fund that nobody named":  {func(s *Split) { s.OtherFunds = "" }, "sum of the funds"},
		"a fund without a name":     {func(s *Split) { s.OtherFunds = "=10" }, "funds"},
		"a fund without an amount":  {func(s *Split) { s.OtherFunds = "maf_pay=" }, "funds"},
		"a fund below nothing":      {func(s *Split) { s.OtherFunds = "maf_pay=-10" }, "-10 fen"},
		"the parts are another sum": {func(s *Split) { s.Hospital++ }, "medfee_sumamt = fund_pay_sumamt"},
		"the person's another":      {func(s *Split) { s.Person++ }, "psn_part_amt"},
		"the scopes are another":    {func(s *Split) { s.OwnPay++ }, "medfee_sumamt = fulamt"},
		"a part below nothing":      {func(s *Split) { s.Account, s.Cash = -1, 36 }, "-1 fen"},
	} {
		s := good
		c.change(&s)
		err := s.Check()
		if c.rule == "" && err != nil ||
			c.rule != "" && (!errors.Is(err, ErrDishonest) || !strings.Contains(err.Error(), c.rule)) {
			t.Errorf("%s: %v, want %q", name, err, c.rule)
		}
	}
	funds, err := NewFunds(map[string]Fen{"b": 1, "a": 2, "none": 0})
	if amounts, aerr := funds.Amounts(); err != nil || aerr != nil || funds != "a=2 b=1" ||
		!maps.Equal(amounts, map[string]Fen{"a": 2, "b": 1}) {
		t.Errorf("%q %v %v %v", funds, amounts, err, aerr)
	}
	if _, err := NewFunds(map[string]Fen{"a": -1}); !errors.Is(err, ErrAmount) {
		t.Errorf("a fund of less than nothing: %v", err)
	}
	for _, f := range []Funds{"a=", "a", "a=x", "=1"} {
		if got, err := f.Amounts(); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q: %v %v", f, got, err)
		}
	}
	all := Parts{Fund: 2, Account: 2, Cash: 2}
	for p, want := range map[Parts]bool{all: true, {}: true, {Fund: 3}: false, {Account: 3}: false, {Cash: 3}: false} {
		if p.Within(all) != want {
			t.Errorf("%+v within %+v: %v", p, all, !want)
		}
	}
	if sum, err := all.Plus(Parts{Fund: 1, Cash: 3}); err != nil || sum != (Parts{Fund: 3, Account: 2, Cash: 5}) {
		t.Errorf("%+v %v", sum, err)
	}
	for _, p := range []Parts{{Fund: MaxFen}, {Account: MaxFen}, {Cash: MaxFen}} {
		if _, err := all.Plus(p); !errors.Is(err, ErrAmount) {
			t.Errorf("%+v more: %v", p, err)
		}
	}
}
