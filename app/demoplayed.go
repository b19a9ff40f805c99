package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/demoward"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// seedPlayed puts the played doctors into office. Nobody logs in as one of them: their passwords
// are drawn and forgotten. An older demo gets them as well.
func (a *App) seedPlayed(ctx context.Context) error {
	if len(a.Served(chain.OrgHospital)) == 0 {
		return nil
	}
	admin, err := a.accounts.ByLogin(ctx, "admin")
	if err != nil {
		return err
	}
	ward := &demoward.Ward{Visits: a.consultations, Presence: a.practitioners, Now: time.Now, Log: a.Log}
	for i, d := range demoward.Doctors {
		acc, err := a.seedPlayedDoctor(ctx, admin, d, i)
		if err != nil {
			return fmt.Errorf("%s: %w", d.Login, err)
		}
		ward.People = append(ward.People, acc.Person)
	}
	a.played = ward
	return nil
}

func (a *App) seedPlayedDoctor(ctx context.Context, admin accounts.Account, d demoward.Doctor,
	n int) (accounts.Account, error) {
	acc, err := a.accounts.ByLogin(ctx, d.Login)
	if errors.Is(err, accounts.ErrNotFound) {
		acc, err = a.accounts.CreateStaff(ctx, sqlstore.Command{}, accounts.NewStaff{Login: d.Login,
			Password: rand.Text(), Role: accounts.Doctor, Org: a.Cfg.Hospital, Settled: true})
	}
	if err != nil {
		return acc, err
	}
	p, err := a.practitioners.Apply(ctx, sqlstore.Command{}, acc, d.Papers)
	if errors.Is(err, practitioners.ErrRegistered) {
		return acc, nil
	}
	if err != nil {
		return acc, err
	}
	number := identity.Identity{IDNumber: identity.MakeIDNumber(demo.Region,
		time.Date(1980, 5, 1+n, 12, 0, 0, 0, time.UTC), 901+n)}
	if err := a.patients.EnterStaff(ctx, sqlstore.Command{}, admin, acc.Person, number); err != nil {
		return acc, err
	}
	if _, err := a.practitioners.Approve(ctx, sqlstore.Command{}, admin, acc.Person, p.Version); err != nil {
		return acc, err
	}
	_, err = a.practitioners.SetAbout(ctx, sqlstore.Command{}, acc.Person, d.About)
	return acc, err
}

// playDoctors runs the demo's played doctors; strict mode has none.
func (a *App) playDoctors(ctx context.Context) error {
	if !a.Cfg.Demo || a.played == nil {
		return nil
	}
	return a.played.Run(ctx)
}
