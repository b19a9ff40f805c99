package chain

import "github.com/smart-hospital/hospital/chain/contract"

// The law is in chain/contract. These are its names as the rest of the program knows them; a kind
// that comes new is named there alone.
type (
	Kind         = contract.Kind
	Role         = contract.Role
	OrgRole      = contract.OrgRole
	Status       = contract.Status
	Code         = contract.Code
	Facts        = contract.Facts
	SubjectState = contract.SubjectState
	Transition   = contract.Transition
)

// Kinds of records.
const (
	KindEnrol     = contract.KindEnrol
	KindRevoke    = contract.KindRevoke
	KindVote      = contract.KindVote
	KindIssue     = contract.KindIssue
	KindApprove   = contract.KindApprove
	KindReject    = contract.KindReject
	KindPay       = contract.KindPay
	KindClaim     = contract.KindClaim
	KindRelease   = contract.KindRelease
	KindDispense  = contract.KindDispense
	KindRenew     = contract.KindRenew
	KindLapse     = contract.KindLapse
	KindContest   = contract.KindContest
	KindCancel    = contract.KindCancel
	KindExpire    = contract.KindExpire
	KindPayOpen   = contract.KindPayOpen
	KindPaySettle = contract.KindPaySettle
	KindPayFail   = contract.KindPayFail
	KindPayRefund = contract.KindPayRefund
)

// Roles of certificates.
const (
	RoleDoctor    = contract.RoleDoctor
	RoleReviewer  = contract.RoleReviewer
	RoleDispenser = contract.RoleDispenser
	RolePatient   = contract.RolePatient
	RoleSeal      = contract.RoleSeal
)

// Roles of organisations.
const (
	OrgHospital  = contract.OrgHospital
	OrgPharmacy  = contract.OrgPharmacy
	OrgInsurer   = contract.OrgInsurer
	OrgRegulator = contract.OrgRegulator
)

// Subject prefixes.
const (
	SubjectCert = contract.SubjectCert
	SubjectRx   = contract.SubjectRx
	SubjectPay  = contract.SubjectPay
	SubjectGov  = contract.SubjectGov
)

// Statuses of subjects.
const (
	StatusNone      = contract.StatusNone
	StatusEnrolled  = contract.StatusEnrolled
	StatusRevoked   = contract.StatusRevoked
	StatusVoted     = contract.StatusVoted
	StatusAdopted   = contract.StatusAdopted
	StatusSigned    = contract.StatusSigned
	StatusApproved  = contract.StatusApproved
	StatusRejected  = contract.StatusRejected
	StatusPaid      = contract.StatusPaid
	StatusClaimed   = contract.StatusClaimed
	StatusDispensed = contract.StatusDispensed
	StatusCancelled = contract.StatusCancelled
	StatusExpired   = contract.StatusExpired
	StatusOpened    = contract.StatusOpened
	StatusSettled   = contract.StatusSettled
	StatusFailed    = contract.StatusFailed
	StatusRefunded  = contract.StatusRefunded
)

// Verdicts.
const (
	CodeOK            = contract.CodeOK
	CodeMalformed     = contract.CodeMalformed
	CodeWrongChain    = contract.CodeWrongChain
	CodeUnknownOrg    = contract.CodeUnknownOrg
	CodeUnknownCert   = contract.CodeUnknownCert
	CodeCertRevoked   = contract.CodeCertRevoked
	CodeCertExpired   = contract.CodeCertExpired
	CodeBadSignature  = contract.CodeBadSignature
	CodeRole          = contract.CodeRole
	CodeSequence      = contract.CodeSequence
	CodeTransition    = contract.CodeTransition
	CodeNotHolder     = contract.CodeNotHolder
	CodeExpired       = contract.CodeExpired
	CodeNotYet        = contract.CodeNotYet
	CodeTagUsed       = contract.CodeTagUsed
	CodeReference     = contract.CodeReference
	CodeSelfReview    = contract.CodeSelfReview
	CodeBadCert       = contract.CodeBadCert
	CodeDuplicateCert = contract.CodeDuplicateCert
	CodeSuspended     = contract.CodeSuspended
	CodeBadChange     = contract.CodeBadChange
	CodeBadCode       = contract.CodeBadCode
	CodeBadLease      = contract.CodeBadLease
	CodeBadValidity   = contract.CodeBadValidity
	CodeOwnParty      = contract.CodeOwnParty
	CodeNotParty      = contract.CodeNotParty
)

// Transitions are the steps of all contracts; do not change them.
var Transitions = contract.Steps()

var noStep Transition

// TransitionOf returns the step of a kind. ok is false for an unknown kind; then it is a step that
// nobody may take.
func TransitionOf(k Kind) (t *Transition, ok bool) {
	if t = contract.Of(k); t == nil {
		return &noStep, false
	}
	return t, true
}

// Statuses are those of the subjects with a prefix, in the order of their contract's steps.
func Statuses(prefix string) []Status { return contract.Statuses(prefix) }

// Act is what the statement says was done, as contracts take it.
func (s *Statement) Act() contract.Act {
	return contract.Act{Kind: s.Kind, Subject: s.Subject, Org: s.Org, Seq: s.Seq, Time: s.Time, Facts: s.Facts}
}

// Advance is where a subject stands after one record more: the record's statement, its id and its
// actor's CN. It judges nothing: the ledger has. Recomputing states from the log's records gives
// the ledger's, but for the two things that Transition.Advance names.
func Advance(s SubjectState, st Statement, id, person string) SubjectState {
	law, known := TransitionOf(st.Kind)
	if !known {
		return s
	}
	act := st.Act()
	return law.Advance(s, &act, id, person)
}
