// Package reader is what the ledger tells of its committed state: records, subjects, blocks,
// members' votes, and the proofs of all that, each from one whole height while blocks go on. It
// decides and changes nothing.
package reader
