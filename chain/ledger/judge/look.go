package judge

import (
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// Looked is what the ledger would say of a batch where it stands.
type Looked struct {
	Known   int              // records that were there before the batch
	Legal   int              // records that would be taken
	Refused map[string]int   // by member: records that would be refused
	Why     contract.Verdict // of the first refused one
	doubled int              // records that the batch holds more than once
}

// Wasted is how many of its records would change nothing.
func (l Looked) Wasted() (n int) {
	n = l.Known + l.doubled
	for _, refused := range l.Refused {
		n += refused
	}
	return n
}

// Look judges a batch's records one after the other over a view, which takes up the effect of the
// legal ones. wall is not 0 at the mempool's door: a quiet chain's block time lags, so what is too
// early by it is judged by the wall clock as well. The caller has vetted the records.
func (in *Inspector) Look(v *storage.View, b Block, raws [][]byte, wall int64) (l Looked) {
	l.Refused = map[string]int{}
	for _, raw := range raws {
		c, err := in.Record(raw)
		if err != nil {
			return Looked{Why: contract.Refuse(chain.CodeMalformed, err.Error()),
				Refused: map[string]int{"": len(raws)}}
		}
		id := storage.KeyID(c.ID)
		if _, doubled := v.Writes[string(id)]; doubled {
			l.doubled++
			continue
		}
		if _, there := storage.LoadIndex(v.Base, id); there {
			l.Known++
			continue
		}
		s := in.Step(v, b, c)
		no := s.Judge()
		if no.Code == chain.CodeNotYet && wall > b.Time {
			later := b
			later.Time = wall
			s = in.Step(v, later, c)
			no = s.Judge()
		}
		if no != contract.Pass {
			if len(l.Refused) == 0 {
				l.Why = no
			}
			l.Refused[c.Record.Statement.Org]++
			continue
		}
		s.Effect(0)
		l.Legal++
	}
	return l
}
