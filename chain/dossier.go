package chain

import (
	"encoding/json"
	"fmt"
)

// Dossier is a regulator's case as a file: what is said, and the evidence that a stranger can check
// for himself.
type Dossier struct {
	Attempts []Attempt `json:"attempts"` // what was tried and refused
	// receipts, with the disclosed documents where these are the reason
	Evidence []Evidence      `json:"evidence"`
	Finding  json.RawMessage `json:"finding"` // the regulator's words; proved by nothing here
	// the members' lists that all this is checked by, as in an EvidenceFile
	History *History `json:"history,omitempty"`
}

// ParseDossier reads a dossier whose members, and those of its items, may come in any order:
// ErrMalformed, ErrTooLarge. Receipts, attempts and history are read strictly (see ParseReceipt);
// the finding is any I-JSON. It says nothing about its truth.
func ParseDossier(b []byte) (*Dossier, error) {
	packed, err := compact(b, MaxEvidenceBytes)
	if err != nil {
		return nil, err
	}
	object, err := fields(packed, "dossier", []string{"attempts", "evidence", "finding"}, []string{"history"})
	if err != nil {
		return nil, err
	}
	d := &Dossier{Finding: object["finding"]}
	if d.Evidence, err = evidence(object["evidence"]); err != nil {
		return nil, err
	}
	attempts, err := elements(object["attempts"])
	if err != nil {
		return nil, err
	}
	for i, raw := range attempts {
		a, err := Decode[Attempt](raw, MaxReceiptBytes)
		if err != nil {
			return nil, fmt.Errorf("attempt %d: %w", i, err)
		}
		d.Attempts = append(d.Attempts, a)
	}
	if object["history"] != nil {
		history, err := Decode[History](object["history"], MaxHistoryBytes)
		if err != nil {
			return nil, fmt.Errorf("history: %w", err)
		}
		d.History = &history
	}
	return d, nil
}
