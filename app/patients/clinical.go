package patients

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// Patient returns a profile as the prescription room reads it at a visit, where actor is the
// patient or the guardian who asked for it. ErrNotFound, and ErrNotBound as long as no real name is
// bound: nothing is prescribed to an unknown person.
func (s *Service) Patient(ctx context.Context, actor, person string) (parties.Patient,
	[]parties.PriorDiagnosis, error) {
	return s.patient(s.db.WithContext(ctx), actor, person)
}

func (s *Service) patient(tx *gorm.DB, actor, person string) (parties.Patient,
	[]parties.PriorDiagnosis, error) {
	p, err := s.mine(tx, actor, person)
	if err != nil {
		return parties.Patient{}, nil, err
	}
	if p.Claim == profile.Contested {
		return parties.Patient{}, nil, profile.ErrContested
	}
	if !p.Bound() {
		return parties.Patient{}, nil, ErrNotBound
	}
	patient := parties.Patient{
		Person: p.Person, Name: p.Identity.Name, Sex: p.Identity.Sex, Birth: p.BirthDay(),
		AllergiesAsked: p.Health.AllergiesAsked,
		Allergies:      p.Health.Allergies, Pregnant: p.Health.Pregnant, Lactating: p.Health.Lactating,
	}
	if weighed, err := time.ParseInLocation(identity.DateLayout, p.Health.WeighedOn, china.Zone); err == nil {
		patient.WeightGrams, patient.WeighedOn = p.Health.WeightGrams, weighed
	}
	if patient.Former, err = s.store.Former(tx, person); err != nil {
		return parties.Patient{}, nil, err
	}
	if actor != person && p.ManagedBy(actor, s.Now()) {
		guardian, err := s.mine(tx, actor, actor)
		if err != nil {
			return parties.Patient{}, nil, err
		}
		patient.Guardian = actor
		if guardian.Identity != nil {
			patient.GuardianName = guardian.Identity.Name
		}
	}
	for _, g := range p.Family {
		if p.ManagedBy(g.Guardian, s.Now()) {
			patient.Guardians = append(patient.Guardians, parties.Guardian{Person: g.Guardian, Name: g.Name})
		}
	}
	// Whom the patient let in, to act or to read alone: the chain takes who is named, and none of
	// them is the patient's doctor or reviewer.
	relatives, err := family.Relatives(tx, person)
	if err != nil {
		return parties.Patient{}, nil, err
	}
	for _, t := range relatives {
		name, err := s.store.Name(tx, t.Relative)
		if err != nil {
			return parties.Patient{}, nil, err
		}
		patient.Guardians = append(patient.Guardians, parties.Guardian{Person: t.Relative, Name: name})
	}
	return patient, p.Priors(), nil
}

// AtVisit is Patient of a visit that asks asked for, as it stands now: where a guardian's rights
// have ended since, at 18 or by giving it up, nobody is with the patient any more. An id from
// before a record passed is its owner's.
func (s *Service) AtVisit(ctx context.Context, asks, person string) (parties.Patient,
	[]parties.PriorDiagnosis, error) {
	return s.AtVisitIn(s.db.WithContext(ctx), asks, person)
}

// HeldAtVisit is AtVisitIn of a profile that nobody changes before the transaction's end.
func (s *Service) HeldAtVisit(tx *gorm.DB, asks, person string) (parties.Patient,
	[]parties.PriorDiagnosis, error) {
	if err := s.store.Share(tx, person); err != nil {
		return parties.Patient{}, nil, err
	}
	return s.AtVisitIn(tx, asks, person)
}

// AtVisitIn is AtVisit by what a transaction sees.
func (s *Service) AtVisitIn(tx *gorm.DB, asks, person string) (parties.Patient,
	[]parties.PriorDiagnosis, error) {
	now, err := s.store.Currents(tx, asks, person)
	if err != nil {
		return parties.Patient{}, nil, err
	}
	asks, person = now[0], now[1]
	patient, prior, err := s.patient(tx, asks, person)
	if errors.Is(err, profile.ErrNotFound) && asks != person {
		return s.patient(tx, person, person)
	}
	return patient, prior, err
}

// MayActFor returns nil when actor is the person, its guardian now, or a relative whom it gave the
// right that is asked for, else ErrNotFound.
func (s *Service) MayActFor(ctx context.Context, actor, person string) error {
	_, err := s.mine(s.db.WithContext(ctx), actor, person)
	return err
}

// Known are the ids by which a person is and was known, the one of now first. What was noted of a
// visit or a prescription stands under the id that its patient had then.
func (s *Service) Known(ctx context.Context, person string) ([]string, error) {
	return s.known(s.db.WithContext(ctx), person)
}

func (s *Service) known(tx *gorm.DB, person string) ([]string, error) {
	now, err := s.store.Current(tx, person)
	if err != nil {
		return nil, err
	}
	former, err := s.store.Former(tx, now)
	return append([]string{now}, former...), err
}

// Wards are the other persons somebody has the right over that is asked for, by what a transaction
// sees: its children under age, the adults who let it in, and the ids it had itself.
func (s *Service) Wards(tx *gorm.DB, actor string) ([]string, error) {
	wards, _, err := s.wards(tx, actor)
	return wards, err
}

// wards is Wards, and those of the ties that give the right.
func (s *Service) wards(tx *gorm.DB, actor string) (list []string, ties []family.Tie, err error) {
	if list, err = s.store.Former(tx, actor); err != nil {
		return nil, nil, err
	}
	children, err := s.store.Family(tx, actor)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range children {
		if p.ManagedBy(actor, s.Now()) {
			list = append(list, p.Person)
		}
	}
	helped, err := family.Helped(tx, actor)
	for _, t := range helped {
		if t.Holds(right.Of(tx.Statement.Context)) {
			list, ties = append(list, t.Owner), append(ties, t)
		}
	}
	return list, ties, err
}

// ActingFor are a patient and who may read the record now, by what a transaction sees: they are
// told.
func (s *Service) ActingFor(tx *gorm.DB, person string) ([]string, error) {
	current, err := s.store.Current(tx, person)
	if err != nil {
		return nil, err
	}
	p, err := s.store.Load(tx, current)
	if errors.Is(err, profile.ErrNotFound) {
		return []string{current}, nil
	}
	if err != nil {
		return nil, err
	}
	list := []string{current}
	for _, g := range p.Family {
		if p.ManagedBy(g.Guardian, s.Now()) {
			list = append(list, g.Guardian)
		}
	}
	relatives, err := family.Relatives(tx, current)
	for _, t := range relatives {
		list = append(list, t.Relative)
	}
	return list, err
}

// Birth is a person's date of birth, midnight China time, by what a transaction sees; zero: nobody
// typed it.
func (s *Service) Birth(tx *gorm.DB, person string) (time.Time, error) {
	birth, _, err := s.Born(tx, person)
	return birth, err
}

// Born is Birth with the sex; empty: not known.
func (s *Service) Born(tx *gorm.DB, person string) (birth time.Time, sex string, err error) {
	now, err := s.store.Current(tx, person)
	if err != nil {
		return time.Time{}, "", err
	}
	p, err := s.store.Load(tx, now)
	if errors.Is(err, profile.ErrNotFound) || (err == nil && p.Identity == nil) {
		return time.Time{}, "", nil
	}
	if err != nil {
		return time.Time{}, "", err
	}
	return p.BirthDay(), string(p.Sex()), nil
}

// ActsFor is Wards outside a transaction, and which of them are adults who let the actor in;
// readOnly are those of them for whom the actor may not act.
func (s *Service) ActsFor(ctx context.Context, actor string) (wards, helped, readOnly []string, err error) {
	wards, ties, err := s.wards(s.db.WithContext(ctx), actor)
	for _, t := range ties {
		helped = append(helped, t.Owner)
		if !t.Acts {
			readOnly = append(readOnly, t.Owner)
		}
	}
	return wards, helped, readOnly, err
}

// Bound tells whether a person has bound a real name.
func (s *Service) Bound(ctx context.Context, person string) (bool, error) {
	p, err := s.store.Load(s.db.WithContext(ctx), person)
	if errors.Is(err, profile.ErrNotFound) {
		return false, nil
	}
	return p.Bound(), err
}

// WroteFor tells whether somebody wrote in a patient's place, and the name of that one as far as it
// is known. A record that has passed to its owner stands under an older id.
func (s *Service) WroteFor(ctx context.Context, patient, by string) (another bool, name string, err error) {
	ids, err := s.Known(ctx, patient)
	if err != nil || slices.Contains(ids, by) {
		return false, "", err
	}
	p, err := s.Get(ctx, by, by)
	if err != nil {
		return true, "", nil //nolint:nilerr // a name that cannot be read hides no message
	}
	return true, ViewOf(p).Name, nil
}
