package contract

import "slices"

// SubjectGov is the prefix of changes of the members' list: their digests follow.
const SubjectGov = "gov:"

// KindVote: a member agrees to a change of the members' list; actor: its seal. Facts: Change.
const KindVote Kind = "gov.vote"

// Statuses of a change.
const (
	StatusVoted   Status = "voted"   // members with more than two thirds of the votes move next
	StatusAdopted Status = "adopted" // final; in force two heights later
)

var gov = Contract{
	Prefix: SubjectGov, Of: "change's digest",
	Called: map[Status]Words{StatusVoted: {"表决中", "being voted on"}, StatusAdopted: {"已通过", "adopted"}},
	Steps: []Transition{{
		// A change is everybody's. The vote that makes the quorum adopts it.
		Kind: KindVote, Words: Words{"名单变更表决", "Vote on the members' list"},
		Since: Schema1, From: since(Schema1, StatusNone, StatusVoted), To: StatusVoted,
		Or:     StatusAdopted,
		Actors: since(Schema1, RoleSeal),
		Orgs: slices.Concat(visitors(Schema1, OrgHospital, OrgPharmacy, OrgInsurer),
			visitors(Schema2, OrgMaker, OrgWholesaler, OrgBank, OrgArbiter)),
		Facts: []Need{{Fact: "change", Type: TypeChange, Since: Schema1}}, SealInForce: true,
		Guards: []Guard{{"ballot", Schema1, ballot}},
	}},
}

// ballot: a member with a vote agrees once to a change of the very list in force. The vote that
// makes the quorum adopts it.
func ballot(s *Step) Verdict {
	b, err := s.World.Ballot()
	if err != nil {
		return Refuse(CodeMalformed, err.Error())
	}
	switch {
	case b.Power() == 0:
		return Refuse(CodeRole, "organisation has no vote")
	case b.Pending():
		return Refuse(CodeNotYet, "the list adopted last is not in force yet")
	case b.Voted():
		return Refuse(CodeTransition, "organisation has voted for it")
	}
	if err := b.Apply(); err != nil {
		return Refuse(CodeBadChange, err.Error())
	}
	if b.Decides() {
		if err := b.Adopt(); err != nil {
			return Refuse(CodeBadChange, err.Error())
		}
	}
	return Pass
}
