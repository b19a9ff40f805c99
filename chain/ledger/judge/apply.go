package judge

import (
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Apply executes the record: judged, and written to the view when it passes. index is the log's
// size.
func (s *Step) Apply(index uint64) contract.Verdict {
	if v := s.Judge(); v != contract.Pass {
		return v
	}
	s.Effect(index)
	v := s.view
	s.moved(s.Subject, s.rec.place, index)
	for _, further := range s.touched {
		s.moved(further.Subject, merkle.StatusKey(further.Subject), index)
	}
	storage.AppendEntry(v, index, storage.Entry{Height: s.height, Time: s.Block, Record: []byte(s.rec.Raw)}, s.rec.leaf)
	return contract.Pass
}

// Effect writes what later records are judged by, and neither log nor status tree: all that a trial
// needs of a record that passes.
func (s *Step) Effect(index uint64) {
	v := s.view
	if s.law.Touch != nil {
		s.law.Touch(&s.Step, s.touch)
	}
	s.State = s.law.Advance(s.State, &s.Act, s.rec.ID, s.Person)
	if s.adopts != nil {
		s.State.Status = s.law.Or
	}
	if s.enrols != nil {
		s.State.Person = s.enrols.SubjectCN()
	}
	v.SetState(s.State)
	for _, further := range s.touched {
		further.Seq, further.Last = further.Seq+1, s.rec.ID
		v.SetState(*further)
	}
	v.Set(storage.KeyID(s.rec.ID), storage.IndexValue(index))
	for _, t := range s.Facts.Tags {
		v.Set(storage.KeyTag(t), storage.IndexValue(index))
	}
	if s.enrols != nil {
		v.Set(storage.KeyCert(s.enrols.ID()), storage.Marshal(storage.CertEntry{DER: s.enrols.Raw(), Org: s.Org}))
		v.Set(storage.KeyPublic(s.enrols.PublicKey().Hex()), []byte(ownerOf(s.Org, s.enrols)))
	}
	if s.ballot != nil {
		s.ballot.write()
	}
}

// moved puts a subject's new state at its place in the status tree, and the record among its own.
func (s *Step) moved(subject string, place merkle.Hash, index uint64) {
	s.view.Status[place] = merkle.StatusValue(s.view.Read(storage.KeySubject(subject)))
	s.view.Set(storage.KeySubjectRecord(subject, index), []byte{1})
}

// touch is a further subject of the step as it will stand: a copy, which Effect writes. It has the
// step's record as its last, and one sequence more; that of its first record is its organisation's.
func (s *Step) touch(subject string) *chain.SubjectState {
	if subject == s.Subject {
		panic("ledger: a contract touches the step's own subject; that is what Effect is for")
	}
	for _, t := range s.touched {
		if t.Subject == subject {
			return t
		}
	}
	state, there := storage.SubjectState(s.view, subject)
	if !there {
		state.Subject, state.Org, state.Person = subject, s.Org, s.Person
	}
	s.touched = append(s.touched, &state)
	return &state
}
