// Package formulary shows the embedded catalogue to the rules.
package formulary

import (
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// FromCatalogue makes the embedded reference data a Formulary.
func FromCatalogue(c *catalogue.Catalogue) rules.Formulary { return embedded{c} }

type embedded struct{ c *catalogue.Catalogue }

// LabelSource is what the demo catalogue's columns were read from.
const LabelSource = "药品说明书"

func (e embedded) Drug(code string) (medicine.Drug, bool) {
	d, ok := e.c.Drug(code)
	if !ok {
		return medicine.Drug{}, false
	}
	out := medicine.Drug{
		Code: d.Code, NameZH: d.Name, NameEN: d.EnglishName, Form: d.Form, Strength: d.Strength, ATC: d.ATC,
		Class: medicine.InsuranceClass(d.Insurance), PriceFen: d.PriceFen, PackageUnit: d.PackageUnit,
		TracePrefix: d.TracePrefix,
		DoseUnit:    d.DoseUnit, PerPackage: medicine.Amount(int64(d.DosePerUnit) * int64(d.UnitsPerPackage)),
		MaxDaily: medicine.Amount(d.MaxDailyDose),
		MinAge:   d.MinAgeYears, LabelSource: LabelSource,
	}
	if f, ok := e.c.Form(d.Form); ok {
		out.Form = f.Name
	}
	if d.Antibiotic != catalogue.NotAntibiotic {
		out.Antibiotic = medicine.Grade(d.Antibiotic)
	}
	if d.Control != catalogue.Uncontrolled {
		out.Control = medicine.Control(d.Control)
	}
	out.Pregnancy = map[catalogue.PregnancyCaution]medicine.Advice{
		catalogue.PregnancyUnremarkable: medicine.Allowed, catalogue.PregnancyCautious: medicine.Caution,
		catalogue.PregnancyContraindicated: medicine.Contraindicated,
	}[d.Pregnancy]
	return out, true
}

func (e embedded) Frequency(code string) (medicine.Frequency, bool) {
	f, ok := e.c.Frequency(code)
	return medicine.Frequency{Code: f.Code, NameZH: f.Name, Doses: int64(f.Times), Days: int64(max(1, f.PerDays)),
		AsNeeded: f.AsNeeded()}, ok
}

func (e embedded) Route(code string) (medicine.Route, bool) {
	r, ok := e.c.Route(code)
	return medicine.Route{Code: r.Code, NameZH: r.Name}, ok
}

func (e embedded) Diagnosis(code string) (medicine.Diagnosis, bool) {
	d, ok := e.c.Diagnosis(code)
	return medicine.Diagnosis{Code: d.Code, NameZH: d.Name, NameEN: d.EnglishName, Chronic: d.Chronic}, ok
}

func (e embedded) Label(code string) (*catalogue.Label, bool) { return e.c.Label(code) }

func (e embedded) Base() catalogue.Base { return e.c.Base() }

var errUnknownAllergen = errors.New("prescription: unknown allergen code")

var factKinds = map[catalogue.Kind]rules.FactKind{
	catalogue.DrugDrug: rules.FactInteraction, catalogue.Allergy: rules.FactAllergy,
	catalogue.Disease:   rules.FactDisease,
	catalogue.Pregnancy: rules.FactPregnancy, catalogue.Lactation: rules.FactLactation, catalogue.Age: rules.FactAge,
	catalogue.Indication: rules.FactIndication, catalogue.Duration: rules.FactDuration,
}

func (e embedded) Facts(drugs []string, c rules.Condition) ([]rules.Fact, error) {
	p := catalogue.Patient{AgeMonths: c.AgeMonths, Pregnant: c.Pregnant, Lactating: c.Lactating, Diagnoses: c.Diagnoses,
		Reasons: c.Reasons}
	for _, code := range c.Allergens {
		a := catalogue.Allergen(code)
		if a.Label() == "" {
			return nil, errUnknownAllergen // a mistyped one would never fire
		}
		p.Allergies = append(p.Allergies, a)
	}
	found, err := e.c.Check(drugs, p)
	if err != nil {
		return nil, fmt.Errorf("prescription: %w", err)
	}
	out := make([]rules.Fact, 0, len(found))
	for _, f := range found {
		i := f.Interaction
		out = append(out, rules.Fact{
			ID: i.ID, Kind: factKinds[i.Kind], Drug: f.Drug, Other: f.Other, Severity: rules.Severity(i.Severity),
			ZH: i.Message, EN: i.English, Source: i.Source, Days: i.Days,
		})
	}
	return out, nil
}
