package httpapi_test

import (
	"encoding/base64"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	patientsapi "github.com/smart-hospital/hospital/app/httpapi/patients"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/view"
)

// TestReadingsAreNoted drives every operation that shows a prescription to somebody other than the
// patient: each leaves a line.
func TestReadingsAreNoted(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		fatalIf(t, patients.Migrate(t.Context(), w.DB))
		fatalIf(t, family.Migrate(t.Context(), w.DB))
		profiles := patients.New(w.DB, w.Box)
		patientsapi.RegisterAccesses(w.API, profiles, w.svc)
		id, pickup := w.paid(t)
		path := "/v1/prescriptions/" + string(id)
		draft := w.draft(t)
		w.act(t, w.doctor, draft.ID, "issue", map[string]any{"version": draft.Version})
		signed := "/v1/prescriptions/" + string(draft.ID)
		lines := func(by *httpapitest.Actor) (n int64) {
			fatalIf(t, w.DB.Table("prescription_access").Where("person = ?", by.Person).Count(&n).Error)
			return n
		}
		noted := func(name string, by *httpapitest.Actor, do func()) {
			t.Helper()
			w.Clock.Advance(time.Second)
			before := lines(by)
			do()
			if lines(by) <= before {
				t.Errorf("%s left no line", name)
			}
		}
		call := func(by *httpapitest.Actor, method, path string, body any) func() {
			return func() {
				w.Play(t, httpapitest.Scenario{Actor: by, Method: method, Path: path, Body: body, Status: 200})
			}
		}
		noted("get-prescription", w.reviewer, call(w.reviewer, "GET", path, nil))
		noted("prescription-events", w.reviewer, call(w.reviewer, "GET", path+"/events", nil))
		w.Clock.Advance(time.Hour)
		noted("list-prescriptions", w.reviewer, call(w.reviewer, "GET", "/v1/prescriptions", nil))
		before := lines(w.reviewer)
		call(w.reviewer, "GET", "/v1/prescriptions", nil)()
		if lines(w.reviewer) != before {
			t.Error("a work list asked for again within the hour is noted again")
		}
		noted("prepare-reject", w.reviewer,
			call(w.reviewer, "POST", signed+"/reject", map[string]any{"reasons": []string{"疗程不足"}}))
		var prepared web.IntentView
		noted("prepare-approve", w.reviewer,
			func() { prepared = w.prepare(t, w.reviewer, draft.ID, "approve", map[string]any{}) })
		noted("intent-sign", w.reviewer,
			call(w.reviewer, "POST", "/v1/intents/"+prepared.ID+"/sign", w.signature(t, w.reviewer, prepared)))
		noted("lookup-pickup", w.ph1, call(w.ph1, "POST", "/v1/prescriptions/lookup", map[string]any{"pickup": pickup}))
		var claimed view.View
		noted("a claim", w.ph1, func() {
			claimed = w.act(t, w.ph1, id, "claim",
				map[string]any{"accessCode": pickup[strings.LastIndex(pickup, ":")+1:]})
		})
		w.committed(t)
		noted("prepare-release", w.ph1,
			call(w.ph1, "POST", path+"/release", map[string]any{"secret": claimed.Content.Claim.Secret}))
		noted("prepare-dispense", w.ph1,
			call(w.ph1, "POST", path+"/dispense", handOut(claimed.Content.Claim.Secret, 1)))
		noted("disclose-document", &httpapitest.Actor{Account: accounts.Account{Person: "r1"}}, func() {
			events, err := w.svc.Events(t.Context(),
				intent.Actor{Role: chain.RoleDoctor, Person: w.doctor.Person, Org: "h1"}, string(id))
			fatalIf(t, err)
			document, salt, err := w.svc.Disclose(t.Context(), string(id), events[0].Record, "r1")
			if err != nil || string(document) != events[0].Document ||
				base64.StdEncoding.EncodeToString(salt) != events[0].Salt {
				t.Errorf("%s %v", document, err)
			}
			if _, _, err := w.svc.Disclose(t.Context(), string(id), strings.Repeat("0", 64), "r1"); !errors.Is(err,
				prescription.ErrNotFound) {
				t.Errorf("a record of another: %v", err)
			}
		})
		w.Run(t, httpapitest.Scenario{Name: "a second pharmacy sees the status only", Actor: w.ph2, Method: "POST",
			Path: "/v1/prescriptions/lookup", Body: map[string]any{"pickup": pickup}, Status: 200})
		if lines(w.ph2) != 0 || lines(w.patient) != 0 {
			t.Error("noted who saw nothing, or the patient itself")
		}
		fatalIf(t, profiles.NoteAccess(t.Context(),
			access.Line{Person: w.patient.Person, Visit: "CN1", Reader: w.doctor.Person, Role: "doctor", Org: "h1",
				Reason: "doctor of the visit"}))
		w.Run(t,
			httpapitest.Scenario{Name: "the patient reads all of it", Actor: w.patient, Method: "GET",
				Path: "/v1/patients/me/accesses", Status: 200,
				Want: []string{w.reviewer.Person, w.ph1.Person, `"about":"profile","subject":"CN1"`,
					`"subject":"` + string(id), "line of a work list", "patient's access code"},
				Hide: []string{"阿莫西林"},
				Check: func(t *testing.T, rec *httptest.ResponseRecorder) {
					list := httpapitest.Decode[struct{ Accesses []patientsapi.PatientAccess }](t, rec).Accesses
					for i := range list[1:] {
						if list[i].At.Before(list[i+1].At) {
							t.Errorf("line %d is older than the next", i)
						}
					}
				}},
			httpapitest.Scenario{Name: "of another patient", Actor: w.other, Method: "GET",
				Path: "/v1/patients/" + w.patient.Person + "/accesses", Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "one's own empty one", Actor: w.other, Method: "GET",
				Path: "/v1/patients/me/accesses", Status: 200, Want: []string{`{"accesses":[]}`}},
			httpapitest.Scenario{Name: "a doctor asks", Actor: w.doctor, Method: "GET",
				Path: "/v1/patients/me/accesses", Status: 403, Code: "forbidden"},
		)
	})
}
