package prescription

import (
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/prescription/catalogue"
)

// FromCatalogue makes the embedded reference data a Formulary.
func FromCatalogue(c *catalogue.Catalogue) Formulary { return embedded{c} }

type embedded struct{ c *catalogue.Catalogue }

// labelSource is what the demo catalogue's columns were read from.
const labelSource = "药品说明书"

func (e embedded) Drug(code string) (Drug, bool) {
	d, ok := e.c.Drug(code)
	if !ok {
		return Drug{}, false
	}
	out := Drug{
		Code: d.Code, NameZH: d.Name, NameEN: d.EnglishName, Form: d.Form, Strength: d.Strength, ATC: d.ATC,
		Class: InsuranceClass(d.Insurance), PriceFen: d.PriceFen, PackageUnit: d.PackageUnit,
		TracePrefix: d.TracePrefix,
		DoseUnit:    d.DoseUnit, PerPackage: Amount(int64(d.DosePerUnit) * int64(d.UnitsPerPackage)),
		MaxDaily: Amount(d.MaxDailyDose),
		MinAge:   d.MinAgeYears, LabelSource: labelSource,
	}
	if f, ok := e.c.Form(d.Form); ok {
		out.Form = f.Name
	}
	if d.Antibiotic != catalogue.NotAntibiotic {
		out.Antibiotic = Grade(d.Antibiotic)
	}
	if d.Control != catalogue.Uncontrolled {
		out.Control = Control(d.Control)
	}
	out.Pregnancy = map[catalogue.PregnancyCaution]Advice{
		catalogue.PregnancyUnremarkable: Allowed, catalogue.PregnancyCautious: Caution,
		catalogue.PregnancyContraindicated: Contraindicated,
	}[d.Pregnancy]
	return out, true
}

func (e embedded) Frequency(code string) (Frequency, bool) {
	f, ok := e.c.Frequency(code)
	return Frequency{Code: f.Code, NameZH: f.Name, Doses: int64(f.Times), Days: int64(max(1, f.PerDays)),
		AsNeeded: f.AsNeeded()}, ok
}

func (e embedded) Route(code string) (Route, bool) {
	r, ok := e.c.Route(code)
	return Route{Code: r.Code, NameZH: r.Name}, ok
}

func (e embedded) Diagnosis(code string) (Diagnosis, bool) {
	d, ok := e.c.Diagnosis(code)
	return Diagnosis{Code: d.Code, NameZH: d.Name, NameEN: d.EnglishName, Chronic: d.Chronic}, ok
}

func (e embedded) Label(code string) (*catalogue.Label, bool) { return e.c.Label(code) }

func (e embedded) Base() catalogue.Base { return e.c.Base() }

var errUnknownAllergen = errors.New("prescription: unknown allergen code")

var factKinds = map[catalogue.Kind]FactKind{
	catalogue.DrugDrug: FactInteraction, catalogue.Allergy: FactAllergy, catalogue.Disease: FactDisease,
	catalogue.Pregnancy: FactPregnancy, catalogue.Lactation: FactLactation, catalogue.Age: FactAge,
	catalogue.Indication: FactIndication, catalogue.Duration: FactDuration,
}

func (e embedded) Facts(drugs []string, c Condition) ([]Fact, error) {
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
	out := make([]Fact, 0, len(found))
	for _, f := range found {
		i := f.Interaction
		out = append(out, Fact{
			ID: i.ID, Kind: factKinds[i.Kind], Drug: f.Drug, Other: f.Other, Severity: Severity(i.Severity),
			ZH: i.Message, EN: i.English, Source: i.Source, Days: i.Days,
		})
	}
	return out, nil
}
