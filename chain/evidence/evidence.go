package evidence

import (
	"encoding/json"
	"fmt"
	"regexp"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/canonical"
)

// MaxEvidenceBytes limits a file of evidence.
const MaxEvidenceBytes = 64 << 20

// Evidence is what a person keeps of one step: the receipt, and the document it commits to with its
// salt. Document and salt are optional; without them only the record is proved, not what it was
// about.
type Evidence struct {
	// canonical bytes (base64 in JSON)
	Document []byte         `json:"document,omitempty" example:"eyJzY2hlbWEiOiJob3NwaXRhbC5yeC5pc3N1ZS8xIn0="`
	Receipt  *chain.Receipt `json:"receipt"`
	// SaltLen bytes (base64 in JSON)
	Salt []byte `json:"salt,omitempty" example:"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="`
}

// Verifier checks receipts: a chain.Timeline does.
type Verifier interface {
	VerifyReceipt(c *chain.Receipt) error
}

// Verify checks the receipt and, when there is a document, that the receipt is about this very
// document. Every error wraps a Reason.
func (e Evidence) Verify(by Verifier) error {
	if e.Receipt == nil {
		return chain.Because(chain.ReasonMalformed, "receipt: missing")
	}
	if err := by.VerifyReceipt(e.Receipt); err != nil {
		return err
	}
	if e.Document == nil && e.Salt == nil {
		return nil
	}
	return e.Receipt.Record.Statement.VerifyDocument(e.Salt, e.Document)
}

// EvidenceFile is what is kept for a stranger, who needs nothing beside it but the digest of the
// chain's genesis list: receipts with their documents, and the members' lists in force at their
// heights with the votes that made each out of the one before.
type EvidenceFile struct {
	Evidence []Evidence    `json:"evidence"`
	History  chain.History `json:"history"`
	V        int           `json:"v" example:"1"`
}

// NewEvidenceFile keeps of the history what the receipts need.
func NewEvidenceFile(list []Evidence, h chain.History) *EvidenceFile {
	return &EvidenceFile{Evidence: canonical.OrEmpty(list), History: h.Until(heightOf(list)), V: chain.Version}
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
	f.Evidence = canonical.OrEmpty(f.Evidence)
	return canonical.Bytes(f)
}

// formerBytes are what programs wrote until release 1: the members of each item in another order.
// Such files are kept by people.
func (f EvidenceFile) formerBytes() []byte {
	type item struct {
		Receipt  *chain.Receipt `json:"receipt"`
		Document []byte         `json:"document,omitempty"`
		Salt     []byte         `json:"salt,omitempty"`
	}
	items := make([]item, len(f.Evidence))
	for i, e := range f.Evidence {
		items[i] = item{e.Receipt, e.Document, e.Salt}
	}
	return canonical.Bytes(struct {
		Evidence []item        `json:"evidence"`
		History  chain.History `json:"history"`
		V        int           `json:"v"`
	}{items, f.History, f.V})
}

// ParseEvidenceFile reads an evidence file strictly (see ParseReceipt), in RFC 8785's order or with
// the items in the order of before: receipt, document, salt. ErrMalformed, ErrTooLarge,
// ReasonVersion. It says nothing about its truth.
func ParseEvidenceFile(b []byte) (*EvidenceFile, error) {
	packed, err := canonical.Compact(b, MaxEvidenceBytes)
	if err != nil {
		return nil, err
	}
	if err := version1(packed); err != nil {
		return nil, err
	}
	f, err := canonical.DecodeAs(packed, EvidenceFile.Bytes, EvidenceFile.formerBytes)
	if err != nil {
		return nil, err
	}
	return &f, nil
}

// version1 demands an object whose v is 1, before anything else is asked of it: a later version may
// have other members.
func version1(packed []byte) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(packed, &object); err != nil || object == nil {
		return canonical.Malformed("file", "an object")
	}
	if v := string(object["v"]); v != "1" {
		return chain.Because(chain.ReasonVersion, "v is %.16s, known is %d", v, chain.Version)
	}
	return nil
}

// ParseEvidence reads a JSON array of Evidence, or one receipt: ErrMalformed, ErrTooLarge. The
// members of the array's objects may come in any order; the receipts are read strictly (see
// ParseReceipt).
func ParseEvidence(b []byte) ([]Evidence, error) {
	packed, err := canonical.Compact(b, MaxEvidenceBytes)
	if err != nil {
		return nil, err
	}
	if packed[0] == '{' {
		r, err := chain.ParseReceipt(b)
		return []Evidence{{Receipt: r}}, err
	}
	return evidence(packed)
}

// evidence reads a list of Evidence without spaces.
func evidence(packed []byte) ([]Evidence, error) {
	raw, err := canonical.Elements(packed)
	if err != nil {
		return nil, err
	}
	list := make([]Evidence, len(raw))
	for i, item := range raw {
		if list[i], err = evidenceItem(i, item); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func evidenceItem(i int, packed []byte) (e Evidence, err error) {
	object, err := canonical.Fields(packed, "evidence", []string{"receipt"}, []string{"document", "salt"})
	if err != nil {
		return e, err
	}
	if e.Receipt, err = chain.ParseReceipt(object["receipt"]); err != nil {
		return e, fmt.Errorf("evidence %d: %w", i, err)
	}
	if e.Document, err = base64Of(object["document"]); err != nil {
		return e, canonical.Malformed("document", "base64, not empty")
	}
	if e.Salt, err = base64Of(object["salt"]); err != nil {
		return e, canonical.Malformed("salt", "base64, not empty")
	}
	return e, nil
}

// base64Of is the value of a member that may be missing and is not empty.
func base64Of(text json.RawMessage) ([]byte, error) {
	if text == nil {
		return nil, nil
	}
	if len(text) <= 2 || text[0] != '"' {
		return nil, base64.ErrText
	}
	return base64.Decode(string(text[1 : len(text)-1]))
}

// BundleFile is a patient's bundle as far as a stranger can check it. What the documents say to a
// pharmacy is the domain's.
type BundleFile struct {
	Prescription string
	Evidence     []Evidence
}

// ParseBundleFile reads a bundle (accessCode, evidence, prescription, v) whose members may come in
// any order: ErrMalformed, ErrTooLarge, ReasonVersion. It says nothing about its truth.
func ParseBundleFile(b []byte) (*BundleFile, error) {
	packed, err := canonical.Compact(b, MaxEvidenceBytes)
	if err != nil {
		return nil, err
	}
	if err := version1(packed); err != nil {
		return nil, err
	}
	object, err := canonical.Fields(packed, "bundle", []string{"accessCode", "evidence", "prescription", "v"}, nil)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"accessCode", "prescription"} {
		if text := object[name]; !rePlace.Match(text) {
			return nil, canonical.Malformed(name, "1-64 characters a-z A-Z 0-9 -")
		}
	}
	id := object["prescription"]
	list, err := evidence(object["evidence"])
	if err != nil {
		return nil, err
	}
	return &BundleFile{Prescription: string(id[1 : len(id)-1]), Evidence: list}, nil
}

// rePlace is the JSON text of what stands behind a subject's prefix.
var rePlace = regexp.MustCompile(`^"[a-zA-Z0-9-]{1,64}"$`)
