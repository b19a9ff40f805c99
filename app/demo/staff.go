package demo

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// SeedAccounts makes the staff's accounts, administrators too: also those that a newer program has
// more.
func (w *Ward) SeedAccounts(ctx context.Context, people *accounts.Service, numbers *patients.Service) error {
	for _, d := range w.Staff {
		acc, err := people.ByLogin(ctx, d.Login)
		if errors.Is(err, accounts.ErrNotFound) {
			acc, err = people.CreateStaff(ctx, sqlstore.Command{},
				accounts.NewStaff{Login: d.Login, Password: d.Password, Role: d.Role, Org: d.Org, Settled: true})
		}
		if err != nil {
			return fmt.Errorf("%s: %w", d.Login, err)
		}
		if acc.Role == accounts.Admin {
			if err := identify(ctx, numbers, d.Login, acc); err != nil {
				return fmt.Errorf("%s: %w", d.Login, err)
			}
		}
	}
	return nil
}

// identify enters an administrator's own number where it is missing. It is made of the log-in's
// name: a newer program's list has other places.
func identify(ctx context.Context, numbers *patients.Service, login string, admin accounts.Account) error {
	sum := gm.Sum([]byte(login))
	days, serial := int(binary.BigEndian.Uint16(sum[:])%7000), int(binary.BigEndian.Uint16(sum[2:])%998)+1
	number := identity.MakeIDNumber(Region,
		time.Date(1960, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, days), serial)
	err := numbers.EnterStaff(ctx, sqlstore.Command{}, admin, admin.Person, identity.Identity{IDNumber: number})
	if errors.Is(err, accounts.ErrSelf) { // it is there
		return nil
	}
	return err
}

// Administrators approve a first key at once, so that a visitor can be a doctor without being
// two administrators before. It goes through the door that people's approvals go through, and
// strict mode has no such administrators.
func (w *Ward) Administrators(people *accounts.Service, org string) (list []accounts.Account) {
	for _, d := range w.Staff {
		if d.Role != accounts.Admin || d.Org != org {
			continue
		}
		if acc, err := people.ByLogin(context.Background(), d.Login); err == nil {
			list = append(list, acc)
		}
	}
	return list
}

// Services are those that a ward is made through.
type Services struct {
	Accounts      *accounts.Service
	Patients      *patients.Service
	Practitioners *practitioners.Service
}

// SeedStaff puts the practitioners into office.
func (w *Ward) SeedStaff(ctx context.Context, s Services) error {
	made, admins := map[string]accounts.Account{}, map[string]accounts.Account{} // by log-in name, by organisation
	for _, d := range w.Staff {
		acc, err := s.Accounts.ByLogin(ctx, d.Login)
		if err != nil {
			return fmt.Errorf("%s: %w", d.Login, err)
		}
		if made[d.Login] = acc; acc.Role == accounts.Admin {
			admins[acc.Org] = acc
		}
	}
	for i, m := range w.served.staff() {
		if m.Papers.Name == "" {
			continue
		}
		acc := made[m.Login]
		p, err := s.Practitioners.Apply(ctx, sqlstore.Command{}, acc, m.Papers)
		if errors.Is(err, practitioners.ErrRegistered) {
			err = nil
		} else if err == nil {
			if err = s.Patients.EnterStaff(ctx, sqlstore.Command{}, admins[acc.Org], acc.Person,
				identity.Identity{IDNumber: StaffNumber(i)}); err != nil {
				return fmt.Errorf("%s: %w", m.Login, err)
			}
			_, err = s.Practitioners.Approve(ctx, sqlstore.Command{}, admins[acc.Org], acc.Person, p.Version)
		}
		if err == nil && m.Role == accounts.Doctor {
			_, err = s.Practitioners.SetHours(ctx, sqlstore.Command{}, acc.Person, nil, hoursOf(i))
			if about, ok := about[m.Login]; ok && err == nil && p.State != practitioners.Approved {
				_, err = s.Practitioners.SetAbout(ctx, sqlstore.Command{}, acc.Person, about)
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", m.Login, err)
		}
	}
	return nil
}
