package contract

import "slices"

// SubjectMove is the prefix of moves: their numbers follow.
const SubjectMove = "move:"

// Kinds of a move.
const (
	// KindMovePay: a holder gave some of a lot away, at once and for good (划转). Facts: Amount, Lot,
	// To. Schema 2.
	KindMovePay Kind = "move.pay"
	// KindMoveOpen: a holder offers some of a lot, which is held until the receiver answers (发出).
	// Facts: Amount, Lot, To and, as the offer has them, Until, and Price with PriceLot. Schema 2.
	KindMoveOpen Kind = "move.open"
	// KindMoveTake: the receiver took the offer, or a part of it; the rest is free again. The price
	// goes to the giver in the same record: delivery versus payment (签收). Facts: Amount. Schema 2.
	KindMoveTake Kind = "move.take"
	// KindMoveVoid: the offer came to nothing (撤销). Schema 2.
	KindMoveVoid Kind = "move.void"
)

// Statuses of a move.
const (
	StatusPending Status = "pending" // the receiver moves next
	StatusDone    Status = "done"    // final
	StatusVoid    Status = "void"    // final; nothing moved
)

var move = Contract{
	Prefix: SubjectMove,
	Called: map[Status]Words{
		StatusPending: {"待签收", "Waiting for the receiver"},
		StatusDone:    {"已完成", "Done"},
		StatusVoid:    {"已撤销", "Void"},
	},
	State: []string{"amount", "lot", "price", "priceLot", "to", "until"},
	Steps: []Transition{
		{
			Kind: KindMovePay, Words: Words{"划转", "Transferred"},
			Since: Schema2, From: since(Schema2, StatusNone), To: StatusDone,
			Actors: since(Schema2, RoleSeal), Orgs: home(Schema2, holders...),
			Facts: []Need{
				{Fact: "amount", Type: TypeAmount, Since: Schema2},
				{Fact: "lot", Type: TypeSubject, Since: Schema2, Of: []string{SubjectLot}},
				{Fact: "to", Type: TypeHolder, Since: Schema2},
			},
			Guards: []Guard{{"receiver", Schema2, payee}, {"lot-moves", Schema2, goes}, {"free", Schema2, covered}},
			Effect: offered,
			Touch: func(s *Step, touch func(string) *SubjectState) {
				transfer(touch, s.Facts.Lot, s.Org, s.Facts.To, s.Facts.Amount)
			},
		},
		{
			Kind: KindMoveOpen, Words: Words{"发出", "Offered"},
			Since: Schema2, From: since(Schema2, StatusNone), To: StatusPending,
			Actors: since(Schema2, RoleSeal), Orgs: home(Schema2, holders...),
			Facts: []Need{
				{Fact: "amount", Type: TypeAmount, Since: Schema2},
				{Fact: "lot", Type: TypeSubject, Since: Schema2, Of: []string{SubjectLot}},
				{Fact: "price", Type: TypeAmount, Since: Schema2, Optional: true, With: "priceLot"},
				{Fact: "priceLot", Type: TypeSubject, Since: Schema2, Optional: true, With: "price",
					Of: []string{SubjectLot}},
				{Fact: "to", Type: TypeMember, Since: Schema2},
				{Fact: "until", Type: TypeMoment, Since: Schema2, Optional: true},
			},
			Guards: []Guard{{"receiver", Schema2, taker}, {"lot-moves", Schema2, goes}, {"free", Schema2, covered},
				{"until-ahead", Schema2, untilAhead}, {"other-lot", Schema2, otherLot}},
			Effect: offered,
			Touch: func(s *Step, touch func(string) *SubjectState) {
				holding(touch, s.Org, s.Facts.Lot).Held += s.Facts.Amount
			},
		},
		{
			Kind: KindMoveTake, Words: Words{"签收", "Taken"},
			Since: Schema2, From: since(Schema2, StatusPending), To: StatusDone,
			Actors: since(Schema2, RoleSeal), Orgs: visitors(Schema2, holders...),
			Facts: []Need{{Fact: "amount", Type: TypeAmount, Since: Schema2}},
			Guards: []Guard{{"receiver", Schema2, receiver}, {"until", Schema2, inTime},
				{"pending", Schema2, ofPending}, {"lot-moves", Schema2, goesOn}, {"price", Schema2, priced}},
			Effect: func(x *SubjectState, a *Act) { x.Amount = a.Facts.Amount },
			Touch: func(s *Step, touch func(string) *SubjectState) {
				m := s.State
				holding(touch, m.Org, m.Lot).Held -= m.Amount
				transfer(touch, m.Lot, m.Org, m.To, s.Facts.Amount)
				if m.Price != 0 {
					transfer(touch, m.PriceLot, m.To, m.Org, m.Price)
				}
			},
		},
		{
			Kind: KindMoveVoid, Words: Words{"撤销划转", "Offer void"},
			Since: Schema2, From: since(Schema2, StatusPending), To: StatusVoid,
			Actors: since(Schema2, RoleSeal), Orgs: visitors(Schema2, holders...),
			Guards: []Guard{{"party-or-over", Schema2, voids}},
			Touch: func(s *Step, touch func(string) *SubjectState) {
				holding(touch, s.State.Org, s.State.Lot).Held -= s.State.Amount
			},
		},
	},
}

// offered notes what the giver says.
func offered(x *SubjectState, a *Act) {
	f := a.Facts
	x.Amount, x.Lot, x.Price, x.PriceLot, x.To, x.Until = f.Amount, f.Lot, f.Price, f.PriceLot, f.To, f.Until
}

// transfer moves some of a lot. Its two holdings are never one: nobody gives to itself.
func transfer(touch func(string) *SubjectState, lot, from, to string, amount int64) {
	holding(touch, from, lot).Balance -= amount
	holding(touch, to, lot).Balance += amount
}

// payee: what is given goes to another member that may hold it, or out of the book.
func payee(s *Step) Verdict {
	if s.Facts.To == HolderUsed || s.Facts.To == HolderLost {
		return Pass
	}
	return taker(s)
}

// taker: what is offered is offered to another member that may hold it.
func taker(s *Step) Verdict {
	if s.Facts.To == s.Org || !slices.Contains(holders, s.World.Member(s.Facts.To)) {
		return Refuse(CodeReference, "the receiver is no other member that may hold it")
	}
	return Pass
}

// movable: an open lot moves; a frozen one goes back to its issuer, or is lost.
func movable(s *Step, lot, to string) Verdict {
	switch l := s.World.Subject(lot); {
	case l.Status == StatusOpen, l.Status == StatusFrozen && (to == l.Org || to == HolderLost):
		return Pass
	case l.Status == StatusFrozen:
		return Refuse(CodeFrozen, "the lot is frozen")
	}
	return Refuse(CodeReference, "not a lot that moves")
}

func goes(s *Step) Verdict   { return movable(s, s.Facts.Lot, s.Facts.To) }
func goesOn(s *Step) Verdict { return movable(s, s.State.Lot, s.State.To) }

// free: a holder gives what it has and no pending move holds.
func free(s *Step, holder, lot string, amount int64) Verdict {
	if h := s.World.Subject(holdingOf(holder, lot)); h.Balance-h.Held < amount {
		return Refuse(CodeShort, "the holder has less of the lot that is free")
	}
	return Pass
}

func covered(s *Step) Verdict { return free(s, s.Org, s.Facts.Lot, s.Facts.Amount) }

func untilAhead(s *Step) Verdict {
	if s.Facts.Until != 0 && s.Facts.Until <= s.At {
		return Refuse(CodeExpired, "the offer would be over already")
	}
	return Pass
}

// otherLot: nothing is paid for with itself.
func otherLot(s *Step) Verdict {
	if s.Facts.PriceLot == s.Facts.Lot {
		return Refuse(CodeReference, "the price is in the lot that moves")
	}
	return Pass
}

func receiver(s *Step) Verdict {
	if s.Org != s.State.To {
		return Refuse(CodeNotParty, "offered to another")
	}
	return Pass
}

// inTime asks the later of block time and the taker's own: nobody takes what is over by setting a
// clock back.
func inTime(s *Step) Verdict {
	if s.State.Until != 0 && s.At >= s.State.Until {
		return Refuse(CodeExpired, "the offer is over")
	}
	return Pass
}

// ofPending: no more is taken than was offered, and what has a price is taken whole.
func ofPending(s *Step) Verdict {
	switch pending := s.State.Amount; {
	case s.Facts.Amount > pending:
		return Refuse(CodeShort, "more than is pending")
	case s.Facts.Amount < pending && s.State.Price != 0:
		return Refuse(CodeTransition, "what has a price is taken whole")
	}
	return Pass
}

// priced: the receiver has the price, and the giver may have it.
func priced(s *Step) Verdict {
	m := s.State
	if m.Price == 0 {
		return Pass
	}
	if v := movable(s, m.PriceLot, m.Org); v != Pass {
		return v
	}
	if !slices.Contains(holders, s.World.Member(m.Org)) {
		return Refuse(CodeReference, "the giver is no member any more")
	}
	return free(s, s.Org, m.PriceLot, m.Price)
}

// voids: the giver and the receiver may end an offer; once it is over by block time, anybody.
func voids(s *Step) Verdict {
	if s.Org == s.State.Org || s.Org == s.State.To {
		return Pass
	}
	switch {
	case s.State.Until == 0:
		return Refuse(CodeNotParty, "neither the giver nor the receiver")
	case s.Block < s.State.Until:
		return Refuse(CodeNotYet, "the offer is not over by block time")
	}
	return Pass
}
