package payment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// Decision is what a person says became of a settlement that the insurer gives no usable answer
// about.
type Decision string

// Decisions. The first two are for a payment, the last one is for a refund.
const (
	DecidedSettled    Decision = "settled"     // the bureau settled it, under its number: the prescription is paid
	DecidedNotSettled Decision = "not-settled" // it did not: the money is free, the patient may pay anew
	DecidedRefunded   Decision = "refunded"    // all the money went back
)

// Limits of a ruling.
const (
	minReason   = 4 // characters
	maxReason   = 500
	maxOrderNo  = 64
	maxDeskList = 100
)

// ErrNotAtDesk: the settlement does not wait for a person, or not for this decision: read it again.
var ErrNotAtDesk = errors.New("payment: this settlement does not wait for that decision")

// Ruling is a decision with its ground.
type Ruling struct {
	Decision Decision
	Order    string // the bureau's number; needed for DecidedSettled
	Reason   string // in words: whom was asked, what they said
	Version  uint64 // of the case that the person has seen
}

func (r Ruling) check() error {
	reason := r.Reason
	switch {
	case !slices.Contains([]Decision{DecidedSettled, DecidedNotSettled, DecidedRefunded}, r.Decision):
		return fmt.Errorf("%w: decision: settled, not-settled or refunded", ErrInvalid)
	case !text.Text(&reason, minReason, maxReason):
		return fmt.Errorf("%w: reason: %s", ErrInvalid, text.LineRule(minReason, maxReason))
	case (r.Order == "") == (r.Decision == DecidedSettled) || len(r.Order) > maxOrderNo ||
		strings.ContainsFunc(r.Order, func(c rune) bool { return c <= ' ' || c > '~' }):
		return fmt.Errorf("%w: order: the bureau's number, with settled only", ErrInvalid)
	}
	return nil
}

// Noted is a ruling as it is kept.
type Noted struct {
	Settlement string
	Person     string
	At         time.Time
	Ruling
}

// Undecided are the statuses of settlements at the desk.
var Undecided = slices.DeleteFunc(slices.Clone(Statuses), func(s Status) bool { return !s.InsurersTurn() })

// Case is a settlement at the desk. It names no person and no drug.
type Case struct {
	ID        string            `json:"id" doc:"Our number, under which the bureau was asked" example:"ST20261122170838139661"`
	Rx        string            `json:"prescription" example:"RX20261122442427997927"`
	Status    Status            `json:"status" example:"reversing"`
	Reason    string            `json:"reason,omitempty" doc:"Why it is reversed or refunded" example:"no answer from the insurer in time"`
	Order     string            `json:"order,omitempty" doc:"The bureau's number, where it is known" example:"ORD0a1b2c"`
	Policy    string            `json:"policy" example:"demo-310-2026"`
	Split     money.Split       `json:"split" doc:"What the patient signed"`
	OpenedAt  time.Time         `json:"openedAt"`
	DeskAt    time.Time         `json:"deskAt" doc:"Since when it waits for a person"`
	Version   uint64            `json:"version" doc:"Send it with the decision" example:"20"`
	Signed    string            `json:"signed" doc:"Record id of the patient's authorisation on the chain" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Exchanges []bureau.Exchange `json:"exchanges" doc:"The newest messages to the bureau without an outcome, oldest first"`
	Decisions []Decision        `json:"decisions" doc:"What may be decided" example:"settled,not-settled"`
}

// decisions are what may be said of a settlement in a status.
func (s Status) decisions() []Decision {
	if s == Refunding {
		return []Decision{DecidedRefunded}
	}
	return []Decision{DecidedSettled, DecidedNotSettled}
}

// AtDesk lists the settlements that wait for a person, longest waiting first, at most a hundred.
func (s *Service) AtDesk(ctx context.Context) ([]Case, error) {
	cases := []Case{}
	err := s.Store.Read(ctx, func(tx Tx) error {
		rows, err := tx.Settlements.AtDesk(maxDeskList)
		if err != nil {
			return err
		}
		for _, r := range rows {
			c := Case{ID: r.ID, Rx: r.Rx, Status: r.Status, Reason: r.Reason, Order: r.Order, Policy: r.Policy,
				Split: r.Split, OpenedAt: r.OpenedAt, DeskAt: r.DeskAt,
				Version: r.Version, Decisions: r.Status.decisions()}
			if c.Exchanges, err = tx.Evidence.Of(r.ID); err != nil {
				return err
			}
			if c.Signed, err = tx.Events.Opening(r.ID); err != nil {
				return err
			}
			cases = append(cases, c)
		}
		return nil
	})
	return cases, err
}

// Decide ends a settlement at the desk by a person's word, in one transaction with the note of it,
// the event and its record. The insurer is asked on until it confirms: whatever it says later, the
// patient pays once or not at all (see confirm). ErrInvalid, ErrNotFound, ErrNotAtDesk, ErrConflict
// when it moved since the person looked, sqlstore.ErrKeyReused.
func (s *Service) Decide(ctx context.Context, cmd sqlstore.Command, person, id string, r Ruling) error {
	signed, st, refused := s.ruled(ctx, id, r)
	replayed, err := s.room().Store(ctx, cmd, func(tx Tx) error {
		if err := tx.Settlements.Update(st.row); err != nil {
			return err
		}
		if err := tx.Evidence.Note(Noted{Settlement: id, Person: person, At: st.row.DecidedAt, Ruling: r}); err != nil {
			return err
		}
		return s.append(tx, st, signed)
	}, refused)
	if err != nil || replayed {
		return err
	}
	s.alarm(st, "desk-decided", "a person decided: "+string(r.Decision))
	return s.advance(ctx, id, false)
}

func (s *Service) ruled(ctx context.Context, id string, r Ruling) (signed act.Signed, st *Settlement, err error) {
	if err = errors.Join(CheckNumber(id), r.check()); err != nil {
		return signed, nil, err
	}
	if st, err = s.load(ctx, id); err != nil {
		return signed, nil, err
	}
	if st.row.Version != r.Version {
		return signed, nil, ErrConflict
	}
	kind, err := st.decide(r, s.Now())
	if err != nil {
		return signed, nil, err
	}
	signed, err = s.record(ctx, st, kind)
	return signed, st, err
}

// decide takes a person's word in the insurer's place and returns the kind of the record that says
// so.
func (s *Settlement) decide(r Ruling, now time.Time) (chain.Kind, error) {
	verbs := map[Decision]struct {
		act  action
		kind chain.Kind
	}{
		DecidedSettled:    {actDecideSettled, chain.KindPaySettle},
		DecidedNotSettled: {actDecideFailed, chain.KindPayFail},
		DecidedRefunded:   {actDecideRefunded, chain.KindPayRefund},
	}
	verb := verbs[r.Decision]
	if s.row.DeskAt.IsZero() || !slices.Contains(s.row.Status.decisions(), r.Decision) {
		return "", fmt.Errorf("%w: %s", ErrNotAtDesk, s.row.ID)
	}
	if err := s.step(verb.act); err != nil {
		return "", err
	}
	s.fresh(now)
	s.row.Seq++
	s.row.Decision, s.row.DecidedAt, s.row.Watch = r.Decision, now.UTC().Truncate(time.Millisecond), true
	switch r.Decision {
	case DecidedSettled:
		s.row.Order, s.row.SettledAt, s.row.Reason = r.Order, s.row.DecidedAt, ""
	case DecidedNotSettled:
		s.row.Reason = "not settled, by the hospital's desk"
	case DecidedRefunded:
		s.row.RefundedAt = s.row.DecidedAt
	}
	return verb.kind, nil
}

// confirm asks the insurer about a settlement that a person decided, until it says the same or
// watchFor is over. What a person called not settled and was settled is given back there, and what
// is still under way is closed; what a person called refunded and was not is refunded now. So money
// moves once whatever was said. What a person called settled and was not costs the hospital, not
// the patient: an alarm names it.
func (s *Service) confirm(ctx context.Context, st *Settlement) error {
	contradicted, err := s.settleWatch(ctx, st)
	s.watch(st, err)
	over := s.Now().Sub(st.row.DecidedAt) > watchFor
	switch {
	case contradicted != "":
		s.alarm(st, "desk-contradicted", contradicted)
	case err != nil && over:
		s.alarm(st, "desk-unconfirmed", "the insurer never confirmed what a person decided")
	}
	st.row.Watch, st.row.NextTry = err != nil && !over, time.Time{}
	if st.row.Watch {
		st.row.NextTry = s.Now().Add(watchEvery)
	}
	return s.save(ctx, st)
}

// settleWatch returns nil once nothing is left to be done at the insurer; contradicted, empty with
// an error, says that a person had said otherwise.
func (s *Service) settleWatch(ctx context.Context, st *Settlement) (contradicted string, err error) {
	if st.row.Status == Failed {
		back, err := s.closeThere(ctx, st)
		if back {
			contradicted = "the insurer had settled it; the money went back"
		}
		return contradicted, err
	}
	ans, err := s.Insurer.Query(ctx, st.row.ID)
	switch {
	case errors.Is(err, bureau.ErrUnknownOrder),
		err == nil && (ans.State == bureau.OrderCancelled || ans.State == bureau.OrderFailed):
		return "the insurer says that it was never settled", nil
	case err != nil:
		return "", err
	case st.row.Status == Settled && ans.State == bureau.OrderSettled && ans.Split == st.row.Split &&
		ans.Order == st.row.Order:
		return "", nil
	case st.row.Status == Settled && ans.State != bureau.OrderProcessing:
		return "the insurer names another state, other amounts or another number: " + string(ans.State), nil
	case ans.State == bureau.OrderSettled: // refunded, by a person's word
		paid := st.row.Split.Parts()
		if ans, err = s.Insurer.Refund(ctx,
			bureau.RefundOrder{Number: st.row.ID, Refund: RefundNumber(st.row.ID), Parts: &paid}); err != nil {
			return "", err
		}
		contradicted = "the money had not gone back; it has now"
	}
	if ans.State == bureau.OrderRefunded {
		if ans.Refunded != st.row.Split.Parts() {
			contradicted = "other amounts went back than were paid"
		}
		return contradicted, nil
	}
	return "", fmt.Errorf("%w: still %s", bureau.ErrUnknownOutcome, ans.State)
}
