package patients

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/profile"
)

// Who implements family.People: a closed account is nobody's.
func (s *Service) Who(tx *gorm.DB, person string) (family.Who, error) {
	p, err := s.store.Load(tx, person)
	if errors.Is(err, profile.ErrNotFound) {
		return family.Who{}, nil
	}
	if err != nil {
		return family.Who{}, err
	}
	open, err := accounts.IDsOf(tx, person)
	if err != nil || p.Identity == nil {
		return family.Who{}, err
	}
	return family.Who{Name: p.Identity.Name,
		Adult: p.Bound() && p.AgeAt(s.Now()) >= profile.AdultAge && len(open) > 0}, nil
}

// One implements family.People.
func (s *Service) One(tx *gorm.DB, a, b string) (bool, error) {
	if a == b {
		return true, nil
	}
	also, err := s.store.Also(tx, a)
	return slices.Contains(also, b), err
}

// NoteFamily implements family.People.
func (s *Service) NoteFamily(tx *gorm.DB, owner, actor, reason string) error {
	return s.noteSelf(tx, owner, actor, reason)
}

// NoteRelative is access.Relative at this moment.
func (s *Service) NoteRelative(tx *gorm.DB, actor string, owners []string, operation string, r right.Right) error {
	return access.Relative(tx, actor, owners, operation, r, s.Now())
}

// Standing is family.Standing.
func (s *Service) Standing(tx *gorm.DB, actor string, owners []string, r right.Right) error {
	return family.Standing(tx, actor, owners, r)
}

// StillOver is nil when actor has a right over every one of some persons now: ErrNotFound.
func (s *Service) StillOver(tx *gorm.DB, actor string, persons []string, r right.Right) error {
	wards, err := s.Wards(right.As(tx, r), actor)
	for _, person := range persons {
		if err == nil && person != actor && !slices.Contains(wards, person) {
			err = profile.ErrNotFound
		}
	}
	return err
}

// NotesRelative is NoteRelative in a transaction of its own.
func (s *Service) NotesRelative(ctx context.Context, actor string, owners []string, operation string,
	r right.Right) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error { return s.NoteRelative(tx, actor, owners, operation, r) })
}
