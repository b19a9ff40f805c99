package app

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/view"
)

// shift is a clock that a test moves while a hospital serves.
type shift struct{ by atomic.Int64 }

func (s *shift) now() time.Time { return time.Now().Add(time.Duration(s.by.Load())) }

// TestSignatures tries every wrong way to sign against one hospital.
func TestSignatures(t *testing.T) {
	t.Parallel()
	var intents, certificates shift
	h := openHospital(t, demoConfig(t, ""), func(a *App) { a.DB.Now, a.keyring.Now = intents.now, certificates.now })
	h.enter(2)
	t.Run("wrong signatures", func(t *testing.T) { h.in(t).wrongSignatures(t, h.ward.Visit(0)) })
	t.Run("intents", func(t *testing.T) { h.in(t).wrongIntents(t, h.ward.Visit(1), &intents) })
	t.Run("repeated requests", func(t *testing.T) { h.in(t).repeatedRequests(t, h.ward.Visit(2)) })
	t.Run("certificates", func(t *testing.T) { h.in(t).wrongCertificates(t, h.ward.Visit(3), &certificates) })
	if splits := h.metric("hospital_sm2_splits_total"); splits != "0" {
		t.Errorf("%q disagreements of the two SM libraries", splits)
	}
	h.close()
}

// prepared leads a visit to a draft and prepares its issue.
func (h *hospital) prepared(t *testing.T, v *journey.Visit) *web.IntentView {
	t.Helper()
	h.must(v.Lead(t.Context(), prescription.Draft))
	return h.prepareIssue(t, v)
}

func (h *hospital) prepareIssue(t *testing.T, v *journey.Visit) *web.IntentView {
	t.Helper()
	in, err := v.Doctor().Prepare(t.Context(), v.Path("/issue"), service.IssueInput{Version: h.version(t, v)})
	h.must(err)
	return in
}

func (h *hospital) version(t *testing.T, v *journey.Visit) int64 {
	t.Helper()
	var view view.View
	h.must(v.Doctor().Send(t.Context(), http.MethodGet, v.Path(""), "", nil, &view))
	return view.Version
}

func refused(t *testing.T, what string, err error, code string) {
	t.Helper()
	if got := codeOf(err); got != code {
		t.Errorf("%s: %q, want %q", what, got, code)
	}
}

func (h *hospital) wrongSignatures(t *testing.T, v *journey.Visit) {
	ctx, doctor := t.Context(), v.Doctor()
	in := h.prepared(t, v)
	sign := func(key *gm.PrivateKey, text string) []byte {
		sig, err := key.Sign([]byte(text))
		h.must(err)
		return sig
	}
	good := sign(doctor.Key(), in.Statement)
	raw, err := gm.DERToRaw(good)
	h.must(err)
	stranger, err := gm.GenerateKey()
	h.must(err)
	again := h.prepareIssue(t, v) // the same act, another salt
	for what, sig := range map[string][]byte{
		"one byte behind":             append(slices.Clone(good), 0),
		"a third integer":             thirdInteger(good),
		"length in long form":         append([]byte{0x30, 0x81}, good[1:]...),
		"integer with a leading zero": paddedInteger(good),
		"raw r and s":                 raw,
		"cut short":                   good[:len(good)-1],
		"r = s = 0":                   {0x30, 6, 2, 1, 0, 2, 1, 0},
		"r and s exchanged":           exchanged(h, raw),
		"a key nobody enrolled":       sign(stranger, in.Statement),
		"a colleague's key":           sign(v.Reviewer().Key(), in.Statement),
		"one more byte signed":        sign(doctor.Key(), in.Statement+" "),
		"the document signed":         sign(doctor.Key(), in.Document),
		"the record's id signed":      sign(doctor.Key(), in.Record),
		"another intent's statement":  sign(doctor.Key(), again.Statement),
	} {
		_, err := doctor.SendSignature(ctx, in.ID, rand.Text(), sig)
		refused(t, what, err, "signature-refused")
	}
	if _, err := doctor.SendSignature(ctx, in.ID, rand.Text(), good); err != nil {
		t.Errorf("refused signatures spoilt the intent: %v", err)
	}
	_, err = doctor.Sign(ctx, again, rand.Text())
	refused(t, "the twin of what was signed", err, "version-conflict")
	h.must(finish(v, doctor, t))
}

// thirdInteger is a SEQUENCE of r, s and 1.
func thirdInteger(der []byte) []byte {
	b := append(slices.Clone(der), 2, 1, 1)
	b[1] += 3
	return b
}

// paddedInteger puts a zero before r, which is not minimal unless its first bit is set; then it
// puts another.
func paddedInteger(der []byte) []byte {
	b := slices.Concat(der[:4], []byte{0}, der[4:])
	b[1]++
	b[3]++
	return b
}

func exchanged(h *hospital, raw []byte) []byte {
	der, err := gm.RawToDER(slices.Concat(raw[32:], raw[:32]))
	h.must(err)
	return der
}

func finish(v *journey.Visit, doctor *journey.Person, t *testing.T) error {
	return doctor.Send(t.Context(), http.MethodPost, "/v1/consultations/"+v.Consultation()+"/finish",
		rand.Text(), nil, nil)
}

func (h *hospital) wrongIntents(t *testing.T, v *journey.Visit, clock *shift) {
	ctx, doctor := t.Context(), v.Doctor()
	old := h.prepared(t, v)
	clock.by.Store(int64(intent.TTL + time.Second))
	_, err := doctor.Sign(ctx, old, rand.Text())
	refused(t, "older than fifteen minutes", err, "intent-expired")
	clock.by.Store(0)

	in := h.prepareIssue(t, v)
	for _, somebody := range []*journey.Person{v.Reviewer(), v.Patient(), h.ward.Doctor(0), h.ward.Pharmacy(0)} {
		if somebody.Label() == doctor.Label() {
			continue
		}
		_, err := somebody.Sign(ctx, in, rand.Text())
		refused(t, somebody.Label()+" signs a doctor's intent", err, "not-found")
		sig, err := doctor.Key().Sign([]byte(in.Statement))
		h.must(err)
		_, err = somebody.SendSignature(ctx, in.ID, rand.Text(), sig)
		refused(t, somebody.Label()+" brings the doctor's own signature", err, "not-found")
	}
	_, err = doctor.SendSignature(ctx, "nothing", rand.Text(), []byte("not a signature"))
	refused(t, "an intent that never was", err, "not-found")
	_, err = doctor.Sign(ctx, in, rand.Text())
	h.must(err)
	_, err = doctor.Sign(ctx, in, rand.Text())
	refused(t, "signed again", err, "intent-used")
	h.must(finish(v, doctor, t))
}

// repeatedRequests: one Idempotency-Key is one request, for its actor and for nobody else.
func (h *hospital) repeatedRequests(t *testing.T, v *journey.Visit) {
	ctx, doctor, once := t.Context(), v.Doctor(), rand.Text()
	in := h.prepared(t, v)
	sig, err := doctor.Key().Sign([]byte(in.Statement))
	h.must(err)
	first, err := doctor.SendSignature(ctx, in.ID, once, sig)
	h.must(err)
	second, err := doctor.SendSignature(ctx, in.ID, once, sig)
	h.must(err)
	if a, b := jsonOf(t, first), jsonOf(t, second); a != b {
		t.Errorf("a repeated request got another answer\n%s\n%s", a, b)
	}
	_, err = doctor.Sign(ctx, in, once) // a good signature too, but other bytes
	refused(t, "the key with another signature", err, "idempotency-key-reused")
	_, err = doctor.SendSignature(ctx, "another", once, sig)
	refused(t, "the key with another intent", err, "not-found")
	err = doctor.Send(ctx, http.MethodPost, "/v1/consultations/"+v.Consultation()+"/finish", once, nil, nil)
	refused(t, "the key for another operation", err, "idempotency-key-reused")
	err = v.Patient().Send(ctx, http.MethodPost, "/v1/patients/me/pay-codes", once, nil, nil)
	refused(t, "the key in somebody else's hand", err, "")
	key, body := rand.Text(), map[string]any{"doctor": h.personOf(t, h.ward.Doctor(0)), "complaint": "复诊"}
	h.must(v.Patient().Send(ctx, http.MethodPost, "/v1/consultations", key, body, nil))
	body["complaint"] = "别的"
	refused(t, "a request changed under its key",
		v.Patient().Send(ctx, http.MethodPost, "/v1/consultations", key, body, nil), "idempotency-key-reused")
	h.must(finish(v, doctor, t))
}

func (h *hospital) personOf(t *testing.T, p *journey.Person) string {
	t.Helper()
	var me struct {
		Person string `json:"person"`
	}
	h.must(p.Send(t.Context(), http.MethodGet, "/v1/me", "", nil, &me))
	return me.Person
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// wrongCertificates: between preparing and signing a certificate may expire or be revoked, and a
// new one does not take its place.
func (h *hospital) wrongCertificates(t *testing.T, v *journey.Visit, clock *shift) {
	ctx, doctor := t.Context(), v.Doctor()
	in := h.prepared(t, v)
	clock.by.Store(int64((keys.ValidYears*366 + 1) * 24 * time.Hour))
	_, err := doctor.Sign(ctx, in, rand.Text())
	refused(t, "an expired certificate signs", err, "no-key")
	_, err = doctor.Prepare(ctx, v.Path("/issue"), service.IssueInput{Version: h.version(t, v)})
	refused(t, "an expired certificate prepares", err, "no-key")
	clock.by.Store(0)

	var mine struct {
		Keys []keys.Key `json:"keys"`
	}
	h.must(doctor.Send(ctx, http.MethodGet, "/v1/keys", "", nil, &mine))
	lost := doctor.Key()
	h.must(doctor.Send(ctx, http.MethodPost, "/v1/keys/"+mine.Keys[0].ID+"/revoke", rand.Text(),
		map[string]string{"reason": "lost"}, nil))
	_, err = doctor.Sign(ctx, in, rand.Text())
	refused(t, "a revoked certificate signs", err, "no-key")
	h.must(doctor.Enrol(ctx))
	old, err := lost.Sign([]byte(in.Statement))
	h.must(err)
	_, err = doctor.SendSignature(ctx, in.ID, rand.Text(), old)
	refused(t, "the lost key after a new one was enrolled", err, "signature-refused")
	_, err = doctor.Sign(ctx, in, rand.Text())
	refused(t, "the new key under the lost one's statement", err, "signature-refused")
	last := h.prepareIssue(t, v)
	sig, err := doctor.Key().Sign([]byte(last.Statement))
	h.must(err)
	idem := rand.Text()
	first, err := doctor.SendSignature(ctx, last.ID, idem, sig)
	h.must(err)
	h.must(doctor.Send(ctx, http.MethodGet, "/v1/keys", "", nil, &mine))
	h.must(doctor.Send(ctx, http.MethodPost, "/v1/keys/"+mine.Keys[0].ID+"/revoke", rand.Text(),
		map[string]string{"reason": "lost"}, nil))
	again, err := doctor.SendSignature(ctx, last.ID, idem, sig)
	h.must(err) // the answer was lost, then the key: it is still the first answer
	if again.Record != first.Record || again.Prescription == nil || again.Prescription.Status != prescription.Signed {
		t.Errorf("a repeated signature after the key ended answers otherwise: %+v", again)
	}
	h.must(doctor.Enrol(ctx))
	h.must(finish(v, doctor, t))
	if strings.Contains(h.log.String(), base64.StdEncoding.EncodeToString(old)) {
		t.Error("a signature in the log")
	}
}
