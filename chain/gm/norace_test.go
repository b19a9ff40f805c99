//go:build !race

package gm

const (
	randomKeys  = 400
	edgeDigests = 5
	sm4Rounds   = 1_000_000 // as the standard's second vector asks
)
