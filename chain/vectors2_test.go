package chain_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/membership"
)

// newReference2 is a reference chain of schema 2: one prescription through every new step. Its
// records go through chain.Advance.
func newReference2() *reference {
	w := chaintest.NewWard(refStart)
	w.Schema2()
	power := map[string]int64{}
	for _, v := range voters {
		power[v] = 1
	}
	w.Vote(power)
	r := &reference{Ward: w}
	const id = "RX20261101B"
	step := func(by *chaintest.Person, k chain.Kind, seq uint64, f chain.Facts) chain.Record {
		return w.Record(by, k, chain.SubjectRx+id, seq, refStart, f)
	}
	r.records = append(append(w.Enrolments(), w.Paid(id, refStart)...),
		w.Claim(w.Dispenser1, id, 4, 1, refStart),
		step(w.Dispenser1, chain.KindRenew, 5, chain.Facts{Until: refStart.Add(48 * time.Hour).UnixMilli()}),
		step(w.Patient, chain.KindContest, 6, chain.Facts{}),
		step(w.Dispenser2, chain.KindLapse, 7, chain.Facts{}),
		w.Claim(w.Dispenser2, id, 8, 2, refStart),
		step(w.Patient, chain.KindContest, 9, chain.Facts{}),
	)
	states := map[string]chain.SubjectState{}
	for _, rec := range r.records {
		st := rec.Statement
		s := chain.Advance(states[st.Subject], st, rec.ID(), r.holder(st.Actor).Cert.SubjectCN())
		states[st.Subject] = s
	}
	for _, subject := range []string{chain.SubjectRx + id, chain.SubjectPay + id} {
		r.states = append(r.states, states[subject])
	}
	r.rehash()
	return r
}

// forgeries2 break what statements of version 2 must keep; each is signed, sealed, in the log and
// sealed by the members.
func forgeries2(r *reference) (out []forgery) {
	forge := func(name string, why chain.Reason, by *chaintest.Person, like int, change func(*chain.Statement)) {
		st := r.records[like].Statement
		st.Actor, st.Org = by.Cert.ID(), by.Org
		change(&st)
		c := &chain.Receipt{}
		r.write(c, by, r.Sign(by, st))
		out = append(out, forgery{name, "receipt", why, string(c.Bytes())})
	}
	malformed := func(name string, like int, change func(*chain.Statement)) {
		forge(name, chain.ReasonMalformed, r.holder(r.records[like].Statement.Actor), like, change)
	}
	const issue, claim, renew, contest, lapse = 5, 10, 11, 12, 13
	malformed("version-3", issue, func(s *chain.Statement) { s.V = 3 })
	malformed("new-facts-in-version-1", issue, func(s *chain.Statement) { s.V = 1 })
	malformed("new-kind-in-version-1", contest, func(s *chain.Statement) { s.V = 1 })
	malformed("lease-in-version-1", claim, func(s *chain.Statement) { s.V, s.Facts.Code = 1, "" })
	malformed("code-in-version-1", claim, func(s *chain.Statement) { s.V, s.Facts.Until = 1, 0 })
	malformed("issue-without-pickup", issue, func(s *chain.Statement) { s.Facts.Pickup = "" })
	malformed("issue-with-a-bad-pickup", issue, func(s *chain.Statement) { s.Facts.Pickup = s.Facts.Pickup[1:] })
	malformed("issue-without-parties", issue, func(s *chain.Statement) { s.Facts.Parties = nil })
	malformed("issue-for-five", issue, func(s *chain.Statement) { s.Facts.Parties = []string{"a", "b", "c", "d", "e"} })
	malformed("party-twice", issue, func(s *chain.Statement) { s.Facts.Parties = []string{"a", "a"} })
	malformed("parties-not-in-order", issue, func(s *chain.Statement) { s.Facts.Parties = []string{"b", "a"} })
	malformed("party-empty", issue, func(s *chain.Statement) { s.Facts.Parties = []string{""} })
	malformed("party-with-a-space", issue, func(s *chain.Statement) { s.Facts.Parties = []string{"pat 1"} })
	malformed("claim-without-lease", claim, func(s *chain.Statement) { s.Facts.Until = 0 })
	malformed("claim-with-a-bad-code", claim, func(s *chain.Statement) { s.Facts.Code = "12" })
	malformed("renew-without-lease", renew, func(s *chain.Statement) { s.Facts.Until = 0 })
	malformed("renew-with-a-code", renew, func(s *chain.Statement) { s.Facts.Code = chaintest.Tag("x") })
	malformed("lapse-with-a-lease", lapse, func(s *chain.Statement) { s.Facts.Until = s.Time + 1 })
	malformed("claim-with-parties", claim, func(s *chain.Statement) { s.Facts.Parties = []string{"a"} })
	malformed("claim-with-pickup", claim, func(s *chain.Statement) { s.Facts.Pickup = chaintest.Tag("x") })
	forge("contest-by-a-doctor", chain.ReasonActorRole, r.Doctor, contest, func(*chain.Statement) {})
	forge("contest-by-a-pharmacy", chain.ReasonOrgRole, r.Dispenser1, contest, func(*chain.Statement) {})
	forge("renew-by-a-hospital", chain.ReasonOrgRole, r.Doctor, renew, func(*chain.Statement) {})
	forge("renew-by-a-pharmacys-seal", chain.ReasonActorRole, r.Orgs["p1"].Seal, renew, func(*chain.Statement) {})
	forge("lapse-by-an-insurer", chain.ReasonOrgRole, r.Orgs["i1"].Seal, lapse, func(*chain.Statement) {})
	forge("lapse-by-a-doctor", chain.ReasonActorRole, r.Doctor, lapse, func(*chain.Statement) {})
	forge("certificate-issued-by-the-root", chain.ReasonActorCert, r.IssueByRoot("h1", "doc-1", chain.RoleDoctor),
		issue, func(*chain.Statement) {})
	return out
}

// forgedLists are members' lists whose seals did not come through the members' own CAs.
func forgedLists(r *reference) map[string][]byte {
	out := map[string][]byte{}
	for name, change := range map[string]func(*membership.Member){
		"seal-issued-by-the-root": func(*membership.Member) {},
		"root-as-ca":              func(m *membership.Member) { m.CA = r.Members.Root },
	} {
		m := *r.Members
		m.Members = append([]membership.Member(nil), r.Members.Members...)
		m.Members[0].Seal = b64(r.IssueByRoot("h1", "seal-h1", chain.RoleSeal).Cert.Raw())
		change(&m.Members[0])
		out[name] = m.Bytes()
	}
	return out
}

// TestVersion2Vectors: testdata/v2 holds what verifiers in other languages must take and refuse.
//
//	go test ./chain/ -run Version2Vectors -update
func TestVersion2Vectors(t *testing.T) {
	name := func(parts ...string) string { return filepath.Join(append([]string{"v2"}, parts...)...) }
	if *update {
		r := newReference2()
		if err := os.RemoveAll("testdata/v2/forged"); err != nil {
			t.Fatal(err)
		}
		write(t, name("members.json"), r.Members.Bytes())
		for i, rec := range r.records {
			write(t, name(fmt.Sprintf("receipt-%02d-%s.json", i, rec.Statement.Kind)),
				r.receipt(i, "h1", "h2", "p1").Bytes())
		}
		write(t, name("status-contested.json"), r.status("rx:RX20261101B", voters...).Bytes())
		for list, b := range forgedLists(r) {
			write(t, name("forged-lists", list+".json"), b)
		}
		for _, f := range forgeries2(r) {
			write(t, name("forged", f.Name+".json"), text(f))
		}
	}
	members, err := membership.ParseMembers(file(t, name("members.json")))
	if err != nil {
		t.Fatal(err)
	}
	receipts := glob(t, name("receipt-*.json"))
	for _, file1 := range receipts {
		c, err := chain.ParseReceipt(file(t, file1))
		if err == nil {
			err = chain.VerifyReceipt(members, c)
		}
		if err != nil || c.Record.Statement.V != 2 {
			t.Errorf("%s: %v", file1, err)
		}
	}
	status, err := chain.ParseStatusReceipt(file(t, name("status-contested.json")))
	if err == nil {
		err = chain.VerifyStatus(members, status)
	}
	if s := status.State; err != nil || !s.Contested || s.Claims != 2 || s.Holder != "p2" || s.Until == 0 ||
		s.Renewed || len(s.Parties) != 1 {
		t.Errorf("%+v: %v", status.State, err)
	}
	lists := glob(t, name("forged-lists", "*.json"))
	for _, list := range lists {
		if _, err := membership.ParseMembers(file(t, list)); !errors.Is(err, membership.ErrMembers) {
			t.Errorf("%s: %v", list, err)
		}
	}
	if len(lists) != 2 {
		t.Errorf("%d forged lists", len(lists))
	}
	forged := glob(t, name("forged", "*.json"))
	for _, file1 := range forged {
		var f forgery
		if err := json.Unmarshal(file(t, file1), &f); err != nil {
			t.Fatal(err)
		}
		if err := refuse(members, f); chain.ReasonOf(err) != f.Reason {
			t.Errorf("%s: %v, want %s", file1, err, f.Reason)
		}
	}
	if len(receipts) != 16 || len(forged) != 27 {
		t.Errorf("%d receipts, %d forgeries", len(receipts), len(forged))
	}
}
