package rules

import (
	"fmt"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"slices"
	"strings"
	"time"
) // Severity says what a rule's hit means.
type Severity string

// Severities. Refused cannot be overridden; Critical and Warning need a written reason; Info is
// only shown.
const (
	Refused  Severity = "refused"
	Critical Severity = "critical"
	Warning  Severity = "warning"
	Info     Severity = "info"
)

// Rule is one named rule. Its ID is stable; Version counts changes of its meaning.
type Rule struct {
	ID       string
	Version  int
	Citation prescription.Citation
	Severity Severity
	Check    func(o Order) []Hit // nil for the rules of later steps, which their verbs check
}

// Hit is one place where a rule speaks.
type Hit struct {
	Field      string
	About      string   // what makes this hit different from another of the same rule: drug codes
	ZH, EN     string   // what to show
	Severity   Severity // replaces the rule's when set
	Source     string   // replaces the rule's citation when set: the label that says it
	NotChecked bool     // the check could not run; ZH and EN say why; it informs unless Severity says more
}

// Refuse is the no of a rule that a verb checks.
func (r Rule) Refuse(field, zh, en string) *prescription.Refusal {
	return &prescription.Refusal{Rule: r.ID, Version: r.Version, Citation: r.Citation, Field: field, ZH: zh, EN: en}
}

// Finding is a soft rule's word: found, or not checked.
type Finding struct {
	Key        string   `json:"key" doc:"What an override refers to" example:"clinical.allergy@1:XA01"`
	Rule       string   `json:"rule" doc:"Rule id" example:"clinical.allergy"`
	Version    int      `json:"version" doc:"Version of the rule" example:"1"`
	Severity   Severity `json:"severity" doc:"critical and warning need a written reason" enum:"critical,warning,info" example:"critical"`
	Field      string   `json:"field" doc:"Field it speaks of" example:"items[0]"`
	ZH         string   `json:"zh" doc:"Text shown, Chinese" example:"患者对该药所属类别过敏"`
	EN         string   `json:"en" doc:"Text shown, English" example:"the patient is allergic to this group"`
	Source     string   `json:"source" doc:"Where it comes from" example:"patient's record"`
	NotChecked bool     `json:"notChecked" doc:"True: the check could not run; nothing may be concluded"`
}

// NeedsReason tells whether the prescriber must write why it is done all the same: also where a
// check of a high-alert drug could not run.
func (f Finding) NeedsReason() bool { return f.Severity == Critical || f.Severity == Warning }

// Override is the prescriber's written reason for a finding.
type Override struct {
	Key    string `json:"key" doc:"Key of the finding" example:"clinical.allergy@1:XA01"`
	Reason string `json:"reason" doc:"Why it is prescribed all the same; part of the signed document" minLength:"4" maxLength:"500" example:"患者既往耐受，密切观察"`
}

// LongTerm is what a supply of more than seven days needs.
type LongTerm struct {
	Reason        string `json:"reason" required:"false" doc:"Why longer than seven days" maxLength:"500" example:"高血压病情稳定，需长期用药"`
	Assessment    string `json:"assessment" required:"false" doc:"Written assessment, needed beyond four weeks" maxLength:"500" example:"病情稳定，长期用药获益大于风险"`
	PatientAgreed bool   `json:"patientAgreed" required:"false" doc:"The patient confirmed it, needed beyond four weeks"`
}

// Order is everything the rules look at when a prescription is written.
type Order struct {
	At          time.Time
	Doctor      parties.Doctor
	Certificate *parties.Certificate // nil: none enrolled
	Visit       parties.Visit
	Diagnoses   []medicine.Diagnosis
	Items       []medicine.Item
	ValidDays   int
	LongTerm    LongTerm
	Overrides   []Override
	Formulary   Formulary // for interactions; nil: not checked
	Running     Running
	Withdrawn   []string // codes of those drugs that the hospital does not offer

	takes    []taken // everything the patient is to take, and takes already
	found    []Fact  // what the catalogue says of it
	unjudged error   // the catalogue could not say
}

// Running is what the patient takes, or may still fetch, from other prescriptions at a moment,
// whoever wrote them.
type Running struct {
	Items   []RunningItem
	Unknown bool // some could not be read, or there are more than were looked at
}

// RunningItem is one item of another prescription.
type RunningItem struct {
	medicine.Item
	Prescription prescription.ID
	Until        time.Time // when its supply is used up; zero: not handed out yet
	// of another application's hospital, whose patient has the same name, sex and date of birth: to
	// be asked
	Alike bool
}

// Case is what the clinical checks look at: what is to be taken, what is taken already, and who
// takes it, at one moment.
type Case struct {
	At        time.Time
	Patient   parties.Patient          // as known at that moment, not as written at the issue
	Prior     []parties.PriorDiagnosis // known diagnoses beside those of the prescription
	Diagnoses []medicine.Diagnosis
	Items     []medicine.Item
	Running   Running // without the prescription judged itself
	Formulary Formulary
}

// Report is what the rules say of an order.
type Report struct {
	Refusals []*prescription.Refusal `json:"refusals"`
	Findings []Finding               `json:"findings"`
	Basis    *Basis                  `json:"basis,omitempty" doc:"What was checked, by which tables, and what could not be"`
}

// Check runs every rule over an order. It is pure: the doctor's page calls it while typing, Sign
// calls it again.
func Check(o Order) Report { return o.run(func(Rule) bool { return true }) }

// Judge runs the clinical checks alone, for the steps after the issue: who may prescribe was
// settled there, what harms the patient is asked again with the facts of the moment. It is pure. A
// key means the same finding at every step.
func Judge(c Case) Report {
	o := Order{
		At: c.At, Visit: parties.Visit{Patient: c.Patient, Prior: c.Prior}, Diagnoses: c.Diagnoses, Items: c.Items,
		Running:   c.Running,
		Formulary: c.Formulary,
	}
	return o.run(func(r Rule) bool { return strings.HasPrefix(r.ID, clinical) })
}

// clinical begins the ids of the rules about medicines and the patient's body.
const clinical = "clinical."

// run looks everything up once and applies the rules that are wanted.
func (o Order) run(wanted func(Rule) bool) Report {
	o.takes = o.intake()
	o.found, o.unjudged = o.lookUp()
	rep := Report{Refusals: []*prescription.Refusal{}, Findings: []Finding{}}
	for _, r := range Rules {
		if r.Check == nil || !wanted(r) {
			continue
		}
		for _, h := range r.Check(o) {
			rep.add(r, h)
		}
	}
	rep.Basis = o.basis(rep, wanted)
	return rep
}

func (rep *Report) add(r Rule, h Hit) {
	if r.Severity == Refused && !h.NotChecked {
		rep.Refusals = append(rep.Refusals, r.Refuse(h.Field, h.ZH, h.EN))
		return
	}
	f := Finding{
		Key: fmt.Sprintf("%s@%d:%s", r.ID, r.Version, h.About), Rule: r.ID, Version: r.Version, Severity: r.Severity,
		Field: h.Field, ZH: h.ZH, EN: h.EN, Source: r.Citation.ZH, NotChecked: h.NotChecked,
	}
	if h.Severity != "" {
		f.Severity = h.Severity
	}
	if h.Source != "" {
		f.Source = h.Source
	}
	if h.NotChecked && h.Severity == "" {
		f.Severity = Info
	}
	rep.Findings = append(rep.Findings, f)
}

// Err is the first refusal, or the first finding that lacks its written reason, or an override of
// nothing.
func (rep Report) Err(overrides []Override) error {
	if len(rep.Refusals) > 0 {
		return rep.Refusals[0]
	}
	for _, f := range rep.Findings {
		if f.NeedsReason() && !slices.ContainsFunc(overrides,
			func(o Override) bool { return o.Key == f.Key && prescription.GoodReason(o.Reason) }) {
			return RuleOverride.Refuse(f.Field, "该提示须写明理由："+f.ZH, "this finding needs a written reason: "+f.EN)
		}
	}
	for i, o := range overrides {
		if !slices.ContainsFunc(rep.Findings, func(f Finding) bool { return f.Key == o.Key }) {
			return prescription.Invalid(fmt.Sprintf("overrides[%d].key", i), "must name a finding of this prescription")
		}
	}
	return nil
}

// same tells whether two findings are about the same thing; a rule's version counts its wording.
func (f Finding) same(other Finding) bool {
	about := func(key string) string { _, text, _ := strings.Cut(key, ":"); return text }
	return f.Rule == other.Rule && about(f.Key) == about(other.Key)
}

var gravity = map[Severity]int{Info: 1, Warning: 2, Critical: 3, Refused: 4}

// covers tells whether who answered f has answered the later one too. "Not checked" answers nothing
// that was found since.
func (f Finding) covers(later Finding) bool {
	return gravity[f.Severity] >= gravity[later.Severity] && (!f.NotChecked || later.NotChecked)
}

// Fresh are the serious findings that are not among the known ones, or are graver now.
func Fresh(now, known []Finding) []Finding {
	list := []Finding{}
	for _, f := range now {
		old := slices.ContainsFunc(known, func(k Finding) bool { return k.same(f) && k.covers(f) })
		if f.NeedsReason() && !old {
			list = append(list, f)
		}
	}
	return list
}
