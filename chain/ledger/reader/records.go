package reader

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// Record returns a record by id: chain.ErrNotFound.
func (r *Reader) Record(id string) (chain.Committed, error) {
	s, done := r.Newest()
	defer done()
	at, ok := storage.LoadIndex(s.DB, storage.KeyID(id))
	if !ok {
		return chain.Committed{}, fmt.Errorf("%w: record %s", chain.ErrNotFound, short(id))
	}
	return s.at(at)
}

// At returns the record at an index of the log: chain.ErrNotFound beyond its end.
func (r *Reader) At(index uint64) (chain.Committed, error) {
	s, done := r.Newest()
	defer done()
	return s.at(index)
}

func (s *State) at(index uint64) (chain.Committed, error) {
	e, ok := storage.LoadEntry(s.DB, index)
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
func (r *Reader) Subject(subject string) (chain.SubjectState, error) {
	now, done := r.Newest()
	defer done()
	s, ok := storage.SubjectState(now.DB, subject)
	if !ok {
		return s, fmt.Errorf("%w: %s", chain.ErrNotFound, short(subject))
	}
	return s, nil
}

// Records lists a subject's records in order: chain.ErrNotFound when there is none.
func (r *Reader) Records(subject string) ([]chain.Committed, error) {
	s, done := r.Newest()
	defer done()
	return s.records(subject)
}

func (s *State) records(subject string) ([]chain.Committed, error) {
	from := storage.KeySubjectRecords(subject)
	it, err := s.DB.Iterator(from, append(from[:len(from)-1:len(from)-1], 1))
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
func (r *Reader) Blocks(before int64, limit int) ([]chain.Block, error) {
	s, done := r.Newest()
	defer done()
	end := []byte("c")
	if before > 0 {
		end = storage.KeyBlock(before)
	}
	it, err := s.DB.ReverseIterator([]byte("b"), end)
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var out []chain.Block
	for ; it.Valid() && len(out) < limit; it.Next() {
		height := int64(binary.BigEndian.Uint64(it.Key()[1:]))
		b, ok := storage.Load[storage.BlockEntry](s.DB, storage.KeyBlock(height))
		if !ok {
			return nil, fmt.Errorf("%w: block %d", chain.ErrNotFound, height)
		}
		out = append(out, s.describe(b))
	}
	return out, it.Error()
}

func (s *State) describe(b storage.BlockEntry) chain.Block {
	out := chain.Block{
		Height: b.Header.Height, Time: time.UnixMilli(b.Header.Time).UTC(), StateRoot: b.Header.StateRoot().String(),
		Proposer: b.Proposer, Records: make([]string, 0, b.Count), Seals: []string{},
	}
	for i := b.First; i < b.First+b.Count; i++ {
		if e, ok := storage.LoadEntry(s.DB, i); ok {
			out.Records = append(out.Records, recordID(e.Record))
		}
	}
	if sealed, ok := storage.Load[storage.SealEntry](s.DB, storage.KeySeals(b.Header.Height)); ok {
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

// short keeps what a stranger typed from filling an error message.
func short(s string) string { return s[:min(len(s), chain.MaxSubjectLen)] }
