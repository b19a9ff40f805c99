package app

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/closing"
	"github.com/smart-hospital/hospital/app/consent"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/app/rating"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
)

// errKilled stands for a process that dies before its commit.
var errKilled = errors.New("killed")

// TestAnAccountCloses: what is under way keeps a patient's account open, a log-in within the
// cooling-off period calls the closing off, a process that dies in the middle leaves it whole, and
// afterwards nothing of the account is left but the record, which comes back to who proves its
// number.
func TestAnAccountCloses(t *testing.T) {
	t.Parallel()
	var dies atomic.Bool
	var later atomic.Int64
	cfg := demoConfig(t, "")
	cfg.CoolingOff, cfg.KeepRecords = 7*24*time.Hour, 15
	h := openHospital(t, cfg, func(a *App) {
		leave := a.closing.Leave
		a.closing.Leave = func(tx *gorm.DB, acc accounts.Account) error {
			if err := leave(tx, acc); err != nil || !dies.Load() {
				return err
			}
			return errKilled
		}
		a.accounts.Now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) }
	})
	h.enter(2)
	ctx := t.Context()
	me := h.ward.Patient(0)
	user := h.ward.Visit(0).Patient()
	v := h.ward.Visit(0)
	open := h.ward.Visit(1)
	h.must(open.Lead(ctx, prescription.Draft))
	var st closing.State
	h.must(open.Patient().Send(ctx, http.MethodGet, "/v1/me/closing", "", nil, &st))
	if !slices.Contains(st.Hindrances, closing.Hindrance{Kind: closing.Visit, ID: open.Consultation()}) {
		t.Errorf("an open visit: %+v", st)
	}
	h.must(v.Lead(ctx, prescription.Paid))
	var before patients.View
	h.must(me.Send(ctx, http.MethodGet, "/v1/patients/me", "", nil, &before))

	err := me.Send(ctx, http.MethodPost, "/v1/me/closing", "close-early", nil, nil)
	if codeOf(err) != "closing-hindered" {
		t.Fatalf("closed over an open prescription: %v", err)
	}
	h.must(me.Send(ctx, http.MethodGet, "/v1/me/closing", "", nil, &st))
	if st.ClosingAt != nil || st.CoolingOffDays != 7 || len(st.Keeps) == 0 ||
		!slices.Contains(st.Hindrances, closing.Hindrance{Kind: closing.Prescription, ID: v.Prescription()}) {
		t.Errorf("%+v", st)
	}
	h.must(v.Cancel(ctx))
	h.settled()
	h.until("the money's return", drainTime, func() bool {
		h.must(me.Send(ctx, http.MethodGet, "/v1/me/closing", "", nil, &st))
		return !slices.ContainsFunc(st.Hindrances, func(x closing.Hindrance) bool { return x.Kind != closing.Visit })
	})
	for _, x := range st.Hindrances {
		h.must(v.Doctor().Send(ctx, http.MethodPost, "/v1/consultations/"+x.ID+"/finish", "finish-"+x.ID,
			map[string]any{}, nil))
	}

	// A log-in calls it off.
	old := me.Token()
	h.must(me.Send(ctx, http.MethodPost, "/v1/me/closing", "closing-1", nil, &st))
	if st.ClosingAt == nil {
		t.Errorf("%+v", st)
	}
	if got := h.raw(http.MethodGet, "/v1/me", old, nil); got.status != http.StatusUnauthorized {
		t.Errorf("its session goes on: %d", got.status)
	}
	h.must(me.Login(ctx))
	st = closing.State{}
	h.must(me.Send(ctx, http.MethodGet, "/v1/me/closing", "", nil, &st))
	if st.ClosingAt != nil {
		t.Errorf("still closing: %+v", st)
	}
	later.Store(int64(8 * 24 * time.Hour))
	h.must(h.closing.Run(ctx, time.Now().Add(8*24*time.Hour)))
	later.Store(0)
	if got := h.raw(http.MethodGet, "/v1/me", me.Token(), nil); got.status != http.StatusOK {
		t.Errorf("closed in spite of the log-in: %d %s", got.status, got.body)
	}

	acc, err := h.accounts.ByPerson(ctx, before.Person)
	h.must(err)
	cert, err := h.keyring.Active(ctx, before.Person)
	h.must(err)
	h.must(me.Send(ctx, http.MethodPost, "/v1/me/closing", "closing-2", nil, &st))
	later.Store(int64(8 * 24 * time.Hour))
	due := time.Now().Add(8 * 24 * time.Hour)
	dies.Store(true)
	if err := h.closing.Run(ctx, due); !errors.Is(err, errKilled) {
		t.Errorf("got %v", err)
	}
	if still, err := h.keyring.Active(ctx, before.Person); err != nil || still.SubjectCN() != cert.SubjectCN() {
		t.Errorf("half closed: %v", err)
	}
	if _, err := h.accounts.ByPerson(ctx, before.Person); err != nil {
		t.Errorf("half closed: %v", err)
	}
	dies.Store(false)
	h.must(h.closing.Run(ctx, due))
	h.must(h.closing.Run(ctx, due)) // once more changes nothing
	later.Store(0)
	if _, err := h.keyring.Active(ctx, before.Person); err == nil {
		t.Error("its key is live")
	}
	if _, err := h.accounts.ByPerson(ctx, before.Person); !errors.Is(err, accounts.ErrNotFound) {
		t.Errorf("the account still opens the record: %v", err)
	}
	for _, table := range []string{"sessions", "devices", "notices"} {
		var n int64
		h.must(h.DB.Table(table).Where("account = ?", acc.ID).Count(&n).Error)
		if n != 0 {
			t.Errorf("%d rows of %s are left", n, table)
		}
	}

	// The same phone makes a new account, to which the record is a stranger's until its number is
	// proven.
	h.must(user.Login(ctx))
	var now patients.View
	h.must(user.Send(ctx, http.MethodGet, "/v1/patients/me", "", nil, &now))
	if now.Person == before.Person || now.Bound {
		t.Fatalf("the new account is the old one: %+v", now)
	}
	if err := user.Send(ctx, http.MethodGet, v.Path(""), "", nil, nil); codeOf(err) == "" {
		t.Error("the new account reads the old one's prescription")
	}
	p := demo.Patients[0]
	h.must(user.Send(ctx, http.MethodPost, "/v1/patients/me/identity", "type-again", map[string]any{
		"idNumber": demoNumber(0), "name": p.Name, "sex": p.Sex(), "birthDate": p.Birth}, &now))
	if now.Claim != profile.Contested {
		t.Errorf("typing the number again: %s", now.Claim)
	}
	body := map[string]any{"idNumber": demoNumber(0), "name": p.Name, "sex": p.Sex(), "birthDate": p.Birth}
	h.administer(h.Cfg.Hospital, http.MethodPost, "/v1/admin/identities/"+now.Person+"/prove", body)
	h.must(user.Login(ctx))
	h.must(user.Send(ctx, http.MethodGet, v.Path(""), "", nil, nil))
	h.must(user.Send(ctx, http.MethodGet, "/v1/patients/me", "", nil, &now))
	if now.Person != before.Person || now.Phone != "" {
		t.Errorf("%+v", now)
	}
	h.must(user.Enrol(ctx)) // one human has one name on the chain, before and after
	if again, err := h.keyring.Active(ctx, before.Person); err != nil || again.SubjectCN() != cert.SubjectCN() {
		t.Errorf("another name: %v", err)
	}
	h.close()
}

// TestLeavingNeedsNoConsent: who takes consent back while something is under way ends it and closes
// the account without agreeing again, and does nothing else, with an act that was prepared before
// neither.
func TestLeavingNeedsNoConsent(t *testing.T) {
	t.Parallel()
	cfg := demoConfig(t, "")
	cfg.CoolingOff = time.Hour
	h := openHospital(t, cfg)
	h.enter(1)
	ctx := t.Context()
	v := h.ward.Visit(0)
	me := v.Patient()
	h.must(v.Lead(ctx, prescription.Approved))
	h.rates(v)
	var st closing.State
	h.must(me.Send(ctx, http.MethodGet, "/v1/me/closing", "", nil, &st))
	for _, x := range st.Hindrances { // of the demo's own visits
		if x.Kind == closing.Visit {
			h.must(v.Doctor().Send(ctx, http.MethodPost, "/v1/consultations/"+x.ID+"/finish", "finish-"+x.ID,
				map[string]any{}, nil))
		}
	}
	var doctor struct{ Person string }
	h.must(v.Doctor().Send(ctx, http.MethodGet, "/v1/me", "", nil, &doctor))
	asked := map[string]any{"doctor": doctor.Person, "complaint": "复诊，头晕"}
	var visit struct {
		ID string `json:"id"`
	}
	h.must(me.Send(ctx, http.MethodPost, "/v1/consultations", "ask-before", asked, &visit))
	// Prepared with consent, signed without.
	var code payment.PayCode
	h.must(me.Send(ctx, http.MethodPost, "/v1/patients/me/pay-codes", "pay-code", nil, &code))
	pay, err := me.Prepare(ctx, v.Path("/pay"), map[string]string{"payCode": code.Code})
	h.must(err)
	h.must(me.Send(ctx, http.MethodDelete, "/v1/me/consents", "withdraw-consent", nil, nil))
	if _, err := me.Sign(ctx, pay, "sign-pay"); codeOf(err) != "consent-required" {
		t.Errorf("paid without consent: %v", err)
	}
	err = me.Send(ctx, http.MethodPut, "/v1/consultations/"+v.Consultation()+"/rating", "rate-after",
		map[string]any{"stars": 1}, nil)
	if codeOf(err) != "consent-required" {
		t.Errorf("rated without consent: %v", err)
	}
	err = me.Send(ctx, http.MethodPost, "/v1/consultations", "ask-after", asked, nil)
	if codeOf(err) != "consent-required" {
		t.Errorf("asked without consent: %v", err)
	}
	err = me.Send(ctx, http.MethodPost, "/v1/me/closing", "close-early", nil, nil)
	if codeOf(err) != "closing-hindered" {
		t.Errorf("closed over what is under way: %v", err)
	}
	h.must(me.Send(ctx, http.MethodPost, "/v1/consultations/"+visit.ID+"/cancel", "end-visit",
		map[string]any{"reason": ""}, nil))
	h.must(v.Cancel(ctx))
	h.settled()
	h.must(me.Send(ctx, http.MethodPost, "/v1/me/closing", "close-account", nil, &st))
	if st.ClosingAt == nil {
		t.Errorf("%+v", st)
	}
	h.close()
}

// rates has the patient of a finished visit rate it over HTTP, twice, and others try.
func (h *hospital) rates(v *journey.Visit) {
	h.t.Helper()
	ctx, path := h.t.Context(), "/v1/consultations/"+v.Consultation()+"/rating"
	given := func(stars int, words string) {
		h.t.Helper()
		var r rating.Rating
		h.must(v.Patient().Send(ctx, http.MethodGet, path, "", nil, &r))
		if r.Stars != stars || r.Words != words {
			h.t.Errorf("rated %+v, want %d %s", r, stars, words)
		}
	}
	rate := func(who *journey.Person, key string, stars int, words string) error {
		return who.Send(ctx, http.MethodPut, path, key, map[string]any{"stars": stars, "words": words}, nil)
	}
	given(0, "")
	h.must(rate(v.Patient(), "rate-once", 5, "讲得清楚"))
	h.must(rate(v.Patient(), "rate-once", 5, "讲得清楚")) // the same command again
	if err := rate(v.Patient(), "rate-once", 1, ""); codeOf(err) != "idempotency-key-reused" {
		h.t.Errorf("another rating under the same key: %v", err)
	}
	given(5, "讲得清楚")
	h.must(rate(v.Patient(), "rate-again", 4, "<b>一般</b>\n下次再说"))
	given(4, "<b>一般</b>\n下次再说")
	for who, x := range map[*journey.Person]string{v.Doctor(): "forbidden", v.Reviewer(): "forbidden"} {
		if err := rate(who, "rate-other", 5, ""); codeOf(err) != x {
			h.t.Errorf("%s rates: %v", who.Label(), err)
		}
	}
	for name, body := range map[string]map[string]any{
		"no stars": {"stars": 0}, "six stars": {"stars": 6},
		"long words": {"stars": 5, "words": strings.Repeat("好", 501)},
	} {
		err := v.Patient().Send(ctx, http.MethodPut, path, "rate-"+strings.ReplaceAll(name, " ", "-"), body, nil)
		if codeOf(err) != "invalid-input" {
			h.t.Errorf("%s: %v", name, err)
		}
	}
	given(4, "<b>一般</b>\n下次再说")
	var heard rating.Heard
	h.must(v.Doctor().Send(ctx, http.MethodGet, "/v1/practitioners/me/ratings", "", nil, &heard))
	if heard.Count != 0 || len(heard.Said) != 0 || heard.Least != rating.Least {
		h.t.Errorf("one rating stands alone: %+v", heard)
	}
}

// TestConsent: without consent to the papers in force one reads what is one's own, agrees,
// withdraws and closes the account, and does nothing else; each consent is kept.
func TestConsent(t *testing.T) {
	t.Parallel()
	h := openHospital(t, demoConfig(t, ""))
	var code struct{ Code string }
	user := strings.NewReader(`{"user":"consenter"}`)
	h.must(json.Unmarshal([]byte(h.raw(http.MethodPost, "/sandbox/login", "", user).body), &code))
	var s struct {
		Token   string
		Account struct{ Due accounts.Due }
	}
	h.must(json.Unmarshal([]byte(h.raw(http.MethodPost, "/v1/sessions/wechat", "",
		strings.NewReader(`{"code":"`+code.Code+`","agree":{"service":1,"privacy":1}}`)).body), &s))
	if s.Account.Due != accounts.DueConsent {
		t.Fatalf("an old version counted: %q", s.Account.Due)
	}
	try := func(method, path, body string, want int) string {
		t.Helper()
		got := h.raw(method, path, s.Token, strings.NewReader(body))
		if got.status != want {
			t.Errorf("%s %s: %d %s, want %d", method, path, got.status, got.body, want)
		}
		return got.body
	}
	phone := `{"phone":"13800138000","health":{"allergiesAsked":false,"allergies":[],"chronic":[],"pregnant":"","lactating":""},"version":`
	without := func(version string) {
		t.Helper()
		for _, path := range []string{"/v1/me", "/v1/patients/me", "/v1/prescriptions", "/v1/consultations",
			"/v1/me/consents", "/v1/me/closing", "/v1/me/devices"} {
			try(http.MethodGet, path, "", http.StatusOK)
		}
		got := try(http.MethodPut, "/v1/patients/me", phone+version+"}", http.StatusForbidden)
		if !strings.Contains(got, "consent-required") {
			t.Errorf("%s", got)
		}
	}
	versions, err := json.Marshal(papersInForce())
	h.must(err)
	yes := `{"versions":` + string(versions) + `}`
	without("0")
	try(http.MethodPut, "/v1/me/consents", `{"versions":{"service":1,"privacy":1}}`, http.StatusConflict)
	try(http.MethodPut, "/v1/me/consents", yes, http.StatusOK)
	try(http.MethodPut, "/v1/me/consents", yes, http.StatusOK)
	try(http.MethodPut, "/v1/patients/me", phone+"0}", http.StatusOK)
	try(http.MethodDelete, "/v1/me/consents", "", http.StatusOK)
	without("1")
	var given struct {
		Consents []struct{ WithdrawnAt, AgreedAt *time.Time }
	}
	h.must(json.Unmarshal([]byte(try(http.MethodPut, "/v1/me/consents", yes,
		http.StatusOK)), &given))
	if len(given.Consents) != 4 || given.Consents[0].WithdrawnAt != nil || given.Consents[3].WithdrawnAt == nil {
		t.Errorf("%+v", given)
	}
	// Consents are kept for ever, so a day has room for so many; withdrawal is never refused.
	for range consent.MaxDay/2 - 2 {
		try(http.MethodDelete, "/v1/me/consents", "", http.StatusOK)
		try(http.MethodPut, "/v1/me/consents", yes, http.StatusOK)
	}
	try(http.MethodDelete, "/v1/me/consents", "", http.StatusOK)
	if got := try(http.MethodPut, "/v1/me/consents", yes,
		http.StatusTooManyRequests); !strings.Contains(got, "consent-often") {
		t.Errorf("%s", got)
	}
	// A new version asks again.
	next := h.consents.Papers[0]
	next.Version++
	h.consents.Papers = append(slices.Clone(h.consents.Papers), next)
	without("1")
	try(http.MethodDelete, "/v1/sessions/current", "", http.StatusNoContent)
	h.close()
}
