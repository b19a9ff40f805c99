package insurersandbox_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
	"github.com/smart-hospital/hospital/payment/money"
	"github.com/smart-hospital/hospital/payment/policy"
)

const token = "ec-token-of-li-0001"

type signer struct{ *gm.PrivateKey }

func (s signer) KeyID() string                                      { return "test" }
func (s signer) Sign(_ context.Context, msg []byte) ([]byte, error) { return s.PrivateKey.Sign(msg) }

type office struct {
	*insurersandbox.Bureau
	client   *insurer.Client
	url      string
	hospital insurer.Partner
	path     string
	now      time.Time
	sent     [][]byte // bodies as they went over the wire
}

func newOffice(t *testing.T) *office {
	t.Helper()
	keys := [2]signer{}
	for i := range keys {
		k, err := gm.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		keys[i] = signer{k}
	}
	o := &office{now: time.Date(2026, 12, 31, 15, 0, 0, 0, time.UTC), path: filepath.Join(t.TempDir(), "bureau.db")}
	clock := func() time.Time { return o.now }
	partner := insurer.Partner{AppID: strings.Repeat("A", 32), Secret: "secret of a test", Signer: keys[0],
		Peer: keys[1].Public()}
	o.hospital = partner
	partner.Signer, partner.Peer = keys[1], keys[0].Public()
	var err error
	o.Bureau, err = insurersandbox.New(t.Context(),
		insurersandbox.Config{DB: sqlstoretest.Open(t, "sqlite:"+o.path), Box: sqlstoretest.Box(), Partner: partner,
			Policies: policy.Demo(), Now: clock, Hang: 10 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	handler := o.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		o.sent = append(o.sent, body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	o.url = server.URL
	if o.client, err = insurer.NewClient(o.url, o.hospital, clock, time.Minute); err != nil {
		t.Fatal(err)
	}
	o.add(t, insurersandbox.Person{Holder: bureau.Holder{Name: "李样例", IDNumber: "11010519491231002X"},
		Insutype: bureau.Employee, ECToken: token, Balance: 500, Deductible: 200_00})
	return o
}

func (o *office) add(t *testing.T, p insurersandbox.Person) {
	t.Helper()
	if err := o.AddPerson(t.Context(), p); err != nil {
		t.Fatal(err)
	}
}

func (o *office) usage(t *testing.T) policy.Usage {
	t.Helper()
	u, err := o.Usage(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// order is a quoted order of 10 yuan of class A, under a new number.
func (o *office) order(t *testing.T) bureau.Order {
	t.Helper()
	number, err := payment.NewNumber(o.now)
	if err != nil {
		t.Fatal(err)
	}
	order := bureau.Order{Number: number, ECToken: token,
		Fees: money.Fees{{Code: "A", Name: "药", Class: money.ClassA, Price: 1000, Quantity: 1, Amount: 1000}}}
	pre, err := o.client.Presettle(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	order.Policy, order.Split = pre.Policy, pre.Split
	return order
}

func (o *office) settled(t *testing.T) bureau.Order {
	t.Helper()
	order := o.order(t)
	if ans, err := o.client.Pay(t.Context(), order); err != nil || ans.State != bureau.OrderSettled ||
		ans.Split != order.Split {
		t.Fatalf("%+v, %v", ans, err)
	}
	return order
}

func TestSeedingTwiceChangesNothing(t *testing.T) {
	o := newOffice(t)
	o.settled(t)
	before := o.usage(t)
	o.add(t, insurersandbox.Person{Holder: bureau.Holder{Name: "李样例", IDNumber: "11010519491231002X"},
		Insutype: bureau.Employee, ECToken: token, Balance: 1_000_000})
	if after := o.usage(t); after != before || before.Fund != 750 || before.Balance != 250 {
		t.Errorf("before %+v, after %+v", before, after)
	}
}

func TestPayingTwiceIsOnce(t *testing.T) {
	o := newOffice(t)
	order := o.settled(t)
	before := o.usage(t)
	if ans, err := o.client.Pay(t.Context(), order); err != nil || ans.State != bureau.OrderSettled {
		t.Errorf("%+v, %v", ans, err)
	}
	if after := o.usage(t); after != before {
		t.Errorf("paid twice: %+v", after)
	}
	other := order
	other.Fees = money.Fees{{Code: "A", Name: "药", Class: money.ClassA, Price: 2000, Quantity: 1, Amount: 2000}}
	if _, err := o.client.Pay(t.Context(), other); !errors.Is(err, bureau.ErrRefused) {
		t.Errorf("one number for two orders: %v", err)
	}
}

// An old year's refund goes back to the old year, and the new year starts empty.
func TestRefundOverNewYear(t *testing.T) {
	o := newOffice(t)
	order := o.settled(t) // 23:00 on 31 December in China
	o.now = o.now.Add(2 * time.Hour)
	if u := o.usage(t); u.Fund != 0 || u.Deductible != 0 {
		t.Errorf("the new year starts with %+v", u)
	}
	parts := order.Split.Parts()
	for range 2 {
		ans, err := o.client.Refund(t.Context(),
			bureau.RefundOrder{Number: order.Number, Refund: payment.RefundNumber(order.Number), Parts: &parts})
		if err != nil || ans.Refunded != parts {
			t.Fatalf("%+v, %v", ans, err)
		}
	}
	if u := o.usage(t); u.Fund != 0 || u.Balance != 500 {
		t.Errorf("after the refund the new year has %+v", u)
	}
	for day, want := range map[string][2]int{"2026-12-31": {1, 0}, "2027-01-01": {0, 1}} {
		totals, err := o.client.Totals(t.Context(), day, day)
		details, derr := o.client.Details(t.Context(), day)
		if err != nil || derr != nil || totals.Settleds != want[0] || totals.Refundeds != want[1] || len(details) != 1 {
			t.Errorf("%s: %+v, %d details, %v %v", day, totals, len(details), err, derr)
		}
	}
}

func TestRefusals(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	order := o.settled(t)
	parts := order.Split.Parts()
	more := parts
	more.Cash++
	refund := func(number, refund string, p *money.Parts) error {
		_, err := o.client.Refund(ctx, bureau.RefundOrder{Number: number, Refund: refund, Parts: p})
		return err
	}
	unpaid, stranger := o.order(t), o.order(t)
	stranger.ECToken = "ec-token-of-nobody"
	_, pay := o.client.Pay(ctx, stranger)
	_, query := o.client.Query(ctx, unpaid.Number)
	_, days := o.client.Totals(ctx, "2026-02-30", "2026-03-01")
	for _, c := range []struct {
		name      string
		got, want error
	}{ // in this order: the table is evaluated from the top
		{"revoke a settled one", o.client.Revoke(ctx, order.Number), bureau.ErrRefused},
		{"refund above a part", refund(order.Number, "R1", &more), bureau.ErrRefused},
		{"refund an unknown one", refund(unpaid.Number, "R1", &parts), bureau.ErrUnknownOrder},
		{"refund", refund(order.Number, "R1", &parts), nil},
		{"refund under another number", refund(order.Number, "R2", &parts), bureau.ErrRefused},
		{"revoke a refunded one", o.client.Revoke(ctx, order.Number), bureau.ErrRefused},
		{"unknown token", pay, bureau.ErrRefused},
		{"query an unknown one", query, bureau.ErrUnknownOrder},
		{"no day", days, bureau.ErrRefused},
		{"mistyped number", o.client.Revoke(ctx, "ST1"), bureau.ErrRefused},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestRevokedNumberStaysClosed(t *testing.T) {
	o := newOffice(t)
	order := o.order(t)
	for range 2 {
		if err := o.client.Revoke(t.Context(), order.Number); err != nil {
			t.Fatal(err)
		}
	}
	if ans, err := o.client.Pay(t.Context(), order); err != nil || ans.State != bureau.OrderCancelled {
		t.Errorf("%+v, %v", ans, err)
	}
}

// A message captured on the wire does nothing when it is sent again, nor when it is posted to
// another operation.
func TestReplaysAreRefused(t *testing.T) {
	o := newOffice(t)
	o.settled(t)
	before := o.usage(t)
	post := func(op insurer.Op, body []byte) int {
		resp, err := http.Post(o.url+op.Path(), "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp.StatusCode
	}
	captured := o.sent
	for _, body := range captured {
		for _, op := range insurer.Ops {
			if status := post(op, body); status != http.StatusConflict && status != http.StatusBadRequest {
				t.Errorf("a replay to %s was answered with %d", op, status)
			}
		}
	}
	o.now = o.now.Add(insurer.Window + time.Second)
	if status := post(insurer.OpPay, captured[len(captured)-1]); status != http.StatusBadRequest {
		t.Errorf("an old message was answered with %d", status)
	}
	stranger := o.hospital
	key, err := gm.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	stranger.Signer = signer{key}
	forged, err := stranger.Seal(t.Context(), insurer.OpQuery,
		insurer.Request[insurer.OrderRef]{Infno: insurer.OpQuery, Msgid: strings.Repeat("f", 32)}, o.now)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		body []byte
		want int
	}{
		"forged": {forged, http.StatusUnauthorized}, "no message": {[]byte("{}"), http.StatusBadRequest},
		"too large": {make([]byte, insurer.MaxMessage+1), http.StatusRequestEntityTooLarge},
	} {
		if status := post(insurer.OpQuery, c.body); status != c.want {
			t.Errorf("%s: status %d, want %d", name, status, c.want)
		}
	}
	if after := o.usage(t); after != before {
		t.Errorf("replays moved money: %+v", after)
	}
}

func TestAdminHandler(t *testing.T) {
	o := newOffice(t)
	admin := o.AdminHandler()
	ask := func(method, body string) int {
		rec := httptest.NewRecorder()
		admin.ServeHTTP(rec, httptest.NewRequest(method, "/sandbox/insurer/faults", strings.NewReader(body)))
		return rec.Code
	}
	for body, want := range map[string]int{
		`{"op":"6202","fault":"lost","count":2}`:       http.StatusNoContent,
		`{"op":"6202","fault":"lost","count":0}`:       http.StatusBadRequest,
		`{"op":"9999","fault":"lost","count":1}`:       http.StatusBadRequest,
		`{"op":"6202","fault":"explode","count":1}`:    http.StatusBadRequest,
		`{"op":"6202","fault":"lost","count":1,"x":1}`: http.StatusBadRequest,
		``: http.StatusBadRequest,
	} {
		if got := ask(http.MethodPost, body); got != want {
			t.Errorf("%s: status %d, want %d", body, got, want)
		}
	}
	if got := o.Faults.Pending(); got != 2 {
		t.Errorf("%d faults pending", got)
	}
	if got := ask(http.MethodDelete, ""); got != http.StatusNoContent || o.Faults.Pending() != 0 {
		t.Errorf("status %d, %d faults pending", got, o.Faults.Pending())
	}
}

func TestAddPersonRefuses(t *testing.T) {
	o := newOffice(t)
	holder := bureau.Holder{Name: "某", IDNumber: "1"}
	for name, p := range map[string]insurersandbox.Person{
		"short token":      {Holder: holder, Insutype: bureau.Employee, ECToken: "x"},
		"no holder":        {Insutype: bureau.Employee, ECToken: "ec-token-of-han-0001"},
		"unknown insutype": {Holder: holder, Insutype: "999", ECToken: "ec-token-of-han-0001"},
		"negative balance": {Holder: holder, Insutype: bureau.Employee, ECToken: "ec-token-of-han-0001", Balance: -1},
	} {
		if err := o.AddPerson(t.Context(), p); !errors.Is(err, payment.ErrInvalid) &&
			!errors.Is(err, money.ErrAmount) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A busy day is more than one message can hold: 4,854 settlements were the most, and a day above
// that could not be reconciled at all.
func TestDetailsOfABusyDay(t *testing.T) {
	o := newOffice(t)
	order := o.settled(t)
	const more = 5000
	err := o.DB.Exec(`WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < ?)
		INSERT INTO bureau_orders (number, pay_ord_id, person, fees, total, state, token, token_ends, policy,
			setlinfo, fund, account, cash, deductible, setl_day, setl_time, refund, refd_day, refd_time)
		SELECT number || '-' || n, pay_ord_id || '-' || n, person, fees, total, state, token, token_ends, policy,
			setlinfo, fund, account, cash, deductible, setl_day, setl_time, refund, refd_day, refd_time
		FROM bureau_orders, copies`, more).Error
	if err != nil {
		t.Fatal(err)
	}
	day := china.Day(o.now)
	list, err := o.client.Details(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var sum money.Parts
	for _, d := range list {
		seen[d.Number] = true
		if sum, err = sum.Plus(*d.Settled); err != nil {
			t.Fatal(err)
		}
	}
	totals, err := o.client.Totals(t.Context(), day, day)
	if err != nil || len(seen) != more+1 || !seen[order.Number] || totals.Settleds != more+1 || totals.Settled != sum {
		t.Errorf("%d of %d settlements, sums %+v and %+v, %v", len(seen), more+1, sum, totals.Settled, err)
	}
}

// One order that does not fit its table used to end the statements of its day for all others.
func TestStatementsBesideADamagedOrder(t *testing.T) {
	o := newOffice(t)
	bad := o.settled(t)
	o.now = o.now.Add(time.Second)
	good := o.settled(t)
	if err := o.DB.Exec(`UPDATE bureau_orders SET fund = 'x', setl_time = 'x' WHERE number = ?`,
		bad.Number).Error; err != nil {
		t.Fatal(err)
	}
	day := china.Day(o.now)
	list, err := o.client.Details(t.Context(), day)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d settlements, %v", len(list), err)
	}
	for _, d := range list {
		if stated := d.Settled != nil; stated != (d.Number == good.Number) {
			t.Errorf("%s: stated %v", d.Number, stated)
		}
	}
	if totals, err := o.client.Totals(t.Context(), day, day); err != nil || totals.Settleds != 2 {
		t.Errorf("%+v, %v", totals, err)
	}
	booked, err := insurersandbox.Find(t.Context(), o.DB.WithContext(t.Context()), []string{bad.Number, good.Number})
	if _, there := booked[good.Number]; err != nil || !there || len(booked) != 1 {
		t.Errorf("%+v, %v", booked, err)
	}
}
