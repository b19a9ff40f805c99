package ledger

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
	txBatch = 0x01 // records, each with all that it needs
	txSeals = 0x02 // the members' seals over the block before; made by the proposer, never taken from outside
	txOne   = 0x03 // a whole batch under its one seal, where schema 2 is in force
)

// nonceLen keeps two submissions of the same records apart: the engine's mempool remembers the
// transactions it has seen and would refuse a record that comes again after a transient verdict.
const nonceLen = 8

// ErrTx is a transaction that is not well formed.
var ErrTx = errors.New("ledger: malformed transaction")

// EncodeBatch makes a transaction of records' canonical bytes: 0x01, the nonce, the number of
// records as uvarint, then each record's length as uvarint and its bytes.
func EncodeBatch(nonce [nonceLen]byte, records [][]byte) ([]byte, error) {
	if len(records) == 0 || len(records) > chain.MaxBatchRecords {
		return nil, fmt.Errorf("%w: %d records, 1 to %d", ErrTx, len(records), chain.MaxBatchRecords)
	}
	tx := append([]byte{txBatch}, nonce[:]...)
	tx = binary.AppendUvarint(tx, uint64(len(records)))
	for _, r := range records {
		tx = binary.AppendUvarint(tx, uint64(len(r)))
		tx = append(tx, r...)
	}
	if len(tx) > chain.MaxBatchBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTx, len(tx), chain.MaxBatchBytes)
	}
	return tx, nil
}

// EncodeWhole makes a transaction of a whole batch under one seal, which says the seal once and
// leaves the places out, since they follow from the order; nil: the records are none.
func EncodeWhole(nonce [nonceLen]byte, records []chain.Record) ([]byte, error) {
	if !chain.SealedAsOne(records) {
		return nil, nil
	}
	tx := append([]byte{txOne}, nonce[:]...)
	tx = storage.AppendBytes(tx, []byte(records[0].OrgCert))
	tx = storage.AppendBytes(tx, []byte(records[0].OrgSig))
	tx = binary.AppendUvarint(tx, uint64(len(records)))
	for _, r := range records {
		tx = storage.AppendBytes(storage.AppendBytes(tx, []byte(r.ActorSig)), r.Statement.Bytes())
	}
	if len(tx) > chain.MaxBatchBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTx, len(tx), chain.MaxBatchBytes)
	}
	return tx, nil
}

// openOne reads a txOne.
func openOne(tx []byte) (o chain.Opened, err error) {
	if len(tx) > chain.MaxBatchBytes || len(tx) < 1+nonceLen {
		return o, ErrTx
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
		return o, fmt.Errorf("%w: batch under one seal", ErrTx)
	}
	if o, err = chain.OpenBatch(cert, sig, actorSigs, statements); err != nil {
		return o, fmt.Errorf("%w: %w", ErrTx, err)
	}
	return o, nil
}

// ParseBatch splits a transaction into records' bytes, without looking into them unless they are
// under one seal. Lengths must be in their shortest form and nothing may follow.
func ParseBatch(tx []byte) ([][]byte, error) {
	if len(tx) > chain.MaxBatchBytes || len(tx) < 1+nonceLen {
		return nil, ErrTx
	}
	switch tx[0] {
	case txBatch:
		return parseEach(tx[1+nonceLen:])
	case txOne:
		o, err := openOne(tx)
		return o.Raws, err
	}
	return nil, ErrTx
}

func parseEach(rest []byte) ([][]byte, error) {
	n, rest, ok := storage.Uvarint(rest)
	if !ok || n == 0 || n > chain.MaxBatchRecords {
		return nil, fmt.Errorf("%w: number of records", ErrTx)
	}
	records := make([][]byte, n)
	for i := range records {
		var size uint64
		if size, rest, ok = storage.Uvarint(rest); !ok || size == 0 || size > chain.MaxRecordBytes ||
			size > uint64(len(rest)) {
			return nil, fmt.Errorf("%w: length of record %d", ErrTx, i)
		}
		records[i], rest = rest[:size:size], rest[size:]
	}
	if len(rest) != 0 {
		return nil, fmt.Errorf("%w: trailing bytes", ErrTx)
	}
	return records, nil
}

// sealsTx are the seals over one height.
type sealsTx struct {
	Height int64        `json:"height"`
	Seals  []chain.Seal `json:"seals"` // ascending by member
}

func (s sealsTx) encode() []byte { return append([]byte{txSeals}, storage.Marshal(s)...) }

func parseSeals(tx []byte) (s sealsTx, err error) {
	if len(tx) > storage.MaxSealsBytes || len(tx) < 2 || tx[0] != txSeals {
		return s, ErrTx
	}
	if err := json.Unmarshal(tx[1:], &s); err != nil || !bytes.Equal(s.encode(), tx) {
		return s, fmt.Errorf("%w: seals", ErrTx)
	}
	for i := 1; i < len(s.Seals); i++ {
		if s.Seals[i-1].Member >= s.Seals[i].Member {
			return s, fmt.Errorf("%w: seals not in order", ErrTx)
		}
	}
	return s, nil
}

func isSeals(tx []byte) bool { return len(tx) > 0 && tx[0] == txSeals }
