package spreadsheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestRows: what a spreadsheet adds is nothing, what somebody wrote without a heading is named.
func TestRows(t *testing.T) {
	for name, tt := range map[string]struct{ file, want string }{
		"plain":                 {"a,b\n1,2\n", "1:a|b 2:1|2"},
		"lines of commas":       {"a,b\n1,2\n,\n,,,\n", "1:a|b 2:1|2"},
		"spaces and tabs":       {"a,b\n1,2\n ,\t\n\u3000,\n", "1:a|b 2:1|2"},
		"between":               {"a,b\n,\n1,2\n\n3,4\n", "1:a|b 3:1|2 5:3|4"},
		"before the heading":    {",,\na,b\n1,2\n", "2:a|b 3:1|2"},
		"empty columns":         {"a,b,,\n1,2,,\n3,,,\n", "1:a|b 2:1|2 3:3|"},
		"a short line":          {"a,b,c\n1\n", "1:a|b|c 2:1"},
		"an empty column":       {"a,,b\n1,,2\n", "1:a||b 2:1||2"},
		"nothing":               {"", ""},
		"commas alone":          {",,\r\n,,\r\n", ""},
		"stray behind":          {"a,b\n1,2,see below\n", "1:a|b stray 2:3"},
		"stray in an empty one": {"a,,b\n1,2,3\n", "1:a||b stray 2:2"},
		"stray under commas":    {"a,b,,\n1,2,,\n,,,x\n", "1:a|b 2:1|2 stray 3:4"},
		"quotes":                {"a,b\n\"1,2\n", "1:a|b parse"},
	} {
		var got []string
		for row, err := range Rows([]byte(tt.file)) {
			if stray, is := errors.AsType[*StrayError](err); is {
				got = append(got, fmt.Sprintf("stray %d:%d", stray.Line, stray.Column))
			} else if _, is := errors.AsType[*csv.ParseError](err); is {
				got = append(got, "parse")
			} else {
				got = append(got, fmt.Sprintf("%d:%s", row.Line, strings.Join(row.Cells, "|")))
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %q, want %q", name, s, tt.want)
		}
	}
}
