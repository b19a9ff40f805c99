package practitioners

import (
	"strings"
	"testing"
	"unicode"
)

func TestDepartmentsHaveBothNames(t *testing.T) {
	han := func(text string) bool {
		return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	for _, d := range Departments {
		if !han(d.NameZH) || d.NameEN == "" || han(d.NameEN) {
			t.Errorf("%s: %q, %q", d.Code, d.NameZH, d.NameEN)
		}
	}
}
