package storage

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/smart-hospital/hospital/chain"
)

// The stream is all that cannot be computed: every block's records and the seals, in the order they
// came. Everything else in the database follows from it by executing it again, so a snapshot, and
// an audit of a node that has pruned its blocks, need nothing but the stream and the genesis list,
// and believe nothing that the roots do not confirm.
//
// Its items never change once they are written and go in this order of places: a height's records,
// then its seals.
const (
	ItemRecords = 0
	ItemSeals   = 1
)

// MaxSealsBytes limits a seals transaction: 128 members, about 150 bytes each.
const MaxSealsBytes = 64 << 10

// Place is a position in the stream: before the records (ItemRecords) or before the seals
// (ItemSeals) of a height.
type Place struct {
	Height int64 `json:"height"`
	Kind   int   `json:"kind"`
}

func (p Place) before(q Place) bool {
	return p.Height < q.Height || (p.Height == q.Height && p.Kind < q.Kind)
}

// Next is the place behind this one.
func (p Place) Next() Place {
	if p.Kind == ItemRecords {
		return Place{p.Height, ItemSeals}
	}
	return Place{p.Height + 1, ItemRecords}
}

// Item is one step of the stream.
type Item struct {
	Place
	Time     int64 // of the block, Unix milliseconds
	Proposer string
	Records  [][]byte
	Seals    []chain.Seal
}

// ErrStream is a piece of a stream that is not well formed or not what the chain holds.
var ErrStream = errors.New("ledger: stream refused")

// Encode appends the item: kind, height, time, then proposer and records, or the seals' JSON;
// numbers and lengths as uvarint.
func (it Item) Encode(b []byte) []byte {
	b = append(b, byte(it.Kind))
	b = binary.AppendUvarint(b, uint64(it.Height))
	b = binary.AppendUvarint(b, uint64(it.Time))
	if it.Kind == ItemSeals {
		return AppendBytes(b, Marshal(it.Seals))
	}
	b = AppendBytes(b, []byte(it.Proposer))
	b = binary.AppendUvarint(b, uint64(len(it.Records)))
	for _, r := range it.Records {
		b = AppendBytes(b, r)
	}
	return b
}

// AppendBytes appends the length as uvarint and the bytes.
func AppendBytes(b, value []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(value))), value...)
}

// Cursor reads encoded items; after its first fault everything is empty.
type Cursor struct {
	Rest []byte
	Bad  bool
}

// Number reads a uvarint of at most limit.
func (c *Cursor) Number(limit uint64) uint64 {
	v, rest, ok := Uvarint(c.Rest)
	if c.Bad = c.Bad || !ok || v > limit; c.Bad {
		return 0
	}
	c.Rest = rest
	return v
}

// Bytes reads a length of at most limit and so many bytes.
func (c *Cursor) Bytes(limit int) []byte {
	n := c.Number(uint64(min(limit, len(c.Rest))))
	if c.Bad || n > uint64(len(c.Rest)) {
		c.Bad = true
		return nil
	}
	out := c.Rest[:n:n]
	c.Rest = c.Rest[n:]
	return out
}

// maxBlockRecords is more than a block has room for.
const maxBlockRecords = 1 << 16

// Item reads the next one.
func (c *Cursor) Item() (it Item, err error) {
	if len(c.Rest) == 0 {
		return it, ErrStream
	}
	it.Kind, c.Rest = int(c.Rest[0]), c.Rest[1:]
	it.Height, it.Time = int64(c.Number(1<<62)), int64(c.Number(1<<62))
	switch it.Kind {
	case ItemSeals:
		raw := c.Bytes(MaxSealsBytes)
		if err := json.Unmarshal(raw, &it.Seals); err != nil || !bytes.Equal(Marshal(it.Seals), raw) {
			return it, fmt.Errorf("%w: seals", ErrStream)
		}
	case ItemRecords:
		it.Proposer = string(c.Bytes(chain.MaxSubjectLen))
		for n := c.Number(maxBlockRecords); n > 0 && !c.Bad; n-- {
			it.Records = append(it.Records, c.Bytes(chain.MaxRecordBytes))
		}
	default:
		c.Bad = true
	}
	if c.Bad {
		return it, fmt.Errorf("%w: item", ErrStream)
	}
	return it, nil
}

// EachItem calls fn with the committed stream's items from one place up to, and without, another,
// until fn fails.
func EachItem(db Database, from, to Place, fn func(Item) error) error {
	blocks, err := db.Iterator(KeyBlock(from.Height), KeyBlock(to.Height+1))
	if err != nil {
		return err
	}
	defer blocks.Close()
	seals, err := db.Iterator(KeySeals(from.Height), KeySeals(to.Height+1))
	if err != nil {
		return err
	}
	defer seals.Close()
	for blocks.Valid() || seals.Valid() {
		it, err := nextItem(db, blocks, seals)
		if err != nil {
			return err
		}
		if it.before(from) {
			continue
		}
		if !it.before(to) {
			return nil
		}
		if err := fn(it); err != nil {
			return err
		}
	}
	return FirstError(blocks.Error(), seals.Error())
}

func nextItem(db Database, blocks, seals dbm.Iterator) (it Item, err error) {
	if blocks.Valid() && (!seals.Valid() || bytes.Compare(blocks.Key()[1:], seals.Key()[1:]) <= 0) {
		var b BlockEntry
		if err := json.Unmarshal(blocks.Value(), &b); err != nil {
			return it, err
		}
		blocks.Next()
		it = Item{Place: Place{b.Header.Height, ItemRecords}, Time: b.Header.Time, Proposer: b.Proposer}
		for i := b.First; i < b.First+b.Count; i++ {
			e, ok := LoadEntry(db, i)
			if !ok {
				return it, fmt.Errorf("%w: record %d is missing", ErrStream, i)
			}
			it.Records = append(it.Records, e.Record)
		}
		return it, nil
	}
	var s SealEntry
	if err := json.Unmarshal(seals.Value(), &s); err != nil {
		return it, err
	}
	seals.Next()
	return Item{Place: Place{s.Header.Height, ItemSeals}, Time: s.Header.Time, Seals: s.Seals}, nil
}

// Uvarint reads a number in its shortest form.
func Uvarint(b []byte) (v uint64, rest []byte, ok bool) {
	v, n := binary.Uvarint(b)
	if n <= 0 || len(binary.AppendUvarint(nil, v)) != n {
		return 0, nil, false
	}
	return v, b[n:], true
}
