package chain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/smart-hospital/hospital/chain/platform/text"
)

// MaxEvidenceBytes limits a file of evidence.
const MaxEvidenceBytes = 64 << 20

// Evidence is what a person keeps of one step: the receipt, and the document it commits to with its salt. Document
// and salt are optional; without them only the record is proved, not what it was about.
type Evidence struct {
	Receipt  *Receipt `json:"receipt"`
	Document []byte   `json:"document,omitempty" example:"eyJzY2hlbWEiOiJob3NwaXRhbC5yeC5pc3N1ZS8xIn0="` // canonical bytes (base64 in JSON)
	Salt     []byte   `json:"salt,omitempty" example:"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="`     // SaltLen bytes (base64 in JSON)
}

// Verifier checks receipts: a Roster by one list, a Timeline by all of them.
type Verifier interface {
	VerifyReceipt(c *Receipt) error
}

// Verify checks the receipt and, when there is a document, that the receipt is about this very document.
// Every error wraps a Reason.
func (e Evidence) Verify(by Verifier) error {
	if e.Receipt == nil {
		return because(ReasonMalformed, "receipt: missing")
	}
	if err := by.VerifyReceipt(e.Receipt); err != nil {
		return err
	}
	if e.Document == nil && e.Salt == nil {
		return nil
	}
	return e.Receipt.Record.Statement.VerifyDocument(e.Salt, e.Document)
}

// EvidenceFile is what is kept for a stranger, who needs nothing beside it but the digest of the chain's genesis list: receipts with
// their documents, and the members' lists in force at their heights with the votes that made each out of the one before.
type EvidenceFile struct {
	Evidence []Evidence `json:"evidence"`
	History  History    `json:"history"`
	V        int        `json:"v" example:"1"`
}

// NewEvidenceFile keeps of the history what the receipts need.
func NewEvidenceFile(list []Evidence, h History) *EvidenceFile {
	return &EvidenceFile{Evidence: orEmpty(list), History: h.Until(heightOf(list)), V: Version}
}

// heightOf is the highest height a list of evidence is sealed at.
func heightOf(list []Evidence) (height int64) {
	for _, e := range list {
		if e.Receipt != nil {
			height = max(height, e.Receipt.Header.Height)
		}
	}
	return height
}

// Bytes are the file's canonical bytes (RFC 8785).
func (f EvidenceFile) Bytes() []byte {
	f.Evidence = orEmpty(f.Evidence)
	return Canonical(f)
}

// IsEvidenceFile tells an evidence file's text from other files of evidence.
func IsEvidenceFile(b []byte) bool {
	var shape map[string]json.RawMessage
	return json.Unmarshal(b, &shape) == nil && shape["history"] != nil && shape["evidence"] != nil && shape["finding"] == nil
}

// ParseEvidenceFile reads an evidence file strictly (see ParseReceipt): ErrMalformed, ErrTooLarge, ReasonVersion. It says nothing about its truth.
func ParseEvidenceFile(b []byte) (*EvidenceFile, error) {
	f, err := strict[EvidenceFile](b, MaxEvidenceBytes)
	if err != nil {
		return nil, err
	}
	if f.V != Version {
		return nil, because(ReasonVersion, "v is %d, known is %d", f.V, Version)
	}
	return &f, nil
}

// parts reads the outermost object of a file of evidence: no unknown field, nothing behind it.
func parts[T any](b []byte) (v T, err error) {
	if len(b) > MaxEvidenceBytes {
		return v, fmt.Errorf("%w: %d bytes of evidence, at most %d", ErrTooLarge, len(b), MaxEvidenceBytes)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, fmt.Errorf("%w: evidence: %w", ErrMalformed, text.InWords(err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return v, fmt.Errorf("%w: evidence: something stands behind it", ErrMalformed)
	}
	return v, nil
}

// ParseEvidence reads a JSON array of Evidence, or one receipt.
func ParseEvidence(b []byte) ([]Evidence, error) {
	b = bytes.TrimSpace(b)
	if len(b) > 0 && b[0] == '{' {
		r, err := ParseReceipt(b)
		return []Evidence{{Receipt: r}}, err
	}
	raw, err := parts[[]struct {
		Receipt  json.RawMessage `json:"receipt"`
		Document []byte          `json:"document"`
		Salt     []byte          `json:"salt"`
	}](b)
	if err != nil {
		return nil, err
	}
	list := make([]Evidence, 0, len(raw))
	for i, e := range raw {
		r, err := ParseReceipt(e.Receipt)
		if err != nil {
			return nil, fmt.Errorf("evidence %d: %w", i, err)
		}
		list = append(list, Evidence{Receipt: r, Document: e.Document, Salt: e.Salt})
	}
	return list, nil
}
