package catalogue

import (
	"strings"
	"testing"
	"unicode"
)

// Every row that a person reads has its words in English, too, and in nothing else.
func TestEveryRowHasItsEnglish(t *testing.T) {
	c := mustLoad(t)
	rows := 0
	english := func(row string, texts ...string) {
		t.Helper()
		rows++
		for _, text := range texts {
			if strings.TrimSpace(text) == "" || foreign(text) {
				t.Errorf("%s: English %q", row, text)
			}
		}
	}
	for _, d := range c.Drugs() {
		english(d.Code+" "+d.Name, d.EnglishName)
	}
	for _, d := range c.Diagnoses() {
		english(d.Code+" "+d.Name, d.EnglishName)
	}
	for _, x := range c.Forms() {
		english(x.Name, x.EnglishName)
	}
	for _, x := range c.Routes() {
		english(x.Name, x.EnglishName)
	}
	for _, x := range c.Frequencies() {
		english(x.Name, x.EnglishName)
	}
	for _, x := range c.Units() {
		english(x.Name, x.EnglishName, x.EnglishPlural, x.English(amountScale), x.English(2*amountScale))
	}
	for _, x := range c.Interactions() {
		english(x.ID, x.English)
	}
	for _, x := range c.classes {
		english(x.ID, x.EnglishName)
	}
	for _, x := range c.limits {
		english(x.ID, x.Words.English(x.Daily))
	}
	for _, l := range c.labelOf {
		english(l.Drug.Code, l.DoseWords.English(l.Drug.Dose))
		for _, i := range l.Ingredients {
			english(l.Drug.Code+" "+i.Name, i.EnglishName)
		}
		for _, x := range l.Limits {
			english(l.Drug.Code+" "+x.ID, x.Words.English(x.Daily))
		}
	}
	if rows < 1000 {
		t.Errorf("only %d rows were looked at", rows)
	}
}

// foreign tells whether a text has Chinese characters or Chinese punctuation.
func foreign(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
	})
}
