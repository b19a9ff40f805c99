package triage

import "slices"

// Codes are those of all signs, the gravest first.
func (t *Tables) Codes() []string {
	list := make([]string, len(t.flags))
	for i, f := range t.flags {
		list[i] = f.code
	}
	return list
}

// Departments are all that the tables lead to.
func (t *Tables) Departments() []string { return slices.Clone(t.order) }
