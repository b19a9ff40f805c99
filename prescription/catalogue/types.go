package catalogue

import (
	"errors"
	"strconv"
)

// Drug is one package size of one generic drug, as the pharmacy stocks it.
type Drug struct {
	Code            string // our own, stable: D and four digits
	Name            string // Chinese generic name (通用名) with form
	EnglishName     string // international non-proprietary name
	Pinyin          string // initials of Name, capital letters and digits
	Category        Category
	ATC             string // WHO code, seven characters; empty when WHO gives none (patent medicines and few others)
	Form            string // code of a Form
	Strength        string // as printed on the box (规格)
	UnitsPerPackage int
	Unit            string // what is counted: 片, 粒, 支 …
	PackageUnit     string // 盒, 瓶 …
	Insurance       InsuranceClass
	PriceFen        int64 // of one package, in fen
	Prescription    PrescriptionClass
	Control         ControlClass
	Antibiotic      AntibioticGrade
	Route           string // code of the usual Route
	Dose            Amount // usual single dose, in DoseUnit
	DoseUnit        string
	DosePerUnit     Amount // DoseUnit in one Unit, to reckon packages
	Frequency       string // code of the usual Frequency
	Days            int    // usual days of supply, at most MaxDays
	MaxDailyDose    Amount // in DoseUnit; 0: the label names none
	MinAgeYears     int    // the label advises against use below; 0: none
	Pregnancy       PregnancyCaution
	TracePrefix     string // first seven digits of the 20-digit trace code (追溯码); made up for the demo
}

// MaxDays is the longest default supply: 处方管理办法 art. 19.
const MaxDays = 7

// ErrCourse is returned for a course that cannot be reckoned.
var ErrCourse = errors.New("catalogue: course needs a positive dose and 1 to 366 days")

const maxCourseDays = 366

// Package is the packing as printed, such as 24片/盒.
func (d Drug) Package() string {
	return strconv.Itoa(d.UnitsPerPackage) + d.Unit + "/" + d.PackageUnit
}

// Packages reckons how many whole packages cover the whole doses (in DoseUnit) that f sets in so
// many days; as-needed drugs take one. Opened ampoules are not reckoned as waste. ErrCourse for a
// dose or days out of range.
func (d Drug) Packages(dose Amount, f Frequency, days int) (int, error) {
	if dose <= 0 || dose > maxDose || days < 1 || days > maxCourseDays || f.PerDays < 1 || f.Times > maxTimes {
		return 0, ErrCourse
	}
	need := int64(dose) * f.Doses(days)
	one := int64(d.DosePerUnit) * int64(d.UnitsPerPackage)
	return int(max(1, (need+one-1)/one)), nil
}

// Diagnosis is a code of ICD-10 (WHO, GB/T 14396).
type Diagnosis struct {
	Code        string
	Name        string
	EnglishName string
	Pinyin      string
	Chronic     bool // 慢性病: a longer supply may be justified (处方管理办法 art. 19)
}

// Frequency of a dose: Times in PerDays days. Times 0 means as needed (必要时).
type Frequency struct {
	Code, Name, EnglishName string
	Times, PerDays          int
}

// AsNeeded tells whether the frequency sets no times.
func (f Frequency) AsNeeded() bool { return f.Times == 0 }

// Route of administration (给药途径).
type Route struct{ Code, Name, EnglishName string }

// Form is a dosage form (剂型). Routes are the ways it can be given, codes separated by ;.
type Form struct{ Code, Name, EnglishName, Routes string }

// Unit is what a dose is written in or a package is counted in. Its code is the text printed on the
// box, such as mg or 片.
type Unit struct{ Code, Name, EnglishName, EnglishPlural string }

// English writes so much of it in English: 1 tablet, 2.5 mg.
func (u Unit) English(a Amount) string {
	if a == amountScale {
		return a.String() + " " + u.EnglishName
	}
	return a.String() + " " + u.EnglishPlural
}
