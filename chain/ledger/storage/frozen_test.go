package storage

import (
	"testing"

	dbm "github.com/cometbft/cometbft-db"
)

// TestFrozen: a frozen database is what it was, forwards and backwards, whatever is written since,
// until it is given back.
func TestFrozen(t *testing.T) {
	level, err := dbm.NewGoLevelDB("ledger", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer level.Close()
	live := Database{level}
	if !live.Freezes() || (Database{dbm.NewMemDB()}).Freezes() {
		t.Error("which databases freeze is told wrongly")
	}
	for _, k := range []string{"a", "b", "c"} {
		if err := live.Set([]byte(k), []byte("then "+k)); err != nil {
			t.Fatal(err)
		}
	}
	frozen, release := live.Freeze()
	if err := live.Set([]byte("b"), []byte("now")); err != nil {
		t.Fatal(err)
	}
	if err := live.Delete([]byte("c")); err != nil {
		t.Fatal(err)
	}
	walk := func(it dbm.Iterator, err error) (keys string) {
		if err != nil {
			t.Fatal(err)
		}
		defer it.Close()
		for ; it.Valid(); it.Next() {
			if string(it.Value()) != "then "+string(it.Key()) {
				t.Errorf("%s is %s", it.Key(), it.Value())
			}
			keys += string(it.Key())
		}
		return keys
	}
	if got := walk(frozen.Iterator([]byte("a"), []byte("c"))); got != "ab" {
		t.Errorf("from a up to c: %s", got)
	}
	if got := walk(frozen.ReverseIterator([]byte("b"), nil)); got != "cb" {
		t.Errorf("from the end down to b: %s", got)
	}
	there, err := frozen.Has([]byte("c"))
	if err != nil || !there || string(frozen.Read([]byte("b"))) != "then b" || frozen.Read([]byte("d")) != nil {
		t.Errorf("c is there: %v, %v; b is %s", there, err, frozen.Read([]byte("b")))
	}
	release()
	if _, err := frozen.Get([]byte("a")); err == nil {
		t.Error("read after it was given back")
	}
}
