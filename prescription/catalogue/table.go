package catalogue

import (
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription/spreadsheet"
)

// ErrBadRow is what every *RowError is.
var ErrBadRow = errors.New("catalogue: bad row")

// RowError names a row that breaks a rule.
type RowError struct {
	File   string
	Line   int    // 1 is the header
	Column string // empty when the whole row is meant
	Rule   string
}

// Error names file, line, column and rule.
func (e *RowError) Error() string {
	return fmt.Sprintf("%v: %s:%d: column %q: %s", ErrBadRow, e.File, e.Line, e.Column, e.Rule)
}

// Unwrap makes errors.Is(err, ErrBadRow) true.
func (e *RowError) Unwrap() error { return ErrBadRow }

const maxField = 400 // bytes: the longest message has about 200

// row is one record under a known header. Its getters remember every broken rule, so that one look
// finds them all.
type row struct {
	file   string
	line   int
	header []string
	fields []string
	errs   []error
}

// readTable calls each for every record of src; the header must be exactly the given one. What a
// spreadsheet program adds, empty lines and columns, does not count.
func readTable(file string, src []byte, header string, each func(*row)) error {
	names := strings.Split(header, ",")
	if !utf8.Valid(src) {
		return &RowError{file, 1, "", "the file is UTF-8"}
	}
	var errs []error
	headed := false
	for r, err := range spreadsheet.Rows(src) {
		if at := (*csv.ParseError)(nil); errors.As(err, &at) {
			return errors.Join(append(errs, &RowError{file, at.Line, "", at.Err.Error()})...)
		}
		if at := (*spreadsheet.StrayError)(nil); errors.As(err, &at) {
			return errors.Join(append(errs, &RowError{file, at.Line, "", at.Error()})...)
		}
		switch {
		case !headed && !slices.Equal(r.Cells, names):
			return &RowError{file, 1, "", "the header is " + header}
		case !headed:
			headed = true
		case len(r.Cells) != len(names):
			return errors.Join(append(errs, &RowError{file, r.Line, "", csv.ErrFieldCount.Error()})...)
		default:
			w := &row{file: file, line: r.Line, header: names, fields: r.Cells}
			each(w)
			errs = append(errs, w.errs...)
		}
	}
	if !headed {
		return &RowError{file, 1, "", "the header is " + header}
	}
	return errors.Join(errs...)
}

func (w *row) fail(column, rule string) {
	w.errs = append(w.errs, &RowError{w.file, w.line, column, rule})
}

func (w *row) raw(column string) string { return w.fields[slices.Index(w.header, column)] }

// text is a required, printable text without space around it.
func (w *row) text(column string) string {
	s := w.raw(column)
	bad := strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
	if s == "" || s != strings.TrimSpace(s) || bad || len(s) > maxField {
		w.fail(column, "must be a printable text without space around it")
	}
	return s
}

// match is a text of a pattern.
func (w *row) match(column string, pattern *regexp.Regexp) string {
	s := w.raw(column)
	if !pattern.MatchString(s) {
		w.fail(column, "must match "+pattern.String())
	}
	return s
}

// number is a whole number in a range.
func (w *row) number(column string, low, high int64) int64 {
	s := w.raw(column)
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || !text.Digits(s) || n < low || n > high {
		w.fail(column, fmt.Sprintf("must be a whole number from %d to %d", low, high))
	}
	return n
}

// amount is a dose; zero only where the column allows it.
func (w *row) amount(column string, zero bool) Amount {
	a, ok := parseAmount(w.raw(column))
	if !ok || a > maxDose || (a == 0 && !zero) {
		w.fail(column, "must be a decimal with at most three places, in range")
	}
	return a
}

// choice is one of an enum's values.
func choice[E ~string](w *row, column string, labels map[E]string) E {
	e := E(w.raw(column))
	if labels[e] == "" {
		w.fail(column, "must be one of the known values")
	}
	return e
}

// reference is a key of another table.
func reference[V any](w *row, column string, table map[string]V) string {
	s := w.raw(column)
	if _, ok := table[s]; !ok {
		w.fail(column, "must be a code of its table")
	}
	return s
}

// unique keeps a key and fails when it was there.
func unique[V any](w *row, column, key string, table map[string]V, v V) {
	if _, ok := table[key]; ok {
		w.fail(column, "must be unique")
	}
	table[key] = v
}
