// Package catalogue is drugs, diagnoses and terms over HTTP.
package catalogue

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/formulary"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/pricelist"
)

var tagCatalogue = web.Tag{Name: "Catalogue", Doc: "Drugs, diagnoses and terms to write a prescription with."}

// CatalogueDrug is a drug as a prescribing doctor searches it, with the usual dosage of its label.
type CatalogueDrug struct {
	Code        string                      `json:"code" example:"D0135"`
	Name        string                      `json:"name" doc:"Generic name (通用名) with form" example:"苯磺酸氨氯地平片"`
	EnglishName string                      `json:"englishName" example:"Amlodipine"`
	Pinyin      string                      `json:"pinyin" doc:"Initials" example:"BHSALDPP"`
	ATC         string                      `json:"atc,omitempty" example:"C08CA01"`
	Form        string                      `json:"form" example:"片剂"`
	Strength    string                      `json:"strength" example:"5mg"`
	Package     string                      `json:"package" doc:"Packing as printed" example:"28片/盒"`
	Pieces      int                         `json:"pieces" doc:"Counted units in one package" example:"28"`
	Unit        string                      `json:"unit" doc:"Code of the unit that is counted" example:"片"`
	PackageUnit string                      `json:"packageUnit" doc:"Code of the package's unit" example:"盒"`
	Insurance   catalogue.InsuranceClass    `json:"insurance" doc:"甲 A, 乙 B, 丙 C" enum:"A,B,C"`
	PriceFen    int64                       `json:"priceFen" doc:"One package, in fen (分)" example:"1680"`
	Class       catalogue.PrescriptionClass `json:"class" enum:"rx,otc"`
	Control     catalogue.ControlClass      `json:"control" doc:"Not none: not prescribed online" example:"none"`
	Antibiotic  catalogue.AntibioticGrade   `json:"antibiotic" enum:"none,unrestricted,restricted,special"`
	Usual       UsualDosage                 `json:"usual"`
}

// UsualDosage is what the pickers start with.
type UsualDosage struct {
	Dose      medicine.Amount `json:"dose" example:"5"`
	DoseUnit  string          `json:"doseUnit" example:"mg"`
	Frequency string          `json:"frequency" example:"qd"`
	Route     string          `json:"route" example:"po"`
	Days      int             `json:"days" example:"7"`
	Packages  int             `json:"packages" doc:"That cover it" example:"1"`
}

// CatalogueDiagnosis is a code of ICD-10.
type CatalogueDiagnosis struct {
	Code        string `json:"code" example:"I10"`
	Name        string `json:"name" example:"特发性(原发性)高血压"`
	EnglishName string `json:"englishName" example:"Acute upper respiratory infection"`
	Chronic     bool   `json:"chronic" doc:"慢性病: a longer supply may be justified"`
}

// CatalogueTerm is a route or a dosage form.
type CatalogueTerm struct {
	Code        string `json:"code" doc:"Latin abbreviation of a route; our own code of a form" example:"po"`
	Name        string `json:"name" doc:"As prescriptions print it" example:"口服"`
	EnglishName string `json:"englishName" example:"oral"`
}

// CatalogueFrequency is how often a dose is taken.
type CatalogueFrequency struct {
	Code        string `json:"code" doc:"Latin abbreviation" example:"tid"`
	Name        string `json:"name" doc:"As prescriptions print it" example:"每日三次"`
	EnglishName string `json:"englishName" example:"three times a day"`
	Times       int    `json:"times" doc:"Doses in so many days; 0: as needed (必要时)" example:"3"`
	PerDays     int    `json:"perDays" example:"1"`
}

// CatalogueUnit is what doses and packages are counted in.
type CatalogueUnit struct {
	Code          string `json:"code" doc:"As prescriptions print it" example:"片"`
	Name          string `json:"name" example:"片"`
	EnglishName   string `json:"englishName" example:"tablet"`
	EnglishPlural string `json:"englishPlural" example:"tablets"`
}

// CatalogueMedicine is what a medicine is, for whoever looks it up: no price, and nothing to order
// by.
type CatalogueMedicine struct {
	Code        string                      `json:"code" example:"D0135"`
	Name        string                      `json:"name" doc:"Generic name (通用名) with form" example:"苯磺酸氨氯地平片"`
	EnglishName string                      `json:"englishName" example:"Amlodipine"`
	Strength    string                      `json:"strength" example:"5mg"`
	Package     string                      `json:"package" doc:"Packing as printed" example:"28片/盒"`
	Pieces      int                         `json:"pieces" doc:"Counted units in one package" example:"28"`
	Unit        string                      `json:"unit" doc:"Code of the unit that is counted" example:"片"`
	PackageUnit string                      `json:"packageUnit" doc:"Code of the package's unit" example:"盒"`
	Class       catalogue.PrescriptionClass `json:"class" enum:"rx,otc"`
}

// CatalogueLeaflet is what the tables know of one drug from its public label (说明书): a selection,
// never all of it.
type CatalogueLeaflet struct {
	CatalogueMedicine
	MaxDaily  medicine.Amount            `json:"maxDaily" doc:"The label's maximum a day; 0: the tables state none" example:"10"`
	DoseUnit  string                     `json:"doseUnit" doc:"Of maxDaily" example:"mg"`
	MinAge    int                        `json:"minAge" doc:"Years below which the label advises against it; 0: the tables state none" example:"6"`
	Pregnancy catalogue.PregnancyCaution `json:"pregnancy" doc:"none: no special warning" enum:"none,caution,contraindicated" example:"caution"`
	Source    string                     `json:"source" doc:"Of the facts above" example:"药品说明书"`
	Facts     []LeafletFact              `json:"facts" doc:"In the order of the tables; empty: they hold none, which does not mean that there are none"`
	Missing   []string                   `json:"missing" doc:"What a leaflet says and the tables have nothing checked of" example:"storage"`
}

// LeafletFact is one statement of a label.
type LeafletFact struct {
	ID       string             `json:"id" example:"PRE-001"`
	Kind     catalogue.Kind     `json:"kind" enum:"drug-drug,allergy,disease,pregnancy,lactation,age,indication,duration" example:"pregnancy"`
	Severity catalogue.Severity `json:"severity" enum:"critical,warning,info" example:"warning"`
	ZH       string             `json:"zh" example:"妊娠中晚期禁用"`
	EN       string             `json:"en" example:"contraindicated in the second and third trimester"`
	Source   string             `json:"source" doc:"Label and section" example:"缬沙坦胶囊说明书【孕妇及哺乳期妇女用药】"`
}

// unchecked are a leaflet's chapters that no table has: a pharmacist has to enter them from the
// label before they are shown.
var unchecked = []string{"storage", "alcohol", "driving"}

type searchInput struct {
	Query string `query:"q" minLength:"1" maxLength:"50" doc:"Chinese name, pinyin initials, English name or code" example:"ALDP"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"20"`
}

type (
	drugsOutput struct {
		Body struct {
			Drugs []CatalogueDrug `json:"drugs" doc:"Best match first"`
		}
	}
	medicinesOutput struct {
		Body struct {
			Medicines []CatalogueMedicine `json:"medicines" doc:"Best match first"`
			More      bool                `json:"more" doc:"Others match as well: a longer word finds them"`
		}
	}
	diagnosesOutput struct {
		Body struct {
			Diagnoses []CatalogueDiagnosis `json:"diagnoses" doc:"Best match first"`
		}
	}
	leafletInput struct {
		Code string `path:"code" maxLength:"16" doc:"Catalogue code" example:"D0135"`
	}
	leafletOutput struct{ Body CatalogueLeaflet }
	termsOutput   struct {
		Body struct {
			Frequencies []CatalogueFrequency `json:"frequencies" doc:"In a picker's order"`
			Routes      []CatalogueTerm      `json:"routes" doc:"In a picker's order"`
			Forms       []CatalogueTerm      `json:"forms" doc:"Prescriptions carry a form's name, not its code"`
			Units       []CatalogueUnit      `json:"units"`
		}
	}
)

// RegisterCatalogue adds the look-ups a prescribing doctor types into.
func RegisterCatalogue(a *web.API, c *catalogue.Catalogue, prices *pricelist.List) {
	staff := []accounts.Role{accounts.Doctor, accounts.Reviewer, accounts.Dispenser}
	web.Handle(a, web.Op{ID: "search-drugs", Method: http.MethodGet, Path: "/v1/catalogue/drugs",
		Summary: "Search drugs (药品目录)", Tag: tagCatalogue, Roles: staff,
		Doc: "With the hospital's prices. Doctors do not find what the hospital does not offer."},
		func(ctx context.Context, in *searchInput) (*drugsOutput, error) {
			out := &drugsOutput{}
			out.Body.Drugs = []CatalogueDrug{}
			found, err := prices.Of(ctx, c.Search(in.Query, catalogue.MaxSearchResults),
				web.Caller(ctx).Role == accounts.Doctor)
			if err != nil {
				return nil, err
			}
			for _, d := range found[:min(len(found), in.Limit)] {
				out.Body.Drugs = append(out.Body.Drugs, catalogueDrug(c, d))
			}
			return out, nil
		})
	web.Handle(a, web.Op{ID: "search-medicines", Method: http.MethodGet, Path: "/v1/catalogue/medicines",
		Summary: "Look a medicine up (药品查询)", Tag: tagCatalogue, AnyRole: true,
		Doc: "What the hospital offers and may prescribe online, without prices: information, nothing is ordered by it."},
		func(ctx context.Context, in *searchInput) (*medicinesOutput, error) {
			found, err := prices.Of(ctx, c.Search(in.Query, catalogue.MaxSearchResults), true)
			if err != nil {
				return nil, err
			}
			found = slices.DeleteFunc(slices.Clone(found),
				func(d catalogue.Drug) bool { return d.Control != catalogue.Uncontrolled })
			out := &medicinesOutput{}
			out.Body.Medicines, out.Body.More = []CatalogueMedicine{}, len(found) > in.Limit
			for _, d := range found[:min(len(found), in.Limit)] {
				out.Body.Medicines = append(out.Body.Medicines, medicineOf(d))
			}
			return out, nil
		})
	web.Handle(a, web.Op{ID: "drug-leaflet", Method: http.MethodGet, Path: "/v1/catalogue/drugs/{code}/leaflet",
		Summary: "What the tables know of a drug's label (说明书摘要)", Tag: tagCatalogue, AnyRole: true,
		Doc: "A selection: nothing said does not mean that nothing is to be said."},
		func(_ context.Context, in *leafletInput) (*leafletOutput, error) {
			l, ok := leaflet(c, in.Code)
			if !ok {
				return nil, huma.Error404NotFound("no such drug")
			}
			return &leafletOutput{l}, nil
		})
	web.Handle(a, web.Op{ID: "search-diagnoses", Method: http.MethodGet, Path: "/v1/catalogue/diagnoses",
		Summary: "Search diagnoses (ICD-10)", Tag: tagCatalogue, AnyRole: true},
		func(_ context.Context, in *searchInput) (*diagnosesOutput, error) {
			out := &diagnosesOutput{}
			out.Body.Diagnoses = []CatalogueDiagnosis{}
			for _, d := range c.SearchDiagnoses(in.Query, in.Limit) {
				out.Body.Diagnoses = append(out.Body.Diagnoses,
					CatalogueDiagnosis{d.Code, d.Name, d.EnglishName, d.Chronic})
			}
			return out, nil
		})
	web.Handle(a, web.Op{ID: "dosage-terms", Method: http.MethodGet, Path: "/v1/catalogue/terms",
		Summary: "Frequencies, routes, forms and units in Chinese and English (频次, 给药途径, 剂型, 单位)",
		Tag:     tagCatalogue, AnyRole: true},
		func(context.Context, *struct{}) (*termsOutput, error) {
			out := &termsOutput{}
			for _, f := range c.Frequencies() {
				out.Body.Frequencies = append(out.Body.Frequencies,
					CatalogueFrequency{f.Code, f.Name, f.EnglishName, f.Times, f.PerDays})
			}
			for _, r := range c.Routes() {
				out.Body.Routes = append(out.Body.Routes, CatalogueTerm(r))
			}
			for _, f := range c.Forms() {
				out.Body.Forms = append(out.Body.Forms, CatalogueTerm{f.Code, f.Name, f.EnglishName})
			}
			for _, u := range c.Units() {
				out.Body.Units = append(out.Body.Units, CatalogueUnit(u))
			}
			return out, nil
		})
}

func leaflet(c *catalogue.Catalogue, code string) (l CatalogueLeaflet, ok bool) {
	d, ok := c.Drug(code)
	facts, err := c.InteractionsFor(code)
	if !ok || err != nil {
		return CatalogueLeaflet{}, false
	}
	l = CatalogueLeaflet{
		CatalogueMedicine: medicineOf(d), MaxDaily: medicine.Amount(d.MaxDailyDose), DoseUnit: d.DoseUnit,
		MinAge: d.MinAgeYears, Pregnancy: d.Pregnancy, Source: formulary.LabelSource,
		Facts: make([]LeafletFact, len(facts)), Missing: unchecked,
	}
	for i, f := range facts {
		l.Facts[i] = LeafletFact{f.ID, f.Kind, f.Severity, f.Message, f.English, f.Source}
	}
	return l, true
}

func medicineOf(d catalogue.Drug) CatalogueMedicine {
	return CatalogueMedicine{Code: d.Code, Name: d.Name, EnglishName: d.EnglishName, Strength: d.Strength,
		Package: d.Package(), Pieces: d.UnitsPerPackage, Unit: d.Unit, PackageUnit: d.PackageUnit,
		Class: d.Prescription}
}

func catalogueDrug(c *catalogue.Catalogue, d catalogue.Drug) CatalogueDrug {
	form, _ := c.Form(d.Form)
	frequency, _ := c.Frequency(d.Frequency)
	packages, err := d.Packages(d.Dose, frequency, d.Days)
	if err != nil {
		packages = 1 // the loader refuses such a row; one package is what a picker would start with anyway
	}
	return CatalogueDrug{
		Code: d.Code, Name: d.Name, EnglishName: d.EnglishName, Pinyin: d.Pinyin, ATC: d.ATC, Form: form.Name,
		Strength: d.Strength, Package: d.Package(), Pieces: d.UnitsPerPackage, Unit: d.Unit, PackageUnit: d.PackageUnit,
		Insurance: d.Insurance, PriceFen: d.PriceFen, Class: d.Prescription, Control: d.Control,
		Antibiotic: d.Antibiotic,
		Usual: UsualDosage{Dose: medicine.Amount(d.Dose), DoseUnit: d.DoseUnit, Frequency: d.Frequency,
			Route: d.Route, Days: d.Days, Packages: packages},
	}
}
