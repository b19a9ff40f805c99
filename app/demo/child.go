package demo

import (
	"context"
	"time"

	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Child is a child of four whom a demo patient manages, with a diagnosis of the hospital: a
// paediatrician may follow it up.
var Child = struct {
	Parent, Name, Prior string
	Age, Serial         int
	Grams               int64
}{"patient-02", "周乐乐", "J06.9", 4, 413, 16_200}

// child makes the child's profile and record. Every step finds what is there already.
func (s Services) child(ctx context.Context, guardian, hospital string) error {
	child, err := s.familyChild(ctx, guardian)
	if err != nil {
		return err
	}
	if !child.Health.AllergiesAsked {
		child.Health.AllergiesAsked = true
		child.Health.WeightGrams, child.Health.WeighedOn = Child.Grams,
			time.Now().AddDate(0, 0, -1).Format(time.DateOnly)
		if child, err = s.Patients.Update(ctx, sqlstore.Command{}, guardian, child.Person,
			patients.Update{Health: child.Health, Version: child.Version}); err != nil {
			return err
		}
	}
	if len(child.Prior) > 0 {
		return nil
	}
	return s.prior(ctx, child.Person, Child.Prior, hospital)
}

// familyChild finds the child, or adds it.
func (s Services) familyChild(ctx context.Context, guardian string) (patients.View, error) {
	family, err := s.Patients.Family(ctx, guardian)
	if err != nil || len(family) > 0 {
		return append(family, patients.View{})[0], err
	}
	now := time.Now()
	id := identity.MakeIDNumber(Region, now.AddDate(-Child.Age, -1, 0), Child.Serial)
	facts, err := identity.ParseIDNumber(id, now)
	if err != nil {
		return patients.View{}, err
	}
	return s.Patients.AddChild(ctx, sqlstore.Command{}, guardian,
		patients.Child{Relation: "parent", Identity: identity.Identity{
			Name: Child.Name, Sex: facts.Sex, BirthDate: facts.Birth.Format(time.DateOnly), IDNumber: id,
		}})
}
