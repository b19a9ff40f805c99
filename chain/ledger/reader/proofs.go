package reader

import (
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Receipt makes a record's receipt under the first sealed root that holds it: chain.ErrNotFound,
// chain.ErrNotSealed.
func (r *Reader) Receipt(id string) (*chain.Receipt, error) {
	s, done := r.Newest()
	defer done()
	index, ok := storage.LoadIndex(s.DB, storage.KeyID(id))
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
	writers := s.Timeline.At(c.Height)
	org, _ := writers.Org(c.Record.Statement.Org)
	actor, _, found := r.inspector.Actor(s.DB, writers, c.Record.Statement)
	if org == nil || !found {
		return nil, fmt.Errorf("%w: certificates of record %s", chain.ErrNotFound, short(id))
	}
	return &chain.Receipt{
		V: c.Record.Format(), Record: c.Record, Index: index,
		Path:      hexes(storage.LogPath(s.DB, index, 0, sealed.Header.LogSize)),
		ActorCert: base64.Encode(actor.Raw()), OrgCert: org.Seal, Header: sealed.Header, Seals: sealed.Seals,
	}, nil
}

// firstSealed finds the first sealed height at or after one. As a rule it is that height itself.
func (s *State) firstSealed(height int64) (e storage.SealEntry, ok bool, err error) {
	it, err := s.DB.Iterator(storage.KeySeals(height), []byte("{"))
	if err != nil {
		return e, false, err
	}
	defer it.Close()
	if !it.Valid() {
		return e, false, it.Error()
	}
	e, ok = storage.Load[storage.SealEntry](s.DB, append([]byte(nil), it.Key()...))
	return e, ok, nil
}

// SubjectProof proves where a subject stands, or that it has no record, under the newest sealed
// root: chain.ErrNotSealed when not even the block before the newest is sealed. A subject that
// never was is proved absent, not an error.
func (r *Reader) SubjectProof(subject string) (*chain.StatusReceipt, error) {
	s, done := r.Newest()
	defer done()
	var state storage.Reader = s.DB
	top := s.Upper
	switch {
	case s.Meta.SealedSize == s.Meta.Header.LogSize:
	case s.Undo != nil && s.Meta.SealedSize == s.UndoSize:
		state, top = storage.NewPast(s.DB, s.Undo), s.Before
	default:
		return nil, chain.ErrNotSealed
	}
	sealed, ok := storage.Load[storage.SealEntry](s.DB, storage.KeySeals(s.Meta.SealedHeight))
	if !ok {
		return nil, chain.ErrNotSealed
	}
	key := merkle.StatusKey(subject)
	path, at := storage.StatusPath(top, state, key)
	out := &chain.StatusReceipt{
		V: chain.Version, State: chain.SubjectState{Subject: subject}, Path: hexes(path), Header: sealed.Header,
		Seals: sealed.Seals,
	}
	switch {
	case at.Kind == storage.NodeLeaf && at.A == key:
		out.State, _ = storage.SubjectState(state, subject)
	case at.Kind == storage.NodeLeaf:
		out.Other = &chain.StatusLeaf{Key: at.A.String(), Value: at.B.String()}
	}
	return out, nil
}

func hexes(path []merkle.Hash) []string {
	out := make([]string, len(path))
	for i, h := range path {
		out[i] = h.String()
	}
	return out
}
