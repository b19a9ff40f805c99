// Package disk watches how much room is left where the data folder lies, and says what may still be
// written: pictures stop first, new commands next, signatures last. A full disk would otherwise
// stop the chain in the middle of what somebody signed. A database elsewhere has a disk of its own,
// which its operator watches.
package disk

import (
	"sync"
	"time"
)

// Use is what somebody wants to write.
type Use int

// Uses, the most important one last.
const (
	Uploads  Use = iota // pictures
	Commands            // everything that begins something
	Signing             // what was shown and is signed now
)

// fraction of the reserve below which a use stops: its divisor.
var fraction = map[Use]int64{Uploads: 1, Commands: 2, Signing: 8}

// again is for how long one look at the disk counts.
const again = 2 * time.Second

// Guard watches one file system. The zero value lets everything pass.
type Guard struct {
	Reserve int64                 // bytes kept free; 0: everything passes
	Free    func() (int64, error) // bytes that are free; an error lets everything pass
	Now     func() time.Time

	mu   sync.Mutex
	seen time.Time
	free int64
	err  error
}

// New watches the file system of a folder; reserve is in bytes.
func New(folder string, reserve int64) *Guard {
	return &Guard{Reserve: reserve, Free: func() (int64, error) { return free(folder) }, Now: time.Now}
}

// Left is how many bytes are free, as of a moment ago.
func (g *Guard) Left() (int64, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now := g.Now(); now.Sub(g.seen) >= again || now.Before(g.seen) {
		g.free, g.err = g.Free()
		g.seen = now
	}
	return g.free, g.err
}

// Allows tells whether a use may go on.
func (g *Guard) Allows(u Use) bool {
	if g == nil || g.Reserve <= 0 {
		return true
	}
	left, err := g.Left()
	return err != nil || left >= g.Reserve/fraction[u]
}
