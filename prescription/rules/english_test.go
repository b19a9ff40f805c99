package rules_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// Whatever is said of any drug of the catalogue, far above its dose, twice, too often, in the wrong
// way and to a child, is said in English without a Chinese word, units included.
func TestFindingsSpeakEnglish(t *testing.T) {
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, d := range c.Drugs() {
		much := usual(t, d.Code, dosedAs(medicine.Amount(40*d.Dose), "qid"), lasting(90), way("iv"))
		o := order(much, usual(t, d.Code))
		o.Visit.Patient.Birth = o.At.AddDate(-1, 0, 0)
		rep := rules.Check(o)
		for _, f := range rep.Findings {
			said++
			english(t, f.Key, f.EN)
		}
		for _, r := range rep.Refusals {
			english(t, r.Rule, r.EN)
		}
	}
	if said < 1000 {
		t.Errorf("only %d findings were read", said)
	}
	for _, r := range rules.Rules {
		english(t, r.ID, r.Citation.EN)
	}
}

func english(t *testing.T, of, text string) {
	t.Helper()
	if text == "" || strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.Errorf("%s: English %q", of, text)
	}
}
