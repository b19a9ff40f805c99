package app

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
)

// inbox is what somebody was told of visits, prescriptions and payments, oldest first.
func (n *nursery) inbox(p *journey.Person) (kinds []string, unread int) {
	n.t.Helper()
	var page struct{ Notices []notice.Notice }
	n.must(p, http.MethodGet, "/v1/notices?limit=100", nil, &page)
	slices.Reverse(page.Notices)
	for _, x := range page.Notices {
		switch x.Kind.Topic() {
		case "visit", "rx", "pay", "template":
			kinds = append(kinds, string(x.Kind))
			if !x.Read {
				unread++
			}
		}
	}
	return kinds, unread
}

// wants waits until somebody's inbox is this.
func (n *nursery) wants(who string, p *journey.Person, unread int, want ...string) {
	n.t.Helper()
	var got []string
	var left int
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if got, left = n.inbox(p); slices.Equal(got, want) && left == unread {
			return
		}
		if time.Now().After(end) {
			n.t.Errorf("%s was told\n%s (%d unread), want\n%s (%d)",
				who, strings.Join(got, " "), left, strings.Join(want, " "), unread)
			return
		}
	}
}

// TestWhoIsTold takes a child's visit from the request to the hand-out. Everybody is told aloud
// what others did and what concerns them, and nobody else is.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	n := openNursery(t, "sqlite:")
	doctor, stranger := n.doctors["paediatrics"], n.ward.Patient(0)
	visit := n.visit(doctor)
	n.wants("the doctor", doctor, 0, "visit.requested")
	v := n.draft(doctor, visit)
	n.act(doctor, v.ID, "issue", map[string]any{"version": v.Version})
	n.wants("a reviewer", n.ward.Reviewer(1), 1, "rx.issued")
	n.act(n.ward.Reviewer(0), v.ID, "approve", map[string]any{"reasons": []string{}})
	var code payment.PayCode
	card := map[string]string{"ecToken": n.childToken}
	n.must(n.mother, http.MethodPut, "/v1/patients/"+n.child.Person+"/card", card, nil)
	n.must(n.mother, http.MethodPost, "/v1/patients/"+n.child.Person+"/pay-codes", nil, &code)
	n.act(n.mother, v.ID, "pay", map[string]any{"payCode": code.Code})
	if err := n.mother.Poll(n.ctx, "paid", 0,
		func() (bool, error) { return n.read(n.mother, v.ID).Status == prescription.Paid, nil }); err != nil {
		t.Fatal(err)
	}
	n.fetch(n.ward.Pharmacy(0), v.ID)
	said := map[string]any{"kind": "text", "text": "按时服药"}
	n.must(doctor, http.MethodPost, "/v1/consultations/"+visit+"/messages", said, nil)

	all := []string{"visit.accepted", "visit.active", "visit.note", "rx.issued", "rx.approved", "rx.paid", "rx.claimed",
		"rx.dispensed",
		"visit.message"}
	n.wants("the guardian", n.mother, 2, all...)
	n.wants("the doctor", doctor, 0, "visit.requested", "rx.approved") // it went on: that is settled
	n.wants("a reviewer", n.ward.Reviewer(1), 0, "rx.issued")
	n.wants("the pharmacy", n.ward.Pharmacy(0), 0)
	n.wants("a stranger", stranger, 0)

	var chat struct{ LastSeq int64 }
	n.must(n.mother, http.MethodGet, "/v1/consultations/"+visit+"/messages", nil, &chat)
	n.must(n.mother, http.MethodPut, "/v1/consultations/"+visit+"/read", map[string]any{"seq": chat.LastSeq}, nil)
	n.must(n.mother, http.MethodPut, "/v1/notices/read", map[string]any{"subject": string(v.ID)}, nil)
	n.wants("the guardian, who has read", n.mother, 0, all...)
}
