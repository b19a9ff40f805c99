// Package schemas is the table of the statement versions that this program can read, judge and
// write. The members agree on the height from which a version is taken
// (membership.Members.Schemas); a program that does not find it here stops before it.
package schemas

import "sync"

var (
	mu    sync.RWMutex
	known = map[int]bool{1: true, 2: true}
)

// Known tells whether this program knows a version.
func Known(v int) bool {
	mu.RLock()
	defer mu.RUnlock()
	return known[v]
}

// Learn adds a version, as a newer program has it in the table; forget takes it out again. For
// tests.
func Learn(v int) (forget func()) {
	mu.Lock()
	defer mu.Unlock()
	known[v] = true
	return func() {
		mu.Lock()
		defer mu.Unlock()
		delete(known, v)
	}
}
