package contract

import "github.com/smart-hospital/hospital/chain/gm/pki"

// Verdict is what a rule says; the zero value lets the record pass.
type Verdict struct {
	Code   Code
	Detail string // for people; no personal data
}

// Pass lets the record pass.
var Pass Verdict

// Refuse is a verdict that does not.
func Refuse(c Code, detail string) Verdict { return Verdict{c, detail} }

// Act is what a statement says was done.
type Act struct {
	Kind    Kind
	Subject string
	Org     string // that wrote it
	Seq     uint64
	Time    int64 // Unix milliseconds by the writer's clock
	Facts   Facts
}

// Step is an act on its way through the guards.
type Step struct {
	Act
	Person string       // CN of the actor's certificate
	Role   Role         // of the actor's certificate
	State  SubjectState // where the subject stands before it
	Schema int          // newest version of statements in force; its rules judge every statement
	Block  int64        // block time, Unix milliseconds
	At     int64        // the later of block time and the writer's own: a quiet chain's block time lags
	World  World
}

// World is what guards may ask beyond the step. It answers from the state that the step finds.
type World interface {
	// Subject is where another subject stands; the zero state where it has no record.
	Subject(name string) SubjectState
	// Member is the role of a member of the list in force; "": it is none.
	Member(id string) OrgRole
	// Used tells whether a use-once tag was used before.
	Used(tag string) bool
	// Enrols tells why the step's organisation may not enrol a certificate now; nil: it may, and
	// the step will.
	Enrols(c *pki.Certificate) error
	// KeyIsAnothers tells whether a public key is that of a person other than the certificate's.
	KeyIsAnothers(c *pki.Certificate) bool
	// Ballot reads the step's vote; the error says why it is none.
	Ballot() (Ballot, error)
}

// Ballot is a vote on a change of the members' list.
type Ballot interface {
	Power() int64  // of the voter
	Pending() bool // the list adopted last is not in force yet
	Voted() bool   // the voter agreed to it before
	Apply() error  // makes the list that the change leads to
	Decides() bool // with this vote the quorum has agreed
	Adopt() error  // adopts the list that Apply made, when the step is taken
}

// Judge runs the kind's guards, and the common ones, where the schema of the step is in force; the
// first refusal stands.
func (t *Transition) Judge(s *Step) Verdict {
	for i := range t.Guards {
		if g := &t.Guards[i]; g.Since <= s.Schema {
			if v := g.Judge(s); v != Pass {
				return v
			}
		}
	}
	for i := range commonGuards {
		if g := &commonGuards[i]; g.Since <= s.Schema {
			if v := g.Judge(s); v != Pass {
				return v
			}
		}
	}
	return Pass
}

// Advance is where a subject stands after one act more, that of a record with an id and an actor's
// CN. It judges nothing. Two things it cannot know from the act: a vote that makes the quorum leads
// to StatusAdopted, and an enrolment's Person is the enrolled certificate's CN.
func (t *Transition) Advance(s SubjectState, a *Act, id, person string) SubjectState {
	if s.Seq == 0 {
		s.Subject, s.Org, s.Person = a.Subject, a.Org, person
	}
	s.Seq, s.Last, s.Status = a.Seq, id, t.Next(s.Status)
	if t.Effect != nil {
		t.Effect(&s, a)
	}
	return s
}
