package notice

import "strings"

// Kind says what happened: a topic, a dot, and what became of the subject. The client has the
// words.
type Kind string

// Kinds. Behind each: what its subject is.
const (
	VisitRequested Kind = "visit.requested" // a visit
	VisitAccepted  Kind = "visit.accepted"
	VisitActive    Kind = "visit.active"
	VisitFinished  Kind = "visit.finished"
	VisitCancelled Kind = "visit.cancelled"
	VisitMessage   Kind = "visit.message"
	VisitNote      Kind = "visit.note" // the doctor saved the note
	VisitRead      Kind = "visit.read" // quiet: the receiver has read the visit's messages

	RxIssued    Kind = "rx.issued" // a prescription
	RxApproved  Kind = "rx.approved"
	RxRejected  Kind = "rx.rejected"
	RxPaid      Kind = "rx.paid"
	RxChosen    Kind = "rx.chosen" // the patient chose this pharmacy
	RxClaimed   Kind = "rx.claimed"
	RxRenewed   Kind = "rx.renewed"
	RxReleased  Kind = "rx.released"
	RxLapsed    Kind = "rx.lapsed"
	RxContested Kind = "rx.contested"
	RxReady     Kind = "rx.ready"
	RxAsked     Kind = "rx.asked" // the patient asks the pharmacy to give it back
	RxDispensed Kind = "rx.dispensed"
	RxCancelled Kind = "rx.cancelled"
	RxExpired   Kind = "rx.expired"
	RxRefused   Kind = "rx.refused" // the chain did not take the last step

	PaySettled  Kind = "pay.settled" // a prescription, whose payment it is
	PayFailed   Kind = "pay.failed"
	PayRefunded Kind = "pay.refunded"
	PayDesk     Kind = "pay.desk" // a settlement whose outcome nobody knows

	KeyRequested Kind = "key.requested" // an account
	KeyApproved  Kind = "key.approved"
	KeyRefused   Kind = "key.refused"
	KeyEnrolled  Kind = "key.enrolled"
	KeyRevoked   Kind = "key.revoked"

	FamilyAsked     Kind = "family.asked" // a child's record and who is guardian of it
	FamilyConfirmed Kind = "family.confirmed"
	FamilyEnded     Kind = "family.ended"

	RelativeAsked     Kind = "relative.asked" // a tie of two adults
	RelativeConfirmed Kind = "relative.confirmed"
	RelativeRights    Kind = "relative.rights" // acts from now on, or reads only
	RelativeEnded     Kind = "relative.ended"
	TemplateProposed  Kind = "template.proposed"
	TemplateAgreed    Kind = "template.agreed"
	TemplateDeclined  Kind = "template.declined"

	SignOpened Kind = "sign.opened" // quiet: the phone shows the intent that the desk wants signed
	SignDone   Kind = "sign.done"   // quiet: the phone has signed it

	AccountDevice   Kind = "account.device" // the account's owner
	AccountPassword Kind = "account.password"
	OfficeApplied   Kind = "office.applied" // a practitioner
	OfficeApproved  Kind = "office.approved"
	OfficeSuspended Kind = "office.suspended"
	OfficeScheduled Kind = "office.scheduled" // an administrator set the doctor's week
)

// Kinds are all there are.
var Kinds = []Kind{
	VisitRequested, VisitAccepted, VisitActive, VisitFinished, VisitCancelled, VisitMessage, VisitNote,
	VisitRead,
	RxIssued, RxApproved, RxRejected, RxPaid, RxChosen, RxClaimed, RxRenewed, RxReleased,
	RxLapsed, RxContested, RxReady, RxAsked,
	RxDispensed, RxCancelled, RxExpired, RxRefused,
	PaySettled, PayFailed, PayRefunded, PayDesk,
	KeyRequested, KeyApproved, KeyRefused, KeyEnrolled, KeyRevoked,
	FamilyAsked, FamilyConfirmed, FamilyEnded, SignOpened, SignDone,
	RelativeAsked, RelativeConfirmed, RelativeRights, RelativeEnded,
	TemplateProposed, TemplateAgreed, TemplateDeclined,
	AccountDevice, AccountPassword, OfficeApplied, OfficeApproved, OfficeSuspended,
	OfficeScheduled,
}

// Topic is the part before the dot: lists follow topics.
func (k Kind) Topic() string {
	topic, _, _ := strings.Cut(string(k), ".")
	return topic
}

// clinical are the topics of patients' records: a practitioner who is not in office is told nothing
// of them.
func (k Kind) clinical() bool {
	switch k.Topic() {
	case "visit", "rx", "pay":
		return true
	}
	return false
}

// single kinds are of what patients, their families and their visits do, and of what a doctor
// offers and takes back: as often as they like, so only the newest of a subject is kept. A subject
// of the families is two people, not one: what two relatives ask for is two lines. What happened to
// an account or its keys stays line by line.
func (k Kind) single() bool {
	switch k.Topic() {
	case "family", "relative", "sign", "template":
		return true
	}
	return k.clinical()
}
