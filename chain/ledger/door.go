package ledger

import (
	"encoding/binary"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// maxWasted is the number of records in a block that change nothing: refused ones, and ones that
// are in the ledger already. A proposal with more gets no vote where schema 2 is in force.
const maxWasted = 128

// looked is what the ledger would say of a batch where it stands.
type looked struct {
	known   int            // records that were there before the batch
	doubled int            // records that the batch holds more than once
	legal   int            // records that would be taken
	refused map[string]int // by member: records that would be refused
	why     verdict        // of the first refused one
}

func (l looked) wasted() (n int) {
	n = l.known + l.doubled
	for _, refused := range l.refused {
		n += refused
	}
	return n
}

// look judges a batch's records one after the other over a view, which takes up the effect of the
// legal ones. wall is not 0 at the mempool's door: a quiet chain's block time lags, so what is too
// early by it is judged by the wall clock as well. The caller has prechecked the records.
func (a *App) look(lists []*list, v *storage.View, b block, raws [][]byte, wall int64) (l looked) {
	l.refused = map[string]int{}
	for _, raw := range raws {
		c, err := a.inspector.record(raw)
		if err != nil {
			return looked{why: refuse(chain.CodeMalformed, err.Error()), refused: map[string]int{"": len(raws)}}
		}
		id := storage.KeyID(c.id)
		if _, doubled := v.Writes[string(id)]; doubled {
			l.doubled++
			continue
		}
		if _, there := storage.LoadIndex(v.Base, id); there {
			l.known++
			continue
		}
		s := a.step(lists, v, c, b)
		no := s.judge()
		if no.Code == chain.CodeNotYet && wall > b.time {
			later := b
			later.time = wall
			s = a.step(lists, v, c, later)
			no = s.judge()
		}
		if no != pass {
			if len(l.refused) == 0 {
				l.why = no
			}
			l.refused[c.rec.Statement.Org]++
			continue
		}
		s.effect(0)
		l.legal++
	}
	return l
}

// next is the block to come as the mempool's door knows it.
func next(m storage.Meta) block { return block{height: m.Header.Height + 1, time: m.Header.Time} }

// admit decides what comes into the mempool: what is admissible and would be taken, and of what
// would be refused as much as its members may have. The engine calls it while no block is
// committed.
func (a *App) admit(tx []byte) verdict {
	if no := a.admissible(tx); no != pass {
		return no
	}
	if a.restoring.Load() != nil {
		return pass
	}
	raws, _ := a.inspector.split(tx)
	l := a.look(a.lists, storage.NewView(a.recent), next(a.meta), raws, a.opt.clock().UnixMilli())
	switch {
	case l.known > 0:
		if !a.repeatsNewest(tx, raws) {
			return refuse(chain.CodeSequence, "in the ledger already")
		}
	case len(l.refused) > 0:
		if !a.quotas.has(l.refused) {
			return l.why
		}
		a.quotas.take(l.refused)
	}
	return pass
}

// keep tells whether a transaction that waits in the mempool may go on waiting after a block: not
// when the ledger has all of it, and not when all of it would be refused and its member has had its
// share.
func (a *App) keep(tx []byte) verdict {
	raws, err := a.inspector.split(tx)
	if err != nil {
		return refuse(chain.CodeMalformed, err.Error())
	}
	c, err := a.inspector.record(raws[0])
	if err != nil || a.restoring.Load() != nil {
		return pass
	}
	_, there := storage.LoadIndex(a.db, storage.KeyID(c.id))
	if !there && a.quotas.has(map[string]int{c.rec.Statement.Org: 1}) {
		return pass // as a rule: the rest is for what would otherwise wait for ever
	}
	l := a.look(a.lists, storage.NewView(a.recent), next(a.meta), raws, a.opt.clock().UnixMilli())
	switch {
	case l.legal > 0:
		return pass
	case l.known == len(raws) && !a.repeatsNewest(tx, raws):
		return refuse(chain.CodeSequence, "in the ledger already")
	case len(l.refused) > 0 && !a.quotas.has(l.refused):
		return l.why
	}
	return pass
}

// fits decides whether a transaction comes into a proposal: not when it changes nothing, nor with
// more of what would be refused than its members or the block may have. The view takes up its
// effect when it does. wasted counts what the block holds in vain.
func (a *App) fits(v *storage.View, b block, tx []byte, wasted *int) bool {
	raws, err := a.inspector.split(tx)
	if err != nil {
		return false
	}
	trial := storage.NewView(v)
	l := a.look(a.lists, trial, b, raws, 0)
	if l.known == len(raws) && !a.repeatsNewest(tx, raws) {
		return false
	}
	if n := *wasted + l.wasted(); n > maxWasted || (l.why.Code != chain.CodeNotYet && !a.quotas.has(l.refused)) {
		return false
	} else {
		*wasted = n
	}
	v.Adopt(trial)
	return true
}

// repeatsNewest tells the one transaction of old records that has a purpose: the newest record once
// more, numbered by the height, while the members' seals over it are missing (comet requestBlock).
func (a *App) repeatsNewest(tx []byte, raws [][]byte) bool {
	head := a.meta.Header
	if len(raws) != 1 || head.LogSize == 0 || !a.sealsWanted() ||
		binary.BigEndian.Uint64(tx[1:]) != uint64(head.Height) {
		return false
	}
	newest, ok := storage.LoadEntry(a.db, head.LogSize-1)
	return ok && string(newest.Record) == string(raws[0])
}

// charge counts what a committed block held in vain.
func (a *App) charge(x *executed) {
	cost := map[string]int{}
	for _, r := range x.answers {
		if r.Code != chain.CodeOK && r.Code != chain.CodeNotYet && r.org != "" {
			cost[r.org]++
		}
	}
	a.quotas.take(cost)
}

// Turned tells what the ledger says of records that it would refuse and has no room for: the
// verdict for each of those; a zero code for one to be submitted. It judges over the newest
// committed state, so that its signatures keep no block waiting.
func (a *App) Turned(raws [][]byte) []Result {
	s, done := a.standing()
	defer done()
	out := make([]Result, len(raws))
	v, wall := storage.NewView(s.db), a.opt.clock().UnixMilli()
	for i, raw := range raws {
		if raw == nil || a.restoring.Load() != nil {
			continue
		}
		if l := a.look(s.lists, v, next(s.meta), [][]byte{raw}, wall); len(l.refused) > 0 && !a.quotas.has(l.refused) {
			c, err := a.inspector.record(raw)
			if err != nil {
				continue
			}
			out[i] = Result{ID: c.id, Code: l.why.Code, Detail: l.why.Detail}
		}
	}
	return out
}

// Unsealed tells a transaction that no honest node brings: no batch at all, or with a record whose
// organisation's seal, the one that the list in force names, does not hold. What another list or a
// newer program may know better is not called so.
func (a *App) Unsealed(tx []byte) bool {
	roster := a.Roster()
	if roster == nil || a.restoring.Load() != nil {
		return false
	}
	raws, err := a.inspector.split(tx)
	if err != nil {
		return true
	}
	for _, raw := range raws {
		c, err := a.inspector.record(raw)
		if err != nil {
			continue
		}
		org, member := roster.Org(c.rec.Statement.Org)
		if member && c.rec.OrgCert == org.SealCert.ID() && !a.inspector.sealed(c, org.SealCert) {
			return true
		}
	}
	return false
}
