// Package ledger is the replicated state machine of the consortium chain: an ABCI 2.0 application
// that orders records, keeps the law of chain/contract and commits to everything it holds in one
// SM3 state root.
//
// It promises: the same blocks give the same state and the same root on every machine (no wall
// clock, no map order, no floating point); one atomic batch per height, so a kill at any moment
// leaves a whole height; no input makes it panic. It does panic when its own disk fails or its
// state would diverge: a node that is wrong must stop.
//
// The consensus engine's types appear here because the application speaks its protocol; nothing
// above chain/comet sees them.
package ledger
