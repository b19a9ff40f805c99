package service_test

import (
	"errors"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/view"
)

// dead makes a claim one that the chain refused while it stands where the prescription was before.
func (w *ward) dead(v *view.View) {
	w.t.Helper()
	if err := w.db.Exec("UPDATE outbox SET state = 'dead' WHERE id = ?", v.Record).Error; err != nil {
		w.t.Fatal(err)
	}
	w.reg.set(func(r *registry) {
		r.fate, r.standing = lifecycle.FateRefused,
			chain.SubjectState{Status: chain.Status(prescription.Paid), Seq: v.Seq - 1}
	})
}

func (w *ward) resolve(id prescription.ID) error {
	return w.svc.ResolveDeadClaim(ctx, w.cmd("admin", "resolve"), "h1", string(id))
}

// TestDeadClaimIsSeenAndTakenBack: a refused claim stays visible until an operator decides, nothing
// is handed out on it, and afterwards the prescription stands where the ledger has it and goes on.
func TestDeadClaimIsSeenAndTakenBack(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		id := w.paid()
		before := w.state(id)
		v, err := w.claim("dis1", id)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.resolve(id); !errors.Is(err, service.ErrClaimStands) {
			t.Errorf("a claim that stands: %v", err)
		}
		w.dead(v)
		for _, who := range []string{"dis1", "pat"} {
			if got, err := w.svc.Get(ctx, actor(who), string(id)); err != nil || !got.Content.Claim.Refused {
				t.Errorf("%s is not told: %+v %v", who, got, err)
			}
		}
		if _, err := w.dispense("dis1", id, tracecode(1)); !errors.Is(err, lifecycle.ErrClaimRefused) {
			t.Errorf("dispensed on it: %v", err)
		}
		if _, err := w.release("dis1", id); !errors.Is(err, lifecycle.ErrClaimRefused) {
			t.Errorf("released: %v", err)
		}
		w.reg.set(func(r *registry) { r.standing.Seq++ })
		if err := w.resolve(id); !errors.Is(err, service.ErrLedgerAhead) {
			t.Errorf("the ledger went on without us: %v", err)
		}
		w.reg.set(func(r *registry) { r.standing.Seq-- })
		cmd := w.cmd("admin", "resolve")
		for range 2 { // the second one is a repeated request
			if err := w.svc.ResolveDeadClaim(ctx, cmd, "h1", string(id)); err != nil {
				t.Fatal(err)
			}
		}
		after := w.state(id)
		if after.Status != prescription.Paid || after.Seq != before.Seq || after.LastRecord != before.LastRecord ||
			after.Claim != nil {
			t.Errorf("after: %s #%d", after.Status, after.Seq)
		}
		w.holdAgainstLaw(after)
		w.balanced()
		if s := w.stock("dis1"); s.Reserved != 0 {
			t.Errorf("still reserved: %+v", s)
		}
		if n := count(w, "SELECT count(*) FROM refused_events WHERE record = ? AND kind = 'rx.claim'",
			v.Record); n != 1 {
			t.Errorf("%d refused events kept", n)
		}
		if b, err := outbox.Stats(w.db.DB); err != nil || b.Dead != 0 {
			t.Errorf("%+v %v", b, err)
		}
		w.reg.set(func(r *registry) { r.fate = lifecycle.FateCommitted })
		w.later(time.Second)
		if _, err := w.claim("dis2", id); err != nil {
			t.Fatal(err)
		}
		if _, err := w.dispense("dis2", id, tracecode(2)); err != nil {
			t.Fatal(err)
		}
		w.holdAgainstLaw(w.state(id))
		if err := w.resolve(id); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("a dispensed one: %v", err)
		}
	})
}

// TestReleaseWaitsForTheChain: a release behind a claim that the chain then refuses could not be
// taken back.
func TestReleaseWaitsForTheChain(t *testing.T) {
	each(t, func(w *ward) {
		id := w.paid()
		if _, err := w.claim("dis1", id); err != nil {
			w.t.Fatal(err)
		}
		w.reg.set(func(r *registry) { r.fate = lifecycle.FatePending })
		if _, err := w.release("dis1", id); !errors.Is(err, lifecycle.ErrClaimUnconfirmed) {
			w.t.Errorf("%v", err)
		}
	})
}

func TestWithdrawKeepsALaneInOrder(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		v, err := w.claim("dis1", w.paid())
		if err != nil {
			t.Fatal(err)
		}
		withdraw := func(id string) error {
			return w.db.Tx(ctx, func(tx *gorm.DB) error { _, err := outbox.Withdraw(tx, id); return err })
		}
		if err := withdraw(v.Record); !errors.Is(err, outbox.ErrNotDead) {
			t.Errorf("a pending one: %v", err)
		}
		if err := withdraw("unknown"); !errors.Is(err, outbox.ErrNotFound) {
			t.Errorf("an unknown one: %v", err)
		}
		w.dead(v)
		if err := w.db.Exec("UPDATE outbox SET state = 'dead' WHERE subject = ?", v.ID.Subject()).Error; err != nil {
			t.Fatal(err)
		}
		first := w.state(v.ID)
		entries, err := outbox.BySubject(w.db.DB, first.ID.Subject())
		if err != nil {
			t.Fatal(err)
		}
		if err := withdraw(entries[0].ID); !errors.Is(err, outbox.ErrFollowed) {
			t.Errorf("one that others wait behind: %v", err)
		}
		if err := withdraw(v.Record); err != nil {
			t.Errorf("the last one: %v", err)
		}
	})
}

func TestDiscardDraft(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		discard := func(who string, id prescription.ID) error {
			return w.svc.DiscardDraft(ctx, actor(who), w.cmd(who, "discard"), string(id))
		}
		v, err := w.draft()
		if err != nil {
			t.Fatal(err)
		}
		if err := discard("doc2", v.ID); !errors.Is(err, prescription.ErrNotFound) {
			t.Errorf("a colleague: %v", err)
		}
		prepared, err := w.svc.PrepareIssue(ctx, actor("doc"), string(v.ID),
			service.IssueInput{Version: v.Version})
		if err != nil {
			t.Fatal(err)
		}
		cmd := w.cmd("doc", "discard")
		for range 2 {
			if err := w.svc.DiscardDraft(ctx, actor("doc"), cmd, string(v.ID)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.svc.Get(ctx, actor("doc"), string(v.ID)); !errors.Is(err, prescription.ErrNotFound) {
			t.Errorf("it is still there: %v", err)
		}
		if _, err := w.sign("doc", prepared); !errors.Is(err, prescription.ErrNotFound) {
			t.Errorf("signed after all: %v", err)
		}
		if err := discard("doc", w.paid()); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("a signed one: %v", err)
		}
		old := w.rejected()
		rework := service.DraftInput{Supersedes: string(old)}
		for n := range 2 {
			v, err := w.svc.CreateDraft(ctx, actor("doc"), w.cmd("doc", "draft"), rework)
			if err != nil {
				t.Fatalf("rework %d: %v", n, err)
			}
			if err := discard("doc", v.ID); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// rejected leads a new prescription to "rejected".
func (w *ward) rejected() prescription.ID {
	w.t.Helper()
	v, err := w.draft()
	if err == nil {
		v, err = w.issue(v)
	}
	if err == nil {
		v, err = w.reject(v.ID)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return v.ID
}
