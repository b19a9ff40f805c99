package oversight_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/oversight/oversighttest"
	"github.com/smart-hospital/hospital/app/payments"
	"github.com/smart-hospital/hospital/app/prescriptions"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
)

// seat is the regulator's desk over the rooms that there are.
type seat struct{ *oversighttest.Seat }

func open(t *testing.T) *seat { return openWard(t, chaintest.NewWard(time.Now().Add(-time.Minute))) }

func openWard(t *testing.T, ward *chaintest.Ward) *seat {
	t.Helper()
	return &seat{oversighttest.Open(t, ward, keys.Oversight, prescriptions.Oversight, payments.Oversight)}
}

// issue writes a prescription with a document and puts that into the cabinet.
func (s *seat) issue(id string, alter func(*document.IssueDocument)) chain.Record {
	s.T.Helper()
	rx := document.IssueDocument{
		Head: document.Head{Schema: document.SchemaIssue, Prescription: prescription.ID(id),
			Person: "doc-1", Org: "h1"}}
	rx.Patient.Person = "pat-1"
	rx.Items = []document.IssueItem{{Code: "A", Days: 7, Packages: 1}}
	if alter != nil {
		alter(&rx)
	}
	return s.File(s.Ward.Doctor, s.Ward.Issued(id, time.Now()).Statement, rx)
}

// A clean ward leaves nothing but the proof that all of it was seen, and one line in the hospital's
// log for each document.
func TestNothingFound(t *testing.T) {
	s := open(t)
	issue := s.issue("RX1", nil)
	s.Take(s.Ward.Journey("RX1", time.Now())[1:]...)
	s.Expect()
	st := chaintest.Must(s.Service.Status(t.Context()))
	if st.Place.Missed != 0 || st.Awaited != 0 || st.Gaps != 0 || st.Subjects != 7 || st.Place.Root == "" {
		t.Errorf("%+v", st)
	}
	if want := issue.ID() + " by r1"; !slices.Equal(s.Cabinet.Read(), []string{want}) {
		t.Errorf("read %v", s.Cabinet.Read())
	}
	var kept int64
	if s.DB.WithContext(t.Context()).Table("oversight_findings").Count(&kept); kept != 0 {
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
	s.Expect(want...)
	s.Begin()
	s.Expect(want...)

	d := chaintest.Must(s.Service.Evidence(t.Context(), "five-drugs:rx:RX1"))
	file := chaintest.Must(json.Marshal(d))
	read, err := evidence.ParseDossier(file)
	if err != nil || evidence.KindOfFile(file) != evidence.FileDossier || len(read.Evidence) != 1 ||
		read.Evidence[0].Document == nil {
		t.Fatalf("%v %s", err, file)
	}
	lists := chaintest.Must(read.History.Open()) // the file brings them along
	if lists.At(0).Digest() != chaintest.Must(s.Ward.Members.Open()).Digest() {
		t.Error("the file's genesis list is another")
	}
	if err := read.Evidence[0].Verify(lists); err != nil {
		t.Error(err)
	}
	read.Evidence[0].Document[10] ^= 1
	if err := read.Evidence[0].Verify(lists); !errors.Is(err, chain.ReasonDigest) {
		t.Errorf("an altered document: %v", err)
	}
	if _, err := s.Service.Evidence(t.Context(), "five-drugs:rx:RX9"); !errors.Is(err, oversight.ErrNotFound) {
		t.Error(err)
	}
	page, next, err := s.Service.Findings(t.Context(), oversight.FindingsQuery{Limit: 3})
	if err != nil || len(page) != 3 || next == "" {
		t.Fatal(page, next, err)
	}
	behind := oversight.FindingsQuery{Before: next, Limit: 3}
	if rest, end, err := s.Service.Findings(t.Context(), behind); err != nil || len(rest) != 1 || end != "" ||
		slices.ContainsFunc(page, func(f oversight.Finding) bool { return f.ID == rest[0].ID }) {
		t.Error(rest, end, err)
	}
	for _, ask := range []oversight.FindingsQuery{{Limit: 1}, {Limit: 1, Oldest: true}, {Limit: 1, Happened: true},
		{Limit: 1, Happened: true, Oldest: true}, {Limit: 1, Org: "h1"}} {
		var got []oversight.Finding
		for {
			page, next, err := s.Service.Findings(t.Context(), ask)
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
	one, _, err := s.Service.Findings(t.Context(), oversight.FindingsQuery{Limit: 9, Rule: "seven-days"})
	if err != nil || len(one) != 1 || one[0].Rule.ID != "seven-days" {
		t.Error(one, err)
	}
	none := oversight.FindingsQuery{Limit: 9, Before: "x"}
	if _, _, err := s.Service.Findings(t.Context(), none); !errors.Is(err, invalid.ErrInput) {
		t.Errorf("a place that nobody gave: %v", err)
	}
	var stored []byte
	s.DB.WithContext(t.Context()).Raw("SELECT document FROM oversight_findings WHERE rule = 'five-drugs'").Scan(&stored)
	if len(stored) == 0 || json.Valid(stored) {
		t.Error("the document is kept in plain")
	}
}

// What the ledger refuses is no record, but it was tried.
func TestAttempts(t *testing.T) {
	s := open(t)
	w, now := s.Ward, time.Now()
	s.issue("RX1", nil)
	s.issue("RX2", nil)
	s.issue("RX3", nil)
	s.Take(w.Journey("RX1", now)[1:6]...) // up to the claim by p1
	second := w.Record(w.Dispenser2, chain.KindClaim, "rx:RX1", 4, now, chain.Facts{})
	s.Take(w.Journey("RX1", now)[6])
	s.Take(w.Paid("RX2", now)[1:]...)
	s.Take(w.Record(w.Dispenser2, chain.KindClaim, "rx:RX2", 4, now, chain.Facts{}))
	again := w.Record(w.Dispenser2, chain.KindDispense, "rx:RX2", 5, now,
		chain.Facts{Tags: []string{chaintest.Tag("pay:RX1")}})
	unreviewed := w.Record(w.Orgs["h1"].Seal, chain.KindPay, "rx:RX3", 2, now, chain.Facts{Ref: "pay:RX3"})
	both := w.Orgs["h1"].Issue("doc-1", chain.RoleReviewer)
	s.Take(w.Enrol(both, now))
	self := w.Record(both, chain.KindApprove, "rx:RX3", 2, now, chain.Facts{})
	want := []chain.Code{chain.CodeSequence, chain.CodeTagUsed, chain.CodeTransition, chain.CodeSelfReview}
	if got := s.Submit(second, again, unreviewed, self); !slices.Equal(got, want) {
		t.Fatalf("%v", got)
	}
	id := func(rule string, r chain.Record) string { return rule + ":" + r.Statement.Subject + "." + r.ID()[:16] }
	s.Expect(id("double-redemption", second), id("no-review", unreviewed), id("reused-trace-code", again),
		id("self-review", self))

	roster := chaintest.Must(w.Members.Open())
	for _, r := range []struct {
		rule string
		rec  chain.Record
	}{{"double-redemption", second}, {"no-review", unreviewed}} {
		d := chaintest.Must(evidence.ParseDossier(
			chaintest.Must(json.Marshal(chaintest.Must(s.Service.Evidence(t.Context(), id(r.rule, r.rec)))))))
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
	w, now := s.Ward, time.Now()
	rec := func(by *chaintest.Person, k chain.Kind, id string, seq uint64, f chain.Facts) chain.Record {
		return w.Record(by, k, "rx:"+id, seq, time.Now(), f)
	}
	tag := func(id string) chain.Facts { return chain.Facts{Tags: []string{chaintest.Tag(id)}} }
	brief := func(id string) { // a claim that runs out at once
		r := w.Claim(w.Dispenser1, id, 4, 1, time.Now())
		r.Statement.Facts.Until = time.Now().Add(300 * time.Millisecond).UnixMilli()
		s.Take(w.Sign(w.Dispenser1, r.Statement))
	}
	for _, id := range []string{"RX1", "RX2", "RX3", "RX4", "RX5"} {
		s.issue(id, nil)
		s.Take(w.Paid(id, now)[1:]...)
	}
	claim := func(id string) { s.Take(w.Claim(w.Dispenser1, id, 4, 1, time.Now())) }
	claim("RX1") // contested, then handed out all the same
	contest := rec(w.Patient, chain.KindContest, "RX1", 5, chain.Facts{})
	despite := rec(w.Dispenser1, chain.KindDispense, "RX1", 6, tag("RX1"))
	s.Take(contest, despite)
	claim("RX2") // handed out, then contested
	late := rec(w.Patient, chain.KindContest, "RX2", 6, chain.Facts{})
	s.Take(rec(w.Dispenser1, chain.KindDispense, "RX2", 5, tag("RX2")), late)
	claim("RX3") // as it should be
	s.Take(rec(w.Dispenser1, chain.KindDispense, "RX3", 5, tag("RX3")))
	brief("RX4")
	lapse := rec(w.Dispenser2, chain.KindLapse, "RX4", 5, chain.Facts{})
	for code := chain.CodeNotYet; code == chain.CodeNotYet; { // too early is asked again, as the outbox does
		code = s.Submit(lapse)[0]
	}
	stranger := w.Orgs["h1"].Issue("pat-9", chain.RolePatient)
	s.Take(w.Enrol(stranger, now))
	guess := w.Claim(w.Dispenser2, "RX5", 4, 2, time.Now())
	cancel := rec(stranger, chain.KindCancel, "RX5", 4, chain.Facts{})
	if got := s.Submit(guess, cancel); !slices.Equal(got, []chain.Code{chain.CodeBadCode, chain.CodeNotParty}) {
		t.Fatal(got)
	}
	id := func(rule string, r chain.Record) string { return rule + ":" + r.Statement.Subject + "." + r.ID()[:16] }
	want := []string{
		id("claim-run-out", lapse), id("claim-without-code", guess), id("contested-claim", contest),
		id("dispensed-despite-contest", despite),
		id("dispensed-despite-contest", late), id("not-a-party", cancel),
	}
	slices.Sort(want)
	s.Expect(want...)
}

// Each room's rules are about the attempts at its own kinds.
func TestAttemptsAtSettlementsAndCertificates(t *testing.T) {
	ward := chaintest.NewWard(time.Now().Add(-time.Minute))
	ward.Schema2()
	s := openWard(t, ward)
	w, now, seal := s.Ward, time.Now(), s.Ward.Orgs["h1"].Seal
	for _, id := range []string{"RX1", "RX2", "RX3"} {
		s.issue(id, nil)
	}
	s.Take(w.Paid("RX1", now)[1:]...)
	s.Take(w.Paid("RX2", now)[1])
	stranger, foreign := w.Orgs["h1"].Issue("pat-9", chain.RolePatient), w.Orgs["p1"].Issue("d-9", chain.RoleDispenser)
	s.Take(w.Enrol(stranger, now))
	standing := w.Record(seal, chain.KindPayRefund, "pay:RX1", 3, now, chain.Facts{})
	payer := w.Record(stranger, chain.KindPayOpen, "pay:RX2", 1, now, chain.Facts{Ref: "rx:RX2"})
	early := w.Record(w.Patient, chain.KindPayOpen, "pay:RX3", 1, now, chain.Facts{Ref: "rx:RX3"})
	enrol := w.Record(seal, chain.KindEnrol, chain.SubjectCert+foreign.Cert.ID(), 1, now,
		chain.Facts{Cert: base64.Encode(foreign.Cert.Raw())})
	want := []chain.Code{chain.CodeReference, chain.CodeNotParty, chain.CodeReference, chain.CodeBadCert}
	if got := s.Submit(standing, payer, early, enrol); !slices.Equal(got, want) {
		t.Fatal(got)
	}
	id := func(rule string, r chain.Record) string { return rule + ":" + r.Statement.Subject + "." + r.ID()[:16] }
	s.Expect(id("bad-certificate", enrol), id("not-the-payer", payer), id("pay-unapproved", early),
		id("refund-standing", standing))
}

// Without its room a kind is followed like any other, and nothing is judged but what holds of every
// kind.
func TestWithoutRooms(t *testing.T) {
	s := open(t)
	s.Parts = nil
	s.Begin()
	w, now := s.Ward, time.Now()
	s.issue("RX1", func(rx *document.IssueDocument) { rx.Items[0].Days = 8 })
	again := w.Record(w.Dispenser1, chain.KindClaim, "rx:RX1", 2, now, chain.Facts{})
	role := w.Record(w.Patient, chain.KindApprove, "rx:RX1", 2, now, chain.Facts{})
	if got := s.Submit(again, role); !slices.Equal(got, []chain.Code{chain.CodeTransition, chain.CodeRole}) {
		t.Fatal(got)
	}
	s.Expect("wrong-role:rx:RX1." + role.ID()[:16])
}

// Records that do not give the sealed root are found once, and nothing is called proved any more.
func TestOtherRoot(t *testing.T) {
	s := open(t)
	s.issue("RX1", nil)
	s.Expect()
	var text string
	var place oversight.Place
	if err := errors.Join(s.DB.Raw("SELECT value FROM oversight_place WHERE name = 'place'").Scan(&text).Error,
		json.Unmarshal([]byte(text), &place)); err != nil {
		t.Fatal(err)
	}
	place.Peaks[0] = merkle.EmptyLogRoot().String()
	if err := s.DB.Exec("UPDATE oversight_place SET value = ? WHERE name = 'place'",
		string(chaintest.Must(json.Marshal(place)))).Error; err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"RX2", "RX3"} {
		s.issue(id, nil)
		s.Expect("gap:chain")
	}
	if st := chaintest.Must(s.Service.Status(t.Context())); st.Gaps != 1 || st.Place.Proved != place.Proved ||
		st.Place.Root != place.Root {
		t.Errorf("proved %+v, before %+v", st.Place, place)
	}
}

// A hospital that is down is waited for; one that gives nothing for too long, or another document,
// is found.
func TestWithheld(t *testing.T) {
	s := open(t)
	s.Cabinet.Shut(true)
	r := s.issue("RX1", nil)
	s.Expect()
	s.Now = s.Now.Add(s.Limits.WithheldWait - time.Second)
	s.Expect()
	if st := chaintest.Must(s.Service.Status(t.Context())); st.Awaited != 1 || st.Oldest == nil {
		t.Errorf("%+v", st)
	}
	s.Now = s.Now.Add(time.Hour)
	s.Expect("withheld:rx:RX1")
	s.Cabinet.Shut(false)
	file := s.Cabinet.File(r.ID())
	s.Cabinet.Put(r.ID(), oversighttest.File{Document: append(slices.Clone(file.Document), ' '), Salt: file.Salt})
	s.Now = s.Now.Add(time.Hour)
	s.Expect("false-document:rx:RX1", "withheld:rx:RX1")
	s.Cabinet.Put(r.ID(), file)
	s.Now = s.Now.Add(time.Hour)
	s.Expect("false-document:rx:RX1", "withheld:rx:RX1")
	if st := chaintest.Must(s.Service.Status(t.Context())); st.Awaited != 0 {
		t.Errorf("%+v", st)
	}
}

// Who has no past has a limit; the finding names the records.
func TestVolume(t *testing.T) {
	s := open(t)
	s.Limits.HourCap, s.Limits.DayCap = 3, 1000
	s.Begin()
	for i := range 5 {
		s.issue(fmt.Sprintf("RX%d", i), nil)
	}
	found := s.Round()
	if len(found) == 0 || len(found) > 2 { // two, when the hour turned meanwhile
		t.Fatalf("%v", found)
	}
	d := chaintest.Must(s.Service.Evidence(t.Context(), found[0]))
	if len(d.Evidence) != 4 {
		t.Errorf("%s: %d records", found[0], len(d.Evidence))
	}
}

// A request is good once, for one hospital, from a regulator, now.
func TestRequests(t *testing.T) {
	s := open(t)
	r := s.issue("RX1", nil)
	ask := func(by, hospital, record string, at time.Time) disclosure.Request {
		return chaintest.Must(disclosure.New(t.Context(), s.Ward.Members.Chain, hospital, record,
			chaintest.Must(s.Seal(by)), at))
	}
	good := ask("r1", "h1", r.ID(), time.Now())
	a, err := s.Desk.Answer(t.Context(), good)
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
		"no prescription":  {ask("r1", "h1", s.Ward.Enrolments()[0].ID(), time.Now()), disclosure.ErrNotHere},
	} {
		if _, err := s.Desk.Answer(t.Context(), tt.q); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(s.Cabinet.Read()) != 1 {
		t.Errorf("read %v", s.Cabinet.Read())
	}
	client := &disclosure.Client{Chain: s.Ward.Members.Chain, Regulator: "r1", Seals: s, HTTP: s.Server.Client(),
		Now: time.Now}
	if _, err := client.Ask(t.Context(), "http://hospital.example", r.Statement); !errors.Is(err, disclosure.ErrPlain) {
		t.Error(err)
	}
}
