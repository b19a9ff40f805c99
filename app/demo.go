package app

import (
	"context"
	"fmt"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/chain"
)

// openDemo makes the ward at the first start, each room its own part.
func (a *App) openDemo(ctx context.Context) (err error) {
	if !a.cfg.Demo {
		return nil
	}
	if a.demo, err = a.loadWard(); err != nil {
		return fmt.Errorf("demo ward: %w", err)
	}
	// another instance may start at the same time
	return a.db.Alone(ctx, "demo", func() error { return a.seed(ctx) })
}

// loadWard reads the ward, for the organisations served here.
func (f *foundation) loadWard() (*demo.Ward, error) {
	return demo.Load(f.cfg.Data, demo.Served{Hospital: f.cfg.Hospital, Hospitals: f.served(chain.OrgHospital),
		Pharmacies: f.served(chain.OrgPharmacy)})
}

func (a *App) seed(ctx context.Context) error {
	switch mark, err := a.mark(ctx); {
	case err != nil:
		return err
	case mark == "seeded:"+a.demo.ID:
		return a.demoAccounts(ctx) // those that a newer program has more
	case mark != "" && mark != "seeding:"+a.demo.ID:
		return fmt.Errorf("%w of another data folder; give each its own database", ErrDemoData)
	}
	if err := a.setMark(ctx, "seeding:"+a.demo.ID); err != nil {
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
	return a.setMark(ctx, "seeded:"+a.demo.ID)
}

func (a *App) demoServices() demo.Services {
	return demo.Services{Accounts: a.accounts, Patients: a.patients, Practitioners: a.practitioners}
}

func (a *App) demoAccounts(ctx context.Context) error {
	return a.demo.SeedAccounts(ctx, a.accounts, a.patients)
}

func (a *App) demoStaff(ctx context.Context) error { return a.demo.SeedStaff(ctx, a.demoServices()) }

func (a *App) demoPatients(ctx context.Context) error {
	return a.demo.SeedPatients(ctx, a.demoServices(), a.wechatSandbox, a.orgName(a.cfg.Hospital))
}

func (a *App) demoStock(ctx context.Context) error {
	return a.demo.SeedStock(ctx, a.prescriptions, a.catalogue)
}

func (a *App) demoCards(ctx context.Context) error {
	return a.demo.SeedCards(ctx, a.bureau, a.patients)
}

// demoAdministrators are the ward's of an organisation: see keys.Service.AtOnce.
func (a *App) demoAdministrators(org string) []accounts.Account {
	return a.demo.Administrators(a.accounts, org)
}
