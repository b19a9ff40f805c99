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
	s.effect(index)
	v := s.view
	v.status[s.rec.place] = chain.StatusValue(v.get(keySubject(s.st.Subject)))
	v.set(keySubjectRecord(s.st.Subject, index), []byte{1})
	v.set(keyIndex(index), entry{Height: height, Time: s.block, Record: []byte(s.rec.raw)}.encode())
	appendLeaf(v, index, s.rec.leaf)
	return pass
}

// effect writes what later records are judged by.
func (s *step) effect(index uint64) {
	v, st := s.view, s.st
	s.advance()
	v.setState(s.state)
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
}

// advance moves the subject's state by one step.
func (s *step) advance() {
	s.state = chain.Advance(s.state, s.st, s.rec.id, s.actor.SubjectCN())
	if s.adopts != nil {
		s.state.Status = chain.StatusAdopted
	}
	if s.enrols != nil {
		s.state.Person = s.enrols.SubjectCN()
	}
}

func instant(ms int64) time.Time { return time.UnixMilli(ms) }
