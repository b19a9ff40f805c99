package httpapi_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	catalogueapi "github.com/smart-hospital/hospital/app/httpapi/catalogue"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription/catalogue"
)

// TestTermsNameEverything: whatever a prescription may say of a drug has an English word, so that
// no reader is shown a bare code.
func TestTermsNameEverything(t *testing.T) {
	w := httpapitest.New(t, sqlstoretest.Open(t, "sqlite::memory:"))
	c, err := catalogue.Load()
	fatalIf(t, err)
	catalogueapi.RegisterCatalogue(w.API, c, nil)
	type terms struct {
		Frequencies []catalogueapi.CatalogueFrequency
		Routes      []catalogueapi.CatalogueTerm
		Forms       []catalogueapi.CatalogueTerm
		Units       []catalogueapi.CatalogueUnit
	}
	rec := w.Play(t, httpapitest.Scenario{Actor: w.Patient(t, "zhang"), Method: "GET", Path: "/v1/catalogue/terms",
		Status: 200,
		Want: []string{`{"code":"bid","name":"每日两次","englishName":"twice a day","times":2,"perDays":1}`,
			`{"code":"盒","name":"盒","englishName":"box","englishPlural":"boxes"}`}})
	got := httpapitest.Decode[terms](t, rec)
	english := map[string]string{}
	for _, f := range got.Frequencies {
		english["frequency "+f.Code] = f.EnglishName
	}
	for _, r := range got.Routes {
		english["route "+r.Code] = r.EnglishName
	}
	for _, f := range got.Forms {
		english["form "+f.Name] = f.EnglishName
	}
	for _, u := range got.Units {
		english["unit "+u.Code], english["units "+u.Code] = u.EnglishName, u.EnglishPlural
	}
	for _, d := range c.Drugs() {
		form, _ := c.Form(d.Form)
		for _, need := range []string{"frequency " + d.Frequency, "route " + d.Route, "form " + form.Name,
			"unit " + d.Unit, "unit " + d.PackageUnit, "unit " + d.DoseUnit, "units " + d.PackageUnit} {
			if word := english[need]; word == "" || strings.ContainsAny(word, "每日次片盒剂") {
				t.Errorf("%s: %s is %q in English", d.Code, need, word)
			}
		}
	}
	doctor := w.Staff(t, "doctor", accounts.Doctor, "h1")
	w.Run(t,
		httpapitest.Scenario{Name: "a drug's packing in parts", Actor: doctor, Method: "GET",
			Path: "/v1/catalogue/drugs?q=D0001", Status: 200,
			Want: []string{`"package":"24粒/盒","pieces":24,"unit":"粒","packageUnit":"盒"`}},
		httpapitest.Scenario{Name: "without a session", Method: "GET", Path: "/v1/catalogue/terms", Status: 401,
			Code: "unauthenticated"},
		httpapitest.Scenario{Name: "what is known of a drug, and what is not",
			Actor: w.Patient(t, "zhang"), Method: "GET", Path: "/v1/catalogue/drugs/D0135/leaflet", Status: 200,
			Want: []string{`"maxDaily":"10","doseUnit":"mg"`, `"source":"药品说明书"`, `"id":"DDI-022"`,
				`"missing":["storage","alcohol","driving"]`}},
		httpapitest.Scenario{Name: "no such drug", Actor: doctor, Method: "GET",
			Path: "/v1/catalogue/drugs/D9999/leaflet", Status: 404, Code: "not-found"},
		httpapitest.Scenario{Name: "a stranger and a leaflet", Method: "GET", Path: "/v1/catalogue/drugs/D0135/leaflet",
			Status: 401, Code: "unauthenticated"},
	)
}

// TestMedicinesAreLookedUp: a patient finds a medicine by its name and its initials, and sees no
// price; what is under special control is not found.
func TestMedicinesAreLookedUp(t *testing.T) {
	w := httpapitest.New(t, sqlstoretest.Open(t, "sqlite::memory:"))
	c, err := catalogue.Load()
	fatalIf(t, err)
	catalogueapi.RegisterCatalogue(w.API, c, nil)
	patient, path := w.Patient(t, "zhang"), "/v1/catalogue/medicines"
	for _, q := range []string{"氨氯地平", "bhsaldpp", "Amlodipine", "D0135"} {
		rec := w.Play(t, httpapitest.Scenario{Actor: patient, Method: "GET", Path: path + "?q=" + url.QueryEscape(q),
			Status: 200, Want: []string{`"code":"D0135","name":"苯磺酸氨氯地平片"`, `"package":"28片/盒"`}})
		if strings.Contains(rec.Body.String(), "priceFen") {
			t.Errorf("%s tells a price: %s", q, rec.Body)
		}
	}
	controlled := 0
	for _, d := range c.Drugs() {
		if d.Control == catalogue.Uncontrolled {
			continue
		}
		controlled++
		w.Play(t, httpapitest.Scenario{Name: d.Name, Actor: patient, Method: "GET", Path: path + "?q=" + d.Code,
			Status: 200, Want: []string{`"medicines":[],"more":false`}})
	}
	if controlled == 0 {
		t.Error("the catalogue has nothing under control: this test sees nothing")
	}
	w.Run(t,
		httpapitest.Scenario{Name: "more than asked for", Actor: patient, Method: "GET",
			Path: path + "?limit=1&q=" + url.QueryEscape("片"), Status: 200, Want: []string{`"more":true`}},
		httpapitest.Scenario{Name: "no word", Actor: patient, Method: "GET", Path: path + "?q=", Status: 200,
			Want: []string{`"medicines":[]`}},
		httpapitest.Scenario{Name: "too long a word", Actor: patient, Method: "GET",
			Path: path + "?q=" + strings.Repeat("a", 51), Status: 422, Code: "invalid-input"},
		httpapitest.Scenario{Name: "a stranger", Method: "GET", Path: path + "?q=a", Status: 401,
			Code: "unauthenticated"},
	)
}
