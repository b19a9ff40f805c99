package oversight

import (
	"strings"
	"testing"
	"unicode"
)

// A finding is read in either language.
func TestRulesSpeakBothLanguages(t *testing.T) {
	han := func(text string) bool {
		return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	for _, r := range Rules {
		if r.EN == "" || han(r.EN+r.Citation.EN) || !han(r.ZH) || !han(r.Citation.ZH) {
			t.Errorf("%s: %q, %q, %q", r.ID, r.ZH, r.EN, r.Citation.EN)
		}
	}
}
