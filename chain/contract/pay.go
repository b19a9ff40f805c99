package contract

// SubjectPay is the prefix of settlements: their numbers follow.
const SubjectPay = "pay:"

// Kinds of a settlement.
const (
	// KindPayOpen: the patient authorised a settlement. Facts: Ref = the prescription's subject.
	KindPayOpen Kind = "pay.open"
	// KindPaySettle: the insurer settled it (结算).
	KindPaySettle Kind = "pay.settle"
	// KindPayFail: the insurer refused or revoked it; no money moved.
	KindPayFail Kind = "pay.fail"
	// KindPayRefund: the money went back (退费).
	KindPayRefund Kind = "pay.refund"
)

// Statuses of a settlement.
const (
	StatusOpened   Status = "opened"   // the insurer moves next
	StatusSettled  Status = "settled"  // final unless the prescription is cancelled or expires
	StatusFailed   Status = "failed"   // final
	StatusRefunded Status = "refunded" // final
)

var pay = Contract{
	Prefix: SubjectPay,
	State:  []string{"ref"},
	Steps: []Transition{
		{
			Kind: KindPayOpen, Words: Words{"发起结算", "Settlement opened"},
			Since: Schema1, From: since(Schema1, StatusNone), To: StatusOpened,
			Actors: since(Schema1, RolePatient), Orgs: home(Schema1, OrgHospital),
			Facts:  []Need{{Fact: "ref", Type: TypeSubject, Since: Schema1, Of: []string{SubjectRx, SubjectPay}}},
			Guards: []Guard{{"payable", Schema1, payable}, {"party", Schema2, payer}},
			Effect: func(x *SubjectState, a *Act) { x.Ref = a.Facts.Ref },
		},
		{
			Kind: KindPaySettle, Words: Words{"结算完成", "Settled"},
			Since: Schema1, From: since(Schema1, StatusOpened), To: StatusSettled,
			Actors: since(Schema1, RoleSeal), Orgs: home(Schema1, OrgHospital),
		},
		{
			Kind: KindPayFail, Words: Words{"结算失败", "Settlement failed"},
			Since: Schema1, From: since(Schema1, StatusOpened), To: StatusFailed,
			Actors: since(Schema1, RoleSeal), Orgs: home(Schema1, OrgHospital),
		},
		{
			Kind: KindPayRefund, Words: Words{"退费", "Refunded"},
			Since: Schema1, From: since(Schema1, StatusSettled), To: StatusRefunded,
			Actors: since(Schema1, RoleSeal), Orgs: home(Schema1, OrgHospital),
			Guards: []Guard{{"refundable", Schema1, refundable}},
		},
	},
}

// payable: pay.open names an approved prescription of the same hospital.
func payable(s *Step) Verdict {
	rx := s.World.Subject(s.Facts.Ref)
	if rx.Status != StatusApproved || rx.Org != s.Org {
		return Refuse(CodeReference, "not an approved prescription of this hospital")
	}
	return Pass
}

func payer(s *Step) Verdict {
	return party(s, s.World.Subject(s.Facts.Ref))
}

// refundable: money goes back when the prescription ended unused or was paid by another settlement.
func refundable(s *Step) Verdict {
	rx := s.World.Subject(s.State.Ref)
	ended := rx.Status == StatusCancelled || rx.Status == StatusExpired
	if !ended && rx.Ref == s.Subject {
		return Refuse(CodeReference, "the prescription it paid still stands")
	}
	return Pass
}
