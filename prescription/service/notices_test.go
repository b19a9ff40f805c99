package service_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription/announce"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/reading"
	"github.com/smart-hospital/hospital/prescription/service"
)

// board keeps what patients are told.
type board struct {
	said  []announce.Kind
	from  []string
	woken int
}

func (b *board) Tell(_ *gorm.DB, n announce.Notice) error {
	b.said, b.from = append(b.said, n.Kind), append(b.from, n.Pharmacy)
	return nil
}

func (b *board) Wake(visit string) {
	if visit == standing.ID {
		b.woken++
	}
}

// TestThePatientIsToldOfEveryClaim: a pharmacy took, kept and gave back prescriptions, and the
// patient had to look for it.
func TestThePatientIsToldOfEveryClaim(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		b := &board{}
		w := openWard(t, db, func(d *service.Deps) {
			d.Schema, d.Notices = func(context.Context) int { return chain.Schema2 }, b
		})
		told := func(step string, want ...announce.Kind) {
			t.Helper()
			if !slices.Equal(b.said, want) ||
				slices.ContainsFunc(b.from, func(name string) bool { return name != "药店 ph1" }) || b.woken == 0 {
				t.Errorf("%s: told %v by %v, want %v", step, b.said, b.from, want)
			}
			*b = board{}
		}
		id := w.paid()
		*b = board{}
		take := func() {
			t.Helper()
			w.later(time.Minute)
			if _, err := w.claim("dis1", id); err != nil {
				t.Fatal(err)
			}
		}
		take()
		told("claim", announce.Claimed)
		page := must(w.svc.List(ctx, actor("pat"), reading.ListInput{}))
		if line := page.Items[0]; line.Holder != "药店 ph1" || line.HeldUntil == nil ||
			!line.HeldUntil.Equal(w.now().Add(lifecycle.DefaultLease)) {
			t.Errorf("the patient's list says %+v", line)
		}
		if _, err := w.release("dis1", id); err != nil {
			t.Fatal(err)
		}
		told("release", announce.Released)
		take()
		w.later(time.Hour)
		if _, err := w.renew("dis1", id); err != nil {
			t.Fatal(err)
		}
		told("renewal", announce.Claimed, announce.Renewed)
		w.later(lifecycle.DefaultLease)
		if n, err := w.svc.LapseDue(ctx, w.now(), 10); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		told("lapse", announce.Lapsed)
		if line := must(w.svc.List(ctx, actor("pat"), reading.ListInput{})).Items[0]; line.Holder != "" ||
			line.HeldUntil != nil {
			t.Errorf("after the lapse the list says %+v", line)
		}
	})
}

// TestThePatientIsToldThatAClaimNeverWas: what the chain refused is said as well.
func TestThePatientIsToldThatAClaimNeverWas(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		b := &board{}
		w := openWard(t, db, func(d *service.Deps) { d.Notices = b })
		id := w.paid()
		v := must(w.claim("dis1", id))
		w.dead(v)
		if err := w.resolve(id); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(b.said, []announce.Kind{announce.Claimed, announce.Refused}) {
			t.Errorf("told %v", b.said)
		}
	})
}
