package ledger

import (
	"encoding/binary"
	"errors"
	"runtime"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
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
	raws, err := a.inspector.split(tx)
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
	c, err := a.inspector.record(raw)
	if err == nil && c.rec.Batch != nil && a.schemaAt(b.height) < chain.Schema2 {
		err = errBatchNotYet // as programs of then read it
	}
	if err != nil {
		return recordResult{Result: Result{Code: chain.CodeMalformed, Detail: err.Error()}}
	}
	// a record that is there already is a success, at its first place
	if at, ok := storage.LoadIndex(v, storage.KeyID(c.id)); ok {
		e, _ := storage.LoadEntry(v, at)
		return recordResult{Result: Result{ID: c.id, Height: e.Height, Time: e.Time}}
	}
	s := a.step(a.lists, v, c, b)
	if no := apply(s, index, b.height); no != pass {
		return recordResult{Result: Result{ID: c.id, Code: no.Code, Detail: no.Detail, org: c.rec.Statement.Org}}
	}
	if s.adopts != nil {
		x.adopted = s.adopts
	}
	return recordResult{Result{ID: c.id, Height: b.height, Time: b.time, org: c.rec.Statement.Org}, true}
}

func (a *App) step(lists []*list, v *storage.View, c *checked, b block) *step {
	law, _ := chain.TransitionOf(c.rec.Statement.Kind)
	roster := listAt(lists, b.height).roster
	return &step{
		Step: contract.Step{Schema: roster.Members().SchemaAt(b.height), Block: b.time,
			At: max(b.time, c.rec.Statement.Time)},
		view: v, in: a.inspector, roster: roster, rec: c, st: c.rec.Statement, law: law, height: b.height,
	}
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
	if a.inspector.noSigs {
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
		raws, err := a.inspector.split(tx)
		if err != nil {
			continue
		}
		for _, raw := range raws {
			if c, ok := storage.Lookup(a.inspector.records, raw); ok && c.cleared.Load() == roster {
				continue
			}
			g.Go(func() error { a.precheck(raw); return nil })
		}
	}
	_ = g.Wait()
}

// precheck tells what is certain about a record without the order of things: shape, chain,
// membership, the organisation's signature and, when the actor's certificate is known, the actor's.
// A refusal is final for these bytes.
func (a *App) precheck(raw []byte) verdict {
	c, err := a.inspector.record(raw)
	if err != nil {
		return refuse(chain.CodeMalformed, err.Error())
	}
	return a.vet(c)
}

// vet is precheck for a record that is parsed. What has passed with its signatures checked passes
// again at once, until the members change.
func (a *App) vet(c *checked) verdict {
	st, roster := c.rec.Statement, a.Roster()
	if known := c.cleared.Load(); known != nil && known == roster {
		return pass
	}
	if st.Chain != roster.Chain() {
		return refuse(chain.CodeWrongChain, "statement is for another chain")
	}
	// A program that does not know the version refuses the whole block, and would give another
	// verdict when it is decided all the same.
	if need := max(st.V, c.rec.Format()); need > chain.Version &&
		need > roster.Members().SchemaAt(a.Head().Header.Height+1) {
		return refuse(chain.CodeNotYet, schemaNotYet)
	}
	org, ok := roster.Org(st.Org)
	if !ok {
		return refuse(chain.CodeUnknownOrg, "organisation is no member")
	}
	if c.rec.OrgCert != org.SealCert.ID() {
		return refuse(chain.CodeRole, "orgCert is not the organisation's seal certificate")
	}
	if !a.inspector.sealed(c, org.SealCert) {
		return refuse(chain.CodeBadSignature, "organisation's signature does not hold")
	}
	if a.restoring.Load() != nil {
		return pass // whose certificate is enrolled is not confirmed yet, and not to be remembered
	}
	if actor, _, found := findActor(a.db, a.inspector, roster, st); found {
		if !a.inspector.signed(c, actor) {
			return refuse(chain.CodeBadSignature, "actor's signature does not hold")
		}
		c.cleared.Store(roster)
	}
	return pass
}

// admissible tells whether a batch may take room in a block: well formed, every record with its
// organisation's signature, and none with an actor's known to be bad. The answer can change from
// yes to no when a certificate is enrolled, so the proposer asks again.
func (a *App) admissible(tx []byte) verdict {
	raws, err := a.inspector.split(tx)
	if err != nil {
		return refuse(chain.CodeMalformed, err.Error())
	}
	for _, raw := range raws {
		if no := a.precheck(raw); no != pass {
			return no
		}
	}
	return pass
}
