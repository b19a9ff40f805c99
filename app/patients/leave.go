package patients

import (
	"errors"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/profile"
)

// Selves are, by what a transaction sees, the ids by which a person's own record is known.
func (s *Service) Selves(tx *gorm.DB, person string) ([]string, error) {
	former, err := s.store.Former(tx, person)
	return append(former, person), err
}

// WardsOf are, by what a transaction sees, the children that the person is guardian of now.
func (s *Service) WardsOf(tx *gorm.DB, person string) (wards []string, err error) {
	children, err := s.store.Family(tx, person)
	for _, p := range children {
		if p.ManagedBy(person, s.Now()) {
			wards = append(wards, p.Person)
		}
	}
	return wards, err
}

// Leave is what the end of its account does to a person's profile: the phone number is deleted,
// what the person asked to be guardian of ends, and the access log says so. The record stays, for
// who proves its number.
func (s *Service) Leave(tx *gorm.DB, person string) error {
	ties, err := family.GuardianshipsOf(tx, person)
	if err != nil {
		return err
	}
	for _, g := range ties {
		if g.State, err = g.State.Then(family.DoEnd); err != nil {
			return err
		}
		g.Since = s.Now().UnixMilli()
		if err := s.saveGuardian(tx, g, person); err != nil {
			return err
		}
	}
	if err := s.endTies(tx, person); err != nil {
		return err
	}
	p, err := s.store.Load(tx, person)
	if errors.Is(err, profile.ErrNotFound) {
		return nil // nothing was ever entered
	}
	if err != nil {
		return err
	}
	p.Phone, p.Version = "", p.Version+1
	if err := s.store.Save(tx, p, s.Now()); err != nil {
		return err
	}
	return s.noteSelf(tx, person, person, access.NoteClosed)
}
