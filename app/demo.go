package app

import (
	"context"
	"fmt"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/chain"
)

// openDemo makes the ward at the first start, each room its own part.
func (a *App) openDemo(ctx context.Context) (err error) {
	if !a.Cfg.Demo {
		return nil
	}
	if a.demo, err = loadWard(&a.Installation); err != nil {
		return fmt.Errorf("demo ward: %w", err)
	}
	// another instance may start at the same time
	return a.DB.Alone(ctx, "demo", func() error {
		if err := a.seed(ctx); err != nil {
			return err
		}
		return a.seedPlayed(ctx)
	})
}

// loadWard reads the ward, for the organisations served here.
func loadWard(f *installation.Installation) (*demo.Ward, error) {
	return demo.Load(f.Cfg.Data, demo.Served{Hospital: f.Cfg.Hospital, Hospitals: f.Served(chain.OrgHospital),
		Pharmacies: f.Served(chain.OrgPharmacy)})
}

func (a *App) seed(ctx context.Context) error {
	switch mark, err := a.Mark(ctx); {
	case err != nil:
		return err
	case mark == "seeded:"+a.demo.ID:
		return a.demoAccounts(ctx) // those that a newer program has more
	case mark != "" && mark != "seeding:"+a.demo.ID:
		return fmt.Errorf("%w of another data folder; give each its own database", installation.ErrDemoData)
	}
	if err := a.SetMark(ctx, "seeding:"+a.demo.ID); err != nil {
		return err
	}
	for _, r := range rooms {
		if r.Demo == nil {
			continue
		}
		if err := r.Demo(a, ctx); err != nil {
			return fmt.Errorf("demo ward: %s: %w", r.Name, err)
		}
	}
	return a.SetMark(ctx, "seeded:"+a.demo.ID)
}

func (a *App) demoServices() demo.Services {
	return demo.Services{Accounts: a.accounts, Patients: a.patients, Practitioners: a.practitioners}
}

func (a *App) demoAccounts(ctx context.Context) error {
	return a.demo.SeedAccounts(ctx, a.accounts, a.patients)
}

func (a *App) demoStaff(ctx context.Context) error { return a.demo.SeedStaff(ctx, a.demoServices()) }

func (a *App) demoPatients(ctx context.Context) error {
	return a.demo.SeedPatients(ctx, a.demoServices(), a.WeChatSandbox, a.orgName(a.Cfg.Hospital))
}

func (a *App) demoStock(ctx context.Context) error {
	return a.demo.SeedStock(ctx, a.prescriptions, a.catalogue)
}

func (a *App) demoCards(ctx context.Context) error {
	return a.demo.SeedCards(ctx, a.Bureau, a.patients)
}

// demoAdministrators are the ward's of an organisation: see keys.Service.AtOnce.
func (a *App) demoAdministrators(org string) []accounts.Account {
	return a.demo.Administrators(a.accounts, org)
}
