// Package parties is who takes part in a prescription: the patient with guardians, the doctor, the
// reviewing and the dispensing pharmacist, and the visit that it comes from. Nothing here is looked
// up: registers and visits belong to other rooms, which this package only says what it needs of.
package parties

import (
	"cmp"
	"context"
	"gorm.io/gorm"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/platform/china"
)

// Title is a doctor's professional title (专业技术职务); antibiotic grades are bound to it.
type Title string

// Titles in ascending order.
const (
	Resident       Title = "resident"        // 住院医师
	Attending      Title = "attending"       // 主治医师
	AssociateChief Title = "associate-chief" // 副主任医师
	Chief          Title = "chief"           // 主任医师
)

// Doctor is what the register of practitioners says of a doctor now.
type Doctor struct {
	Person        string    `json:"person"` // opaque id, the CN of the certificate
	Name          string    `json:"name"`
	Hospital      string    `json:"hospital"` // member id of the organisation the doctor is registered with
	Title         Title     `json:"title"`
	Licence       string    `json:"licence"`       // 医师执业证书编码
	LicensedUntil time.Time `json:"licensedUntil"` // zero: the licence is suspended or was never granted
	PracticeSince time.Time `json:"practiceSince"` // begin of independent practice
	MayPrescribe  bool      `json:"mayPrescribe"`  // 处方权
	Paediatric    bool      `json:"paediatric"`    // 儿科医师
	// other person ids of this human: log-ins with the same number of a document
	Also []string `json:"-"`
}

// Is tells whether a person id is this human's, by whatever log-in.
func (d Doctor) Is(person string) bool {
	return person != "" && (person == d.Person || slices.Contains(d.Also, person))
}

// Reviewer is what the register says of a reviewing pharmacist (审方药师).
type Reviewer struct {
	Person        string
	Name          string
	Hospital      string
	LicensedUntil time.Time
	Also          []string // as Doctor.Also
}

// Is tells whether a person id is this human's, by whatever log-in.
func (r Reviewer) Is(person string) bool {
	return person != "" && (person == r.Person || slices.Contains(r.Also, person))
}

// Dispenser is what the register says of a dispensing pharmacist (调剂药师) and the pharmacy.
type Dispenser struct {
	Person        string
	Name          string
	Pharmacy      string // member id
	PharmacyName  string
	LicensedUntil time.Time
}

// Practitioners is the register as this room needs it. Every method returns ErrNotFound for a
// person it does not know in that office.
type Practitioners interface {
	Doctor(ctx context.Context, person string) (Doctor, error)
	Reviewer(ctx context.Context, person string) (Reviewer, error)
	Dispenser(ctx context.Context, person string) (Dispenser, error)
}

// Sex as recorded.
type Sex string

// Sexes (GB/T 2261.1).
const (
	Male        Sex = "male"
	Female      Sex = "female"
	SexUnstated Sex = "unstated"
)

// Answer is a question's answer where "nobody asked" must not look like "no".
type Answer string

// Answers.
const (
	Unknown Answer = ""
	No      Answer = "no"
	Yes     Answer = "yes"
)

// Allergy is a known intolerance.
type Allergy struct {
	Allergen string `json:"allergen" doc:"Code of a drug class; empty when only the text is known" example:"penicillin"`
	Text     string `json:"text" doc:"As the patient told it" example:"青霉素皮疹"`
}

// Patient is the person the medicine is for, as recorded at the visit.
type Patient struct {
	Person         string    `json:"person"`       // opaque id
	CN             string    `json:"cn,omitempty"` // what the patient's certificates call it; empty: Person
	Name           string    `json:"name"`
	Sex            Sex       `json:"sex"`
	Birth          time.Time `json:"birth"` // midnight China time
	AllergiesAsked bool      `json:"allergiesAsked"`
	Allergies      []Allergy `json:"allergies"`
	Pregnant       Answer    `json:"pregnant"`
	Lactating      Answer    `json:"lactating"`
	WeightGrams    int64     `json:"weightGrams,omitempty"` // 0: not known
	WeighedOn      time.Time `json:"weighedOn,omitzero"`    // midnight China time
	// person id of the guardian present at the visit; empty: none
	Guardian     string `json:"guardian"`
	GuardianName string `json:"guardianName"` //

	Guardians []Guardian `json:"guardians,omitempty"` // all of a child's, the one at the visit included

	// person ids the patient had before a record passed to it: what was written for them is the
	// patient's
	Former []string `json:"-"`
}

// IDs are all person ids of the patient.
func (p Patient) IDs() []string { return append([]string{p.Person}, p.Former...) }

// Guardian is one guardian of a child (监护人).
type Guardian struct {
	Person string `json:"person"`
	CN     string `json:"cn,omitempty"` // as Patient.CN
	Name   string `json:"name"`
}

// Served tells whether a human is the patient or one of the guardians; is tells a person id of that
// human.
func (p Patient) Served(is func(person string) bool) bool {
	return is(p.Person) || is(p.CN) || is(p.Guardian) ||
		slices.ContainsFunc(p.Guardians, func(g Guardian) bool { return is(g.Person) || is(g.CN) })
}

// AgeAt is the age in completed years by the civil calendar of China.
func (p Patient) AgeAt(at time.Time) int {
	b, t := p.Birth.In(china.Zone), at.In(china.Zone)
	years := t.Year() - b.Year()
	if t.Month() < b.Month() || (t.Month() == b.Month() && t.Day() < b.Day()) {
		years--
	}
	return years
}

// PriorDiagnosis is a diagnosis a hospital made face to face: unless only declared, the proof of a
// follow-up.
type PriorDiagnosis struct {
	Code     string    `json:"code"` // ICD-10
	Hospital string    `json:"hospital"`
	Date     time.Time `json:"date"`
	Declared bool      `json:"declared"` // the patient's own word: known to the safety checks, no proof of a follow-up
}

// Visit is the consultation (复诊) a prescription comes from.
type Visit struct {
	ID             string
	Version        int       // counts its changes
	Begun          bool      // the doctor has begun it
	Noted          bool      // its note is written
	Cancelled      bool      //
	TakesUntil     time.Time // when a finished one takes no more prescriptions; zero: it goes on
	Hospital       string
	HospitalName   string
	Department     string
	DepartmentName string
	Doctor         string // person id
	Patient        Patient
	Prior          []PriorDiagnosis
}

// Broken says what keeps a prescription from resting on the visit, in both languages; empty:
// nothing does.
func (v Visit) Broken() (zh, en string) {
	switch {
	case v.Cancelled:
		return "问诊已取消", "the visit was cancelled"
	case !v.Begun:
		return "问诊尚未开始", "the visit has not begun"
	case !v.Noted:
		return "尚未书写病历", "the visit's note is not written"
	}
	return "", ""
}

// Over tells whether it is finished so long that its doctor prescribes nothing more on it, and
// reads no more of the patient's live record.
func (v Visit) Over(now time.Time) bool { return !v.TakesUntil.IsZero() && !now.Before(v.TakesUntil) }

// Visits finds consultations.
type Visits interface {
	// Visit is one of them with its patient as recorded now: ErrNotFound.
	Visit(ctx context.Context, id string) (Visit, error)
	// VisitIn is Visit as the transaction sees it, so that nobody cancels the visit, and nobody
	// changes what is recorded about its patient, while a step rests on it. A change of the
	// patient's record waits for the transaction's end: ErrNotFound.
	VisitIn(tx *gorm.DB, id string) (Visit, error)
}

// Certificate is what the rules look at in the signer's certificate.
type Certificate struct {
	ID        string
	Person    string
	Org       string
	Role      chain.Role
	NotBefore time.Time
	NotAfter  time.Time
}

// CertificateOf takes the facts out of a certificate; nil when the person enrolled none.
func CertificateOf(c *pki.Certificate) *Certificate {
	if c == nil {
		return nil
	}
	return &Certificate{
		ID: c.ID(), Person: c.SubjectCN(), Org: c.SubjectOrg(), Role: chain.Role(c.SubjectRole()),
		NotBefore: c.NotBefore(), NotAfter: c.NotAfter(),
	}
}

// Good tells whether the certificate lets a person act in a role for an organisation at a moment.
func (c *Certificate) Good(person, org string, role chain.Role, at time.Time) bool {
	return c != nil && c.Person == person && c.Org == org && c.Role == role && !at.Before(c.NotBefore) &&
		at.Before(c.NotAfter)
}

// BornOn is the date of birth by China's calendar, as documents have it.
func (p Patient) BornOn() string { return p.Birth.In(china.Zone).Format(time.DateOnly) }

// Parties are who may act for the patient on the chain: CNs of certificates. They are named at the
// issue.
func (p Patient) Parties() []string {
	list := []string{cmp.Or(p.CN, p.Person)}
	for _, g := range p.Guardians {
		list = append(list, cmp.Or(g.CN, g.Person))
	}
	if p.Guardian != "" && !slices.ContainsFunc(p.Guardians, func(g Guardian) bool { return g.Person == p.Guardian }) {
		list = append(list, p.Guardian)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
