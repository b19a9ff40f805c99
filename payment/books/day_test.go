package books

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

var (
	at    = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	split = money.Split{Total: 100, InScope: 100, Cash: 100, Person: 100}
)

// reply is one answer of the insurer. Where err is set the answer says nothing, whatever it holds.
type reply struct {
	ans bureau.Answer
	err error
}

var (
	none     = reply{}
	settled  = reply{ans: bureau.Answer{State: bureau.OrderSettled, Split: split, At: at}}
	wentBack = reply{ans: bureau.Answer{State: bureau.OrderRefunded, Split: split, At: at, Refunded: split.Parts(),
		RefundAt: at}}
)

func with(r reply, change func(*bureau.Answer)) reply {
	change(&r.ans)
	return r
}

// unsaid is an answer that came with an error: whatever it holds, it says nothing.
func unsaid(r reply) reply { return reply{r.ans, bureau.ErrUnknownOutcome} }

// rowIn is a settlement in a status, settled and refunded at one moment.
func rowIn(status payment.Status) payment.Row {
	id, err := payment.NewNumber(at)
	if err != nil {
		panic(err)
	}
	row := payment.Row{ID: id, Rx: "RX1", Person: "p", Payer: "p", Card: "c", Policy: "v", Status: status,
		Fees:  money.Fees{{Code: "X", Name: "药", Class: money.ClassA, Price: 100, Quantity: 1, Amount: 100}},
		Split: split, Seq: 1, Version: 1, OpenedAt: at}
	if slices.Contains([]payment.Status{payment.Settled, payment.Refunding, payment.Refunded}, status) {
		row.SettledAt = at
	}
	if status == payment.Refunded {
		row.RefundedAt = at
	}
	return row
}

var errFailing = errors.New("the database does not read")

// bench is both sides' books in memory.
type bench struct {
	payment.Store
	bureau.Insurer
	payment.Prescriptions
	query     reply
	days      map[string][]bureau.Detail // the insurer's books
	uncounted int                        // what its totals have beside them
	booksErr  error

	service *payment.Service
	rows    []payment.Row
	unread  int // rows that do not open
	getErr  error
	asked   []string // of the insurer
	alarms  []string
}

func newBench(t *testing.T, rows ...payment.Row) *bench {
	t.Helper()
	b := &bench{rows: rows}
	var err error
	b.service, err = payment.New(payment.Config{Chain: "test", Store: b, Insurer: b, Prescriptions: b, Hospital: "h1",
		Seal:  func() (intent.Seal, error) { return intent.Seal{}, errFailing },
		Now:   func() time.Time { return at },
		Alarm: func(a payment.Alarm) { b.alarms = append(b.alarms, a.Kind) }})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) Query(context.Context, string) (bureau.Answer, error) {
	b.asked = append(b.asked, "query")
	return b.query.ans, b.query.err
}

func (b *bench) Totals(_ context.Context, first, last string) (bureau.Totals, error) {
	b.asked = append(b.asked, first+".."+last)
	sum := map[string]bureau.Detail{}
	for day, list := range b.days {
		for _, d := range list {
			if day >= first && day <= last {
				sum[day+d.Number] = d
			}
		}
	}
	t, _ := total(sum)
	t.Settleds += b.uncounted
	return t, b.booksErr
}

func (b *bench) Details(_ context.Context, day string) ([]bureau.Detail, error) {
	b.asked = append(b.asked, "details")
	return b.days[day], nil
}

func (b *bench) Read(_ context.Context, fn func(payment.Tx) error) error {
	return fn(payment.Tx{Settlements: benchRows{bench: b}})
}

type benchRows struct {
	payment.Settlements
	*bench
}

func (b benchRows) Get(id string) (payment.Row, error) {
	if i := slices.IndexFunc(b.rows, func(r payment.Row) bool { return r.ID == id }); i >= 0 {
		return b.rows[i], b.getErr
	}
	return payment.Row{}, payment.ErrNotFound
}

func (b benchRows) Booked(from, to time.Time, _ string, _ int) (rows []payment.Row, unread int, next string,
	err error) {
	in := func(t time.Time) bool { return !t.Before(from) && t.Before(to) }
	for _, r := range b.rows {
		if in(r.SettledAt) || in(r.RefundedAt) {
			rows = append(rows, r)
		}
	}
	return rows, b.unread, "", nil
}

// TestWhatExplainsADifference: what a row and the insurer say of a number on which the books
// differ.
func TestWhatExplainsADifference(t *testing.T) {
	there := split.Parts()
	otherSplit := with(settled, func(a *bureau.Answer) { a.Split.Account++ })
	otherBack := with(wentBack, func(a *bureau.Answer) { a.Split.Account++ })
	for name, c := range map[string]struct {
		status  payment.Status
		decided bool
		watch   bool
		theirs  bool // in their books
		query   reply
		want    string
	}{
		"opened":                  {payment.Opened, false, false, true, none, "under way: opened"},
		"reversing":               {payment.Reversing, false, false, true, none, "under way: reversing"},
		"refunding":               {payment.Refunding, false, false, true, none, "under way: refunding"},
		"settled":                 {payment.Settled, false, false, false, settled, ""},
		"refunded":                {payment.Refunded, false, false, false, wentBack, ""},
		"settled, and back there": {payment.Settled, false, false, true, wentBack, ""},

		"reversed":                   {payment.Failed, false, false, true, wentBack, "reversed"},
		"reversed, unsaid":           {payment.Failed, false, false, true, unsaid(wentBack), ""},
		"failed, settled there":      {payment.Failed, false, false, true, settled, ""},
		"failed, not in their books": {payment.Failed, false, false, false, wentBack, ""},

		"decided, still asked":           {payment.Settled, true, true, true, settled, "under way: " + decidedAtDesk},
		"decided settled, and so it is":  {payment.Settled, true, false, true, settled, decidedAtDesk},
		"decided settled, unsaid":        {payment.Settled, true, false, true, unsaid(settled), ""},
		"decided settled, of another":    {payment.Settled, true, false, true, otherSplit, ""},
		"decided settled, back there":    {payment.Settled, true, false, true, wentBack, ""},
		"decided refunded, and so it is": {payment.Refunded, true, false, true, wentBack, decidedAtDesk},
		"decided refunded, of another":   {payment.Refunded, true, false, true, otherBack, ""},
		"decided refunded, settled":      {payment.Refunded, true, false, true, settled, ""},
		"decided failed, and back":       {payment.Failed, true, false, true, wentBack, decidedAtDesk},
		"decided failed, and settled":    {payment.Failed, true, false, true, settled, ""},
	} {
		row := rowIn(c.status)
		if row.Watch = c.watch; c.decided {
			row.Decision = payment.DecidedSettled
		}
		b := newBench(t, row)
		b.query = c.query
		d := Difference{Number: row.ID, Theirs: bureau.Detail{Number: row.ID}}
		if c.theirs {
			d.Theirs.Settled = &there
		}
		if got, err := explain(t.Context(), b.service, d); err != nil || got != c.want {
			t.Errorf("%s: %q, want %q, %v", name, got, c.want, err)
		}
	}
	if got, err := explain(t.Context(), newBench(t).service, Difference{Number: "ST"}); err != nil || got != "" {
		t.Errorf("a number that we do not know: %q, %v", got, err)
	}
}

// TestBooksToTheFen: what a day's report calls a difference, and which of them it alarms.
func TestBooksToTheFen(t *testing.T) {
	const day, next = "2026-05-04", "2026-05-05"
	row, back, broken := rowIn(payment.Settled), rowIn(payment.Refunded), rowIn(payment.Settled)
	back.RefundedAt = at.AddDate(0, 0, 1)
	broken.Split.Pooled++
	failed, opened := rowIn(payment.Failed), rowIn(payment.Opened)
	parts, less := split.Parts(), split.Parts()
	less.Cash--
	in, out := bureau.Detail{Settled: &parts}, bureau.Detail{Refunded: &parts}
	both := bureau.Detail{Settled: &parts, Refunded: &parts}
	for name, c := range map[string]struct {
		day       string
		row       *payment.Row
		unread    int
		there     bureau.Detail
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
		"a fen less there":       {day: day, row: &row, there: bureau.Detail{Settled: &less}, differ: 1, alarm: true},
		"not there":              {day: day, row: &row, differ: 1, alarm: true},
		"back there":             {day: day, row: &row, there: both, differ: 1, alarm: true},
		"not back there":         {day: next, row: &back, differ: 1, alarm: true},
		"reversed there":         {day: day, row: &failed, there: both, differ: 1},
		"under way":              {day: day, row: &opened, there: in, differ: 1},
	} {
		b := newBench(t)
		b.unread, b.uncounted, b.query = c.unread, c.uncounted, wentBack
		if c.row != nil {
			b.rows = []payment.Row{*c.row}
			if c.there.Number = c.row.ID; c.there.Settled != nil || c.there.Refunded != nil {
				b.days = map[string][]bureau.Detail{c.day: {c.there}}
			}
		}
		r, err := DayReport(t.Context(), b.service, c.day)
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
	b.booksErr = bureau.ErrUnknownOutcome
	if _, err := DayReport(t.Context(), b.service, day); !errors.Is(err, bureau.ErrUnknownOutcome) {
		t.Errorf("no totals: %v", err)
	}
	b.booksErr, b.getErr = nil, errFailing
	if _, err := DayReport(t.Context(), b.service, day); !errors.Is(err, errFailing) {
		t.Errorf("no database: %v", err)
	}
}

// TestTotalsOfDetails: each component of each detail counts, and no sum passes the largest amount.
func TestTotalsOfDetails(t *testing.T) {
	one, most := money.Parts{Fund: 1, Account: 2, Cash: 3}, money.Parts{Cash: money.MaxFen}
	both := bureau.Detail{Settled: &one, Refunded: &one}
	twice := money.Parts{Fund: 2, Account: 4, Cash: 6}
	settled, back := bureau.Detail{Settled: &most}, bureau.Detail{Refunded: &most}
	for name, c := range map[string]struct {
		list map[string]bureau.Detail
		want bureau.Totals
		err  error
	}{
		"none":    {nil, bureau.Totals{}, nil},
		"settled": {map[string]bureau.Detail{"a": {Settled: &one}}, bureau.Totals{Settled: one, Settleds: 1}, nil},
		"two": {map[string]bureau.Detail{"a": both, "b": both},
			bureau.Totals{Settled: twice, Settleds: 2, Refunded: twice, Refundeds: 2}, nil},
		"too much settled": {map[string]bureau.Detail{"a": settled, "b": both}, bureau.Totals{}, money.ErrAmount},
		"too much back":    {map[string]bureau.Detail{"a": back, "b": both}, bureau.Totals{}, money.ErrAmount},
	} {
		if got, err := total(c.list); !errors.Is(err, c.err) || err == nil && got != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
