package demo

import (
	"context"
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// WeChat is the sandbox at which the patients log in.
type WeChat interface{ Code(user string) string }

// SeedPatients makes the patients' profiles and that of the child; hospital is the name of the one
// that diagnosed them.
func (w *Ward) SeedPatients(ctx context.Context, s Services, at WeChat, hospital string) error {
	for i, p := range w.served.patients() {
		session, err := s.Accounts.LoginWeChat(ctx, at.Code(p.User), "demo", devices.Device{Name: "demo"})
		if err != nil {
			return fmt.Errorf("%s: %w", p.User, err)
		}
		if err := s.profile(ctx, session.Account.Person, p, hospital); err != nil {
			return fmt.Errorf("%s: %w", p.User, err)
		}
		w.people[p.User] = session.Account.Person
		if w.Patients[i].Child != nil {
			if err := s.child(ctx, session.Account.Person, hospital); err != nil {
				return fmt.Errorf("child of %s: %w", p.User, err)
			}
		}
		if err := s.Accounts.Logout(ctx, session.Account, session.Token); err != nil {
			return err
		}
	}
	return nil
}

func (s Services) profile(ctx context.Context, person string, p Patient, hospital string) error {
	_, err := s.Patients.Bind(ctx, sqlstore.Command{}, person,
		identity.Identity{Name: p.Name, Sex: p.Sex(), BirthDate: p.Birth,
			IDNumber: p.IDNumber()})
	if err != nil && !errors.Is(err, patients.ErrBound) {
		return err
	}
	profile, err := s.Patients.Get(ctx, person, person)
	if err != nil {
		return err
	}
	health := profile.Health
	health.AllergiesAsked, health.Allergies = true, p.allergies
	if _, err := s.Patients.Update(ctx, sqlstore.Command{}, person, person,
		patients.Update{Health: health, Version: profile.Version}); err != nil {
		return err
	}
	for _, code := range p.prior[min(len(profile.Prior), len(p.prior)):] {
		if err := s.prior(ctx, person, code, hospital); err != nil {
			return err
		}
	}
	return nil
}

// prior puts a diagnosis on the hospital's own record.
func (s Services) prior(ctx context.Context, person, code, hospital string) error {
	_, err := s.Patients.Record(ctx, sqlstore.Command{}, person,
		profile.Prior{Code: code, Hospital: hospital, Date: "2026-05-18"})
	return err
}
