// Package period is a stretch of the chain as one file for a stranger: every record with its
// receipt, and the two sealed headers between which they are all there is. It is a ZIP archive of
// evidence files, whose last entry is the manifest: a file that was cut off has none, and is none.
package period

import (
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/chain/platform/china"
)

// Limits of an export.
const (
	MaxDays    = 92
	MaxRecords = 500_000
	MaxBytes   = 2 << 30 // of the file
)

const (
	partRecords = 1000
	partBytes   = 8 << 20 // of receipts; a receipt has at most chain.MaxReceiptBytes
	maxManifest = 4 << 20
	maxFigures  = 16 << 20
)

// Names in the archive.
const (
	manifestName = "manifest.json"
	historyName  = "history.json"
	figuresName  = "figures.csv"
)

// Errors of an export that is not begun.
var (
	ErrDays     = errors.New("period: the days are not 1 to 92 civil days in China, ascending")
	ErrTooLarge = errors.New("period: more than an export takes")
)

// File is an entry of the archive.
type File struct {
	Digest string `json:"digest"` // SM3, lower hex
	Name   string `json:"name"`
	Size   uint64 `json:"size"` // bytes
}

// Part is an entry that is an evidence file: receipts one after the other by their index in the
// log.
type Part struct {
	Count  uint64 `json:"count"`
	Digest string `json:"digest"` // SM3, lower hex
	First  uint64 `json:"first"`  // index of its first record
	Name   string `json:"name"`
	Size   uint64 `json:"size"` // bytes
}

// Heights are those between which the records stand, both included.
type Heights struct {
	First int64 `json:"first"`
	Last  int64 `json:"last"`
}

// Manifest says what is in the archive. The proof is in its two sealed headers: what the log had
// before the period, and what it had after it. The records between are all there is.
type Manifest struct {
	After   chain.SealedHeader  `json:"after"`
	Before  *chain.SealedHeader `json:"before,omitempty"` // none: the log begins within the period
	Chain   string              `json:"chain"`
	Count   uint64              `json:"count"` // records
	Figures File                `json:"figures"`
	First   uint64              `json:"first"`   // index of the first record
	From    string              `json:"from"`    // civil day in China
	Genesis string              `json:"genesis"` // digest of the genesis list
	Heights Heights             `json:"heights"`
	History File                `json:"history"`
	Parts   []Part              `json:"parts"`
	To      string              `json:"to"` // last day
	V       int                 `json:"v"`
}

// Bytes are the canonical bytes (RFC 8785).
func (m Manifest) Bytes() []byte {
	m.Parts, m.After.Seals = canonical.OrEmpty(m.Parts), canonical.OrEmpty(m.After.Seals)
	return canonical.Bytes(m)
}

// Over tells whether the log was sealed after the period's last day: nothing can be added to it.
func (m Manifest) Over() bool {
	_, end, err := bounds(m.From, m.To)
	return err == nil && m.After.Header.Time >= end
}

// parseManifest reads one strictly and demands that its numbers agree with each other.
func parseManifest(b []byte) (*Manifest, error) {
	m, err := canonical.DecodeFile[Manifest](b, maxManifest)
	if err != nil {
		return nil, err
	}
	if m.V != chain.Version {
		return nil, chain.Because(chain.ReasonVersion, "v is %d, known is %d", m.V, chain.Version)
	}
	start, _, err := bounds(m.From, m.To)
	if err != nil {
		return nil, canonical.Malformed("from", "with to 1 to 92 days")
	}
	return &m, m.check(start)
}

func (m *Manifest) check(start int64) error {
	first, size := int64(1), uint64(0)
	if m.Before != nil {
		first, size = m.Before.Header.Height+1, m.Before.Header.LogSize
	}
	next := m.First
	for i, p := range m.Parts {
		if p.Name != partName(i) || p.First != next || p.Count < 1 || p.Count > partRecords {
			return canonical.Malformed("parts", "one after the other")
		}
		next += p.Count
	}
	switch {
	case m.Chain != m.After.Header.Chain || m.Before != nil && m.Chain != m.Before.Header.Chain:
		return chain.Because(chain.ReasonWrongChain, "the headers are not of %s", m.Chain)
	case !contract.IsHash(m.Genesis):
		return canonical.Malformed("genesis", "64 lower hex digits")
	case m.Figures.Name != figuresName || m.History.Name != historyName:
		return canonical.Malformed("name", figuresName+", "+historyName)
	case m.Count > MaxRecords || m.First != size || next != m.First+m.Count || m.After.Header.LogSize != next:
		return canonical.Malformed("count", "what the log grew by between the two headers, and what the parts have")
	case m.Heights.First != first || m.Heights.Last != m.After.Header.Height || m.Heights.Last+1 < first:
		return canonical.Malformed("heights", "behind before, up to after")
	case m.Before != nil && m.Before.Header.Time >= start:
		return canonical.Malformed("before", "sealed before the first day")
	}
	return nil
}

// bounds are the first millisecond of a period, and the one behind its last: ErrDays.
func bounds(from, to string) (start, end int64, err error) {
	first, err1 := time.ParseInLocation(time.DateOnly, from, china.Zone)
	last, err2 := time.ParseInLocation(time.DateOnly, to, china.Zone)
	behind := last.AddDate(0, 0, 1)
	if err1 != nil || err2 != nil || last.Before(first) || behind.After(first.AddDate(0, 0, MaxDays)) ||
		first.UnixMilli() < 0 {
		return 0, 0, ErrDays
	}
	return first.UnixMilli(), behind.UnixMilli(), nil
}

func partName(i int) string { return fmt.Sprintf("evidence-%05d.json", i+1) }

func digest(b []byte) string { return merkle.Hash(gm.Sum(b)).String() }
