package text

import "regexp"

var (
	reICD10   = regexp.MustCompile(`^[A-Z][0-9]{2}(\.[0-9x]{1,4}(x[0-9]{2,3})?)?[+*†]?$`)
	reMobile  = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	reLicence = regexp.MustCompile(`^[A-Z0-9]{8,30}$`)
)

// ICD10 tells whether s has the shape of a diagnosis code: WHO's four characters (J06.9), the six of China's clinical
// edition with its extensions (J06.900, E11.900x001, I10.x00x002), and the mark of a dagger or asterisk code.
func ICD10(s string) bool { return reICD10.MatchString(s) }

// Mobile tells whether s is a mainland mobile number.
func Mobile(s string) bool { return reMobile.MatchString(s) }

// Licence tells whether s has the shape of the number of a licence to practise.
func Licence(s string) bool { return reLicence.MatchString(s) }
