package prescription

import "time"

// InsuranceClass is the medical-insurance class of a drug (医保类别).
type InsuranceClass string

// Insurance classes.
const (
	ClassA InsuranceClass = "甲"
	ClassB InsuranceClass = "乙"
	ClassC InsuranceClass = "丙"
)

// Grade is an antibiotic's management grade (抗菌药物分级).
type Grade string

// Grades.
const (
	NoAntibiotic Grade = ""
	Unrestricted Grade = "unrestricted" // 非限制使用级
	Restricted   Grade = "restricted"   // 限制使用级
	SpecialUse   Grade = "special"      // 特殊使用级
)

// Control is the kind of special control a drug is under (特殊管理药品).
type Control string

// Controls.
const (
	Uncontrolled  Control = ""
	Narcotic      Control = "narcotic"       // 麻醉药品
	Psychotropic1 Control = "psychotropic-1" // 第一类精神药品
	Psychotropic2 Control = "psychotropic-2" // 第二类精神药品
	Toxic         Control = "toxic"          // 医疗用毒性药品
	Radioactive   Control = "radioactive"    // 放射性药品
	Precursor     Control = "precursor"      // 药品类易制毒化学品
)

// Drug is the snapshot of a catalogue entry at the moment of prescribing; later changes of price or label do
// not reach back into a signed prescription.
type Drug struct {
	Code        string         `json:"code"`
	NameZH      string         `json:"nameZh"`
	NameEN      string         `json:"nameEn"`
	Form        string         `json:"form"`
	Strength    string         `json:"strength"`
	ATC         string         `json:"atc"`
	Class       InsuranceClass `json:"class"`
	PriceFen    int64          `json:"priceFen"`    // of one package
	PackageUnit string         `json:"packageUnit"` // 盒, 瓶
	TracePrefix string         `json:"tracePrefix"` // first seven digits of its trace codes
	DoseUnit    string         `json:"doseUnit"`    // unit doses are written in
	PerPackage  Amount         `json:"perPackage"`  // dose units in one package; 0: not countable
	MaxDaily    Amount         `json:"maxDaily"`    // the label's maximum a day; 0: not stated
	MinAge      int            `json:"minAge"`      // youngest age in years the label allows; 0: no limit
	Antibiotic  Grade          `json:"antibiotic"`
	Control     Control        `json:"control"`
	TCMPieces   bool           `json:"tcmPieces"` // 中药饮片
	Cold        bool           `json:"cold"`      // needs special storage
	Pregnancy   Advice         `json:"pregnancy"`
	Lactation   Advice         `json:"lactation"`
	LabelSource string         `json:"labelSource"` // where the safety facts were read
}

// Advice is what a label says about a condition such as pregnancy.
type Advice string

// Advices. The empty one means that the catalogue does not say.
const (
	NotStated       Advice = ""
	Allowed         Advice = "allowed"
	Caution         Advice = "caution"
	Contraindicated Advice = "contraindicated"
)

// Frequency is how often a dose is taken (用药频次).
type Frequency struct {
	Code     string `json:"code"` // "tid"
	NameZH   string `json:"nameZh"`
	Doses    int64  `json:"doses"` // doses in Days days
	Days     int64  `json:"days"`
	AsNeeded bool   `json:"asNeeded"` // 必要时: Doses is then a maximum
}

// Diagnosis is an ICD-10 diagnosis.
type Diagnosis struct {
	Code    string `json:"code"`
	NameZH  string `json:"nameZh"`
	NameEN  string `json:"nameEn"`
	Chronic bool   `json:"chronic"` // allows a long-term prescription (慢性病)
}

// Interaction is a public label's statement about two drugs together.
type Interaction struct {
	ID        string
	Version   string
	Severity  Severity
	MessageZH string
	MessageEN string
	Source    string
}

// Formulary is the drug catalogue as the rules need it. ok is false for an unknown code. Interactions has ok
// false when the catalogue holds no statement that covers one of the two drugs, so that "nothing known"
// never reads as "harmless".
type Formulary interface {
	Drug(code string) (d Drug, ok bool)
	Frequency(code string) (f Frequency, ok bool)
	Diagnosis(code string) (d Diagnosis, ok bool)
	Interactions(a, b Drug) (found []Interaction, ok bool)
}

// endOfValidity is the end of the last valid day, the day of issue being the first (处方管理办法 art. 18).
func endOfValidity(issued time.Time, days int) time.Time {
	t := issued.In(china)
	return time.Date(t.Year(), t.Month(), t.Day()+days, 0, 0, 0, 0, china)
}
