package prescription_test

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/prescription"
)

// running is what a fresh check says of other prescriptions.
func (w *ward) running() []prescription.Finding {
	w.t.Helper()
	rep, err := w.svc.CheckDraft(ctx, actor("doc"), amoxicillin())
	if err != nil {
		w.t.Fatal(err)
	}
	var found []prescription.Finding
	for _, f := range rep.Findings {
		if f.Rule == "clinical.duplicate" {
			found = append(found, f)
		}
	}
	return found
}

// TestRunningTherapyIsNamed: what the patient may fetch or is still taking is named, once for each drug, and nothing else.
func TestRunningTherapyIsNamed(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		expect := func(when string, want int) {
			t.Helper()
			if got := w.running(); len(got) != want || (want > 0 && (got[0].NotChecked || got[0].Key != "clinical.duplicate@2:D0001+D0001")) {
				t.Errorf("%s: %+v", when, got)
			}
		}
		v, err := w.draft()
		if err != nil {
			t.Fatal(err)
		}
		expect("a draft", 0)
		if v, err = w.issue(v); err != nil {
			t.Fatal(err)
		}
		expect("unreviewed", 1)
		if _, err := w.approve(v.ID); err != nil {
			t.Fatal(err)
		}
		expect("approved", 1)
		if _, err := w.cancel("pat", v.ID); err != nil {
			t.Fatal(err)
		}
		expect("cancelled", 0)
		one, two := w.paid(), w.paid()
		expect("two paid ones", 1)
		w.reg.set(func(r *registry) { r.visit.Patient.Person = "pat2" })
		expect("another patient", 0)
		w.reg.set(func(r *registry) { r.visit.Patient.Person = "pat" })
		if _, err := w.claim("dis1", one); err != nil {
			t.Fatal(err)
		}
		if _, err := w.dispense("dis1", one, trace(1)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.cancel("pat", two); err != nil {
			t.Fatal(err)
		}
		w.later(3 * 24 * time.Hour)
		expect("the third of four days", 1)
		w.later(24 * time.Hour)
		expect("after the last day", 0)
	})
}
