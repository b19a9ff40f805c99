// Package descriptors shares out the process's file descriptors. Strangers' connections take
// descriptors, and so do the databases and the consensus engine, which opens its journal anew every
// second and ends the process when it cannot. So a part is kept back that no connection from
// outside may take, and what the databases hold open is bounded.
package descriptors

import (
	"errors"
	"fmt"
)

// Least is the smallest limit that a node can live with.
const Least = 256

// ErrTooFew is a limit on open files below Least; the text says both.
var ErrTooFew = errors.New("the limit on open files is too low")

// Bounds of the shares.
const (
	leastKept, mostKept     = 128, 4096
	leastTables, mostTables = 16, 500
	leastPeers, mostPeers   = 32, 1024
)

// Share is how a limit is divided.
type Share struct {
	Limit  int // descriptors of the process; 0: the system has no such limit
	Kept   int // never taken by a connection from outside
	Tables int // files that one of the chain's databases holds open
	Peers  int // connections of the engine's port
}

// Of divides a limit; 0: the system has none.
func Of(limit int) Share {
	if limit <= 0 {
		return Share{Kept: mostKept, Tables: mostTables, Peers: mostPeers}
	}
	return Share{
		Limit: limit, Kept: within(limit/4, leastKept, mostKept),
		Tables: within(limit/32, leastTables, mostTables), Peers: within(limit/16, leastPeers, mostPeers),
	}
}

// Now divides the limit of this process.
func Now() Share { return Of(current()) }

// Raise lifts the process's limit as far as the system lets it and divides it: ErrTooFew below
// Least.
func Raise() (Share, error) {
	raise()
	s := Now()
	if s.Limit != 0 && s.Limit < Least {
		return s, fmt.Errorf("%w: %d, at least %d are needed (ulimit -n, LimitNOFILE)", ErrTooFew, s.Limit, Least)
	}
	return s, nil
}

// Ceiling is the first descriptor number that a connection from outside may not have; 0: there is
// none. The system hands out the lowest free number, so as many as are kept back stay free above
// it, whoever holds the others.
func (s Share) Ceiling() int {
	if s.Limit == 0 {
		return 0
	}
	return s.Limit - s.Kept
}

// Connections is how many connections from outside there is room for, at most most of them.
func (s Share) Connections(most int) int {
	if s.Limit == 0 {
		return most
	}
	const databases = 5 // the engine's three, the ledger's, and the application's own
	return within(s.Limit-s.Kept-databases*s.Tables-s.Peers, leastPeers, most)
}

func within(n, least, most int) int { return max(least, min(n, most)) }
