package chain

import "slices"

// Kind names what happened. The set is closed: the ledger refuses a kind it does not know.
type Kind string

// Kinds of records. The subject's prefix is fixed by the kind: cert:, rx:, pay: or gov:.
const (
	// KindEnrol puts a person's certificate on the chain; actor: the issuing organisation's seal.
	KindEnrol Kind = "cert.enrol"
	// KindRevoke ends a certificate; actor: the issuing organisation's seal.
	KindRevoke Kind = "cert.revoke"

	// KindVote: a member agrees to a change of the members' list; actor: its seal. Facts: Change.
	KindVote Kind = "gov.vote"

	// KindIssue: a doctor signed a prescription (开具). Facts: Expires.
	KindIssue Kind = "rx.issue"
	// KindApprove: a reviewing pharmacist passed it (审方通过).
	KindApprove Kind = "rx.approve"
	// KindReject: a reviewing pharmacist sent it back (审方不通过).
	KindReject Kind = "rx.reject"
	// KindPay: the hospital saw it paid. Facts: Ref = the settlement's subject.
	KindPay Kind = "rx.pay"
	// KindClaim: a pharmacy took the exclusive lock (接单).
	KindClaim Kind = "rx.claim"
	// KindRelease: the holding pharmacy gave the lock back (退单).
	KindRelease Kind = "rx.release"
	// KindDispense: the holding pharmacy handed the medicine out (发药). Facts: Tags, one per package.
	KindDispense Kind = "rx.dispense"
	// KindCancel: the doctor or the patient withdrew it (作废).
	KindCancel Kind = "rx.cancel"
	// KindExpire: its validity ran out (失效).
	KindExpire Kind = "rx.expire"

	// KindPayOpen: the patient authorised a settlement. Facts: Ref = the prescription's subject.
	KindPayOpen Kind = "pay.open"
	// KindPaySettle: the insurer settled it (结算).
	KindPaySettle Kind = "pay.settle"
	// KindPayFail: the insurer refused or revoked it; no money moved.
	KindPayFail Kind = "pay.fail"
	// KindPayRefund: the money went back (退费).
	KindPayRefund Kind = "pay.refund"
)

// Role is what a certificate's holder may act as; it is the certificate's OU.
type Role string

// Roles of certificates. Their Chinese terms are in the glossary.
const (
	RoleDoctor    Role = "doctor"    // 医师, enrolled by a hospital
	RoleReviewer  Role = "reviewer"  // 审方药师, enrolled by a hospital
	RoleDispenser Role = "dispenser" // 调剂药师, enrolled by a pharmacy
	RolePatient   Role = "patient"   // 患者, enrolled by a hospital
	RoleSeal      Role = "seal"      // an organisation's own seal (机构签章); listed with the member
)

// OrgRole is what a member organisation is.
type OrgRole string

// Roles of organisations.
const (
	OrgHospital  OrgRole = "hospital"
	OrgPharmacy  OrgRole = "pharmacy"
	OrgInsurer   OrgRole = "insurer"
	OrgRegulator OrgRole = "regulator"
)

// Subject prefixes.
const (
	SubjectCert = "cert:"
	SubjectRx   = "rx:"
	SubjectPay  = "pay:"
	SubjectGov  = "gov:" // followed by the change's digest
)

// Status is where a subject stands after its last record. The legal steps are the table Transitions.
type Status string

// Statuses the ledger keeps. The empty status is "no record yet".
const (
	StatusNone Status = ""

	StatusEnrolled Status = "enrolled"
	StatusRevoked  Status = "revoked"

	StatusVoted   Status = "voted"   // members with more than two thirds of the votes move next
	StatusAdopted Status = "adopted" // final; in force two heights later

	StatusSigned    Status = "signed"    // the reviewer moves next
	StatusApproved  Status = "approved"  // the patient pays next
	StatusRejected  Status = "rejected"  // final; the doctor writes a new one
	StatusPaid      Status = "paid"      // a pharmacy claims next
	StatusClaimed   Status = "claimed"   // the holding pharmacy dispenses or releases
	StatusDispensed Status = "dispensed" // final
	StatusCancelled Status = "cancelled" // final; money, if any, goes back
	StatusExpired   Status = "expired"   // final; money, if any, goes back

	StatusOpened   Status = "opened"   // the insurer moves next
	StatusSettled  Status = "settled"  // final unless the prescription is cancelled or expires
	StatusFailed   Status = "failed"   // final
	StatusRefunded Status = "refunded" // final
)

// Transition is one legal step: who may write it and what it does to the subject's status.
type Transition struct {
	Kind   Kind
	Prefix string   // subject prefix
	From   []Status // statuses it may start from
	To     Status
	Actors []Role    // roles the actor's certificate may have
	Orgs   []OrgRole // roles the writing organisation may have
}

// Transitions is the whole law of the ledger as data, in the order of a prescription's life. Conditions
// that need more than the status (same organisation, exclusive holder, expiry, settlement, use-once tags)
// are in chain/ledger beside the place that reads this table.
var Transitions = []Transition{
	{KindEnrol, SubjectCert, []Status{StatusNone}, StatusEnrolled, []Role{RoleSeal}, []OrgRole{OrgHospital, OrgPharmacy, OrgInsurer}},
	{KindRevoke, SubjectCert, []Status{StatusEnrolled}, StatusRevoked, []Role{RoleSeal}, []OrgRole{OrgHospital, OrgPharmacy, OrgInsurer}},

	{KindVote, SubjectGov, []Status{StatusNone, StatusVoted}, StatusVoted, []Role{RoleSeal}, []OrgRole{OrgHospital, OrgPharmacy, OrgInsurer}}, // StatusAdopted by the vote that makes the quorum

	{KindIssue, SubjectRx, []Status{StatusNone}, StatusSigned, []Role{RoleDoctor}, []OrgRole{OrgHospital}},
	{KindApprove, SubjectRx, []Status{StatusSigned}, StatusApproved, []Role{RoleReviewer}, []OrgRole{OrgHospital}},
	{KindReject, SubjectRx, []Status{StatusSigned}, StatusRejected, []Role{RoleReviewer}, []OrgRole{OrgHospital}},
	{KindPay, SubjectRx, []Status{StatusApproved}, StatusPaid, []Role{RoleSeal}, []OrgRole{OrgHospital}},
	{KindClaim, SubjectRx, []Status{StatusPaid}, StatusClaimed, []Role{RoleDispenser}, []OrgRole{OrgPharmacy}},
	{KindRelease, SubjectRx, []Status{StatusClaimed}, StatusPaid, []Role{RoleDispenser}, []OrgRole{OrgPharmacy}},
	{KindDispense, SubjectRx, []Status{StatusClaimed}, StatusDispensed, []Role{RoleDispenser}, []OrgRole{OrgPharmacy}},
	{KindCancel, SubjectRx, []Status{StatusSigned, StatusApproved, StatusPaid}, StatusCancelled, []Role{RoleDoctor, RolePatient}, []OrgRole{OrgHospital}},
	{KindExpire, SubjectRx, []Status{StatusSigned, StatusApproved, StatusPaid}, StatusExpired, []Role{RoleSeal}, []OrgRole{OrgHospital}},

	{KindPayOpen, SubjectPay, []Status{StatusNone}, StatusOpened, []Role{RolePatient}, []OrgRole{OrgHospital}},
	{KindPaySettle, SubjectPay, []Status{StatusOpened}, StatusSettled, []Role{RoleSeal}, []OrgRole{OrgHospital}},
	{KindPayFail, SubjectPay, []Status{StatusOpened}, StatusFailed, []Role{RoleSeal}, []OrgRole{OrgHospital}},
	{KindPayRefund, SubjectPay, []Status{StatusSettled}, StatusRefunded, []Role{RoleSeal}, []OrgRole{OrgHospital}},
}

// TransitionOf returns the step of a kind; ok is false for an unknown kind.
func TransitionOf(k Kind) (t Transition, ok bool) {
	for _, t := range Transitions {
		if t.Kind == k {
			return t, true
		}
	}
	return Transition{}, false
}

// AllowsFrom tells whether the step may start from a status.
func (t Transition) AllowsFrom(s Status) bool { return slices.Contains(t.From, s) }

// AllowsActor tells whether a holder of that role may take the step.
func (t Transition) AllowsActor(r Role) bool { return slices.Contains(t.Actors, r) }

// AllowsOrg tells whether an organisation of that role may write the step.
func (t Transition) AllowsOrg(r OrgRole) bool { return slices.Contains(t.Orgs, r) }
