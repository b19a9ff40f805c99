package catalogue

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Interaction is one clinical fact from a public drug label (说明书). A selects drugs: alternatives
// separated by ;, each an ATC prefix, a drug code, or S: and a word for a substance WHO gives no
// code; a drug is also what its ingredients are. B depends on the kind: another drug selector, an
// Allergen, ICD-10 prefixes, "pregnant", "lactating", an age such as <18 or >=65 (years) or <6m
// (months), or days of supply such as >5.
type Interaction struct {
	ID       string // stable, such as DDI-001
	Kind     Kind
	A, B     string
	Severity Severity
	Message  string // Chinese
	English  string
	Source   string // which label, which section
	Days     int    // of a Duration: how long is fine
}

// Patient is what the facts need to know of a person: no name, no number. AgeMonths 0 is a newborn,
// not "unknown".
type Patient struct {
	AgeMonths           int // completed
	Pregnant, Lactating bool
	Allergies           []Allergen
	Diagnoses           []string // ICD-10 codes, of whenever
	Reasons             []string // those the drugs are prescribed for now
}

// Finding is a fact that applies. Other is the second drug's code, empty unless the fact is about
// two drugs.
type Finding struct {
	Interaction Interaction
	Drug, Other string
}

// ErrUnknownDrug is returned for a code that is in no catalogue: such a drug is not checked, which
// is not "no finding".
var ErrUnknownDrug = errors.New("catalogue: unknown drug code")

const (
	alternatives = ";"
	pregnant     = "pregnant"
	lactating    = "lactating"
)

var (
	interactionPattern = regexp.MustCompile(`^[A-Z]{3}-\d{3}$`)
	agePattern         = regexp.MustCompile(`^(<|>=)([1-9]\d{0,2})(m?)$`)
	durationPattern    = regexp.MustCompile(`^>(\d{1,2})$`)
)

// InteractionsFor are the facts about one drug, whatever the patient and the other drugs: for its
// information page. ErrUnknownDrug.
func (c *Catalogue) InteractionsFor(code string) ([]Interaction, error) {
	d, ok := c.Drug(code)
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrUnknownDrug, code)
	}
	var found []Interaction
	for _, i := range c.interactions {
		if c.selected(d, i.A) || (i.Kind == DrugDrug && c.selected(d, i.B)) {
			found = append(found, i)
		}
	}
	return found, nil
}

// Check applies every fact to the drugs a patient would take together, in the order of the facts;
// the order of the codes does not matter. The age, the pregnancy and the diagnoses are the caller's
// to know; what is left out is not checked. ErrUnknownDrug.
func (c *Catalogue) Check(codes []string, p Patient) ([]Finding, error) {
	drugs := slices.Compact(slices.Sorted(slices.Values(codes)))
	for _, code := range drugs {
		if _, ok := c.drugOf[code]; !ok {
			return nil, fmt.Errorf("%w: %q", ErrUnknownDrug, code)
		}
	}
	return c.factIndex.find(c.interactions, drugs, p), nil
}

func (i Interaction) concerns(p Patient) bool {
	switch i.Kind {
	case Allergy:
		return slices.Contains(p.Allergies, Allergen(i.B))
	case Disease:
		return slices.ContainsFunc(p.Diagnoses, func(code string) bool { return isDisease(i.B, code) })
	case Pregnancy:
		return p.Pregnant
	case Lactation:
		return p.Lactating
	case Indication:
		return len(p.Reasons) > 0 && !slices.ContainsFunc(p.Reasons,
			func(code string) bool { return isDisease(i.B, code) })
	case Duration:
		return true // the caller knows the days
	case Age:
		months, below, _ := ageLimit(i.B) // checked on loading
		return below == (p.AgeMonths < months)
	}
	return false
}

// maxAgeMonths: an age above it is written in years.
const maxAgeMonths = 36

// ageLimit reads an age as completed months; below tells whether the younger are meant.
func ageLimit(s string) (months int, below, ok bool) {
	m := agePattern.FindStringSubmatch(s)
	if m == nil {
		return 0, false, false
	}
	n, err := strconv.Atoi(m[2])
	if m[3] == "" {
		return n * 12, m[1] == "<", err == nil && n <= maxAge
	}
	return n, m[1] == "<", err == nil && n <= maxAgeMonths
}

func isDisease(selector, code string) bool {
	return slices.ContainsFunc(strings.Split(selector, alternatives),
		func(s string) bool { return strings.HasPrefix(code, s) })
}

func (c *Catalogue) addInteraction(w *row) {
	i := Interaction{
		ID: w.match("id", interactionPattern), Kind: choice(w, "kind", kindLabels), A: w.text("a"), B: w.text("b"),
		Severity: choice(w, "severity", severityLabels), Message: w.text("message_zh"), English: w.text("message_en"),
		Source: w.text("source"),
	}
	c.checkDrugs(w, "a", i.A)
	c.checkOther(w, i)
	if i.Kind == Duration {
		i.Days, _ = strconv.Atoi(strings.TrimPrefix(i.B, ">")) // two digits: checked above
	}
	unique(w, "id", i.ID, c.interactionOf, i)
	c.facts++
	c.interactions = append(c.interactions, i)
}

// checkDrugs refuses an alternative that selects nothing: a mistyped code would be a fact that
// never fires.
func (c *Catalogue) checkDrugs(w *row, column, selector string) {
	for _, s := range strings.Split(selector, alternatives) {
		if !c.selectable()[s] {
			w.fail(column, "selects no drug: "+quoted(s))
		}
	}
}

func (c *Catalogue) checkOther(w *row, i Interaction) {
	ok := true
	switch i.Kind {
	case DrugDrug:
		c.checkDrugs(w, "b", i.B)
	case Allergy:
		ok = allergenLabels[Allergen(i.B)] != ""
	case Disease, Indication:
		for _, s := range strings.Split(i.B, alternatives) {
			ok = ok && s != "" && slices.ContainsFunc(c.diagnoses,
				func(d Diagnosis) bool { return strings.HasPrefix(d.Code, s) })
		}
	case Pregnancy:
		ok = i.B == pregnant
	case Lactation:
		ok = i.B == lactating
	case Age:
		_, _, ok = ageLimit(i.B)
	case Duration:
		ok = durationPattern.MatchString(i.B)
	}
	if !ok {
		w.fail("b", "must be what its kind needs")
	}
}
