package lifecycle

import (
	"cmp"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"time"
)

func (p *Prescription) head(schema string, by document.Signer, at time.Time) document.Head {
	return document.Head{
		Schema: schema, Prescription: p.s.ID, Seq: p.s.Seq + 1, Previous: p.s.LastRecord,
		Person: by.Person, Name: by.Name, Org: by.Org, OrgName: by.OrgName, Time: document.Stamp(at),
	}
}

// IssuedPatient is the patient's part of a prescription that is issued at a moment.
func IssuedPatient(p parties.Patient, at time.Time) document.IssuePatient {
	return document.IssuePatient{
		Person: cmp.Or(p.CN, p.Person), Name: p.Name, Sex: p.Sex, Age: p.AgeAt(at),
		Birth: p.Birth.In(china.Zone).Format(time.DateOnly), AgeText: p.AgeOf(at).String(),
		WeightGrams: p.WeightAt(at), Guardian: p.GuardianName,
	}
}

// issueDocument is the draft as it would be signed at o.At, under the time that the statement says.
func (p *Prescription) issueDocument(o rules.Order, rep rules.Report, stated time.Time) document.IssueDocument {
	d, v := o.Doctor, o.Visit
	doc := document.IssueDocument{
		Head: p.head(document.SchemaIssue, document.Signer{Person: d.Person, Name: d.Name, Org: v.Hospital,
			OrgName: v.HospitalName}, stated),
		Department: v.DepartmentName, Visit: v.ID,
		Patient:   IssuedPatient(v.Patient, o.At),
		Diagnoses: []document.IssueCode{}, Items: []document.IssueItem{}, Findings: []document.IssueFinding{},
		Doctor: document.IssueDoctor{Title: d.Title, Licence: d.Licence}, LongTerm: o.LongTerm,
		ValidDays: o.ValidDays, ValidUntil: document.Stamp(rules.EndOfValidity(o.At, o.ValidDays)),
		TotalFen: medicine.TotalFen(o.Items), Supersedes: p.s.Supersedes, Basis: rep.Basis,
	}
	for _, x := range o.Diagnoses {
		doc.Diagnoses = append(doc.Diagnoses, document.IssueCode{Code: x.Code, Name: x.NameZH})
	}
	for _, it := range o.Items {
		doc.Items = append(doc.Items, document.ItemOf(it))
	}
	for _, f := range rep.Findings {
		doc.Findings = append(doc.Findings, document.IssueFinding{Finding: f, Reason: document.ReasonFor(o.Overrides,
			f.Key)})
	}
	return doc
}

// about is the issued prescription in the issue's words.
func (p *Prescription) about() *document.About {
	s, d := p.s, p.s.Doctor
	a := document.About{
		Issued: document.Stamp(s.IssuedAt), Hospital: s.HospitalName, Department: s.DepartmentName,
		Patient: IssuedPatient(s.Patient, s.IssuedAt), Diagnoses: []document.IssueCode{}, Items: []document.IssueItem{},
		Doctor:     document.AboutDoctor{Person: d.Person, Name: d.Name, Title: d.Title, Licence: d.Licence},
		ValidUntil: document.Stamp(s.ExpiresAt), TotalFen: medicine.TotalFen(s.Items),
	}
	for _, x := range s.Diagnoses {
		a.Diagnoses = append(a.Diagnoses, document.IssueCode{Code: x.Code, Name: x.NameZH})
	}
	for _, it := range s.Items {
		a.Items = append(a.Items, document.ItemOf(it))
	}
	return &a
}

func signerOf(d parties.Dispenser) document.Signer {
	return document.Signer{Person: d.Person, Name: d.Name, Org: d.Pharmacy, OrgName: d.PharmacyName}
}
