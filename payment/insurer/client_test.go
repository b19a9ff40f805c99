package insurer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
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
		if r.URL.Path != req.Infno.Path() {
			t.Errorf("%s was posted to %s", req.Infno, r.URL.Path)
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

// output answers a message with what it asks for.
func output[T any](t *testing.T, p Partner, req Request[OrderRef], out *T) []byte {
	t.Helper()
	raw, err := p.Seal(context.Background(), req.Infno,
		Answer[T]{Infno: req.Infno, RefMsgid: req.Msgid, Output: out}, now)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

var split = money.Split{Total: 100, InScope: 100, Cash: 100, Person: 100}

// Only a signed, timely answer to this very message is an answer; everything else leaves the
// outcome unknown.
func TestAnswers(t *testing.T) {
	settled := func() *Order {
		return &Order{Number: "ST1", PayOrdID: "ORD1", State: StateSettled, SetlTime: now.UnixMilli(),
			Setlinfo: NewSetlinfo(split, "v")}
	}
	ok := func(req Request[OrderRef]) Answer[Order] {
		return Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid, Output: settled()}
	}
	for _, c := range []struct {
		name  string
		reply func(p Partner, req Request[OrderRef]) (int, []byte)
		want  error
	}{
		{"settled", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200,
				answer(t, p, OpQuery, ok(req), now)
		}, nil},
		{"HTTP error", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 500,
				answer(t, p, OpQuery, ok(req), now)
		}, bureau.ErrUnknownOutcome},
		{"redirect", func(Partner, Request[OrderRef]) (int, []byte) { return 302, nil }, bureau.ErrUnknownOutcome},
		{"not signed", func(Partner, Request[OrderRef]) (int, []byte) { return 200, []byte(`{"infcode":0}`) },
			bureau.ErrUnknownOutcome},
		{"empty", func(Partner, Request[OrderRef]) (int, []byte) { return 200, nil }, bureau.ErrUnknownOutcome},
		{"endless", func(Partner, Request[OrderRef]) (int, []byte) { return 200, make([]byte, MaxMessage+10) },
			bureau.ErrUnknownOutcome},
		{"old", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery, ok(req), now.Add(-time.Hour))
		}, bureau.ErrUnknownOutcome},
		{"to another operation", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200,
				answer(t, p, OpPay, ok(req), now)
		}, bureau.ErrUnknownOutcome},
		{"to another message", func(p Partner, req Request[OrderRef]) (int, []byte) {
			req.Msgid = "0"
			return 200, answer(t, p, OpQuery, ok(req), now)
		}, bureau.ErrUnknownOutcome},
		{"to another operation inside", func(p Partner, req Request[OrderRef]) (int, []byte) {
			ans := ok(req)
			ans.Infno = OpPay
			return 200, answer(t, p, OpQuery, ans, now)
		}, bureau.ErrForged},
		{"our own message sent back", func(p Partner, req Request[OrderRef]) (int, []byte) {
			raw, _ := p.Seal(context.Background(), OpQuery, req, now)
			return 200, raw
		}, bureau.ErrUnknownOutcome},
		{"refused", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery,
				Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid, Infcode: CodeRefused, ErrMsg: "李样例"}, now)
		}, bureau.ErrRefused},
		{"unknown order", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery,
				Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid, Infcode: CodeUnknownOrder}, now)
		}, bureau.ErrUnknownOrder},
		{"try again", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery,
				Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid, Infcode: CodeAgain}, now)
		}, bureau.ErrUnknownOutcome},
		{"no output", func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, OpQuery, Answer[Order]{Infno: OpQuery, RefMsgid: req.Msgid}, now)
		}, bureau.ErrUnknownOutcome},
	} {
		_, err := bureauThat(t, c.reply).Query(context.Background(), "ST1")
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		kinds := 0
		for _, kind := range []error{bureau.ErrUnknownOutcome, bureau.ErrRefused, bureau.ErrUnknownOrder,
			money.ErrDishonest} {
			if errors.Is(err, kind) {
				kinds++
			}
		}
		if err != nil && kinds != 1 {
			t.Errorf("%s: the error is of %d kinds: %v", c.name, kinds, err)
		}
		if err != nil && errors.Is(err, bureau.ErrRefused) &&
			err.Error() != "payment: the insurer refused: 6301: code -1" {
			t.Errorf("the insurer's words may name a person: %v", err)
		}
	}
}

// A signed order can still be nonsense.
func TestOrderAnswers(t *testing.T) {
	good := Order{Number: "ST1", PayOrdID: "ORD1", State: StateRefunded, SetlTime: 1, Setlinfo: NewSetlinfo(split, "v"),
		Refund: &Refund{Number: "ST1R", Time: 2, Cash: 100}}
	for _, c := range []struct {
		name   string
		change func(o *Order)
		want   error
	}{
		{"refunded", func(*Order) {}, nil},
		{"another number", func(o *Order) { o.Number = "ST2" }, bureau.ErrUnknownOutcome},
		{"an unknown state", func(o *Order) { o.State = 99 }, bureau.ErrUnknownOutcome},
		{"settled without amounts", func(o *Order) { o.State, o.Setlinfo, o.Refund = StateSettled, nil, nil },
			bureau.ErrUnknownOutcome},
		{"settled without a time", func(o *Order) { o.SetlTime = 0 }, bureau.ErrUnknownOutcome},
		{"refunded without a refund", func(o *Order) { o.Refund = nil }, bureau.ErrUnknownOutcome},
		{"settled with a refund", func(o *Order) { o.State = StateSettled }, bureau.ErrUnknownOutcome},
		{"amounts that do not add up", func(o *Order) { s := split; s.Fund++; o.Setlinfo = NewSetlinfo(s, "v") },
			money.ErrDishonest},
		{"a refund above what was paid", func(o *Order) { o.Refund = &Refund{Number: "ST1R", Time: 2, Cash: 101} },
			money.ErrDishonest},
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
		if c.want == nil && (a.State != bureau.OrderRefunded || a.Refunded != (money.Parts{Cash: 100}) ||
			a.Split != split || !a.At.Equal(time.UnixMilli(1)) || !a.RefundAt.Equal(time.UnixMilli(2))) {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

// One more honest field, another way to write a number, another fund: money has moved by then, and
// the answer says so under its signature. What does not add up is still refused.
func TestHonestAnswersAreRead(t *testing.T) {
	const plain = `{"infno":"6301","inf_refmsgid":"MSG","infcode":0,"output":{"medOrgOrd":"ST1","payOrdId":"ORD1","ordStas":6,
		"setl_time":1777885200000,"setlinfo":{
		"medfee_sumamt":100.00,"fulamt_ownpay_amt":0.00,"preselfpay_amt":0.00,
		"inscp_scp_amt":100.00,"act_pay_dedc":0.00,"hifp_pay":60.00,
		"fund_pay_sumamt":60.00,"acct_pay":0.00,"psn_cash_pay":40.00,
		"hosp_part_amt":0.00,"psn_part_amt":40.00,"poli_ver":"v"}}}`
	const honest = money.Fen(6000)
	for _, c := range []struct {
		name, from, to string
		others         money.Funds
		fund           money.Fen
		want           error
	}{
		{"as we write it", "", "", "", honest, nil},
		{"more fields", `"infcode":0`, `"infcode":0,"warn_msg":null,"respond_time":"20260504","cainfo":{"a":[1]}`, "",
			honest, nil},
		{"more fields in the order and its amounts", `"ordStas":6,
		"setl_time":1777885200000,"setlinfo":{`,
			`"ordStas":6,"cprtFlag":"1","setl_time":1777885200000,"setlinfo":{"balc":1.5,"clr_type":"11","acct_mulaid_pay":0,`, "", honest, nil},
		{"0 for 0.00", `"act_pay_dedc":0.00`, `"act_pay_dedc":0`, "", honest, nil},
		{"one decimal", `"hifp_pay":60.00`, `"hifp_pay":60.0`, "", honest, nil},
		{"four decimals", `"hifp_pay":60.00`, `"hifp_pay":60.0000`, "", honest, nil},
		{"amounts as texts", `"hifp_pay":60.00`, `"hifp_pay":"60.00"`, "", honest, nil},
		{"no amount", `"hosp_part_amt":0.00,`, ``, "", honest, nil},
		{"null for nothing", `"hosp_part_amt":0.00`, `"hosp_part_amt":null`, "", honest, nil},
		{"an empty text for nothing", `"hosp_part_amt":0.00`, `"hosp_part_amt":""`, "", honest, nil},
		{"a state as a text", `"ordStas":6`, `"ordStas":"6"`, "", honest, nil},
		{"a code as a text", `"infcode":0`, `"infcode":"0"`, "", honest, nil},
		{"a time as a text", `"setl_time":1777885200000`, `"setl_time":"1777885200000"`, "", honest, nil},
		{"numbers with a point", `"ordStas":6`, `"ordStas":6.0`, "", honest, nil},
		{"their number as a number", `"payOrdId":"ORD1"`, `"payOrdId":7`, "", honest, nil},
		{"an empty refund", `"ordStas":6`, `"ordStas":6,"refdinfo":{"refdSn":"","refd_time":0,"fundRefdAmt":0}`, "",
			honest, nil},
		{"another fund", `"hifp_pay":60.00`, `"hifp_pay":45.00,"hifmi_pay":"10.00","maf_pay":5`,
			"hifmi_pay=1000 maf_pay=500", honest, nil},
		{"another fund of nothing", `"hifp_pay":60.00`, `"hifp_pay":60.00,"hifmi_pay":0`, "", honest, nil},
		{"another amount that is no fund", `"hifp_pay":60.00`, `"hifp_pay":50.00,"maf_pay":10.00,"balc":5.00`,
			"maf_pay=1000", honest, nil},
		{"another fund of less than nothing", `"hifp_pay":60.00`, `"hifp_pay":50.00,"maf_pay":10.00,"oth_pay":-5.00`,
			"maf_pay=1000", honest, nil},
		{"no refund", `"ordStas":6`, `"ordStas":6,"refdinfo":""`, "", honest, nil},
		{"a code that is no number", `"infcode":0`, `"infcode":true`, "", 0, bureau.ErrUnknownOutcome},
		{"a state above all numbers", `"ordStas":6`, `"ordStas":99999999999999999999`, "", 0,
			bureau.ErrUnknownOutcome},
		{"another fund that is not summed", `"hifp_pay":60.00`, `"hifp_pay":55.00,"hifmi_pay":10.00`, "", 0,
			money.ErrDishonest},
		{"a fund without a name", `"hifp_pay":60.00`, `"hifp_pay":55.00`, "", 0, money.ErrDishonest},
		{"a sum that does not hold", `"psn_cash_pay":40.00`, `"psn_cash_pay":40.01`, "", 0, money.ErrDishonest},
		{"a fraction of a fen", `"hifp_pay":60.00`, `"hifp_pay":60.001`, "", 0, bureau.ErrUnknownOutcome},
	} {
		text := strings.Replace(plain, c.from, c.to, 1)
		if c.from != "" && text == plain {
			t.Fatalf("%s: nothing was changed", c.name)
		}
		client := bureauThat(t, func(p Partner, req Request[OrderRef]) (int, []byte) {
			raw, err := p.Seal(context.Background(), OpQuery,
				json.RawMessage(strings.Replace(text, "MSG", req.Msgid, 1)), now)
			if err != nil {
				t.Fatal(err)
			}
			return 200, raw
		})
		a, err := client.Query(context.Background(), "ST1")
		if !errors.Is(err, c.want) || (c.want == nil) != (err == nil) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if c.want == nil && (a.State != bureau.OrderSettled || a.Split.Fund != c.fund ||
			a.Split.OtherFunds != c.others || a.Split.Cash != 4000) {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

// Pages that stand still or never end are no reconciliation.
func TestDetailsWithoutAnEnd(t *testing.T) {
	for name, page := range map[string]DetailsOutput{
		"an empty page": {More: true}, "the same page again": {List: []Detail{{Number: "ST1"}}, More: true},
		"out of order": {List: []Detail{{Number: "ST2"}, {Number: "ST1"}}, More: true},
		"one twice":    {List: []Detail{{Number: "ST2"}, {Number: "ST1"}, {Number: "ST2"}}},
		"no number":    {List: []Detail{{}}},
	} {
		client := bureauThat(t, func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, output(t, p, req, &page)
		})
		if _, err := client.Details(context.Background(), "2026-05-04"); !errors.Is(err, bureau.ErrUnknownOutcome) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A last page in any order is a reconciliation: nothing follows that could be left out.
func TestDetailsInAnyOrder(t *testing.T) {
	pages := []DetailsOutput{{List: []Detail{{Number: "ST1"}, {Number: "ST2"}}, More: true},
		{List: []Detail{{Number: "ST5"}, {Number: "ST3"}, {Number: "ST4"}}}}
	client := bureauThat(t, func(p Partner, req Request[OrderRef]) (int, []byte) {
		page := pages[0]
		pages = pages[1:]
		return 200, output(t, p, req, &page)
	})
	list, err := client.Details(context.Background(), "2026-05-04")
	var numbers []string
	for _, d := range list {
		numbers = append(numbers, d.Number)
	}
	if err != nil || !slices.Equal(numbers, []string{"ST1", "ST2", "ST3", "ST4", "ST5"}) {
		t.Errorf("%v %v", numbers, err)
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
	if _, err := c.Query(context.Background(), "ST1"); !errors.Is(err, bureau.ErrUnknownOutcome) ||
		!errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	server.CloseClientConnections()
	gone := httptest.NewServer(nil)
	gone.Close()
	if c, err = NewClient(gone.URL, hospital, time.Now, 0); err != nil {
		t.Fatal(err)
	}
	if err := c.Revoke(context.Background(), "ST1"); !errors.Is(err, bureau.ErrUnknownOutcome) {
		t.Errorf("nobody listens: %v", err)
	}
}

// TestPayAsksOnlyForWhatIsUploaded: an order that is past paying, or that the insurer gave no token
// for, is looked up and not paid.
func TestPayAsksOnlyForWhatIsUploaded(t *testing.T) {
	fees := money.Fees{{Code: "A", Name: "甲", Class: money.ClassA, Price: 100, Quantity: 1, Amount: 100}}
	for name, c := range map[string]struct {
		up   UploadOutput
		then Op
	}{
		"uploaded":            {UploadOutput{PayOrdID: "ORD1", PayToken: "t", State: StateUploaded}, OpPay},
		"uploaded, no token":  {UploadOutput{PayOrdID: "ORD1", State: StateUploaded}, OpQuery},
		"paid before":         {UploadOutput{PayOrdID: "ORD1", PayToken: "t", State: StateSettled}, OpQuery},
		"paid before, closed": {UploadOutput{PayOrdID: "ORD1", State: StateSettled}, OpQuery},
	} {
		var asked []Op
		client := bureauThat(t, func(p Partner, req Request[OrderRef]) (int, []byte) {
			asked = append(asked, req.Infno)
			if req.Infno != OpUpload {
				return 200, output(t, p, req, &Order{Number: "ST1", State: StateCancelled})
			}
			return 200, output(t, p, req, &c.up)
		})
		a, err := client.Pay(context.Background(), bureau.Order{Number: "ST1", Fees: fees, Split: split})
		if err != nil || a.State != bureau.OrderCancelled || !slices.Equal(asked, []Op{OpUpload, c.then}) {
			t.Errorf("%s: asked %v, %+v, %v", name, asked, a, err)
		}
	}
}

// TestRevokedAndRefunded: what is revoked must be so afterwards, and what is refunded; a refusal
// stays one.
func TestRevokedAndRefunded(t *testing.T) {
	revoke := func(c *Client) error { return c.Revoke(context.Background(), "ST1") }
	refund := func(c *Client) error {
		_, err := c.Refund(context.Background(), bureau.RefundOrder{Number: "ST1", Refund: "ST1R"})
		return err
	}
	paid := Order{Number: "ST1", SetlTime: 1, Setlinfo: NewSetlinfo(split, "v")}
	in := func(o Order, s OrdState) *Order {
		if o.State = s; s == StateRefunded {
			o.Refund = &Refund{Number: "ST1R", Time: 2, Cash: 100}
		}
		return &o
	}
	for name, c := range map[string]struct {
		ask  func(*Client) error
		code Code
		out  *Order
		want error
	}{
		"revoked, cancelled": {revoke, CodeOK, in(Order{Number: "ST1"}, StateCancelled), nil},
		"revoked, failed":    {revoke, CodeOK, in(Order{Number: "ST1"}, StateFailed), nil},
		"revoked, settled":   {revoke, CodeOK, in(paid, StateSettled), bureau.ErrUnknownOutcome},
		"revoked, refused":   {revoke, CodeRefused, nil, bureau.ErrRefused},
		"refunded":           {refund, CodeOK, in(paid, StateRefunded), nil},
		"refunded, settled":  {refund, CodeOK, in(paid, StateSettled), bureau.ErrUnknownOutcome},
		"refunded, refused":  {refund, CodeRefused, nil, bureau.ErrRefused},
	} {
		client := bureauThat(t, func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, req.Infno,
				Answer[Order]{Infno: req.Infno, RefMsgid: req.Msgid, Infcode: c.code, Output: c.out}, now)
		})
		err := c.ask(client)
		refused := errors.Is(c.want, bureau.ErrRefused)
		if !errors.Is(err, c.want) || refused && errors.Is(err, bureau.ErrUnknownOutcome) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestTheLargestAnswer: an envelope of MaxMessage bytes is read, one byte more is not.
func TestTheLargestAnswer(t *testing.T) {
	for size, want := range map[int]error{MaxMessage: nil, MaxMessage + 1: bureau.ErrUnknownOutcome} {
		client := bureauThat(t, func(p Partner, req Request[OrderRef]) (int, []byte) {
			raw := output(t, p, req, &Order{Number: "ST1", State: StateCancelled})
			return 200, append(raw, bytes.Repeat([]byte{' '}, size-len(raw))...)
		})
		if _, err := client.Query(context.Background(), "ST1"); !errors.Is(err, want) {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

// TestWhatIsKeptOfAnExchange: what was asked without drugs and tokens, and of what came the inner
// message where it is known to be the insurer's.
func TestWhatIsKeptOfAnExchange(t *testing.T) {
	in := OrderInput{Number: "ST1", ECToken: "secret", Fees: []Fee{{Name: "药"}}}
	e := exchange(now, OpUpload, in, []byte("sealed"), []byte("came"), nil, ErrSignature)
	if e.Sent != `{"medOrgOrd":"ST1","medfeeSumamt":0}` || e.Came != "came" || e.Fault != ErrSignature.Error() ||
		e.SentDigest != digest([]byte("sealed")) || e.CameDigest != digest([]byte("came")) || !e.At.Equal(now) {
		t.Errorf("%+v", e)
	}
	e = exchange(now, OpUpload, func() {}, nil, []byte("came"), []byte("inner"), nil)
	if e.Sent != "" || e.SentDigest != "" || e.Came != "inner" || e.Fault != "" {
		t.Errorf("%+v", e)
	}
	long := strings.Repeat("x", bureau.MaxExchangeText-1) + "药"
	if got := text([]byte(long)); got != long[:bureau.MaxExchangeText-1]+"�" {
		t.Errorf("the end of a long text: %q", got[len(got)-8:])
	}
}

// TestOtherAnswers: whose a card is, a split before it is paid, and the totals of days; and that a
// refusal of each is one.
func TestOtherAnswers(t *testing.T) {
	order := bureau.Order{Fees: money.Fees{{Code: "A", Name: "甲", Class: money.ClassA, Price: 100, Quantity: 1,
		Amount: 100}}}
	lie := split
	lie.Fund++
	card := func(c *Client) (any, error) { return c.Card(context.Background(), "token") }
	presettle := func(c *Client) (any, error) { return c.Presettle(context.Background(), order) }
	for name, c := range map[string]struct {
		ask   func(*Client) (any, error)
		reply func(p Partner, req Request[OrderRef]) []byte
		want  any
		err   error
	}{
		"a card": {card, func(p Partner, req Request[OrderRef]) []byte {
			return output(t, p, req, &CardOutput{Name: "李样例", Certno: "1", Insutype: "310"})
		}, bureau.CardInfo{Holder: bureau.Holder{Name: "李样例", IDNumber: "1"}, Insutype: "310"}, nil},
		"a split": {presettle, func(p Partner, req Request[OrderRef]) []byte {
			return output(t, p, req, NewSetlinfo(split, "v"))
		}, bureau.Presettlement{Policy: "v", Split: split}, nil},
		"a split that does not add up": {presettle, func(p Partner, req Request[OrderRef]) []byte {
			return output(t, p, req, NewSetlinfo(lie, "v"))
		}, bureau.Presettlement{Policy: "v", Split: lie}, money.ErrDishonest},
		"a bill that does not add up": {func(c *Client) (any, error) {
			return c.Presettle(context.Background(), bureau.Order{})
		}, nil, bureau.Presettlement{}, bureau.ErrRefused},
		"totals": {func(c *Client) (any, error) {
			return c.Totals(context.Background(), "2026-05-04", "2026-05-04")
		}, func(p Partner, req Request[OrderRef]) []byte {
			return output(t, p, req, &TotalsOutput{Settled: Amounts{Cash: 100}, Settleds: 2, Refunded: Amounts{Fund: 1},
				Refundeds: 1})
		}, bureau.Totals{Settled: money.Parts{Cash: 100}, Settleds: 2, Refunded: money.Parts{Fund: 1},
			Refundeds: 1}, nil},
	} {
		client := bureauThat(t, func(p Partner, req Request[OrderRef]) (int, []byte) { return 200, c.reply(p, req) })
		if got, err := c.ask(client); !errors.Is(err, c.err) || (err == nil) != (c.err == nil) || got != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		refusing := bureauThat(t, func(p Partner, req Request[OrderRef]) (int, []byte) {
			return 200, answer(t, p, req.Infno,
				Answer[Order]{Infno: req.Infno, RefMsgid: req.Msgid, Infcode: CodeRefused}, now)
		})
		if _, err := c.ask(refusing); !errors.Is(err, bureau.ErrRefused) {
			t.Errorf("%s, refused: %v", name, err)
		}
	}
}

// TestSetlinfoOnTheWire: what is written is read as it was, with other funds or without; what
// cannot be written is not sent.
func TestSetlinfoOnTheWire(t *testing.T) {
	for _, s := range []Setlinfo{{Cash: -1}, {Cash: -1, Others: "maf_pay=1"}} {
		if b, err := json.Marshal(s); !errors.Is(err, money.ErrAmount) {
			t.Errorf("%s %v", b, err)
		}
	}
	if b, err := json.Marshal(Setlinfo{Others: "maf_pay"}); !errors.Is(err, payment.ErrInvalid) {
		t.Errorf("%s %v", b, err)
	}
	for _, want := range []Setlinfo{{Fund: 1, Pooled: 1, Policy: "v"},
		{Fund: 11, Pooled: 1, Others: "a_pay=7 maf_pay=3"}} {
		b, err := json.Marshal(want)
		var got Setlinfo
		if err = errors.Join(err, json.Unmarshal(b, &got)); err != nil || got != want {
			t.Errorf("%s is read as %+v, %v", b, got, err)
		}
	}
}
