package payment

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

type settlementRef struct {
	Settlement string `json:"settlement"`
}

// Sign takes the patient's signature over the intent. The settlement is opened and its record
// appended in one transaction; then the insurer is called, outside of any. What comes back is where
// the settlement stands: settled, failed, or opened when the insurer's outcome is unknown, which is
// no error: Reconcile finishes it. A split prepared on another day in China is ErrStale: policies,
// deductibles and limits are a day's or a year's. Errors: ErrNotFound, ErrNotPayable, ErrStale,
// ErrPaidAlready, those of act.Sign.
func (s *Service) Sign(ctx context.Context, actor intent.Actor, cmd sqlstore.Command, intentID string,
	sig []byte) (*View, error) {
	ref, replayed, err := act.Sign(ctx, s.room(), actor, cmd, intentID, sig,
		func(ctx context.Context, signed act.Signed) (act.Take[Tx, settlementRef], error) {
			opened, seq, err := s.authorised(ctx, actor, signed)
			return func(tx Tx) (settlementRef, error) {
				return settlementRef{opened.row.ID}, s.open(tx, opened, seq, signed)
			}, err
		})
	if err != nil {
		return nil, err
	}
	if !replayed {
		if err := s.advance(ctx, ref.Settlement, true); err != nil {
			return nil, err
		}
	}
	return s.Get(ctx, actor, ref.Settlement)
}

// open stores a settlement with its record; seq is the prescription's sequence it was judged by.
func (s *Service) open(tx Tx, opened *Settlement, seq uint64, signed act.Signed) error {
	// The prescription may have been withdrawn since it was judged. The chain would refuse the
	// payment after that, while the money moves.
	switch last, err := tx.Log.LastSeq(Lane(opened.row.Rx)); {
	case err != nil:
		return err
	case last != seq:
		return fmt.Errorf("%w: prescription %s", ErrStale, opened.row.Rx)
	}
	if err := withinLimits(tx, opened.row); err != nil {
		return err
	}
	if err := tx.Settlements.Insert(opened.row); err != nil {
		return err
	}
	return s.append(tx, opened, signed)
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
func (s *Service) authorised(ctx context.Context, actor intent.Actor, signed act.Signed) (st *Settlement, seq uint64,
	err error) {
	var doc authorisation
	if err := json.Unmarshal(signed.Document, &doc); err != nil {
		return nil, 0, fmt.Errorf("payment: stored intent: %w", err)
	}
	bill, err := s.bill(ctx, actor, doc.Rx)
	if err != nil {
		return nil, 0, err
	}
	if !slices.Equal(bill.Fees, doc.Fees) { // and so the total: Open holds it against the split's
		return nil, 0, fmt.Errorf("%w: prescription %s", ErrStale, doc.Rx)
	}
	st, err = Open(doc.Settlement, doc.Card, doc.Policy, actor.Name(), bill, doc.Split, signed.Taken)
	return st, bill.Seq, err
}
