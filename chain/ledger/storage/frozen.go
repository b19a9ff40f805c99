package storage

import (
	"bytes"
	"errors"
	"fmt"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/syndtr/goleveldb/leveldb"
	"github.com/syndtr/goleveldb/leveldb/iterator"
	"github.com/syndtr/goleveldb/leveldb/util"
)

// Freezes tells whether the database can be read as it was while it is written to. Those in memory
// cannot.
func (d Database) Freezes() bool {
	_, ok := d.DB.(*dbm.GoLevelDB)
	return ok
}

// Freeze is the database as it is now, to be read alone, and what gives its snapshot back. One that
// does not freeze is itself.
func (d Database) Freeze() (frozen Database, release func()) {
	db, ok := d.DB.(*dbm.GoLevelDB)
	if !ok {
		return d, func() {}
	}
	snapshot, err := db.DB().GetSnapshot()
	if err != nil {
		panic(fmt.Sprintf("ledger: database: %v", err))
	}
	return Database{frozenDB{from: snapshot}}, snapshot.Release
}

// frozenDB is a database as it was when a snapshot of it was taken. It is read alone.
type frozenDB struct {
	dbm.DB // nil: nothing else is asked of it
	from   *leveldb.Snapshot
}

// Get implements dbm.DB: nil when there is no such key.
func (f frozenDB) Get(key []byte) ([]byte, error) {
	value, err := f.from.Get(key, nil)
	if errors.Is(err, leveldb.ErrNotFound) {
		return nil, nil
	}
	return value, err
}

// Has implements dbm.DB.
func (f frozenDB) Has(key []byte) (bool, error) { return f.from.Has(key, nil) }

// Iterator implements dbm.DB, from start up to and without end.
func (f frozenDB) Iterator(start, end []byte) (dbm.Iterator, error) {
	it := &frozenIterator{from: f.from.NewIterator(&util.Range{Start: start, Limit: end}, nil), start: start, end: end}
	it.step, it.valid = it.from.Next, it.from.First()
	return it, nil
}

// ReverseIterator implements dbm.DB, from below end down to start.
func (f frozenDB) ReverseIterator(start, end []byte) (dbm.Iterator, error) {
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
