package rules

import (
	"errors"
	"slices"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// facts are the label facts of one kind as hits; a catalogue that cannot judge yields "not
// checked".
func facts(o Order, kind FactKind) []Hit {
	if o.unjudged != nil {
		return []Hit{{Field: "items", NotChecked: true, ZH: "药品资料库不能判断，未核对",
			EN: "not checked: the table of label facts cannot judge these drugs"}}
	}
	var hits []Hit
	for _, f := range o.found {
		if f.Kind != kind {
			continue
		}
		list := o.concerned(f)
		if len(list) == 0 {
			continue
		}
		h := Hit{About: f.ID + ":" + f.Drug, Severity: f.Severity, ZH: f.ZH, EN: f.EN, Source: f.Source}
		if f.Other != "" {
			h.About += "+" + f.Other
		}
		hits = append(hits, About(h, list...))
	}
	return hits
}

// concerned are the medicines a fact speaks of, those of this prescription before others of the
// same drug. A course speaks when it lasts for longer than the fact allows.
func (o Order) concerned(f Fact) []taken {
	var list []taken
	for _, code := range []string{f.Drug, f.Other} {
		at := slices.IndexFunc(o.takes,
			func(t taken) bool { return t.Drug.Code == code && (f.Kind != FactDuration || t.Days > f.Days) })
		if at >= 0 {
			list = append(list, o.takes[at])
		}
	}
	return list
}

var errNoFormulary = errors.New("prescription: no catalogue")

// lookUp asks the catalogue once for everything it says of the drugs it has.
func (o Order) lookUp() ([]Fact, error) {
	if o.Formulary == nil {
		return nil, errNoFormulary
	}
	var codes []string
	for _, t := range o.takes {
		if t.known {
			codes = append(codes, t.Drug.Code)
		}
	}
	p := o.Visit.Patient
	c := Condition{AgeMonths: p.MonthsAt(o.At), WeightGrams: p.WeightAt(o.At), Pregnant: p.Pregnant == parties.Yes,
		Lactating: p.Lactating == parties.Yes}
	for _, a := range p.Allergies {
		if a.Allergen != "" {
			c.Allergens = append(c.Allergens, a.Allergen)
		}
	}
	for _, d := range o.Diagnoses {
		c.Reasons = append(c.Reasons, catalogue.ICDBases(d.Code)...)
	}
	c.Diagnoses = slices.Clone(c.Reasons)
	for _, d := range o.Visit.Prior {
		c.Diagnoses = append(c.Diagnoses, catalogue.ICDBases(d.Code)...)
	}
	return o.Formulary.Facts(codes, c)
}

// interactions also admits which drugs could be looked up by no substance: no fact could have
// spoken of them.
func interactions(o Order) []Hit {
	hits := facts(o, FactInteraction)
	if o.unjudged != nil {
		return hits
	}
	for _, t := range o.takes {
		h := Hit{About: t.Drug.Code, NotChecked: true}
		switch {
		case !t.known:
			h.ZH, h.EN = "药品目录没有此药，相互作用、禁忌均未核对",
				"not checked: the catalogue does not have this drug"
		case t.label.Drug.Code != "" && len(t.label.Ingredients) == 0:
			h.ZH, h.EN = "成份资料未录入，相互作用、禁忌未核对", "not checked: its ingredients are not in the tables"
		default:
			continue
		}
		hits = keepGravest(hits, About(h, t))
	}
	return hits
}

func disease(o Order) []Hit { return facts(o, FactDisease) }

func indication(o Order) []Hit { return facts(o, FactIndication) }

func duration(o Order) []Hit { return facts(o, FactDuration) }

// routes compares the way with the form: eye drops are not swallowed.
func routes(o Order) []Hit {
	var hits []Hit
	for _, t := range o.takes {
		if ways := t.label.Routes; t.mine && len(ways) > 0 && !slices.Contains(ways, t.Route.Code) {
			h := About(Hit{About: t.Drug.Code, ZH: "剂型不能按此途径给药（" + t.Route.NameZH + "）",
				EN: "its form cannot be given this way (" + t.Route.Code + ")"}, t)
			h.Field += ".route"
			hits = append(hits, h)
		}
	}
	return hits
}

func allergy(o Order) []Hit {
	p := o.Visit.Patient
	if !p.AllergiesAsked {
		return []Hit{{Field: "visit", NotChecked: true, ZH: "未询问过敏史，未核对",
			EN: "not checked: the patient was not asked about allergies"}}
	}
	var hits []Hit
	for i, a := range p.Allergies {
		if a.Allergen == "" {
			hits = append(hits, Hit{Field: "visit", About: prescription.Nth("allergies", i), NotChecked: true,
				ZH: "过敏史没有分类编码，未核对", EN: "not checked: an allergy is known by its text only"})
		}
	}
	return append(hits, facts(o, FactAllergy)...)
}

func age(o Order) []Hit {
	hits := facts(o, FactAge)
	for _, t := range o.takes {
		if o.Visit.Patient.AgeAt(o.At) < t.Drug.MinAge {
			h := Hit{About: t.Drug.Code, Severity: Critical, Source: t.Drug.LabelSource,
				ZH: "患者年龄低于说明书适用年龄", EN: "younger than the label allows"}
			hits = keepGravest(hits, About(h, t))
		}
	}
	return hits
}

// asks tells whether the questions of pregnancy and lactation concern the patient.
func (o Order) asks() bool {
	years := o.Visit.Patient.AgeAt(o.At)
	return o.Visit.Patient.Sex != parties.Male && years >= ChildbearingFrom && years <= ChildbearingUntil
}

func pregnancy(o Order) []Hit {
	switch {
	case !o.asks() || o.Visit.Patient.Pregnant == parties.No:
		return nil
	case o.Visit.Patient.Pregnant == parties.Unknown:
		return []Hit{{Field: "visit", NotChecked: true, ZH: "未询问妊娠情况，未核对",
			EN: "not checked: nobody asked about pregnancy"}}
	}
	hits := facts(o, FactPregnancy)
	for _, t := range o.takes {
		said := slices.ContainsFunc(o.found,
			func(f Fact) bool { return f.Kind == FactPregnancy && f.Drug == t.Drug.Code })
		if h, hit := pregnancyAdvice(t.Drug); hit && !said { // the label's fact says it in more words
			hits = keepGravest(hits, About(h, t))
		}
	}
	return hits
}

func pregnancyAdvice(d medicine.Drug) (Hit, bool) {
	h := Hit{About: d.Code, Source: d.LabelSource}
	switch d.Pregnancy {
	case medicine.Contraindicated:
		h.Severity, h.ZH, h.EN = Critical, "说明书：孕妇禁用", "label: contraindicated in pregnancy"
	case medicine.Caution:
		h.Severity, h.ZH, h.EN = Warning, "说明书：孕妇慎用", "label: caution in pregnancy"
	case medicine.NotStated:
		h.NotChecked, h.ZH, h.EN = true, "药品目录未载明妊娠期用药，未核对",
			"not checked: the catalogue does not say for pregnancy"
	case medicine.Allowed:
		return Hit{}, false
	}
	return h, true
}

func lactation(o Order) []Hit {
	switch {
	case !o.asks() || o.Visit.Patient.Lactating == parties.No:
		return nil
	case o.Visit.Patient.Lactating == parties.Unknown:
		return []Hit{{Field: "visit", NotChecked: true, ZH: "未询问哺乳情况，未核对",
			EN: "not checked: nobody asked about lactation"}}
	}
	return facts(o, FactLactation)
}
