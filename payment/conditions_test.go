package payment

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// TestDifferencesNameTheField: each field of a row that says otherwise than its documents is named.
func TestDifferencesNameTheField(t *testing.T) {
	refunded := inStatus(t, Refunded).Row()
	refunded.Order, refunded.RefundedAt = "ORD", at.Add(time.Hour)
	failed := inStatus(t, Failed).Row()
	failed.Reason = "refused"
	events := func(r Row) (list []Event) {
		parts := r.Split.Parts()
		result := outcome{Settlement: r.ID, Rx: r.Rx, Policy: r.Policy, Order: r.Order, Split: r.Split,
			Reason: r.Reason, InsurerAt: r.SettledAt}
		back := result
		back.Refund, back.Refunded, back.InsurerAt = RefundNumber(r.ID), &parts, r.RefundedAt
		for _, e := range []struct {
			kind chain.Kind
			doc  any
		}{
			{chain.KindPayOpen, authorisation{Settlement: r.ID, Rx: r.Rx, Card: r.Card, Policy: r.Policy, Fees: r.Fees,
				Split: r.Split}},
			{chain.KindPaySettle, result}, {chain.KindPayFail, result}, {chain.KindPayRefund, back},
		} {
			if ended := e.kind == chain.KindPayFail; e.kind != chain.KindPayOpen && ended != (r.Status == Failed) {
				continue
			}
			document, err := json.Marshal(e.doc)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, Event{Kind: e.kind, Document: document})
		}
		return list
	}
	all := func(what string) []string { return []string{"pay.settle: " + what, "pay.refund: " + what} }
	for name, c := range map[string]struct {
		row    Row
		change func(*Row)
		want   []string
	}{
		"nothing, refunded": {refunded, func(*Row) {}, nil},
		"nothing, failed":   {failed, func(*Row) {}, nil},
		"number": {refunded, func(r *Row) { r.ID = "ST" },
			append([]string{"pay.open: authorisation"}, append(all("outcome"), "pay.refund: amounts")...)},
		"prescription": {refunded, func(r *Row) { r.Rx = "RX2" }, append([]string{"pay.open: authorisation"},
			all("outcome")...)},
		"card": {refunded, func(r *Row) { r.Card = "d" }, []string{"pay.open: authorisation"}},
		"policy": {refunded, func(r *Row) { r.Policy = "w" }, append([]string{"pay.open: authorisation"},
			all("outcome")...)},
		"fees": {refunded, func(r *Row) { r.Fees = nil }, []string{"pay.open: fees"}},
		"another split": {refunded, func(r *Row) { r.Split.Deductible++ }, append([]string{"pay.open: split"},
			all("split")...)},
		"other parts": {refunded, func(r *Row) { r.Split.Cash-- }, []string{"pay.open: split", "pay.settle: split",
			"pay.refund: split", "pay.refund: amounts"}},
		"order": {refunded, func(r *Row) { r.Order = "ORD2" }, all("outcome")},
		"time settled": {refunded, func(r *Row) { r.SettledAt = at.Add(time.Millisecond) },
			[]string{"pay.settle: time"}},
		"time refunded":  {refunded, func(r *Row) { r.RefundedAt = at }, []string{"pay.refund: time"}},
		"reason, failed": {failed, func(r *Row) { r.Reason = "other" }, []string{"pay.fail: reason"}},
		"reason":         {refunded, func(r *Row) { r.Reason = "other" }, nil},
	} {
		list := events(c.row)
		c.change(&c.row)
		got := Differences(c.row, list)
		slices.Sort(got)
		if slices.Sort(c.want); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for name, document := range map[string]string{
		"no JSON": "x", "no refund": `{"refund":"` + RefundNumber(refunded.ID) + `"}`,
		"no refund's number": `{"refunded":{"fund":0,"account":0,"cash":100}}`,
	} {
		got := Differences(refunded, []Event{{Kind: chain.KindPayRefund, Document: []byte(document)}})
		if !slices.Contains(got, "pay.refund: outcome") || !slices.Contains(got, "pay.refund: amounts") {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, e := range events(refunded) {
		e.Document = bytes.Replace(e.Document, []byte(`"unit":""`), []byte(`"unit":1`), 1)
		if got := Differences(refunded, []Event{e}); len(got) != 1 {
			t.Errorf("a document of another type: %q", got)
		}
	}
}

// TestWhatExplainsADifference: what a row and the insurer say of a number on which the books
// differ.
func TestWhatExplainsADifference(t *testing.T) {
	there := benchSplit.Parts()
	otherSplit := with(settled, func(a *Answer) { a.Split.Account++ })
	otherBack := with(wentBack, func(a *Answer) { a.Split.Account++ })
	for name, c := range map[string]struct {
		status  Status
		decided bool
		watch   bool
		theirs  bool // in their books
		query   reply
		want    string
	}{
		"opened":                  {Opened, false, false, true, none, "under way: opened"},
		"reversing":               {Reversing, false, false, true, none, "under way: reversing"},
		"refunding":               {Refunding, false, false, true, none, "under way: refunding"},
		"settled":                 {Settled, false, false, false, settled, ""},
		"refunded":                {Refunded, false, false, false, wentBack, ""},
		"settled, and back there": {Settled, false, false, true, wentBack, ""},

		"reversed":                   {Failed, false, false, true, wentBack, "reversed"},
		"reversed, unsaid":           {Failed, false, false, true, unsaid(wentBack), ""},
		"failed, settled there":      {Failed, false, false, true, settled, ""},
		"failed, not in their books": {Failed, false, false, false, wentBack, ""},

		"decided, still asked":           {Settled, true, true, true, settled, "under way: " + decidedAtDesk},
		"decided settled, and so it is":  {Settled, true, false, true, settled, decidedAtDesk},
		"decided settled, unsaid":        {Settled, true, false, true, unsaid(settled), ""},
		"decided settled, of another":    {Settled, true, false, true, otherSplit, ""},
		"decided settled, back there":    {Settled, true, false, true, wentBack, ""},
		"decided refunded, and so it is": {Refunded, true, false, true, wentBack, decidedAtDesk},
		"decided refunded, of another":   {Refunded, true, false, true, otherBack, ""},
		"decided refunded, settled":      {Refunded, true, false, true, settled, ""},
		"decided failed, and back":       {Failed, true, false, true, wentBack, decidedAtDesk},
		"decided failed, and settled":    {Failed, true, false, true, settled, ""},
	} {
		row := inStatus(t, c.status).Row()
		if row.Watch = c.watch; c.decided {
			row.Decision = DecidedSettled
		}
		b := newBench(t, row)
		b.query = c.query
		d := Difference{Number: row.ID, Theirs: Detail{Number: row.ID}}
		if c.theirs {
			d.Theirs.Settled = &there
		}
		if got, err := b.service.explain(t.Context(), d); err != nil || got != c.want {
			t.Errorf("%s: %q, want %q, %v", name, got, c.want, err)
		}
	}
	if got, err := newBench(t).service.explain(t.Context(), Difference{Number: "ST"}); err != nil || got != "" {
		t.Errorf("a number that we do not know: %q, %v", got, err)
	}
}

// TestBooksToTheFen: what a day's report calls a difference, and which of them it alarms.
func TestBooksToTheFen(t *testing.T) {
	const day, next = "2026-05-04", "2026-05-05"
	row, back, broken := inStatus(t, Settled).Row(), inStatus(t, Refunded).Row(), inStatus(t, Settled).Row()
	back.RefundedAt = at.AddDate(0, 0, 1)
	broken.Split.Pooled++
	failed, opened := inStatus(t, Failed).Row(), inStatus(t, Opened).Row()
	parts, less := benchSplit.Parts(), benchSplit.Parts()
	less.Cash--
	in, out, both := Detail{Settled: &parts}, Detail{Refunded: &parts}, Detail{Settled: &parts, Refunded: &parts}
	for name, c := range map[string]struct {
		day       string
		row       *Row
		unread    int
		there     Detail
		uncounted int
		differ    int
		left      int // out of the report
		alarm     bool
	}{
		"nothing":                {day: day},
		"the same":               {day: day, row: &row, there: in},
		"settled on the day":     {day: day, row: &back, there: in},
		"back on the next":       {day: next, row: &back, there: out},
		"unread":                 {day: day, unread: 1, left: 1, alarm: true},
		"unread beside the same": {day: day, row: &row, unread: 1, there: in, left: 1, alarm: true},
		"unread and broken":      {day: day, row: &broken, unread: 1, left: 2, alarm: true},
		"totals of nothing":      {day: day, uncounted: 1, differ: 1, alarm: true},
		"a fen less there":       {day: day, row: &row, there: Detail{Settled: &less}, differ: 1, alarm: true},
		"not there":              {day: day, row: &row, differ: 1, alarm: true},
		"back there":             {day: day, row: &row, there: both, differ: 1, alarm: true},
		"not back there":         {day: next, row: &back, differ: 1, alarm: true},
		"reversed there":         {day: day, row: &failed, there: both, differ: 1},
		"under way":              {day: day, row: &opened, there: in, differ: 1},
	} {
		b := newBench(t)
		b.unread, b.uncounted, b.query = c.unread, c.uncounted, wentBack
		if c.row != nil {
			b.rows = []Row{*c.row}
			if c.there.Number = c.row.ID; c.there.Settled != nil || c.there.Refunded != nil {
				b.days = map[string][]Detail{c.day: {c.there}}
			}
		}
		r, err := b.service.DayReport(t.Context(), c.day)
		if err != nil || len(r.Differences) != c.differ || r.Unread != c.left || r.Balanced() == c.alarm ||
			(len(b.alarms) > 0) != c.alarm {
			t.Errorf("%s: %+v, alarms %v, %v", name, r, b.alarms, err)
		}
		if slices.Contains(b.asked, "details") != (c.differ > 0 || c.left > 0) {
			t.Errorf("%s: asked %v", name, b.asked)
		}
		number := c.day
		if c.row != nil {
			number = c.row.ID
		}
		if c.differ > 0 && r.Differences[0].Number != number {
			t.Errorf("%s: a difference of %s", name, r.Differences[0].Number)
		}
	}
	b := newBench(t, row)
	b.booksErr = ErrUnknownOutcome
	if _, err := b.service.DayReport(t.Context(), day); !errors.Is(err, ErrUnknownOutcome) {
		t.Errorf("no totals: %v", err)
	}
	b.booksErr, b.getErr = nil, errFailing
	if _, err := b.service.DayReport(t.Context(), day); !errors.Is(err, errFailing) {
		t.Errorf("no database: %v", err)
	}
}

// TestTotalsOfDetails: each component of each detail counts, and no sum passes the largest amount.
func TestTotalsOfDetails(t *testing.T) {
	one, most := Parts{Fund: 1, Account: 2, Cash: 3}, Parts{Cash: MaxFen}
	both := Detail{Settled: &one, Refunded: &one}
	twice := Parts{Fund: 2, Account: 4, Cash: 6}
	for name, c := range map[string]struct {
		list map[string]Detail
		want Totals
		err  error
	}{
		"none":             {nil, Totals{}, nil},
		"settled":          {map[string]Detail{"a": {Settled: &one}}, Totals{Settled: one, Settleds: 1}, nil},
		"two":              {map[string]Detail{"a": both, "b": both}, Totals{twice, 2, twice, 2}, nil},
		"too much settled": {map[string]Detail{"a": {Settled: &most}, "b": {Settled: &one}}, Totals{}, ErrAmount},
		"too much back":    {map[string]Detail{"a": {Refunded: &most}, "b": {Refunded: &one}}, Totals{}, ErrAmount},
	} {
		if got, err := total(c.list); !errors.Is(err, c.err) || err == nil && got != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// TestServiceNeedsAll: each part that a service cannot do without.
func TestServiceNeedsAll(t *testing.T) {
	whole := newBench(t).service.Config
	for _, name := range []string{"Chain", "Store", "Insurer", "Prescriptions", "Hospital", "Seal", "Now"} {
		c := whole
		reflect.ValueOf(&c).Elem().FieldByName(name).SetZero()
		if _, err := New(c); err == nil {
			t.Errorf("a service without %s", name)
		}
	}
}

// TestWhoseCardItIs: the insurer's holder is the hospital's, by name and by number, and only
// patients bind cards and ask for codes.
func TestWhoseCardItIs(t *testing.T) {
	holder := Holder{Name: "李样例", IDNumber: "11010519491231002X"}
	for name, c := range map[string]struct {
		role     chain.Role
		theirs   Holder
		insutype Insutype
		want     error
	}{
		"the patient's":     {chain.RolePatient, holder, Employee, nil},
		"a resident's":      {chain.RolePatient, holder, Resident, nil},
		"a small x":         {chain.RolePatient, Holder{holder.Name, "11010519491231002x"}, Employee, nil},
		"another name":      {chain.RolePatient, Holder{"韩样例", holder.IDNumber}, Employee, ErrNotYourCard},
		"another number":    {chain.RolePatient, Holder{holder.Name, "11010519800101001X"}, Employee, ErrNotYourCard},
		"another insurance": {chain.RolePatient, holder, "340", ErrRefused},
		"a doctor's":        {chain.RoleDoctor, holder, Employee, ErrRole},
	} {
		b := newBench(t)
		b.info = CardInfo{Holder: c.theirs, Insutype: c.insutype}
		actor := intent.Actor{Person: "p", Role: c.role}
		_, err := b.service.BindCard(t.Context(), actor, sqlstore.Command{}, "p", "ec-token-of-li-0001", holder)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		_, err = b.service.CreatePayCode(t.Context(), actor, sqlstore.Command{}, "p")
		if errors.Is(err, ErrRole) != errors.Is(c.want, ErrRole) {
			t.Errorf("%s, a code: %v", name, err)
		}
	}
}

// TestRefusedBeforeTheIntent: why no payment is prepared or opened, each reason alone.
func TestRefusedBeforeTheIntent(t *testing.T) {
	actor := intent.Actor{Person: "p", Role: chain.RolePatient}
	row := inStatus(t, Opened).Row()
	good := func() *bench {
		b := newBench(t)
		b.bill = Bill{Rx: "RX1", Person: "p", Fees: row.Fees, Total: 100}
		b.card, b.pre = Card{ID: "c"}, settled
		return b
	}
	prepare := func(b *bench) error {
		_, err := b.service.prepare(t.Context(), actor, OrderInput{Rx: "RX1", Card: "c"})
		return err
	}
	limits := func(b *bench) error { return withinLimits(Tx{Settlements: benchRows{bench: b}}, row) }
	for name, c := range map[string]struct {
		do     func(*bench) error
		change func(*bench)
		want   error
		alarm  bool
	}{
		"a split of another total": {prepare, func(b *bench) { b.pre.ans.Split.Total++ }, ErrDishonest, true},
		"no split":                 {prepare, func(b *bench) { b.pre = refused }, ErrRefused, false},
		"another card":             {prepare, func(b *bench) { b.card.ID = "d" }, ErrNotFound, false},
		"no database": {prepare, func(b *bench) { b.card, b.cardErr = Card{}, errFailing }, errFailing,
			false},
		"paid already":         {prepare, func(b *bench) { b.rows = []Row{row} }, ErrPaidAlready, false},
		"somebody else's bill": {prepare, func(b *bench) { b.bill.Person = "q" }, ErrNotFound, false},

		"the last payment":    {limits, func(b *bench) { b.rows = make([]Row, MaxPerPrescription-1) }, nil, false},
		"one more":            {limits, func(b *bench) { b.rows = make([]Row, MaxPerPrescription) }, ErrTooMany, false},
		"the payer's last":    {limits, func(b *bench) { b.today = MaxPerPayer - 1 }, nil, false},
		"one more of a payer": {limits, func(b *bench) { b.today = MaxPerPayer }, ErrTooMany, false},
	} {
		b := good()
		c.change(b)
		err := c.do(b)
		for _, other := range []error{ErrDishonest, ErrRefused, ErrNotFound, errFailing, ErrPaidAlready, ErrTooMany} {
			if errors.Is(err, other) != errors.Is(c.want, other) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
		if (len(b.alarms) > 0) != c.alarm {
			t.Errorf("%s: alarms %v", name, b.alarms)
		}
	}
}
