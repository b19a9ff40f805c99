package payment

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/payment/money"
)

var at = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)

func inStatus(t *testing.T, status Status) *Settlement {
	t.Helper()
	id, err := NewNumber(at)
	if err != nil {
		t.Fatal(err)
	}
	fees := money.Fees{{Code: "X", Name: "药", Class: money.ClassA, Price: 100, Quantity: 1, Amount: 100}}
	row := Row{ID: id, Rx: "RX1", Person: "p", Payer: "p", Card: "c", Policy: "v", Status: status, Fees: fees,
		Split: money.Split{Total: 100, InScope: 100, Cash: 100, Person: 100},
		Seq:   1, Version: 1, OpenedAt: at}
	if slices.Contains([]Status{Settled, Refunding, Refunded}, status) {
		row.SettledAt = at
	}
	if status == Refunded {
		row.RefundedAt = at
	}
	s, err := FromStoreOnly(row)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTransitionMatrix walks every status with every verb; what is not in the table must refuse and
// change nothing.
func TestTransitionMatrix(t *testing.T) {
	verbs := map[string]func(*Settlement) error{
		"settle":      func(s *Settlement) error { return s.settle("ORD1", at, at) },
		"fail":        func(s *Settlement) error { return s.fail("r") },
		"reverse":     func(s *Settlement) error { return s.reverse("r", at) },
		"startRefund": func(s *Settlement) error { return s.startRefund("r", at) },
		"refunded":    func(s *Settlement) error { return s.refunded(at, at) },
		"tell":        func(s *Settlement) error { return s.tell() },
		"postpone":    func(s *Settlement) error { return s.postpone(at) },
	}
	legal := map[Status]map[string]Status{
		Opened:    {"settle": Settled, "fail": Failed, "reverse": Reversing, "postpone": Opened},
		Reversing: {"fail": Failed, "postpone": Reversing},
		Settled:   {"startRefund": Refunding, "tell": Settled, "postpone": Settled},
		Failed:    {},
		Refunding: {"refunded": Refunded, "postpone": Refunding},
		Refunded:  {"tell": Refunded, "postpone": Refunded},
	}
	for _, status := range Statuses {
		for name, verb := range verbs {
			s := inStatus(t, status)
			before := s.Row()
			err := verb(s)
			want, ok := legal[status][name]
			switch {
			case ok && (err != nil || s.row.Status != want || s.check() != nil):
				t.Errorf("%s from %s: %s, %v, %v", name, status, s.row.Status, err, s.check())
			case !ok && !errors.Is(err, ErrTransition):
				t.Errorf("%s from %s: %v", name, status, err)
			case !ok && (s.row.Status != before.Status || s.row.Seq != before.Seq || s.row.NextTry != before.NextTry):
				t.Errorf("%s from %s was refused and changed something", name, status)
			}
		}
	}
}

// A verb that tells the chain counts the sequence up by one, any other leaves it.
func TestSequence(t *testing.T) {
	s := inStatus(t, Opened)
	for i, verb := range []func() error{
		func() error { return s.settle("o", at, at) }, func() error { return s.startRefund("r", at) },
		func() error { return s.refunded(at, at) },
	} {
		if err := verb(); err != nil {
			t.Fatal(err)
		}
		if want := []uint64{2, 2, 3}[i]; s.row.Seq != want {
			t.Errorf("after verb %d the sequence is %d", i, s.row.Seq)
		}
	}
}

// A row changed by hand in the database does not come alive.
func TestFromStoreRefuses(t *testing.T) {
	for name, change := range map[string]func(*Row){
		"another total": func(r *Row) {
			r.Split.Total, r.Split.InScope, r.Split.Cash, r.Split.Person = 50,
				50, 50, 50
		},
		"broken split":         func(r *Row) { r.Split.Fund = 1 },
		"no fees":              func(r *Row) { r.Fees = nil },
		"mistyped number":      func(r *Row) { r.ID = r.ID[:21] + "0" + r.ID[21:] },
		"settled without time": func(r *Row) { r.Status = Settled },
		"refunded too early":   func(r *Row) { r.RefundedAt = at },
		"nobody's":             func(r *Row) { r.Person = "" },
	} {
		row := inStatus(t, Opened).Row()
		change(&row)
		if _, err := FromStoreOnly(row); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestBackoffIsBounded(t *testing.T) {
	last := time.Duration(0)
	for n := range 200 {
		d := backoff(n)
		if d < last || d < firstRetry || d > maxRetry {
			t.Fatalf("attempt %d waits %s after %s", n, d, last)
		}
		last = d
	}
	if last != maxRetry {
		t.Errorf("the longest wait is %s", last)
	}
}
