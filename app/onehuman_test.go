package app

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/service"
)

// TestOneHumanOnTheChain: two log-ins of one human are one person to the application and to the
// ledger.
func TestOneHumanOnTheChain(t *testing.T) {
	t.Parallel()
	h := openHospital(t, demoConfig(t, ""))
	doctors, reviewers := h.staff(accounts.Doctor), h.staff(accounts.Reviewer)
	first, second := madeUpNumber(1), madeUpNumber(2)
	h.number(doctors[0], first)
	h.number(reviewers[0], first)
	h.number(reviewers[1], second)
	h.number(doctors[1], second)
	h.enter(2)
	h.in(t).reviewsHimself(t, doctors[0].Person, reviewers[0].Person)
	t.Run("by the name of another log-in", func(t *testing.T) {
		v := h.ward.Visit(2) // the second human is the doctor, the first one reviews
		h := h.in(t)
		h.must(v.Lead(t.Context(), prescription.Approved))
		h.settled()
		state, err := h.node.Subject(t.Context(), "rx:"+v.Prescription())
		if err != nil || state.Person != reviewers[1].Person {
			t.Errorf("issued by %q, %v", state.Person, err)
		}
		body := map[string]string{"reason": "患者改为线下就诊"}
		in, err := v.Doctor().Prepare(t.Context(), v.Path("/cancel"), body)
		h.must(err)
		_, err = v.Doctor().Sign(t.Context(), in, "cancel-by-its-doctor")
		h.must(err)
	})
	t.Run("prescribes for himself", func(t *testing.T) {
		v := h.ward.Visit(1)
		h := h.in(t)
		h.must(v.Lead(t.Context(), prescription.Draft))
		h.proves(1)
		h.number(doctors[1], demoNumber(1))
		_, err := v.Doctor().Prepare(t.Context(), v.Path("/issue"), service.IssueInput{Version: h.version(t, v)})
		refused(t, "issue", err, "rule-refused")
	})
	h.close()
}

// TestADoctorAsPatient: a patient's log-in that has proven a doctor's number bears the doctor's
// name on the chain, is treated by others as everybody is, and the ledger itself refuses what the
// doctor would prescribe it.
func TestADoctorAsPatient(t *testing.T) {
	t.Parallel()
	h := openHospital(t, demoConfig(t, ""))
	doctor := h.staff(accounts.Doctor)[1]
	h.number(doctor, demoNumber(0))
	me := h.proves(0)
	h.enter(2)
	v := h.ward.Visit(0) // of the other doctor
	h.must(v.Lead(t.Context(), prescription.Paid))
	h.settled()
	state, err := h.node.Subject(t.Context(), "rx:"+v.Prescription())
	h.must(err)
	if !slices.Equal(state.Parties, []string{doctor.Person}) {
		t.Errorf("it names %v", state.Parties)
	}
	if cert, err := h.keyring.Active(t.Context(), me); err != nil || cert.SubjectCN() != doctor.Person {
		t.Errorf("the patient's certificate: %v", err)
	}
	var seen struct{ Accesses []struct{ About string } }
	h.must(v.Patient().Send(t.Context(), http.MethodGet, "/v1/patients/me/accesses", "", nil, &seen))
	if !slices.ContainsFunc(seen.Accesses, func(a struct{ About string }) bool { return a.About == "prescription" }) {
		t.Errorf("the patient's access log: %+v", seen.Accesses)
	}
	if got := h.issues(h.ward.Doctor(1), doctor, state.Parties); got != chain.CodeOwnParty {
		t.Errorf("for himself, past the application: %s", got)
	}
	h.must(v.Cancel(t.Context()))
	h.close()
}

// issues writes a prescription past the application and returns what the ledger says.
func (h *hospital) issues(by *journey.Person, doctor accounts.Account, parties []string) chain.Code {
	ctx, now := h.t.Context(), time.Now()
	cert, err := h.keyring.Active(ctx, doctor.Person)
	h.must(err)
	seal, err := h.Orgs.Seal(h.cfg.Hospital)
	h.must(err)
	id, err := prescription.NewID(now, uint64(now.UnixNano()%1e10))
	h.must(err)
	foot := merkle.Hash{1}
	past, err := intent.New(h.Members.Chain, intent.Draft{
		Person: doctor.Person, Kind: chain.KindIssue, Subject: id.Subject(), Seq: 1,
		Cert: cert, Org: h.cfg.Hospital, V: chain.Schema2, Document: struct{}{},
		Facts: chain.Facts{Expires: now.Add(time.Hour).UnixMilli(),
			Pickup: chain.PickupHead(foot, chain.PickupCodes).String(), Parties: parties},
	}, now)
	h.must(err)
	sig, err := by.Key().Sign(past.Statement.Bytes())
	h.must(err)
	record, err := past.Sign(ctx, cert, sig, seal)
	h.must(err)
	packed, err := intent.Pack(ctx, seal, []chain.Record{record})
	h.must(err)
	out, err := h.node.Submit(ctx, packed)
	h.must(err)
	return out[0].Code
}

// reviewsHimself: the second of the human's log-ins approves what the first one signed, at every
// door.
func (h *hospital) reviewsHimself(t *testing.T, doctor, reviewer string) {
	ctx, v := t.Context(), h.ward.Visit(0)
	h.must(v.Lead(ctx, prescription.Signed))
	_, err := v.Reviewer().Prepare(ctx, v.Path("/approve"), lifecycle.Decision{})
	refused(t, "approve", err, "rule-refused")

	h.settled()
	cert, err := h.keyring.Active(ctx, reviewer)
	h.must(err)
	if cert.SubjectCN() != doctor {
		t.Errorf("the reviewer's certificate calls him %s, the doctor's %s", cert.SubjectCN(), doctor)
	}
	seal, err := h.Orgs.Seal(h.cfg.Hospital)
	h.must(err)
	subject := "rx:" + v.Prescription()
	state, err := h.node.Subject(ctx, subject)
	h.must(err)
	past, err := intent.New(h.Members.Chain, intent.Draft{
		Person: doctor, Kind: chain.KindApprove, Subject: subject,
		Seq: state.Seq + 1, Cert: cert, Org: h.cfg.Hospital, Document: struct{}{},
	}, time.Now())
	h.must(err)
	sig, err := v.Reviewer().Key().Sign(past.Statement.Bytes())
	h.must(err)
	record, err := past.Sign(ctx, cert, sig, seal)
	h.must(err)
	// The regulator reads the same code of the same attempt: TestAttempts of the oversight room.
	out, err := h.node.Submit(ctx, []chain.Record{record})
	h.must(err)
	if out[0].Code != chain.CodeSelfReview {
		t.Errorf("the ledger says %q", out[0].Code)
	}
}

// staff are the demo's accounts of a role, in the order a journey takes them.
func (h *hospital) staff(role accounts.Role) (list []accounts.Account) {
	h.t.Helper()
	for _, s := range h.demo.Staff {
		if s.Role == role {
			acc, err := h.accounts.ByLogin(h.t.Context(), s.Login)
			h.must(err)
			list = append(list, acc)
		}
	}
	return list
}

// number enters the number of a document for a member of the hospital's staff, as its administrator
// does.
func (h *hospital) number(of accounts.Account, number string) {
	h.t.Helper()
	h.administer(of.Org, http.MethodPut, "/v1/admin/practitioners/"+of.Person+"/identity",
		map[string]any{"idNumber": number})
}

// proves shows the document of the nth demo patient at the hospital's desk.
func (h *hospital) proves(n int) (person string) {
	h.t.Helper()
	p, number := demo.Patients[n], demoNumber(n)
	found := h.administer(h.cfg.Hospital, http.MethodPost, "/v1/admin/identities/find",
		map[string]any{"idNumber": number})
	var list struct{ Records []patients.DeskRecord }
	h.must(json.Unmarshal(found, &list))
	if len(list.Records) != 1 {
		h.t.Fatalf("%s", found)
	}
	person = list.Records[0].Person
	h.administer(h.cfg.Hospital, http.MethodPost, "/v1/admin/identities/"+person+"/prove",
		map[string]any{"idNumber": number, "name": p.Name, "sex": p.Sex(), "birthDate": p.Birth})
	return person
}

// administer is a request of an organisation's administrator.
func (h *hospital) administer(org, method, path string, in any) []byte {
	h.t.Helper()
	for _, s := range h.demo.Staff {
		if s.Role != accounts.Admin || s.Org != org {
			continue
		}
		session, err := h.accounts.Login(h.t.Context(),
			accounts.Credentials{Name: s.Login, Password: s.Password, Address: "test"})
		h.must(err)
		body, err := json.Marshal(in)
		h.must(err)
		got := h.raw(method, path, session.Token, bytes.NewReader(body))
		if got.status >= http.StatusBadRequest {
			h.t.Fatalf("%s %s: %d %s", method, path, got.status, got.body)
		}
		return []byte(got.body)
	}
	h.t.Fatal("no administrator")
	return nil
}

func demoNumber(n int) string {
	return demo.Patients[n].IDNumber()
}

func madeUpNumber(n int) string {
	return identity.MakeIDNumber(demo.Region, time.Date(1980, 1, n, 12, 0, 0, 0, time.UTC), 1)
}
