package payment

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/payment/money"
)

// TestBillsAddUp: what a bill must say, and who may pay it.
func TestBillsAddUp(t *testing.T) {
	good := money.Fee{Code: "X", Name: "n", Class: money.ClassA, Price: 2, Quantity: 3, Amount: 6}
	bill := Bill{Rx: "RX1", Person: "p", Fees: money.Fees{good}, Total: 6}
	for name, c := range map[string]struct {
		change func(b *Bill)
		good   bool
	}{
		"as it is": {func(*Bill) {}, true}, "no prescription": {func(b *Bill) { b.Rx = "" }, false},
		"nobody's":      {func(b *Bill) { b.Person = "" }, false},
		"another total": {func(b *Bill) { b.Total = 7 }, false},
		"no lines":      {func(b *Bill) { b.Fees, b.Total = nil, 0 }, false},
	} {
		b := bill
		c.change(&b)
		if err := b.Check(); (err == nil) != c.good {
			t.Errorf("a bill, %s: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		bill   Bill
		person string
		want   bool
	}{
		"the patient": {bill, "p", true}, "another": {bill, "q", false}, "nobody, and no guardian": {bill, "", false},
		"the guardian":    {Bill{Person: "p", Guardian: "g"}, "g", true},
		"the patient too": {Bill{Person: "p", Guardian: "g"}, "p", true},
	} {
		if c.bill.payableBy(c.person) != c.want {
			t.Errorf("payable by %s: %v", name, !c.want)
		}
	}
}

// TestRowsComeAliveWhole: each field that a row must have is missed alone, and each time belongs to
// its statuses.
func TestRowsComeAliveWhole(t *testing.T) {
	for name, change := range map[string]func(*Row){
		"no number": func(r *Row) { r.ID = "" }, "no prescription": func(r *Row) { r.Rx = "" },
		"no patient": func(r *Row) { r.Person = "" },
		"no payer":   func(r *Row) { r.Payer = "" }, "no card": func(r *Row) { r.Card = "" },
		"no policy":          func(r *Row) { r.Policy = "" },
		"settled for nobody": func(r *Row) { r.SettledAt = at }, "back from nobody": func(r *Row) { r.RefundedAt = at },
		"refunding, never settled": func(r *Row) { r.Status = Refunding },
		"settled at no time":       func(r *Row) { r.Status = Settled },
		"refunded at no time":      func(r *Row) { r.Status, r.SettledAt = Refunded, at },
		"refunded, never settled":  func(r *Row) { r.Status, r.RefundedAt = Refunded, at },
	} {
		row := inStatus(t, Opened).Row()
		change(&row)
		if _, err := FromStoreOnly(row); !errors.Is(err, ErrStored) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhenAPersonIsAsked: at the very attempt, in the statuses where only the insurer knows, from
// the first such time on.
func TestWhenAPersonIsAsked(t *testing.T) {
	for _, status := range []Status{Opened, Reversing, Refunding, Settled, Refunded} {
		s := inStatus(t, status)
		s.row.Attempts = deskAttempts - 2
		for i, want := range []bool{false, status.InsurersTurn(), status.InsurersTurn()} {
			now := at.Add(time.Duration(i) * time.Minute)
			if err := s.postpone(now); err != nil {
				t.Fatal(err)
			}
			next := now.Add(maxRetry)
			if want {
				next = now.Add(watchEvery)
			}
			if s.row.DeskAt.IsZero() == want || !s.row.NextTry.Equal(next) || s.row.Attempts != deskAttempts-1+i {
				t.Errorf("%s, attempt %d: desk %v, next %v", status, s.row.Attempts, s.row.DeskAt, s.row.NextTry)
			}
			if want && !s.row.DeskAt.Equal(at.Add(time.Minute)) {
				t.Errorf("%s: asked since %v", status, s.row.DeskAt)
			}
		}
	}
	s := inStatus(t, Opened)
	if err := errors.Join(s.reverse("first", at), s.fail("second")); err != nil || s.row.Reason != "first" {
		t.Errorf("failed for %q, %v", s.row.Reason, err)
	}
	if s = inStatus(t, Opened); s.fail("only") != nil || s.row.Reason != "only" {
		t.Errorf("failed for %q", s.row.Reason)
	}
}

// TestStatusesByHeart: which statuses keep another payment away, and in which only the insurer
// knows.
func TestStatusesByHeart(t *testing.T) {
	blocks := map[Status]bool{Opened: true, Reversing: true, Settled: true, Refunding: true}
	insurers := map[Status]bool{Opened: true, Reversing: true, Refunding: true}
	for _, s := range Statuses {
		if s.Blocks() != blocks[s] || s.InsurersTurn() != insurers[s] {
			t.Errorf("%s blocks: %v, the insurer's turn: %v", s, s.Blocks(), s.InsurersTurn())
		}
	}
}

// TestRulingsToTheLetter: what a person's word must be, and when it is asked for.
func TestRulingsToTheLetter(t *testing.T) {
	good := Ruling{Decision: DecidedSettled, Order: "ORD-1", Reason: "电话核实"}
	for name, c := range map[string]struct {
		change func(r *Ruling)
		good   bool
	}{
		"settled, with the number":         {func(*Ruling) {}, true},
		"without it":                       {func(r *Ruling) { r.Order = "" }, false},
		"not settled":                      {func(r *Ruling) { r.Decision, r.Order = DecidedNotSettled, "" }, true},
		"not settled, with a number":       {func(r *Ruling) { r.Decision = DecidedNotSettled }, false},
		"refunded":                         {func(r *Ruling) { r.Decision, r.Order = DecidedRefunded, "" }, true},
		"no decision":                      {func(r *Ruling) { r.Decision, r.Order = "", "" }, false},
		"longest number":                   {func(r *Ruling) { r.Order = strings.Repeat("1", maxOrderNo) }, true},
		"longer":                           {func(r *Ruling) { r.Order = strings.Repeat("1", maxOrderNo+1) }, false},
		"first and last character":         {func(r *Ruling) { r.Order = "!~" }, true},
		"a space":                          {func(r *Ruling) { r.Order = "1 2" }, false},
		"a character that is not seen":     {func(r *Ruling) { r.Order = "1\x7f" }, false},
		"a reason of a word":               {func(r *Ruling) { r.Reason = "核实" }, false},
		"a reason as long as it may be":    {func(r *Ruling) { r.Reason = strings.Repeat("核", maxReason) }, true},
		"a reason longer than it may be":   {func(r *Ruling) { r.Reason = strings.Repeat("核", maxReason+1) }, false},
		"a decision that nobody has heard": {func(r *Ruling) { r.Decision, r.Order = "perhaps", "" }, false},
	} {
		r := good
		c.change(&r)
		if err := r.check(); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
	decided := map[Status]map[Decision]Status{
		Opened:    {DecidedSettled: Settled, DecidedNotSettled: Failed},
		Reversing: {DecidedSettled: Settled, DecidedNotSettled: Failed}, Refunding: {DecidedRefunded: Refunded},
	}
	for _, status := range Statuses {
		for _, d := range []Decision{DecidedSettled, DecidedNotSettled, DecidedRefunded} {
			for _, asked := range []bool{false, true} {
				s := inStatus(t, status)
				if asked {
					s.row.DeskAt = at
				}
				want, ok := decided[status][d]
				_, err := s.decide(Ruling{Decision: d}, at)
				if ok = ok && asked; (err == nil) != ok ||
					ok && (s.row.Status != want || !s.row.Watch || !s.row.DeskAt.IsZero()) {
					t.Errorf("%s is decided to be %s, asked %v: %s %v", status, d, asked, s.row.Status, err)
				}
				if !ok && !errors.Is(err, ErrNotAtDesk) && (!asked || !errors.Is(err, ErrTransition)) {
					t.Errorf("%s is decided to be %s, asked %v: %v", status, d, asked, err)
				}
			}
		}
	}
}
