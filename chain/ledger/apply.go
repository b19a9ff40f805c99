package ledger

import (
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// apply executes one record: judged, and written to the view when it passes. index is the log's size.
func apply(s *step, index uint64, height int64) verdict {
	if v := s.judge(); v != pass {
		return v
	}
	v, st := s.view, s.st
	s.advance()
	v.setState(s.state, s.rec.place)
	v.set(keySubjectRecord(st.Subject, index), []byte{1})
	v.set(keyIndex(index), entry{Height: height, Time: s.block, Record: []byte(s.rec.raw)}.encode())
	v.set(keyID(s.rec.id), indexValue(index))
	for _, t := range st.Facts.Tags {
		v.set(keyTag(t), indexValue(index))
	}
	if s.enrols != nil {
		v.set(keyCert(s.enrols.ID()), marshal(certEntry{DER: s.enrols.Raw(), Org: st.Org}))
		v.set(keyPublic(s.enrols.PublicKey().Hex()), []byte(ownerOf(st.Org, s.enrols)))
	}
	if st.Kind == chain.KindVote {
		s.writeVote()
	}
	appendLeaf(v, index, s.rec.leaf)
	return pass
}

// advance moves the subject's state by one step.
func (s *step) advance() {
	if s.state.Seq == 0 {
		s.state.Org, s.state.Person = s.st.Org, s.actor.SubjectCN()
	}
	s.state.Seq, s.state.Last, s.state.Status = s.st.Seq, s.rec.id, s.law.To
	switch s.st.Kind {
	case chain.KindVote:
		if s.adopts != nil {
			s.state.Status = chain.StatusAdopted
		}
	case chain.KindEnrol:
		s.state.Person = s.enrols.SubjectCN()
	case chain.KindIssue:
		s.state.Expires = s.st.Facts.Expires
	case chain.KindPay, chain.KindPayOpen:
		s.state.Ref = s.st.Facts.Ref
	case chain.KindClaim:
		s.state.Holder = s.st.Org
	case chain.KindRelease:
		s.state.Holder = ""
	}
}

func instant(ms int64) time.Time { return time.UnixMilli(ms) }
