package rules

import (
	"fmt"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"slices"
	"strings"
)

func antibioticGrade(o Order) []Hit {
	var hits []Hit
	for i, it := range o.Items {
		if !slices.Contains(gradesOf[o.Doctor.Title], it.Drug.Antibiotic) {
			hits = append(hits, Hit{Field: prescription.Nth("items", i), ZH: "抗菌药物级别超出医师处方权限或不得用于门诊",
				EN: "antibiotic grade beyond the doctor's title, or not for out-patients"})
		}
	}
	return hits
}

func sevenDays(o Order) []Hit {
	chronic := slices.ContainsFunc(o.Diagnoses, func(d medicine.Diagnosis) bool { return d.Chronic })
	var hits []Hit
	for i, it := range o.Items {
		if it.Days > OrdinaryDays && (!chronic || !prescription.GoodReason(o.LongTerm.Reason)) {
			hits = append(hits, Hit{Field: prescription.Nth("items", i) + ".days",
				ZH: "处方一般不得超过七日用量；慢性病延长须注明理由",
				EN: "seven days at most; longer only for a chronic disease with the reason written down"})
		}
	}
	return hits
}

// tuberculosis drugs are the law's example of antimicrobials that may be long-term.
const atcTuberculosis = "J04"

func longTermDrugs(o Order) []Hit {
	var hits []Hit
	for i, it := range o.Items {
		antimicrobial := strings.HasPrefix(it.Drug.ATC, "J0") && !strings.HasPrefix(it.Drug.ATC, "J06") &&
			!strings.HasPrefix(it.Drug.ATC, "J07")
		excluded := (antimicrobial || it.Drug.Antibiotic != medicine.NoAntibiotic) &&
			!strings.HasPrefix(it.Drug.ATC, atcTuberculosis)
		if it.Days > OrdinaryDays && (excluded || it.Drug.Control != medicine.Uncontrolled) {
			hits = append(hits, Hit{Field: prescription.Nth("items", i) + ".days", ZH: "该类药品不得用于长期处方",
				EN: "drugs of this kind are excluded from long-term prescriptions"})
		}
	}
	return hits
}

func longTermAssessment(o Order) []Hit {
	for i, it := range o.Items {
		if it.Days > medicine.MaxDays {
			return one(prescription.Nth("items", i)+".days", "长期处方最长不超过十二周", "twelve weeks at most")
		}
		if it.Days > AssessmentDays && (!prescription.GoodReason(o.LongTerm.Assessment) || !o.LongTerm.PatientAgreed) {
			return one("longTerm", "超过四周须书面评估并由患者确认",
				"beyond four weeks a written assessment and the patient's confirmation are needed")
		}
	}
	return nil
}

func quantity(o Order) []Hit {
	var hits []Hit
	for i, it := range o.Items {
		field := prescription.Nth("items", i) + ".packages"
		need, ok := it.Needed()
		switch {
		case !ok:
			hits = append(hits, Hit{Field: field, About: it.Drug.Code, NotChecked: true,
				ZH: "药品目录未载明每包装剂量或最大用量，数量未核对",
				EN: "not checked: the catalogue does not say how much a package or a day may hold"})
		case it.Packages > need:
			hits = append(hits, Hit{Field: field, ZH: "数量多于用法用量与天数所需",
				EN: fmt.Sprintf("more than dose, frequency and days need: %d packages", need)})
		case it.Packages < need && !it.Frequency.AsNeeded:
			hits = append(hits, Hit{Field: field, ZH: "数量少于用法用量与天数所需",
				EN: fmt.Sprintf("less than dose, frequency and days need: %d packages", need)})
		}
	}
	return hits
}
