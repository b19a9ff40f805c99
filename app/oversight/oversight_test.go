package oversight_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/payments"
	"github.com/smart-hospital/hospital/app/prescriptions"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
)

// cabinet is a hospital's documents, and who read them.
type cabinet struct {
	mu    sync.Mutex
	files map[string][2][]byte // by record id: document, salt
	read  []string
	shut  bool
}

func (c *cabinet) Disclose(_ context.Context, _, record, reader string) (document, salt []byte, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f, ok := c.files[record]
	if !ok {
		return nil, nil, disclosure.ErrNotHere
	}
	c.read = append(c.read, record+" by "+reader)
	return f[0], f[1], nil
}

// seat is the regulator's desk: a real chain of one validator, a hospital's disclosures over HTTP,
// and a clock.
type seat struct {
	t       *testing.T
	ward    *chaintest.Ward
	node    *comet.Node
	cabinet *cabinet
	db      *sqlstore.DB
	box     *keystore.Box
	desk    *disclosure.Desk
	server  *httptest.Server
	svc     *oversight.Service
	limits  oversight.Limits
	parts   []oversight.Part
	now     time.Time
}

func (s *seat) Seal(org string) (intent.Seal, error) {
	seal := s.ward.Orgs[org].Seal
	return intent.Seal{Org: org, Cert: seal.Cert, Signer: signer{seal}}, nil
}

type signer struct{ *chaintest.Person }

func (signer) KeyID() string                                        { return "seal" }
func (s signer) Sign(_ context.Context, msg []byte) ([]byte, error) { return s.Key.Sign(msg) }
func (s signer) Public() *gm.PublicKey                              { return s.Key.Public() }

func open(t *testing.T) *seat { return openWard(t, chaintest.NewWard(time.Now().Add(-time.Minute))) }

func openWard(t *testing.T, ward *chaintest.Ward) *seat {
	t.Helper()
	s := &seat{t: t, ward: ward, cabinet: &cabinet{files: map[string][2][]byte{}}, now: time.Now(),
		limits: oversight.DefaultLimits,
		parts:  []oversight.Part{keys.Oversight, prescriptions.Oversight, payments.Oversight}}
	dir := t.TempDir()
	s.ward.Members = chaintest.Must(home.InitGenesis(dir, s.ward.Members, "h1", s.ward.Start))
	s.node = chaintest.Must(comet.Start(t.Context(),
		comet.Config{Dir: dir, Sealer: s.ward.Orgs["h1"].Seal, Member: "h1", Logger: slog.New(slog.DiscardHandler),
			KeepResults: true}))
	t.Cleanup(func() { _ = s.node.Stop() })
	s.box = keystore.NewBox(make([]byte, keystore.BoxKeySize))
	s.db = chaintest.Must(sqlstore.Open(t.Context(), "sqlite:"+t.TempDir()+"/oversight.db", sqlstore.WithBox(s.box)))
	t.Cleanup(func() { _ = s.db.Close() })
	s.desk = &disclosure.Desk{Hospital: "h1", Node: s.node, DB: s.db, Now: time.Now,
		Parts: []disclosure.Part{{Subjects: chain.SubjectRx, To: []chain.OrgRole{chain.OrgRegulator},
			Open: s.cabinet.Disclose}}}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q disclosure.Request
		if s.cabinet.shut || json.NewDecoder(r.Body).Decode(&q) != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		a, err := s.desk.Answer(r.Context(), q)
		if err != nil {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_ = json.NewEncoder(w).Encode(a)
	}))
	t.Cleanup(s.server.Close)
	s.begin()
	s.take(s.ward.Enrolments()...)
	return s
}

// begin starts the service over the same database, as after a kill.
func (s *seat) begin() {
	s.t.Helper()
	s.svc = chaintest.Must(oversight.New(s.t.Context(), oversight.Config{
		DB: s.db, Box: s.box, Node: s.node, Hospitals: map[string]string{"h1": s.server.URL}, Limits: s.limits,
		Parts: s.parts,
		Log:   slog.New(slog.DiscardHandler), Now: func() time.Time { return s.now },
		Client: &disclosure.Client{Chain: s.ward.Members.Chain, Regulator: "r1", Seals: s, HTTP: s.server.Client(),
			Now: time.Now},
	}))
}

// submit sends records and returns the verdict on each.
func (s *seat) submit(recs ...chain.Record) (codes []chain.Code) {
	s.t.Helper()
	for _, r := range recs {
		out, err := s.node.Submit(s.t.Context(), []chain.Record{r})
		if err != nil {
			s.t.Fatal(err)
		}
		codes = append(codes, out[0].Code)
	}
	return codes
}

func (s *seat) take(recs ...chain.Record) {
	s.t.Helper()
	for i, code := range s.submit(recs...) {
		if code != chain.CodeOK {
			s.t.Fatalf("%s: %s", recs[i].Statement.Kind, code)
		}
	}
}

// issue writes a prescription with a document and puts that into the cabinet.
func (s *seat) issue(id string, alter func(*document.IssueDocument)) chain.Record {
	s.t.Helper()
	rx := document.IssueDocument{
		Head: document.Head{Schema: document.SchemaIssue, Prescription: prescription.ID(id),
			Person: "doc-1", Org: "h1"}}
	rx.Patient.Person = "pat-1"
	rx.Items = []document.IssueItem{{Code: "A", Days: 7, Packages: 1}}
	if alter != nil {
		alter(&rx)
	}
	document, salt := chaintest.Must(json.Marshal(rx)), chaintest.Must(merkle.ParseHash(chaintest.Tag(id)))
	st := s.ward.Issued(id, time.Now()).Statement
	st.Digest = chain.Digest(salt[:], document)
	r := s.ward.Sign(s.ward.Doctor, st)
	s.cabinet.mu.Lock()
	s.cabinet.files[r.ID()] = [2][]byte{document, salt[:]}
	s.cabinet.mu.Unlock()
	s.take(r)
	return r
}

// round works until the newest record is sealed and followed, and returns the ids of all findings,
// sorted.
func (s *seat) round() []string {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if err := s.svc.Round(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
		st := chaintest.Must(s.svc.Status(s.t.Context()))
		h := s.node.Health(s.t.Context())
		if st.Place.Records == h.Records && st.Place.Height == h.Height && st.Place.Proved > 0 {
			break
		}
		if time.Now().After(end) {
			s.t.Fatalf("%+v %+v", st, h)
		}
	}
	list, _, err := s.svc.Findings(s.t.Context(), oversight.FindingsQuery{Limit: 100})
	if err != nil {
		s.t.Fatal(err)
	}
	ids := make([]string, len(list))
	for i, f := range list {
		ids[i] = f.ID
	}
	slices.Sort(ids)
	return ids
}

func (s *seat) expect(want ...string) {
	s.t.Helper()
	if got := s.round(); !slices.Equal(got, want) {
		s.t.Errorf("found %q\nwant  %q", got, want)
	}
}

// A clean ward leaves nothing but the proof that all of it was seen, and one line in the hospital's
// log for each document.
func TestNothingFound(t *testing.T) {
	s := open(t)
	issue := s.issue("RX1", nil)
	s.take(s.ward.Journey("RX1", time.Now())[1:]...)
	s.expect()
	st := chaintest.Must(s.svc.Status(t.Context()))
	if st.Place.Missed != 0 || st.Awaited != 0 || st.Gaps != 0 || st.Subjects != 7 || st.Place.Root == "" {
		t.Errorf("%+v", st)
	}
	if want := issue.ID() + " by r1"; !slices.Equal(s.cabinet.read, []string{want}) {
		t.Errorf("read %v", s.cabinet.read)
	}
	var kept int64
	if s.db.WithContext(t.Context()).Table("oversight_findings").Count(&kept); kept != 0 {
		t.Error("something is kept of a document without a finding")
	}
}

// Rules over documents; the evidence convinces who has nothing but the members' list, and a restart
// finds nothing twice.
func TestDocuments(t *testing.T) {
	s := open(t)
	s.issue("RX1", func(rx *document.IssueDocument) {
		rx.Items = slices.Repeat(rx.Items, 6)
	})
	s.issue("RX2", func(rx *document.IssueDocument) { rx.Items[0].Days = 8 })
	s.issue("RX3", func(rx *document.IssueDocument) {
		rx.Items[0].Days = 28
		rx.LongTerm.Reason = "高血压病情稳定"
	})
	s.issue("RX4", func(rx *document.IssueDocument) { rx.Patient.Person = rx.Person })
	s.issue("RX5", func(rx *document.IssueDocument) { rx.Items[0].Packages = 1000 })
	want := []string{"five-drugs:rx:RX1", "many-packages:rx:RX5", "self-prescribing:rx:RX4", "seven-days:rx:RX2"}
	s.expect(want...)
	s.begin()
	s.expect(want...)

	d := chaintest.Must(s.svc.Evidence(t.Context(), "five-drugs:rx:RX1"))
	file := chaintest.Must(json.Marshal(d))
	read, err := evidence.ParseDossier(file)
	if err != nil || evidence.KindOfFile(file) != evidence.FileDossier || len(read.Evidence) != 1 ||
		read.Evidence[0].Document == nil {
		t.Fatalf("%v %s", err, file)
	}
	lists := chaintest.Must(read.History.Open()) // the file brings them along
	if lists.At(0).Digest() != chaintest.Must(s.ward.Members.Open()).Digest() {
		t.Error("the file's genesis list is another")
	}
	if err := read.Evidence[0].Verify(lists); err != nil {
		t.Error(err)
	}
	read.Evidence[0].Document[10] ^= 1
	if err := read.Evidence[0].Verify(lists); !errors.Is(err, chain.ReasonDigest) {
		t.Errorf("an altered document: %v", err)
	}
	if _, err := s.svc.Evidence(t.Context(), "five-drugs:rx:RX9"); !errors.Is(err, oversight.ErrNotFound) {
		t.Error(err)
	}
	page, next, err := s.svc.Findings(t.Context(), oversight.FindingsQuery{Limit: 3})
	if err != nil || len(page) != 3 || next == "" {
		t.Fatal(page, next, err)
	}
	behind := oversight.FindingsQuery{Before: next, Limit: 3}
	if rest, end, err := s.svc.Findings(t.Context(), behind); err != nil || len(rest) != 1 || end != "" ||
		slices.ContainsFunc(page, func(f oversight.Finding) bool { return f.ID == rest[0].ID }) {
		t.Error(rest, end, err)
	}
	for _, ask := range []oversight.FindingsQuery{{Limit: 1}, {Limit: 1, Oldest: true}, {Limit: 1, Happened: true},
		{Limit: 1, Happened: true, Oldest: true}, {Limit: 1, Org: "h1"}} {
		var got []oversight.Finding
		for {
			page, next, err := s.svc.Findings(t.Context(), ask)
			if err != nil {
				t.Fatal(err)
			}
			if got, ask.Before = append(got, page...), next; next == "" {
				break
			}
		}
		seen := map[string]bool{}
		for i, f := range got {
			seen[f.ID] = true
			at := func(f oversight.Finding) time.Time {
				if ask.Happened {
					return f.At
				}
				return f.FoundAt
			}
			if i > 0 && (at(got[i-1]).Compare(at(f)) > 0) == ask.Oldest && !at(got[i-1]).Equal(at(f)) {
				t.Errorf("%+v: %v", ask, got)
			}
		}
		if len(got) != 4 || len(seen) != 4 {
			t.Errorf("%+v: %d, %d of them once", ask, len(got), len(seen))
		}
	}
	if one, _, err := s.svc.Findings(t.Context(), oversight.FindingsQuery{Limit: 9, Rule: "seven-days"}); err != nil ||
		len(one) != 1 || one[0].Rule.ID != "seven-days" {
		t.Error(one, err)
	}
	none := oversight.FindingsQuery{Limit: 9, Before: "x"}
	if _, _, err := s.svc.Findings(t.Context(), none); !errors.Is(err, invalid.ErrInput) {
		t.Errorf("a place that nobody gave: %v", err)
	}
	var stored []byte
	s.db.WithContext(t.Context()).Raw("SELECT document FROM oversight_findings WHERE rule = 'five-drugs'").Scan(&stored)
	if len(stored) == 0 || json.Valid(stored) {
		t.Error("the document is kept in plain")
	}
}

// What the ledger refuses is no record, but it was tried.
func TestAttempts(t *testing.T) {
	s := open(t)
	w, now := s.ward, time.Now()
	s.issue("RX1", nil)
	s.issue("RX2", nil)
	s.issue("RX3", nil)
	s.take(w.Journey("RX1", now)[1:6]...) // up to the claim by p1
	second := w.Record(w.Dispenser2, chain.KindClaim, "rx:RX1", 4, now, chain.Facts{})
	s.take(w.Journey("RX1", now)[6])
	s.take(w.Paid("RX2", now)[1:]...)
	s.take(w.Record(w.Dispenser2, chain.KindClaim, "rx:RX2", 4, now, chain.Facts{}))
	again := w.Record(w.Dispenser2, chain.KindDispense, "rx:RX2", 5, now,
		chain.Facts{Tags: []string{chaintest.Tag("pay:RX1")}})
	unreviewed := w.Record(w.Orgs["h1"].Seal, chain.KindPay, "rx:RX3", 2, now, chain.Facts{Ref: "pay:RX3"})
	both := w.Orgs["h1"].Issue("doc-1", chain.RoleReviewer)
	s.take(w.Enrol(both, now))
	self := w.Record(both, chain.KindApprove, "rx:RX3", 2, now, chain.Facts{})
	want := []chain.Code{chain.CodeSequence, chain.CodeTagUsed, chain.CodeTransition, chain.CodeSelfReview}
	if got := s.submit(second, again, unreviewed, self); !slices.Equal(got, want) {
		t.Fatalf("%v", got)
	}
	id := func(rule string, r chain.Record) string { return rule + ":" + r.Statement.Subject + "." + r.ID()[:16] }
	s.expect(id("double-redemption", second), id("no-review", unreviewed), id("reused-trace-code", again),
		id("self-review", self))

	roster := chaintest.Must(w.Members.Open())
	for _, r := range []struct {
		rule string
		rec  chain.Record
	}{{"double-redemption", second}, {"no-review", unreviewed}} {
		d := chaintest.Must(evidence.ParseDossier(
			chaintest.Must(json.Marshal(chaintest.Must(s.svc.Evidence(t.Context(), id(r.rule, r.rec)))))))
		if len(d.Attempts) != 1 || len(d.Evidence) == 0 {
			t.Fatalf("%+v", d)
		}
		if err := d.Attempts[0].Verify(chain.NewTimeline(roster)); err != nil {
			t.Errorf("%s: %v", r.rule, err)
		}
		d.Attempts[0].Record.Statement.Time++
		if d.Attempts[0].Verify(chain.NewTimeline(roster)) == nil {
			t.Error("an altered attempt verifies")
		}
		for _, e := range d.Evidence {
			if err := e.Verify(chain.NewTimeline(roster)); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestClaims: what the patient contests, who claims without the code, who acts for a prescription
// that is not theirs, and who lets a claim run out.
func TestClaims(t *testing.T) {
	ward := chaintest.NewWard(time.Now().Add(-time.Minute))
	ward.Schema2()
	s := openWard(t, ward)
	w, now := s.ward, time.Now()
	rec := func(by *chaintest.Person, k chain.Kind, id string, seq uint64, f chain.Facts) chain.Record {
		return w.Record(by, k, "rx:"+id, seq, time.Now(), f)
	}
	tag := func(id string) chain.Facts { return chain.Facts{Tags: []string{chaintest.Tag(id)}} }
	brief := func(id string) { // a claim that runs out at once
		r := w.Claim(w.Dispenser1, id, 4, 1, time.Now())
		r.Statement.Facts.Until = time.Now().Add(300 * time.Millisecond).UnixMilli()
		s.take(w.Sign(w.Dispenser1, r.Statement))
	}
	for _, id := range []string{"RX1", "RX2", "RX3", "RX4", "RX5"} {
		s.issue(id, nil)
		s.take(w.Paid(id, now)[1:]...)
	}
	claim := func(id string) { s.take(w.Claim(w.Dispenser1, id, 4, 1, time.Now())) }
	claim("RX1") // contested, then handed out all the same
	contest := rec(w.Patient, chain.KindContest, "RX1", 5, chain.Facts{})
	despite := rec(w.Dispenser1, chain.KindDispense, "RX1", 6, tag("RX1"))
	s.take(contest, despite)
	claim("RX2") // handed out, then contested
	late := rec(w.Patient, chain.KindContest, "RX2", 6, chain.Facts{})
	s.take(rec(w.Dispenser1, chain.KindDispense, "RX2", 5, tag("RX2")), late)
	claim("RX3") // as it should be
	s.take(rec(w.Dispenser1, chain.KindDispense, "RX3", 5, tag("RX3")))
	brief("RX4")
	lapse := rec(w.Dispenser2, chain.KindLapse, "RX4", 5, chain.Facts{})
	for code := chain.CodeNotYet; code == chain.CodeNotYet; { // too early is asked again, as the outbox does
		code = s.submit(lapse)[0]
	}
	stranger := w.Orgs["h1"].Issue("pat-9", chain.RolePatient)
	s.take(w.Enrol(stranger, now))
	guess := w.Claim(w.Dispenser2, "RX5", 4, 2, time.Now())
	cancel := rec(stranger, chain.KindCancel, "RX5", 4, chain.Facts{})
	if got := s.submit(guess, cancel); !slices.Equal(got, []chain.Code{chain.CodeBadCode, chain.CodeNotParty}) {
		t.Fatal(got)
	}
	id := func(rule string, r chain.Record) string { return rule + ":" + r.Statement.Subject + "." + r.ID()[:16] }
	want := []string{
		id("claim-run-out", lapse), id("claim-without-code", guess), id("contested-claim", contest),
		id("dispensed-despite-contest", despite),
		id("dispensed-despite-contest", late), id("not-a-party", cancel),
	}
	slices.Sort(want)
	s.expect(want...)
}

// Each room's rules are about the attempts at its own kinds.
func TestAttemptsAtSettlementsAndCertificates(t *testing.T) {
	ward := chaintest.NewWard(time.Now().Add(-time.Minute))
	ward.Schema2()
	s := openWard(t, ward)
	w, now, seal := s.ward, time.Now(), s.ward.Orgs["h1"].Seal
	for _, id := range []string{"RX1", "RX2", "RX3"} {
		s.issue(id, nil)
	}
	s.take(w.Paid("RX1", now)[1:]...)
	s.take(w.Paid("RX2", now)[1])
	stranger, foreign := w.Orgs["h1"].Issue("pat-9", chain.RolePatient), w.Orgs["p1"].Issue("d-9", chain.RoleDispenser)
	s.take(w.Enrol(stranger, now))
	standing := w.Record(seal, chain.KindPayRefund, "pay:RX1", 3, now, chain.Facts{})
	payer := w.Record(stranger, chain.KindPayOpen, "pay:RX2", 1, now, chain.Facts{Ref: "rx:RX2"})
	early := w.Record(w.Patient, chain.KindPayOpen, "pay:RX3", 1, now, chain.Facts{Ref: "rx:RX3"})
	enrol := w.Record(seal, chain.KindEnrol, chain.SubjectCert+foreign.Cert.ID(), 1, now,
		chain.Facts{Cert: base64.Encode(foreign.Cert.Raw())})
	want := []chain.Code{chain.CodeReference, chain.CodeNotParty, chain.CodeReference, chain.CodeBadCert}
	if got := s.submit(standing, payer, early, enrol); !slices.Equal(got, want) {
		t.Fatal(got)
	}
	id := func(rule string, r chain.Record) string { return rule + ":" + r.Statement.Subject + "." + r.ID()[:16] }
	s.expect(id("bad-certificate", enrol), id("not-the-payer", payer), id("pay-unapproved", early),
		id("refund-standing", standing))
}

// Without its room a kind is followed like any other, and nothing is judged but what holds of every
// kind.
func TestWithoutRooms(t *testing.T) {
	s := open(t)
	s.parts = nil
	s.begin()
	w, now := s.ward, time.Now()
	s.issue("RX1", func(rx *document.IssueDocument) { rx.Items[0].Days = 8 })
	again := w.Record(w.Dispenser1, chain.KindClaim, "rx:RX1", 2, now, chain.Facts{})
	role := w.Record(w.Patient, chain.KindApprove, "rx:RX1", 2, now, chain.Facts{})
	if got := s.submit(again, role); !slices.Equal(got, []chain.Code{chain.CodeTransition, chain.CodeRole}) {
		t.Fatal(got)
	}
	s.expect("wrong-role:rx:RX1." + role.ID()[:16])
}

// Records that do not give the sealed root are found once, and nothing is called proved any more.
func TestOtherRoot(t *testing.T) {
	s := open(t)
	s.issue("RX1", nil)
	s.expect()
	var text string
	var place oversight.Place
	if err := errors.Join(s.db.Raw("SELECT value FROM oversight_place WHERE name = 'place'").Scan(&text).Error,
		json.Unmarshal([]byte(text), &place)); err != nil {
		t.Fatal(err)
	}
	place.Peaks[0] = merkle.EmptyLogRoot().String()
	if err := s.db.Exec("UPDATE oversight_place SET value = ? WHERE name = 'place'",
		string(chaintest.Must(json.Marshal(place)))).Error; err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"RX2", "RX3"} {
		s.issue(id, nil)
		s.expect("gap:chain")
	}
	if st := chaintest.Must(s.svc.Status(t.Context())); st.Gaps != 1 || st.Place.Proved != place.Proved ||
		st.Place.Root != place.Root {
		t.Errorf("proved %+v, before %+v", st.Place, place)
	}
}

// A hospital that is down is waited for; one that gives nothing for too long, or another document,
// is found.
func TestWithheld(t *testing.T) {
	s := open(t)
	s.cabinet.shut = true
	r := s.issue("RX1", nil)
	s.expect()
	s.now = s.now.Add(s.limits.WithheldWait - time.Second)
	s.expect()
	if st := chaintest.Must(s.svc.Status(t.Context())); st.Awaited != 1 || st.Oldest == nil {
		t.Errorf("%+v", st)
	}
	s.now = s.now.Add(time.Hour)
	s.expect("withheld:rx:RX1")
	s.cabinet.shut = false
	file := s.cabinet.files[r.ID()]
	s.cabinet.files[r.ID()] = [2][]byte{append(slices.Clone(file[0]), ' '), file[1]}
	s.now = s.now.Add(time.Hour)
	s.expect("false-document:rx:RX1", "withheld:rx:RX1")
	s.cabinet.files[r.ID()] = file
	s.now = s.now.Add(time.Hour)
	s.expect("false-document:rx:RX1", "withheld:rx:RX1")
	if st := chaintest.Must(s.svc.Status(t.Context())); st.Awaited != 0 {
		t.Errorf("%+v", st)
	}
}

// Who has no past has a limit; the finding names the records.
func TestVolume(t *testing.T) {
	s := open(t)
	s.limits.HourCap, s.limits.DayCap = 3, 1000
	s.begin()
	for i := range 5 {
		s.issue(fmt.Sprintf("RX%d", i), nil)
	}
	found := s.round()
	if len(found) == 0 || len(found) > 2 { // two, when the hour turned meanwhile
		t.Fatalf("%v", found)
	}
	d := chaintest.Must(s.svc.Evidence(t.Context(), found[0]))
	if len(d.Evidence) != 4 {
		t.Errorf("%s: %d records", found[0], len(d.Evidence))
	}
}

// A request is good once, for one hospital, from a regulator, now.
func TestRequests(t *testing.T) {
	s := open(t)
	r := s.issue("RX1", nil)
	ask := func(by, hospital, record string, at time.Time) disclosure.Request {
		return chaintest.Must(disclosure.New(t.Context(), s.ward.Members.Chain, hospital, record,
			chaintest.Must(s.Seal(by)), at))
	}
	good := ask("r1", "h1", r.ID(), time.Now())
	a, err := s.desk.Answer(t.Context(), good)
	if err != nil || r.Statement.VerifyDocument(a.Salt, a.Document) != nil {
		t.Fatalf("%v %v", a, err)
	}
	forged := ask("r1", "h1", r.ID(), time.Now())
	forged.Record = s.issue("RX2", nil).ID()
	borrowed := ask("i1", "h1", r.ID(), time.Now())
	borrowed.Member = "r1"
	for name, tt := range map[string]struct {
		q    disclosure.Request
		want error
	}{
		"again":            {good, disclosure.ErrReplayed},
		"an insurer":       {ask("i1", "h1", r.ID(), time.Now()), disclosure.ErrRefused},
		"a hospital":       {ask("h2", "h1", r.ID(), time.Now()), disclosure.ErrRefused},
		"another hospital": {ask("r1", "h2", r.ID(), time.Now()), disclosure.ErrRefused},
		"old":              {ask("r1", "h1", r.ID(), time.Now().Add(-2*disclosure.Window)), disclosure.ErrRefused},
		"early":            {ask("r1", "h1", r.ID(), time.Now().Add(2*disclosure.Window)), disclosure.ErrRefused},
		"another record":   {forged, disclosure.ErrRefused},
		"another's seal":   {borrowed, disclosure.ErrRefused},
		"unknown record":   {ask("r1", "h1", chaintest.Tag("x"), time.Now()), disclosure.ErrNotHere},
		"no prescription":  {ask("r1", "h1", s.ward.Enrolments()[0].ID(), time.Now()), disclosure.ErrNotHere},
	} {
		if _, err := s.desk.Answer(t.Context(), tt.q); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(s.cabinet.read) != 1 {
		t.Errorf("read %v", s.cabinet.read)
	}
	client := &disclosure.Client{Chain: s.ward.Members.Chain, Regulator: "r1", Seals: s, HTTP: s.server.Client(),
		Now: time.Now}
	if _, err := client.Ask(t.Context(), "http://hospital.example", r.Statement); !errors.Is(err, disclosure.ErrPlain) {
		t.Error(err)
	}
}
