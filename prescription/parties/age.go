package parties

import (
	"fmt"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"time"
)

// Ages below which a prescription says more than years (处方管理办法 art. 6 (5): newborns and
// infants in days and months). Where one form ends and the next begins is from practice.
const (
	newbornDays    = 28
	monthsBelowAge = 6 // years
)

// Age is how old somebody is by the civil calendar of China.
type Age struct {
	Years  int `json:"years" doc:"Completed years" example:"0"`
	Months int `json:"months" doc:"Completed months after the years" example:"5"`
	Days   int `json:"days" doc:"Days after the months" example:"12"`
}

// AgeOf counts completed years, months and days from the day of birth.
func (p Patient) AgeOf(at time.Time) Age {
	months := p.MonthsAt(at)
	b, t := p.Birth.In(china.Zone), at.In(china.Zone)
	// The last month's anniversary; a month that lacks the day ends with its own last one.
	first := time.Date(b.Year(), b.Month()+time.Month(months), 1, 0, 0, 0, 0, china.Zone)
	anchor := first.AddDate(0, 0, min(b.Day(), first.AddDate(0, 1, -1).Day())-1)
	today := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, china.Zone)
	return Age{Years: months / 12, Months: months % 12, Days: max(0, int(today.Sub(anchor).Hours()/24))}
}

// MonthsAt is the age in completed months; 0 before the birth.
func (p Patient) MonthsAt(at time.Time) int {
	b, t := p.Birth.In(china.Zone), at.In(china.Zone)
	months := (t.Year()-b.Year())*12 + int(t.Month()) - int(b.Month())
	if t.Day() < b.Day() {
		months--
	}
	return max(0, months)
}

// String is the age as a prescription states it: 12天, 5月12天, 3岁2月, 46岁.
func (a Age) String() string {
	switch {
	case a.Years == 0 && a.Months == 0 || a.Years == 0 && a.Months*30+a.Days < newbornDays:
		return fmt.Sprintf("%d天", a.Days)
	case a.Years == 0 && a.Days == 0:
		return fmt.Sprintf("%d月", a.Months)
	case a.Years == 0:
		return fmt.Sprintf("%d月%d天", a.Months, a.Days)
	case a.Years < monthsBelowAge && a.Months > 0:
		return fmt.Sprintf("%d岁%d月", a.Years, a.Months)
	}
	return fmt.Sprintf("%d岁", a.Years)
}

// Weights of a child.
const (
	// WeightBelowAge is the age in years below which a child's dose rests on its weight (from
	// practice).
	WeightBelowAge = 6
	// weightGood is how long a child's weight counts as known (from practice).
	weightGood = 92 * 24 * time.Hour
)

// WeightAt is the weight in grams as far as it is known at a moment; 0 is unknown. A child's is
// forgotten after three months.
func (p Patient) WeightAt(at time.Time) int64 {
	if p.AgeAt(at) < WeightBelowAge && at.Sub(p.WeighedOn) > weightGood {
		return 0
	}
	return p.WeightGrams
}
