package chain

import (
	"encoding/binary"
	"encoding/json"

	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Limits of the files a stranger hands in.
const (
	MaxReceiptBytes = 256 << 10
	MaxPathLen      = 256 // hashes: the depth of the status tree, and more than any log's
	MaxSeals        = membership.MaxMembers
)

// Receipt proves that a record is in the ledger: the record, the certificates it was signed with,
// its place in the Merkle log, the block's state header and the members' SM2 seals over it.
// RECEIPT.md has it byte for byte.
type Receipt struct {
	// base64 DER
	ActorCert string `json:"actorCert" example:"MIIB…"`
	// of the first sealed height at or after the record's own
	Header Header `json:"header"`
	// leaf index in the log of all records
	Index uint64 `json:"index" example:"9"`
	// base64 DER
	OrgCert string `json:"orgCert" example:"MIIB…"`
	// RFC 6962 audit path to Header.LogRoot, lower hex, leaf side first
	Path   []string `json:"path" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Record Record   `json:"record"`
	Seals  []Seal   `json:"seals"`
	V      int      `json:"v" example:"1"`
}

// Header is what the members seal at a height.
type Header struct {
	Chain  string `json:"chain" example:"demo-ppk7scfuqg"`
	Height int64  `json:"height" example:"18"`
	// lower hex: Merkle root over all records so far
	LogRoot string `json:"logRoot" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// number of those records
	LogSize uint64 `json:"logSize" example:"10"`
	// lower hex: digest of the members' list in force
	MembersRoot string `json:"membersRoot" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// lower hex: sparse Merkle root over all subjects' states
	StatusRoot string `json:"statusRoot" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// block time, Unix milliseconds
	Time int64 `json:"time" example:"1795358001391"`
}

// Seal is one member's SM2 signature over Header.SealBytes.
type Seal struct {
	Member string `json:"member" example:"h1"`
	// base64 strict DER
	Sig string `json:"sig" example:"MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5="`
}

// StatusReceipt proves where a subject stands under a sealed header. A subject without records has
// a State with the subject alone, and Other when the place of its key in the tree is taken by
// another subject's leaf.
type StatusReceipt struct {
	Header Header      `json:"header"`
	Other  *StatusLeaf `json:"other,omitempty"`
	// sparse-Merkle siblings, lower hex, root side first
	Path  []string     `json:"path" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Seals []Seal       `json:"seals"`
	State SubjectState `json:"state"`
	V     int          `json:"v" example:"1"`
}

// StatusLeaf is a leaf of the status tree without its contents.
type StatusLeaf struct {
	// lower hex, StatusKey of the subject
	Key string `json:"key" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// lower hex, digest of the state's canonical bytes
	Value string `json:"value" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
}

// StateRoot is the SM3 root over everything the ledger holds. It does not depend on the height or
// the time, so a block without records leaves it as it is: SM3(0x03 ‖ logSize as 8 bytes big-endian
// ‖ logRoot ‖ statusRoot ‖ membersRoot). Roots that are not 64 hex digits count as 32 zero bytes;
// Check refuses them.
func (h Header) StateRoot() merkle.Hash {
	var size [8]byte
	binary.BigEndian.PutUint64(size[:], h.LogSize)
	log, status, members := merkle.HashOf(h.LogRoot), merkle.HashOf(h.StatusRoot), merkle.HashOf(h.MembersRoot)
	return gm.Sum([]byte{merkle.TagState}, size[:], log[:], status[:], members[:])
}

// sealTag begins every sealed message. No statement, record or certificate begins like it, so a
// seal over a header can never be taken for a signature over something else made with the same key.
const sealTag = "hospital/seal/v1\n"

// SealBytes are what a member's seal signs over this header.
func (h Header) SealBytes() []byte {
	return SealMessage(h.Chain, h.Height, h.StateRoot().String(), h.Time)
}

// SealMessage is the tag and the canonical JSON of chain, height, state root and block time.
func SealMessage(chainID string, height int64, stateRoot string, time int64) []byte {
	return append([]byte(sealTag), canonical.Bytes(struct {
		Chain     string `json:"chain"`
		Height    int64  `json:"height"`
		StateRoot string `json:"stateRoot"`
		Time      int64  `json:"time"`
	}{chainID, height, stateRoot, time})...)
}

// Check tests the shape of the header.
func (h Header) Check() error {
	switch {
	case !contract.IsChain(h.Chain):
		return canonical.Malformed("header.chain", "1-50 characters a-z A-Z 0-9 -")
	case h.Height < 1 || h.Height > canonical.MaxSafe:
		return canonical.Malformed("header.height", "1 to 2^53-1")
	case h.LogSize > canonical.MaxSafe:
		return canonical.Malformed("header.logSize", "at most 2^53-1")
	case h.Time <= 0 || h.Time > canonical.MaxSafe:
		return canonical.Malformed("header.time", "Unix milliseconds")
	}
	for _, root := range []string{h.LogRoot, h.MembersRoot, h.StatusRoot} {
		if !contract.IsHash(root) {
			return canonical.Malformed("header", "roots are 64 lower hex digits")
		}
	}
	return nil
}

// Bytes are the receipt's canonical bytes (RFC 8785).
func (r Receipt) Bytes() []byte { return canonical.Bytes(r) }

// MarshalJSON writes an empty path as [], also in a receipt that is part of something else: no
// reader takes null.
func (r Receipt) MarshalJSON() ([]byte, error) {
	type fields Receipt
	r.Path, r.Seals = canonical.OrEmpty(r.Path), canonical.OrEmpty(r.Seals)
	return json.Marshal(fields(r))
}

// Bytes are the status receipt's canonical bytes (RFC 8785).
func (r StatusReceipt) Bytes() []byte {
	r.Path, r.Seals = canonical.OrEmpty(r.Path), canonical.OrEmpty(r.Seals)
	return canonical.Bytes(r)
}

// ParseReceipt reads a receipt strictly: canonical JSON, spaces between tokens allowed; no unknown,
// missing or doubled field. It says nothing about the truth of the receipt: that is VerifyReceipt.
func ParseReceipt(b []byte) (*Receipt, error) {
	r, err := canonical.DecodeFile[Receipt](b, MaxReceiptBytes)
	if err != nil {
		return nil, err
	}
	return &r, nil
}

// ParseStatusReceipt is ParseReceipt for status receipts.
func ParseStatusReceipt(b []byte) (*StatusReceipt, error) {
	r, err := canonical.DecodeFile[StatusReceipt](b, MaxReceiptBytes)
	if err != nil {
		return nil, err
	}
	return &r, nil
}
