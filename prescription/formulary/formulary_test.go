package formulary

import (
	"errors"
	"testing"

	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/prescriptiontest"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// TestCatalogueDefaultsPassTheRules: what the doctor's page proposes for a drug must not be refused
// for its quantity, and the two places that reckon packages must agree.
func TestCatalogueDefaultsPassTheRules(t *testing.T) {
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	f := FromCatalogue(c)
	for _, d := range c.Drugs() {
		drug, ok := f.Drug(d.Code)
		freq, known := f.Frequency(d.Frequency)
		route, way := f.Route(d.Route)
		if !ok || !known || !way {
			t.Errorf("%s: drug %v, frequency %v, route %v", d.Code, ok, known, way)
			continue
		}
		it := medicine.Item{Drug: drug, Dose: medicine.Amount(d.Dose), Frequency: freq, Route: route, Days: d.Days,
			Packages: 1}
		if err := it.Check("item"); err != nil {
			t.Errorf("%s: %v", d.Code, err)
		}
		o := prescriptiontest.GoodOrder()
		o.Formulary, o.Items = f, []medicine.Item{it}
		for _, x := range rules.Check(o).Findings {
			dose := x.Rule == "clinical.max-dose" || x.Rule == "clinical.usual-dose" || x.Rule == "clinical.route"
			if dose && d.Code != "D0357" { // dosed by nuclear medicine alone
				t.Errorf("%s %s: as the catalogue proposes it: %s", d.Code, d.Name, x.EN)
			}
		}
		times, _ := c.Frequency(d.Frequency)
		if times.AsNeeded() {
			continue
		}
		want, err := d.Packages(d.Dose, times, d.Days)
		if got, ok := it.Needed(); err != nil || !ok || got != int64(want) {
			t.Errorf("%s: %d packages here, %d in the catalogue (%v)", d.Code, got, want, err)
		}
	}
}

func TestCatalogueFacts(t *testing.T) {
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	f := FromCatalogue(c)
	has := func(kind rules.FactKind, drugs []string, cond rules.Condition) bool {
		t.Helper()
		facts, err := f.Facts(drugs, cond)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range facts {
			if x.Kind == kind && x.ID != "" && x.ZH != "" && x.EN != "" && x.Source != "" && x.Severity != "" {
				return true
			}
		}
		return false
	}
	if !has(rules.FactAllergy, []string{"D0001"},
		rules.Condition{AgeMonths: 40 * 12, Allergens: []string{string(catalogue.Penicillin)}}) {
		t.Error("amoxicillin for a patient with a penicillin allergy: nothing found")
	}
	if has(rules.FactAllergy, []string{"D0001"}, rules.Condition{AgeMonths: 40 * 12}) {
		t.Error("an allergy nobody has")
	}
	if _, err := f.Facts([]string{"D9999"}, rules.Condition{}); !errors.Is(err, catalogue.ErrUnknownDrug) {
		t.Errorf("an unknown drug: %v", err)
	}
	// A mistyped allergen would never fire: it must show as "not checked".
	if _, err := f.Facts([]string{"D0001"}, rules.Condition{Allergens: []string{"penicilin"}}); !errors.Is(err,
		errUnknownAllergen) {
		t.Errorf("a mistyped allergen: %v", err)
	}
	if d, ok := f.Drug("D0001"); !ok || d.Control != medicine.Uncontrolled || d.Antibiotic != medicine.Unrestricted || d.Form == "cap" ||
		d.Class != medicine.ClassA {
		t.Errorf("%+v", d)
	}
}
