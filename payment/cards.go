package payment

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/payment/bureau"
)

// Card is a digital insurance card (医保电子凭证) bound to a person. It has no number of its own:
// the insurer knows it by the ecToken.
type Card struct {
	ID       string          `json:"id" example:"IC7k2mq4xw5zt3yb6nc2da"` // ours, opaque
	Person   string          `json:"-"`                                   // the account it is bound to
	ECToken  string          `json:"-"`                                   // sealed at rest, never shown, never logged
	Insutype bureau.Insutype `json:"insutype" example:"310"`
	BoundAt  time.Time       `json:"boundAt"`
}

// BindCard binds the digital insurance card of an ecToken to a person, in place of an earlier one:
// to the actor, or to a child the actor is guardian of, which the caller MUST have checked. holder
// is that person by the hospital's real-name registry; the insurer must name the same. Errors:
// ErrRole, ErrInvalid, ErrNotYourCard, ErrCardBound, those of Insurer, sqlstore.ErrKeyReused.
func (s *Service) BindCard(ctx context.Context, actor intent.Actor, cmd sqlstore.Command, person, ecToken string,
	holder bureau.Holder) (Card, error) {
	if actor.Role != chain.RolePatient {
		return Card{}, ErrRole
	}
	bound, refused := s.newCard(ctx, person, ecToken, holder)
	// The holder belongs to the command: a repeat for whoever has another identity by now gets no
	// answer that was given for the first.
	cmd.Hash = gm.Sum(cmd.Hash[:], []byte(person), []byte{0}, []byte(holder.Name), []byte{0}, []byte(holder.IDNumber))
	card, _, err := sqlstore.Answer[Card](s.Store.Once(ctx, cmd, func(tx Tx) (any, error) {
		if refused != nil {
			return nil, refused
		}
		return bound, tx.Cards.Bind(bound)
	}))
	return card, err
}

func (s *Service) newCard(ctx context.Context, person, ecToken string, holder bureau.Holder) (Card, error) {
	if err := bureau.CheckECToken(ecToken); err != nil {
		return Card{}, err
	}
	info, err := s.Insurer.Card(ctx, ecToken)
	if err != nil {
		return Card{}, err
	}
	if !text.SameName(info.Holder.Name, holder.Name) || !strings.EqualFold(info.Holder.IDNumber, holder.IDNumber) {
		return Card{}, ErrNotYourCard
	}
	if !info.Insutype.Known() {
		return Card{}, fmt.Errorf("%w: insurance type is not settled here", bureau.ErrRefused)
	}
	id, err := newID("card-")
	return Card{ID: id, Person: person, ECToken: ecToken, Insutype: info.Insutype, BoundAt: s.Now()}, err
}

// CardOf is a person's bound card: ErrNotFound. The caller MUST have checked who asks.
func (s *Service) CardOf(ctx context.Context, person string) (card Card, err error) {
	err = s.Store.Read(ctx, func(tx Tx) error {
		card, err = tx.Cards.Of(person)
		return err
	})
	return card, err
}

// PayCodeLife is how long a pay code (付款码) is good.
const PayCodeLife = time.Minute

const payCodeDigits = 18

var payCodeBound = new(big.Int).Exp(big.NewInt(10), big.NewInt(payCodeDigits), nil)

// PayCode is a code shown once; the server keeps only its digest.
type PayCode struct {
	Code    string    `json:"code" example:"281234567890123456"` // 18 digits
	Expires time.Time `json:"expires"`
}

// CreatePayCode makes a one-minute code with which the actor pays one order by the person's card
// (see BindCard): ErrRole, ErrNotFound without a card.
func (s *Service) CreatePayCode(ctx context.Context, actor intent.Actor, cmd sqlstore.Command,
	person string) (PayCode, error) {
	if actor.Role != chain.RolePatient {
		return PayCode{}, ErrRole
	}
	n, err := rand.Int(rand.Reader, payCodeBound)
	if err != nil {
		return PayCode{}, fmt.Errorf("payment: random source: %w", err)
	}
	code := PayCode{Code: fmt.Sprintf("%0*d", payCodeDigits, n), Expires: s.Now().Add(PayCodeLife)}
	given, _, err := sqlstore.Answer[PayCode](s.Store.Once(ctx, cmd, func(tx Tx) (any, error) {
		card, err := tx.Cards.Of(person)
		if err != nil {
			return nil, err
		}
		return code,
			tx.Codes.Add(CodeRow{Digest: codeDigest(code.Code), Person: actor.Person, Card: card.ID,
				Expires: code.Expires})
	}))
	return given, err
}

func codeDigest(code string) string {
	d := gm.Sum([]byte("pay-code/"), []byte(code))
	return hex.EncodeToString(d[:])
}
