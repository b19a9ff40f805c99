package payment_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
)

func TestPay(t *testing.T) {
	eachWorld(t, func(w *world) {
		t, ctx := w.t, context.Background()
		w.bill("RX1")
		card := w.bind()
		quote, err := w.service.Quote(ctx, w.patient, "RX1")
		if err != nil || quote.Split != wantSplit {
			t.Fatalf("quote: %+v, %v", quote.Split, err)
		}
		in := w.prepare("RX1", card)
		if !strings.Contains(string(in.Document), `"cash":2225`) || in.Statement.Facts.Ref != "rx:RX1" {
			t.Errorf("the patient is not shown the split: %s", in.Document)
		}
		view, err := w.sign(in)
		if err != nil {
			t.Fatal(err)
		}
		if view.Status != payment.Settled || view.Split != wantSplit || view.Policy != "demo-310-2026" ||
			!w.ward.isPaid("RX1") {
			t.Errorf("not settled: %+v", view)
		}
		if got := w.kinds(view.ID); !slices.Equal(got, []chain.Kind{chain.KindPayOpen, chain.KindPaySettle}) {
			t.Errorf("records %v", got)
		}
		if u, _ := w.bureau.Usage(ctx, tokenOfLi); u.Balance != 0 || u.Deductible != 200_00 || u.Fund != 57_75 {
			t.Errorf("bureau's usage %+v", u)
		}
		w.balanced()
	})
}

// What was shown can be checked against the chain by anybody who is given the event.
func TestEventsProveTheirRecords(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		view := w.pay("RX1")
		events, err := w.service.Events(context.Background(), w.patient, view.ID)
		if err != nil || len(events) != 2 {
			w.t.Fatalf("%d events, %v", len(events), err)
		}
		for _, e := range events {
			entry, err := outbox.Get(w.db.DB, e.Record)
			if err != nil {
				w.t.Fatal(err)
			}
			rec, err := chain.ParseWaiting(entry.Record)
			if err != nil || rec.Statement.Digest != chain.Digest(e.Salt, e.Document) || rec.Statement.Kind != e.Kind {
				w.t.Errorf("event %d does not prove its record: %v", e.Seq, err)
			}
		}
	})
}

func TestRefund(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		view := w.pay("RX1")
		w.ward.void("RX1")
		for range 3 { // repeating is harmless
			if err := w.service.Refund(context.Background(), "RX1", "cancelled"); err != nil {
				w.t.Fatal(err)
			}
		}
		if got := w.status(view.ID); got != payment.Refunded || w.ward.refunded["RX1"] != view.ID {
			w.t.Errorf("status %s", got)
		}
		if got := w.kinds(view.ID); !slices.Equal(got,
			[]chain.Kind{chain.KindPayOpen, chain.KindPaySettle, chain.KindPayRefund}) {
			w.t.Errorf("records %v", got)
		}
		if u, _ := w.bureau.Usage(context.Background(), tokenOfLi); u.Balance != 20_00 || u.Deductible != 190_00 ||
			u.Fund != 0 {
			w.t.Errorf("the refund did not reverse exactly: %+v", u)
		}
		w.balanced()
	})
}

// The sweep finds what nobody asked to refund, as after a crash between the cancellation and the
// refund.
func TestReconcileRefundsWhatIsDue(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		view := w.pay("RX1")
		w.ward.void("RX1")
		w.reconcile(time.Minute)
		if got := w.status(view.ID); got != payment.Refunded {
			w.t.Errorf("status %s", got)
		}
	})
}

// A prescription cancelled while the insurer works: the settlement is true, so it is booked, and
// then the money goes back.
func TestCancelledWhilePaying(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		w.config.Insurer = voiding{w.config.Insurer, w.ward}
		w.restart()
		view := w.pay("RX1")
		if view.Status != payment.Refunded || w.ward.isPaid("RX1") {
			w.t.Errorf("status %s", view.Status)
		}
		w.balanced()
	})
}

type voiding struct {
	bureau.Insurer
	ward *ward
}

func (v voiding) Pay(ctx context.Context, o bureau.Order) (bureau.Answer, error) {
	v.ward.void("RX1")
	return v.Insurer.Pay(ctx, o)
}

func TestPayCodePaysOnce(t *testing.T) {
	eachWorld(t, func(w *world) {
		t, ctx := w.t, context.Background()
		w.bill("RX1")
		w.bind()
		code, err := w.service.CreatePayCode(ctx, w.patient, w.command("code", "code-key-1"), w.patient.Person)
		if err != nil {
			t.Fatal(err)
		}
		again, err := w.service.CreatePayCode(ctx, w.patient, w.command("code", "code-key-1"), w.patient.Person)
		if err != nil || again != code {
			t.Errorf("a repeated command made another code: %v", err)
		}
		const racers = 8
		var wg sync.WaitGroup
		errs := make([]error, racers)
		for i := range racers {
			wg.Go(func() {
				_, errs[i] = w.service.PrepareOrder(ctx, w.patient, w.command("prepare", w.newKeyName()),
					payment.OrderInput{Rx: "RX1", PayCode: code.Code})
			})
		}
		wg.Wait()
		winners := 0
		for _, err := range errs {
			if err == nil {
				winners++
			} else if !errors.Is(err, payment.ErrCodeSpent) {
				t.Error(err)
			}
		}
		if winners != 1 {
			t.Errorf("%d winners", winners)
		}
	})
}

// The answer to a prepared order was lost; the phone asks again with the same key, and the code is
// spent by now.
func TestPrepareIsRepeatable(t *testing.T) {
	eachWorld(t, func(w *world) {
		ctx := context.Background()
		w.bill("RX1")
		w.bind()
		code, err := w.service.CreatePayCode(ctx, w.patient, w.command("code", "code-key-1"), w.patient.Person)
		if err != nil {
			w.t.Fatal(err)
		}
		input := payment.OrderInput{Rx: "RX1", PayCode: code.Code}
		first, err := w.service.PrepareOrder(ctx, w.patient, w.command("prepare", "prepare-1"), input)
		if err != nil {
			w.t.Fatal(err)
		}
		second, err := w.service.PrepareOrder(ctx, w.patient, w.command("prepare", "prepare-1"), input)
		if err != nil || second.ID != first.ID || string(second.Document) != string(first.Document) {
			w.t.Errorf("another intent, or none: %v", err)
		}
		other := w.command("prepare", "prepare-1")
		other.Hash[0]++
		if _, err := w.service.PrepareOrder(ctx, w.patient, other, input); !errors.Is(err, sqlstore.ErrKeyReused) {
			w.t.Errorf("the key with another body: %v", err)
		}
	})
}

func TestSignIsRepeatable(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		in := w.prepare("RX1", w.bind())
		sig, err := w.signer.PrivateKey.Sign(in.Statement.Bytes())
		if err != nil {
			w.t.Fatal(err)
		}
		for range 2 {
			view, err := w.service.Sign(context.Background(), w.patient, w.command("sign", "sign-key"), in.ID, sig)
			if err != nil || view.Status != payment.Settled {
				w.t.Fatalf("%+v, %v", view, err)
			}
		}
		if _, err := w.sign(in); !errors.Is(err, intent.ErrUsed) && !errors.Is(err, payment.ErrNotPayable) {
			w.t.Errorf("signed twice under two keys: %v", err)
		}
		w.balanced()
	})
}

// Two phones, two intents, one prescription: the database decides, and only one may move money.
func TestDoublePay(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		card := w.bind()
		const racers = 6
		intents := make([]*intent.Intent, racers)
		for i := range intents {
			intents[i] = w.prepare("RX1", card)
		}
		var wg sync.WaitGroup
		errs := make([]error, racers)
		for i := range racers {
			wg.Go(func() { _, errs[i] = w.sign(intents[i]) })
		}
		wg.Wait()
		winners := 0
		for _, err := range errs {
			switch {
			case err == nil:
				winners++
			case !errors.Is(err, payment.ErrPaidAlready) && !errors.Is(err, payment.ErrNotPayable):
				w.t.Error(err)
			}
		}
		if u, _ := w.bureau.Usage(context.Background(), tokenOfLi); winners != 1 || u.Fund != 57_75 {
			w.t.Errorf("%d winners, the fund paid %s", winners, u.Fund)
		}
		w.balanced()
	})
}

func TestRefusals(t *testing.T) {
	eachWorld(t, func(w *world) {
		ctx := context.Background()
		w.bill("RX1")
		card := w.bind()
		stranger, doctor := w.patient, w.patient
		stranger.Person, doctor.Role = "p-han", chain.RoleDoctor
		code, err := w.service.CreatePayCode(ctx, w.patient, w.command("code", "k"), w.patient.Person)
		if err != nil {
			w.t.Fatal(err)
		}
		bind := func(actor intent.Actor, token string, h bureau.Holder) error {
			_, err := w.service.BindCard(ctx, actor, sqlstore.Command{}, actor.Person, token, h)
			return err
		}
		prepare := func(actor intent.Actor, in payment.OrderInput) error {
			_, err := w.service.PrepareOrder(ctx, actor, sqlstore.Command{}, in)
			return err
		}
		for name, c := range map[string]struct{ got, want error }{
			"bind as a doctor":       {bind(doctor, tokenOfLi, holderLi), payment.ErrRole},
			"bind somebody else's":   {bind(w.patient, tokenOfHan, holderLi), payment.ErrNotYourCard},
			"bind a bound one":       {bind(stranger, tokenOfLi, holderLi), payment.ErrCardBound},
			"bind an unknown one":    {bind(w.patient, "ec-token-unknown-1", holderLi), bureau.ErrRefused},
			"bind a malformed token": {bind(w.patient, "x' OR 1=1 --", holderLi), payment.ErrInvalid},
			"unknown prescription": {prepare(w.patient, payment.OrderInput{Rx: "RX9", Card: card.ID}),
				payment.ErrNotFound},
			"a stranger's prescription": {prepare(stranger, payment.OrderInput{Rx: "RX1", Card: card.ID}),
				payment.ErrNotFound},
			"unknown card": {prepare(w.patient, payment.OrderInput{Rx: "RX1", Card: "card-x"}),
				payment.ErrNotFound},
			"neither card nor code": {prepare(w.patient, payment.OrderInput{Rx: "RX1"}), payment.ErrInvalid},
			"both card and code": {
				prepare(w.patient, payment.OrderInput{Rx: "RX1", Card: card.ID, PayCode: code.Code}),
				payment.ErrInvalid},
			"unknown code": {
				prepare(w.patient, payment.OrderInput{Rx: "RX1", PayCode: "123456789012345678"}), payment.ErrCodeSpent},
		} {
			if !errors.Is(c.got, c.want) {
				w.t.Errorf("%s: %v, want %v", name, c.got, c.want)
			}
		}
		w.clock.Add(payment.PayCodeLife)
		if err := prepare(w.patient, payment.OrderInput{Rx: "RX1", PayCode: code.Code}); !errors.Is(err,
			payment.ErrCodeSpent) {
			w.t.Errorf("an old code: %v", err)
		}
	})
}

func TestSignRefusals(t *testing.T) {
	eachWorld(t, func(w *world) {
		ctx := context.Background()
		w.bill("RX1")
		in := w.prepare("RX1", w.bind())
		good, err := w.signer.PrivateKey.Sign(in.Statement.Bytes())
		if err != nil {
			w.t.Fatal(err)
		}
		other, err := newKey(w.t).PrivateKey.Sign(in.Statement.Bytes())
		if err != nil {
			w.t.Fatal(err)
		}
		stranger := w.patient
		stranger.Person = "p-han"
		sign := func(actor intent.Actor, sig []byte) error {
			_, err := w.service.Sign(ctx, actor, sqlstore.Command{}, in.ID, sig)
			return err
		}
		for name, c := range map[string]struct{ got, want error }{
			"another key":    {sign(w.patient, other), intent.ErrSignature},
			"trailing bytes": {sign(w.patient, append(slices.Clone(good), 0xde, 0xad)), intent.ErrSignature},
			"somebody else":  {sign(stranger, good), intent.ErrNotFound},
			"no certificate": {sign(intent.Actor{Person: w.patient.Person, Role: chain.RolePatient}, good),
				intent.ErrSignature},
		} {
			if !errors.Is(c.got, c.want) {
				w.t.Errorf("%s: %v, want %v", name, c.got, c.want)
			}
		}
		w.ward.mu.Lock()
		dearer := w.ward.bills["RX1"]
		dearer.Fees = slices.Clone(dearer.Fees)
		dearer.Fees[0].Price, dearer.Fees[0].Amount, dearer.Total = 31_00, 62_00, 102_00
		w.ward.bills["RX1"] = dearer
		w.ward.mu.Unlock()
		if err := sign(w.patient, good); !errors.Is(err, payment.ErrStale) {
			w.t.Errorf("the bill changed: %v", err)
		}
		w.bill("RX1")
		w.clock.Add(intent.TTL)
		if err := sign(w.patient, good); !errors.Is(err, intent.ErrExpired) {
			w.t.Errorf("too late: %v", err)
		}
	})
}

func TestStrangersSeeNothing(t *testing.T) {
	eachWorld(t, func(w *world) {
		ctx := context.Background()
		w.bill("RX1")
		view := w.pay("RX1")
		stranger := w.patient
		stranger.Person = "p-han"
		_, get := w.service.Get(ctx, stranger, view.ID)
		_, events := w.service.Events(ctx, stranger, view.ID)
		list, of := w.service.Of(ctx, stranger, "RX1")
		if !errors.Is(get, payment.ErrNotFound) || !errors.Is(events, payment.ErrNotFound) || of != nil ||
			len(list) != 0 {
			w.t.Errorf("get %v, events %v, list %d %v", get, events, len(list), of)
		}
		if _, err := w.service.Get(ctx, w.patient, "ST202605041234567890"+"00"); !errors.Is(err, payment.ErrInvalid) {
			w.t.Errorf("a mistyped number: %v", err)
		}
	})
}

// Records go to every member of the consortium; drugs, names, amounts and tokens must not.
func TestNothingPersonalOnTheChain(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.bill("RX1")
		view := w.pay("RX1")
		entries, err := outbox.BySubject(w.db.DB, payment.Subject(view.ID))
		if err != nil {
			w.t.Fatal(err)
		}
		for _, e := range entries {
			for _, secret := range []string{"阿莫西林", "XJ01CA04", holderLi.Name, holderLi.IDNumber, tokenOfLi, "2225",
				base64.StdEncoding.EncodeToString([]byte(holderLi.Name))} {
				if strings.Contains(string(e.Record), secret) {
					w.t.Errorf("record %s holds %q", e.Kind, secret)
				}
			}
		}
	})
}

func TestCardsJSONHidesTheToken(t *testing.T) {
	b, err := json.Marshal(payment.Card{ID: "c", Person: "p", ECToken: tokenOfLi, Insutype: bureau.Employee})
	if err != nil || strings.Contains(string(b), tokenOfLi) || strings.Contains(string(b), `"p"`) {
		t.Errorf("%s %v", b, err)
	}
}

// A child has no phone: the guardian signs, with the child's card, and both may look at it.
func TestGuardianPays(t *testing.T) {
	eachWorld(t, func(w *world) {
		ctx := context.Background()
		w.bill("RX1")
		w.ward.mu.Lock()
		bill := w.ward.bills["RX1"]
		bill.Person, bill.Guardian = "p-child", w.patient.Person
		w.patient.Wards = []string{"p-child"}
		w.ward.bills["RX1"] = bill
		w.ward.mu.Unlock()
		card, err := w.service.BindCard(ctx, w.patient, sqlstore.Command{}, "p-child", tokenOfLi, holderLi)
		if err != nil {
			w.t.Fatal(err)
		}
		view, err := w.sign(w.prepare("RX1", card))
		if err != nil || view.Status != payment.Settled {
			w.t.Fatalf("%+v, %v", view, err)
		}
		for _, tt := range []struct {
			name  string
			actor intent.Actor
			want  error
		}{
			{"the child", intent.Actor{Person: "p-child"}, nil},
			{"its guardian, who paid", intent.Actor{Person: w.patient.Person, Wards: []string{"p-child"}}, nil},
			{"its other guardian", intent.Actor{Person: "p-han", Wards: []string{"p-other", "p-child"}}, nil},
			{"who paid, once the child is of age", intent.Actor{Person: w.patient.Person}, payment.ErrNotFound},
			{"a stranger", intent.Actor{Person: "p-han"}, payment.ErrNotFound},
			{"nobody", intent.Actor{}, payment.ErrNotFound},
		} {
			tt.actor.Role = chain.RolePatient
			_, err := w.service.Get(ctx, tt.actor, view.ID)
			_, eventsErr := w.service.Events(ctx, tt.actor, view.ID)
			list, listErr := w.service.Of(ctx, tt.actor, "RX1")
			if !errors.Is(err, tt.want) || !errors.Is(eventsErr, tt.want) || listErr != nil ||
				(len(list) == 1) != (tt.want == nil) {
				w.t.Errorf("shown to %s: %v, %v, %d, %v", tt.name, err, eventsErr, len(list), listErr)
			}
		}
	})
}
