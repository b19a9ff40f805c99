// Package payments is what the application adds to the payment's own floor: the books held against
// the chain and against the insurer's.
package payments

import (
	"context"
	"fmt"

	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	paymentstore "github.com/smart-hospital/hospital/payment/gormstore"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
	"github.com/smart-hospital/hospital/payment/money"
)

// auditing is an audit of this room's rows.
type auditing struct{ *audit.Walk }

// Compare holds every settlement and its events against the chain, adds up the books, and in the
// demo holds them against the bureau's, there and back.
func Compare(ctx context.Context, w *audit.Walk) error {
	a, r := auditing{w}, w.Report
	for _, name := range []string{"settlements", "settlementEvents", "unfinished", "bureauOrders"} {
		r.Count(name, 0)
	}
	if err := a.settlements(ctx); err != nil {
		return err
	}
	r.Say("settlements   %8d (%d unfinished), %d events", r.Counts["settlements"], r.Counts["unfinished"],
		r.Counts["settlementEvents"])
	a.sayBooks("our books", r.Books)
	if r.Bureau == nil {
		return nil
	}
	a.sayBooks("the bureau's", *r.Bureau)
	return a.bureauOrders(ctx)
}

func (a auditing) sayBooks(whose string, t bureau.Totals) {
	sum := func(x money.Parts) string { return (x.Fund + x.Account + x.Cash).String() }
	a.Report.Say("%-13s %8d settled %s, %d refunded %s", whose, t.Settleds, sum(t.Settled), t.Refundeds,
		sum(t.Refunded))
}

func (a auditing) settlements(ctx context.Context) error {
	if a.Bureau != nil {
		a.Report.Bureau = &bureau.Totals{}
	}
	err := paymentstore.New(a.DB, a.Box, nil).
		Each(ctx, func(page []paymentstore.Stored) error { return a.settlementPage(ctx, page) })
	if err != nil {
		return err
	}
	twice, err := paymentstore.PaidTwice(ctx, a.DB.DB)
	for _, rx := range twice {
		a.Report.Fault(payment.Lane(rx), "settlement.doubled", "more than one settlement holds its money")
	}
	r := a.Report
	a.Same(r.Books.Refunded.Within(r.Books.Settled), "books", "books.refunds", "more was refunded than settled")
	a.Same(r.Bureau == nil || *r.Bureau == r.Books, "books", "books.bureau", "our totals and the bureau's differ")
	return err
}

func (a auditing) settlementPage(ctx context.Context, page []paymentstore.Stored) error {
	subjects, numbers := make([]string, len(page)), make([]string, len(page))
	for i, s := range page {
		subjects[i], numbers[i] = payment.Subject(s.ID), s.ID
	}
	want, err := a.Expect(ctx, subjects)
	if err != nil {
		return err
	}
	paid, err := a.paid(ctx, page)
	if err != nil {
		return err
	}
	orders := map[string]insurersandbox.Booked{}
	if a.Bureau != nil {
		if orders, err = insurersandbox.Find(ctx, a.Bureau.DB, numbers); err != nil {
			return err
		}
	}
	for i, s := range page {
		if err := a.settlement(s, want[subjects[i]]); err != nil {
			return err
		}
		if s.Status == payment.Settled && s.Told && paid[s.Rx].Ref != subjects[i] {
			a.Report.Fault(subjects[i], "settlement.unused",
				"settled and reported, but the prescription is not paid by it")
		}
		if a.Bureau != nil && s.Err == nil {
			a.againstBureau(s.Row, orders[s.ID])
		}
	}
	return nil
}

// paid tells by which settlements a page's prescriptions were paid.
func (a auditing) paid(ctx context.Context, page []paymentstore.Stored) (map[string]audit.Expected, error) {
	lanes := map[string]bool{}
	var list []string
	for _, s := range page {
		if s.Rx != "" && !lanes[payment.Lane(s.Rx)] {
			lanes[payment.Lane(s.Rx)] = true
			list = append(list, payment.Lane(s.Rx))
		}
	}
	want, err := a.Expect(ctx, list)
	out := make(map[string]audit.Expected, len(want))
	for _, s := range page {
		out[s.Rx] = want[payment.Lane(s.Rx)]
	}
	return out, err
}

func (a auditing) settlement(s paymentstore.Stored, want audit.Expected) error {
	a.Report.Count("settlements", 1)
	a.Report.Count("settlementEvents", len(s.Events))
	steps, readable := make([]audit.Step, len(s.Events)), make([]payment.Event, 0, len(s.Events))
	for i, e := range s.Events {
		steps[i] = audit.Step{Record: e.Record, Seq: e.Seq, Kind: e.Kind, Document: e.Document,
			Salt: e.Salt, Err: e.Err}
		if e.Err == nil {
			readable = append(readable, e.Event)
		}
	}
	count := s.Seq
	if s.Err != nil {
		count = want.Seq
	}
	if _, err := a.Steps(want, count, steps); err != nil {
		return err
	}
	a.Same(s.Err == nil, want.Subject, "settlement.sealed", "the row is missing or its bill does not open")
	if s.Err == nil {
		return a.settlementRow(s, readable, want)
	}
	return nil
}

func (a auditing) settlementRow(s paymentstore.Stored, readable []payment.Event, want audit.Expected) error {
	for _, field := range payment.Differences(s.Row, readable) {
		a.Report.Fault(want.Subject, "settlement.document", field+" is not as in the signed document")
	}
	last := ""
	if len(s.Events) > 0 {
		last = s.Events[len(s.Events)-1].Record
	}
	a.settlementState(s.Row, last, want)
	return a.book(s.Row)
}

func (a auditing) settlementState(r payment.Row, last string, want audit.Expected) {
	status := r.Status.OnChain()
	a.Same(status == want.Status, want.Subject, "settlement.status",
		fmt.Sprintf("%q in the database, %q by the chain", status, want.Status))
	a.Same(r.Seq == want.Seq, want.Subject, "settlement.sequence",
		fmt.Sprintf("%d in the database, %d by the chain", r.Seq, want.Seq))
	a.Same(last == want.Last, want.Subject, "settlement.last", "another last record than the chain's")
	a.Same(payment.Lane(r.Rx) == want.Ref, want.Subject, "settlement.prescription",
		"another prescription than the chain's")
	a.Same(want.Person == "" || r.Payer == want.Person, want.Subject, "settlement.payer",
		"another payer than the chain's")
}

// book adds a settlement to the totals when its own arithmetic holds.
func (a auditing) book(r payment.Row) error {
	_, broken := payment.FromStoreOnly(r)
	a.Same(broken == nil, payment.Subject(r.ID), "settlement.books",
		"its amounts, times and status do not fit together")
	if !r.NextTry.IsZero() {
		a.Report.Count("unfinished", 1)
	}
	if broken == nil && !r.SettledAt.IsZero() {
		return a.total(r)
	}
	return nil
}

func (a auditing) total(r payment.Row) (err error) {
	b := &a.Report.Books
	b.Settleds++
	if b.Settled, err = b.Settled.Plus(r.Split.Parts()); err == nil && r.Status == payment.Refunded {
		b.Refundeds++
		b.Refunded, err = b.Refunded.Plus(r.Split.Parts())
	}
	return err
}

// againstBureau holds a finished settlement against the bureau's order. While we wait for its
// answer the bureau may be a step ahead; a failed one may have been settled there and reversed.
func (a auditing) againstBureau(r payment.Row, o insurersandbox.Booked) {
	subject := payment.Subject(r.ID)
	a.Report.Count("bureauOrders", 1)
	switch r.Status {
	case payment.Settled, payment.Refunding, payment.Refunded:
		same := o.Settled && o.Parts == r.Split.Parts() && o.Order == r.Order &&
			o.SettledAt.UnixMilli() == r.SettledAt.UnixMilli()
		a.Same(same, subject, "bureau.settled", "the bureau's books say otherwise")
		a.Same(r.Status == payment.Refunding || o.Refunded == (r.Status == payment.Refunded), subject,
			"bureau.refunded", "refunded on one side only")
		a.bureauTotals(r, o)
	case payment.Failed:
		a.Same(!o.Settled || o.Refunded, subject, "bureau.failed", "failed here, and the bureau keeps the money")
	}
}

// bureauTotals leaves a refund out that we have not heard of.
func (a auditing) bureauTotals(r payment.Row, o insurersandbox.Booked) {
	b := a.Report.Bureau
	add := func(to *money.Parts, n *int) {
		sum, err := to.Plus(o.Parts)
		a.Same(err == nil, payment.Subject(r.ID), "bureau.amount", "out of range")
		*to, *n = sum, *n+1
	}
	if o.Settled {
		add(&b.Settled, &b.Settleds)
	}
	if o.Refunded && r.Status == payment.Refunded {
		add(&b.Refunded, &b.Refundeds)
	}
}

// bureauOrders goes from the bureau to us: whatever it took money for has a settlement here.
func (a auditing) bureauOrders(ctx context.Context) error {
	return insurersandbox.Each(ctx, a.Bureau.DB, func(page []insurersandbox.Booked) error {
		var numbers []string
		for _, o := range page {
			if o.Settled {
				numbers = append(numbers, o.Number)
			}
		}
		absent, err := paymentstore.Absent(a.DB.WithContext(ctx), numbers)
		for _, number := range absent {
			a.Report.Fault(chain.SubjectPay+number, "bureau.unknown",
				"the bureau settled it, the hospital does not know it")
		}
		return err
	})
}
