package app

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/family/right"
	patientsapi "github.com/smart-hospital/hospital/app/httpapi/patients"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
)

// relativeNeeds says of every operation that a patient may call what a relative needs to call it
// for another. "" is for what is the caller's own alone: nothing in it names another person.
var relativeNeeds = map[right.Right][]string{
	right.Read: {"get-profile", "list-consultations", "get-consultation", "list-notes", "read-messages", "get-picture",
		"chat-socket", "list-prescriptions", "get-prescription", "prescription-events", "list-settlements",
		"get-settlement", "settlement-events", "get-rating"},
	right.Act: {"request-consultation", "cancel-consultation", "post-message", "mark-read", "upload-picture",
		"rate-visit", "choose-pharmacy", "short-code", "ask-release", "prepare-cancel", "prepare-contest",
		"create-pay-code", "list-cards", "quote-payment", "prepare-payment", "get-bundle", "list-pickup-codes",
		"intent-sign", "show-identity-code", "judge-case"},
	right.Own: {"update-profile", "add-diagnosis", "bind-card", "patient-accesses", "prescription-accesses",
		"confirm-guardian", "end-guardian"},
	"": {"bind-identity", "withdraw-identity", "list-family", "add-child", "look-at-closing", "close-own-account",
		"list-relatives", "invite-relative", "enter-relative-code", "confirm-relative", "set-relative-rights",
		"end-relative", "key-challenge", "enrol-key", "list-keys", "revoke-key", "list-consents", "agree",
		"withdraw-consent", "get-triage"},
}

// TestEveryOperationForAnotherIsThoughtOf walks the API: what a patient may call is in one of the
// groups.
func TestEveryOperationForAnotherIsThoughtOf(t *testing.T) {
	d, group := describe(t), map[string]right.Right{}
	for r, ids := range relativeNeeds {
		for _, id := range ids {
			if _, twice := group[id]; twice {
				t.Errorf("%s is in two groups", id)
			}
			group[id] = r
		}
	}
	for path, item := range d.Paths {
		for _, op := range operationsOf(item) {
			_, roles, _ := strings.Cut(op.Description, "Roles:")
			_, known := group[op.OperationID]
			if strings.Contains(roles, " patient") && !known {
				t.Errorf("%s (%s): what does a relative need to call it for another?", op.OperationID, path)
			}
			delete(group, op.OperationID)
		}
	}
	for id := range group {
		t.Errorf("%s is grouped, and the API has no such operation", id)
	}
}

// try is one call about the owner's record.
type try struct {
	id, method, path string
	body             any
	names            string // a list: it is let in that finds this in the answer
}

// let tells whether somebody is let in: nobody else gets any answer but 404.
func (n *nursery) let(p *journey.Person, c try) bool {
	n.t.Helper()
	var out json.RawMessage
	err := n.do(p, c.method, c.path, c.body, &out)
	var r *journey.Refused
	if err != nil && !errors.As(err, &r) {
		n.t.Fatalf("%s: %v", c.id, err)
	}
	if r != nil && r.Status == http.StatusUnprocessableEntity {
		n.t.Fatalf("%s: %v", c.id, err)
	}
	if c.names != "" {
		return err == nil && strings.Contains(string(out), c.names)
	}
	return r == nil || r.Status != http.StatusNotFound
}

// tie lets a relative in, over HTTP: code, request, confirmation.
func (n *nursery) tie(owner, relative *journey.Person, acts bool) family.View {
	n.t.Helper()
	var code family.Invitation
	n.must(owner, http.MethodPost, "/v1/relatives/codes", map[string]any{"relation": "child", "acts": acts}, &code)
	var asked, tied family.View
	n.must(relative, http.MethodPost, "/v1/relatives/asked", map[string]any{"code": code.Code}, &asked)
	n.must(owner, http.MethodPost, "/v1/relatives/"+asked.ID+"/confirm", map[string]any{"acts": acts}, &tied)
	return tied
}

// TestRelatives: an adult lets one relative act and one read; a third one's right was taken back,
// and a stranger had none. Every operation about the owner's record is tried by all of them.
func TestRelatives(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		n := openNursery(t, dsn)
		owner, acts, reads, gone := n.ward.Patient(0), n.ward.Patient(1), n.ward.Patient(2), n.ward.Patient(3)
		n.tie(owner, acts, true)
		n.tie(owner, reads, false)
		ended := n.tie(owner, gone, true)
		n.must(owner, http.MethodDelete, "/v1/relatives/"+ended.ID, nil, nil)

		v := n.ward.Visit(0)
		if err := v.Lead(n.ctx, prescription.Approved); err != nil {
			t.Fatal(err)
		}
		var me patients.View
		n.must(owner, http.MethodGet, "/v1/patients/me", nil, &me)
		var visits struct{ Consultations []consult.View }
		n.must(owner, http.MethodGet, "/v1/consultations", nil, &visits)
		visit, rx := visits.Consultations[0].ID, v.Prescription()
		token := ""
		for _, p := range n.app.demo.Patients {
			if p.Name == me.Name {
				token = p.ECToken
			}
		}
		n.must(owner, http.MethodPut, "/v1/patients/me/card", map[string]string{"ecToken": token}, nil)

		t.Run("the relative pays with the owner's card, by the own key", func(t *testing.T) {
			var code payment.PayCode
			n.absent(n.do(reads, http.MethodPost, "/v1/patients/"+me.Person+"/pay-codes", nil, nil))
			n.must(acts, http.MethodPost, "/v1/patients/"+me.Person+"/pay-codes", nil, &code)
			n.act(acts, prescription.ID(rx), "pay", map[string]any{"payCode": code.Code})
			if err := acts.Poll(n.ctx, "paid", 0,
				func() (bool, error) {
					return n.read(acts, prescription.ID(rx)).Status == prescription.Paid, nil
				}); err != nil {
				t.Fatal(err)
			}
			if got := n.read(acts, prescription.ID(rx)).Content.Pickup; got == "" {
				t.Error("who acts is not shown the pick-up code")
			}
			if got := n.read(reads, prescription.ID(rx)).Content.Pickup; got != "" {
				t.Error("who only reads is shown the pick-up code")
			}
		})
		var settled struct{ Settlements []payment.View }
		n.must(owner, http.MethodGet, "/v1/prescriptions/"+rx+"/settlements", nil, &settled)
		settlement := "/v1/settlements/" + settled.Settlements[0].ID
		doctor := visits.Consultations[0].Doctor
		rxPath, visitPath, person := "/v1/prescriptions/"+rx, "/v1/consultations/"+visit, "/v1/patients/"+me.Person
		get, post, put := http.MethodGet, http.MethodPost, http.MethodPut
		tries := []try{
			{id: "get-profile", method: get, path: person},
			{id: "list-consultations", method: get, path: "/v1/consultations", names: visit},
			{id: "list-consultations", method: get, path: "/v1/consultations?person=" + me.Person, names: visit},
			{id: "get-consultation", method: get, path: visitPath},
			{id: "list-notes", method: get, path: visitPath + "/notes"},
			{id: "read-messages", method: get, path: visitPath + "/messages"},
			{id: "list-prescriptions", method: get, path: "/v1/prescriptions", names: rx},
			{id: "list-prescriptions", method: get, path: "/v1/prescriptions?person=" + me.Person, names: rx},
			{id: "get-prescription", method: get, path: rxPath},
			{id: "prescription-events", method: get, path: rxPath + "/events"},
			{id: "list-settlements", method: get, path: rxPath + "/settlements", names: "ST"},
			{id: "get-settlement", method: get, path: settlement},
			{id: "settlement-events", method: get, path: settlement + "/events"},
			{id: "get-rating", method: get, path: visitPath + "/rating"},
			{id: "request-consultation", method: post, path: "/v1/consultations",
				body: map[string]any{"for": me.Person, "doctor": doctor, "complaint": "复诊"}},
			{id: "judge-case", method: post, path: "/v1/triage",
				body: map[string]any{"for": me.Person, "complaint": "咳嗽"}},
			{id: "cancel-consultation", method: post, path: visitPath + "/cancel", body: map[string]any{}},
			{id: "post-message", method: post, path: visitPath + "/messages",
				body: map[string]any{"kind": "text", "text": "谢谢医生"}},
			{id: "mark-read", method: put, path: visitPath + "/read", body: map[string]any{"seq": 1}},
			{id: "rate-visit", method: put, path: visitPath + "/rating", body: map[string]any{"stars": 5, "words": ""}},
			{id: "choose-pharmacy", method: put, path: rxPath + "/pharmacy", body: map[string]any{"pharmacy": "p1"}},
			{id: "short-code", method: post, path: rxPath + "/short-code"},
			{id: "ask-release", method: post, path: rxPath + "/ask-release"},
			{id: "prepare-cancel", method: post, path: rxPath + "/cancel",
				body: map[string]any{"reason": "改为线下"}},
			{id: "show-identity-code", method: post, path: person + "/identity-code"},
			{id: "create-pay-code", method: post, path: person + "/pay-codes"},
			{id: "list-cards", method: get, path: person + "/cards"},
			{id: "quote-payment", method: get, path: rxPath + "/quote"},
			{id: "prepare-payment", method: post, path: rxPath + "/pay", body: map[string]any{"card": "card-unknown"}},
			{id: "get-bundle", method: get, path: rxPath + "/bundle"},
			{id: "list-pickup-codes", method: get, path: rxPath + "/pickup-codes"},
			{id: "patient-accesses", method: get, path: person + "/accesses"},
			{id: "prescription-accesses", method: get, path: rxPath + "/accesses"},
			{id: "update-profile", method: put, path: person,
				body: map[string]any{"version": 1_000_000, "health": me.Health}},
			{id: "add-diagnosis", method: post, path: person + "/diagnoses",
				body: map[string]any{"code": "I10", "hospital": "市医院", "date": "2026-01-01"}},
			{id: "bind-card", method: put, path: person + "/card",
				body: map[string]string{"ecToken": "EC" + strings.Repeat("A", 20)}},
		}
		t.Run("what cannot be noted is not done", func(t *testing.T) {
			state := func() (last, read, prepared int64) {
				t.Helper()
				var page chat.Page
				n.must(owner, get, visitPath+"/messages", nil, &page)
				err := n.app.DB.Raw("SELECT count(*) FROM intents WHERE action = 'rx.cancel'").Scan(&prepared).Error
				if err != nil {
					t.Fatal(err)
				}
				return page.LastSeq, page.Read.Patient, prepared
			}
			rename := func(from, to string) {
				t.Helper()
				if err := n.app.DB.Exec("ALTER TABLE " + from + " RENAME TO " + to).Error; err != nil {
					t.Fatal(err)
				}
			}
			last, before, prepared := state()
			do := func() [2]error {
				return [2]error{n.do(acts, put, visitPath+"/read", map[string]any{"seq": last}, nil),
					n.do(acts, post, rxPath+"/cancel", map[string]any{"reason": "改为线下"}, nil)}
			}
			rename("profile_access", "profile_access_gone")
			refused := do()
			rename("profile_access_gone", "profile_access")
			if _, read, n := state(); refused[0] == nil || refused[1] == nil || read != before || n != prepared {
				t.Errorf("%v: read to %d, was %d; %d prepared, were %d", refused, read, before, n, prepared)
			}
			done := do()
			if _, read, n := state(); done != [2]error{} || read != last || last == before || n != prepared+1 {
				t.Errorf("%v: read to %d of %d; %d prepared, were %d", done, read, last, n, prepared)
			}
		})
		strange := n.mother
		for _, r := range []*journey.Person{owner, acts, reads, gone} {
			if r.Label() == strange.Label() {
				strange = nil
				break
			}
		}
		for _, c := range tries {
			var needs right.Right
			for r, ids := range relativeNeeds {
				if slices.Contains(ids, c.id) {
					needs = r
				}
			}
			for _, who := range []struct {
				name  string
				as    *journey.Person
				holds []right.Right
			}{
				{"whose right was taken back", gone, nil}, {"a stranger", strange, nil},
				{"who reads", reads, []right.Right{right.Read}},
				{"who acts", acts, []right.Right{right.Read, right.Act}},
				{"the owner", owner, []right.Right{right.Read, right.Act, right.Own}},
			} {
				if who.as == nil || who.name == "the owner" && c.id == "add-diagnosis" {
					continue
				}
				if got, want := n.let(who.as, c), slices.Contains(who.holds, needs); got != want {
					// a wrong card of one's own is not found either
					if want && slices.Contains([]string{"prepare-payment", "bind-card"}, c.id) {
						continue
					}
					t.Errorf("%s by %s: let in %v, want %v", c.id, who.name, got, want)
				}
			}
		}
		t.Run("a message says who wrote it for the owner", func(t *testing.T) {
			var helper patients.View
			n.must(acts, get, "/v1/patients/me", nil, &helper)
			n.must(owner, get, "/v1/consultations", nil, &visits) // the newest is the one just asked for
			asked := "/v1/consultations/" + visits.Consultations[0].ID + "/messages"
			n.must(acts, post, asked, map[string]any{"kind": "text", "text": "谢谢医生"}, nil)
			for _, who := range []*journey.Person{owner, acts, reads} {
				var page chat.Page
				n.must(who, get, asked, nil, &page)
				i := slices.IndexFunc(page.Messages, func(m chat.Message) bool { return m.Text == "谢谢医生" })
				if i < 0 || page.Messages[i].By != helper.Person || page.Messages[i].ByName != helper.Name {
					t.Errorf("%s reads %+v", who.Label(), page.Messages)
				}
			}
		})
		t.Run("two who ask for one child are two lines", func(t *testing.T) {
			child, err := n.app.patients.Get(n.ctx, n.child.Guardian, n.child.Person)
			if err != nil {
				t.Fatal(err)
			}
			id := child.Identity
			askers := 0
			for i := range nurseryStaff {
				if p := n.ward.Patient(i); p.Label() != n.mother.Label() && askers < 2 {
					n.must(p, http.MethodPost, "/v1/patients/me/family", map[string]any{"name": id.Name, "sex": id.Sex,
						"birthDate": id.BirthDate, "idNumber": id.IDNumber, "relation": "other"}, nil)
					askers++
				}
			}
			err = n.mother.Poll(n.ctx, "two lines", 0, func() (bool, error) {
				var inbox struct{ Notices []notice.Notice }
				n.must(n.mother, http.MethodGet, "/v1/notices", nil, &inbox)
				asked := 0
				for _, e := range inbox.Notices {
					if e.Kind == notice.FamilyAsked {
						asked++
					}
				}
				return asked == 2, nil
			})
			if err != nil {
				t.Error(err)
			}
		})
		t.Run("the owner sees who read and who acted",
			func(t *testing.T) { n.traces(t, owner, me.Person, acts, reads, gone) })
		t.Run("relatives are told, until the right is taken back", func(t *testing.T) {
			about := func(p *journey.Person) (k int) {
				var inbox struct{ Notices []notice.Notice }
				n.must(p, http.MethodGet, "/v1/notices", nil, &inbox)
				for _, e := range inbox.Notices {
					if e.About == me.Person {
						k++
					}
				}
				return k
			}
			if about(acts) == 0 || about(reads) == 0 || about(gone) != 0 {
				t.Errorf("who acts is told %d, who reads %d, who was let in no more %d", about(acts), about(reads), about(gone))
			}
			var list family.List
			n.must(owner, http.MethodGet, "/v1/relatives", nil, &list)
			for _, tie := range list.Mine {
				n.must(owner, http.MethodDelete, "/v1/relatives/"+tie.ID, nil, nil)
			}
			n.absent(n.do(acts, http.MethodGet, rxPath, nil, nil))
			if about(acts) != 0 {
				t.Error("what was told stays to be read")
			}
		})
	})
}

// TestTiesThatEnd: whoever lost the right is not given the first answer again, whether the owner
// took it back, an account closed, or the desk freed the number of who let in; and a process that
// dies in between leaves the tie whole.
func TestTiesThatEnd(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		n := openNursery(t, dsn)
		owner, other, leaves := n.ward.Patient(0), n.ward.Patient(1), n.ward.Patient(2)
		var me patients.View
		n.must(owner, http.MethodGet, "/v1/patients/me", nil, &me)
		var reg struct {
			Person string `json:"person"`
		}
		n.must(n.ward.Doctor(0), http.MethodGet, "/v1/practitioners/me", nil, &reg)
		// asks has a relative ask a doctor for the owner and call it off, and repeats both until
		// they are refused.
		asks := func(relative *journey.Person, key string) (repeat func() [2]error) {
			var v consult.View
			request := func(out any) error {
				return relative.Send(n.ctx, http.MethodPost, "/v1/consultations", "request-"+key,
					map[string]any{"for": me.Person, "doctor": reg.Person, "complaint": "头晕"}, out)
			}
			if err := request(&v); err != nil {
				t.Fatal(err)
			}
			cancel := func() error {
				return relative.Send(n.ctx, http.MethodPost, "/v1/consultations/"+v.ID+"/cancel", "cancel-"+key,
					map[string]any{}, nil)
			}
			repeat = func() [2]error { return [2]error{request(nil), cancel()} }
			if got := repeat(); got != [2]error{} {
				t.Fatalf("while the right stands: %v", got)
			}
			return repeat
		}
		gone := func(what string, relative *journey.Person, repeat func() [2]error) {
			t.Helper()
			for _, err := range repeat() {
				if err == nil {
					t.Errorf("%s: the first answer again", what)
				} else {
					n.absent(err)
				}
			}
			n.absent(n.do(relative, http.MethodGet, "/v1/patients/"+me.Person, nil, nil))
			var list family.List
			n.must(owner, http.MethodGet, "/v1/relatives", nil, &list)
			if len(list.Mine) != 0 {
				t.Errorf("%s: still let in: %+v", what, list.Mine)
			}
		}

		tie := n.tie(owner, other, true)
		repeat := asks(other, "taken-back")
		n.must(owner, http.MethodPut, "/v1/relatives/"+tie.ID, map[string]any{"acts": false}, nil)
		for _, err := range repeat() {
			if err == nil {
				t.Error("who only reads is given the answer to what it did")
			}
		}
		n.must(owner, http.MethodDelete, "/v1/relatives/"+tie.ID, nil, nil)
		gone("taken back", other, repeat)

		var person struct{ Person string }
		n.must(leaves, http.MethodGet, "/v1/patients/me", nil, &person)
		acc, err := n.app.accounts.ByPerson(n.ctx, person.Person)
		if err != nil {
			t.Fatal(err)
		}
		n.tie(owner, leaves, true)
		repeat = asks(leaves, "leaves")
		closes := func(dies error) error {
			return n.app.DB.Tx(n.ctx, func(tx *gorm.DB) error { return errors.Join(n.app.leave(tx, acc), dies) })
		}
		if err := closes(errKilled); !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		if got := repeat(); got != [2]error{} {
			t.Errorf("half closed: %v", got)
		}
		if err := closes(nil); err != nil {
			t.Fatal(err)
		}
		gone("the relative's account closed", leaves, repeat)

		p, err := n.app.patients.Get(n.ctx, me.Person, me.Person)
		if err != nil {
			t.Fatal(err)
		}
		n.tie(owner, other, true)
		repeat = asks(other, "freed")
		err = n.app.DB.Exec("UPDATE patients SET claim = ? WHERE person = ?", string(profile.Claimed), me.Person).Error
		if err != nil { // its number was typed and never proven
			t.Fatal(err)
		}
		if status := n.desk()(http.MethodPost, "/v1/admin/identities/"+me.Person+"/free",
			map[string]any{"idNumber": p.Identity.IDNumber}); status != http.StatusOK {
			t.Fatalf("the desk frees the number: %d", status)
		}
		gone("the owner's number was freed", other, repeat)
	})
}

// traces wants lines of both relatives in the owner's access log, and none of who was not let in.
func (n *nursery) traces(t *testing.T, owner *journey.Person, person string, acts, reads, gone *journey.Person) {
	t.Helper()
	var log struct{ Accesses []patientsapi.PatientAccess }
	n.must(owner, http.MethodGet, "/v1/patients/"+person+"/accesses", nil, &log)
	id := func(p *journey.Person) string {
		var v patients.View
		n.must(p, http.MethodGet, "/v1/patients/me", nil, &v)
		return v.Person
	}
	lines := map[string][]string{}
	for _, a := range log.Accesses {
		if a.About == "family" {
			lines[a.Person] = append(lines[a.Person], a.Reason+" "+a.Subject)
		}
	}
	for _, op := range []string{"get-prescription", "list-prescriptions", "get-consultation", "list-consultations",
		"get-settlement", "read-messages", "get-profile"} {
		if !slices.Contains(lines[id(reads)], access.NoteRelativeRead+" "+op) {
			t.Errorf("%s by who reads is not noted: %v", op, lines[id(reads)])
		}
	}
	for _, op := range []string{"intent-sign", "request-consultation", "choose-pharmacy"} {
		if !slices.Contains(lines[id(acts)], access.NoteRelativeActs+" "+op) {
			t.Errorf("%s by who acts is not noted: %v", op, lines[id(acts)])
		}
	}
	for _, a := range lines[id(reads)] {
		if strings.HasPrefix(a, access.NoteRelativeActs) {
			t.Errorf("who only reads has acted: %s", a)
		}
	}
	if len(lines[id(gone)]) > 0 {
		t.Errorf("who was let in no more: %v", lines[id(gone)])
	}
}
