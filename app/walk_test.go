package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/number"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
)

// namesARecord says of every operation with a path parameter which kind of record each parameter
// names. TestStrangersWalk calls all of them with somebody else's record and with one that does not
// exist. A new operation needs a line here or in namesNobodys.
var namesARecord = map[string][]string{
	"close-account": {"staff"}, "lift-delay": {"staff"}, "resume-account": {"staff"}, "suspend-account": {"staff"},
	"remove-account-factor": {"staff"}, "list-person-keys": {"staff"}, "approve-practitioner": {"staff"},
	"suspend-practitioner": {"staff"}, "decide-photo": {"staff"}, "staff-number": {"staff"}, "set-schedule": {"staff"},
	"close-session-for":   {"staff"},
	"reset-password":      {"login"},
	"approve-key-request": {"key request"}, "refuse-key-request": {"key request"}, "revoke-key": {"key"},
	"forget-device": {"device"}, "searched-accesses": {"search"}, "end-session": {"session"},
	"end-sessions":        {"staff"},
	"desk-prove-identity": {"person"}, "desk-free-identity": {"person"}, "desk-replace-identity": {"person"},
	"resolve-claim": {"prescription"}, "decide-settlement": {"settlement"},

	"get-consultation": {"visit"}, "accept-consultation": {"visit"}, "start-consultation": {"visit"},
	"finish-consultation": {"visit"},
	"cancel-consultation": {"visit"}, "chat-socket": {"visit"}, "upload-picture": {"visit"},
	"get-picture":   {"visit", "file"},
	"read-messages": {"visit"}, "post-message": {"visit"}, "mark-read": {"visit"}, "write-note": {"visit"},
	"list-notes":        {"visit"},
	"get-visit-patient": {"visit"}, "rate-visit": {"visit"}, "get-rating": {"visit"},

	"get-profile": {"person"}, "update-profile": {"person"}, "patient-accesses": {"person"}, "bind-card": {"person"},
	"list-cards":    {"person"},
	"add-diagnosis": {"person"}, "create-pay-code": {"person"}, "show-identity-code": {"person"},
	"end-guardian": {"person", "guardian"}, "confirm-guardian": {"person", "guardian"},
	"confirm-relative": {"tie"}, "set-relative-rights": {"tie"}, "end-relative": {"tie"},

	"get-prescription": {"prescription"}, "update-draft": {"prescription"}, "discard-draft": {"prescription"},
	"prescription-accesses": {"prescription"},
	"prescription-events":   {"prescription"}, "get-bundle": {"prescription"}, "list-pickup-codes": {"prescription"},
	"ask-release": {"prescription"}, "mark-ready": {"prescription"},
	"choose-pharmacy": {"prescription"}, "short-code": {"prescription"},
	"quote-payment": {"prescription"}, "list-settlements": {"prescription"},
	"prepare-issue": {"prescription"}, "prepare-approve": {"prescription"}, "prepare-reject": {"prescription"},
	"prepare-claim":   {"prescription"},
	"prepare-release": {"prescription"}, "prepare-renew": {"prescription"}, "prepare-dispense": {"prescription"},
	"prepare-cancel":  {"prescription"},
	"prepare-contest": {"prescription"}, "prepare-payment": {"prescription"},

	"change-template": {"template"}, "delete-template": {"template"}, "propose-template": {"template"},
	"withdraw-template": {"template"}, "judge-template": {"template"},
	"delete-view": {"view"},

	"get-settlement": {"settlement"}, "settlement-events": {"settlement"}, "intent-sign": {"intent"},
	"offer-intent": {"intent"}, "handover-state": {"intent"}, "withdraw-intent": {"intent"},
}

// namesNobodys are operations whose path names nothing of one person: the chain is everybody's,
// doctors are shown to everybody, a day and a drug of the catalogue belong to nobody.
var namesNobodys = []string{"chain-block", "chain-header", "chain-record", "chain-receipt", "chain-subject",
	"get-doctor", "get-photo", "list-slots", "day-report", "change-stock", "set-minimum", "drug-leaflet", "set-price",
	"price-changes"}

// walk is a ward in which one of each role is a stranger to what the others have.
type walk struct {
	description
	n        *nursery
	handler  http.Handler
	url      string
	stranger map[accounts.Role]string              // session
	there    map[accounts.Role]map[string][]string // ids that exist, by the role they are foreign to and kind
	own      map[string]string                     // the strangers' own, for the first of two parameters
}

// TestStrangersWalk: whoever asks for what is not his gets the answer for what does not exist, at
// every door.
func TestStrangersWalk(t *testing.T) {
	t.Parallel()
	w := openWalk(t)
	left := map[string]bool{}
	for op := range namesARecord {
		left[op] = true
	}
	for path, item := range w.Paths {
		for method, op := range operationsOf(item) {
			kinds, known := namesARecord[op.OperationID]
			delete(left, op.OperationID)
			switch {
			case slices.Contains(namesNobodys, op.OperationID):
			case strings.Count(path, "{") != len(kinds):
				t.Errorf(
					"%s (%s): whose records does its path name? Give it a line in namesARecord or namesNobodys (known: %v)", op.OperationID, path, known)
			case op.OperationID == "chat-socket":
				w.sockets()
			case len(kinds) > 0:
				w.operation(method, path, op, kinds)
			}
		}
	}
	for op := range left {
		t.Errorf("namesARecord names %s, which the API does not have", op)
	}
	w.elsewhere()
}

// elsewhere tries records that a body or a query names.
func (w *walk) elsewhere() {
	draft := func(visit, supersedes string) map[string]any {
		in := map[string]any{"visit": visit, "diagnoses": []string{"I10"}, "items": []any{}}
		if supersedes != "" {
			in["supersedes"] = supersedes
		}
		return in
	}
	mine := w.own["visit"]
	for _, x := range []struct {
		role         accounts.Role
		kind, method string
		path         string // %s: the id
		body         func(id string) any
	}{
		{accounts.Doctor, "visit", http.MethodPost, "/v1/prescriptions", func(id string) any { return draft(id, "") }},
		{accounts.Doctor, "visit", http.MethodPost, "/v1/prescriptions/check",
			func(id string) any { return draft(id, "") }},
		{accounts.Doctor, "prescription", http.MethodPost, "/v1/prescriptions",
			func(id string) any { return draft(mine, id) }},
		{accounts.Doctor, "prescription", http.MethodPost, "/v1/prescriptions/check",
			func(id string) any { return draft(mine, id) }},
		{accounts.Doctor, "visit", http.MethodGet, "/v1/prescriptions?visit=%s", nil},
		{accounts.Patient, "visit", http.MethodGet, "/v1/prescriptions?visit=%s", nil},
		{accounts.Patient, "visit", http.MethodGet, "/v1/consultations?before=%s", nil},
		{accounts.Doctor, "visit", http.MethodGet, "/v1/consultations?before=%s", nil},
		{accounts.Doctor, "person", http.MethodGet, "/v1/consultations?person=%s", nil},
		{accounts.Patient, "prescription", http.MethodGet, "/v1/pharmacies?prescription=%s", nil},
		{accounts.Patient, "person", http.MethodPost, "/v1/consultations", func(id string) any {
			return map[string]any{"doctor": w.there[accounts.Patient]["staff"][0], "for": id, "complaint": "咳嗽三天"}
		}},
		{accounts.Patient, "file", http.MethodPost, "/v1/consultations/" + mine + "/messages", func(id string) any {
			return map[string]any{"clientId": rand.Text()[:16], "kind": "image", "file": id}
		}},
	} {
		ask := func(id string) reply {
			var body []byte
			if x.body != nil {
				body, _ = json.Marshal(x.body(id))
			}
			return w.send(x.role, x.method, strings.Replace(x.path, "%s", id, 1), body, "application/json", true, id)
		}
		for _, id := range w.there[x.role][x.kind] {
			if got, want := ask(id), ask(absent(id)); got != want || want.status == http.StatusInternalServerError {
				w.t.Errorf("%s %s as %s: a foreign %s answers\n%d %s\nand an absent one\n%d %s", x.method, x.path,
					x.role, x.kind, got.status, got.body, want.status, want.body)
			}
		}
	}
}

var everyRole = []accounts.Role{accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser,
	accounts.Regulator, accounts.Admin}

// rolesOf are those an operation is for, as its description says them.
func rolesOf(op *huma.Operation) (roles []accounts.Role) {
	_, list, said := strings.Cut(op.Description, "Roles: ")
	if !said {
		return everyRole
	}
	for _, r := range strings.Fields(strings.TrimSuffix(list, ".")) {
		if role := accounts.Role(r); slices.Contains(everyRole, role) { // the others are at a regulator's node alone
			roles = append(roles, role)
		}
	}
	return roles
}

func (w *walk) operation(method, path string, op *huma.Operation, kinds []string) {
	allowed := rolesOf(op)
	i := slices.IndexFunc(everyRole, func(r accounts.Role) bool { return !slices.Contains(allowed, r) })
	tried := allowed
	if i >= 0 {
		tried = append(slices.Clone(allowed), everyRole[i])
	}
	for _, role := range tried {
		last := len(kinds) - 1
		found := w.there[role][kinds[last]]
		if len(found) == 0 {
			w.t.Fatalf("%s: no %s that is foreign to a %s", op.OperationID, kinds[last], role)
		}
		firsts := [][2]string{{"", ""}} // of two parameters: somebody else's and an absent one, then the stranger's own
		if last > 0 {
			theirs := w.there[role][kinds[0]][0]
			firsts = [][2]string{{theirs, absent(theirs)}, {w.own[kinds[0]], w.own[kinds[0]]}}
		}
		for _, first := range firsts {
			nobody := absent(found[0])
			want := w.call(role, method, path, op, first[1], nobody)
			// Two words only, so that nothing about a body is judged before whose record it is; a
			// list of nobody's is empty.
			if want.status != http.StatusForbidden && want.status != http.StatusNotFound &&
				op.OperationID != "list-settlements" {
				w.t.Errorf("%s as %s: what does not exist answers %d %s", op.OperationID, role, want.status, want.body)
			}
			for _, id := range found {
				if got := w.call(role, method, path, op, first[0], id); got != want {
					w.t.Errorf("%s as %s: a foreign %s (%s) answers\n%d %s\nand an absent one\n%d %s", op.OperationID,
						role, kinds[last], id, got.status, got.body, want.status, want.body)
				}
			}
		}
	}
}

type reply struct {
	status int
	body   string // without the request's id and the record's
}

func (w *walk) call(role accounts.Role, method, path string, op *huma.Operation, ids ...string) reply {
	w.t.Helper()
	for _, id := range ids {
		if id != "" {
			before, after, _ := strings.Cut(path, "{")
			_, after, _ = strings.Cut(after, "}")
			path = before + id + after
		}
	}
	body, media := w.body(op)
	return w.send(role, method, path, body, media, w.command(op), ids...)
}

func (w *walk) send(role accounts.Role, method, path string, body []byte, media string, command bool,
	ids ...string) reply {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.n.ctx, method, path, bytes.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+w.stranger[role])
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	if command {
		r.Header.Set("Idempotency-Key", rand.Text())
	}
	res := httptest.NewRecorder()
	w.handler.ServeHTTP(res, r)
	var said map[string]any
	if err := json.Unmarshal(res.Body.Bytes(), &said); err != nil {
		return reply{res.Code, res.Body.String()}
	}
	delete(said, "instance")
	text, _ := json.Marshal(said)
	for _, id := range ids {
		if id != "" && id != "me" {
			text = bytes.ReplaceAll(text, []byte(id), []byte("·"))
		}
	}
	return reply{res.Code, string(text)}
}

// body is what an operation takes, made from the examples in its description.
func (w *walk) body(op *huma.Operation) (body []byte, media string) {
	if op.RequestBody == nil {
		return nil, ""
	}
	if op.OperationID == "upload-picture" {
		return upload(w.t)
	}
	s := op.RequestBody.Content["application/json"].Schema
	v := w.sample(s, "")
	if fields, ok := v.(map[string]any); ok {
		for name, value := range sayings[op.OperationID] {
			fields[name] = value
		}
	}
	body, err := json.Marshal(v)
	if err != nil {
		w.t.Fatal(err)
	}
	return body, "application/json"
}

// sayings are what a valid body needs and its examples, each alone, do not have.
var sayings = map[string]map[string]any{
	"intent-sign":  {"signature": anySignature()},
	"post-message": {"text": "您好"},
}

// anySignature is well-formed, by a key that nobody knows.
func anySignature() string {
	key, err := gm.GenerateKey()
	if err != nil {
		panic(err)
	}
	sig, err := key.Sign([]byte("x"))
	if err != nil {
		panic(err)
	}
	return base64.Encode(sig)
}

// sample is a value of a schema: its example, its first word, or its fields'.
func (w *walk) sample(s *huma.Schema, name string) any {
	if s.Ref != "" {
		s = w.Components.Schemas.SchemaFromRef(s.Ref)
	}
	switch {
	case len(s.Examples) > 0:
		return s.Examples[0]
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Type == huma.TypeArray:
		if s.MaxItems != nil && *s.MaxItems == 0 {
			return []any{}
		}
		return []any{w.sample(s.Items, name)}
	case s.Type == huma.TypeObject:
		fields := map[string]any{}
		for name, p := range s.Properties {
			if slices.Contains(s.Required, name) {
				fields[name] = w.sample(p, name)
			}
		}
		return fields
	case s.Type == huma.TypeBoolean:
		return true
	case s.Format == "date-time":
		return "2026-08-03T00:00:00Z"
	case s.Type == huma.TypeString:
		return "x"
	}
	return 1
}

func upload(t *testing.T) (body []byte, media string) {
	t.Helper()
	var b, picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", "p.png")
	if err == nil {
		_, err = part.Write(picture.Bytes())
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), form.FormDataContentType()
}

// absent is an id of the same shape that nobody has.
func absent(id string) string {
	for _, prefix := range []string{"RX", "CN", "ST"} {
		if strings.HasPrefix(id, prefix) {
			drawn, err := number.Draw(prefix, time.Now())
			if err != nil {
				panic(err)
			}
			return drawn
		}
	}
	turned := []byte(id)
	slices.Reverse(turned[1:])
	return string(turned)
}

// sockets: the chat's socket says goodbye in the same words.
func (w *walk) sockets() {
	farewell := func(role accounts.Role, visit string) error {
		conn, _, err := websocket.Dial(w.n.ctx, w.url+"/v1/consultations/"+visit+"/chat", nil)
		if err != nil {
			w.t.Fatal(err)
		}
		defer func() { _ = conn.CloseNow() }()
		hello, _ := json.Marshal(map[string]string{"type": "auth", "token": w.stranger[role]})
		if err := conn.Write(w.n.ctx, websocket.MessageText, hello); err != nil {
			w.t.Fatal(err)
		}
		_, said, err := conn.Read(w.n.ctx)
		if err == nil {
			err = fmt.Errorf("it said %s", said)
		}
		return err
	}
	for _, role := range everyRole {
		want := farewell(role, absent("CN"))
		for _, visit := range w.there[role]["visit"] {
			if got := farewell(role, visit); got.Error() != want.Error() {
				w.t.Errorf("chat-socket as %s: %v, for a visit that does not exist %v", role, got, want)
			}
		}
	}
}

func openWalk(t *testing.T) *walk {
	ctx, cancel := context.WithCancel(t.Context())
	a, err := New(ctx, demoConfig(t, "sqlite:"), quiet(), "test")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- a.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	ward, err := journey.Enter(ctx, journey.Options{URL: a.URL(), Count: nurseryStaff, Out: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	w := &walk{description: description{a.api.Huma.OpenAPI(), t}, n: &nursery{t: t, ctx: ctx, ward: ward},
		handler: a.api.Echo, url: a.URL(), own: map[string]string{"person": "me"}}
	w.enter(a.demo)
	return w
}

// as sends a request of whoever has a session; in is JSON.
func (w *walk) as(token, method, path, in string, out any) {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.n.ctx, method, path, strings.NewReader(in))
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Idempotency-Key", rand.Text())
	if in != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	res := httptest.NewRecorder()
	w.handler.ServeHTTP(res, r)
	if err := json.Unmarshal(res.Body.Bytes(), out); err != nil || res.Code >= http.StatusBadRequest {
		w.t.Fatalf("%d %s", res.Code, res.Body)
	}
}

// enter leads visits to every place a prescription can stand and notes what is foreign to whom.
func (w *walk) enter(ward *demo.Ward) {
	n := w.n
	var parents []int
	for i := range nurseryStaff {
		if n.ward.Patient(i).Label() == demo.Child.Parent {
			parents = append(parents, i)
		}
	}
	if len(parents) == 0 {
		w.t.Fatal("no parent among the patients")
	}
	mother := parents[0]
	me, others := (mother+1)%nurseryStaff, []int{mother, (mother + 2) % nurseryStaff, (mother + 3) % nurseryStaff}
	w.stranger = map[accounts.Role]string{accounts.Patient: n.ward.Patient(me).Token(),
		accounts.Doctor:   n.ward.Doctor(me).Token(),
		accounts.Reviewer: n.ward.Reviewer(1).Token(), accounts.Dispenser: n.ward.Pharmacy(1).Token(),
		accounts.Regulator: w.login(ward, "regulator"), accounts.Admin: w.login(ward, "admin.p2")}

	lead := func(i int, to prescription.Status) *journey.Visit {
		v := n.ward.Visit(i)
		if err := v.Lead(n.ctx, to); err != nil {
			w.t.Fatal(err)
		}
		return v
	}
	claimed, paid := lead(others[0], prescription.Paid), lead(others[1], prescription.Paid)
	approved := lead(others[2], prescription.Approved)
	signed := lead(others[0], prescription.Signed)
	draft, mine := lead(others[1], prescription.Draft), lead(me, prescription.Draft)
	for _, v := range []*journey.Visit{claimed, paid} {
		n.must(v.Patient(), http.MethodPut, v.Path("/pharmacy"), map[string]string{"pharmacy": "p1"}, nil)
	}
	if err := claimed.Claim(n.ctx, n.ward.Pharmacy(0)); err != nil {
		w.t.Fatal(err)
	}
	w.own["visit"] = mine.Consultation()

	visits := []string{claimed.Consultation(), draft.Consultation()}
	body, media := upload(w.t)
	r := httptest.NewRequestWithContext(n.ctx, http.MethodPost, "/v1/consultations/"+draft.Consultation()+"/files",
		bytes.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+draft.Patient().Token())
	r.Header.Set("Content-Type", media)
	r.Header.Set("Idempotency-Key", rand.Text())
	res := httptest.NewRecorder()
	w.handler.ServeHTTP(res, r)
	var file, account, keyRequest struct {
		ID     string
		Person string
	}
	if err := json.Unmarshal(res.Body.Bytes(), &file); err != nil || file.ID == "" {
		w.t.Fatalf("%d %s", res.Code, res.Body)
	}
	var family struct{ Family []struct{ Person string } }
	n.must(n.ward.Patient(mother), http.MethodGet, "/v1/patients/me/family", nil, &family)
	n.must(n.ward.Patient(mother), http.MethodGet, "/v1/me", nil, &account)
	people := []string{account.Person, family.Family[0].Person}
	n.must(n.ward.Doctor(others[0]), http.MethodGet, "/v1/me", nil, &account)
	fresh, err := gm.GenerateKey()
	if err != nil {
		w.t.Fatal(err)
	}
	n.must(n.ward.Doctor(others[0]), http.MethodPost, "/v1/keys/requests",
		map[string]string{"publicKey": fresh.Public().Hex()}, &keyRequest)
	var keys struct{ Keys []struct{ ID string } }
	n.must(n.ward.Doctor(others[0]), http.MethodGet, "/v1/keys", nil, &keys)
	var devices struct{ Devices []struct{ ID string } }
	n.must(n.ward.Doctor(others[0]), http.MethodGet, "/v1/me/devices", nil, &devices)
	var template struct{ ID string }
	n.must(n.ward.Doctor(others[0]), http.MethodPost, "/v1/templates", map[string]any{"name": "感冒", "items": []any{
		map[string]any{"drug": "D0001", "dose": "0.5", "frequency": "tid", "route": "po", "days": 5, "packages": 2}}},
		&template)
	var view struct{ ID string }
	n.must(n.ward.Doctor(others[0]), http.MethodPost, "/v1/desk/views", map[string]any{"table": "verify", "name": "一",
		"view": map[string]any{"columns": []string{"file"}, "filter": ""}}, &view)
	var sessions struct{ Sessions []accounts.OpenSession }
	admin := w.login(ward, "admin")
	w.as(admin, http.MethodGet, "/v1/admin/sessions", "", &sessions)
	var search struct{ ID string }
	w.as(admin, http.MethodPost, "/v1/admin/access-searches", `{"patient":"`+people[0]+`","reason":"患者投诉"}`, &search)
	tie := n.tie(n.ward.Patient(others[1]), n.ward.Patient(others[2]), false)
	var settlements struct{ Settlements []payment.View }
	n.must(claimed.Patient(), http.MethodGet, claimed.Path("/settlements"), nil, &settlements)
	prepared, err := approved.Patient().
		Prepare(n.ctx, approved.Path("/cancel"), map[string]any{"reason": "改为线下就诊"})
	if err != nil {
		w.t.Fatal(err)
	}
	if len(keys.Keys) == 0 || len(devices.Devices) == 0 || len(settlements.Settlements) == 0 {
		w.t.Fatal(keys, devices, settlements)
	}
	all := []string{draft.Prescription(), signed.Prescription(), approved.Prescription(), paid.Prescription(),
		claimed.Prescription()}
	w.there = map[accounts.Role]map[string][]string{}
	for _, role := range everyRole {
		w.there[role] = map[string][]string{"prescription": all, "visit": visits, "file": {file.ID}, "person": people,
			"guardian": people[:1], "staff": {account.Person},
			"login": {n.ward.Doctor(others[0]).Label()}, "key": {keys.Keys[0].ID}, "key request": {keyRequest.ID},
			"device":   {devices.Devices[0].ID},
			"template": {template.ID}, "view": {view.ID}, "search": {search.ID}, "session": {sessions.Sessions[0].ID},
			"tie":        {tie.ID},
			"settlement": {settlements.Settlements[0].ID}, "intent": {prepared.ID}}
	}
	// The reviewing pharmacists and the regulator may read what was issued; a draft is its doctor's
	// alone.
	w.there[accounts.Reviewer]["prescription"], w.there[accounts.Regulator]["prescription"] = all[:1], all[:1]
}

func (w *walk) login(ward *demo.Ward, login string) string {
	w.t.Helper()
	i := slices.IndexFunc(ward.Staff, func(s demo.Account) bool { return s.Login == login })
	if i < 0 {
		w.t.Fatalf("the demo has no %s", login)
	}
	var s struct{ Token string }
	w.n.must(w.n.ward.Patient(0), http.MethodPost, "/v1/sessions",
		map[string]string{"login": login, "password": ward.Staff[i].Password}, &s)
	return s.Token
}
