package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/prescription"
)

func TestStockOverHTTP(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		id, pickup := w.paid(t)
		code := pickup[strings.LastIndex(pickup, ":")+1:]
		change := func(kind string, packages, version int) map[string]any {
			return map[string]any{"kind": kind, "packages": packages, "reason": "送货单 17", "version": version}
		}
		ask := "/v1/pharmacies?prescription=" + string(id)
		w.Run(t,
			httpapitest.Scenario{Name: "pharmacies", Actor: w.doctor, Method: "GET", Path: "/v1/pharmacies",
				Status: 200, Want: []string{"First Pharmacy", "Second Pharmacy"}, Hide: []string{"missing"}},
			httpapitest.Scenario{Name: "who has it", Actor: w.patient, Method: "GET", Path: ask, Status: 200,
				Want: []string{
					`"id":"p1","name":"First Pharmacy","stock":{"pharmacy":"p1","complete":true,"missing":[]}`,
					`"stock":{"pharmacy":"p2","complete":false,"missing":[0]}`}},
			httpapitest.Scenario{Name: "another patient asks", Actor: w.other, Method: "GET", Path: ask, Status: 404,
				Code: "not-found"},
			httpapitest.Scenario{Name: "a mistyped number", Actor: w.patient, Method: "GET",
				Path: "/v1/pharmacies?prescription=RX1", Status: 422, Code: "prescription-number"},
			httpapitest.Scenario{Name: "without a session", Method: "GET", Path: "/v1/pharmacies", Status: 401,
				Code: "unauthenticated"},
			httpapitest.Scenario{Name: "a pharmacy that lacks it claims", Actor: w.ph2, Method: "POST",
				Path: "/v1/prescriptions/" + string(id) + "/claim", Body: map[string]any{"accessCode": code},
				Status: 409, Code: "out-of-stock", Fields: []string{"items[0]"}, Hide: []string{"阿莫西林", "D0001"}},
			httpapitest.Scenario{Name: "it looks the drug up", Actor: w.ph2, Method: "GET", Path: "/v1/stock?q=D0001",
				Status: 200, Want: []string{`"drug":"D0001"`, `"onHand":0`, `"version":0`}},
			httpapitest.Scenario{Name: "its shelf", Actor: w.ph2, Method: "GET", Path: "/v1/stock", Status: 200,
				Want: []string{`"stock":[]`}},
			httpapitest.Scenario{Name: "no such kind", Actor: w.ph2, Method: "PUT", Path: "/v1/stock/D0001",
				Body: change("claim", 1, 0), Status: 422, Code: "invalid-input", Fields: []string{"body.kind"}},
			httpapitest.Scenario{Name: "without a key", Actor: w.ph2, Method: "PUT", Path: "/v1/stock/D0001",
				Body: change("delivery", 1, 0), Headers: map[string]string{"Idempotency-Key": "-"}, Status: 400,
				Code: "idempotency-key-missing"},
			httpapitest.Scenario{Name: "a delivery", Actor: w.ph2, Method: "PUT", Path: "/v1/stock/D0001",
				Body: change("delivery", 1, 0), Status: 200, Want: []string{`"onHand":1`, `"version":1`}},
			httpapitest.Scenario{Name: "over an old version", Actor: w.ph2, Method: "PUT", Path: "/v1/stock/D0001",
				Body: change("delivery", 1, 0), Status: 409, Code: "version-conflict"},
			httpapitest.Scenario{Name: "an unknown drug", Actor: w.ph2, Method: "PUT", Path: "/v1/stock/D9999",
				Body: change("delivery", 1, 0), Status: 422, Code: "invalid-input", Fields: []string{"drug"}},
		)
		if v := w.act(t, w.ph2, id, "claim", map[string]any{"accessCode": code}); v.Status != prescription.Claimed {
			t.Errorf("it is %s", v.Status)
		}
		w.Run(t,
			httpapitest.Scenario{Name: "reserved", Actor: w.ph2, Method: "GET", Path: "/v1/stock?limit=1", Status: 200,
				Want: []string{`"reserved":1`, `"free":0`, `"next":"D0001"`}},
			httpapitest.Scenario{Name: "counted below what is promised", Actor: w.ph2, Method: "PUT",
				Path: "/v1/stock/D0001", Body: change("correction", 0, 2), Status: 422, Code: "invalid-input",
				Fields: []string{"packages"}},
		)
	})
}

// TestStockMinimum: a pharmacy is warned of what it has too little of, also of what it never had,
// and never of another pharmacy's.
func TestStockMinimum(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		set := func(by *httpapitest.Actor, drug string, minimum, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: fmt.Sprintf("%s: %d", drug, minimum), Actor: by, Method: "PUT",
				Path: "/v1/stock/" + drug + "/minimum", Body: map[string]any{"minimum": minimum}, Status: status,
				Code: code}
		}
		short := func(name string, want ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: w.ph2, Method: "GET", Path: "/v1/stock?short=true",
				Status: 200, Want: want}
		}
		w.Run(t,
			short("none is set", `"stock":[]`),
			set(w.ph2, "D0001", -1, 422, "invalid-input"), set(w.ph2, "D9999", 1, 422, "invalid-input"),
			set(w.doctor, "D0001", 1, 403, "forbidden"),
			set(w.ph2, "D0001", 3, 200, ""), set(w.ph2, "D0002", 1, 200, ""), set(w.ph1, "D0003", 1000, 200, ""),
			short("two are missing", `"drug":"D0001"`, `"minimum":3`, `"drug":"D0002"`, `"version":0`),
			httpapitest.Scenario{Name: "a delivery that is enough", Actor: w.ph2, Method: "PUT",
				Path:   "/v1/stock/D0001",
				Body:   map[string]any{"kind": "delivery", "packages": 3, "reason": "送货单 17", "version": 0},
				Status: 200, Want: []string{`"minimum":3`, `"free":3`}},
			httpapitest.Scenario{Name: "one is missing, page by page", Actor: w.ph2, Method: "GET",
				Path: "/v1/stock?short=true&limit=1", Status: 200, Want: []string{`"drug":"D0002"`, `"next":"D0002"`},
				Hide: []string{"D0001", "D0003"}},
			set(w.ph2, "D0001", 4, 200, ""),
			short("more is wanted", `"drug":"D0001"`),
			set(w.ph2, "D0001", 0, 200, ""), set(w.ph2, "D0002", 0, 200, ""),
			short("nothing is wanted", `"stock":[]`),
			httpapitest.Scenario{Name: "the line says it", Actor: w.ph1, Method: "GET", Path: "/v1/stock?q=D0003",
				Status: 200, Want: []string{`"minimum":1000`}},
		)
	})
}

// TestStockByLot: goods come in by lot and leave with a reason, and each pharmacy reads its own
// history and what of its goods expires.
func TestStockByLot(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		put := func(name string, body map[string]any, status int, code string, fields ...string) httpapitest.Scenario {
			body["reason"] = "送货单 17"
			return httpapitest.Scenario{Name: name, Actor: w.ph2, Method: "PUT", Path: "/v1/stock/D0001", Body: body,
				Status: status, Code: code, Fields: fields}
		}
		get := func(name string, by *httpapitest.Actor, path string, status int, code string,
			want ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: by, Method: "GET", Path: path, Status: status, Code: code,
				Want: want}
		}
		w.Run(t,
			put("expired goods", map[string]any{"kind": "delivery", "packages": 2, "version": 0, "lot": "B1",
				"expires": "2020-01-31"}, 422, "invalid-input", "expires"),
			put("a lot without its last day",
				map[string]any{"kind": "delivery", "packages": 2, "version": 0, "lot": "B1"},
				422, "invalid-input", "expires"),
			put("a lot", map[string]any{"kind": "delivery", "packages": 2, "version": 0, "lot": "B1",
				"expires": "2099-01-31"}, 200, ""),
			put("more than there are", map[string]any{"kind": "writeoff", "packages": 3, "version": 1, "lot": "B1"},
				422, "invalid-input", "packages"),
			put("written off", map[string]any{"kind": "writeoff", "packages": 1, "version": 1, "lot": "B1"}, 200, ""),
			get("its line", w.ph2, "/v1/stock", 200, "",
				`"lots":[{"lot":"B1","expires":"2099-01-31","onHand":1,"expired":false}]`),
			get("none expires soon", w.ph2, "/v1/stock/lots", 200, "", `"lots":[]`),
			get("its history", w.ph2, "/v1/stock/movements?limit=1", 200, "",
				`"kind":"writeoff"`, `"lot":"B1"`, `"next":"`),
			get("of one drug", w.ph2, "/v1/stock/movements?drug=D0001", 200, "",
				`"kind":"delivery"`, `"reason":"送货单 17"`),
			get("no such page", w.ph2, "/v1/stock/movements?after=x", 422, "invalid-input"),
			get("no such page of lots", w.ph2, "/v1/stock/lots?after=x", 422, "invalid-input"),
			get("a doctor", w.doctor, "/v1/stock/movements", 403, "forbidden"),
			get("a patient", w.patient, "/v1/stock/lots", 403, "forbidden"),
			httpapitest.Scenario{Name: "another pharmacy's", Actor: w.ph1, Method: "GET", Path: "/v1/stock/movements",
				Status: 200, Hide: []string{"B1", "writeoff"}},
		)
	})
}
