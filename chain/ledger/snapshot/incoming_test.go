package snapshot

import (
	"errors"
	"testing"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// taker notes what is added to it.
type taker struct {
	heights []int64
	settled int
	refuses int64 // the height that it does not take
}

var errRefused = errors.New("refused")

func (k *taker) Add(it storage.Item) error {
	if it.Height == k.refuses {
		return errRefused
	}
	k.heights = append(k.heights, it.Height)
	return nil
}

func (k *taker) Settle() error { k.settled++; return nil }

// chunk holds the records of some heights.
func chunk(heights ...int64) (b []byte) {
	for _, h := range heights {
		b = storage.Item{Place: storage.Place{Height: h}, Records: [][]byte{{'r'}}}.Encode(b)
	}
	return b
}

func offer(height int64, chunks ...[]byte) Offer {
	o := Offer{Height: height, Format: format, Chunks: uint32(len(chunks))}
	for _, c := range chunks {
		d := gm.Sum(c)
		o.Digests = append(o.Digests, d[:]...)
	}
	d := gm.Sum(o.Digests)
	o.Digest = d[:]
	return o
}

func TestOfferIsChecked(t *testing.T) {
	good := offer(5, chunk(1), chunk(5))
	for name, c := range map[string]struct {
		change func(*Offer)
		want   error
	}{
		"good":              {func(*Offer) {}, nil},
		"another format":    {func(o *Offer) { o.Format++ }, ErrFormat},
		"a chunk more":      {func(o *Offer) { o.Chunks++ }, ErrOffer},
		"a chunk less":      {func(o *Offer) { o.Chunks-- }, ErrOffer},
		"no digest":         {func(o *Offer) { o.Digest = nil }, ErrOffer},
		"digests of others": {func(o *Offer) { o.Digests = offer(5, chunk(2), chunk(5)).Digests }, ErrOffer},
	} {
		o := good
		if c.change(&o); !errors.Is(o.Check(), c.want) {
			t.Errorf("%s: %v", name, o.Check())
		}
	}
}

// TestIncoming: chunks come in order, one that was not announced is taken again, and a ledger that
// refuses an item, or one beyond the snapshot's height, ends it.
func TestIncoming(t *testing.T) {
	first, last := chunk(1, 2), chunk(5)
	k := &taker{}
	in := Receive(offer(5, first, last), k)
	if err := in.Take(last); !errors.Is(err, ErrOther) || in.Next() != 0 {
		t.Errorf("the last chunk comes first: %v, next is %d", err, in.Next())
	}
	if err := in.Take(first); err != nil || in.Next() != 1 || in.Whole() {
		t.Errorf("%v, next is %d", err, in.Next())
	}
	if err := in.Take(last); err != nil || !in.Whole() {
		t.Errorf("the last one: %v", err)
	}
	if len(k.heights) != 3 || k.settled != 2 {
		t.Errorf("taken: %v, settled %d times", k.heights, k.settled)
	}
	if err := Receive(offer(4, last), k).Take(last); !errors.Is(err, storage.ErrStream) {
		t.Errorf("beyond the snapshot's height: %v", err)
	}
	if err := Receive(offer(5, first), &taker{refuses: 2}).Take(first); !errors.Is(err, errRefused) {
		t.Errorf("an item that the ledger refuses: %v", err)
	}
	noise := []byte{7, 7, 7}
	if err := Receive(offer(5, noise), k).Take(noise); !errors.Is(err, storage.ErrStream) {
		t.Errorf("noise: %v", err)
	}
}
