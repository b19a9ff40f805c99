package service_test

import (
	"errors"
	"testing"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/service"
)

// TestStrangersLearnNothing: whatever a stranger tries, a number that exists answers as one that
// does not, wherever the prescription stands.
func TestStrangersLearnNothing(t *testing.T) {
	eachLeased(t, func(w *ward) {
		draft := must(w.draft()).ID
		there := []prescription.ID{draft, w.issued(), w.paid(), w.claimed()}
		absent := must(prescription.NewID(noon, 4711))
		stranger := intent.Actor{Person: "rev-of-h2", Role: chain.RoleReviewer, Org: "h2", Cert: actor("rev").Cert}
		code, secret := redemption.NewSecret(), redemption.NewSecret()
		tries := map[string]func(id string) error{
			"issue": func(id string) error {
				_, err := w.svc.PrepareIssue(ctx, actor("doc2"), id, service.IssueInput{Version: 1})
				return err
			},
			"approve": func(id string) error {
				_, err := w.svc.PrepareApprove(ctx, stranger, id, lifecycle.Decision{})
				return err
			},
			"reject": func(id string) error {
				_, err := w.svc.PrepareReject(ctx, stranger, id, lifecycle.Decision{})
				return err
			},
			"claim": func(id string) error {
				_, err := w.svc.PrepareClaim(ctx, actor("dis2"), id, lifecycle.ClaimInput{AccessCode: code})
				return err
			},
			"release": func(id string) error {
				_, err := w.svc.PrepareRelease(ctx, actor("dis2"), id, service.ReleaseInput{Secret: secret})
				return err
			},
			"renew": func(id string) error {
				_, err := w.svc.PrepareRenew(ctx, actor("dis2"), id, service.RenewInput{Secret: secret})
				return err
			},
			"dispense": func(id string) error {
				_, err := w.svc.PrepareDispense(ctx, actor("dis2"), id, lifecycle.HandOut{Secret: secret})
				return err
			},
			"cancel": func(id string) error {
				_, err := w.svc.PrepareCancel(ctx, actor("pat2"), id, service.CancelInput{Reason: "改为线下就诊"})
				return err
			},
			"contest": func(id string) error {
				_, err := w.svc.PrepareContest(ctx, actor("pat2"), id, service.ContestInput{})
				return err
			},
			"ready": func(id string) error { return w.svc.MarkReady(ctx, actor("dis2"), w.cmd("dis2", "ready"), id) },
			"ask":   func(id string) error { return w.svc.AskRelease(ctx, actor("pat2"), w.cmd("pat2", "ask"), id) },
			"quote": func(id string) error {
				_, err := w.svc.Payable(ctx, id, intent.Actor{Person: "pat2", Role: chain.RolePatient})
				return err
			},
			"choose": func(id string) error {
				_, err := w.svc.Choose(ctx, actor("pat2"), w.cmd("pat2", "choose"), id, "ph1")
				return err
			},
			"read":   func(id string) error { _, err := w.svc.Get(ctx, actor("pat2"), id); return err },
			"events": func(id string) error { _, err := w.svc.Events(ctx, actor("dis2"), id); return err },
			"access": func(id string) error { _, err := w.svc.Accesses(ctx, actor("pat2"), id); return err },
			"bundle": func(id string) error { _, err := w.svc.Bundle(ctx, actor("pat2"), id); return err },
			"discard": func(id string) error {
				return w.svc.DiscardDraft(ctx, actor("doc2"), w.cmd("doc2", "discard"), id)
			},
			"edit": func(id string) error {
				_, err := w.svc.UpdateDraft(ctx, actor("doc2"), w.cmd("doc2", "edit"), id, 1, amoxicillin())
				return err
			},
			"rework": func(id string) error {
				_, err := w.svc.CreateDraft(ctx, actor("doc2"), w.cmd("doc2", "draft"),
					service.DraftInput{Supersedes: id})
				return err
			},
		}
		for name, try := range tries {
			want := try(string(absent))
			if want == nil {
				w.t.Fatalf("%s: no error for a number that does not exist", name)
			}
			for _, id := range there {
				if got := try(string(id)); got == nil || got.Error() != want.Error() {
					w.t.Errorf("%s at %s: %v, for a number that does not exist %v", name, w.state(id).Status, got, want)
				}
			}
		}
	})
}

// TestAPreparedStepIsNotedWithIt: what somebody prepares is stored together with what the actor
// keeps of it, or there is neither.
func TestAPreparedStepIsNotedWithIt(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w := openWard(t, db, func(*service.Deps) {})
		id := string(w.issued())
		patient, killed := actor("pat"), errors.New("killed")
		patient.Keep = func(*gorm.DB) error { return killed }
		kept := func() (n int64) {
			err := db.Raw("SELECT count(*) FROM intents WHERE person = ?", patient.Person).Scan(&n).Error
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		prepare := func() error {
			_, err := w.svc.PrepareCancel(ctx, patient, id, service.CancelInput{Reason: "改为线下就诊"})
			return err
		}
		if err := prepare(); !errors.Is(err, killed) || kept() != 0 {
			t.Errorf("prepared without its note: %v, %d kept", err, kept())
		}
		killed = nil
		if err := prepare(); err != nil || kept() != 1 {
			t.Errorf("%v, %d kept", err, kept())
		}
	})
}
