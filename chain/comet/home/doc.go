// Package home is the folder of a chain node: its keys and genesis, the engine's settings, the
// databases, what its validator has voted for, and what is done with all that while no engine runs:
// backup, restore and audit. It starts nothing; that is package comet.
package home
