package chain

import (
	"strings"

	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/internal/schemas"
)

// Bytes are the canonical bytes (RFC 8785): fields are declared in key order and every value is an
// ASCII string or an integer, so Go's encoder already yields them; a test holds them against a JCS
// library.
func (s Statement) Bytes() []byte { return canonical.Bytes(s) }

// Bytes are the canonical bytes of the whole record; the ledger's leaves are made of them.
func (r Record) Bytes() []byte { return canonical.Bytes(r) }

// SealBytes are what the organisation signs: the record without its own signature, or the batch
// that the record has its place in. The record must have passed Check.
func (r Record) SealBytes() []byte {
	alone := r
	alone.OrgSig, alone.Batch = "", nil
	return r.sealed(canonical.Bytes(alone))
}

// ParseStatement reads canonical bytes back; anything that is not exactly what Bytes would write is
// refused, so one statement has one encoding.
func ParseStatement(b []byte) (Statement, error) {
	if len(b) > MaxRecordBytes {
		return Statement{}, canonical.TooLarge(len(b), MaxRecordBytes)
	}
	s, err := canonical.Rewritten(b, Statement.Bytes)
	if err != nil {
		return Statement{}, err
	}
	return s, s.Check()
}

// ParseRecord reads a record's canonical bytes with the same strictness.
func ParseRecord(b []byte) (Record, error) {
	if len(b) > MaxRecordBytes {
		return Record{}, canonical.TooLarge(len(b), MaxRecordBytes)
	}
	r, err := canonical.Rewritten(b, Record.Bytes)
	if err != nil {
		return Record{}, err
	}
	return r, r.Check()
}

// Check tests the shape of every field against its limits; it knows no state.
func (s Statement) Check() error {
	t, known := TransitionOf(s.Kind)
	switch {
	case !schemas.Known(s.V):
		return canonical.Malformed("v", "a version that this program knows")
	case !known || t.Since > s.V:
		return canonical.Malformed("kind", "unknown, or of a later version than v")
	case !contract.IsChain(s.Chain):
		return canonical.Malformed("chain", "1-50 characters a-z A-Z 0-9 -")
	case !contract.IsHash(s.Actor):
		return canonical.Malformed("actor", "64 lower hex digits")
	case !contract.IsHash(s.Digest):
		return canonical.Malformed("digest", "64 lower hex digits")
	case !contract.IsOrg(s.Org):
		return canonical.Malformed("org", "1-32 characters a-z 0-9 -")
	case len(s.Subject) > MaxSubjectLen || !strings.HasPrefix(s.Subject, t.Prefix) || !contract.Recorded(s.Subject):
		return canonical.Malformed("subject", "must start with "+t.Prefix)
	case s.Seq < 1 || s.Seq > canonical.MaxSafe:
		return canonical.Malformed("seq", "1 to 2^53-1")
	case s.Time <= 0 || s.Time > canonical.MaxSafe:
		return canonical.Malformed("time", "Unix milliseconds")
	}
	if fact, rule := t.CheckFacts(&s.Facts, s.V); fact != "" {
		return canonical.Malformed("facts."+fact, rule)
	}
	return nil
}

// Check tests the shape of the record: its statement and its two signatures' envelopes.
func (r Record) Check() error {
	if r.Batch != nil {
		if err := r.Batch.check(); err != nil {
			return err
		}
	}
	switch {
	case r.bySeal() != (r.ActorSig == ""):
		return canonical.Malformed("actorSig", "absent in a batch where the actor is the seal, and nowhere else")
	case r.ActorSig != "" && !isSignature(r.ActorSig):
		return canonical.Malformed("actorSig", "base64 DER of at most 72 bytes")
	case !isSignature(r.OrgSig):
		return canonical.Malformed("orgSig", "base64 DER of at most 72 bytes")
	case !contract.IsHash(r.OrgCert):
		return canonical.Malformed("orgCert", "64 lower hex digits")
	}
	return r.Statement.Check()
}

func isSignature(s string) bool { return len(s) <= MaxSealText && contract.IsBase64(s) }
