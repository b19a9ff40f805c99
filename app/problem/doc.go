package problem

import (
	"fmt"
	"strings"
)

// Markdown documents every code; app/docs/PROBLEMS.md is this text, held equal by a test.
func Markdown() string {
	var b strings.Builder
	b.WriteString("# Problem codes\n\nEvery refusal is an RFC 9457 problem (`application/problem+json`) with a stable `code`. Codes are append-only.\n\n| code | status | what to do |\n|---|---|---|\n")
	for _, e := range list {
		fmt.Fprintf(&b, "| <a id=\"%[1]s\"></a>`%[1]s` | %d | %s |\n", e.Code, e.Status, e.Do)
	}
	return b.String()
}
