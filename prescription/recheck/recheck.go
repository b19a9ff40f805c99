// Package recheck runs the clinical checks again where a prescription is reviewed, claimed and
// handed out, over everything its patient takes by then.
package recheck

import (
	"context"
	"errors"
	"slices"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/view"
)

// Checks look at a prescription again with what is known now.
type Checks struct {
	ground.Ground
	Formulary rules.Formulary
	Visits    parties.Visits
}

// What was signed stays, what is known of the patient does not: the whole check runs again when a
// prescription is approved, claimed and handed out, with the facts of that moment. What it says
// then and nobody has answered needs a written reason, or stops the step.

// Judge runs the checks over what was issued with what is known now; a copy is judged by this
// application's own base, and by the patient that its document describes.
func (s *Checks) Judge(ctx context.Context, p *lifecycle.Prescription, v parties.Visit) (lifecycle.Present, error) {
	c := rules.Case{At: s.Time(), Patient: p.State().Patient, Diagnoses: p.State().Diagnoses, Formulary: s.Formulary}
	if v.ID != "" {
		c.Patient, c.Prior = v.Patient, v.Prior
	}
	for _, it := range p.State().Items {
		if d, known := s.Formulary.Drug(it.Drug.Code); known {
			it.Drug = d
		}
		c.Items = append(c.Items, it)
	}
	var err error
	if c.Running, err = s.Running(s.DB.WithContext(ctx), c.Patient, p.ID()); err != nil {
		return lifecycle.Present{}, err
	}
	now := lifecycle.Present{Report: rules.Judge(c), Taker: c.Patient, Running: c.Running}
	alone := c
	alone.Running = rules.Running{}
	if joint := rules.Fresh(now.Findings, rules.Judge(alone).Findings); len(joint) > 0 {
		now.Elsewhere, err = s.answeredElsewhere(ctx, p, c.Patient.IDs(), joint)
	}
	return now, err
}

// answeredElsewhere are those findings that the patient's prescriptions issued after this one were
// signed with.
func (s *Checks) answeredElsewhere(ctx context.Context, p *lifecycle.Prescription, patient []string,
	joint []rules.Finding) ([]rules.Finding, error) {
	later, err := s.Store.List(s.DB.WithContext(ctx), lifecycle.Filter{
		Patients: patient, Statuses: lifecycle.Unfinished, DraftedSince: p.State().DraftedAt,
		Limit: lifecycle.MaxListed,
	})
	if err != nil {
		return nil, err
	}
	var known []rules.Finding
	for _, other := range later {
		if slices.Contains(patient, other.State().Patient.Person) && other.ID() != p.ID() &&
			!other.State().IssuedAt.Before(p.State().IssuedAt) {
			known = append(known, other.Answered()...)
		}
	}
	left := rules.Fresh(joint, known)
	return slices.DeleteFunc(slices.Clone(joint), func(f rules.Finding) bool {
		return slices.ContainsFunc(left, func(l rules.Finding) bool { return l.Key == f.Key })
	}), nil
}

// rechecked are the statuses in which somebody has to act on a changed finding, and who that is.
var rechecked = map[chain.Role][]prescription.Status{
	chain.RoleReviewer:  {prescription.Signed},
	chain.RoleDispenser: {prescription.Paid, prescription.Claimed},
}

// AddTo adds it to the view of a reviewing or dispensing pharmacist. The prescriber, whose
// visit may be over, and the patient get none.
func (s *Checks) AddTo(ctx context.Context, p *lifecycle.Prescription, a intent.Actor, v *view.View) error {
	if v.Content == nil || !slices.Contains(rechecked[a.Role], p.Status()) {
		return nil
	}
	var visit parties.Visit
	var err error
	if !p.Foreign() {
		if visit, err = s.Visits.Visit(ctx, p.State().Visit); err != nil && !errors.Is(err, prescription.ErrNotFound) {
			return err
		}
	}
	rep, err := s.Judge(ctx, p, visit)
	if err != nil {
		return err
	}
	now := s.Time()
	known := slices.Concat(p.Answered(), rep.Elsewhere)
	if p.State().Claim != nil {
		known = append(known, slices.DeleteFunc(slices.Clone(p.State().Claim.Findings),
			func(f rules.Finding) bool { return f.Severity == rules.Critical })...)
	}
	r := &view.Recheck{At: now, New: rules.Fresh(rep.Findings, known), Refusals: rep.Refusals, Basis: rep.Basis,
		Changed: []string{}}
	if visit.ID != "" {
		view := view.PatientOf(visit.Patient, now)
		r.Patient, r.Changed = &view, changedFacts(p.State().Patient, visit.Patient)
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
