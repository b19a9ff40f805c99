// Package bureau is what the hospital and an insurance bureau (医保经办机构) say to each other about
// one order, and what each answer means. Package payment acts on it, package insurer says it over
// HTTP, package insurersandbox plays the bureau.
package bureau

import (
	"context"
	"time"

	"github.com/smart-hospital/hospital/payment/money"
)

// Order is what the hospital asks of the insurer, always under its own number.
type Order struct {
	Number  string // settlement id
	ECToken string
	Fees    money.Fees
	Policy  string      // empty for a pre-settlement; then the version the patient authorised
	Split   money.Split // zero for a pre-settlement; then what the patient authorised, and nothing else may be settled
}

// RefundOrder asks for all the money back.
type RefundOrder struct {
	Number string // settlement id
	Refund string // RefundNumber(Number)
	// what must go back, and no component more; nil: whatever the insurer took, for reversing what
	// was never authorised
	Parts *money.Parts
}

// OrderState is what became of an order at the insurer.
type OrderState string

// States of an order there. ordStas 0-5, 6, 7-13 and 14-16 of the platform, and a full refund.
const (
	OrderProcessing OrderState = "processing" // also "settlement candidate": not paid
	OrderSettled    OrderState = "settled"
	OrderCancelled  OrderState = "cancelled" // revoked, or never to happen
	OrderFailed     OrderState = "failed"
	OrderRefunded   OrderState = "refunded"
)

// Answer is what the insurer says of an order; its signature and its arithmetic have been checked.
type Answer struct {
	Number   string // ours
	Order    string // theirs (payOrdId)
	State    OrderState
	Policy   string
	Split    money.Split // as settled; zero unless State is settled or refunded
	At       time.Time   // settlement time in their books; zero unless settled or refunded
	Refunded money.Parts // zero unless State is refunded
	RefundAt time.Time   // zero unless State is refunded
}

// Presettlement is a quote: the split as of now, not binding for anybody.
type Presettlement struct {
	Policy string      `json:"policy" example:"demo-310-2026"`
	Split  money.Split `json:"split"`
}

// Totals are one side's books over a span of days.
type Totals struct {
	Settled   money.Parts `json:"settled"`
	Settleds  int         `json:"settledCount" example:"3"`
	Refunded  money.Parts `json:"refunded"`
	Refundeds int         `json:"refundedCount" example:"1"`
}

// Detail is one settlement in a day's books.
type Detail struct {
	Number   string       `json:"number" example:"MO20261122170838139661"`
	Settled  *money.Parts `json:"settled,omitempty"`  // set when it was settled that day
	Refunded *money.Parts `json:"refunded,omitempty"` // set when it went back that day
}

// Insurer is the bureau as this room needs it; payment/insurer implements it over HTTP. Every error
// wraps ErrUnknownOutcome or ErrRefused (or, where said, ErrUnknownOrder or ErrDishonest). All
// methods may be repeated with the same numbers.
type Insurer interface {
	// Card tells whose the ecToken is.
	Card(ctx context.Context, ecToken string) (CardInfo, error)
	// Presettle computes the split and promises nothing. ErrDishonest.
	Presettle(ctx context.Context, o Order) (Presettlement, error)
	Orders
	Books
}

// Orders is the part of the insurer that moves money.
type Orders interface {
	// Pay uploads the fees and settles. An order that is there already answers with its state.
	// ErrDishonest.
	Pay(ctx context.Context, o Order) (Answer, error)
	// Query asks what became of a number. ErrUnknownOrder, ErrDishonest.
	Query(ctx context.Context, number string) (Answer, error)
	// Revoke makes sure that a number which is not settled never will be, known or not. ErrRefused
	// when it is settled.
	Revoke(ctx context.Context, number string) error
	// Refund gives all of a settled number's money back; repeating under the same refund number is
	// the same refund.
	Refund(ctx context.Context, r RefundOrder) (Answer, error)
}

// Books is the part of the insurer that is compared with ours (对账 3201, 3202).
type Books interface {
	// Totals over whole days, both included ("2006-01-02").
	Totals(ctx context.Context, first, last string) (Totals, error)
	// Details of one day.
	Details(ctx context.Context, day string) ([]Detail, error)
}
