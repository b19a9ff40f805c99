package demo

import (
	"context"
	"fmt"

	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
)

// SeedCards makes the patients known to the sandbox bureau; their profiles must be there.
func (w *Ward) SeedCards(ctx context.Context, sandbox *insurersandbox.Bureau, profiles *patients.Service) error {
	for i, p := range w.served.patients() {
		holder := bureau.Holder{Name: p.Name, IDNumber: p.IDNumber()}
		err := sandbox.AddPerson(ctx, insurersandbox.Person{Holder: holder, Insutype: p.insutype,
			ECToken: w.Patients[i].ECToken, Balance: p.balance, Deductible: p.spent})
		if card := w.Patients[i].Child; err == nil && card != nil {
			err = w.childCard(ctx, sandbox, profiles, w.people[p.User], card.ECToken)
		}
		if err != nil {
			return fmt.Errorf("%s at the bureau: %w", p.User, err)
		}
	}
	return nil
}

func (w *Ward) childCard(ctx context.Context, sandbox *insurersandbox.Bureau, profiles *patients.Service,
	guardian, token string) error {
	family, err := profiles.Family(ctx, guardian)
	if err != nil {
		return err
	}
	for _, child := range family {
		profile, err := profiles.Get(ctx, guardian, child.Person)
		if err != nil {
			return err
		}
		holder := bureau.Holder{Name: profile.Identity.Name, IDNumber: profile.Identity.IDNumber}
		person := insurersandbox.Person{Holder: holder, Insutype: bureau.Resident, ECToken: token}
		if err := sandbox.AddPerson(ctx, person); err != nil {
			return err
		}
	}
	return nil
}
