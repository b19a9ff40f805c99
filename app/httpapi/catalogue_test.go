package httpapi_test

import (
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
