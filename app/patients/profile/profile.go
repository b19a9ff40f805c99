// Package profile is what is on file about a patient: real name (实名), what its number is worth,
// what a doctor must know before prescribing, earlier diagnoses, and its guardians (监护人). It keeps
// the tables and promises that everything personal in them is sealed. It decides nothing for
// anybody: who may see or change a profile is decided by package patients.
package profile

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// Limits of a profile.
const (
	MaxTextRunes     = 100
	MaxHospitalRunes = 100
	MaxAllergies     = 50
	MaxConditions    = 50
	MaxPriors        = 200
	MaxFamily        = 10
	// of one number, as the desk sees them: more than strangers make accounts for to hide the owner
	MaxClaimants = 200
	AdultAge     = 18 // years, 民法典 art. 17
)

// ErrNotFound: nothing is on file under an id.
var ErrNotFound = errors.New("patients: no such profile")

// Condition is a chronic condition (慢性病).
type Condition struct {
	Code string `json:"code" doc:"ICD-10" example:"I10"`
	Text string `json:"text,omitempty" doc:"In the patient's words" maxLength:"100" example:"青霉素皮试阳性"`
}

// Health is what a doctor must know before prescribing.
type Health struct {
	AllergiesAsked bool              `json:"allergiesAsked" doc:"False: nobody has asked, which is not 'none'"`
	Allergies      []parties.Allergy `json:"allergies"`
	Chronic        []Condition       `json:"chronic"`
	Pregnant       parties.Answer    `json:"pregnant" doc:"Empty: nobody has asked" enum:",no,yes"`
	Lactating      parties.Answer    `json:"lactating" doc:"Empty: nobody has asked" enum:",no,yes"`
	WeightGrams    int64             `json:"weightGrams,omitempty" doc:"In grams; left out: not known" minimum:"0" maximum:"500000" example:"9400"`
	WeighedOn      string            `json:"weighedOn,omitempty" doc:"YYYY-MM-DD; with a weight" maxLength:"10" example:"2026-11-20"`
}

// Bounds of a weight in grams: the lightest newborn and the heaviest adult that anybody enters in
// earnest.
const (
	MinWeightGrams = 300
	MaxWeightGrams = 500_000
)

// Source is whose word an earlier diagnosis is.
type Source string

// Sources. Nothing that a patient typed proves a follow-up (互联网诊疗监管细则第十八条): the doctor
// has to see its proof and write it into the note.
const (
	Declared Source = "declared" // the patient's; also of entries that are older than this distinction
	Recorded Source = "hospital" // this hospital's own record
)

// Prior is a diagnosis a hospital made face to face (既往诊断).
type Prior struct {
	ID       string `json:"id" example:"PD7k2mq4xw5zt3yb6nc2da"`
	Code     string `json:"code" doc:"ICD-10" example:"J06.9"`
	Hospital string `json:"hospital" example:"市第一人民医院"`
	Date     string `json:"date" doc:"YYYY-MM-DD" example:"2026-08-03"`
	Source   Source `json:"source" enum:"declared,hospital" doc:"hospital: on record here, a follow-up may rest on it; declared: the patient's word, for the doctor to see proof of" example:"hospital"`
}

// Profile is all that is on file about a patient.
type Profile struct {
	Person   string
	Guardian string             // who entered it; empty: it is the person's own
	Relation string             // of the guardian: "parent" or "other"; empty without one
	Identity *identity.Identity // nil until a number was typed
	Claim    Claim              // what that number is worth
	Family   []family.Guardianship
	Phone    string
	Health   Health
	Prior    []Prior
	Version  int64 // 0: nothing is on file yet
}

// Check brings health into its one form and judges it field by field, for a person of a sex.
func (h *Health) Check(c *invalid.Check, sex parties.Sex, now time.Time) {
	c.That(len(h.Allergies) <= MaxAllergies, "body.health.allergies", fmt.Sprintf("at most %d", MaxAllergies))
	c.That(h.AllergiesAsked || len(h.Allergies) == 0, "body.health.allergiesAsked",
		"must be true when allergies are listed")
	for i := range h.Allergies {
		a := &h.Allergies[i]
		field := fmt.Sprintf("body.health.allergies[%d]", i)
		c.That(a.Allergen == "" || catalogue.Allergen(a.Allergen).Label() != "", field+".allergen",
			"a drug class of the catalogue, or empty")
		c.That(text.Line(&a.Text, 0, MaxTextRunes) && (a.Text != "" || a.Allergen != ""), field+".text",
			text.LineRule(1, MaxTextRunes)+"; may be empty with a class")
	}
	c.That(len(h.Chronic) <= MaxConditions, "body.health.chronic", fmt.Sprintf("at most %d", MaxConditions))
	for i := range h.Chronic {
		d := &h.Chronic[i]
		field := fmt.Sprintf("body.health.chronic[%d]", i)
		c.That(text.ICD10(d.Code), field+".code", text.RuleICD10)
		c.That(text.Line(&d.Text, 0, MaxTextRunes), field+".text", text.LineRule(0, MaxTextRunes))
	}
	weighed, err := time.ParseInLocation(identity.DateLayout, h.WeighedOn, china.Zone)
	if h.WeightGrams == 0 {
		c.That(h.WeighedOn == "", "body.health.weighedOn", "only with a weight")
	} else {
		c.That(h.WeightGrams >= MinWeightGrams && h.WeightGrams <= MaxWeightGrams, "body.health.weightGrams",
			fmt.Sprintf("%d to %d grams", MinWeightGrams, MaxWeightGrams))
		c.That(err == nil && !weighed.Before(identity.FirstBirth) && !weighed.After(now), "body.health.weighedOn",
			"a date YYYY-MM-DD, not in the future")
	}
	answers := []parties.Answer{parties.Unknown, parties.No, parties.Yes}
	male := sex == parties.Male
	c.That(slices.Contains(answers, h.Pregnant) && (!male || h.Pregnant != parties.Yes), "body.health.pregnant",
		"empty, no or yes; not yes for a man")
	c.That(slices.Contains(answers, h.Lactating) && (!male || h.Lactating != parties.Yes), "body.health.lactating",
		"empty, no or yes; not yes for a man")
}

// Check brings a diagnosis into its one form: invalid.ErrInput.
func (p *Prior) Check(now time.Time) error {
	var c invalid.Check
	c.That(text.ICD10(p.Code), "body.code", text.RuleICD10)
	c.That(text.Line(&p.Hospital, 1, MaxHospitalRunes), "body.hospital", text.LineRule(1, MaxHospitalRunes))
	date, err := time.ParseInLocation(identity.DateLayout, p.Date, china.Zone)
	c.That(err == nil && !date.Before(identity.FirstBirth) && !date.After(now), "body.date",
		"a date YYYY-MM-DD, not in the future")
	return c.Err()
}

// AgeAt is the age in completed years, 0 without an identity.
func (p Profile) AgeAt(at time.Time) int {
	if p.Identity == nil {
		return 0
	}
	return parties.Patient{Birth: p.BirthDay()}.AgeAt(at)
}

// BirthDay is midnight China time of the day of birth; there MUST be an identity.
func (p Profile) BirthDay() time.Time {
	t, err := time.ParseInLocation(identity.DateLayout, p.Identity.BirthDate, china.Zone)
	if err != nil {
		return time.Time{} // the store holds checked dates only
	}
	return t
}

// Bound tells whether the number is this profile's, typed or proven.
func (p Profile) Bound() bool { return p.Identity != nil && p.Claim.Holds() }

// Sex is the sex that the identity says.
func (p Profile) Sex() parties.Sex {
	if p.Identity == nil {
		return parties.SexUnstated
	}
	return p.Identity.Sex
}

// ManagedBy tells who manages a profile: the person, and its confirmed guardians until it comes of
// age.
func (p Profile) ManagedBy(actor string, at time.Time) bool {
	return actor == p.Person || (p.Ward(actor) == family.Confirmed && p.AgeAt(at) < AdultAge)
}

// Ward is what somebody is to a child; empty: nothing.
func (p Profile) Ward(guardian string) family.State {
	for _, g := range p.Family {
		if g.Guardian == guardian {
			return g.State
		}
	}
	return ""
}

// Then is where a guardianship stands after a step: ErrClaim.
func (p Profile) Then(guardian string, do family.Step) (family.State, error) {
	next, err := p.Ward(guardian).Then(do)
	if err != nil {
		err = errors.Join(ErrClaim, err)
	}
	return next, err
}

// Count counts guardians in a state.
func (p Profile) Count(state family.State) (n int) {
	for _, g := range p.Family {
		if g.State == state {
			n++
		}
	}
	return n
}

// Priors are the earlier diagnoses, each with whether it proves anything, and the chronic
// conditions the patient told of: the safety checks look at all of them.
func (p Profile) Priors() []parties.PriorDiagnosis {
	list := make([]parties.PriorDiagnosis, len(p.Prior), len(p.Prior)+len(p.Health.Chronic))
	for i, d := range p.Prior {
		date, err := time.ParseInLocation(identity.DateLayout, d.Date, china.Zone)
		if err != nil {
			date = time.Time{} // the store holds checked dates only
		}
		list[i] = parties.PriorDiagnosis{Code: d.Code, Hospital: d.Hospital, Date: date,
			Declared: d.Source != Recorded}
	}
	for _, c := range p.Health.Chronic {
		list = append(list, parties.PriorDiagnosis{Code: c.Code, Declared: true})
	}
	return list
}
