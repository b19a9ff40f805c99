package payment

import (
	"context"
	"time"

	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/payment/money"
)

// View is a settlement as its patient sees it.
type View struct {
	ID         string      `json:"id" example:"ST20261122170838139661"`
	Rx         string      `json:"prescription" example:"RX20261122442427997927"`
	Status     Status      `json:"status" example:"settled"`
	Policy     string      `json:"policy" example:"demo-310-2026"`
	Fees       money.Fees  `json:"fees"`
	Split      money.Split `json:"split"`
	Order      string      `json:"order,omitempty" example:"MO20261122170838139661"` // the insurer's number
	Reason     string      `json:"reason,omitempty" example:"prescription cancelled or expired"`
	OpenedAt   time.Time   `json:"openedAt"`
	SettledAt  time.Time   `json:"settledAt,omitzero"`
	RefundedAt time.Time   `json:"refundedAt,omitzero"`
}

func view(r Row) *View {
	return &View{ID: r.ID, Rx: r.Rx, Status: r.Status, Policy: r.Policy, Fees: r.Fees, Split: r.Split, Order: r.Order,
		Reason:   r.Reason,
		OpenedAt: r.OpenedAt, SettledAt: r.SettledAt, RefundedAt: r.RefundedAt}
}

// shownTo: the patient, and who is its guardian now. Who paid as a guardian sees no more of it once
// the child came of age.
func (r Row) shownTo(actor intent.Actor) bool { return actor.ActsFor(r.Person) }

// Get shows the patient a settlement: ErrInvalid for a mistyped number, ErrNotFound also for a
// stranger's.
func (s *Service) Get(ctx context.Context, actor intent.Actor, id string) (*View, error) {
	r, err := s.own(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return view(r), nil
}

// Of lists the settlements of the patient's prescription, newest first; a stranger sees an empty
// list.
func (s *Service) Of(ctx context.Context, actor intent.Actor, rx string) ([]View, error) {
	views := []View{}
	err := s.Store.Read(ctx, func(tx Tx) error {
		rows, err := tx.Settlements.Of(rx)
		for _, r := range rows {
			if r.shownTo(actor) {
				views = append(views, *view(r))
			}
		}
		return err
	})
	return views, err
}

// Events lists what the settlement's records commit to, for checking offline. Errors are Get's.
func (s *Service) Events(ctx context.Context, actor intent.Actor, id string) (events []Event, err error) {
	if _, err := s.own(ctx, actor, id); err != nil {
		return nil, err
	}
	err = s.Store.Read(ctx, func(tx Tx) error {
		events, err = tx.Events.Of(id)
		return err
	})
	return events, err
}

func (s *Service) own(ctx context.Context, actor intent.Actor, id string) (Row, error) {
	if err := CheckNumber(id); err != nil {
		return Row{}, err
	}
	st, err := s.load(ctx, id)
	if err != nil {
		return Row{}, err
	}
	if !st.row.shownTo(actor) {
		return Row{}, ErrNotFound
	}
	return st.row, nil
}

func (s *Service) load(ctx context.Context, id string) (*Settlement, error) {
	var row Row
	err := s.Store.Read(ctx, func(tx Tx) (err error) {
		row, err = tx.Settlements.Get(id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return FromStoreOnly(row)
}
