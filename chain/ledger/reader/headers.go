package reader

import (
	"encoding/binary"
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// SealedHeader returns the header sealed at a height, 0: the newest. chain.ErrNotFound for a height
// that was not sealed: one without new records, or whose seals are under a later one.
func (r *Reader) SealedHeader(height int64) (*chain.SealedHeader, error) {
	s, done := r.Newest()
	defer done()
	return s.sealedHeader(height)
}

func (s *State) sealedHeader(height int64) (*chain.SealedHeader, error) {
	if height == 0 {
		height = s.Meta.SealedHeight
	}
	e, ok := storage.Load[storage.SealEntry](s.DB, storage.KeySeals(height))
	if !ok {
		return nil, fmt.Errorf("%w: no sealed header at %d", chain.ErrNotFound, height)
	}
	return &chain.SealedHeader{Header: e.Header, Seals: e.Seals}, nil
}

// LogAt returns the header of the newest block with records at or before a height, which must not
// be above the committed one: chain.ErrNotFound. Its log and status roots are those of that height
// too; its height and time are its own.
func (r *Reader) LogAt(height int64) (chain.Header, error) {
	s, done := r.Newest()
	defer done()
	if height > s.Meta.Header.Height {
		return chain.Header{}, fmt.Errorf("%w: height %d", chain.ErrNotFound, height)
	}
	it, err := s.DB.ReverseIterator([]byte("b"), storage.KeyBlock(height+1))
	if err != nil {
		return chain.Header{}, err
	}
	defer it.Close()
	if !it.Valid() {
		return chain.Header{}, fmt.Errorf("%w: no records up to height %d", chain.ErrNotFound, height)
	}
	b, ok := storage.Load[storage.BlockEntry](s.DB, storage.KeyBlock(int64(binary.BigEndian.Uint64(it.Key()[1:]))))
	if !ok {
		return chain.Header{}, fmt.Errorf("%w: height %d", chain.ErrNotFound, height)
	}
	return b.Header, it.Error()
}

// Consistency proves that the log sealed at one height is a prefix of the log sealed at a later one
// (0: the newest): chain.ErrNotFound when either is not sealed.
func (r *Reader) Consistency(was, is int64) (*chain.Consistency, error) {
	s, done := r.Newest()
	defer done()
	older, err := s.sealedHeader(was)
	if err != nil {
		return nil, err
	}
	newer, err := s.sealedHeader(is)
	if err != nil {
		return nil, err
	}
	if older.Header.Height > newer.Header.Height {
		older, newer = newer, older
	}
	out := &chain.Consistency{V: chain.Version, Old: *older, New: *newer, Path: []string{}}
	if m, n := older.Header.LogSize, newer.Header.LogSize; 0 < m && m < n {
		out.Path = hexes(storage.LogGrowth(s.DB, m, 0, n, true))
	}
	return out, nil
}
