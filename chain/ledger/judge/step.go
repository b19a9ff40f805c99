package judge

import (
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/membership"
)

// Block is what records are judged in: the members in force at a height, and block time.
type Block struct {
	Roster *membership.Roster
	Height int64
	Time   int64 // Unix milliseconds
}

// Step is one record on its way through the rules.
type Step struct {
	contract.Step
	view    *storage.View
	in      *Inspector
	roster  *membership.Roster
	rec     *Checked
	st      chain.Statement
	height  int64 // of the block
	law     *chain.Transition
	org     *membership.Org
	actor   *pki.Certificate
	enrols  *pki.Certificate      // cert.enrol: the certificate
	ballot  *ballot               // gov.vote: what it is for
	touched []*chain.SubjectState // further subjects, as they will stand
	adopts  *membership.Roster    // gov.vote that makes the quorum: the new members' list
}

// Step begins with a record in a block, over a view: what stands there is what it is judged by, and
// what Apply and Effect write to.
func (in *Inspector) Step(v *storage.View, b Block, c *Checked) *Step {
	law, _ := chain.TransitionOf(c.Record.Statement.Kind)
	return &Step{
		Step: contract.Step{Schema: b.Roster.Members().SchemaAt(b.Height), Block: b.Time,
			At: max(b.Time, c.Record.Statement.Time)},
		view: v, in: in, roster: b.Roster, rec: c, st: c.Record.Statement, law: law, height: b.Height,
	}
}

// Adopts is the members' list that the step brings in when it is taken; nil as a rule. Judge tells.
func (s *Step) Adopts() *membership.Roster { return s.adopts }

// Judge runs every rule in its fixed order; the first refusal stands. It writes nothing.
func (s *Step) Judge() contract.Verdict {
	for _, rule := range []func() contract.Verdict{
		s.writer, s.seal, s.knownActor, s.signatures, s.place, s.conditions,
	} {
		if v := rule(); v != contract.Pass {
			return v
		}
	}
	return contract.Pass
}

// writer: the organisation is a member, its role may write this kind, and it sealed with its own
// seal.
func (s *Step) writer() contract.Verdict {
	if s.st.Chain != s.roster.Chain() {
		return contract.Refuse(chain.CodeWrongChain, "statement is for another chain")
	}
	if s.st.V > s.Schema {
		return contract.Refuse(chain.CodeNotYet, schemaNotYet)
	}
	org, ok := s.roster.Org(s.st.Org)
	if !ok {
		return contract.Refuse(chain.CodeUnknownOrg, "organisation is no member")
	}
	s.org = org
	switch {
	case org.Suspended:
		return contract.Refuse(chain.CodeSuspended, "organisation is suspended")
	case !s.law.AllowsOrg(org.Role, s.Schema):
		return contract.Refuse(chain.CodeRole, "organisation may not write this kind")
	case s.rec.Record.OrgCert != org.SealCert.ID():
		return contract.Refuse(chain.CodeRole, "orgCert is not the organisation's seal certificate")
	case !org.SealCert.ValidAt(time.UnixMilli(s.At)):
		return contract.Refuse(chain.CodeCertExpired, "organisation's seal certificate is outside its validity")
	}
	return contract.Pass
}

// knownActor: the actor's certificate is the organisation's own seal or one it enrolled, good now
// and for this kind.
func (s *Step) knownActor() contract.Verdict {
	actor, owner, found := s.in.Actor(s.view, s.roster, s.st)
	if !found {
		return contract.Refuse(chain.CodeUnknownCert, "actor's certificate is not enrolled")
	}
	s.actor = actor
	if owner != s.st.Org {
		return contract.Refuse(chain.CodeRole, "actor's certificate was enrolled by another organisation")
	}
	if state, _ := storage.SubjectState(s.view, chain.SubjectCert+s.st.Actor); state.Status == chain.StatusRevoked {
		return contract.Refuse(chain.CodeCertRevoked, "actor's certificate is revoked")
	}
	seal := s.org.SealOf(s.st.Actor)
	if seal != nil && seal != s.org.SealCert && s.law.SealInForce {
		return contract.Refuse(chain.CodeRole, "this kind needs the seal in force")
	}
	if s.roster.Members().From > 0 && seal == nil && !s.in.issuedBy(s.org, actor) {
		return contract.Refuse(chain.CodeCertRevoked, "actor's certificate is of a CA that the organisation has replaced")
	}
	if !actor.ValidAt(time.UnixMilli(s.At)) {
		return contract.Refuse(chain.CodeCertExpired, "actor's certificate is outside its validity")
	}
	if !s.law.AllowsActor(chain.Role(actor.SubjectRole()), s.Schema) {
		return contract.Refuse(chain.CodeRole, "actor's role may not write this kind")
	}
	return contract.Pass
}

// enrolled is a certificate on the chain. It never changes, so a committed one may be remembered.
type enrolled struct {
	cert *pki.Certificate
	org  string
}

// Actor looks up the certificate a statement names and the organisation it belongs to: among the
// organisation's seals, else among the enrolled ones that r holds.
func (in *Inspector) Actor(r storage.Reader, roster *membership.Roster, st chain.Statement) (c *pki.Certificate,
	org string, ok bool) {
	if o, member := roster.Org(st.Org); member {
		if seal := o.SealOf(st.Actor); seal != nil {
			return seal, st.Org, true
		}
	}
	read := func() (enrolled, error) { return readEnrolled(r, in, st.Actor) }
	var e enrolled
	var err error
	if _, committed := r.(storage.Database); committed {
		e, err = in.enrolled.Get(st.Actor, read)
	} else if e, ok = in.enrolled.Peek(st.Actor); !ok { // one of a trial block may yet come to nothing: not remembered
		e, err = read()
	}
	return e.cert, e.org, err == nil
}

func readEnrolled(r storage.Reader, in *Inspector, id string) (enrolled, error) {
	e, ok := storage.Load[storage.CertEntry](r, storage.KeyCert(id))
	if !ok {
		return enrolled{}, chain.ErrNotFound
	}
	c, err := in.certificate(id, e.DER)
	if err != nil {
		panic("ledger: an enrolled certificate cannot be read any more: " + err.Error())
	}
	return enrolled{c, e.Org}, nil
}

// seal is judged before anything is said of an actor. Schema 1 asked for both signatures at last,
// and its verdicts stand in old blocks.
func (s *Step) seal() contract.Verdict {
	if s.Schema >= chain.Schema2 && !s.in.sealed(s.rec, s.org.SealCert) {
		return contract.Refuse(chain.CodeBadSignature, "organisation's signature does not hold")
	}
	return contract.Pass
}

func (s *Step) signatures() contract.Verdict {
	if !s.in.signed(s.rec, s.actor) || !s.in.sealed(s.rec, s.org.SealCert) {
		return contract.Refuse(chain.CodeBadSignature, "actor's or organisation's signature does not hold")
	}
	return contract.Pass
}

// place: the record is the subject's next and legal from where it stands.
func (s *Step) place() contract.Verdict {
	s.State, _ = storage.SubjectState(s.view, s.st.Subject)
	s.State.Subject = s.st.Subject
	switch {
	case s.law.Begun != chain.CodeOK && s.State.Status != chain.StatusNone:
		return contract.Refuse(s.law.Begun, "the subject has begun already")
	case s.st.Seq != s.State.Seq+1:
		return contract.Refuse(chain.CodeSequence, "not the subject's next sequence")
	case !s.law.AllowsFrom(s.State.Status, s.Schema):
		return contract.Refuse(chain.CodeTransition, "not legal from the subject's status")
	case s.State.Seq > 0 && s.State.Org != s.st.Org && !s.law.Visits(s.org.Role, s.Schema):
		return contract.Refuse(chain.CodeNotHolder, "another organisation's subject")
	}
	return contract.Pass
}

// conditions are the contract's: the rules that need more than the status.
func (s *Step) conditions() contract.Verdict {
	s.Act, s.Person, s.Role = s.st.Act(), s.actor.SubjectCN(), chain.Role(s.actor.SubjectRole())
	s.World = (*world)(s)
	return s.law.Judge(&s.Step)
}
