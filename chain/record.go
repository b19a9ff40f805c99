// Package chain says what the consortium chain keeps and what it proves: records, receipts, their
// canonical bytes and the interface of a node. It promises that the same record has the same bytes
// everywhere and for ever, and that a receipt can be checked offline with the members' list alone.
// It knows nothing of prescriptions' contents: a record carries opaque ids and a salted digest.
package chain

import (
	"encoding/hex"

	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/internal/schemas"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Version is the version of receipts, lists and histories, and the first one of statements.
const Version = contract.Schema1

// Schema2 is the version of statements that brought leases, pick-up codes and the prescription's
// parties. Where the members' list has it in force (Members.SchemaAt), its rules judge every
// statement, those of version 1 too.
const Schema2 = contract.Schema2

// Newest is the newest version of statements that this code writes, and the one that a new chain
// begins with.
const Newest = contract.Newest

// Knows tells whether this program can read, judge and write a version of statements. Where the
// members agree on one that it does not know, it stops.
func Knows(version int) bool { return schemas.Known(version) }

// Limits of a record; the ledger refuses what is beyond them.
const (
	MaxSubjectLen   = 72 // bytes, ASCII [a-zA-Z0-9:-]: a prefix and at most 64 characters
	MaxOrgLen       = 32 // bytes, ASCII [a-z0-9-]
	MaxTags         = contract.MaxTags
	MaxCertBytes    = contract.MaxCertBytes
	MaxRecordBytes  = 32 << 10  // canonical bytes of one record
	MaxBatchRecords = 64        // records of one transaction
	MaxBatchBytes   = 256 << 10 // bytes of one transaction
	SaltLen         = 32        // bytes
	MaxParties      = contract.MaxParties
)

// Limits of time, kept by the ledger where schema 2 is in force.
const (
	MaxLease    = contract.MaxLease
	MaxValidity = contract.MaxValidity
	MaxAhead    = contract.MaxAhead
)

// Statement is what an actor signs: who did what to which subject, committing to a document that
// stays outside the chain. Its canonical bytes are RFC 8785 JSON; all strings are ASCII.
type Statement struct {
	// id of the actor's certificate (lower hex SM3 of its DER)
	Actor string `json:"actor" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// chain id, so that a statement is good for one chain only
	Chain string `json:"chain" example:"demo-ppk7scfuqg"`
	// lower hex, Digest(salt, document)
	Digest string `json:"digest" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// what the ledger must know to keep its rules
	Facts Facts `json:"facts"`
	// what happened
	Kind Kind `json:"kind" example:"rx.issue"`
	// member id of the writing organisation
	Org string `json:"org" example:"h1"`
	// 1 for a subject's first record, then last + 1
	Seq uint64 `json:"seq" example:"1"`
	// "rx:…", "pay:…", "cert:…", "gov:…"
	Subject string `json:"subject" example:"rx:RX20261122442427997927"`
	// Unix milliseconds by the writer's clock
	Time int64 `json:"time" example:"1795358001391"`
	// schema version
	V int `json:"v" example:"1"`
}

// Record is a statement with the actor's signature and the writing organisation's seal.
type Record struct {
	// base64 strict-DER SM2 signature over Statement.Bytes(). Empty in a batch, where the actor is
	// the seal that stands under it: one signature is enough.
	ActorSig string `json:"actorSig" example:"MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5="`
	// its place among the records sealed at once; absent: sealed alone
	Batch *Place `json:"batch,omitempty"`
	// id of the organisation's seal certificate
	OrgCert string `json:"orgCert" example:"MIIB…"`
	// base64 strict-DER SM2 signature over SealBytes()
	OrgSig string `json:"orgSig" example:"MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5="`
	//
	Statement Statement `json:"statement"`
}

// Digest commits to a document: SM3(0x02 ‖ salt ‖ document). The salt keeps a guessable document
// (there are few drugs, and fewer diagnoses) from being found by trial; it must be SaltLen random
// bytes.
func Digest(salt, document []byte) string {
	d := gm.Sum([]byte{merkle.TagDigest}, salt, document)
	return hex.EncodeToString(d[:])
}

// ID is the record's identity: lower hex SM3 of the statement's canonical bytes. Signatures are
// random, so a statement signed twice is still one record.
func (s Statement) ID() string {
	d := gm.Sum(s.Bytes())
	return hex.EncodeToString(d[:])
}

// ID is Statement.ID.
func (r Record) ID() string { return r.Statement.ID() }
