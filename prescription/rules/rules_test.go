package rules_test

import (
	"errors"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/prescriptiontest"
	"github.com/smart-hospital/hospital/prescription/rules"
	"slices"
	"strings"
	"testing"
)

// TestHardRules: each rule with orders just inside and just outside of it. An empty refusal means
// that the order passes.
func TestHardRules(t *testing.T) {
	chronic := []medicine.Diagnosis{{Code: "I10", NameZH: "高血压", Chronic: true}}
	long := func(days int) func(*rules.Order) {
		return func(o *rules.Order) {
			it := prescriptiontest.Amlodipine()
			it.Days, it.Packages = days, int64((days+6)/7)
			o.Items, o.Diagnoses, o.LongTerm.Reason = []medicine.Item{it}, chronic, "血压稳定，长期用药"
		}
	}
	tests := []struct {
		name   string
		change func(*rules.Order)
		rule   string
	}{
		{"good order", func(*rules.Order) {}, ""},
		{"visit not begun", func(o *rules.Order) { o.Visit.Begun = false }, "rx.treating-doctor"},
		{"visit without a note", func(o *rules.Order) { o.Visit.Noted = false }, "rx.treating-doctor"},
		{"visit cancelled", func(o *rules.Order) { o.Visit.Cancelled = true }, "rx.treating-doctor"},
		{"visit finished too long ago, to the moment", func(o *rules.Order) { o.Visit.TakesUntil = o.At },
			"rx.treating-doctor"},
		{"colleague's visit", func(o *rules.Order) { o.Visit.Doctor = "doc-2" }, "rx.treating-doctor"},
		{"licence lapses now", func(o *rules.Order) { o.Doctor.LicensedUntil = o.At }, "rx.doctor-licensed"},
		{"licence lapses tomorrow", func(o *rules.Order) { o.Doctor.LicensedUntil = o.At.AddDate(0, 0, 1) }, ""},
		{"no prescribing right", func(o *rules.Order) { o.Doctor.MayPrescribe = false }, "rx.doctor-licensed"},
		{"other hospital", func(o *rules.Order) { o.Doctor.Hospital = "h2" }, "rx.doctor-licensed"},
		{"no licence number", func(o *rules.Order) { o.Doctor.Licence = "" }, "rx.doctor-licensed"},
		{"three years to the day", func(o *rules.Order) { o.Doctor.PracticeSince = o.At.AddDate(-3, 0, 0) }, ""},
		{"a day short of three years", func(o *rules.Order) { o.Doctor.PracticeSince = o.At.AddDate(-3, 0, 1) },
			"rx.doctor-experienced"},
		{"no certificate", func(o *rules.Order) { o.Certificate = nil }, "rx.doctor-certificate"},
		{"certificate of another", func(o *rules.Order) { o.Certificate.Person = "doc-2" }, "rx.doctor-certificate"},
		{"certificate of another hospital", func(o *rules.Order) { o.Certificate.Org = "h2" }, "rx.doctor-certificate"},
		{"patient's certificate", func(o *rules.Order) { o.Certificate.Role = "patient" }, "rx.doctor-certificate"},
		{"certificate expired", func(o *rules.Order) { o.Certificate.NotAfter = o.At }, "rx.doctor-certificate"},
		{"certificate not yet valid", func(o *rules.Order) { o.Certificate.NotBefore = o.At.AddDate(0, 0, 1) },
			"rx.doctor-certificate"},
		{"self-prescribing", func(o *rules.Order) { o.Visit.Patient.Person = o.Doctor.Person }, "rx.no-self-prescribing"},
		{"self-prescribing by another log-in",
			func(o *rules.Order) { o.Visit.Patient.Person, o.Doctor.Also = "pat-of-doc", []string{"pat-of-doc"} },
			"rx.no-self-prescribing"},
		{"for a patient of the doctor's name", func(o *rules.Order) { o.Visit.Patient.CN = o.Doctor.Person },
			"rx.no-self-prescribing"},
		{"for the own child",
			func(o *rules.Order) {
				o.Visit.Patient.Guardians = []parties.Guardian{{Person: "mum"}, {Person: o.Doctor.Person}}
			},
			"rx.no-self-prescribing"},
		{"for a colleague's child", func(
			o *rules.Order) {
			o.Visit.Patient.Guardians = []parties.Guardian{{Person: "mum"}, {Person: "doc-2"}}
		}, ""},
		{"first visit", func(o *rules.Order) { o.Visit.Prior = nil }, "rx.follow-up-only"},
		{"other disease", func(o *rules.Order) { o.Diagnoses[0].Code = "K29.5" }, "rx.follow-up-only"},
		{"finer code of the same disease", func(o *rules.Order) { o.Diagnoses[0].Code = "J20.0" }, ""},
		{"diagnosis of no hospital", func(o *rules.Order) { o.Visit.Prior[0].Hospital = "" }, "rx.follow-up-only"},
		{"declared only", func(o *rules.Order) { o.Visit.Prior[0].Declared = true }, "rx.follow-up-only"},
		{"diagnosis from the future", func(o *rules.Order) { o.Visit.Prior[0].Date = o.At.AddDate(0, 0, 1) },
			"rx.follow-up-only"},
		{"child of six today", func(o *rules.Order) { o.Visit.Patient.Birth = o.At.AddDate(-6, 0, 0) }, ""},
		{"child of six tomorrow", func(o *rules.Order) { o.Visit.Patient.Birth = o.At.AddDate(-6, 0, 1) }, "rx.young-child"},
		{"child with guardian only", func(o *rules.Order) {
			o.Visit.Patient.Birth,
				o.Visit.Patient.Guardian = o.At.AddDate(-3, 0, 0), "mum"
		}, "rx.young-child"},
		{"child with guardian and paediatrician", func(o *rules.Order) {
			o.Visit.Patient.Birth, o.Visit.Patient.Guardian, o.Doctor.Paediatric = o.At.AddDate(-3, 0, 0), "mum", true
		}, ""},
		{"five drugs", func(o *rules.Order) { o.Items = prescriptiontest.Distinct(5) }, ""},
		{"six drugs", func(o *rules.Order) { o.Items = prescriptiontest.Distinct(6) }, "rx.five-drugs"},
		{"pieces alone, ten of them", func(o *rules.Order) { o.Items = pieces(10) }, ""},
		{"pieces with a western drug", func(o *rules.Order) { o.Items = append(pieces(2), prescriptiontest.Amlodipine()) }, "rx.pieces-apart"},
		{"narcotic", control(medicine.Narcotic), "rx.no-controlled-drugs"},
		{"class-1 psychotropic", control(medicine.Psychotropic1), "rx.no-controlled-drugs"},
		{"class-2 psychotropic", control(medicine.Psychotropic2), "rx.no-controlled-drugs"},
		{"toxic", control(medicine.Toxic), "rx.no-controlled-drugs"},
		{"radioactive", control(medicine.Radioactive), "rx.no-controlled-drugs"},
		{"precursor", control(medicine.Precursor), "rx.no-controlled-drugs"},
		{"offered no more", func(o *rules.Order) { o.Withdrawn = []string{"D9999", o.Items[0].Drug.Code} },
			"rx.offered"},
		{"another is not offered", func(o *rules.Order) { o.Withdrawn = []string{"D9999"} }, ""},
		{"resident, unrestricted antibiotic", grade(parties.Resident, medicine.Unrestricted), ""},
		{"resident, restricted antibiotic", grade(parties.Resident, medicine.Restricted), "rx.antibiotic-grade"},
		{"attending, restricted antibiotic", grade(parties.Attending, medicine.Restricted), ""},
		{"chief, special-use antibiotic for an out-patient", grade(parties.Chief, medicine.SpecialUse),
			"rx.antibiotic-grade"},
		{"no title, no antibiotic", func(o *rules.Order) { o.Doctor.Title = "" }, "rx.antibiotic-grade"},
		{"seven days", func(o *rules.Order) { o.Items = []medicine.Item{prescriptiontest.Amlodipine()} }, ""},
		{"eight days, acute", func(o *rules.Order) { long(8)(o); o.Diagnoses = []medicine.Diagnosis{{Code: "J20.9"}} },
			"rx.seven-days"},
		{"eight days, chronic without reason", func(o *rules.Order) { long(8)(o); o.LongTerm.Reason = "" }, "rx.seven-days"},
		{"eight days, chronic with reason", long(8), ""},
		{"antibiotic for eight days", func(o *rules.Order) {
			long(8)(o)
			it := prescriptiontest.Amoxicillin()
			it.Days, it.Packages = 8, 2
			o.Items = []medicine.Item{it}
		}, "rx.long-term-drugs"},
		{"tuberculosis drug for eight days", func(o *rules.Order) {
			long(8)(o)
			o.Items[0].Drug.ATC, o.Items[0].Drug.Antibiotic = "J04AC01", medicine.NoAntibiotic
		}, ""},
		{"four weeks", long(28), ""},
		{"more than four weeks unassessed", long(29), "rx.long-term-assessment"},
		{"more than four weeks, patient not asked",
			func(o *rules.Order) { long(29)(o); o.LongTerm.Assessment = "病情稳定，依从性好" }, "rx.long-term-assessment"},
		{"twelve weeks assessed and agreed", func(o *rules.Order) {
			long(84)(o)
			o.LongTerm.Assessment, o.LongTerm.PatientAgreed = "病情稳定，依从性好", true
		}, ""},
		{"beyond twelve weeks", func(o *rules.Order) {
			long(85)(o)
			o.LongTerm.Assessment, o.LongTerm.PatientAgreed = "病情稳定，依从性好", true
		}, "rx.long-term-assessment"},
		{"valid one day", func(o *rules.Order) { o.ValidDays = 1 }, ""},
		{"valid four days", func(o *rules.Order) { o.ValidDays = 4 }, "rx.validity"},
		{"valid no day", func(o *rules.Order) { o.ValidDays = 0 }, "rx.validity"},
		{"a package too many", func(o *rules.Order) { o.Items[0].Packages = 2 }, "rx.quantity"},
		{"a package too few", func(o *rules.Order) { o.Items[0].Days = 5 }, "rx.quantity"},
		{"as needed, fewer is fine", asNeeded(1), ""},
		{"as needed, beyond the label's maximum", asNeeded(4), "rx.quantity"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := prescriptiontest.GoodOrder()
			tt.change(&o)
			rep := rules.Check(o)
			var got []string
			for _, r := range rep.Refusals {
				got = append(got, r.Rule)
				if r.Citation.ZH == "" || r.Citation.EN == "" || r.Field == "" || r.ZH == "" || r.EN == "" {
					t.Errorf("a refusal that does not say all: %+v", r)
				}
				if !errors.Is(r, prescription.ErrRefused) || !strings.Contains(r.Error(), r.Rule) {
					t.Errorf("error %v", r)
				}
			}
			if (tt.rule == "") != (len(got) == 0) || (tt.rule != "" && !slices.Contains(got, tt.rule)) {
				t.Errorf("refused by %v, want %q", got, tt.rule)
			}
		})
	}
}

func control(c medicine.Control) func(*rules.Order) {
	return func(o *rules.Order) { o.Items[0].Drug.Control = c }
}

func grade(title parties.Title, g medicine.Grade) func(*rules.Order) {
	return func(o *rules.Order) { o.Doctor.Title, o.Items[0].Drug.Antibiotic = title, g }
}

func asNeeded(packages int64) func(*rules.Order) {
	return func(o *rules.Order) { // 4 g a day at most, 4 days, 6 g a package: three packages
		o.Items[0].Frequency, o.Items[0].Packages = medicine.Frequency{Code: "prn", NameZH: "必要时", Days: 1,
			AsNeeded: true},
			packages
	}
}

func pieces(n int) []medicine.Item {
	items := prescriptiontest.Distinct(n)
	for i := range items {
		items[i].Drug.TCMPieces = true
	}
	return items
}

func TestRuleListIsSound(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rules.Rules {
		if seen[r.ID] || r.Version < 1 || r.Citation.ZH == "" || r.Citation.EN == "" || r.Severity == "" {
			t.Errorf("rule %q", r.ID)
		}
		seen[r.ID] = true
	}
}

// TestFindings: what the clinical checks find, and above all when they must admit that they did not
// look.
func TestFindings(t *testing.T) {
	woman := func(o *rules.Order) { o.Visit.Patient.Sex = parties.Female }
	fact := func(kind rules.FactKind, severity rules.Severity) func(*rules.Order) {
		return func(o *rules.Order) {
			o.Formulary = prescriptiontest.Table{Known: []rules.Fact{
				{ID: "X-1", Kind: kind, Drug: "D1", Severity: severity, ZH: "中", EN: "en", Source: "说明书"}}}
		}
	}
	tests := []struct {
		name       string
		change     func(*rules.Order)
		rule       string
		severity   rules.Severity
		notChecked bool
	}{
		{"above the daily maximum", func(o *rules.Order) { o.Items[0].Dose, o.Items[0].Days = 1500, 1 }, "clinical.max-dose",
			rules.Critical, false},
		{"no maximum on the label", func(o *rules.Order) { o.Items[0].Drug.MaxDaily = 0 }, "clinical.max-dose", rules.Info, true},
		{"package content unknown", func(o *rules.Order) { o.Items[0].Drug.PerPackage = 0 }, "rx.quantity", rules.Info, true},
		{"interaction", fact(rules.FactInteraction, rules.Critical), "clinical.interaction", rules.Critical, false},
		{"catalogue down", func(o *rules.Order) { o.Formulary = prescriptiontest.Table{Err: prescriptiontest.ErrTable} }, "clinical.interaction", rules.Info, true},
		{"no catalogue", func(o *rules.Order) { o.Formulary = nil }, "clinical.allergy", rules.Info, true},
		{"allergy", fact(rules.FactAllergy, rules.Critical), "clinical.allergy", rules.Critical, false},
		{"allergies not asked", func(o *rules.Order) { o.Visit.Patient.AllergiesAsked = false }, "clinical.allergy",
			rules.Info, true},
		{"allergy without a code", func(o *rules.Order) { o.Visit.Patient.Allergies = []parties.Allergy{{Text: "某种药"}} },
			"clinical.allergy", rules.Info, true},
		{"the same drug twice", func(o *rules.Order) { o.Items = append(o.Items, o.Items[0]) }, "clinical.duplicate",
			rules.Critical, false},
		{"the same substance", func(o *rules.Order) { o.Items = pair("J01CA04") }, "clinical.duplicate", rules.Critical,
			false},
		{"the same group", func(o *rules.Order) { o.Items = pair("J01CA01") }, "clinical.duplicate", rules.Warning,
			false},
		{"no classification", func(o *rules.Order) { o.Items = pair("") }, "clinical.duplicate", rules.Info, true},
		{"too young for the label", func(o *rules.Order) { o.Items[0].Drug.MinAge = 60 }, "clinical.age", rules.Critical, false},
		{"age fact", fact(rules.FactAge, rules.Warning), "clinical.age", rules.Warning, false},
		{"pregnant", func(o *rules.Order) {
			woman(o)
			o.Visit.Patient.Pregnant, o.Items[0].Drug.Pregnancy = parties.Yes,
				medicine.Contraindicated
		}, "clinical.pregnancy", rules.Critical, false},
		{"pregnant, caution", func(o *rules.Order) {
			woman(o)
			o.Visit.Patient.Pregnant, o.Items[0].Drug.Pregnancy = parties.Yes,
				medicine.Caution
		}, "clinical.pregnancy", rules.Warning, false},
		{"pregnant, label silent", func(o *rules.Order) {
			woman(o)
			o.Visit.Patient.Pregnant, o.Items[0].Drug.Pregnancy = parties.Yes,
				medicine.NotStated
		}, "clinical.pregnancy", rules.Info, true},
		{"pregnancy not asked", func(o *rules.Order) { woman(o); o.Visit.Patient.Pregnant = parties.Unknown }, "clinical.pregnancy",
			rules.Info, true},
		{"lactation not asked", func(o *rules.Order) { woman(o); o.Visit.Patient.Lactating = parties.Unknown }, "clinical.lactation",
			rules.Info, true},
		{"lactating", func(o *rules.Order) {
			woman(o)
			o.Visit.Patient.Lactating = parties.Yes
			fact(rules.FactLactation, rules.Warning)(o)
		},
			"clinical.lactation", rules.Warning, false},
		{"disease", fact(rules.FactDisease, rules.Warning), "clinical.disease", rules.Warning, false},
	}
	if rep := rules.Check(prescriptiontest.GoodOrder()); len(rep.Findings)+len(rep.Refusals) != 0 {
		t.Fatalf("the good order meets %+v", rep)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := prescriptiontest.GoodOrder()
			tt.change(&o)
			for _, f := range rules.Check(o).Findings {
				if f.Rule == tt.rule {
					if f.Severity != tt.severity || f.NotChecked != tt.notChecked || f.ZH == "" || f.EN == "" ||
						f.Source == "" || f.Version < 1 {
						t.Errorf("%+v", f)
					}
					return
				}
			}
			t.Errorf("no finding of %s", tt.rule)
		})
	}
}

func pair(atc string) []medicine.Item {
	a, b := prescriptiontest.Amoxicillin(), prescriptiontest.Amoxicillin()
	b.Drug.Code, b.Drug.ATC = "D9", atc
	return []medicine.Item{a, b}
}

func TestSeriousFindingsNeedAReason(t *testing.T) {
	o := prescriptiontest.GoodOrder()
	o.Items[0].Dose, o.Items[0].Days = 1500, 1
	rep := rules.Check(o)
	key := rep.Findings[0].Key
	tests := []struct {
		name      string
		overrides []rules.Override
		want      error
	}{
		{"none", nil, prescription.ErrRefused},
		{"too short", []rules.Override{{Key: key, Reason: "  ok  "}}, prescription.ErrRefused},
		{"for another", []rules.Override{{Key: key + "x", Reason: "会诊意见"}}, prescription.ErrRefused},
		{"written", []rules.Override{{Key: key, Reason: "会诊意见"}}, nil},
		{"written, and one of nothing", []rules.Override{{Key: key, Reason: "会诊意见"}, {Key: "other", Reason: "会诊意见"}},
			prescription.ErrInvalid},
	}
	for _, tt := range tests {
		if err := rep.Err(tt.overrides); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
