package rules

import (
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// taken is one medicine the patient is to take, from this prescription or from another one. Every
// clinical check runs over all of them: who splits an order over two prescriptions loses no
// finding.
type taken struct {
	medicine.Item
	mine    bool // of the prescription judged
	alike   bool // of a person who may be the patient: see RunningItem
	field   string
	label   *catalogue.Label // never nil
	known   bool             // the catalogue has it
	renewed bool             // of another prescription, nearly used up, and written again here
}

// fieldRunning is the field of what only concerns other prescriptions.
const fieldRunning = "running"

// Renewing: the same drug written again in the last quarter of a course, a week before its end at
// most, is follow-up care and no double dose. A week is how early the next issue of a repeat may be
// fetched elsewhere (NHS EPS).
const (
	renewPart = 4
	renewDays = 7
)

func (o Order) intake() []taken {
	list := make([]taken, 0, len(o.Items)+len(o.Running.Items))
	for i, it := range o.Items {
		list = append(list, o.take(it, true, prescription.Nth("items", i)))
	}
	for _, r := range o.Running.Items {
		t := o.take(r.Item, false, fieldRunning)
		t.alike = r.Alike
		again := slices.ContainsFunc(o.Items, func(it medicine.Item) bool { return it.Drug.Code == r.Drug.Code })
		t.renewed = again && r.endsSoon(o.At)
		list = append(list, t)
	}
	return list
}

func (o Order) take(it medicine.Item, mine bool, field string) taken {
	t := taken{Item: it, mine: mine, field: field}
	if o.Formulary != nil {
		t.label, t.known = o.Formulary.Label(it.Drug.Code)
	}
	if t.label == nil || len(t.label.Ingredients) == 0 && it.Drug.ATC != "" {
		t.label = catalogue.Plain(it.Drug.Code, it.Drug.ATC, it.Drug.NameZH, it.Drug.NameEN, it.Drug.DoseUnit)
	}
	return t
}

func (r RunningItem) endsSoon(at time.Time) bool {
	window := min(renewDays, (r.Days+renewPart-1)/renewPart)
	return !r.Until.IsZero() && !at.Before(r.Until.AddDate(0, 0, -window))
}

// dose is the single dose in the catalogue's scale.
func (t taken) dose() catalogue.Amount { return catalogue.Amount(t.Dose) }

// within is the most doses that fall into so many days in a row of the course.
func (t taken) within(days int) int64 { return t.Frequency.Busiest(min(days, max(1, t.Days))) }

// About says what a hit concerns: the drugs by name, in one order whatever the items', and how much
// it weighs. What only concerns other prescriptions informs: their prescribers answer for it, and
// they were asked.
func About(h Hit, list ...taken) Hit {
	slices.SortStableFunc(list, func(a, b taken) int { return strings.Compare(a.Drug.Code, b.Drug.Code) })
	var zh, en []string
	mine, foreign, alike := false, false, false
	for _, t := range list {
		if !slices.Contains(zh, t.Drug.NameZH) {
			zh, en = append(zh, t.Drug.NameZH), append(en, t.Drug.NameEN)
		}
		mine, foreign, alike = mine || t.mine, foreign || !t.mine, alike || t.alike
		if t.mine && (h.Field == "" || h.Field == fieldRunning) {
			h.Field = t.field
		}
	}
	if h.Field == "" {
		h.Field = fieldRunning
	}
	from, fromEN := "", ""
	if foreign {
		from, fromEN = "（含患者其他处方正在使用的药品）", " (with medicines of the patient's other prescriptions)"
	}
	if alike {
		from, fromEN = "（含外院处方的药品，其患者姓名、性别、出生日期相同，请向患者核实）",
			" (with a medicine of another hospital's prescription for somebody of the same name, sex and date of birth: ask the patient)"
	}
	h.ZH, h.EN = strings.Join(zh, " + ")+from+"："+h.ZH, strings.Join(en, " + ")+fromEN+": "+h.EN
	if !mine {
		h.Severity = Info
	}
	return h
}

// weight asks for the weight of a child whose dose rests on it.
func weight(o Order) []Hit {
	p := o.Visit.Patient
	if p.AgeAt(o.At) >= parties.WeightBelowAge || p.WeightAt(o.At) > 0 {
		return nil
	}
	return one("visit", "六岁以下儿童须有近三个月内的体重，请补录或注明理由",
		"a child under six needs a weight of the last three months: record it, or write why not")
}
