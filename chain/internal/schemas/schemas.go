// Package schemas is the table of the statement versions that this program can read, judge and
// write. The members agree on the height from which a version is taken
// (membership.Members.Schemas); a program that does not find it here stops before it.
package schemas

// known does not change while a program runs.
var known = map[int]bool{1: true, 2: true}

// Known tells whether this program knows a version.
func Known(v int) bool { return known[v] }
