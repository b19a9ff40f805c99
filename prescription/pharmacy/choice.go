package pharmacy

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/stock"
	"github.com/smart-hospital/hospital/prescription/view"
)

// choosable are the statuses in which the medicine has no holder yet.
var choosable = []prescription.Status{prescription.Signed, prescription.Approved, prescription.Paid}

// Choose keeps the patient's choice, or another one instead, until a pharmacy claims: ErrRole,
// ErrBadID, ErrNotFound, ErrStatus. That the pharmacy is one is the caller's to know.
func (s *Shelves) Choose(ctx context.Context, a intent.Actor, cmd sqlstore.Command, id,
	pharmacy string) (*lifecycle.Choice, error) {
	if a.Role != chain.RolePatient {
		return nil, prescription.ErrRole
	}
	c, _, err := sqlstore.Answer[*lifecycle.Choice](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		p, err := s.Load(tx, id)
		if err != nil {
			return nil, err
		}
		if lifecycle.MaySee(a, p, "").Sight != lifecycle.Everything {
			return nil, prescription.ErrNotFound
		}
		if !slices.Contains(choosable, p.Status()) {
			return nil, fmt.Errorf("%w: a pharmacy is chosen before one has claimed", prescription.ErrStatus)
		}
		c := lifecycle.Choice{Pharmacy: pharmacy, At: s.Time()}
		return c, s.Store.Choose(tx, p.ID(), c)
	}))
	return c, err
}

// Incoming is a prescription whose patient means to come. A pharmacy without the pick-up code may
// know that somebody comes, until when, and whether its shelf will do: not who, and not which
// drugs.
type Incoming struct {
	ID        prescription.ID `json:"id" example:"RX20261122012345678947"`
	ChosenAt  time.Time       `json:"chosenAt"`
	ExpiresAt time.Time       `json:"expiresAt" doc:"End of its validity, exclusive"`
	Items     int             `json:"items" doc:"Number of drugs" example:"2"`
	Complete  bool            `json:"complete" doc:"Everything is in stock; only a claim reserves"`
}

// Incoming lists the paid prescriptions whose patients chose the actor's pharmacy, longest chosen
// first, at most MaxListed, by so many statements however many there are: ErrRole.
func (s *Shelves) Incoming(ctx context.Context, a intent.Actor) ([]Incoming, error) {
	if a.Role != chain.RoleDispenser || a.Org == "" {
		return nil, prescription.ErrRole
	}
	db := s.DB.WithContext(ctx)
	chosen, err := s.Store.ChosenBy(db, a.Org, s.Time(), lifecycle.MaxListed)
	if err != nil {
		return nil, err
	}
	ids := make([]prescription.ID, len(chosen))
	for i, c := range chosen {
		ids[i] = c.ID
	}
	all, err := s.Store.LoadAll(db, ids)
	if err != nil {
		return nil, err
	}
	var drugs []string
	for _, p := range all {
		drugs = append(drugs, stock.Drugs(p.State().Items)...)
	}
	slices.Sort(drugs) // in one order, so that the statement has one text
	lines, err := s.shelf(db, a.Org, slices.Compact(drugs))
	if err != nil {
		return nil, err
	}
	out := []Incoming{}
	for _, c := range chosen {
		p := all[c.ID]
		if p == nil || p.Status() != prescription.Paid { // unreadable; claimed or cancelled between the two looks
			continue
		}
		out = append(out, Incoming{ID: c.ID, ChosenAt: c.At, ExpiresAt: p.State().ExpiresAt.UTC(),
			Items:    len(p.State().Items),
			Complete: len(stock.Lacking(p.State().Items, lines)) == 0})
	}
	return out, nil
}

// AddChoice adds the choice to a view that shows the contents.
func (s *Shelves) AddChoice(db *gorm.DB, p *lifecycle.Prescription, v *view.View) (err error) {
	if v.Content != nil {
		v.Content.Choice, err = s.Store.Choice(db, p.ID())
	}
	return err
}
