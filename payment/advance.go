package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// stepLimit bounds one run over a settlement: opened, settled, refunding, refunded, told, and a
// spare.
const stepLimit = 6

// insurerTime bounds one run's calls to the insurer. It is less than Lease, so that two processes
// seldom work on one row, and none of what they do depends on it.
const insurerTime = 25 * time.Second

// advance takes a settlement as far as it goes now. A step is: ask the insurer, outside any
// transaction; then store what came of it in one. fresh says that the insurer has certainly not
// been called for this number before. A lost race is no error: somebody else took the step.
func (s *Service) advance(ctx context.Context, id string, fresh bool) error {
	// The work goes on when the patient's phone hangs up: half a step would only be left to
	// Reconcile.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), insurerTime)
	defer cancel()
	for range stepLimit {
		st, err := s.load(ctx, id)
		if err != nil {
			return err
		}
		heard := func(e bureau.Exchange) { st.heard = append(st.heard, e) }
		more, err := s.step(bureau.WithExchanges(ctx, heard), st, fresh)
		if errors.Is(err, ErrConflict) {
			return nil
		}
		if err != nil || !more {
			return err
		}
		fresh = false
	}
	return nil
}

// step takes one step and tells whether another may follow at once.
func (s *Service) step(ctx context.Context, st *Settlement, fresh bool) (more bool, err error) {
	switch r := st.row; {
	case r.Status == Opened:
		return s.pay(ctx, st, fresh)
	case r.Status == Reversing:
		return s.undo(ctx, st)
	case r.Status == Settled && !r.Told:
		return s.tellPaid(ctx, st)
	case r.Status == Refunding:
		return s.giveBack(ctx, st)
	case r.Status == Refunded && !r.Told:
		return false, s.tellRefunded(ctx, st)
	case r.Watch:
		return false, s.confirm(ctx, st)
	}
	return false, nil
}

// pay finds out what the insurer did with an opened settlement, and lets it act when it did nothing
// yet.
func (s *Service) pay(ctx context.Context, st *Settlement, fresh bool) (bool, error) {
	late := s.Now().Sub(st.row.OpenedAt) > OpenLimit
	ans, err := s.ask(ctx, st, fresh, late)
	s.watch(st, err)
	switch {
	case errors.Is(err, money.ErrDishonest):
		s.alarm(st, "insurer-dishonest", err.Error())
		return s.reverse(ctx, st, "the insurer's amounts do not add up")
	case errors.Is(err, bureau.ErrRefused):
		// Another process may have asked for the same number a moment ago and may yet be served:
		// close the order there first.
		return s.reverse(ctx, st, "refused by the insurer")
	case err == nil && ans.State == bureau.OrderSettled:
		return s.settle(ctx, st, ans)
	case err == nil && ans.State == bureau.OrderRefunded && ans.Refunded != ans.Split.Parts():
		s.alarm(st, "insurer-other-amounts", "a part of the money went back, and nobody asked for that")
		return s.reverse(ctx, st, "a part of the money went back")
	case err == nil && ans.State != bureau.OrderProcessing:
		return false, s.fail(ctx, st, "the insurer's order is "+string(ans.State))
	case late:
		return s.reverse(ctx, st, "no answer from the insurer in time")
	}
	return false, s.postpone(ctx, st)
}

// ask queries first unless the call is fresh: after a time-out nothing is repeated blindly. An
// order the insurer never saw, or saw but was never told to pay, is sent again, unless it is too
// late for that.
func (s *Service) ask(ctx context.Context, st *Settlement, fresh, late bool) (bureau.Answer, error) {
	if !fresh {
		ans, err := s.Insurer.Query(ctx, st.row.ID)
		switch {
		case !late && (errors.Is(err, bureau.ErrUnknownOrder) || (err == nil && ans.State == bureau.OrderProcessing)):
		case errors.Is(err, bureau.ErrRefused): // a query that is refused says nothing about the money
			return ans, bureau.ErrUnknownOutcome
		default:
			return ans, err
		}
	}
	var card Card
	err := s.Store.Read(ctx, func(tx Tx) (err error) {
		card, err = tx.Cards.Get(st.row.Card)
		return err
	})
	if err != nil {
		return bureau.Answer{}, err
	}
	return s.Insurer.Pay(ctx, bureau.Order{Number: st.row.ID, ECToken: card.ECToken, Fees: st.row.Fees,
		Policy: st.row.Policy, Split: st.row.Split})
}

// settle books a settled order when, and only when, it is what the patient signed.
func (s *Service) settle(ctx context.Context, st *Settlement, ans bureau.Answer) (bool, error) {
	if ans.Split != st.row.Split || ans.Policy != st.row.Policy {
		s.alarm(st, "insurer-other-amounts", "settled otherwise than the patient authorised; reversing")
		return s.reverse(ctx, st, "settled otherwise than authorised")
	}
	if err := st.settle(ans.Order, ans.At, s.Now()); err != nil {
		return false, err
	}
	return true, s.book(ctx, st, chain.KindPaySettle)
}

func (s *Service) reverse(ctx context.Context, st *Settlement, reason string) (bool, error) {
	if err := st.reverse(reason, s.Now()); err != nil {
		return false, err
	}
	return true, s.save(ctx, st)
}

func (s *Service) fail(ctx context.Context, st *Settlement, reason string) error {
	if err := st.fail(reason); err != nil {
		return err
	}
	return s.book(ctx, st, chain.KindPayFail)
}

func (s *Service) postpone(ctx context.Context, st *Settlement) error {
	if st.row.Attempts == stuckAttempts {
		s.alarm(st, "stuck", fmt.Sprintf("%s, and it does not go on", st.row.Status))
	}
	waited := st.row.DeskAt.IsZero()
	if err := st.postpone(s.Now()); err != nil {
		return err
	}
	if waited && !st.row.DeskAt.IsZero() {
		s.alarm(st, "desk", fmt.Sprintf("%s without an answer that can be booked: a person has to decide",
			st.row.Status))
	}
	return s.save(ctx, st)
}

// undo makes sure that nothing is paid at the insurer under this number and nothing ever will be,
// and then fails the settlement.
func (s *Service) undo(ctx context.Context, st *Settlement) (bool, error) {
	_, err := s.closeThere(ctx, st)
	s.watch(st, err)
	if err == nil {
		return false, s.fail(ctx, st, st.row.Reason)
	}
	switch {
	case errors.Is(err, bureau.ErrRefused): // it may have settled between the two calls: look again later
		s.alarm(st, "refund-refused", "a reversal was refused; trying again")
	case errors.Is(err, money.ErrDishonest):
		s.alarm(st, "insurer-dishonest", err.Error())
	}
	return false, s.postpone(ctx, st)
}

// closeThere makes sure that nothing is paid at the insurer under this number and nothing ever will
// be. back tells that money went back just now, all of it.
func (s *Service) closeThere(ctx context.Context, st *Settlement) (back bool, err error) {
	ans, err := s.Insurer.Query(ctx, st.row.ID)
	switch {
	case errors.Is(err, money.ErrDishonest), err == nil && ans.State == bureau.OrderSettled:
		ans, err = s.Insurer.Refund(ctx, bureau.RefundOrder{Number: st.row.ID, Refund: RefundNumber(st.row.ID)})
		back = err == nil
	case errors.Is(err, bureau.ErrUnknownOrder), err == nil && ans.State == bureau.OrderProcessing:
		// Revoking an unknown number keeps a request that is still on its way from settling after
		// we have given up.
		return false, s.Insurer.Revoke(ctx, st.row.ID)
	}
	if err == nil && ans.State == bureau.OrderRefunded && ans.Refunded != ans.Split.Parts() {
		return false, fmt.Errorf("%w: only a part of the money went back", money.ErrDishonest)
	}
	return back, err
}

// tellPaid marks the prescription paid; when it takes no money any more, the money goes back.
func (s *Service) tellPaid(ctx context.Context, st *Settlement) (bool, error) {
	err := s.Prescriptions.MarkPaid(ctx, st.row.Rx, st.row.ID)
	switch {
	case errors.Is(err, ErrNotPayable):
		if err := st.startRefund("the prescription takes no payment any more", s.Now()); err != nil {
			return false, err
		}
		return true, s.save(ctx, st)
	case err != nil:
		return false, s.postpone(ctx, st)
	}
	if err := st.tell(); err != nil {
		return false, err
	}
	st.watchFrom(s.Now())
	return false, s.save(ctx, st)
}

// watch alarms when somebody who is not the insurer answers; the outcome is unknown all the same.
func (s *Service) watch(st *Settlement, err error) {
	if errors.Is(err, bureau.ErrForged) {
		s.alarm(st, "insurer-forged", err.Error())
	}
}

func (s *Service) alarm(st *Settlement, kind, detail string) {
	s.Alarm(Alarm{Kind: kind, Settlement: st.row.ID, Detail: detail})
}
