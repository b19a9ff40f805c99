package chain

import "slices"

// Advance is where a subject stands after one record more: the record's statement, its id and its actor's CN. It judges nothing: the ledger
// has. Recomputing states from the log's records gives the ledger's.
//
// Two things it cannot know from the statement: a vote that makes the quorum leads to StatusAdopted, and an enrolment's Person is the
// enrolled certificate's CN.
func Advance(s SubjectState, st Statement, id, person string) SubjectState {
	law, _ := TransitionOf(st.Kind)
	if s.Seq == 0 {
		s.Subject, s.Org, s.Person = st.Subject, st.Org, person
	}
	s.Seq, s.Last, s.Status = st.Seq, id, law.Next(s.Status)
	switch st.Kind {
	case KindIssue:
		s.Expires, s.Pickup, s.Parties = st.Facts.Expires, st.Facts.Pickup, slices.Clone(st.Facts.Parties)
	case KindPay, KindPayOpen:
		s.Ref = st.Facts.Ref
	case KindClaim:
		s.Holder, s.Until = st.Org, st.Facts.Until
		if s.Pickup != "" {
			s.Pickup, s.Claims = st.Facts.Code, s.Claims+1
		}
	case KindRenew:
		s.Until, s.Renewed = st.Facts.Until, true
	case KindContest:
		s.Contested = true
	case KindRelease, KindLapse, KindExpire:
		s.unclaimed()
	}
	return s
}

// unclaimed forgets the claim that stood.
func (s *SubjectState) unclaimed() { s.Holder, s.Until, s.Renewed, s.Contested = "", 0, false, false }

// LeaseEnd is the first moment (Unix milliseconds) at which anybody may lapse the claim: a claim of version 1 has no lease and stands until
// the prescription's validity ends.
func (s SubjectState) LeaseEnd() int64 {
	if s.Until == 0 {
		return s.Expires
	}
	return s.Until
}
