package service_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/trace"
)

// TestSignedOnAnotherDay: what was prepared at 23:50 and signed at 00:04 was judged by the day
// before: an issue was born with a day less, or expired. Every act is prepared anew, and then the
// new day counts.
func TestSignedOnAnotherDay(t *testing.T) {
	late := time.Date(2026, 11, 22, 15, 50, 0, 0, time.UTC) // 23:50 in China
	for name, act := range map[string]func(w *ward) (who string, in *intent.Intent, err error){
		"issue": func(w *ward) (string, *intent.Intent, error) {
			v, err := w.draft()
			if err != nil {
				return "", nil, err
			}
			in, err := w.svc.PrepareIssue(ctx, actor("doc"), string(v.ID), service.IssueInput{Version: v.Version})
			return "doc", in, err
		},
		"approve": func(w *ward) (string, *intent.Intent, error) {
			in, err := w.svc.PrepareApprove(ctx, actor("rev"), string(w.issued()), lifecycle.Decision{})
			return "rev", in, err
		},
		"reject": func(w *ward) (string, *intent.Intent, error) {
			in, err := w.svc.PrepareReject(ctx, actor("rev"), string(w.issued()),
				lifecycle.Decision{Reasons: []string{"疗程不足"}})
			return "rev", in, err
		},
		"claim": func(w *ward) (string, *intent.Intent, error) {
			id := w.paid()
			in, err := w.svc.PrepareClaim(ctx, actor("dis1"), string(id),
				lifecycle.ClaimInput{AccessCode: w.code(id)})
			return "dis1", in, err
		},
		"release": func(w *ward) (string, *intent.Intent, error) {
			id := w.claimed()
			in, err := w.svc.PrepareRelease(ctx, actor("dis1"), string(id),
				service.ReleaseInput{Secret: w.secret("dis1", id)})
			return "dis1", in, err
		},
		"dispense": func(w *ward) (string, *intent.Intent, error) {
			id := w.claimed()
			in, err := w.svc.PrepareDispense(ctx, actor("dis1"), string(id), lifecycle.HandOut{
				Secret: w.secret("dis1", id), Checklist: document.AllChecked,
				Items: []trace.DispensedItem{{TraceCodes: []string{tracecode(1)}}},
			})
			return "dis1", in, err
		},
		"cancel": func(w *ward) (string, *intent.Intent, error) {
			in, err := w.svc.PrepareCancel(ctx, actor("pat"), string(w.issued()),
				service.CancelInput{Reason: "改为线下就诊"})
			return "pat", in, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *ward) {
				w.at.Store(late.UnixMilli())
				who, in, err := act(w)
				if err != nil {
					w.t.Fatal(err)
				}
				w.later(14 * time.Minute)
				if _, err := w.sign(who, in); !errors.Is(err, prescription.ErrStale) {
					w.t.Errorf("signed on another day: %v", err)
				}
			})
		})
	}
}

// TestIssueCountsTheDayOfTheSignature: prepared anew after midnight, the day of the signature is
// the first of the validity.
func TestIssueCountsTheDayOfTheSignature(t *testing.T) {
	each(t, func(w *ward) {
		w.at.Store(time.Date(2026, 11, 22, 15, 59, 0, 0, time.UTC).UnixMilli())
		v, err := w.draft()
		if err != nil {
			w.t.Fatal(err)
		}
		w.later(2 * time.Minute)
		if v, err = w.issue(v); err != nil {
			w.t.Fatal(err)
		}
		if want := time.Date(2026, 11, 25, 16, 0, 0, 0, time.UTC); !v.ExpiresAt.Equal(want) {
			w.t.Errorf("ends %s, want %s", v.ExpiresAt, want)
		}
	})
}

// TestJudgedWhenSigned: a licence that ended between preparing and signing is no licence.
func TestJudgedWhenSigned(t *testing.T) {
	each(t, func(w *ward) {
		w.reg.set(func(r *registry) { r.doctor.LicensedUntil = noon.Add(5 * time.Minute) })
		v, err := w.draft()
		if err != nil {
			w.t.Fatal(err)
		}
		in, err := w.svc.PrepareIssue(ctx, actor("doc"), string(v.ID), service.IssueInput{Version: v.Version})
		if err != nil {
			w.t.Fatal(err)
		}
		w.later(5 * time.Minute)
		if _, err := w.sign("doc", in); !errors.Is(err, prescription.ErrRefused) {
			w.t.Errorf("signed after the licence's end: %v", err)
		}
	})
}

// TestVisitMovesUnderASignature: the visit and its patient's record are judged before the
// transaction; what happens to either in between stops every step. (Only the visit's own version
// was looked at again, so that an allergy saved at that moment was not.)
func TestVisitMovesUnderASignature(t *testing.T) {
	for what, moved := range map[string]func(v *parties.Visit){
		"visit": func(v *parties.Visit) { v.Version++ },
		"allergy": func(v *parties.Visit) {
			v.Patient.Allergies = []parties.Allergy{
				{Allergen: "penicillin"}}
		},
		"pregnancy": func(v *parties.Visit) { v.Patient.Pregnant = parties.Yes },
		"weight":    func(v *parties.Visit) { v.Patient.WeightGrams, v.Patient.WeighedOn = 60_000, noon },
		"diagnosis": func(v *parties.Visit) {
			v.Prior = append(slices.Clone(v.Prior), parties.PriorDiagnosis{Code: "N18.9", Declared: true})
		},
	} {
		for step, act := range judgedSteps {
			t.Run(what+"/"+step, func(t *testing.T) {
				each(t, func(w *ward) {
					who, in := act(w)
					w.reg.set(func(r *registry) { r.moved = moved })
					if _, err := w.sign(who, in); !errors.Is(err, prescription.ErrStale) {
						w.t.Errorf("signed for what was not looked at: %v", err)
					}
					w.reg.set(func(r *registry) { r.moved = nil })
					if _, err := w.sign(who, in); err != nil {
						w.t.Errorf("nothing moved: %v", err)
					}
				})
			})
		}
	}
}

// TestNothingIsSignedWithoutAVisit: never begun, without a note, cancelled or over for too long.
func TestNothingIsSignedWithoutAVisit(t *testing.T) {
	for name, spoil := range map[string]func(v *parties.Visit){
		"never begun":    func(v *parties.Visit) { v.Begun = false },
		"without a note": func(v *parties.Visit) { v.Noted = false },
		"cancelled":      func(v *parties.Visit) { v.Cancelled = true },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *ward) {
				v, err := w.draft()
				if err != nil {
					w.t.Fatal(err)
				}
				w.reg.set(func(r *registry) { spoil(&r.visit) })
				if _, err := w.issue(v); !errors.Is(err, prescription.ErrRefused) {
					w.t.Errorf("issued: %v", err)
				}
				w.reg.set(func(r *registry) { r.visit = standing })
				if v, err = w.issue(v); err != nil {
					w.t.Fatal(err)
				}
				w.reg.set(func(r *registry) { spoil(&r.visit) })
				if _, err := w.approve(v.ID); !errors.Is(err, prescription.ErrRefused) {
					w.t.Errorf("approved: %v", err)
				}
				if _, err := w.reject(v.ID); err != nil {
					w.t.Errorf("a reviewer can always send it back: %v", err)
				}
			})
		})
	}
}

// TestNothingIsHandedOutOfACancelledVisit is for what an older release let happen: the visit was
// cancelled under its prescription.
func TestNothingIsHandedOutOfACancelledVisit(t *testing.T) {
	each(t, func(w *ward) {
		unpaid, paid, held := w.issued(), w.paid(), w.claimed()
		if _, err := w.approve(unpaid); err != nil {
			w.t.Fatal(err)
		}
		w.reg.set(func(r *registry) { r.visit.Cancelled = true })
		if _, err := w.svc.Payable(ctx, string(unpaid),
			intent.Actor{Person: "pat", Role: chain.RolePatient}); !errors.Is(err, prescription.ErrRefused) {
			w.t.Errorf("payable: %v", err)
		}
		if _, err := w.claim("dis1", paid); !errors.Is(err, prescription.ErrRefused) {
			w.t.Errorf("claimed: %v", err)
		}
		if _, err := w.dispense("dis1", held, tracecode(1)); !errors.Is(err, prescription.ErrRefused) {
			w.t.Errorf("handed out: %v", err)
		}
		if _, err := w.release("dis1", held); err != nil {
			w.t.Errorf("the pharmacy gives it back: %v", err)
		}
		if _, err := w.cancel("pat", paid); err != nil {
			w.t.Errorf("the patient withdraws it: %v", err)
		}
	})
}

// TestFinishedVisitTakesPrescriptionsForADay: afterwards a new visit is needed, and the doctor
// learns nothing new of the patient by a draft.
func TestFinishedVisitTakesPrescriptionsForADay(t *testing.T) {
	each(t, func(w *ward) {
		end := w.now().Add(time.Hour)
		w.reg.set(func(r *registry) { r.visit.TakesUntil = end })
		v, err := w.draft()
		if err != nil {
			w.t.Fatal(err)
		}
		w.at.Store(end.UnixMilli() - 1)
		if _, err := w.svc.CheckDraft(ctx, actor("doc"), amoxicillin()); err != nil {
			w.t.Errorf("a millisecond before: %v", err)
		}
		w.at.Store(end.UnixMilli())
		w.reg.set(func(r *registry) {
			r.visit.Patient.Allergies = []parties.Allergy{{Allergen: "penicillin", Text: "皮疹"}}
		})
		if _, err := w.issue(v); !errors.Is(err, prescription.ErrRefused) {
			w.t.Errorf("issued: %v", err)
		}
		if _, err := w.draft(); !errors.Is(err, prescription.ErrRefused) {
			w.t.Errorf("drafted: %v", err)
		}
		if _, err := w.svc.CheckDraft(ctx, actor("doc"), amoxicillin()); !errors.Is(err, prescription.ErrRefused) {
			w.t.Errorf("checked: %v", err)
		}
		if _, err := w.svc.UpdateDraft(ctx, actor("doc"), w.cmd("doc", "edit"), string(v.ID), v.Version,
			amoxicillin()); !errors.Is(err, prescription.ErrRefused) {
			w.t.Errorf("edited: %v", err)
		}
		got, err := w.svc.Get(ctx, actor("doc"), string(v.ID))
		if err != nil || len(got.Content.Findings) != 0 || len(got.Content.Refusals) != 1 {
			w.t.Errorf("an old draft tells of the patient of now: %+v, %v", got.Content, err)
		}
		if err := w.svc.DiscardDraft(ctx, actor("doc"), w.cmd("doc", "discard"), string(v.ID)); err != nil {
			w.t.Error(err)
		}
	})
}
