package ledger

import (
	"encoding/binary"
	"errors"
	"runtime"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/judge"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"golang.org/x/sync/errgroup"
)

// block is what the engine hands over for execution, in a proposal or as decided.
type block struct {
	hash     []byte
	height   int64
	time     int64 // Unix milliseconds
	proposer []byte
	txs      [][]byte
}

// Result is what became of one record of a block.
type Result struct {
	ID     string
	Code   chain.Code
	Detail string
	Height int64 // 0 unless CodeOK
	Time   int64 // Unix milliseconds, 0 unless CodeOK

	org string // member that sealed it; "" when it is no record
}

// executed is a block's effect, not yet committed.
type executed struct {
	view    *storage.View
	header  chain.Header
	meta    storage.Meta
	results []*abci.ExecTxResult
	answers []Result
	fresh   uint64 // records added
	wasted  int    // records that changed nothing
	adopted *list  // members' list that a vote of this block made; nil as a rule
}

// execute runs a block over committed state. It changes nothing outside the view it makes.
func (a *App) execute(b block) *executed {
	a.warm(b.txs)
	v := storage.NewView(a.recent)
	now := a.meta
	x := &executed{view: v, results: make([]*abci.ExecTxResult, len(b.txs))}
	size := now.Header.LogSize
	for i, tx := range b.txs {
		if transaction.IsSeals(tx) {
			x.results[i] = a.executeSeals(v, &now, tx)
			continue
		}
		x.results[i] = a.executeBatch(x, b, &size, tx)
	}
	x.fresh = size - now.Header.LogSize
	members := a.listAt(b.height)
	header := chain.Header{
		Chain: now.Header.Chain, Height: b.height, Time: b.time, LogSize: size,
		LogRoot: now.Header.LogRoot, StatusRoot: now.Header.StatusRoot, MembersRoot: members.roster.Digest().String(),
	}
	if x.fresh > 0 {
		header.LogRoot = storage.LogRoot(v, size).String()
		header.StatusRoot = storage.UpdateStatus(v, v.Status).String()
		v.Set(storage.KeyBlock(b.height), storage.Marshal(storage.BlockEntry{
			Header: header, Proposer: members.validators[string(b.proposer)], First: now.Header.LogSize, Count: x.fresh,
		}))
	}
	now.Header, x.header = header, header
	x.meta = now
	v.Set(storage.KeyMeta, now.Encode())
	return x
}

// executeBatch runs a transaction's records in order; each has its own verdict and none spoils the
// others.
func (a *App) executeBatch(x *executed, b block, size *uint64, tx []byte) *abci.ExecTxResult {
	raws, err := a.inspector.Split(tx)
	if err != nil || (transaction.IsWhole(tx) && a.schemaAt(b.height) < chain.Schema2) {
		// no honest majority decides such a block; take it for what it is all the same
		return &abci.ExecTxResult{Code: uint32(chain.CodeMalformed)}
	}
	var codes []byte
	for _, raw := range raws {
		r := a.executeRecord(x, b, *size, raw)
		if r.fresh {
			*size++
		} else {
			x.wasted++
		}
		codes = binary.AppendUvarint(codes, uint64(r.Code))
		x.answers = append(x.answers, r.Result)
	}
	return &abci.ExecTxResult{Code: uint32(chain.CodeOK), Data: codes}
}

var errBatchNotYet = errors.New("ledger: the members have not agreed on seals over batches")

type recordResult struct {
	Result
	fresh bool
}

func (a *App) executeRecord(x *executed, b block, index uint64, raw []byte) recordResult {
	v := x.view
	c, err := a.inspector.Record(raw)
	if err == nil && c.Record.Batch != nil && a.schemaAt(b.height) < chain.Schema2 {
		err = errBatchNotYet // as programs of then read it
	}
	if err != nil {
		return recordResult{Result: Result{Code: chain.CodeMalformed, Detail: err.Error()}}
	}
	// a record that is there already is a success, at its first place
	if at, ok := storage.LoadIndex(v, storage.KeyID(c.ID)); ok {
		e, _ := storage.LoadEntry(v, at)
		return recordResult{Result: Result{ID: c.ID, Height: e.Height, Time: e.Time}}
	}
	s := a.inspector.Step(v, a.toJudge(b), c)
	if no := s.Apply(index); no != contract.Pass {
		return recordResult{Result: Result{ID: c.ID, Code: no.Code, Detail: no.Detail, org: c.Record.Statement.Org}}
	}
	if next := s.Adopts(); next != nil {
		x.adopted = newList(next)
	}
	return recordResult{Result{ID: c.ID, Height: b.height, Time: b.time, org: c.Record.Statement.Org}, true}
}

// toJudge is a block with the members in force at it. Consensus connection only.
func (a *App) toJudge(b block) judge.Block {
	return judge.Block{Roster: a.listAt(b.height).roster, Height: b.height, Time: b.time}
}

// executeSeals stores the seals over the block before.
func (a *App) executeSeals(v *storage.View, now *storage.Meta, tx []byte) *abci.ExecTxResult {
	s, err := a.checkSeals(tx)
	if err != nil {
		return &abci.ExecTxResult{Code: uint32(chain.CodeMalformed)}
	}
	v.Set(storage.KeySeals(s.Height), storage.Marshal(storage.SealEntry{Header: now.Header, Seals: s.Seals}))
	now.SealedHeight, now.SealedSize = s.Height, now.Header.LogSize
	return &abci.ExecTxResult{Code: uint32(chain.CodeOK)}
}

var errSeals = errors.New("ledger: seals transaction refused")

// checkSeals: seals are over the block just before, wanted, true, and of more than two thirds of
// the power.
func (a *App) checkSeals(tx []byte) (transaction.Seals, error) {
	s, err := transaction.ParseSeals(tx)
	if err != nil {
		return s, err
	}
	if s.Height != a.meta.Header.Height || !a.sealsWanted() {
		return s, errSeals
	}
	if a.opt.noSigs {
		return s, nil
	}
	power, err := a.sealPower(tx, s)
	if err != nil {
		return s, err
	}
	if !a.listAt(s.Height).roster.Quorum(power) {
		return s, errSeals
	}
	return s, nil
}

// sealsWanted: the committed root is not sealed yet. Sealing it once is enough, and a block of
// seals alone leaves the root as it is, so blocks stop when there is nothing to do.
func (a *App) sealsWanted() bool { return a.meta.Header.LogSize > a.meta.SealedSize }

// warm checks the signatures of all records in parallel over the cores, before they are judged one
// after the other. A record whose certificates are not on the chain yet is left to its turn.
func (a *App) warm(txs [][]byte) {
	roster := a.Roster()
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, tx := range txs {
		if transaction.IsSeals(tx) {
			continue
		}
		raws, err := a.inspector.Split(tx)
		if err != nil {
			continue
		}
		for _, raw := range raws {
			if a.inspector.Cleared(raw, roster) {
				continue
			}
			g.Go(func() error { a.precheck(raw); return nil })
		}
	}
	_ = g.Wait()
}

// precheck is Inspector.Vet for a record's bytes. A refusal is final for them.
func (a *App) precheck(raw []byte) contract.Verdict {
	c, err := a.inspector.Record(raw)
	if err != nil {
		return contract.Refuse(chain.CodeMalformed, err.Error())
	}
	return a.vet(c)
}

func (a *App) vet(c *judge.Checked) contract.Verdict {
	return a.inspector.Vet(c, a.next(), a.confirmed)
}

// confirmed is what stands in the database; nil while a snapshot is being restored.
func (a *App) confirmed() storage.Reader {
	if a.restoring.Load() != nil {
		return nil
	}
	return a.db
}

// next is the block to come; its time is the newest block's. Before the genesis list is known it
// has no members.
func (a *App) next() judge.Block {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if len(a.lists) == 0 {
		return judge.Block{}
	}
	height := a.meta.Header.Height + 1
	return judge.Block{Roster: a.listAt(height).roster, Height: height, Time: a.meta.Header.Time}
}

// admissible tells whether a batch may take room in a block: well formed, every record with its
// organisation's signature, and none with an actor's known to be bad. The answer can change from
// yes to no when a certificate is enrolled, so the proposer asks again.
func (a *App) admissible(tx []byte) contract.Verdict {
	raws, err := a.inspector.Split(tx)
	if err != nil {
		return contract.Refuse(chain.CodeMalformed, err.Error())
	}
	for _, raw := range raws {
		if no := a.precheck(raw); no != contract.Pass {
			return no
		}
	}
	return contract.Pass
}
