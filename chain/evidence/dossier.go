package evidence

import (
	"encoding/json"
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
)

// Dossier is a regulator's case as a file: what is said, and the evidence that a stranger can check
// for himself.
type Dossier struct {
	Attempts []chain.Attempt `json:"attempts"` // what was tried and refused
	// receipts, with the disclosed documents where these are the reason
	Evidence []Evidence      `json:"evidence"`
	Finding  json.RawMessage `json:"finding"` // the regulator's words; proved by nothing here
	// the members' lists that all this is checked by, as in an EvidenceFile
	History *chain.History `json:"history,omitempty"`
}

// ParseDossier reads a dossier whose members, and those of its items, may come in any order:
// ErrMalformed, ErrTooLarge. Receipts, attempts and history are read strictly (see ParseReceipt);
// the finding is any I-JSON. It says nothing about its truth.
func ParseDossier(b []byte) (*Dossier, error) {
	packed, err := canonical.Compact(b, MaxEvidenceBytes)
	if err != nil {
		return nil, err
	}
	object, err := canonical.Fields(packed, "dossier", []string{"attempts", "evidence", "finding"}, []string{"history"})
	if err != nil {
		return nil, err
	}
	d := &Dossier{Finding: object["finding"]}
	if d.Evidence, err = evidence(object["evidence"]); err != nil {
		return nil, err
	}
	attempts, err := canonical.Elements(object["attempts"])
	if err != nil {
		return nil, err
	}
	for i, raw := range attempts {
		a, err := canonical.Decode[chain.Attempt](raw, chain.MaxReceiptBytes)
		if err != nil {
			return nil, fmt.Errorf("attempt %d: %w", i, err)
		}
		d.Attempts = append(d.Attempts, a)
	}
	if object["history"] != nil {
		history, err := canonical.Decode[chain.History](object["history"], chain.MaxHistoryBytes)
		if err != nil {
			return nil, fmt.Errorf("history: %w", err)
		}
		d.History = &history
	}
	return d, nil
}
