// Package transaction is how records and the members' seals travel through the consensus engine:
// the bytes of a transaction, one form for one meaning, and the verdicts in a block's results. It
// judges no record.
package transaction

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// A transaction is one of three kinds, told by its first byte.
const (
	kindBatch = 0x01 // records, each with all that it needs
	kindSeals = 0x02 // the members' seals over the block before; made by the proposer, never taken from outside
	kindWhole = 0x03 // a whole batch under its one seal, where schema 2 is in force
)

// Nonce keeps two submissions of the same records apart: the engine's mempool remembers the
// transactions it has seen and would refuse a record that comes again after a transient verdict.
type Nonce [nonceLen]byte

const nonceLen = 8

// ErrMalformed is a transaction that is not well formed.
var ErrMalformed = errors.New("ledger: malformed transaction")

// EncodeBatch makes a transaction of records' canonical bytes: 0x01, the nonce, the number of
// records as uvarint, then each record's length as uvarint and its bytes.
func EncodeBatch(nonce Nonce, records [][]byte) ([]byte, error) {
	if len(records) == 0 || len(records) > chain.MaxBatchRecords {
		return nil, fmt.Errorf("%w: %d records, 1 to %d", ErrMalformed, len(records), chain.MaxBatchRecords)
	}
	tx := append([]byte{kindBatch}, nonce[:]...)
	tx = binary.AppendUvarint(tx, uint64(len(records)))
	for _, r := range records {
		tx = binary.AppendUvarint(tx, uint64(len(r)))
		tx = append(tx, r...)
	}
	if len(tx) > chain.MaxBatchBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrMalformed, len(tx), chain.MaxBatchBytes)
	}
	return tx, nil
}

// EncodeWhole makes a transaction of a whole batch under one seal, which says the seal once and
// leaves the places out, since they follow from the order; nil: the records are none.
func EncodeWhole(nonce Nonce, records []chain.Record) ([]byte, error) {
	if !chain.SealedAsOne(records) {
		return nil, nil
	}
	tx := append([]byte{kindWhole}, nonce[:]...)
	tx = storage.AppendBytes(tx, []byte(records[0].OrgCert))
	tx = storage.AppendBytes(tx, []byte(records[0].OrgSig))
	tx = binary.AppendUvarint(tx, uint64(len(records)))
	for _, r := range records {
		tx = storage.AppendBytes(storage.AppendBytes(tx, []byte(r.ActorSig)), r.Statement.Bytes())
	}
	if len(tx) > chain.MaxBatchBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrMalformed, len(tx), chain.MaxBatchBytes)
	}
	return tx, nil
}

// IsWhole tells a whole batch under one seal from other transactions, by its first byte alone.
func IsWhole(tx []byte) bool { return len(tx) > 0 && tx[0] == kindWhole }

// OpenWhole reads a whole batch under one seal: ErrMalformed.
func OpenWhole(tx []byte) (o chain.Opened, err error) {
	if len(tx) > chain.MaxBatchBytes || len(tx) < 1+nonceLen {
		return o, ErrMalformed
	}
	c := &storage.Cursor{Rest: tx[1+nonceLen:]}
	cert, sig := c.Bytes(chain.MaxSealText), c.Bytes(chain.MaxSealText)
	n := c.Number(chain.MaxBatchRecords)
	var actorSigs, statements [][]byte
	for ; n > 0 && !c.Bad; n-- {
		actorSigs = append(actorSigs, c.Bytes(chain.MaxSealText))
		statements = append(statements, c.Bytes(chain.MaxRecordBytes))
	}
	if c.Bad || len(c.Rest) > 0 || len(statements) == 0 {
		return o, fmt.Errorf("%w: batch under one seal", ErrMalformed)
	}
	if o, err = chain.OpenBatch(cert, sig, actorSigs, statements); err != nil {
		return o, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return o, nil
}

// ParseBatch splits a transaction into records' bytes, without looking into them unless they are
// under one seal. Lengths must be in their shortest form and nothing may follow: ErrMalformed.
func ParseBatch(tx []byte) ([][]byte, error) {
	if len(tx) > chain.MaxBatchBytes || len(tx) < 1+nonceLen {
		return nil, ErrMalformed
	}
	switch tx[0] {
	case kindBatch:
		return parseEach(tx[1+nonceLen:])
	case kindWhole:
		o, err := OpenWhole(tx)
		return o.Raws, err
	}
	return nil, ErrMalformed
}

func parseEach(rest []byte) ([][]byte, error) {
	n, rest, ok := storage.Uvarint(rest)
	if !ok || n == 0 || n > chain.MaxBatchRecords {
		return nil, fmt.Errorf("%w: number of records", ErrMalformed)
	}
	records := make([][]byte, n)
	for i := range records {
		var size uint64
		if size, rest, ok = storage.Uvarint(rest); !ok || size == 0 || size > chain.MaxRecordBytes ||
			size > uint64(len(rest)) {
			return nil, fmt.Errorf("%w: length of record %d", ErrMalformed, i)
		}
		records[i], rest = rest[:size:size], rest[size:]
	}
	if len(rest) != 0 {
		return nil, fmt.Errorf("%w: trailing bytes", ErrMalformed)
	}
	return records, nil
}

// Seals are the members' seals over one height.
type Seals struct {
	Height int64        `json:"height"`
	Seals  []chain.Seal `json:"seals"` // ascending by member
}

// Encode makes a transaction of them: 0x02 and their JSON.
func (s Seals) Encode() []byte { return append([]byte{kindSeals}, storage.Marshal(s)...) }

// ParseSeals reads a transaction of seals, in the one form that Encode gives: ErrMalformed.
func ParseSeals(tx []byte) (s Seals, err error) {
	if len(tx) > storage.MaxSealsBytes || len(tx) < 2 || tx[0] != kindSeals {
		return s, ErrMalformed
	}
	if err := json.Unmarshal(tx[1:], &s); err != nil || !bytes.Equal(s.Encode(), tx) {
		return s, fmt.Errorf("%w: seals", ErrMalformed)
	}
	for i := 1; i < len(s.Seals); i++ {
		if s.Seals[i-1].Member >= s.Seals[i].Member {
			return s, fmt.Errorf("%w: seals not in order", ErrMalformed)
		}
	}
	return s, nil
}

// IsSeals tells seals from other transactions, by its first byte alone.
func IsSeals(tx []byte) bool { return len(tx) > 0 && tx[0] == kindSeals }
