package payment_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
)

var (
	paidRecords     = []chain.Kind{chain.KindPayOpen, chain.KindPaySettle}
	failedRecords   = []chain.Kind{chain.KindPayOpen, chain.KindPayFail}
	refundedRecords = []chain.Kind{chain.KindPayOpen, chain.KindPaySettle, chain.KindPayRefund}
)

// TestInsurerFaults is the fault table of settling: what the bureau does wrong at which operation,
// and where it must end. Whatever happens, the patient is charged exactly once or not at all, and
// both sides' books agree.
func TestInsurerFaults(t *testing.T) {
	const settled, failed = payment.Settled, payment.Failed
	for _, c := range []struct {
		op    insurer.Op
		fault insurersandbox.Fault
		end   payment.Status
		alarm string // of a kind that must be raised; empty: none may be
	}{
		{insurer.OpUpload, insurersandbox.Silent, settled, ""},
		{insurer.OpUpload, insurersandbox.Lost, settled, ""},
		{insurer.OpUpload, insurersandbox.Late, settled, ""},
		{insurer.OpUpload, insurersandbox.Twice, settled, ""},
		{insurer.OpUpload, insurersandbox.Stale, settled, "insurer-forged"},
		{insurer.OpUpload, insurersandbox.Refuse, failed, ""},
		{insurer.OpUpload, insurersandbox.Signature, settled, "insurer-forged"},
		{insurer.OpUpload, insurersandbox.Broken, settled, ""},
		{insurer.OpPay, insurersandbox.Silent, settled, ""},
		{insurer.OpPay, insurersandbox.Lost, settled, ""},
		{insurer.OpPay, insurersandbox.Late, settled, ""},
		{insurer.OpPay, insurersandbox.Twice, settled, ""},
		{insurer.OpPay, insurersandbox.Stale, settled, "insurer-forged"},
		{insurer.OpPay, insurersandbox.Refuse, failed, ""},
		{insurer.OpPay, insurersandbox.Amounts, failed, "insurer-other-amounts"},
		{insurer.OpPay, insurersandbox.Fen, failed, "insurer-other-amounts"},
		{insurer.OpPay, insurersandbox.Sums, failed, "insurer-dishonest"},
		{insurer.OpPay, insurersandbox.Signature, settled, "insurer-forged"},
		{insurer.OpPay, insurersandbox.Broken, settled, ""},
	} {
		t.Run(fmt.Sprintf("%s/%s", c.op, c.fault), func(t *testing.T) {
			t.Parallel() // most of the time is spent waiting for the bureau
			eachWorld(t, func(w *world) {
				w.bill("RX1")
				w.bureau.Faults.Add(c.op, c.fault, 1)
				view := w.pay("RX1")
				if view.Status == payment.Failed && c.end == settled {
					w.t.Fatal("a time-out was taken for a failure")
				}
				w.bureau.Close()
				w.reconcile(5 * time.Minute)
				w.ended(view.ID, c.end, c.alarm)
			})
		})
	}
}

// The answer to the payment is lost, and the question what became of it is answered with one fen of
// the fund as cash: the sums hold and the total is the one that was signed, but each component must
// be.
func TestOneFenElsewhereIsReversed(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.bureau.Faults.Add(insurer.OpPay, insurersandbox.Lost, 1)
		w.bureau.Faults.Add(insurer.OpQuery, insurersandbox.Fen, 1)
		view := w.pay("RX1")
		w.bureau.Close()
		w.reconcile(5 * time.Minute)
		w.ended(view.ID, payment.Failed, "insurer-other-amounts")
	})
}

// ended checks status, records, alarms, the bureau's account and both books.
func (w *world) ended(id string, end payment.Status, alarm string) {
	w.t.Helper()
	records := map[payment.Status][]chain.Kind{payment.Settled: paidRecords, payment.Failed: failedRecords,
		payment.Refunded: refundedRecords}[end]
	if got := w.status(id); got != end {
		w.t.Errorf("ended %s, want %s", got, end)
	}
	if got := w.kinds(id); !slices.Equal(got, records) {
		w.t.Errorf("records %v, want %v", got, records)
	}
	if got := w.alarmKinds(); (alarm == "" && len(got) != 0) || (alarm != "" && !slices.Contains(got, alarm)) {
		w.t.Errorf("alarms %v, want %q", got, alarm)
	}
	u, err := w.bureau.Usage(context.Background(), tokenOfLi)
	charged := u.Balance == 0 && u.Fund == 57_75 && u.Deductible == 200_00
	untouched := u.Balance == 20_00 && u.Fund == 0 && u.Deductible == 190_00
	if err != nil || (end == payment.Settled && !charged) || (end != payment.Settled && !untouched) {
		w.t.Errorf("bureau's usage %+v, %v", u, err)
	}
	if w.ward.isPaid("RX1") != (end != payment.Failed) {
		w.t.Errorf("the prescription is paid: %v", w.ward.isPaid("RX1"))
	}
	w.balanced()
}

func TestRefundFaults(t *testing.T) {
	for _, fault := range insurersandbox.AllFaults {
		for _, op := range []insurer.Op{insurer.OpRefund, insurer.OpQuery} {
			t.Run(fmt.Sprintf("%s/%s", op, fault), func(t *testing.T) {
				t.Parallel()
				eachWorld(t, func(w *world) {
					w.bill("RX1")
					view := w.pay("RX1")
					w.ward.void("RX1")
					w.bureau.Faults.Add(op, fault, 1)
					if err := w.service.Refund(context.Background(), "RX1", "cancelled"); err != nil {
						w.t.Fatal(err)
					}
					w.bureau.Close()
					w.reconcile(5 * time.Minute)
					alarm := map[insurersandbox.Fault]string{insurersandbox.Sums: "insurer-dishonest",
						insurersandbox.Refuse: "refund-refused", insurersandbox.Signature: "insurer-forged",
						insurersandbox.Stale: "insurer-forged"}[fault]
					// more of the fund came back than was taken
					if fault == insurersandbox.Fen && op == insurer.OpRefund {
						alarm = "insurer-dishonest"
					}
					w.ended(view.ID, payment.Refunded, alarm)
				})
			})
		}
	}
}

// A bureau that stays silent: after OpenLimit the patient must be able to pay anew, and what the
// bureau may still do is closed there.
func TestSilentForLong(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.bureau.Faults.Add(insurer.OpPay, insurersandbox.Broken, 1)
		w.bureau.Faults.Add(insurer.OpQuery, insurersandbox.Broken, 30)
		view := w.pay("RX1")
		if view.Status != payment.Opened {
			w.t.Fatalf("status %s", view.Status)
		}
		w.reconcile(payment.OpenLimit + 30*time.Minute)
		if got := w.status(view.ID); got != payment.Opened && got != payment.Reversing {
			w.t.Fatalf("ended %s without an answer", got)
		}
		w.bureau.Faults.Clear()
		w.reconcile(10 * time.Minute)
		w.ended(view.ID, payment.Failed, "stuck")
		if again := w.pay("RX1"); again.Status != payment.Settled {
			w.t.Errorf("the second payment is %s", again.Status)
		}
		w.balanced()
	})
}

// The request of a settlement we gave up arrives after all: revoking an unknown number has closed
// it.
func TestGivenUpNumberNeverSettles(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.bureau.Faults.Add(insurer.OpUpload, insurersandbox.Silent, 1)
		view := w.pay("RX1")
		w.clock.Add(payment.OpenLimit)
		w.reconcile(2 * time.Minute)
		w.ended(view.ID, payment.Failed, "")
		ans, err := w.config.Insurer.Pay(context.Background(),
			bureau.Order{Number: view.ID, ECToken: tokenOfLi, Fees: view.Fees, Policy: view.Policy, Split: view.Split})
		if err != nil || ans.State != bureau.OrderCancelled {
			w.t.Errorf("late request: %s, %v", ans.State, err)
		}
		w.balanced()
	})
}

// A second payment between quote and signature changes the split: the bureau fails the order rather
// than charge what was not signed.
func TestOtherPaymentBetween(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.bill("RX2")
		card := w.bind()
		first, second := w.prepare("RX1", card), w.prepare("RX2", card)
		if view, err := w.sign(second); err != nil || view.Status != payment.Settled {
			w.t.Fatalf("%+v %v", view, err)
		}
		view, err := w.sign(first)
		if err != nil || view.Status != payment.Failed {
			w.t.Fatalf("%+v %v", view, err)
		}
		if view = w.pay("RX1"); view.Status != payment.Settled || view.Split.Account != 0 {
			w.t.Errorf("paid anew: %+v", view)
		}
		w.balanced()
	})
}

func TestPrescriptionRoomDown(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.ward.down = true
		view := w.pay("RX1")
		if view.Status != payment.Settled || w.ward.isPaid("RX1") {
			w.t.Fatalf("status %s", view.Status)
		}
		w.ward.down = false
		w.reconcile(time.Minute)
		w.ended(view.ID, payment.Settled, "")
	})
}

// A payment that does not move is no secret for ever: one alarm after some minutes, not one at
// every try.
func TestStuckPaymentRaisesOneAlarm(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.ward.down = true
		view := w.pay("RX1")
		w.reconcile(time.Minute)
		if got := w.alarmKinds(); len(got) != 0 {
			w.t.Errorf("alarms %v within a minute", got)
		}
		w.reconcile(2 * time.Hour)
		if got := w.alarmKinds(); !slices.Equal(got, []string{"stuck"}) {
			w.t.Errorf("alarms %v after two hours", got)
		}
		w.ward.down = false
		w.reconcile(10 * time.Minute)
		w.ended(view.ID, payment.Settled, "stuck")
	})
}

// errKilled is what a write returns when the process dies there.
var errKilled = errors.New("killed")

// mortal is a store whose process dies at the n-th write: before it (the transaction never commits)
// or after it (committed, but the caller never hears of it). From then on nothing works.
type mortal struct {
	payment.Store
	left  int
	after bool
}

func (m *mortal) Read(ctx context.Context, fn func(payment.Tx) error) error {
	if m.left < 0 {
		return errKilled
	}
	return m.Store.Read(ctx, fn)
}

func (m *mortal) Write(ctx context.Context, fn func(payment.Tx) error) error {
	return m.die(func() error { return m.Store.Write(ctx, fn) })
}

func (m *mortal) Once(ctx context.Context, cmd sqlstore.Command, fn func(payment.Tx) (any, error)) (answer []byte,
	replayed bool, err error) {
	err = m.die(func() error {
		answer, replayed, err = m.Store.Once(ctx, cmd, fn)
		return err
	})
	return answer, replayed, err
}

func (m *mortal) die(do func() error) error {
	m.left--
	if m.left > 0 {
		return do()
	}
	if m.left == 0 && m.after {
		_ = do()
	}
	m.left = -1
	return errKilled
}

// TestKilledBetweenSteps kills the process at every write of signing, settling and refunding,
// before and after the commit, starts a new one on the same database and lets the patient's phone
// repeat its request.
func TestKilledBetweenSteps(t *testing.T) {
	for _, after := range []bool{false, true} {
		for n := 1; n <= 6; n++ {
			t.Run(fmt.Sprintf("write %d/committed %v", n, after), func(t *testing.T) {
				eachWorld(t, func(w *world) { killAndResume(w, n, after) })
			})
		}
	}
}

func killAndResume(w *world, n int, after bool) {
	ctx := context.Background()
	w.bill("RX1")
	in := w.prepare("RX1", w.bind())
	sig, err := w.signer.PrivateKey.Sign(in.Statement.Bytes())
	if err != nil {
		w.t.Fatal(err)
	}
	sign := func() (*payment.View, error) {
		return w.service.Sign(ctx, w.patient, w.command("sign", "sign-key"), in.ID, sig)
	}
	alive := w.config.Store
	w.config.Store = &mortal{Store: alive, left: n, after: after}
	w.restart()
	_, err = sign()
	refundDied := false
	if err == nil { // all of signing took fewer writes: the refund dies
		w.ward.void("RX1")
		refundDied = errors.Is(w.service.Refund(ctx, "RX1", "cancelled"), errKilled)
	}
	w.config.Store = alive
	w.restart()
	if err != nil {
		view, err := sign()
		if err != nil {
			w.t.Fatal(err)
		}
		w.reconcile(5 * time.Minute)
		w.ended(view.ID, payment.Settled, "")
		return
	}
	if !refundDied {
		w.t.Errorf("write %d does not exist any more", n)
	}
	w.reconcile(5 * time.Minute)
	views, err := w.service.Of(ctx, w.patient, "RX1")
	if err != nil || len(views) != 1 {
		w.t.Fatalf("%d settlements, %v", len(views), err)
	}
	w.ended(views[0].ID, payment.Refunded, "")
}

// Two processes reconcile the same rows at once; every step is taken once.
func TestTwoReconcilers(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.bureau.Faults.Add(insurer.OpPay, insurersandbox.Broken, 1)
		view := w.pay("RX1")
		w.clock.Add(time.Minute)
		other, err := payment.New(w.config)
		if err != nil {
			w.t.Fatal(err)
		}
		done := make(chan error)
		for _, s := range []*payment.Service{w.service, other} {
			go func() {
				_, err := s.Reconcile(context.Background(), w.clock.Now(), 10)
				done <- err
			}()
		}
		for range 2 {
			if err := <-done; err != nil {
				w.t.Error(err)
			}
		}
		w.ended(view.ID, payment.Settled, "")
	})
}
