package prescription

import (
	"errors"
	"slices"
)

func maxDose(o Order) []Hit {
	var hits []Hit
	for i, it := range o.Items {
		h := Hit{Field: nth("items", i) + ".dose", About: it.Drug.Code, Source: it.Drug.LabelSource}
		switch {
		case it.Drug.MaxDaily <= 0:
			h.NotChecked, h.ZH, h.EN = true, "药品目录未载明每日最大剂量，未核对", "not checked: the catalogue states no daily maximum"
		case it.exceedsDaily():
			h.ZH, h.EN = "超过说明书每日最大剂量，须注明理由", "above the label's daily maximum: the reason must be written"
		default:
			continue
		}
		hits = append(hits, h)
	}
	return hits
}

// facts are the label facts of one kind as hits; a catalogue that cannot judge yields "not checked".
func facts(o Order, kind FactKind) []Hit {
	var codes []string
	field := map[string]string{}
	for i, it := range o.Items {
		codes = append(codes, it.Drug.Code)
		field[it.Drug.Code] = nth("items", i)
	}
	found, err := o.factsOf(codes)
	if err != nil {
		return []Hit{{Field: "items", NotChecked: true, ZH: "药品资料库不能判断，未核对", EN: "not checked: the table of label facts cannot judge these drugs"}}
	}
	var hits []Hit
	for _, f := range found {
		if f.Kind != kind {
			continue
		}
		about := f.ID + ":" + f.Drug
		if f.Other != "" {
			about += "+" + f.Other
		}
		hits = append(hits, Hit{Field: field[f.Drug], About: about, Severity: f.Severity, ZH: f.ZH, EN: f.EN, Source: f.Source})
	}
	return hits
}

var errNoFormulary = errors.New("prescription: no catalogue")

func (o Order) factsOf(codes []string) ([]Fact, error) {
	if o.Formulary == nil {
		return nil, errNoFormulary
	}
	p := o.Visit.Patient
	c := Condition{AgeYears: p.AgeAt(o.At), Pregnant: p.Pregnant == Yes, Lactating: p.Lactating == Yes}
	for _, a := range p.Allergies {
		if a.Allergen != "" {
			c.Allergens = append(c.Allergens, a.Allergen)
		}
	}
	for _, d := range o.Diagnoses {
		c.Diagnoses = append(c.Diagnoses, d.Code)
	}
	for _, d := range o.Visit.Prior {
		c.Diagnoses = append(c.Diagnoses, d.Code)
	}
	return o.Formulary.Facts(codes, c)
}

func interactions(o Order) []Hit { return facts(o, FactInteraction) }

func disease(o Order) []Hit { return facts(o, FactDisease) }

func allergy(o Order) []Hit {
	p := o.Visit.Patient
	if !p.AllergiesAsked {
		return []Hit{{Field: "visit", NotChecked: true, ZH: "未询问过敏史，未核对", EN: "not checked: the patient was not asked about allergies"}}
	}
	var hits []Hit
	for i, a := range p.Allergies {
		if a.Allergen == "" {
			hits = append(hits, Hit{Field: "visit", About: nth("allergies", i), NotChecked: true, ZH: "过敏史没有分类编码，未核对", EN: "not checked: an allergy is known by its text only"})
		}
	}
	return append(hits, facts(o, FactAllergy)...)
}

// Levels of the ATC classification by length of code.
const (
	atcGroupLen     = 5 // chemical subgroup
	atcSubstanceLen = 7
)

func duplicates(o Order) []Hit {
	var hits []Hit
	for i, a := range o.Items {
		for _, b := range o.Items[i+1:] {
			if h, hit := duplicateOf(a.Drug, b.Drug); hit {
				h.Field, h.About = nth("items", i), a.Drug.Code+"+"+b.Drug.Code
				hits = append(hits, h)
			}
		}
	}
	return hits
}

// running compares with the patient's other prescriptions. It informs and asks for no written reason: a renewal before the last package is
// used up is what follow-up care looks like. Doctor and reviewing pharmacist both see it.
func running(o Order) []Hit {
	var hits []Hit
	if o.Running.Unknown {
		hits = append(hits, Hit{Field: "items", NotChecked: true, ZH: "患者近期处方过多，未全部核对重复用药", EN: "not checked: the patient has too many recent prescriptions"})
	}
	for i, it := range o.Items {
		for _, other := range o.Running.Items {
			h, hit := duplicateOf(it.Drug, other.Drug)
			if !hit {
				continue
			}
			h.Field, h.About = nth("items", i), it.Drug.Code+"+"+other.Drug.Code
			if slices.ContainsFunc(hits, func(x Hit) bool { return x.About == h.About }) {
				continue // said of another prescription with the same drug
			}
			if !h.NotChecked {
				h.Severity, h.ZH, h.EN = Info, "与患者另一张有效处方重复用药："+h.ZH, "on another live prescription of the patient: "+h.EN
			}
			hits = append(hits, h)
		}
	}
	return hits
}

func duplicateOf(a, b Drug) (Hit, bool) {
	switch {
	case a.Code == b.Code:
		return Hit{Severity: Critical, ZH: "同一药品重复开具", EN: "the same drug twice"}, true
	case len(a.ATC) < atcGroupLen || len(b.ATC) < atcGroupLen:
		return Hit{NotChecked: true, ZH: "药品没有分类编码，重复用药未核对", EN: "not checked: no classification for duplicate therapy"}, true
	case len(a.ATC) >= atcSubstanceLen && a.ATC == b.ATC:
		return Hit{Severity: Critical, ZH: "同一成分重复用药", EN: "the same substance twice"}, true
	case a.ATC[:atcGroupLen] == b.ATC[:atcGroupLen]:
		return Hit{ZH: "同类药物重复用药", EN: "two drugs of one chemical group"}, true
	}
	return Hit{}, false
}

func age(o Order) []Hit {
	hits := facts(o, FactAge)
	for i, it := range o.Items {
		if o.Visit.Patient.AgeAt(o.At) < it.Drug.MinAge {
			hits = append(hits, Hit{Field: nth("items", i), About: it.Drug.Code, Source: it.Drug.LabelSource, ZH: "患者年龄低于说明书适用年龄", EN: "younger than the label allows"})
		}
	}
	return hits
}

// asks tells whether the questions of pregnancy and lactation concern the patient.
func (o Order) asks() bool {
	years := o.Visit.Patient.AgeAt(o.At)
	return o.Visit.Patient.Sex != Male && years >= ChildbearingFrom && years <= ChildbearingUntil
}

func pregnancy(o Order) []Hit {
	switch {
	case !o.asks() || o.Visit.Patient.Pregnant == No:
		return nil
	case o.Visit.Patient.Pregnant == Unknown:
		return []Hit{{Field: "visit", NotChecked: true, ZH: "未询问妊娠情况，未核对", EN: "not checked: nobody asked about pregnancy"}}
	}
	hits := facts(o, FactPregnancy)
	for i, it := range o.Items {
		field := nth("items", i)
		if slices.ContainsFunc(hits, func(h Hit) bool { return h.Field == field }) {
			continue // the label's fact says it in more words
		}
		h := Hit{Field: field, About: it.Drug.Code, Source: it.Drug.LabelSource}
		switch it.Drug.Pregnancy {
		case Allowed:
			continue
		case Contraindicated:
			h.ZH, h.EN = "说明书：孕妇禁用", "label: contraindicated in pregnancy"
		case Caution:
			h.Severity, h.ZH, h.EN = Warning, "说明书：孕妇慎用", "label: caution in pregnancy"
		case NotStated:
			h.NotChecked, h.ZH, h.EN = true, "药品目录未载明妊娠期用药，未核对", "not checked: the catalogue does not say for pregnancy"
		}
		hits = append(hits, h)
	}
	return hits
}

func lactation(o Order) []Hit {
	switch {
	case !o.asks() || o.Visit.Patient.Lactating == No:
		return nil
	case o.Visit.Patient.Lactating == Unknown:
		return []Hit{{Field: "visit", NotChecked: true, ZH: "未询问哺乳情况，未核对", EN: "not checked: nobody asked about lactation"}}
	}
	return facts(o, FactLactation)
}
