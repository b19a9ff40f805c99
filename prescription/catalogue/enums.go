package catalogue

// The enums are strings, the very words of the data files and of the API; Label is the Chinese term
// shown to people and is empty for a value that is none of the constants.

// Category says on which prescription a drug belongs (处方管理办法 art. 6).
type Category string

// Categories of drugs.
const (
	Western Category = "western"
	Patent  Category = "patent"
)

// Label is the Chinese term.
func (c Category) Label() string { return categoryLabels[c] }

var categoryLabels = map[Category]string{Western: "西药", Patent: "中成药"}

// InsuranceClass is the class in the national catalogue: A whole price in scope, B a share paid
// first by the person, C own expense.
type InsuranceClass string

// Insurance classes.
const (
	InsuranceA InsuranceClass = "A"
	InsuranceB InsuranceClass = "B"
	InsuranceC InsuranceClass = "C"
)

// Label is the Chinese term.
func (c InsuranceClass) Label() string { return insuranceLabels[c] }

var insuranceLabels = map[InsuranceClass]string{InsuranceA: "甲类", InsuranceB: "乙类", InsuranceC: "丙类"}

// PrescriptionClass says whether a drug may be sold without a prescription.
type PrescriptionClass string

// Prescription classes.
const (
	PrescriptionOnly PrescriptionClass = "rx"
	OverTheCounter   PrescriptionClass = "otc"
)

// Label is the Chinese term.
func (c PrescriptionClass) Label() string { return prescriptionLabels[c] }

var prescriptionLabels = map[PrescriptionClass]string{PrescriptionOnly: "处方药", OverTheCounter: "非处方药"}

// ControlClass is the special control of 药品管理法 art. 61 and the precursor rules.
type ControlClass string

// Control classes.
const (
	Uncontrolled  ControlClass = "none"
	Toxic         ControlClass = "toxic"
	Narcotic      ControlClass = "narcotic"
	Psychotropic1 ControlClass = "psychotropic-1"
	Psychotropic2 ControlClass = "psychotropic-2"
	Precursor     ControlClass = "precursor"
	Radioactive   ControlClass = "radioactive"
)

// Label is the Chinese term.
func (c ControlClass) Label() string { return controlLabels[c] }

var controlLabels = map[ControlClass]string{
	Uncontrolled: "普通", Toxic: "医疗用毒性药品", Narcotic: "麻醉药品", Psychotropic1: "第一类精神药品",
	Psychotropic2: "第二类精神药品", Precursor: "药品类易制毒化学品", Radioactive: "放射性药品",
}

// AntibioticGrade is the grade of 抗菌药物临床应用管理办法 art. 6, bound to the doctor's title.
// Topical drugs have none.
type AntibioticGrade string

// Antibiotic grades.
const (
	NotAntibiotic AntibioticGrade = "none"
	Unrestricted  AntibioticGrade = "unrestricted"
	Restricted    AntibioticGrade = "restricted"
	SpecialUse    AntibioticGrade = "special"
)

// Label is the Chinese term.
func (g AntibioticGrade) Label() string { return antibioticLabels[g] }

var antibioticLabels = map[AntibioticGrade]string{
	NotAntibiotic: "非抗菌药物", Unrestricted: "非限制使用级", Restricted: "限制使用级", SpecialUse: "特殊使用级",
}

// PregnancyCaution is the label's word on use in pregnancy.
type PregnancyCaution string

// Pregnancy cautions.
const (
	PregnancyUnremarkable    PregnancyCaution = "none"
	PregnancyCautious        PregnancyCaution = "caution"
	PregnancyContraindicated PregnancyCaution = "contraindicated"
)

// Label is the Chinese term.
func (p PregnancyCaution) Label() string { return pregnancyLabels[p] }

var pregnancyLabels = map[PregnancyCaution]string{
	PregnancyUnremarkable: "无特别警示", PregnancyCautious: "孕妇慎用", PregnancyContraindicated: "孕妇禁用",
}

// Severity of a clinical fact, the indicator of CDS Hooks.
type Severity string

// Severities.
const (
	Info     Severity = "info"
	Warning  Severity = "warning"
	Critical Severity = "critical"
)

// Label is the Chinese term.
func (s Severity) Label() string { return severityLabels[s] }

var severityLabels = map[Severity]string{Info: "提示", Warning: "警告", Critical: "严重"}

// Kind of a clinical fact.
type Kind string

// Kinds of facts.
const (
	DrugDrug  Kind = "drug-drug"
	Allergy   Kind = "allergy"
	Disease   Kind = "disease"
	Pregnancy Kind = "pregnancy"
	Lactation Kind = "lactation"
	Age       Kind = "age"
	// Indication speaks when none of the diagnoses is one the drug is for, Duration when it is
	// taken for too long.
	Indication Kind = "indication"
	Duration   Kind = "duration"
)

// Label is the Chinese term.
func (k Kind) Label() string { return kindLabels[k] }

var kindLabels = map[Kind]string{
	DrugDrug: "药物相互作用", Allergy: "过敏", Disease: "疾病禁忌", Pregnancy: "妊娠", Lactation: "哺乳", Age: "年龄",
	Indication: "适应证", Duration: "疗程",
}

// Allergen is a drug class that a patient is allergic to.
type Allergen string

// Allergens.
const (
	Penicillin     Allergen = "penicillin"
	Cephalosporin  Allergen = "cephalosporin"
	Sulfonamide    Allergen = "sulfonamide"
	NSAID          Allergen = "nsaid"
	Macrolide      Allergen = "macrolide"
	Quinolone      Allergen = "quinolone"
	Tetracycline   Allergen = "tetracycline"
	Aminoglycoside Allergen = "aminoglycoside"
	Nitroimidazole Allergen = "nitroimidazole"
	Opioid         Allergen = "opioid"
)

// Label is the Chinese term.
func (a Allergen) Label() string { return allergenLabels[a] }

var allergenLabels = map[Allergen]string{
	Penicillin: "青霉素类", Cephalosporin: "头孢菌素类", Sulfonamide: "磺胺类", NSAID: "非甾体抗炎药",
	Macrolide: "大环内酯类",
	Quinolone: "喹诺酮类", Tetracycline: "四环素类", Aminoglycoside: "氨基糖苷类", Nitroimidazole: "硝基咪唑类",
	Opioid: "阿片类",
}
