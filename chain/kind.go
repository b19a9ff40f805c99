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

	// KindIssue: a doctor signed a prescription (开具). Facts: Expires; in a statement of version 2 Pickup and Parties as well.
	KindIssue Kind = "rx.issue"
	// KindApprove: a reviewing pharmacist passed it (审方通过).
	KindApprove Kind = "rx.approve"
	// KindReject: a reviewing pharmacist sent it back (审方不通过).
	KindReject Kind = "rx.reject"
	// KindPay: the hospital saw it paid. Facts: Ref = the settlement's subject.
	KindPay Kind = "rx.pay"
	// KindClaim: a pharmacy took the exclusive lock (接单). Facts of version 2: Code, Until.
	KindClaim Kind = "rx.claim"
	// KindRelease: the holding pharmacy gave the lock back (退单).
	KindRelease Kind = "rx.release"
	// KindDispense: the holding pharmacy handed the medicine out (发药). Facts: Tags, one per package.
	KindDispense Kind = "rx.dispense"
	// KindRenew: the holding pharmacy goes on holding it, once a claim (续期). Facts: Until. Schema 2.
	KindRenew Kind = "rx.renew"
	// KindLapse: the claim's lease is over; any pharmacy, or the hospital, gives the lock back (锁定到期). Schema 2.
	KindLapse Kind = "rx.lapse"
	// KindContest: the patient says that the claim is not theirs, once a claim (患者异议). It moves nothing: the
	// regulator looks at it. Schema 2.
	KindContest Kind = "rx.contest"
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
	Prefix string    // subject prefix
	From   []Status  // statuses it may start from
	To     Status    // StatusNone: the subject stays where it is
	Actors []Role    // roles the actor's certificate may have
	Orgs   []OrgRole // roles the writing organisation may have
	Since  int       // version of statements from which the kind is known; 0 is the first
	Later  []Status  // further statuses it may start from where schema 2 is in force
}

// Organisations of the table below.
var (
	enrolling  = []OrgRole{OrgHospital, OrgPharmacy, OrgInsurer}
	hospitals  = []OrgRole{OrgHospital}
	pharmacies = []OrgRole{OrgPharmacy}
)

// Transitions is the whole law of the ledger as data, in the order of a prescription's life. Conditions
// that need more than the status (same organisation, exclusive holder, expiry, settlement, use-once tags)
// are in chain/ledger beside the place that reads this table.
var Transitions = []Transition{
	{Kind: KindEnrol, Prefix: SubjectCert, From: []Status{StatusNone}, To: StatusEnrolled, Actors: []Role{RoleSeal}, Orgs: enrolling},
	{Kind: KindRevoke, Prefix: SubjectCert, From: []Status{StatusEnrolled}, To: StatusRevoked, Actors: []Role{RoleSeal}, Orgs: enrolling},

	// StatusAdopted by the vote that makes the quorum.
	{Kind: KindVote, Prefix: SubjectGov, From: []Status{StatusNone, StatusVoted}, To: StatusVoted, Actors: []Role{RoleSeal}, Orgs: enrolling},

	{Kind: KindIssue, Prefix: SubjectRx, From: []Status{StatusNone}, To: StatusSigned, Actors: []Role{RoleDoctor}, Orgs: hospitals},
	{Kind: KindApprove, Prefix: SubjectRx, From: []Status{StatusSigned}, To: StatusApproved, Actors: []Role{RoleReviewer}, Orgs: hospitals},
	{Kind: KindReject, Prefix: SubjectRx, From: []Status{StatusSigned}, To: StatusRejected, Actors: []Role{RoleReviewer}, Orgs: hospitals},
	{Kind: KindPay, Prefix: SubjectRx, From: []Status{StatusApproved}, To: StatusPaid, Actors: []Role{RoleSeal}, Orgs: hospitals},
	{Kind: KindClaim, Prefix: SubjectRx, From: []Status{StatusPaid}, To: StatusClaimed, Actors: []Role{RoleDispenser}, Orgs: pharmacies},
	{Kind: KindRelease, Prefix: SubjectRx, From: []Status{StatusClaimed}, To: StatusPaid, Actors: []Role{RoleDispenser}, Orgs: pharmacies},
	{Kind: KindRenew, Prefix: SubjectRx, From: []Status{StatusClaimed}, To: StatusClaimed, Actors: []Role{RoleDispenser}, Orgs: pharmacies, Since: 2},
	{
		Kind: KindLapse, Prefix: SubjectRx, From: []Status{StatusClaimed}, To: StatusPaid,
		Actors: []Role{RoleSeal, RoleDispenser}, Orgs: []OrgRole{OrgHospital, OrgPharmacy}, Since: 2,
	},
	{
		Kind: KindContest, Prefix: SubjectRx, From: []Status{StatusClaimed, StatusDispensed}, To: StatusNone,
		Actors: []Role{RolePatient}, Orgs: hospitals, Since: 2,
	},
	{Kind: KindDispense, Prefix: SubjectRx, From: []Status{StatusClaimed}, To: StatusDispensed, Actors: []Role{RoleDispenser}, Orgs: pharmacies},
	{
		Kind: KindCancel, Prefix: SubjectRx, From: []Status{StatusSigned, StatusApproved, StatusPaid}, To: StatusCancelled,
		Actors: []Role{RoleDoctor, RolePatient}, Orgs: hospitals,
	},
	{
		Kind: KindExpire, Prefix: SubjectRx, From: []Status{StatusSigned, StatusApproved, StatusPaid}, To: StatusExpired,
		Actors: []Role{RoleSeal}, Orgs: hospitals, Later: []Status{StatusClaimed},
	},

	{Kind: KindPayOpen, Prefix: SubjectPay, From: []Status{StatusNone}, To: StatusOpened, Actors: []Role{RolePatient}, Orgs: hospitals},
	{Kind: KindPaySettle, Prefix: SubjectPay, From: []Status{StatusOpened}, To: StatusSettled, Actors: []Role{RoleSeal}, Orgs: hospitals},
	{Kind: KindPayFail, Prefix: SubjectPay, From: []Status{StatusOpened}, To: StatusFailed, Actors: []Role{RoleSeal}, Orgs: hospitals},
	{Kind: KindPayRefund, Prefix: SubjectPay, From: []Status{StatusSettled}, To: StatusRefunded, Actors: []Role{RoleSeal}, Orgs: hospitals},
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

// AllowsFrom tells whether the step may start from a status where a schema is in force.
func (t Transition) AllowsFrom(s Status, schema int) bool {
	return slices.Contains(t.From, s) || (schema >= Schema2 && slices.Contains(t.Later, s))
}

// Next is the status that the step leads to from one that it may start from.
func (t Transition) Next(s Status) Status {
	if t.To == StatusNone {
		return s
	}
	return t.To
}

// AllowsActor tells whether a holder of that role may take the step.
func (t Transition) AllowsActor(r Role) bool { return slices.Contains(t.Actors, r) }

// AllowsOrg tells whether an organisation of that role may write the step.
func (t Transition) AllowsOrg(r OrgRole) bool { return slices.Contains(t.Orgs, r) }
