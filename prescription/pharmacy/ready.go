package pharmacy

import (
	"context"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/stock"
)

// Waiting are the statuses of what waits at a counter: paid, and not over.
var Waiting = slices.DeleteFunc(prescription.Paid.Onwards(), prescription.Status.Final)

// Ready is a prescription of a patient who stands at the counter: one that this pharmacy holds, or
// one for which the patient chose it. Without the pick-up code the second names no drug.
type Ready struct {
	ID        prescription.ID     `json:"id" example:"RX20261122012345678947"`
	Status    prescription.Status `json:"status" doc:"paid: the patient shows the pick-up code; claimed: this pharmacy holds it"`
	ReadyAt   *time.Time          `json:"readyAt,omitempty" doc:"When the pharmacy said that it can be fetched"`
	ExpiresAt time.Time           `json:"expiresAt" doc:"End of its validity, exclusive"`
	Items     int                 `json:"items" doc:"Number of drugs" example:"2"`
	Complete  bool                `json:"complete" doc:"Everything is in stock, or reserved by the claim"`
}

// ReadyFor lists what waits at the actor's pharmacy for a patient, by all ids the patient has and
// had: ErrRole. What another pharmacy holds, or was chosen for, is not there.
func (s *Shelves) ReadyFor(ctx context.Context, a intent.Actor, patient []string) ([]Ready, error) {
	if a.Role != chain.RoleDispenser || a.Org == "" || len(patient) == 0 {
		return nil, prescription.ErrRole
	}
	db := s.DB.WithContext(ctx)
	found, err := s.Store.Page(db, lifecycle.Filter{Patients: patient, Limit: lifecycle.MaxListed,
		Statuses: Waiting})
	if err != nil {
		return nil, err
	}
	out := []Ready{}
	for _, p := range found.Items {
		state := p.State()
		line := Ready{ID: p.ID(), Status: p.Status(), ExpiresAt: state.ExpiresAt.UTC(), Items: len(state.Items)}
		if p.Status() == prescription.Claimed {
			if state.Claim.Pharmacy != a.Org {
				continue
			}
			if at := state.Claim.ReadyAt; !at.IsZero() {
				line.ReadyAt = &at
			}
			line.Complete = true
			out = append(out, line)
			continue
		}
		choice, err := s.Store.Choice(db, p.ID())
		if err != nil {
			return nil, err
		}
		if choice == nil || choice.Pharmacy != a.Org || p.Lapsed(s.Time()) {
			continue
		}
		shelf, err := s.shelf(db, a.Org, stock.Drugs(state.Items))
		if err != nil {
			return nil, err
		}
		line.Complete = len(stock.Lacking(state.Items, shelf)) == 0
		out = append(out, line)
	}
	return out, nil
}
