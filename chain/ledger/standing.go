package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/smart-hospital/hospital/chain/ledger/judge"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/syndtr/goleveldb/leveldb"
	"github.com/syndtr/goleveldb/leveldb/iterator"
	"github.com/syndtr/goleveldb/leveldb/util"
)

// standing is the committed state of one height, as readers see it. It never changes. A reader
// takes it, reads for as long as it likes and gives it back; meanwhile blocks are committed, and
// who comes next is given the next one.
type standing struct {
	app      *App
	db       storage.Database // as it was then
	meta     storage.Meta
	lists    []*list
	upper    *storage.Upper // of the status tree
	before   *storage.Upper // one block back
	undo     map[string][]byte
	undoSize uint64

	snapshot *leveldb.Snapshot // nil: a database without snapshots, whose readers keep blocks waiting
	holders  int               // readers, and one for being the newest; under public.mu
}

// public hands the newest standing to readers. No lock of it is held while anybody reads or writes,
// but whole for databases that have no snapshots: those in memory, of tests and of replays that
// nobody reads meanwhile.
type public struct {
	mu     sync.Mutex
	newest *standing
	whole  sync.RWMutex
}

// publish makes the state of now the newest. The caller is the one that changes it.
func (a *App) publish() {
	s := &standing{app: a, db: a.db, meta: a.meta, lists: a.lists, upper: a.recent.Upper, before: a.before,
		undo: a.undo, undoSize: a.undoSize, holders: 1}
	if db, ok := a.db.DB.(*dbm.GoLevelDB); ok {
		snapshot, err := db.DB().GetSnapshot()
		if err != nil {
			panic(fmt.Sprintf("ledger: database: %v", err))
		}
		s.snapshot, s.db = snapshot, storage.Database{DB: frozen{from: snapshot}}
	}
	a.public.mu.Lock()
	before := a.public.newest
	a.public.newest = s
	a.public.mu.Unlock()
	if before != nil {
		before.give()
	}
}

// standing takes the newest state; the caller calls done when it has read, and takes no other
// meanwhile.
func (a *App) standing() (s *standing, done func()) {
	_, snapshots := a.db.DB.(*dbm.GoLevelDB)
	if !snapshots {
		a.public.whole.RLock()
	}
	a.public.mu.Lock()
	s = a.public.newest
	s.holders++
	a.public.mu.Unlock()
	return s, func() {
		s.give()
		if !snapshots {
			a.public.whole.RUnlock()
		}
	}
}

func (s *standing) give() {
	s.app.public.mu.Lock()
	defer s.app.public.mu.Unlock()
	if s.holders--; s.holders == 0 && s.snapshot != nil {
		s.snapshot.Release()
	}
}

// next is the block to come after it.
func (s *standing) next() judge.Block {
	height := s.meta.Header.Height + 1
	return judge.Block{Roster: s.listAt(height).roster, Height: height, Time: s.meta.Header.Time}
}

func (s *standing) listAt(height int64) *list { return listAt(s.lists, height) }

// frozen is a database as it was when a snapshot of it was taken. It is read alone.
type frozen struct {
	dbm.DB // nil: nothing else is asked of it
	from   *leveldb.Snapshot
}

// Get implements dbm.DB: nil when there is no such key.
func (f frozen) Get(key []byte) ([]byte, error) {
	value, err := f.from.Get(key, nil)
	if errors.Is(err, leveldb.ErrNotFound) {
		return nil, nil
	}
	return value, err
}

// Has implements dbm.DB.
func (f frozen) Has(key []byte) (bool, error) { return f.from.Has(key, nil) }

// Iterator implements dbm.DB, from start up to and without end.
func (f frozen) Iterator(start, end []byte) (dbm.Iterator, error) {
	it := &frozenIterator{from: f.from.NewIterator(&util.Range{Start: start, Limit: end}, nil), start: start, end: end}
	it.step, it.valid = it.from.Next, it.from.First()
	return it, nil
}

// ReverseIterator implements dbm.DB, from below end down to start.
func (f frozen) ReverseIterator(start, end []byte) (dbm.Iterator, error) {
	it := &frozenIterator{from: f.from.NewIterator(&util.Range{Start: start, Limit: end}, nil), start: start, end: end}
	it.step, it.valid = it.from.Prev, it.from.Last()
	return it, nil
}

type frozenIterator struct {
	from       iterator.Iterator
	step       func() bool
	valid      bool
	start, end []byte
}

func (i *frozenIterator) Domain() (start, end []byte) { return i.start, i.end }
func (i *frozenIterator) Valid() bool                 { return i.valid }
func (i *frozenIterator) Next()                       { i.valid = i.step() }
func (i *frozenIterator) Key() []byte                 { return bytes.Clone(i.from.Key()) }
func (i *frozenIterator) Value() []byte               { return bytes.Clone(i.from.Value()) }
func (i *frozenIterator) Error() error                { return i.from.Error() }

// Close implements dbm.Iterator.
func (i *frozenIterator) Close() error {
	i.from.Release()
	return nil
}
