// Package bundle is what a patient carries to a pharmacy of another application (处方流转凭证): it is
// read strictly, checked offline, and becomes a copy.
package bundle

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// Bundle is what a patient carries to a pharmacy of another application (处方流转凭证): the signed
// documents of a paid prescription with their salts and receipts, and the access code. It is a
// bearer token as the pick-up code is, and proves itself without the hospital's server: every
// document opens the digest of a record that the members sealed, and the access code the digest
// that the payment commits to.
type Bundle struct {
	V            int             `json:"v"`
	Prescription prescription.ID `json:"prescription"`
	// as in the pick-up code: who has it may have the prescription claimed
	AccessCode string              `json:"accessCode"`
	Evidence   []evidence.Evidence `json:"evidence"` // of issue, approval and payment, in this order
}

// Limits of a bundle.
const (
	Version  = 1
	MaxBytes = 512 << 10 // some 15 KB with four members; each receipt grows with their number
)

// ErrBundle: a bundle is malformed, or does not prove what it says. The text names the fault and
// nothing personal.
var ErrBundle = errors.New("prescription: bundle refused")

// Bad is an ErrBundle that names the fault.
func Bad(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrBundle, fmt.Errorf(format, args...))
}

// Steps are the steps whose documents a pharmacy needs: what to hand out, that it was
// reviewed, that it is paid.
var Steps = []struct {
	kind    chain.Kind
	Schemas []string
	role    chain.Role
}{
	{chain.KindIssue, document.IssueSchemas, chain.RoleDoctor},
	{chain.KindApprove, document.ReviewSchemas, chain.RoleReviewer},
	{chain.KindPay, []string{document.SchemaPay}, chain.RoleSeal},
}

// Parse reads a bundle strictly: ErrBundle. It says nothing about its truth.
func Parse(b []byte) (*Bundle, error) {
	if len(b) > MaxBytes {
		return nil, Bad("%d bytes, at most %d", len(b), MaxBytes)
	}
	var raw struct {
		V            int             `json:"v"`
		Prescription string          `json:"prescription"`
		AccessCode   string          `json:"accessCode"`
		Evidence     json.RawMessage `json:"evidence"`
	}
	if err := text.Decode(b, &raw); err != nil {
		return nil, Bad("%w", err)
	}
	if raw.V != Version {
		return nil, Bad("v: is %d, known is %d", raw.V, Version)
	}
	token, err := redemption.Parse(redemption.Token{ID: prescription.ID(raw.Prescription),
		AccessCode: raw.AccessCode}.String())
	if err != nil {
		return nil, Bad("prescription or accessCode: %w", err)
	}
	// as strict as every other reader of bundles: names in their case and once, one spelling of
	// base64
	file, err := evidence.ParseBundleFile(b)
	if err != nil {
		return nil, Bad("%w", err)
	}
	if len(file.Evidence) != len(Steps) {
		return nil, Bad("evidence: %d steps, must be %d", len(file.Evidence), len(Steps))
	}
	return &Bundle{V: raw.V, Prescription: token.ID, AccessCode: token.AccessCode, Evidence: file.Evidence}, nil
}

// opened is a bundle whose every part has been checked.
type opened struct {
	Issue  document.IssueDocument
	review document.ReviewDocument
	pay    document.PayDocument
	Events []lifecycle.Event
}

// Open checks the bundle against its receipts; verify checks one receipt offline. ErrBundle.
func (b *Bundle) Open(verify func(*chain.Receipt) error, now time.Time) (o opened, err error) {
	previous := ""
	for i, e := range b.Evidence {
		if e.Receipt == nil {
			return o, Bad("evidence[%d]: receipt is missing", i)
		}
		if err := verify(e.Receipt); err != nil {
			return o, Bad("evidence[%d]: %w", i, err)
		}
		ev, err := b.event(i, e, previous, now)
		if err != nil {
			return o, fmt.Errorf("%w: evidence[%d]", err, i)
		}
		o.Events, previous = append(o.Events, ev), ev.Record
	}
	if o.Issue, err = lifecycle.Read[document.IssueDocument](o.Events[0]); err == nil {
		o.review, err = lifecycle.Read[document.ReviewDocument](o.Events[1])
	}
	if err == nil {
		o.pay, err = lifecycle.Read[document.PayDocument](o.Events[2])
	}
	if err != nil {
		return o, Bad("%w", err)
	}
	return o, o.agree(b)
}

// event holds one document against its record.
func (b *Bundle) event(i int, e evidence.Evidence, previous string, now time.Time) (lifecycle.Event, error) {
	want, st := Steps[i], e.Receipt.Record.Statement
	if st.Kind != want.kind || st.Subject != b.Prescription.Subject() || st.Seq != uint64(i)+1 {
		return lifecycle.Event{}, Bad("not step %d of this prescription", i+1)
	}
	if err := st.VerifyDocument(e.Salt, e.Document); err != nil {
		return lifecycle.Event{}, Bad("%w", err)
	}
	ev := lifecycle.Event{Kind: st.Kind, Prescription: b.Prescription, Previous: previous, Act: lifecycle.Act{
		Seq: st.Seq, Record: st.ID(), Org: st.Org, Role: want.role, At: time.UnixMilli(st.Time).UTC(), Taken: now,
		Document: e.Document, Salt: e.Salt,
	}}
	if want.role != chain.RoleSeal {
		var err error
		if ev.Person, err = holderOf(e.Receipt.ActorCert); err != nil {
			return lifecycle.Event{}, Bad("actor: %w", err)
		}
	}
	head, err := lifecycle.Read[document.Head](ev)
	if err != nil {
		return lifecycle.Event{}, Bad("%w", err)
	}
	same := slices.Contains(want.Schemas, head.Schema) && head.Prescription == b.Prescription && head.Seq == st.Seq &&
		head.Previous == previous &&
		head.Person == ev.Person && head.Org == st.Org && head.Time == document.Stamp(ev.At)
	if !same {
		return lifecycle.Event{}, Bad("the document's head does not fit its record")
	}
	return ev, nil
}

func holderOf(cert string) (string, error) {
	der, err := base64.Decode(cert)
	if err != nil {
		return "", errors.New("not base64 of a certificate")
	}
	c, err := pki.ParseCertificate(der)
	if err != nil {
		return "", err
	}
	return c.SubjectCN(), nil
}

// agree holds the documents against each other, the records' facts and the access code.
func (o opened) agree(b *Bundle) error {
	facts := func(i int) chain.Facts { return b.Evidence[i].Receipt.Record.Statement.Facts }
	hospital := o.Issue.Org
	switch {
	case o.review.Org != hospital || o.pay.Org != hospital:
		return Bad("steps of different hospitals")
	case o.review.Decision != "approved":
		return Bad("not approved")
	case o.review.Schema == document.SchemaReview && (o.review.About == nil || !o.review.About.Says(o.Issue.About())):
		return Bad("approved another prescription than the issued one")
	case document.Stamp(time.UnixMilli(facts(0).Expires)) != o.Issue.ValidUntil:
		return Bad("validity is not the record's")
	case facts(2).Ref != chain.SubjectPay+o.pay.Settlement || o.pay.TotalFen != o.Issue.TotalFen:
		return Bad("payment is not the record's")
	case facts(0).Pickup != "":
		if !leadsTo(b.AccessCode, facts(0).Pickup) {
			return Bad("accessCode: not of the chain that the issue commits to")
		}
	case o.pay.Pickup != redemption.Digest(b.AccessCode):
		return Bad("accessCode: not the one the payment commits to")
	}
	return nil
}

// leadsTo tells whether a code is of the chain with this head.
func leadsTo(code, head string) bool {
	h, ok := redemption.Link(code)
	for range chain.PickupCodes {
		if h = chain.PickupNext(h); ok && redemption.SameSecret(head, h.String()) {
			return true
		}
	}
	return false
}

// Copy is the prescription a bundle tells of, paid and unclaimed, with the catalogue's facts that
// no document states. ErrBundle for a drug the catalogue does not have: its packages could not be
// told from others.
func Copy(b *Bundle, o opened, f rules.Formulary, now time.Time) (*lifecycle.Prescription, error) {
	birth, err := time.ParseInLocation(time.DateOnly, o.Issue.Patient.Birth, china.Zone)
	if err != nil {
		return nil, Bad("patient: birth")
	}
	weighed := time.Time{}
	if o.Issue.Patient.WeightGrams > 0 {
		weighed = o.Events[0].At // the document says that it was known then
	}
	d, r, last := o.Issue, o.review, o.Events[len(o.Events)-1]
	s := lifecycle.State{
		ID: b.Prescription, Status: prescription.Paid, Seq: last.Seq, LastRecord: last.Record, AccessCode: b.AccessCode,
		Pickup: b.Evidence[0].Receipt.Record.Statement.Facts.Pickup, ReceivedAt: now,
		Hospital: d.Org, HospitalName: d.OrgName, DepartmentName: d.Department, Visit: d.Visit,
		Supersedes: d.Supersedes,
		Patient: parties.Patient{Person: d.Patient.Person, Name: d.Patient.Name, Sex: d.Patient.Sex, Birth: birth,
			GuardianName: d.Patient.Guardian, WeightGrams: d.Patient.WeightGrams, WeighedOn: weighed},
		Doctor: parties.Doctor{Person: d.Person, Name: d.Name, Hospital: d.Org, Title: d.Doctor.Title,
			Licence: d.Doctor.Licence},
		Basis: d.Basis, ValidDays: d.ValidDays, LongTerm: d.LongTerm, IssuedAt: o.Events[0].At,
		DraftedAt: o.Events[0].At, UpdatedAt: now,
		ExpiresAt: time.UnixMilli(b.Evidence[0].Receipt.Record.Statement.Facts.Expires).UTC(),
		Review: &lifecycle.Review{Person: r.Person, Name: r.Name, Approved: true, Reasons: r.Reasons,
			At:     o.Events[1].At,
			Record: o.Events[1].Record},
		Settlement: o.pay.Settlement, PaidAt: last.At,
	}
	for _, x := range r.New {
		s.Review.Findings = append(s.Review.Findings, x.Finding)
		if x.Reason != "" {
			s.Review.Overrides = append(s.Review.Overrides, rules.Override{Key: x.Key, Reason: x.Reason})
		}
	}
	for _, x := range d.Diagnoses {
		known, _ := f.Diagnosis(x.Code)
		known.Code, known.NameZH = x.Code, x.Name
		s.Diagnoses = append(s.Diagnoses, known)
	}
	for _, x := range d.Findings {
		s.Findings = append(s.Findings, x.Finding)
		if x.Reason != "" {
			s.Overrides = append(s.Overrides, rules.Override{Key: x.Key, Reason: x.Reason})
		}
	}
	var again []document.IssueItem
	for i, x := range d.Items {
		it, err := itemOf(x, f, prescription.Nth("items", i))
		if err != nil {
			return nil, err
		}
		s.Items, again = append(s.Items, it), append(again, document.ItemOf(it))
	}
	if len(s.Items) > medicine.MaxItems || !slices.Equal(again, d.Items) || medicine.TotalFen(s.Items) != d.TotalFen {
		return nil, Bad("items: not those of a prescription")
	}
	p, err := lifecycle.RestoreFromDatabase(s)
	if err != nil {
		return nil, Bad("%w", err)
	}
	return p, nil
}

// itemOf is the line with the document's words and the catalogue's facts.
func itemOf(x document.IssueItem, f rules.Formulary, path string) (medicine.Item, error) {
	drug, known := f.Drug(x.Code)
	frequency, timed := f.Frequency(x.Frequency.Code)
	if !known || !timed {
		return medicine.Item{}, Bad("%s: a drug or frequency this catalogue does not have", path)
	}
	drug.NameZH, drug.NameEN, drug.Form, drug.Strength, drug.Class = x.Name, x.NameEN, x.Form, x.Strength, x.Class
	drug.DoseUnit, drug.PackageUnit, drug.PriceFen = x.DoseUnit, x.Unit, x.PriceFen
	frequency.NameZH = x.Frequency.Name
	it := medicine.Item{Drug: drug, Dose: x.Dose, Frequency: frequency, Route: medicine.Route{Code: x.Route.Code,
		NameZH: x.Route.Name},
		Days: x.Days, Packages: x.Packages, Notes: x.Notes}
	if err := it.Check(path); err != nil {
		return medicine.Item{}, Bad("%w", err)
	}
	it.Notes = x.Notes // as it was signed
	return it, nil
}
