package ledger

import (
	"errors"
	"sync"
	"testing"
	"time"

	dbm "github.com/cometbft/cometbft-db"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// A stranger who reads slowly held the lock that a block needs. Here a reader stops in the middle
// of a read, for as long as three blocks take, and still sees the height that it began at, whole.
func TestAReaderDelaysNoBlock(t *testing.T) {
	n := newNetwork(t, "h1")
	db, err := dbm.NewGoLevelDB("ledger", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	n.peers[0] = n.join("h1", db)
	app := n.peers[0].App
	n.block(batch(n.ward.Enrolments()...))
	journey := n.ward.Journey("RX1", time.UnixMilli(n.time))
	n.block(batch(journey[0]))

	s, done := app.Newest()
	it, err := s.DB.Iterator([]byte("i"), []byte("j")) // in the middle of the log
	if err != nil || !it.Valid() {
		t.Fatal(err)
	}
	before := s.Meta.Header
	blocks := make(chan struct{})
	go func() {
		defer close(blocks)
		for _, r := range journey[1:4] {
			n.block(batch(r))
		}
	}()
	select {
	case <-blocks:
	case <-time.After(time.Minute):
		t.Fatal("no block is committed while a reader reads")
	}
	if got := app.Head().Header; got.Height != before.Height+3 {
		t.Errorf("height %d after %d and three blocks", got.Height, before.Height)
	}
	if now, err := app.Subject("rx:RX1"); err != nil || now.Seq < 2 {
		t.Errorf("who comes now sees %+v, %v", now, err)
	}
	if then, ok := storage.SubjectState(s.DB, "rx:RX1"); !ok || then.Seq != 1 || s.Meta.Header != before {
		t.Errorf("who came before sees %+v at %d", then, s.Meta.Header.Height)
	}
	entries := uint64(0)
	for ; it.Valid(); it.Next() {
		entries++
	}
	if it.Error() != nil || entries != before.LogSize {
		t.Errorf("the log that was begun has %d records, then it had %d: %v", entries, before.LogSize, it.Error())
	}
	if err := it.Close(); err != nil {
		t.Fatal(err)
	}
	done()
}

// Judging records that are to be submitted takes signatures' time, and held the lock that a block
// needs: a member's own submissions delayed it.
func TestJudgingDelaysNoBlock(t *testing.T) {
	n := newNetwork(t, "h1")
	db, err := dbm.NewGoLevelDB("ledger", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	n.peers[0] = n.join("h1", db)
	app := n.peers[0].App
	n.block(batch(n.ward.Enrolments()...))
	journey := n.ward.Journey("RX1", time.UnixMilli(n.time))
	n.block(batch(journey[0]))

	entered, leave := make(chan struct{}), make(chan struct{})
	clock := app.opt.clock()
	var once sync.Once
	app.opt.now = func() time.Time { // where judging begins
		once.Do(func() { close(entered); <-leave })
		return clock
	}
	verdicts := make(chan []Result)
	go func() { verdicts <- app.Turned([][]byte{journey[1].Bytes()}) }()
	<-entered
	blocks := make(chan struct{})
	go func() {
		defer close(blocks)
		n.block(batch(journey[1]))
	}()
	select {
	case <-blocks:
	case <-time.After(time.Minute):
		t.Error("no block is committed while records are judged")
	}
	close(leave)
	if got := <-verdicts; len(got) != 1 || got[0].Code != chain.CodeOK {
		t.Errorf("%+v", got)
	}
}

// Readers among blocks see whole heights: a proof of a status verifies, whatever is committed
// meanwhile.
func TestReadersSeeWholeHeights(t *testing.T) {
	n := newNetwork(t, "h1", "p1")
	for i, p := range n.peers {
		db, err := dbm.NewGoLevelDB("ledger", t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		n.peers[i] = n.join(p.member, db)
	}
	app := n.peers[0].App
	n.block(batch(n.ward.Enrolments()...))
	stop, seen := make(chan struct{}), 0
	var readers sync.WaitGroup
	readers.Go(func() {
		for {
			select {
			case <-stop:
				if seen > 0 { // a slow machine reads its first one when all blocks are done
					return
				}
			default:
			}
			proof, err := app.SubjectProof("rx:RX1")
			if errors.Is(err, chain.ErrNotSealed) {
				continue
			}
			if err == nil {
				err = chain.VerifyStatus(n.ward.Members, proof)
			}
			if err != nil {
				t.Errorf("a proof among blocks: %v", err)
				return
			}
			seen++
			if _, err := app.Blocks(0, 10); err != nil {
				t.Error(err)
				return
			}
			if _, err := app.OpenChanges(); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for _, r := range n.ward.Journey("RX1", time.UnixMilli(n.time)) {
		n.block(batch(r))
		n.block()
	}
	close(stop)
	readers.Wait()
}
