package rules

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
)

// Multiples of the usual dose from which on it looks like a slip of the pen (a decimal point, a
// unit). A high-alert drug kills at a few times its dose, and a factor of two is the smallest slip
// there is; others are often raised twofold, so three is the first that is rare.
const (
	alertMultiple = 2
	plainMultiple = 3
)

const daysOfWeek = 7

// maxDose sums what is taken over this and all running prescriptions: by product against its
// label's maximum, by substance against the ceilings of the catalogue.
func maxDose(o Order) []Hit {
	products := overProduct(o.takes)
	return slices.Concat(products, overLimits(o.takes, products), unlimited(o.takes))
}

func counted(list []taken) []taken {
	return slices.DeleteFunc(slices.Clone(list), func(t taken) bool { return t.renewed })
}

func overProduct(list []taken) []Hit {
	var hits []Hit
	seen := map[string]bool{}
	for _, t := range list {
		if seen[t.Drug.Code] || t.Drug.MaxDaily <= 0 {
			continue
		}
		seen[t.Drug.Code] = true
		same := ofDrug(counted(list), t.Drug.Code)
		sum := catalogue.Quantity{}
		for _, x := range same {
			sum = sum.Plus(catalogue.Quantity{N: int64(x.Dose)}.Times(x.within(1)))
		}
		if sum.N > int64(t.Drug.MaxDaily) {
			h := Hit{
				About: t.Drug.Code, Source: t.Drug.LabelSource,
				ZH: fmt.Sprintf("每日 %s%s，超过说明书每日最大剂量 %s%s", medicine.Amount(sum.N), t.Drug.DoseUnit,
					t.Drug.MaxDaily, t.Drug.DoseUnit),
				EN: fmt.Sprintf("%s a day, above the label's daily maximum of %s",
					t.label.DoseWords.English(catalogue.Amount(sum.N)),
					t.label.DoseWords.English(catalogue.Amount(t.Drug.MaxDaily))),
			}
			hits = append(hits, dosed(h, same))
		}
	}
	return hits
}

// dosed is about with the dose as the field.
func dosed(h Hit, list []taken) Hit {
	h = About(h, list...)
	if h.Field != fieldRunning {
		h.Field += ".dose"
	}
	return h
}

func ofDrug(list []taken, code string) []taken {
	return slices.DeleteFunc(slices.Clone(list), func(t taken) bool { return t.Drug.Code != code })
}

// ceilings of a limit, in the order and words they are shown.
var ceilings = []struct {
	name   string
	zh, en string
	of     func(catalogue.Limit) catalogue.Amount
}{
	{"single", "单次", "a dose", func(l catalogue.Limit) catalogue.Amount { return l.Single }},
	{"daily", "每日合计", "a day in all", func(l catalogue.Limit) catalogue.Amount { return l.Daily }},
	{"weekly", "每周合计", "a week in all", func(l catalogue.Limit) catalogue.Amount { return l.Weekly }},
}

func overLimits(list []taken, products []Hit) []Hit {
	var hits []Hit
	var seen []string
	for _, t := range list {
		for _, l := range t.label.Limits {
			if !slices.Contains(seen, l.ID) && l.Stated() {
				seen = append(seen, l.ID)
				hits = append(hits, overLimit(l, counted(list), products)...)
			}
		}
	}
	return hits
}

func overLimit(l catalogue.Limit, list []taken, products []Hit) []Hit {
	var hits []Hit
	var counting []taken
	day, week := catalogue.Amount(0).In(l.Unit), catalogue.Amount(0).In(l.Unit)
	for _, t := range list {
		if !slices.ContainsFunc(t.label.Limits, func(x catalogue.Limit) bool { return x.ID == l.ID }) {
			continue
		}
		q, ok := t.label.Amount(l, t.dose())
		if !ok {
			h := Hit{About: l.ID + ":" + t.Drug.Code, NotChecked: true, Source: l.Source,
				ZH: "所含成份的量未载明，总量未核对",
				EN: "not checked: its label does not state the amount, so the total is unknown"}
			hits = append(hits, dosed(h, []taken{t}))
			continue
		}
		counting = append(counting, t)
		day, week = day.Plus(q.Times(t.within(1))), week.Plus(q.Times(t.within(daysOfWeek)))
		if x := overCeiling(l, 0, q, []taken{t}); x != nil {
			hits = append(hits, *x)
		}
	}
	// One product above its own label's maximum has been told already.
	told := len(counting) > 0 && len(ofDrug(counting, counting[0].Drug.Code)) == len(counting) &&
		slices.ContainsFunc(products, func(h Hit) bool { return h.About == counting[0].Drug.Code })
	if x := overCeiling(l, 1, day, counting); x != nil && !told {
		hits = append(hits, *x)
	}
	if x := overCeiling(l, 2, week, counting); x != nil {
		hits = append(hits, *x)
	}
	return hits
}

// overCeiling is the hit of one of the ceilings; nil within it.
func overCeiling(l catalogue.Limit, which int, q catalogue.Quantity, list []taken) *Hit {
	c := ceilings[which]
	most := c.of(l)
	if most == 0 || q.N <= most.In(l.Unit).N {
		return nil
	}
	h := Hit{
		About: l.ID + ":" + c.name, Source: l.Source,
		ZH: fmt.Sprintf("%s %s，超过上限 %s%s", c.zh, q.Text(l.Unit), most, l.Unit),
		EN: fmt.Sprintf("%s %s, above the ceiling of %s", l.Words.English(q.Amount(l.Unit)), c.en,
			l.Words.English(most)),
	}
	if which == 0 {
		h.About += ":" + list[0].Drug.Code
	}
	h = dosed(h, list)
	return &h
}

// unlimited admits that a dose was compared with nothing: for a high-alert drug that is a warning
// of its own.
func unlimited(list []taken) []Hit {
	var hits []Hit
	for _, t := range list {
		stated := t.Drug.MaxDaily > 0 || slices.ContainsFunc(t.label.Limits, catalogue.Limit.Stated)
		if stated || slices.ContainsFunc(hits, func(h Hit) bool { return h.About == t.Drug.Code }) {
			continue
		}
		h := Hit{About: t.Drug.Code, NotChecked: true, Severity: Info, ZH: "药品目录未载明剂量上限，剂量未核对",
			EN: "not checked: the catalogue states no ceiling for its dose"}
		if t.label.HighAlert() {
			h.Severity, h.ZH, h.EN = Warning, "高警示药品，药品目录未载明剂量上限，剂量未核对",
				"not checked: a high-alert drug, and the catalogue states no ceiling for its dose"
		}
		hits = append(hits, dosed(h, []taken{t}))
	}
	return hits
}

// usualDose compares with what the catalogue calls usual: a multiple of it is likelier a slip than
// a thought.
func usualDose(o Order) []Hit {
	var hits []Hit
	for _, t := range o.takes {
		times := t.multiple(o.Formulary)
		limit := int64(plainMultiple)
		if t.label.HighAlert() {
			limit = alertMultiple
		}
		if times < limit {
			continue
		}
		h := Hit{
			About: t.Drug.Code, Severity: Warning, Source: "药品目录常用量",
			ZH: fmt.Sprintf("用量达到常用量的 %d 倍，请确认不是笔误", times),
			EN: fmt.Sprintf("%d times the usual dose: make sure it is no slip", times),
		}
		if t.label.HighAlert() && times >= plainMultiple {
			h.Severity = Critical
		}
		hits = append(hits, dosed(h, []taken{t}))
	}
	return hits
}

// multiple is how many times the usual is taken, at once or in a week, whichever is more; 0 when
// the catalogue knows no usual dose.
func (t taken) multiple(f Formulary) int64 {
	d := t.label.Drug
	if d.Dose <= 0 || d.DoseUnit != t.Drug.DoseUnit || f == nil {
		return 0
	}
	times := int64(t.Dose) / int64(d.Dose)
	usual, ok := f.Frequency(d.Frequency)
	if !ok || usual.AsNeeded || t.Frequency.AsNeeded {
		return times
	}
	days := min(daysOfWeek, max(1, t.Days))
	return max(times, int64(t.Dose)*t.Frequency.Busiest(days)/(int64(d.Dose)*usual.Busiest(days)))
}

// weeklyOnly refuses a drug of once a week that is written oftener: methotrexate taken daily has
// killed.
func weeklyOnly(o Order) []Hit {
	var hits []Hit
	for _, t := range o.takes {
		if t.mine && t.label.WeeklyOnly() && t.Frequency.Busiest(daysOfWeek) > 1 {
			h := Hit{ZH: "该药每周只用一次，不得按此频次开具",
				EN: "this drug is taken once a week and must not be written at this frequency"}
			h = About(h, t)
			h.Field += ".frequency"
			hits = append(hits, h)
		}
	}
	return hits
}

// graver is the graver of two severities.
func graver(a, b Severity) Severity {
	grades := []Severity{"", Info, Warning, Critical, Refused}
	if cmp.Compare(slices.Index(grades, a), slices.Index(grades, b)) >= 0 {
		return a
	}
	return b
}
