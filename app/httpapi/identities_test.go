package httpapi_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/outbox"
)

func (p *people) bind(t *testing.T, a *httpapitest.Actor, id map[string]any) patients.View {
	t.Helper()
	return httpapitest.Decode[patients.View](t,
		p.Play(t, httpapitest.Scenario{Actor: a, Method: "POST", Path: "/v1/patients/me/identity", Body: id,
			Status: 201}))
}

func (p *people) me(t *testing.T, a *httpapitest.Actor) patients.View {
	t.Helper()
	return httpapitest.Decode[patients.View](t,
		p.Play(t, httpapitest.Scenario{Actor: a, Method: "GET", Path: "/v1/patients/me", Status: 200}))
}

func number(id map[string]any) map[string]any { return map[string]any{"idNumber": id["idNumber"]} }

func (p *people) prove(name, person string, id map[string]any, status int, code string) httpapitest.Scenario {
	return httpapitest.Scenario{Name: name, Actor: p.admin, Method: "POST",
		Path: "/v1/admin/identities/" + person + "/prove", Body: id, Status: status, Code: code}
}

// Somebody typed another one's number first, and owned it for ever; now who proves it has it.
func TestAWrongClaimantLosesTheNumber(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		thief, owner, late := p.Patient(t, "thief"), p.Patient(t, "owner"), p.Patient(t, "late")
		id := typedIdentity(patientName, 1990, 22)
		if v := p.bind(t, thief, id); v.Claim != profile.Claimed || !v.Bound {
			t.Fatalf("%+v", v)
		}
		if v := p.bind(t, owner, id); v.Claim != profile.Contested || v.Bound {
			t.Fatalf("%+v", v)
		}
		if _, _, err := p.profiles.Patient(t.Context(), owner.Person, owner.Person); err == nil {
			t.Error("prescribed on a contested number")
		}
		find := httpapitest.Scenario{Name: "the desk sees both", Actor: p.admin, Method: "POST",
			Path: "/v1/admin/identities/find", Body: number(id), Status: 200,
			Want: []string{thief.Person, owner.Person, `"claim":"contested"`}, Hide: []string{id["idNumber"].(string)}}
		p.Run(t,
			httpapitest.Scenario{Name: "typed again", Actor: owner, Method: "POST", Path: "/v1/patients/me/identity",
				Body: typedIdentity("王大芳", 1991, 24), Status: 409, Code: "identity-claim"},
			find,
			p.prove("somebody who typed another number", p.Patient(t, "bob").Person, id, 404, "not-found"),
			p.prove("the owner", owner.Person, with(id, "name", "王小方"), 200, ""),
			p.prove("once more", owner.Person, with(id, "name", "王小方"), 200, ""),
			p.prove("the thief, who has none any more", thief.Person, id, 404, "not-found"),
			httpapitest.Scenario{Name: "the owner's log names both looks", Actor: owner, Method: "GET",
				Path: "/v1/patients/me", Status: 200, Want: []string{`"name":"王小方"`, `"claim":"proven"`}},
		)
		if v := p.me(t, thief); v.Claim != profile.Lost || v.Bound || v.Name != "" {
			t.Errorf("the thief: %+v", v)
		}
		notes := p.notes(t, thief)
		for _, want := range []string{access.NoteTyped, access.NoteContested, access.NoteSeen,
			access.NoteLost} {
			if !strings.Contains(notes, want) {
				t.Errorf("the access log lacks %q: %s", want, notes)
			}
		}
		if v := p.bind(t, thief, typedIdentity("赵强", 1985, 30)); v.Claim != profile.Claimed {
			t.Errorf("the own number: %+v", v)
		}
		// A proven number is not taken by a card: only the desk decides then.
		p.bind(t, late, id)
		if err := p.profiles.ProveByCard(t.Context(), late.Person, late.Person, identityOf(t, p, late)); err == nil ||
			p.me(t, owner).Claim != profile.Proven {
			t.Errorf("%v, %+v", err, p.me(t, owner))
		}
		p.Play(t, httpapitest.Scenario{Actor: late, Method: "DELETE", Path: "/v1/patients/me/identity", Status: 200,
			Want: []string{`"claim":""`}})
		pharmacy := p.Staff(t, "pharmacy-admin", accounts.Admin, "p1")
		p.Play(t, httpapitest.Scenario{Actor: pharmacy, Method: "POST", Path: "/v1/admin/identities/find",
			Body: number(id), Status: 403, Code: "forbidden"})
	})
}

func (p *people) notes(t *testing.T, a *httpapitest.Actor) string {
	t.Helper()
	list, err := p.profiles.Accesses(t.Context(), a.Person, a.Person)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, x := range list {
		b.WriteString(x.Reason + "\n")
	}
	return b.String()
}

func identityOf(t *testing.T, p *people, a *httpapitest.Actor) identity.Identity {
	t.Helper()
	_, id, err := p.profiles.CardPerson(t.Context(), a.Person, a.Person)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// The bureau's word for a card proves a number that somebody else had typed.
func TestACardProvesTheNumber(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		thief, owner := p.Patient(t, "thief"), p.Patient(t, "owner")
		id := typedIdentity(patientName, 1990, 22)
		p.bind(t, thief, id)
		p.bind(t, owner, id)
		if err := p.profiles.ProveByCard(t.Context(), owner.Person, owner.Person, identityOf(t, p, owner)); err != nil {
			t.Fatal(err)
		}
		if p.me(t, owner).Claim != profile.Proven || p.me(t, thief).Claim != profile.Lost {
			t.Errorf("owner %+v, thief %+v", p.me(t, owner), p.me(t, thief))
		}
	})
}

// The other parent asks, the first one confirms, both see the child, and at 18 the record passes to
// its owner.
func TestAChildsRecord(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		mother, father, stranger := p.Patient(t, "mother"), p.Patient(t, "father"), p.Patient(t, "stranger")
		p.bind(t, mother, typedIdentity("王小芳", 1990, 22))
		fatherID := typedIdentity("赵强", 1985, 31)
		p.bind(t, father, fatherID)
		p.bind(t, stranger, typedIdentity("孙二", 1985, 33))
		id := typedIdentity("王宝宝", 2010, 11)
		child := with(id, "relation", "parent")
		add := func(a *httpapitest.Actor) patients.View {
			t.Helper()
			return httpapitest.Decode[patients.View](t,
				p.Play(t, httpapitest.Scenario{Actor: a, Method: "POST", Path: "/v1/patients/me/family",
					Body: with(child, "name", "宝宝"), Status: 201}))
		}
		record := add(mother).Person
		guardians := "/v1/patients/" + record + "/guardians/"
		for _, a := range []*httpapitest.Actor{father, stranger} {
			if v := add(a); v.Person != record || v.Name != "" || v.BirthDate != "" || v.Health.AllergiesAsked ||
				len(v.Guardians) != 1 || v.Guardians[0].State != family.Asked {
				t.Fatalf("who asks sees %+v", v)
			}
		}
		p.Run(t,
			httpapitest.Scenario{Name: "asking shows nothing", Actor: father, Method: "GET",
				Path: "/v1/patients/" + record, Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "it is said that one waits", Actor: father, Method: "GET",
				Path: "/v1/patients/me/family", Status: 200, Want: []string{`"family":[]`, `"asking":["` + record}},
			httpapitest.Scenario{Name: "nobody confirms himself", Actor: father, Method: "POST",
				Path: guardians + "me/confirm", Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "the mother sees who asks", Actor: mother, Method: "GET",
				Path: "/v1/patients/" + record, Status: 200, Want: []string{"赵强", "孙二", `"state":"asked"`}},
			httpapitest.Scenario{Name: "refuses the stranger", Actor: mother, Method: "DELETE",
				Path: guardians + stranger.Person, Status: 200},
			httpapitest.Scenario{Name: "confirms the father", Actor: mother, Method: "POST",
				Path: guardians + father.Person + "/confirm", Status: 200},
			httpapitest.Scenario{Name: "who is not ended by her", Actor: mother, Method: "DELETE",
				Path: guardians + father.Person, Status: 409, Code: "identity-claim"},
			httpapitest.Scenario{Name: "the father reads", Actor: father, Method: "GET", Path: "/v1/patients/" + record,
				Status: 200, Want: []string{"宝宝"}},
			httpapitest.Scenario{Name: "the stranger does not", Actor: stranger, Method: "GET",
				Path: "/v1/patients/" + record, Status: 404, Code: "not-found"},
			httpapitest.Scenario{Name: "a third at the desk", Actor: p.admin, Method: "POST",
				Path: "/v1/admin/identities/guardians",
				Body: map[string]any{"child": number(id), "guardian": number(typedIdentity("孙二", 1985, 33)),
					"relation": "other"}, Status: 409, Code: "profile-full"},
			httpapitest.Scenario{Name: "one gives it up", Actor: mother, Method: "DELETE", Path: guardians + "me",
				Status: 200, Hide: []string{"宝宝"}},
			httpapitest.Scenario{Name: "the last does not", Actor: father, Method: "DELETE", Path: guardians + "me",
				Status: 409, Code: "identity-claim"},
			httpapitest.Scenario{Name: "a diagnosis", Actor: father, Method: "POST",
				Path: "/v1/patients/" + record + "/diagnoses",
				Body: map[string]any{"code": "J45.9", "hospital": "儿童医院", "date": "2026-01-02"}, Status: 201},
		)
		p.Clock.Advance(2 * 366 * 24 * time.Hour) // 18
		owner, father := p.Patient(t, "owner"), p.Patient(t, "father")
		p.admin = p.Staff(t, "admin-later", accounts.Admin, "h1")
		fresh := owner.Person
		if v := p.bind(t, owner, id); v.Claim != profile.Contested {
			t.Fatalf("typing alone took the record: %+v", v)
		}
		target, _, err := p.profiles.CardPerson(t.Context(), owner.Person, owner.Person)
		if err != nil || target != record {
			t.Fatalf("the card would go to %s, %v", target, err)
		}
		p.Play(t, p.prove("", fresh, id, 200, ""))
		p.Play(t, httpapitest.Scenario{Name: "the old session ended", Actor: owner, Method: "GET",
			Path: "/v1/patients/me", Status: 401, Code: "unauthenticated"})
		owner = p.Patient(t, "owner")
		if v := p.me(t, owner); owner.Person != record || v.Claim != profile.Proven || v.Name != "王宝宝" ||
			len(v.Prior) != 1 || v.Guardian != "" || len(v.Guardians) != 0 {
			t.Errorf("the owner is %s and has %+v", owner.Person, v)
		}
		// What the owner did under the id from before the pass stays the owner's, and no guardian
		// acts for anybody any more.
		for person, want := range map[string][]string{record: {fresh}, father.Person: nil, fresh: nil} {
			if wards, _, _, err := p.profiles.ActsFor(t.Context(), person); err != nil || !slices.Equal(wards, want) {
				t.Errorf("%s acts for %v, %v, want %v", person, wards, err, want)
			}
		}
		// What a visit names by that id is read from the record it passed to, and its medicine runs
		// for the owner.
		for _, id := range []string{fresh, record} {
			if at, _, err := p.profiles.AtVisit(t.Context(), id, id); err != nil || at.Person != record ||
				!slices.Equal(at.Former, []string{fresh}) {
				t.Errorf("at a visit of %s: %+v, %v", id, at, err)
			}
		}
		for person, want := range map[string]string{record: fresh, fresh: record} {
			if also, err := p.profiles.Also(t.Context(), person); err != nil || !slices.Equal(also, []string{want}) {
				t.Errorf("%s is also %v, %v", person, also, err)
			}
		}
		// The lists of one person are of all these ids.
		known, err := p.profiles.Known(t.Context(), record)
		if err != nil || !slices.Equal(known, []string{record, fresh}) {
			t.Errorf("known as %v, %v", known, err)
		}
		p.Play(t, httpapitest.Scenario{Name: "the guardian's sight ended", Actor: father, Method: "GET",
			Path: "/v1/patients/" + record, Status: 404, Code: "not-found"})
		if notes := p.notes(t, owner); !strings.Contains(notes, access.NotePassed) ||
			!strings.Contains(notes, access.NoteDesk) || !strings.Contains(notes, access.NoteGuardianConfirmed) {
			t.Error(notes)
		}
	})
}

// Five accounts ask to be guardian of a child whose number they know, and kept its father out. A
// proven one takes the place of the oldest of them, a typed one when their time is over, and the
// desk asks nobody.
func TestStrangersKeepNoGuardianOut(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		child := with(typedIdentity("王宝宝", 2015, 11), "relation", "parent")
		ask := func(a *httpapitest.Actor, status int, code string) patients.View {
			t.Helper()
			res := p.Play(t, httpapitest.Scenario{Actor: a, Method: "POST", Path: "/v1/patients/me/family", Body: child,
				Status: status, Code: code})
			if status != 201 {
				return patients.View{}
			}
			return httpapitest.Decode[patients.View](t, res)
		}
		actor := func(name string, serial int) *httpapitest.Actor {
			a := p.Patient(t, name)
			p.bind(t, a, typedIdentity("某某", 1980, serial))
			return a
		}
		mother := actor("mother", 10)
		record := ask(mother, 201, "").Person
		for i := range family.MaxAsking {
			ask(actor("stranger-"+string(rune('a'+i)), 11+i), 201, "")
			p.Clock.Advance(time.Minute)
		}
		state := func(a *httpapitest.Actor) (state family.State) {
			for _, g := range p.family(t, mother, record) {
				if g.Person == a.Person {
					state = g.State
				}
			}
			return state
		}
		father := actor("father", 30)
		ask(father, 409, "profile-full")
		p.Play(t, p.prove("the father's own number", father.Person, typedIdentity("某某", 1980, 30), 200, ""))
		ask(father, 201, "")
		if got := state(father); got != family.Asked {
			t.Errorf("the proven father: %q", got)
		}
		uncle := actor("uncle", 31)
		ask(uncle, 409, "profile-full")
		p.Play(t, httpapitest.Scenario{Name: "the desk needs no room", Actor: p.admin, Method: "POST",
			Path: "/v1/admin/identities/guardians", Status: 200,
			Body: map[string]any{"child": number(child), "guardian": number(typedIdentity("某某", 1980, 31)),
				"relation": "other"}})
		aunt := actor("aunt", 32)
		ask(aunt, 409, "profile-full")
		p.Clock.Advance(family.AskingLasts)
		aunt, mother = p.Patient(t, "aunt"), p.Patient(t, "mother")
		ask(aunt, 201, "")
		if a, f := state(aunt), state(father); a != family.Asked || f != family.Asked {
			t.Errorf("the aunt %q, the father %q", a, f)
		}
	})
}

func (p *people) family(t *testing.T, a *httpapitest.Actor, person string) []patients.GuardianView {
	t.Helper()
	return httpapitest.Decode[patients.View](t,
		p.Play(t, httpapitest.Scenario{Actor: a, Method: "GET", Path: "/v1/patients/" + person, Status: 200})).Guardians
}

// A stranger typed a child's number first: the parent waited for ever, or the desk made the parent
// guardian of the stranger's record, in which the stranger went on reading.
func TestTheDeskFreesAChildsNumber(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		stranger, parent := p.Patient(t, "stranger"), p.Patient(t, "parent")
		child, adult := typedIdentity("王小方", 2020, 22), typedIdentity(patientName, 1990, 24)
		p.bind(t, stranger, child)
		p.bind(t, parent, adult)
		enter := func(name string, want string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: parent, Method: "POST", Path: "/v1/patients/me/family",
				Body: with(child, "relation", "parent"), Status: 201, Want: []string{want}}
		}
		free := func(name, person string, id map[string]any, status int, code string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: p.admin, Method: "POST",
				Path: "/v1/admin/identities/" + person + "/free", Body: number(id), Status: status, Code: code}
		}
		guardian := httpapitest.Scenario{Name: "guardian of a log-in nobody has seen", Actor: p.admin, Method: "POST",
			Path: "/v1/admin/identities/guardians",
			Body: map[string]any{"child": number(child), "guardian": number(adult), "relation": "parent"}, Status: 409,
			Code: "identity-claim"}
		p.Run(t,
			enter("it is taken", `"state":"asked"`),
			guardian,
			free("with another number", stranger.Person, adult, 404, "not-found"),
			free("of a stranger to the number", parent.Person, child, 404, "not-found"),
			httpapitest.Scenario{Name: "at another organisation's desk",
				Actor: p.Staff(t, "pharmacy-admin", accounts.Admin, "p1"), Method: "POST",
				Path: "/v1/admin/identities/" + stranger.Person + "/free", Body: number(child), Status: 403,
				Code: "forbidden"},
			free("free", stranger.Person, child, 200, ""),
			free("twice", stranger.Person, child, 404, "not-found"),
			enter("the parent's child", `"state":"confirmed"`),
		)
		if v := p.me(t, stranger); v.Claim != profile.Lost || v.Bound || v.Name != "" {
			t.Errorf("the stranger: %+v", v)
		}
		if notes := p.notes(t, stranger); !strings.Contains(notes, access.NoteFreed) {
			t.Errorf("the access log: %s", notes)
		}
		found := p.Play(t, httpapitest.Scenario{Actor: p.admin, Method: "POST", Path: "/v1/admin/identities/find",
			Body: number(child), Status: 200, Hide: []string{stranger.Person}, Want: []string{parent.Person}})
		list := httpapitest.Decode[struct{ Records []patients.DeskRecord }](t, found).Records
		p.Run(t, free("a record without a log-in", list[0].Person, child, 409, "identity-claim"))
		p.Run(t, p.prove("a proven one stays", parent.Person, adult, 200, ""),
			free("proven", parent.Person, adult, 409, "identity-claim"))
	})
}

// TestTheDeskReplacesADocument: a number that was held could never be changed. A renewed passport,
// a birth certificate's child that got its number, and a mistyped number that happened to be a good
// one left the person stuck, or with a second record without the allergies.
func TestTheDeskReplacesADocument(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		owner, other := p.Patient(t, "owner"), p.Patient(t, "other")
		typed, real := typedIdentity(patientName, 1990, 22), typedIdentity("陈小燕", 1991, 26)
		others := typedIdentity("李雷", 1985, 23)
		p.bind(t, owner, typed)
		p.bind(t, other, others)
		replace := func(name, person string, former, now map[string]any, status int, code string,
			fields ...string) httpapitest.Scenario {
			return httpapitest.Scenario{Name: name, Actor: p.admin, Method: "POST",
				Path: "/v1/admin/identities/" + person + "/replace",
				Body: with(now, "former", number(former)), Status: status, Code: code, Fields: fields}
		}
		elsewhere := replace("at another organisation's desk", owner.Person, typed, real, 403, "forbidden")
		elsewhere.Actor = p.Staff(t, "pharmacy-admin", accounts.Admin, "p1")
		p.Run(t,
			elsewhere,
			replace("with a former number that is not the record's", owner.Person, others, real, 404, "not-found"),
			replace("of a record that has none", other.Person, typed, real, 404, "not-found"),
			replace("by a number that somebody else holds", owner.Person, typed, others, 409, "identity-claim"),
			replace("by a number that is none", owner.Person, typed, with(real, "idNumber", "110101199103070001"), 422,
				"invalid-input", "body.idNumber"),
			replace("replaced", owner.Person, typed, real, 200, ""),
			replace("twice", owner.Person, typed, real, 404, "not-found"),
		)
		if v := p.me(t, owner); v.Claim != profile.Proven || v.Name != "陈小燕" || v.BirthDate != "1991-03-07" {
			t.Errorf("%+v", v)
		}
		if notes := p.notes(t, owner); !strings.Contains(notes, access.NoteDesk) {
			t.Errorf("the access log: %s", notes)
		}
		// The former number is free again.
		if v := p.bind(t, p.Patient(t, "late"), typed); v.Claim != profile.Claimed {
			t.Errorf("%+v", v)
		}
	})
}

// TestKeysEndWithTheNumber: who had proven another human's number at the desk bore that human's
// name in the certificate, and signed under it until somebody revoked the key.
func TestKeysEndWithTheNumber(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		enter := func(a *httpapitest.Actor, n map[string]any) {
			t.Helper()
			p.Play(t, httpapitest.Scenario{Actor: p.admin, Method: "PUT",
				Path: "/v1/admin/practitioners/" + a.Person + "/identity", Body: number(n), Status: 204})
		}
		cn := func(a *httpapitest.Actor) string {
			t.Helper()
			name, err := human.CNOf(p.DB.WithContext(t.Context()), a.Person)
			if err != nil {
				t.Fatal(err)
			}
			return name
		}
		for i, staffFirst := range []bool{true, false} {
			id := typedIdentity(patientName, 1990, 40+i)
			doctor := p.Staff(t, fmt.Sprintf("doctor%d", i), accounts.Doctor, "h1")
			wrong, right := p.Patient(t, fmt.Sprintf("wrong%d", i)), p.Patient(t, fmt.Sprintf("right%d", i))
			if staffFirst {
				enter(doctor, id)
			}
			p.bind(t, wrong, id)
			p.Play(t, p.prove("the wrong one", wrong.Person, id, 200, ""))
			k := p.enrolled(t, wrong, nil)
			p.commit(t)
			if !staffFirst {
				enter(doctor, id)
			}
			shared := cn(wrong)
			if shared != cn(doctor) {
				t.Fatalf("%s and %s", shared, cn(doctor))
			}
			p.bind(t, right, id)
			p.Play(t, p.prove("the right one", right.Person, with(id, "name", "王小方"), 200, ""))
			if _, err := p.keys.Active(t.Context(), wrong.Person); !errors.Is(err, keys.ErrNoKey) {
				t.Errorf("staff first %v: the key goes on: %v", staffFirst, err)
			}
			if name := cn(wrong); name == shared || cn(doctor) != shared || cn(right) != shared {
				t.Errorf("staff first %v: %s bears the name of %s and %s", staffFirst, name, cn(doctor), cn(right))
			}
			if notes := p.notes(t, wrong); !strings.Contains(notes, access.NoteKeyEnded) {
				t.Errorf("the access log: %s", notes)
			}
			p.Run(t, httpapitest.Scenario{Name: "the security log", Actor: p.admin, Method: "GET",
				Path: "/v1/admin/security-log", Status: 200, Want: []string{"key-revoked", k.ID}})
			entries, err := outbox.BySubject(p.DB.DB, chain.SubjectCert+k.ID)
			if err != nil || len(entries) != 2 || entries[1].Kind != chain.KindRevoke {
				t.Errorf("on its way to the chain: %+v, %v", entries, err)
			}
			p.bind(t, wrong, typedIdentity("赵强", 1985, 50+i))
			again := p.enrolled(t, wrong, nil)
			if cert, err := pki.ParseCertificatePEM([]byte(again.Certificate)); err != nil ||
				cert.SubjectCN() != cn(wrong) {
				t.Errorf("the new key: %v", err)
			}
			// A name that is nobody else's stays, with its key.
			alone, id2 := p.Patient(t, fmt.Sprintf("alone%d", i)), typedIdentity("孙二", 1985, 60+i)
			p.bind(t, alone, id2)
			p.Play(t, p.prove("one who is nobody else", alone.Person, id2, 200, ""))
			p.enrolled(t, alone, nil)
			p.commit(t)
			other := p.Patient(t, fmt.Sprintf("other%d", i))
			p.bind(t, other, id2)
			p.Play(t, p.prove("another", other.Person, id2, 200, ""))
			if _, err := p.keys.Active(t.Context(), alone.Person); err != nil || cn(alone) != alone.Person {
				t.Errorf("its name was nobody else's: %v, %s", err, cn(alone))
			}
		}
	})
}

// TestStaffTakeTheNewNumber: the desk put another document in the place of a patient's, and the
// log-in by which the same human works here kept the former number: they were two again.
func TestStaffTakeTheNewNumber(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		former, now := typedIdentity(patientName, 1990, 22), typedIdentity(patientName, 1990, 24)
		doctor, elsewhere, patient := p.Staff(t, "doctor1", accounts.Doctor, "h1"),
			p.Staff(t, "dispenser1", accounts.Dispenser, "p1"), p.Patient(t, "patient")
		pharmacy := p.Staff(t, "pharmacy-admin", accounts.Admin, "p1")
		for admin, a := range map[*httpapitest.Actor]*httpapitest.Actor{p.admin: doctor, pharmacy: elsewhere} {
			p.Play(t, httpapitest.Scenario{Actor: admin, Method: "PUT",
				Path: "/v1/admin/practitioners/" + a.Person + "/identity", Body: number(former), Status: 204})
		}
		p.bind(t, patient, former)
		p.Play(t, p.prove("the patient", patient.Person, former, 200, ""))
		p.Play(t, httpapitest.Scenario{Actor: p.admin, Method: "POST",
			Path: "/v1/admin/identities/" + patient.Person + "/replace", Body: with(now, "former", number(former)),
			Status: 200, Want: []string{`"staff":true`, `"apart":false`}})
		also, err := p.profiles.Also(t.Context(), doctor.Person)
		if err != nil || !slices.Equal(also, []string{patient.Person}) {
			t.Errorf("the doctor is also %v, %v", also, err)
		}
		name, err := human.CNOf(p.DB.WithContext(t.Context()), patient.Person)
		if err != nil || name != doctor.Person {
			t.Errorf("the patient's name is %s, %v", name, err)
		}
		// Another organisation's staff is its own administrators' to say.
		if also, err := p.profiles.Also(t.Context(), elsewhere.Person); err != nil || len(also) != 0 {
			t.Errorf("the dispenser is also %v, %v", also, err)
		}
	})
}

// An administrator with another number would count as another human, and two log-ins of one role
// that get one number would answer to one name.
func TestARenewedDocumentMakesNobodyTwo(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		first, second := typedIdentity(patientName, 1990, 22), typedIdentity(patientName, 1990, 24)
		third := typedIdentity(patientName, 1990, 26)
		enter := func(who string, id map[string]any, status int, code string) {
			t.Helper()
			p.Play(t, httpapitest.Scenario{Name: who, Actor: p.admin, Method: "PUT",
				Path: "/v1/admin/practitioners/" + who + "/identity", Body: number(id), Status: status, Code: code})
		}
		replace := func(person string, former, now map[string]any, code string) {
			t.Helper()
			p.Play(t, httpapitest.Scenario{Name: code, Actor: p.admin, Method: "POST",
				Path: "/v1/admin/identities/" + person + "/replace", Body: with(now, "former", number(former)),
				Status: 409, Code: code})
		}
		enter(p.admin.Person, first, 204, "")
		also := p.Staff(t, "doctor0", accounts.Doctor, "h1") // the administrator's other log-in
		enter(also.Person, first, 204, "")
		enter(also.Person, third, 409, "own-account")
		self := p.Patient(t, "self")
		p.bind(t, self, first)
		p.Play(t, p.prove("the administrator as a patient", self.Person, first, 200, ""))
		replace(self.Person, first, third, "own-account")

		one, two, patient := p.Staff(t, "doctor1", accounts.Doctor, "h1"),
			p.Staff(t, "doctor2", accounts.Doctor, "h1"), p.Patient(t, "patient")
		enter(one.Person, second, 204, "")
		enter(two.Person, third, 204, "")
		p.bind(t, patient, second)
		p.Play(t, p.prove("the patient", patient.Person, second, 200, ""))
		replace(patient.Person, second, third, "staff-twice")
	})
}
