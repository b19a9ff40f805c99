package httpapi_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// consent is the live key's signature for another one in its place.
func consent(t *testing.T, live *gm.PrivateKey, next *gm.PublicKey, replaces string) []byte {
	t.Helper()
	sig, err := live.Sign(keys.ConsentText(next.Hex(), replaces))
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// An administrator who reset a doctor's password became the doctor by enrolling a key. Now a
// further key needs the live one, or two administrators who are two.
func TestAFurtherKeyOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		d := p.doctor(t, "doctor1", "110110000012345")
		first := newKey(t)
		p.approved(t, d, first)
		live := httpapitest.Decode[keys.Key](t,
			p.Play(t, enrol("", d, proof(t, first.Public(), first, p.nonce(t, d)), 201, "")))
		p.commit(t)
		second, thief := newKey(t), newKey(t)
		replacing := func(k *gm.PrivateKey, sig []byte) map[string]any {
			body := with(proof(t, k.Public(), k, p.nonce(t, d)), "replaces", live.ID)
			if sig != nil {
				body = with(body, "consent", sig)
			}
			return body
		}
		p.Run(t,
			enrol("by the session alone", d, replacing(thief, nil), 409, "key-approval-required"),
			enrol("signed by the new key itself", d, replacing(thief, consent(t, thief, thief.Public(), live.ID)), 422,
				"key-consent"),
			enrol("signed for another key", d, replacing(thief, consent(t, first, second.Public(), live.ID)), 422,
				"key-consent"),
		)
		renewed := httpapitest.Decode[keys.Key](t,
			p.Play(t, enrol("", d, replacing(second, consent(t, first, second.Public(), live.ID)), 201, "")))
		p.commit(t)
		p.Run(t, httpapitest.Scenario{Name: "the phone is lost", Actor: p.admin, Method: "POST",
			Path: "/v1/keys/" + renewed.ID + "/revoke", Body: map[string]any{"reason": "lost"}, Status: 200})
		third := newKey(t)
		p.Run(t, enrol("nothing live to replace", d, proof(t, third.Public(), third, p.nonce(t, d)), 409,
			"key-approval-required"))

		asked := p.asked(t, d, third)
		made, err := p.Accounts.CreateStaff(t.Context(), sqlstore.Command{},
			accounts.NewStaff{Login: "puppet", Password: httpapitest.Password, Role: accounts.Admin, Org: "h1",
				By: p.admin.Account, Settled: true})
		if err != nil {
			t.Fatal(err)
		}
		puppet, other, foreign := p.Session(t, made), p.Staff(t, "admin.two", accounts.Admin, "h1"),
			p.Staff(t, "admin.p1", accounts.Admin, "p1")
		say := func(name string, who *httpapitest.Actor, verb string, status int, code string,
			want ...string) httpapitest.Scenario {
			return decide(name, who, asked, verb, status, code, want...)
		}
		staff := func(name string, who *httpapitest.Actor, verb string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: p.admin, Method: "POST",
				Path: "/v1/admin/accounts/" + who.Person + "/" + verb, Status: 204}
		}
		p.Run(t,
			httpapitest.Scenario{Name: "the list", Actor: p.admin, Method: "GET", Path: "/v1/admin/key-requests",
				Status: 200, Want: []string{asked.ID, asked.Fingerprint, `"state":"waiting"`}},
			httpapitest.Scenario{Name: "another organisation's list", Actor: foreign, Method: "GET",
				Path: "/v1/admin/key-requests", Status: 200, Hide: []string{asked.ID}},
			say("another organisation's administrator", foreign, "approve", 404, "not-found"),
			say("one", p.admin, "approve", 200, "", `"approvals":1`, `"state":"waiting"`),
			say("the same one again", p.admin, "approve", 200, "", `"approvals":1`),
			say("one that the first has made", puppet, "approve", 409, "not-independent"),
			enrol("after one", d, proof(t, third.Public(), third, p.nonce(t, d)), 409, "key-approval-required"),
			say("two", other, "approve", 200, "", `"state":"approved"`),
			staff("one of them is suspended", other, "suspend"),
			enrol("with the approval of one in office", d, proof(t, third.Public(), third, p.nonce(t, d)), 409,
				"key-approval-required"),
			staff("and is back", other, "resume"),
			httpapitest.Scenario{Name: "the list counts both again", Actor: p.admin, Method: "GET",
				Path: "/v1/admin/key-requests", Status: 200, Want: []string{`"approvals":2`}},
			enrol("another key than the approved one", d, proof(t, thief.Public(), thief, p.nonce(t, d)), 409,
				"key-approval-required"),
			enrol("the approved one", d, proof(t, third.Public(), third, p.nonce(t, d)), 201, ""),
			say("it is over", p.admin, "refuse", 404, "not-found"),
			httpapitest.Scenario{Name: "the log", Actor: p.admin, Method: "GET", Path: "/v1/admin/security-log",
				Status: 200, Want: []string{"key-requested", "key-approved", "key-enrolled", "key-revoked",
					"practitioner-approved"}},
			httpapitest.Scenario{Name: "another organisation's log", Actor: foreign, Method: "GET",
				Path: "/v1/admin/security-log", Status: 200, Hide: []string{"key-requested", "doctor1"}},
		)
	})
}

// One administrator made a log-in, put it into office, and was a doctor with the first key; or
// reset a doctor's password before that one had a key. A first key needs two as well, who are told
// which it is, and it is theirs for this person, role and number alone.
func TestAFirstKeyOverHTTP(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		d := p.doctor(t, "doctor1", "110110000012345")
		k := newKey(t)
		try := func(name string, status int, code string) httpapitest.Scenario {
			return enrol(name, d, proof(t, k.Public(), k, p.nonce(t, d)), status, code)
		}
		made, err := p.Accounts.CreateStaff(t.Context(), sqlstore.Command{},
			accounts.NewStaff{Login: "puppet", Password: httpapitest.Password, Role: accounts.Admin, Org: "h1",
				By: p.admin.Account, Settled: true})
		if err != nil {
			t.Fatal(err)
		}
		puppet := p.Session(t, made)
		p.Run(t, try("by session and register alone", 409, "key-approval-required"))
		asked := p.asked(t, d, k)
		p.Run(t,
			httpapitest.Scenario{Name: "the list tells why", Actor: p.deputy, Method: "GET",
				Path: "/v1/admin/key-requests", Status: 200,
				Want: []string{asked.ID, `"why":"first"`, `"role":"doctor"`}},
			decide("by who made the log-in", p.admin, asked, "approve", 200, "", `"approvals":1`),
			decide("by a puppet of the first", puppet, asked, "approve", 409, "not-independent"),
			try("with one administrator", 409, "key-approval-required"),
			decide("by another", p.deputy, asked, "approve", 200, "", `"state":"approved"`),
		)
		// The approvals are for whom the administrators saw: not for who goes by another number
		// since.
		p.Clock.Advance(time.Second)
		number := map[string]any{"idNumber": identity.MakeIDNumber(110101,
			time.Date(1980, 3, 7, 12, 0, 0, 0, time.UTC), 35)}
		p.Run(t,
			httpapitest.Scenario{Name: "another number", Actor: p.admin, Method: "PUT",
				Path: "/v1/admin/practitioners/" + d.Person + "/identity", Body: number, Status: 204},
			try("approved for another number", 409, "key-approval-required"),
			decide("it is over", p.deputy, asked, "approve", 404, "not-found"),
		)
		asked = p.asked(t, d, k)
		p.Run(t,
			decide("one", p.admin, asked, "approve", 200, ""),
			decide("two", p.deputy, asked, "approve", 200, ""),
		)
		human := func(cn string) {
			if err := p.DB.Exec("UPDATE accounts SET human = ? WHERE id = ?", cn,
				p.deputy.Account.ID).Error; err != nil {
				t.Fatal(err)
			}
		}
		admin, suspend := "/v1/admin/practitioners/"+d.Person,
			map[string]any{"version": 2, "reason": "licence under review"}
		human(d.Person)
		p.register.Humans = p.profiles
		p.Run(t,
			decide("by another log-in of the same human", p.deputy, asked, "refuse", 409, "not-independent"),
			try("approved by the same human", 409, "key-approval-required"),
			httpapitest.Scenario{Name: "out of office", Actor: p.admin, Method: "POST", Path: admin + "/suspend",
				Body: suspend, Status: 200},
			httpapitest.Scenario{Name: "back by one's own word", Actor: p.deputy, Method: "POST",
				Path: admin + "/approve", Body: map[string]any{"version": 3}, Status: 409, Code: "own-account"},
			httpapitest.Scenario{Name: "suspended", Actor: p.admin, Method: "POST",
				Path: "/v1/admin/accounts/" + d.Person + "/suspend", Status: 204},
			httpapitest.Scenario{Name: "resumed by one's own word", Actor: p.deputy, Method: "POST",
				Path: "/v1/admin/accounts/" + d.Person + "/resume", Status: 409, Code: "own-account"},
			httpapitest.Scenario{Name: "resumed", Actor: p.admin, Method: "POST",
				Path: "/v1/admin/accounts/" + d.Person + "/resume", Status: 204},
			httpapitest.Scenario{Name: "in office", Actor: p.admin, Method: "POST", Path: admin + "/approve",
				Body: map[string]any{"version": 3}, Status: 200},
		)
		human("")
		d = p.Session(t, d.Account)
		role := func(role string) {
			if err := p.DB.Exec("UPDATE accounts SET role = ? WHERE id = ?", role, d.Account.ID).Error; err != nil {
				t.Fatal(err)
			}
		}
		role("reviewer")
		p.Run(t, try("approved for another role", 409, "key-approval-required"))
		role("doctor")
		p.Run(t, try("the approved one", 201, ""))
		p.commit(t)

		reset := httpapitest.Scenario{Name: "reset", Actor: p.admin, Method: "PUT",
			Path: "/v1/admin/staff/doctor1/password", Body: map[string]any{"password": "an olive ladder sings"},
			Status: 204}
		p.Clock.Advance(time.Second)
		p.Run(t, reset)
		d = p.Session(t, d.Account)
		if err := p.DB.Exec("UPDATE accounts SET must_change = ?", false).Error; err != nil {
			t.Fatal(err)
		}
		next := newKey(t)
		if r := p.asked(t, d, next); r.Why != keys.WhyReset {
			t.Errorf("after a reset: %s", r.Why)
		}
		if err := p.keys.Proven(t.Context(), d.Person); !errors.Is(err, keys.ErrUnproven) {
			t.Errorf("after a reset: %v", err)
		}
		p.Clock.Advance(time.Second)
		live := p.keyOf(t, d)
		renewed := with(proof(t, next.Public(), next, p.nonce(t, d)), "replaces", live)
		p.Run(t, enrol("the live key signs", d, with(renewed, "consent", consent(t, k, next.Public(), live)), 201, ""))
		if err := p.keys.Proven(t.Context(), d.Person); err != nil {
			t.Errorf("with the live key's word: %v", err)
		}
	})
}

// The operator at the machine stands for two administrators: a new organisation has none who are
// independent.
func TestTheOperatorApproves(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		d, k := p.doctor(t, "doctor1", "110110000012345"), newKey(t)
		asked := p.asked(t, d, k)
		open, err := p.keys.Open(t.Context())
		if err != nil || len(open) != 1 || open[0].ID != asked.ID {
			t.Fatalf("%+v, %v", open, err)
		}
		if _, err := p.keys.ApproveAtMachine(t.Context(), "rk7qm2xw5zt3yb6nc2dab"); !errors.Is(err, keys.ErrRequest) {
			t.Fatalf("an unknown one: %v", err)
		}
		if r, err := p.keys.ApproveAtMachine(t.Context(), asked.ID); err != nil || r.State != keys.Granted {
			t.Fatalf("%+v, %v", r, err)
		}
		p.Run(t,
			httpapitest.Scenario{Name: "the log", Actor: p.admin, Method: "GET", Path: "/v1/admin/security-log",
				Status: 200, Want: []string{"key-approved"}},
			enrol("enrol", d, proof(t, k.Public(), k, p.nonce(t, d)), 201, ""),
		)
	})
}

// Nobody asks for approval who is not in office, and nobody's requests hide another's.
func TestNobodyFillsTheApprovals(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ask := func(name string, a *httpapitest.Actor, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: a, Method: "POST", Path: "/v1/keys/requests",
				Body: map[string]any{"publicKey": newKey(t).Public().Hex()}, Status: status, Code: code}
		}
		p.Run(t,
			ask("a patient", p.Patient(t, "ann"), 403, "forbidden"),
			ask("not in office", p.Staff(t, "nobody", accounts.Doctor, "h1"), 403, "practitioner-not-approved"),
		)
		quiet := p.asked(t, p.doctor(t, "quiet", "110110000012345"), newKey(t))
		for i := range 6 {
			p.Clock.Advance(time.Second)
			loud := p.doctor(t, fmt.Sprintf("loud%d", i), fmt.Sprintf("11011000002234%d", i))
			for range 20 {
				p.asked(t, loud, newKey(t))
			}
			p.Run(t, ask("one too many", loud, 429, "too-many-keys"))
		}
		p.Run(t, httpapitest.Scenario{Name: "still there", Actor: p.admin, Method: "GET",
			Path: "/v1/admin/key-requests", Status: 200, Want: []string{quiet.ID}})
	})
}

// A thousand records came onto the chain in half a minute, from accounts that nobody had looked at.
func TestNobodyFillsTheChainWithKeys(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		ann, bob := p.Patient(t, "ann"), p.Patient(t, "bob")
		p.strangers[bob.Person] = true
		k := newKey(t)
		p.Run(t, enrol("no real name", bob, proof(t, k.Public(), k, p.nonce(t, bob)), 409, "identity-not-bound"))
		replaced := ""
		for range keys.MaxPerDay {
			extra := map[string]any{}
			if replaced != "" {
				extra["replaces"] = replaced
			}
			replaced = p.enrolled(t, ann, extra).ID
			p.commit(t)
		}
		last := with(proof(t, k.Public(), k, p.nonce(t, ann)), "replaces", replaced)
		p.Run(t, enrol("one too many", ann, last, 429, "too-many-keys"))
		p.Clock.Advance(24*time.Hour + time.Second)
		p.Run(t, enrol("the next day", ann,
			with(proof(t, k.Public(), k, p.nonce(t, ann)), "replaces", replaced), 201, ""))
		p.keys.PerAddress = 2
		eve, mallory := p.Patient(t, "eve"), p.Patient(t, "mallory")
		p.enrolled(t, eve, nil)
		p.Run(t, enrol("one too many from one address", mallory,
			func() map[string]any { m := newKey(t); return proof(t, m.Public(), m, p.nonce(t, mallory)) }(), 429,
			"too-many-keys"))
	})
}
