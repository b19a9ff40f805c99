package chain

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// ParseEvidence reads a file of evidence: a JSON array of Evidence, or one receipt.
func ParseEvidence(b []byte) ([]Evidence, error) {
	if len(b) > MaxEvidenceBytes {
		return nil, fmt.Errorf("%w: %d bytes of evidence, at most %d", ErrTooLarge, len(b), MaxEvidenceBytes)
	}
	b = bytes.TrimSpace(b)
	if len(b) > 0 && b[0] == '{' {
		r, err := ParseReceipt(b)
		return []Evidence{{Receipt: r}}, err
	}
	var raw []struct {
		Receipt  json.RawMessage `json:"receipt"`
		Document []byte          `json:"document"`
		Salt     []byte          `json:"salt"`
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&raw); err != nil {
		return nil, fmt.Errorf("%w: evidence: %w", ErrMalformed, err)
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
