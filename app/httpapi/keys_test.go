package httpapi_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

func newKey(t *testing.T) *gm.PrivateKey {
	t.Helper()
	k, err := gm.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (p *people) nonce(t *testing.T, a *httpapitest.Actor) string {
	t.Helper()
	rec := p.Play(t, httpapitest.Scenario{Actor: a, Method: "POST", Path: "/v1/keys/challenge", Status: 201})
	return httpapitest.Decode[keys.Challenge](t, rec).Nonce
}

// proof is what a device sends: its key and the signature of signer over the challenge.
func proof(t *testing.T, pub *gm.PublicKey, signer *gm.PrivateKey, nonce string) map[string]any {
	t.Helper()
	raw, err := hex.DecodeString(nonce)
	if err != nil {
		t.Fatal(err)
	}
	text, err := gm.NewEnrolment(pub, raw)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := signer.Sign(text)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{"publicKey": pub.Hex(), "nonce": nonce, "signature": sig}
}

func enrol(name string, a *httpapitest.Actor, body any, status int, code string,
	fields ...string) httpapitest.Scenario {
	return httpapitest.Scenario{Name: name, Actor: a, Method: "POST", Path: "/v1/keys", Body: body, Status: status,
		Code: code, Fields: fields}
}

// asked asks the administrators for a key.
func (p *people) asked(t *testing.T, a *httpapitest.Actor, k *gm.PrivateKey) keys.KeyRequest {
	t.Helper()
	return httpapitest.Decode[keys.KeyRequest](t,
		p.Play(t, httpapitest.Scenario{Actor: a, Method: "POST", Path: "/v1/keys/requests",
			Body: map[string]any{"publicKey": k.Public().Hex()}, Status: 201}))
}

// keyOf is the id of a person's newest key.
func (p *people) keyOf(t *testing.T, a *httpapitest.Actor) string {
	t.Helper()
	list, err := p.keys.List(t.Context(), a.Person)
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	return list[0].ID
}

// decide is an administrator's word on a request.
func decide(name string, admin *httpapitest.Actor, r keys.KeyRequest, verb string, status int, code string,
	want ...string) httpapitest.Scenario {
	return httpapitest.Scenario{Name: name, Actor: admin, Method: "POST",
		Path: "/v1/admin/key-requests/" + r.ID + "/" + verb, Status: status, Code: code, Want: want}
}

// approved has both administrators approve a practitioner's key.
func (p *people) approved(t *testing.T, a *httpapitest.Actor, k *gm.PrivateKey) {
	t.Helper()
	r := p.asked(t, a, k)
	p.Play(t, decide("", p.admin, r, "approve", 200, ""))
	p.Play(t, decide("", p.deputy, r, "approve", 200, "", `"state":"approved"`))
}

// enrolled enrols a new key and returns it; the chain has not taken it yet.
func (p *people) enrolled(t *testing.T, a *httpapitest.Actor, more map[string]any) keys.Key {
	t.Helper()
	k := newKey(t)
	if a.Role != accounts.Patient {
		p.approved(t, a, k)
	}
	body := proof(t, k.Public(), k, p.nonce(t, a))
	for name, v := range more {
		body[name] = v
	}
	return httpapitest.Decode[keys.Key](t, p.Play(t, enrol("", a, body, 201, "")))
}

func TestEnrolKeyOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann := p.Patient(t, "ann")
		k := newKey(t)
		nonce := p.nonce(t, ann)
		body, key := proof(t, k.Public(), k, nonce), map[string]string{"Idempotency-Key": "enrol-ann-1"}
		first := enrol("enrol", ann, body, 201, "")
		first.Headers = key
		rec := p.Play(t, first)
		got := httpapitest.Decode[keys.Key](t, rec)
		cert, err := pki.ParseCertificatePEM([]byte(got.Certificate))
		if err != nil || cert.ID() != got.ID || cert.SubjectCN() != ann.Person || cert.SubjectOrg() != "h1" ||
			cert.SubjectRole() != "patient" || !cert.PublicKey().Equal(k.Public()) {
			t.Fatalf("certificate %+v, %v", got, err)
		}
		if got.State != keys.Pending || !cert.NotAfter().Equal(httpapitest.Start.AddDate(keys.ValidYears, 0, 0)) {
			t.Fatalf("state %s, until %v", got.State, cert.NotAfter())
		}
		if _, err := p.keys.Active(t.Context(), ann.Person); !errors.Is(err, keys.ErrKeyPending) {
			t.Fatalf("before the chain has it: %v", err)
		}
		if again := p.Play(t, first); again.Body.String() != rec.Body.String() {
			t.Fatalf("the repeated command answers %s", again.Body)
		}
		p.Run(t, enrol("same challenge, new command", ann, body, 409, "key-challenge"))
		p.commit(t)
		active, err := p.keys.Active(t.Context(), ann.Person)
		if err != nil || active.ID() != got.ID {
			t.Fatalf("after the chain has it: %v", err)
		}
		entries, err := outbox.BySubject(p.DB.DB, chain.SubjectCert+got.ID)
		if err != nil || len(entries) != 1 || entries[0].ID != got.Record || entries[0].Kind != chain.KindEnrol ||
			entries[0].Lane != chain.SubjectCert+got.ID {
			t.Fatalf("outbox %+v, %v", entries, err)
		}
	})
}

func TestProofOfPossessionOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann, bob := p.Patient(t, "ann"), p.Patient(t, "bob")
		k, stranger := newKey(t), newKey(t)
		p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		nist, err := p256.PublicKey.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		nistCSR, err := x509.CreateCertificateRequest(rand.Reader,
			&x509.CertificateRequest{Subject: pkix.Name{CommonName: ann.Person}}, p256)
		if err != nil {
			t.Fatal(err)
		}
		good := proof(t, k.Public(), k, p.nonce(t, ann))
		trailing := append(append([]byte{}, good["signature"].([]byte)...), 0)
		p.Run(t,
			enrol("another key's signature", ann,
				with(good, "signature", proof(t, k.Public(), stranger, good["nonce"].(string))["signature"]), 422,
				"key-possession"),
			enrol("signature over another challenge", ann, with(good, "nonce", p.nonce(t, ann)), 422, "key-possession"),
			enrol("signature with a trailing byte", ann, with(good, "signature", trailing), 422, "key-possession"),
			enrol("signature that is none", ann, with(good, "signature", []byte("no signature")), 422,
				"key-possession"),
			enrol("key of another curve", ann, with(good, "publicKey", hex.EncodeToString(nist)), 422, "key-invalid"),
			enrol("key with a short coordinate", ann, with(good, "publicKey", good["publicKey"].(string)[:128]), 422,
				"invalid-input", "body.publicKey"),
			enrol("request for a key of another curve", ann, map[string]any{"csr": nistCSR}, 422, "key-invalid"),
			enrol("request that is none", ann, map[string]any{"csr": []byte("no request")}, 422, "key-invalid"),
			enrol("both kinds of proof", ann, with(good, "csr", []byte("x")), 422, "invalid-input", "body.csr"),
			enrol("no proof", ann, map[string]any{}, 422, "invalid-input", "body.publicKey", "body.nonce",
				"body.signature"),
			enrol("unknown field", ann, with(good, "privateKey", "00"), 422, "invalid-input", "body.privateKey"),
			enrol("another account's challenge", bob, good, 409, "key-challenge"),
			enrol("challenge nobody gave", ann, proof(t, k.Public(), k, strings.Repeat("ab", 32)), 409,
				"key-challenge"),
		)
		p.Clock.Advance(keys.ChallengeTTL)
		p.Run(t,
			enrol("challenge expired", ann, good, 409, "key-challenge"),
			enrol("a fresh one", ann, proof(t, k.Public(), k, p.nonce(t, ann)), 201, ""),
			enrol("the key of another person", bob, proof(t, k.Public(), k, p.nonce(t, bob)), 409, "key-known"),
			enrol("a second key", ann, proof(t, stranger.Public(), stranger, p.nonce(t, ann)), 409, "has-key"),
			httpapitest.Scenario{Name: "a role that does not sign", Actor: p.admin, Method: "POST",
				Path: "/v1/keys/challenge", Status: 403, Code: "forbidden"},
		)
	})
}

func TestEnrolByRequestOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann, bob := p.Patient(t, "ann"), p.Patient(t, "bob")
		csr := func(a *httpapitest.Actor, role string) map[string]any {
			der, err := pki.NewRequest(newKey(t), a.Person, a.Org, role)
			if err != nil {
				t.Fatal(err)
			}
			return map[string]any{"csr": der}
		}
		mine := csr(ann, "patient")
		p.Run(t,
			enrol("a request that names somebody else", bob, mine, 422, "key-possession"),
			enrol("a request for another role", ann, csr(ann, "doctor"), 422, "key-possession"),
			enrol("enrol", ann, mine, 201, ""),
		)
	})
}

func TestStaffNeedsOfficeToEnrol(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		d := p.Staff(t, "doctor1", accounts.Doctor, "h1")
		k := newKey(t)
		p.Run(t, enrol("not registered", d, proof(t, k.Public(), k, p.nonce(t, d)), 403, "practitioner-not-approved"))
		in := p.doctor(t, "doctor2", "110110000012345")
		if got := p.enrolled(t, in, nil); got.Role != "doctor" || got.Org != "h1" {
			t.Fatalf("got %+v", got)
		}
	})
}

func TestRevokeAndRenewOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann, bob := p.Patient(t, "ann"), p.Patient(t, "bob")
		old := p.enrolled(t, ann, nil)
		p.commit(t)
		renewed := p.enrolled(t, ann, map[string]any{"replaces": old.ID})
		p.commit(t)
		revoke := func(name string, a *httpapitest.Actor, id, reason string, status int,
			code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: a, Method: "POST", Path: "/v1/keys/" + id + "/revoke",
				Body: map[string]any{"reason": reason}, Status: status, Code: code}
		}
		k := newKey(t)
		p.Run(t,
			httpapitest.Scenario{Name: "list", Actor: ann, Method: "GET", Path: "/v1/keys", Status: 200,
				Want: []string{`"reason":"replaced"`, `"state":"active"`, `"state":"revoked"`}},
			httpapitest.Scenario{Name: "an administrator's list", Actor: p.admin, Method: "GET",
				Path: "/v1/admin/people/" + ann.Person + "/keys", Status: 200, Want: []string{old.ID, renewed.ID}},
			enrol("replaces a revoked one", ann, with(proof(t, k.Public(), k, p.nonce(t, ann)), "replaces", old.ID),
				409, "has-key"),
			revoke("somebody else's", bob, renewed.ID, "lost", 404, "not-found"),
			revoke("unknown", ann, strings.Repeat("0", 64), "lost", 404, "not-found"),
			revoke("the old one again", ann, old.ID, "lost", 409, "key-revoked"),
			revoke("replaced is no reason to give", ann, renewed.ID, "replaced", 422, "invalid-input"),
			revoke("lost", ann, renewed.ID, "lost", 200, ""),
			enrol("after the loss", ann, proof(t, k.Public(), k, p.nonce(t, ann)), 201, ""),
		)
		entries, err := outbox.BySubject(p.DB.DB, chain.SubjectCert+renewed.ID)
		if err != nil || len(entries) != 2 || entries[1].Kind != chain.KindRevoke || entries[1].Seq != 2 {
			t.Fatalf("outbox %+v, %v", entries, err)
		}
		if _, err := p.keys.Certificate(t.Context(), old.ID); err != nil {
			t.Errorf("a revoked certificate must stay readable for old signatures: %v", err)
		}
		admins := p.enrolled(t, bob, nil)
		p.Run(t, revoke("by an administrator", p.admin, admins.ID, "left", 200, ""))
		if _, err := p.keys.Active(t.Context(), bob.Person); !errors.Is(err, keys.ErrNoKey) {
			t.Errorf("revoked: got %v", err)
		}
	})
}

func TestKeyExpires(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann := p.Patient(t, "ann")
		p.enrolled(t, ann, nil)
		p.commit(t)
		p.Clock.Advance(httpapitest.Start.AddDate(keys.ValidYears, 0, 0).Sub(httpapitest.Start))
		if _, err := p.keys.Active(t.Context(), ann.Person); err != nil {
			t.Fatalf("in its last second: %v", err)
		}
		p.Clock.Advance(time.Second)
		if _, err := p.keys.Active(t.Context(), ann.Person); !errors.Is(err, keys.ErrNoKey) {
			t.Fatalf("after it: %v", err)
		}
		ann = p.Patient(t, "ann") // the session ended long ago
		p.enrolled(t, ann, nil)   // an expired key is not in the way of a new one
	})
}

// A record refused by the chain must not look as if it were still on its way.
func TestRefusedKey(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann := p.Patient(t, "ann")
		k := p.enrolled(t, ann, nil)
		if err := p.DB.Exec("UPDATE outbox SET state = 'dead' WHERE id = ?", k.Record).Error; err != nil {
			t.Fatal(err)
		}
		if _, err := p.keys.Active(t.Context(), ann.Person); !errors.Is(err, keys.ErrNoKey) {
			t.Fatalf("got %v", err)
		}
		p.Run(t, httpapitest.Scenario{Name: "list", Actor: ann, Method: "GET", Path: "/v1/keys", Status: 200,
			Want: []string{`"state":"refused"`}})
	})
}

// Two devices of one person enrol at the same moment: one key comes of it, whatever the database.
func TestConcurrentEnrolment(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann := p.Patient(t, "ann")
		const devices = 4
		results := make(chan error, devices)
		for range devices {
			k := newKey(t)
			body := proof(t, k.Public(), k, p.nonce(t, ann))
			nonce, err := hex.DecodeString(body["nonce"].(string))
			if err != nil {
				t.Fatal(err)
			}
			go func() {
				_, err := p.keys.Enrol(context.Background(), sqlstore.Command{}, ann.Account,
					keys.Proof{PublicKey: k.Public().Bytes(), Nonce: nonce, Signature: body["signature"].([]byte)})
				results <- err
			}()
		}
		won := 0
		for range devices {
			if err := <-results; err == nil {
				won++
			} else if !errors.Is(err, keys.ErrHasKey) {
				t.Errorf("got %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d devices enrolled a key", won)
		}
	})
}

// An administrator of one organisation used to rule all of them.
func TestAdministratorsRuleTheirOwn(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		d := p.doctor(t, "doctor1", "110110000012345")
		key := p.enrolled(t, d, nil)
		foreign := p.Staff(t, "admin.p1", accounts.Admin, "p1")
		try := func(name, method, path string, body any, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: foreign, Method: method, Path: path, Body: body,
				Status: status, Code: code, Hide: []string{d.Person, key.ID}}
		}
		account := "/v1/admin/accounts/" + d.Person
		p.Run(t,
			try("reset", "PUT", "/v1/admin/staff/doctor1/password",
				map[string]string{"password": "an olive ladder sings"}, 404, "not-found"),
			try("create", "POST", "/v1/admin/staff",
				map[string]any{"login": "spy", "password": "an olive ladder sings", "role": "admin", "org": "h1"}, 403,
				"forbidden"),
			try("suspend the account", "POST", account+"/suspend", nil, 404, "not-found"),
			try("resume", "POST", account+"/resume", nil, 404, "not-found"),
			try("close", "POST", account+"/close", nil, 404, "not-found"),
			try("lift", "POST", account+"/lift", nil, 404, "not-found"),
			try("second factor", "POST", account+"/second-factor/remove", nil, 404, "not-found"),
			try("register", "POST", "/v1/admin/practitioners/"+d.Person+"/suspend",
				map[string]any{"version": 2, "reason": "spite"}, 404, "not-found"),
			try("the register's list", "GET", "/v1/admin/practitioners", nil, 200, ""),
			try("the staff's list", "GET", "/v1/admin/staff", nil, 200, ""),
			try("keys", "GET", "/v1/admin/people/"+d.Person+"/keys", nil, 404, "not-found"),
			try("revoke", "POST", "/v1/keys/"+key.ID+"/revoke", map[string]any{"reason": "lost"}, 404, "not-found"),
			httpapitest.Scenario{Name: "still there", Actor: d, Method: "GET", Path: "/v1/me", Status: 200},
		)
	})
}

// The password an administrator told is known to two: the first log-in may do nothing but change
// it.
func TestTheFirstLogInChangesThePassword(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		const told, own = "an olive ladder sings", "seven copper whistles"
		p.Run(t, httpapitest.Scenario{Name: "create", Actor: p.admin, Method: "POST", Path: "/v1/admin/staff",
			Body: map[string]any{"login": "doctor7", "password": told, "role": "doctor", "org": "h1"}, Status: 201,
			Want: []string{`"due":"password"`}})
		in := func(password string) *httpapitest.Actor {
			s := httpapitest.Decode[struct {
				Token string `json:"token"`
			}](t,
				p.Play(t, httpapitest.Scenario{Method: "POST", Path: "/v1/sessions",
					Body: map[string]any{"login": "doctor7", "password": password}, Status: 201}))
			return &httpapitest.Actor{Token: s.Token}
		}
		first := in(told)
		p.Run(t,
			httpapitest.Scenario{Name: "me", Actor: first, Method: "GET", Path: "/v1/me", Status: 200,
				Want: []string{`"due":"password"`}},
			httpapitest.Scenario{Name: "apply", Actor: first, Method: "POST", Path: "/v1/practitioners/me",
				Body: application("110110000012345"), Status: 403, Code: "password-change-required"},
			httpapitest.Scenario{Name: "keys", Actor: first, Method: "GET", Path: "/v1/keys", Status: 403,
				Code: "password-change-required"},
			httpapitest.Scenario{Name: "to the same", Actor: first, Method: "PUT", Path: "/v1/me/password",
				Body: map[string]any{"old": told, "password": told}, Status: 422, Code: "invalid-input"},
			httpapitest.Scenario{Name: "to a weak one", Actor: first, Method: "PUT", Path: "/v1/me/password",
				Body: map[string]any{"old": told, "password": "doctor7doctor7"}, Status: 422, Code: "invalid-input"},
			httpapitest.Scenario{Name: "to an own one", Actor: first, Method: "PUT", Path: "/v1/me/password",
				Body: map[string]any{"old": told, "password": own}, Status: 204},
		)
		p.Run(t, httpapitest.Scenario{Name: "now", Actor: in(own), Method: "GET", Path: "/v1/keys", Status: 200})
		p.Run(t, httpapitest.Scenario{Name: "reset", Actor: p.admin, Method: "PUT",
			Path: "/v1/admin/staff/doctor7/password", Body: map[string]any{"password": told}, Status: 204})
		p.Run(t, httpapitest.Scenario{Name: "after a reset", Actor: in(told), Method: "GET", Path: "/v1/keys",
			Status: 403, Code: "password-change-required"})
	})
}

// TestWhoCannotSignIsNotAsked: a doctor in office who has no key yet, or lost it, used to stand in
// the public directory, where patients asked somebody who could prescribe nothing.
func TestWhoCannotSignIsNotAsked(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		p.register.Signers = p.keys.Signers
		d := p.doctor(t, "doctor1", "110110000012345")
		p.Play(t, httpapitest.Scenario{Actor: d, Method: "PUT", Path: "/v1/practitioners/me/hours", Status: 200,
			Body: map[string]any{"hours": []map[string]any{
				{"weekday": 2, "from": "09:00", "to": "12:00", "capacity": 6}}}})
		shown := func(when string, able bool) {
			t.Helper()
			list, slots := []string{`"doctors":[]`}, []string{`"slots":[]`}
			if able {
				list, slots = []string{`"able":true`, d.Person, `"nextSlot"`}, []string{`"capacity":6`}
			}
			p.Run(t,
				httpapitest.Scenario{Name: when + ", the directory", Method: "GET", Path: "/v1/doctors", Status: 200,
					Want: list},
				httpapitest.Scenario{Name: when + ", the sessions", Method: "GET",
					Path:   "/v1/doctors/" + d.Person + "/slots",
					Status: 200, Want: slots},
				httpapitest.Scenario{Name: when + ", the card", Method: "GET", Path: "/v1/doctors/" + d.Person,
					Status: 200,
					Want:   []string{fmt.Sprintf(`"able":%v`, able)}})
		}
		shown("without a key", false)
		k := p.enrolled(t, d, nil)
		shown("before the chain has it", false)
		p.commit(t)
		shown("with a key", true)
		p.Play(t, httpapitest.Scenario{Actor: d, Method: "POST", Path: "/v1/keys/" + k.ID + "/revoke", Status: 200,
			Body: map[string]any{"reason": "lost"}})
		shown("after its loss", false)
		p.keys.AtOnce = func(string) []accounts.Account { return nil }
		shown("in a demo after its loss", false)
		p.doctor(t, "doctor2", "110110000012346")
		p.Run(t, httpapitest.Scenario{Name: "a demo's new doctor", Method: "GET", Path: "/v1/doctors", Status: 200,
			Want: []string{`"able":true`}})
	})
}

// TestADamagedCertificate: an old certificate that cannot be read used to stop a person whose
// newest one is fine. Where the newest cannot be read nobody knows what the person may sign with.
func TestADamagedCertificate(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		if p.DB.Dialect != sqlstore.SQLite {
			t.Skip("the columns take no other type")
		}
		ann := p.Patient(t, "ann")
		old := p.enrolled(t, ann, nil)
		p.commit(t)
		p.Clock.Advance(time.Minute)
		newest := p.enrolled(t, ann, map[string]any{"replaces": old.ID})
		p.commit(t)
		damage := func(id string) {
			t.Helper()
			if err := p.DB.Exec("UPDATE certificates SET not_after = 'x', revoked_at = 'x' WHERE id = ?",
				id).Error; err != nil {
				t.Fatal(err)
			}
		}
		damage(old.ID)
		if cert, err := p.keys.Active(t.Context(), ann.Person); err != nil || cert.ID() != newest.ID {
			t.Fatalf("beside an old one: %v", err)
		}
		if len(p.DB.Unreadable()) == 0 {
			t.Error("nobody hears of it")
		}
		damage(newest.ID)
		if _, err := p.keys.Active(t.Context(), ann.Person); err == nil || errors.Is(err, keys.ErrNoKey) {
			t.Errorf("the newest one: %v", err)
		}
	})
}

// TestAnAdministratorWithoutANumber: an administrator whose own number nobody entered may be
// another one's second log-in. Such a word counts for nothing; the first one there is enters the
// own number.
func TestAnAdministratorWithoutANumber(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		d := p.doctor(t, "doctor1", "110110000012345")
		late := p.Staff(t, "doctor2", accounts.Doctor, "h1")
		p.Play(t, httpapitest.Scenario{Actor: late, Method: "POST", Path: "/v1/practitioners/me",
			Body: application("110110000012346"), Status: 201})
		p.Accounts.Known, p.register.Approver = p.profiles.StaffKnown, p.Accounts.Identified
		enter := func(name string, admin, of *httpapitest.Actor, serial, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: admin, Method: "PUT",
				Path:   "/v1/admin/practitioners/" + of.Person + "/identity",
				Body:   number(typedIdentity("李雷", 1985, serial)),
				Status: status, Code: code}
		}
		office := httpapitest.Scenario{Name: "into office", Actor: p.admin, Method: "POST",
			Path: "/v1/admin/practitioners/" + late.Person + "/approve", Body: map[string]any{"version": 1},
			Status: 409, Code: "approver-unidentified"}
		r := p.asked(t, d, newKey(t))
		p.Run(t,
			office,
			decide("a key", p.admin, r, "approve", 409, "approver-unidentified"),
			httpapitest.Scenario{Name: "the accounts say who", Actor: p.admin, Method: "GET", Path: "/v1/admin/staff",
				Status: 200, Want: []string{`"unidentified":true`}},
			enter("the own one", p.admin, p.admin, 31, 204, ""),
			enter("the own one is not exchanged", p.admin, p.admin, 33, 409, "own-account"),
			enter("another's is", p.deputy, p.admin, 31, 204, ""),
			decide("the first", p.admin, r, "approve", 200, "", `"approvals":1`),
			decide("another one who may be the first", p.deputy, r, "approve", 409, "approver-unidentified"),
			enter("who says to be the first", p.deputy, p.deputy, 31, 409, "staff-twice"),
			enter("who is another", p.deputy, p.deputy, 35, 204, ""),
			decide("the second", p.deputy, r, "approve", 200, "", `"state":"approved"`),
		)
		office.Status, office.Code = 200, ""
		p.Play(t, office)
	})
}
