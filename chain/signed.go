package chain

import (
	"slices"

	"github.com/smart-hospital/hospital/chain/gm"
)

// Lengths of the canonical bytes around a record's values; their order is the keys'.
const (
	recordHead   = len(`{"actorSig":"","orgCert":"","orgSig":"`)
	recordMiddle = len(`","statement":`)
)

// Signed cuts what the record's two signatures are over out of its canonical bytes: the same as
// Statement.Bytes and SealBytes write anew. The record must be the one that ParseRecord made of
// these bytes, or one that passed Check and wrote them: its values then need no escapes.
func (r Record) Signed(raw []byte) (statement, seal []byte) {
	sig := recordHead + len(r.ActorSig) + len(r.OrgCert)
	after := sig + len(r.OrgSig)
	return raw[after+recordMiddle : len(raw)-1], slices.Concat(raw[:sig], raw[after:])
}

// VerifyRaw is VerifySignatures for a record whose canonical bytes are at hand; see Signed.
func (r Record) VerifyRaw(raw []byte, actor, seal *gm.Certificate) error {
	statement, sealed := r.Signed(raw)
	return r.verifyOver(statement, sealed, actor, seal)
}

// VerifySealRaw checks the organisation's signature alone; see VerifyRaw. It comes first and needs
// nobody but the members' list: bytes whose seal does not hold are nobody's, whoever they name.
func (r Record) VerifySealRaw(raw []byte, seal *gm.Certificate) error {
	_, sealed := r.Signed(raw)
	if err := verifySig(seal, sealed, r.OrgSig); err != nil {
		return because(ReasonOrgSig, "%v", err)
	}
	return nil
}

// VerifyActorRaw checks the actor's signature alone; see VerifyRaw.
func (r Record) VerifyActorRaw(raw []byte, actor *gm.Certificate) error {
	statement, _ := r.Signed(raw)
	if err := verifySig(actor, statement, r.ActorSig); err != nil {
		return because(ReasonActorSig, "%v", err)
	}
	return nil
}
