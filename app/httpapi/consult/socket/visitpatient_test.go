package socket

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/family"
	consultapi "github.com/smart-hospital/hospital/app/httpapi/consult"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	patientsapi "github.com/smart-hospital/hospital/app/httpapi/patients"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// visitPatients are the profiles of a clinic whose visit u-pat asked for, and the room in which its
// doctor sees the patient.
func visitPatients(t *testing.T) (profiles *patients.Service, visits, room *clinic, db *sqlstore.DB) {
	t.Helper()
	db = httpapitest.Memory(t)
	if err := errors.Join(patients.Migrate(t.Context(), db), family.Migrate(t.Context(), db)); err != nil {
		t.Fatal(err)
	}
	profiles = patients.New(db, sqlstoretest.Box())
	profiles.Now = func() time.Time { return time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC) }
	visits = startClinic(t, db, nil, defaultLimits)
	api := web.New(slog.New(slog.DiscardHandler), visits.sessions, "test")
	api.Refuses(consultapi.Refusals)
	api.Refuses(patientsapi.Refusals)
	consultapi.RegisterVisitPatients(api, visits.svc, profiles)
	room = &clinic{t: t, server: httptest.NewServer(api.Echo)}
	t.Cleanup(room.server.Close)
	return profiles, visits, room, db
}

// TestPatientOfAPassedRecord: what the doctor of a visit sees, and the line of it that the patient
// reads, are those of the record that passed to its owner since the visit was asked for.
func TestPatientOfAPassedRecord(t *testing.T) {
	profiles, visits, room, db := visitPatients(t)
	id := visits.visit()
	bindPatient(t, profiles, "u-now")
	if err := db.Exec("INSERT INTO former_persons (former, person) VALUES ('u-pat', 'u-now')").Error; err != nil {
		t.Fatal(err)
	}
	if p := readPatient(t, room, "/v1/consultations/"+id+"/patient"); !p.Bound || len(p.Health.Allergies) != 1 {
		t.Errorf("shown %+v", p)
	}
	log, err := profiles.Accesses(t.Context(), "u-now", "u-now")
	noted := func(a access.Line) bool { return a.Visit == id && a.Reader == "u-doc" }
	if err != nil || !slices.ContainsFunc(log, noted) {
		t.Errorf("noted for the patient: %+v %v", log, err)
	}
	if born, err := profiles.Birth(db.WithContext(t.Context()), "u-pat"); err != nil || born.Year() != 1990 {
		t.Errorf("born %v, %v", born, err)
	}
}

// TestVisitPatient: the doctor of the visit sees name, age and allergies but no number; to anybody
// else there is nothing.
func TestVisitPatient(t *testing.T) {
	profiles, visits, room, _ := visitPatients(t)
	id := visits.visit()
	path := "/v1/consultations/" + id + "/patient"
	if p := readPatient(t, room, path); p.Bound || p.Name != "" || p.Health.AllergiesAsked {
		t.Errorf("nothing entered yet, shown %+v", p)
	}
	number := bindPatient(t, profiles, "u-pat")
	p := readPatient(t, room, path)
	if !p.Bound || p.Name != "王小芳" || p.Age != 36 || p.Sex != parties.Female || len(p.Health.Allergies) != 1 {
		t.Errorf("shown %+v", p)
	}
	if _, body, _ := room.call("doc", "GET", path, nil); strings.Contains(string(body), number[:6]) ||
		strings.Contains(string(body), "13800138000") {
		t.Error("number or phone shown")
	}
	for token, status := range map[string]int{"odd": 404, "pat": 403, "reg": 403, "": 401} {
		if got, body, _ := room.call(token, "GET", path, nil); got != status ||
			strings.Contains(string(body), "王小芳") {
			t.Errorf("%q: %d %s", token, got, body)
		}
	}
	// Three readings by the doctor of the visit, none by the others: the clock stands still, so
	// they are one line.
	log, err := profiles.Accesses(t.Context(), "u-pat", "u-pat")
	log = slices.DeleteFunc(log, func(a access.Line) bool { return a.Visit == access.NoteTyped })
	if err != nil || len(log) != 1 || log[0].Reader != "u-doc" || log[0].Visit != id {
		t.Errorf("noted for the patient: %+v %v", log, err)
	}
	if status, _, _ := visits.call("doc", "POST", "/v1/consultations/"+id+"/cancel",
		map[string]any{"reason": "转线下"}); status != 200 {
		t.Fatal(status)
	}
	if got, _, _ := room.call("doc", "GET", path, nil); got != 404 {
		t.Errorf("after the cancellation: %d", got)
	}
}

func bindPatient(t *testing.T, profiles *patients.Service, person string) (number string) {
	t.Helper()
	number = identity.MakeIDNumber(110101, time.Date(1990, 3, 7, 12, 0, 0, 0, time.UTC), 22)
	v, err := profiles.Bind(t.Context(), sqlstore.Command{}, person,
		identity.Identity{Name: "王小芳", Sex: parties.Female, BirthDate: "1990-03-07", IDNumber: number})
	if err != nil {
		t.Fatal(err)
	}
	health := profile.Health{AllergiesAsked: true,
		Allergies: []parties.Allergy{{Allergen: "penicillin", Text: "皮疹"}}}
	if _, err := profiles.Update(t.Context(), sqlstore.Command{}, person, person,
		patients.Update{Phone: "13800138000", Health: health, Version: v.Version}); err != nil {
		t.Fatal(err)
	}
	return number
}

func readPatient(t *testing.T, room *clinic, path string) (p consultapi.VisitPatient) {
	t.Helper()
	status, body, _ := room.call("doc", "GET", path, nil)
	if err := json.Unmarshal(body, &p); err != nil || status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	return p
}
