// Package span counts in the days and months by which the regulator's figures are asked for.
package span

import (
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/app/invalid"
)

// Units of a period.
const (
	Day   = "day"   // "2006-01-02", in China
	Month = "month" // "2006-01"
)

// Longest ranges of figures.
const (
	MaxDays   = 62
	MaxMonths = 13
)

// List are the periods of a unit from one day to another, both included: invalid.ErrInput.
func List(unit, first, last string) (list []string, err error) {
	from, err1 := time.Parse(time.DateOnly, first)
	to, err2 := time.Parse(time.DateOnly, last)
	layout, step, most := time.DateOnly, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }, MaxDays
	if unit == Month {
		begin := func(t time.Time) time.Time { return t.AddDate(0, 0, 1-t.Day()) }
		from, to = begin(from), begin(to)
		layout, step, most = "2006-01", func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }, MaxMonths
	}
	var c invalid.Check
	c.That(err1 == nil, "query.from", "a day, 2006-01-02")
	c.That(err2 == nil, "query.to", "a day, 2006-01-02")
	if c.Err() != nil {
		return nil, c.Err()
	}
	for t := from; !t.After(to) && len(list) <= most; t = step(t) {
		list = append(list, t.Format(layout))
	}
	c.That(len(list) > 0, "query.to", "not before from")
	c.That(len(list) <= most, "query.to", fmt.Sprintf("at most %d days, or %d months, with from", MaxDays, MaxMonths))
	return list, c.Err()
}

// Of is a day's period of a unit.
func Of(unit, day string) string {
	if unit == Month {
		return day[:len("2006-01")]
	}
	return day
}

// Away is the period that is n periods later; of none it is none.
func Away(unit, period string, n int) string {
	layout, months, days := time.DateOnly, 0, n
	if unit == Month {
		layout, months, days = "2006-01", n, 0
	}
	t, err := time.Parse(layout, period)
	if err != nil {
		return ""
	}
	return t.AddDate(0, months, days).Format(layout)
}
