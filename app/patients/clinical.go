package patients

import (
	"context"
	"errors"
	"time"

	"github.com/smart-hospital/hospital/prescription"
)

// Patient returns a profile as the prescription room reads it at a visit, where actor is the patient or the guardian who asked for it.
// ErrNotFound, and ErrNotBound as long as no real name is bound: nothing is prescribed to an unknown person.
func (s *Service) Patient(ctx context.Context, actor, person string) (prescription.Patient, []prescription.PriorDiagnosis, error) {
	tx := s.db.WithContext(ctx)
	p, err := s.mine(tx, actor, person)
	if err != nil {
		return prescription.Patient{}, nil, err
	}
	if p.Claim == Contested {
		return prescription.Patient{}, nil, ErrContested
	}
	if !p.Bound() {
		return prescription.Patient{}, nil, ErrNotBound
	}
	patient := prescription.Patient{
		Person: p.Person, Name: p.Identity.Name, Sex: p.Identity.Sex, Birth: p.birth(), AllergiesAsked: p.Health.AllergiesAsked,
		Allergies: p.Health.Allergies, Pregnant: p.Health.Pregnant, Lactating: p.Health.Lactating,
	}
	if weighed, err := time.ParseInLocation(dateLayout, p.Health.WeighedOn, china); err == nil {
		patient.WeightGrams, patient.WeighedOn = p.Health.WeightGrams, weighed
	}
	if actor != person {
		guardian, err := s.mine(tx, actor, actor)
		if err != nil {
			return prescription.Patient{}, nil, err
		}
		patient.Guardian = actor
		if guardian.Identity != nil {
			patient.GuardianName = guardian.Identity.Name
		}
	}
	return patient, p.priors(), nil
}

// priors are the earlier diagnoses, each with whether it proves anything, and the chronic conditions the patient told of: the safety
// checks look at all of them.
func (p Profile) priors() []prescription.PriorDiagnosis {
	list := make([]prescription.PriorDiagnosis, len(p.Prior), len(p.Prior)+len(p.Health.Chronic))
	for i, d := range p.Prior {
		date, err := time.ParseInLocation(dateLayout, d.Date, china)
		if err != nil {
			date = time.Time{} // the store holds checked dates only
		}
		list[i] = prescription.PriorDiagnosis{Code: d.Code, Hospital: d.Hospital, Date: date, Declared: d.Source != Recorded}
	}
	for _, c := range p.Health.Chronic {
		list = append(list, prescription.PriorDiagnosis{Code: c.Code, Declared: true})
	}
	return list
}

// MayActFor returns nil when actor is the person or its guardian now, else ErrNotFound.
func (s *Service) MayActFor(ctx context.Context, actor, person string) error {
	_, err := s.mine(s.db.WithContext(ctx), actor, person)
	return err
}

// Bound tells whether a person has bound a real name.
func (s *Service) Bound(ctx context.Context, person string) (bool, error) {
	p, err := s.store.load(s.db.WithContext(ctx), person)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return p.Bound(), err
}
