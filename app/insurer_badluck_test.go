package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
	"github.com/smart-hospital/hospital/prescription"
)

// insurerPatience is short, so that a silent bureau costs little time.
const insurerPatience = 1500 * time.Millisecond

// A bureau that is silent, late, repeats itself or lies, told so over HTTP. In the end the money is
// right on both sides, the prescription is what the money says, and a lie has raised its alarm in
// log and metrics.
var bureauFaults = []struct {
	op    insurer.Op
	fault insurersandbox.Fault
	end   payment.Status
	alarm string
}{
	{insurer.OpPay, insurersandbox.Lost, payment.Settled, ""}, // time-out, and it had settled
	{insurer.OpPay, insurersandbox.Late, payment.Settled, ""}, // no answer, and it settles afterwards
	{insurer.OpPay, insurersandbox.Twice, payment.Settled, ""},
	{insurer.OpUpload, insurersandbox.Twice, payment.Settled, ""},
	{insurer.OpPay, insurersandbox.Refuse, payment.Failed, ""},
	{insurer.OpPay, insurersandbox.Amounts, payment.Failed, "insurer-other-amounts"},
	{insurer.OpPay, insurersandbox.Sums, payment.Failed, "insurer-dishonest"},
	{insurer.OpPay, insurersandbox.Signature, payment.Settled, "insurer-forged"},
	{insurer.OpPay, insurersandbox.Stale, payment.Settled, "insurer-forged"},
	// Last, because the reconciler pays these again by itself, and would meet a fault meant for
	// another payment.
	{insurer.OpPay, insurersandbox.Silent, payment.Settled, ""},
	{insurer.OpUpload, insurersandbox.Lost, payment.Settled, ""},
}

func TestBureauMisbehaves(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		cfg := demoConfig(t, dsn)
		cfg.Insurer.Timeout = insurerPatience
		h := openHospital(t, cfg)
		h.enter(2)
		visits := h.lead(len(bureauFaults), prescription.Approved)
		ids := make([]string, len(visits))
		for n, f := range bureauFaults {
			ids[n] = h.payUnder(visits[n], f.op, f.fault)
		}
		settled := 0
		for n, f := range bureauFaults {
			t.Run(fmt.Sprintf("%s %s", f.op, f.fault),
				func(t *testing.T) { h.in(t).paidOrNot(t, visits[n], ids[n], f.end, f.alarm) })
			if f.end == payment.Settled {
				settled++
			}
		}
		if r := h.booksAgree(); r.Ours.Settleds != settled {
			t.Errorf("%+v, want %d settled", r.Ours, settled)
		}
		h.close()
	})
}

// payUnder pays while the bureau misbehaves and returns the settlement. Whatever the bureau does,
// the patient gets an answer.
func (h *hospital) payUnder(v *journey.Visit, op insurer.Op, fault insurersandbox.Fault) string {
	h.t.Helper()
	body := fmt.Sprintf(`{"op":%q,"fault":%q,"count":1}`, op, fault)
	var code payment.PayCode
	h.must(v.Patient().Send(h.t.Context(), http.MethodPost, "/v1/patients/me/pay-codes", "pay-code-"+v.Prescription(),
		nil, &code))
	in, err := v.Patient().Prepare(h.t.Context(), v.Path("/pay"), map[string]string{"payCode": code.Code})
	h.must(err)
	if a := h.raw(http.MethodPost, "/sandbox/insurer/faults", "",
		strings.NewReader(body)); a.status != http.StatusNoContent {
		h.t.Fatalf("faults: %d %s", a.status, a.body)
	}
	done, err := v.Patient().Sign(h.t.Context(), in, "pay-"+v.Prescription())
	h.must(err)
	if done.Settlement == nil || done.Settlement.Status == payment.Failed && fault != insurersandbox.Refuse &&
		fault != insurersandbox.Amounts && fault != insurersandbox.Sums {
		h.t.Fatalf("%s %s: a time-out was taken for a failure: %+v", op, fault, done.Settlement)
	}
	return done.Settlement.ID
}

func (h *hospital) paidOrNot(t *testing.T, v *journey.Visit, settlement string, end payment.Status, alarm string) {
	ctx := t.Context()
	var view payment.View
	h.until("the settlement's end", drainTime, func() bool {
		h.must(v.Patient().Send(ctx, http.MethodGet, "/v1/settlements/"+settlement, "", nil, &view))
		return view.Status == end
	})
	want := map[payment.Status]prescription.Status{payment.Settled: prescription.Paid,
		payment.Failed: prescription.Approved}[end]
	if _, err := v.Await(ctx, want); err != nil {
		t.Errorf("the prescription is not %s: %v", want, err)
	}
	var rows struct{ Settlements []payment.View }
	h.must(v.Patient().Send(ctx, http.MethodGet, v.Path("/settlements"), "", nil, &rows))
	if len(rows.Settlements) != 1 {
		t.Errorf("%d settlements of one payment", len(rows.Settlements))
	}
	h.until("its records on the chain", drainTime, func() bool {
		records, err := h.node.Records(ctx, payment.Subject(settlement))
		last := map[payment.Status]chain.Kind{payment.Settled: chain.KindPaySettle,
			payment.Failed: chain.KindPayFail}[end]
		return err == nil && len(records) == 2 && records[1].Record.Statement.Kind == last
	})
	raised := strings.Contains(h.log.String(), "kind="+alarm+" settlement="+settlement)
	if alarm == "" && strings.Contains(h.log.String(), "settlement="+settlement) {
		t.Errorf("an alarm without a reason\n%s", h.log.tail(10))
	}
	if alarm != "" && (!raised || h.metric(fmt.Sprintf("hospital_payment_alarms_total{kind=%q}", alarm)) == "") {
		t.Errorf("no alarm %s\n%s", alarm, h.log.tail(10))
	}
	var quote bureau.Presettlement
	if err := v.Patient().Send(ctx, http.MethodGet, v.Path("/quote"), "", nil,
		&quote); (err == nil) != (end == payment.Failed) {
		t.Errorf("%s, and a new quote says %v", end, err)
	}
}

// A payment that the bureau gives no usable answer about waits at the desk of the hospital's
// administrators, and of nobody else; one of them ends it over HTTP, with a reason, once.
func TestPaymentDesk(t *testing.T) {
	t.Parallel()
	h := openHospital(t, demoConfig(t, ""))
	h.enter(2)
	v := h.lead(1, prescription.Approved)[0]
	tokens := h.tokens()
	if a := h.raw(http.MethodPost, "/sandbox/insurer/faults", "",
		strings.NewReader(`{"op":"6301","fault":"signature","count":900}`)); a.status != http.StatusNoContent {
		t.Fatalf("faults: %d %s", a.status, a.body)
	}
	id := h.payUnder(v, insurer.OpPay, insurersandbox.Broken)
	// an hour of asking is over
	h.must(h.DB.Exec("UPDATE payment_settlements SET attempts = 100, next_try = 1 WHERE id = ?", id).Error)
	const desk = "/v1/admin/settlements/desk"
	var list struct {
		Cases []payment.Case `json:"cases"`
	}
	h.until("the desk", drainTime, func() bool {
		a := h.raw(http.MethodGet, desk, tokens[accounts.Admin], nil)
		if a.status != http.StatusOK {
			t.Fatalf("desk: %d %s", a.status, a.body)
		}
		h.must(json.Unmarshal([]byte(a.body), &list))
		return len(list.Cases) == 1
	})
	c := list.Cases[0]
	decide := func(token, body string) answer {
		return h.raw(http.MethodPost, "/v1/admin/settlements/"+id+"/decide", token, strings.NewReader(body))
	}
	good := fmt.Sprintf(`{"version":%d,"decision":"not-settled","reason":"电话问过医保中心"}`, c.Version)
	for role, token := range tokens {
		if role == accounts.Admin {
			continue
		}
		if a, b := h.raw(http.MethodGet, desk, token, nil), decide(token, good); a.status != http.StatusForbidden ||
			b.status != http.StatusForbidden {
			t.Errorf("%s: %d and %d", role, a.status, b.status)
		}
	}
	if a := decide(tokens[accounts.Admin],
		fmt.Sprintf(`{"version":%d,"decision":"settled","reason":"电话问过医保中心"}`,
			c.Version)); a.status != http.StatusUnprocessableEntity {
		t.Errorf("settled without the bureau's number: %d %s", a.status, a.body)
	}
	// the bureau is asked once more after the decision, and closes the number
	h.raw(http.MethodDelete, "/sandbox/insurer/faults", "", nil)
	if a := decide(tokens[accounts.Admin], good); a.status != http.StatusOK {
		t.Errorf("decided: %d %s", a.status, a.body)
	}
	if a := decide(tokens[accounts.Admin], good); a.status != http.StatusConflict {
		t.Errorf("decided again: %d %s", a.status, a.body)
	}
	var view payment.View
	h.must(v.Patient().Send(t.Context(), http.MethodGet, "/v1/settlements/"+id, "", nil, &view))
	if c.ID != id || len(c.Exchanges) == 0 || view.Status != payment.Failed {
		t.Errorf("%+v ended %s", c, view.Status)
	}
	h.settled()
	h.nothingDead()
	h.close()
}
