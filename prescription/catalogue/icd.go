package catalogue

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// ErrICD is returned for a text that is no ICD-10 code.
var ErrICD = errors.New("catalogue: not a code of ICD-10")

// MaxICD is the longest code as written, in bytes: a pair in the clinical edition's finest form.
const MaxICD = 32

// ICD is a diagnosis code as a doctor writes it: one code of WHO's ICD-10 (E11.9), a finer one of China's clinical edition
// (国家临床版: I10.x00x002, E11.900x001), or a pair of cause and manifestation (剑号†, 星号*: E11.2†N08.3*).
type ICD struct {
	Written string   // what is recorded
	Bases   []string // WHO's codes with at most one place, cause first: what the rules look at
}

const (
	oneICD  = `[A-Z]\d{2}(?:\.[\dx]\d{0,3}(?:x\d{2,4})?)?`
	daggers = "†"
)

var (
	icdPattern = regexp.MustCompile(`^` + oneICD + `(?:†?|\*|†` + oneICD + `\*)$`)
	icdOne     = regexp.MustCompile(oneICD)
	// writtenAs are other ways to write the marks: a plus sign for the dagger, a space or bar between the two codes.
	writtenAs = strings.NewReplacer("+", daggers, "＋", daggers, "✝", daggers, "‡", daggers, "/", "", " ", "", "＊", "*", "∗", "*", "。", ".")
)

// ParseICD reads a code in any width and case: ErrICD. Every road uses it, so that none takes what another refuses.
func ParseICD(s string) (ICD, error) {
	if len(s) > 2*MaxICD {
		return ICD{}, ErrICD
	}
	s = writtenAs.Replace(norm.NFKC.String(strings.TrimSpace(s)))
	s = strings.ReplaceAll(strings.ToUpper(s), "X", "x") // x fills a place; no chapter of the clinical edition is written in small letters
	if strings.HasPrefix(s, "x") {
		s = "X" + s[1:]
	}
	s = strings.ReplaceAll(s, daggers+"x", daggers+"X")
	if len(s) > MaxICD || !icdPattern.MatchString(s) {
		return ICD{}, ErrICD
	}
	c := ICD{Written: s}
	for _, one := range icdOne.FindAllString(s, -1) {
		c.Bases = append(c.Bases, baseOf(one))
	}
	return c, nil
}

// categoryLen is the length of a code's category, such as E11.
const categoryLen = 3

// baseOf drops what only the clinical edition tells apart.
func baseOf(one string) string {
	if len(one) < categoryLen+2 || one[categoryLen+1] == 'x' {
		return one[:categoryLen]
	}
	return one[:categoryLen+2]
}

// ICDBases are the codes the rules look at; a text that is no code stands for itself.
func ICDBases(code string) []string {
	c, err := ParseICD(code)
	if err != nil {
		return []string{code}
	}
	return c.Bases
}

// SameCategory tells whether two codes share a category of three characters: a follow-up may name a finer code.
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

// Diagnosis finds a diagnosis by its code as written. A finer code, and a pair, have the name of the base and their own code;
// what is chronic in either part is chronic.
func (c *Catalogue) Diagnosis(code string) (Diagnosis, bool) {
	if d, ok := c.diagnosisOf[code]; ok {
		return d, true
	}
	icd, err := ParseICD(code)
	if err != nil {
		return Diagnosis{}, false
	}
	var found Diagnosis
	for _, base := range icd.Bases {
		d, ok := c.diagnosisOf[base]
		switch {
		case !ok && found.Code == "" && base == icd.Bases[0]:
			return Diagnosis{}, false // an unknown cause
		case !ok:
			continue // a manifestation the list does not hold
		case found.Code == "":
			found = d
		default:
			found.Chronic = found.Chronic || d.Chronic
			found.Name, found.EnglishName = found.Name+"、"+d.Name, found.EnglishName+"; "+d.EnglishName
		}
	}
	found.Code = icd.Written
	return found, true
}
