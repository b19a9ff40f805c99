// Package judge is the law at work: one record, in one block, over the state that it finds. It runs
// the rules of every kind and the guards of its contract (chain/contract) in a fixed order, and
// writes to a view what a record that passes has done.
//
// It is pure: the same records over the same state get the same verdicts on every machine. It knows
// no engine, no clock and no disk; what it remembers (Inspector) is what follows from bytes alone.
package judge
