package prescription

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription/catalogue"
)

// noon is a Sunday, noon in China.
var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

type table struct {
	facts []Fact
	err   error
}

func (table) Drug(string) (Drug, bool)                    { return Drug{}, false }
func (table) Frequency(string) (Frequency, bool)          { return Frequency{}, false }
func (table) Route(string) (Route, bool)                  { return Route{}, false }
func (table) Diagnosis(string) (Diagnosis, bool)          { return Diagnosis{}, false }
func (f table) Facts([]string, Condition) ([]Fact, error) { return f.facts, f.err }
func (table) Label(string) (*catalogue.Label, bool)       { return nil, true }
func (table) Base() catalogue.Base                        { return catalogue.Base{} }

var errTable = errors.New("table is broken")

func amoxicillin() Item {
	return Item{
		Drug: Drug{
			Code: "D1", NameZH: "阿莫西林胶囊", NameEN: "Amoxicillin", Form: "胶囊剂", Strength: "0.25g",
			ATC: "J01CA04", Class: ClassA,
			PriceFen: 980, PackageUnit: "盒", TracePrefix: "8910007", DoseUnit: "g", PerPackage: 6000, MaxDaily: 4000,
			Antibiotic: Unrestricted, Pregnancy: Allowed, LabelSource: "说明书",
		},
		Dose: 500, Frequency: Frequency{Code: "tid", NameZH: "每日三次", Doses: 3, Days: 1}, Route: Route{"po", "口服"},
		Days: 4, Packages: 1,
	}
}

func amlodipine() Item {
	return Item{
		Drug: Drug{
			Code: "D2", NameZH: "苯磺酸氨氯地平片", NameEN: "Amlodipine", ATC: "C08CA01", Class: ClassA, PriceFen: 1250,
			TracePrefix: "8910008",
			DoseUnit:    "mg", PerPackage: 35000, MaxDaily: 10000, Pregnancy: Caution, LabelSource: "说明书",
		},
		Dose: 5000, Frequency: Frequency{Code: "qd", NameZH: "每日一次", Doses: 1, Days: 1}, Route: Route{"po", "口服"},
		Days: 7, Packages: 1,
	}
}

// goodOrder breaks no rule and meets no finding.
func goodOrder() Order {
	born := time.Date(1980, 5, 1, 0, 0, 0, 0, china.Zone)
	return Order{
		At: noon,
		Doctor: Doctor{
			Person: "doc-1", Name: "李医生", Hospital: "h1", Title: Attending, Licence: "110330000012345",
			MayPrescribe:  true,
			LicensedUntil: noon.AddDate(2, 0, 0), PracticeSince: noon.AddDate(-10, 0, 0),
		},
		Certificate: &Certificate{ID: "c1", Person: "doc-1", Org: "h1", Role: chain.RoleDoctor,
			NotBefore: noon.AddDate(-1, 0, 0), NotAfter: noon.AddDate(1, 0, 0)},
		Visit: Visit{
			ID: "v1", Version: 1, Begun: true, Noted: true, Hospital: "h1", HospitalName: "智慧医院",
			Department: "respiratory", DepartmentName: "呼吸内科", Doctor: "doc-1",
			Patient: Patient{Person: "pat-1", Name: "张三", Sex: Male, Birth: born, AllergiesAsked: true, Pregnant: No,
				Lactating: No},
			Prior: []PriorDiagnosis{{Code: "J20.9", Hospital: "北京某医院", Date: noon.AddDate(0, -1, 0)},
				{Code: "I10", Hospital: "北京某医院", Date: noon.AddDate(-2, 0, 0)}},
		},
		Diagnoses: []Diagnosis{{Code: "J20.9", NameZH: "急性支气管炎"}},
		Items:     []Item{amoxicillin()},
		ValidDays: 3,
		Formulary: table{},
	}
}

var (
	reviewer  = Reviewer{Person: "rev-1", Name: "王药师", Hospital: "h1", LicensedUntil: noon.AddDate(1, 0, 0)}
	dispenser = Dispenser{Person: "dis-1", Name: "赵药师", Pharmacy: "ph1", PharmacyName: "第一药店",
		LicensedUntil: noon.AddDate(1, 0, 0)}
	other = Dispenser{Person: "dis-2", Name: "钱药师", Pharmacy: "ph2", PharmacyName: "第二药店",
		LicensedUntil: noon.AddDate(1, 0, 0)}
)

func draft(t testing.TB) *Prescription {
	t.Helper()
	id, err := NewID(noon, 42)
	if err != nil {
		t.Fatal(err)
	}
	o := goodOrder()
	p, err := NewDraft(id, o.Doctor, o.Visit, o.content(), "", noon)
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

func traces(items []Item) []DispensedItem {
	var out []DispensedItem
	for i, it := range items {
		g := DispensedItem{Item: i}
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
	var pl plan
	var err error
	switch kind {
	case chain.KindIssue:
		pl, err = w.p.planSign(goodOrder(), at(w.now), oneCode(NewSecret()))
	case chain.KindApprove:
		pl, err = w.p.planReview(reviewer, goodOrder().Visit, Present{}, Decision{}, kind, at(w.now))
	case chain.KindReject:
		pl, err = w.p.planReview(reviewer, goodOrder().Visit, Present{}, Decision{Reasons: []string{"剂量不当"}},
			kind, at(w.now))
	case chain.KindPay:
		pl, err = w.p.planPay("S1", at(w.now))
	case chain.KindClaim:
		pl, err = w.p.planClaim(dispenser, ClaimInput{AccessCode: w.p.s.AccessCode}, Present{}, NewSecret(),
			DefaultLease, at(w.now))
	case chain.KindRelease:
		pl, err = w.p.planRelease(dispenser, secret, "", FateCommitted, at(w.now))
	case chain.KindDispense:
		pl, err = w.p.planDispense(dispenser,
			HandOut{Secret: secret, Checklist: AllChecked, Items: traces(w.p.s.Items)}, Present{}, FateCommitted,
			plainTag, at(w.now))
	case chain.KindCancel:
		pl, err = w.p.planCancel(Canceller{intent.Actor{Person: "pat-1", Role: chain.RolePatient}, "不需要了"},
			at(w.now))
	case chain.KindExpire:
		w.now = noon.AddDate(0, 0, 4)
		pl, err = w.p.planExpire(when{w.now, w.now, chain.Schema2})
	case chain.KindRenew:
		w.now = noon.Add(time.Hour)
		pl, err = w.p.planRenew(dispenser, secret, FateCommitted, DefaultLease, when{w.now, w.now, chain.Schema2})
	case chain.KindLapse:
		w.now = noon.Add(DefaultLease)
		pl, err = w.p.planLapse(when{w.now, w.now, chain.Schema2})
	case chain.KindContest:
		pl, err = w.p.planContest(intent.Actor{Person: "pat-1", Role: chain.RolePatient},
			when{w.now, w.now, chain.Schema2})
	}
	if err != nil {
		return err
	}
	_, err = w.p.take(pl, w.act(pl.document))
	return err
}

// paths leads a draft to every status.
var paths = map[Status][]chain.Kind{
	Draft:     {},
	Signed:    {chain.KindIssue},
	Approved:  {chain.KindIssue, chain.KindApprove},
	Rejected:  {chain.KindIssue, chain.KindReject},
	Paid:      {chain.KindIssue, chain.KindApprove, chain.KindPay},
	Claimed:   {chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindClaim},
	Dispensed: {chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindClaim, chain.KindDispense},
	Cancelled: {chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindCancel},
	Expired:   {chain.KindIssue, chain.KindApprove, chain.KindPay, chain.KindExpire},
}

func in(t testing.TB, status Status) walker {
	t.Helper()
	w := walker{t, draft(t), noon}
	for _, kind := range paths[status] {
		if err := w.do(kind); err != nil {
			t.Fatalf("way to %s: %s: %v", status, kind, err)
		}
	}
	return w
}
