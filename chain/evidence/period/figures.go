package period

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/china"
)

// cell is what is counted: records, each of which stands beside the figures. No person is.
type cell struct{ day, kind, org string }

// figures count the records of a period by the civil day of the header that seals them.
type figures struct {
	start, end int64
	cells      map[cell]uint64
}

func newFigures(start, end int64) *figures { return &figures{start, end, map[cell]uint64{}} }

// add leaves out what is in the file for the proof alone: the block that closes the period has
// records of the next day.
func (f *figures) add(r *chain.Receipt) {
	if r.Header.Time < f.start || r.Header.Time >= f.end {
		return
	}
	s := r.Record.Statement
	f.cells[cell{china.Day(time.UnixMilli(r.Header.Time)), string(s.Kind), s.Org}]++
}

// csv has a line a cell, sorted. A member's id may begin with a hyphen, with which a spreadsheet
// would calculate.
func (f *figures) csv() []byte {
	var b bytes.Buffer
	b.WriteString("day,kind,organisation,records\n")
	for _, c := range slices.SortedFunc(maps.Keys(f.cells), func(a, b cell) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.kind, b.kind), cmp.Compare(a.org, b.org))
	}) {
		org := c.org
		if strings.HasPrefix(org, "-") {
			org = "'" + org
		}
		fmt.Fprintf(&b, "%s,%s,%s,%d\n", c.day, c.kind, org, f.cells[c])
	}
	return b.Bytes()
}
