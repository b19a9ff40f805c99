package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Reconcile finishes what a crash, a time-out or a lost race left: it refunds prescriptions that
// are due, and takes every settlement whose next look is at or before now as far as it goes, at
// most limit of each. It returns how many it looked at. One that fails does not stop the others;
// the errors come back joined.
func (s *Service) Reconcile(ctx context.Context, now time.Time, limit int) (looked int, err error) {
	owed, err := s.Prescriptions.RefundDue(ctx, limit)
	refunds := sqlstore.Each(ctx, owed, func(rx string) error {
		if !s.unrefunded.Due(rx, now) {
			return nil
		}
		looked++
		err := s.Refund(ctx, rx, "prescription cancelled or expired")
		s.unrefunded.Note(rx, now, err)
		if err != nil {
			return fmt.Errorf("refund of %s: %w", rx, err)
		}
		return nil
	})
	var due []Due
	unlisted := s.Store.Read(ctx, func(tx Tx) (err error) {
		due, err = tx.Settlements.Due(now, limit)
		return err
	})
	resumed := sqlstore.Each(ctx, due, func(d Due) error {
		looked++
		return s.resume(ctx, d, now)
	})
	return looked, errors.Join(err, refunds, unlisted, resumed)
}

// faultyPause is how long a settlement that cannot even be read is left alone. It keeps its place
// in the order by NextTry, so that however many there are, others come before them.
const faultyPause = 10 * time.Minute

// resume takes the row's lease first, so that of several processes one asks the insurer.
func (s *Service) resume(ctx context.Context, d Due, now time.Time) error {
	lease := func(until time.Time) error {
		return s.Store.Write(ctx, func(tx Tx) error { return tx.Settlements.Lease(d, until) })
	}
	err := lease(now.Add(Lease))
	if errors.Is(err, ErrConflict) {
		return nil
	}
	if err == nil {
		err = s.advance(ctx, d.ID, false)
	}
	if errors.Is(err, ErrStored) {
		d.Version++
		s.Alarm(Alarm{Kind: "unreadable", Settlement: d.ID, Detail: "a payment that is under way cannot be read"})
		if later := lease(now.Add(faultyPause)); !errors.Is(later, ErrConflict) {
			err = errors.Join(err, later)
		}
	}
	if err != nil {
		return fmt.Errorf("settlement %s: %w", d.ID, err)
	}
	return nil
}
