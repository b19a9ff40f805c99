package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/demo"
	catalogueapi "github.com/smart-hospital/hospital/app/httpapi/catalogue"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/trace"
	"github.com/smart-hospital/hospital/prescription/view"
)

// nursery is a demo ward with a mother, her child of four, and doctors with and without
// paediatrics; everything goes over HTTP.
type nursery struct {
	t          *testing.T
	ctx        context.Context
	app        *App
	later      *atomic.Int64 // by how much the profiles' clock is ahead
	ward       *journey.Ward
	mother     *journey.Person
	child      patients.View
	childToken string
	doctors    map[string]*journey.Person // by department
}

const nurseryStaff = 4 // of each role, so that the paediatrician is among the doctors

func openNursery(t *testing.T, dsn string) *nursery {
	t.Helper()
	cfg := demoConfig(t, dsn)
	ctx, cancel := context.WithCancel(t.Context())
	a, err := New(ctx, cfg, quiet(), "test")
	if err != nil {
		t.Fatal(err)
	}
	later := new(atomic.Int64)
	a.patients.Now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) }
	served := make(chan error, 1)
	go func() { served <- a.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	w, err := journey.Enter(ctx, journey.Options{URL: a.URL(), Count: nurseryStaff, Out: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	n := &nursery{t: t, ctx: ctx, app: a, later: later, ward: w, doctors: map[string]*journey.Person{}}
	for _, p := range a.demo.Patients {
		if p.Child != nil {
			n.childToken = p.Child.ECToken
		}
	}
	for i := range nurseryStaff {
		if p := w.Patient(i); p.Label() == demo.Child.Parent {
			n.mother = p
		}
		var reg struct {
			Department string `json:"department"`
		}
		n.must(w.Doctor(i), http.MethodGet, "/v1/practitioners/me", nil, &reg)
		n.doctors[reg.Department] = w.Doctor(i)
	}
	var family struct {
		Family []patients.View `json:"family"`
	}
	n.must(n.mother, http.MethodGet, "/v1/patients/me/family", nil, &family)
	if len(family.Family) != 1 {
		t.Fatalf("%d children", len(family.Family))
	}
	n.child = family.Family[0]
	return n
}

// do sends one request as somebody.
func (n *nursery) do(p *journey.Person, method, path string, in, out any) error {
	return p.Send(n.ctx, method, path, rand.Text(), in, out)
}

func (n *nursery) must(p *journey.Person, method, path string, in, out any) {
	n.t.Helper()
	if err := n.do(p, method, path, in, out); err != nil {
		n.t.Fatalf("%s %s: %v", method, path, err)
	}
}

// refused wants a problem with a code.
func (n *nursery) refused(code string, err error) {
	n.t.Helper()
	var r *journey.Refused
	if !errors.As(err, &r) || r.Code != code {
		n.t.Errorf("got %v, want %s", err, code)
	}
}

// absent wants to be told that there is no such thing.
func (n *nursery) absent(err error) {
	n.t.Helper()
	var r *journey.Refused
	if !errors.As(err, &r) || r.Status != http.StatusNotFound {
		n.t.Errorf("got %v, want 404", err)
	}
}

// visit is a consultation of a child with a doctor, under way.
func (n *nursery) visit(doctor *journey.Person) string {
	n.t.Helper()
	var who struct{ Person string }
	n.must(doctor, http.MethodGet, "/v1/practitioners/me", nil, &who)
	var c consult.View
	n.must(n.mother, http.MethodPost, "/v1/consultations",
		map[string]any{"for": n.child.Person, "doctor": who.Person, "complaint": "孩子又感冒了，来复诊"}, &c)
	if c.Patient != n.child.Person || c.Guardian == "" || !c.Intake.Guardian {
		n.t.Fatalf("%+v", c)
	}
	for _, step := range []string{"accept", "start"} {
		n.must(doctor, http.MethodPost, "/v1/consultations/"+c.ID+"/"+step, nil, nil)
	}
	n.must(doctor, http.MethodPut, "/v1/consultations/"+c.ID+"/note",
		map[string]any{"version": 0, "complaint": "感冒复诊", "plan": "对症", "diagnoses": []string{demo.Child.Prior}},
		nil)
	return c.ID
}

// draft writes what suits a child of four, with a reason for every finding that asks for one.
func (n *nursery) draft(doctor *journey.Person, visit string) view.View {
	n.t.Helper()
	var found struct{ Drugs []catalogueapi.CatalogueDrug }
	n.must(doctor, http.MethodGet, "/v1/catalogue/drugs?limit=1&q="+url.QueryEscape("小儿柴桂退热颗粒"), nil, &found)
	u := found.Drugs[0].Usual
	in := map[string]any{"visit": visit, "diagnoses": []string{demo.Child.Prior}, "items": []service.ItemInput{
		{Drug: found.Drugs[0].Code, Dose: u.Dose, Frequency: u.Frequency, Route: u.Route, Days: u.Days,
			Packages: int64(u.Packages)},
	}}
	var v view.View
	n.must(doctor, http.MethodPost, "/v1/prescriptions", in, &v)
	var reasons []rules.Override
	for _, f := range v.Content.Findings {
		if f.Severity != rules.Info {
			reasons = append(reasons, rules.Override{Key: f.Key, Reason: "已核对年龄与体重"})
		}
	}
	if len(reasons) > 0 {
		in["overrides"], in["version"] = reasons, v.Version
		n.must(doctor, http.MethodPut, "/v1/prescriptions/"+string(v.ID), in, &v)
	}
	return v
}

// act prepares and signs.
func (n *nursery) act(p *journey.Person, id prescription.ID, step string, in any) journey.Signed {
	n.t.Helper()
	prepared, err := p.Prepare(n.ctx, "/v1/prescriptions/"+string(id)+"/"+step, in)
	if err != nil {
		n.t.Fatalf("%s: %v", step, err)
	}
	done, err := p.Sign(n.ctx, prepared, rand.Text())
	if err != nil {
		n.t.Fatalf("%s: %v", step, err)
	}
	return *done
}

func (n *nursery) read(p *journey.Person, id prescription.ID) view.View {
	n.t.Helper()
	var v view.View
	n.must(p, http.MethodGet, "/v1/prescriptions/"+string(id), nil, &v)
	return v
}

// TestGuardianAndPaediatrician: a child under six gets medicine when its guardian consults a
// paediatrician, and from nobody else (互联网诊疗管理办法 art. 19). The guardian sees, pays and
// cancels; strangers find nothing.
func TestGuardianAndPaediatrician(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		n := openNursery(t, dsn)
		other, cardiologist, paediatrician := n.ward.Patient(0), n.doctors["cardiology"], n.doctors["paediatrics"]
		t.Run("another person's child", func(t *testing.T) {
			err := n.do(other, http.MethodPost, "/v1/consultations",
				map[string]any{"for": n.child.Person, "doctor": "x", "complaint": "感冒"}, nil)
			n.refused("not-found", err)
		})
		t.Run("a doctor of another discipline", func(t *testing.T) {
			v := n.draft(cardiologist, n.visit(cardiologist))
			if len(v.Content.Refusals) != 1 || v.Content.Refusals[0].Rule != "rx.young-child" ||
				v.Content.Patient.Person != n.child.Person {
				t.Errorf("%+v", v.Content.Refusals)
			}
			_, err := cardiologist.Prepare(n.ctx, "/v1/prescriptions/"+string(v.ID)+"/issue",
				map[string]any{"version": v.Version})
			n.refused("rule-refused", err)
		})
		visit := n.visit(paediatrician)
		var paid prescription.ID
		issued := func() prescription.ID {
			v := n.draft(paediatrician, visit)
			if len(v.Content.Refusals) != 0 {
				t.Fatalf("refused: %+v", v.Content.Refusals)
			}
			n.act(paediatrician, v.ID, "issue", map[string]any{"version": v.Version})
			n.act(n.ward.Reviewer(0), v.ID, "approve", map[string]any{"reasons": []string{}})
			return v.ID
		}
		t.Run("the guardian cancels", func(t *testing.T) {
			if got := n.act(n.mother, issued(), "cancel",
				map[string]any{"reason": "改为线下就诊"}); got.Prescription.Status != prescription.Cancelled {
				t.Errorf("it is %s", got.Prescription.Status)
			}
		})
		t.Run("the guardian pays and fetches", func(t *testing.T) {
			id := issued()
			v := n.read(n.mother, id)
			if v.Content.Patient.Name != demo.Child.Name || v.Content.Patient.Guardian == "" || v.Content.Pickup == "" {
				t.Errorf("%+v", v.Content)
			}
			n.refused("not-found", n.do(other, http.MethodGet, "/v1/prescriptions/"+string(id), nil, nil))
			var code payment.PayCode
			n.must(n.mother, http.MethodPut, "/v1/patients/"+n.child.Person+"/card",
				map[string]string{"ecToken": n.childToken}, nil)
			n.must(n.mother, http.MethodPost, "/v1/patients/"+n.child.Person+"/pay-codes", nil, &code)
			n.act(n.mother, id, "pay", map[string]any{"payCode": code.Code})
			if err := n.mother.Poll(n.ctx, "paid", 0,
				func() (bool, error) { return n.read(n.mother, id).Status == prescription.Paid, nil }); err != nil {
				t.Fatal(err)
			}
			n.fetch(n.ward.Pharmacy(0), id)
			if v := n.read(n.mother, id); v.Status != prescription.Dispensed {
				t.Errorf("it is %s", v.Status)
			}
			n.told(visit, "rx-claimed", "rx-dispensed")
			paid = id
		})
		if paid == "" {
			return
		}
		child, err := n.app.patients.Get(n.ctx, n.child.Guardian, n.child.Person)
		if err != nil {
			t.Fatal(err)
		}
		number := child.Identity
		typed := map[string]any{"name": number.Name, "sex": number.Sex, "birthDate": number.BirthDate,
			"idNumber": number.IDNumber}
		var settlements struct{ Settlements []payment.View }
		n.must(n.mother, http.MethodGet, "/v1/prescriptions/"+string(paid)+"/settlements", nil, &settlements)
		if len(settlements.Settlements) != 1 {
			t.Fatalf("%+v", settlements)
		}
		settlement := "/v1/settlements/" + settlements.Settlements[0].ID
		record := []string{"/v1/consultations/" + visit, "/v1/consultations/" + visit + "/messages",
			"/v1/consultations/" + visit + "/notes", "/v1/prescriptions/" + string(paid),
			"/v1/prescriptions/" + string(paid) + "/events", "/v1/prescriptions/" + string(paid) + "/accesses",
			settlement, settlement + "/events"}
		t.Run("the other guardian sees and withdraws", func(t *testing.T) {
			father := other
			var me patients.View
			n.must(father, http.MethodGet, "/v1/patients/me", nil, &me)
			n.must(father, http.MethodPost, "/v1/patients/me/family", with(typed, "relation", "parent"), nil)
			for _, path := range record {
				n.absent(n.do(father, http.MethodGet, path, nil, nil))
			}
			n.must(n.mother, http.MethodPost,
				"/v1/patients/"+n.child.Person+"/guardians/"+me.Person+"/confirm", nil, nil)
			for _, path := range record {
				n.must(father, http.MethodGet, path, nil, nil)
			}
			n.must(father, http.MethodPost, "/v1/consultations/"+visit+"/messages",
				map[string]any{"kind": "text", "text": "孩子好些了"}, nil)
			if got := n.act(father, issued(), "cancel",
				map[string]any{"reason": "改为线下就诊"}); got.Prescription.Status != prescription.Cancelled {
				t.Errorf("it is %s", got.Prescription.Status)
			}
		})
		t.Run("a guardian's sight ends at 18, and the record is its owner's", func(t *testing.T) {
			var child patients.View
			n.must(n.mother, http.MethodGet, "/v1/patients/"+n.child.Person, nil, &child)
			update := func() error {
				return n.mother.Send(n.ctx, http.MethodPut, "/v1/patients/"+n.child.Person, "child-profile",
					map[string]any{"version": child.Version, "health": child.Health}, nil)
			}
			for range 2 {
				if err := update(); err != nil {
					t.Fatal(err)
				}
			}
			n.later.Store(int64(time.Duration(18-demo.Child.Age) * 366 * 24 * time.Hour))
			n.absent(update())
			for _, guardian := range []*journey.Person{n.mother, other} {
				for _, path := range record {
					n.absent(n.do(guardian, http.MethodGet, path, nil, nil))
				}
				n.absent(n.do(guardian, http.MethodPost, "/v1/consultations/"+visit+"/messages",
					map[string]any{"kind": "text", "text": "还在吗"}, nil))
				for _, list := range []string{"/v1/consultations", "/v1/prescriptions"} {
					var page json.RawMessage
					if n.must(guardian, http.MethodGet, list, nil, &page); strings.Contains(string(page), visit) ||
						strings.Contains(string(page), string(paid)) {
						t.Errorf("%s lists what was the child's", list)
					}
				}
			}
			grown, claimant := n.newPatient("grown-up")
			if status := grown(http.MethodPost, "/v1/patients/me/identity", typed); status != http.StatusCreated {
				t.Fatalf("the own number: %d", status)
			}
			for _, path := range record {
				if status := grown(http.MethodGet, path, nil); status != http.StatusNotFound {
					t.Errorf("typing the number opened %s: %d", path, status)
				}
			}
			if status := n.desk()(http.MethodPost, "/v1/admin/identities/"+claimant+"/prove",
				typed); status != http.StatusOK {
				t.Fatalf("proven at the desk: %d", status)
			}
			grown, _ = n.newPatient("grown-up") // the old session ended
			for _, path := range record {
				if status := grown(http.MethodGet, path, nil); status != http.StatusOK {
					t.Errorf("the owner reads %s: %d", path, status)
				}
			}
		})
	})
}

// sender sends somebody's requests; they answer their status.
type sender func(method, path string, in any) int

// newPatient logs a person in who was not in the ward.
func (n *nursery) newPatient(user string) (as sender, person string) {
	n.t.Helper()
	var code struct{ Code string }
	n.send("", http.MethodPost, "/sandbox/login", map[string]string{"user": user}, &code)
	return n.login("/v1/sessions/wechat",
		map[string]any{"code": code.Code, "agree": papersInForce()})
}

// desk is the hospital's administrator.
func (n *nursery) desk() sender {
	n.t.Helper()
	for _, s := range n.app.demo.Staff {
		if s.Role == accounts.Admin && s.Org == "h1" {
			as, _ := n.login("/v1/sessions", map[string]string{"login": s.Login, "password": s.Password})
			return as
		}
	}
	n.t.Fatal("nobody is at the desk")
	return nil
}

func (n *nursery) login(path string, in any) (as sender, person string) {
	n.t.Helper()
	var session struct {
		Token   string
		Account struct{ Person string }
	}
	if status := n.send("", http.MethodPost, path, in, &session); status != http.StatusCreated {
		n.t.Fatalf("log in: %d", status)
	}
	return func(method, path string, in any) int { return n.send(session.Token, method, path, in, nil) },
		session.Account.Person
}

func (n *nursery) send(token, method, path string, in, out any) int {
	n.t.Helper()
	var body bytes.Buffer
	if in != nil {
		if err := json.NewEncoder(&body).Encode(in); err != nil {
			n.t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(n.ctx, method, n.app.URL()+path, &body)
	if err != nil {
		n.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", rand.Text())
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		n.t.Fatal(err)
	}
	defer res.Body.Close()
	if out != nil {
		if err := json.NewDecoder(res.Body).Decode(out); err != nil {
			n.t.Fatal(err)
		}
	}
	return res.StatusCode
}

// with is a map with one entry more.
func with(m map[string]any, key string, value any) map[string]any {
	m = maps.Clone(m)
	m[key] = value
	return m
}

// told wants these words about a prescription in the visit's chat, as the guardian reads it; each
// names a pharmacy.
func (n *nursery) told(visit string, want ...string) {
	n.t.Helper()
	var stream struct{ Messages []chat.Message }
	n.must(n.mother, http.MethodGet, "/v1/consultations/"+visit+"/messages", nil, &stream)
	var said []string
	for _, m := range stream.Messages {
		if what, pharmacy, about := strings.Cut(m.Text, " "); m.Kind == chat.KindSystem && about && pharmacy != "" {
			said = append(said, what)
		}
	}
	if !slices.Equal(said, want) {
		n.t.Errorf("told %v, want %v", said, want)
	}
}

// fetch claims with the guardian's pick-up code and hands out.
func (n *nursery) fetch(pharmacy *journey.Person, id prescription.ID) {
	n.t.Helper()
	token, err := redemption.Parse(n.read(n.mother, id).Content.Pickup)
	if err != nil {
		n.t.Fatal(err)
	}
	claimed := n.act(pharmacy, id, "claim", map[string]any{"accessCode": token.AccessCode}).Prescription.Content
	h := lifecycle.HandOut{Secret: claimed.Claim.Secret, Checklist: document.AllChecked,
		Items: []trace.DispensedItem{{Item: 0}}}
	for k := range claimed.Items[0].Packages {
		h.Items[0].TraceCodes = append(h.Items[0].TraceCodes, fmt.Sprintf("%s%013d", claimed.Items[0].TracePrefix, k+1))
	}
	err = pharmacy.Poll(n.ctx, "the claim's confirmation", 0, func() (bool, error) {
		prepared, err := pharmacy.Prepare(n.ctx, "/v1/prescriptions/"+string(id)+"/dispense", h)
		var r *journey.Refused
		if errors.As(err, &r) && r.Code == "claim-unconfirmed" {
			return false, nil
		}
		if err == nil {
			_, err = pharmacy.Sign(n.ctx, prepared, rand.Text())
		}
		return err == nil, err
	})
	if err != nil {
		n.t.Fatal(err)
	}
}

// TestAnEmergencyIsRefusedAtTheDoor: nobody waits for an online visit with it, and who is sure that
// it is none is not kept out.
func TestAnEmergencyIsRefusedAtTheDoor(t *testing.T) {
	n := openNursery(t, "")
	as, _ := n.newPatient("pat-emergency")
	var register struct {
		Doctors []struct{ Person string }
	}
	if status := n.send("", http.MethodGet, "/v1/doctors", nil, &register); status != 200 ||
		len(register.Doctors) == 0 {
		t.Fatalf("%d, %d doctors", status, len(register.Doctors))
	}
	ask := map[string]any{"doctor": register.Doctors[0].Person, "complaint": "刚才突然吐血了"}
	if status := as(http.MethodPost, "/v1/consultations", ask); status != http.StatusUnprocessableEntity {
		t.Errorf("an emergency: %d", status)
	}
	ask["answers"] = []any{map[string]any{"question": "gi-bleed", "reply": "no", "sure": true}}
	if status := as(http.MethodPost, "/v1/consultations", ask); status != http.StatusCreated {
		t.Errorf("who is sure: %d", status)
	}
}
