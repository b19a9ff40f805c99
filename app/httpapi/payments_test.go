package httpapi_test

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	paymentsapi "github.com/smart-hospital/hospital/app/httpapi/payments"
	signingapi "github.com/smart-hospital/hospital/app/httpapi/signing"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/gormstore"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
	"github.com/smart-hospital/hospital/payment/money"
	"github.com/smart-hospital/hospital/payment/policy"
)

const ecToken = "ec-token-of-ann-0001"

// rxToPay is a number whose check digits fit.
const rxToPay = "RX20261122012345678947"

// till is the payment area over a bureau behind HTTP; the prescription room is a map.
type till struct {
	*people
	bureau *insurersandbox.Bureau
	svc    *payment.Service
	device *gm.PrivateKey
	cert   *pki.Certificate
	ann    *httpapitest.Actor

	mu   sync.Mutex
	bill payment.Bill
	paid string
}

type signingKey struct{ *gm.PrivateKey }

func (k signingKey) KeyID() string { return "test" }
func (k signingKey) Sign(_ context.Context, msg []byte) ([]byte, error) {
	return k.PrivateKey.Sign(msg)
}

func eachTill(t *testing.T, fn func(t *testing.T, w *till)) {
	eachPeople(t, func(t *testing.T, p *people) { fn(t, newTill(t, p)) })
}

func newTill(t *testing.T, p *people) *till {
	t.Helper()
	for _, migrate := range []func(context.Context, *sqlstore.DB) error{intent.Migrate, gormstore.Migrate} {
		fatalIf(t, migrate(t.Context(), p.DB))
	}
	p.DB.Now = p.Clock.Now
	w := &till{people: p, ann: p.Patient(t, "ann")}
	p.Play(t, httpapitest.Scenario{Actor: w.ann, Method: "POST", Path: "/v1/patients/me/identity",
		Body: typedIdentity(patientName, 1990, 22), Status: 201})
	w.bill = payment.Bill{Rx: rxToPay, Person: w.ann.Person, Total: 100_00,
		Fees: money.Fees{{Code: "XJ01CA04", Name: "阿莫西林胶囊", Class: money.ClassA, Price: 50_00, Quantity: 2,
			Amount: 100_00}}}
	seal := w.certificates(t)
	store := intent.NewStore(p.DB, p.Box)
	var err error
	w.svc, err = payment.New(payment.Config{Chain: "test-chain", Store: gormstore.New(p.DB, p.Box, store),
		Insurer: w.openBureau(t), Prescriptions: w, Now: p.Clock.Now,
		Hospital: seal.Org, Seal: func() (intent.Seal, error) { return seal, nil }})
	fatalIf(t, err)
	w.API.Refuses(slices.Concat(paymentsapi.Refusals, signingapi.Refusals))
	paymentsapi.RegisterPayments(w.API, paymentsapi.Payments{Service: w.svc, Profiles: p.profiles, Signers: w})
	signingapi.RegisterIntents(w.API, signingapi.Intents{DB: p.DB, Store: store, Signers: w})
	w.Secret(patientName, "阿莫西林", ecToken)
	return w
}

// certificates makes the patient's and the hospital's.
func (w *till) certificates(t *testing.T) intent.Seal {
	t.Helper()
	newKey := func() *gm.PrivateKey {
		k, err := gm.GenerateKey()
		fatalIf(t, err)
		return k
	}
	from, until := httpapitest.Start.Add(-time.Hour), httpapitest.Start.AddDate(1, 0, 0)
	root, seal := newKey(), newKey()
	ca, err := pki.NewRoot(root, pki.CertTemplate{CommonName: "root", IsCA: true, NotBefore: from, NotAfter: until})
	fatalIf(t, err)
	issue := func(cn, role string, pub *gm.PublicKey) *pki.Certificate {
		c, err := pki.Issue(ca, root, pki.CertTemplate{CommonName: cn, Organization: "h1", Unit: role, Client: true,
			NotBefore: from, NotAfter: until}, pub)
		fatalIf(t, err)
		return c
	}
	w.device = newKey()
	w.cert = issue(w.ann.Person, string(chain.RolePatient), w.device.Public())
	return intent.Seal{Org: "h1", Cert: issue("seal", string(chain.RoleSeal), seal.Public()), Signer: signingKey{seal}}
}

func (w *till) openBureau(t *testing.T) *insurer.Client {
	t.Helper()
	ours, err := gm.GenerateKey()
	fatalIf(t, err)
	theirs, err := gm.GenerateKey()
	fatalIf(t, err)
	partner := insurer.Partner{AppID: strings.Repeat("A", 32), Secret: "secret of a test", Signer: signingKey{theirs},
		Peer: ours.Public()}
	db := sqlstoretest.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "bureau.db"))
	w.bureau, err = insurersandbox.New(t.Context(),
		insurersandbox.Config{DB: db, Box: w.Box, Partner: partner, Policies: policy.Demo(), Now: w.Clock.Now,
			Hang: 10 * time.Millisecond})
	fatalIf(t, err)
	ann := typedIdentity(patientName, 1990, 22)
	fatalIf(t, w.bureau.AddPerson(t.Context(),
		insurersandbox.Person{Holder: bureau.Holder{Name: patientName, IDNumber: ann["idNumber"].(string)},
			Insutype: bureau.Employee, ECToken: ecToken, Balance: 10_00, Deductible: 200_00}))
	fatalIf(t, w.bureau.AddPerson(t.Context(),
		insurersandbox.Person{Holder: bureau.Holder{Name: "某人", IDNumber: "x"}, Insutype: bureau.Employee,
			ECToken: "ec-token-of-bob-0001"}))
	server := httptest.NewServer(w.bureau.Handler())
	t.Cleanup(server.Close)
	partner.Signer, partner.Peer = signingKey{ours}, theirs.Public()
	client, err := insurer.NewClient(server.URL, partner, w.Clock.Now, time.Minute)
	fatalIf(t, err)
	return client
}

// Active implements httpapi.Signers: only Ann has a key.
func (w *till) Active(_ context.Context, person string) (*pki.Certificate, error) {
	if person != w.ann.Person {
		return nil, keys.ErrNoKey
	}
	return w.cert, nil
}

func (w *till) Payable(_ context.Context, rx string, _ intent.Actor) (payment.Bill, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case rx != rxToPay:
		return payment.Bill{}, payment.ErrNotFound
	case w.paid != "":
		return payment.Bill{}, payment.ErrNotPayable
	}
	return w.bill, nil
}

func (w *till) MarkPaid(_ context.Context, _, settlement string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.paid = settlement
	return nil
}

func (w *till) MarkRefunded(context.Context, string, string) error { return nil }
func (w *till) RefundDue(context.Context, int) ([]string, error)   { return nil, nil }

func (w *till) bindCard(t *testing.T) payment.Card {
	t.Helper()
	return httpapitest.Decode[payment.Card](t,
		w.Play(t, httpapitest.Scenario{Actor: w.ann, Method: "PUT", Path: "/v1/patients/me/card",
			Body: map[string]any{"ecToken": ecToken}, Status: 200,
			Want: []string{`"insutype":"310"`}, Hide: []string{ecToken}}))
}

func (w *till) prepare(t *testing.T, body any) web.IntentView {
	t.Helper()
	return httpapitest.Decode[web.IntentView](t,
		w.Play(t, httpapitest.Scenario{Actor: w.ann, Method: "POST", Path: "/v1/prescriptions/" + rxToPay + "/pay",
			Body: body, Status: 200}))
}

func (w *till) signature(t *testing.T, in web.IntentView) map[string]any {
	t.Helper()
	sig, err := w.device.Sign([]byte(in.Statement))
	fatalIf(t, err)
	return map[string]any{"signature": base64.StdEncoding.EncodeToString(sig)}
}

func TestPaymentOverHTTP(t *testing.T) {
	eachTill(t, func(t *testing.T, w *till) {
		bob := w.Patient(t, "bob")
		card := w.bindCard(t)
		path, pay := "/v1/prescriptions/"+rxToPay, "/v1/prescriptions/"+rxToPay+"/pay"
		code := httpapitest.Decode[payment.PayCode](t,
			w.Play(t, httpapitest.Scenario{Actor: w.ann, Method: "POST", Path: "/v1/patients/me/pay-codes",
				Status: 201}))
		w.Run(t,
			httpapitest.Scenario{Name: "quote", Actor: w.ann, Method: "GET", Path: path + "/quote", Status: 200,
				Want: []string{`"total":10000`, `"fund":7500`, `"account":1000`, `"cash":1500`,
					`"policy":"demo-310-2026"`}},
			httpapitest.Scenario{Name: "a stranger's quote", Actor: bob, Method: "GET", Path: path + "/quote",
				Status: 404, Code: "not-found", Hide: []string{"阿莫西林"}},
			httpapitest.Scenario{Name: "mistyped prescription", Actor: w.ann, Method: "GET",
				Path: "/v1/prescriptions/" + rxToPay[:21] + "x/quote", Status: 422, Code: "invalid-input",
				Fields: []string{"path.id"}},
			httpapitest.Scenario{Name: "neither card nor code", Actor: w.ann, Method: "POST", Path: pay,
				Body: map[string]any{}, Status: 422, Code: "invalid-input"},
			httpapitest.Scenario{Name: "an unknown field", Actor: w.ann, Method: "POST", Path: pay,
				Body: map[string]any{"card": card.ID, "fund": 1}, Status: 422, Code: "invalid-input"},
			httpapitest.Scenario{Name: "somebody without a key", Actor: bob, Method: "POST", Path: pay,
				Body: map[string]any{"card": card.ID}, Status: 409, Code: "no-key"},
			httpapitest.Scenario{Name: "no Idempotency-Key", Actor: w.ann, Method: "POST", Path: pay,
				Body: map[string]any{"card": card.ID}, Headers: map[string]string{"Idempotency-Key": "-"}, Status: 400,
				Code: "idempotency-key-missing"},
		)
		prepared := w.prepare(t, map[string]any{"payCode": code.Code})
		if !strings.Contains(prepared.Document, `"cash":1500`) || prepared.Action != string(chain.KindPayOpen) {
			t.Errorf("the device is not shown the split: %+v", prepared)
		}
		w.Play(t, httpapitest.Scenario{Actor: w.ann, Method: "POST", Path: pay,
			Body: map[string]any{"payCode": code.Code}, Status: 409, Code: "pay-code-spent", Hide: []string{code.Code}})
		signed := httpapitest.Decode[journey.Signed](t,
			w.Play(t, httpapitest.Scenario{Actor: w.ann, Method: "POST", Path: "/v1/intents/" + prepared.ID + "/sign",
				Body: w.signature(t, prepared), Status: 200,
				Want: []string{`"status":"settled"`, prepared.Record}}))
		settlement := "/v1/settlements/" + signed.Settlement.ID
		w.Run(t,
			httpapitest.Scenario{Name: "paid already", Actor: w.ann, Method: "POST", Path: pay,
				Body: map[string]any{"card": card.ID}, Status: 409, Code: "not-payable"},
			httpapitest.Scenario{Name: "the settlement", Actor: w.ann, Method: "GET", Path: settlement, Status: 200,
				Want: []string{`"status":"settled"`, `"fund":7500`}},
			httpapitest.Scenario{Name: "its events", Actor: w.ann, Method: "GET", Path: settlement + "/events",
				Status: 200, Want: []string{`"kind":"pay.open"`, `"kind":"pay.settle"`, prepared.Record}},
			httpapitest.Scenario{Name: "a prescription's settlements", Actor: w.ann, Method: "GET",
				Path: path + "/settlements", Status: 200, Want: []string{signed.Settlement.ID}},
			httpapitest.Scenario{Name: "a stranger's settlement", Actor: bob, Method: "GET", Path: settlement,
				Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "a stranger's events", Actor: bob, Method: "GET", Path: settlement + "/events",
				Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "a stranger's list", Actor: bob, Method: "GET", Path: path + "/settlements",
				Status: 200, Want: []string{`"settlements":[]`}},
			httpapitest.Scenario{Name: "mistyped settlement", Actor: w.ann, Method: "GET",
				Path: settlement[:len(settlement)-1] + "x", Status: 422, Code: "invalid-input",
				Fields: []string{"path.id"}},
			httpapitest.Scenario{Name: "the day's books", Actor: w.admin, Method: "GET",
				Path: "/v1/admin/reconciliation/2026-11-22", Status: 200,
				Want: []string{`"settledCount":1`, `"differences":[]`}},
			httpapitest.Scenario{Name: "no day", Actor: w.admin, Method: "GET",
				Path: "/v1/admin/reconciliation/2026-02-30", Status: 422, Code: "invalid-input"},
		)
	})
}

func TestCardOverHTTP(t *testing.T) {
	eachTill(t, func(t *testing.T, w *till) {
		bob := w.Patient(t, "bob")
		put := func(name string, a *httpapitest.Actor, person, token string, status int,
			code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: a, Method: "PUT", Path: "/v1/patients/" + person + "/card",
				Body: map[string]any{"ecToken": token}, Status: status, Code: code, Hide: []string{token}}
		}
		w.Run(t,
			httpapitest.Scenario{Name: "none in the list", Actor: w.ann, Method: "GET", Path: "/v1/patients/me/cards",
				Status: 200, Want: []string{`"cards":[]`}},
			httpapitest.Scenario{Name: "a stranger's list", Actor: bob, Method: "GET",
				Path: "/v1/patients/" + w.ann.Person + "/cards", Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "no code without a card", Actor: w.ann, Method: "POST",
				Path: "/v1/patients/me/pay-codes", Status: 404, Code: "not-found"},
			put("no real name", bob, "me", ecToken, 409, "identity-not-bound"),
			put("another's card", w.ann, "me", "ec-token-of-bob-0001", 409, "card-of-another"),
			put("unknown to the insurer", w.ann, "me", "ec-token-of-nobody-1", 409, "insurer-refused"),
			put("a stranger's", bob, w.ann.Person, ecToken, 404, "not-found"),
			put("malformed", w.ann, "me", "ec token of nobody", 422, "invalid-input"),
		)
		w.bureau.Faults.Add(insurer.OpCard, insurersandbox.Broken, 1)
		w.Play(t, put("the bureau is down", w.ann, "me", ecToken, 503, "insurer-unreachable"))
		card := w.bindCard(t)
		w.Play(t, httpapitest.Scenario{Name: "one in the list", Actor: w.ann, Method: "GET",
			Path: "/v1/patients/me/cards", Status: 200, Want: []string{`"id":"` + card.ID + `"`},
			Hide: []string{ecToken}})
		w.bureau.Faults.Add(insurer.OpPresettle, insurersandbox.Sums, 1)
		w.Play(t, httpapitest.Scenario{Actor: w.ann, Method: "GET", Path: "/v1/prescriptions/" + rxToPay + "/quote",
			Status: 502, Code: "insurer-distrusted"})
	})
}

// The bureau's word is for the number it was asked about. It was taken for the one typed since: a
// repeat of the command got the first answer, and somebody's child, whose number another had typed,
// was the repeater's for an ecToken of his own.
func TestACardProvesNoNumberThatWasTypedSince(t *testing.T) {
	eachTill(t, func(t *testing.T, w *till) {
		victim, thief := w.Patient(t, "victim"), w.Patient(t, "thief")
		his, hers := typedIdentity(patientName, 1990, 22), typedIdentity("孙二", 1985, 33)
		w.bind(t, victim, hers)
		w.Play(t, w.prove("", w.ann.Person, his, 200, ""))
		put := func(status int, code string) {
			t.Helper()
			w.Play(t, httpapitest.Scenario{Actor: thief, Method: "PUT", Path: "/v1/patients/me/card",
				Body:    map[string]any{"ecToken": ecToken},
				Headers: map[string]string{"Idempotency-Key": "one-key-for-both"},
				Status:  status, Code: code})
		}
		w.bind(t, thief, his)
		put(409, "identity-contested") // the card is bound, and proves nothing against the desk
		w.Play(t, httpapitest.Scenario{Actor: thief, Method: "DELETE", Path: "/v1/patients/me/identity", Status: 200})
		_, shown, err := w.profiles.CardPerson(t.Context(), w.ann.Person, w.ann.Person)
		fatalIf(t, err)
		w.bind(t, thief, hers)
		put(409, "idempotency-key-reused")
		if err := w.profiles.ProveByCard(t.Context(), thief.Person, thief.Person, shown); !errors.Is(err,
			profile.ErrClaim) {
			t.Errorf("a number typed while the bureau was asked: %v", err)
		}
		if v := w.me(t, victim); v.Claim != profile.Claimed || w.me(t, thief).Claim != profile.Contested {
			t.Errorf("the victim's number: %+v", v)
		}
	})
}

// One account cannot make the hospital ask the insurer without end; another account is not slowed
// by it.
func TestQuestionsToTheInsurerAreLimited(t *testing.T) {
	eachTill(t, func(t *testing.T, w *till) {
		quote := "/v1/prescriptions/" + rxToPay + "/quote"
		refused := false
		for range 200 {
			if a := w.Do(t, w.ann, "GET", quote, nil, nil); a.Code == 429 {
				refused = a.Header().Get("Retry-After") != "" && strings.Contains(a.Body.String(), "rate-limited")
				break
			}
		}
		if !refused {
			t.Error("two hundred questions at once, and none refused with Retry-After")
		}
		if a := w.Do(t, w.Patient(t, "bob"), "GET", quote, nil, nil); a.Code != 404 {
			t.Errorf("another patient is answered %d", a.Code)
		}
	})
}

// The insurer's answer was lost: the patient sees "opened", repeats with the same key, and in the
// end has paid once.
func TestPaymentWithLostAnswer(t *testing.T) {
	eachTill(t, func(t *testing.T, w *till) {
		prepared := w.prepare(t, map[string]any{"card": w.bindCard(t).ID})
		w.bureau.Faults.Add(insurer.OpPay, insurersandbox.Lost, 1)
		body, key := w.signature(t, prepared), map[string]string{"Idempotency-Key": "the same key again"}
		sign := httpapitest.Scenario{Actor: w.ann, Method: "POST", Path: "/v1/intents/" + prepared.ID + "/sign",
			Body: body, Headers: key, Status: 200, Want: []string{`"status":"opened"`}}
		w.Play(t, sign)
		w.Clock.Advance(time.Minute)
		if _, err := w.svc.Reconcile(t.Context(), w.Clock.Now(), 10); err != nil {
			t.Fatal(err)
		}
		sign.Want = []string{`"status":"settled"`}
		w.Play(t, sign)
		if u, err := w.bureau.Usage(t.Context(), ecToken); err != nil || u.Fund != 75_00 {
			t.Errorf("the bureau's usage %+v, %v", u, err)
		}
	})
}

func TestRolesOfPaymentOperations(t *testing.T) {
	everybody, anyone, patient := httpapitest.AllRoles, []accounts.Role{httpapitest.Anyone},
		[]accounts.Role{accounts.Patient}
	httpapitest.Each(t, func(t *testing.T, w *httpapitest.Ward) {
		// the gate and the check of the path stand before any service
		w.API.Refuses(paymentsapi.Refusals)
		paymentsapi.RegisterPayments(w.API, paymentsapi.Payments{})
		w.Roles(t, map[string][]accounts.Role{
			"payment-desk": {accounts.Admin}, "decide-settlement": {accounts.Admin},
			"login-staff": anyone, "login-wechat": anyone, "me": everybody, "logout": everybody,
			"logout-everywhere": everybody, "change-password": accounts.StaffRoles,
			"bind-card": patient, "list-cards": patient, "create-pay-code": patient, "quote-payment": patient,
			"prepare-payment": patient, "list-settlements": patient,
			"get-settlement": patient, "settlement-events": patient, "day-report": {accounts.Admin},
		})
	})
}
