//go:build race

package gm

// The race detector slows tjfoc and math/big tenfold and looks for other things.
const (
	randomKeys  = 40
	edgeDigests = 1
	sm4Rounds   = 1_000
)
