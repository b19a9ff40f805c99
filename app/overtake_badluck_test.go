package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/trace"
	"github.com/smart-hospital/hospital/prescription/view"
)

// People sign, and at once give their keys back, while the chain is slow. What they signed was good
// when they signed it: the revocation, in a lane of its own, must not reach the chain before it.
// (It did: the records were refused for good and their lanes stood still.)
func TestRevocationDoesNotOvertake(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		var g gate
		h := openHospital(t, demoConfig(t, dsn), func(a *App) {
			g.Node = a.node
			a.relay = outbox.NewRelay(a.DB, &g, outbox.Options{Log: a.Log, Seals: seals{a.Orgs, a.node}})
		})
		h.enter(2)
		h.settled()
		g.shut.Store(true)
		v := h.lead(1, prescription.Paid)[0]
		code, err := v.AccessCode(t.Context())
		h.must(err)
		pharmacy := h.ward.Pharmacy(0)
		claim, err := pharmacy.Prepare(t.Context(), v.Path("/claim"), lifecycle.ClaimInput{AccessCode: code})
		h.must(err)
		for _, who := range []*journey.Person{v.Doctor(), v.Reviewer(), v.Patient(), pharmacy} {
			var list struct{ Keys []keys.Key }
			h.must(who.Send(t.Context(), http.MethodGet, "/v1/keys", "", nil, &list))
			h.must(who.Send(t.Context(), http.MethodPost, "/v1/keys/"+list.Keys[0].ID+"/revoke", rand.Text(),
				map[string]string{"reason": "lost"}, &struct{}{}))
		}
		// prepared before, signed after
		if _, err := pharmacy.Sign(t.Context(), claim, rand.Text()); codeOf(err) != "no-key" {
			t.Errorf("signed with a revoked key: %v", err)
		}
		g.shut.Store(false)
		h.settled()
		h.nothingDead()
		h.close()
	})
}

// hurried takes another step between the moment a payment is judged and the moment it is written.
type hurried struct {
	payment.Prescriptions
	between func()
}

func (b *hurried) Payable(ctx context.Context, rx string, a intent.Actor) (payment.Bill, error) {
	bill, err := b.Prescriptions.Payable(ctx, rx, a)
	if between := b.between; between != nil {
		b.between = nil
		between()
	}
	return bill, err
}

// The doctor withdraws at the very moment the patient pays: the payment is refused, nothing is
// opened at the insurer, and the chain never hears of it. (It was opened after the withdrawal: a
// dead letter, and the prescription's lane stood still while the money went back.)
func TestCancelOvertakesPayment(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		var seam hurried
		h := openHospital(t, demoConfig(t, dsn), func(a *App) {
			seam.Prescriptions = a.payments.Prescriptions
			a.payments.Prescriptions = &seam
		})
		h.enter(2)
		v := h.lead(1, prescription.Approved)[0]
		var code payment.PayCode
		h.must(v.Patient().Send(t.Context(), http.MethodPost, "/v1/patients/me/pay-codes", rand.Text(), nil, &code))
		pay, err := v.Patient().Prepare(t.Context(), v.Path("/pay"), map[string]string{"payCode": code.Code})
		h.must(err)
		cancel, err := v.Doctor().Prepare(t.Context(), v.Path("/cancel"),
			service.CancelInput{Reason: "患者改为线下就诊"})
		h.must(err)
		seam.between = func() {
			_, err := v.Doctor().Sign(t.Context(), cancel, rand.Text())
			h.must(err)
		}
		if _, err := v.Patient().Sign(t.Context(), pay, rand.Text()); codeOf(err) != "stale" {
			t.Errorf("paid for a withdrawn prescription: %v", err)
		}
		h.settled()
		h.nothingDead()
		h.close()
	})
}

// rushed lets something happen between the moment a step is judged and the moment its signature is
// written.
type rushed struct {
	parties.Visits
	between func()
}

func (r *rushed) Visit(ctx context.Context, id string) (parties.Visit, error) {
	v, err := r.Visits.Visit(ctx, id)
	if between := r.between; between != nil {
		r.between = nil
		between()
	}
	return v, err
}

// The patient saves a weight at the very moment somebody signs: the step was judged without it, so
// it is prepared anew. (The transaction looked at the visit again, and not at the patient's
// record.)
func TestProfileOvertakesSignature(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		var seam rushed
		h := openHospital(t, demoConfig(t, dsn), func(a *App) {
			seam.Visits = a.prescriptions.Visits
			a.prescriptions.Visits = &seam
		})
		h.enter(2)
		v := h.lead(1, prescription.Draft)[0]
		grams := int64(60_000)
		save := func() {
			var p patients.View
			h.must(v.Patient().Send(t.Context(), http.MethodGet, "/v1/patients/me", "", nil, &p))
			grams++
			p.Health.WeightGrams, p.Health.WeighedOn = grams, time.Now().AddDate(0, 0, -1).Format(time.DateOnly)
			body := map[string]any{"phone": p.Phone, "health": p.Health, "version": p.Version}
			h.must(v.Patient().Send(t.Context(), http.MethodPut, "/v1/patients/me", rand.Text(), body, &p))
		}
		step := func(who *journey.Person, path string, in any) (signed *journey.Signed) {
			t.Helper()
			prepared, err := who.Prepare(t.Context(), v.Path(path), in)
			h.must(err)
			seam.between = save
			if _, err := who.Sign(t.Context(), prepared, rand.Text()); codeOf(err) != "stale" {
				t.Errorf("%s: signed for a patient of another weight: %v", path, err)
			}
			prepared, err = who.Prepare(t.Context(), v.Path(path), in)
			h.must(err)
			signed, err = who.Sign(t.Context(), prepared, rand.Text())
			h.must(err)
			return signed
		}
		var draft view.View
		h.must(v.Doctor().Send(t.Context(), http.MethodGet, v.Path(""), "", nil, &draft))
		step(v.Doctor(), "/issue", service.IssueInput{Version: draft.Version})
		step(v.Reviewer(), "/approve", lifecycle.Decision{})
		var code payment.PayCode
		h.must(v.Patient().Send(t.Context(), http.MethodPost, "/v1/patients/me/pay-codes", rand.Text(), nil, &code))
		pay, err := v.Patient().Prepare(t.Context(), v.Path("/pay"), map[string]string{"payCode": code.Code})
		h.must(err)
		_, err = v.Patient().Sign(t.Context(), pay, rand.Text())
		h.must(err)
		_, err = v.Await(t.Context(), prescription.Paid)
		h.must(err)
		access, err := v.AccessCode(t.Context())
		h.must(err)
		pharmacy := h.ward.Pharmacy(0)
		held := step(pharmacy, "/claim", lifecycle.ClaimInput{AccessCode: access}).Prescription.Content
		h.settled() // nothing is handed out before the chain holds the claim
		out := lifecycle.HandOut{Secret: held.Claim.Secret, Checklist: document.AllChecked}
		for i, it := range held.Items {
			codes := make([]string, it.Packages)
			for n := range codes {
				codes[n] = fmt.Sprintf("%s%013d", it.TracePrefix, n+1)
			}
			out.Items = append(out.Items, trace.DispensedItem{Item: i, TraceCodes: codes})
		}
		step(pharmacy, "/dispense", out)
		h.settled()
		h.nothingDead()
		h.close()
	})
}

// nothingDead names every record that the chain refused for good.
func (h *hospital) nothingDead() {
	h.t.Helper()
	list, err := outbox.DeadLetters(h.DB.DB, 10)
	h.must(err)
	for _, e := range list {
		h.t.Errorf("refused for good: %s #%d: %s %s", e.Kind, e.Seq, e.Code, e.Detail)
	}
}
