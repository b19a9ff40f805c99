package httpapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	pharmaciesapi "github.com/smart-hospital/hospital/app/httpapi/pharmacies"
)

func TestChoiceOfPharmacyOverHTTP(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		id, pickup := w.paid(t)
		path := "/v1/prescriptions/" + string(id)
		code := map[string]any{"accessCode": pickup[strings.LastIndex(pickup, ":")+1:]}
		choose := func(name string, by *httpapitest.Actor, pharmacy string, status int, problem string,
			fields ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: by, Method: "PUT", Path: path + "/pharmacy",
				Body: map[string]any{"pharmacy": pharmacy}, Status: status, Code: problem, Fields: fields}
		}
		incoming := func(name string, by *httpapitest.Actor, want ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: by, Method: "GET", Path: "/v1/incoming", Status: 200,
				Want: want, Hide: []string{"张三", "阿莫西林", "D0001", code["accessCode"].(string)}}
		}
		none := `{"prescriptions":[]}`
		w.Run(t,
			choose("no pharmacy of ours", w.patient, "p9", 422, "invalid-input", "body.pharmacy"),
			choose("another patient's", w.other, "p1", 404, "not-found"),
			choose("a doctor", w.doctor, "p1", 403, "forbidden"),
			choose("the first", w.patient, "p2", 200, ""),
			incoming("the first one sees it coming, and that its shelf lacks it", w.ph2, string(id),
				`"items":1,"complete":false`),
			choose("changed", w.patient, "p1", 200, ""),
			incoming("the first one sees it no more", w.ph2, none),
			incoming("the other one has it all", w.ph1, string(id), `"items":1,"complete":true`),
			httpapitest.Scenario{Name: "the patient reads the choice", Actor: w.patient, Method: "GET", Path: path,
				Status: 200, Want: []string{`"choice":{"pharmacy":"p1"`}},
			httpapitest.Scenario{Name: "the chosen one still needs the code", Actor: w.ph1, Method: "GET", Path: path,
				Status: 404, Code: "not-found"},
		)
		// It binds nobody: the other pharmacy gets a delivery and claims.
		fatalIf(t, w.svc.FillStock(t.Context(), "p2", map[string]int64{"D0001": 5}, "首次入库"))
		w.Clock.Advance(time.Second)
		w.act(t, w.ph2, id, "claim", code)
		w.Run(t,
			incoming("nobody waits for it any more", w.ph1, none),
			choose("too late", w.patient, "p1", 409, "status"),
		)
	})
}

// TestPharmaciesOfThisMoment: the list was read at the start only, so a pharmacy that the members
// admitted later could not be chosen, and an expelled one still could.
func TestPharmaciesOfThisMoment(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		id, _ := w.paid(t)
		choose := func(pharmacy string, status int) httpapitest.Scenario {
			return httpapitest.Scenario{Name: pharmacy, Actor: w.patient, Method: "PUT",
				Path: "/v1/prescriptions/" + string(id) + "/pharmacy", Body: map[string]any{"pharmacy": pharmacy},
				Status: status,
				Code:   map[int]string{200: "", 422: "invalid-input"}[status]}
		}
		list := httpapitest.Scenario{Actor: w.patient, Method: "GET", Path: "/v1/pharmacies", Status: 200,
			Want: []string{`"id":"p1"`, `"id":"p2"`}, Hide: []string{`"id":"p3"`}}
		w.Run(t, list, choose("p2", 200), choose("p3", 422))
		w.pharmacies = []pharmaciesapi.Pharmacy{{ID: "p1", Name: "First Pharmacy"}, {ID: "p3", Name: "Third Pharmacy"}}
		list.Want, list.Hide = []string{`"id":"p1"`, `"id":"p3"`}, []string{`"id":"p2"`}
		w.Run(t, list, choose("p2", 422), choose("p3", 200))
	})
}

// TestTailsOfEveryDocument: a passport may end in letters, and a patient whose only number it is
// could be given a short code that no pharmacy was able to type the number for.
func TestTailsOfEveryDocument(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		look := func(tail string, status int, problem string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: tail, Actor: w.ph1, Method: "POST",
				Path: "/v1/prescriptions/lookup-short",
				Body: map[string]any{"code": "40718263", "tail": tail}, Status: status, Code: problem}
		}
		w.Run(t, look("4021", 403, "pickup-refused"), look("123x", 403, "pickup-refused"),
			look("7ABC", 403, "pickup-refused"), look("402", 422, "invalid-input"), look("四零二一", 422, "invalid-input"))
	})
}

func TestIncomingEndsWithTheValidity(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		id, _ := w.paid(t)
		incoming := httpapitest.Scenario{Actor: w.ph1, Method: "GET", Path: "/v1/incoming", Status: 200,
			Want: []string{string(id)}}
		w.Play(t, httpapitest.Scenario{Actor: w.patient, Method: "PUT",
			Path: "/v1/prescriptions/" + string(id) + "/pharmacy", Body: map[string]any{"pharmacy": "p1"}, Status: 200})
		w.Play(t, incoming)
		w.Clock.Advance(4 * 24 * time.Hour)
		incoming.Want = []string{`{"prescriptions":[]}`}
		w.Play(t, incoming)
	})
}
