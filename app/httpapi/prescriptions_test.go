package httpapi_test

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	explorerapi "github.com/smart-hospital/hospital/app/httpapi/explorer"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	patientsapi "github.com/smart-hospital/hospital/app/httpapi/patients"
	pharmaciesapi "github.com/smart-hospital/hospital/app/httpapi/pharmacies"
	prescriptionsapi "github.com/smart-hospital/hospital/app/httpapi/prescriptions"
	signingapi "github.com/smart-hospital/hospital/app/httpapi/signing"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/formulary"
	"github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/view"
)

// pharmacyWard is a ward with prescriptions; register and visits are the test's own, everything
// else is real.
type pharmacyWard struct {
	*httpapitest.Ward
	svc                                        *service.Service
	doctor, reviewer, patient, other, ph1, ph2 *httpapitest.Actor
	devices                                    map[string]*gm.PrivateKey
	certs                                      map[string]*pki.Certificate
	members                                    *membership.Members
	pharmacies                                 []pharmaciesapi.Pharmacy
}

func eachPharmacyWard(t *testing.T, fn func(t *testing.T, w *pharmacyWard)) {
	httpapitest.Each(t, func(t *testing.T, base *httpapitest.Ward) { fn(t, newPharmacyWard(t, base)) })
}

func newPharmacyWard(t *testing.T, base *httpapitest.Ward) *pharmacyWard {
	t.Helper()
	for _, migrate := range []func(context.Context, *sqlstore.DB) error{intent.Migrate, outbox.Migrate,
		gormstore.Migrate} {
		fatalIf(t, migrate(t.Context(), base.DB))
	}
	base.DB.Now = base.Clock.Now
	w := &pharmacyWard{
		Ward: base, devices: map[string]*gm.PrivateKey{}, certs: map[string]*pki.Certificate{},
		doctor:   base.Staff(t, "doctor", accounts.Doctor, "h1"),
		reviewer: base.Staff(t, "reviewer", accounts.Reviewer, "h1"),
		ph1:      base.Staff(t, "ph1", accounts.Dispenser, "p1"), ph2: base.Staff(t, "ph2", accounts.Dispenser, "p2"),
		patient: base.Patient(t, "zhang"), other: base.Patient(t, "li"),
	}
	dir, err := keystore.Open(t.TempDir(), make([]byte, keystore.MasterSize))
	fatalIf(t, err)
	members, err := consortium.Found(t.Context(), dir, "test-chain", []consortium.Spec{
		{ID: "h1", Name: "First Hospital", Role: chain.OrgHospital, Power: 1},
		{ID: "p1", Name: "First Pharmacy", Role: chain.OrgPharmacy},
		{ID: "p2", Name: "Second Pharmacy", Role: chain.OrgPharmacy},
	}, httpapitest.Start)
	fatalIf(t, err)
	orgs := consortium.Hosted(dir, members)
	w.members = members
	for _, a := range []*httpapitest.Actor{w.doctor, w.reviewer, w.patient, w.other, w.ph1, w.ph2} {
		w.enrol(t, a)
	}
	loaded, err := catalogue.Load()
	fatalIf(t, err)
	store := gormstore.New(base.Box)
	w.svc, err = service.New(service.Deps{
		Ground: ground.Ground{DB: base.DB, Store: store, Now: base.Clock.Now}, Stock: store,
		Intents:       intent.NewStore(base.DB, base.Box),
		Formulary:     formulary.FromCatalogue(loaded),
		Practitioners: w, Visits: w, Confirmations: ground.OutboxConfirmations{DB: base.DB}, Ledger: w,
		Seal: func(_ context.Context, org string) (intent.Seal, error) { return orgs.Seal(org) }, ChainID: "test-chain",
		Verify:     func(_ context.Context, r *chain.Receipt) error { return chain.VerifyReceipt(members, r) },
		Pharmacies: func() []string { return []string{"p1", "p2"} },
		TraceKey:   make([]byte, 32),
	})
	fatalIf(t, err)
	fatalIf(t, w.svc.FillStock(t.Context(), "p1", map[string]int64{"D0001": 5}, "首次入库"))
	w.API.Refuses(slices.Concat(patientsapi.Refusals, prescriptionsapi.Refusals, explorerapi.Refusals,
		signingapi.Refusals))
	prescriptionsapi.RegisterPrescriptions(w.API, w.svc, w, nil)
	prescriptionsapi.RegisterBundles(w.API, w.svc)
	w.pharmacies = []pharmaciesapi.Pharmacy{{ID: "p1", Name: "First Pharmacy"}, {ID: "p2", Name: "Second Pharmacy"}}
	pharmaciesapi.RegisterPharmacies(w.API, w.svc, loaded, func() []pharmaciesapi.Pharmacy { return w.pharmacies })
	signingapi.RegisterIntents(w.API,
		signingapi.Intents{DB: base.DB, Store: intent.NewStore(base.DB, base.Box), Signers: w})
	w.Secret("张三", "阿莫西林", "支气管炎")
	return w
}

func fatalIf(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// enrol gives an actor a device with a key and a certificate.
func (w *pharmacyWard) enrol(t *testing.T, a *httpapitest.Actor) {
	t.Helper()
	caKey, err := gm.GenerateKey()
	fatalIf(t, err)
	from, to := httpapitest.Start.AddDate(0, -1, 0), httpapitest.Start.AddDate(2, 0, 0)
	ca, err := pki.NewRoot(caKey, pki.CertTemplate{CommonName: "ca", Organization: "ca", NotBefore: from, NotAfter: to,
		IsCA: true})
	fatalIf(t, err)
	key, err := gm.GenerateKey()
	fatalIf(t, err)
	cert, err := pki.Issue(ca, caKey,
		pki.CertTemplate{CommonName: a.Person, Organization: a.Org, Unit: string(a.Role), NotBefore: from, NotAfter: to,
			Client: true}, key.Public())
	fatalIf(t, err)
	w.devices[a.Person], w.certs[a.Person] = key, cert
}

func (w *pharmacyWard) Active(_ context.Context, person string) (*pki.Certificate, error) {
	if c := w.certs[person]; c != nil {
		return c, nil
	}
	return nil, keys.ErrNoKey
}

func (w *pharmacyWard) Doctor(_ context.Context, person string) (parties.Doctor, error) {
	return parties.Doctor{
		Person: person, Name: "李医生", Hospital: "h1", Title: parties.Resident, Licence: "110330000012345",
		MayPrescribe:  true,
		LicensedUntil: httpapitest.Start.AddDate(1, 0, 0), PracticeSince: httpapitest.Start.AddDate(-9, 0, 0),
	}, nil
}

func (w *pharmacyWard) Reviewer(_ context.Context, person string) (parties.Reviewer, error) {
	return parties.Reviewer{Person: person, Name: "王药师", Hospital: "h1",
		LicensedUntil: httpapitest.Start.AddDate(1, 0, 0)}, nil
}

func (w *pharmacyWard) Dispenser(_ context.Context, person string) (parties.Dispenser, error) {
	for _, a := range []*httpapitest.Actor{w.ph1, w.ph2} {
		if a.Person == person {
			return parties.Dispenser{Person: person, Name: "赵药师", Pharmacy: a.Org, PharmacyName: "药店" + a.Org,
				LicensedUntil: httpapitest.Start.AddDate(1, 0, 0)}, nil
		}
	}
	return parties.Dispenser{}, prescription.ErrNotFound
}

// Subject is the ledger of a ward without a chain: it stands where the outbox's committed records
// lead.
func (w *pharmacyWard) Records(context.Context, string) ([]chain.Committed, error) {
	return nil, chain.ErrNotFound
}

func (w *pharmacyWard) Receipt(context.Context, string) (*chain.Receipt, error) {
	return nil, chain.ErrNotFound
}

func (w *pharmacyWard) Members(context.Context) (*membership.Members, error) { return w.members, nil }

func (w *pharmacyWard) Subject(_ context.Context, subject string) (s chain.SubjectState, err error) {
	entries, err := outbox.BySubject(w.DB.DB, subject)
	for _, e := range entries {
		if t, known := chain.TransitionOf(e.Kind); known && e.State == outbox.Committed {
			s.Status, s.Seq, s.Last = t.To, e.Seq, e.ID
		}
	}
	return s, err
}

func (w *pharmacyWard) Visit(_ context.Context, id string) (parties.Visit, error) {
	if id != "v1" && id != visit {
		return parties.Visit{}, prescription.ErrNotFound
	}
	return parties.Visit{
		ID: id, Version: 1, Begun: true, Noted: true, Hospital: "h1", HospitalName: "智慧医院",
		Department: "respiratory", DepartmentName: "呼吸内科", Doctor: w.doctor.Person,
		Patient: parties.Patient{Person: w.patient.Person, Name: "张三", Sex: parties.Male,
			Birth: httpapitest.Start.AddDate(-40, 0, 0), AllergiesAsked: true},
		Prior: []parties.PriorDiagnosis{
			{Code: "J20.9", Hospital: "某医院", Date: httpapitest.Start.AddDate(0, -1, 0)}},
	}, nil
}

func (w *pharmacyWard) VisitIn(_ *gorm.DB, id string) (parties.Visit, error) {
	return w.Visit(context.Background(), id)
}

// committed does what the relay does when the chain has taken everything.
func (w *pharmacyWard) committed(t *testing.T) {
	t.Helper()
	fatalIf(t, w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return tx.Exec(
			"UPDATE outbox SET state = 'committed', height = 1, committed_at = 1 WHERE state = 'pending'").Error
	}))
}

func rxBody(drug string, days, packages int) map[string]any {
	return map[string]any{"visit": "v1", "diagnoses": []string{"J20.9"}, "items": []map[string]any{
		{"drug": drug, "dose": "0.5", "frequency": "tid", "route": "po", "days": days, "packages": packages},
	}}
}

func (w *pharmacyWard) draft(t *testing.T) view.View {
	t.Helper()
	body := rxBody("D0001", 4, 1)
	v := httpapitest.Decode[view.View](t,
		w.Play(t, httpapitest.Scenario{Actor: w.doctor, Method: "POST", Path: "/v1/prescriptions", Body: body,
			Status: 201}))
	var reasons []rules.Override // the patient may have the same drug running
	for _, f := range v.Content.Findings {
		if f.Severity != rules.Info {
			reasons = append(reasons, rules.Override{Key: f.Key, Reason: "已核对，继续用药"})
		}
	}
	if len(reasons) == 0 {
		return v
	}
	body["overrides"], body["version"] = reasons, v.Version
	return httpapitest.Decode[view.View](t,
		w.Play(t, httpapitest.Scenario{Actor: w.doctor, Method: "PUT", Path: "/v1/prescriptions/" + string(v.ID),
			Body: body, Status: 200}))
}

// act prepares a step and signs it as the person's device does, after checking what it was shown.
func (w *pharmacyWard) act(t *testing.T, who *httpapitest.Actor, id prescription.ID, step string,
	body any) view.View {
	t.Helper()
	prepared := w.prepare(t, who, id, step, body)
	rec := w.Play(t, httpapitest.Scenario{Actor: who, Method: "POST", Path: "/v1/intents/" + prepared.ID + "/sign",
		Body: w.signature(t, who, prepared), Status: 200})
	out := httpapitest.Decode[journey.Signed](t, rec)
	if out.Record != prepared.Record || out.Prescription.Record != prepared.Record {
		t.Errorf("%s: record %s, prepared %s", step, out.Record, prepared.Record)
	}
	return *out.Prescription
}

func (w *pharmacyWard) prepare(t *testing.T, who *httpapitest.Actor, id prescription.ID, step string,
	body any) web.IntentView {
	t.Helper()
	rec := w.Play(t, httpapitest.Scenario{Actor: who, Method: "POST",
		Path: "/v1/prescriptions/" + string(id) + "/" + step, Body: body, Status: 200})
	return httpapitest.Decode[web.IntentView](t, rec)
}

func (w *pharmacyWard) signature(t *testing.T, who *httpapitest.Actor, prepared web.IntentView) map[string]string {
	t.Helper()
	st, err := chain.ParseStatement([]byte(prepared.Statement))
	fatalIf(t, err)
	salt, err := hex.DecodeString(prepared.Salt)
	fatalIf(t, err)
	if chain.Digest(salt, []byte(prepared.Document)) != st.Digest {
		t.Fatal("the statement commits to another document")
	}
	sig, err := w.devices[who.Person].Sign([]byte(prepared.Statement))
	fatalIf(t, err)
	return map[string]string{"signature": base64.StdEncoding.EncodeToString(sig)}
}

// paid leads a prescription to "paid" and returns its pick-up text.
func (w *pharmacyWard) paid(t *testing.T) (prescription.ID, string) {
	t.Helper()
	v := w.draft(t)
	w.act(t, w.doctor, v.ID, "issue", map[string]any{"version": v.Version})
	w.act(t, w.reviewer, v.ID, "approve", map[string]any{})
	fatalIf(t, w.svc.MarkPaid(t.Context(), string(v.ID), "S"+string(v.ID)))
	rec := w.Play(t, httpapitest.Scenario{Actor: w.patient, Method: "GET", Path: "/v1/prescriptions/" + string(v.ID),
		Status: 200})
	return v.ID, httpapitest.Decode[view.View](t, rec).Content.Pickup
}

func handOut(secret string, n int) map[string]any {
	return map[string]any{"secret": secret, "checklist": document.AllChecked,
		"items": []map[string]any{{"item": 0, "traceCodes": []string{fmt.Sprintf("8910007%013d", n)}}}}
}

func TestPrescriptionRoles(t *testing.T) {
	doctor, reviewer, pharmacy := []accounts.Role{accounts.Doctor}, []accounts.Role{accounts.Reviewer},
		[]accounts.Role{accounts.Dispenser}
	everybody := []accounts.Role{accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser,
		accounts.Regulator}
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		w.Roles(t, map[string][]accounts.Role{
			"login-staff": {httpapitest.Anyone}, "login-wechat": {httpapitest.Anyone}, "me": httpapitest.AllRoles,
			"logout": httpapitest.AllRoles, "logout-everywhere": httpapitest.AllRoles,
			"change-password": accounts.StaffRoles,
			"create-draft":    doctor, "update-draft": doctor, "check-draft": doctor, "list-prescriptions": everybody,
			"get-prescription":    everybody,
			"prescription-events": everybody, "prescription-accesses": {accounts.Patient}, "lookup-pickup": pharmacy,
			"lookup-short":  pharmacy,
			"prepare-issue": doctor, "prepare-approve": reviewer, "prepare-reject": reviewer, "prepare-claim": pharmacy,
			"prepare-release": pharmacy,
			"prepare-renew":   pharmacy, "prepare-contest": {accounts.Patient}, "ask-release": {accounts.Patient},
			"prepare-dispense": pharmacy, "mark-ready": pharmacy, "prepare-cancel": {accounts.Doctor, accounts.Patient},
			"intent-sign":       {accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser},
			"list-pickup-codes": {accounts.Patient}, "short-code": {accounts.Patient},
			"get-bundle": {accounts.Patient}, "bring-bundle": {httpapitest.Anyone}, "discard-draft": doctor,
			"resolve-claim": {accounts.Admin}, "list-pharmacies": httpapitest.AllRoles,
			"choose-pharmacy": {accounts.Patient}, "list-incoming": pharmacy, "list-stock": pharmacy,
			"list-lots": pharmacy, "list-movements": pharmacy,
			"change-stock": pharmacy, "set-minimum": pharmacy,
		})
	})
}

func TestPrescriptionLifeOverHTTP(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		id, pickup := w.paid(t)
		path := "/v1/prescriptions/" + string(id)
		code := pickup[strings.LastIndex(pickup, ":")+1:]
		w.Run(t,
			httpapitest.Scenario{Name: "another patient", Actor: w.other, Method: "GET", Path: path, Status: 404,
				Code: "not-found", Hide: []string{"张三"}},
			httpapitest.Scenario{Name: "a pharmacy without the code", Actor: w.ph1, Method: "GET", Path: path,
				Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "a pharmacy with the code", Actor: w.ph1, Method: "POST",
				Path: "/v1/prescriptions/lookup", Body: map[string]any{"pickup": pickup}, Status: 200,
				Want: []string{"D0001"}},
		)
		w.Clock.Advance(time.Second)
		v := w.act(t, w.ph1, id, "claim", map[string]any{"accessCode": code})
		w.Run(t,
			httpapitest.Scenario{Name: "ready before the chain knows", Actor: w.ph1, Method: "POST",
				Path: path + "/ready", Status: 409, Code: "claim-unconfirmed"},
			httpapitest.Scenario{Name: "the secret, read again", Actor: w.ph1, Method: "GET", Path: path, Status: 200,
				Want: []string{v.Content.Claim.Secret}},
			httpapitest.Scenario{Name: "the patient sees who holds it", Actor: w.patient, Method: "GET", Path: path,
				Status: 200, Want: []string{"药店p1"}, Hide: []string{v.Content.Claim.Secret}},
			httpapitest.Scenario{Name: "a second pharmacy claims", Actor: w.ph2, Method: "POST", Path: path + "/claim",
				Body: map[string]any{"accessCode": code}, Status: 409, Code: "claim-held", Hide: []string{"药店p1"}},
			httpapitest.Scenario{Name: "a second pharmacy looks", Actor: w.ph2, Method: "POST",
				Path: "/v1/prescriptions/lookup", Body: map[string]any{"pickup": pickup}, Status: 200,
				Want: []string{`"partial":true`, "heldSince"}, Hide: []string{`"content"`}},
			httpapitest.Scenario{Name: "the patient cancels too late", Actor: w.patient, Method: "POST",
				Path: path + "/cancel", Body: map[string]any{"reason": "不需要了"}, Status: 409, Code: "claim-held"},
			httpapitest.Scenario{Name: "dispensed before the chain knows", Actor: w.ph1, Method: "POST",
				Path: path + "/dispense", Body: handOut(v.Content.Claim.Secret, 1), Status: 409,
				Code: "claim-unconfirmed",
				Check: func(t *testing.T, rec *httptest.ResponseRecorder) {
					if rec.Header().Get("Retry-After") != "1" {
						t.Errorf("Retry-After %q", rec.Header().Get("Retry-After"))
					}
				}},
		)
		w.committed(t)
		w.Run(t,
			httpapitest.Scenario{Name: "ready at another pharmacy", Actor: w.ph2, Method: "POST", Path: path + "/ready",
				Status: 403, Code: "not-holder"},
			httpapitest.Scenario{Name: "ready at the holder", Actor: w.ph1, Method: "POST", Path: path + "/ready",
				Status: 204},
			httpapitest.Scenario{Name: "the patient is called", Actor: w.patient, Method: "GET", Path: path,
				Status: 200, Want: []string{`"readyAt":`}},
			httpapitest.Scenario{Name: "the counter's list knows", Actor: w.ph1, Method: "GET",
				Path: "/v1/prescriptions?status=claimed", Status: 200, Want: []string{`"readyAt":`}},
		)
		w.Run(t, httpapitest.Scenario{Name: "a point unchecked", Actor: w.ph1, Method: "POST", Path: path + "/dispense",
			Body: func() any {
				b := handOut(v.Content.Claim.Secret, 1)
				b["checklist"] = map[string]bool{"department": true, "name": true, "age": true, "drugName": true,
					"form": true, "strength": true, "quantity": true, "appearance": true, "dosageUsage": true,
					"diagnosis": false}
				return b
			}(), Status: 422, Code: "rule-refused", Fields: []string{"checklist"},
			Want: []string{"《处方管理办法》第三十七条"}})
		if v = w.act(t, w.ph1, id, "dispense", handOut(v.Content.Claim.Secret, 1)); v.Status != prescription.Dispensed {
			t.Errorf("ended %s", v.Status)
		}
		w.Run(t,
			httpapitest.Scenario{Name: "documents for checking offline", Actor: w.patient, Method: "GET",
				Path: path + "/events", Status: 200, Want: []string{"rx.issue", "rx.dispense"}},
			httpapitest.Scenario{Name: "who looked at my record", Actor: w.patient, Method: "GET",
				Path: path + "/accesses", Status: 200, Want: []string{"holder of the claim", "access code"}},
			httpapitest.Scenario{Name: "the patient's list", Actor: w.patient, Method: "GET",
				Path: "/v1/prescriptions?status=dispensed&limit=5", Status: 200, Want: []string{string(id), "张三"}},
			httpapitest.Scenario{Name: "another patient's list", Actor: w.other, Method: "GET",
				Path: "/v1/prescriptions", Status: 200, Want: []string{`"items":[]`}},
		)
	})
}

// visit is the id of the ward's other consultation; its check digits fit.
const visit = "CN20261122012345678947"

func TestListByVisitOverHTTP(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		other := w.draft(t)
		body := rxBody("D0001", 4, 1)
		body["visit"] = visit
		v := httpapitest.Decode[view.View](t,
			w.Play(t, httpapitest.Scenario{Actor: w.doctor, Method: "POST", Path: "/v1/prescriptions", Body: body,
				Status: 201}))
		w.act(t, w.doctor, v.ID, "issue", map[string]any{"version": v.Version})
		list := func(name string, by *httpapitest.Actor, query string, want, hide []string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: by, Method: "GET", Path: "/v1/prescriptions?" + query,
				Status: 200, Want: want, Hide: hide}
		}
		id, none := []string{string(v.ID)}, []string{`"items":[]`}
		w.Run(t,
			list("the doctor's", w.doctor, "visit="+visit, id, []string{string(other.ID)}),
			list("and a status", w.doctor, "visit="+visit+"&status=draft", none, nil),
			list("the patient's", w.patient, "visit="+visit+"&status=signed,paid", id, nil),
			list("another patient's", w.other, "visit="+visit, none, nil),
			httpapitest.Scenario{Name: "a mistyped visit", Actor: w.doctor, Method: "GET",
				Path: "/v1/prescriptions?visit=CN20261122012345678948", Status: 422, Code: "invalid-input",
				Fields: []string{"query.visit"}},
		)
	})
}

func TestDraftsOverHTTP(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		v := w.draft(t)
		path := "/v1/prescriptions/" + string(v.ID)
		post := func(name string, body any, status int, code string, want ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: w.doctor, Method: "POST", Path: "/v1/prescriptions",
				Body: body, Status: status, Code: code, Want: want}
		}
		w.Run(t,
			httpapitest.Scenario{Name: "check while typing", Actor: w.doctor, Method: "POST",
				Path: "/v1/prescriptions/check", Body: rxBody("D0001", 8, 2), Status: 200,
				Want: []string{"rx.seven-days", "《处方管理办法》第十九条"}},
			post("unknown drug", rxBody("D9999", 4, 1), 422, "invalid-input", "items[0].drug"),
			post("unknown field", map[string]any{"visit": "v1", "colour": "red"}, 422, "invalid-input"),
			post("dose is no number",
				`{"visit":"v1","diagnoses":["J20.9"],"items":[{"drug":"D0001","dose":"x","frequency":"tid","route":"po","days":4,"packages":1}]}`, 422, "invalid-input"),
			post("somebody else's visit", map[string]any{"visit": "v2", "diagnoses": []string{"J20.9"},
				"items": rxBody("D0001", 4, 1)["items"]}, 404, "not-found"),
			httpapitest.Scenario{Name: "no key", Actor: w.doctor, Method: "POST", Path: "/v1/prescriptions",
				Body: rxBody("D0001", 4, 1), Headers: map[string]string{"Idempotency-Key": "-"}, Status: 400,
				Code: "idempotency-key-missing"},
			httpapitest.Scenario{Name: "mistyped number", Actor: w.doctor, Method: "GET",
				Path: path[:len(path)-1] + string('0'+(path[len(path)-1]-'0'+1)%10), Status: 422, Code: "invalid-input",
				Fields: []string{"path.id"}},
			httpapitest.Scenario{Name: "edit an older version", Actor: w.doctor, Method: "PUT", Path: path,
				Body: withVersion(rxBody("D0001", 8, 2), 7), Status: 409, Code: "version-conflict"},
			httpapitest.Scenario{Name: "edit", Actor: w.doctor, Method: "PUT", Path: path,
				Body: withVersion(rxBody("D0001", 8, 2), 1), Status: 200,
				Want: []string{`"version":2`, "rx.seven-days"}},
			httpapitest.Scenario{Name: "sign against a rule", Actor: w.doctor, Method: "POST", Path: path + "/issue",
				Body: map[string]any{"version": 2}, Status: 422, Code: "rule-refused",
				Fields: []string{"items[0].days"}, Want: []string{"第十九条", "art. 19"}},
			httpapitest.Scenario{Name: "mend", Actor: w.doctor, Method: "PUT", Path: path,
				Body: withVersion(rxBody("D0001", 4, 1), 2), Status: 200},
			httpapitest.Scenario{Name: "claim a draft", Actor: w.ph1, Method: "POST", Path: path + "/claim",
				Body: map[string]any{"accessCode": redemption.NewSecret()}, Status: 403, Code: "pickup-refused"},
		)
		prepared := w.prepare(t, w.doctor, v.ID, "issue", map[string]any{"version": 3})
		sign := "/v1/intents/" + prepared.ID + "/sign"
		good := w.signature(t, w.doctor, prepared)
		once := map[string]string{"Idempotency-Key": "the-same-key"}
		w.Run(t,
			httpapitest.Scenario{Name: "not base64", Actor: w.doctor, Method: "POST", Path: sign,
				Body: map[string]any{"signature": "!!!!!!!!"}, Status: 422, Code: "signature-refused"},
			httpapitest.Scenario{Name: "another's signature", Actor: w.doctor, Method: "POST", Path: sign,
				Body: w.signature(t, w.reviewer, prepared), Status: 422, Code: "signature-refused"},
			httpapitest.Scenario{Name: "another person", Actor: w.reviewer, Method: "POST", Path: sign, Body: good,
				Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "signed", Actor: w.doctor, Method: "POST", Path: sign, Body: good, Headers: once,
				Status: 200, Want: []string{`"status":"signed"`}},
			httpapitest.Scenario{Name: "the answer was lost", Actor: w.doctor, Method: "POST", Path: sign, Body: good,
				Headers: once, Status: 200, Want: []string{`"status":"signed"`}},
			httpapitest.Scenario{Name: "the key with another body", Actor: w.doctor, Method: "POST", Path: sign,
				Body: w.signature(t, w.doctor, prepared), Headers: once, Status: 409, Code: "idempotency-key-reused"},
		)
		rejected := w.act(t, w.reviewer, v.ID, "reject", map[string]any{"reasons": []string{"疗程不足"}})
		if rejected.Status != prescription.Rejected {
			t.Errorf("%+v", rejected)
		}
		w.Run(t,
			httpapitest.Scenario{Name: "the patient sees the rejection", Actor: w.patient, Method: "GET", Path: path,
				Status: 200, Want: []string{"疗程不足"}},
			httpapitest.Scenario{Name: "discard a signed one", Actor: w.doctor, Method: "DELETE", Path: path,
				Status: 409, Code: "status"},
			httpapitest.Scenario{Name: "rework", Actor: w.doctor, Method: "POST", Path: "/v1/prescriptions",
				Body: map[string]any{"supersedes": v.ID}, Status: 201,
				Want: []string{`"supersedes":"` + string(v.ID), "D0001"}},
		)
	})
}

func TestDiscardOverHTTP(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		path := "/v1/prescriptions/" + string(w.draft(t).ID)
		again := map[string]string{"Idempotency-Key": "discard-0001"}
		w.Run(t,
			httpapitest.Scenario{Name: "a patient", Actor: w.patient, Method: "DELETE", Path: path, Status: 403,
				Code: "forbidden"},
			httpapitest.Scenario{Name: "without a key", Actor: w.doctor, Method: "DELETE", Path: path,
				Headers: map[string]string{"Idempotency-Key": "-"}, Status: 400, Code: "idempotency-key-missing"},
			httpapitest.Scenario{Name: "discarded", Actor: w.doctor, Method: "DELETE", Path: path, Headers: again,
				Status: 204},
			httpapitest.Scenario{Name: "the answer was lost", Actor: w.doctor, Method: "DELETE", Path: path,
				Headers: again, Status: 204},
			httpapitest.Scenario{Name: "gone", Actor: w.doctor, Method: "GET", Path: path, Status: 404,
				Code: "not-found"},
		)
	})
}

// TestRefusedClaimOverHTTP: holder and patient are told, and an administrator takes the claim back.
func TestRefusedClaimOverHTTP(t *testing.T) {
	eachPharmacyWard(t, func(t *testing.T, w *pharmacyWard) {
		admin := w.Staff(t, "admin", accounts.Admin, "h1")
		id, pickup := w.paid(t)
		path, resolve := "/v1/prescriptions/"+string(id), "/v1/admin/prescriptions/"+string(id)+"/resolve-claim"
		w.committed(t)
		w.Clock.Advance(time.Second)
		v := w.act(t, w.ph1, id, "claim", map[string]any{"accessCode": pickup[strings.LastIndex(pickup, ":")+1:]})
		w.Run(t,
			httpapitest.Scenario{Name: "not refused yet", Actor: admin, Method: "POST", Path: resolve, Status: 409,
				Code: "claim-stands"},
			httpapitest.Scenario{Name: "released before the chain knows", Actor: w.ph1, Method: "POST",
				Path: path + "/release", Body: map[string]any{"secret": v.Content.Claim.Secret}, Status: 409,
				Code: "claim-unconfirmed"},
			httpapitest.Scenario{Name: "the patient sees a sound claim", Actor: w.patient, Method: "GET", Path: path,
				Status: 200, Want: []string{`"refused":false`}},
		)
		fatalIf(t, w.DB.Exec("UPDATE outbox SET state = 'dead' WHERE id = ?", v.Record).Error)
		w.Run(t,
			httpapitest.Scenario{Name: "the patient is told", Actor: w.patient, Method: "GET", Path: path, Status: 200,
				Want: []string{`"refused":true`}},
			httpapitest.Scenario{Name: "the holder is told", Actor: w.ph1, Method: "GET", Path: path, Status: 200,
				Want: []string{`"refused":true`}},
			httpapitest.Scenario{Name: "nothing is handed out", Actor: w.ph1, Method: "POST", Path: path + "/dispense",
				Body: handOut(v.Content.Claim.Secret, 1), Status: 409, Code: "claim-refused"},
			httpapitest.Scenario{Name: "taken back", Actor: admin, Method: "POST", Path: resolve, Status: 204},
			httpapitest.Scenario{Name: "paid again", Actor: w.patient, Method: "GET", Path: path, Status: 200,
				Want: []string{`"status":"paid"`}},
			httpapitest.Scenario{Name: "its packages are free again", Actor: w.ph1, Method: "GET", Path: "/v1/stock",
				Status: 200, Want: []string{`"reserved":0`}},
			httpapitest.Scenario{Name: "twice", Actor: admin, Method: "POST", Path: resolve, Status: 409,
				Code: "status"},
		)
	})
}

func withVersion(body map[string]any, version int) map[string]any {
	body["version"] = version
	return body
}
