package payment_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/gormstore"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
)

const always = 1000 // more often than anybody asks in these tests

// stuck makes a payment, or its refund, that the bureau answers nothing usable about, and lets time
// pass until a person has to decide. done tells whether the bureau did what it was asked.
func (w *world) stuck(refund, done bool) payment.Case {
	w.t.Helper()
	w.bill("RX1")
	fault := insurersandbox.Broken
	if done {
		fault = insurersandbox.Lost
	}
	if refund {
		w.pay("RX1")
		w.ward.void("RX1")
		w.bureau.Faults.Add(insurer.OpRefund, fault, 1)
		if err := w.service.Refund(context.Background(), "RX1", "cancelled"); err != nil {
			w.t.Fatal(err)
		}
	} else {
		w.bureau.Faults.Add(insurer.OpPay, fault, 1)
	}
	w.bureau.Faults.Add(insurer.OpQuery, insurersandbox.Signature, always)
	if !refund {
		if view := w.pay("RX1"); view.Status != payment.Opened {
			w.t.Fatalf("status %s", view.Status)
		}
	}
	w.reconcile(3 * time.Hour)
	cases, err := w.service.AtDesk(context.Background())
	if err != nil || len(cases) != 1 {
		w.t.Fatalf("at the desk: %+v, %v", cases, err)
	}
	return cases[0]
}

func (w *world) decide(c payment.Case, d payment.Decision, order string) error {
	return w.service.Decide(context.Background(), w.command("decide", w.newKeyName()), "u-admin", c.ID,
		payment.Ruling{Decision: d, Order: order, Reason: "电话问过医保中心", Version: c.Version})
}

// An unknown outcome always ends: at the latest by a person. Whatever the bureau did, and whatever
// it says later, the patient has paid once or not at all, and what the chain, the prescription room
// and both books say is the same.
func TestAPersonEndsAnUnknownOutcome(t *testing.T) {
	for _, c := range []struct {
		name         string
		refund, done bool // by the bureau
		decision     payment.Decision
		end          payment.Status
		records      []chain.Kind
		contradicted bool
	}{
		{"settled, and so it was", false, true, payment.DecidedSettled, payment.Settled, paidRecords, false},
		{"not settled, and so it was", false, false, payment.DecidedNotSettled, payment.Failed, failedRecords, false},
		{"not settled, but it was: the money goes back", false, true, payment.DecidedNotSettled, payment.Failed,
			failedRecords, true},
		{"refunded, and so it was", true, true, payment.DecidedRefunded, payment.Refunded, refundedRecords, false},
		{"refunded, but it was not: the money goes back", true, false, payment.DecidedRefunded, payment.Refunded,
			refundedRecords, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(w *world) {
				stuck := w.stuck(c.refund, c.done)
				order := ""
				if c.decision == payment.DecidedSettled {
					var no []string
					if err := w.bureau.DB.Raw("SELECT pay_ord_id FROM bureau_orders").Scan(&no).Error; err != nil ||
						len(no) != 1 {
						w.t.Fatal(err)
					}
					order = no[0]
				}
				if err := w.decide(stuck, c.decision, order); err != nil {
					w.t.Fatal(err)
				}
				if got := w.status(stuck.ID); got != c.end {
					w.t.Errorf("decided, and %s", got)
				}
				if got := w.kinds(stuck.ID); !slices.Equal(got, c.records) {
					w.t.Errorf("records %v, want %v", got, c.records)
				}
				if cases, err := w.service.AtDesk(context.Background()); err != nil || len(cases) != 0 {
					w.t.Errorf("still at the desk: %+v %v", cases, err)
				}
				w.bureau.Faults.Clear()
				w.bureau.Close()
				w.reconcile(3 * time.Hour)
				if got := slices.Contains(w.alarmKinds(), "desk-contradicted"); got != c.contradicted {
					w.t.Errorf("contradicted: %v, want %v", got, c.contradicted)
				}
				w.ended(stuck.ID, c.end, "desk")
				if c.end == payment.Failed { // the money is free
					if again := w.pay("RX1"); again.Status != payment.Settled {
						w.t.Errorf("the second payment is %s", again.Status)
					}
					w.balanced()
				}
			})
		})
	}
}

// A person says settled and the bureau, once it answers, says that it never was: the patient is not
// asked again, an alarm names the hole, and the asking ends.
func TestDecidedSettledButNeverWas(t *testing.T) {
	eachWorld(t, func(w *world) {
		stuck := w.stuck(false, false)
		if err := w.decide(stuck, payment.DecidedSettled, "ORD1"); err != nil {
			w.t.Fatal(err)
		}
		if _, err := w.service.PrepareOrder(context.Background(), w.patient, w.command("prepare", "again"),
			payment.OrderInput{Rx: "RX1", Card: "x"}); err == nil {
			w.t.Error("paid twice")
		}
		w.reconcile(31 * 24 * time.Hour)
		w.bureau.Faults.Clear()
		if got := w.alarmKinds(); !slices.Contains(got, "desk-contradicted") &&
			!slices.Contains(got, "desk-unconfirmed") {
			w.t.Errorf("alarms %v", got)
		}
		due := 0
		if err := w.db.Raw("SELECT count(*) FROM payment_settlements WHERE next_try > 0").
			Scan(&due).Error; err != nil || due != 0 {
			w.t.Errorf("%d settlements are asked about for ever, %v", due, err)
		}
		if r := w.report(testDay); r.Balanced() {
			w.t.Error("the day's report knows of no difference")
		}
	})
}

// The bureau comes back before the person: nothing is left to be decided.
func TestTheInsurerMayEndItFirst(t *testing.T) {
	eachWorld(t, func(w *world) {
		stuck := w.stuck(false, true)
		w.bureau.Faults.Clear()
		w.reconcile(2 * time.Hour)
		if err := w.decide(stuck, payment.DecidedSettled, "ORD1"); !errors.Is(err, payment.ErrConflict) {
			w.t.Errorf("decided over the insurer's word: %v", err)
		}
		w.ended(stuck.ID, payment.Failed, "desk") // given up after OpenLimit, and given back
	})
}

// The evidence says what was asked and what came, with digests, and neither names drugs nor opens
// the card; a decision needs words.
func TestDeskEvidenceAndRefusals(t *testing.T) {
	eachWorld(t, func(w *world) {
		ctx := context.Background()
		c := w.stuck(false, true)
		if n := len(c.Exchanges); n == 0 || n > 20 || c.Signed == "" || c.Split != wantSplit || c.DeskAt.IsZero() {
			w.t.Fatalf("%d exchanges, %+v", n, c)
		}
		for _, x := range c.Exchanges {
			if len(x.SentDigest) != 64 || len(x.CameDigest) != 64 || x.Fault == "" || !strings.Contains(x.Sent, c.ID) ||
				x.Came == "" {
				w.t.Errorf("%+v", x)
			}
			for _, secret := range []string{"阿莫西林", tokenOfLi, holderLi.Name} {
				if strings.Contains(x.Sent+x.Came, secret) {
					w.t.Errorf("the evidence holds %q", secret)
				}
			}
		}
		refuse := func(name string, r payment.Ruling, want error) {
			if r.Version == 0 {
				r.Version = c.Version
			}
			if err := w.service.Decide(ctx, w.command("decide", w.newKeyName()), "u-admin", c.ID,
				r); !errors.Is(err, want) {
				w.t.Errorf("%s: %v, want %v", name, err, want)
			}
		}
		refuse("no reason", payment.Ruling{Decision: payment.DecidedNotSettled}, payment.ErrInvalid)
		refuse("settled without a number", payment.Ruling{Decision: payment.DecidedSettled, Reason: "电话问过"},
			payment.ErrInvalid)
		refuse("not settled with a number",
			payment.Ruling{Decision: payment.DecidedNotSettled, Order: "ORD1", Reason: "电话问过"}, payment.ErrInvalid)
		refuse("no decision", payment.Ruling{Decision: "maybe", Reason: "电话问过"}, payment.ErrInvalid)
		refuse("a refund that nobody asked for", payment.Ruling{Decision: payment.DecidedRefunded, Reason: "电话问过"},
			payment.ErrNotAtDesk)
		refuse("an old version", payment.Ruling{Decision: payment.DecidedNotSettled, Reason: "电话问过",
			Version: c.Version - 1}, payment.ErrConflict)
		cmd, ruling := w.command("decide", "same-key"),
			payment.Ruling{Decision: payment.DecidedNotSettled, Reason: "电话问过", Version: c.Version}
		for range 2 {
			if err := w.service.Decide(ctx, cmd, "u-admin", c.ID, ruling); err != nil {
				w.t.Errorf("a repeated command: %v", err)
			}
		}
		refuse("decided already", ruling, payment.ErrConflict)
		err := w.config.Store.(*gormstore.Store).Read(ctx, func(tx payment.Tx) error {
			notes, err := tx.Evidence.Notes(c.ID)
			if len(notes) != 1 || notes[0].Person != "u-admin" || notes[0].Reason != "电话问过" ||
				notes[0].Decision != payment.DecidedNotSettled {
				w.t.Errorf("noted %+v", notes)
			}
			return err
		})
		if err != nil {
			w.t.Error(err)
		}
	})
}

// A payment that goes well leaves no evidence behind.
func TestNoEvidenceWithoutNeed(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.pay("RX1")
		n := 0
		if err := w.db.Raw("SELECT count(*) FROM payment_exchanges").Scan(&n).Error; err != nil || n != 0 {
			w.t.Errorf("%d exchanges, %v", n, err)
		}
		if cases, err := w.service.AtDesk(context.Background()); err != nil || len(cases) != 0 {
			w.t.Errorf("at the desk: %+v %v", cases, err)
		}
	})
}
