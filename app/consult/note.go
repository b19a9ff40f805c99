package consult

import (
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Limits of what is written, in characters.
const (
	MaxComplaint = 500
	MaxDuration  = 100
	MaxPrior     = 300
	MaxHistory   = 4000
	MaxPlan      = 2000
	MaxReason    = 500
	MaxHospital  = 100
	MaxDiagnoses = 10 // and as many earlier ones
)

// Intake is what the patient says when asking.
type Intake struct {
	Complaint string `json:"complaint" example:"咳嗽三天，无发热"` // chief complaint (主诉)
	Duration  string `json:"duration" example:"三天"`        // how long
	// reference to a hospital's earlier diagnosis (复诊凭证); empty: none
	Prior    string `json:"prior" example:"2026-08-03 市一医院 J06.9"`
	Guardian bool   `json:"guardian"` // the child's guardian is present (监护人陪伴)
}

func (i *Intake) check() error {
	var c invalid.Check
	c.That(text.Text(&i.Complaint, 1, MaxComplaint), "body.complaint", text.LineRule(1, MaxComplaint))
	c.That(text.Text(&i.Duration, 0, MaxDuration), "body.duration", text.LineRule(0, MaxDuration))
	c.That(text.Text(&i.Prior, 0, MaxPrior), "body.prior", text.LineRule(0, MaxPrior))
	return c.Err()
}

// Diagnosis is one ICD-10 diagnosis; Name is the catalogue's.
type Diagnosis struct {
	Code string `json:"code" example:"J06.9"`
	Name string `json:"name" example:"急性上呼吸道感染"`
}

// Note is the doctor's record of the visit (病历). Each version is kept.
type Note struct {
	Complaint string      `json:"complaint" example:"咳嗽三天，无发热"`    // 主诉
	History   string      `json:"history" example:"三天前受凉后咳嗽，夜间明显"` // 现病史
	Plan      string      `json:"plan" example:"对症用药，多饮水，三天后随访"`   // 处理意见
	Diagnoses []Diagnosis `json:"diagnoses"`                       // the first one is the main diagnosis
	// a hospital's earlier diagnoses whose proof the doctor saw (复诊凭证)
	Prior   []PriorDiagnosis `json:"prior"`
	Version int              `json:"version" example:"3"` // from 1
	At      time.Time        `json:"at"`
}

// PriorDiagnosis is a diagnosis that a hospital made face to face: what makes a visit a follow-up.
type PriorDiagnosis struct {
	Code     string    `json:"code" example:"J06.9"` // ICD-10
	Hospital string    `json:"hospital" example:"市第一人民医院"`
	Date     time.Time `json:"date"`
}

func (n *Note) check(born, at time.Time) error {
	var c invalid.Check
	c.That(text.Text(&n.Complaint, 1, MaxComplaint), "body.complaint", text.LineRule(1, MaxComplaint))
	c.That(text.Text(&n.History, 0, MaxHistory), "body.history", text.LineRule(0, MaxHistory))
	c.That(text.Text(&n.Plan, 1, MaxPlan), "body.plan", text.LineRule(1, MaxPlan))
	c.That(len(n.Diagnoses) <= MaxDiagnoses, "body.diagnoses", fmt.Sprintf("at most %d", MaxDiagnoses))
	seen := map[string]bool{}
	for i, d := range n.Diagnoses {
		field := fmt.Sprintf("body.diagnoses[%d]", i)
		c.That(text.ICD10(d.Code), field, text.RuleICD10)
		c.That(!seen[d.Code], field, "named twice")
		seen[d.Code] = true
	}
	c.That(len(n.Prior) <= MaxDiagnoses, "body.prior", fmt.Sprintf("at most %d", MaxDiagnoses))
	for i := range n.Prior {
		p := &n.Prior[i]
		field := fmt.Sprintf("body.prior[%d]", i)
		c.That(text.ICD10(p.Code), field+".code", text.RuleICD10)
		c.That(text.Line(&p.Hospital, 1, MaxHospital), field+".hospital", text.LineRule(1, MaxHospital))
		c.That(!p.Date.IsZero() && !p.Date.After(at), field+".date", "a day in the past")
		c.That(p.Date.IsZero() || !p.Date.Before(born), field+".date", "not before the patient was born")
	}
	return c.Err()
}
