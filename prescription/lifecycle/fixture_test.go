package lifecycle

import (
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/prescriptiontest"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/trace"
)

var (
	reviewer = parties.Reviewer{Person: "rev-1", Name: "王药师", Hospital: "h1",
		LicensedUntil: prescriptiontest.Noon.AddDate(1, 0, 0)}
	dispenser = parties.Dispenser{Person: "dis-1", Name: "赵药师", Pharmacy: "ph1", PharmacyName: "第一药店",
		LicensedUntil: prescriptiontest.Noon.AddDate(1, 0, 0)}
	other = parties.Dispenser{Person: "dis-2", Name: "钱药师", Pharmacy: "ph2", PharmacyName: "第二药店",
		LicensedUntil: prescriptiontest.Noon.AddDate(1, 0, 0)}
)

func draft(t testing.TB) *Prescription {
	t.Helper()
	id, err := prescription.NewID(prescriptiontest.Noon, 42)
	if err != nil {
		t.Fatal(err)
	}
	o := prescriptiontest.GoodOrder()
	p, err := NewDraft(id, o.Doctor, o.Visit, ContentOf(o), "", prescriptiontest.Noon)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// walker drives a prescription through its verbs as a service would: plan, sign the plan's
// document, take.
type walker struct {
	t   testing.TB
	p   *Prescription
	now time.Time
}

func (w walker) act(document any) Act {
	var doc []byte
	if document != nil {
		b, err := intent.Canonical(document)
		if err != nil {
			w.t.Fatal(err)
		}
		doc = b
	}
	return Act{Seq: w.p.Seq() + 1, Record: strings.Repeat("r", 3) + string(rune('a'+w.p.Seq())), At: w.now,
		Taken: w.now, Document: doc, Salt: make([]byte, chain.SaltLen)}
}

func traces(items []medicine.Item) []trace.DispensedItem {
	var out []trace.DispensedItem
	for i, it := range items {
		g := trace.DispensedItem{Item: i}
		for n := range it.Packages {
			g.TraceCodes = append(g.TraceCodes,
				it.Drug.TracePrefix+"0000000000"+string(rune('0'+i))+string(rune('0'+n/10))+string(rune('0'+n%10)))
		}
		out = append(out, g)
	}
	return out
}

func plainTag(code string) string { return "tag-" + code }

// do tries one step with the input that suits it best, so that only the status can stand against
// it.
func (w walker) do(kind chain.Kind) error {
	secret := ""
	if w.p.s.Claim != nil {
		secret = w.p.s.Claim.Secret
	}
	var pl Plan
	var err error
	switch kind {
	case chain.KindIssue:
		pl, err = w.p.PlanSign(prescriptiontest.GoodOrder(), At(w.now), redemption.OneCode(redemption.NewSecret()))
	case chain.KindApprove:
		pl, err = w.p.PlanReview(reviewer, prescriptiontest.GoodOrder().Visit, Present{}, Decision{}, kind, At(w.now))
	case chain.KindReject:
		pl, err = w.p.PlanReview(reviewer, prescriptiontest.GoodOrder().Visit, Present{},
			Decision{Reasons: []string{"剂量不当"}},
			kind, At(w.now))
	case chain.KindPay:
		pl, err = w.p.PlanPay("S1", At(w.now))
	case chain.KindClaim:
		pl, err = w.p.PlanClaim(dispenser, ClaimInput{AccessCode: w.p.s.AccessCode}, Present{}, redemption.NewSecret(),
			DefaultLease, At(w.now))
	case chain.KindRelease:
		pl, err = w.p.PlanRelease(dispenser, secret, "", FateCommitted, At(w.now))
	case chain.KindDispense:
		pl, err = w.p.PlanDispense(dispenser,
			HandOut{Secret: secret, Checklist: document.AllChecked, Items: traces(w.p.s.Items)}, Present{},
			FateCommitted,
			plainTag, At(w.now))
	case chain.KindCancel:
		pl, err = w.p.PlanCancel(Canceller{intent.Actor{Person: "pat-1", Role: chain.RolePatient}, "不需要了"},
			At(w.now))
	case chain.KindExpire:
		w.now = prescriptiontest.Noon.AddDate(0, 0, 4)
		pl, err = w.p.PlanExpire(When{w.now, w.now, chain.Schema2})
	case chain.KindRenew:
		w.now = prescriptiontest.Noon.Add(time.Hour)
		pl, err = w.p.PlanRenew(dispenser, secret, FateCommitted, DefaultLease, When{w.now, w.now, chain.Schema2})
	case chain.KindLapse:
		w.now = prescriptiontest.Noon.Add(DefaultLease)
		pl, err = w.p.PlanLapse(When{w.now, w.now, chain.Schema2})
	case chain.KindContest:
		pl, err = w.p.PlanContest(intent.Actor{Person: "pat-1", Role: chain.RolePatient},
			When{w.now, w.now, chain.Schema2})
	}
	if err != nil {
		return err
	}
	_, err = w.p.Take(pl, w.act(pl.Document))
	return err
}

// paths leads a draft to every status.
var paths = map[prescription.Status][]chain.Kind{
	prescription.Draft:     {},
	prescription.Signed:    {chain.KindIssue},
	prescription.Approved:  {chain.KindIssue, chain.KindApprove},
	prescription.Rejected:  {chain.KindIssue, chain.KindReject},
	prescription.Paid:      {chain.KindIssue, chain.KindApprove, chain.KindPay},
	prescription.Claimed:   {chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindClaim},
	prescription.Dispensed: {chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindClaim, chain.KindDispense},
	prescription.Cancelled: {chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindCancel},
	prescription.Expired:   {chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindExpire},
}

func in(t testing.TB, status prescription.Status) walker {
	t.Helper()
	w := walker{t, draft(t), prescriptiontest.Noon}
	for _, kind := range paths[status] {
		if err := w.do(kind); err != nil {
			t.Fatalf("way to %s: %s: %v", status, kind, err)
		}
	}
	return w
}
