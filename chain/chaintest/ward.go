package chaintest

import (
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Ward is a consortium with people at work.
type Ward struct {
	*Consortium
	Doctor, Reviewer, Patient *Person // h1
	Dispenser1, Dispenser2    *Person // p1, p2
}

// NewWard founds a consortium and issues its people's certificates; Enrolments puts them on the
// chain.
func NewWard(start time.Time) *Ward {
	c := New(start)
	h := c.Orgs["h1"]
	return &Ward{
		Consortium: c,
		Doctor:     h.Issue("doc-1", chain.RoleDoctor), Reviewer: h.Issue("rev-1", chain.RoleReviewer),
		Patient:    h.Issue("pat-1", chain.RolePatient),
		Dispenser1: c.Orgs["p1"].Issue("dis-1", chain.RoleDispenser),
		Dispenser2: c.Orgs["p2"].Issue("dis-2", chain.RoleDispenser),
	}
}

// Enrolments are the records that enrol the ward's people.
func (w *Ward) Enrolments() []chain.Record {
	var out []chain.Record
	for _, p := range []*Person{w.Doctor, w.Reviewer, w.Patient, w.Dispenser1, w.Dispenser2} {
		out = append(out, w.Enrol(p, w.Start))
	}
	return out
}

// Journey are a prescription's records from issue to dispensing, the settlement's among them in
// their order.
func (w *Ward) Journey(id string, at time.Time) []chain.Record {
	rx, pay := chain.SubjectRx+id, chain.SubjectPay+id
	return append(w.Paid(id, at),
		w.Claim(w.Dispenser1, id, 4, 1, at),
		w.Record(w.Dispenser1, chain.KindDispense, rx, 5, at, chain.Facts{Tags: []string{Tag(pay)}}))
}

// Paid are a prescription's records up to its payment.
func (w *Ward) Paid(id string, at time.Time) []chain.Record {
	rx, pay, seal := chain.SubjectRx+id, chain.SubjectPay+id, w.Orgs["h1"].Seal
	return []chain.Record{
		w.Issued(id, at),
		w.Record(w.Reviewer, chain.KindApprove, rx, 2, at, chain.Facts{}),
		w.Record(w.Patient, chain.KindPayOpen, pay, 1, at, chain.Facts{Ref: rx}),
		w.Record(seal, chain.KindPaySettle, pay, 2, at, chain.Facts{}),
		w.Record(seal, chain.KindPay, rx, 3, at, chain.Facts{Ref: pay}),
	}
}

// Issued is a prescription's first record, good for three days. One of version 2 names the ward's
// patient and commits to the pick-up chain of Foot.
func (w *Ward) Issued(id string, at time.Time) chain.Record {
	f := chain.Facts{Expires: at.Add(72 * time.Hour).UnixMilli()}
	if w.V >= chain.Schema2 {
		f.Pickup, f.Parties = chain.PickupHead(Foot(id), chain.PickupCodes).String(),
			[]string{w.Patient.Cert.SubjectCN()}
	}
	return w.Record(w.Doctor, chain.KindIssue, chain.SubjectRx+id, 1, at, f)
}

// Claim is the nth claim of a prescription, from 1. One of version 2 has that claim's code and a
// lease of a day.
func (w *Ward) Claim(by *Person, id string, seq, n uint64, at time.Time) chain.Record {
	var f chain.Facts
	if w.V >= chain.Schema2 {
		code, _ := chain.PickupCode(Foot(id), n-1)
		f.Code, f.Until = code.String(), at.Add(24*time.Hour).UnixMilli()
	}
	return w.Record(by, chain.KindClaim, chain.SubjectRx+id, seq, at, f)
}

// Foot is the secret foot of a prescription's pick-up chain.
func Foot(id string) merkle.Hash { return gm.Sum([]byte("foot "), []byte(id)) }
