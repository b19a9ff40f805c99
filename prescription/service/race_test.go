package service_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/stock"
	"github.com/smart-hospital/hospital/prescription/trace"
	"github.com/smart-hospital/hospital/prescription/view"
)

// raceTries is how often each race is run, times HOSPITAL_DRAWS; every try must have exactly one
// winner.
const raceTries = 40

// clone puts another prescription in the state of a paid one into the database; it has no records
// of its own, which no race here looks at.
func (w *ward) clone(from lifecycle.State, serial uint64) prescription.ID {
	w.t.Helper()
	from.ID = must(prescription.NewID(noon, serial))
	p, err := lifecycle.RestoreFromDatabase(from)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.db.Tx(ctx, func(tx *gorm.DB) error {
		return gormstore.New(sqlstoretest.Box()).
			Insert(tx, p)
	}); err != nil {
		w.t.Fatal(err)
	}
	return from.ID
}

func (w *ward) state(id prescription.ID) lifecycle.State {
	w.t.Helper()
	p, err := gormstore.New(sqlstoretest.Box()).Load(w.db.DB, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return p.State()
}

// race signs both intents at once and returns their errors.
func (w *ward) race(who [2]string, in [2]*intent.Intent) (errs [2]error) {
	var wg sync.WaitGroup
	for n := range 2 {
		wg.Go(func() { _, errs[n] = w.sign(who[n], in[n]) })
	}
	wg.Wait()
	return errs
}

func (w *ward) prepareClaim(who string, id prescription.ID, code string) *intent.Intent {
	w.t.Helper()
	in, err := w.svc.PrepareClaim(ctx, actor(who), string(id), lifecycle.ClaimInput{AccessCode: code})
	if err != nil {
		w.t.Fatal(err)
	}
	return in
}

func TestRacesHaveOneWinner(t *testing.T) {
	tries := size.Draws(t, raceTries)
	races := map[string]struct {
		who     [2]string
		prepare func(w *ward, id prescription.ID, code string) [2]*intent.Intent
		ends    [2]prescription.Status
	}{
		"two pharmacies claim": {[2]string{"dis1", "dis2"},
			func(w *ward, id prescription.ID, code string) [2]*intent.Intent {
				return [2]*intent.Intent{w.prepareClaim("dis1", id, code), w.prepareClaim("dis2", id, code)}
			}, [2]prescription.Status{prescription.Claimed, prescription.Claimed}},
		"cancel meets claim": {[2]string{"pat", "dis1"},
			func(w *ward, id prescription.ID, code string) [2]*intent.Intent {
				in, err := w.svc.PrepareCancel(ctx, actor("pat"), string(id),
					service.CancelInput{Reason: "不需要了"})
				if err != nil {
					w.t.Fatal(err)
				}
				return [2]*intent.Intent{in, w.prepareClaim("dis1", id, code)}
			}, [2]prescription.Status{prescription.Cancelled, prescription.Claimed}},
	}
	for name, r := range races {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *ward) {
				paid := w.state(w.paid())
				// the clones run beside nobody's medicine
				w.reg.set(func(r *registry) { r.visit.Patient.Person = "apart" })
				wins := [2]int{}
				for n := range tries {
					id := w.clone(paid, uint64(n))
					errs := w.race(r.who, r.prepare(w, id, paid.AccessCode))
					for k := range 2 {
						if (errs[k] == nil) == (errs[1-k] == nil) ||
							(errs[k] != nil && !service.IsConflict(errs[k])) {
							w.t.Fatalf("try %d: %v", n, errs)
						}
						if errs[k] == nil {
							wins[k]++
							if got := w.state(id).Status; got != r.ends[k] {
								w.t.Fatalf("try %d: ended %s", n, got)
							}
						}
					}
				}
				w.t.Logf("wins %v", wins)
				if got := count(w, "SELECT count(*) FROM prescription_events WHERE seq = 4"); got != int64(tries) {
					w.t.Errorf("%d fourth events for %d prescriptions", got, tries)
				}
			})
		})
	}
}

// judgedSteps are the steps that the checks run at, each prepared by who takes it.
var judgedSteps = map[string]func(w *ward) (string, *intent.Intent){
	"issue": func(w *ward) (string, *intent.Intent) {
		v := must(w.draft())
		return "doc",
			must(w.svc.PrepareIssue(ctx, actor("doc"), string(v.ID), service.IssueInput{Version: v.Version}))
	},
	"approve": func(w *ward) (string, *intent.Intent) {
		return "rev", must(w.svc.PrepareApprove(ctx, actor("rev"), string(w.issued()), lifecycle.Decision{}))
	},
	"claim": func(w *ward) (string, *intent.Intent) {
		id := w.paid()
		return "dis1", w.prepareClaim("dis1", id, w.code(id))
	},
	"dispense": func(w *ward) (string, *intent.Intent) {
		id := w.claimed()
		return "dis1", must(w.svc.PrepareDispense(ctx, actor("dis1"), string(id), lifecycle.HandOut{
			Secret: w.secret("dis1", id), Checklist: document.AllChecked,
			Items: []trace.DispensedItem{{TraceCodes: []string{tracecode(1)}}},
		}))
	},
}

// TestStepsOfOnePatientSeeEachOther: what another counter or doctor did for the patient between the
// check and the signature's transaction escaped the check, so that two packages that do not go
// together were handed out at one moment.
func TestStepsOfOnePatientSeeEachOther(t *testing.T) {
	for name, act := range judgedSteps {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *ward) {
				other := w.state(w.issued())
				if _, err := w.cancel("pat", other.ID); err != nil {
					w.t.Fatal(err)
				}
				who, in := act(w)
				other.ID = must(prescription.NewID(noon, 77))
				p := must(lifecycle.RestoreFromDatabase(other))
				w.reg.between = func(tx *gorm.DB) {
					if err := gormstore.New(sqlstoretest.Box()).Insert(tx, p); err != nil {
						w.t.Error(err)
					}
				}
				if _, err := w.sign(who, in); !errors.Is(err, prescription.ErrStale) {
					w.t.Errorf("signed beside what was not looked at: %v", err)
				}
				w.reg.between = nil
				if _, err := w.sign(who, in); err != nil {
					w.t.Errorf("nothing moved: %v", err)
				}
			})
		})
	}
}

// TestSameKeyAtOnce: a client that sends one signature many times at once gets one effect and one
// answer.
func TestSameKeyAtOnce(t *testing.T) {
	each(t, func(w *ward) {
		id := w.paid()
		in := w.prepareClaim("dis1", id, w.code(id))
		cmd := w.cmd("dis1", "sign")
		var wg sync.WaitGroup
		secrets := make([]string, 8)
		for n := range secrets {
			wg.Go(func() {
				v, err := w.signAs("dis1", in, cmd)
				if err != nil {
					w.t.Errorf("%v", err)
					return
				}
				secrets[n] = v.Content.Claim.Secret
			})
		}
		wg.Wait()
		for _, s := range secrets {
			if s == "" || s != w.secret("dis1", id) {
				w.t.Errorf("secrets differ")
			}
		}
	})
}

const (
	wardSteps = 600
	wardBeds  = 6 // prescriptions alive at once
)

// TestRandomWard does random things, legal or not, and after each holds every prescription against
// the law: the database's status is what the queued records lead to, nothing is dispensed unpaid or
// unreviewed, and a refused act changes nothing.
func TestRandomWard(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	each(t, func(w *ward) {
		r := rand.New(rand.NewPCG(seed, 1))
		var beds []prescription.ID
		took := map[string]int{}
		for n := range wardSteps {
			if len(beds) < wardBeds {
				v, err := w.draft()
				if err != nil {
					w.t.Fatal(err)
				}
				beds = append(beds, v.ID)
			}
			i := r.IntN(len(beds))
			before := w.state(beds[i])
			name, err := w.randomAct(r, before, n)
			after := w.state(beds[i])
			if err != nil && after.Version != before.Version {
				w.t.Fatalf("step %d: %s was refused (%v) and changed the prescription", n, name, err)
			}
			if err != nil && !expected(err) {
				w.t.Fatalf("step %d: %s from %s: %v", n, name, before.Status, err)
			}
			if err == nil {
				took[name]++
			}
			w.holdAgainstLaw(after)
			if err == nil {
				w.balanced()
			}
			if after.Status.Final() {
				beds = append(beds[:i], beds[i+1:]...)
			}
			w.later(time.Duration(r.IntN(60)) * time.Second)
		}
		w.t.Logf("steps taken: %v", took)
		if took["issue"] == 0 || took["approve"] == 0 || took["pay"] == 0 {
			w.t.Errorf("the ward hardly worked: %v", took)
		}
	})
}

// expected are the refusals of the domain; anything else is a fault.
func expected(err error) bool {
	for _, e := range []error{prescription.ErrRefused, prescription.ErrNotFound, lifecycle.ErrNotHolder,
		redemption.ErrBadToken, lifecycle.ErrClaimUnconfirmed, lifecycle.ErrTraceUsed, prescription.ErrRole,
		stock.ErrOut} {
		if errors.Is(err, e) {
			return true
		}
	}
	return service.IsConflict(err)
}

func (w *ward) randomAct(r *rand.Rand, st lifecycle.State, n int) (name string, err error) {
	id := st.ID
	pharmacy := []string{"dis1", "dis2"}[r.IntN(2)]
	switch r.IntN(14) {
	case 0, 1:
		_, err = w.issue(&view.View{ID: id, Version: st.Version})
		return "issue", err
	case 2, 3:
		_, err = w.approve(id)
		return "approve", err
	case 4:
		if r.IntN(4) > 0 { // a ward that rejects everything proves little
			return "nothing", nil
		}
		_, err = w.reject(id)
		return "reject", err
	case 5, 6:
		return "pay", w.svc.MarkPaid(ctx, string(id), fmt.Sprintf("S-%s", id))
	case 7, 8:
		_, err = w.claim(pharmacy, id)
		return "claim", err
	case 9:
		_, err = w.release(pharmacy, id)
		return "release", err
	case 10, 11:
		_, err = w.dispense(pharmacy, id, tracecode(r.IntN(n+1)))
		return "dispense", err
	case 12:
		if r.IntN(20) > 0 {
			return "nothing", nil
		}
		w.later(24 * time.Hour)
		_, err = w.svc.ExpireDue(ctx, w.now(), wardBeds)
		return "sweep", err
	}
	if r.IntN(3) > 0 {
		return "nothing", nil
	}
	_, err = w.cancel([]string{"pat", "pat2", "doc", "doc2"}[r.IntN(4)], id)
	return "cancel", err
}

func (w *ward) holdAgainstLaw(st lifecycle.State) {
	w.t.Helper()
	want := chain.Status(st.Status)
	if st.Status == prescription.Draft {
		want = chain.StatusNone
	}
	if got := w.ledger(st.ID); got != want {
		w.t.Fatalf("the database says %s, the records %q", st.Status, got)
	}
	if n := count(w, "SELECT count(*) FROM prescription_events WHERE prescription = ?",
		string(st.ID)); uint64(n) != st.Seq {
		w.t.Fatalf("%d events, sequence %d", n, st.Seq)
	}
	if st.Status == prescription.Dispensed &&
		(st.Review == nil || !st.Review.Approved || st.Settlement == "" ||
			st.Dispensing.Pharmacy != st.Claim.Pharmacy) {
		w.t.Fatalf("dispensed without review, payment or claim")
	}
	if n := count(w, "SELECT count(*) FROM trace_codes WHERE prescription = ?",
		string(st.ID)); (n == 1) != (st.Status == prescription.Dispensed) {
		w.t.Fatalf("%s with %d packages used up", st.Status, n)
	}
}
