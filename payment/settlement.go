package payment

import (
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// OpenLimit is how long a settlement may stay opened with the insurer silent. Afterwards it is
// reversed: by then the patient has given up, and must be able to try again.
const OpenLimit = 30 * time.Minute

// Settlement is one payment of one prescription. Its fields change by verbs only, each of which
// checks the status; times are arguments.
type Settlement struct {
	row   Row
	heard []bureau.Exchange // of the step under way; kept when it brings no outcome
}

// Row is a settlement as a store keeps it. Only stores and tests build one.
type Row struct {
	ID         string      // our number
	Rx         string      // prescription
	Person     string      // the patient
	Payer      string      // CN of who authorised it: the patient or the guardian
	Card       string      // Card.ID
	Policy     string      // version of the policy the split was computed with
	Status     Status      //
	Fees       money.Fees  // sealed at rest: drugs are nobody's business
	Split      money.Split // as the patient authorised it, and as settled: the two are the same or it is not settled
	Seq        uint64      // of the last record of subject "pay:"+ID
	Version    uint64      // for the store's version check
	Attempts   int         // calls to the insurer without an outcome since the last one
	NextTry    time.Time   // when Reconcile looks at it again; zero: never
	Told       bool        // the prescription room heard of settled or refunded
	Order      string      // the insurer's number (payOrdId); empty until known
	Reason     string      // why it failed, is reversed or refunded; no personal data
	OpenedAt   time.Time
	SettledAt  time.Time // by the insurer's books, so that both sides mean the same day
	RefundedAt time.Time // by the insurer's books

	DeskAt    time.Time // since when a person has to say what became of it; zero: not
	Decision  Decision  // what a person said; empty: nobody had to
	DecidedAt time.Time
	Watch     bool // the insurer has not confirmed the decision yet, and is asked
}

// Subject is the settlement's subject on the chain.
func Subject(settlement string) string { return chain.SubjectPay + settlement }

// Lane is the outbox lane of a prescription: its rx and pay records in one order.
func Lane(rx string) string { return chain.SubjectRx + rx }

// Open makes a settlement the payer has authorised. ErrInvalid, ErrAmount or ErrDishonest when the
// bill or the split do not add up.
func Open(id, card, policy, payer string, bill Bill, split money.Split, at time.Time) (*Settlement, error) {
	if err := bill.Check(); err != nil {
		return nil, err
	}
	s := &Settlement{row: Row{ID: id, Rx: bill.Rx, Person: bill.Person, Payer: payer, Card: card, Policy: policy,
		Status: Opened, Fees: bill.Fees, Split: split,
		Seq: 1, Version: 1, OpenedAt: at, NextTry: at.Add(Lease)}}
	return s, s.check()
}

// FromStoreOnly rebuilds a settlement from its row and checks the invariants again: a store may
// have been edited by hand.
func FromStoreOnly(r Row) (*Settlement, error) {
	s := &Settlement{row: r}
	if err := s.check(); err != nil {
		return s, fmt.Errorf("%w: %w", ErrStored, err)
	}
	return s, nil
}

// Row is a copy for a store.
func (s *Settlement) Row() Row { return s.row }

func (s *Settlement) check() error {
	r := s.row
	if err := CheckNumber(r.ID); err != nil {
		return err
	}
	total, err := r.Fees.Total()
	if err != nil {
		return fmt.Errorf("settlement %s: %w", r.ID, err)
	}
	if err := r.Split.Check(); err != nil {
		return fmt.Errorf("settlement %s: %w", r.ID, err)
	}
	switch {
	case total != r.Split.Total:
		return fmt.Errorf("%w: settlement %s: the split is of another total than the fees", ErrInvalid, r.ID)
	case r.Rx == "" || r.Person == "" || r.Payer == "" || r.Card == "" || r.Policy == "":
		return fmt.Errorf("%w: settlement %s: prescription, persons, card and policy", ErrInvalid, r.ID)
	case (r.Status == Settled || r.Status == Refunding || r.Status == Refunded) == r.SettledAt.IsZero():
		return fmt.Errorf("%w: settlement %s: settled without a time, or the reverse", ErrInvalid, r.ID)
	case (r.Status == Refunded) == r.RefundedAt.IsZero():
		return fmt.Errorf("%w: settlement %s: refunded without a time, or the reverse", ErrInvalid, r.ID)
	}
	return nil
}

func (s *Settlement) step(a action) error {
	to, err := s.row.Status.after(a)
	if err != nil {
		return fmt.Errorf("settlement %s: %w", s.row.ID, err)
	}
	s.row.Status = to
	return nil
}

// settle books an answer whose split the caller has compared with the authorised one.
func (s *Settlement) settle(order string, at, now time.Time) error {
	if err := s.step(actSettle); err != nil {
		return err
	}
	s.row.Order, s.row.SettledAt = order, at
	s.fresh(now)
	s.row.Seq++
	return nil
}

// reverse remembers that whatever the insurer did must be undone. The chain hears of it when it has
// failed.
func (s *Settlement) reverse(reason string, now time.Time) error {
	if err := s.step(actReverse); err != nil {
		return err
	}
	s.row.Reason = reason
	s.fresh(now)
	return nil
}

func (s *Settlement) fail(reason string) error {
	if err := s.step(actFail); err != nil {
		return err
	}
	if s.row.Reason == "" {
		s.row.Reason = reason
	}
	s.row.NextTry, s.row.DeskAt = time.Time{}, time.Time{}
	s.row.Seq++
	return nil
}

func (s *Settlement) startRefund(reason string, now time.Time) error {
	if err := s.step(actRefund); err != nil {
		return err
	}
	s.row.Reason = reason
	s.fresh(now)
	return nil
}

func (s *Settlement) refunded(at, now time.Time) error {
	if err := s.step(actRefunded); err != nil {
		return err
	}
	s.row.RefundedAt = at
	s.fresh(now)
	s.row.Seq++
	return nil
}

// tell notes that the prescription room knows; nothing is left to do in this status.
func (s *Settlement) tell() error {
	if err := s.step(actTell); err != nil {
		return err
	}
	s.row.Told, s.row.NextTry = true, time.Time{}
	return nil
}

// watchFrom has the insurer asked about a person's decision when nothing else is to be done.
func (s *Settlement) watchFrom(now time.Time) {
	if s.row.Watch {
		s.row.NextTry = now.Add(watchEvery)
	}
}

// postpone counts a call without an outcome and says when to look again.
func (s *Settlement) postpone(now time.Time) error {
	if err := s.step(actPostpone); err != nil {
		return err
	}
	s.row.NextTry = now.Add(backoff(s.row.Attempts))
	s.row.Attempts++
	if s.row.Attempts >= deskAttempts && s.row.Status.InsurersTurn() {
		if s.row.DeskAt.IsZero() {
			s.row.DeskAt = now
		}
		s.row.NextTry = now.Add(watchEvery)
	}
	return nil
}

// fresh starts a new status' work: a lease keeps Reconcile away from whoever took the step and goes
// on at once.
func (s *Settlement) fresh(now time.Time) {
	s.row.Attempts, s.row.Told, s.row.NextTry, s.row.DeskAt = 0, false, now.Add(Lease), time.Time{}
}

// Lease is how long a step's taker has before Reconcile takes over; more than the insurer's
// time-outs together.
const Lease = 30 * time.Second

const (
	firstRetry = 2 * time.Second
	maxRetry   = 5 * time.Minute
	// stuckAttempts in vain, about four minutes, are worth a person's look.
	stuckAttempts = 7
	// deskAttempts in vain, about an hour, are a person's to end. The insurer is asked on, every
	// watchEvery: it may end it first.
	deskAttempts = 18
	watchEvery   = time.Hour
	// watchFor is how long a decision waits for the insurer's confirmation.
	watchFor = 30 * 24 * time.Hour
)

// backoff doubles from firstRetry to maxRetry.
func backoff(attempts int) time.Duration {
	d := firstRetry << min(max(attempts, 0), 10)
	return min(d, maxRetry)
}
