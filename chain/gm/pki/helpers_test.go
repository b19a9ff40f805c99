package pki

import (
	"errors"
	"sync"
	"testing"

	"github.com/smart-hospital/hospital/chain/gm"
)

func newKey(t testing.TB) *gm.PrivateKey {
	t.Helper()
	return must[*gm.PrivateKey](t)(gm.GenerateKey())
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func isOneOf(err error, sentinels ...error) bool {
	for _, s := range sentinels {
		if errors.Is(err, s) {
			return true
		}
	}
	return false
}

// fuzzKey is one key for every process of a fuzz target.
var fuzzKey = sync.OnceValues(func() (*gm.PrivateKey, error) {
	d := gm.Sum([]byte("a key for fuzzing"))
	return gm.NewPrivateKey(d[:])
})
