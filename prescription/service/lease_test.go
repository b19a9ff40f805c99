package service_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/view"
)

// eachLeased is each on a chain of record schema 2.
func eachLeased(t *testing.T, fn func(w *ward)) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		fn(
			openWard(t, db,
				func(d *service.Deps) { d.Schema = func(context.Context) int { return chain.Schema2 } }))
	})
}

func (w *ward) renew(who string, id prescription.ID) (*view.View, error) {
	return w.both(who, func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareRenew(ctx, a, string(id), service.RenewInput{Secret: w.secret(who, id)})
	})
}

func (w *ward) contest(who string, id prescription.ID) (*view.View, error) {
	return w.both(who, func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareContest(ctx, a, string(id), service.ContestInput{})
	})
}

// last is the newest statement of a prescription.
func (w *ward) last(id prescription.ID) chain.Statement {
	w.t.Helper()
	entries, err := outbox.BySubject(w.db.DB, id.Subject())
	if err != nil || len(entries) == 0 {
		w.t.Fatalf("%d records, %v", len(entries), err)
	}
	return must(chain.ParseWaiting(entries[len(entries)-1].Record)).Statement
}

// TestAFailedLapseHoldsBackNoOther: the oldest claims whose lock could not be given back took every
// round for themselves.
func TestAFailedLapseHoldsBackNoOther(t *testing.T) {
	eachLeased(t, func(w *ward) {
		first := w.claimed()
		w.later(time.Minute)
		second := w.claimed()
		w.later(lifecycle.DefaultLease)
		seal := w.svc.Seal
		w.svc.Seal = func(context.Context, string) (intent.Seal, error) { return intent.Seal{}, errors.New("no seal") }
		if n, err := w.svc.LapseDue(ctx, w.now(), 1); n != 0 || err == nil {
			w.t.Fatalf("without a seal: %d %v", n, err)
		}
		w.svc.Seal = seal
		if n, err := w.svc.LapseDue(ctx, w.now(), 1); n != 1 || err != nil {
			w.t.Fatalf("the next round: %d %v", n, err)
		}
		for id, want := range map[prescription.ID]prescription.Status{first: prescription.Claimed,
			second: prescription.Paid} {
			if v := must(w.svc.Get(ctx, actor("pat"), string(id))); v.Status != want {
				w.t.Errorf("%s is %s, want %s", id, v.Status, want)
			}
		}
	})
}

// TestClaimIsALease: a pharmacy's claim never ended; medicine was handed out 300 days later.
func TestClaimIsALease(t *testing.T) {
	eachLeased(t, func(w *ward) {
		t := w.t
		id := w.claimed()
		v, err := w.svc.Get(ctx, actor("pat"), string(id))
		if err != nil || v.Content.Claim.Until == nil ||
			!v.Content.Claim.Until.Equal(noon.Add(lifecycle.DefaultLease)) {
			t.Fatalf("the patient sees %+v, %v", v.Content.Claim, err)
		}
		if st := w.last(id); st.V != chain.Schema2 || st.Facts.Until != v.Content.Claim.Until.UnixMilli() {
			t.Errorf("the chain is told %+v", st)
		}
		w.later(lifecycle.DefaultLease - time.Minute)
		if _, err := w.dispense("dis1", id, tracecode(1)); !refusedBy(err, "rx.lease") {
			t.Errorf("handed out in the last minute: %v", err)
		}
		if n, err := w.svc.LapseDue(ctx, w.now(), 10); n != 0 || err != nil {
			t.Errorf("lapsed before its end: %d %v", n, err)
		}
		w.later(time.Minute)
		if _, err := w.renew("dis1", id); !refusedBy(err, "rx.lease") {
			t.Errorf("renewed after its end: %v", err)
		}
		if n, err := w.svc.LapseDue(ctx, w.now(), 10); n != 1 || err != nil {
			t.Fatalf("lapsed: %d %v", n, err)
		}
		if got := w.stock("dis1"); got.Reserved != 0 {
			t.Errorf("still reserved: %+v", got)
		}
		w.balanced()
		if _, err := w.dispense("dis1", id, tracecode(1)); !errors.Is(err, lifecycle.ErrNotHolder) {
			t.Errorf("handed out after the lapse: %v", err)
		}
		if _, err := w.claim("dis2", id); err != nil {
			t.Errorf("another pharmacy, with the next code: %v", err)
		}
		if got := w.ledger(id); got != chain.StatusClaimed {
			t.Errorf("the ledger would say %s", got)
		}
	})
}

// TestLeaseIsRenewedOnce, never past the validity.
func TestLeaseIsRenewedOnce(t *testing.T) {
	eachLeased(t, func(w *ward) {
		t := w.t
		id := w.claimed()
		w.later(23 * time.Hour)
		v, err := w.renew("dis1", id)
		if err != nil || !v.Content.Claim.Until.Equal(noon.Add(47*time.Hour)) || !v.Content.Claim.Renewed {
			t.Fatalf("%+v %v", v, err)
		}
		if _, err := w.renew("dis1", id); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("renewed twice: %v", err)
		}
		w.later(12 * time.Hour)
		if _, err := w.dispense("dis1", id, tracecode(1)); err != nil {
			t.Errorf("handed out within the renewed lease: %v", err)
		}
	})
}

// TestNothingIsHandedOutAfterTheValidity, and the money goes back although a pharmacy holds it.
func TestNothingIsHandedOutAfterTheValidity(t *testing.T) {
	eachLeased(t, func(w *ward) {
		t := w.t
		id := w.paid()
		v, err := w.svc.Get(ctx, actor("pat"), string(id))
		if err != nil {
			t.Fatal(err)
		}
		w.at.Store(v.ExpiresAt.Add(-2 * time.Hour).UnixMilli())
		if v, err = w.claim("dis1", id); err != nil || !v.Content.Claim.Until.Equal(*v.ExpiresAt) {
			t.Fatalf("the lease ends with the validity: %+v %v", v, err)
		}
		w.at.Store(v.ExpiresAt.Add(-30 * time.Second).UnixMilli())
		if _, err := w.dispense("dis1", id, tracecode(1)); !refusedBy(err, "rx.expired") {
			t.Errorf("handed out in the last minute: %v", err)
		}
		w.at.Store(v.ExpiresAt.UnixMilli())
		if n, err := w.svc.ExpireDue(ctx, w.now(), 10); n != 1 || err != nil {
			t.Fatalf("expired: %d %v", n, err)
		}
		if due, err := w.svc.RefundsDue(ctx, 10); err != nil || len(due) != 1 {
			t.Errorf("money: %+v %v", due, err)
		}
		if got := w.stock("dis1"); got.Reserved != 0 {
			t.Errorf("still reserved: %+v", got)
		}
		w.balanced()
	})
}

// TestThePatientKeepsTheCodes: the next claim's code came from the hospital alone, so that after a
// claim's end nobody could claim while its server was away. The patient's device has them, in
// order; a former holder and everybody else has none of the later ones.
func TestThePatientKeepsTheCodes(t *testing.T) {
	eachLeased(t, func(w *ward) {
		t := w.t
		id := w.paid()
		kept, err := w.svc.PickupCodes(ctx, actor("pat"), string(id))
		if err != nil || len(kept) != chain.PickupCodes || kept[0] != w.code(id) {
			t.Fatalf("%d codes, %v", len(kept), err)
		}
		for _, who := range []string{"pat2", "doc", "dis1", "rev"} {
			if got, err := w.svc.PickupCodes(ctx, actor(who), string(id)); !errors.Is(err, prescription.ErrNotFound) {
				t.Errorf("%s has %d codes, %v", who, len(got), err)
			}
		}
		for n, who := range []string{"dis1", "dis2", "dis1"} {
			if _, err := w.sign(who, w.prepareClaim(who, id, kept[n])); err != nil {
				t.Fatalf("claim %d: %v", n, err)
			}
			if got, err := w.svc.PickupCodes(ctx, actor("pat"), string(id)); err != nil ||
				!slices.Equal(got, kept[n+1:]) {
				t.Errorf("after claim %d there are %d codes, %v", n, len(got), err)
			}
			if n == 2 {
				break
			}
			w.later(lifecycle.DefaultLease)
			if done, err := w.svc.LapseDue(ctx, w.now(), 10); done != 1 || err != nil {
				t.Fatalf("lapse %d: %d %v", n, done, err)
			}
		}
		if _, err := w.dispense("dis1", id, tracecode(1)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.svc.PickupCodes(ctx, actor("pat"), string(id)); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("after the handing out: %v", err)
		}
	})
}

// TestEachClaimHasItsCode: a pharmacy that held it once cannot claim it again with what it knows.
func TestEachClaimHasItsCode(t *testing.T) {
	eachLeased(t, func(w *ward) {
		t := w.t
		id := w.paid()
		first := w.code(id)
		if _, err := w.claim("dis1", id); err != nil {
			t.Fatal(err)
		}
		if st := w.last(id); st.Facts.Code == "" || must(merkle.ParseHash(st.Facts.Code)) == (merkle.Hash{}) {
			t.Errorf("the chain is told no code: %+v", st.Facts)
		}
		v, err := w.svc.Lookup(ctx, actor("dis2"), redemption.Token{ID: id, AccessCode: first}.String())
		if err != nil || !v.Partial {
			t.Errorf("another pharmacy with the code of the claim: %+v %v", v, err)
		}
		if _, err := w.release("dis1", id); err != nil {
			t.Fatal(err)
		}
		next := w.code(id)
		if next == first || len(next) != len(first) {
			t.Errorf("the patient's code is %q, was %q", next, first)
		}
		if _, err := w.svc.PrepareClaim(ctx, actor("dis1"), string(id),
			lifecycle.ClaimInput{AccessCode: first}); !errors.Is(err, redemption.ErrBadToken) {
			t.Errorf("claimed with the old code: %v", err)
		}
		if _, err := w.claim("dis2", id); err != nil {
			t.Errorf("claimed with the next one: %v", err)
		}
		head := must(merkle.ParseHash(w.statement(id, 0).Facts.Pickup))
		code := must(merkle.ParseHash(w.last(id).Facts.Code))
		if chain.PickupNext(chain.PickupNext(code)) != head {
			t.Error("the second code is not two steps from the head")
		}
		if got := w.statement(id, 0).Facts.Parties; len(got) != 1 || got[0] != "pat" {
			t.Errorf("parties %v", got)
		}
	})
}

func (w *ward) statement(id prescription.ID, n int) chain.Statement {
	w.t.Helper()
	entries, err := outbox.BySubject(w.db.DB, id.Subject())
	if err != nil {
		w.t.Fatal(err)
	}
	return must(chain.ParseWaiting(entries[n].Record)).Statement
}

// TestContestedClaimHandsNothingOut: the patient says "that was not me"; only a new claim with a
// new code goes on.
func TestContestedClaimHandsNothingOut(t *testing.T) {
	eachLeased(t, func(w *ward) {
		t := w.t
		id := w.claimed()
		if _, err := w.svc.PrepareContest(ctx, actor("pat2"), string(id), service.ContestInput{}); !errors.Is(err,
			prescription.ErrNotFound) {
			t.Errorf("somebody else's: %v", err)
		}
		v, err := w.contest("pat", id)
		if err != nil || v.Status != prescription.Claimed || v.Content.Claim.ContestedAt == nil {
			t.Fatalf("%+v %v", v, err)
		}
		if _, err := w.contest("pat", id); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("twice: %v", err)
		}
		if _, err := w.dispense("dis1", id, tracecode(1)); !refusedBy(err, "rx.contested") {
			t.Errorf("handed out: %v", err)
		}
		if _, err := w.renew("dis1", id); !refusedBy(err, "rx.contested") {
			t.Errorf("renewed: %v", err)
		}
		if _, err := w.release("dis1", id); err != nil {
			t.Fatal(err)
		}
		if _, err := w.claim("dis1", id); err != nil {
			t.Fatal(err)
		}
		if _, err := w.dispense("dis1", id, tracecode(1)); err != nil {
			t.Fatal(err)
		}
		if v, err := w.contest("pat", id); err != nil || v.Status != prescription.Dispensed {
			t.Errorf("after the handing out: %+v %v", v, err)
		}
	})
}

// TestPatientAsksForItBack: the pharmacy is shown it, and nobody else can ask.
func TestPatientAsksForItBack(t *testing.T) {
	eachLeased(t, func(w *ward) {
		t := w.t
		id := w.claimed()
		if err := w.svc.AskRelease(ctx, actor("pat2"), w.cmd("pat2", "ask"), string(id)); !errors.Is(err,
			prescription.ErrNotFound) {
			t.Errorf("somebody else: %v", err)
		}
		for range 2 {
			if err := w.svc.AskRelease(ctx, actor("pat"), w.cmd("pat", "ask"), string(id)); err != nil {
				t.Fatal(err)
			}
			w.later(time.Second)
		}
		if v, err := w.svc.Get(ctx, actor("dis1"), string(id)); err != nil || v.Content.Claim.AskedAt == nil ||
			!v.Content.Claim.AskedAt.Equal(noon) {
			t.Errorf("the pharmacy sees %+v %v", v.Content.Claim, err)
		}
	})
}

// TestLeaseOfTheFirstSchema is kept by the application alone: no handing out after its end, and the
// pharmacy gives it back.
func TestLeaseOfTheFirstSchema(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		id := w.claimed()
		if st := w.last(id); st.V != chain.Version || st.Facts.Until != 0 {
			t.Errorf("the chain is told %+v", st)
		}
		w.later(lifecycle.DefaultLease)
		if n, err := w.svc.LapseDue(ctx, w.now(), 10); n != 0 || err != nil {
			t.Errorf("lapsed: %d %v", n, err)
		}
		if _, err := w.dispense("dis1", id, tracecode(1)); !refusedBy(err, "rx.lease") {
			t.Errorf("handed out: %v", err)
		}
		if _, err := w.release("dis1", id); err != nil {
			t.Error(err)
		}
	})
}
