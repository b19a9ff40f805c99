package snapshot

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// ErrOther is a chunk that is not the one that the offer announced.
var ErrOther = errors.New("ledger: another chunk than the snapshot's")

// ErrFormat is an offer in a format that this program does not read, ErrOffer one that contradicts
// itself.
var (
	ErrFormat = errors.New("ledger: snapshot of another format")
	ErrOffer  = errors.New("ledger: the snapshot's digest is not that of its chunks' digests")
)

// Check tells whether the offer is one that can be taken: ErrFormat, ErrOffer.
func (o Offer) Check() error {
	digest := gm.Sum(o.Digests)
	switch {
	case o.Format != format:
		return ErrFormat
	case len(o.Digests) != int(o.Chunks)*len(digest) || !bytes.Equal(o.Digest, digest[:]):
		return ErrOffer
	}
	return nil
}

// Begin empties a database for a snapshot, and marks it first: until the mark
// (storage.KeyRestoring) is gone, nothing in it is whole.
func Begin(db storage.Database) error {
	if err := db.SetSync(storage.KeyRestoring, []byte{1}); err != nil {
		return err
	}
	return wipe(db)
}

// wipeAtOnce bounds the keys that wipe holds in memory.
const wipeAtOnce = 10000

// wipe removes everything but the mark that says so.
func wipe(db storage.Database) error {
	for {
		keys, err := someKeys(db)
		if err != nil || len(keys) == 0 {
			return err
		}
		for _, k := range keys {
			if err := db.Delete(k); err != nil {
				return err
			}
		}
	}
}

func someKeys(db storage.Database) (keys [][]byte, err error) {
	it, err := db.Iterator(nil, nil)
	if err != nil {
		return nil, err
	}
	defer it.Close()
	for ; it.Valid() && len(keys) < wipeAtOnce; it.Next() {
		if !bytes.Equal(it.Key(), storage.KeyRestoring) {
			keys = append(keys, bytes.Clone(it.Key()))
		}
	}
	return keys, it.Error()
}

// Ledger executes a stream.
type Ledger interface {
	// Add executes the next item: storage.ErrStream when it is not what the chain can hold.
	Add(it storage.Item) error
	// Settle waits for the checks of the items so far that go on beside execution, and tells what
	// they found.
	Settle() error
}

// Incoming is a snapshot on its way into a ledger. One goroutine at a time.
type Incoming struct {
	offer Offer
	into  Ledger
	next  uint32
}

// Receive begins with an offer that Check passes.
func Receive(o Offer, into Ledger) *Incoming { return &Incoming{offer: o, into: into} }

// Next is the chunk that comes next, from 0 on.
func (in *Incoming) Next() uint32 { return in.next }

// Whole tells whether all chunks are in.
func (in *Incoming) Whole() bool { return in.next == in.offer.Chunks }

// Take adds the next chunk: ErrOther for one that is not the announced one, which is asked for
// again; every other error ends the snapshot, whose maker has lied.
func (in *Incoming) Take(chunk []byte) error {
	digest := gm.Sum(chunk)
	if !bytes.Equal(digest[:], in.offer.Digests[int(in.next)*len(digest):][:len(digest)]) {
		return ErrOther
	}
	in.next++
	for c := (&storage.Cursor{Rest: chunk}); len(c.Rest) > 0; {
		it, err := c.Item()
		if err == nil && it.Height > in.offer.Height {
			err = fmt.Errorf("%w: height %d beyond the snapshot's", storage.ErrStream, it.Height)
		}
		if err == nil {
			err = in.into.Add(it)
		}
		if err != nil {
			return err
		}
	}
	return in.into.Settle()
}
