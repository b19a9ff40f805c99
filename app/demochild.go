package app

import (
	"context"
	"time"

	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
)

// demoChild is a child of four whom a demo patient manages, with a diagnosis of the hospital: a
// paediatrician may follow it up.
var demoChild = struct {
	parent, name, prior string
	age, serial         int
	grams               int64
}{"patient-02", "周乐乐", "J06.9", 4, 413, 16_200}

// seedChild makes the child's profile, record and insurance. Every step finds what is there
// already.
func (a *App) seedChild(ctx context.Context, guardian, ecToken string) error {
	child, err := a.familyChild(ctx, guardian)
	if err != nil {
		return err
	}
	if !child.Health.AllergiesAsked {
		child.Health.AllergiesAsked = true
		child.Health.WeightGrams, child.Health.WeighedOn = demoChild.grams,
			time.Now().AddDate(0, 0, -1).Format(time.DateOnly)
		if child, err = a.patients.Update(ctx, sqlstore.Command{}, guardian, child.Person,
			patients.Update{Health: child.Health, Version: child.Version}); err != nil {
			return err
		}
	}
	if len(child.Prior) == 0 {
		if err := a.seedPrior(ctx, child.Person, demoChild.prior); err != nil {
			return err
		}
	}
	profile, err := a.patients.Get(ctx, guardian, child.Person)
	if err != nil {
		return err
	}
	holder := payment.Holder{Name: profile.Identity.Name, IDNumber: profile.Identity.IDNumber}
	return a.bureau.AddPerson(ctx, insurersandbox.Person{Holder: holder, Insutype: payment.Resident, ECToken: ecToken})
}

// familyChild finds the child, or adds it.
func (a *App) familyChild(ctx context.Context, guardian string) (patients.View, error) {
	family, err := a.patients.Family(ctx, guardian)
	if err != nil || len(family) > 0 {
		return append(family, patients.View{})[0], err
	}
	now := time.Now()
	id := identity.MakeIDNumber(demoRegion, now.AddDate(-demoChild.age, -1, 0), demoChild.serial)
	facts, err := identity.ParseIDNumber(id, now)
	if err != nil {
		return patients.View{}, err
	}
	return a.patients.AddChild(ctx, sqlstore.Command{}, guardian,
		patients.Child{Relation: "parent", Identity: identity.Identity{
			Name: demoChild.name, Sex: facts.Sex, BirthDate: facts.Birth.Format(time.DateOnly), IDNumber: id,
		}})
}
