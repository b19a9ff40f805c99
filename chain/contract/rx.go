package contract

import (
	"encoding/hex"
	"slices"

	"github.com/smart-hospital/hospital/chain/gm"
)

// SubjectRx is the prefix of prescriptions: their numbers follow.
const SubjectRx = "rx:"

// Kinds of a prescription.
const (
	// KindIssue: a doctor signed a prescription (开具). Facts: Expires; in a statement of version 2
	// Pickup and Parties as well.
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
	// KindDispense: the holding pharmacy handed the medicine out (发药). Facts: Tags, one per
	// package.
	KindDispense Kind = "rx.dispense"
	// KindRenew: the holding pharmacy goes on holding it, once a claim (续期). Facts: Until. Schema
	// 2.
	KindRenew Kind = "rx.renew"
	// KindLapse: the claim's lease is over; any pharmacy, or the hospital, gives the lock back
	// (锁定到期). Schema 2.
	KindLapse Kind = "rx.lapse"
	// KindContest: the patient says that the claim is not theirs, once a claim (患者异议). It moves
	// nothing: the regulator looks at it. Schema 2.
	KindContest Kind = "rx.contest"
	// KindCancel: the doctor or the patient withdrew it (作废).
	KindCancel Kind = "rx.cancel"
	// KindExpire: its validity ran out (失效).
	KindExpire Kind = "rx.expire"
)

// Statuses of a prescription.
const (
	StatusSigned    Status = "signed"    // the reviewer moves next
	StatusApproved  Status = "approved"  // the patient pays next
	StatusRejected  Status = "rejected"  // final; the doctor writes a new one
	StatusPaid      Status = "paid"      // a pharmacy claims next
	StatusClaimed   Status = "claimed"   // the holding pharmacy dispenses or releases
	StatusDispensed Status = "dispensed" // final
	StatusCancelled Status = "cancelled" // final; money, if any, goes back
	StatusExpired   Status = "expired"   // final; money, if any, goes back
)

// rx, in the order of a prescription's life.
var rx = Contract{
	Prefix: SubjectRx,
	State:  []string{"claims", "contested", "expires", "holder", "parties", "pickup", "ref", "renewed", "until"},
	Steps: []Transition{
		{
			Kind: KindIssue, Words: Words{"开具处方", "Prescription issued"},
			Since: Schema1, From: since(Schema1, StatusNone), To: StatusSigned,
			Actors: since(Schema1, RoleDoctor), Orgs: home(Schema1, OrgHospital),
			Facts: []Need{{Fact: "expires", Type: TypeMoment, Since: Schema1},
				{Fact: "pickup", Type: TypeDigest, Since: Schema2},
				{Fact: "parties", Type: TypePeople, Since: Schema2}},
			Guards: []Guard{{"validity-left", Schema1, issuedInTime}, {"validity-bounded", Schema2, validity},
				{"outsider", Schema2, issuedByOutsider}},
			Effect: func(x *SubjectState, a *Act) {
				x.Expires, x.Pickup, x.Parties = a.Facts.Expires, a.Facts.Pickup, slices.Clone(a.Facts.Parties)
			},
		},
		{
			Kind: KindApprove, Words: Words{"审方通过", "Review passed"},
			Since: Schema1, From: since(Schema1, StatusSigned), To: StatusApproved,
			Actors: since(Schema1, RoleReviewer), Orgs: home(Schema1, OrgHospital),
			Guards: []Guard{{"other-person", Schema1, otherPerson}, {"signed-in-time", Schema1, signedInTime},
				{"outsider", Schema2, reviewedByOutsider}},
		},
		{
			Kind: KindReject, Words: Words{"审方退回", "Review rejected"},
			Since: Schema1, From: since(Schema1, StatusSigned), To: StatusRejected,
			Actors: since(Schema1, RoleReviewer), Orgs: home(Schema1, OrgHospital),
			Guards: []Guard{{"other-person", Schema1, otherPerson}, {"outsider", Schema2, reviewedByOutsider}},
		},
		{
			Kind: KindPay, Words: Words{"支付", "Paid"},
			Since: Schema1, From: since(Schema1, StatusApproved), To: StatusPaid,
			Actors: since(Schema1, RoleSeal), Orgs: home(Schema1, OrgHospital),
			Facts:  []Need{{Fact: "ref", Type: TypeSubject, Since: Schema1, Of: []string{SubjectRx, SubjectPay}}},
			Guards: []Guard{{"signed-in-time", Schema1, signedInTime}, {"settled", Schema1, settled}},
			Effect: func(x *SubjectState, a *Act) { x.Ref = a.Facts.Ref },
		},
		{
			Kind: KindClaim, Words: Words{"药店接单", "Claimed by pharmacy"},
			Since: Schema1, From: since(Schema1, StatusPaid), To: StatusClaimed,
			Actors: since(Schema1, RoleDispenser), Orgs: visitors(Schema1, OrgPharmacy),
			// A claim's code may be left out: the ledger knows whether the prescription asks for
			// one.
			Facts: []Need{{Fact: "code", Type: TypeDigest, Since: Schema2, Optional: true},
				{Fact: "until", Type: TypeMoment, Since: Schema2}},
			Guards: []Guard{{"unexpired", Schema1, unexpired}, {"pickup-code", Schema2, pickupCode},
				{"lease", Schema2, lease}},
			Effect: func(x *SubjectState, a *Act) {
				x.Holder, x.Until = a.Org, a.Facts.Until
				if x.Pickup != "" {
					x.Pickup, x.Claims = a.Facts.Code, x.Claims+1
				}
			},
		},
		{
			Kind: KindRelease, Words: Words{"药店退单", "Released by pharmacy"},
			Since: Schema1, From: since(Schema1, StatusClaimed), To: StatusPaid,
			Actors: since(Schema1, RoleDispenser), Orgs: visitors(Schema1, OrgPharmacy),
			Guards: []Guard{{"holder", Schema1, holder}},
			Effect: unclaim,
		},
		{
			Kind: KindRenew, Words: Words{"药店续期", "Claim renewed"},
			Since: Schema2, From: since(Schema2, StatusClaimed), To: StatusClaimed,
			Actors: since(Schema2, RoleDispenser), Orgs: visitors(Schema2, OrgPharmacy),
			Facts: []Need{{Fact: "until", Type: TypeMoment, Since: Schema2}},
			Guards: []Guard{
				{"holder", Schema2, holder}, {"unexpired", Schema2, unexpired},
				{"first-renewal", Schema2, firstRenewal}, {"lease", Schema2, lease},
			},
			Effect: func(x *SubjectState, a *Act) { x.Until, x.Renewed = a.Facts.Until, true },
		},
		{
			Kind: KindLapse, Words: Words{"接单锁定到期", "Claim's lease ended"},
			Since: Schema2, From: since(Schema2, StatusClaimed), To: StatusPaid,
			Actors: since(Schema2, RoleSeal, RoleDispenser),
			Orgs:   slices.Concat(home(Schema2, OrgHospital), visitors(Schema2, OrgPharmacy)),
			Guards: []Guard{{"lease-over", Schema2, leaseOver}},
			Effect: unclaim,
		},
		{
			Kind: KindContest, Words: Words{"患者提出异议", "Contested by the patient"},
			Since: Schema2, From: since(Schema2, StatusClaimed, StatusDispensed), To: StatusNone,
			Actors: since(Schema2, RolePatient), Orgs: home(Schema2, OrgHospital),
			Guards: []Guard{{"party", Schema2, isParty}, {"first-contest", Schema2, firstContest}},
			Effect: func(x *SubjectState, _ *Act) { x.Contested = true },
		},
		{
			Kind: KindDispense, Words: Words{"发药", "Dispensed"},
			Since: Schema1, From: since(Schema1, StatusClaimed), To: StatusDispensed,
			Actors: since(Schema1, RoleDispenser), Orgs: visitors(Schema1, OrgPharmacy),
			Facts: []Need{{Fact: "tags", Type: TypeTags, Since: Schema1}},
			Guards: []Guard{{"holder", Schema1, holder}, {"tags-unused", Schema1, unused},
				{"unexpired", Schema2, unexpired}},
		},
		{
			Kind: KindCancel, Words: Words{"作废", "Cancelled"},
			Since: Schema1, From: since(Schema1, StatusSigned, StatusApproved, StatusPaid),
			To:     StatusCancelled,
			Actors: since(Schema1, RoleDoctor, RolePatient), Orgs: home(Schema1, OrgHospital),
			Guards: []Guard{{"issuer-or-party", Schema2, canceller}},
		},
		{
			Kind: KindExpire, Words: Words{"失效", "Expired"},
			Since: Schema1, To: StatusExpired,
			From:   append(since(Schema1, StatusSigned, StatusApproved, StatusPaid), since(Schema2, StatusClaimed)...),
			Actors: since(Schema1, RoleSeal), Orgs: home(Schema1, OrgHospital),
			Guards: []Guard{{"overdue", Schema1, overdue}},
			Effect: unclaim,
		},
	},
}

// unclaim forgets the claim that stood.
func unclaim(x *SubjectState, _ *Act) {
	x.Holder, x.Until, x.Renewed, x.Contested = "", 0, false, false
}

// otherPerson: nobody reviews their own prescription (四眼原则); one person may hold several
// certificates.
func otherPerson(s *Step) Verdict {
	if s.Person == s.State.Person {
		return Refuse(CodeSelfReview, "the reviewer is the prescriber")
	}
	return Pass
}

// signedBefore judges the hospital's own steps by the writer's clock: a chain that stood still must
// not undo what was done in time. Nobody gains by setting that clock back, because no medicine
// leaves without a claim, and claims are judged by the block's time.
func signedBefore(s *Step, expires int64) Verdict {
	if s.Time >= expires {
		return Refuse(CodeExpired, "the prescription's validity had run out")
	}
	return Pass
}

func issuedInTime(s *Step) Verdict { return signedBefore(s, s.Facts.Expires) }
func signedInTime(s *Step) Verdict { return signedBefore(s, s.State.Expires) }

func unexpired(s *Step) Verdict {
	if s.At >= s.State.Expires {
		return Refuse(CodeExpired, "the prescription's validity has run out")
	}
	return Pass
}

// overdue asks the block's time alone: nobody may end a prescription early by setting a clock
// ahead.
func overdue(s *Step) Verdict {
	if s.Block < s.State.Expires {
		return Refuse(CodeNotYet, "not yet by block time")
	}
	return Pass
}

func holder(s *Step) Verdict {
	if s.State.Holder != s.Org {
		return Refuse(CodeNotHolder, "another pharmacy holds the claim")
	}
	return Pass
}

// unused: a package is dispensed once, whoever scans it and whenever (药品追溯码).
func unused(s *Step) Verdict {
	for _, t := range s.Facts.Tags {
		if s.World.Used(t) {
			return Refuse(CodeTagUsed, "a package's tag was dispensed before")
		}
	}
	return Pass
}

// settled: rx.pay names a settled payment of this very prescription.
func settled(s *Step) Verdict {
	pay := s.World.Subject(s.Facts.Ref)
	if pay.Status != StatusSettled || pay.Ref != s.Subject { // and of this hospital, or payable had refused it
		return Refuse(CodeReference, "not a settled payment of this prescription")
	}
	return Pass
}

// validity: no prescription is valid for years, and none is brought years after it was signed. What
// was signed in time and comes late, after its end even, is taken all the same: see signedBefore.
func validity(s *Step) Verdict {
	longest := MaxValidity.Milliseconds()
	if s.Facts.Expires-s.Time > longest {
		return Refuse(CodeBadValidity, "valid for longer than a prescription may be")
	}
	if s.Block-s.Time > longest {
		return Refuse(CodeBadValidity, "dated too far back")
	}
	return Pass
}

var pickupPrefix = []byte("smart-hospital/pickup/v1\x00")

// PickupNext is one step up the pick-up chain: SM3("smart-hospital/pickup/v1" ‖ 00 ‖ h). Who knows
// a code can compute what was revealed before it, and nothing that will be revealed after it.
func PickupNext(h [gm.HashSize]byte) [gm.HashSize]byte { return gm.Sum(pickupPrefix, h[:]) }

// pickupCode: each claim of a prescription that committed to a pick-up chain reveals the chain's
// next code, which the patient alone had. A former holder knows the codes before it and cannot
// compute this one.
func pickupCode(s *Step) Verdict {
	code := s.Facts.Code
	if s.State.Pickup == "" {
		if code != "" {
			return Refuse(CodeBadCode, "the prescription asks for no code")
		}
		return Pass
	}
	if IsHash(code) {
		raw, _ := hex.DecodeString(code)
		next := PickupNext([gm.HashSize]byte(raw))
		if hex.EncodeToString(next[:]) == s.State.Pickup {
			return Pass
		}
	}
	return Refuse(CodeBadCode, "not the prescription's next pick-up code")
}

// lease: a claim ends by itself. One of version 1, on a prescription of version 1, has no lease and
// ends with the validity (rx.expire).
func lease(s *Step) Verdict {
	until := s.Facts.Until
	switch {
	case until == 0:
		return Pass
	case until <= s.At || until-s.At > MaxLease.Milliseconds():
		return Refuse(CodeBadLease, "the lease's end is in the past or too far ahead")
	case until > s.State.Expires:
		return Refuse(CodeBadLease, "the lease would outlast the prescription's validity")
	}
	return Pass
}

// firstRenewal: a claim is renewed once, for longer, and not after the patient has contested it.
func firstRenewal(s *Step) Verdict {
	switch {
	case s.State.Renewed:
		return Refuse(CodeBadLease, "the claim was renewed before")
	case s.State.Contested:
		return Refuse(CodeBadLease, "the patient contests the claim")
	case s.Facts.Until <= s.State.Until:
		return Refuse(CodeBadLease, "the lease would not end later")
	}
	return Pass
}

// leaseOver asks the block's time alone: nobody may end another's claim early by setting a clock
// ahead.
func leaseOver(s *Step) Verdict {
	if s.Block < s.State.LeaseEnd() {
		return Refuse(CodeNotYet, "the claim's lease is not over by block time")
	}
	return Pass
}

func firstContest(s *Step) Verdict {
	if s.State.Contested {
		return Refuse(CodeTransition, "the claim is contested already")
	}
	return Pass
}

// outsider: nobody prescribes for himself or for a child of his, nor reviews such a prescription,
// by whatever certificate: one person has one CN in an organisation, whatever the role.
func outsider(s *Step, parties []string) Verdict {
	if slices.Contains(parties, s.Person) {
		return Refuse(CodeOwnParty, "the actor is one of the prescription's parties")
	}
	return Pass
}

func issuedByOutsider(s *Step) Verdict   { return outsider(s, s.Facts.Parties) }
func reviewedByOutsider(s *Step) Verdict { return outsider(s, s.State.Parties) }

// canceller: the doctor who issued it, or one of its parties.
func canceller(s *Step) Verdict {
	if s.Role != RoleDoctor {
		return isParty(s)
	}
	if s.Person != s.State.Person {
		return Refuse(CodeNotParty, "the doctor did not issue it")
	}
	return Pass
}

func isParty(s *Step) Verdict { return party(s, s.State) }

// party: the patient is one that the prescription named when it was issued. One of version 1 named
// nobody; then any patient of its hospital will do, as it always did.
func party(s *Step, rx SubjectState) Verdict {
	if len(rx.Parties) > 0 && !slices.Contains(rx.Parties, s.Person) {
		return Refuse(CodeNotParty, "the patient is none of the prescription's parties")
	}
	return Pass
}
