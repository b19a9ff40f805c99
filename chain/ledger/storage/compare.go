package storage

import (
	"bytes"
	"encoding/binary"
	"fmt"

	dbm "github.com/cometbft/cometbft-db"
)

// maxDifferences bounds the list; one is bad enough.
const maxDifferences = 100

// Differences compares two ledgers' databases key by key and value by value, whatever the formats
// that they were written in.
func Differences(want, got dbm.DB) (out []string, err error) {
	a, err := want.Iterator(nil, nil)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	b, err := got.Iterator(nil, nil)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	for skipApart(a, b); (a.Valid() || b.Valid()) && len(out) < maxDifferences; skipApart(a, b) {
		switch order := compareKeys(a, b); {
		case order < 0:
			out = append(out, fmt.Sprintf("%q is missing", a.Key()))
			a.Next()
		case order > 0:
			out = append(out, fmt.Sprintf("%q is not of the chain", b.Key()))
			b.Next()
		default:
			if !same(Database{want}, Database{got}, a.Key(), a.Value(), b.Value()) {
				out = append(out, fmt.Sprintf("%q differs", a.Key()))
			}
			a.Next()
			b.Next()
		}
	}
	return out, FirstError(a.Error(), b.Error())
}

// same tells whether the values of one key say the same.
func same(want, got Database, key, a, b []byte) bool {
	switch key[0] {
	case KeyMeta[0]:
		return bytes.Equal(bytes.TrimPrefix(a, []byte{format}), bytes.TrimPrefix(b, []byte{format}))
	case 'i':
		x, whole := parseEntry(a)
		y, wholeToo := parseEntry(b)
		index := binary.BigEndian.Uint64(key[1:])
		return whole && wholeToo && x.Height == y.Height && x.Time == y.Time && bytes.Equal(x.Record, y.Record) &&
			bytes.Equal(x.nodesAt(want, index), y.nodesAt(got, index))
	}
	return bytes.Equal(a, b)
}

// apart tells what is no part of the replicated state, or of a format before and compared with the
// entry that it belongs to, or with what follows from it.
func apart(key, value []byte) bool {
	return local(key) || key[0] == 'n' || key[0] == 'q' && binary.BigEndian.Uint16(key[1:]) < upperDepths &&
		parseStatus(value).Kind == nodeBranch
}

// skipApart leaves out what stands apart.
func skipApart(its ...dbm.Iterator) {
	for _, it := range its {
		for it.Valid() && apart(it.Key(), it.Value()) {
			it.Next()
		}
	}
}

// compareKeys orders an ended iterator last.
func compareKeys(a, b dbm.Iterator) int {
	switch {
	case !a.Valid():
		return 1
	case !b.Valid():
		return -1
	}
	return bytes.Compare(a.Key(), b.Key())
}
