package contract

import (
	"slices"
	"strings"
)

// The book (账簿): lots of a fixed amount, moves between holders, and what each holder has of each
// lot. An issuer opens a lot and has all of it; moves hand it on. Nothing is made or lost on the
// way: the balances of a lot always sum up to its amount.

// SubjectLot is the prefix of lots. SubjectOwn is that of what holders have: the holder and the
// lot's name follow. No record names the latter; lots and moves change it.
const (
	SubjectLot = "lot:"
	SubjectOwn = "own:"
)

// Kinds of a lot.
const (
	// KindLotOpen: an issuer issued a lot; all of it is the issuer's (发行). Facts: Amount, Class
	// and, as the lot has them, Root, Ref, Expires, Tags. Schema 2.
	KindLotOpen Kind = "lot.open"
	// KindLotFreeze: the issuer or a regulator stopped it (冻结). Schema 2.
	KindLotFreeze Kind = "lot.freeze"
	// KindLotThaw: who froze it lets it go (解冻). Schema 2.
	KindLotThaw Kind = "lot.thaw"
	// KindLotClose: all of it is back with the issuer, used or lost (结清). Schema 2.
	KindLotClose Kind = "lot.close"
)

// Statuses of a lot, and the one of what a holder has.
const (
	StatusOpen    Status = "open"    // its holders move it
	StatusFrozen  Status = "frozen"  // it moves back to its issuer, or is lost; who froze it moves next
	StatusClosed  Status = "closed"  // final
	StatusHolding Status = "holding" // of an own: subject, always
)

// Holders that are no members. What they have stays there.
const (
	HolderUsed = "USED" // handed out, consumed, paid up
	HolderLost = "LOST" // destroyed, stolen, written off
)

// Classes of lots.
const (
	ClassPackages   = "packages"   // packages of one batch of a medicine
	ClassReceivable = "receivable" // what an insurer owes, in fen
	ClassDeposit    = "deposit"    // what a bank keeps, in fen
)

// issuers says who issues lots of a class.
var issuers = map[string]OrgRole{
	ClassPackages: OrgMaker, ClassReceivable: OrgInsurer, ClassDeposit: OrgBank,
}

// holders are the organisations that may have something of a lot.
var holders = []OrgRole{OrgHospital, OrgPharmacy, OrgInsurer, OrgMaker, OrgWholesaler, OrgBank}

const lotName = `[a-zA-Z0-9-]{1,30}`

// Types of the book's facts.
var (
	TypeClass = oneOf("class", ClassDeposit+"|"+ClassPackages+"|"+ClassReceivable,
		ClassDeposit+", "+ClassPackages+" or "+ClassReceivable)
	TypeMember = oneOf("member", orgPattern, "a member's id: 1-32 characters a-z 0-9 -")
	TypeHolder = oneOf("holder", orgPattern+"|"+HolderLost+"|"+HolderUsed,
		"a member's id, "+HolderUsed+" or "+HolderLost)
)

var lot = Contract{
	Prefix: SubjectLot, Of: "1-30 characters", Name: lotName,
	Called: map[Status]Words{
		StatusOpen:   {"流通中", "In circulation"},
		StatusFrozen: {"已冻结", "Frozen"},
		StatusClosed: {"已结清", "Closed"},
	},
	State: []string{"amount", "class", "expires", "freezer", "ref", "root"},
	Steps: []Transition{
		{
			Kind: KindLotOpen, Words: Words{"发行批次", "Lot issued"},
			Since: Schema2, From: since(Schema2, StatusNone), To: StatusOpen,
			Actors: since(Schema2, RoleSeal), Orgs: home(Schema2, OrgMaker, OrgInsurer, OrgBank),
			Facts: []Need{
				{Fact: "amount", Type: TypeAmount, Since: Schema2},
				{Fact: "class", Type: TypeClass, Since: Schema2},
				{Fact: "expires", Type: TypeMoment, Since: Schema2, Optional: true},
				{Fact: "ref", Type: TypeSubject, Since: Schema2, Optional: true,
					Of: []string{SubjectPay, SubjectLot, SubjectMove}},
				{Fact: "root", Type: TypeDigest, Since: Schema2, Optional: true},
				{Fact: "tags", Type: TypeTags, Since: Schema2, Optional: true},
			},
			Guards: []Guard{{"issuer", Schema2, issuer}, {"known-reference", Schema2, knownRef},
				{"tags-unused", Schema2, unused}},
			Effect: func(x *SubjectState, a *Act) {
				f := a.Facts
				x.Amount, x.Class, x.Expires, x.Ref, x.Root = f.Amount, f.Class, f.Expires, f.Ref, f.Root
			},
			Touch: func(s *Step, touch func(string) *SubjectState) {
				holding(touch, s.Org, s.Subject).Balance += s.Facts.Amount
			},
		},
		{
			Kind: KindLotFreeze, Words: Words{"冻结批次", "Lot frozen"},
			Since: Schema2, From: since(Schema2, StatusOpen, StatusFrozen), To: StatusFrozen,
			Actors: since(Schema2, RoleSeal),
			Orgs:   slices.Concat(home(Schema2, OrgMaker, OrgInsurer, OrgBank), visitors(Schema2, OrgRegulator)),
			Guards: []Guard{{"not-frozen", Schema2, freezable}},
			Effect: func(x *SubjectState, a *Act) { x.Freezer = a.Org },
		},
		{
			Kind: KindLotThaw, Words: Words{"解冻批次", "Lot released"},
			Since: Schema2, From: since(Schema2, StatusFrozen), To: StatusOpen,
			Actors: since(Schema2, RoleSeal),
			Orgs:   slices.Concat(home(Schema2, OrgMaker, OrgInsurer, OrgBank), visitors(Schema2, OrgRegulator)),
			Guards: []Guard{{"freezer", Schema2, thaws}},
			Effect: func(x *SubjectState, _ *Act) { x.Freezer = "" },
		},
		{
			Kind: KindLotClose, Words: Words{"结清批次", "Lot closed"},
			Since: Schema2, From: since(Schema2, StatusOpen, StatusFrozen), To: StatusClosed,
			Actors: since(Schema2, RoleSeal), Orgs: home(Schema2, OrgMaker, OrgInsurer, OrgBank),
			Guards: []Guard{{"all-back", Schema2, allBack}},
			Effect: func(x *SubjectState, _ *Act) { x.Freezer = "" },
		},
	},
}

// own is what a holder has of a lot: balance, and how much of it pending moves hold.
var own = Contract{
	Prefix: SubjectOwn, Name: `(?:` + orgPattern + `|` + HolderLost + `|` + HolderUsed + `):` + lotName, Derived: true,
	State: []string{"balance", "held"},
	Called: map[Status]Words{
		StatusHolding: {"持有", "Held"},
	},
}

// holdingOf is the subject of what a holder has of a lot.
func holdingOf(holder, lot string) string {
	return SubjectOwn + holder + ":" + strings.TrimPrefix(lot, SubjectLot)
}

// holding is what a holder has of a lot, as it will stand.
func holding(touch func(string) *SubjectState, holder, lot string) *SubjectState {
	h := touch(holdingOf(holder, lot))
	h.Status = StatusHolding
	return h
}

// issuer: each class is its own kind of organisation's to issue.
func issuer(s *Step) Verdict {
	if s.World.Member(s.Org) != issuers[s.Facts.Class] {
		return Refuse(CodeRole, "not an organisation that issues this class")
	}
	return Pass
}

// knownRef: what a lot says it is for is on the chain.
func knownRef(s *Step) Verdict {
	if s.Facts.Ref != "" && s.World.Subject(s.Facts.Ref).Seq == 0 {
		return Refuse(CodeReference, "what it refers to has no record")
	}
	return Pass
}

// freezable: a regulator may freeze what the issuer has frozen, so that the issuer alone cannot let
// it go.
func freezable(s *Step) Verdict {
	if s.State.Status == StatusFrozen && (s.State.Freezer != s.State.Org || s.Org == s.State.Org) {
		return Refuse(CodeTransition, "frozen already")
	}
	return Pass
}

// thaws: the issuer's freeze is the issuer's to end; a regulator's is any regulator's, for the one
// that froze may have left.
func thaws(s *Step) Verdict {
	if (s.State.Freezer == s.State.Org) != (s.Org == s.State.Org) {
		return Refuse(CodeNotHolder, "another froze it")
	}
	return Pass
}

// allBack: a lot is closed when nobody but its issuer has anything of it, and nothing is pending.
func allBack(s *Step) Verdict {
	with := func(holder string) SubjectState { return s.World.Subject(holdingOf(holder, s.Subject)) }
	issuers := with(s.State.Org)
	if issuers.Held != 0 || issuers.Balance+with(HolderUsed).Balance+with(HolderLost).Balance != s.State.Amount {
		return Refuse(CodeReference, "others have some of it, or some is pending")
	}
	return Pass
}
