package chain

import (
	"errors"
	"slices"

	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Formats of receipts, told by the record in them.
const (
	FormatAlone = 1 // the organisation sealed the record alone
	FormatBatch = 2 // with others, where schema 2 is in force
)

// Place is where a record stands in the batch that its organisation sealed at once. The seal is
// over the batch's root and size, so whoever drops, doubles or moves one of its records has
// another root.
type Place struct {
	// from 0
	Index uint64 `json:"index" example:"0"`
	// RFC 6962 audit path to the batch's root, lower hex, leaf side first; absent when there is one
	// record
	Path []string `json:"path,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// number of records, 1 to MaxBatchRecords
	Size uint64 `json:"size" example:"1"`
}

// check tests the place's shape; the path is as long as its index and size ask for.
func (p *Place) check() error {
	if p.Size < 1 || p.Size > MaxBatchRecords || p.Index >= p.Size {
		return canonical.Malformed("batch", "index below size, size 1 to 64")
	}
	for _, h := range p.Path {
		if !contract.IsHash(h) {
			return canonical.Malformed("batch.path", "64 lower hex digits")
		}
	}
	if len(p.Path) != merkle.PathLen(p.Index, p.Size) {
		return canonical.Malformed("batch.path", "not of this index and size")
	}
	return nil
}

// Format is that of receipts for this record: FormatAlone or FormatBatch.
func (r Record) Format() int {
	if r.Batch != nil {
		return FormatBatch
	}
	return FormatAlone
}

// bySeal tells whether the actor is the seal under the batch, which then signs once.
func (r Record) bySeal() bool { return r.Batch != nil && r.Statement.Actor == r.OrgCert }

// batchTag begins what an organisation signs for a batch. No statement and no record begins like
// it.
const batchTag = "hospital/batch/v1\n"

// sealed is what the organisation signs; alone are the record's bytes without seal and place.
func (r Record) sealed(alone []byte) []byte {
	if r.Batch == nil {
		return alone
	}
	path := make([]merkle.Hash, len(r.Batch.Path))
	for i, h := range r.Batch.Path {
		path[i] = merkle.HashOf(h)
	}
	root, _ := merkle.LogRootFromPath(batchLeaf(alone), r.Batch.Index, r.Batch.Size, path)
	return batchMessage(r.Statement.Chain, root, r.Batch.Size)
}

// batchLeaf is SM3(0x08 ‖ the record's canonical bytes without its seal and its place).
func batchLeaf(alone []byte) merkle.Hash { return gm.Sum([]byte{merkle.TagBatch}, alone) }

// batchMessage is the tag and the canonical JSON of chain, root and size.
func batchMessage(chainID string, root merkle.Hash, size uint64) []byte {
	return append([]byte(batchTag), canonical.Bytes(struct {
		Chain string `json:"chain"`
		Root  string `json:"root"`
		Size  uint64 `json:"size"`
	}{chainID, root.String(), size})...)
}

// ErrBatch is a list of records that cannot be sealed as one.
var ErrBatch = errors.New("chain: a batch is 1 to 64 records of one organisation and chain")

// SealBatch puts one seal under records of one organisation: sign makes the base64 signature of
// the certificate cert, an id. Whatever seal they had goes, and so does the actor's signature where
// the actor is the seal. ErrBatch, ErrMalformed, sign's error.
func SealBatch(cert string, recs []Record, sign func(message []byte) (string, error)) ([]Record, error) {
	if len(recs) == 0 || len(recs) > MaxBatchRecords {
		return nil, ErrBatch
	}
	out, leaves := make([]Record, len(recs)), make([]merkle.Hash, len(recs))
	first := recs[0].Statement
	for i, r := range recs {
		if r.Statement.Org != first.Org || r.Statement.Chain != first.Chain {
			return nil, ErrBatch
		}
		r.OrgCert, r.OrgSig, r.Batch = cert, "", nil
		if r.Statement.Actor == cert {
			r.ActorSig = ""
		}
		out[i], leaves[i] = r, batchLeaf(canonical.Bytes(r))
	}
	root, paths := batchTree(leaves)
	sig, err := sign(batchMessage(first.Chain, root, uint64(len(recs))))
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].OrgSig, out[i].Batch = sig, &Place{Index: uint64(i), Path: paths[i], Size: uint64(len(recs))}
		if err := out[i].Check(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// batchTree is the RFC 6962 tree over leaves, and each one's audit path in lower hex. A node
// without a neighbour goes up as it is.
func batchTree(level []merkle.Hash) (root merkle.Hash, paths [][]string) {
	paths = make([][]string, len(level))
	at := make([]int, len(level))
	for i := range at {
		at[i] = i
	}
	level = slices.Clone(level)
	for len(level) > 1 {
		for i := range paths {
			if neighbour := at[i] ^ 1; neighbour < len(level) {
				paths[i] = append(paths[i], level[neighbour].String())
			}
			at[i] /= 2
		}
		up := level[:0]
		for i := 0; i < len(level); i += 2 {
			if i+1 < len(level) {
				up = append(up, merkle.NodeHash(level[i], level[i+1]))
			} else {
				up = append(up, level[i])
			}
		}
		level = up
	}
	return level[0], paths
}

// MaxSealText bounds a signature and a certificate's id as text.
const MaxSealText = 100

// Opened is a whole batch under one seal.
type Opened struct {
	Records []Record
	Raws    [][]byte // their canonical bytes
	Message []byte   // what the seal is over, as Signed gives it for each of them
}

// OpenBatch gives the records of a whole batch, in its order, their places and the seal that they
// share. Whether it is their organisation's, its signature tells. ErrMalformed, ErrTooLarge.
func OpenBatch(cert, sig []byte, actorSigs, statements [][]byte) (o Opened, err error) {
	n := len(statements)
	leaves := make([]merkle.Hash, n)
	o.Records, o.Raws = make([]Record, n), make([][]byte, n)
	for i, statement := range statements {
		r := &o.Records[i]
		r.ActorSig, r.OrgCert, r.OrgSig = string(actorSigs[i]), string(cert), string(sig)
		if r.Statement, err = canonical.Rewritten(statement, Statement.Bytes); err != nil {
			return o, err
		}
		leaves[i] = batchLeaf(slices.Concat([]byte(partActor), actorSigs[i], []byte(`",`+partCert), cert,
			[]byte(partSeal+partStatement), statement, []byte("}")))
	}
	root, paths := batchTree(leaves)
	for i, statement := range statements {
		r := &o.Records[i]
		r.Batch = &Place{Index: uint64(i), Path: paths[i], Size: uint64(n)}
		if err := r.Check(); err != nil {
			return o, err
		}
		if r.Statement.Chain != o.Records[0].Statement.Chain {
			return o, canonical.Malformed("chain", "one for all records of a batch")
		}
		o.Raws[i] = slices.Concat([]byte(partActor), actorSigs[i], []byte(`","batch":`), canonical.Bytes(r.Batch),
			[]byte(","+partCert), cert, []byte(partSeal), sig, []byte(partStatement), statement, []byte("}"))
		if len(o.Raws[i]) > MaxRecordBytes {
			return o, canonical.TooLarge(len(o.Raws[i]), MaxRecordBytes)
		}
	}
	o.Message = batchMessage(o.Records[0].Statement.Chain, root, uint64(n))
	return o, nil
}

// SealedAsOne tells whether the records are a whole batch in its order, so that one seal can stand
// for all of them.
func SealedAsOne(recs []Record) bool {
	for i, r := range recs {
		if r.Batch == nil || r.Batch.Index != uint64(i) || r.Batch.Size != uint64(len(recs)) ||
			r.OrgSig != recs[0].OrgSig || r.OrgCert != recs[0].OrgCert {
			return false
		}
	}
	return len(recs) > 0
}

// Unsealed is the record as it waits for its seal: the statement and the actor's signature.
func (r Record) Unsealed() Record {
	r.Batch, r.OrgCert, r.OrgSig = nil, "", ""
	return r
}

// CheckWaiting is Check for a record that may wait for its seal.
func (r Record) CheckWaiting() error {
	if r.OrgCert != "" || r.OrgSig != "" || r.Batch != nil {
		return r.Check()
	}
	if !isSignature(r.ActorSig) {
		return canonical.Malformed("actorSig", "base64 DER of at most 72 bytes")
	}
	return r.Statement.Check()
}

// ParseWaiting is ParseRecord for a record that may wait for its seal.
func ParseWaiting(b []byte) (Record, error) {
	if len(b) > MaxRecordBytes {
		return Record{}, canonical.TooLarge(len(b), MaxRecordBytes)
	}
	r, err := canonical.Rewritten(b, Record.Bytes)
	if err != nil {
		return Record{}, err
	}
	return r, r.CheckWaiting()
}

// Became tells whether a record on the chain is this one, which waited for its seal: the statement
// and what signs it are the same, whatever seal it got.
func (r Record) Became(sealed Record) bool {
	if sealed.bySeal() {
		r.ActorSig = ""
	}
	if sealed.Batch == nil && r.OrgCert != "" {
		return string(r.Bytes()) == string(sealed.Bytes())
	}
	return string(r.Unsealed().Bytes()) == string(sealed.Unsealed().Bytes())
}
