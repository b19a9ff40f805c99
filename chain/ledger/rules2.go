package ledger

import (
	"slices"

	"github.com/smart-hospital/hospital/chain"
)

// since2 are the conditions that schema 2 brought. They judge every statement from the agreed height on, those of version 1 too.
func (s *step) since2() verdict {
	switch s.st.Kind {
	case chain.KindIssue:
		return first(s.validity(), s.outsider(s.st.Facts.Parties))
	case chain.KindApprove, chain.KindReject:
		return s.outsider(s.state.Parties)
	case chain.KindClaim:
		return first(s.code(), s.lease())
	case chain.KindRenew:
		return first(s.holder(), s.unexpired(s.state.Expires), s.firstRenewal(), s.lease())
	case chain.KindLapse:
		return s.leaseOver()
	case chain.KindDispense:
		return s.unexpired(s.state.Expires)
	case chain.KindContest:
		return first(s.party(s.state), s.firstContest())
	case chain.KindCancel:
		return s.canceller()
	case chain.KindPayOpen:
		rx, _ := subjectState(s.view, s.st.Facts.Ref)
		return s.party(rx)
	}
	return pass
}

// dated: nobody writes years ahead. A quiet chain's block time lags, so the refusal is not for good: the block that holds it moves the
// time on.
func (s *step) dated() verdict {
	if s.st.Time-s.block > chain.MaxAhead.Milliseconds() {
		return refuse(chain.CodeNotYet, "dated too far ahead of the block's time")
	}
	return pass
}

// validity: no prescription is valid for years, and none is brought years after it was signed. What was signed in time and comes late, after
// its end even, is taken all the same: see signedBefore.
func (s *step) validity() verdict {
	longest := chain.MaxValidity.Milliseconds()
	if s.st.Facts.Expires-s.st.Time > longest {
		return refuse(chain.CodeBadValidity, "valid for longer than a prescription may be")
	}
	if s.block-s.st.Time > longest {
		return refuse(chain.CodeBadValidity, "dated too far back")
	}
	return pass
}

// code: each claim of a prescription that committed to a pick-up chain reveals the chain's next code, which the patient alone had. A former
// holder knows the codes before it and cannot compute this one.
func (s *step) code() verdict {
	code := s.st.Facts.Code
	if s.state.Pickup == "" {
		if code != "" {
			return refuse(chain.CodeBadCode, "the prescription asks for no code")
		}
		return pass
	}
	h, err := chain.ParseHash(code)
	if err != nil || chain.PickupNext(h).String() != s.state.Pickup {
		return refuse(chain.CodeBadCode, "not the prescription's next pick-up code")
	}
	return pass
}

// lease: a claim ends by itself. One of version 1, on a prescription of version 1, has no lease and ends with the validity (rx.expire).
func (s *step) lease() verdict {
	until := s.st.Facts.Until
	switch {
	case until == 0:
		return pass
	case until <= s.at || until-s.at > chain.MaxLease.Milliseconds():
		return refuse(chain.CodeBadLease, "the lease's end is in the past or too far ahead")
	case until > s.state.Expires:
		return refuse(chain.CodeBadLease, "the lease would outlast the prescription's validity")
	}
	return pass
}

// firstRenewal: a claim is renewed once, for longer, and not after the patient has contested it.
func (s *step) firstRenewal() verdict {
	switch {
	case s.state.Renewed:
		return refuse(chain.CodeBadLease, "the claim was renewed before")
	case s.state.Contested:
		return refuse(chain.CodeBadLease, "the patient contests the claim")
	case s.st.Facts.Until <= s.state.Until:
		return refuse(chain.CodeBadLease, "the lease would not end later")
	}
	return pass
}

// leaseOver asks the block's time alone: nobody may end another's claim early by setting a clock ahead.
func (s *step) leaseOver() verdict {
	if s.block < s.state.LeaseEnd() {
		return refuse(chain.CodeNotYet, "the claim's lease is not over by block time")
	}
	return pass
}

func (s *step) firstContest() verdict {
	if s.state.Contested {
		return refuse(chain.CodeTransition, "the claim is contested already")
	}
	return pass
}

// outsider: nobody prescribes for himself or for a child of his, nor reviews such a prescription, by whatever certificate: one person has one
// CN in an organisation, whatever the role.
func (s *step) outsider(parties []string) verdict {
	if slices.Contains(parties, s.actor.SubjectCN()) {
		return refuse(chain.CodeOwnParty, "the actor is one of the prescription's parties")
	}
	return pass
}

// canceller: the doctor who issued it, or one of its parties.
func (s *step) canceller() verdict {
	if chain.Role(s.actor.SubjectRole()) == chain.RoleDoctor {
		if s.actor.SubjectCN() != s.state.Person {
			return refuse(chain.CodeNotParty, "the doctor did not issue it")
		}
		return pass
	}
	return s.party(s.state)
}

// party: the patient is one that the prescription named when it was issued. One of version 1 named nobody; then any patient of its hospital
// will do, as it always did.
func (s *step) party(rx chain.SubjectState) verdict {
	if len(rx.Parties) > 0 && !slices.Contains(rx.Parties, s.actor.SubjectCN()) {
		return refuse(chain.CodeNotParty, "the patient is none of the prescription's parties")
	}
	return pass
}
