package catalogue

import (
	"errors"
	"regexp"
	"slices"
	"sync"
	"testing"
)

func mustLoad(t testing.TB) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheHospitalsTablesAreLargeEnough(t *testing.T) {
	c := mustLoad(t)
	for name, got := range map[string]struct{ have, want int }{
		"drugs": {len(c.Drugs()), 240}, "diagnoses": {len(c.Diagnoses()), 300}, "facts": {len(c.Interactions()), 200},
		"frequencies": {len(c.Frequencies()), 12},
		"routes":      {len(c.Routes()), 10}, "forms": {len(c.Forms()), 20}, "units": {len(c.Units()), 20},
	} {
		if got.have < got.want {
			t.Errorf("%s: %d, want at least %d", name, got.have, got.want)
		}
	}
}

func TestDrugsKeepTheirInvariants(t *testing.T) {
	atc := regexp.MustCompile(`^[A-Z]\d\d[A-Z]{2}\d\d$`)
	// Western drugs that WHO gives no seven-character code; a new name here must be looked up
	// first.
	noCode := []string{"盐酸小檗碱片", "口服补液盐散(Ⅱ)", "碳酸钙D3片", "炉甘石洗剂"}
	codes, traces := map[string]bool{}, map[string]bool{}
	for _, d := range mustLoad(t).Drugs() {
		if codes[d.Code] || traces[d.TracePrefix] {
			t.Errorf("%s: code or trace prefix %s twice", d.Code, d.TracePrefix)
		}
		codes[d.Code], traces[d.TracePrefix] = true, true
		if d.PriceFen <= 0 {
			t.Errorf("%s: price %d", d.Code, d.PriceFen)
		}
		if d.Category == Western && !atc.MatchString(d.ATC) && !slices.Contains(noCode, d.Name) {
			t.Errorf("%s %s: ATC %q", d.Code, d.Name, d.ATC)
		}
		if anti := d.ATC >= "J01" && d.ATC < "J02"; anti && d.Antibiotic == NotAntibiotic {
			t.Errorf("%s %s: a systemic antibiotic without a grade", d.Code, d.Name)
		}
	}
}

func TestEveryClassIsOnTheShelf(t *testing.T) {
	seen := map[string]int{}
	for _, d := range mustLoad(t).Drugs() {
		for _, label := range []string{
			d.Category.Label(), d.Insurance.Label(), d.Prescription.Label(), d.Control.Label(), d.Antibiotic.Label(),
			d.Pregnancy.Label(),
		} {
			seen[label]++
		}
	}
	for _, label := range []string{
		"西药", "中成药", "甲类", "乙类", "丙类", "处方药", "非处方药", "医疗用毒性药品", "麻醉药品", "第一类精神药品",
		"第二类精神药品",
		"药品类易制毒化学品", "放射性药品", "非限制使用级", "限制使用级", "特殊使用级", "孕妇慎用", "孕妇禁用",
	} {
		if seen[label] == 0 {
			t.Errorf("no drug is %s", label)
		}
	}
}

// Facts that a doctor would notice at once; each was looked up, so a slip in the table shows here.
func TestKnownDrugs(t *testing.T) {
	c := mustLoad(t)
	for name, want := range map[string]Drug{
		"阿莫西林胶囊":    {ATC: "J01CA04", Insurance: InsuranceA, Control: Uncontrolled, Antibiotic: Unrestricted},
		"头孢克肟胶囊":    {ATC: "J01DD08", Insurance: InsuranceB, Control: Uncontrolled, Antibiotic: Restricted},
		"注射用美罗培南":   {ATC: "J01DH02", Insurance: InsuranceB, Control: Uncontrolled, Antibiotic: SpecialUse},
		"硫酸吗啡缓释片":   {ATC: "N02AA01", Insurance: InsuranceA, Control: Narcotic, Antibiotic: NotAntibiotic},
		"盐酸哌甲酯缓释片":  {ATC: "N06BA04", Insurance: InsuranceB, Control: Psychotropic1, Antibiotic: NotAntibiotic},
		"地西泮片":      {ATC: "N05BA01", Insurance: InsuranceA, Control: Psychotropic2, Antibiotic: NotAntibiotic},
		"酒石酸唑吡坦片":   {ATC: "N05CF02", Insurance: InsuranceB, Control: Psychotropic2, Antibiotic: NotAntibiotic},
		"氢溴酸右美沙芬片":  {ATC: "R05DA09", Insurance: InsuranceB, Control: Psychotropic2, Antibiotic: NotAntibiotic},
		"盐酸二甲双胍片":   {ATC: "A10BA02", Insurance: InsuranceA, Control: Uncontrolled, Antibiotic: NotAntibiotic},
		"苯磺酸氨氯地平片":  {ATC: "C08CA01", Insurance: InsuranceA, Control: Uncontrolled, Antibiotic: NotAntibiotic},
		"来氟米特片":     {ATC: "L04AK01", Insurance: InsuranceB, Control: Uncontrolled, Antibiotic: NotAntibiotic},
		"加巴喷丁胶囊":    {ATC: "N02BF01", Insurance: InsuranceB, Control: Uncontrolled, Antibiotic: NotAntibiotic},
		"枸橼酸西地那非片":  {ATC: "G04BE03", Insurance: InsuranceC, Control: Uncontrolled, Antibiotic: NotAntibiotic},
		"注射用A型肉毒毒素": {ATC: "M03AX01", Insurance: InsuranceC, Control: Toxic, Antibiotic: NotAntibiotic},
	} {
		found := c.Search(name, 1)
		if len(found) == 0 || found[0].Name != name {
			t.Errorf("%s is not found by its name", name)
			continue
		}
		d := found[0]
		if d.ATC != want.ATC || d.Insurance != want.Insurance || d.Control != want.Control ||
			d.Antibiotic != want.Antibiotic {
			t.Errorf("%s: %s %s %s %s", name, d.ATC, d.Insurance, d.Control, d.Antibiotic)
		}
	}
}

func TestDiagnosesKeepTheirInvariants(t *testing.T) {
	icd := regexp.MustCompile(`^[A-Z]\d\d(\.\d)?$`)
	seen := map[string]bool{}
	for _, d := range mustLoad(t).Diagnoses() {
		if !icd.MatchString(d.Code) || seen[d.Code] {
			t.Errorf("%q malformed or twice", d.Code)
		}
		seen[d.Code] = true
	}
	c := mustLoad(t)
	for code, chronic := range map[string]bool{"I10": true, "E11.9": true, "J45.9": true, "J06.9": false,
		"N39.0": false} {
		if d, ok := c.Diagnosis(code); !ok || d.Chronic != chronic {
			t.Errorf("%s: chronic %v, found %v", code, d.Chronic, ok)
		}
	}
}

func TestDrugByTrace(t *testing.T) {
	c := mustLoad(t)
	want := c.Drugs()[3]
	if got, ok := c.DrugByTrace(want.TracePrefix + "0000000000001"); !ok || got != want {
		t.Errorf("got %s, %v", got.Code, ok)
	}
	for _, bad := range []string{"", "89", "0000000", "00000000000000000000"} {
		if d, ok := c.DrugByTrace(bad); ok {
			t.Errorf("%q is %s", bad, d.Code)
		}
	}
}

func TestPackages(t *testing.T) {
	c := mustLoad(t)
	amoxicillin, _ := c.Drug("D0001") // 0.25 g, 24 a box
	tid, _ := c.Frequency("tid")
	weekly, _ := c.Frequency("qw")
	asNeeded, _ := c.Frequency("prn")
	for _, tt := range []struct {
		dose Amount
		f    Frequency
		days int
		want int
	}{
		{500, tid, 4, 1}, {500, tid, 5, 2}, {500, tid, 8, 2}, {250, tid, 7, 1}, {500, weekly, 7, 1},
		{500, asNeeded, 7, 1},
	} {
		if got, err := amoxicillin.Packages(tt.dose, tt.f, tt.days); err != nil || got != tt.want {
			t.Errorf("%v %s %d days: %d, %v", tt.dose, tt.f.Code, tt.days, got, err)
		}
	}
	for _, days := range []int{0, -1, 367} {
		if _, err := amoxicillin.Packages(500, tid, days); !errors.Is(err, ErrCourse) {
			t.Errorf("%d days: %v", days, err)
		}
	}
	if amoxicillin.Package() != "24粒/盒" {
		t.Errorf("package %s", amoxicillin.Package())
	}
}

func TestAmount(t *testing.T) {
	for in, want := range map[string]string{"0.5": "0.5", "1": "1", "1.250": "1.25", "0.125": "0.125", "300": "300"} {
		if a, ok := parseAmount(in); !ok || a.String() != want {
			t.Errorf("%s: %s, %v", in, a, ok)
		}
	}
	for _, in := range []string{"", ".5", "1.", "-1", "1e3", "0.0001", "1234567", "1,5", "１"} {
		if a, ok := parseAmount(in); ok {
			t.Errorf("%q read as %s", in, a)
		}
	}
}

func TestAnswersAreCopiesAndSafeToShare(t *testing.T) {
	c := mustLoad(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			drugs, facts := c.Drugs(), c.Interactions()
			drugs[0].Name, facts[0].ID = "改", "KBS-000"
			c.Search("a", 0)
			if _, err := c.Check([]string{"D0001", "D0002"}, Patient{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if d, _ := c.Drug("D0001"); d.Name != "阿莫西林胶囊" || c.Drugs()[0].Name != d.Name ||
		c.Interactions()[0].ID != "DDI-001" {
		t.Error("a caller changed the catalogue")
	}
}
