package payment

import (
	"context"
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// Refund gives the money of a cancelled or expired prescription back, all of it, component by
// component. A settlement still open is reversed. The decision is stored before the insurer is
// called; when the insurer's outcome is unknown Reconcile finishes it and Refund returns nil.
// Nothing to give back is no error; repeating is harmless.
func (s *Service) Refund(ctx context.Context, rx, reason string) error {
	id, err := s.decideRefund(ctx, rx, reason)
	if errors.Is(err, ErrConflict) {
		return nil // somebody took a step just now; the sweep comes again
	}
	if err != nil || id == "" {
		return err
	}
	return s.advance(ctx, id, false)
}

// decideRefund stores the decision and returns the number to go on with, empty when there is
// nothing to do: a refund that is under way has its own pace, and Reconcile finds it when its time
// has come.
func (s *Service) decideRefund(ctx context.Context, rx, reason string) (id string, err error) {
	err = s.Store.Write(ctx, func(tx Tx) error {
		id = ""
		rows, err := tx.Settlements.Of(rx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if !r.Status.Blocks() && r.Status != Refunded {
				continue
			}
			if r.Status == Reversing || r.Status == Refunding {
				return nil
			}
			id = r.ID
			return s.startBack(tx, r, reason)
		}
		return nil
	})
	return id, err
}

func (s *Service) startBack(tx Tx, r Row, reason string) error {
	st, err := FromStoreOnly(r)
	if err != nil {
		return err
	}
	switch r.Status {
	case Settled:
		err = st.startRefund(reason, s.Now())
	case Opened:
		err = st.reverse(reason, s.Now())
	case Refunded: // the prescription room asks although it was told: tell it again
		st.row.Told = false
	}
	if err != nil {
		return err
	}
	return tx.Settlements.Update(st.row)
}

// giveBack asks before it acts, because this may be the second time; and books the refund when
// exactly what was paid went back.
func (s *Service) giveBack(ctx context.Context, st *Settlement) (bool, error) {
	paid := st.row.Split.Parts()
	ans, err := s.Insurer.Query(ctx, st.row.ID)
	if err == nil && ans.State == bureau.OrderSettled {
		ans, err = s.Insurer.Refund(ctx,
			bureau.RefundOrder{Number: st.row.ID, Refund: RefundNumber(st.row.ID), Parts: &paid})
	}
	s.watch(st, err)
	switch {
	case err == nil && ans.State == bureau.OrderRefunded && ans.Refunded == paid:
		if err := st.refunded(ans.RefundAt, s.Now()); err != nil {
			return false, err
		}
		st.row.Watch = false // the insurer's own word
		return true, s.book(ctx, st, chain.KindPayRefund)
	case err == nil:
		s.alarm(st, "insurer-other-amounts",
			fmt.Sprintf("refund: the insurer's order is %s with other amounts than were paid", ans.State))
	case errors.Is(err, money.ErrDishonest):
		s.alarm(st, "insurer-dishonest", err.Error())
	case errors.Is(err, bureau.ErrRefused), errors.Is(err, bureau.ErrUnknownOrder):
		s.alarm(st, "refund-refused", err.Error())
	}
	return false, s.postpone(ctx, st)
}

func (s *Service) tellRefunded(ctx context.Context, st *Settlement) error {
	if err := s.Prescriptions.MarkRefunded(ctx, st.row.Rx, st.row.ID); err != nil {
		return s.postpone(ctx, st)
	}
	if err := st.tell(); err != nil {
		return err
	}
	st.watchFrom(s.Now())
	return s.save(ctx, st)
}
