package app

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/closing"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/room"
	paymentstore "github.com/smart-hospital/hospital/payment/gormstore"
)

// newClosing plugs the rooms into what ends an account.
func (a *App) newClosing() *closing.Service {
	return closing.New(closing.Config{
		DB: a.DB, Accounts: a.accounts, CoolingOff: a.Cfg.CoolingOff, Hindrances: a.underWay,
		Keys: a.keyring.Leaving, Leave: a.leave, Log: a.Log, Now: time.Now,
		Keeps: []closing.Kept{{What: "records", Years: a.Cfg.KeepRecords}, {What: "prescriptions", Years: a.Cfg.KeepRx},
			{What: "payments", Years: a.Cfg.KeepBills}, {What: "accesses", Years: a.Cfg.KeepRecords}, {What: "chain"}},
	})
}

// underWay are what a person's account still has under way, in all rooms.
func (a *App) underWay(tx *gorm.DB, person string) ([]closing.Hindrance, error) {
	selves, err := a.patients.Selves(tx, person)
	if err != nil {
		return nil, err
	}
	return room.Hindrances(a, rooms, tx, person, selves)
}

// leave deletes what the rooms hold of an account beside its record.
func (a *App) leave(tx *gorm.DB, acc accounts.Account) error {
	return room.Leave(a, rooms, tx, acc)
}

func (a *App) wards(tx *gorm.DB, person string, _ []string) ([]string, error) {
	return a.patients.WardsOf(tx, person)
}

func (a *App) openVisits(tx *gorm.DB, _ string, selves []string) ([]string, error) {
	return a.consultations.OpenOf(tx, closing.MaxHindrances, selves...)
}

func (a *App) inForce(tx *gorm.DB, _ string, selves []string) (ids []string, err error) {
	list, err := a.prescriptions.InForce(tx, closing.MaxHindrances, selves...)
	for _, id := range list {
		ids = append(ids, string(id))
	}
	return ids, err
}

func (a *App) moneyUnderWay(tx *gorm.DB, _ string, selves []string) ([]string, error) {
	return paymentstore.UnderWay(tx, closing.MaxHindrances, selves...)
}

func (a *App) leaveRecord(tx *gorm.DB, acc accounts.Account) error {
	return a.patients.Leave(tx, acc.Person)
}

func (a *App) unbindCard(tx *gorm.DB, acc accounts.Account) error {
	return paymentstore.Unbind(tx, acc.Person)
}

func (a *App) forgetNotices(tx *gorm.DB, acc accounts.Account) error {
	return notice.Forget(tx, acc.ID)
}

// closeAccounts ends the accounts whose cooling-off period is over.
func (a *App) closeAccounts(ctx context.Context, now time.Time) error { return a.closing.Run(ctx, now) }
