package payment

import (
	"context"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment/money"
)

// outcome is the document of the hospital's own records: pay.settle, pay.fail and pay.refund.
type outcome struct {
	Settlement string       `json:"settlement"`
	Rx         string       `json:"prescription"`
	Status     Status       `json:"status"`
	Order      string       `json:"order,omitempty"` // the insurer's number
	Policy     string       `json:"policy"`
	Unit       string       `json:"unit"`
	Split      money.Split  `json:"split"`
	Refund     string       `json:"refund,omitempty"` // refund number
	Refunded   *money.Parts `json:"refunded,omitempty"`
	Reason     string       `json:"reason,omitempty"`
	InsurerAt  time.Time    `json:"insurerAt,omitzero"` // by the insurer's books
}

// record makes the hospital's own record of a step just taken; nobody signs these in person.
func (s *Service) record(ctx context.Context, st *Settlement, kind chain.Kind) (act.Signed, error) {
	r := st.row
	doc := outcome{Settlement: r.ID, Rx: r.Rx, Status: r.Status, Order: r.Order, Policy: r.Policy, Unit: "fen",
		Split: r.Split, Reason: r.Reason, InsurerAt: r.SettledAt}
	if kind == chain.KindPayRefund {
		parts := r.Split.Parts()
		doc.Refund, doc.Refunded, doc.InsurerAt = RefundNumber(r.ID), &parts, r.RefundedAt
	}
	signed, err := s.room().Sealed(ctx,
		intent.Draft{Kind: kind, Subject: Subject(r.ID), Seq: r.Seq, Org: s.Hospital, Document: doc}, s.Now())
	if err != nil {
		err = fmt.Errorf("settlement %s: %w", r.ID, err)
	}
	return signed, err
}

// append writes the event and the outbox entry in the caller's transaction.
func (s *Service) append(tx Tx, st *Settlement, signed act.Signed) error {
	if err := tx.Events.Add(Event{Settlement: st.row.ID, Seq: st.row.Seq, Kind: signed.Statement.Kind,
		Record: signed.Record.ID(), Document: signed.Document, Salt: signed.Salt, At: signed.Taken}); err != nil {
		return err
	}
	return tx.Log.Append(Lane(st.row.Rx), signed)
}

// keepExchanges is how many of a settlement are kept: the newest.
const keepExchanges = 20

// save stores a step the chain does not hear of. ErrConflict when somebody else took one first. The
// settlement is used up: whoever goes on reads it again. So it is after book.
func (s *Service) save(ctx context.Context, st *Settlement) error {
	return s.Store.Write(ctx, func(tx Tx) error {
		if err := tx.Settlements.Update(st.row); err != nil {
			return err
		}
		if !st.row.Status.InsurersTurn() && !st.row.Watch {
			return nil
		}
		return tx.Evidence.Add(st.row.ID, st.heard, keepExchanges)
	})
}

// book stores a step together with its record.
func (s *Service) book(ctx context.Context, st *Settlement, kind chain.Kind) error {
	signed, err := s.record(ctx, st, kind)
	if err != nil {
		return err
	}
	_, err = s.room().Store(ctx, sqlstore.Command{}, func(tx Tx) error {
		if err := tx.Settlements.Update(st.row); err != nil {
			return err
		}
		return s.append(tx, st, signed)
	}, nil)
	return err
}
