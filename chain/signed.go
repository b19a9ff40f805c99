package chain

import (
	"bytes"
	"slices"

	"github.com/smart-hospital/hospital/chain/gm/pki"
)

// Pieces of a record's canonical bytes around its values, in their order.
const (
	partActor     = `{"actorSig":"`
	partCert      = `"orgCert":"`
	partSeal      = `","orgSig":"`
	partStatement = `","statement":`
)

// Signed cuts what the record's two signatures are over out of its canonical bytes: the same as
// Statement.Bytes and SealBytes write anew. The record must be the one that ParseRecord made of
// these bytes, or one that passed Check and wrote them: its values then need no escapes.
func (r Record) Signed(raw []byte) (statement, seal []byte) {
	statement, alone := r.cut(raw)
	return statement, r.sealed(alone)
}

// SignedByActor is Signed for the statement alone, which costs nothing.
func (r Record) SignedByActor(raw []byte) []byte {
	_, _, _, after := r.parts(raw)
	return raw[after+len(partStatement) : len(raw)-1]
}

// cut is Signed for the statement, and the record without its seal and its place.
func (r Record) cut(raw []byte) (statement, alone []byte) {
	actor, cert, sig, after := r.parts(raw)
	return r.SignedByActor(raw), slices.Concat(raw[:actor], raw[cert:sig], raw[after:])
}

// parts are where the place, or the seal, begins; the seal; its signature; and what follows.
func (r Record) parts(raw []byte) (actor, cert, sig, after int) {
	actor = len(partActor) + len(r.ActorSig) + len(`",`)
	cert = actor
	if r.Batch != nil { // its path holds no brace
		cert += bytes.IndexByte(raw[actor:], '}') + len(`},`)
	}
	sig = cert + len(partCert) + len(r.OrgCert) + len(partSeal)
	return actor, cert, sig, sig + len(r.OrgSig)
}

// VerifyRaw is VerifySignatures for a record whose canonical bytes are at hand; see Signed.
func (r Record) VerifyRaw(raw []byte, actor, seal *pki.Certificate) error {
	statement, sealed := r.Signed(raw)
	return r.verifyOver(statement, sealed, actor, seal)
}

// VerifySealRaw checks the organisation's signature alone; see VerifyRaw. It comes first and needs
// nobody but the members' list: bytes whose seal does not hold are nobody's, whoever they name.
func (r Record) VerifySealRaw(raw []byte, seal *pki.Certificate) error {
	_, sealed := r.Signed(raw)
	if err := verifySig(seal, sealed, r.OrgSig); err != nil {
		return Because(ReasonOrgSig, "%v", err)
	}
	return nil
}

// VerifyActorRaw checks the actor's signature alone; see VerifyRaw.
func (r Record) VerifyActorRaw(raw []byte, actor *pki.Certificate) error {
	if r.ActorSig == "" {
		return r.verifyActor(nil, actor)
	}
	return r.verifyActor(r.SignedByActor(raw), actor)
}
