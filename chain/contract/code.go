package contract

// Code is the ledger's verdict on a record. Codes travel to clients and are append-only.
type Code uint32

// Verdicts. Those marked (transient) may pass later unchanged; all others are final for these
// bytes.
const (
	CodeOK            Code = 0
	CodeMalformed     Code = 1  // shape, size or encoding
	CodeWrongChain    Code = 2  // statement is for another chain
	CodeUnknownOrg    Code = 3  // organisation is no member (transient: its admission may be on its way)
	CodeUnknownCert   Code = 4  // certificate not enrolled (transient: the enrolment may be on its way)
	CodeCertRevoked   Code = 5  //
	CodeCertExpired   Code = 6  // outside its validity
	CodeBadSignature  Code = 7  // actor's or organisation's
	CodeRole          Code = 8  // role of the actor or of the organisation may not write this kind
	CodeSequence      Code = 9  // seq is not last + 1
	CodeTransition    Code = 10 // not legal from the subject's status
	CodeNotHolder     Code = 11 // another pharmacy holds it, or another hospital issued it
	CodeExpired       Code = 12 // too late
	CodeNotYet        Code = 13 // too early by block time (transient)
	CodeTagUsed       Code = 14 // a package's tag was dispensed before
	CodeReference     Code = 15 // the referenced subject is missing or in the wrong status
	CodeSelfReview    Code = 16 // the reviewer is the prescriber
	CodeBadCert       Code = 17 // the enrolled certificate is not one the organisation may enrol
	CodeDuplicateCert Code = 18 //
	CodeSuspended     Code = 19 // the organisation is suspended (transient: it may be lifted)
	CodeBadChange     Code = 20 // the change would make a members' list that cannot be
	CodeBadCode       Code = 21 // the pick-up code is not the one that the prescription commits to next
	// a claim's end is in the past, beyond MaxLease or beyond the validity; or it was renewed
	// before
	CodeBadLease    Code = 22
	CodeBadValidity Code = 23 // a prescription is dated too far back, or valid for longer than MaxValidity
	// the actor neither issued the prescription nor is one of its parties; or the organisation is
	// none of the move's
	CodeNotParty Code = 24
	CodeOwnParty Code = 25 // the prescriber or reviewer is one of the prescription's parties
	CodeShort    Code = 26 // more than the holder has free, or than is pending
	CodeFrozen   Code = 27 // the lot is frozen: it moves back to its issuer alone, or is lost
)

var codeNames = [...]string{
	"ok", "malformed", "wrong-chain", "unknown-organisation", "unknown-certificate", "certificate-revoked",
	"certificate-expired", "bad-signature",
	"role", "sequence", "transition", "not-holder", "expired", "not-yet", "tag-used", "reference", "self-review",
	"bad-certificate", "duplicate-certificate",
	"suspended", "bad-change", "bad-code", "bad-lease", "bad-validity", "not-party", "own-party",
	"short", "frozen",
}

// String is the stable name of the code.
func (c Code) String() string {
	if int(c) < len(codeNames) {
		return codeNames[c]
	}
	return "unknown"
}

// Transient tells whether the same record may be accepted later.
func (c Code) Transient() bool {
	switch c {
	case CodeUnknownOrg, CodeUnknownCert, CodeNotYet, CodeSuspended:
		return true
	}
	return false
}
