package catalogue

import (
	"errors"
	"testing"
)

// codeOf finds the first drug of an ATC code.
func codeOf(t *testing.T, c *Catalogue, atc string) string {
	t.Helper()
	for _, d := range c.Drugs() {
		if d.ATC == atc {
			return d.Code
		}
	}
	t.Fatalf("no drug %s", atc)
	return ""
}

func TestCheck(t *testing.T) {
	c := mustLoad(t)
	healthy := Patient{AgeMonths: 40 * 12}
	single := func(found []Finding) (rest []Finding) { // courses are the caller's to judge
		for _, f := range found {
			if f.Interaction.Kind != Duration {
				rest = append(rest, f)
			}
		}
		return rest
	}
	for name, tt := range map[string]struct {
		atc      []string
		patient  Patient
		kind     Kind // of the only or first fact; empty for none
		severity Severity
	}{
		"warfarin and ibuprofen":       {[]string{"B01AA03", "M01AE01"}, healthy, DrugDrug, Critical},
		"the other way round":          {[]string{"M01AE01", "B01AA03"}, healthy, DrugDrug, Critical},
		"sildenafil and nitrate":       {[]string{"G04BE03", "C01DA02"}, healthy, DrugDrug, Critical},
		"clopidogrel and omeprazole":   {[]string{"B01AC04", "A02BC01"}, healthy, DrugDrug, Warning},
		"clopidogrel and pantoprazole": {[]string{"B01AC04", "A02BC02"}, healthy, "", ""},
		"amoxicillin, allergic": {[]string{"J01CA04"},
			Patient{AgeMonths: 40 * 12, Allergies: []Allergen{Penicillin}}, Allergy, Critical},
		"cefixime, penicillin allergy": {[]string{"J01DD08"},
			Patient{AgeMonths: 40 * 12, Allergies: []Allergen{Penicillin}}, Allergy, Warning},
		"amoxicillin, sulfa allergy": {[]string{"J01CA04"},
			Patient{AgeMonths: 40 * 12, Allergies: []Allergen{Sulfonamide}}, "", ""},
		"propranolol in asthma": {[]string{"C07AA05"},
			Patient{AgeMonths: 40 * 12, Diagnoses: []string{"J45.9"}}, Disease, Critical},
		"valsartan in pregnancy": {[]string{"C09CA03"}, Patient{AgeMonths: 30 * 12, Pregnant: true},
			Pregnancy, Critical},
		"valsartan, not pregnant": {[]string{"C09CA03"}, Patient{AgeMonths: 30 * 12}, "", ""},
		"codeine while breast-feeding": {[]string{"R05DA04"}, Patient{AgeMonths: 30 * 12, Lactating: true},
			Lactation, Critical},
		"levofloxacin at 17":            {[]string{"J01MA12"}, Patient{AgeMonths: 17 * 12}, Age, Critical},
		"levofloxacin at 18":            {[]string{"J01MA12"}, Patient{AgeMonths: 18 * 12}, "", ""},
		"ibuprofen at 5 months":         {[]string{"M01AE01"}, Patient{AgeMonths: 5}, Age, Critical},
		"ibuprofen at 6 months":         {[]string{"M01AE01"}, Patient{AgeMonths: 6}, "", ""},
		"co-trimoxazole at a month":     {[]string{"J01EE01"}, Patient{AgeMonths: 1}, Age, Critical},
		"co-trimoxazole at 2 months":    {[]string{"J01EE01"}, Patient{AgeMonths: 2}, "", ""},
		"levofloxacin a month short":    {[]string{"J01MA12"}, Patient{AgeMonths: 18*12 - 1}, Age, Critical},
		"zolpidem a month short":        {[]string{"N05CF02"}, Patient{AgeMonths: 65*12 - 1}, "", ""},
		"zolpidem at 65":                {[]string{"N05CF02"}, Patient{AgeMonths: 65 * 12}, Age, Warning},
		"zolpidem at 64":                {[]string{"N05CF02"}, Patient{AgeMonths: 64 * 12}, "", ""},
		"the same drug twice is no DDI": {[]string{"A11GA01", "A11GA01"}, healthy, "", ""},
	} {
		var codes []string
		for _, atc := range tt.atc {
			codes = append(codes, codeOf(t, c, atc))
		}
		found, err := c.Check(codes, tt.patient)
		if err != nil {
			t.Fatal(err)
		}
		found = single(found)
		if tt.kind == "" {
			if len(found) > 0 {
				t.Errorf("%s: %v", name, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Interaction.Kind != tt.kind || found[0].Interaction.Severity != tt.severity {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// A drug that is not in the catalogue is not checked: that must never look like "no finding".
func TestUnknownDrugIsAnError(t *testing.T) {
	c := mustLoad(t)
	if _, err := c.Check([]string{"D0001", "D9999"}, Patient{}); !errors.Is(err, ErrUnknownDrug) {
		t.Errorf("check: %v", err)
	}
	if _, err := c.InteractionsFor("J01CA04"); !errors.Is(err, ErrUnknownDrug) {
		t.Errorf("facts: %v", err)
	}
}

func TestInteractionsForBothSides(t *testing.T) {
	c := mustLoad(t)
	for _, atc := range []string{"B01AA03", "M01AE01"} {
		facts, err := c.InteractionsFor(codeOf(t, c, atc))
		if err != nil || len(facts) < 3 {
			t.Errorf("%s: %d facts, %v", atc, len(facts), err)
		}
	}
}

func TestSelectors(t *testing.T) {
	c := newCatalogue()
	d := Drug{Code: "D0100", ATC: "C10AA05"}
	c.ingredients["D0100"] = []Ingredient{{Substance: "S:danshen"}, {Substance: "A10BB01"}}
	for selector, want := range map[string]bool{
		"C10AA05": true, "C10": true, "C": true, "D0100": true, "B01;C10AA": true, "D01": false, "C10AB": false,
		"": false, "B01;": false,
		"A10BB": true, "S:danshen": true, "S": false, "S:dan": false, "S:ginkgo": false, "D": false,
	} {
		if c.selected(d, selector) != want {
			t.Errorf("%q: %v", selector, !want)
		}
	}
	if c.selected(Drug{Code: "D0101"}, "C10") {
		t.Error("a drug without ATC is selected by one")
	}
}

func TestFactsSpeakShortly(t *testing.T) {
	const cdsHooksSummary = 140 // CDS Hooks 2.0: a card's summary is shorter
	for _, i := range mustLoad(t).Interactions() {
		if len([]rune(i.Message)) >= cdsHooksSummary || len(i.English) >= cdsHooksSummary {
			t.Errorf("%s is too long for a card", i.ID)
		}
	}
}
