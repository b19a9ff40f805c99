package catalogue

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Ingredient is one active substance of a product.
type Ingredient struct {
	Substance         string // the plain substance's WHO code, or S: and a word where WHO gives none (herbs)
	Name, EnglishName string
	Amount            Amount // in one counted Unit of the drug; 0: its label does not state it
	Unit              string
	Source            string
}

// Class is a therapeutic class of which one drug at a time is enough.
type Class struct {
	ID, Name, EnglishName string
	Selector              string
	Severity              Severity
	Source                string
}

// Limit is a ceiling of the drugs a selector names, all of them together. An amount of 0 states
// none.
type Limit struct {
	ID                    string
	Selector              string
	Unit                  string
	Words                 Unit   // the same in both languages
	Single, Daily, Weekly Amount // in Unit
	HighAlert             bool   // a slip of the pen may kill: an unchecked dose is a warning
	WeeklyOnly            bool   // taken once a week at most
	Source                string
}

// Label is what the checks need of a drug beside its row: what it is made of and which ceilings and
// classes concern it. A loaded Label is shared and must not be changed.
type Label struct {
	Drug        Drug
	DoseWords   Unit         // the drug's DoseUnit in both languages
	Ingredients []Ingredient // at least one, unless its makeup is unknown
	Routes      []string     // ways its form can be given
	Limits      []Limit
	Classes     []Class
}

// Plain is the label of a product that is one substance and of which nothing else is known; without
// a WHO code not even that.
func Plain(code, atc, name, english, unit string) *Label {
	l := &Label{Drug: Drug{Code: code, ATC: atc, Name: name, EnglishName: english, DoseUnit: unit},
		DoseWords: Unit{unit, unit, unit, unit}}
	if atc != "" {
		l.Ingredients = []Ingredient{{Substance: atc, Name: name, EnglishName: english, Amount: amountScale,
			Unit: wholeDose}}
	}
	return l
}

// HighAlert tells whether a slip in this drug's dose may kill.
func (l *Label) HighAlert() bool {
	return slices.ContainsFunc(l.Limits, func(x Limit) bool { return x.HighAlert })
}

// WeeklyOnly tells whether the drug is taken once a week at most.
func (l *Label) WeeklyOnly() bool {
	return slices.ContainsFunc(l.Limits, func(x Limit) bool { return x.WeeklyOnly })
}

// Quantity is how much of something is taken: thousandths of a base unit, micrograms for every
// mass.
type Quantity struct {
	N    int64
	Unit string
}

// bases reckons masses in micrograms and units of activity in units; every other unit is its own
// base.
var bases = map[string]struct {
	unit   string
	factor int64
}{"μg": {"μg", 1}, "mg": {"μg", 1000}, "g": {"μg", 1_000_000}, "U": {"U", 1}, "万U": {"U", 10_000}}

// enough caps a factor far above any dose, so that no product of two leaves 64 bits.
const enough = 100_000_000

// In is an amount as a Quantity.
func (a Amount) In(unit string) Quantity {
	b, ok := bases[unit]
	if !ok {
		b.unit, b.factor = unit, 1
	}
	return Quantity{min(int64(a), enough) * b.factor, b.unit}
}

// Times is so many times the quantity, capped instead of overflowing.
func (q Quantity) Times(n int64) Quantity {
	if n > 0 && q.N > math.MaxInt64/n {
		return Quantity{math.MaxInt64, q.Unit}
	}
	return Quantity{q.N * n, q.Unit}
}

// Plus adds two quantities of one unit, capped instead of overflowing.
func (q Quantity) Plus(other Quantity) Quantity {
	if q.N > math.MaxInt64-other.N {
		return Quantity{math.MaxInt64, q.Unit}
	}
	return Quantity{q.N + other.N, q.Unit}
}

// Amount is the quantity in a unit of the same base, rounded up to a thousandth.
func (q Quantity) Amount(unit string) Amount {
	b, ok := bases[unit]
	if !ok {
		b.factor = 1
	}
	return Amount((q.N + b.factor - 1) / b.factor)
}

// Text writes the quantity in a unit of the same base, as Amount rounds it.
func (q Quantity) Text(unit string) string { return q.Amount(unit).String() + unit }

// Part is how much of an ingredient a dose of the drug holds; ok is false where the label does not
// say.
func (d Drug) Part(i Ingredient, dose Amount) (q Quantity, ok bool) {
	if i.Amount <= 0 {
		return Quantity{}, false
	}
	if i.Unit == wholeDose {
		return dose.In(d.DoseUnit), true
	}
	whole := i.Amount.In(i.Unit)
	per := int64(d.DosePerUnit)
	// Dividing first keeps it within 64 bits; the rest is added so that nothing is rounded away.
	n, rest := whole.N/per, whole.N%per
	times := min(int64(dose), enough)
	return Quantity{n, whole.Unit}.Times(times).Plus(Quantity{rest * times / per, whole.Unit}), true
}

// wholeDose marks the ingredient that the drug is: its amount is the dose itself.
const wholeDose = "="

var (
	substancePattern  = regexp.MustCompile(`^([A-Z]\d\d[A-Z]{2}\d\d|S:[a-z-]{3,40})$`)
	limitPattern      = regexp.MustCompile(`^LIM-\d{3}$`)
	classPattern      = regexp.MustCompile(`^DUP-\d{3}$`)
	wordPrefix        = "S:"
	alerts            = map[string]string{"high": "高警示", "none": "一般"}
	rhythms           = map[string]string{"weekly": "每周一次", "any": "不限"}
	ingredientHeader  = "drug,substance,name_zh,name_en,amount,unit,source"
	limitHeader       = "id,selector,unit,single,daily,weekly,alert,rhythm,source"
	classHeader       = "id,name_zh,name_en,selector,severity,source"
	baseHeader        = "version,released"
	basePattern       = regexp.MustCompile(`^\d{4}\.\d{1,2}\.\d{1,3}$`)
	releasedPattern   = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	derivedLimitStart = "MAX-"
)

func (c *Catalogue) addIngredient(w *row) {
	code := reference(w, "drug", c.drugOf)
	i := Ingredient{
		Substance: w.match("substance", substancePattern), Name: w.text("name_zh"), EnglishName: w.text("name_en"),
		Amount: w.amount("amount", true), Unit: reference(w, "unit", c.unitOf), Source: w.text("source"),
	}
	if slices.ContainsFunc(c.ingredients[code], func(x Ingredient) bool { return x.Substance == i.Substance }) {
		w.fail("substance", "must be unique within the drug")
	}
	c.ingredients[code] = append(c.ingredients[code], i)
	c.facts++
}

func (c *Catalogue) addLimit(w *row) {
	l := Limit{
		ID: w.match("id", limitPattern), Selector: w.text("selector"), Unit: reference(w, "unit", c.unitOf),
		Single: w.amount("single", true), Daily: w.amount("daily", true), Weekly: w.amount("weekly", true),
		HighAlert: choice(w, "alert", alerts) == "high", WeeklyOnly: choice(w, "rhythm", rhythms) == "weekly",
		Source: w.text("source"),
	}
	l.Words = c.unitOf[l.Unit]
	c.checkDrugs(w, "selector", l.Selector)
	if slices.ContainsFunc(c.limits, func(x Limit) bool { return x.ID == l.ID }) {
		w.fail("id", "must be unique")
	}
	if l.WeeklyOnly && l.Weekly == 0 {
		w.fail("weekly", "a weekly drug needs its ceiling")
	}
	c.limits = append(c.limits, l)
	c.facts++
}

func (c *Catalogue) addClass(w *row) {
	x := Class{
		ID: w.match("id", classPattern), Name: w.text("name_zh"), EnglishName: w.text("name_en"),
		Selector: w.text("selector"),
		Severity: choice(w, "severity", severityLabels), Source: w.text("source"),
	}
	c.checkDrugs(w, "selector", x.Selector)
	if slices.ContainsFunc(c.classes, func(y Class) bool { return y.ID == x.ID }) {
		w.fail("id", "must be unique")
	}
	c.classes = append(c.classes, x)
	c.facts++
}

// atoms are what selectors may name a drug by: its code, its own WHO code, and every substance in
// it.
func (c *Catalogue) atoms(d Drug) []string {
	list := []string{d.Code}
	if d.ATC != "" {
		list = append(list, d.ATC)
	}
	for _, i := range c.ingredients[d.Code] {
		list = append(list, i.Substance)
	}
	return list
}

// selectable are all alternatives that name some drug. It is asked for when drugs and ingredients
// are in.
func (c *Catalogue) selectable() map[string]bool {
	if c.selectors == nil {
		c.selectors = map[string]bool{}
		for _, d := range c.drugs {
			for _, atom := range c.atoms(d) {
				for n := 1; n <= len(atom); n++ {
					if selects(atom[:n], atom) {
						c.selectors[atom[:n]] = true
					}
				}
			}
		}
	}
	return c.selectors
}

// selects tells whether one alternative of a selector names an atom.
func selects(alternative, atom string) bool {
	if strings.HasPrefix(alternative, wordPrefix) || strings.HasPrefix(atom, wordPrefix) ||
		drugCodePattern.MatchString(atom) {
		return alternative == atom
	}
	return alternative != "" && !drugCodePattern.MatchString(alternative) && strings.HasPrefix(atom, alternative)
}

// selected tells whether a selector names the drug, by itself or by a substance in it.
func (c *Catalogue) selected(d Drug, selector string) bool {
	return c.named(selector, c.atoms(d))
}

func (c *Catalogue) named(selector string, atoms []string) bool {
	for alternative := range strings.SplitSeq(selector, alternatives) {
		if slices.ContainsFunc(atoms, func(a string) bool { return selects(alternative, a) }) {
			return true
		}
	}
	return false
}

// Is tells whether a selector, as in Interaction.A, names the drug or a substance in it.
func (l *Label) Is(selector string) bool {
	for alternative := range strings.SplitSeq(selector, alternatives) {
		if selects(alternative, l.Drug.Code) || selects(alternative, l.Drug.ATC) ||
			slices.ContainsFunc(l.Ingredients, func(i Ingredient) bool { return selects(alternative, i.Substance) }) {
			return true
		}
	}
	return false
}

// Label finds what the checks need of a drug; ok is false for an unknown code. It is shared: do not
// change it.
func (c *Catalogue) Label(code string) (l *Label, ok bool) { l, ok = c.labelOf[code]; return l, ok }

// buildLabels runs when all tables are in.
func (c *Catalogue) buildLabels() error {
	derived := c.derivedLimits()
	for _, d := range c.drugs {
		l := &Label{Drug: d, DoseWords: c.unitOf[d.DoseUnit], Ingredients: c.ingredients[d.Code],
			Routes: strings.Split(c.formOf[d.Form].Routes, alternatives)}
		if len(l.Ingredients) == 0 && d.ATC != "" {
			l.Ingredients = []Ingredient{{Substance: d.ATC, Name: d.Name, EnglishName: d.EnglishName,
				Amount: amountScale, Unit: wholeDose, Source: derivedSource}}
		}
		for _, x := range c.limits {
			if l.Is(x.Selector) {
				l.Limits = append(l.Limits, x)
			}
		}
		for _, i := range l.Ingredients {
			if x, ok := derived[i.Substance]; ok {
				l.Limits = append(l.Limits, x)
			}
		}
		for _, x := range c.classes {
			if l.Is(x.Selector) {
				l.Classes = append(l.Classes, x)
			}
		}
		c.labelOf[d.Code] = l
		if err := l.usualIsAllowed(c.frequencyOf[d.Frequency]); err != nil {
			return err
		}
	}
	return nil
}

const derivedSource = "药品说明书"

// derivedLimits are the daily maxima of plain products as ceilings of their substance, so that
// other products of it count as well. The largest of several products counts, and a row of the
// limits' table goes before it.
func (c *Catalogue) derivedLimits() map[string]Limit {
	found := map[string]Limit{}
	for _, d := range c.drugs {
		_, mass := bases[d.DoseUnit]
		stated := slices.ContainsFunc(c.limits, func(l Limit) bool { return l.Daily > 0 && l.names(d.ATC) })
		if d.MaxDailyDose == 0 || d.ATC == "" || !mass || stated || len(c.ingredients[d.Code]) > 0 {
			continue
		}
		before, ok := found[d.ATC]
		if !ok || before.Daily.In(before.Unit).N < d.MaxDailyDose.In(d.DoseUnit).N {
			found[d.ATC] = Limit{
				ID: derivedLimitStart + d.ATC, Selector: d.ATC, Unit: d.DoseUnit, Words: c.unitOf[d.DoseUnit],
				Daily: d.MaxDailyDose, Source: derivedSource,
			}
		}
	}
	return found
}

// usualIsAllowed refuses a ceiling below what the catalogue itself proposes: one of the two rows is
// wrong.
func (l *Label) usualIsAllowed(f Frequency) error {
	d := l.Drug
	for _, x := range l.Limits {
		q, ok := l.Amount(x, d.Dose)
		day := q.Times(f.Busiest(1))
		week := q.Times(f.Busiest(daysOfWeek))
		if ok && (above(q, x.Single, x.Unit) || above(day, x.Daily, x.Unit) || above(week, x.Weekly, x.Unit)) {
			return fmt.Errorf("catalogue: limits.csv: %s is below the usual dose of %s", x.ID, d.Code)
		}
	}
	return nil
}

const daysOfWeek = 7

func above(q Quantity, ceiling Amount, unit string) bool {
	return ceiling > 0 && q.N > ceiling.In(unit).N
}

// Amount is how much of what a limit counts a dose of the drug holds; ok is false where the label
// does not say.
func (l *Label) Amount(x Limit, dose Amount) (q Quantity, ok bool) {
	base := Amount(amountScale).In(x.Unit).Unit
	if own := dose.In(l.Drug.DoseUnit); own.Unit == base && (l.plain() || x.namesOnlyDrug(l.Drug)) {
		return own, true
	}
	sum := Quantity{Unit: base}
	for _, i := range l.Ingredients {
		if !x.names(i.Substance) {
			continue
		}
		part, known := l.Drug.Part(i, dose)
		if !known || part.Unit != base {
			return sum, false
		}
		sum, ok = sum.Plus(part), true
	}
	return sum, ok
}

// plain tells a product that is one substance, dosed by that substance.
func (l *Label) plain() bool { return len(l.Ingredients) == 1 && l.Ingredients[0].Unit == wholeDose }

func (x Limit) names(atom string) bool {
	for alternative := range strings.SplitSeq(x.Selector, alternatives) {
		if selects(alternative, atom) {
			return true
		}
	}
	return false
}

// namesOnlyDrug tells a limit of the product itself, not of a substance in it.
func (x Limit) namesOnlyDrug(d Drug) bool { return x.names(d.Code) || x.names(d.ATC) }

// Over names the ceilings of a limit that quantities break: "single", "daily", "weekly".
func (x Limit) Over(single, day, week Quantity) []string {
	var broken []string
	for _, c := range []struct {
		name    string
		q       Quantity
		ceiling Amount
	}{{"single", single, x.Single}, {"daily", day, x.Daily}, {"weekly", week, x.Weekly}} {
		if above(c.q, c.ceiling, x.Unit) {
			broken = append(broken, c.name)
		}
	}
	return broken
}

// Stated tells whether the limit states any ceiling.
func (x Limit) Stated() bool { return x.Single > 0 || x.Daily > 0 || x.Weekly > 0 }

// Busiest is the most doses that fall into so many days in a row, doses being spread evenly. As
// needed counts as one a day.
func (f Frequency) Busiest(days int) int64 {
	if f.AsNeeded() {
		return int64(days)
	}
	return f.Doses(days)
}

// Doses is the number of whole doses in a course: the first on the first day, the others spread
// evenly. As needed sets none: 0.
func (f Frequency) Doses(days int) int64 {
	if f.Once() {
		return 1
	}
	return (int64(days)*int64(f.Times) + int64(f.PerDays) - 1) / int64(f.PerDays)
}

// CodeOnce is the frequency of a single dose (立即一次), however many days are written beside it.
const CodeOnce = "st"

// Once tells whether the frequency is a single dose.
func (f Frequency) Once() bool { return f.Code == CodeOnce }

// Base says which tables the checks go by.
type Base struct {
	Version  string // year, month, number
	Released string // civil date
	Digest   string // SM3 over all tables, hex
	Facts    int    // rows about medicines: facts, ingredients, ceilings, classes
}

// Base is the base of this catalogue.
func (c *Catalogue) Base() Base { return c.base }

func (c *Catalogue) addBase(w *row) {
	c.base.Version, c.base.Released = w.match("version", basePattern), w.match("released", releasedPattern)
}

func quoted(s string) string { return strconv.Quote(s) }
