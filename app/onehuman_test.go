package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
)

// TestOneHumanOnTheChain: two log-ins of one human are one person to the application and to the ledger.
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
		h.number(doctors[1], patients.MakeIDNumber(demoRegion, demoPatients[1].born(), demoPatients[1].serial))
		_, err := v.Doctor().Prepare(t.Context(), v.Path("/issue"), prescription.IssueInput{Version: h.version(t, v)})
		refused(t, "issue", err, "rule-refused")
	})
	h.close()
}

// reviewsHimself: the second of the human's log-ins approves what the first one signed, at every door.
func (h *hospital) reviewsHimself(t *testing.T, doctor, reviewer string) {
	ctx, v := t.Context(), h.ward.Visit(0)
	h.must(v.Lead(ctx, prescription.Signed))
	_, err := v.Reviewer().Prepare(ctx, v.Path("/approve"), prescription.Decision{})
	refused(t, "approve", err, "rule-refused")

	h.settled()
	cert, err := h.keyring.Active(ctx, reviewer)
	h.must(err)
	if cert.SubjectCN() != doctor {
		t.Errorf("the reviewer's certificate calls him %s, the doctor's %s", cert.SubjectCN(), doctor)
	}
	seal, err := h.orgs.Seal(h.cfg.Hospital)
	h.must(err)
	subject := "rx:" + v.Prescription()
	state, err := h.node.Subject(ctx, subject)
	h.must(err)
	past, err := intent.New(h.members.Chain, intent.Draft{
		Person: doctor, Action: string(chain.KindApprove), Kind: chain.KindApprove, Subject: subject, Seq: state.Seq + 1, Cert: cert, Org: h.cfg.Hospital, Document: struct{}{},
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

// number enters the number of a document for a member of the hospital's staff, as its administrator does.
func (h *hospital) number(of accounts.Account, number string) {
	h.t.Helper()
	for _, s := range h.demo.Staff {
		if s.Role != accounts.Admin || s.Org != of.Org {
			continue
		}
		session, err := h.accounts.Login(h.t.Context(), accounts.Credentials{Name: s.Login, Password: s.Password, Address: "test"})
		h.must(err)
		got := h.raw(http.MethodPut, "/v1/admin/practitioners/"+of.Person+"/identity", session.Token, strings.NewReader(`{"idNumber":"`+number+`"}`))
		if got.status != http.StatusNoContent {
			h.t.Fatalf("%d %s", got.status, got.body)
		}
		return
	}
	h.t.Fatal("no administrator")
}

func madeUpNumber(n int) string {
	return patients.MakeIDNumber(demoRegion, time.Date(1980, 1, n, 12, 0, 0, 0, time.UTC), 1)
}
