package ledger

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
	itemRecords = 0
	itemSeals   = 1
)

// place is a position in the stream: before the records (itemRecords) or before the seals of a
// height.
type place struct {
	Height int64 `json:"height"`
	Kind   int   `json:"kind"`
}

func (p place) before(q place) bool {
	return p.Height < q.Height || (p.Height == q.Height && p.Kind < q.Kind)
}

func (p place) next() place {
	if p.Kind == itemRecords {
		return place{p.Height, itemSeals}
	}
	return place{p.Height + 1, itemRecords}
}

// item is one step of the stream.
type item struct {
	place
	Time     int64 // of the block, Unix milliseconds
	Proposer string
	Records  [][]byte
	Seals    []chain.Seal
}

// errStream is a piece of a stream that is not well formed or not what the chain holds.
var errStream = errors.New("ledger: stream refused")

// encode appends the item: kind, height, time, then proposer and records, or the seals' JSON;
// numbers and lengths as uvarint.
func (it item) encode(b []byte) []byte {
	b = append(b, byte(it.Kind))
	b = binary.AppendUvarint(b, uint64(it.Height))
	b = binary.AppendUvarint(b, uint64(it.Time))
	if it.Kind == itemSeals {
		return appendBytes(b, marshal(it.Seals))
	}
	b = appendBytes(b, []byte(it.Proposer))
	b = binary.AppendUvarint(b, uint64(len(it.Records)))
	for _, r := range it.Records {
		b = appendBytes(b, r)
	}
	return b
}

func appendBytes(b, value []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(value))), value...)
}

// cursor reads encoded items; after its first fault everything is empty.
type cursor struct {
	rest []byte
	bad  bool
}

func (c *cursor) number(limit uint64) uint64 {
	v, rest, ok := uvarint(c.rest)
	if c.bad = c.bad || !ok || v > limit; c.bad {
		return 0
	}
	c.rest = rest
	return v
}

func (c *cursor) bytes(limit int) []byte {
	n := c.number(uint64(min(limit, len(c.rest))))
	if c.bad || n > uint64(len(c.rest)) {
		c.bad = true
		return nil
	}
	out := c.rest[:n:n]
	c.rest = c.rest[n:]
	return out
}

// maxBlockRecords is more than a block has room for.
const maxBlockRecords = 1 << 16

// item reads the next one.
func (c *cursor) item() (it item, err error) {
	if len(c.rest) == 0 {
		return it, errStream
	}
	it.Kind, c.rest = int(c.rest[0]), c.rest[1:]
	it.Height, it.Time = int64(c.number(1<<62)), int64(c.number(1<<62))
	switch it.Kind {
	case itemSeals:
		raw := c.bytes(MaxSealsBytes)
		if err := json.Unmarshal(raw, &it.Seals); err != nil || !bytes.Equal(marshal(it.Seals), raw) {
			return it, fmt.Errorf("%w: seals", errStream)
		}
	case itemRecords:
		it.Proposer = string(c.bytes(chain.MaxSubjectLen))
		for n := c.number(maxBlockRecords); n > 0 && !c.bad; n-- {
			it.Records = append(it.Records, c.bytes(chain.MaxRecordBytes))
		}
	default:
		c.bad = true
	}
	if c.bad {
		return it, fmt.Errorf("%w: item", errStream)
	}
	return it, nil
}

// eachItem calls fn with the committed stream's items from one place up to, and without, another,
// until fn fails.
func eachItem(db database, from, to place, fn func(item) error) error {
	blocks, err := db.Iterator(keyBlock(from.Height), keyBlock(to.Height+1))
	if err != nil {
		return err
	}
	defer blocks.Close()
	seals, err := db.Iterator(keySeals(from.Height), keySeals(to.Height+1))
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
	return firstError(blocks.Error(), seals.Error())
}

func nextItem(db database, blocks, seals dbm.Iterator) (it item, err error) {
	if blocks.Valid() && (!seals.Valid() || bytes.Compare(blocks.Key()[1:], seals.Key()[1:]) <= 0) {
		var b blockEntry
		if err := json.Unmarshal(blocks.Value(), &b); err != nil {
			return it, err
		}
		blocks.Next()
		it = item{place: place{b.Header.Height, itemRecords}, Time: b.Header.Time, Proposer: b.Proposer}
		for i := b.First; i < b.First+b.Count; i++ {
			e, ok := loadEntry(db, i)
			if !ok {
				return it, fmt.Errorf("%w: record %d is missing", errStream, i)
			}
			it.Records = append(it.Records, e.Record)
		}
		return it, nil
	}
	var s sealEntry
	if err := json.Unmarshal(seals.Value(), &s); err != nil {
		return it, err
	}
	seals.Next()
	return item{place: place{s.Header.Height, itemSeals}, Time: s.Header.Time, Seals: s.Seals}, nil
}
