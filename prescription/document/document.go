// Package document is what persons sign: one form a step, each with its schema. Old forms are read
// for ever.
package document

import (
	"bytes"
	"encoding/json"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"time"
) // Schemas of the documents persons sign. A change of a document's meaning or fields takes a new
// number; old documents stay readable for ever because they are stored as the bytes that were
// signed.
const (
	SchemaIssue = "hospital.rx.issue/2" // 1 did not say what its findings rest on
	// The steps after the issue that a person signs show the prescription itself (About) since this
	// number; before, they named it by its number alone.
	SchemaReview   = "hospital.rx.review/3"   // 2 was that of findings new since the issue
	SchemaClaim    = "hospital.rx.claim/3"    // 1 had no findings
	SchemaRelease  = "hospital.rx.release/2"  //
	SchemaDispense = "hospital.rx.dispense/3" // 1 had neither findings nor contact
	SchemaRenew    = "hospital.rx.renew/2"    //
	SchemaContest  = "hospital.rx.contest/2"  //
	SchemaCancel   = "hospital.rx.cancel/2"   //

	SchemaPay    = "hospital.rx.pay/2" // 1 did not commit to the access code
	SchemaLapse  = "hospital.rx.lapse/1"
	SchemaExpire = "hospital.rx.expire/1"
)

// IssueSchemas are the forms of an issued prescription that are read: old documents hold for ever.
var IssueSchemas = []string{"hospital.rx.issue/1", SchemaIssue}

// ReviewSchemas are the forms of a review that are read.
var ReviewSchemas = []string{"hospital.rx.review/1", "hospital.rx.review/2", SchemaReview}

// Head begins every document: which step of which prescription, after which record, by whom, when.
type Head struct {
	Schema       string          `json:"schema"`
	Prescription prescription.ID `json:"prescription"`
	Seq          uint64          `json:"seq"`
	Previous     string          `json:"previous"` // record id of the step before; empty for the issue
	Person       string          `json:"person"`   // opaque id of the signer; empty: the organisation itself
	Name         string          `json:"name"`
	Org          string          `json:"org"`
	OrgName      string          `json:"orgName"`
	Time         string          `json:"time"` // RFC 3339, China time, milliseconds
}

// timeLayout keeps the milliseconds that chain statements carry.
const timeLayout = "2006-01-02T15:04:05.000-07:00"

// Stamp is a moment as documents write it: China time, with milliseconds.
func Stamp(at time.Time) string { return at.In(china.Zone).Format(timeLayout) }

type Signer struct{ Person, Name, Org, OrgName string }

// IssueDocument is the prescription as the law wants it (处方管理办法 art. 5, annex 1: front
// matter, body, foot).
type IssueDocument struct {
	Head
	Department string          `json:"department"`
	Visit      string          `json:"visit"`
	Patient    IssuePatient    `json:"patient"`
	Diagnoses  []IssueCode     `json:"diagnoses"`
	Items      []IssueItem     `json:"items"`
	Doctor     IssueDoctor     `json:"doctor"`
	LongTerm   rules.LongTerm  `json:"longTerm"`
	Findings   []IssueFinding  `json:"findings"`
	Basis      *rules.Basis    `json:"basis,omitempty"` // what the findings rest on; nil in form 1
	ValidDays  int             `json:"validDays"`
	ValidUntil string          `json:"validUntil"` // exclusive
	TotalFen   int64           `json:"totalFen"`
	Supersedes prescription.ID `json:"supersedes"`
}

// IssuePatient is the patient's part of the prescription's head.
type IssuePatient struct {
	Person string      `json:"person"`
	Name   string      `json:"name"`
	Sex    parties.Sex `json:"sex"`
	Age    int         `json:"age"`   // completed years
	Birth  string      `json:"birth"` // a child under six is dosed by more than years
	// AgeText and WeightGrams are what 处方管理办法 art. 6 (5) asks of newborns and infants; 0 is a
	// weight that is not known.
	AgeText     string `json:"ageText,omitempty"`
	WeightGrams int64  `json:"weightGrams,omitempty"`
	Guardian    string `json:"guardian"`
}

// IssueDoctor is the prescriber's part.
type IssueDoctor struct {
	Title   parties.Title `json:"title"`
	Licence string        `json:"licence"`
}

// IssueCode is a coded name.
type IssueCode struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// IssueItem is one line of the body (Rp).
type IssueItem struct {
	Code      string                  `json:"code"`
	Name      string                  `json:"name"` // generic name
	NameEN    string                  `json:"nameEn"`
	Form      string                  `json:"form"`
	Strength  string                  `json:"strength"`
	Class     medicine.InsuranceClass `json:"class"`
	Dose      medicine.Amount         `json:"dose"`
	DoseUnit  string                  `json:"doseUnit"`
	Frequency IssueCode               `json:"frequency"`
	Route     IssueCode               `json:"route"`
	Days      int                     `json:"days"`
	Packages  int64                   `json:"packages"`
	Unit      string                  `json:"unit"`
	Notes     string                  `json:"notes"`
	PriceFen  int64                   `json:"priceFen"`
	TotalFen  int64                   `json:"totalFen"`
}

// IssueFinding is what the checks said, and the prescriber's reason to go on.
type IssueFinding struct {
	rules.Finding
	Reason string `json:"reason"`
}

// About is the prescription that a later step is about, as its signer must see it: the words of the
// issue.
type About struct {
	Issued     string       `json:"issued"` // the issue's time
	Hospital   string       `json:"hospital"`
	Department string       `json:"department"`
	Patient    IssuePatient `json:"patient"`
	Diagnoses  []IssueCode  `json:"diagnoses"`
	Items      []IssueItem  `json:"items"`
	Doctor     AboutDoctor  `json:"doctor"`
	ValidUntil string       `json:"validUntil"` // exclusive
	TotalFen   int64        `json:"totalFen"`
}

// AboutDoctor is the prescriber.
type AboutDoctor struct {
	Person  string        `json:"person"`
	Name    string        `json:"name"`
	Title   parties.Title `json:"title"`
	Licence string        `json:"licence"`
}

// ReviewDocument is the reviewing pharmacist's decision over exactly the record named in Previous.
type ReviewDocument struct {
	Head
	About    *About          `json:"about,omitempty"`
	Decision string          `json:"decision"` // approved | rejected
	Reasons  []string        `json:"reasons"`
	Seen     []rules.Finding `json:"seen"` // the findings the reviewer had before him, of that moment
	// New are those of them that were not there at the issue, with the reviewer's reasons.
	New []IssueFinding `json:"new,omitempty"`
}

// PayDocument says which settlement paid it.
type PayDocument struct {
	Head
	Settlement string `json:"settlement"`
	TotalFen   int64  `json:"totalFen"`
	Pickup     string `json:"pickup"` // digest of the access code: see pickupDigest
}

// ClaimDocument takes the exclusive lock for a pharmacy; ReleaseDocument gives it back.
type ClaimDocument struct {
	Head
	About *About `json:"about,omitempty"`
	Until string `json:"until"` // end of the lease
	// what the checks said then and nobody had answered, with the pharmacy's reasons
	New   []IssueFinding `json:"new"`
	Basis *rules.Basis   `json:"basis"` // what they rest on
}

// RenewDocument goes on holding.
type RenewDocument struct {
	Head
	About *About `json:"about,omitempty"`
	Claim string `json:"claim"` // record id of the claim
	Until string `json:"until"`
}

// LapseDocument states that a claim's time is over.
type LapseDocument struct {
	Head
	Claim string `json:"claim"`
	Until string `json:"until"` // when it ended
}

// ContestDocument is the patient's word that a claim is not theirs.
type ContestDocument struct {
	Head
	About    *About `json:"about,omitempty"`
	Claim    string `json:"claim"`
	Pharmacy string `json:"pharmacy"`
}

// ReleaseDocument gives the lock back.
type ReleaseDocument struct {
	Head
	About  *About `json:"about,omitempty"`
	Claim  string `json:"claim"` // record id of the claim
	Reason string `json:"reason"`
}

// DispenseDocument is the protocol of the handing out.
type DispenseDocument struct {
	Head
	About     *About         `json:"about,omitempty"`
	Claim     string         `json:"claim"`
	Checklist Checklist      `json:"checklist"`
	Items     []DispenseItem `json:"items"`
	Basis     *rules.Basis   `json:"basis"` // what the checks of that moment rest on
	// what the checks said then and neither prescriber nor reviewer had answered
	New []IssueFinding `json:"new"`
	// Contact is the prescriber's answer; null when none was needed.
	Contact *ContactNote `json:"contact"`
}

// ContactNote is the prescriber's answer as the protocol of the handing out has it.
type ContactNote struct {
	Person string `json:"person"`
	Time   string `json:"time"`
	Answer string `json:"answer"`
}

// DispenseItem is one item as handed out.
type DispenseItem struct {
	Item       int      `json:"item"`
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	Packages   int64    `json:"packages"`
	TraceCodes []string `json:"traceCodes"`
}

// CancelDocument withdraws it.
type CancelDocument struct {
	Head
	About  *About `json:"about,omitempty"`
	Role   string `json:"role"` // doctor | patient
	Reason string `json:"reason"`
}

// ExpireDocument states that the validity ended.
type ExpireDocument struct {
	Head
	ValidUntil string `json:"validUntil"`
}

// About is what a later step must say of this issue.
func (d IssueDocument) About() About {
	return About{
		Issued: d.Time, Hospital: d.OrgName, Department: d.Department, Patient: d.Patient, Diagnoses: d.Diagnoses,
		Items:      d.Items,
		Doctor:     AboutDoctor{Person: d.Person, Name: d.Name, Title: d.Doctor.Title, Licence: d.Doctor.Licence},
		ValidUntil: d.ValidUntil, TotalFen: d.TotalFen,
	}
}

// Says tells whether a step's words about the prescription are the issue's. Nothing is said by a
// document of an older form, and an issue of a release that stated years alone has no other age.
func (a *About) Says(issue About) bool {
	if a == nil {
		return true
	}
	b := *a
	if issue.Patient.AgeText == "" {
		b.Patient.AgeText, b.Patient.WeightGrams = "", 0
	}
	return Same(b, issue)
}

// ItemOf is an item as the issue says it.
func ItemOf(it medicine.Item) IssueItem {
	d := it.Drug
	return IssueItem{
		Code: d.Code, Name: d.NameZH, NameEN: d.NameEN, Form: d.Form, Strength: d.Strength, Class: d.Class,
		Dose: it.Dose, DoseUnit: d.DoseUnit, Frequency: IssueCode{it.Frequency.Code, it.Frequency.NameZH},
		Route: IssueCode{it.Route.Code, it.Route.NameZH}, Days: it.Days, Packages: it.Packages, Unit: d.PackageUnit,
		Notes: it.Notes, PriceFen: d.PriceFen, TotalFen: it.TotalFen(),
	}
}

// ReasonFor is the written reason for a finding; empty: there is none.
func ReasonFor(overrides []rules.Override, key string) string {
	for _, o := range overrides {
		if o.Key == key {
			return o.Reason
		}
	}
	return ""
}

// Same compares as JSON, because that is how both sides were stored.
func Same(a, b any) bool {
	x, errA := json.Marshal(a)
	y, errB := json.Marshal(b)
	return errA == nil && errB == nil && bytes.Equal(x, y)
}

// Checklist is 四查十对 (处方管理办法 art. 37): the dispensing pharmacist confirms each point.
type Checklist struct {
	Department  bool `json:"department" doc:"查处方: 科别"`
	Name        bool `json:"name" doc:"查处方: 姓名"`
	Age         bool `json:"age" doc:"查处方: 年龄"`
	DrugName    bool `json:"drugName" doc:"查药品: 药名"`
	Form        bool `json:"form" doc:"查药品: 剂型"`
	Strength    bool `json:"strength" doc:"查药品: 规格"`
	Quantity    bool `json:"quantity" doc:"查药品: 数量"`
	Appearance  bool `json:"appearance" doc:"查配伍禁忌: 药品性状"`
	DosageUsage bool `json:"dosageUsage" doc:"查配伍禁忌: 用法用量"`
	Diagnosis   bool `json:"diagnosis" doc:"查用药合理性: 临床诊断"`
}

// AllChecked is the list with every point confirmed.
var AllChecked = Checklist{true, true, true, true, true, true, true, true, true, true}
