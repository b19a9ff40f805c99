package service_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/service"
)

// running is what a fresh check says of other prescriptions.
func (w *ward) running() []rules.Finding {
	w.t.Helper()
	rep, err := w.svc.CheckDraft(ctx, actor("doc"), amoxicillin())
	if err != nil {
		w.t.Fatal(err)
	}
	var found []rules.Finding
	for _, f := range rep.Findings {
		if f.Rule == "clinical.duplicate" {
			found = append(found, f)
		}
	}
	return found
}

// TestRunningTherapyIsNamed: what the patient may fetch or is still taking is named, once for each
// drug, and nothing else.
func TestRunningTherapyIsNamed(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		expect := func(when string, want int) {
			t.Helper()
			if got := w.running(); len(got) != want ||
				(want > 0 && (got[0].NotChecked || got[0].Key != "clinical.duplicate@2:D0001+D0001")) {
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
		if _, err := w.dispense("dis1", one, tracecode(1)); err != nil {
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

// TestRunningUnderAFormerId: when a record passed to its owner, the owner's id changed; what was
// written under the old one runs on, and what was answered there is answered.
func TestRunningUnderAFormerId(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		one := w.paid()
		w.reg.set(func(r *registry) { r.visit.Patient.Person = "pat-now" })
		if got := w.running(); len(got) != 0 {
			t.Errorf("a stranger's: %+v", got)
		}
		w.reg.set(func(r *registry) { r.visit.Patient.Former = []string{"pat"} })
		if got := w.running(); len(got) != 1 || got[0].NotChecked || got[0].Key != "clinical.duplicate@2:D0001+D0001" {
			t.Errorf("under the former id: %+v", got)
		}
		two := w.paid() // signed and approved with a reason for the first
		for n, id := range []prescription.ID{two, one} {
			if _, err := w.sign("dis1", w.prepareClaim("dis1", id, w.state(id).AccessCode)); err != nil {
				t.Errorf("claim %d: %v", n, err)
			}
		}
	})
}

// TestBroughtFromElsewhereRuns: a copy that came in a bundle runs for the patient here, whom its
// hospital knows under another id; it is found by name, sex and date of birth and says so. One that
// cannot be read is told.
func TestBroughtFromElsewhereRuns(t *testing.T) {
	eachTown(t, func(c *town) {
		t := c.t
		id := c.brought()
		c.pharmacy.reg.set(func(r *registry) { r.visit.Patient.Person, r.visit.Patient.Name = "pat-here", "张 三" })
		got := c.pharmacy.running()
		if len(got) != 1 || got[0].Severity != rules.Critical || !strings.Contains(got[0].ZH, "外院处方") ||
			!strings.Contains(got[0].ZH, "核实") {
			t.Errorf("the same name and date of birth: %+v", got)
		}
		for name, change := range map[string]func(*parties.Patient){
			"another name":   func(p *parties.Patient) { p.Name = "李四" },
			"another day":    func(p *parties.Patient) { p.Birth = p.Birth.AddDate(0, 0, 1) },
			"not stated sex": func(p *parties.Patient) { p.Sex = parties.SexUnstated },
		} {
			before := standing.Patient
			before.Person = "pat-here"
			change(&before)
			c.pharmacy.reg.set(func(r *registry) { r.visit.Patient = before })
			if got := c.pharmacy.running(); len(got) != 0 {
				t.Errorf("%s: %+v", name, got)
			}
		}
		c.pharmacy.reg.set(
			func(r *registry) { r.visit.Patient = standing.Patient; r.visit.Patient.Person = "pat-here" })
		if err := c.pharmacy.db.Exec("UPDATE prescriptions SET body = ? WHERE id = ?", []byte("spoilt"),
			string(id)).Error; err != nil {
			t.Fatal(err)
		}
		rep, err := c.pharmacy.svc.CheckDraft(ctx, actor("doc"), amoxicillin())
		if err != nil || !slices.ContainsFunc(rep.Findings,
			func(f rules.Finding) bool { return f.Rule == "clinical.running" && f.NotChecked }) {
			t.Errorf("an unreadable one is not told: %+v %v", rep.Findings, err)
		}
	})
}

// TestTwoPrescribersOnePatient: the anticoagulant of one doctor and the painkiller of another meet,
// from the moment the first is signed, and each refuses to be signed without a reason. This was
// silent (issue 8, A1).
func TestTwoPrescribersOnePatient(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		with := func(drug string, dose medicine.Amount, frequency string) service.DraftInput {
			in := amoxicillin()
			in.Items = []service.ItemInput{
				{Drug: drug, Dose: dose, Frequency: frequency, Route: "po", Days: 5, Packages: 1}}
			return in
		}
		v, err := w.svc.CreateDraft(ctx, actor("doc"), w.cmd("doc", "draft"), with("D0185", 2500, "qd"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.issue(v); err != nil {
			t.Fatal(err)
		}
		w.reg.set(func(r *registry) { r.visit.Doctor = "doc2"; r.visit.ID = "v2" })
		second := actor("doc")
		second.Person = "doc2"
		for _, painkiller := range []service.DraftInput{with("D0202", 200, "tid"), with("D0205", 25_000, "tid")} {
			painkiller.Visit = "v2"
			rep, err := w.svc.CheckDraft(ctx, second, painkiller)
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(rep.Findings,
				func(f rules.Finding) bool { return strings.Contains(f.Key, "DDI-002") })
			if at < 0 || rep.Findings[at].Severity != rules.Critical ||
				!strings.Contains(rep.Findings[at].ZH, "华法林") || rep.Basis.Running != 1 {
				t.Errorf("%s: %+v", painkiller.Items[0].Drug, rep)
			}
			if err := rep.Err(nil); !errors.Is(err, prescription.ErrRefused) {
				t.Errorf("signed without a reason: %v", err)
			}
		}
	})
}
