package rules

import (
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
)

// FactKind is what a clinical fact is about.
type FactKind string

// Fact is one statement of a public drug label that applies to an order.
type Fact struct {
	ID       string // stable, such as DDI-001
	Kind     FactKind
	Drug     string // code
	Other    string // second drug's code, of an interaction
	Severity Severity
	ZH, EN   string
	Source   string
	Days     int // of a duration: how long is fine
}

// Condition is what the facts need to know of a person: no name, no number.
type Condition struct {
	AgeMonths           int   // completed months
	WeightGrams         int64 // 0: not known
	Pregnant, Lactating bool
	Allergens           []string
	Diagnoses           []string // ICD-10 base codes, of whenever
	Reasons             []string // those of the prescription
}

// Formulary is the drug catalogue as the rules need it. ok is false for an unknown code. Facts
// returns an error when it cannot judge one of the drugs, so that "nothing known" never reads as
// "harmless".
type Formulary interface {
	Drug(code string) (d medicine.Drug, ok bool)
	Frequency(code string) (f medicine.Frequency, ok bool)
	Route(code string) (r medicine.Route, ok bool)
	Diagnosis(code string) (d medicine.Diagnosis, ok bool)
	Facts(drugs []string, c Condition) ([]Fact, error)
	Label(code string) (l *catalogue.Label, ok bool) // shared: not to be changed
	Base() catalogue.Base                            // the tables judged by
}

// Kinds of facts.
const (
	FactInteraction FactKind = "interaction"
	FactAllergy     FactKind = "allergy"
	FactDisease     FactKind = "disease"
	FactPregnancy   FactKind = "pregnancy"
	FactLactation   FactKind = "lactation"
	FactAge         FactKind = "age"
	FactIndication  FactKind = "indication"
	FactDuration    FactKind = "duration"
)
