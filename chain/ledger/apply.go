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
	v.status[s.rec.place] = chain.StatusValue(v.get(keySubject(s.Subject)))
	v.set(keySubjectRecord(s.Subject, index), []byte{1})
	v.set(keyIndex(index), entry{Height: height, Time: s.Block, Record: []byte(s.rec.raw)}.encode())
	appendLeaf(v, index, s.rec.leaf)
	return pass
}

// effect writes what later records are judged by.
func (s *step) effect(index uint64) {
	v := s.view
	s.State = s.law.Advance(s.State, &s.Act, s.rec.id, s.Person)
	if s.adopts != nil {
		s.State.Status = s.law.Or
	}
	if s.enrols != nil {
		s.State.Person = s.enrols.SubjectCN()
	}
	v.setState(s.State)
	v.set(keyID(s.rec.id), indexValue(index))
	for _, t := range s.Facts.Tags {
		v.set(keyTag(t), indexValue(index))
	}
	if s.enrols != nil {
		v.set(keyCert(s.enrols.ID()), marshal(certEntry{DER: s.enrols.Raw(), Org: s.Org}))
		v.set(keyPublic(s.enrols.PublicKey().Hex()), []byte(ownerOf(s.Org, s.enrols)))
	}
	if s.ballot != nil {
		s.ballot.write()
	}
}

func instant(ms int64) time.Time { return time.UnixMilli(ms) }
