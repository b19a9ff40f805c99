package medicine

import "github.com/smart-hospital/hospital/prescription/catalogue"

// InsuranceClass is the medical-insurance class of a drug (医保类别).
type InsuranceClass string

// Insurance classes.
const (
	ClassA InsuranceClass = "A" // 甲类
	ClassB InsuranceClass = "B" // 乙类
	ClassC InsuranceClass = "C" // 丙类
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

// Drug is the snapshot of a catalogue entry at the moment of prescribing; later changes of price or
// label do not reach back into a signed prescription.
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
	TCMPieces   bool           `json:"tcmPieces"` // 中药饮片: the demo catalogue holds none yet
	Pregnancy   Advice         `json:"pregnancy"`
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
	Doses    int64  `json:"doses"` // doses in Days days; 0 when as needed
	Days     int64  `json:"days"`
	AsNeeded bool   `json:"asNeeded"` // 必要时
}

// Once tells a single dose (立即一次), however many days are written beside it.
func (f Frequency) Once() bool { return f.Code == catalogue.CodeOnce }

// doses is the number of whole doses in a course, the first on its first day and the others spread
// evenly; 0 as needed.
func (f Frequency) doses(days int) int64 {
	if f.Once() {
		return 1
	}
	return ceilDiv(int64(days)*f.Doses, f.Days)
}

// Busiest is the most doses that fall into so many days in a row. As needed counts as one a day.
func (f Frequency) Busiest(days int) int64 {
	if f.AsNeeded {
		return int64(days)
	}
	return f.doses(days)
}

// Diagnosis is an ICD-10 diagnosis.
type Diagnosis struct {
	Code    string `json:"code"`
	NameZH  string `json:"nameZh"`
	NameEN  string `json:"nameEn"`
	Chronic bool   `json:"chronic"` // allows a long-term prescription (慢性病)
}

// Route of administration (给药途径).
type Route struct {
	Code   string `json:"code"` // "po"
	NameZH string `json:"nameZh"`
}
