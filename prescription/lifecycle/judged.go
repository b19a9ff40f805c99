package lifecycle

import (
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"slices"
	"time"
)

// PrescriberContact is the dispensing pharmacist's word that the prescriber was asked about what
// became known after the issue.
type PrescriberContact struct {
	Person string    `json:"person" doc:"Who was reached" minLength:"1" maxLength:"50" example:"李明德"`
	At     time.Time `json:"at" doc:"When"`
	Answer string    `json:"answer" doc:"What the prescriber said" minLength:"4" maxLength:"500" example:"已知过敏史，患者既往耐受，可以发药"`
}

// MaxContactRunes bounds the name of who was reached.
const MaxContactRunes = 50

// check: a contact is after the issue and not in the future. It puts name and answer into the form
// in which they are signed.
func (c *PrescriberContact) check(issued, now time.Time) error {
	switch {
	case !text.Line(&c.Person, 1, MaxContactRunes):
		return prescription.Invalid("contact.person", text.LineRule(1, MaxContactRunes))
	case c.At.Before(issued) || c.At.After(now):
		return prescription.Invalid("contact.at", "after the issue and not in the future")
	case !prescription.CleanReason(&c.Answer):
		return prescription.Invalid("contact.answer", "4 to 500 characters")
	}
	return nil
}

// Answered are the findings that the prescriber signed with, or the reviewing pharmacist.
func (p *Prescription) Answered() []rules.Finding {
	list := slices.Clone(p.s.Findings)
	if p.s.Review != nil {
		list = append(list, p.s.Review.Findings...)
	}
	return list
}

// answer holds a step's reasons against what it has to answer, and returns that.
func answer(now Present, known []rules.Finding, reasons []rules.Override) ([]rules.Finding, error) {
	list := rules.Fresh(now.Findings, slices.Concat(known, now.Elsewhere))
	rep := now.Report
	return list, rules.Report{Refusals: rep.Refusals, Findings: list}.Err(reasons)
}

// answerAtTheCounter is answer for the handing out: a critical finding that nobody answered before
// needs the prescriber's word.
func (p *Prescription) answerAtTheCounter(rep Present, h HandOut, now time.Time) ([]rules.Finding, error) {
	known := slices.Concat(p.Answered(), rep.Elsewhere)
	grave := slices.DeleteFunc(rules.Fresh(rep.Findings, known),
		func(f rules.Finding) bool { return f.Severity != rules.Critical })
	if h.Contact != nil {
		if err := h.Contact.check(p.s.IssuedAt, now); err != nil {
			return nil, err
		}
		known = append(known, grave...)
	} else if len(grave) > 0 && len(rep.Refusals) == 0 {
		f := grave[0]
		return nil, rules.RuleContact.Refuse("contact", "开具后新出现严重提示，须联系处方医师并记录答复，或退回处方："+f.ZH,
			"a critical finding is new since the issue: record the prescriber's answer, or give the prescription back: "+f.EN)
	}
	// the claim's reasons are this pharmacy's own, and good for what is not critical
	told := append(slices.Clone(known), p.s.Claim.Findings...)
	if _, err := answer(rep, told, h.Overrides); err != nil {
		return nil, err
	}
	return rules.Fresh(rep.Findings, slices.Concat(p.Answered(), rep.Elsewhere)), nil
}

// withReasons puts a step's reasons beside its findings.
func withReasons(list []rules.Finding, reasons []rules.Override) []document.IssueFinding {
	out := []document.IssueFinding{}
	for _, f := range list {
		out = append(out, document.IssueFinding{Finding: f, Reason: document.ReasonFor(reasons, f.Key)})
	}
	return out
}

// Present is what the checks say at a later step, and which of it others have answered.
type Present struct {
	rules.Report
	// Elsewhere are findings that only come of taking several prescriptions, and that the
	// prescriber of a later one has answered, who was shown this one beside it.
	Elsewhere []rules.Finding
	Taker     parties.Patient // as known at that moment
	Running   rules.Running   // what the taker takes already
}
