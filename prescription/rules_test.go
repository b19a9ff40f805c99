package prescription

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestHardRules: each rule with orders just inside and just outside of it. An empty refusal means
// that the order passes.
func TestHardRules(t *testing.T) {
	chronic := []Diagnosis{{Code: "I10", NameZH: "高血压", Chronic: true}}
	long := func(days int) func(*Order) {
		return func(o *Order) {
			it := amlodipine()
			it.Days, it.Packages = days, int64((days+6)/7)
			o.Items, o.Diagnoses, o.LongTerm.Reason = []Item{it}, chronic, "血压稳定，长期用药"
		}
	}
	tests := []struct {
		name   string
		change func(*Order)
		rule   string
	}{
		{"good order", func(*Order) {}, ""},
		{"visit not begun", func(o *Order) { o.Visit.Begun = false }, "rx.treating-doctor"},
		{"visit without a note", func(o *Order) { o.Visit.Noted = false }, "rx.treating-doctor"},
		{"visit cancelled", func(o *Order) { o.Visit.Cancelled = true }, "rx.treating-doctor"},
		{"visit finished too long ago, to the moment", func(o *Order) { o.Visit.TakesUntil = o.At },
			"rx.treating-doctor"},
		{"colleague's visit", func(o *Order) { o.Visit.Doctor = "doc-2" }, "rx.treating-doctor"},
		{"licence lapses now", func(o *Order) { o.Doctor.LicensedUntil = o.At }, "rx.doctor-licensed"},
		{"licence lapses tomorrow", func(o *Order) { o.Doctor.LicensedUntil = o.At.AddDate(0, 0, 1) }, ""},
		{"no prescribing right", func(o *Order) { o.Doctor.MayPrescribe = false }, "rx.doctor-licensed"},
		{"other hospital", func(o *Order) { o.Doctor.Hospital = "h2" }, "rx.doctor-licensed"},
		{"no licence number", func(o *Order) { o.Doctor.Licence = "" }, "rx.doctor-licensed"},
		{"three years to the day", func(o *Order) { o.Doctor.PracticeSince = o.At.AddDate(-3, 0, 0) }, ""},
		{"a day short of three years", func(o *Order) { o.Doctor.PracticeSince = o.At.AddDate(-3, 0, 1) },
			"rx.doctor-experienced"},
		{"no certificate", func(o *Order) { o.Certificate = nil }, "rx.doctor-certificate"},
		{"certificate of another", func(o *Order) { o.Certificate.Person = "doc-2" }, "rx.doctor-certificate"},
		{"certificate of another hospital", func(o *Order) { o.Certificate.Org = "h2" }, "rx.doctor-certificate"},
		{"patient's certificate", func(o *Order) { o.Certificate.Role = "patient" }, "rx.doctor-certificate"},
		{"certificate expired", func(o *Order) { o.Certificate.NotAfter = o.At }, "rx.doctor-certificate"},
		{"certificate not yet valid", func(o *Order) { o.Certificate.NotBefore = o.At.AddDate(0, 0, 1) },
			"rx.doctor-certificate"},
		{"self-prescribing", func(o *Order) { o.Visit.Patient.Person = o.Doctor.Person }, "rx.no-self-prescribing"},
		{"self-prescribing by another log-in",
			func(o *Order) { o.Visit.Patient.Person, o.Doctor.Also = "pat-of-doc", []string{"pat-of-doc"} },
			"rx.no-self-prescribing"},
		{"for a patient of the doctor's name", func(o *Order) { o.Visit.Patient.CN = o.Doctor.Person },
			"rx.no-self-prescribing"},
		{"for the own child",
			func(o *Order) { o.Visit.Patient.Guardians = []Guardian{{Person: "mum"}, {Person: o.Doctor.Person}} },
			"rx.no-self-prescribing"},
		{"for a colleague's child", func(
			o *Order) {
			o.Visit.Patient.Guardians = []Guardian{{Person: "mum"}, {Person: "doc-2"}}
		}, ""},
		{"first visit", func(o *Order) { o.Visit.Prior = nil }, "rx.follow-up-only"},
		{"other disease", func(o *Order) { o.Diagnoses[0].Code = "K29.5" }, "rx.follow-up-only"},
		{"finer code of the same disease", func(o *Order) { o.Diagnoses[0].Code = "J20.0" }, ""},
		{"diagnosis of no hospital", func(o *Order) { o.Visit.Prior[0].Hospital = "" }, "rx.follow-up-only"},
		{"declared only", func(o *Order) { o.Visit.Prior[0].Declared = true }, "rx.follow-up-only"},
		{"diagnosis from the future", func(o *Order) { o.Visit.Prior[0].Date = o.At.AddDate(0, 0, 1) },
			"rx.follow-up-only"},
		{"child of six today", func(o *Order) { o.Visit.Patient.Birth = o.At.AddDate(-6, 0, 0) }, ""},
		{"child of six tomorrow", func(o *Order) { o.Visit.Patient.Birth = o.At.AddDate(-6, 0, 1) }, "rx.young-child"},
		{"child with guardian only", func(o *Order) {
			o.Visit.Patient.Birth,
				o.Visit.Patient.Guardian = o.At.AddDate(-3, 0, 0), "mum"
		}, "rx.young-child"},
		{"child with guardian and paediatrician", func(o *Order) {
			o.Visit.Patient.Birth, o.Visit.Patient.Guardian, o.Doctor.Paediatric = o.At.AddDate(-3, 0, 0), "mum", true
		}, ""},
		{"five drugs", func(o *Order) { o.Items = distinct(5) }, ""},
		{"six drugs", func(o *Order) { o.Items = distinct(6) }, "rx.five-drugs"},
		{"pieces alone, ten of them", func(o *Order) { o.Items = pieces(10) }, ""},
		{"pieces with a western drug", func(o *Order) { o.Items = append(pieces(2), amlodipine()) }, "rx.pieces-apart"},
		{"narcotic", control(Narcotic), "rx.no-controlled-drugs"},
		{"class-1 psychotropic", control(Psychotropic1), "rx.no-controlled-drugs"},
		{"class-2 psychotropic", control(Psychotropic2), "rx.no-controlled-drugs"},
		{"toxic", control(Toxic), "rx.no-controlled-drugs"},
		{"radioactive", control(Radioactive), "rx.no-controlled-drugs"},
		{"precursor", control(Precursor), "rx.no-controlled-drugs"},
		{"resident, unrestricted antibiotic", grade(Resident, Unrestricted), ""},
		{"resident, restricted antibiotic", grade(Resident, Restricted), "rx.antibiotic-grade"},
		{"attending, restricted antibiotic", grade(Attending, Restricted), ""},
		{"chief, special-use antibiotic for an out-patient", grade(Chief, SpecialUse), "rx.antibiotic-grade"},
		{"no title, no antibiotic", func(o *Order) { o.Doctor.Title = "" }, "rx.antibiotic-grade"},
		{"seven days", func(o *Order) { o.Items = []Item{amlodipine()} }, ""},
		{"eight days, acute", func(o *Order) { long(8)(o); o.Diagnoses = []Diagnosis{{Code: "J20.9"}} },
			"rx.seven-days"},
		{"eight days, chronic without reason", func(o *Order) { long(8)(o); o.LongTerm.Reason = "" }, "rx.seven-days"},
		{"eight days, chronic with reason", long(8), ""},
		{"antibiotic for eight days", func(o *Order) {
			long(8)(o)
			it := amoxicillin()
			it.Days, it.Packages = 8, 2
			o.Items = []Item{it}
		}, "rx.long-term-drugs"},
		{"tuberculosis drug for eight days", func(o *Order) {
			long(8)(o)
			o.Items[0].Drug.ATC, o.Items[0].Drug.Antibiotic = "J04AC01", NoAntibiotic
		}, ""},
		{"four weeks", long(28), ""},
		{"more than four weeks unassessed", long(29), "rx.long-term-assessment"},
		{"more than four weeks, patient not asked",
			func(o *Order) { long(29)(o); o.LongTerm.Assessment = "病情稳定，依从性好" }, "rx.long-term-assessment"},
		{"twelve weeks assessed and agreed", func(o *Order) {
			long(84)(o)
			o.LongTerm.Assessment, o.LongTerm.PatientAgreed = "病情稳定，依从性好", true
		}, ""},
		{"beyond twelve weeks", func(o *Order) {
			long(85)(o)
			o.LongTerm.Assessment, o.LongTerm.PatientAgreed = "病情稳定，依从性好", true
		}, "rx.long-term-assessment"},
		{"valid one day", func(o *Order) { o.ValidDays = 1 }, ""},
		{"valid four days", func(o *Order) { o.ValidDays = 4 }, "rx.validity"},
		{"valid no day", func(o *Order) { o.ValidDays = 0 }, "rx.validity"},
		{"a package too many", func(o *Order) { o.Items[0].Packages = 2 }, "rx.quantity"},
		{"a package too few", func(o *Order) { o.Items[0].Days = 5 }, "rx.quantity"},
		{"as needed, fewer is fine", asNeeded(1), ""},
		{"as needed, beyond the label's maximum", asNeeded(4), "rx.quantity"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := goodOrder()
			tt.change(&o)
			rep := Check(o)
			var got []string
			for _, r := range rep.Refusals {
				got = append(got, r.Rule)
				if r.Citation.ZH == "" || r.Citation.EN == "" || r.Field == "" || r.ZH == "" || r.EN == "" {
					t.Errorf("a refusal that does not say all: %+v", r)
				}
				if !errors.Is(r, ErrRefused) || !strings.Contains(r.Error(), r.Rule) {
					t.Errorf("error %v", r)
				}
			}
			if (tt.rule == "") != (len(got) == 0) || (tt.rule != "" && !slices.Contains(got, tt.rule)) {
				t.Errorf("refused by %v, want %q", got, tt.rule)
			}
		})
	}
}

func control(c Control) func(*Order) { return func(o *Order) { o.Items[0].Drug.Control = c } }

func grade(title Title, g Grade) func(*Order) {
	return func(o *Order) { o.Doctor.Title, o.Items[0].Drug.Antibiotic = title, g }
}

func asNeeded(packages int64) func(*Order) {
	return func(o *Order) { // 4 g a day at most, 4 days, 6 g a package: three packages
		o.Items[0].Frequency, o.Items[0].Packages = Frequency{Code: "prn", NameZH: "必要时", Days: 1, AsNeeded: true},
			packages
	}
}

func distinct(n int) []Item {
	var items []Item
	for i := range n {
		it := amlodipine()
		it.Drug.Code, it.Drug.ATC = "D1"+string(rune('0'+i)), string(rune('A'+i))+"08CA01"
		items = append(items, it)
	}
	return items
}

func pieces(n int) []Item {
	items := distinct(n)
	for i := range items {
		items[i].Drug.TCMPieces = true
	}
	return items
}

func TestRuleListIsSound(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules {
		if seen[r.ID] || r.Version < 1 || r.Citation.ZH == "" || r.Citation.EN == "" || r.Severity == "" {
			t.Errorf("rule %q", r.ID)
		}
		seen[r.ID] = true
	}
}

// TestFindings: what the clinical checks find, and above all when they must admit that they did not
// look.
func TestFindings(t *testing.T) {
	woman := func(o *Order) { o.Visit.Patient.Sex = Female }
	fact := func(kind FactKind, severity Severity) func(*Order) {
		return func(o *Order) {
			o.Formulary = table{facts: []Fact{
				{ID: "X-1", Kind: kind, Drug: "D1", Severity: severity, ZH: "中", EN: "en", Source: "说明书"}}}
		}
	}
	tests := []struct {
		name       string
		change     func(*Order)
		rule       string
		severity   Severity
		notChecked bool
	}{
		{"above the daily maximum", func(o *Order) { o.Items[0].Dose, o.Items[0].Days = 1500, 1 }, "clinical.max-dose",
			Critical, false},
		{"no maximum on the label", func(o *Order) { o.Items[0].Drug.MaxDaily = 0 }, "clinical.max-dose", Info, true},
		{"package content unknown", func(o *Order) { o.Items[0].Drug.PerPackage = 0 }, "rx.quantity", Info, true},
		{"interaction", fact(FactInteraction, Critical), "clinical.interaction", Critical, false},
		{"catalogue down", func(o *Order) { o.Formulary = table{err: errTable} }, "clinical.interaction", Info, true},
		{"no catalogue", func(o *Order) { o.Formulary = nil }, "clinical.allergy", Info, true},
		{"allergy", fact(FactAllergy, Critical), "clinical.allergy", Critical, false},
		{"allergies not asked", func(o *Order) { o.Visit.Patient.AllergiesAsked = false }, "clinical.allergy",
			Info, true},
		{"allergy without a code", func(o *Order) { o.Visit.Patient.Allergies = []Allergy{{Text: "某种药"}} },
			"clinical.allergy", Info, true},
		{"the same drug twice", func(o *Order) { o.Items = append(o.Items, o.Items[0]) }, "clinical.duplicate",
			Critical, false},
		{"the same substance", func(o *Order) { o.Items = pair("J01CA04") }, "clinical.duplicate", Critical, false},
		{"the same group", func(o *Order) { o.Items = pair("J01CA01") }, "clinical.duplicate", Warning, false},
		{"no classification", func(o *Order) { o.Items = pair("") }, "clinical.duplicate", Info, true},
		{"too young for the label", func(o *Order) { o.Items[0].Drug.MinAge = 60 }, "clinical.age", Critical, false},
		{"age fact", fact(FactAge, Warning), "clinical.age", Warning, false},
		{"pregnant", func(o *Order) {
			woman(o)
			o.Visit.Patient.Pregnant, o.Items[0].Drug.Pregnancy = Yes,
				Contraindicated
		}, "clinical.pregnancy", Critical, false},
		{"pregnant, caution", func(o *Order) {
			woman(o)
			o.Visit.Patient.Pregnant, o.Items[0].Drug.Pregnancy = Yes,
				Caution
		}, "clinical.pregnancy", Warning, false},
		{"pregnant, label silent", func(o *Order) {
			woman(o)
			o.Visit.Patient.Pregnant, o.Items[0].Drug.Pregnancy = Yes,
				NotStated
		}, "clinical.pregnancy", Info, true},
		{"pregnancy not asked", func(o *Order) { woman(o); o.Visit.Patient.Pregnant = Unknown }, "clinical.pregnancy",
			Info, true},
		{"lactation not asked", func(o *Order) { woman(o); o.Visit.Patient.Lactating = Unknown }, "clinical.lactation",
			Info, true},
		{"lactating", func(o *Order) { woman(o); o.Visit.Patient.Lactating = Yes; fact(FactLactation, Warning)(o) },
			"clinical.lactation", Warning, false},
		{"disease", fact(FactDisease, Warning), "clinical.disease", Warning, false},
	}
	if rep := Check(goodOrder()); len(rep.Findings)+len(rep.Refusals) != 0 {
		t.Fatalf("the good order meets %+v", rep)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := goodOrder()
			tt.change(&o)
			for _, f := range Check(o).Findings {
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

func pair(atc string) []Item {
	a, b := amoxicillin(), amoxicillin()
	b.Drug.Code, b.Drug.ATC = "D9", atc
	return []Item{a, b}
}

func TestSeriousFindingsNeedAReason(t *testing.T) {
	o := goodOrder()
	o.Items[0].Dose, o.Items[0].Days = 1500, 1
	rep := Check(o)
	key := rep.Findings[0].Key
	tests := []struct {
		name      string
		overrides []Override
		want      error
	}{
		{"none", nil, ErrRefused},
		{"too short", []Override{{key, "  ok  "}}, ErrRefused},
		{"for another", []Override{{key + "x", "会诊意见"}}, ErrRefused},
		{"written", []Override{{key, "会诊意见"}}, nil},
		{"written, and one of nothing", []Override{{key, "会诊意见"}, {"other", "会诊意见"}}, ErrInvalid},
	}
	for _, tt := range tests {
		if err := rep.Err(tt.overrides); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
