package judge

import (
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/membership"
)

// schemaNotYet is the detail of a verdict on what a later schema takes.
const schemaNotYet = "the members have not agreed on this version of statements, or on a later height"

// Vet tells what is certain about a record without the order of things: chain, membership, the
// organisation's signature and, when the actor's certificate is enrolled, the actor's. A refusal is
// final for its bytes. next is the block to come. committed is asked when the seal holds, and tells
// where enrolled certificates are looked up; nil: what stands there is not confirmed, and nothing
// of it is asked for or remembered. What has passed with its signatures checked passes again at
// once, until the members change.
func (in *Inspector) Vet(c *Checked, next Block, committed func() storage.Reader) contract.Verdict {
	st, roster := c.Record.Statement, next.Roster
	if known := c.cleared.Load(); known != nil && known == roster {
		return contract.Pass
	}
	if st.Chain != roster.Chain() {
		return contract.Refuse(chain.CodeWrongChain, "statement is for another chain")
	}
	// A program that does not know the version refuses the whole block, and would give another
	// verdict when it is decided all the same.
	if need := max(st.V, c.Record.Format()); need > chain.Version && need > roster.Members().SchemaAt(next.Height) {
		return contract.Refuse(chain.CodeNotYet, schemaNotYet)
	}
	org, ok := roster.Org(st.Org)
	if !ok {
		return contract.Refuse(chain.CodeUnknownOrg, "organisation is no member")
	}
	if c.Record.OrgCert != org.SealCert.ID() {
		return contract.Refuse(chain.CodeRole, "orgCert is not the organisation's seal certificate")
	}
	if !in.sealed(c, org.SealCert) {
		return contract.Refuse(chain.CodeBadSignature, "organisation's signature does not hold")
	}
	state := committed()
	if state == nil {
		return contract.Pass
	}
	if actor, _, found := in.Actor(state, roster, st); found {
		if !in.signed(c, actor) {
			return contract.Refuse(chain.CodeBadSignature, "actor's signature does not hold")
		}
		c.cleared.Store(roster)
	}
	return contract.Pass
}

// Cleared tells whether Vet has passed a record, by its canonical bytes, under these members with
// its signatures checked.
func (in *Inspector) Cleared(raw []byte, roster *membership.Roster) bool {
	c, ok := storage.Lookup(in.records, raw)
	return ok && c.cleared.Load() == roster
}

// Unsealed tells a transaction that no honest node brings: no batch at all, or with a record whose
// organisation's seal, the one that the roster names, does not hold. What another list or a newer
// program may know better is not called so.
func (in *Inspector) Unsealed(tx []byte, roster *membership.Roster) bool {
	raws, err := in.Split(tx)
	if err != nil {
		return true
	}
	for _, raw := range raws {
		c, err := in.Record(raw)
		if err != nil {
			continue
		}
		org, member := roster.Org(c.Record.Statement.Org)
		if member && c.Record.OrgCert == org.SealCert.ID() && !in.sealed(c, org.SealCert) {
			return true
		}
	}
	return false
}
