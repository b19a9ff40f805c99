package service_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/reading"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/service"
)

func TestWholeLife(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		id := w.paid()
		if _, err := w.claim("dis1", id); err != nil {
			t.Fatal(err)
		}
		secret := w.secret("dis1", id)
		if len(secret) != 52 || w.secret("dis1", id) != secret {
			t.Errorf("the secret cannot be read again: %q", secret)
		}
		// A second pharmacy with the patient's code sees that it is locked and since when, and not
		// by whom.
		_, err := w.claim("dis2", id)
		var held *lifecycle.HeldError
		if !errors.As(err, &held) || !held.Since.Equal(noon) || strings.Contains(err.Error(), "ph1") {
			t.Errorf("second pharmacy: %v", err)
		}
		v, err := w.svc.Lookup(ctx, actor("dis2"), redemption.Token{ID: id, AccessCode: w.code(id)}.String())
		if err != nil || !v.Partial || v.HeldSince == nil || v.Content != nil {
			t.Errorf("second pharmacy sees %+v, %v", v, err)
		}
		if v, err := w.svc.Get(ctx, actor("pat"), string(id)); err != nil ||
			v.Content.Claim.PharmacyName != "药店 ph1" || v.Content.Claim.Secret != "" {
			t.Errorf("patient sees %+v, %v", v.Content.Claim, err)
		}
		if _, err := w.release("dis1", id); err != nil {
			t.Fatal(err)
		}
		if _, err := w.svc.Get(ctx, actor("dis1"), string(id)); !errors.Is(err, prescription.ErrNotFound) {
			t.Errorf("the pharmacy that gave it back: %v", err)
		}
		if _, err := w.claim("dis2", id); err != nil {
			t.Fatal(err)
		}
		w.reg.set(func(r *registry) { r.fate = lifecycle.FatePending })
		if _, err := w.dispense("dis2", id, tracecode(1)); !errors.Is(err, lifecycle.ErrClaimUnconfirmed) {
			t.Errorf("before the chain has the claim: %v", err)
		}
		w.reg.set(func(r *registry) { r.fate = lifecycle.FateCommitted })
		v, err = w.dispense("dis2", id, tracecode(1))
		if err != nil || v.Status != prescription.Dispensed {
			t.Fatalf("%+v %v", v, err)
		}
		if got := w.ledger(id); got != chain.StatusDispensed {
			t.Errorf("the ledger would say %s", got)
		}
		checkOffline(w, id, 7)
		checkAccessLog(w, id)
	})
}

// checkOffline: every event's document and salt give the digest in its record, and the records form
// one chain.
func checkOffline(w *ward, id prescription.ID, want int) {
	t := w.t
	t.Helper()
	events, err := w.svc.Events(ctx, actor("pat"), string(id))
	if err != nil || len(events) != want {
		t.Fatalf("%d events, %v", len(events), err)
	}
	previous := ""
	for _, e := range events {
		entry, err := outbox.Get(w.db.DB, e.Record)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := chain.ParseWaiting(entry.Record)
		if err != nil {
			t.Fatal(err)
		}
		salt, err := base64.StdEncoding.DecodeString(e.Salt)
		if err != nil || chain.Digest(salt, []byte(e.Document)) != rec.Statement.Digest ||
			rec.Statement.Kind != e.Kind {
			t.Errorf("%s: the document is not the record's", e.Kind)
		}
		if e.Previous != previous || !strings.Contains(e.Document, `"previous":"`+previous+`"`) ||
			!strings.Contains(e.Document, string(id)) {
			t.Errorf("%s does not name the record before", e.Kind)
		}
		previous = e.Record
	}
}

func checkAccessLog(w *ward, id prescription.ID) {
	t := w.t
	t.Helper()
	list, err := w.svc.Accesses(ctx, actor("pat"), string(id))
	if err != nil || len(list) == 0 {
		t.Fatalf("%v %v", list, err)
	}
	for _, a := range list {
		if a.Person == "pat" || a.Reason == "" || a.At.IsZero() {
			t.Errorf("%+v", a)
		}
	}
	if _, err := w.svc.Accesses(ctx, actor("doc"), string(id)); !errors.Is(err, prescription.ErrNotFound) {
		t.Errorf("the access log is the patient's: %v", err)
	}
}

func TestRejectedIsReworked(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		v, err := w.draft()
		if err != nil {
			t.Fatal(err)
		}
		if v, err = w.issue(v); err != nil {
			t.Fatal(err)
		}
		old := v.ID
		if v, err = w.reject(old); err != nil || v.Status != prescription.Rejected ||
			v.Content.Review.Reasons[0] != "疗程不足" {
			t.Fatalf("%+v %v", v, err)
		}
		again, err := w.svc.CreateDraft(ctx, actor("doc"), w.cmd("doc", "draft"),
			service.DraftInput{Supersedes: string(old)})
		if err != nil || again.Supersedes != old || len(again.Content.Items) != 1 ||
			again.Content.Items[0].Drug != "D0001" {
			t.Fatalf("%+v %v", again, err)
		}
		if v, err = w.svc.Get(ctx, actor("pat"), string(old)); err != nil || v.Superseded != again.ID {
			t.Errorf("the patient does not find the new one: %+v %v", v, err)
		}
		if _, err := w.svc.CreateDraft(ctx, actor("doc"), w.cmd("doc", "draft"),
			service.DraftInput{Supersedes: string(old)}); !errors.Is(err, prescription.ErrStale) {
			t.Errorf("reworked twice: %v", err)
		}
		if _, err := w.svc.CreateDraft(ctx, actor("doc2"), w.cmd("doc2", "draft"),
			service.DraftInput{Supersedes: string(old)}); !errors.Is(err, prescription.ErrNotFound) {
			t.Errorf("reworked by a colleague: %v", err)
		}
	})
}

func TestCancelledAfterPaymentOwesARefund(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		id := w.paid()
		if err := w.svc.MarkPaid(ctx, string(id), "S-"+string(id)); err != nil {
			t.Errorf("marked again: %v", err)
		}
		if err := w.svc.MarkPaid(ctx, string(id), "S-other"); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("paid twice: %v", err)
		}
		v, err := w.cancel("pat", id)
		if err != nil || v.Status != prescription.Cancelled || v.Content.Refund != lifecycle.RefundDue {
			t.Fatalf("%+v %v", v, err)
		}
		due, err := w.svc.RefundsDue(ctx, 10)
		if err != nil || len(due) != 1 ||
			due[0] != (service.RefundOwed{Prescription: string(id), Settlement: "S-" + string(id)}) {
			t.Fatalf("%+v %v", due, err)
		}
		for range 2 {
			if err := w.svc.MarkRefunded(ctx, string(id), due[0].Settlement); err != nil {
				t.Error(err)
			}
		}
		if due, err := w.svc.RefundsDue(ctx, 10); err != nil || len(due) != 0 {
			t.Errorf("%+v %v", due, err)
		}
		// A late settlement of a cancelled prescription is refused, so that the payment room gives
		// the money back.
		if err := w.svc.MarkPaid(ctx, string(id), "S-late"); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("paid after the cancellation: %v", err)
		}
	})
}

func TestExpirySweep(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		paid, claimed := w.paid(), w.paid()
		if _, err := w.claim("dis1", claimed); err != nil {
			t.Fatal(err)
		}
		sweep := func(want int) {
			t.Helper()
			if n, err := w.svc.ExpireDue(ctx, w.now(), 50); err != nil || n != want {
				t.Errorf("%d expired, want %d (%v)", n, want, err)
			}
		}
		w.at.Store(time.Date(2026, 11, 24, 15, 59, 59, 999e6, time.UTC).UnixMilli())
		sweep(0)
		if _, err := w.claim("dis2", paid); !errors.Is(err, prescription.ErrRefused) {
			t.Errorf("claimed in the last second: %v", err)
		}
		w.later(time.Millisecond)
		sweep(1)
		sweep(0)
		v, err := w.svc.Get(ctx, actor("pat"), string(paid))
		if err != nil || v.Status != prescription.Expired || v.Content.Refund != lifecycle.RefundDue {
			t.Errorf("%+v %v", v, err)
		}
		// The one a pharmacy holds waits until it is given back.
		if _, err := w.release("dis1", claimed); err != nil {
			t.Fatal(err)
		}
		sweep(1)
		if got := w.ledger(claimed); got != chain.StatusExpired {
			t.Errorf("the ledger would say %s", got)
		}
	})
}

func TestLostAnswersAndReplays(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		cmd := w.cmd("doc", "draft")
		first, err := w.svc.CreateDraft(ctx, actor("doc"), cmd, amoxicillin())
		if err != nil {
			t.Fatal(err)
		}
		w.reg.set(func(r *registry) { r.visit.Begun = false }) // what changed since must not change the answer
		again, err := w.svc.CreateDraft(ctx, actor("doc"), cmd, amoxicillin())
		if err != nil || again.ID != first.ID || count(w, "SELECT count(*) FROM prescriptions") != 1 {
			t.Errorf("a second draft: %+v %v", again, err)
		}
		w.reg.set(func(r *registry) { r.visit.Begun = true })
		other := cmd
		other.Hash[0]++
		if _, err := w.svc.CreateDraft(ctx, actor("doc"), other, amoxicillin()); !errors.Is(err,
			sqlstore.ErrKeyReused) {
			t.Errorf("the key with another body: %v", err)
		}
		in, err := w.svc.PrepareIssue(ctx, actor("doc"), string(first.ID), service.IssueInput{Version: 1})
		if err != nil {
			t.Fatal(err)
		}
		cmd = w.cmd("doc", "sign")
		signed, err := w.signAs("doc", in, cmd)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.approve(first.ID); err != nil {
			t.Fatal(err)
		}
		w.later(intent.TTL)
		replay, err := w.signAs("doc", in, cmd) // the answer was lost, the intent has expired, and others went on
		if err != nil || replay.Record != signed.Record || replay.Status != prescription.Signed {
			t.Errorf("replayed %+v %v", replay, err)
		}
		if _, err := w.sign("doc", in); !errors.Is(err, intent.ErrUsed) && !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("signed twice: %v", err)
		}
		if n := count(w, "SELECT count(*) FROM prescription_events"); n != 2 {
			t.Errorf("%d events", n)
		}
	})
}

func TestSignRefuses(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		v, err := w.draft()
		if err != nil {
			t.Fatal(err)
		}
		prepare := func() *intent.Intent {
			t.Helper()
			in, err := w.svc.PrepareIssue(ctx, actor("doc"), string(v.ID), service.IssueInput{Version: v.Version})
			if err != nil {
				t.Fatal(err)
			}
			return in
		}
		tests := []struct {
			name string
			do   func() error
			want error
		}{
			{"another key", func() error {
				in := prepare()
				sig := must(staff()["doc2"].key.Sign(in.Statement.Bytes()))
				_, err := w.svc.Sign(ctx, actor("doc"), w.cmd("doc", "sign"), in.ID, sig)
				return err
			}, intent.ErrSignature},
			{"other bytes", func() error {
				in := prepare()
				sig := must(staff()["doc"].key.Sign(in.Document))
				_, err := w.svc.Sign(ctx, actor("doc"), w.cmd("doc", "sign"), in.ID, sig)
				return err
			}, intent.ErrSignature},
			{"a byte after the signature", func() error {
				in := prepare()
				sig := append(must(staff()["doc"].key.Sign(in.Statement.Bytes())), 0)
				_, err := w.svc.Sign(ctx, actor("doc"), w.cmd("doc", "sign"), in.ID, sig)
				return err
			}, intent.ErrSignature},
			{"somebody else's intent", func() error { _, err := w.sign("doc2", prepare()); return err },
				intent.ErrNotFound},
			{"no such intent", func() error {
				in := *prepare()
				in.ID = "0000"
				_, err := w.sign("doc", &in)
				return err
			}, intent.ErrNotFound},
			{"too late", func() error {
				in := prepare()
				w.later(intent.TTL)
				_, err := w.sign("doc", in)
				w.later(-intent.TTL)
				return err
			}, intent.ErrExpired},
			{"licence suspended meanwhile", func() error {
				in := prepare()
				w.reg.set(func(r *registry) { r.doctor.MayPrescribe = false })
				_, err := w.sign("doc", in)
				w.reg.set(func(r *registry) { r.doctor.MayPrescribe = true })
				return err
			}, prescription.ErrRefused},
			{"an allergy became known meanwhile", func() error {
				in := prepare()
				w.reg.set(func(r *registry) { r.visit.Patient.Allergies = []parties.Allergy{{Text: "某种药"}} })
				_, err := w.sign("doc", in)
				w.reg.set(func(r *registry) { r.visit.Patient.Allergies = nil })
				return err
			}, prescription.ErrStale},
			{"the draft was edited meanwhile", func() error {
				in := prepare()
				edited := amoxicillin()
				edited.Items[0].Notes = "饭后服用"
				v, err = w.svc.UpdateDraft(ctx, actor("doc"), w.cmd("doc", "edit"), string(v.ID), v.Version, edited)
				if err != nil {
					return err
				}
				_, err = w.sign("doc", in)
				return err
			}, sqlstore.ErrConflict},
		}
		for _, tt := range tests {
			if err := tt.do(); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
			}
		}
		if _, err := w.issue(v); err != nil {
			t.Errorf("after all that the draft is as good as ever: %v", err)
		}
	})
}

func TestPrepareRefuses(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		id := string(w.paid())
		mistyped := "RX" + strings.Repeat("1", 20)
		tests := []struct {
			name string
			do   func() error
			want error
		}{
			{"mistyped id", func() error { _, err := w.svc.Get(ctx, actor("pat"), mistyped); return err },
				prescription.ErrBadID},
			{"foreign prescription", func() error { _, err := w.svc.Get(ctx, actor("pat2"), id); return err },
				prescription.ErrNotFound},
			{"foreign documents", func() error { _, err := w.svc.Events(ctx, actor("pat2"), id); return err },
				prescription.ErrNotFound},
			{"pharmacy without a code", func() error { _, err := w.svc.Get(ctx, actor("dis1"), id); return err },
				prescription.ErrNotFound},
			{"look-up with a wrong code", func() error {
				_, err := w.svc.Lookup(ctx, actor("dis1"),
					redemption.Token{ID: prescription.ID(id), AccessCode: redemption.NewSecret()}.String())
				return err
			}, redemption.ErrBadToken},
			{"look-up by a patient", func() error { _, err := w.svc.Lookup(ctx, actor("pat"), "x"); return err },
				prescription.ErrRole},
			{"claim with a wrong code", func() error {
				_, err := w.svc.PrepareClaim(ctx, actor("dis1"), id,
					lifecycle.ClaimInput{AccessCode: redemption.NewSecret()})
				return err
			}, redemption.ErrBadToken},
			{"claim by a doctor", func() error {
				_, err := w.svc.PrepareClaim(ctx, actor("doc"), id, lifecycle.ClaimInput{})
				return err
			}, prescription.ErrRole},
			{"cancel by a stranger", func() error { _, err := w.cancel("pat2", prescription.ID(id)); return err },
				prescription.ErrNotFound},
			{"cancel by a colleague", func() error { _, err := w.cancel("doc2", prescription.ID(id)); return err },
				prescription.ErrNotFound},
			{"issue again", func() error {
				_, err := w.svc.PrepareIssue(ctx, actor("doc"), id, service.IssueInput{Version: 4})
				return err
			}, prescription.ErrStatus},
			{"edit a signed one", func() error {
				_, err := w.svc.UpdateDraft(ctx, actor("doc"), w.cmd("doc", "edit"), id, 4, amoxicillin())
				return err
			}, prescription.ErrStatus},
			{"release without holding", func() error { _, err := w.release("dis1", prescription.ID(id)); return err },
				lifecycle.ErrNotHolder},
			{"draft by a patient", func() error {
				_, err := w.svc.CreateDraft(ctx, actor("pat"), w.cmd("pat", "draft"), amoxicillin())
				return err
			}, prescription.ErrRole},
			{"draft for a colleague's visit", func() error {
				_, err := w.svc.CreateDraft(ctx, actor("doc2"), w.cmd("doc2", "draft"), amoxicillin())
				return err
			}, prescription.ErrNotFound},
			{"unknown drug", func() error {
				in := amoxicillin()
				in.Items[0].Drug = "D9999"
				_, err := w.svc.CheckDraft(ctx, actor("doc"), in)
				return err
			}, prescription.ErrInvalid},
			{"list with a bad cursor", func() error {
				_, err := w.svc.List(ctx, actor("pat"), reading.ListInput{Cursor: "1.RX"})
				return err
			}, prescription.ErrInvalid},
			{"list of nobody", func() error {
				_, err := w.svc.List(ctx, intent.Actor{Role: chain.RolePatient}, reading.ListInput{})
				return err
			}, prescription.ErrRole},
		}
		for _, tt := range tests {
			if err := tt.do(); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
			}
		}
	})
}

func TestPackageIsHandedOutOnce(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		for n, want := range []error{nil, lifecycle.ErrTraceUsed} {
			id := w.paid()
			if _, err := w.claim("dis1", id); err != nil {
				t.Fatal(err)
			}
			if _, err := w.dispense("dis1", id, tracecode(1)); !errors.Is(err, want) {
				t.Errorf("hand-out %d: %v, want %v", n, err, want)
			}
		}
	})
}

func TestListsAndBills(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		id := w.paid()
		v, err := w.draft()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.svc.Payable(ctx, string(v.ID),
			intent.Actor{Person: "pat", Role: chain.RolePatient}); !errors.Is(err, prescription.ErrNotFound) {
			t.Errorf("a draft is payable: %v", err)
		}
		if _, err := w.issue(v); err != nil {
			t.Fatal(err)
		}
		if _, err := w.approve(v.ID); err != nil {
			t.Fatal(err)
		}
		bill, err := w.svc.Payable(ctx, string(v.ID), intent.Actor{Person: "pat", Role: chain.RolePatient})
		if err != nil || bill.TotalFen != 980 || bill.Patient != "pat" || len(bill.Lines) != 1 ||
			bill.Lines[0].Class != medicine.ClassA {
			t.Errorf("%+v %v", bill, err)
		}
		if _, err := w.svc.Payable(ctx, string(id),
			intent.Actor{Person: "pat", Role: chain.RolePatient}); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("a paid one is payable: %v", err)
		}
		for _, tt := range []struct {
			actor intent.Actor
			want  int
		}{{actor("pat"), 2}, {actor("pat2"), 0}, {actor("doc"), 2}, {actor("doc2"), 0}, {actor("rev"), 2},
			{actor("dis1"), 0}, {intent.Actor{Role: prescription.RoleRegulator}, 2}} {
			page, err := w.svc.List(ctx, tt.actor, reading.ListInput{})
			if err != nil || len(page.Items) != tt.want {
				t.Errorf("%s: %+v %v", tt.actor.Person, page, err)
				continue
			}
			for _, line := range page.Items {
				nameless := tt.actor.Role == prescription.RoleRegulator
				if (line.Patient == "") != nameless || (len(line.Drugs) == 0) != nameless {
					t.Errorf("%s sees %+v", tt.actor.Role, line)
				}
			}
		}
		relative := intent.Actor{Person: "pat2", Role: chain.RolePatient, Wards: []string{"pat"}}
		regulator := intent.Actor{Role: prescription.RoleRegulator}
		for _, tt := range []struct {
			what    string
			people  []string
			actor   intent.Actor
			want    int
			refused error
		}{
			{"the own", []string{"pat"}, actor("pat"), 2, nil},
			{"a relative's all", nil, relative, 2, nil},
			{"a relative's of the one", []string{"pat"}, relative, 2, nil},
			{"a relative's own", []string{"pat2"}, relative, 0, nil},
			{"by all ids of the one", []string{"pat", "former"}, relative, 2, nil},
			{"a stranger's", []string{"pat"}, actor("pat2"), 0, prescription.ErrNotFound},
			{"of whom a doctor asks", []string{"pat"}, actor("doc"), 0, prescription.ErrInvalid},
			{"of whom a regulator asks", []string{"pat"}, regulator, 0, prescription.ErrInvalid},
		} {
			page, err := w.svc.List(ctx, tt.actor, reading.ListInput{People: tt.people})
			if !errors.Is(err, tt.refused) || err == nil && len(page.Items) != tt.want {
				t.Errorf("%s: %+v %v", tt.what, page, err)
			}
		}
		page, err := w.svc.List(ctx, actor("pat"), reading.ListInput{Limit: 1})
		if err != nil || len(page.Items) != 1 || page.Next == "" {
			t.Fatalf("%+v %v", page, err)
		}
		rest, err := w.svc.List(ctx, actor("pat"), reading.ListInput{Limit: 1, Cursor: page.Next})
		if err != nil || len(rest.Items) != 1 || rest.Items[0].ID == page.Items[0].ID {
			t.Errorf("%+v %v", rest, err)
		}
	})
}
