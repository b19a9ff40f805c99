package lifecycle

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/prescriptiontest"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/trace"
)

func TestVerbsRefuse(t *testing.T) {
	sign := func(change func(*rules.Order)) func(w walker) error {
		return func(w walker) error {
			o := prescriptiontest.GoodOrder()
			change(&o)
			_, err := w.p.PlanSign(o, At(w.now), redemption.OneCode(redemption.NewSecret()))
			return err
		}
	}
	handOut := func(change func(*HandOut, *parties.Dispenser, *Fate)) func(w walker) error {
		return func(w walker) error {
			h, by, claim := HandOut{Secret: w.p.s.Claim.Secret, Checklist: document.AllChecked,
				Items: traces(w.p.s.Items)},
				dispenser, FateCommitted
			change(&h, &by, &claim)
			_, err := w.p.PlanDispense(by, h, Present{}, claim, plainTag, At(w.now))
			return err
		}
	}
	tests := []struct {
		name string
		from prescription.Status
		do   func(w walker) error
		want error
		rule string
	}{
		{"sign against a rule", prescription.Draft, sign(func(o *rules.Order) { o.Visit.Prior = nil }), prescription.ErrRefused, "rx.follow-up-only"},
		{"sign without a reason", prescription.Draft, sign(func(o *rules.Order) { o.Items[0].Drug.MaxDaily = 1 }),
			prescription.ErrRefused,
			"rx.override"},
		{"review by the prescriber", prescription.Signed, func(w walker) error {
			r := reviewer
			r.Person = "doc-1"
			_, err := w.p.PlanReview(r, prescriptiontest.GoodOrder().Visit, Present{}, Decision{}, chain.KindApprove,
				At(w.now))
			return err
		}, prescription.ErrRefused, "rx.other-reviewer"},
		{"review by the patient", prescription.Signed, func(w walker) error {
			r := reviewer
			r.Also = []string{"pat-1"}
			_, err := w.p.PlanReview(r, prescriptiontest.GoodOrder().Visit, Present{},
				Decision{Reasons: []string{"剂量过大，请复核"}},
				chain.KindReject, At(w.now))
			return err
		}, prescription.ErrRefused, "rx.other-reviewer"},
		{"review by the patient's guardian", prescription.Signed, func(w walker) error {
			r := reviewer
			w.p.s.Patient.Guardians = []parties.Guardian{{Person: "mum", CN: r.Person}}
			_, err := w.p.PlanReview(r, prescriptiontest.GoodOrder().Visit, Present{}, Decision{}, chain.KindApprove,
				At(w.now))
			return err
		}, prescription.ErrRefused, "rx.other-reviewer"},
		{"review by who has become the patient's guardian since", prescription.Signed, func(w walker) error {
			v := prescriptiontest.GoodOrder().Visit
			v.Patient.Guardians = []parties.Guardian{{Person: "mum"}, {Person: reviewer.Person}}
			_, err := w.p.PlanReview(reviewer, v, Present{}, Decision{}, chain.KindApprove, At(w.now))
			return err
		}, prescription.ErrRefused, "rx.other-reviewer"},
		{"review by another hospital", prescription.Signed, func(w walker) error {
			r := reviewer
			r.Hospital = "h2"
			_, err := w.p.PlanReview(r, prescriptiontest.GoodOrder().Visit, Present{}, Decision{}, chain.KindApprove,
				At(w.now))
			return err
		}, prescription.ErrRefused, "rx.other-reviewer"},
		{"review without a licence", prescription.Signed, func(w walker) error {
			r := reviewer
			r.LicensedUntil = prescriptiontest.Noon
			_, err := w.p.PlanReview(r, prescriptiontest.GoodOrder().Visit, Present{}, Decision{}, chain.KindApprove,
				At(w.now))
			return err
		}, prescription.ErrRefused, "rx.other-reviewer"},
		{"reject without reasons", prescription.Signed, func(w walker) error {
			_, err := w.p.PlanReview(reviewer, prescriptiontest.GoodOrder().Visit, Present{}, Decision{},
				chain.KindReject, At(w.now))
			return err
		}, prescription.ErrRefused, "rx.reason"},
		{"pay before the review", prescription.Signed, func(w walker) error { return w.do(chain.KindPay) },
			prescription.ErrRefused,
			"rx.review-first"},
		{"claim with a wrong code", prescription.Paid, func(w walker) error {
			_, err := w.p.PlanClaim(dispenser, ClaimInput{AccessCode: redemption.NewSecret()}, Present{},
				redemption.NewSecret(),
				DefaultLease, At(w.now))
			return err
		}, redemption.ErrBadToken, ""},
		{"claim what another holds", prescription.Claimed, func(w walker) error {
			_, err := w.p.PlanClaim(other, ClaimInput{AccessCode: w.p.s.AccessCode}, Present{}, redemption.NewSecret(),
				DefaultLease, At(w.now))
			return err
		}, ErrHeld, ""},
		{"claim in the last minute", prescription.Paid, func(w walker) error {
			w.now = w.p.s.ExpiresAt.Add(-expiryMargin)
			return w.do(chain.KindClaim)
		}, prescription.ErrRefused, "rx.expired"},
		{"release by another", prescription.Claimed, func(w walker) error {
			_, err := w.p.PlanRelease(other, w.p.s.Claim.Secret, "", FateCommitted, At(w.now))
			return err
		}, ErrNotHolder, ""},
		{"release with a wrong secret", prescription.Claimed, func(w walker) error {
			_, err := w.p.PlanRelease(dispenser, redemption.NewSecret(), "", FateCommitted, At(w.now))
			return err
		}, ErrNotHolder, ""},
		{"dispense with a wrong secret", prescription.Claimed, handOut(func(h *HandOut, _ *parties.Dispenser, _ *Fate) { h.Secret = "" }),
			ErrNotHolder, ""},
		{"dispense by another", prescription.Claimed, handOut(func(_ *HandOut, by *parties.Dispenser,
			_ *Fate) {
			*by = other
		}),
			ErrNotHolder, ""},
		{"dispense with a point unchecked", prescription.Claimed,
			handOut(func(h *HandOut, _ *parties.Dispenser, _ *Fate) { h.Checklist.Age = false }),
			prescription.ErrRefused, "rx.four-checks"},
		{"dispense before the chain", prescription.Claimed, handOut(func(_ *HandOut, _ *parties.Dispenser,
			f *Fate) {
			*f = FatePending
		}),
			ErrClaimUnconfirmed, ""},
		{"dispense against the chain", prescription.Claimed, handOut(func(_ *HandOut, _ *parties.Dispenser,
			f *Fate) {
			*f = FateRefused
		}),
			ErrClaimRefused, ""},
		{"dispense without a code", prescription.Claimed,
			handOut(func(h *HandOut, _ *parties.Dispenser, _ *Fate) { h.Items[0].TraceCodes = nil }),
			prescription.ErrRefused,
			"rx.trace-codes"},
		{"dispense without an item", prescription.Claimed, handOut(func(h *HandOut, _ *parties.Dispenser,
			_ *Fate) {
			h.Items = nil
		}),
			prescription.ErrRefused, "rx.trace-codes"},
		{"dispense another drug", prescription.Claimed, handOut(func(h *HandOut, _ *parties.Dispenser, _ *Fate) {
			h.Items[0].TraceCodes[0] = "8" + strings.Repeat("1", 19)
		}), prescription.ErrRefused, "rx.trace-codes"},
		{"dispense an empty code", prescription.Claimed, handOut(func(h *HandOut, _ *parties.Dispenser, _ *Fate) {
			h.Items[0].TraceCodes[0] = ""
		}), prescription.ErrInvalid, ""},
		{"dispense what is no code", prescription.Claimed, handOut(func(h *HandOut, _ *parties.Dispenser, _ *Fate) {
			h.Items[0].TraceCodes[0] = "药品追溯码"
		}), prescription.ErrInvalid, ""},
		{"dispense an item that is not there", prescription.Claimed,
			handOut(func(h *HandOut, _ *parties.Dispenser, _ *Fate) { h.Items[0].Item = 7 }), prescription.ErrInvalid,
			""},
		{"cancel by a stranger", prescription.Approved, func(w walker) error {
			_, err := w.p.PlanCancel(Canceller{intent.Actor{Person: "pat-2", Role: chain.RolePatient}, "不需要了"},
				At(w.now))
			return err
		}, prescription.ErrNotFound, ""},
		{"cancel without a reason", prescription.Approved, func(w walker) error {
			_, err := w.p.PlanCancel(Canceller{intent.Actor{Person: "pat-1", Role: chain.RolePatient}, " "}, At(w.now))
			return err
		}, prescription.ErrInvalid, ""},
		{"cancel what a pharmacy holds", prescription.Claimed, func(w walker) error { return w.do(chain.KindCancel) }, ErrHeld, ""},
		{"expire too early", prescription.Paid, func(w walker) error {
			_, err := w.p.PlanExpire(At(w.p.s.ExpiresAt.Add(-1)))
			return err
		}, prescription.ErrStatus, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.do(in(t, tt.from))
			if !errors.Is(err, tt.want) {
				t.Fatalf("%v, want %v", err, tt.want)
			}
			var r *prescription.Refusal
			if errors.As(err, &r) && r.Rule != tt.rule {
				t.Errorf("refused by %s, want %s", r.Rule, tt.rule)
			}
		})
	}
}

// TestSameCodeTwice stands alone because its prescription has two packages.
func TestSameCodeTwice(t *testing.T) {
	items := []medicine.Item{prescriptiontest.Amoxicillin()}
	items[0].Packages = 2
	got := traces(items)
	if err := trace.Check(items, got, time.Now()); err != nil {
		t.Fatal(err)
	}
	got[0].TraceCodes[1] = got[0].TraceCodes[0]
	if err := trace.Check(items, got, time.Now()); !errors.Is(err, prescription.ErrRefused) {
		t.Errorf("%v", err)
	}
}

func TestVerbsTakeOnlyWhatWasSigned(t *testing.T) {
	tests := map[string]func(*Act){
		"older sequence":   func(a *Act) { a.Seq-- },
		"later sequence":   func(a *Act) { a.Seq++ },
		"no record":        func(a *Act) { a.Record = "" },
		"another document": func(a *Act) { a.Document = []byte(`{}`) },
		"one byte more":    func(a *Act) { a.Document = append(a.Document, ' ') },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			w := in(t, prescription.Signed)
			pl, err := w.p.PlanReview(reviewer, prescriptiontest.GoodOrder().Visit, Present{}, Decision{},
				chain.KindApprove, At(w.now))
			if err != nil {
				t.Fatal(err)
			}
			act := w.act(pl.Document)
			change(&act)
			if _, err := w.p.Approve(act, reviewer, prescriptiontest.GoodOrder().Visit, Present{},
				Decision{}); !errors.Is(err, prescription.ErrStale) {
				t.Errorf("%v", err)
			}
			if w.p.Status() != prescription.Signed {
				t.Error("changed all the same")
			}
		})
	}
}

// TestExportedVerbs walks a whole life through the exported verbs, with the documents a device
// would have signed.
func TestExportedVerbs(t *testing.T) {
	w := in(t, prescription.Draft)
	step := func(kind chain.Kind, pl Plan, err error, verb func(Act) (Event, error)) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		previous := w.p.LastRecord()
		ev, err := verb(w.act(pl.Document))
		if err != nil || ev.Kind != kind || ev.Previous != previous || ev.Seq != w.p.Seq() ||
			ev.Prescription != w.p.ID() {
			t.Fatalf("%s: %+v, %v", kind, ev, err)
		}
	}
	code, secret := redemption.NewSecret(), redemption.NewSecret()
	pl, err := w.p.PlanSign(prescriptiontest.GoodOrder(), At(w.now), redemption.OneCode(code))
	step(chain.KindIssue, pl, err, func(a Act) (Event, error) {
		return w.p.Sign(a, prescriptiontest.GoodOrder(),
			redemption.OneCode(code))
	})
	pl, err = w.p.PlanReview(reviewer, prescriptiontest.GoodOrder().Visit, Present{}, Decision{}, chain.KindApprove,
		At(w.now))
	step(chain.KindApprove, pl, err,
		func(a Act) (Event, error) {
			return w.p.Approve(a, reviewer, prescriptiontest.GoodOrder().Visit, Present{}, Decision{})
		})
	pl, err = w.p.PlanPay("S1", At(w.now))
	step(chain.KindPay, pl, err, func(a Act) (Event, error) { return w.p.Pay(a, "S1") })
	pl, err = w.p.PlanClaim(dispenser, ClaimInput{AccessCode: code}, Present{}, secret, DefaultLease, At(w.now))
	step(chain.KindClaim, pl, err, func(a Act) (Event, error) {
		return w.p.Claim(a, dispenser, ClaimInput{AccessCode: code}, Present{}, secret, DefaultLease)
	})
	pl, err = w.p.PlanRelease(dispenser, secret, "缺货", FateCommitted, At(w.now))
	step(chain.KindRelease, pl, err,
		func(a Act) (Event, error) { return w.p.Release(a, dispenser, secret, "缺货", FateCommitted) })
	pl, err = w.p.PlanClaim(other, ClaimInput{AccessCode: code}, Present{}, secret, DefaultLease, At(w.now))
	step(chain.KindClaim, pl, err, func(a Act) (Event, error) {
		return w.p.Claim(a, other, ClaimInput{AccessCode: code}, Present{}, secret, DefaultLease)
	})
	h := HandOut{Secret: secret, Checklist: document.AllChecked, Items: traces(w.p.s.Items)}
	pl, err = w.p.PlanDispense(other, h, Present{}, FateCommitted, plainTag, At(w.now))
	step(chain.KindDispense, pl, err,
		func(a Act) (Event, error) { return w.p.Dispense(a, other, h, Present{}, FateCommitted, plainTag) })
	if len(pl.Facts.Tags) != 1 || w.p.Status() != prescription.Dispensed {
		t.Errorf("%v %s", pl.Facts, w.p.Status())
	}
	if _, err := w.p.Reject(Act{}, reviewer, prescriptiontest.GoodOrder().Visit, Present{},
		Decision{Reasons: []string{"剂量不当"}}); !errors.Is(err, prescription.ErrStatus) {
		t.Error(err)
	}
}

// Who signs a step after the issue sees the prescription, in the issue's words: a reviewer once
// signed a number and "approved".
func TestSignersSeeThePrescription(t *testing.T) {
	w := in(t, prescription.Draft)
	order := prescriptiontest.GoodOrder()
	pl, err := w.p.PlanSign(order, At(w.now), redemption.OneCode(redemption.NewSecret()))
	if err != nil {
		t.Fatal(err)
	}
	issue := pl.Document.(document.IssueDocument)
	want := issue.About()
	for name, planned := range map[string]func() (Plan, error){
		"review": func() (Plan, error) {
			return in(t, prescription.Signed).p.PlanReview(reviewer, order.Visit, Present{}, Decision{},
				chain.KindApprove, At(prescriptiontest.Noon))
		},
		"claim": func() (Plan, error) {
			p := in(t, prescription.Paid).p
			return p.PlanClaim(dispenser, ClaimInput{AccessCode: p.s.AccessCode}, Present{}, redemption.NewSecret(),
				DefaultLease,
				At(prescriptiontest.Noon))
		},
		"release": func() (Plan, error) {
			p := in(t, prescription.Claimed).p
			return p.PlanRelease(dispenser, p.s.Claim.Secret, "缺货", FateCommitted, At(prescriptiontest.Noon))
		},
		"dispense": func() (Plan, error) {
			p := in(t, prescription.Claimed).p
			h := HandOut{Secret: p.s.Claim.Secret, Checklist: document.AllChecked, Items: traces(p.s.Items)}
			return p.PlanDispense(dispenser, h, Present{}, FateCommitted, plainTag, At(prescriptiontest.Noon))
		},
		"renew": func() (Plan, error) {
			p := in(t, prescription.Claimed).p
			return p.PlanRenew(dispenser, p.s.Claim.Secret, FateCommitted, DefaultLease,
				When{prescriptiontest.Noon.Add(time.Hour), prescriptiontest.Noon.Add(time.Hour), chain.Schema2})
		},
		"contest": func() (Plan, error) {
			by := intent.Actor{Person: order.Visit.Patient.Person, Role: chain.RolePatient}
			return in(t, prescription.Claimed).p.PlanContest(by, When{prescriptiontest.Noon, prescriptiontest.Noon,
				chain.Schema2})
		},
		"cancel": func() (Plan, error) {
			by := intent.Actor{Person: order.Doctor.Person, Role: chain.RoleDoctor}
			return in(t, prescription.Paid).p.PlanCancel(Canceller{by, "诊断有变"}, At(prescriptiontest.Noon))
		},
	} {
		t.Run(name, func(t *testing.T) {
			pl, err := planned()
			if err != nil {
				t.Fatal(err)
			}
			raw, err := intent.Canonical(pl.Document)
			if err != nil {
				t.Fatal(err)
			}
			var doc struct {
				About *document.About `json:"about"`
			}
			if err := json.Unmarshal(raw, &doc); err != nil {
				t.Fatal(err)
			}
			if doc.About == nil || len(doc.About.Items) == 0 || doc.About.Patient.Name == "" {
				t.Fatalf("%s", raw)
			}
			got := *doc.About
			got.Issued, got.ValidUntil = want.Issued, want.ValidUntil // the fixture's walk takes hours
			if !got.Says(want) {
				t.Errorf("%+v, want %+v", got, want)
			}
		})
	}
}

func TestSystemVerbs(t *testing.T) {
	w := in(t, prescription.Paid)
	w.now = w.p.s.ExpiresAt
	pl, err := w.p.PlanExpire(At(w.now))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.p.Expire(w.act(pl.Document)); err != nil {
		t.Fatal(err)
	}
	if err := w.p.Refunded("S2", w.now); !errors.Is(err, prescription.ErrStatus) {
		t.Errorf("refund of another settlement: %v", err)
	}
	if err := w.p.Refunded("S1", w.now); err != nil || w.p.s.Refund != RefundDone {
		t.Error(err)
	}
	w = in(t, prescription.Approved)
	by := Canceller{intent.Actor{Person: "doc-1", Role: chain.RoleDoctor}, "诊断有变"}
	if pl, err = w.p.PlanCancel(by, At(w.now)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.p.Cancel(w.act(pl.Document), by); err != nil || w.p.Status() != prescription.Cancelled ||
		w.p.s.Refund != NoRefund {
		t.Errorf("%v, %s, refund %q for one that was never paid", err, w.p.Status(), w.p.s.Refund)
	}
}

func TestValidityEndsAtMidnightInChina(t *testing.T) {
	for days, want := range map[int]string{1: "2026-11-23T00:00:00.000+08:00", 3: "2026-11-25T00:00:00.000+08:00"} {
		if got := document.Stamp(rules.EndOfValidity(prescriptiontest.Noon, days)); got != want {
			t.Errorf("%d days: %s, want %s", days, got, want)
		}
	}
}

func TestDraftRefusesBadInput(t *testing.T) {
	tests := map[string]func(*Content){
		"no items":         func(c *Content) { c.Items = nil },
		"no diagnosis":     func(c *Content) { c.Diagnoses = nil },
		"no dose":          func(c *Content) { c.Items[0].Dose = 0 },
		"giant dose":       func(c *Content) { c.Items[0].Dose = medicine.MaxAmount + 1 },
		"no route":         func(c *Content) { c.Items[0].Route = medicine.Route{} },
		"no frequency":     func(c *Content) { c.Items[0].Frequency = medicine.Frequency{} },
		"hourly and more":  func(c *Content) { c.Items[0].Frequency.Doses = 25 },
		"no days":          func(c *Content) { c.Items[0].Days = 0 },
		"85 days":          func(c *Content) { c.Items[0].Days = 85 },
		"no packages":      func(c *Content) { c.Items[0].Packages = 0 },
		"100 packages":     func(c *Content) { c.Items[0].Packages = 100 },
		"minus price":      func(c *Content) { c.Items[0].Drug.PriceFen = -1 },
		"giant price":      func(c *Content) { c.Items[0].Drug.PriceFen = medicine.MaxPriceFen + 1 },
		"no drug":          func(c *Content) { c.Items[0].Drug.Code = "" },
		"long note":        func(c *Content) { c.Items[0].Notes = strings.Repeat("注", medicine.MaxNoteRunes+1) },
		"note not UTF-8":   func(c *Content) { c.Items[0].Notes = "\xff" },
		"short reason":     func(c *Content) { c.Overrides = []rules.Override{{Key: "k", Reason: "x"}} },
		"reason not UTF-8": func(c *Content) { c.LongTerm.Reason = "\xff\xff\xff\xff" },
		"201 packages": func(c *Content) {
			c.Items = prescriptiontest.Distinct(3)
			for i := range c.Items {
				c.Items[i].Packages = 67
			}
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			o := prescriptiontest.GoodOrder()
			c := ContentOf(o)
			change(&c)
			id, _ := prescription.NewID(prescriptiontest.Noon, 1)
			_, err := NewDraft(id, o.Doctor, o.Visit, c, "", prescriptiontest.Noon)
			var f *prescription.FieldError
			if !errors.As(err, &f) || !errors.Is(err, prescription.ErrInvalid) || f.Field == "" || f.Rule == "" {
				t.Errorf("%v", err)
			}
		})
	}
}

// FuzzIssueDocument: whatever a doctor writes, the signed bytes are canonical, complete and
// readable back.
func FuzzIssueDocument(f *testing.F) {
	f.Add("饭后服用", "张三", int64(500), 4)
	f.Add("<script>\u2028\"\\", "O'Brien \U0001F600", int64(1), 1)
	f.Fuzz(func(t *testing.T, note, name string, dose int64, days int) {
		if strings.ContainsRune(name, utf8.RuneError) || text.Directional(name) {
			return // no patient is called so: app/patients has refused it
		}
		o := prescriptiontest.GoodOrder()
		o.Items[0].Notes, o.Items[0].Dose, o.Items[0].Days, o.Visit.Patient.Name = note, medicine.Amount(dose), days,
			name
		id, _ := prescription.NewID(prescriptiontest.Noon, 1)
		p, err := NewDraft(id, o.Doctor, o.Visit, ContentOf(o), "", prescriptiontest.Noon)
		if err != nil {
			return
		}
		doc := p.issueDocument(o, rules.Check(o), o.At)
		b, err := intent.Canonical(doc)
		if err != nil {
			t.Fatal(err)
		}
		var back document.IssueDocument
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if again, err := intent.Canonical(back); err != nil || string(again) != string(b) {
			t.Errorf("read back: %v\n%s\n%s", err, b, again)
		}
		if back.Items[0].Dose != o.Items[0].Dose || back.TotalFen != o.Items[0].TotalFen() {
			t.Error("numbers changed")
		}
	})
}
