package insurersandbox

import (
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/payment"
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
	if !payment.IsDay(in.First) || !payment.IsDay(in.Last) {
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

// sumOver takes the column from this file only.
func sumOver(tx *gorm.DB, column string, in insurer.Days) (s sums, err error) {
	err = tx.Table("bureau_orders").Where(column+" BETWEEN ? AND ?", in.First, in.Last).
		Select(
			"COALESCE(SUM(fund), 0) AS fund, COALESCE(SUM(account), 0) AS account, COALESCE(SUM(cash), 0) AS cash, COUNT(*) AS n").Scan(&s).Error
	return s, err
}

// details is 3202: every order settled or refunded on the day, a page at a time.
func (b *Bureau) details(tx *gorm.DB, in insurer.Days) (*insurer.DetailsOutput, error) {
	if !payment.IsDay(in.First) || in.First != in.Last {
		return nil, refuse("details are of one day")
	}
	size := in.Size
	if size < 1 || size > insurer.DetailsPage {
		size = insurer.DetailsPage
	}
	var rows []orderRow
	day := tx.Where("(setl_day = ? OR refd_day = ?) AND number > ?", in.First, in.First, in.After)
	if err := day.Order("number").Limit(size + 1).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := &insurer.DetailsOutput{More: len(rows) > size}
	rows = rows[:min(len(rows), size)]
	out.List = make([]insurer.Detail, len(rows))
	for i, o := range rows {
		parts := sums{o.Fund, o.Account, o.Cash, 1}.amounts()
		out.List[i].Number = o.Number
		if o.SetlDay == in.First {
			out.List[i].Settled = &parts
		}
		if o.RefdDay == in.First {
			out.List[i].Refunded = &parts
		}
	}
	return out, nil
}
