package insurer

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/payment"
)

// bureauThat answers every message with what reply makes of it.
func bureauThat(t *testing.T, reply func(bureau Partner, req Request[OrderRef]) (status int, body []byte)) *Client {
	t.Helper()
	hospital, bureau := partners(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		var req Request[OrderRef]
		if _, err := bureau.Open(raw, &req, now); err != nil {
			t.Error(err)
		}
		status, body := reply(bureau, req)
		w.WriteHeader(status)
		_, _ = w.Write(body)
	}))
	t.Cleanup(server.Close)
	c, err := NewClient(server.URL+"/", hospital, func() time.Time { return now }, 0)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func answer(t *testing.T, p Partner, op Op, ans Answer[Order], at time.Time) []byte {
	t.Helper()
	raw, err := p.Seal(context.Background(), op, ans, at)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

var split = payment.Split{Total: 100, InScope: 100, Cash: 100, Person: 100}

// Only a signed, timely answer to this very message is an answer; everything else leaves the outcome unknown.
func TestAnswers(t *testing.T) {
	settled := func() *Order {
		return &Order{Number: "ST1", PayOrdID: "ORD1", State: StateSettled, SetlTime: now.UnixMilli(), Setlinfo: NewSetlinfo(split, "v")}
	}
	ok := func(req Request[OrderRef]) Answer[Order] {
		return Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid, Output: settled()}
	}
	for _, c := range []struct {
		name  string
		reply func(p Partner, req Request[OrderRef]) (int, []byte)
		want  error
	}{
		{"settled", func(p Partner, req Request[OrderRef]) (int, []byte) { return 200, answer(t, p, OpQuery, ok(req), now) }, nil},
		{"HTTP error", func(p Partner, req Request[OrderRef]) (int, []byte) { return 500, answer(t, p, OpQuery, ok(req), now) }, payment.ErrUnknownOutcome},
		{"redirect", func(Partner, Request[OrderRef]) (int, []byte) { return 302, nil }, payment.ErrUnknownOutcome},
		{"not signed", func(Partner, Request[OrderRef]) (int, []byte) { return 200, []byte(`{"infcode":0}`) }, payment.ErrUnknownOutcome},
		{"empty", func(Partner, Request[OrderRef]) (int, []byte) { return 200, nil }, payment.ErrUnknownOutcome},
		{"endless", func(Partner, Request[OrderRef]) (int, []byte) { return 200, make([]byte, MaxMessage+10) }, payment.ErrUnknownOutcome},
		{"old", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery, ok(req), now.Add(-time.Hour))
		}, payment.ErrUnknownOutcome},
		{"to another operation", func(p Partner, req Request[OrderRef]) (int, []byte) { return 200, answer(t, p, OpPay, ok(req), now) }, payment.ErrUnknownOutcome},
		{"to another message", func(p Partner, req Request[OrderRef]) (int, []byte) {
			req.Msgid = "0"
			return 200, answer(t, p, OpQuery, ok(req), now)
		}, payment.ErrUnknownOutcome},
		{"our own message sent back", func(p Partner, req Request[OrderRef]) (int, []byte) {
			raw, _ := p.Seal(context.Background(), OpQuery, req, now)
			return 200, raw
		}, payment.ErrUnknownOutcome},
		{"refused", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery, Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid, Infcode: CodeRefused, ErrMsg: "李样例"}, now)
		}, payment.ErrRefused},
		{"unknown order", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery, Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid, Infcode: CodeUnknownOrder}, now)
		}, payment.ErrUnknownOrder},
		{"try again", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery, Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid, Infcode: CodeAgain}, now)
		}, payment.ErrUnknownOutcome},
		{"no output", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery, Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid}, now)
		}, payment.ErrUnknownOutcome},
	} {
		_, err := bureauThat(t, c.reply).Query(context.Background(), "ST1")
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		kinds := 0
		for _, kind := range []error{payment.ErrUnknownOutcome, payment.ErrRefused, payment.ErrUnknownOrder, payment.ErrDishonest} {
			if errors.Is(err, kind) {
				kinds++
			}
		}
		if err != nil && kinds != 1 {
			t.Errorf("%s: the error is of %d kinds: %v", c.name, kinds, err)
		}
		if err != nil && errors.Is(err, payment.ErrRefused) && err.Error() != "payment: the insurer refused: 6301: code -1" {
			t.Errorf("the insurer's words may name a person: %v", err)
		}
	}
}

// A signed order can still be nonsense.
func TestOrderAnswers(t *testing.T) {
	good := Order{Number: "ST1", PayOrdID: "ORD1", State: StateRefunded, SetlTime: 1, Setlinfo: NewSetlinfo(split, "v"), Refund: &Refund{Number: "ST1R", Time: 2, Cash: 100}}
	for _, c := range []struct {
		name   string
		change func(o *Order)
		want   error
	}{
		{"refunded", func(*Order) {}, nil},
		{"another number", func(o *Order) { o.Number = "ST2" }, payment.ErrUnknownOutcome},
		{"an unknown state", func(o *Order) { o.State = 99 }, payment.ErrUnknownOutcome},
		{"settled without amounts", func(o *Order) { o.State, o.Setlinfo, o.Refund = StateSettled, nil, nil }, payment.ErrUnknownOutcome},
		{"settled without a time", func(o *Order) { o.SetlTime = 0 }, payment.ErrUnknownOutcome},
		{"refunded without a refund", func(o *Order) { o.Refund = nil }, payment.ErrUnknownOutcome},
		{"processing with amounts", func(o *Order) { o.State, o.Refund = StateUploaded, nil }, payment.ErrUnknownOutcome},
		{"amounts that do not add up", func(o *Order) { s := split; s.Fund++; o.Setlinfo = NewSetlinfo(s, "v") }, payment.ErrDishonest},
		{"a refund above what was paid", func(o *Order) { o.Refund = &Refund{Number: "ST1R", Time: 2, Cash: 101} }, payment.ErrDishonest},
	} {
		o := good
		c.change(&o)
		client := bureauThat(t, func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery, Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid, Output: &o}, now)
		})
		a, err := client.Query(context.Background(), "ST1")
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if c.want == nil && (a.State != payment.OrderRefunded || a.Refunded != (payment.Parts{Cash: 100}) || a.Split != split) {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

func TestTimeout(t *testing.T) {
	hospital, _ := partners(t)
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	t.Cleanup(func() { close(release); server.Close() })
	c, err := NewClient(server.URL, hospital, time.Now, 20*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Query(context.Background(), "ST1"); !errors.Is(err, payment.ErrUnknownOutcome) || !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	server.CloseClientConnections()
	gone := httptest.NewServer(nil)
	gone.Close()
	if c, err = NewClient(gone.URL, hospital, time.Now, 0); err != nil {
		t.Fatal(err)
	}
	if err := c.Revoke(context.Background(), "ST1"); !errors.Is(err, payment.ErrUnknownOutcome) {
		t.Errorf("nobody listens: %v", err)
	}
}
