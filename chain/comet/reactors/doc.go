// Package reactors is what nodes say to each other beside the engine's own words, and what stands
// before those: a pulse, by which a dead connection is found, and a door before the mempool, which
// stops listening to a node that hands on bytes without an organisation's seal.
package reactors
