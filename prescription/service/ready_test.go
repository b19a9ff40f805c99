package service_test

import (
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// TestMarkReady: only the holder of a claim that the chain took calls the patient, once, and a
// claim given back calls nobody.
func TestMarkReady(t *testing.T) {
	each(t, func(w *ward) {
		id := w.paid()
		ready := func(who string) error {
			return w.svc.MarkReady(ctx, actor(who), w.cmd(who, "ready"), string(id))
		}
		since := func() *time.Time {
			v, err := w.svc.Get(ctx, actor("pat"), string(id))
			if err != nil || v.Content.Claim == nil {
				w.t.Fatalf("%+v %v", v, err)
			}
			return v.Content.Claim.ReadyAt
		}
		if err := ready("dis1"); !errors.Is(err, lifecycle.ErrNotHolder) {
			w.t.Errorf("nobody holds it: %v", err)
		}
		if _, err := w.claim("dis1", id); err != nil {
			w.t.Fatal(err)
		}
		w.reg.set(func(r *registry) { r.fate = lifecycle.FatePending })
		if err := ready("dis1"); !errors.Is(err, lifecycle.ErrClaimUnconfirmed) {
			w.t.Errorf("unconfirmed: %v", err)
		}
		w.reg.set(func(r *registry) { r.fate = lifecycle.FateCommitted })
		if err := ready("dis2"); !errors.Is(err, lifecycle.ErrNotHolder) {
			w.t.Errorf("another pharmacy: %v", err)
		}
		if since() != nil {
			w.t.Error("told before it was")
		}
		if err := ready("dis1"); err != nil {
			w.t.Fatal(err)
		}
		first := since()
		w.later(time.Minute)
		if err := ready("dis1"); err != nil {
			w.t.Fatal(err)
		}
		if again := since(); first == nil || again == nil || !again.Equal(*first) {
			w.t.Errorf("ready since %v, then %v", first, again)
		}
		w.holdAgainstLaw(w.state(id))
		if _, err := w.release("dis1", id); err != nil {
			w.t.Fatal(err)
		}
		w.later(time.Second)
		if _, err := w.claim("dis2", id); err != nil {
			w.t.Fatal(err)
		}
		if since() != nil {
			w.t.Error("the next pharmacy is ready before it began")
		}
		told := w.cmd("dis2", "ready")
		again := func() error { return w.svc.MarkReady(ctx, actor("dis2"), told, string(id)) }
		if err := again(); err != nil {
			w.t.Fatal(err)
		}
		if _, err := w.dispense("dis2", id, tracecode(2)); err != nil {
			w.t.Fatal(err)
		}
		if err := ready("dis2"); err == nil {
			w.t.Error("ready after it was handed out")
		}
		if err := again(); err != nil {
			w.t.Errorf("the first command, repeated after a lost answer: %v", err)
		}
	})
}
