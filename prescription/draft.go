package prescription

import (
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// ErrStale is returned when what was prepared is no longer what would take effect: somebody changed
// the prescription or the facts behind it in the meantime. Prepare again.
var ErrStale = errors.New("prescription: changed in the meantime, prepare again")

// Content is what a doctor writes.
type Content struct {
	Diagnoses []Diagnosis
	Items     []Item
	ValidDays int // 0: DefaultValidDays
	LongTerm  LongTerm
	Overrides []Override
}

// check tests shapes and puts the texts into the form in which they are signed; the rules judge the
// contents.
func (c *Content) check() error {
	if len(c.Diagnoses) < 1 || len(c.Diagnoses) > MaxDiagnoses {
		return invalid("diagnoses", "1 to 5")
	}
	// One more than the law allows is let through so that the refusal can name the law.
	if len(c.Items) < 1 || len(c.Items) > 4*MaxItems {
		return invalid("items", "at least 1")
	}
	packages := int64(0)
	for i := range c.Items {
		if err := c.Items[i].check(nth("items", i)); err != nil {
			return err
		}
		packages += c.Items[i].Packages
	}
	if packages > chain.MaxTags {
		return invalid("items", "at most 200 packages together: each has a trace code on the chain")
	}
	if len(c.Overrides) > 10*MaxItems {
		return invalid("overrides", "at most one for each finding")
	}
	for i := range c.Overrides {
		if o := &c.Overrides[i]; !cleanReason(&o.Reason) || len(o.Key) > MaxNoteRunes {
			return invalid(nth("overrides", i)+".reason", "4 to 500 characters")
		}
	}
	if err := optionalText("longTerm.reason", &c.LongTerm.Reason); err != nil {
		return err
	}
	return optionalText("longTerm.assessment", &c.LongTerm.Assessment)
}

// NewDraft makes a draft for a visit: ErrInvalid for a malformed content. Rules are not refused
// here, so that work can be saved half done; Sign refuses.
func NewDraft(id ID, d Doctor, v Visit, c Content, supersedes ID, at time.Time) (*Prescription, error) {
	if _, err := ParseID(string(id)); err != nil {
		return nil, err
	}
	if d.Person == "" || v.ID == "" || v.Hospital == "" || v.Patient.Person == "" || v.Patient.Birth.IsZero() ||
		at.IsZero() {
		return nil, invalid("visit", "with doctor, hospital, patient and date of birth")
	}
	p := &Prescription{s: State{ID: id, Status: Draft, Supersedes: supersedes, DraftedAt: at}}
	return p, p.write(d, v, c, at)
}

// Revise replaces a draft's contents: ErrStatus when it is signed already.
func (p *Prescription) Revise(d Doctor, v Visit, c Content, at time.Time) error {
	if p.s.Status != Draft {
		return fmt.Errorf("%w: a signed prescription is not edited", ErrStatus)
	}
	if v.ID != p.s.Visit {
		return invalid("visit", "a draft stays with its visit")
	}
	return p.write(d, v, c, at)
}

func (p *Prescription) write(d Doctor, v Visit, c Content, at time.Time) error {
	if c.ValidDays == 0 {
		c.ValidDays = DefaultValidDays
	}
	if err := c.check(); err != nil {
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
func (p *Prescription) SupersededBy(id ID) error {
	if p.s.Status != Rejected {
		return fmt.Errorf("%w: only a rejected prescription is reworked", ErrStatus)
	}
	if p.s.SupersededBy != "" && p.s.SupersededBy != id {
		return fmt.Errorf("%w: it was reworked already", ErrStale)
	}
	p.s.SupersededBy = id
	return nil
}
