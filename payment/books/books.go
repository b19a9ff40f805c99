// Package books compares a day's settlements with the insurer's (对账): the totals first, number by
// number where they differ.
package books

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// Report compares a day's books with the insurer's (对账).
type Report struct {
	Day         string        `json:"day" example:"2026-11-22"`
	Ours        bureau.Totals `json:"ours"`
	Theirs      bureau.Totals `json:"theirs"`
	Differences []Difference  `json:"differences"`
	// Unread is how many of the day's settlements of our books cannot be read or contradict
	// themselves: above 0 our side is incomplete.
	Unread int `json:"unread,omitempty" doc:"Settlements of our books that cannot be read; above 0 the report is incomplete" example:"0"`
}

// Difference is one number on which the two sides do not say the same. It bears the day in the
// number's place when it is of the day's totals: the insurer's are not those of its details.
type Difference struct {
	Number string        `json:"number" example:"MO20261122170838139661"`
	Ours   bureau.Detail `json:"ours"`
	Theirs bureau.Detail `json:"theirs"`
	// Explained is set when no person is needed: Reconcile is at work on it, or it was settled
	// wrongly there and reversed.
	Explained string `json:"explained,omitempty" example:"settled here after midnight"`
}

// Balanced tells whether every difference is explained and nothing was left out.
func (r Report) Balanced() bool {
	return r.Unread == 0 && !slices.ContainsFunc(r.Differences, func(d Difference) bool { return d.Explained == "" })
}

// bookPage is how many rows one read takes.
const bookPage = 500

// DayReport compares the books of one accounting day ("2006-01-02"); details are asked for only
// when the totals differ. An unexplained difference, or a settlement that cannot be read, raises
// the alarm "books-differ". Errors: ErrInvalid, those of Insurer.
func DayReport(ctx context.Context, s *payment.Service, day string) (Report, error) {
	from, err := time.ParseInLocation(time.DateOnly, day, china.Zone)
	if err != nil {
		return Report{}, fmt.Errorf("%w: day: 2006-01-02", payment.ErrInvalid)
	}
	ours, unread, err := details(ctx, s, from, from.AddDate(0, 0, 1))
	if err != nil {
		return Report{}, err
	}
	r := Report{Day: day, Differences: []Difference{}, Unread: unread}
	if r.Ours, err = total(ours); err != nil {
		return Report{}, err
	}
	if r.Theirs, err = s.Insurer.Totals(ctx, day, day); err != nil || (r.Ours == r.Theirs && unread == 0) {
		return r, err
	}
	theirs, err := s.Insurer.Details(ctx, day)
	if err != nil {
		return Report{}, err
	}
	if r.Differences, err = differences(ctx, s, ours, theirs); err != nil {
		return Report{}, err
	}
	if len(r.Differences) == 0 && r.Ours != r.Theirs {
		r.Differences = []Difference{{Number: day,
			Ours:   bureau.Detail{Number: day, Settled: &r.Ours.Settled, Refunded: &r.Ours.Refunded},
			Theirs: bureau.Detail{Number: day, Settled: &r.Theirs.Settled, Refunded: &r.Theirs.Refunded}}}
	}
	if !r.Balanced() {
		s.Alarm(payment.Alarm{Kind: "books-differ", Detail: "day " + day})
	}
	return r, nil
}

// details are our books of a span, by number, and how many settlements of it cannot be read or
// contradict themselves.
func details(ctx context.Context, s *payment.Service, from, to time.Time) (out map[string]bureau.Detail, unread int,
	err error) {
	out = map[string]bureau.Detail{}
	in := func(t time.Time) bool { return !t.Before(from) && t.Before(to) }
	broken := 0
	unread, err = eachBooked(ctx, s, from, to, func(r payment.Row) {
		if _, err := payment.FromStoreOnly(r); err != nil {
			broken++
			return
		}
		d, parts := bureau.Detail{Number: r.ID}, r.Split.Parts()
		if in(r.SettledAt) {
			d.Settled = &parts
		}
		if in(r.RefundedAt) {
			d.Refunded = &parts
		}
		out[r.ID] = d
	})
	return out, unread + broken, err
}

// eachBooked calls fn with what is booked and counts what cannot be read.
func eachBooked(ctx context.Context, s *payment.Service, from, to time.Time,
	fn func(payment.Row)) (unread int, err error) {
	for after := ""; ; {
		var rows []payment.Row
		var left int
		err := s.Store.Read(ctx, func(tx payment.Tx) (err error) {
			rows, left, after, err = tx.Settlements.Booked(from, to, after, bookPage)
			return err
		})
		if err != nil {
			return unread, err
		}
		unread += left
		for _, r := range rows {
			fn(r)
		}
		if after == "" {
			return unread, nil
		}
	}
}

func total(details map[string]bureau.Detail) (t bureau.Totals, err error) {
	for _, d := range details {
		if d.Settled != nil {
			t.Settleds++
			if t.Settled, err = t.Settled.Plus(*d.Settled); err != nil {
				return t, err
			}
		}
		if d.Refunded != nil {
			t.Refundeds++
			if t.Refunded, err = t.Refunded.Plus(*d.Refunded); err != nil {
				return t, err
			}
		}
	}
	return t, nil
}

func differences(ctx context.Context, s *payment.Service, ours map[string]bureau.Detail,
	theirs []bureau.Detail) ([]Difference, error) {
	all := map[string]*Difference{}
	at := func(number string) *Difference {
		if all[number] == nil {
			all[number] = &Difference{Number: number}
		}
		return all[number]
	}
	for number, d := range ours {
		at(number).Ours = d
	}
	for _, d := range theirs {
		at(d.Number).Theirs = d
	}
	out := []Difference{}
	for _, d := range all {
		if same(d.Ours.Settled, d.Theirs.Settled) && same(d.Ours.Refunded, d.Theirs.Refunded) {
			continue
		}
		var err error
		if d.Explained, err = explain(ctx, s, *d); err != nil {
			return nil, err
		}
		out = append(out, *d)
	}
	slices.SortFunc(out, func(a, b Difference) int { return strings.Compare(a.Number, b.Number) })
	return out, nil
}

func same(a, b *money.Parts) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// decidedAtDesk explains a difference of days: a person ended it, and the insurer says the same
// now.
const decidedAtDesk = "decided at the desk"

// explain looks the number up in our books: work under way and reversals need nobody.
func explain(ctx context.Context, s *payment.Service, d Difference) (string, error) {
	var rows []payment.Row
	err := s.Store.Read(ctx, func(tx payment.Tx) error {
		r, err := tx.Settlements.Get(d.Number)
		if err == nil {
			rows = append(rows, r)
		}
		if errors.Is(err, payment.ErrNotFound) {
			return nil
		}
		return err
	})
	if len(rows) == 0 {
		return "", err
	}
	switch r := rows[0]; {
	case r.Status.InsurersTurn():
		return "under way: " + string(r.Status), nil
	case r.Decision != "": // the time of the decision is not the insurer's
		if r.Watch {
			return "under way: " + decidedAtDesk, nil
		}
		ans, err := s.Insurer.Query(ctx, r.ID)
		agrees := (r.Status == payment.Settled && ans.State == bureau.OrderSettled ||
			r.Status == payment.Refunded && ans.State == bureau.OrderRefunded) && ans.Split == r.Split
		if err == nil && (agrees || r.Status == payment.Failed && ans.State == bureau.OrderRefunded) {
			return decidedAtDesk, nil
		}
	case r.Status == payment.Failed && d.Theirs != (bureau.Detail{Number: d.Number}):
		// Settlement and reversal may be in the books of two days, so the day alone cannot tell.
		ans, err := s.Insurer.Query(ctx, r.ID)
		if err == nil && ans.State == bureau.OrderRefunded {
			return "reversed", nil
		}
	}
	return "", nil
}
