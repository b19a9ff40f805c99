// Package rules is what must hold of a prescription: the hard rules of the law, which refuse, and
// the clinical checks, which find. It is pure: it reads no clock and no database.
package rules

import (
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// Citations used by more than one rule. Articles are those of the texts in force: 处方管理办法
// (卫生部令第53号, 2007), 互联网诊疗管理办法（试行）(国卫医发〔2018〕25号),
// 互联网诊疗监管细则（试行）(国卫办医发〔2022〕2号),
// 长期处方管理规范（试行）(国卫办医发〔2021〕17号), 抗菌药物临床应用管理办法 (卫生部令第84号,
// 2012).
var (
	citeSpecial = prescription.Citation{ZH: "《互联网诊疗管理办法（试行）》第十九条",
		EN: "Administration of Internet Diagnosis and Treatment art. 19"}
	citeLongTerm = prescription.Citation{ZH: "《长期处方管理规范（试行）》", EN: "Long-term Prescription Administration"}
	citeGrades   = prescription.Citation{ZH: "《抗菌药物临床应用管理办法》第二十四条、第二十七条",
		EN: "Clinical Use of Antibacterials art. 24, 27"}
	citeHouse  = prescription.Citation{ZH: "本院规定", EN: "house policy"}
	citeDoctor = prescription.Citation{ZH: "《互联网诊疗管理办法（试行）》第二十五条",
		EN: "Administration of Internet Diagnosis and Treatment art. 25"}
	citeQualified = prescription.Citation{ZH: "《处方管理办法》第八条", EN: "Prescription Administration art. 8"}
	citeDose      = prescription.Citation{ZH: "《处方管理办法》第六条", EN: "Prescription Administration art. 6"}
	citeReview    = prescription.Citation{ZH: "《处方管理办法》第三十五条", EN: "Prescription Administration art. 35"}
	citeLabel     = prescription.Citation{ZH: "药品说明书", EN: "drug label"}
)

// Numbers of the law.
const (
	MaxValidDays      = 3  // 处方管理办法 art. 18
	DefaultValidDays  = 3  // as the national prescription centre writes it
	OrdinaryDays      = 7  // 处方管理办法 art. 19
	AssessmentDays    = 28 // 长期处方管理规范: beyond four weeks
	MinPracticeYears  = 3  // 互联网诊疗管理办法 art. 25
	YoungChildAge     = 6  // 互联网诊疗管理办法 art. 19: below it
	ChildbearingFrom  = 12 // years; outside these the pregnancy question is not asked
	ChildbearingUntil = 55
)

// Rules is the ordered list of all rules. Order is the order of display; IDs are append-only.
var Rules = []Rule{
	{"rx.treating-doctor", 2, prescription.Citation{ZH: "《互联网诊疗监管细则（试行）》第二十一条",
		EN: "Supervision of Internet Diagnosis and Treatment art. 21"}, Refused, treatingDoctor},
	{"rx.doctor-licensed", 1, citeQualified, Refused, doctorLicensed},
	{"rx.doctor-experienced", 1, citeDoctor, Refused, doctorExperienced},
	{"rx.doctor-certificate", 1, prescription.Citation{ZH: "《中华人民共和国电子签名法》第十三条",
		EN: "Electronic Signature Law art. 13"},
		Refused, doctorCertificate},
	{"rx.no-self-prescribing", 2, prescription.Citation{ZH: "《处方管理办法》第十一条（本院推广至全部药品）",
		EN: "Prescription Administration art. 11, extended to all drugs by house policy"}, Refused, noSelfPrescribing},
	{"rx.follow-up-only", 1, prescription.Citation{ZH: "《互联网诊疗管理办法（试行）》第十六条",
		EN: "Administration of Internet Diagnosis and Treatment art. 16"}, Refused, followUpOnly},
	{"rx.young-child", 1, citeSpecial, Refused, youngChild},
	{"rx.five-drugs", 1, prescription.Citation{ZH: "《处方管理办法》第六条第（七）项", EN: "Prescription Administration art. 6 (7)"},
		Refused, fiveDrugs},
	{"rx.pieces-apart", 1, prescription.Citation{ZH: "《处方管理办法》第六条第（六）项", EN: "Prescription Administration art. 6 (6)"},
		Refused, piecesApart},
	{"rx.no-controlled-drugs", 1, citeSpecial, Refused, noControlledDrugs},
	{"rx.antibiotic-grade", 1, citeGrades, Refused, antibioticGrade},
	{"rx.seven-days", 1, prescription.Citation{ZH: "《处方管理办法》第十九条", EN: "Prescription Administration art. 19"},
		Refused, sevenDays},
	{"rx.long-term-drugs", 1, citeLongTerm, Refused, longTermDrugs},
	{"rx.long-term-assessment", 1, citeLongTerm, Refused, longTermAssessment},
	{"rx.validity", 1, prescription.Citation{ZH: "《处方管理办法》第十八条", EN: "Prescription Administration art. 18"}, Refused,
		validity},
	{"rx.quantity", 1, citeDose, Refused, quantity},
	{"rx.offered", 1, citeHouse, Refused, offered},
	{"clinical.weekly", 1, citeLabel, Refused, weeklyOnly},
	{"clinical.max-dose", 2, citeDose, Critical, maxDose},
	{"clinical.usual-dose", 1, citeReview, Warning, usualDose},
	{"clinical.interaction", 2, citeLabel, Warning, interactions},
	{"clinical.allergy", 2, citeLabel, Critical, allergy},
	{"clinical.duplicate", 2, citeReview, Warning, duplicates},
	{"clinical.running", 2, citeReview, Info, unread},
	{"clinical.age", 2, citeLabel, Critical, age},
	{"clinical.weight", 1, prescription.Citation{ZH: "《处方管理办法》第六条第（五）项", EN: "Prescription Administration art. 6 (5)"},
		Warning, weight},
	{"clinical.pregnancy", 2, citeLabel, Critical, pregnancy},
	{"clinical.lactation", 2, citeLabel, Critical, lactation},
	{"clinical.disease", 2, citeLabel, Warning, disease},
	{"clinical.indication", 1, citeReview, Info, indication},
	{"clinical.duration", 1, citeLabel, Warning, duration},
	{"clinical.route", 1, citeReview, Critical, routes},
	RuleOverride, RuleVisit, RuleContact, RuleLease, RuleContested, RuleReviewFirst, RuleOtherReviewer, RuleExpired,
	RuleFourChecks, RuleTraceCodes, RuleReason, RuleExpiredGoods,
}

// Rules of the later steps; the verbs check them.
var (
	RuleOverride = Rule{"rx.override", 1, citeDose, Refused, nil}
	RuleVisit    = Rule{"rx.visit", 1,
		prescription.Citation{ZH: "《互联网诊疗监管细则（试行）》第二十一条", EN: "Supervision of Internet Diagnosis and Treatment art. 21"},
		Refused, nil}
	RuleContact = Rule{"rx.prescriber-contact", 1,
		prescription.Citation{ZH: "《处方管理办法》第三十六条", EN: "Prescription Administration art. 36"}, Refused, nil}
	RuleLease       = Rule{"rx.lease", 1, citeHouse, Refused, nil}
	RuleContested   = Rule{"rx.contested", 1, citeHouse, Refused, nil}
	RuleReviewFirst = Rule{"rx.review-first", 1,
		prescription.Citation{ZH: "《互联网诊疗管理办法（试行）》第十八条",
			EN: "Administration of Internet Diagnosis and Treatment art. 18"}, Refused, nil}
	RuleOtherReviewer = Rule{"rx.other-reviewer", 1, citeReview, Refused, nil}
	RuleExpired       = Rule{"rx.expired", 1,
		prescription.Citation{ZH: "《处方管理办法》第十八条", EN: "Prescription Administration art. 18"}, Refused, nil}
	RuleFourChecks = Rule{"rx.four-checks", 1,
		prescription.Citation{ZH: "《处方管理办法》第三十七条", EN: "Prescription Administration art. 37"}, Refused, nil}
	RuleTraceCodes = Rule{"rx.trace-codes", 1,
		prescription.Citation{ZH: "国家医保局药品追溯码管理要求", EN: "NHSA drug trace code requirement"}, Refused, nil}
	RuleExpiredGoods = Rule{"rx.expired-goods", 1,
		prescription.Citation{ZH: "《药品管理法》第九十八条", EN: "Drug Administration Law art. 98"}, Refused, nil}
	RuleReason = Rule{"rx.reason", 1,
		prescription.Citation{ZH: "《处方管理办法》第三十六条", EN: "Prescription Administration art. 36"}, Refused, nil}
)

func one(field, zh, en string) []Hit { return []Hit{{Field: field, ZH: zh, EN: en}} }

func treatingDoctor(o Order) []Hit {
	if zh, en := o.Visit.Broken(); zh != "" {
		return one("visit", zh, en)
	}
	if o.Visit.Over(o.At) {
		return one("visit", "问诊结束已超过规定时限，请重新问诊",
			"the visit has been finished for too long: a new visit is needed")
	}
	if o.Visit.Doctor != o.Doctor.Person {
		return one("visit", "处方须由接诊医师本人开具", "only the treating doctor prescribes")
	}
	return nil
}

// VisitOver refuses a visit that has been finished for too long; nil: it is not.
func VisitOver(v parties.Visit, at time.Time) *prescription.Refusal {
	if !v.Over(at) {
		return nil
	}
	hit := treatingDoctor(Order{Visit: v, At: at})[0]
	return RuleVisit.Refuse(hit.Field, hit.ZH, hit.EN)
}

func doctorLicensed(o Order) []Hit {
	d := o.Doctor
	if d.Licence == "" || !d.MayPrescribe || !o.At.Before(d.LicensedUntil) || d.Hospital != o.Visit.Hospital {
		return one("doctor", "医师未取得本院处方权或执业注册失效",
			"no prescribing right at this hospital, or the licence has lapsed")
	}
	return nil
}

func doctorExperienced(o Order) []Hit {
	if o.Doctor.PracticeSince.IsZero() || o.At.Before(o.Doctor.PracticeSince.AddDate(MinPracticeYears, 0, 0)) {
		return one("doctor", "医师独立临床工作未满三年", "less than three years of independent practice")
	}
	return nil
}

func doctorCertificate(o Order) []Hit {
	if !o.Certificate.Good(o.Doctor.Person, o.Doctor.Hospital, "doctor", o.At) {
		return one("doctor", "医师没有本院登记的有效签名证书", "no valid certificate enrolled by this hospital")
	}
	return nil
}

func noSelfPrescribing(o Order) []Hit {
	if o.Visit.Patient.Served(o.Doctor.Is) {
		return one("visit", "医师不得为自己或自己监护的儿童开具处方",
			"a doctor does not prescribe for himself, nor for a child whose guardian he is")
	}
	return nil
}

// followUpOnly compares ICD-10 categories (three characters): a follow-up may name a finer code.
func followUpOnly(o Order) []Hit {
	var hits []Hit
	for i, d := range o.Diagnoses {
		if !priorOf(o.Visit.Prior, d.Code, o.At) {
			hits = append(hits, Hit{Field: prescription.Nth("diagnoses", i), ZH: "该诊断没有实体医疗机构的既往诊断，不得首诊",
				EN: "no earlier diagnosis by a hospital on file: no first visit online"})
		}
	}
	return hits
}

func priorOf(prior []parties.PriorDiagnosis, code string, now time.Time) bool {
	for _, p := range prior {
		if !p.Declared && catalogue.SameCategory(p.Code, code) && p.Hospital != "" && p.Date.Before(now) {
			return true
		}
	}
	return false
}

func offered(o Order) []Hit {
	var hits []Hit
	for i, it := range o.Items {
		if slices.Contains(o.Withdrawn, it.Drug.Code) {
			hits = append(hits, Hit{Field: prescription.Nth("items", i) + ".drug", ZH: "本院已停供该药品",
				EN: "the hospital does not offer this drug"})
		}
	}
	return hits
}

func youngChild(o Order) []Hit {
	p := o.Visit.Patient
	if p.AgeAt(o.At) >= YoungChildAge || (p.Guardian != "" && o.Doctor.Paediatric) {
		return nil
	}
	return one("visit", "六岁以下儿童须有监护人和相关专业医师陪伴",
		"a child under six needs a guardian and a paediatric doctor")
}

func fiveDrugs(o Order) []Hit {
	if len(o.Items) > medicine.MaxItems && !allPieces(o.Items) {
		return one("items", "每张处方不得超过五种药品", "at most five drugs")
	}
	return nil
}

func allPieces(items []medicine.Item) bool {
	for _, i := range items {
		if !i.Drug.TCMPieces {
			return false
		}
	}
	return true
}

func piecesApart(o Order) []Hit {
	for i, it := range o.Items {
		if it.Drug.TCMPieces && !allPieces(o.Items) {
			return one(prescription.Nth("items", i), "中药饮片应当单独开具处方",
				"decoction pieces go on a prescription of their own")
		}
	}
	return nil
}

func noControlledDrugs(o Order) []Hit {
	var hits []Hit
	for i, it := range o.Items {
		if it.Drug.Control != medicine.Uncontrolled {
			hits = append(hits, Hit{Field: prescription.Nth("items", i), ZH: "互联网诊疗不得开具特殊管理药品",
				EN: "no narcotic, psychotropic, toxic, radioactive or precursor drug online"})
		}
	}
	return hits
}

// gradesOf is what a title may prescribe. Special-use antibiotics are never for out-patients (art.
// 27).
var gradesOf = map[parties.Title][]medicine.Grade{
	parties.Resident:       {medicine.NoAntibiotic, medicine.Unrestricted},
	parties.Attending:      {medicine.NoAntibiotic, medicine.Unrestricted, medicine.Restricted},
	parties.AssociateChief: {medicine.NoAntibiotic, medicine.Unrestricted, medicine.Restricted},
	parties.Chief:          {medicine.NoAntibiotic, medicine.Unrestricted, medicine.Restricted},
}

func validity(o Order) []Hit {
	if o.ValidDays < 1 || o.ValidDays > MaxValidDays {
		return one("validDays", "处方有效期最长不超过三天", "valid on the day of issue, three days at most")
	}
	return nil
}

// EndOfValidity is the end of the last valid day, the day of issue being the first (处方管理办法
// art. 18).
func EndOfValidity(issued time.Time, days int) time.Time {
	t := issued.In(china.Zone)
	return time.Date(t.Year(), t.Month(), t.Day()+days, 0, 0, 0, 0, china.Zone)
}
