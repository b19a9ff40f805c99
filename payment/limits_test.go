package payment_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
)

// Every payment that is opened is on the chain for ever, also one that fails: their number has an
// end, a prescription's and a payer's.
func TestPaymentsOpenedAreLimited(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		card := w.bind()
		w.bureau.Faults.Add(insurer.OpUpload, insurersandbox.Refuse, payment.MaxPerPrescription)
		for n := range payment.MaxPerPrescription {
			if view, err := w.sign(w.prepare("RX1", card)); err != nil || view.Status != payment.Failed {
				w.t.Fatalf("payment %d: %+v, %v", n, view, err)
			}
		}
		if _, err := w.sign(w.prepare("RX1", card)); !errors.Is(err, payment.ErrTooMany) {
			w.t.Errorf("one more: %v", err)
		}
		w.bill("RX2")
		opened := func(at time.Time) {
			err := w.db.Exec("UPDATE payment_settlements SET payer = ?, opened_at = ?", w.patient.Person,
				at.UnixMilli()).Error
			if err != nil {
				w.t.Fatal(err)
			}
		}
		copies := payment.MaxPerPayer - payment.MaxPerPrescription
		err := w.db.Exec(`WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < ?)
			INSERT INTO payment_settlements (id, rx, person, payer, card, policy, status, fees, total,
				own_pay, pre_self_pay, in_scope, deductible, pooled, fund, account, cash,
				hospital,
				personal, seq, version, attempts, next_try, told,
				insurer_no, reason, opened_at, settled_at, refunded_at)
			SELECT id || '-' || n, 'RX-' || n, person, payer, card, policy, status, fees, total,
				own_pay, pre_self_pay, in_scope, deductible, pooled, fund, account, cash,
				hospital,
				personal, seq, version, attempts, next_try, told,
				insurer_no, reason, opened_at, settled_at, refunded_at
			FROM copies, (SELECT * FROM payment_settlements LIMIT 1) AS one`, copies).Error
		if err != nil {
			w.t.Fatal(err)
		}
		opened(w.clock.Now().Add(-time.Hour))
		if _, err := w.sign(w.prepare("RX2", card)); !errors.Is(err, payment.ErrTooMany) {
			w.t.Errorf("above the payer's limit: %v", err)
		}
		opened(w.clock.Now().Add(-25 * time.Hour))
		if view, err := w.sign(w.prepare("RX2", card)); err != nil || view.Status != payment.Settled {
			w.t.Errorf("a day later: %+v, %v", view, err)
		}
	})
}

// withdrawing is a prescription room in which a step is taken just after the bill was judged and
// before the payment is written.
type withdrawing struct {
	payment.Prescriptions
	then func()
}

func (p *withdrawing) Payable(ctx context.Context, rx string, a intent.Actor) (payment.Bill, error) {
	bill, err := p.Prescriptions.Payable(ctx, rx, a)
	if then := p.then; then != nil {
		p.then = nil
		then()
	}
	return bill, err
}

// The prescription moves between the judgement and the transaction: nothing is opened, the intent
// is not used up, and the insurer is never asked.
func TestWithdrawnBetweenJudgementAndTransaction(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		room := &withdrawing{Prescriptions: w.ward}
		w.config.Prescriptions = room
		w.restart()
		in := w.prepare("RX1", w.bind())
		room.then = func() {
			its, err := w.config.Seal()
			if err != nil {
				w.t.Fatal(err)
			}
			step, err := intent.New(testChain,
				intent.Draft{Kind: chain.KindExpire, Subject: payment.Lane("RX1"), Seq: 1, Cert: its.Cert, Org: "h1",
					Document: map[string]string{}}, w.clock.Now())
			if err != nil {
				w.t.Fatal(err)
			}
			rec, err := intent.SystemRecord(context.Background(), its, step.Statement)
			if err == nil {
				err = w.db.Tx(context.Background(),
					func(tx *gorm.DB) error { return outbox.Append(tx, payment.Lane("RX1"), rec, w.clock.Now()) })
			}
			if err != nil {
				w.t.Fatal(err)
			}
		}
		if _, err := w.sign(in); !errors.Is(err, payment.ErrStale) {
			w.t.Errorf("paid for a prescription that had moved: %v", err)
		}
		views, err := w.service.Of(context.Background(), w.patient, "RX1")
		orders := 0
		if berr := w.bureau.DB.Raw("SELECT count(*) FROM bureau_orders").Scan(&orders).Error; err != nil ||
			berr != nil || len(views) != 0 || orders != 0 {
			w.t.Errorf("%d settlements, %d orders at the bureau, %v %v", len(views), orders, err, berr)
		}
	})
}

// The edges of the spans that end something: a millisecond decides.
func TestOpenLimitToTheMillisecond(t *testing.T) {
	for after, want := range map[time.Duration]payment.Status{-time.Second: payment.Opened,
		time.Second: payment.Failed} {
		eachWorld(t, func(w *world) {
			w.bill("RX1")
			w.bureau.Faults.Add(insurer.OpPay, insurersandbox.Broken, 1)
			w.bureau.Faults.Add(insurer.OpQuery, insurersandbox.Broken, 1)
			view := w.pay("RX1")
			w.clock.Add(payment.OpenLimit + after)
			if _, err := w.service.Reconcile(context.Background(), w.clock.Now(), 10); err != nil {
				w.t.Fatal(err)
			}
			if got := w.status(view.ID); got != want {
				w.t.Errorf("%s after the limit: %s, want %s", after, got, want)
			}
		})
	}
}
