package lifecycle

import (
	"fmt"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"time"
) // Content is what a doctor writes.
type Content struct {
	Diagnoses []medicine.Diagnosis
	Items     []medicine.Item
	ValidDays int // 0: DefaultValidDays
	LongTerm  rules.LongTerm
	Overrides []rules.Override
}

// Check tests shapes and puts the texts into the form in which they are signed; the rules judge the
// contents.
func (c *Content) Check() error {
	if len(c.Diagnoses) < 1 || len(c.Diagnoses) > medicine.MaxDiagnoses {
		return prescription.Invalid("diagnoses", "1 to 5")
	}
	// One more than the law allows is let through so that the refusal can name the law.
	if len(c.Items) < 1 || len(c.Items) > 4*medicine.MaxItems {
		return prescription.Invalid("items", "at least 1")
	}
	packages := int64(0)
	for i := range c.Items {
		if err := c.Items[i].Check(prescription.Nth("items", i)); err != nil {
			return err
		}
		packages += c.Items[i].Packages
	}
	if packages > chain.MaxTags {
		return prescription.Invalid("items", "at most 200 packages together: each has a trace code on the chain")
	}
	if len(c.Overrides) > 10*medicine.MaxItems {
		return prescription.Invalid("overrides", "at most one for each finding")
	}
	for i := range c.Overrides {
		if o := &c.Overrides[i]; !prescription.CleanReason(&o.Reason) || len(o.Key) > medicine.MaxNoteRunes {
			return prescription.Invalid(prescription.Nth("overrides", i)+".reason", "4 to 500 characters")
		}
	}
	if err := prescription.OptionalText("longTerm.reason", &c.LongTerm.Reason); err != nil {
		return err
	}
	return prescription.OptionalText("longTerm.assessment", &c.LongTerm.Assessment)
}

// NewDraft makes a draft for a visit: ErrInvalid for a malformed content. Rules are not refused
// here, so that work can be saved half done; Sign refuses.
func NewDraft(id prescription.ID, d parties.Doctor, v parties.Visit, c Content, supersedes prescription.ID,
	at time.Time) (*Prescription, error) {
	if _, err := prescription.ParseID(string(id)); err != nil {
		return nil, err
	}
	if d.Person == "" || v.ID == "" || v.Hospital == "" || v.Patient.Person == "" || v.Patient.Birth.IsZero() ||
		at.IsZero() {
		return nil, prescription.Invalid("visit", "with doctor, hospital, patient and date of birth")
	}
	p := &Prescription{s: State{ID: id, Status: prescription.Draft, Supersedes: supersedes, DraftedAt: at}}
	return p, p.write(d, v, c, at)
}

// Revise replaces a draft's contents: ErrStatus when it is signed already.
func (p *Prescription) Revise(d parties.Doctor, v parties.Visit, c Content, at time.Time) error {
	if p.s.Status != prescription.Draft {
		return fmt.Errorf("%w: a signed prescription is not edited", prescription.ErrStatus)
	}
	if v.ID != p.s.Visit {
		return prescription.Invalid("visit", "a draft stays with its visit")
	}
	return p.write(d, v, c, at)
}

func (p *Prescription) write(d parties.Doctor, v parties.Visit, c Content, at time.Time) error {
	if c.ValidDays == 0 {
		c.ValidDays = rules.DefaultValidDays
	}
	if err := c.Check(); err != nil {
		return err
	}
	s := &p.s
	s.Doctor, s.Visit, s.Patient = d, v.ID, v.Patient
	s.Hospital, s.HospitalName, s.Department, s.DepartmentName = v.Hospital, v.HospitalName, v.Department,
		v.DepartmentName
	s.Diagnoses, s.Items, s.ValidDays, s.LongTerm, s.Overrides = c.Diagnoses, c.Items, c.ValidDays,
		c.LongTerm, c.Overrides
	s.UpdatedAt = at
	return nil
}

// SupersededBy links a rejected prescription to the one that replaces it: ErrStatus otherwise,
// ErrStale when another one replaced it already.
func (p *Prescription) SupersededBy(id prescription.ID) error {
	if p.s.Status != prescription.Rejected {
		return fmt.Errorf("%w: only a rejected prescription is reworked", prescription.ErrStatus)
	}
	if p.s.SupersededBy != "" && p.s.SupersededBy != id {
		return fmt.Errorf("%w: it was reworked already", prescription.ErrStale)
	}
	p.s.SupersededBy = id
	return nil
}

// ContentOf is what the doctor writes of an order.
func ContentOf(o rules.Order) Content {
	return Content{Diagnoses: o.Diagnoses, Items: o.Items, ValidDays: o.ValidDays, LongTerm: o.LongTerm,
		Overrides: o.Overrides}
}

// NotSupersededBy takes the link to a draft back that was thrown away; false: there is none.
func (p *Prescription) NotSupersededBy(id prescription.ID) bool {
	linked := p.s.SupersededBy == id
	if linked {
		p.s.SupersededBy = ""
	}
	return linked
}
