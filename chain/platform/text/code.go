package text

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// oneICD10 is one code, without its mark.
const oneICD10 = `[A-Z][0-9]{2}(?:\.[0-9x]{1,4}(?:x[0-9]{2,3})?)?`

var (
	reICD10   = regexp.MustCompile(`^` + oneICD10 + `([+*†]?|[+†]` + oneICD10 + `\*)$`)
	reOneICD  = regexp.MustCompile(oneICD10)
	reMobile  = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	reLicence = regexp.MustCompile(`^[A-Z0-9]{8,30}$`)
)

// ICD10 tells whether s has the shape of a diagnosis code: WHO's four characters (J06.9), the six
// of China's clinical edition with its extensions (J06.900, E11.900x001, I10.x00x002), the mark of
// a dagger or asterisk code, and a pair of cause and manifestation (E11.2†N08.3*).
func ICD10(s string) bool { return reICD10.MatchString(s) }

// ICD10Bases are WHO's codes with at most one place behind what was written, cause before
// manifestation: what rules look at. I10.x00x002 is I10, E11.900x001 is E11.9. A text that is no
// code stands for itself.
func ICD10Bases(s string) []string {
	if !ICD10(s) {
		return []string{s}
	}
	var list []string
	for _, one := range reOneICD.FindAllString(s, -1) {
		const category = 3 // characters of a code's category, such as E11
		if len(one) < category+2 || one[category+1] == 'x' {
			list = append(list, one[:category])
			continue
		}
		list = append(list, one[:category+2])
	}
	return list
}

// Mobile tells whether s is a mainland mobile number.
func Mobile(s string) bool { return reMobile.MatchString(s) }

// Licence tells whether s has the shape of the number of a licence to practise.
func Licence(s string) bool { return reLicence.MatchString(s) }

// Digits tells whether s is made of the digits 0 to 9, and has one.
func Digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// Compact is a number or code as its paper has it: width folded, without spaces and hyphens, in
// capital letters.
func Compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || unicode.Is(unicode.Cc, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFKC.String(s))
}
