package chain

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// SealedHeader is a height's state header with the members' seals over it: what nodes show each
// other to find out whether they have one history.
type SealedHeader struct {
	Header Header `json:"header"`
	Seals  []Seal `json:"seals"` // ascending by member
}

// Bytes are the canonical bytes (RFC 8785).
func (s SealedHeader) Bytes() []byte {
	s.Seals = canonical.OrEmpty(s.Seals)
	return canonical.Bytes(s)
}

// ParseSealedHeader reads one strictly (see ParseReceipt); it says nothing about its truth.
func ParseSealedHeader(b []byte) (*SealedHeader, error) {
	s, err := canonical.DecodeFile[SealedHeader](b, MaxReceiptBytes)
	if err != nil {
		return nil, err
	}
	return &s, nil
}

// VerifySealed checks that seals of more than two thirds of the voting power, by the list in force
// at the header's height, stand under the header. Every error wraps one Reason.
func (t *Timeline) VerifySealed(s *SealedHeader) error {
	r := t.At(s.Header.Height)
	if err := checkHeader(r, s.Header); err != nil {
		return err
	}
	return checkSeals(r, s.Header, s.Seals)
}

// Contradicts tells whether no honest history holds both headers: they are of one chain and one
// height, and what the members seal differs.
func (h Header) Contradicts(other Header) bool {
	return h.Chain == other.Chain && h.Height == other.Height && string(h.SealBytes()) != string(other.SealBytes())
}

// Consistency proves that the log under an older sealed header is a prefix of the log under a newer
// one (RFC 6962 2.1.2 with SM3): nothing that was in the list is gone or changed, and whatever is
// new stands behind it.
type Consistency struct {
	New SealedHeader `json:"new"`
	Old SealedHeader `json:"old"`
	// lower hex
	Path []string `json:"path" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	V    int      `json:"v" example:"1"`
}

// Bytes are the canonical bytes (RFC 8785).
func (c Consistency) Bytes() []byte {
	c.Path = canonical.OrEmpty(c.Path)
	c.Old.Seals, c.New.Seals = canonical.OrEmpty(c.Old.Seals), canonical.OrEmpty(c.New.Seals)
	return canonical.Bytes(c)
}

// ParseConsistency reads a consistency proof strictly (see ParseReceipt).
func ParseConsistency(b []byte) (*Consistency, error) {
	c, err := canonical.DecodeFile[Consistency](b, MaxReceiptBytes)
	if err != nil {
		return nil, err
	}
	return &c, nil
}

// Check tests the proof alone: version, order and path. Verify asks for the seals as well. Every
// error wraps one Reason.
func (c *Consistency) Check() error {
	if c.V != Version {
		return Because(ReasonVersion, "v is %d, known is %d", c.V, Version)
	}
	for _, h := range []Header{c.Old.Header, c.New.Header} {
		if err := h.Check(); err != nil {
			return fmt.Errorf("%w: %w", ReasonMalformed, err)
		}
	}
	was, is := c.Old.Header, c.New.Header
	if was.Chain != is.Chain {
		return Because(ReasonWrongChain, "the headers are of two chains")
	}
	if was.Height > is.Height || was.LogSize > is.LogSize {
		return Because(ReasonMalformed, "old is newer than new")
	}
	path, err := parsePath(c.Path)
	if err != nil {
		return err
	}
	if !merkle.LogGrows(merkle.HashOf(was.LogRoot), merkle.HashOf(is.LogRoot), was.LogSize, is.LogSize, path) {
		return Because(ReasonPath, "the list of %d records is no prefix of the list of %d", was.LogSize, is.LogSize)
	}
	return nil
}

// Verify checks the proof and the seals under both headers. Every error wraps one Reason.
func (c *Consistency) Verify(t *Timeline) error {
	if err := c.Check(); err != nil {
		return err
	}
	if err := t.VerifySealed(&c.Old); err != nil {
		return fmt.Errorf("old: %w", err)
	}
	if err := t.VerifySealed(&c.New); err != nil {
		return fmt.Errorf("new: %w", err)
	}
	return nil
}

// Fork is two sealed headers of one height that no honest history holds both of.
type Fork struct {
	Ours, Theirs *SealedHeader
}

// ParseFork reads the evidence of a fork: an object with the members ours and theirs, each read
// strictly (see ParseReceipt). What else the object has is the word of whoever shows it.
// ErrMalformed, ErrTooLarge.
func ParseFork(b []byte) (*Fork, error) {
	packed, err := canonical.Compact(b, MaxReceiptBytes)
	if err != nil {
		return nil, err
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(packed, &object); err != nil {
		return nil, fmt.Errorf("%w: %w", canonical.ErrMalformed, err)
	}
	var f Fork
	if f.Ours, err = ParseSealedHeader(object["ours"]); err != nil {
		return nil, fmt.Errorf("ours: %w", err)
	}
	if f.Theirs, err = ParseSealedHeader(object["theirs"]); err != nil {
		return nil, fmt.Errorf("theirs: %w", err)
	}
	return &f, nil
}

// Verify checks offline that both headers are sealed by more than two thirds of the votes and
// contradict each other. It returns the members that sealed both, which no honest node does. Every
// error wraps one Reason.
func (f *Fork) Verify(t *Timeline) (both []string, err error) {
	if !f.Ours.Header.Contradicts(f.Theirs.Header) {
		return nil, Because(ReasonMalformed, "the headers do not contradict each other")
	}
	for _, h := range []*SealedHeader{f.Ours, f.Theirs} {
		if err := t.VerifySealed(h); err != nil {
			return nil, err
		}
	}
	for _, seal := range f.Ours.Seals {
		if slices.ContainsFunc(f.Theirs.Seals, func(s Seal) bool { return s.Member == seal.Member }) {
			both = append(both, seal.Member)
		}
	}
	return both, nil
}
