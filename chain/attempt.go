package chain

import (
	"fmt"

	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/membership"
)

// Attempt is a record that the ledger refused. It is not in the log and has no receipt; its own
// signatures prove that this person and this organisation tried it.
type Attempt struct {
	ActorCert string `json:"actorCert" example:"MIIB…"` // base64 DER
	Code      Code   `json:"code" example:"14"`         // the ledger's verdict
	Height    int64  `json:"height" example:"18"`       // of the block that held it
	Record    Record `json:"record"`
	Time      int64  `json:"time" example:"1795358001391"` // of that block, Unix milliseconds
}

// Verify checks who signed the attempt. Height, time and code are the word of whoever shows it: any
// member's node can look them up. Every error wraps one Reason.
func (a Attempt) Verify(t *Timeline) error {
	if err := a.Record.Check(); err != nil {
		return fmt.Errorf("%w: %w", ReasonMalformed, err)
	}
	st := a.Record.Statement
	r := t.writers(len(t.lists)-1, a.seal(t), st.Org) // the height is not proved, so any list that has the seal will do
	if st.Chain != r.Chain() {
		return Because(ReasonWrongChain, "record is of chain %q, members of %q", st.Chain, r.Chain())
	}
	org, ok := r.Org(st.Org)
	if !ok {
		return Because(ReasonOrg, "%q is no member", st.Org)
	}
	if a.Record.OrgCert != org.SealCert.ID() {
		return Because(ReasonOrgCert, "not the seal certificate of %s", st.Org)
	}
	actor, err := membership.ParseCertificate(a.ActorCert)
	if err != nil || actor.ID() != st.Actor {
		return Because(ReasonActorCert, "not the certificate the record names")
	}
	if err := checkStanding(r, org, actor, st.Kind, st.Time); err != nil {
		return Because(ReasonActorCert, "%v", err)
	}
	return a.Record.VerifySignatures(actor, org.SealCert)
}

// seal is the certificate, as a members' list has it, that the record names.
func (a Attempt) seal(t *Timeline) string {
	for _, r := range t.lists {
		if org, ok := r.Org(a.Record.Statement.Org); ok && org.SealCert.ID() == a.Record.OrgCert {
			return org.Seal
		}
	}
	return ""
}

// Bytes are the canonical bytes (RFC 8785).
func (a Attempt) Bytes() []byte { return canonical.Bytes(a) }
