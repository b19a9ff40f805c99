// Package prescriptiontest holds the order that breaks no rule, for the tests of other packages.
package prescriptiontest

import (
	"errors"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"time"
)

// noon is a Sunday, noon in China.
var Noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

type Table struct {
	Known []rules.Fact
	Err   error
}

func (Table) Drug(string) (medicine.Drug, bool) { return medicine.Drug{}, false }

func (Table) Frequency(string) (medicine.Frequency, bool) { return medicine.Frequency{}, false }

func (Table) Route(string) (medicine.Route, bool) { return medicine.Route{}, false }

func (Table) Diagnosis(string) (medicine.Diagnosis, bool) { return medicine.Diagnosis{}, false }

func (f Table) Facts([]string, rules.Condition) ([]rules.Fact, error) { return f.Known, f.Err }

func (Table) Label(string) (*catalogue.Label, bool) { return nil, true }

func (Table) Base() catalogue.Base { return catalogue.Base{} }

var ErrTable = errors.New("table is broken")

func Amoxicillin() medicine.Item {
	return medicine.Item{
		Drug: medicine.Drug{
			Code: "D1", NameZH: "阿莫西林胶囊", NameEN: "Amoxicillin", Form: "胶囊剂", Strength: "0.25g",
			ATC: "J01CA04", Class: medicine.ClassA,
			PriceFen: 980, PackageUnit: "盒", TracePrefix: "8910007", DoseUnit: "g", PerPackage: 6000, MaxDaily: 4000,
			Antibiotic: medicine.Unrestricted, Pregnancy: medicine.Allowed, LabelSource: "说明书",
		},
		Dose: 500, Frequency: medicine.Frequency{Code: "tid", NameZH: "每日三次", Doses: 3, Days: 1}, Route: medicine.Route{Code: "po", NameZH: "口服"},
		Days: 4, Packages: 1,
	}
}

func Amlodipine() medicine.Item {
	return medicine.Item{
		Drug: medicine.Drug{
			Code: "D2", NameZH: "苯磺酸氨氯地平片", NameEN: "Amlodipine", ATC: "C08CA01", Class: medicine.ClassA,
			PriceFen:    1250,
			TracePrefix: "8910008",
			DoseUnit:    "mg", PerPackage: 35000, MaxDaily: 10000, Pregnancy: medicine.Caution, LabelSource: "说明书",
		},
		Dose: 5000, Frequency: medicine.Frequency{Code: "qd", NameZH: "每日一次", Doses: 1, Days: 1}, Route: medicine.Route{Code: "po", NameZH: "口服"},
		Days: 7, Packages: 1,
	}
}

// goodOrder breaks no rule and meets no finding.
func GoodOrder() rules.Order {
	born := time.Date(1980, 5, 1, 0, 0, 0, 0, china.Zone)
	return rules.Order{
		At: Noon,
		Doctor: parties.Doctor{
			Person: "doc-1", Name: "李医生", Hospital: "h1", Title: parties.Attending, Licence: "110330000012345",
			MayPrescribe:  true,
			LicensedUntil: Noon.AddDate(2, 0, 0), PracticeSince: Noon.AddDate(-10, 0, 0),
		},
		Certificate: &parties.Certificate{ID: "c1", Person: "doc-1", Org: "h1", Role: chain.RoleDoctor,
			NotBefore: Noon.AddDate(-1, 0, 0), NotAfter: Noon.AddDate(1, 0, 0)},
		Visit: parties.Visit{
			ID: "v1", Version: 1, Begun: true, Noted: true, Hospital: "h1", HospitalName: "智慧医院",
			Department: "respiratory", DepartmentName: "呼吸内科", Doctor: "doc-1",
			Patient: parties.Patient{Person: "pat-1", Name: "张三", Sex: parties.Male, Birth: born, AllergiesAsked: true,
				Pregnant:  parties.No,
				Lactating: parties.No},
			Prior: []parties.PriorDiagnosis{{Code: "J20.9", Hospital: "北京某医院", Date: Noon.AddDate(0, -1, 0)},
				{Code: "I10", Hospital: "北京某医院", Date: Noon.AddDate(-2, 0, 0)}},
		},
		Diagnoses: []medicine.Diagnosis{{Code: "J20.9", NameZH: "急性支气管炎"}},
		Items:     []medicine.Item{Amoxicillin()},
		ValidDays: 3,
		Formulary: Table{},
	}
}

func Distinct(n int) []medicine.Item {
	var items []medicine.Item
	for i := range n {
		it := Amlodipine()
		it.Drug.Code, it.Drug.ATC = "D1"+string(rune('0'+i)), string(rune('A'+i))+"08CA01"
		items = append(items, it)
	}
	return items
}
