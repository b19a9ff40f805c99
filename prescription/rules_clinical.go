package prescription

import "strings"

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

func interactions(o Order) []Hit {
	var hits []Hit
	for i, a := range o.Items {
		for _, b := range o.Items[i+1:] {
			hits = append(hits, interactionsOf(o.Formulary, a.Drug, b.Drug, nth("items", i))...)
		}
	}
	return hits
}

func interactionsOf(f Formulary, a, b Drug, field string) []Hit {
	about := a.Code + "+" + b.Code
	var found []Interaction
	ok := false
	if f != nil {
		found, ok = f.Interactions(a, b)
	}
	if !ok {
		return []Hit{{Field: field, About: about, NotChecked: true, ZH: "相互作用资料未覆盖该组合，未核对", EN: "not checked: the interaction table does not cover this pair"}}
	}
	hits := make([]Hit, 0, len(found))
	for _, x := range found {
		hits = append(hits, Hit{Field: field, About: about + ":" + x.ID + "@" + x.Version, Severity: x.Severity, ZH: x.MessageZH, EN: x.MessageEN, Source: x.Source})
	}
	return hits
}

func allergy(o Order) []Hit {
	p := o.Visit.Patient
	if !p.AllergiesAsked {
		return []Hit{{Field: "visit", NotChecked: true, ZH: "未询问过敏史，未核对", EN: "not checked: the patient was not asked about allergies"}}
	}
	var hits []Hit
	for i, it := range o.Items {
		if h, hit := allergyTo(p.Allergies, it.Drug); hit {
			h.Field, h.About, h.Source = nth("items", i), it.Drug.Code, "患者过敏史"
			hits = append(hits, h)
		}
	}
	return hits
}

func allergyTo(list []Allergy, d Drug) (h Hit, hit bool) {
	for _, a := range list {
		switch {
		case a.ATC == "" || d.ATC == "":
			h, hit = Hit{NotChecked: true, ZH: "过敏史或药品没有分类编码，未核对", EN: "not checked: the allergy or the drug has no classification"}, true
		case strings.HasPrefix(d.ATC, a.ATC):
			return Hit{ZH: "患者对该药或其所属类别过敏", EN: "the patient is allergic to this drug or its group"}, true
		}
	}
	return h, hit
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
	var hits []Hit
	for i, it := range o.Items {
		if o.Visit.Patient.AgeAt(o.At) < it.Drug.MinAge {
			hits = append(hits, Hit{Field: nth("items", i), About: it.Drug.Code, Source: it.Drug.LabelSource, ZH: "患者年龄低于说明书适用年龄", EN: "younger than the label allows"})
		}
	}
	return hits
}

func pregnancy(o Order) []Hit {
	p := o.Visit.Patient
	years := p.AgeAt(o.At)
	if p.Sex == Male || years < ChildbearingFrom || years > ChildbearingUntil {
		return nil
	}
	return conditionHits(o, p.Pregnant, "妊娠", "pregnancy", func(d Drug) Advice { return d.Pregnancy })
}

func lactation(o Order) []Hit {
	p := o.Visit.Patient
	years := p.AgeAt(o.At)
	if p.Sex == Male || years < ChildbearingFrom || years > ChildbearingUntil {
		return nil
	}
	return conditionHits(o, p.Lactating, "哺乳", "lactation", func(d Drug) Advice { return d.Lactation })
}

// conditionHits is the check of a label's advice on a condition the patient may have.
func conditionHits(o Order, has Answer, zh, en string, advice func(Drug) Advice) []Hit {
	if has == No {
		return nil
	}
	if has == Unknown {
		return []Hit{{Field: "visit", NotChecked: true, ZH: "未询问" + zh + "情况，未核对", EN: "not checked: nobody asked about " + en}}
	}
	var hits []Hit
	for i, it := range o.Items {
		h := Hit{Field: nth("items", i), About: it.Drug.Code, Source: it.Drug.LabelSource}
		switch advice(it.Drug) {
		case Allowed:
			continue
		case Contraindicated:
			h.ZH, h.EN = "说明书："+zh+"期禁用", "label: contraindicated in "+en
		case Caution:
			h.Severity, h.ZH, h.EN = Warning, "说明书："+zh+"期慎用", "label: caution in "+en
		case NotStated:
			h.NotChecked, h.ZH, h.EN = true, "药品目录未载明"+zh+"期用药，未核对", "not checked: the catalogue does not say for "+en
		}
		hits = append(hits, h)
	}
	return hits
}
