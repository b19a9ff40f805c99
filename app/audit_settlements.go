package app

import (
	"context"
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment"
	paymentstore "github.com/smart-hospital/hospital/payment/gormstore"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
)

// settlements holds every settlement and its events against the chain, adds up the books, and in
// the demo holds them against the bureau's.
func (a *auditor) settlements(ctx context.Context) error {
	if a.bureau != nil {
		a.report.Bureau = &payment.Totals{}
	}
	err := paymentstore.New(a.db, a.box, nil).
		Each(ctx, func(page []paymentstore.Stored) error { return a.settlementPage(ctx, page) })
	if err != nil {
		return err
	}
	twice, err := paymentstore.PaidTwice(ctx, a.db.DB)
	for _, rx := range twice {
		a.report.fault(payment.Lane(rx), "settlement.doubled", "more than one settlement holds its money")
	}
	r := a.report
	a.same(r.Books.Refunded.Within(r.Books.Settled), "books", "books.refunds", "more was refunded than settled")
	a.same(r.Bureau == nil || *r.Bureau == r.Books, "books", "books.bureau", "our totals and the bureau's differ")
	return err
}

func (a *auditor) settlementPage(ctx context.Context, page []paymentstore.Stored) error {
	subjects, numbers := make([]string, len(page)), make([]string, len(page))
	for i, s := range page {
		subjects[i], numbers[i] = payment.Subject(s.ID), s.ID
	}
	want, err := a.expect(a.db.WithContext(ctx), subjects)
	if err != nil {
		return err
	}
	paid, err := a.paid(ctx, page)
	if err != nil {
		return err
	}
	orders := map[string]insurersandbox.Booked{}
	if a.bureau != nil {
		if orders, err = insurersandbox.Find(ctx, a.bureau.DB, numbers); err != nil {
			return err
		}
	}
	for i, s := range page {
		if err := a.settlement(s, want[subjects[i]]); err != nil {
			return err
		}
		if s.Status == payment.Settled && s.Told && paid[s.Rx].Ref != subjects[i] {
			a.report.fault(subjects[i], "settlement.unused",
				"settled and reported, but the prescription is not paid by it")
		}
		if a.bureau != nil && s.Err == nil {
			a.againstBureau(s.Row, orders[s.ID])
		}
	}
	return nil
}

// paid tells by which settlements a page's prescriptions were paid.
func (a *auditor) paid(ctx context.Context, page []paymentstore.Stored) (map[string]expected, error) {
	lanes := map[string]bool{}
	var list []string
	for _, s := range page {
		if s.Rx != "" && !lanes[payment.Lane(s.Rx)] {
			lanes[payment.Lane(s.Rx)] = true
			list = append(list, payment.Lane(s.Rx))
		}
	}
	want, err := a.expect(a.db.WithContext(ctx), list)
	out := make(map[string]expected, len(want))
	for _, s := range page {
		out[s.Rx] = want[payment.Lane(s.Rx)]
	}
	return out, err
}

func (a *auditor) settlement(s paymentstore.Stored, want expected) error {
	a.report.Counts.Settlements++
	a.report.Counts.SettlementEvents += len(s.Events)
	steps, readable := make([]auditedStep, len(s.Events)), make([]payment.Event, 0, len(s.Events))
	for i, e := range s.Events {
		steps[i] = auditedStep{record: e.Record, seq: e.Seq, kind: e.Kind, document: e.Document,
			salt: e.Salt, err: e.Err}
		if e.Err == nil {
			readable = append(readable, e.Event)
		}
	}
	count := s.Seq
	if s.Err != nil {
		count = want.Seq
	}
	if _, err := a.steps(want, count, steps); err != nil {
		return err
	}
	a.same(s.Err == nil, want.Subject, "settlement.sealed", "the row is missing or its bill does not open")
	if s.Err == nil {
		return a.settlementRow(s, readable, want)
	}
	return nil
}

func (a *auditor) settlementRow(s paymentstore.Stored, readable []payment.Event, want expected) error {
	for _, field := range payment.Differences(s.Row, readable) {
		a.report.fault(want.Subject, "settlement.document", field+" is not as in the signed document")
	}
	last := ""
	if len(s.Events) > 0 {
		last = s.Events[len(s.Events)-1].Record
	}
	a.settlementState(s.Row, last, want)
	return a.book(s.Row)
}

func (a *auditor) settlementState(r payment.Row, last string, want expected) {
	status := r.Status.OnChain()
	a.same(status == want.Status, want.Subject, "settlement.status",
		fmt.Sprintf("%q in the database, %q by the chain", status, want.Status))
	a.same(r.Seq == want.Seq, want.Subject, "settlement.sequence",
		fmt.Sprintf("%d in the database, %d by the chain", r.Seq, want.Seq))
	a.same(last == want.Last, want.Subject, "settlement.last", "another last record than the chain's")
	a.same(payment.Lane(r.Rx) == want.Ref, want.Subject, "settlement.prescription",
		"another prescription than the chain's")
	a.same(want.Person == "" || r.Payer == want.Person, want.Subject, "settlement.payer",
		"another payer than the chain's")
}

// book adds a settlement to the totals when its own arithmetic holds.
func (a *auditor) book(r payment.Row) error {
	_, broken := payment.FromStoreOnly(r)
	a.same(broken == nil, payment.Subject(r.ID), "settlement.books",
		"its amounts, times and status do not fit together")
	if !r.NextTry.IsZero() {
		a.report.Counts.Unfinished++
	}
	if broken == nil && !r.SettledAt.IsZero() {
		return a.total(r)
	}
	return nil
}

func (a *auditor) total(r payment.Row) (err error) {
	b := &a.report.Books
	b.Settleds++
	if b.Settled, err = b.Settled.Plus(r.Split.Parts()); err == nil && r.Status == payment.Refunded {
		b.Refundeds++
		b.Refunded, err = b.Refunded.Plus(r.Split.Parts())
	}
	return err
}

// againstBureau holds a finished settlement against the bureau's order. While we wait for its
// answer the bureau may be a step ahead; a failed one may have been settled there and reversed.
func (a *auditor) againstBureau(r payment.Row, o insurersandbox.Booked) {
	subject := payment.Subject(r.ID)
	a.report.Counts.BureauOrders++
	switch r.Status {
	case payment.Settled, payment.Refunding, payment.Refunded:
		same := o.Settled && o.Parts == r.Split.Parts() && o.Order == r.Order &&
			o.SettledAt.UnixMilli() == r.SettledAt.UnixMilli()
		a.same(same, subject, "bureau.settled", "the bureau's books say otherwise")
		a.same(r.Status == payment.Refunding || o.Refunded == (r.Status == payment.Refunded), subject,
			"bureau.refunded", "refunded on one side only")
		a.bureauTotals(r, o)
	case payment.Failed:
		a.same(!o.Settled || o.Refunded, subject, "bureau.failed", "failed here, and the bureau keeps the money")
	}
}

// bureauTotals leaves a refund out that we have not heard of.
func (a *auditor) bureauTotals(r payment.Row, o insurersandbox.Booked) {
	b := a.report.Bureau
	add := func(to *payment.Parts, n *int) {
		sum, err := to.Plus(o.Parts)
		a.same(err == nil, payment.Subject(r.ID), "bureau.amount", "out of range")
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
func (a *auditor) bureauOrders(ctx context.Context) error {
	if a.bureau == nil {
		return nil
	}
	return insurersandbox.Each(ctx, a.bureau.DB, func(page []insurersandbox.Booked) error {
		var numbers []string
		for _, o := range page {
			if o.Settled {
				numbers = append(numbers, o.Number)
			}
		}
		absent, err := paymentstore.Absent(a.db.WithContext(ctx), numbers)
		for _, number := range absent {
			a.report.fault(chain.SubjectPay+number, "bureau.unknown",
				"the bureau settled it, the hospital does not know it")
		}
		return err
	})
}
