package catalogue

import (
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/smart-hospital/hospital/chain/platform/text"
)

// ErrICD is returned for a text that is no ICD-10 code.
var ErrICD = errors.New("catalogue: not a code of ICD-10")

// maxICD is the longest code as written, in bytes: a pair in the clinical edition's finest form, in
// any width.
const maxICD = 96

// ICD is a diagnosis code as a doctor writes it: one code of WHO's ICD-10 (E11.9), a finer one of
// China's clinical edition (国家临床版: I10.x00x002, E11.900x001), or a pair of cause and
// manifestation (剑号†, 星号*: E11.2†N08.3*).
type ICD struct {
	Written string   // what is recorded: as written, but for width, case and blanks
	Bases   []string // WHO's codes with at most one place, cause first: what the rules look at
}

// marks are other ways to write the signs of a pair.
var marks = strings.NewReplacer("✝", "†", "‡", "†", "∗", "*", "。", ".", " ", "")

// ParseICD reads a code in any width and case: ErrICD. What it takes is an ICD10 of package text,
// which every road goes by.
func ParseICD(s string) (ICD, error) {
	if len(s) > maxICD {
		return ICD{}, ErrICD
	}
	s = marks.Replace(norm.NFKC.String(strings.TrimSpace(s)))
	letters := []rune(strings.ToUpper(s))
	for i, r := range letters {
		// X fills a place of the clinical edition in small letters; at the beginning of a code it
		// is a chapter.
		if begins := i == 0 || letters[i-1] == '†' || letters[i-1] == '+'; r == 'X' && !begins {
			letters[i] = 'x'
		}
	}
	s = string(letters)
	if !text.ICD10(s) {
		return ICD{}, ErrICD
	}
	return ICD{Written: s, Bases: text.ICD10Bases(s)}, nil
}

// ICDBases are the codes the rules look at; a text that is no code stands for itself.
func ICDBases(code string) []string {
	c, err := ParseICD(code)
	if err != nil {
		return []string{code}
	}
	return c.Bases
}

// categoryLen is the length of a code's category, such as E11.
const categoryLen = 3

// SameCategory tells whether two codes share a category of three characters: a follow-up may name a
// finer code.
func SameCategory(a, b string) bool {
	of := func(code string) (list []string) {
		for _, base := range ICDBases(code) {
			list = append(list, base[:min(categoryLen, len(base))])
		}
		return list
	}
	others := of(b)
	return slices.ContainsFunc(of(a), func(x string) bool { return slices.Contains(others, x) })
}

// Diagnosis finds a diagnosis by its code as written. A finer code, and a pair, have the names of
// the bases and their own code; what is chronic in either part is chronic. A manifestation that the
// list does not hold leaves the cause's name.
func (c *Catalogue) Diagnosis(code string) (Diagnosis, bool) {
	if d, ok := c.diagnosisOf[code]; ok {
		return d, true
	}
	icd, err := ParseICD(code)
	if err != nil {
		return Diagnosis{}, false
	}
	found, ok := c.diagnosisOf[icd.Bases[0]]
	if !ok {
		return Diagnosis{}, false
	}
	for _, base := range icd.Bases[1:] {
		if d, ok := c.diagnosisOf[base]; ok {
			found.Name, found.EnglishName = found.Name+"、"+d.Name, found.EnglishName+"; "+d.EnglishName
			found.Chronic = found.Chronic || d.Chronic
		}
	}
	found.Code = icd.Written
	return found, true
}
