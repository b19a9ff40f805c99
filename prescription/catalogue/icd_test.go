package catalogue

import (
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain/platform/text"
)

func TestParseICD(t *testing.T) {
	for in, want := range map[string]struct{ written, bases string }{
		"I10": {"I10", "I10"}, "i10": {"I10", "I10"}, "Ｉ１０": {"I10", "I10"}, " E11.9 ": {"E11.9", "E11.9"},
		"I10.x00x002": {"I10.x00x002", "I10"}, "I10.X00X002": {"I10.x00x002", "I10"},
		"E11.900x001": {"E11.900x001", "E11.9"},
		"J06.900":     {"J06.900", "J06.9"}, "x59.9": {"X59.9", "X59.9"},
		"E11.2†N08.3*": {"E11.2†N08.3*", "E11.2 N08.3"}, "e11.2+ n08.3＊": {"E11.2+N08.3*", "E11.2 N08.3"},
		"E11.200x021†N08.300*": {"E11.200x021†N08.300*", "E11.2 N08.3"}, "G63.2*": {"G63.2*", "G63.2"},
		"A17.0†": {"A17.0†", "A17.0"},
	} {
		c, err := ParseICD(in)
		if err != nil || c.Written != want.written || strings.Join(c.Bases, " ") != want.bases {
			t.Errorf("%q: %+v, %v", in, c, err)
		}
		if again, err := ParseICD(c.Written); err != nil || !slices.Equal(again.Bases, c.Bases) ||
			!text.ICD10(c.Written) {
			t.Errorf("%q is not read again: %v", c.Written, err)
		}
	}
	for _, in := range []string{"", "高血压", "I1", "I10.", "E11.2N08.3", "E11.2*N08.3†", "I10\x00", "I10;",
		strings.Repeat("I10", 40)} {
		if c, err := ParseICD(in); err == nil {
			t.Errorf("%q read as %+v", in, c)
		}
	}
}

// TestAFinerCodeKeepsItsCode: it is recorded as written and named, judged and lasting as its base
// is.
func TestAFinerCodeKeepsItsCode(t *testing.T) {
	c := mustLoad(t)
	for code, want := range map[string]Diagnosis{
		"I10.x00x002":  {Code: "I10.x00x002", Name: "特发性(原发性)高血压", Chronic: true},
		"i10.X00x002":  {Code: "I10.x00x002", Name: "特发性(原发性)高血压", Chronic: true},
		"J06.900":      {Code: "J06.900", Name: "急性上呼吸道感染"},
		"E11.2†N08.3*": {Code: "E11.2†N08.3*", Name: "2型糖尿病伴有肾的并发症", Chronic: true},
		"I10":          {Code: "I10", Name: "特发性(原发性)高血压", Chronic: true},
	} {
		d, ok := c.Diagnosis(code)
		if !ok || d.Code != want.Code || d.Name != want.Name || d.Chronic != want.Chronic {
			t.Errorf("%s: %+v, %v", code, d, ok)
		}
	}
	for _, code := range []string{"Q99.9", "E11.2N08.3", "高血压"} {
		if d, ok := c.Diagnosis(code); ok {
			t.Errorf("%s is %+v", code, d)
		}
	}
	if !SameCategory("E11.900x001", "E11.2†N08.3*") || SameCategory("I10", "I11.9") || SameCategory("Ä", "É") {
		t.Error("categories")
	}
	found, err := c.Check([]string{"D0097"}, Patient{AgeMonths: 50 * 12, Diagnoses: ICDBases("N18.500x002")})
	if err != nil || !slices.ContainsFunc(found, func(f Finding) bool { return f.Interaction.ID == "DIS-007" }) {
		t.Errorf("metformin in kidney failure of the clinical edition: %v, %v", found, err)
	}
}
