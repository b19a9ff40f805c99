// Package policy computes how an outpatient bill is split by an insurance bureau's rules
// (医保待遇政策). A policy is data with a first day of validity; a settlement records the version
// it was made with, so it can be computed again years later.
//
// # Rounding
//
// Everything is integer fen. Two shares can fall between two fen, and each has a named winner:
//   - class 乙's first share (先行自付) is rounded up, line by line: the remainder is the person's;
//   - the fund's payment is rounded down, once, over the sum: the remainder is the person's.
//
// Every other part is a difference, so parts always sum to the total exactly.
package policy

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// ErrPolicy is returned for a table that is not usable and for a day no policy covers.
var ErrPolicy = errors.New("policy: no usable policy")

// Policy is one insurance type's rules from one day on. Amounts are fen, shares basis points.
type Policy struct {
	Version    string            `json:"version"`    // "2026-310-1"
	Insutype   bureau.Insutype   `json:"insutype"`   //
	From       string            `json:"from"`       // first day, "2006-01-02"
	Deductible money.Fen         `json:"deductible"` // per year (起付线)
	ShareB     money.BasisPoints `json:"shareB"`     // class 乙's first share
	Ratio      money.BasisPoints `json:"ratio"`      // reimbursement of what is in scope and over the deductible
	Cap        money.Fen         `json:"cap"`        // of the fund's payments per year (封顶线)
}

// Usage is what a person has used up in the year so far, and the money on the personal account
// (个人账户).
type Usage struct {
	Deductible money.Fen // of the deductible
	Fund       money.Fen // of the cap
	Balance    money.Fen
}

// Split computes the settlement of fees. The account pays the person's part except what is wholly
// own expense (class 丙), as far as the balance goes; the rest is cash. Errors: those of
// Fees.Total, and ErrAmount for a usage out of range.
func (p Policy) Split(fees money.Fees, used Usage) (money.Split, error) {
	total, err := fees.Total()
	if err != nil {
		return money.Split{}, err
	}
	if _, err := money.Sum(used.Deductible, used.Fund, used.Balance); err != nil {
		return money.Split{}, err
	}
	s := money.Split{Total: total}
	for _, f := range fees {
		switch f.Class {
		case money.ClassC:
			s.OwnPay += f.Amount
		case money.ClassB:
			s.PreSelfPay += f.Amount.ShareUp(p.ShareB)
		}
	}
	s.InScope = s.Total - s.OwnPay - s.PreSelfPay
	s.Deductible = min(s.InScope, max(0, p.Deductible-used.Deductible))
	s.Pooled = min((s.InScope - s.Deductible).ShareDown(p.Ratio), max(0, p.Cap-used.Fund))
	s.Fund = s.Pooled
	s.Person = s.Total - s.Fund
	s.Account = min(s.Person-s.OwnPay, used.Balance)
	s.Cash = s.Person - s.Account
	return s, s.Check()
}

func (p Policy) check() error {
	switch {
	case p.Version == "" || !p.Insutype.Known():
		return fmt.Errorf("%w: version and insutype", ErrPolicy)
	case p.ShareB < 0 || p.ShareB > money.Whole || p.Ratio < 0 || p.Ratio > money.Whole:
		return fmt.Errorf("%w %s: shares are 0 to %d basis points", ErrPolicy, p.Version, money.Whole)
	case p.Deductible.Check() != nil || p.Cap.Check() != nil:
		return fmt.Errorf("%w %s: amounts", ErrPolicy, p.Version)
	case !china.IsDay(p.From):
		return fmt.Errorf("%w %s: from is a day", ErrPolicy, p.Version)
	}
	return nil
}

// Table is a set of policies.
type Table struct{ policies []Policy }

// NewTable checks policies: versions differ, and one insurance type has one policy a day.
func NewTable(policies ...Policy) (*Table, error) {
	t := &Table{slices.Clone(policies)}
	versions, starts := map[string]bool{}, map[string]bool{}
	for _, p := range t.policies {
		if err := p.check(); err != nil {
			return nil, err
		}
		start := string(p.Insutype) + p.From
		if versions[p.Version] || starts[start] {
			return nil, fmt.Errorf("%w %s: given twice", ErrPolicy, p.Version)
		}
		versions[p.Version], starts[start] = true, true
	}
	slices.SortFunc(t.policies, func(a, b Policy) int { return strings.Compare(a.From, b.From) })
	return t, nil
}

// On returns the policy in force on a day ("2006-01-02"): the newest that began on or before it.
// ErrPolicy when there is none.
func (t *Table) On(insutype bureau.Insutype, day string) (Policy, error) {
	for _, p := range slices.Backward(t.policies) {
		if p.Insutype == insutype && p.From <= day {
			return p, nil
		}
	}
	return Policy{}, fmt.Errorf("%w for insurance type %s on %s", ErrPolicy, insutype, day)
}

// Demo is the sandbox bureau's table: invented values of a usual size, not those of any city.
func Demo() *Table {
	t, err := NewTable(
		Policy{Version: "demo-310-2025", Insutype: bureau.Employee, From: "2025-01-01", Deductible: 300_00,
			ShareB: 1000, Ratio: 7000, Cap: 8_000_00},
		Policy{Version: "demo-390-2025", Insutype: bureau.Resident, From: "2025-01-01", Deductible: 200_00,
			ShareB: 1500, Ratio: 5000, Cap: 1_500_00},
		Policy{Version: "demo-310-2026", Insutype: bureau.Employee, From: "2026-01-01", Deductible: 200_00,
			ShareB: 1000, Ratio: 7500, Cap: 10_000_00},
		Policy{Version: "demo-390-2026", Insutype: bureau.Resident, From: "2026-01-01", Deductible: 150_00,
			ShareB: 1500, Ratio: 5500, Cap: 2_000_00},
	)
	if err != nil {
		panic(err) // the literals above are checked by a test
	}
	return t
}
