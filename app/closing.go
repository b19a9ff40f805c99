package app

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/closing"
	"github.com/smart-hospital/hospital/app/notice"
	paymentstore "github.com/smart-hospital/hospital/payment/gormstore"
)

// newClosing plugs the rooms into what ends an account.
func (a *App) newClosing() *closing.Service {
	return closing.New(closing.Config{
		DB: a.DB, Accounts: a.accounts, CoolingOff: a.Cfg.CoolingOff, Hindrances: a.hindrances,
		Keys: a.keyring.Leaving, Leave: a.leave, Log: a.Log, Now: time.Now,
		Keeps: []closing.Kept{{What: "records", Years: a.Cfg.KeepRecords}, {What: "prescriptions", Years: a.Cfg.KeepRx},
			{What: "payments", Years: a.Cfg.KeepBills}, {What: "accesses", Years: a.Cfg.KeepRecords}, {What: "chain"}},
	})
}

// hindrances are what a person's account still has under way.
func (a *App) hindrances(tx *gorm.DB, person string) (list []closing.Hindrance, err error) {
	add := func(kind closing.Kind, ids []string) {
		for _, id := range ids {
			list = append(list, closing.Hindrance{Kind: kind, ID: id})
		}
	}
	people, wards, err := a.patients.Selves(tx, person)
	if err != nil {
		return nil, err
	}
	visits, err := a.consultations.OpenOf(tx, closing.MaxHindrances, people...)
	if err != nil {
		return nil, err
	}
	add(closing.Visit, visits)
	prescribed, err := a.prescriptions.InForce(tx, closing.MaxHindrances, people...)
	if err != nil {
		return nil, err
	}
	for _, id := range prescribed {
		list = append(list, closing.Hindrance{Kind: closing.Prescription, ID: string(id)})
	}
	money, err := paymentstore.UnderWay(tx, closing.MaxHindrances, people...)
	if err != nil {
		return nil, err
	}
	add(closing.Payment, money)
	add(closing.Guardian, wards)
	return list, nil
}

// leave deletes what the rooms hold of an account beside its record.
func (a *App) leave(tx *gorm.DB, acc accounts.Account) error {
	if err := a.patients.Leave(tx, acc.Person); err != nil {
		return err
	}
	if err := paymentstore.Unbind(tx, acc.Person); err != nil {
		return err
	}
	return notice.Forget(tx, acc.ID)
}

// closeAccounts ends the accounts whose cooling-off period is over.
func (a *App) closeAccounts(ctx context.Context, now time.Time) error { return a.closing.Run(ctx, now) }
