package catalogue

import "slices"

// Catalogue is the loaded reference data. It never changes; it is safe for concurrent use.
type Catalogue struct {
	drugs        []Drug
	diagnoses    []Diagnosis
	forms        []Form
	routes       []Route
	frequencies  []Frequency
	units        []Unit
	interactions []Interaction
	ingredients  map[string][]Ingredient // by drug
	limits       []Limit
	classes      []Class
	labelOf      map[string]*Label
	factIndex    factIndex
	base         Base
	facts        int
	synonyms     map[string][]word // folded, by the code of a drug or a diagnosis
	termOf       map[string]string
	selectors    map[string]bool // all that name some drug, while loading

	drugOf        map[string]Drug
	drugByTrace   map[string]string
	diagnosisOf   map[string]Diagnosis
	formOf        map[string]Form
	routeOf       map[string]Route
	frequencyOf   map[string]Frequency
	unitOf        map[string]Unit
	interactionOf map[string]Interaction

	drugIndex, diagnosisIndex []keys // in the order of drugs and diagnoses
}

func newCatalogue() *Catalogue {
	return &Catalogue{
		drugOf: map[string]Drug{}, drugByTrace: map[string]string{}, diagnosisOf: map[string]Diagnosis{},
		formOf: map[string]Form{}, routeOf: map[string]Route{},
		frequencyOf: map[string]Frequency{}, unitOf: map[string]Unit{}, interactionOf: map[string]Interaction{},
		ingredients: map[string][]Ingredient{}, labelOf: map[string]*Label{},
		synonyms: map[string][]word{}, termOf: map[string]string{},
	}
}

// Drug finds a drug by its code.
func (c *Catalogue) Drug(code string) (Drug, bool) { d, ok := c.drugOf[code]; return d, ok }

// DrugByTrace finds the drug of a trace code, or of its first seven digits.
func (c *Catalogue) DrugByTrace(trace string) (Drug, bool) {
	if len(trace) < tracePrefixLen {
		return Drug{}, false
	}
	return c.Drug(c.drugByTrace[trace[:tracePrefixLen]])
}

const tracePrefixLen = 7

// Drugs are all drugs in the order of their codes.
func (c *Catalogue) Drugs() []Drug { return slices.Clone(c.drugs) }

// Diagnoses are all diagnoses in the order of their codes.
func (c *Catalogue) Diagnoses() []Diagnosis { return slices.Clone(c.diagnoses) }

// Frequency finds a frequency by its code, such as tid.
func (c *Catalogue) Frequency(code string) (Frequency, bool) {
	f, ok := c.frequencyOf[code]
	return f, ok
}

// Frequencies are all frequencies, in the order a picker shows them.
func (c *Catalogue) Frequencies() []Frequency { return slices.Clone(c.frequencies) }

// Route finds a route by its code, such as po.
func (c *Catalogue) Route(code string) (Route, bool) { r, ok := c.routeOf[code]; return r, ok }

// Routes are all routes, in the order a picker shows them.
func (c *Catalogue) Routes() []Route { return slices.Clone(c.routes) }

// Form finds a dosage form by its code.
func (c *Catalogue) Form(code string) (Form, bool) { f, ok := c.formOf[code]; return f, ok }

// Forms are all dosage forms.
func (c *Catalogue) Forms() []Form { return slices.Clone(c.forms) }

// Units are all units of doses and packages, doses' units first.
func (c *Catalogue) Units() []Unit { return slices.Clone(c.units) }

// Interactions are all clinical facts.
func (c *Catalogue) Interactions() []Interaction { return slices.Clone(c.interactions) }
