package reader

import (
	"testing"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/judge"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// TestStatesAreGivenBack: a state that is read keeps its snapshot until the last reader is done, one
// that nobody reads is let go when the next is published, and each shows the database as it was.
func TestStatesAreGivenBack(t *testing.T) {
	db, err := dbm.NewGoLevelDB("ledger", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r, p := New(storage.Database{DB: db}, judge.NewInspector(judge.Options{}))
	at := func(height int64) State { return State{Meta: storage.Meta{Header: chain.Header{Height: height}}} }
	write := func(height int64) {
		if err := db.Set([]byte("k"), []byte{byte(height)}); err != nil {
			t.Fatal(err)
		}
		p.Publish(at(height))
	}
	write(1)
	first, done := r.Newest()
	_, doneToo := r.Newest()
	write(2)
	second := r.newest
	write(3)
	if first.holders != 2 || second.holders != 0 || r.newest.holders != 1 {
		t.Errorf("holders: %d, %d and %d", first.holders, second.holders, r.newest.holders)
	}
	if got := first.DB.Read([]byte("k")); len(got) != 1 || got[0] != 1 || first.Meta.Header.Height != 1 {
		t.Errorf("who came first reads %v at %d", got, first.Meta.Header.Height)
	}
	done()
	if first.holders != 1 {
		t.Errorf("one of two readers is done: %d", first.holders)
	}
	doneToo()
	if _, err := first.DB.Get([]byte("k")); first.holders != 0 || err == nil {
		t.Errorf("all are done: %d holders, and its snapshot is still read: %v", first.holders, err)
	}
}
