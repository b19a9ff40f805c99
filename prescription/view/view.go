// Package view is a prescription as one reader may see it.
package view

import (
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/trace"
	"time"
)

// View is a prescription as one reader may see it. A regulator, and a pharmacy that is not the
// holder, get the status part only.
type View struct {
	ID         prescription.ID     `json:"id" doc:"Number with check digits" example:"RX20261122012345678947"`
	Status     prescription.Status `json:"status" doc:"Where it stands" example:"approved"`
	Version    int64               `json:"version" doc:"Counts changes; send it back when editing or signing" example:"3"`
	Seq        uint64              `json:"seq" doc:"Sequence of its last chain record; 0 for a draft" example:"2"`
	Record     string              `json:"record" doc:"Id of its last chain record; empty for a draft" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Hospital   string              `json:"hospital" doc:"Hospital's member id" example:"h1"`
	DraftedAt  time.Time           `json:"draftedAt" doc:"When the draft was made"`
	IssuedAt   *time.Time          `json:"issuedAt,omitempty" doc:"When the doctor signed"`
	ExpiresAt  *time.Time          `json:"expiresAt,omitempty" doc:"End of its validity, exclusive"`
	HeldSince  *time.Time          `json:"heldSince,omitempty" doc:"Set while a pharmacy holds the lock"`
	Partial    bool                `json:"partial" doc:"True: the reader may see the status only"`
	Content    *Details            `json:"content,omitempty" doc:"Everything else, for who may see it"`
	Supersedes prescription.ID     `json:"supersedes,omitempty" doc:"The rejected one it replaces" example:"RX20261122442427997927"`
	Superseded prescription.ID     `json:"supersededBy,omitempty" doc:"The one that replaces it" example:"RX20261122442427997927"`
}

// Details are the contents.
type Details struct {
	HospitalName   string                  `json:"hospitalName" example:"智慧互联网医院"`
	Department     string                  `json:"department" doc:"Department's code" example:"respiratory"`
	DepartmentName string                  `json:"departmentName" example:"呼吸内科"`
	Visit          string                  `json:"visit" doc:"Consultation it comes from" example:"CN7k2mq4xw5zt3yb6nc2da"`
	Patient        PatientView             `json:"patient"`
	Doctor         DoctorView              `json:"doctor"`
	Diagnoses      []DiagnosisView         `json:"diagnoses"`
	Items          []ItemView              `json:"items"`
	TotalFen       int64                   `json:"totalFen" doc:"Sum in fen (分)" example:"4680"`
	ValidDays      int                     `json:"validDays" example:"3"`
	LongTerm       rules.LongTerm          `json:"longTerm"`
	Findings       []rules.Finding         `json:"findings" doc:"What the checks say; a draft is checked anew at every reading"`
	Basis          *rules.Basis            `json:"basis,omitempty" doc:"What the findings rest on; absent for one issued before this was kept"`
	Refusals       []*prescription.Refusal `json:"refusals" doc:"Hard rules that stand against signing a draft"`
	Overrides      []rules.Override        `json:"overrides" doc:"The prescriber's written reasons"`
	Review         *ReviewView             `json:"review,omitempty"`
	Settlement     string                  `json:"settlement,omitempty" doc:"Settlement that paid it" example:"ST20261122170838139661"`
	PaidAt         *time.Time              `json:"paidAt,omitempty"`
	Refund         lifecycle.RefundState   `json:"refund,omitempty" doc:"due or done, for one that was paid and ended without medicine" enum:"due,done"`
	Choice         *lifecycle.Choice       `json:"choice,omitempty" doc:"Pharmacy the patient means to go to; binds nobody"`
	Claim          *ClaimView              `json:"claim,omitempty"`
	Dispensing     *DispensingView         `json:"dispensing,omitempty"`
	Cancellation   *CancellationView       `json:"cancellation,omitempty"`
	Recheck        *Recheck                `json:"recheck,omitempty" doc:"What changed since the issue; for the reviewing and the dispensing pharmacist who moves next"`
	Lost           []lifecycle.LostStep    `json:"lost,omitempty" doc:"Steps taken here that came second on the chain and were taken back, oldest first; not for pharmacies"`
	Pickup         string                  `json:"pickup,omitempty" doc:"Text of the pick-up QR code; for the patient only" example:"RXP1:RX20261122442427997927:K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
}

// PatientView is the patient as every full reader needs it.
type PatientView struct {
	Person    string            `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Name      string            `json:"name" example:"陈晓燕"`
	Sex       parties.Sex       `json:"sex" enum:"male,female,unstated"`
	Age       int               `json:"age" doc:"Completed years" example:"46"`
	AgeOf     parties.Age       `json:"ageOf" doc:"The same with months and days, for infants"`
	Birth     string            `json:"birth" doc:"Date of birth" example:"1980-05-01"`
	Pregnant  parties.Answer    `json:"pregnant" doc:"Empty: nobody has asked" enum:",no,yes"`
	Lactating parties.Answer    `json:"lactating" doc:"Empty: nobody has asked" enum:",no,yes"`
	Weight    int64             `json:"weightGrams,omitempty" doc:"In grams; absent: not known, or a child's that is older than three months" example:"9400"`
	WeighedOn string            `json:"weighedOn,omitempty" doc:"When" example:"2026-11-20"`
	Guardian  string            `json:"guardian,omitempty" doc:"Name of the guardian present at the visit" example:"陈建华"`
	Allergies []parties.Allergy `json:"allergies"`
	Asked     bool              `json:"allergiesAsked" doc:"False: nobody asked; an empty list then says nothing"`
}

// DoctorView is the prescriber.
type DoctorView struct {
	Person string        `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Name   string        `json:"name" example:"李医生"`
	Title  parties.Title `json:"title" enum:"resident,attending,associate-chief,chief"`
}

// DiagnosisView is one diagnosis.
type DiagnosisView struct {
	Code    string `json:"code" example:"J20.9"`
	NameZH  string `json:"nameZh" example:"急性支气管炎"`
	NameEN  string `json:"nameEn" example:"Acute bronchitis"`
	Chronic bool   `json:"chronic"`
}

// ItemView is one line.
type ItemView struct {
	Drug          string                  `json:"drug" doc:"Catalogue code" example:"D0001"`
	NameZH        string                  `json:"nameZh" example:"阿莫西林胶囊"`
	NameEN        string                  `json:"nameEn" example:"Amoxicillin"`
	Form          string                  `json:"form" example:"胶囊剂"`
	Strength      string                  `json:"strength" example:"0.25g×24粒"`
	Class         medicine.InsuranceClass `json:"class" doc:"Medical-insurance class 甲 A, 乙 B, 丙 C" enum:"A,B,C"`
	PriceFen      int64                   `json:"priceFen" doc:"One package, in fen" example:"1560"`
	TotalFen      int64                   `json:"totalFen" doc:"All packages, in fen" example:"3120"`
	Dose          medicine.Amount         `json:"dose" doc:"Single dose" example:"0.5"`
	DoseUnit      string                  `json:"doseUnit" example:"g"`
	Frequency     string                  `json:"frequency" example:"tid"`
	FrequencyName string                  `json:"frequencyName" example:"每日三次"`
	Route         string                  `json:"route" example:"po"`
	RouteName     string                  `json:"routeName" example:"口服"`
	Days          int                     `json:"days" example:"7"`
	Packages      int64                   `json:"packages" example:"2"`
	PackageUnit   string                  `json:"packageUnit" example:"盒"`
	Notes         string                  `json:"notes" example:"饭后服用"`
	TracePrefix   string                  `json:"tracePrefix" doc:"First digits of its trace codes" example:"8100001"`
}

// ReviewView is the decision.
type ReviewView struct {
	Name      string           `json:"name" example:"王药师"`
	Approved  bool             `json:"approved"`
	Reasons   []string         `json:"reasons" example:"剂量偏大，请复核"`
	At        time.Time        `json:"at"`
	Record    string           `json:"record" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Findings  []rules.Finding  `json:"findings" doc:"What became known after the issue and before the review"`
	Overrides []rules.Override `json:"overrides" doc:"The reviewer's written reasons"`
}

// ClaimView is the lock. The patient sees who holds it; only the holder sees the secret.
type ClaimView struct {
	Pharmacy     string     `json:"pharmacy" example:"ph1"`
	PharmacyName string     `json:"pharmacyName" example:"百草堂大药房"`
	Since        time.Time  `json:"since"`
	Record       string     `json:"record" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Secret       string     `json:"secret,omitempty" doc:"For the holding pharmacy, readable again until it is dispensed or released" example:"K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
	Until        *time.Time `json:"until,omitempty" doc:"End of the lease: afterwards the hospital gives the lock back by itself"`
	Renewed      bool       `json:"renewed" doc:"The pharmacy has gone on holding it once; it cannot again"`
	AskedAt      *time.Time `json:"askedAt,omitempty" doc:"When the patient asked for it back"`
	ContestedAt  *time.Time `json:"contestedAt,omitempty" doc:"When the patient said that the claim is not theirs: nothing is handed out on it"`
	ReadyAt      *time.Time `json:"readyAt,omitempty" doc:"Since when it is prepared and can be fetched (可取药); absent: not yet"`
	Refused      bool       `json:"refused" doc:"The chain refused the claim for good: nothing is handed out on it, and the hospital's operator takes it back"`
}

// DispensingView is the handing out.
type DispensingView struct {
	Pharmacy     string                       `json:"pharmacy" example:"p1"`
	PharmacyName string                       `json:"pharmacyName" example:"百草堂大药房"`
	Name         string                       `json:"name" doc:"Dispensing pharmacist; empty when a pharmacy of another application handed it out" example:"钱百顺"`
	At           time.Time                    `json:"at"`
	Record       string                       `json:"record" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Items        []trace.DispensedItem        `json:"items"`
	Findings     []rules.Finding              `json:"findings" doc:"What became known after issue and review"`
	Overrides    []rules.Override             `json:"overrides" doc:"The pharmacy's written reasons"`
	Contact      *lifecycle.PrescriberContact `json:"contact,omitempty" doc:"The prescriber's answer"`
}

// CancellationView is who withdrew it and why.
type CancellationView struct {
	Role   chain.Role `json:"role"`
	Reason string     `json:"reason" example:"患者要求取消"`
	At     time.Time  `json:"at"`
}

// DrugName names a drug in a line of a list.
type DrugName struct {
	NameZH string `json:"nameZh" example:"阿莫西林胶囊"`
	NameEN string `json:"nameEn" example:"Amoxicillin"`
}

// Summary is a line of a list.
type Summary struct {
	ID          prescription.ID     `json:"id" example:"RX20261122012345678947"`
	Status      prescription.Status `json:"status"`
	Hospital    string              `json:"hospital" example:"仁济智慧医院"`
	Department  string              `json:"department,omitempty" doc:"Department's name" example:"呼吸内科"`
	Patient     string              `json:"patient,omitempty" doc:"Patient's name" example:"陈晓燕"`
	Person      string              `json:"person,omitempty" doc:"For the patient's side: person id of whose it is" example:"u7k2mq4xw5zt3yb6nc2da"`
	Doctor      string              `json:"doctor,omitempty" doc:"Doctor's name" example:"李明德"`
	Diagnosis   string              `json:"diagnosis,omitempty" doc:"First diagnosis" example:"急性上呼吸道感染"`
	DiagnosisEN string              `json:"diagnosisEn,omitempty" doc:"The same in English" example:"Acute upper respiratory infection, unspecified"`
	Items       int                 `json:"items" doc:"Number of drugs" example:"2"`
	Drugs       []DrugName          `json:"drugs,omitempty" doc:"Names of the drugs, in the order of the prescription"`
	TotalFen    int64               `json:"totalFen" example:"640"`
	DraftedAt   time.Time           `json:"draftedAt"`
	UpdatedAt   time.Time           `json:"updatedAt"`
	ExpiresAt   *time.Time          `json:"expiresAt,omitempty"`
	ReadyAt     *time.Time          `json:"readyAt,omitempty" doc:"Since when a claimed one can be fetched"`
	Holder      string              `json:"holder,omitempty" doc:"Name of the pharmacy that holds a claimed one" example:"康民大药房"`
	HeldUntil   *time.Time          `json:"heldUntil,omitempty" doc:"Until when it holds it; then the hospital takes it back"`
	Warnings    int                 `json:"warnings" doc:"Critical and warning findings" example:"1"`
}

func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// WithFate shows holder and patient what the chain made of the claim.
func (v *View) WithFate(f lifecycle.Fate) *View {
	if v.Content != nil && v.Content.Claim != nil {
		v.Content.Claim.Refused = f == lifecycle.FateRefused
	}
	return v
}

// Of renders what access allows; rep is a fresh report for a draft, else nil.
func Of(p *lifecycle.Prescription, a intent.Actor, access lifecycle.Access, rep *rules.Report, now time.Time) *View {
	s := p.State()
	v := &View{
		ID: s.ID, Status: s.Status, Version: s.Version, Seq: s.Seq, Record: s.LastRecord, Hospital: s.Hospital,
		DraftedAt: s.DraftedAt.UTC(),
		IssuedAt:  optional(s.IssuedAt), ExpiresAt: optional(s.ExpiresAt),
		Partial:    access.Sight != lifecycle.Everything,
		Supersedes: s.Supersedes, Superseded: s.SupersededBy,
	}
	if s.Status == prescription.Claimed {
		v.HeldSince = optional(s.Claim.At)
	}
	if !v.Partial {
		v.Content = details(p, a, rep, now)
	}
	return v
}

func details(p *lifecycle.Prescription, a intent.Actor, rep *rules.Report, now time.Time) *Details {
	s := p.State()
	born := s.IssuedAt
	if born.IsZero() {
		born = now
	}
	d := &Details{
		HospitalName: s.HospitalName, Department: s.Department, DepartmentName: s.DepartmentName, Visit: s.Visit,
		Patient:   PatientOf(s.Patient, born),
		Doctor:    DoctorView{Person: s.Doctor.Person, Name: s.Doctor.Name, Title: s.Doctor.Title},
		Diagnoses: []DiagnosisView{}, Items: []ItemView{}, TotalFen: medicine.TotalFen(s.Items), ValidDays: s.ValidDays,
		LongTerm: s.LongTerm,
		Findings: nonNil(s.Findings), Basis: s.Basis, Refusals: []*prescription.Refusal{},
		Overrides:  nonNil(s.Overrides),
		Settlement: s.Settlement, PaidAt: optional(s.PaidAt), Refund: s.Refund,
	}
	for _, x := range s.Diagnoses {
		d.Diagnoses = append(d.Diagnoses, DiagnosisView(x))
	}
	for _, it := range s.Items {
		d.Items = append(d.Items, itemView(it))
	}
	if rep != nil {
		d.Findings, d.Basis, d.Refusals = rep.Findings, rep.Basis, rep.Refusals
	}
	later(p, d, a)
	return d
}

// PatientOf is a patient at an age.
func PatientOf(p parties.Patient, at time.Time) PatientView {
	v := PatientView{
		Person: p.Person, Name: p.Name, Sex: p.Sex, Age: p.AgeAt(at), AgeOf: p.AgeOf(at),
		Birth:    p.Birth.In(china.Zone).Format(time.DateOnly),
		Pregnant: p.Pregnant, Lactating: p.Lactating, Guardian: p.GuardianName, Allergies: nonNil(p.Allergies),
		Asked: p.AllergiesAsked,
	}
	if v.Weight = p.WeightAt(at); v.Weight > 0 {
		v.WeighedOn = p.WeighedOn.In(china.Zone).Format(time.DateOnly)
	}
	return v
}

// later adds what happened after the issue.
func later(p *lifecycle.Prescription, d *Details, a intent.Actor) {
	s := p.State()
	if r := s.Review; r != nil {
		d.Review = &ReviewView{r.Name, r.Approved, nonNil(r.Reasons), r.At.UTC(), r.Record, nonNil(r.Findings),
			nonNil(r.Overrides)}
	}
	if c := s.Claim; c != nil {
		d.Claim = &ClaimView{Pharmacy: c.Pharmacy, PharmacyName: c.PharmacyName, Since: c.At.UTC(), Record: c.Record,
			ReadyAt: optional(c.ReadyAt), Until: optional(c.Until), Renewed: c.Renewed, AskedAt: optional(c.AskedAt),
			ContestedAt: optional(c.ContestedAt)}
		if s.Status == prescription.Claimed && a.Role == chain.RoleDispenser && a.Org == c.Pharmacy {
			d.Claim.Secret = c.Secret
		}
	}
	if x := s.Dispensing; x != nil {
		d.Dispensing = &DispensingView{x.Pharmacy, x.PharmacyName, x.Name, x.At.UTC(), x.Record, nonNil(x.Items),
			nonNil(x.Findings), nonNil(x.Overrides), x.Contact}
	}
	if x := s.Cancellation; x != nil {
		d.Cancellation = &CancellationView{x.Role, x.Reason, x.At.UTC()}
	}
	if p.OwnedBy(a) && !a.OnlyReads(s.Patient.Person) && !s.Status.Final() && s.AccessCode != "" {
		d.Pickup = redemption.Token{ID: s.ID, AccessCode: s.AccessCode}.String()
	}
}

func itemView(it medicine.Item) ItemView {
	d := it.Drug
	return ItemView{
		Drug: d.Code, NameZH: d.NameZH, NameEN: d.NameEN, Form: d.Form, Strength: d.Strength, Class: d.Class,
		PriceFen: d.PriceFen, TotalFen: it.TotalFen(), Dose: it.Dose, DoseUnit: d.DoseUnit,
		Frequency: it.Frequency.Code, FrequencyName: it.Frequency.NameZH, Route: it.Route.Code,
		RouteName: it.Route.NameZH,
		Days:      it.Days, Packages: it.Packages, PackageUnit: d.PackageUnit, Notes: it.Notes,
		TracePrefix: d.TracePrefix,
	}
}

// Line is a prescription as a line of a list.
func Line(p *lifecycle.Prescription) Summary {
	s := p.State()
	line := Summary{
		ID: s.ID, Status: s.Status, Hospital: s.Hospital, Department: s.DepartmentName, Patient: s.Patient.Name,
		Doctor: s.Doctor.Name,
		Items:  len(s.Items), TotalFen: medicine.TotalFen(s.Items), DraftedAt: s.DraftedAt.UTC(),
		UpdatedAt: s.UpdatedAt.UTC(),
		ExpiresAt: optional(s.ExpiresAt),
	}
	if s.Status == prescription.Claimed {
		line.ReadyAt, line.Holder, line.HeldUntil = optional(s.Claim.ReadyAt), s.Claim.PharmacyName,
			optional(s.Claim.Until)
	}
	if len(s.Diagnoses) > 0 {
		line.Diagnosis, line.DiagnosisEN = s.Diagnoses[0].NameZH, s.Diagnoses[0].NameEN
	}
	for _, it := range s.Items {
		line.Drugs = append(line.Drugs, DrugName{NameZH: it.Drug.NameZH, NameEN: it.Drug.NameEN})
	}
	for _, f := range s.Findings {
		if f.NeedsReason() {
			line.Warnings++
		}
	}
	return line
}

func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Recheck is what a reader who has to act must know beside the document: what changed since it was
// signed.
type Recheck struct {
	At       time.Time               `json:"at" doc:"When the checks ran again: at this reading"`
	New      []rules.Finding         `json:"new" doc:"What nobody has answered yet: the next step needs a reason for each, and handing out after a critical one the prescriber's answer"`
	Refusals []*prescription.Refusal `json:"refusals" doc:"What stops every further step"`
	Changed  []string                `json:"changed" doc:"What is recorded otherwise now than at the issue" enum:"allergies,pregnant,lactating,weight" example:"allergies"`
	Basis    *rules.Basis            `json:"basis" doc:"What was checked now, by which tables, and what could not be"`
	Patient  *PatientView            `json:"patient,omitempty" doc:"The patient as recorded now; absent for a prescription of another application"`
}
