package payment

import (
	"context"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
)

// outcome is the document of the hospital's own records: pay.settle, pay.fail and pay.refund.
type outcome struct {
	Settlement string    `json:"settlement"`
	Rx         string    `json:"prescription"`
	Status     Status    `json:"status"`
	Order      string    `json:"order,omitempty"` // the insurer's number
	Policy     string    `json:"policy"`
	Unit       string    `json:"unit"`
	Split      Split     `json:"split"`
	Refund     string    `json:"refund,omitempty"` // refund number
	Refunded   *Parts    `json:"refunded,omitempty"`
	Reason     string    `json:"reason,omitempty"`
	InsurerAt  time.Time `json:"insurerAt,omitzero"` // by the insurer's books
}

// record makes the hospital's own record of a step just taken; nobody signs these in person.
func (s *Service) record(ctx context.Context, st *Settlement, kind chain.Kind) (Event, chain.Record, error) {
	r := st.row
	doc := outcome{Settlement: r.ID, Rx: r.Rx, Status: r.Status, Order: r.Order, Policy: r.Policy, Unit: "fen",
		Split: r.Split, Reason: r.Reason, InsurerAt: r.SettledAt}
	if kind == chain.KindPayRefund {
		parts := r.Split.Parts()
		doc.Refund, doc.Refunded, doc.InsurerAt = RefundNumber(r.ID), &parts, r.RefundedAt
	}
	now := s.Now()
	seal, err := s.Seal()
	if err != nil {
		return Event{}, chain.Record{}, fmt.Errorf("settlement %s: %w", r.ID, err)
	}
	act, err := intent.New(s.Chain,
		intent.Draft{Kind: kind, Subject: Subject(r.ID), Seq: r.Seq, Cert: seal.Cert, Org: s.Hospital, Document: doc},
		now)
	if err != nil {
		return Event{}, chain.Record{}, fmt.Errorf("settlement %s: %w", r.ID, err)
	}
	rec, err := intent.SystemRecord(ctx, seal, act.Statement)
	if err != nil {
		return Event{}, chain.Record{}, fmt.Errorf("settlement %s: %w", r.ID, err)
	}
	return Event{Settlement: r.ID, Seq: r.Seq, Kind: kind, Record: rec.ID(), Document: act.Document, Salt: act.Salt,
		At: now}, rec, nil
}

// append writes the event and the outbox entry in the caller's transaction.
func (s *Service) append(tx Tx, st *Settlement, e Event, rec chain.Record) error {
	if err := tx.Events.Add(e); err != nil {
		return err
	}
	return tx.Records.Append(Lane(st.row.Rx), rec, e.At)
}

// save stores a step the chain does not hear of. ErrConflict when somebody else took one first.
func (s *Service) save(ctx context.Context, st *Settlement) error {
	err := s.Store.Write(ctx, func(tx Tx) error {
		if err := tx.Settlements.Update(st.row); err != nil {
			return err
		}
		if !st.row.Status.insurersTurn() && !st.row.Watch {
			return nil
		}
		return tx.Evidence.Add(st.row.ID, st.heard, keepExchanges)
	})
	if err != nil {
		return err
	}
	st.row.Version++
	st.heard = nil
	return nil
}

// book stores a step together with its record.
func (s *Service) book(ctx context.Context, st *Settlement, kind chain.Kind) error {
	e, rec, err := s.record(ctx, st, kind)
	if err != nil {
		return err
	}
	err = s.Store.Write(ctx, func(tx Tx) error {
		if err := tx.Settlements.Update(st.row); err != nil {
			return err
		}
		return s.append(tx, st, e, rec)
	})
	if err != nil {
		return err
	}
	st.row.Version++
	s.Kick()
	return nil
}
