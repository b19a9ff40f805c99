package httpapi_test

import (
	"net/http/httptest"
	"testing"

	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
)

// A bundle is the patient's alone to take out; anybody may bring one, what is none is refused
// without a word of its contents, and one address cannot keep the server checking signatures.
func TestBundlesOverHTTP(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		id, _ := w.paid(t)
		path := "/v1/prescriptions/" + string(id) + "/bundle"
		codes := "/v1/prescriptions/" + string(id) + "/pickup-codes"
		soon := func(t *testing.T, rec *httptest.ResponseRecorder) {
			if rec.Header().Get("Retry-After") != "1" {
				t.Errorf("Retry-After %q", rec.Header().Get("Retry-After"))
			}
		}
		w.Run(t,
			httpapitest.Scenario{Name: "another patient", Actor: w.other, Method: "GET", Path: path, Status: 404,
				Code: "not-found"},
			httpapitest.Scenario{Name: "its doctor", Actor: w.doctor, Method: "GET", Path: path, Status: 403,
				Code: "forbidden"},
			httpapitest.Scenario{Name: "before the chain has it", Actor: w.patient, Method: "GET", Path: path,
				Status: 409, Code: "receipt-not-sealed", Check: soon},
			httpapitest.Scenario{Name: "another patient's codes", Actor: w.other, Method: "GET", Path: codes,
				Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "codes for its doctor", Actor: w.doctor, Method: "GET", Path: codes, Status: 403,
				Code: "forbidden"},
			httpapitest.Scenario{Name: "the codes", Actor: w.patient, Method: "GET", Path: codes, Status: 200,
				Want: []string{`"codes":["`}},
			httpapitest.Scenario{Name: "no bundle", Method: "POST", Path: "/v1/bundles",
				Body: map[string]any{"patient": "张三"}, Status: 422, Code: "bundle-refused"},
			httpapitest.Scenario{Name: "not even an object", Method: "POST", Path: "/v1/bundles", Body: []int{1},
				Status: 422, Code: "bundle-refused"},
		)
		for n := 0; ; n++ {
			rec := w.Do(t, nil, "POST", "/v1/bundles", map[string]any{}, nil)
			if rec.Code == 429 {
				soon(t, rec)
				return
			}
			if n > 100 {
				t.Fatal("one address may go on for ever")
			}
		}
	})
}
