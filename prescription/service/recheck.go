package service

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// What was signed stays, what is known of the patient does not: the whole check runs again when a
// prescription is approved, claimed and handed out, with the facts of that moment. What it says
// then and nobody has answered needs a written reason, or stops the step.

// PrescriberContact is the dispensing pharmacist's word that the prescriber was asked about what
// became known after the issue.
type PrescriberContact struct {
	Person string    `json:"person" doc:"Who was reached" minLength:"1" maxLength:"50" example:"李明德"`
	At     time.Time `json:"at" doc:"When"`
	Answer string    `json:"answer" doc:"What the prescriber said" minLength:"4" maxLength:"500" example:"已知过敏史，患者既往耐受，可以发药"`
}

// MaxContactRunes bounds the name of who was reached.
const MaxContactRunes = 50

// check: a contact is after the issue and not in the future. It puts name and answer into the form
// in which they are signed.
func (c *PrescriberContact) check(issued, now time.Time) error {
	switch {
	case !text.Line(&c.Person, 1, MaxContactRunes):
		return prescription.Invalid("contact.person", text.LineRule(1, MaxContactRunes))
	case c.At.Before(issued) || c.At.After(now):
		return prescription.Invalid("contact.at", "after the issue and not in the future")
	case !prescription.CleanReason(&c.Answer):
		return prescription.Invalid("contact.answer", "4 to 500 characters")
	}
	return nil
}

// answered are the findings that the prescriber signed with, or the reviewing pharmacist.
func (p *Prescription) answered() []rules.Finding {
	list := slices.Clone(p.s.Findings)
	if p.s.Review != nil {
		list = append(list, p.s.Review.Findings...)
	}
	return list
}

// answer holds a step's reasons against what it has to answer, and returns that.
func answer(now Present, known []rules.Finding, reasons []rules.Override) ([]rules.Finding, error) {
	list := rules.Fresh(now.Findings, slices.Concat(known, now.Elsewhere))
	rep := now.Report
	return list, rules.Report{Refusals: rep.Refusals, Findings: list}.Err(reasons)
}

// answerAtTheCounter is answer for the handing out: a critical finding that nobody answered before
// needs the prescriber's word.
func (p *Prescription) answerAtTheCounter(rep Present, h HandOut, now time.Time) ([]rules.Finding, error) {
	known := slices.Concat(p.answered(), rep.Elsewhere)
	grave := slices.DeleteFunc(rules.Fresh(rep.Findings, known),
		func(f rules.Finding) bool { return f.Severity != rules.Critical })
	if h.Contact != nil {
		if err := h.Contact.check(p.s.IssuedAt, now); err != nil {
			return nil, err
		}
		known = append(known, grave...)
	} else if len(grave) > 0 && len(rep.Refusals) == 0 {
		f := grave[0]
		return nil, rules.RuleContact.Refuse("contact", "开具后新出现严重提示，须联系处方医师并记录答复，或退回处方："+f.ZH,
			"a critical finding is new since the issue: record the prescriber's answer, or give the prescription back: "+f.EN)
	}
	// the claim's reasons are this pharmacy's own, and good for what is not critical
	told := append(slices.Clone(known), p.s.Claim.Findings...)
	if _, err := answer(rep, told, h.Overrides); err != nil {
		return nil, err
	}
	return rules.Fresh(rep.Findings, slices.Concat(p.answered(), rep.Elsewhere)), nil
}

// withReasons puts a step's reasons beside its findings.
func withReasons(list []rules.Finding, reasons []rules.Override) []document.IssueFinding {
	out := []document.IssueFinding{}
	for _, f := range list {
		out = append(out, document.IssueFinding{Finding: f, Reason: document.ReasonFor(reasons, f.Key)})
	}
	return out
}

// Present is what the checks say at a later step, and which of it others have answered.
type Present struct {
	rules.Report
	// Elsewhere are findings that only come of taking several prescriptions, and that the
	// prescriber of a later one has answered, who was shown this one beside it.
	Elsewhere []rules.Finding
	Taker     parties.Patient // as known at that moment
	Running   rules.Running   // what the taker takes already
}

// judge runs the checks over what was issued with what is known now; a copy is judged by this
// application's own base, and by the patient that its document describes.
func (s *Service) judge(ctx context.Context, p *Prescription, v parties.Visit) (Present, error) {
	c := rules.Case{At: s.now(), Patient: p.s.Patient, Diagnoses: p.s.Diagnoses, Formulary: s.Formulary}
	if v.ID != "" {
		c.Patient, c.Prior = v.Patient, v.Prior
	}
	for _, it := range p.s.Items {
		if d, known := s.Formulary.Drug(it.Drug.Code); known {
			it.Drug = d
		}
		c.Items = append(c.Items, it)
	}
	var err error
	if c.Running, err = s.running(s.DB.WithContext(ctx), c.Patient, p.ID()); err != nil {
		return Present{}, err
	}
	now := Present{Report: rules.Judge(c), Taker: c.Patient, Running: c.Running}
	alone := c
	alone.Running = rules.Running{}
	if joint := rules.Fresh(now.Findings, rules.Judge(alone).Findings); len(joint) > 0 {
		now.Elsewhere, err = s.answeredElsewhere(ctx, p, c.Patient.IDs(), joint)
	}
	return now, err
}

// answeredElsewhere are those findings that the patient's prescriptions issued after this one were
// signed with.
func (s *Service) answeredElsewhere(ctx context.Context, p *Prescription, patient []string,
	joint []rules.Finding) ([]rules.Finding, error) {
	later, err := s.Store.List(s.DB.WithContext(ctx), Filter{
		Patients: patient, Statuses: unfinished, DraftedSince: p.s.DraftedAt, Limit: MaxListed,
	})
	if err != nil {
		return nil, err
	}
	var known []rules.Finding
	for _, other := range later {
		if slices.Contains(patient, other.s.Patient.Person) && other.ID() != p.ID() &&
			!other.s.IssuedAt.Before(p.s.IssuedAt) {
			known = append(known, other.answered()...)
		}
	}
	left := rules.Fresh(joint, known)
	return slices.DeleteFunc(slices.Clone(joint), func(f rules.Finding) bool {
		return slices.ContainsFunc(left, func(l rules.Finding) bool { return l.Key == f.Key })
	}), nil
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

// rechecked are the statuses in which somebody has to act on a changed finding, and who that is.
var rechecked = map[chain.Role][]prescription.Status{
	chain.RoleReviewer:  {prescription.Signed},
	chain.RoleDispenser: {prescription.Paid, prescription.Claimed},
}

// withRecheck adds it to the view of a reviewing or dispensing pharmacist. The prescriber, whose
// visit may be over, and the patient get none.
func (s *Service) withRecheck(ctx context.Context, p *Prescription, a intent.Actor, v *View) error {
	if v.Content == nil || !slices.Contains(rechecked[a.Role], p.s.Status) {
		return nil
	}
	var visit parties.Visit
	var err error
	if !p.s.foreign() {
		if visit, err = s.Visits.Visit(ctx, p.s.Visit); err != nil && !errors.Is(err, prescription.ErrNotFound) {
			return err
		}
	}
	rep, err := s.judge(ctx, p, visit)
	if err != nil {
		return err
	}
	now := s.now()
	known := slices.Concat(p.answered(), rep.Elsewhere)
	if p.s.Claim != nil {
		known = append(known, slices.DeleteFunc(slices.Clone(p.s.Claim.Findings),
			func(f rules.Finding) bool { return f.Severity == rules.Critical })...)
	}
	r := &Recheck{At: now, New: rules.Fresh(rep.Findings, known), Refusals: rep.Refusals, Basis: rep.Basis,
		Changed: []string{}}
	if visit.ID != "" {
		view := patientView(visit.Patient, now)
		r.Patient, r.Changed = &view, changedFacts(p.s.Patient, visit.Patient)
	}
	v.Content.Recheck = r
	return nil
}

func changedFacts(was, is parties.Patient) []string {
	changed := []string{}
	for _, f := range []struct {
		name string
		same bool
	}{
		{"allergies", was.AllergiesAsked == is.AllergiesAsked && slices.Equal(was.Allergies, is.Allergies)},
		{"pregnant", was.Pregnant == is.Pregnant},
		{"lactating", was.Lactating == is.Lactating},
		{"weight", was.WeightGrams == is.WeightGrams},
	} {
		if !f.same {
			changed = append(changed, f.name)
		}
	}
	return changed
}
