package payment_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/books"
	"github.com/smart-hospital/hospital/payment/bureau"
)

// balance is the whole of our books beside the insurer's, component by component.
type balance struct {
	ours     bureau.Totals
	theirs   bureau.Totals
	Problems []string // settlement numbers and sums; no personal data. Empty: the books balance
}

// balance checks the books: every row's arithmetic and times, refunds within what was settled, and,
// when asked is true, the sums against the insurer's for our numbers. What Reconcile still works on
// is counted as a problem: balance a ward at rest.
func (w *world) balance(asked bool) (balance, error) {
	ctx, now := context.Background(), w.clock.Now()
	b := balance{Problems: []string{}}
	problem := func(format string, args ...any) { b.Problems = append(b.Problems, fmt.Sprintf(format, args...)) }
	const most = 10_000
	first, over := now, false
	err := w.service.Store.Read(ctx, func(tx payment.Tx) error {
		rows, unread, next, err := tx.Settlements.Booked(time.UnixMilli(0), now.AddDate(1, 0, 0), "", most)
		if over = next != ""; err != nil {
			return err
		}
		if unread > 0 {
			problem("%d settlements cannot be read", unread)
		}
		for _, r := range rows {
			if _, err := payment.FromStoreOnly(r); err != nil {
				problem("%s: %v", r.ID, err)
				continue
			}
			if r.SettledAt.Before(first) {
				first = r.SettledAt
			}
			var sums [2]error
			b.ours.Settleds++
			b.ours.Settled, sums[0] = b.ours.Settled.Plus(r.Split.Parts())
			if r.Status == payment.Refunded {
				b.ours.Refundeds++
				b.ours.Refunded, sums[1] = b.ours.Refunded.Plus(r.Split.Parts())
			}
			if err := errors.Join(sums[:]...); err != nil {
				return err
			}
		}
		due, err := tx.Settlements.Due(now.AddDate(1, 0, 0), most)
		for _, r := range due {
			problem("%s: unfinished (%s)", r.ID, r.Status)
		}
		return err
	})
	if err != nil {
		return b, err
	}
	if over {
		return b, errors.New("more settlements than a test has")
	}
	if !b.ours.Refunded.Within(b.ours.Settled) {
		problem("refunds are more than settlements")
	}
	if asked {
		err = w.compare(ctx, &b, first, now, problem)
	}
	return b, err
}

// compare goes day by day when the sums differ, so that reversals, which the insurer counts twice
// and we not at all, explain themselves.
func (w *world) compare(ctx context.Context, b *balance, first, now time.Time,
	problem func(string, ...any)) (err error) {
	b.theirs, err = w.service.Insurer.Totals(ctx, china.Day(first), china.Day(now))
	if err != nil || b.theirs == b.ours {
		return err
	}
	for day := first.In(china.Zone); china.Day(day) <= china.Day(now); day = day.AddDate(0, 0, 1) {
		r, err := books.DayReport(ctx, w.service, china.Day(day))
		if err != nil {
			return err
		}
		for _, d := range r.Differences {
			if d.Explained != "reversed" && d.Explained != "decided at the desk" {
				problem("%s: our books and the insurer's differ", d.Number)
			}
		}
	}
	return nil
}
