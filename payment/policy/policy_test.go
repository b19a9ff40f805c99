package policy_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
	"github.com/smart-hospital/hospital/payment/policy"
)

func fee(class money.Class, price money.Fen, n int64) money.Fee {
	return money.Fee{Code: "X", Name: "药", Class: class, Price: price, Quantity: n, Amount: price * money.Fen(n)}
}

var employee = policy.Policy{Version: "v", Insutype: bureau.Employee, From: "2026-01-01", Deductible: 200_00,
	ShareB: 1000, Ratio: 7000, Cap: 1000_00}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name string
		fees money.Fees
		used policy.Usage
		want money.Split
	}{
		{
			"all below the deductible", money.Fees{fee(money.ClassA, 50_00, 1)}, policy.Usage{},
			money.Split{Total: 50_00, InScope: 50_00, Deductible: 50_00, Cash: 50_00, Person: 50_00},
		},
		{
			"deductible used up", money.Fees{fee(money.ClassA, 50_00, 1)}, policy.Usage{Deductible: 200_00},
			money.Split{Total: 50_00, InScope: 50_00, Pooled: 35_00, Fund: 35_00, Cash: 15_00, Person: 15_00},
		},
		{
			"class B pays a tenth first, rounded up", money.Fees{fee(money.ClassB, 11, 1)},
			policy.Usage{Deductible: 200_00},
			money.Split{Total: 11, PreSelfPay: 2, InScope: 9, Pooled: 6, Fund: 6, Cash: 5, Person: 5},
		},
		{
			"class C is never the account's", money.Fees{fee(money.ClassC, 30_00, 1)},
			policy.Usage{Deductible: 200_00, Balance: 100_00},
			money.Split{Total: 30_00, OwnPay: 30_00, Cash: 30_00, Person: 30_00},
		},
		{
			"the account as far as it goes", money.Fees{fee(money.ClassA, 100_00, 1)},
			policy.Usage{Deductible: 200_00, Balance: 12_34},
			money.Split{Total: 100_00, InScope: 100_00, Pooled: 70_00, Fund: 70_00, Account: 12_34, Cash: 17_66,
				Person: 30_00},
		},
		{
			"the cap leaves ten yuan", money.Fees{fee(money.ClassA, 100_00, 1)},
			policy.Usage{Deductible: 200_00, Fund: 990_00},
			money.Split{Total: 100_00, InScope: 100_00, Pooled: 10_00, Fund: 10_00, Cash: 90_00, Person: 90_00},
		},
		{
			"over the cap after a policy lowered it", money.Fees{fee(money.ClassA, 100_00, 1)},
			policy.Usage{Deductible: 300_00, Fund: 2000_00},
			money.Split{Total: 100_00, InScope: 100_00, Cash: 100_00, Person: 100_00},
		},
	} {
		got, err := employee.Split(c.fees, c.used)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v, want %+v", c.name, got, err, c.want)
		}
	}
}

func drawPolicy(t *rapid.T) policy.Policy {
	share := func(label string) money.BasisPoints {
		return money.BasisPoints(rapid.Int64Range(0, int64(money.Whole)).Draw(t, label))
	}
	fen := func(label string) money.Fen { return money.Fen(rapid.Int64Range(0, 1_000_000).Draw(t, label)) }
	return policy.Policy{Version: "v", Insutype: bureau.Employee, From: "2026-01-01", Deductible: fen("deductible"),
		ShareB: share("shareB"), Ratio: share("ratio"), Cap: fen("cap")}
}

func drawFees(t *rapid.T) money.Fees {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) money.Fee {
		class := rapid.SampledFrom([]money.Class{money.ClassA, money.ClassB, money.ClassC}).Draw(t, "class")
		return fee(class, money.Fen(rapid.Int64Range(1, 100_000).Draw(t, "price")),
			rapid.Int64Range(1, 50).Draw(t, "quantity"))
	}), 1, 10).Draw(t, "fees")
}

// Over a year of random bills: every split is exact and honest, no part is negative, the deductible
// and the cap are used up at most once, the account never goes below zero, and giving everything
// back in any order restores the start.
func TestYearOfBills(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		start := policy.Usage{Balance: money.Fen(rapid.Int64Range(0, 1_000_000).Draw(t, "balance"))}
		used := start
		var splits []money.Split
		for range rapid.IntRange(1, 12).Draw(t, "bills") {
			fees := drawFees(t)
			s, err := p.Split(fees, used)
			if err != nil {
				t.Fatal(err)
			}
			if total, _ := fees.Total(); s.Total != total || s.Fund+s.Account+s.Cash+s.Hospital != total {
				t.Fatalf("%+v is not exact", s)
			}
			used = policy.Usage{Deductible: used.Deductible + s.Deductible, Fund: used.Fund + s.Fund,
				Balance: used.Balance - s.Account}
			if used.Deductible > p.Deductible || used.Fund > p.Cap || used.Balance < 0 {
				t.Fatalf("limits broken: %+v", used)
			}
			splits = append(splits, s)
		}
		for _, s := range rapid.Permutation(splits).Draw(t, "refunds") {
			used = policy.Usage{Deductible: used.Deductible - s.Deductible, Fund: used.Fund - s.Fund,
				Balance: used.Balance + s.Account}
			if used.Deductible < 0 || used.Fund < 0 {
				t.Fatalf("a refund went below zero: %+v", used)
			}
		}
		if used != start {
			t.Fatalf("refunds did not reverse exactly: %+v, was %+v", used, start)
		}
	})
}

func TestTable(t *testing.T) {
	table := policy.Demo()
	for _, c := range []struct {
		insutype bureau.Insutype
		day      string
		want     string
	}{
		{bureau.Employee, "2025-12-31", "demo-310-2025"},
		{bureau.Employee, "2026-01-01", "demo-310-2026"},
		{bureau.Resident, "2030-01-01", "demo-390-2026"},
		{bureau.Employee, "2024-12-31", ""},
		{"999", "2026-01-01", ""},
	} {
		p, err := table.On(c.insutype, c.day)
		if p.Version != c.want || (c.want == "") != errors.Is(err, policy.ErrPolicy) {
			t.Errorf("%s on %s: %s, %v", c.insutype, c.day, p.Version, err)
		}
	}
}

func TestTableRefuses(t *testing.T) {
	for name, change := range map[string]func(*policy.Policy){
		"no version":      func(p *policy.Policy) { p.Version = "" },
		"no insutype":     func(p *policy.Policy) { p.Insutype = "1" },
		"share over one":  func(p *policy.Policy) { p.Ratio = money.Whole + 1 },
		"negative share":  func(p *policy.Policy) { p.ShareB = -1 },
		"negative amount": func(p *policy.Policy) { p.Cap = -1 },
		"no day":          func(p *policy.Policy) { p.From = "2026-02-30" },
	} {
		bad := employee
		change(&bad)
		if _, err := policy.NewTable(bad); !errors.Is(err, policy.ErrPolicy) {
			t.Errorf("%s: %v", name, err)
		}
	}
	twin := employee
	twin.Version = "w"
	if _, err := policy.NewTable(employee, twin); !errors.Is(err, policy.ErrPolicy) {
		t.Errorf("two policies a day: %v", err)
	}
}

func TestSplitRefuses(t *testing.T) {
	if _, err := employee.Split(nil, policy.Usage{}); !errors.Is(err, payment.ErrInvalid) {
		t.Errorf("no fees: %v", err)
	}
	if _, err := employee.Split(money.Fees{fee(money.ClassA, 1, 1)}, policy.Usage{Balance: -1}); !errors.Is(err,
		money.ErrAmount) {
		t.Errorf("negative balance: %v", err)
	}
}
