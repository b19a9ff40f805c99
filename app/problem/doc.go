package problem

import (
	"fmt"
	"strings"
)

// Code is one stable code as clients know it.
type Code struct {
	Code   string
	Status int
	Do     string // what a client should do
}

// Codes lists every code once, in the order of the list: several errors may mean one code to a
// client.
func (t *Table) Codes() []Code {
	seen := map[string]bool{}
	var codes []Code
	for _, e := range t.entries {
		if !seen[e.Code] {
			codes = append(codes, Code{e.Code, e.Status, e.Do})
		}
		seen[e.Code] = true
	}
	return codes
}

// Markdown documents every code; app/docs/PROBLEMS.md is this text, held equal by a test.
func (t *Table) Markdown() string {
	var b strings.Builder
	b.WriteString(
		"# Problem codes\n\nEvery refusal is an RFC 9457 problem (`application/problem+json`) with a stable `code`. Codes are append-only.\n\n| code | status | what to do |\n|---|---|---|\n")
	for _, c := range t.Codes() {
		fmt.Fprintf(&b, "| <a id=\"%[1]s\"></a>`%[1]s` | %d | %s |\n", c.Code, c.Status, c.Do)
	}
	return b.String()
}
