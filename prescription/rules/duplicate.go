package rules

import (
	"slices"

	"github.com/smart-hospital/hospital/prescription/catalogue"
)

// Levels of the ATC classification by length of code.
const (
	atcGroupLen     = 5 // chemical subgroup
	atcSubstanceLen = 7
)

// duplicates compares each two medicines: the same drug, the same substance in two products, two of
// a class of which one is enough, two of one chemical group.
func duplicates(o Order) []Hit {
	hits := unclassified(o.takes)
	for i, a := range o.takes {
		for _, b := range o.takes[i+1:] {
			h, hit := duplicateOf(a, b)
			if !hit {
				continue
			}
			h.About = min(a.Drug.Code, b.Drug.Code) + "+" + max(a.Drug.Code, b.Drug.Code)
			if a.renewed || b.renewed {
				h.Severity, h.ZH, h.EN = Info, "续方：前一张处方的药品即将用完",
					"a renewal: what was handed out before is nearly used up"
			}
			hits = keepGravest(hits, About(h, a, b))
		}
	}
	return hits
}

// unread admits that other prescriptions were left out.
func unread(o Order) []Hit {
	if !o.Running.Unknown {
		return nil
	}
	return []Hit{{Field: "items", About: fieldRunning, NotChecked: true,
		ZH: "患者近期处方过多或有无法读取的处方，未全部核对",
		EN: "not checked: some of the patient's recent prescriptions were not read"}}
}

// keepGravest keeps one hit of each subject: several other prescriptions may hold the same drug.
func keepGravest(hits []Hit, h Hit) []Hit {
	at := slices.IndexFunc(hits, func(x Hit) bool { return x.About == h.About })
	switch {
	case at < 0:
		return append(hits, h)
	case graver(hits[at].Severity, h.Severity) != hits[at].Severity:
		hits[at] = h
	}
	return hits
}

// unclassified names what could be compared with nothing.
func unclassified(list []taken) []Hit {
	var hits []Hit
	for _, t := range list {
		if len(list) > 1 && len(t.label.Ingredients) == 0 {
			h := Hit{About: t.Drug.Code, NotChecked: true, ZH: "药品没有分类编码和成份资料，重复用药未核对",
				EN: "not checked: neither class nor ingredients are known for duplicate therapy"}
			hits = keepGravest(hits, About(h, t))
		}
	}
	return hits
}

func duplicateOf(a, b taken) (Hit, bool) {
	if a.Drug.Code == b.Drug.Code {
		return Hit{Severity: Critical, ZH: "同一药品重复开具", EN: "the same drug twice"}, true
	}
	var h Hit
	for _, x := range a.label.Ingredients {
		for _, y := range b.label.Ingredients {
			if same, hit := sameSubstance(x, y); hit && graver(same.Severity, h.Severity) != h.Severity {
				h = same
			}
		}
	}
	for _, x := range a.label.Classes {
		shared := slices.ContainsFunc(b.label.Classes, func(y catalogue.Class) bool { return x.ID == y.ID })
		if shared && graver(Severity(x.Severity), h.Severity) != h.Severity {
			h = Hit{Severity: Severity(x.Severity), Source: x.Source, ZH: "同类药物重复用药（" + x.Name + "）",
				EN: "two drugs of one class (" + x.EnglishName + ")"}
		}
	}
	return h, h.Severity != ""
}

// sameSubstance: WHO's code names a substance or a group. Herbs are in many patent medicines at
// once, so one shared alone informs; those that harm have a class of their own.
func sameSubstance(x, y catalogue.Ingredient) (Hit, bool) {
	coded := len(x.Substance) == atcSubstanceLen && len(y.Substance) == atcSubstanceLen
	switch {
	case x.Substance == y.Substance && coded:
		return Hit{Severity: Critical, ZH: "同一成分重复用药（" + x.Name + "）",
			EN: "the same substance twice (" + x.EnglishName + ")"}, true
	case x.Substance == y.Substance:
		return Hit{Severity: Info, ZH: "均含" + x.Name, EN: "both hold " + x.EnglishName}, true
	case coded && x.Substance[:atcGroupLen] == y.Substance[:atcGroupLen]:
		return Hit{Severity: Warning, ZH: "同类药物重复用药", EN: "two drugs of one chemical group"}, true
	}
	return Hit{}, false
}
