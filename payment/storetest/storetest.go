// Package storetest says what every payment.Store must do. It is imported by tests only.
package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// at is a whole millisecond, as stores keep it.
var at = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)

// Run runs the contract suite; open returns a fresh, empty store.
func Run(t *testing.T, open func(t *testing.T) payment.Store) {
	for name, test := range map[string]func(*suite){
		"cards": (*suite).cards, "codes": (*suite).codes, "one use of racing codes": (*suite).racingCodes,
		"settlements":                   (*suite).settlements,
		"one settlement a prescription": (*suite).oneSettlement, "racing settlements": (*suite).racingSettlements,
		"versions": (*suite).versions,
		"due":      (*suite).due, "booked": (*suite).booked, "events": (*suite).events, "rollback": (*suite).rollback,
	} {
		t.Run(name, func(t *testing.T) { test(&suite{t, open(t)}) })
	}
}

type suite struct {
	*testing.T
	store payment.Store
}

func (s *suite) write(fn func(tx payment.Tx) error) error {
	return s.store.Write(context.Background(), fn)
}

func (s *suite) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *suite) refuses(name string, err, want error) {
	s.Helper()
	if !errors.Is(err, want) {
		s.Errorf("%s: %v, want %v", name, err, want)
	}
}

func card(id, person, token string) payment.Card {
	return payment.Card{ID: id, Person: person, ECToken: token, Insutype: bureau.Employee, BoundAt: at}
}

func (s *suite) bind(c payment.Card) error {
	return s.write(func(tx payment.Tx) error { return tx.Cards.Bind(c) })
}

func (s *suite) cards() {
	s.must(s.bind(card("c1", "p1", "token-1")))
	s.refuses("another person's token", s.bind(card("c2", "p2", "token-1")), payment.ErrCardBound)
	s.must(s.bind(card("c3", "p1", "token-2"))) // replaces c1
	s.must(s.bind(card("c4", "p2", "token-1"))) // free again
	s.must(s.bind(card("c5", "p2", "token-1"))) // one's own, once more
	s.must(s.store.Read(context.Background(), func(tx payment.Tx) error {
		for person, want := range map[string]payment.Card{"p1": card("c3", "p1", "token-2"),
			"p2": card("c5", "p2", "token-1")} {
			if got, err := tx.Cards.Of(person); err != nil || got != want {
				s.Errorf("card of %s: %+v, %v", person, got, err)
			}
		}
		if got, err := tx.Cards.Get("c1"); err != nil || got != card("c1", "p1", "token-1") {
			s.Errorf("a replaced card is still found by id: %+v, %v", got, err)
		}
		_, err := tx.Cards.Of("p9")
		s.refuses("card of nobody", err, payment.ErrNotFound)
		_, err = tx.Cards.Get("c2")
		s.refuses("a refused card", err, payment.ErrNotFound)
		return nil
	}))
}

func (s *suite) code(digest string) payment.CodeRow {
	c := payment.CodeRow{Digest: digest, Person: "p1", Card: "c1", Expires: at.Add(payment.PayCodeLife)}
	s.must(s.bind(card("c1", "p1", "token-1")))
	s.must(s.write(func(tx payment.Tx) error { return tx.Codes.Add(c) }))
	return c
}

func (s *suite) codes() {
	c := s.code("d1")
	peek := func(digest, person string, now time.Time) (got payment.CodeRow, err error) {
		err = s.store.Read(context.Background(), func(tx payment.Tx) (err error) {
			got, err = tx.Codes.Peek(digest, person, now)
			return err
		})
		return got, err
	}
	use := func(digest, person string, now time.Time) error {
		return s.write(func(tx payment.Tx) error { return tx.Codes.Use(digest, person, now) })
	}
	for range 2 { // looking does not use it
		if got, err := peek("d1", "p1", at); err != nil || got != c {
			s.Errorf("peek: %+v, %v", got, err)
		}
	}
	for _, bad := range []struct {
		name, digest, person string
		now                  time.Time
	}{{"unknown", "d2", "p1", at}, {"somebody else's", "d1", "p2", at}, {"expired", "d1", "p1", c.Expires}} {
		_, err := peek(bad.digest, bad.person, bad.now)
		s.refuses("peek "+bad.name, err, payment.ErrCodeSpent)
		s.refuses("use "+bad.name, use(bad.digest, bad.person, bad.now), payment.ErrCodeSpent)
	}
	s.must(use("d1", "p1", c.Expires.Add(-time.Millisecond)))
	s.refuses("use twice", use("d1", "p1", at), payment.ErrCodeSpent)
	_, err := peek("d1", "p1", at)
	s.refuses("peek after use", err, payment.ErrCodeSpent)
}

// race runs n functions at once and returns how many succeeded; the others must fail with want.
func (s *suite) race(n int, want error, fn func(i int) error) (winners int) {
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		wg.Go(func() { errs[i] = fn(i) })
	}
	wg.Wait()
	for _, err := range errs {
		if err == nil {
			winners++
		} else {
			s.refuses("loser", err, want)
		}
	}
	return winners
}

const racers = 8

func (s *suite) racingCodes() {
	s.code("d1")
	winners := s.race(racers, payment.ErrCodeSpent, func(int) error {
		return s.write(func(tx payment.Tx) error { return tx.Codes.Use("d1", "p1", at) })
	})
	if winners != 1 {
		s.Errorf("%d uses of one code", winners)
	}
}

// row is a settlement of rx by p1's card c1.
func (s *suite) row(rx string, status payment.Status) payment.Row {
	s.Helper()
	id, err := payment.NewNumber(at)
	s.must(err)
	r := payment.Row{ID: id, Rx: rx, Person: "p1", Payer: "p2", Card: "c1", Policy: "v1", Status: status, Seq: 1,
		Version: 1, Attempts: 3, NextTry: at.Add(time.Minute), Reason: "r",
		Order: "ORD", OpenedAt: at, Fees: money.Fees{
			{Code: "A", Name: "药", Class: money.ClassA, Price: 10, Quantity: 7, Amount: 70},
			{Code: "B", Name: "剂", Class: money.ClassB, Price: 30, Quantity: 1, Amount: 30}},
		Split: money.Split{Total: 100, OwnPay: 0, PreSelfPay: 3, InScope: 97, Deductible: 17, Pooled: 30, Fund: 40,
			OtherFunds: "hifmi_pay=10", Account: 25, Cash: 35, Hospital: 0, Person: 60}}
	if status == payment.Settled || status == payment.Refunding || status == payment.Refunded {
		r.SettledAt = at.Add(time.Second)
	}
	if status == payment.Refunded {
		r.RefundedAt = at.Add(time.Hour)
	}
	return r
}

func (s *suite) insert(rows ...payment.Row) {
	s.Helper()
	for _, r := range rows {
		s.must(s.write(func(tx payment.Tx) error { return tx.Settlements.Insert(r) }))
	}
}

func (s *suite) get(id string) (r payment.Row, err error) {
	err = s.store.Read(context.Background(), func(tx payment.Tx) (err error) {
		r, err = tx.Settlements.Get(id)
		return err
	})
	return r, err
}

func equal(a, b payment.Row) bool {
	fees := slices.Equal(a.Fees, b.Fees)
	a.Fees, b.Fees = nil, nil
	times := a.NextTry.Equal(b.NextTry) && a.OpenedAt.Equal(b.OpenedAt) && a.SettledAt.Equal(b.SettledAt) &&
		a.RefundedAt.Equal(b.RefundedAt)
	for _, r := range []*payment.Row{&a, &b} {
		r.NextTry, r.OpenedAt, r.SettledAt, r.RefundedAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	}
	return fees && times && a.ID == b.ID && a.Rx == b.Rx && a.Person == b.Person && a.Payer == b.Payer &&
		a.Card == b.Card && a.Policy == b.Policy &&
		a.Status == b.Status && a.Split == b.Split && a.Seq == b.Seq && a.Version == b.Version &&
		a.Attempts == b.Attempts && a.Told == b.Told &&
		a.Order == b.Order && a.Reason == b.Reason
}

func (s *suite) settlements() {
	s.must(s.bind(card("c1", "p1", "token-1")))
	for _, status := range payment.Statuses {
		r := s.row("RX-"+string(status), status)
		s.insert(r)
		if got, err := s.get(r.ID); err != nil || !equal(got, r) {
			s.Errorf("%s came back as %+v, %v", status, got, err)
		}
	}
	_, err := s.get("ST-unknown")
	s.refuses("unknown", err, payment.ErrNotFound)
}

func (s *suite) oneSettlement() {
	s.must(s.bind(card("c1", "p1", "token-1")))
	for _, first := range payment.Statuses {
		rx := "RX-" + string(first)
		s.insert(s.row(rx, first))
		err := s.write(func(tx payment.Tx) error { return tx.Settlements.Insert(s.row(rx, payment.Opened)) })
		if first.Blocks() {
			s.refuses("a second one beside "+string(first), err, payment.ErrPaidAlready)
		} else if err != nil {
			s.Errorf("a second one after %s: %v", first, err)
		}
	}
}

func (s *suite) racingSettlements() {
	s.must(s.bind(card("c1", "p1", "token-1")))
	rows := make([]payment.Row, racers)
	for i := range rows {
		rows[i] = s.row("RX1", payment.Opened)
	}
	winners := s.race(racers, payment.ErrPaidAlready, func(i int) error {
		return s.write(func(tx payment.Tx) error { return tx.Settlements.Insert(rows[i]) })
	})
	if winners != 1 {
		s.Errorf("%d settlements of one prescription", winners)
	}
}

func (s *suite) versions() {
	s.must(s.bind(card("c1", "p1", "token-1")))
	r := s.row("RX1", payment.Opened)
	s.insert(r)
	r.Status, r.Told, r.SettledAt, r.Seq, r.NextTry, r.Attempts = payment.Settled, true, at.Add(time.Second), 2,
		time.Time{}, 0
	winners := s.race(racers, payment.ErrConflict, func(int) error {
		return s.write(func(tx payment.Tx) error { return tx.Settlements.Update(r) })
	})
	if winners != 1 {
		s.Errorf("%d of one version's updates took effect", winners)
	}
	r.Version++
	if got, err := s.get(r.ID); err != nil || !equal(got, r) {
		s.Errorf("updated to %+v, %v", got, err)
	}
}

func (s *suite) due() {
	s.must(s.bind(card("c1", "p1", "token-1")))
	later, never, first, second := s.row("RX1", payment.Opened), s.row("RX2", payment.Settled),
		s.row("RX3", payment.Refunding), s.row("RX4", payment.Opened)
	later.NextTry, never.NextTry, first.NextTry, second.NextTry = at.Add(time.Millisecond), time.Time{},
		at.Add(-time.Hour), at
	s.insert(later, never, first, second)
	for limit, want := range map[int][]string{10: {first.ID, second.ID}, 1: {first.ID}} {
		var got []string
		s.must(s.store.Read(context.Background(), func(tx payment.Tx) error {
			due, err := tx.Settlements.Due(at, limit)
			for _, d := range due {
				got = append(got, d.ID)
			}
			return err
		}))
		if !slices.Equal(got, want) {
			s.Errorf("due, at most %d: %v, want %v", limit, got, want)
		}
	}
	lease := func() error {
		d := payment.Due{ID: first.ID, Version: first.Version}
		return s.write(func(tx payment.Tx) error { return tx.Settlements.Lease(d, at.Add(time.Hour)) })
	}
	if a, b := lease(), lease(); a != nil || !errors.Is(b, payment.ErrConflict) {
		s.Errorf("leased %v, and again %v", a, b)
	}
}

func ids(rows []payment.Row) (ids []string) {
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}

func (s *suite) booked() {
	s.must(s.bind(card("c1", "p1", "token-1")))
	opened, settled, refunded := s.row("RX1", payment.Opened), s.row("RX2", payment.Settled),
		s.row("RX3", payment.Refunded)
	s.insert(opened, settled, refunded)
	both := []string{settled.ID, refunded.ID}
	slices.Sort(both)
	for _, c := range []struct {
		name     string
		from, to time.Time
		after    string
		limit    int
		want     []string
	}{
		{"all", time.UnixMilli(0), at.Add(24 * time.Hour), "", 10, both},
		{"first page", time.UnixMilli(0), at.Add(24 * time.Hour), "", 1, both[:1]},
		{"next page", time.UnixMilli(0), at.Add(24 * time.Hour), both[0], 10, both[1:]},
		{"begin is in", at.Add(time.Second), at.Add(2 * time.Second), "", 10, both},
		{"end is out", at, at.Add(time.Second), "", 10, nil},
		{"by the refund's time", at.Add(time.Hour), at.Add(2 * time.Hour), "", 10, []string{refunded.ID}},
	} {
		var rows []payment.Row
		s.must(s.store.Read(context.Background(), func(tx payment.Tx) (err error) {
			var next string
			rows, _, next, err = tx.Settlements.Booked(c.from, c.to, c.after, c.limit)
			if full := len(rows) == c.limit; full != (next != "") || (full && next != rows[len(rows)-1].ID) {
				s.Errorf("%s: next page after %q", c.name, next)
			}
			return err
		}))
		if got := ids(rows); !slices.Equal(got, c.want) {
			s.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func (s *suite) events() {
	s.must(s.bind(card("c1", "p1", "token-1")))
	r := s.row("RX1", payment.Settled)
	s.insert(r)
	events := []payment.Event{
		{Settlement: r.ID, Seq: 2, Kind: chain.KindPaySettle, Record: "r2", Document: []byte(`{"b":2}`),
			Salt: []byte("salt2"), At: at.Add(time.Second)},
		{Settlement: r.ID, Seq: 1, Kind: chain.KindPayOpen, Record: "r1", Document: []byte(`{"a":1}`),
			Salt: []byte("salt1"), At: at},
	}
	for _, e := range events {
		s.must(s.write(func(tx payment.Tx) error { return tx.Events.Add(e) }))
	}
	if err := s.write(func(tx payment.Tx) error { return tx.Events.Add(events[0]) }); err == nil {
		s.Error("one sequence number twice")
	}
	s.must(s.store.Read(context.Background(), func(tx payment.Tx) error {
		got, err := tx.Events.Of(r.ID)
		if err != nil || len(got) != 2 || got[0].Record != "r1" || string(got[1].Document) != `{"b":2}` ||
			string(got[0].Salt) != "salt1" || !got[1].At.Equal(events[0].At) {
			s.Errorf("%+v, %v", got, err)
		}
		return err
	}))
}

var errOnPurpose = errors.New("on purpose")

func (s *suite) rollback() {
	s.must(s.bind(card("c1", "p1", "token-1")))
	r := s.row("RX1", payment.Opened)
	err := s.write(func(tx payment.Tx) error {
		s.must(tx.Settlements.Insert(r))
		s.must(tx.Cards.Bind(card("c2", "p2", "token-2")))
		return errOnPurpose
	})
	s.refuses("the write", err, errOnPurpose)
	_, err = s.get(r.ID)
	s.refuses("settlement of a failed write", err, payment.ErrNotFound)
	s.must(s.bind(card("c3", "p3", "token-2")))
}
