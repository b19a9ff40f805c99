package catalogue

import (
	"slices"
	"strings"
	"testing"
)

func label(t testing.TB, c *Catalogue, code string) *Label {
	t.Helper()
	l, ok := c.Label(code)
	if !ok {
		t.Fatalf("no drug %s", code)
	}
	return l
}

// TestEveryProductIsDecomposed: a product of several substances, and a patent medicine, whose
// makeup is not in the table would be checked by its name alone. A new name here must be looked up
// first.
func TestEveryProductIsDecomposed(t *testing.T) {
	// for the skin; no fact speaks of what is in them
	unknown := []string{"炉甘石洗剂", "保妇康栓", "马应龙麝香痔疮膏", "京万红软膏"}
	c := mustLoad(t)
	for _, d := range c.Drugs() {
		if len(label(t, c, d.Code).Ingredients) == 0 && !slices.Contains(unknown, d.Name) {
			t.Errorf("%s %s: its ingredients are unknown", d.Code, d.Name)
		}
	}
	for code, want := range map[string][]string{
		"D0401": {"A10BB01"}, "D0402": {"C03AA03", "C02AC01"}, "D0355": {"N02BE01", "R06AB04"},
		"D0160": {"C09CA03", "C08CA01"},
		"D0388": {"C10AA02"}, "D0222": {"N02AA05", "N02BE01"},
	} {
		for _, s := range want {
			if !slices.ContainsFunc(label(t, c, code).Ingredients,
				func(i Ingredient) bool { return i.Substance == s }) {
				t.Errorf("%s: %s is missing", code, s)
			}
		}
	}
}

// TestAProductIsItsIngredients: whatever the facts say of a plain drug they say of every product
// with the same substance in it.
func TestAProductIsItsIngredients(t *testing.T) {
	c := mustLoad(t)
	plain := map[string]Drug{}
	for _, d := range c.Drugs() {
		if d.ATC != "" && len(c.ingredients[d.Code]) == 0 {
			plain[d.ATC] = d
		}
	}
	compared := 0
	for product, list := range c.ingredients {
		for _, i := range list {
			same, ok := plain[i.Substance]
			if !ok {
				continue
			}
			compared++
			for at, x := range c.interactions {
				if strings.Contains(x.A+x.B, same.Code) {
					continue // a fact of that product, not of its substance
				}
				index := c.factIndex
				if index.a[same.Code].has(at) && !index.a[product].has(at) ||
					index.b[same.Code].has(at) && !index.b[product].has(at) {
					t.Errorf("%s speaks of %s, but not of %s, which holds it", x.ID, same.Code, product)
				}
			}
		}
	}
	if compared < 20 {
		t.Errorf("only %d comparisons", compared)
	}
}

// TestEveryPrescriptionDrugHasACeiling walks the whole catalogue: the drug's own daily maximum or a
// row of the limits.
func TestEveryPrescriptionDrugHasACeiling(t *testing.T) {
	c := mustLoad(t)
	for _, d := range c.Drugs() {
		l := label(t, c, d.Code)
		stated := d.MaxDailyDose > 0 || slices.ContainsFunc(l.Limits, Limit.Stated)
		// dosed by nuclear medicine alone, never on a prescription of ours
		if !stated && d.Name != "碘[131I]化钠口服溶液" {
			t.Errorf("%s %s has no ceiling", d.Code, d.Name)
		}
	}
}

// TestHighAlertDrugs: classes in which a slip of the pen may kill.
func TestHighAlertDrugs(t *testing.T) {
	c := mustLoad(t)
	for _, class := range []string{
		"A10A", "B01AA", "B01AB", "B01AE", "B01AF", "L04AX", "L04AD", "C01AA", "C01B", "N02A", "N01AH", "R05DA04",
		"A12BA", "N05AN", "R03DA", "M04AC",
		"H03AA", "N03AF", "N03AG", "N03AA", "N03AX09", "A10BB", "M03AX", "J01GB",
	} {
		some := false
		for _, d := range c.Drugs() {
			if strings.HasPrefix(d.ATC, class) && d.Category == Western {
				some = true
				if !label(t, c, d.Code).HighAlert() {
					t.Errorf("%s %s is not marked", d.Code, d.Name)
				}
			}
		}
		if !some {
			t.Errorf("no drug of %s", class)
		}
	}
	for _, code := range []string{"D0314", "D0113", "D0130"} {
		if !label(t, c, code).WeeklyOnly() {
			t.Errorf("%s is weekly", code)
		}
	}
	if !label(t, c, "D0401").HighAlert() {
		t.Error("a patent medicine with glibenclamide in it")
	}
}

func TestQuantitiesAreExactAndCapped(t *testing.T) {
	c := mustLoad(t)
	part := func(drug, substance string, dose Amount) string {
		l := label(t, c, drug)
		for _, i := range l.Ingredients {
			if i.Substance == substance {
				q, ok := l.Drug.Part(i, dose)
				if !ok {
					return "?"
				}
				return q.Text("mg")
			}
		}
		return "none"
	}
	for _, tt := range []struct {
		drug, substance string
		dose            Amount
		want            string
	}{
		{"D0215", "N02BE01", 1500, "150mg"},   // 1.5 ml of 1.5 g in 15 ml
		{"D0204", "M01AE01", 7500, "150mg"},   // 7.5 ml of 2 g in 100 ml
		{"D0401", "A10BB01", 10_000, "2.5mg"}, // ten pills
		{"D0355", "N02BE01", 1000, "250mg"}, {"D0003", "J01CA04", 1250, "1000mg"}, {"D0214", "N02BE01", 500, "500mg"},
		{"D0358", "S:ephedra", 4000, "?"}, {"D0168", "C02AA02", 3000, "0.096mg"},
	} {
		if got := part(tt.drug, tt.substance, tt.dose); got != tt.want {
			t.Errorf("%s of %s: %s, want %s", tt.substance, tt.drug, got, tt.want)
		}
	}
	huge := Amount(1 << 62).In("g")
	for range 100 {
		huge = huge.Times(1000).Plus(huge)
		if huge.N <= 0 {
			t.Fatal("overflow")
		}
	}
}

// TestWholeDoses: packages come from the doses that fall into the course, not from an average rate.
func TestWholeDoses(t *testing.T) {
	c := mustLoad(t)
	for _, tt := range []struct {
		code string
		days int
		want int64
	}{
		{"qod", 7, 4}, {"qod", 8, 4}, {"qod", 1, 1}, {"qw", 28, 4}, {"qw", 29, 5}, {"qw", 1, 1}, {"q2w", 28, 2},
		{"q2w", 7, 1}, {"q3d", 7, 3},
		{"biw", 7, 2}, {"biw", 10, 3}, {"tiw", 28, 12}, {"tid", 7, 21}, {"st", 1, 1}, {"st", 7, 1}, {"prn", 7, 0},
	} {
		f, ok := c.Frequency(tt.code)
		if got := f.Doses(tt.days); !ok || got != tt.want {
			t.Errorf("%s for %d days: %d doses, want %d", tt.code, tt.days, got, tt.want)
		}
	}
	for _, f := range c.Frequencies() {
		for days := 1; days < 100; days++ {
			n, next := f.Doses(days), f.Doses(days+1)
			switch {
			case n > next || next-n > int64(max(1, f.Times)):
				t.Errorf("%s: %d doses in %d days, %d in one more", f.Code, n, days, next)
			case !f.AsNeeded() && !f.Once() &&
				(n*int64(f.PerDays) < int64(days)*int64(f.Times) ||
					(n-1)*int64(f.PerDays) >= int64(days)*int64(f.Times)):
				t.Errorf("%s: %d doses in %d days do not fit the rate", f.Code, n, days)
			}
		}
	}
}

func TestTheBaseNamesItself(t *testing.T) {
	c := mustLoad(t)
	b := c.Base()
	if b.Version == "" || len(b.Digest) != 64 || b.Facts < 400 || b.Released == "" {
		t.Errorf("%+v", b)
	}
	m := embedded(t)
	m["limits.csv"].Data = []byte(
		strings.Replace(string(m["limits.csv"].Data), "LIM-001,A10A,U,50,100", "LIM-001,A10A,U,50,101", 1))
	other, err := load(m)
	if err != nil || other.Base().Digest == b.Digest || other.Base().Facts != b.Facts {
		t.Errorf("another base with the same digest, or %v", err)
	}
}

func BenchmarkCheckFiveDrugs(b *testing.B) {
	c := mustLoad(b)
	codes := []string{"D0185", "D0202", "D0097", "D0135", "D0170"}
	p := Patient{AgeMonths: 70 * 12, Diagnoses: []string{"I10", "E11.9", "I50.0"}, Allergies: []Allergen{Penicillin}}
	for b.Loop() {
		if _, err := c.Check(codes, p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		mustLoad(b)
	}
}
