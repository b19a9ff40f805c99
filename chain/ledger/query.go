package ledger

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/merkle"
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

// Record returns a record by id: chain.ErrNotFound.
func (a *App) Record(id string) (chain.Committed, error) {
	s, done := a.standing()
	defer done()
	at, ok := storage.LoadIndex(s.db, storage.KeyID(id))
	if !ok {
		return chain.Committed{}, fmt.Errorf("%w: record %s", chain.ErrNotFound, short(id))
	}
	return s.at(at)
}

// At returns the record at an index of the log: chain.ErrNotFound beyond its end.
func (a *App) At(index uint64) (chain.Committed, error) {
	s, done := a.standing()
	defer done()
	return s.at(index)
}

func (s *standing) at(index uint64) (chain.Committed, error) {
	e, ok := storage.LoadEntry(s.db, index)
	if !ok {
		return chain.Committed{}, fmt.Errorf("%w: record at %d", chain.ErrNotFound, index)
	}
	rec, err := chain.ParseRecord(e.Record)
	if err != nil {
		return chain.Committed{}, fmt.Errorf("ledger: stored record %d: %w", index, err)
	}
	return chain.Committed{Record: rec, ID: rec.ID(), Height: e.Height, Index: index,
		Time: time.UnixMilli(e.Time).UTC()}, nil
}

// Subject returns where a subject stands: chain.ErrNotFound.
func (a *App) Subject(subject string) (chain.SubjectState, error) {
	now, done := a.standing()
	defer done()
	s, ok := storage.SubjectState(now.db, subject)
	if !ok {
		return s, fmt.Errorf("%w: %s", chain.ErrNotFound, short(subject))
	}
	return s, nil
}

// Records lists a subject's records in order: chain.ErrNotFound when there is none.
func (a *App) Records(subject string) ([]chain.Committed, error) {
	s, done := a.standing()
	defer done()
	return s.records(subject)
}

func (s *standing) records(subject string) ([]chain.Committed, error) {
	from := storage.KeySubjectRecords(subject)
	it, err := s.db.Iterator(from, append(from[:len(from)-1:len(from)-1], 1))
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var out []chain.Committed
	for ; it.Valid(); it.Next() {
		c, err := s.at(binary.BigEndian.Uint64(it.Key()[len(from):]))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w: %s", chain.ErrNotFound, short(subject))
	}
	return out, it.Error()
}

// Blocks lists at most limit blocks with records, newest first, below a height (0: from the
// newest).
func (a *App) Blocks(before int64, limit int) ([]chain.Block, error) {
	s, done := a.standing()
	defer done()
	end := []byte("c")
	if before > 0 {
		end = storage.KeyBlock(before)
	}
	it, err := s.db.ReverseIterator([]byte("b"), end)
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var out []chain.Block
	for ; it.Valid() && len(out) < limit; it.Next() {
		height := int64(binary.BigEndian.Uint64(it.Key()[1:]))
		b, ok := storage.Load[storage.BlockEntry](s.db, storage.KeyBlock(height))
		if !ok {
			return nil, fmt.Errorf("%w: block %d", chain.ErrNotFound, height)
		}
		out = append(out, s.describe(b))
	}
	return out, it.Error()
}

func (s *standing) describe(b storage.BlockEntry) chain.Block {
	out := chain.Block{
		Height: b.Header.Height, Time: time.UnixMilli(b.Header.Time).UTC(), StateRoot: b.Header.StateRoot().String(),
		Proposer: b.Proposer, Records: make([]string, 0, b.Count), Seals: []string{},
	}
	for i := b.First; i < b.First+b.Count; i++ {
		if e, ok := storage.LoadEntry(s.db, i); ok {
			out.Records = append(out.Records, recordID(e.Record))
		}
	}
	if sealed, ok := storage.Load[storage.SealEntry](s.db, storage.KeySeals(b.Header.Height)); ok {
		for _, seal := range sealed.Seals {
			out.Seals = append(out.Seals, seal.Member)
		}
	}
	return out
}

// recordID is the id of a stored record, without the checks that it passed when it came: a page of
// blocks holds thousands.
func recordID(raw []byte) string {
	var r struct{ Statement json.RawMessage }
	if err := json.Unmarshal(raw, &r); err != nil {
		panic("ledger: a stored record is broken: " + err.Error())
	}
	d := gm.Sum(r.Statement)
	return hex.EncodeToString(d[:])
}

// Receipt makes a record's receipt under the first sealed root that holds it: chain.ErrNotFound,
// chain.ErrNotSealed.
func (a *App) Receipt(id string) (*chain.Receipt, error) {
	s, done := a.standing()
	defer done()
	index, ok := storage.LoadIndex(s.db, storage.KeyID(id))
	if !ok {
		return nil, fmt.Errorf("%w: record %s", chain.ErrNotFound, short(id))
	}
	c, err := s.at(index)
	if err != nil {
		return nil, err
	}
	sealed, ok, err := s.firstSealed(c.Height)
	if err != nil {
		return nil, err
	}
	if !ok || sealed.Header.LogSize <= index {
		return nil, fmt.Errorf("%w: record %s", chain.ErrNotSealed, short(id))
	}
	writers := s.listAt(c.Height).roster
	org, _ := writers.Org(c.Record.Statement.Org)
	actor, _, found := a.inspector.Actor(s.db, writers, c.Record.Statement)
	if org == nil || !found {
		return nil, fmt.Errorf("%w: certificates of record %s", chain.ErrNotFound, short(id))
	}
	return &chain.Receipt{
		V: c.Record.Format(), Record: c.Record, Index: index,
		Path:      hexes(storage.LogPath(s.db, index, 0, sealed.Header.LogSize)),
		ActorCert: base64.Encode(actor.Raw()), OrgCert: org.Seal, Header: sealed.Header, Seals: sealed.Seals,
	}, nil
}

// firstSealed finds the first sealed height at or after one. As a rule it is that height itself.
func (s *standing) firstSealed(height int64) (e storage.SealEntry, ok bool, err error) {
	it, err := s.db.Iterator(storage.KeySeals(height), []byte("{"))
	if err != nil {
		return e, false, err
	}
	defer it.Close()
	if !it.Valid() {
		return e, false, it.Error()
	}
	e, ok = storage.Load[storage.SealEntry](s.db, append([]byte(nil), it.Key()...))
	return e, ok, nil
}

// SubjectProof proves where a subject stands, or that it has no record, under the newest sealed
// root: chain.ErrNotSealed when not even the block before the newest is sealed. A subject that
// never was is proved absent, not an error.
func (a *App) SubjectProof(subject string) (*chain.StatusReceipt, error) {
	s, done := a.standing()
	defer done()
	var r storage.Reader = s.db
	top := s.upper
	switch {
	case s.meta.SealedSize == s.meta.Header.LogSize:
	case s.undo != nil && s.meta.SealedSize == s.undoSize:
		r, top = storage.NewPast(s.db, s.undo), s.before
	default:
		return nil, chain.ErrNotSealed
	}
	sealed, ok := storage.Load[storage.SealEntry](s.db, storage.KeySeals(s.meta.SealedHeight))
	if !ok {
		return nil, chain.ErrNotSealed
	}
	key := merkle.StatusKey(subject)
	path, at := storage.StatusPath(top, r, key)
	out := &chain.StatusReceipt{
		V: chain.Version, State: chain.SubjectState{Subject: subject}, Path: hexes(path), Header: sealed.Header,
		Seals: sealed.Seals,
	}
	switch {
	case at.Kind == storage.NodeLeaf && at.A == key:
		out.State, _ = storage.SubjectState(r, subject)
	case at.Kind == storage.NodeLeaf:
		out.Other = &chain.StatusLeaf{Key: at.A.String(), Value: at.B.String()}
	}
	return out, nil
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

func hexes(path []merkle.Hash) []string {
	out := make([]string, len(path))
	for i, h := range path {
		out[i] = h.String()
	}
	return out
}

// short keeps what a stranger typed from filling an error message.
func short(s string) string { return s[:min(len(s), chain.MaxSubjectLen)] }

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
