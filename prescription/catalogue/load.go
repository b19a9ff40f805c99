package catalogue

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/smart-hospital/hospital/chain/gm"
)

const (
	drugHeader = "code,name_zh,name_en,pinyin,category,atc,form,strength,units_per_package,unit,package_unit,insurance," +
		"price_fen,prescription,control,antibiotic,route,dose,dose_unit,dose_per_unit,frequency,days,max_daily_dose," +
		"min_age,pregnancy,trace_prefix"
	diagnosisHeader   = "code,name_zh,name_en,pinyin,chronic"
	namesHeader       = "code,name_zh,name_en"
	formHeader        = "code,name_zh,name_en,routes"
	unitHeader        = "code,name_zh,name_en,plural_en"
	frequencyHeader   = "code,name_zh,name_en,times,per_days"
	synonymHeader     = "term,code"
	interactionHeader = "id,kind,a,b,severity,message_zh,message_en,source"

	maxDose     = Amount(1_000_000 * (amountScale - 1))
	maxUnits    = 1000
	maxPriceFen = 10_000_000 // 100 000 yuan
	maxAge      = 120
	maxTimes    = 24
	maxPerDays  = 31
)

var (
	drugCodePattern  = regexp.MustCompile(`^D\d{4}$`)
	pinyinPattern    = regexp.MustCompile(`^[A-Z0-9]{1,40}$`)
	atcPattern       = regexp.MustCompile(`^([A-Z]\d\d[A-Z]{2}\d\d)?$`)
	diagnosisPattern = regexp.MustCompile(`^[A-Z]\d\d(\.\d)?$`)
	tracePattern     = regexp.MustCompile(`^\d{7}$`)
	unitPattern      = regexp.MustCompile(`^[\p{L}\p{M}]{1,8}$`)
	codePattern      = regexp.MustCompile(`^[A-Za-z0-9_-]{1,16}$`)
)

// Load parses the embedded tables. Any error is all the *RowError of the first table with one,
// joined.
func Load() (*Catalogue, error) {
	data, err := fs.Sub(files, "data")
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	return load(data)
}

// load reads the tables in the order of their references: drugs name forms, routes, frequencies and
// units; facts name drugs and diagnoses.
func load(data fs.FS) (*Catalogue, error) {
	c := newCatalogue()
	tables := []struct {
		file, header string
		each         func(*row)
	}{
		{"base.csv", baseHeader, c.addBase},
		{"forms.csv", formHeader, c.addForm},
		{"routes.csv", namesHeader, c.addRoute},
		{"frequencies.csv", frequencyHeader, c.addFrequency},
		{"units.csv", unitHeader, c.addUnit},
		{"drugs.csv", drugHeader, c.addDrug},
		{"ingredients.csv", ingredientHeader, c.addIngredient},
		{"limits.csv", limitHeader, c.addLimit},
		{"classes.csv", classHeader, c.addClass},
		{"icd10.csv", diagnosisHeader, c.addDiagnosis},
		{"interactions.csv", interactionHeader, c.addInteraction},
		{"synonyms.csv", synonymHeader, c.addSynonym},
	}
	digest := gm.NewHash()
	for _, t := range tables {
		src, err := fs.ReadFile(data, t.file)
		if err != nil {
			return nil, fmt.Errorf("catalogue: %w", err)
		}
		digest.Write([]byte(t.file + "\n"))
		digest.Write(src)
		if err := readTable(t.file, src, t.header, t.each); err != nil {
			return nil, err
		}
	}
	c.base.Digest, c.base.Facts = hex.EncodeToString(digest.Sum(nil)), c.facts
	return c, c.buildIndexes()
}

func (c *Catalogue) addForm(w *row) {
	f := Form{w.match("code", codePattern), w.text("name_zh"), w.text("name_en"), w.text("routes")}
	for route := range strings.SplitSeq(f.Routes, alternatives) {
		if !codePattern.MatchString(route) {
			w.fail("routes", "must be codes of routes")
		}
	}
	unique(w, "code", f.Code, c.formOf, f)
	c.forms = append(c.forms, f)
}

func (c *Catalogue) addRoute(w *row) {
	r := Route{w.match("code", codePattern), w.text("name_zh"), w.text("name_en")}
	unique(w, "code", r.Code, c.routeOf, r)
	c.routes = append(c.routes, r)
}

func (c *Catalogue) addFrequency(w *row) {
	f := Frequency{
		Code: w.match("code", codePattern), Name: w.text("name_zh"), EnglishName: w.text("name_en"),
		Times: int(w.number("times", 0, maxTimes)), PerDays: int(w.number("per_days", 1, maxPerDays)),
	}
	unique(w, "code", f.Code, c.frequencyOf, f)
	c.frequencies = append(c.frequencies, f)
}

func (c *Catalogue) addUnit(w *row) {
	u := Unit{w.match("code", unitPattern), w.text("name_zh"), w.text("name_en"), w.text("plural_en")}
	unique(w, "code", u.Code, c.unitOf, u)
	c.units = append(c.units, u)
}

func (c *Catalogue) addDiagnosis(w *row) {
	chronic := map[string]string{"yes": "慢性病", "no": "非慢性病"}
	d := Diagnosis{
		Code: w.match("code", diagnosisPattern), Name: w.text("name_zh"), EnglishName: w.text("name_en"),
		Pinyin: w.match("pinyin", pinyinPattern), Chronic: choice(w, "chronic", chronic) == "yes",
	}
	unique(w, "code", d.Code, c.diagnosisOf, d)
	c.diagnoses = append(c.diagnoses, d)
}

func (c *Catalogue) addDrug(w *row) {
	d := Drug{
		Code: w.match("code", drugCodePattern), Name: w.text("name_zh"), EnglishName: w.text("name_en"),
		Pinyin: w.match("pinyin", pinyinPattern), Category: choice(w, "category", categoryLabels),
		ATC: w.match("atc", atcPattern), Form: reference(w, "form", c.formOf), Strength: w.text("strength"),
		UnitsPerPackage: int(w.number("units_per_package", 1, maxUnits)), Unit: reference(w, "unit", c.unitOf),
		PackageUnit: reference(w, "package_unit", c.unitOf), Insurance: choice(w, "insurance", insuranceLabels),
		PriceFen:     w.number("price_fen", 1, maxPriceFen),
		Prescription: choice(w, "prescription", prescriptionLabels), Control: choice(w, "control", controlLabels),
		Antibiotic: choice(w, "antibiotic", antibioticLabels), Route: reference(w, "route", c.routeOf),
		Dose: w.amount("dose", false), DoseUnit: reference(w, "dose_unit", c.unitOf),
		DosePerUnit: w.amount("dose_per_unit", false),
		Frequency:   reference(w, "frequency", c.frequencyOf), Days: int(w.number("days", 1, MaxDays)),
		MaxDailyDose: w.amount("max_daily_dose", true), MinAgeYears: int(w.number("min_age", 0, maxAge)),
		Pregnancy: choice(w, "pregnancy", pregnancyLabels), TracePrefix: w.match("trace_prefix", tracePattern),
	}
	c.checkDrug(w, d)
	unique(w, "trace_prefix", d.TracePrefix, c.drugByTrace, d.Code)
	unique(w, "code", d.Code, c.drugOf, d)
	c.drugs = append(c.drugs, d)
}

// checkDrug holds the rules between columns.
func (c *Catalogue) checkDrug(w *row, d Drug) {
	if d.Prescription != PrescriptionOnly && (d.Control != Uncontrolled || d.Antibiotic != NotAntibiotic) {
		w.fail("prescription", "controlled drugs and graded antibiotics need a prescription")
	}
	if d.Category == Patent && d.ATC != "" {
		w.fail("atc", "a patent medicine has none")
	}
	f := c.frequencyOf[d.Frequency]
	if d.MaxDailyDose > 0 && (d.Dose > d.MaxDailyDose ||
		int64(d.Dose)*int64(f.Times) > int64(d.MaxDailyDose)*int64(max(1, f.PerDays))) {
		w.fail("max_daily_dose", "the usual dose must not exceed it")
	}
}

// addSynonym keeps what people call a drug or a disease: one term means one code.
func (c *Catalogue) addSynonym(w *row) {
	term, code := fold(w.text("term")), w.raw("code")
	_, drug := c.drugOf[code]
	_, disease := c.diagnosisOf[code]
	if !drug && !disease {
		w.fail("code", "must be a drug or a diagnosis")
	}
	unique(w, "term", term, c.termOf, code)
	c.synonyms[code] = append(c.synonyms[code], word{term, len(c.termOf)})
}

// buildIndexes runs when all tables are in.
func (c *Catalogue) buildIndexes() error {
	if len(c.drugs) == 0 || len(c.diagnoses) == 0 {
		return errors.New("catalogue: no drugs or no diagnoses")
	}
	for _, d := range c.drugs {
		c.drugIndex = append(c.drugIndex, newKeys(d.Code, d.Name, d.Pinyin, d.EnglishName, c.synonyms[d.Code]))
	}
	for _, d := range c.diagnoses {
		c.diagnosisIndex = append(c.diagnosisIndex,
			newKeys(d.Code, d.Name, d.Pinyin, d.EnglishName, c.synonyms[d.Code]))
	}
	c.buildFactIndex()
	return c.buildLabels()
}
