package insurersandbox

import (
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment/insurer"
)

type sums struct {
	Fund, Account, Cash int64
	N                   int
}

func (s sums) amounts() insurer.Amounts {
	return insurer.Amounts{Fund: insurer.Yuan(s.Fund), Account: insurer.Yuan(s.Account), Cash: insurer.Yuan(s.Cash)}
}

// totals is 3201: what was settled and what was refunded on the days, each by its own day.
func (b *Bureau) totals(tx *gorm.DB, in insurer.Days) (*insurer.TotalsOutput, error) {
	if !china.IsDay(in.First) || !china.IsDay(in.Last) {
		return nil, refuse("begndate and enddate are days")
	}
	settled, err := sumOver(tx, "setl_day", in)
	if err != nil {
		return nil, err
	}
	refunded, err := sumOver(tx, "refd_day", in)
	if err != nil {
		return nil, err
	}
	return &insurer.TotalsOutput{Settled: settled.amounts(), Settleds: settled.N, Refunded: refunded.amounts(),
		Refundeds: refunded.N}, nil
}

// sumOver takes the column from this file only. A sum that is no number counts as 0: one such row
// must not end the statement of all others.
func sumOver(tx *gorm.DB, column string, in insurer.Days) (s sums, err error) {
	err = tx.Table("bureau_orders").Where(column+" BETWEEN ? AND ?", in.First, in.Last).
		Select(
			"COALESCE(SUM(CAST(fund AS BIGINT)), 0) AS fund, COALESCE(SUM(CAST(account AS BIGINT)), 0) AS account, " +
				"COALESCE(SUM(CAST(cash AS BIGINT)), 0) AS cash, COUNT(*) AS n").Scan(&s).Error
	return s, err
}

// details is 3202: every order settled or refunded on the day, a page at a time.
func (b *Bureau) details(tx *gorm.DB, in insurer.Days) (*insurer.DetailsOutput, error) {
	if !china.IsDay(in.First) || in.First != in.Last {
		return nil, refuse("details are of one day")
	}
	size := in.Size
	if size < 1 || size > insurer.DetailsPage {
		size = insurer.DetailsPage
	}
	day := tx.Where("(setl_day = ? OR refd_day = ?) AND number > ?", in.First, in.First, in.After)
	found, err := sqlstore.Rows[orderRow](day.Order("number").Limit(size + 1))
	if err != nil {
		return nil, err
	}
	// One that does not fit is named without its sums, so that the others follow it and who
	// compares the books finds it.
	out := &insurer.DetailsOutput{More: len(found.Rows) > size}
	rows := found.Rows[:min(len(found.Rows), size)]
	out.List = make([]insurer.Detail, len(rows))
	for i, o := range rows {
		parts := sums{o.Fund, o.Account, o.Cash, 1}.amounts()
		out.List[i].Number = o.Number
		if found.Err(i) != nil {
			continue
		}
		if o.SetlDay == in.First {
			out.List[i].Settled = &parts
		}
		if o.RefdDay == in.First {
			out.List[i].Refunded = &parts
		}
	}
	return out, nil
}
