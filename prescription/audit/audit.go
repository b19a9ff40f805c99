// Package audit holds what a database keeps of a prescription against the documents that were
// signed.
package audit

import (
	"slices"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/medicine"
)

// Differences names what a stored state says otherwise than the signed documents it came from;
// events are in order. It is for audits: documents are proved by the chain, the state is only the
// database's word. Names of fields, no contents.
func Differences(s lifecycle.State, events []lifecycle.Event) []string {
	d := &differences{}
	for _, ev := range events {
		if len(ev.Document) == 0 { // another application's, which keeps the document
			d.learned(s, ev)
			continue
		}
		if err := d.event(s, ev); err != nil {
			d.add(string(ev.Kind) + ": document: " + err.Error())
		}
	}
	return d.list
}

// learned holds what the state keeps of another application's step against the event's columns.
func (d *differences) learned(s lifecycle.State, ev lifecycle.Event) {
	switch ev.Kind {
	case chain.KindClaim:
		d.that(s.Claim == nil || s.Claim.Record != ev.Record ||
			(s.Claim.Pharmacy == ev.Org && s.Claim.Person == ev.Person), "claim")
	case chain.KindDispense:
		x := s.Dispensing
		d.that(x != nil && x.Record == ev.Record && x.Pharmacy == ev.Org && x.Person == ev.Person, "dispensing")
	case chain.KindCancel:
		d.that(s.Cancellation != nil && s.Cancellation.Person == ev.Person, "cancellation")
	}
}

type differences struct {
	list   []string
	issued *document.About // what the issue's document says, once it was read
}

func (d *differences) add(field string) { d.list = append(d.list, field) }

func (d *differences) that(equal bool, field string) {
	if !equal {
		d.add(field)
	}
}

// event holds one document against the event's plain columns and against what the state keeps of
// it.
func (d *differences) event(s lifecycle.State, ev lifecycle.Event) error {
	head, err := lifecycle.Read[document.Head](ev)
	if err != nil {
		return err
	}
	d.that(head.Prescription == s.ID && head.Seq == ev.Seq && head.Previous == ev.Previous && head.Org == ev.Org &&
		head.Person == ev.Person && head.Time == document.Stamp(ev.At), string(ev.Kind)+": head")
	later, err := lifecycle.Read[struct {
		About *document.About `json:"about"`
	}](ev)
	d.that(err == nil && (d.issued == nil || later.About.Says(*d.issued)),
		string(ev.Kind)+": the prescription it is about")
	switch ev.Kind {
	case chain.KindIssue:
		return d.issue(s, ev)
	case chain.KindApprove, chain.KindReject:
		return d.review(s, ev)
	case chain.KindPay:
		doc, err := lifecycle.Read[document.PayDocument](ev)
		d.that(doc.Settlement == s.Settlement, "settlement")
		d.that(doc.TotalFen == medicine.TotalFen(s.Items), "total paid")
		d.that(doc.Schema != document.SchemaPay || s.PaidWith(doc.Pickup), "access code")
		return err
	case chain.KindClaim:
		d.that(s.Claim == nil || s.Claim.Record != ev.Record ||
			(s.Claim.Pharmacy == ev.Org && s.Claim.Person == ev.Person), "claim")
	case chain.KindDispense:
		return d.dispensing(s, ev)
	case chain.KindCancel:
		doc, err := lifecycle.Read[document.CancelDocument](ev)
		c := s.Cancellation
		d.that(c != nil && c.Person == doc.Person && string(c.Role) == doc.Role && c.Reason == doc.Reason,
			"cancellation")
		return err
	}
	return nil
}

func (d *differences) issue(s lifecycle.State, ev lifecycle.Event) error {
	doc, err := lifecycle.Read[document.IssueDocument](ev)
	if err != nil {
		return err
	}
	issued := doc.About()
	d.issued = &issued
	items, diagnoses := []document.IssueItem{}, []document.IssueCode{}
	for _, it := range s.Items {
		items = append(items, document.ItemOf(it))
	}
	for _, x := range s.Diagnoses {
		diagnoses = append(diagnoses, document.IssueCode{Code: x.Code, Name: x.NameZH})
	}
	d.that(document.Same(doc.Items, items), "items")
	d.that(doc.TotalFen == medicine.TotalFen(s.Items), "total")
	d.that(document.Same(doc.Diagnoses, diagnoses), "diagnoses")
	p := s.Patient
	want := lifecycle.IssuedPatient(p, ev.At)
	if doc.Patient.AgeText == "" { // of a release that stated years alone
		want.AgeText, want.WeightGrams = "", 0
	}
	d.that(doc.Patient == want, "patient")
	d.that(doc.Person == s.Doctor.Person && doc.Name == s.Doctor.Name &&
		doc.Doctor == document.IssueDoctor{Title: s.Doctor.Title, Licence: s.Doctor.Licence}, "doctor")
	d.that(doc.Org == s.Hospital && doc.Visit == s.Visit, "visit")
	findings := []document.IssueFinding{}
	for _, f := range s.Findings {
		findings = append(findings, document.IssueFinding{Finding: f, Reason: document.ReasonFor(s.Overrides, f.Key)})
	}
	d.that(document.Same(doc.Findings, findings) && document.Same(doc.Basis, s.Basis), "findings")
	d.that(doc.LongTerm == s.LongTerm && doc.ValidDays == s.ValidDays &&
		doc.ValidUntil == document.Stamp(s.ExpiresAt), "validity")
	d.that(doc.Time == document.Stamp(s.IssuedAt), "time of issue")
	d.that(doc.Supersedes == s.Supersedes, "superseded prescription")
	return nil
}

func (d *differences) review(s lifecycle.State, ev lifecycle.Event) error {
	doc, err := lifecycle.Read[document.ReviewDocument](ev)
	r := s.Review
	d.that(r != nil && r.Record == ev.Record && r.Person == doc.Person && r.Name == doc.Name &&
		r.Approved == (doc.Decision == "approved") && slices.Equal(r.Reasons, doc.Reasons), "review")
	return err
}

func (d *differences) dispensing(s lifecycle.State, ev lifecycle.Event) error {
	doc, err := lifecycle.Read[document.DispenseDocument](ev)
	if err != nil {
		return err
	}
	x := s.Dispensing
	if x == nil || x.Record != ev.Record || x.Person != doc.Person || x.Pharmacy != doc.Org ||
		len(x.Items) != len(doc.Items) {
		d.add("dispensing")
		return nil
	}
	for i, it := range doc.Items {
		d.that(x.Items[i].Item == it.Item && slices.Equal(x.Items[i].TraceCodes, it.TraceCodes), "dispensed packages")
	}
	return nil
}
