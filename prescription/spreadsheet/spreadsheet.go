// Package spreadsheet reads CSV as spreadsheet programs save it. They write as many cells a line as
// the widest line ever had, so that a file ends in lines of commas and its lines in empty columns:
// those are nothing. A text where no heading stands is named, because it may be what somebody
// meant.
package spreadsheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Row is a line with something in it. Cells are as they stand there, without empty ones behind the
// last heading; a line may have fewer of them than the heading.
type Row struct {
	Line  int // 1 is the file's first
	Cells []string
}

// StrayError is a text in a column without a heading.
type StrayError struct{ Line, Column int } // from 1

// Error names the place, and not what stands there.
func (e *StrayError) Error() string {
	return fmt.Sprintf("line %d has a text in column %d, which has no heading", e.Line, e.Column)
}

// Rows are the lines of src that are not empty, the heading first. It ends with the first error: a
// *csv.ParseError, or a *StrayError.
func Rows(src []byte) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r := csv.NewReader(bytes.NewReader(src))
		r.FieldsPerRecord = -1
		var heading []string
		for {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Row{}, err)
				return
			}
			full := width(cells)
			if full == 0 {
				continue
			}
			line, _ := r.FieldPos(0)
			if heading == nil {
				heading, cells = cells[:full], cells[:full]
			} else if at := stray(heading, cells); at >= 0 {
				yield(Row{}, &StrayError{line, at + 1})
				return
			}
			if !yield(Row{line, cells[:min(len(cells), len(heading))]}, nil) {
				return
			}
		}
	}
}

// width is how many cells there are up to the last with something in it.
func width(cells []string) int {
	n := len(cells)
	for n > 0 && empty(cells[n-1]) {
		n--
	}
	return n
}

// stray is the place of the first text without a heading; -1: there is none.
func stray(heading, cells []string) int {
	for i, c := range cells {
		if !empty(c) && (i >= len(heading) || empty(heading[i])) {
			return i
		}
	}
	return -1
}

func empty(cell string) bool { return strings.TrimSpace(cell) == "" }
