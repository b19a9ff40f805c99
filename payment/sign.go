package payment

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/sqlstore"
)

type settlementRef struct {
	Settlement string `json:"settlement"`
}

// Sign takes the patient's signature over the intent. The settlement is opened and its record
// appended in one transaction; then the insurer is called, outside of any. What comes back is where
// the settlement stands: settled, failed, or opened when the insurer's outcome is unknown, which is
// no error: Reconcile finishes it. A split prepared on another day in China is ErrStale. Errors:
// ErrNotFound, ErrNotPayable, ErrStale, ErrPaidAlready, those of intent, sqlstore.ErrKeyReused.
func (s *Service) Sign(ctx context.Context, actor intent.Actor, cmd sqlstore.Command, intentID string,
	sig []byte) (*View, error) {
	opened, seq, event, rec, refused := s.authorised(ctx, actor, intentID, sig)
	answer, replayed, err := s.Store.Once(ctx, cmd, func(tx Tx) (any, error) {
		if refused != nil {
			return nil, refused
		}
		// The prescription may have been withdrawn since it was judged. The chain would refuse the
		// payment after that, while the money moves.
		switch last, err := tx.Records.LastSeq(Lane(opened.row.Rx)); {
		case err != nil:
			return nil, err
		case last != seq:
			return nil, fmt.Errorf("%w: prescription %s", ErrStale, opened.row.Rx)
		}
		if err := withinLimits(tx, opened.row); err != nil {
			return nil, err
		}
		if err := tx.Intents.Consume(intentID); err != nil {
			return nil, err
		}
		if err := tx.Settlements.Insert(opened.row); err != nil {
			return nil, err
		}
		return settlementRef{opened.row.ID}, s.append(tx, opened, event, rec)
	})
	if err != nil {
		return nil, err
	}
	var ref settlementRef
	if err := json.Unmarshal(answer, &ref); err != nil {
		return nil, fmt.Errorf("payment: stored answer: %w", err)
	}
	if !replayed {
		s.Kick()
		if err := s.advance(ctx, ref.Settlement, true); err != nil {
			return nil, err
		}
	}
	return s.Get(ctx, actor, ref.Settlement)
}

// Limits of what one person can put on the chain for ever by paying. A payment that failed may be
// tried again, and a family's bills are paid on one day; both stay far below.
const (
	MaxPerPrescription = 10
	MaxPerPayer        = 200 // opened within payerSpan
	payerSpan          = 24 * time.Hour
)

// withinLimits refuses a payment above the limits: ErrTooMany.
func withinLimits(tx Tx, r Row) error {
	before, err := tx.Settlements.Of(r.Rx)
	if err != nil {
		return err
	}
	today, err := tx.Settlements.Opened(r.Payer, r.OpenedAt.Add(-payerSpan))
	if err != nil {
		return err
	}
	if len(before) >= MaxPerPrescription || today >= MaxPerPayer {
		return ErrTooMany
	}
	return nil
}

// authorised checks everything again that may have changed since the intent was prepared. seq is
// the prescription's sequence it judged.
func (s *Service) authorised(ctx context.Context, actor intent.Actor, intentID string, sig []byte) (st *Settlement,
	seq uint64, ev Event, rec chain.Record, err error) {
	fail := func(err error) (*Settlement, uint64, Event, chain.Record, error) {
		return nil, 0, Event{}, chain.Record{}, err
	}
	in, doc, err := s.loadIntent(ctx, actor, intentID)
	if err != nil {
		return fail(err)
	}
	now := s.Now()
	seal, err := s.Seal()
	if err != nil {
		return fail(err)
	}
	if rec, err = in.Sign(ctx, actor.Cert, sig, seal); err != nil {
		return fail(err)
	}
	if !actor.Cert.ValidAt(now) { // the ledger would refuse the record after the money has moved
		return fail(fmt.Errorf("%w: the certificate is not valid now", ErrRole))
	}
	bill, err := s.bill(ctx, actor, doc.Rx)
	if err != nil {
		return fail(err)
	}
	// Policies, deductibles and limits are a day's or a year's: the split was computed with those
	// of the day it was prepared on.
	if Day(doc.At) != Day(now) {
		return fail(fmt.Errorf("%w: another day began", ErrStale))
	}
	if !slices.Equal(bill.Fees, doc.Fees) { // and so the total: Open holds it against the split's
		return fail(fmt.Errorf("%w: prescription %s", ErrStale, doc.Rx))
	}
	opened, err := Open(doc.Settlement, doc.Card, doc.Policy, actor.Name(), bill, doc.Split, now)
	if err != nil {
		return fail(err)
	}
	return opened, bill.Seq, Event{Settlement: doc.Settlement, Seq: 1, Kind: chain.KindPayOpen, Record: rec.ID(),
		Document: in.Document, Salt: in.Salt, At: now}, rec, nil
}

func (s *Service) loadIntent(ctx context.Context, actor intent.Actor, id string) (in *intent.Intent, doc authorisation,
	err error) {
	err = s.Store.Read(ctx, func(tx Tx) error {
		in, err = tx.Intents.Load(id)
		return err
	})
	if err != nil {
		return nil, doc, err
	}
	if in.Person != actor.Person || in.Action != ActionOpen {
		return nil, doc, ErrNotFound
	}
	if err := json.Unmarshal(in.Document, &doc); err != nil {
		return nil, doc, fmt.Errorf("payment: stored intent: %w", err)
	}
	return in, doc, nil
}
