package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// Quote is the bill with its pre-settlement (预结算). It binds nobody: other payments may change
// the split until the patient signs.
type Quote struct {
	Rx       string          `json:"rx" example:"RX20261122442427997927"`
	Insutype bureau.Insutype `json:"insutype" example:"310"`
	Fees     money.Fees      `json:"fees"`
	bureau.Presettlement
}

// Quote computes what the patient would pay with the patient's bound card. Errors: ErrNotFound,
// ErrNotPayable, those of Insurer.
func (s *Service) Quote(ctx context.Context, actor intent.Actor, rx string) (Quote, error) {
	bill, err := s.bill(ctx, actor, rx)
	if err != nil {
		return Quote{}, err
	}
	card, err := s.CardOf(ctx, bill.Person)
	if err != nil {
		return Quote{}, fmt.Errorf("insurance card: %w", err)
	}
	pre, err := s.presettle(ctx, card, bill)
	return Quote{Rx: rx, Insutype: card.Insutype, Fees: bill.Fees, Presettlement: pre}, err
}

// bill hides a stranger's prescription behind ErrNotFound.
func (s *Service) bill(ctx context.Context, actor intent.Actor, rx string) (Bill, error) {
	if actor.Role != chain.RolePatient {
		return Bill{}, ErrRole
	}
	bill, err := s.Prescriptions.Payable(ctx, rx, actor)
	if err != nil {
		return Bill{}, err
	}
	if !bill.payableBy(actor.Person) {
		return Bill{}, ErrNotFound
	}
	return bill, bill.Check()
}

func (s *Service) presettle(ctx context.Context, card Card, bill Bill) (bureau.Presettlement, error) {
	pre, err := s.Insurer.Presettle(ctx, bureau.Order{ECToken: card.ECToken, Fees: bill.Fees})
	if err == nil && pre.Split.Total != bill.Total {
		err = fmt.Errorf("%w: total is not the bill's", money.ErrDishonest)
	}
	if errors.Is(err, money.ErrDishonest) {
		s.Alarm(Alarm{Kind: "insurer-dishonest", Detail: err.Error()})
	}
	return pre, err
}

// OrderInput says what to pay and with what: exactly one of Card and PayCode.
type OrderInput struct {
	Rx      string `json:"rx"`
	Card    string `json:"card,omitempty"`    // Card.ID
	PayCode string `json:"payCode,omitempty"` // used up by PrepareOrder
}

// authorisation is what the patient's device shows and the patient signs.
type authorisation struct {
	Title      string          `json:"title"`
	Settlement string          `json:"settlement"`
	Rx         string          `json:"prescription"`
	Card       string          `json:"card"`
	Insutype   bureau.Insutype `json:"insutype"`
	Policy     string          `json:"policy"`
	Unit       string          `json:"unit"`
	Fees       money.Fees      `json:"fees"`
	Split      money.Split     `json:"split"`
	At         time.Time       `json:"at"`
}

// PrepareOrder reserves a settlement number, asks the insurer for the split and returns the intent
// the patient signs to authorise exactly that split. A pay code is used up here. Errors: ErrRole,
// ErrInvalid, ErrNotFound, ErrNotPayable, ErrPaidAlready, ErrCodeSpent, those of Insurer,
// sqlstore.ErrKeyReused.
func (s *Service) PrepareOrder(ctx context.Context, actor intent.Actor, cmd sqlstore.Command,
	in OrderInput) (*intent.Intent, error) {
	prepared, refused := s.prepare(ctx, actor, in)
	return s.room().Prepare(ctx, cmd, prepared, func(tx Tx) error {
		if in.PayCode == "" {
			return nil
		}
		return tx.Codes.Use(codeDigest(in.PayCode), actor.Person, s.Now())
	}, refused)
}

func (s *Service) prepare(ctx context.Context, actor intent.Actor, in OrderInput) (*intent.Intent, error) {
	bill, err := s.bill(ctx, actor, in.Rx)
	if err != nil {
		return nil, err
	}
	card, err := s.cardFor(ctx, actor, bill, in)
	if err != nil {
		return nil, err
	}
	at := s.Now() // before the bureau's answer, so that a day which begins between them is noticed when it is signed
	pre, err := s.presettle(ctx, card, bill)
	if err != nil {
		return nil, err
	}
	number, err := NewNumber(at)
	if err != nil {
		return nil, err
	}
	doc := authorisation{Title: "医保移动支付授权 Authorisation of a medical-insurance payment", Settlement: number,
		Rx: bill.Rx, Card: card.ID,
		Insutype: card.Insutype, Policy: pre.Policy, Unit: "fen", Fees: bill.Fees, Split: pre.Split,
		At: at.UTC().Truncate(time.Millisecond)}
	return intent.New(s.Chain, intent.Draft{Person: actor.Person, Kind: chain.KindPayOpen,
		Subject: Subject(number), Seq: 1,
		Cert: actor.Cert, Org: s.Hospital, Facts: chain.Facts{Ref: Lane(bill.Rx)}, Document: doc, Input: in}, at)
}

// cardFor finds the card by id or by pay code and refuses early when the prescription is paid or
// being paid; the unique index has the last word.
func (s *Service) cardFor(ctx context.Context, actor intent.Actor, bill Bill, in OrderInput) (card Card, err error) {
	if (in.Card == "") == (in.PayCode == "") {
		return Card{}, fmt.Errorf("%w: exactly one of card and payCode", ErrInvalid)
	}
	err = s.Store.Read(ctx, func(tx Tx) error {
		switch blocking, err := active(tx, in.Rx); {
		case err != nil:
			return err
		case blocking != nil:
			return ErrPaidAlready
		}
		id := in.Card
		if in.PayCode != "" {
			code, err := tx.Codes.Peek(codeDigest(in.PayCode), actor.Person, s.Now())
			if err != nil {
				return err
			}
			id = code.Card
		}
		card, err = tx.Cards.Of(bill.Person)
		if err == nil && card.ID != id {
			err = fmt.Errorf("insurance card: %w", ErrNotFound) // somebody else's, or replaced since
		}
		return err
	})
	return card, err
}

// active is the prescription's settlement that blocks another, or nil.
func active(tx Tx, rx string) (*Row, error) {
	rows, err := tx.Settlements.Of(rx)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].Status.Blocks() {
			return &rows[i], nil
		}
	}
	return nil, nil
}
