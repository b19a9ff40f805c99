package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/service"
)

// A suspended doctor and a suspended pharmacist keep their session and their key. Neither shows
// them a patient's record any more. (They read everything until the session ended, for up to seven
// days.)
func TestSuspendedReadsNothing(t *testing.T) {
	t.Parallel()
	h := openHospital(t, demoConfig(t, ""))
	h.enter(2)
	v := h.lead(1, prescription.Paid)[0]
	code, err := v.AccessCode(t.Context())
	h.must(err)
	doctor, reviewer, pharmacist := v.Doctor(), v.Reviewer(), h.ward.Pharmacy(0)
	chat := "/v1/consultations/" + v.Consultation()
	looks := []struct {
		who    *journey.Person
		method string
		path   string
		body   any
	}{
		{doctor, http.MethodGet, v.Path(""), nil},
		{doctor, http.MethodGet, v.Path("/events"), nil},
		{doctor, http.MethodGet, "/v1/prescriptions", nil},
		{doctor, http.MethodGet, chat, nil},
		{doctor, http.MethodGet, chat + "/messages", nil},
		{doctor, http.MethodGet, chat + "/notes", nil},
		{reviewer, http.MethodGet, v.Path(""), nil},
		{reviewer, http.MethodGet, "/v1/prescriptions", nil},
		{pharmacist, http.MethodGet, "/v1/stock", nil},
		{pharmacist, http.MethodPost, v.Path("/claim"), lifecycle.ClaimInput{AccessCode: code}},
		{doctor, http.MethodPost, v.Path("/cancel"), service.CancelInput{Reason: "患者改为线下就诊"}},
	}
	for _, l := range looks {
		if err := l.who.Send(t.Context(), l.method, l.path, rand.Text(), l.body, new(any)); err != nil {
			t.Errorf("in office, %s %s: %v", l.method, l.path, err)
		}
	}
	for _, d := range h.demo.Staff { // each organisation's administrator takes its own out of office
		if d.Role != accounts.Admin || !strings.HasPrefix(d.Login, "admin") {
			continue
		}
		session, err := h.accounts.Login(t.Context(),
			accounts.Credentials{Name: d.Login, Password: d.Password, Address: "test"})
		h.must(err)
		admin := session.Token
		list, err := h.practitioners.List(t.Context(), d.Org, practitioners.Approved)
		h.must(err)
		for _, p := range list {
			a := h.raw(http.MethodPost, "/v1/admin/practitioners/"+p.Person+"/suspend", admin,
				strings.NewReader(fmt.Sprintf(`{"version":%d,"reason":"licence under review"}`, p.Version)))
			if a.status != http.StatusOK {
				t.Fatalf("suspend: %d %s", a.status, a.body)
			}
		}
	}
	for _, l := range looks {
		if err := l.who.Send(t.Context(), l.method, l.path, rand.Text(), l.body,
			new(any)); codeOf(err) != "practitioner-not-approved" {
			t.Errorf("suspended, %s %s: %q", l.method, l.path, codeOf(err))
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, h.URL()+chat+"/chat",
		&websocket.DialOptions{Subprotocols: []string{"hospital.chat.v1"},
			HTTPHeader: http.Header{"Authorization": {"Bearer " + doctor.Token()}}})
	h.must(err)
	if _, b, err := conn.Read(ctx); websocket.CloseStatus(err) != 4401 {
		t.Errorf("suspended, the chat's socket: %s %v", b, err)
	}
	h.must(doctor.Send(t.Context(), http.MethodGet, "/v1/keys", "", nil, new(any))) // what is the own stays
	h.close()
}

// One administrator read patients' records as a doctor it had invented, or whose password it had
// reset. What two others do not vouch for shows nothing: a key enrolled since.
func TestAnAdministratorReadsAsNobody(t *testing.T) {
	t.Parallel()
	h := openHospital(t, demoConfig(t, ""))
	h.enter(1)
	ctx, login := t.Context(), h.ward.Doctor(0).Label()
	const told, own = "an olive ladder sings", "seven copper whistles"
	admin, err := h.accounts.ByLogin(ctx, "admin")
	h.must(err)
	as := func(login string) string {
		t.Helper()
		first, err := h.accounts.Login(ctx, accounts.Credentials{Name: login, Password: told, Address: "192.0.2.9"})
		h.must(err)
		h.must(h.accounts.ChangePassword(ctx, sqlstore.Command{}, first.Account.ID, told, own))
		session, err := h.accounts.Login(ctx, accounts.Credentials{Name: login, Password: own, Address: "192.0.2.9"})
		h.must(err)
		return session.Token
	}
	made, err := h.accounts.CreateStaff(ctx, sqlstore.Command{},
		accounts.NewStaff{Login: "doctor.nobody", Password: told, Role: accounts.Doctor, Org: admin.Org, By: admin})
	h.must(err)
	p, err := h.practitioners.Apply(ctx, sqlstore.Command{}, made,
		practitioners.Application{Name: "无此人", Title: string(parties.Chief), Licence: "110310000009999",
			LicensedUntil: "2036-12-31", PracticeSince: "1999-07-01", Department: "cardiology", FeeFen: 5000})
	h.must(err)
	h.must(h.patients.EnterStaff(ctx, sqlstore.Command{}, admin, made.Person,
		identity.Identity{IDNumber: demo.StaffNumber(90)}))
	_, err = h.practitioners.Approve(ctx, sqlstore.Command{}, admin, made.Person, p.Version)
	h.must(err)
	h.must(h.accounts.ResetPassword(ctx, sqlstore.Command{}, admin, login, told))
	for _, login := range []string{"doctor.nobody", login} {
		token := as(login)
		for _, path := range []string{"/v1/prescriptions", "/v1/consultations"} {
			if a := h.raw(http.MethodGet, path, token, nil); a.status != http.StatusForbidden ||
				!strings.Contains(a.body, "key-unproven") {
				t.Errorf("%s, %s: %d %s", login, path, a.status, a.body)
			}
		}
		if a := h.raw(http.MethodGet, "/v1/keys", token, nil); a.status != http.StatusOK {
			t.Errorf("%s, the own keys: %d %s", login, a.status, a.body)
		}
	}
	h.close()
}
