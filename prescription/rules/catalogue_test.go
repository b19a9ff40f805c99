package rules_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/formulary"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/prescriptiontest"
	"github.com/smart-hospital/hospital/prescription/rules"
)

var loaded = sync.OnceValue(func() rules.Formulary {
	c, err := catalogue.Load()
	if err != nil {
		panic(err)
	}
	return formulary.FromCatalogue(c)
})

// usual is a drug as the catalogue proposes it, with changes.
func usual(t testing.TB, code string, change ...func(*medicine.Item)) medicine.Item {
	t.Helper()
	f := loaded()
	drug, ok := f.Drug(code)
	l, known := f.Label(code)
	if !ok || !known {
		t.Fatalf("no drug %s", code)
	}
	freq, _ := f.Frequency(l.Drug.Frequency)
	route, _ := f.Route(l.Drug.Route)
	it := medicine.Item{Drug: drug, Dose: medicine.Amount(l.Drug.Dose), Frequency: freq, Route: route,
		Days: l.Drug.Days, Packages: 1}
	for _, c := range change {
		c(&it)
	}
	return it
}

func dosedAs(amount medicine.Amount, frequency string) func(*medicine.Item) {
	return func(it *medicine.Item) { it.Dose = amount; it.Frequency, _ = loaded().Frequency(frequency) }
}

func lasting(days int) func(*medicine.Item) { return func(it *medicine.Item) { it.Days = days } }

func way(route string) func(*medicine.Item) {
	return func(it *medicine.Item) { it.Route, _ = loaded().Route(route) }
}

// order is one of a healthy man of 40 with these medicines.
func order(items ...medicine.Item) rules.Order {
	o := prescriptiontest.GoodOrder()
	o.Formulary, o.Items = loaded(), items
	return o
}

func elsewhere(items ...medicine.Item) rules.Running {
	var r rules.Running
	for _, it := range items {
		r.Items = append(r.Items, rules.RunningItem{Item: it, Prescription: "RX-ELSEWHERE"})
	}
	return r
}

// found is the gravest severity of a rule's findings about all the words.
func found(rep rules.Report, rule string, words ...string) rules.Severity {
	var s rules.Severity
	for _, f := range rep.Findings {
		if f.Rule == rule && !f.NotChecked &&
			!slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(f.Key+f.ZH, w) }) {
			s = rules.Graver(s, f.Severity)
		}
	}
	for _, r := range rep.Refusals {
		if r.Rule == rule {
			s = rules.Refused
		}
	}
	return s
}

// TestHolesThatStood: every order here passed without a word (clinic.md, table 0; issue 8, A1, A3).
// Each is written whole, and where it has two medicines, also split over two prescriptions, both
// ways.
func TestHolesThatStood(t *testing.T) {
	it := func(code string, change ...func(*medicine.Item)) medicine.Item { return usual(t, code, change...) }
	const (
		ddi, dup, dose, multiple = "clinical.interaction", "clinical.duplicate", "clinical.max-dose",
			"clinical.usual-dose"
	)
	for _, tt := range []struct {
		name  string
		items []medicine.Item
		rule  string
		least rules.Severity
		words []string
	}{
		// 1: only duplicates looked at other prescriptions
		{"warfarin and ibuprofen", []medicine.Item{it("D0185"), it("D0202")}, ddi, rules.Critical, []string{"DDI-002"}},
		{"warfarin and diclofenac", []medicine.Item{it("D0185"), it("D0205")}, ddi, rules.Critical,
			[]string{"DDI-002"}},
		// 3: products were no substances, classes no rows
		{"amlodipine and valsartan/amlodipine", []medicine.Item{it("D0135"), it("D0160")}, dup, rules.Critical,
			[]string{"氨氯地平"}},
		{"ibuprofen and diclofenac", []medicine.Item{it("D0202"), it("D0205")}, dup, rules.Critical, nil},
		{"xiaoke pills and glibenclamide", []medicine.Item{it("D0401"), it("D0098")}, dup, rules.Critical, nil},
		{"xiaoke pills and glimepiride", []medicine.Item{it("D0401"), it("D0102")}, dup, rules.Critical, nil},
		{"zhenju and hydrochlorothiazide", []medicine.Item{it("D0402"), it("D0163")}, dup, rules.Critical, nil},
		{"two cold remedies with paracetamol", []medicine.Item{it("D0355"), it("D0214", dosedAs(500, "tid"))}, dup,
			rules.Critical, nil},
		{"xuezhikang and atorvastatin", []medicine.Item{it("D0388"), it("D0191")}, dup, rules.Critical, nil},
		{"xuezhikang and clarithromycin", []medicine.Item{it("D0388"), it("D0030")}, ddi, rules.Critical, nil},
		{"omeprazole and famotidine", []medicine.Item{it("D0064"), it("D0069")}, dup, rules.Warning, nil},
		{"captopril and valsartan", []medicine.Item{it("D0149"), it("D0154")}, dup, rules.Critical, nil},
		{"rivaroxaban and enoxaparin", []medicine.Item{it("D0186"), it("D0189")}, dup, rules.Critical, nil},
		{"paracetamol above its day in two products", []medicine.Item{it("D0214", dosedAs(500, "qid")), it("D0355")},
			dose,
			rules.Critical, []string{"LIM-048"}},
		{"paracetamol drops count as well", []medicine.Item{it("D0214", dosedAs(500, "tid")),
			it("D0215", dosedAs(6000, "tid"))},
			dose, rules.Critical, []string{"LIM-048"}},
		{"ibuprofen tablets and suspension",
			[]medicine.Item{it("D0202", dosedAs(300, "tid")), it("D0204", dosedAs(10_000, "tid"))}, dose,
			rules.Critical,
			[]string{"LIM-049"}},
		{"amlodipine above its day in two products", []medicine.Item{it("D0135", dosedAs(10_000, "qd")), it("D0160")},
			dose,
			rules.Critical, []string{"C08CA01"}},
		{"two insulins", []medicine.Item{it("D0114", dosedAs(30_000, "tid_ac")), it("D0119", dosedAs(20_000, "qn"))},
			dose,
			rules.Critical, []string{"LIM-001"}},
		{"aconite with pinellia", []medicine.Item{it("D0397"), it("D0363")}, ddi, rules.Critical, nil},
		// 5: pairs without a row
		{"warfarin and clarithromycin", []medicine.Item{it("D0185"), it("D0030")}, ddi, rules.Critical, nil},
		{"warfarin and levofloxacin", []medicine.Item{it("D0185"), it("D0036")}, ddi, rules.Warning, nil},
		{"warfarin and sertraline", []medicine.Item{it("D0185"), it("D0258")}, ddi, rules.Warning, nil},
		{"warfarin and danshen", []medicine.Item{it("D0185"), it("D0381")}, ddi, rules.Warning, nil},
		{"warfarin and ginkgo", []medicine.Item{it("D0185"), it("D0387")}, ddi, rules.Warning, nil},
		{"carbamazepine and rivaroxaban", []medicine.Item{it("D0232"), it("D0186")}, ddi, rules.Critical, nil},
		{"verapamil and dabigatran", []medicine.Item{it("D0141"), it("D0187")}, ddi, rules.Critical, nil},
		{"itraconazole and omeprazole", []medicine.Item{it("D0049"), it("D0064")}, ddi, rules.Warning, nil},
		{"colchicine and atorvastatin", []medicine.Item{it("D0134"), it("D0191")}, ddi, rules.Warning, nil},
		{"escitalopram and moxifloxacin", []medicine.Item{it("D0259"), it("D0039")}, ddi, rules.Critical, nil},
		{"paroxetine and metoprolol", []medicine.Item{it("D0257"), it("D0143")}, ddi, rules.Warning, nil},
		{"rifampicin and prednisone", []medicine.Item{it("D0053"), it("D0124")}, ddi, rules.Warning, nil},
		{"digoxin and toad venom", []medicine.Item{it("D0170"), it("D0383")}, ddi, rules.Critical, nil},
		// 6: kinds that were not there
		{"vaginal tablet by mouth", []medicine.Item{it("D0307", way("po"))}, "clinical.route", rules.Critical, nil},
		{"eye drops by mouth", []medicine.Item{it("D0337", way("po"))}, "clinical.route", rules.Critical, nil},
		{"paracetamol for a week", []medicine.Item{it("D0214", lasting(7))}, "clinical.duration", rules.Warning, nil},
		{"digoxin 0.5 mg", []medicine.Item{it("D0170", dosedAs(500, "qd"))}, multiple, rules.Critical, nil},
		// A3
		{"methotrexate 100 mg", []medicine.Item{it("D0314", dosedAs(100_000, "qw"))}, dose, rules.Critical, nil},
		{"methotrexate daily", []medicine.Item{it("D0314", dosedAs(10_000, "qd"))}, "clinical.weekly", rules.Refused,
			nil},
		{"methotrexate as needed", []medicine.Item{it("D0314", dosedAs(10_000, "prn"))}, "clinical.weekly",
			rules.Refused, nil},
		{"semaglutide daily", []medicine.Item{it("D0113", dosedAs(250, "qd"))}, "clinical.weekly", rules.Refused, nil},
		{"alendronate 70 mg every other day", []medicine.Item{it("D0130", dosedAs(70_000, "qod"))}, "clinical.weekly",
			rules.Refused, nil},
		{"methotrexate twice in a week by two lines",
			[]medicine.Item{it("D0314", dosedAs(15_000, "qw")), it("D0314", dosedAs(15_000, "qw"))}, dose,
			rules.Critical,
			[]string{"weekly"}},
		{"warfarin 250 mg", []medicine.Item{it("D0185", dosedAs(250_000, "qd"))}, dose, rules.Critical, nil},
		{"warfarin 5 mg, twice the usual", []medicine.Item{it("D0185", dosedAs(5000, "qd"))}, multiple, rules.Warning,
			nil},
		{"insulin 80 U at once", []medicine.Item{it("D0114", dosedAs(80_000, "qd"))}, dose, rules.Critical,
			[]string{"single"}},
		{"levothyroxine 500 μg", []medicine.Item{it("D0121", dosedAs(500_000, "qm"))}, dose, rules.Critical, nil},
		{"amlodipine tenfold", []medicine.Item{it("D0135", dosedAs(50_000, "qd"))}, multiple, rules.Warning, nil},
		{"potassium 12 g", []medicine.Item{it("D0351", dosedAs(4000, "tid"))}, dose, rules.Critical, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			check := func(how string, o rules.Order) {
				t.Helper()
				if s := found(rules.Check(o), tt.rule, tt.words...); rules.Graver(s, tt.least) != s {
					t.Errorf("%s: %q, want at least %q", how, s, tt.least)
				}
			}
			check("whole", order(tt.items...))
			for i := range tt.items {
				rest := slices.Delete(slices.Clone(tt.items), i, i+1)
				if len(rest) > 0 {
					o := order(tt.items[i])
					o.Running = elsewhere(rest...)
					check("split", o)
				}
			}
		})
	}
	kidney := order(it("D0170"))
	kidney.Visit.Prior = append(kidney.Visit.Prior, parties.PriorDiagnosis{Code: "N18.500x001", Declared: true})
	if found(rules.Check(kidney), "clinical.disease") != rules.Critical {
		t.Error("digoxin in kidney failure, by a finer code")
	}
	pressure := order(it("D0001"))
	pressure.Diagnoses = []medicine.Diagnosis{{Code: "I10", Chronic: true}}
	if found(rules.Check(pressure), "clinical.indication") != rules.Info {
		t.Error("an antibiotic for hypertension")
	}
}

// TestOrdersThatMeetNothing: an alert that always sounds is not heard.
func TestOrdersThatMeetNothing(t *testing.T) {
	it := func(code string, change ...func(*medicine.Item)) medicine.Item { return usual(t, code, change...) }
	for name, items := range map[string][]medicine.Item{
		"amoxicillin":              {it("D0001")},
		"amlodipine and metformin": {it("D0135"), it("D0097")},
		"warfarin":                 {it("D0185")},
		"methotrexate weekly":      {it("D0314"), it("D0197")},
		"insulin":                  {it("D0114"), it("D0097")},
		"paracetamol for 3 days":   {it("D0214"), it("D0267")},
		"rosuvastatin and aspirin": {it("D0192"), it("D0180")},
		"digoxin, usual":           {it("D0170")},
	} {
		for _, f := range rules.Check(order(items...)).Findings {
			if f.Severity != rules.Info {
				t.Errorf("%s: %s %s", name, f.Key, f.EN)
			}
		}
	}
	// The other products of a substance at its ceiling do not sum with what is nearly used up.
	o := order(it("D0135", dosedAs(10_000, "qd")))
	o.Running = elsewhere(it("D0135", dosedAs(10_000, "qd")))
	o.Running.Items[0].Until = prescriptiontest.Noon.Add(time.Hour)
	for _, f := range rules.Check(o).Findings {
		if f.Severity != rules.Info {
			t.Errorf("a renewal: %s %s", f.Key, f.EN)
		}
	}
}

// keysOf are a report's findings and refusals by key, with their severity.
func keysOf(rep rules.Report) map[string]rules.Severity {
	keys := map[string]rules.Severity{}
	for _, f := range rep.Findings {
		keys[f.Key] = rules.Graver(keys[f.Key], f.Severity)
	}
	for _, r := range rep.Refusals {
		keys[r.Rule+":"+r.ZH] = rules.Refused
	}
	return keys
}

// TestMetamorphic: whatever the medicines, order does not matter, splitting over prescriptions
// removes nothing, and one medicine more removes nothing.
func TestMetamorphic(t *testing.T) {
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	drugs := c.Drugs()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 8))
	for range 150 {
		var items []medicine.Item
		for range 2 + random.IntN(3) {
			d := drugs[random.IntN(len(drugs))]
			items = append(items, usual(t, d.Code, func(it *medicine.Item) {
				it.Dose *= medicine.Amount(1 +
					random.IntN(3))
			}))
		}
		o := order(items...)
		o.Visit.Patient.Sex, o.Visit.Patient.Pregnant = parties.Female, parties.Yes
		o.Visit.Patient.Allergies = []parties.Allergy{{Allergen: "penicillin"}, {Allergen: "nsaid"}}
		whole := keysOf(rules.Judge(asCase(o)))

		shuffled := o
		shuffled.Items = slices.Clone(items)
		random.Shuffle(len(items), func(i, j int) {
			shuffled.Items[i], shuffled.Items[j] = shuffled.Items[j],
				shuffled.Items[i]
		})
		for key, s := range keysOf(rules.Judge(asCase(shuffled))) {
			if whole[key] != s {
				t.Fatalf("in another order %s is %q, was %q", key, s, whole[key])
			}
		}
		if a, b := len(keysOf(rules.Judge(asCase(shuffled)))), len(whole); a != b {
			t.Fatalf("in another order %d findings, were %d", a, b)
		}

		cut := 1 + random.IntN(len(items)-1)
		first, second := o, o
		first.Items, first.Running = items[:cut], elsewhere(items[cut:]...)
		second.Items, second.Running = items[cut:], elsewhere(items[:cut]...)
		one, two := keysOf(rules.Judge(asCase(first))), keysOf(rules.Judge(asCase(second)))
		for key, s := range whole {
			if best := rules.Graver(one[key], two[key]); rules.Graver(best, s) != best {
				t.Fatalf("split: %s is %q, was %q", key, best, s)
			}
			_, a := one[key]
			_, b := two[key]
			if refused := s == rules.Refused; !refused && (!a || !b) {
				t.Fatalf("split: one of the prescribers does not see %s", key)
			}
		}

		fewer := o
		fewer.Items = items[1:]
		for key, s := range keysOf(rules.Judge(asCase(fewer))) {
			if rules.Graver(whole[key], s) != whole[key] {
				t.Fatalf("with one medicine more %s is %q, was %q", key, whole[key], s)
			}
		}
	}
}

func asCase(o rules.Order) rules.Case {
	return rules.Case{
		At: o.At, Patient: o.Visit.Patient, Prior: o.Visit.Prior, Diagnoses: o.Diagnoses, Items: o.Items,
		Running: o.Running, Formulary: o.Formulary,
	}
}

// TestAProductIsAsGraveAsItsSubstances: a product checked with anything else says what the
// substances in it say, dose for dose.
func TestAProductSumsAsItsSubstances(t *testing.T) {
	for _, tt := range []struct {
		product, plain medicine.Item
		limit          string
	}{
		{usual(t, "D0355", dosedAs(2000, "qid")), usual(t, "D0214", dosedAs(500, "qid")), "LIM-048"},
		{usual(t, "D0160", dosedAs(3000, "qd")), usual(t, "D0135", dosedAs(15_000, "qd")), "C08CA01"},
		{usual(t, "D0401", dosedAs(30_000, "tid")), usual(t, "D0098", dosedAs(7500, "tid")), "LIM-032"},
	} {
		for _, partner := range []string{"D0135", "D0214", "D0098"} {
			a := order(tt.product, usual(t, partner))
			b := order(tt.plain, usual(t, partner))
			x, y := found(rules.Check(a), "clinical.max-dose", tt.limit), found(rules.Check(b), "clinical.max-dose",
				tt.limit)
			if y != "" && x == "" {
				t.Errorf("%s above %s: as a product nothing, plain %q", tt.product.Drug.NameEN, tt.limit, y)
			}
		}
	}
}

// TestUnknownNeverReadsAsNone: whatever is not known about a medicine or a patient is said, in the
// findings and in the basis.
func TestUnknownNeverReadsAsNone(t *testing.T) {
	strange := usual(t, "D0001")
	strange.Drug.Code, strange.Drug.NameZH = "D9999", "外院药品"
	for name, tt := range map[string]struct {
		change func(*rules.Order)
		rule   string
		word   string
	}{
		"a drug the catalogue does not have": {func(o *rules.Order) { o.Items = append(o.Items, strange) },
			"clinical.interaction", "外院药品"},
		"one running elsewhere": {func(o *rules.Order) { o.Running = elsewhere(strange) },
			"clinical.interaction", "外院药品"},
		"ingredients not in the tables": {
			func(o *rules.Order) { o.Items = append(o.Items, usual(t, "D0413")) }, "clinical.interaction", "京万红"},
		"herbs of unknown amount under a ceiling": {
			func(o *rules.Order) { o.Items = []medicine.Item{usual(t, "D0042"), usual(t, "D0413")} },
			"clinical.duplicate", "京万红"},
		"allergies not asked": {func(o *rules.Order) { o.Visit.Patient.AllergiesAsked = false },
			"clinical.allergy", "过敏"},
		"pregnancy not asked": {
			func(o *rules.Order) { o.Visit.Patient.Sex, o.Visit.Patient.Pregnant = parties.Female, parties.Unknown },
			"clinical.pregnancy", "妊娠"},
		"prescriptions that could not be read": {func(o *rules.Order) { o.Running.Unknown = true },
			"clinical.running", "处方"},
		"no tables at all": {func(o *rules.Order) { o.Formulary = nil },
			"clinical.disease", "未核对"},
		"a high-alert drug without a ceiling": {func(o *rules.Order) { o.Items = []medicine.Item{usual(t, "D0357")} },
			"clinical.max-dose", "高警示"},
		"a drug whose catalogue row lost its ceilings": {
			func(o *rules.Order) { o.Items[0].Drug.MaxDaily, o.Items[0].Drug.Code = 0, "D9998" },
			"clinical.max-dose", "未核对"},
	} {
		o := order(usual(t, "D0001"))
		tt.change(&o)
		rep := rules.Check(o)
		told := slices.ContainsFunc(rep.Findings,
			func(f rules.Finding) bool {
				return f.Rule == tt.rule && f.NotChecked && strings.Contains(f.ZH, tt.word)
			})
		open := slices.ContainsFunc(rep.Basis.Open,
			func(g rules.Gap) bool { return g.Rule == tt.rule && strings.Contains(g.ZH, tt.word) })
		if !told || !open || slices.Contains(rep.Basis.Checked, tt.rule) {
			t.Errorf("%s: told %v, open %v, checked %v", name, told, open, rep.Basis.Checked)
		}
	}
	// The known drugs beside an unknown one are checked all the same.
	o := order(usual(t, "D0185"), usual(t, "D0202"), strange)
	if found(rules.Check(o), "clinical.interaction", "DDI-002") != rules.Critical {
		t.Error("an unknown drug hides what is known of the others")
	}
	o = order(usual(t, "D0357"))
	for _, f := range rules.Check(o).Findings {
		if f.Rule == "clinical.max-dose" && (f.Severity != rules.Warning || !f.NeedsReason()) {
			t.Errorf("an unchecked high-alert drug: %+v", f)
		}
	}
}

// TestAnEmptyReportIsNoReassurance: the report says what it rests on.
func TestAnEmptyReportIsNoReassurance(t *testing.T) {
	o := order(usual(t, "D0001"))
	rep := rules.Check(o)
	b := rep.Basis
	if len(rep.Findings) != 0 || len(b.Digest) != 64 || b.Version == "" || b.Facts < 400 || len(b.Checked) < 12 ||
		len(b.Open) < 2 || b.Medicines != 1 {
		t.Fatalf("%+v %+v", rep.Findings, b)
	}
	if strings.Contains(b.ZH+b.EN, b.Digest[:8]) {
		t.Errorf("a digest in a sentence for people: %s %s", b.ZH, b.EN)
	}
	for _, words := range []string{b.Version, "相互作用", "不等于安全", "未能核对"} {
		if !strings.Contains(b.ZH, words) {
			t.Errorf("%q is not in %s", words, b.ZH)
		}
	}
	if !strings.Contains(b.EN, "does not mean safe") || !strings.Contains(b.EN, "interactions") {
		t.Error(b.EN)
	}
	for _, r := range rules.Rules {
		if strings.HasPrefix(r.ID, rules.Clinical) && rules.KindNames[r.ID][0] == "" {
			t.Errorf("%s has no name", r.ID)
		}
	}
	old := o
	old.At = o.At.AddDate(2, 0, 0)
	if !slices.ContainsFunc(rules.Check(old).Basis.Open, func(g rules.Gap) bool { return g.Rule == "clinical.base" }) {
		t.Error("old tables are not told")
	}
	o.Formulary = nil
	if b := rules.Check(o).Basis; len(b.Checked) > 0 || !strings.Contains(b.ZH, "未核对") {
		t.Errorf("without tables: %+v", b)
	}
}

func BenchmarkCheckFiveDrugs(b *testing.B) {
	o := order(usual(b, "D0185"), usual(b, "D0202"), usual(b, "D0097"), usual(b, "D0135"), usual(b, "D0170"))
	o.Running = elsewhere(usual(b, "D0381"), usual(b, "D0388"))
	for b.Loop() {
		rules.Check(o)
	}
}
