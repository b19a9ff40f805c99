package insurer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// Card implements bureau.Insurer with 1101.
func (c *Client) Card(ctx context.Context, ecToken string) (bureau.CardInfo, error) {
	out, err := call[CardInput, CardOutput](ctx, c, OpCard, CardInput{ecToken})
	if err != nil {
		return bureau.CardInfo{}, err
	}
	return bureau.CardInfo{Holder: bureau.Holder{Name: out.Name, IDNumber: out.Certno}, Insutype: out.Insutype}, nil
}

// Presettle implements bureau.Insurer with 2206.
func (c *Client) Presettle(ctx context.Context, o bureau.Order) (bureau.Presettlement, error) {
	in, err := orderInput(o)
	if err != nil {
		return bureau.Presettlement{}, err
	}
	out, err := call[OrderInput, Setlinfo](ctx, c, OpPresettle, in)
	if err != nil {
		return bureau.Presettlement{}, err
	}
	p := bureau.Presettlement{Policy: out.Policy, Split: out.Split()}
	return p, p.Split.Check()
}

func orderInput(o bureau.Order) (OrderInput, error) {
	total, err := o.Fees.Total()
	if err != nil { // refused before it is sent: a list that does not add up never will
		return OrderInput{}, fmt.Errorf("%w: %w", bureau.ErrRefused, err)
	}
	return OrderInput{Number: o.Number, ECToken: o.ECToken, Total: Yuan(total), Fees: Fees(o.Fees)}, nil
}

// Pay implements bureau.Insurer with 6201 and 6202. An order that is past paying answers as Query
// does.
func (c *Client) Pay(ctx context.Context, o bureau.Order) (bureau.Answer, error) {
	in, err := orderInput(o)
	if err != nil {
		return bureau.Answer{}, err
	}
	up, err := call[OrderInput, UploadOutput](ctx, c, OpUpload, in)
	if err != nil {
		return bureau.Answer{}, err
	}
	if up.State != StateUploaded || up.PayToken == "" { // past paying, or the insurer is at work on it
		return c.Query(ctx, o.Number)
	}
	return c.order(o.Number, OpPay, func() (*Order, error) {
		return call[PayInput, Order](ctx, c, OpPay,
			PayInput{PayOrdID: up.PayOrdID, PayToken: up.PayToken, Policy: o.Policy,
				Total: in.Total, Cash: Yuan(o.Split.Cash), Account: Yuan(o.Split.Account), Fund: Yuan(o.Split.Fund)})
	})
}

// Query implements bureau.Insurer with 6301.
func (c *Client) Query(ctx context.Context, number string) (bureau.Answer, error) {
	return c.order(number, OpQuery, func() (*Order, error) {
		return call[OrderRef, Order](ctx, c, OpQuery, OrderRef{number})
	})
}

// Revoke implements bureau.Insurer with 6401.
func (c *Client) Revoke(ctx context.Context, number string) error {
	a, err := c.order(number, OpRevoke, func() (*Order, error) {
		return call[OrderRef, Order](ctx, c, OpRevoke, OrderRef{number})
	})
	if err == nil && a.State != bureau.OrderCancelled && a.State != bureau.OrderFailed {
		return unknown(OpRevoke, fmt.Errorf("%w: revoked, but %s", ErrFormat, a.State))
	}
	return err
}

// Refund implements bureau.Insurer with 6203.
func (c *Client) Refund(ctx context.Context, r bureau.RefundOrder) (bureau.Answer, error) {
	a, err := c.order(r.Number, OpRefund, func() (*Order, error) {
		return call[RefundInput, Order](ctx, c, OpRefund,
			RefundInput{Number: r.Number, Refund: r.Refund, Type: RefundAll, Amounts: NewAmounts(r.Parts)})
	})
	if err == nil && a.State != bureau.OrderRefunded {
		return a, unknown(OpRefund, fmt.Errorf("%w: refunded, but %s", ErrFormat, a.State))
	}
	return a, err
}

// order checks what an order's answer says of itself; money.ErrDishonest when its amounts do not
// add up.
func (*Client) order(number string, op Op, ask func() (*Order, error)) (bureau.Answer, error) {
	o, err := ask()
	if err != nil {
		return bureau.Answer{}, err
	}
	a := bureau.Answer{Number: o.Number, Order: o.PayOrdID, State: o.State.meaning()}
	paid := a.State == bureau.OrderSettled || a.State == bureau.OrderRefunded
	switch {
	case o.Number != number || a.State == "":
		return a, unknown(op, fmt.Errorf("%w: another order, or a state that is not known", ErrFormat))
	case !paid: // of what did not happen no detail counts
		return a, nil
	case o.Setlinfo == nil || o.SetlTime <= 0 || o.refunds() != (a.State == bureau.OrderRefunded):
		return a, unknown(op, fmt.Errorf("%w: state and details do not fit", ErrFormat))
	}
	a.At, a.Policy, a.Split = millis(o.SetlTime), o.Setlinfo.Policy, o.Setlinfo.Split()
	if err := a.Split.Check(); err != nil {
		return a, err
	}
	if o.refunds() {
		a.Refunded, a.RefundAt = *(&Amounts{o.Refund.Fund, o.Refund.Account, o.Refund.Cash}).Parts(),
			millis(o.Refund.Time)
		if !a.Refunded.Within(a.Split.Parts()) {
			return a, fmt.Errorf("%w: refunds are above what was paid", money.ErrDishonest)
		}
	}
	return a, nil
}

// Totals implements bureau.Insurer with 3201.
func (c *Client) Totals(ctx context.Context, first, last string) (bureau.Totals, error) {
	out, err := call[Days, TotalsOutput](ctx, c, OpTotals, Days{First: first, Last: last})
	if err != nil {
		return bureau.Totals{}, err
	}
	return bureau.Totals{Settled: *out.Settled.Parts(), Settleds: out.Settleds, Refunded: *out.Refunded.Parts(),
		Refundeds: out.Refundeds}, nil
}

// maxPages bounds a day, so that no bureau keeps this side asking for ever: in full ones are more
// settlements than the busiest hospital has in a year.
const maxPages = 10_000

// Details implements bureau.Insurer with 3202, page after page. A page that another follows must
// be in order, because the next one is asked for by its last number: what an unordered page leaves
// out would never be seen. Nothing follows the last page, so its order does not matter. A number
// that comes twice is an unknown outcome wherever it stands, and so is none.
func (c *Client) Details(ctx context.Context, day string) ([]bureau.Detail, error) {
	var details []bureau.Detail
	after := ""
	for range maxPages {
		page, err := call[Days, DetailsOutput](ctx, c, OpDetails,
			Days{First: day, Last: day, After: after, Size: DetailsPage})
		if err != nil {
			return nil, err
		}
		if !page.More {
			slices.SortFunc(page.List, func(a, b Detail) int { return strings.Compare(a.Number, b.Number) })
		}
		for _, d := range page.List {
			if d.Number <= after {
				return nil, unknown(OpDetails, fmt.Errorf("%w: numbers out of order", ErrFormat))
			}
			after = d.Number
			details = append(details, bureau.Detail{Number: after, Settled: d.Settled.Parts(),
				Refunded: d.Refunded.Parts()})
		}
		if !page.More {
			return details, nil
		}
		if len(page.List) == 0 {
			break
		}
	}
	return nil, unknown(OpDetails, fmt.Errorf("%w: pages without an end", ErrFormat))
}
