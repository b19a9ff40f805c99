// Package routing leads from a diagnosis to the departments that treat it.
package routing

import "strings"

// A routing table from diagnoses to departments, by blocks of ICD-10. It leads a patient who knows
// the name of a disease to doctors; it says nothing of who treats what. No clinician has checked it
// yet (待核). The first row that holds a code counts, so that a narrow block stands before the wide
// one around it.
var treats = []struct {
	from, to    string // categories of three characters, both included
	departments []string
}{
	{"A00", "A09", []string{"gastroenterology"}},
	{"A15", "A16", []string{"respiratory"}},
	{"A46", "A46", []string{"dermatology"}},
	{"A50", "A64", []string{"dermatology"}},
	{"B00", "B02", []string{"dermatology"}},
	{"B05", "B06", []string{"paediatrics"}},
	{"B07", "B07", []string{"dermatology"}},
	{"B08", "B08", []string{"paediatrics", "dermatology"}},
	{"B15", "B19", []string{"gastroenterology"}},
	{"B35", "B37", []string{"dermatology"}},
	{"B85", "B89", []string{"dermatology"}},
	{"D50", "D89", []string{"general-practice"}},
	{"E78", "E78", []string{"cardiology", "endocrinology"}},
	{"E00", "E90", []string{"endocrinology"}},
	{"F00", "F03", []string{"neurology"}},
	{"F51", "F51", []string{"neurology", "chinese-medicine"}},
	{"F00", "F99", []string{"general-practice", "neurology"}},
	{"G47", "G47", []string{"neurology", "chinese-medicine"}},
	{"G00", "G99", []string{"neurology"}},
	{"H00", "H59", []string{"ophthalmology"}},
	{"H60", "H95", []string{"otorhinolaryngology"}},
	{"I60", "I69", []string{"neurology"}},
	{"I80", "I89", []string{"surgery"}},
	{"I00", "I99", []string{"cardiology"}},
	{"J00", "J06", []string{"respiratory", "general-practice", "otorhinolaryngology"}},
	{"J30", "J39", []string{"otorhinolaryngology"}},
	{"J00", "J99", []string{"respiratory"}},
	{"K35", "K46", []string{"surgery"}},
	{"K60", "K64", []string{"surgery"}},
	{"K80", "K81", []string{"gastroenterology", "surgery"}},
	{"K00", "K93", []string{"gastroenterology"}},
	{"L00", "L99", []string{"dermatology"}},
	{"M05", "M14", []string{"rheumatology"}},
	{"M30", "M36", []string{"rheumatology"}},
	{"M80", "M85", []string{"endocrinology"}},
	{"M00", "M99", []string{"surgery", "rheumatology"}},
	{"N20", "N23", []string{"surgery"}},
	{"N40", "N51", []string{"surgery"}},
	{"N60", "N64", []string{"surgery"}},
	{"N70", "N98", []string{"obstetrics-gynaecology"}},
	{"N00", "N99", []string{"nephrology"}},
	{"O00", "O99", []string{"obstetrics-gynaecology"}},
	{"P00", "P96", []string{"paediatrics"}},
	{"R00", "R03", []string{"cardiology"}},
	{"R04", "R09", []string{"respiratory"}},
	{"R10", "R19", []string{"gastroenterology"}},
	{"R20", "R23", []string{"dermatology"}},
	{"R25", "R29", []string{"neurology"}},
	{"R30", "R39", []string{"nephrology"}},
	{"R42", "R42", []string{"neurology", "otorhinolaryngology"}},
	{"R51", "R51", []string{"neurology"}},
	{"S00", "T98", []string{"surgery"}},
	{"A00", "Z99", []string{"general-practice"}},
}

// Departments are the departments that a diagnosis leads to, the likelier first: general
// practice for what no row names.
func Departments(icd string) []string {
	category, _, _ := strings.Cut(icd, ".")
	for _, t := range treats {
		if t.from <= category && category <= t.to {
			return t.departments
		}
	}
	return nil
}
