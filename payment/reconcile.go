package payment

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Reconcile finishes what a crash, a time-out or a lost race left: it refunds prescriptions that are due, and takes every settlement
// whose next look is at or before now as far as it goes, at most limit of each. It returns how many it looked at. One that
// fails does not stop the others; the errors come back joined.
func (s *Service) Reconcile(ctx context.Context, now time.Time, limit int) (looked int, err error) {
	due, err := s.Prescriptions.RefundDue(ctx, limit)
	errs := []error{err}
	for _, rx := range due {
		errs = append(errs, s.Refund(ctx, rx, "prescription cancelled or expired"))
		looked++
	}
	var rows []Row
	err = s.Store.Read(ctx, func(tx Tx) (err error) {
		rows, err = tx.Settlements.Due(now, limit)
		return err
	})
	errs = append(errs, err)
	for _, r := range rows {
		if ctx.Err() != nil {
			return looked, ctx.Err()
		}
		errs = append(errs, s.resume(ctx, r, now))
		looked++
	}
	return looked, errors.Join(errs...)
}

// resume takes the row's lease first, so that of several processes one asks the insurer.
func (s *Service) resume(ctx context.Context, r Row, now time.Time) error {
	r.NextTry = now.Add(Lease)
	err := s.Store.Write(ctx, func(tx Tx) error { return tx.Settlements.Update(r) })
	if errors.Is(err, ErrConflict) {
		return nil
	}
	if err == nil {
		err = s.advance(ctx, r.ID, false)
	}
	if err != nil {
		return fmt.Errorf("settlement %s: %w", r.ID, err)
	}
	return nil
}
