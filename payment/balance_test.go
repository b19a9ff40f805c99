package payment

import (
	"context"
	"fmt"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"time"
)

// Balance is the whole of our books beside the insurer's, component by component.
type Balance struct {
	Ours     Totals
	Theirs   Totals
	Problems []string // settlement numbers and sums; no personal data. Empty: the books balance
}

// Balance is how tests check the books: every row's arithmetic and times, refunds within what was
// settled, and, when asked is true, the sums against the insurer's for our numbers. What Reconcile
// still works on is counted as a problem: balance a ward at rest.
func (s *Service) Balance(ctx context.Context, now time.Time, asked bool) (Balance, error) {
	b := Balance{Problems: []string{}}
	problem := func(format string, args ...any) { b.Problems = append(b.Problems, fmt.Sprintf(format, args...)) }
	first, details := now, map[string]Detail{}
	unread, err := s.eachBooked(ctx, time.UnixMilli(0), now.AddDate(1, 0, 0), func(r Row) {
		if _, err := FromStoreOnly(r); err != nil {
			problem("%s: %v", r.ID, err)
			return
		}
		parts := r.Split.Parts()
		d := Detail{Number: r.ID, Settled: &parts}
		if r.Status == Refunded {
			d.Refunded = &parts
		}
		if r.SettledAt.Before(first) {
			first = r.SettledAt
		}
		details[r.ID] = d
	})
	if err != nil {
		return b, err
	}
	if unread > 0 {
		problem("%d settlements cannot be read", unread)
	}
	if err := s.unfinished(ctx, now, problem); err != nil {
		return b, err
	}
	if b.Ours, err = total(details); err != nil {
		return b, err
	}
	if !b.Ours.Refunded.Within(b.Ours.Settled) {
		problem("refunds are more than settlements")
	}
	if asked {
		err = s.compare(ctx, &b, first, now, problem)
	}
	return b, err
}

func (s *Service) unfinished(ctx context.Context, now time.Time, problem func(string, ...any)) error {
	return s.Store.Read(ctx, func(tx Tx) error {
		rows, err := tx.Settlements.Due(now.AddDate(1, 0, 0), bookPage)
		for _, r := range rows {
			problem("%s: unfinished (%s)", r.ID, r.Status)
		}
		return err
	})
}

// compare goes day by day when the sums differ, so that reversals, which the insurer counts twice
// and we not at all, explain themselves.
func (s *Service) compare(ctx context.Context, b *Balance, first, now time.Time,
	problem func(string, ...any)) (err error) {
	if b.Theirs, err = s.Insurer.Totals(ctx, china.Day(first), china.Day(now)); err != nil || b.Theirs == b.Ours {
		return err
	}
	for day := first.In(china.Zone); china.Day(day) <= china.Day(now); day = day.AddDate(0, 0, 1) {
		r, err := s.DayReport(ctx, china.Day(day))
		if err != nil {
			return err
		}
		for _, d := range r.Differences {
			if d.Explained != "reversed" && d.Explained != decidedAtDesk {
				problem("%s: our books and the insurer's differ", d.Number)
			}
		}
	}
	return nil
}
