package patients

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/family/right"
)

// Notes of what relatives do, in the owner's access log; which operation it was stands where else the
// visit does.
const (
	NoteRelativeRead = "relative read"
	NoteRelativeActs = "relative acted"
)

// readEvery is how often the same reader's same look is noted: a page asks again all day long.
const readEvery = time.Hour

// Who implements family.People: a closed account is nobody's.
func (s *Service) Who(tx *gorm.DB, person string) (family.Who, error) {
	p, err := s.store.load(tx, person)
	if errors.Is(err, ErrNotFound) {
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
		Adult: p.Bound() && p.ageAt(s.Now()) >= AdultAge && len(open) > 0}, nil
}

// One implements family.People.
func (s *Service) One(tx *gorm.DB, a, b string) (bool, error) {
	if a == b {
		return true, nil
	}
	also, err := s.store.also(tx, a)
	return slices.Contains(also, b), err
}

// NoteFamily implements family.People.
func (s *Service) NoteFamily(tx *gorm.DB, owner, actor, reason string) error {
	return s.noteSelf(tx, owner, actor, reason)
}

// NoteRelative notes what a relative read or did in others' records by an operation, in the caller's
// transaction. The same reading within the hour is one line; what was done is always one.
func (s *Service) NoteRelative(tx *gorm.DB, actor string, owners []string, operation string, r right.Right) error {
	a := Access{Visit: operation, Reader: actor, Role: accounts.Patient, Reason: NoteRelativeActs, At: s.Now()}
	for _, owner := range owners {
		if a.Person = owner; r == right.Read {
			a.Reason = NoteRelativeRead
			var n int64
			err := tx.Model(&accessRow{}).Where("person = ? AND reader = ? AND visit = ? AND read_at > ?", owner, actor,
				operation, a.At.Add(-readEvery).UnixMilli()).Limit(1).Count(&n).Error
			if err != nil {
				return err
			}
			if n > 0 {
				continue
			}
		}
		if err := s.store.note(tx, a); err != nil {
			return err
		}
	}
	return nil
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
			err = ErrNotFound
		}
	}
	return err
}

// NotesRelative is NoteRelative in a transaction of its own.
func (s *Service) NotesRelative(ctx context.Context, actor string, owners []string, operation string,
	r right.Right) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error { return s.NoteRelative(tx, actor, owners, operation, r) })
}
