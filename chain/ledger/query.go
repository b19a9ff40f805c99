package ledger

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// Head is where the ledger stands.
type Head struct {
	Header       chain.Header
	SealedHeight int64  // newest sealed height
	SealedSize   uint64 // its log size
}

// Head returns the committed height with its roots.
func (a *App) Head() Head {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return Head{a.meta.Header, a.meta.SealedHeight, a.meta.SealedSize}
}

// Hold runs fn while no block is committed.
func (a *App) Hold(fn func(Head) error) error {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return fn(Head{a.meta.Header, a.meta.SealedHeight, a.meta.SealedSize})
}

// Read reads the records of a transaction ahead of Precheck, all at once: their canonical bytes, or
// nil when they cannot be read.
func (a *App) Read(tx []byte) [][]byte {
	raws, err := a.inspector.Split(tx)
	if err != nil {
		return nil
	}
	return raws
}

// Precheck refuses a record that no later state can make acceptable, before it takes room in a
// block, and finds one that is there already. raw is not empty when the record must be submitted:
// its canonical bytes. read are those that Read found, or nil. While a snapshot is being restored
// it finds nothing: what its maker says is there may not be.
func (a *App) Precheck(rec chain.Record, read []byte) (r Result, raw string) {
	c, err := a.inspector.Submitted(rec, read)
	if err != nil {
		return Result{ID: rec.ID(), Code: chain.CodeMalformed, Detail: err.Error()}, ""
	}
	r.ID = c.ID
	if at, ok := storage.LoadIndex(a.db, storage.KeyID(r.ID)); ok && a.restoring.Load() == nil {
		e, _ := storage.LoadEntry(a.db, at)
		r.Height, r.Time = e.Height, e.Time
		return r, ""
	}
	if no := a.vet(c); no != contract.Pass {
		r.Code, r.Detail = no.Code, no.Detail
		return r, ""
	}
	return r, c.Raw
}

// Committed is closed when the next block is committed. Take it before looking, then look, then
// wait.
func (a *App) Committed() <-chan struct{} {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.committed
}

// Follow calls fn with every record from an index on, in order, as they are committed, until ctx
// ends or fn fails.
func (a *App) Follow(ctx context.Context, from uint64, fn func(chain.Committed) error) error {
	for {
		more := a.Committed()
		for size := a.Head().Header.LogSize; from < size; from++ {
			c, err := a.At(from)
			if err != nil {
				return err
			}
			if err := fn(c); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-more:
		}
	}
}

// EachSubject calls fn with every subject's state, in ascending order of their names. The ledger
// must not be executing blocks meanwhile: it is for a replayed or stopped one.
func (a *App) EachSubject(ctx context.Context, fn func(chain.SubjectState) error) error {
	it, err := a.db.Iterator([]byte("s"), []byte("t"))
	if err != nil {
		return err
	}
	defer it.Close()
	for ; it.Valid(); it.Next() {
		var s chain.SubjectState
		if err := json.Unmarshal(it.Value(), &s); err != nil {
			return fmt.Errorf("ledger: state of %q: %w", it.Key(), err)
		}
		if err := storage.FirstError(ctx.Err(), fn(s)); err != nil {
			return err
		}
	}
	return it.Error()
}
