package reader

import (
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/judge"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// TestStatesAreGivenBack: a state that is read stands until the last reader is done; one that
// nobody reads is let go when the next is published.
func TestStatesAreGivenBack(t *testing.T) {
	r, p := New(storage.Database{}, judge.NewInspector(judge.Options{}))
	var gone []int64
	publish := func(height int64) {
		p.Publish(State{Meta: storage.Meta{Header: chain.Header{Height: height}}})
		r.newest.release = func() { gone = append(gone, height) }
	}
	publish(1)
	first, done := r.Newest()
	again, doneToo := r.Newest()
	publish(2)
	publish(3)
	if first != again || first.Meta.Header.Height != 1 || len(gone) != 1 || gone[0] != 2 {
		t.Errorf("read at %d and %d; let go: %v", first.Meta.Header.Height, again.Meta.Header.Height, gone)
	}
	done()
	if len(gone) != 1 {
		t.Errorf("one of two readers is done: %v", gone)
	}
	doneToo()
	if now, done := r.Newest(); now.Meta.Header.Height != 3 || len(gone) != 2 || gone[1] != 1 {
		t.Errorf("who comes now reads at %d; let go: %v", now.Meta.Header.Height, gone)
	} else {
		done()
	}
}
