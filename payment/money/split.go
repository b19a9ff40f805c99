package money

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Split is a settlement's arithmetic (domain.md 4.4). The comments carry the platform's field
// names.
type Split struct {
	Total      Fen `json:"total" example:"640"`     // medfee_sumamt
	OwnPay     Fen `json:"ownPay" example:"0"`      // fulamt_ownpay_amt: class 丙
	PreSelfPay Fen `json:"preSelfPay" example:"40"` // preselfpay_amt: class 乙's first share (先行自付)
	InScope    Fen `json:"inScope" example:"600"`   // inscp_scp_amt
	Deductible Fen `json:"deductible" example:"0"`  // act_pay_dedc (起付线), the part of it used up here
	Pooled     Fen `json:"pooled" example:"320"`    // hifp_pay: the pooled fund (统筹基金)
	Fund       Fen `json:"fund" example:"320"`      // fund_pay_sumamt: the sum of the funds
	Account    Fen `json:"account" example:"200"`   // acct_pay: the personal account (个人账户)
	Cash       Fen `json:"cash" example:"120"`      // psn_cash_pay
	Hospital   Fen `json:"hospital" example:"0"`    // hosp_part_amt: what the hospital bears
	Person     Fen `json:"person" example:"320"`    // psn_part_amt

	// OtherFunds are the funds that the bureau names beside the pooled one (大病, 公务员, 医疗救助
	// and whatever a region has). Old documents have none.
	OtherFunds Funds `json:"otherFunds,omitempty" example:"hifmi_pay=100 maf_pay=20"`
}

// Funds are amounts in fen by the platform's field name, "name=fen", in order of names and with
// single spaces: a text, so that splits can be compared. Empty: none.
type Funds string

// NewFunds writes amounts as Funds; those of nothing are left out. ErrAmount.
func NewFunds(amounts map[string]Fen) (Funds, error) {
	var list []string
	for name, fen := range amounts {
		if err := fen.Check(); err != nil {
			return "", err
		}
		if fen > 0 {
			list = append(list, fmt.Sprintf("%s=%d", name, int64(fen)))
		}
	}
	slices.Sort(list)
	return Funds(strings.Join(list, " ")), nil
}

// Amounts reverses NewFunds; ErrInvalid for a text that it did not write.
func (f Funds) Amounts() (map[string]Fen, error) {
	amounts := map[string]Fen{}
	for _, part := range strings.Fields(string(f)) {
		name, text, _ := strings.Cut(part, "=")
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || name == "" {
			return nil, fmt.Errorf("%w: funds", ErrInvalid)
		}
		amounts[name] = Fen(n)
	}
	return amounts, nil
}

// total is the sum of the funds: ErrInvalid, ErrAmount.
func (f Funds) total() (sum Fen, err error) {
	amounts, err := f.Amounts()
	for _, fen := range amounts {
		if sum, err = Sum(sum, fen); err != nil {
			return 0, err
		}
	}
	return sum, err
}

// Check holds the split against the invariants of domain.md 4.4; ErrDishonest names the broken one.
func (s Split) Check() error {
	for _, a := range []Fen{s.Total, s.OwnPay, s.PreSelfPay, s.InScope, s.Deductible, s.Pooled, s.Fund, s.Account,
		s.Cash, s.Hospital, s.Person} {
		if err := a.Check(); err != nil {
			return fmt.Errorf("%w: %w", ErrDishonest, err)
		}
	}
	others, err := s.OtherFunds.total()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDishonest, err)
	}
	for _, rule := range []struct {
		broken bool
		name   string
	}{
		{s.Total == 0, "total is zero"},
		{s.Fund != s.Pooled+others, "fund_pay_sumamt = sum of the funds"},
		{s.Total != s.Fund+s.Account+s.Cash+s.Hospital,
			"medfee_sumamt = fund_pay_sumamt + acct_pay + psn_cash_pay + hosp_part_amt"},
		{s.Person != s.Account+s.Cash, "psn_part_amt = acct_pay + psn_cash_pay"},
		{s.Total != s.OwnPay+s.PreSelfPay+s.InScope,
			"medfee_sumamt = fulamt_ownpay_amt + preselfpay_amt + inscp_scp_amt"},
		{s.Deductible > s.InScope, "act_pay_dedc <= inscp_scp_amt"},
		{s.Fund > s.InScope-s.Deductible, "fund_pay_sumamt <= inscp_scp_amt - act_pay_dedc"},
	} {
		if rule.broken {
			return fmt.Errorf("%w: %s", ErrDishonest, rule.name)
		}
	}
	return nil
}

// Parts are the components money moves in, out and back by.
type Parts struct {
	Fund    Fen `json:"fund" example:"320"`
	Account Fen `json:"account" example:"200"`
	Cash    Fen `json:"cash" example:"120"`
}

// Parts are the split's components.
func (s Split) Parts() Parts { return Parts{Fund: s.Fund, Account: s.Account, Cash: s.Cash} }

// Plus adds component by component; ErrAmount when out of range.
func (p Parts) Plus(q Parts) (Parts, error) {
	var out Parts
	var err error
	for _, c := range []struct {
		to   *Fen
		a, b Fen
	}{{&out.Fund, p.Fund, q.Fund}, {&out.Account, p.Account, q.Account}, {&out.Cash, p.Cash, q.Cash}} {
		if *c.to, err = Sum(c.a, c.b); err != nil {
			return Parts{}, err
		}
	}
	return out, nil
}

// Within tells whether no component of p is above its counterpart in q: a refund never is.
func (p Parts) Within(q Parts) bool {
	return p.Fund <= q.Fund && p.Account <= q.Account && p.Cash <= q.Cash
}
