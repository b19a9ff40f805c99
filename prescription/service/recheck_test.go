package service_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/trace"
	"github.com/smart-hospital/hospital/prescription/view"
)

// allergic tells the hospital of a penicillin allergy: amoxicillin's finding is critical.
func (w *ward) allergic() {
	w.reg.set(func(r *registry) {
		r.visit.Patient.Allergies = []parties.Allergy{{Allergen: "penicillin", Text: "青霉素过敏性休克"}}
	})
}

// news are the findings a reader is told of as new since the issue.
func (w *ward) news(who string, id prescription.ID) []rules.Finding {
	w.t.Helper()
	v, err := w.svc.Get(ctx, actor(who), string(id))
	if err != nil || v.Content.Recheck == nil {
		w.t.Fatalf("%s: no recheck, %v", who, err)
	}
	return v.Content.Recheck.New
}

func reasons(list []rules.Finding) (out []rules.Override) {
	for _, f := range list {
		out = append(out, rules.Override{Key: f.Key, Reason: "已与患者核实，风险可接受"})
	}
	return out
}

func (w *ward) approveWith(id prescription.ID, why []rules.Override) error {
	_, err := w.both("rev", func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareApprove(ctx, a, string(id), lifecycle.Decision{Overrides: why})
	})
	return err
}

func (w *ward) claimDespite(id prescription.ID, why []rules.Override) error {
	_, err := w.both("dis1", func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareClaim(ctx, a, string(id), lifecycle.ClaimInput{AccessCode: w.code(id), Overrides: why})
	})
	return err
}

func (w *ward) handOutWith(id prescription.ID, change func(h *lifecycle.HandOut)) (*view.View, error) {
	return w.both("dis1", func(a intent.Actor) (*intent.Intent, error) {
		h := lifecycle.HandOut{Secret: w.secret("dis1", id), Checklist: document.AllChecked,
			Items: []trace.DispensedItem{{TraceCodes: []string{tracecode(1)}}}}
		change(&h)
		return w.svc.PrepareDispense(ctx, a, string(id), h)
	})
}

func refusedBy(err error, rule string) bool {
	var r *prescription.Refusal
	return errors.As(err, &r) && r.Rule == rule
}

// TestAllergyAfterTheIssue: it was entered after the doctor signed, reached neither reviewer nor
// pharmacy, and the medicine was handed out.
func TestAllergyAfterTheIssue(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		id := w.issued()
		w.allergic()
		found := w.news("rev", id)
		if len(found) != 1 || found[0].Rule != "clinical.allergy" || found[0].Severity != rules.Critical {
			t.Fatalf("the reviewer is told %+v", found)
		}
		if v, err := w.svc.Get(ctx, actor("rev"), string(id)); err != nil || len(v.Content.Recheck.Changed) != 1 ||
			v.Content.Recheck.Changed[0] != "allergies" || len(v.Content.Recheck.Patient.Allergies) != 1 {
			t.Errorf("changed since the issue: %+v %v", v.Content.Recheck, err)
		}
		if err := w.approveWith(id, nil); !refusedBy(err, "rx.override") {
			t.Errorf("approved without a reason: %v", err)
		}
		if err := w.approveWith(id, append(reasons(found),
			rules.Override{Key: "clinical.allergy@1:nothing", Reason: "没有这条提示"})); !errors.Is(err,
			prescription.ErrInvalid) {
			t.Errorf("a reason for nothing: %v", err)
		}
		if err := w.approveWith(id, reasons(found)); err != nil {
			t.Fatal(err)
		}
		v, err := w.svc.Get(ctx, actor("pat"), string(id))
		if err != nil || len(v.Content.Review.Findings) != 1 || len(v.Content.Review.Overrides) != 1 ||
			v.Content.Recheck != nil {
			t.Errorf("the review keeps %+v, %v", v.Content.Review, err)
		}
		// What the reviewing pharmacist answered is answered for the pharmacy.
		if err := w.svc.MarkPaid(ctx, string(id), "S-1"); err != nil {
			t.Fatal(err)
		}
		if err := w.claimDespite(id, nil); err != nil {
			t.Errorf("claimed: %v", err)
		}
		if _, err := w.handOutWith(id, func(*lifecycle.HandOut) {}); err != nil {
			t.Errorf("handed out: %v", err)
		}
	})
}

// TestAllergyAfterThePayment reaches the pharmacy: a reason to claim, and the prescriber's word to
// hand out.
func TestAllergyAfterThePayment(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		id := w.paid()
		w.allergic()
		v, err := w.svc.Lookup(ctx, actor("dis1"), redemption.Token{ID: id, AccessCode: w.code(id)}.String())
		if err != nil || v.Content.Recheck == nil || len(v.Content.Recheck.New) != 1 {
			t.Fatalf("the pharmacy is told %+v, %v", v.Content.Recheck, err)
		}
		if err := w.claimDespite(id, nil); !refusedBy(err, "rx.override") {
			t.Errorf("claimed without a reason: %v", err)
		}
		if err := w.claimDespite(id, reasons(v.Content.Recheck.New)); err != nil {
			t.Fatal(err)
		}
		contact := lifecycle.PrescriberContact{Person: "李医生", At: w.now(), Answer: "患者既往耐受，可以发药"}
		for name, tt := range map[string]struct {
			change func(h *lifecycle.HandOut)
			want   func(error) bool
		}{
			"nothing": {func(*lifecycle.HandOut) {},
				func(err error) bool { return refusedBy(err, "rx.prescriber-contact") }},
			"reason alone": {func(h *lifecycle.HandOut) { h.Overrides = reasons(w.news("dis1", id)) },
				func(err error) bool { return refusedBy(err, "rx.prescriber-contact") }},
			"nobody": {func(h *lifecycle.HandOut) { c := contact; c.Person = " "; h.Contact = &c },
				func(err error) bool { return errors.Is(err, prescription.ErrInvalid) }},
			"hidden": {func(h *lifecycle.HandOut) { c := contact; c.Person = "李\u202e医生"; h.Contact = &c },
				func(err error) bool { return errors.Is(err, prescription.ErrInvalid) }},
			"no answer": {func(h *lifecycle.HandOut) { c := contact; c.Answer = "好"; h.Contact = &c },
				func(err error) bool { return errors.Is(err, prescription.ErrInvalid) }},
			"in the future": {func(h *lifecycle.HandOut) {
				c := contact
				c.At = w.now().
					Add(time.Millisecond)
				h.Contact = &c
			}, func(err error) bool { return errors.Is(err, prescription.ErrInvalid) }},
			"before the issue": {func(h *lifecycle.HandOut) {
				c := contact
				c.At = noon.Add(-time.Millisecond)
				h.Contact = &c
			}, func(err error) bool { return errors.Is(err, prescription.ErrInvalid) }},
		} {
			if _, err := w.handOutWith(id, tt.change); !tt.want(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		v, err = w.handOutWith(id, func(h *lifecycle.HandOut) { h.Contact = &contact })
		if err != nil {
			t.Fatal(err)
		}
		if d := v.Content.Dispensing; d.Contact == nil || d.Contact.Person != "李医生" || len(d.Findings) != 1 {
			t.Errorf("kept: %+v", d)
		}
		events, err := w.svc.Events(ctx, actor("pat"), string(id))
		if err != nil {
			t.Fatal(err)
		}
		var doc document.DispenseDocument
		if err := json.Unmarshal([]byte(events[len(events)-1].Document), &doc); err != nil || doc.Contact == nil ||
			doc.Contact.Answer != contact.Answer || len(doc.New) != 1 {
			t.Errorf("the signed protocol says %+v, %v", doc, err)
		}
	})
}

// TestAllergyAfterTheClaim stops the handing out, and the pharmacy can give it back.
func TestAllergyAfterTheClaim(t *testing.T) {
	each(t, func(w *ward) {
		id := w.claimed()
		w.allergic()
		if _, err := w.dispense("dis1", id, tracecode(1)); !refusedBy(err, "rx.prescriber-contact") {
			w.t.Errorf("handed out: %v", err)
		}
		if _, err := w.release("dis1", id); err != nil {
			w.t.Errorf("given back: %v", err)
		}
	})
}

// TestKnownBetweenPreparingAndSigning: each step judges by the moment of its signature.
func TestKnownBetweenPreparingAndSigning(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		id := w.issued()
		in, err := w.svc.PrepareApprove(ctx, actor("rev"), string(id), lifecycle.Decision{})
		if err != nil {
			t.Fatal(err)
		}
		w.allergic()
		if _, err := w.sign("rev", in); !refusedBy(err, "rx.override") {
			t.Errorf("approved: %v", err)
		}
		w.reg.set(func(r *registry) { r.visit = standing })
		held := w.claimed()
		in, err = w.svc.PrepareDispense(ctx, actor("dis1"), string(held), lifecycle.HandOut{
			Secret: w.secret("dis1", held), Checklist: document.AllChecked,
			Items: []trace.DispensedItem{{TraceCodes: []string{tracecode(1)}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		w.allergic()
		if _, err := w.sign("dis1", in); !refusedBy(err, "rx.prescriber-contact") {
			t.Errorf("handed out: %v", err)
		}
	})
}

// TestAnsweredAtTheIssueIsAnswered: the prescriber knew of the allergy and wrote why; no later step
// asks again.
func TestAnsweredAtTheIssueIsAnswered(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		w.allergic()
		in := amoxicillin()
		rep, err := w.svc.CheckDraft(ctx, actor("doc"), in)
		if err != nil {
			t.Fatal(err)
		}
		in.Overrides = reasons(rep.Findings)
		v, err := w.svc.CreateDraft(ctx, actor("doc"), w.cmd("doc", "draft"), in)
		if err != nil {
			t.Fatal(err)
		}
		if v, err = w.issue(v); err != nil {
			t.Fatal(err)
		}
		if list := w.news("rev", v.ID); len(list) != 0 {
			t.Errorf("new: %+v", list)
		}
		if err := w.approveWith(v.ID, nil); err != nil {
			t.Error(err)
		}
	})
}

// TestReviewOfAnInfant: 0 岁 says nothing; days, months and weight stand on the prescription and
// before the reviewer.
func TestReviewOfAnInfant(t *testing.T) {
	each(t, func(w *ward) {
		t := w.t
		w.reg.set(func(r *registry) {
			r.doctor.Paediatric = true
			r.visit.Patient.Guardian, r.visit.Patient.GuardianName = "mum", "张母"
			r.visit.Patient.Birth = time.Date(2026, 6, 9, 16, 0, 0, 0, time.UTC) // 10 June in China
		})
		in := amoxicillin()
		in.Items[0].Dose = 125
		rep, err := w.svc.CheckDraft(ctx, actor("doc"), in)
		if err != nil {
			t.Fatal(err)
		}
		asked := false
		for _, f := range rep.Findings {
			asked = asked || f.Rule == "clinical.weight" && f.Severity == rules.Warning
		}
		if !asked {
			t.Errorf("no weight is asked for: %+v", rep.Findings)
		}
		w.reg.set(func(r *registry) {
			r.visit.Patient.WeightGrams, r.visit.Patient.WeighedOn = 7400,
				time.Date(2026, 11, 19, 16, 0, 0, 0, time.UTC)
		})
		if rep, err = w.svc.CheckDraft(ctx, actor("doc"), in); err != nil {
			t.Fatal(err)
		}
		in.Overrides = nil
		for _, f := range rep.Findings {
			if f.Rule == "clinical.weight" {
				t.Errorf("asked for all the same: %+v", f)
			}
			if f.Severity == rules.Critical || f.Severity == rules.Warning {
				in.Overrides = append(in.Overrides, rules.Override{Key: f.Key, Reason: "已核对体重与剂量"})
			}
		}
		v, err := w.svc.CreateDraft(ctx, actor("doc"), w.cmd("doc", "draft"), in)
		if err != nil {
			t.Fatal(err)
		}
		if v, err = w.issue(v); err != nil {
			t.Fatal(err)
		}
		for _, who := range []string{"doc", "rev"} {
			v, err := w.svc.Get(ctx, actor(who), string(v.ID))
			if p := v.Content.Patient; err != nil || p.AgeOf != (parties.Age{Months: 5, Days: 12}) ||
				p.Birth != "2026-06-10" || p.Weight != 7400 || p.WeighedOn != "2026-11-20" {
				t.Errorf("%s sees %+v, %v", who, v.Content.Patient, err)
			}
		}
		events, err := w.svc.Events(ctx, actor("doc"), string(v.ID))
		if err != nil {
			t.Fatal(err)
		}
		var doc document.IssueDocument
		if err := json.Unmarshal([]byte(events[0].Document), &doc); err != nil || doc.Patient.AgeText != "5月12天" ||
			doc.Patient.WeightGrams != 7400 {
			t.Errorf("the document says %+v, %v", doc.Patient, err)
		}
		if events[0].Kind != chain.KindIssue {
			t.Error(events[0].Kind)
		}
	})
}
