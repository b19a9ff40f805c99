package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/smart-hospital/hospital/chain"
)

// maxDifferences bounds the list; one is bad enough.
const maxDifferences = 100

// Differences compares two ledgers' databases key by key and value by value.
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
	for skipLocal(a, b); (a.Valid() || b.Valid()) && len(out) < maxDifferences; skipLocal(a, b) {
		switch order := compareKeys(a, b); {
		case order < 0:
			out = append(out, fmt.Sprintf("%q is missing", a.Key()))
			a.Next()
		case order > 0:
			out = append(out, fmt.Sprintf("%q is not of the chain", b.Key()))
			b.Next()
		default:
			if !bytes.Equal(a.Value(), b.Value()) {
				out = append(out, fmt.Sprintf("%q differs", a.Key()))
			}
			a.Next()
			b.Next()
		}
	}
	return out, firstError(a.Error(), b.Error())
}

// skipLocal leaves out what is no part of the replicated state.
func skipLocal(its ...dbm.Iterator) {
	for _, it := range its {
		for it.Valid() && local(it.Key()) {
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

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// EachSubject calls fn with every subject's state, in ascending order of their names. The ledger
// must not be executing blocks meanwhile: it is for a replayed or stopped one.
func (a *App) EachSubject(ctx context.Context, fn func(chain.SubjectState) error) error {
	it, err := a.db.Iterator([]byte("s"), []byte("t"))
	if err != nil {
		return err
	}
	defer it.Close()
	for ; it.Valid(); it.Next() {
		var s chain.SubjectState
		if err := json.Unmarshal(it.Value(), &s); err != nil {
			return fmt.Errorf("ledger: state of %q: %w", it.Key(), err)
		}
		if err := firstError(ctx.Err(), fn(s)); err != nil {
			return err
		}
	}
	return it.Error()
}
