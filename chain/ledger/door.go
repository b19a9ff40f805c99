package ledger

import (
	"encoding/binary"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// maxWasted is the number of records in a block that change nothing: refused ones, and ones that
// are in the ledger already. A proposal with more gets no vote where schema 2 is in force.
const maxWasted = 128

// admit decides what comes into the mempool: what is admissible and would be taken, and of what
// would be refused as much as its members may have. The engine calls it while no block is
// committed.
func (a *App) admit(tx []byte) contract.Verdict {
	if no := a.admissible(tx); no != contract.Pass {
		return no
	}
	if a.restoring.Load() != nil {
		return contract.Pass
	}
	raws, _ := a.inspector.Split(tx)
	l := a.inspector.Look(storage.NewView(a.recent), a.next(), raws, a.opt.clock().UnixMilli())
	switch {
	case l.Known > 0:
		if !a.repeatsNewest(tx, raws) {
			return contract.Refuse(chain.CodeSequence, "in the ledger already")
		}
	case len(l.Refused) > 0:
		if !a.quotas.has(l.Refused) {
			return l.Why
		}
		a.quotas.take(l.Refused)
	}
	return contract.Pass
}

// keep tells whether a transaction that waits in the mempool may go on waiting after a block: not
// when the ledger has all of it, and not when all of it would be refused and its member has had its
// share.
func (a *App) keep(tx []byte) contract.Verdict {
	raws, err := a.inspector.Split(tx)
	if err != nil {
		return contract.Refuse(chain.CodeMalformed, err.Error())
	}
	c, err := a.inspector.Record(raws[0])
	if err != nil || a.restoring.Load() != nil {
		return contract.Pass
	}
	_, there := storage.LoadIndex(a.db, storage.KeyID(c.ID))
	if !there && a.quotas.has(map[string]int{c.Record.Statement.Org: 1}) {
		return contract.Pass // as a rule: the rest is for what would otherwise wait for ever
	}
	l := a.inspector.Look(storage.NewView(a.recent), a.next(), raws, a.opt.clock().UnixMilli())
	switch {
	case l.Legal > 0:
		return contract.Pass
	case l.Known == len(raws) && !a.repeatsNewest(tx, raws):
		return contract.Refuse(chain.CodeSequence, "in the ledger already")
	case len(l.Refused) > 0 && !a.quotas.has(l.Refused):
		return l.Why
	}
	return contract.Pass
}

// fits decides whether a transaction comes into a proposal: not when it changes nothing, nor with
// more of what would be refused than its members or the block may have. The view takes up its
// effect when it does. wasted counts what the block holds in vain.
func (a *App) fits(v *storage.View, b block, tx []byte, wasted *int) bool {
	raws, err := a.inspector.Split(tx)
	if err != nil {
		return false
	}
	trial := storage.NewView(v)
	l := a.inspector.Look(trial, a.toJudge(b), raws, 0)
	if l.Known == len(raws) && !a.repeatsNewest(tx, raws) {
		return false
	}
	if n := *wasted + l.Wasted(); n > maxWasted || (l.Why.Code != chain.CodeNotYet && !a.quotas.has(l.Refused)) {
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
	s, done := a.Newest()
	defer done()
	out := make([]Result, len(raws))
	v, wall := storage.NewView(s.DB), a.opt.clock().UnixMilli()
	for i, raw := range raws {
		if raw == nil || a.restoring.Load() != nil {
			continue
		}
		if l := a.inspector.Look(v, s.Next(), [][]byte{raw}, wall); len(l.Refused) > 0 && !a.quotas.has(l.Refused) {
			c, err := a.inspector.Record(raw)
			if err != nil {
				continue
			}
			out[i] = Result{ID: c.ID, Code: l.Why.Code, Detail: l.Why.Detail}
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
	return a.inspector.Unsealed(tx, roster)
}
