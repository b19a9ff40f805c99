package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	catalogueapi "github.com/smart-hospital/hospital/app/httpapi/catalogue"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	prescriptionsapi "github.com/smart-hospital/hospital/app/httpapi/prescriptions"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/pricelist"
)

type priceWard struct {
	*httpapitest.Ward
	list          *pricelist.List
	admin, abroad *httpapitest.Actor
}

func newPriceWard(t *testing.T) *priceWard {
	t.Helper()
	base := httpapitest.New(t, sqlstoretest.Open(t, "sqlite::memory:"))
	fatalIf(t, pricelist.Migrate(t.Context(), base.DB))
	c, err := catalogue.Load()
	fatalIf(t, err)
	w := &priceWard{Ward: base, list: &pricelist.List{DB: base.DB, Catalogue: c, Now: base.Clock.Now},
		admin: base.Staff(t, "admin", accounts.Admin, "h1"), abroad: base.Staff(t, "padmin", accounts.Admin, "p1")}
	base.API.RequireHome("h1")
	base.API.Refuses(append(catalogueapi.Refusals, prescriptionsapi.Refusals...))
	catalogueapi.RegisterCatalogue(base.API, c, w.list)
	catalogueapi.RegisterPrices(base.API, w.list)
	return w
}

// TestPrices: an administrator of the hospital finds a drug, changes it, sees who did, tries a file
// and takes it; doctors find the new price, and nothing that is not offered.
func TestPrices(t *testing.T) {
	w := newPriceWard(t)
	doctor := w.Staff(t, "doctor", accounts.Doctor, "h1")
	d := w.list.Catalogue.Drugs()[0]
	play := func(s httpapitest.Scenario) {
		t.Helper()
		if s.Actor == nil {
			s.Actor = w.admin
		}
		w.Play(t, s)
	}
	const at = "/v1/admin/prices"
	play(httpapitest.Scenario{Method: "GET", Path: at + "?q=" + strings.ToLower(d.Pinyin), Status: 200,
		Want: []string{`"code":"` + d.Code + `"`, fmt.Sprintf(`"priceFen":%d,"offered":true,"version":0`, d.PriceFen)}})
	play(httpapitest.Scenario{Method: "GET", Path: at, Status: 200, Want: []string{`"next":"`}})
	play(httpapitest.Scenario{Method: "PUT", Path: at + "/" + d.Code, Status: 200,
		Body: map[string]any{"priceFen": 777, "offered": true, "version": 0}, Want: []string{`"priceFen":777`}})
	play(httpapitest.Scenario{Method: "PUT", Path: at + "/" + d.Code, Status: 409, Code: "version-conflict",
		Body: map[string]any{"priceFen": 778, "offered": true, "version": 0}})
	play(httpapitest.Scenario{Method: "PUT", Path: at + "/D9999", Status: 404, Code: "not-found",
		Body: map[string]any{"priceFen": 778, "offered": true, "version": 0}})
	play(httpapitest.Scenario{Method: "GET", Path: at + "/" + d.Code + "/changes", Status: 200,
		Want: []string{`"person":"` + w.admin.Person + `"`, fmt.Sprintf(`"oldFen":%d,"newFen":777`, d.PriceFen)}})
	play(httpapitest.Scenario{Method: "GET", Path: at + "/D9999/changes", Status: 404, Code: "not-found"})
	search := "/v1/catalogue/drugs?q=" + d.Code
	play(httpapitest.Scenario{Actor: doctor, Method: "GET", Path: search, Status: 200,
		Want: []string{`"priceFen":777`}})

	file := []byte("code,price,offered\n" + d.Code + ",8.88,no\n")
	rec := w.Play(t, httpapitest.Scenario{Actor: w.admin, Method: "POST", Path: at + "/try", Status: 200,
		Body: map[string]any{"file": file}, Want: []string{`"result":"changed"`, `"written":false`}})
	digest := httpapitest.Decode[pricelist.Plan](t, rec).Digest
	play(httpapitest.Scenario{Method: "POST", Path: at + "/try", Status: 422, Code: "invalid-input",
		Fields: []string{"body.file"}, Body: map[string]any{"file": []byte("no heading")}})
	play(httpapitest.Scenario{Method: "POST", Path: at + "/import", Status: 422, Code: "price-file-faulty",
		Body: map[string]any{"file": []byte("code,price\nD9999,1\n"), "digest": digest}})
	play(httpapitest.Scenario{Method: "POST", Path: at + "/import", Status: 409, Code: "price-import-moved",
		Body: map[string]any{"file": append(file, '\n'), "digest": digest}})
	play(httpapitest.Scenario{Method: "POST", Path: at + "/import", Status: 200,
		Body: map[string]any{"file": file, "digest": digest}, Want: []string{`"written":true`, `"newFen":888`}})
	rec = w.Play(t, httpapitest.Scenario{Actor: doctor, Method: "GET", Path: search, Status: 200})
	if strings.Contains(rec.Body.String(), d.Code) {
		t.Error("a doctor finds what is not offered")
	}
	rec = w.Play(t, httpapitest.Scenario{Actor: w.Patient(t, "zhang"), Method: "GET",
		Path: "/v1/catalogue/medicines?q=" + d.Code, Status: 200, Want: []string{`"medicines":[]`}})
	if strings.Contains(rec.Body.String(), d.Name) {
		t.Error("a patient finds what is not offered")
	}
	play(httpapitest.Scenario{Actor: w.Staff(t, "clerk", accounts.Dispenser, "p1"), Method: "GET", Path: search,
		Status: 200, Want: []string{`"priceFen":888`}})
	play(httpapitest.Scenario{Actor: w.abroad, Method: "GET", Path: at, Status: 403, Code: "forbidden"})
	play(httpapitest.Scenario{Actor: w.abroad, Method: "POST", Path: at + "/import", Status: 403, Code: "forbidden",
		Body: map[string]any{"file": file, "digest": digest}})
}

func TestRolesOfPrices(t *testing.T) {
	w := newPriceWard(t)
	admin := []accounts.Role{accounts.Admin}
	w.Roles(t, map[string][]accounts.Role{
		"list-prices": admin, "price-changes": admin, "set-price": admin, "try-prices": admin, "import-prices": admin,
		"search-drugs": {accounts.Doctor, accounts.Reviewer, accounts.Dispenser}, "drug-leaflet": httpapitest.AllRoles,
		"search-medicines": httpapitest.AllRoles,
		"search-diagnoses": httpapitest.AllRoles, "dosage-terms": httpapitest.AllRoles,
	})
}
