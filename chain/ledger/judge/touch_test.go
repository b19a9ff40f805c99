package judge

import (
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// TestTouchedSubjects: a step that moves further subjects writes each once, with its place in the
// status tree and its record; a refused one writes nothing.
func TestTouchedSubjects(t *testing.T) {
	b := newBook(t)
	rec := b.ward.Issued("T", b.ward.Start)
	run := func(law chain.Transition) (*storage.View, *Step, contract.Verdict) {
		v := storage.NewView(b.view)
		s := b.step(v, rec)
		s.law = &law
		return v, s, s.Apply(b.size)
	}
	law, _ := chain.TransitionOf(chain.KindIssue)
	moving := *law
	moving.Touch = func(s *contract.Step, touch func(string) *chain.SubjectState) {
		for _, holding := range []string{"own:h1:L", "own:p1:L", "own:h1:L"} {
			h := touch(holding)
			h.Org, h.Status, h.Claims = s.Org, "held", h.Claims+1
		}
	}
	v, s, no := run(moving)
	if no != contract.Pass {
		t.Fatal(no)
	}
	for subject, claims := range map[string]uint64{"own:h1:L": 2, "own:p1:L": 1} {
		state, ok := storage.SubjectState(v, subject)
		if !ok || state.Claims != claims || state.Seq != 1 || state.Last != s.rec.ID || state.Subject != subject {
			t.Errorf("%s: %+v", subject, state)
		}
		if v.Status[merkle.StatusKey(subject)] != merkle.StatusValue(state.Bytes()) ||
			v.Read(storage.KeySubjectRecord(subject, b.size)) == nil {
			t.Errorf("%s has no place in the status tree, or no record", subject)
		}
	}
	if len(v.Status) != 3 {
		t.Errorf("%d subjects moved", len(v.Status))
	}
	// The mempool's door judges by effects alone.
	door := b.step(storage.NewView(b.view), rec)
	door.law = &moving
	if no := door.Judge(); no != contract.Pass {
		t.Fatal(no)
	}
	door.Effect(0)
	for _, subject := range []string{"rx:T", "own:h1:L", "own:p1:L"} {
		if state, ok := storage.SubjectState(door.view, subject); !ok || state.Seq != 1 {
			t.Errorf("%s as the door knows it: %+v", subject, state)
		}
	}
	moving.Guards = append([]contract.Guard{{Name: "never", Since: 1, Judge: func(*contract.Step) contract.Verdict {
		return contract.Refuse(chain.CodeReference, "never")
	}}}, law.Guards...)
	if v, s, no := run(moving); no.Code != chain.CodeReference || len(v.Writes)+len(v.Status)+len(s.touched) != 0 {
		t.Errorf("refused with %s, and %d writes", no.Code, len(v.Writes))
	}
	own := *law
	own.Touch = func(s *contract.Step, touch func(string) *chain.SubjectState) { touch(s.Subject) }
	defer func() {
		if recover() == nil {
			t.Error("a contract may touch its step's own subject")
		}
	}()
	run(own)
}

// BenchmarkConditions holds the guards that the table names against the same functions called from
// code written by hand. The signatures of the same record are beside them.
func BenchmarkConditions(b *testing.B) {
	k := newBook(b)
	k.write(k.ward.Paid("P", k.ward.Start)...)
	s := k.step(storage.NewView(k.view), k.ward.Claim(k.ward.Dispenser1, "P", 4, 1, k.ward.Start))
	if no := s.Judge(); no != contract.Pass {
		b.Fatal(no)
	}
	c := s.rec
	b.Run("table", func(b *testing.B) {
		for b.Loop() {
			if s.law.Judge(&s.Step) != contract.Pass {
				b.Fatal("refused")
			}
		}
	})
	b.Run("by-hand", func(b *testing.B) {
		guards := s.law.Guards
		unexpired, code, lease := guards[0].Judge, guards[1].Judge, guards[2].Judge
		for b.Loop() {
			if unexpired(&s.Step) != contract.Pass || code(&s.Step) != contract.Pass ||
				lease(&s.Step) != contract.Pass ||
				s.Time-s.Block > chain.MaxAhead.Milliseconds() {
				b.Fatal("refused")
			}
		}
	})
	b.Run("shape", func(b *testing.B) {
		st := c.Record.Statement
		for b.Loop() {
			if st.Check() != nil {
				b.Fatal("refused")
			}
		}
	})
	b.Run("signatures", func(b *testing.B) {
		for b.Loop() {
			if c.Record.VerifyActorRaw([]byte(c.Raw), s.actor) != nil ||
				c.Record.VerifySealRaw([]byte(c.Raw), s.org.SealCert) != nil {
				b.Fatal("refused")
			}
		}
	})
}
