package ledger

import (
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm"
)

// verdict is what a rule says; the zero value lets the record pass.
type verdict struct {
	code   chain.Code
	detail string
}

var pass verdict

func refuse(c chain.Code, detail string) verdict { return verdict{c, detail} }

// step is one record on its way through the rules.
type step struct {
	view   *view
	in     *inspector
	roster *chain.Roster
	rec    *checked
	st     chain.Statement
	height int64 // of the block
	schema int   // newest version of statements at that height; its rules judge every statement
	block  int64 // block time, Unix milliseconds
	at     int64 // the later of block time and the writer's own: a quiet chain's block time lags
	law    chain.Transition
	org    *chain.Org
	actor  *gm.Certificate
	state  chain.SubjectState
	enrols *gm.Certificate // cert.enrol: the certificate
	adopts *list           // gov.vote that makes the quorum: the new members' list
}

// judge runs every rule in its fixed order; the first refusal stands.
func (s *step) judge() verdict {
	for _, rule := range []func() verdict{s.writer, s.seal, s.knownActor, s.signatures, s.place, s.conditions} {
		if v := rule(); v != pass {
			return v
		}
	}
	return pass
}

// writer: the organisation is a member, its role may write this kind, and it sealed with its own seal.
func (s *step) writer() verdict {
	if s.st.Chain != s.roster.Chain() {
		return refuse(chain.CodeWrongChain, "statement is for another chain")
	}
	if s.st.V > s.schema {
		return refuse(chain.CodeNotYet, schemaNotYet)
	}
	org, ok := s.roster.Org(s.st.Org)
	if !ok {
		return refuse(chain.CodeUnknownOrg, "organisation is no member")
	}
	s.org = org
	switch {
	case org.Suspended:
		return refuse(chain.CodeSuspended, "organisation is suspended")
	case !s.law.AllowsOrg(org.Role):
		return refuse(chain.CodeRole, "organisation may not write this kind")
	case s.rec.rec.OrgCert != org.SealCert.ID():
		return refuse(chain.CodeRole, "orgCert is not the organisation's seal certificate")
	case !org.SealCert.ValidAt(instant(s.at)):
		return refuse(chain.CodeCertExpired, "organisation's seal certificate is outside its validity")
	}
	return pass
}

// knownActor: the actor's certificate is the organisation's own seal or one it enrolled, good now and for this kind.
func (s *step) knownActor() verdict {
	actor, owner, found := findActor(s.view, s.in, s.roster, s.st)
	if !found {
		return refuse(chain.CodeUnknownCert, "actor's certificate is not enrolled")
	}
	s.actor = actor
	if owner != s.st.Org {
		return refuse(chain.CodeRole, "actor's certificate was enrolled by another organisation")
	}
	if state, _ := subjectState(s.view, chain.SubjectCert+s.st.Actor); state.Status == chain.StatusRevoked {
		return refuse(chain.CodeCertRevoked, "actor's certificate is revoked")
	}
	seal := s.org.SealOf(s.st.Actor)
	if seal != nil && seal != s.org.SealCert && s.st.Kind == chain.KindVote {
		return refuse(chain.CodeRole, "a vote needs the seal in force")
	}
	if s.roster.Members().From > 0 && seal == nil && !s.in.issuedBy(s.org, actor) {
		return refuse(chain.CodeCertRevoked, "actor's certificate is of a CA that the organisation has replaced")
	}
	if !actor.ValidAt(instant(s.at)) {
		return refuse(chain.CodeCertExpired, "actor's certificate is outside its validity")
	}
	if !s.law.AllowsActor(chain.Role(actor.SubjectRole())) {
		return refuse(chain.CodeRole, "actor's role may not write this kind")
	}
	return pass
}

// enrolled is a certificate on the chain. It never changes, so a committed one may be remembered.
type enrolled struct {
	cert *gm.Certificate
	org  string
}

// findActor looks up the certificate a statement names and the organisation it belongs to.
func findActor(r reader, in *inspector, roster *chain.Roster, st chain.Statement) (c *gm.Certificate, org string, ok bool) {
	if o, member := roster.Org(st.Org); member {
		if seal := o.SealOf(st.Actor); seal != nil {
			return seal, st.Org, true
		}
	}
	read := func() (enrolled, error) { return readEnrolled(r, in, st.Actor) }
	var e enrolled
	var err error
	if _, committed := r.(database); committed {
		e, err = in.enrolled.get(st.Actor, read)
	} else if e, ok = in.enrolled.peek(st.Actor); !ok { // one of a trial block may yet come to nothing: not remembered
		e, err = read()
	}
	return e.cert, e.org, err == nil
}

func readEnrolled(r reader, in *inspector, id string) (enrolled, error) {
	e, ok := load[certEntry](r, keyCert(id))
	if !ok {
		return enrolled{}, chain.ErrNotFound
	}
	c, err := in.certificate(id, e.DER)
	if err != nil {
		panic("ledger: an enrolled certificate cannot be read any more: " + err.Error())
	}
	return enrolled{c, e.Org}, nil
}

// seal is judged before anything is said of an actor. Schema 1 asked for both signatures at last, and its verdicts stand in old blocks.
func (s *step) seal() verdict {
	if s.schema >= chain.Schema2 && !s.in.sealed(s.rec, s.org.SealCert) {
		return refuse(chain.CodeBadSignature, "organisation's signature does not hold")
	}
	return pass
}

func (s *step) signatures() verdict {
	if !s.in.signed(s.rec, s.actor) || !s.in.sealed(s.rec, s.org.SealCert) {
		return refuse(chain.CodeBadSignature, "actor's or organisation's signature does not hold")
	}
	return pass
}

// place: the record is the subject's next and legal from where it stands.
func (s *step) place() verdict {
	s.state, _ = subjectState(s.view, s.st.Subject)
	s.state.Subject = s.st.Subject
	switch {
	case s.st.Kind == chain.KindEnrol && s.state.Status != chain.StatusNone:
		return refuse(chain.CodeDuplicateCert, "certificate was enrolled before")
	case s.st.Seq != s.state.Seq+1:
		return refuse(chain.CodeSequence, "not the subject's next sequence")
	case !s.law.AllowsFrom(s.state.Status, s.schema):
		return refuse(chain.CodeTransition, "not legal from the subject's status")
	case s.state.Seq > 0 && s.state.Org != s.st.Org && !s.visiting():
		return refuse(chain.CodeNotHolder, "another organisation's subject")
	}
	return pass
}

// visiting: a pharmacy's steps are taken on the hospital's prescription, and a change is everybody's; every other step is
// taken at home.
func (s *step) visiting() bool {
	return s.law.Prefix == chain.SubjectGov || (s.law.Prefix == chain.SubjectRx && s.org.Role == chain.OrgPharmacy)
}

// conditions are the rules that need more than the status.
func (s *step) conditions() verdict {
	if v := s.always(); v != pass || s.schema < chain.Schema2 {
		return v
	}
	return first(s.since2(), s.dated())
}

// always are the conditions of every schema.
func (s *step) always() verdict {
	switch s.st.Kind {
	case chain.KindEnrol:
		return s.enrol()
	case chain.KindVote:
		return s.vote()
	case chain.KindIssue:
		return s.signedBefore(s.st.Facts.Expires)
	case chain.KindApprove:
		return first(s.otherPerson(), s.signedBefore(s.state.Expires))
	case chain.KindReject:
		return s.otherPerson()
	case chain.KindPay:
		return first(s.signedBefore(s.state.Expires), s.settlement())
	case chain.KindClaim:
		return s.unexpired(s.state.Expires)
	case chain.KindRelease:
		return s.holder()
	case chain.KindDispense:
		return first(s.holder(), s.tags())
	case chain.KindExpire:
		return s.overdue()
	case chain.KindPayOpen:
		return s.payable()
	case chain.KindPayRefund:
		return s.refundable()
	}
	return pass
}

func first(verdicts ...verdict) verdict {
	for _, v := range verdicts {
		if v != pass {
			return v
		}
	}
	return pass
}

// enrol: the certificate comes from the organisation's own CA, and its key is no other person's: a key that two people
// share would let one of them prescribe and review.
func (s *step) enrol() verdict {
	der, _ := base64.Decode(s.st.Facts.Cert) // of what is no base64: nothing, which is no certificate
	if len(der) > chain.MaxCertBytes {
		return refuse(chain.CodeBadCert, "not a certificate of acceptable size")
	}
	c, err := gm.ParseCertificate(der)
	if err != nil || chain.SubjectCert+c.ID() != s.st.Subject {
		return refuse(chain.CodeBadCert, "not a certificate, or not the subject's")
	}
	check := s.roster.CheckEnrolment
	if s.schema < chain.Schema2 {
		check = s.roster.CheckEnrolment1
	}
	if err := check(s.org, c, s.at); err != nil {
		return refuse(chain.CodeBadCert, "not one the organisation may enrol")
	}
	if owner := s.view.get(keyPublic(c.PublicKey().Hex())); owner != nil && string(owner) != ownerOf(s.st.Org, c) {
		return refuse(chain.CodeBadCert, "key is another person's")
	}
	s.enrols = c
	return pass
}

func ownerOf(org string, c *gm.Certificate) string { return org + "\x00" + c.SubjectCN() }

// otherPerson: nobody reviews their own prescription (四眼原则); one person may hold several certificates.
func (s *step) otherPerson() verdict {
	if s.actor.SubjectCN() == s.state.Person {
		return refuse(chain.CodeSelfReview, "the reviewer is the prescriber")
	}
	return pass
}

// signedBefore judges the hospital's own steps by the writer's clock: a chain that stood still must not undo what was done in time. Nobody
// gains by setting that clock back, because no medicine leaves without a claim, and claims are judged by the block's time.
func (s *step) signedBefore(expires int64) verdict {
	if s.st.Time >= expires {
		return refuse(chain.CodeExpired, "the prescription's validity had run out")
	}
	return pass
}

func (s *step) unexpired(expires int64) verdict {
	if s.at >= expires {
		return refuse(chain.CodeExpired, "the prescription's validity has run out")
	}
	return pass
}

// overdue asks the block's time alone: nobody may end a prescription early by setting a clock ahead.
func (s *step) overdue() verdict {
	if s.block < s.state.Expires {
		return refuse(chain.CodeNotYet, "not yet by block time")
	}
	return pass
}

func (s *step) holder() verdict {
	if s.state.Holder != s.st.Org {
		return refuse(chain.CodeNotHolder, "another pharmacy holds the claim")
	}
	return pass
}

// tags: a package is dispensed once, whoever scans it and whenever (药品追溯码).
func (s *step) tags() verdict {
	for _, t := range s.st.Facts.Tags {
		if s.view.get(keyTag(t)) != nil {
			return refuse(chain.CodeTagUsed, "a package's tag was dispensed before")
		}
	}
	return pass
}

// settlement: rx.pay names a settled payment of this very prescription.
func (s *step) settlement() verdict {
	pay, _ := subjectState(s.view, s.st.Facts.Ref)
	if pay.Status != chain.StatusSettled || pay.Ref != s.st.Subject { // and of this hospital, or payable had refused it
		return refuse(chain.CodeReference, "not a settled payment of this prescription")
	}
	return pass
}

// payable: pay.open names an approved prescription of the same hospital.
func (s *step) payable() verdict {
	rx, _ := subjectState(s.view, s.st.Facts.Ref)
	if rx.Status != chain.StatusApproved || rx.Org != s.st.Org {
		return refuse(chain.CodeReference, "not an approved prescription of this hospital")
	}
	return pass
}

// refundable: money goes back when the prescription ended unused or was paid by another settlement.
func (s *step) refundable() verdict {
	rx, _ := subjectState(s.view, s.state.Ref)
	ended := rx.Status == chain.StatusCancelled || rx.Status == chain.StatusExpired
	if !ended && rx.Ref == s.st.Subject {
		return refuse(chain.CodeReference, "the prescription it paid still stands")
	}
	return pass
}
