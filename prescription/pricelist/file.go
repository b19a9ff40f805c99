package pricelist

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/spreadsheet"
)

// What a file may hold.
const (
	MaxFile  = 700 << 10 // bytes: in base64 it fits a request's body
	MaxLines = 20_000    // without the heading
)

// heading names a column; the desk's own export has these in its two languages.
var heading = map[string]string{
	"编码": "code", "药品编码": "code", "code": "code",
	"单价": "price", "单价(元)": "price", "price": "price", "price (yuan)": "price",
	"供应": "offered", "是否供应": "offered", "offered": "offered",
}

var offeredWords = map[string]bool{
	"是": true, "供应": true, "yes": true, "true": true, "1": true, "offered": true,
	"否": false, "停供": false, "no": false, "false": false, "0": false, "not offered": false,
}

var reYuan = regexp.MustCompile(`^([0-9]{1,7})(?:\.([0-9]{1,2}))?$`)

// record is one line of a file as it stands there. A column that the file does not have is nil.
type record struct {
	line           int
	code           string
	price, offered *string
}

// bad is a file that cannot be read at all.
func bad(format string, args ...any) error {
	return prescription.Invalid("body.file", fmt.Sprintf(format, args...))
}

// read takes a file apart: UTF-8 with or without a byte order mark, or GB18030; lines end in LF or
// CRLF. Empty lines and columns do not count. prescription.ErrInvalid.
func read(file []byte) ([]record, error) {
	text, err := decode(file)
	if err != nil {
		return nil, err
	}
	var at map[string]int
	var records []record
	for row, err := range spreadsheet.Rows(text) {
		if err != nil {
			return nil, unreadable(err)
		}
		if at == nil {
			if at, err = columns(row.Cells); err != nil {
				return nil, err
			}
			continue
		}
		if len(records) == MaxLines {
			return nil, bad("at most %d lines", MaxLines)
		}
		rec := record{line: row.Line, price: cell(row.Cells, at, "price"), offered: cell(row.Cells, at, "offered")}
		if code := cell(row.Cells, at, "code"); code != nil {
			rec.code = *code
		}
		records = append(records, rec)
	}
	if at == nil {
		return nil, errNoHeading
	}
	return records, nil
}

var errNoHeading = bad("has a heading line: code, and price or offered")

func unreadable(err error) error {
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		return bad("line %d: quotation marks do not fit", parse.StartLine)
	}
	return bad("%v", err) // a *spreadsheet.StrayError
}

func decode(file []byte) ([]byte, error) {
	if len(file) > MaxFile {
		return nil, bad("at most %d bytes", MaxFile)
	}
	text := bytes.TrimPrefix(file, []byte("\ufeff"))
	if utf8.Valid(text) {
		return text, nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(file)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, bad("UTF-8 or GB18030")
	}
	return text, nil
}

// columns are the places of the columns that count; others are left alone.
func columns(head []string) (map[string]int, error) {
	at := map[string]int{}
	for i, h := range head {
		name, ok := heading[strings.NewReplacer("（", "(", "）", ")").Replace(strings.ToLower(strings.TrimSpace(h)))]
		if !ok {
			continue
		}
		if _, twice := at[name]; twice {
			return nil, bad("has the column %s twice", name)
		}
		at[name] = i
	}
	_, code := at["code"]
	if !code || len(at) == 1 {
		return nil, errNoHeading
	}
	return at, nil
}

func cell(cells []string, at map[string]int, name string) *string {
	i, ok := at[name]
	if !ok {
		return nil
	}
	text := ""
	if i < len(cells) {
		text = strings.TrimSpace(cells[i])
	}
	return &text
}

// fen reads a price in yuan, such as 16.8: digits and at most two decimals, no separators.
func fen(yuan string) (int64, bool) {
	m := reYuan.FindStringSubmatch(yuan)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(m[1]+(m[2] + "00")[:2], 10, 64)
	return n, err == nil && n >= 1 && n <= medicine.MaxPriceFen
}

// gravity orders the lines of a long answer: what is wrong, what is steep, what changes, the rest.
func gravity(l Line) int {
	return slices.Index([]bool{l.Result != Changed && l.Result != Unchanged, l.Steep, l.Result == Changed, true}, true)
}
