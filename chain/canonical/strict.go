package canonical

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/smart-hospital/hospital/chain/platform/text"
)

// MaxDepth is how deep objects and lists of a file may be nested; the deepest of ours has eight.
const MaxDepth = 64

// Compact takes the spaces between tokens out and demands I-JSON (RFC 7493) of what is left: UTF-8
// without a byte order mark, no name twice in an object, no half of a surrogate pair, nesting up to
// MaxDepth, one value. ErrMalformed, ErrTooLarge.
func Compact(b []byte, limit int) ([]byte, error) {
	if len(b) > limit {
		return nil, TooLarge(len(b), limit)
	}
	if !utf8.Valid(b) {
		return nil, fmt.Errorf("%w: not UTF-8", ErrMalformed)
	}
	var out bytes.Buffer
	if err := json.Compact(&out, b); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, text.InWords(err))
	}
	return out.Bytes(), exact(out.Bytes())
}

// exact looks for what JSON's grammar allows and readers take differently.
func exact(packed []byte) error {
	var open []map[string]bool // names of the objects that are open; nil: a list
	for i := 0; i < len(packed); i++ {
		switch packed[i] {
		case '{':
			open = append(open, map[string]bool{})
		case '[':
			open = append(open, nil)
		case '}', ']':
			open = open[:len(open)-1]
		case '"':
			quoted := packed[i : i+stringLen(packed[i:])]
			if halfPair(quoted) {
				return fmt.Errorf("%w: half of a surrogate pair", ErrMalformed)
			}
			i += len(quoted) - 1
			if i+1 == len(packed) || packed[i+1] != ':' {
				continue
			}
			var name string
			if json.Unmarshal(quoted, &name) != nil || open[len(open)-1][name] {
				return fmt.Errorf("%w: a name twice in one object", ErrMalformed)
			}
			open[len(open)-1][name] = true
		}
		if len(open) > MaxDepth {
			return fmt.Errorf("%w: nested deeper than %d", ErrMalformed, MaxDepth)
		}
	}
	return nil
}

// stringLen is the length of the JSON string that b begins with, quotes included.
func stringLen(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// halfPair tells whether a JSON string escapes half of a surrogate pair.
func halfPair(text []byte) bool {
	for i := 0; i+5 < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		switch unit := escaped(text[i:]); {
		case unit>>10 == 0xd800>>10 && escaped(text[i+6:])>>10 == 0xdc00>>10:
			i += 11
		case unit>>11 == 0xd800>>11:
			return true
		default:
			i++
		}
	}
	return false
}

// escaped is the UTF-16 unit of the \u escape that b begins with; 0: it begins with none.
func escaped(b []byte) (unit rune) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0
	}
	for _, c := range b[2:6] {
		switch {
		case c <= '9':
			c -= '0'
		default:
			c = c&^0x20 - 'A' + 10
		}
		unit = unit<<4 | rune(c)
	}
	return unit
}

// plain demands the alphabet of RECEIPT.md section 1 of JSON without spaces: whole numbers from 0
// to 2^53-1 in digits, strings of ASCII without escapes and without the characters that would need
// one, UTF-8 in a member's name alone. It does not look at the grammar.
func plain(b []byte) error {
	var name []byte // of the member that is being read
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			n := bytes.IndexByte(b[i+1:], '"')
			if n < 0 {
				return fmt.Errorf("%w: a string without an end", ErrMalformed)
			}
			inside := b[i+1 : i+1+n]
			if !plainText(inside, string(name) == "name") {
				return fmt.Errorf("%w: a string that needs escapes, or is not ASCII", ErrMalformed)
			}
			if i += n + 1; i+1 < len(b) && b[i+1] == ':' {
				name = inside
			}
		case c == '-' || c >= '0' && c <= '9':
			n := numberLen(b[i:])
			if !plainNumber(b[i : i+n]) {
				return fmt.Errorf("%w: a number that is not 0 to 2^53-1 in digits", ErrMalformed)
			}
			i += n - 1
		}
	}
	return nil
}

func plainText(inside []byte, isName bool) bool {
	for _, c := range inside {
		if c < 0x20 || c == 0x7f || c == '\\' || c == '<' || c == '>' || c == '&' || c >= 0x80 && !isName {
			return false
		}
	}
	return !isName || utf8.Valid(inside)
}

func numberLen(b []byte) int {
	for i, c := range b {
		if (c < '0' || c > '9') && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E' {
			return i
		}
	}
	return len(b)
}

func plainNumber(digits []byte) bool {
	if len(digits) > 16 || digits[0] == '0' && len(digits) > 1 {
		return false
	}
	n := int64(0)
	for _, c := range digits {
		if c < '0' || c > '9' {
			return false
		}
		n = n*10 + int64(c-'0')
	}
	return n <= MaxSafe
}

// Fields takes an object of I-JSON apart, what in the words of errors, whose names may come in any
// order: all of must, of may any, no other. ErrMalformed.
func Fields(packed []byte, what string, must, may []string) (map[string]json.RawMessage, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(packed, &object); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrMalformed, what, text.InWords(err))
	}
	for name := range object {
		if !slices.Contains(must, name) && !slices.Contains(may, name) {
			return nil, fmt.Errorf("%w: %s: %w", ErrMalformed, what,
				text.InWords(fmt.Errorf("json: unknown field %q", name)))
		}
	}
	for _, name := range must {
		if object[name] == nil {
			return nil, Malformed(name, "missing")
		}
	}
	return object, nil
}

// Elements takes a list of I-JSON apart. ErrMalformed.
func Elements(packed []byte) (list []json.RawMessage, err error) {
	if err := json.Unmarshal(packed, &list); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, text.InWords(err))
	}
	if list == nil {
		return nil, fmt.Errorf("%w: null is no list", ErrMalformed)
	}
	return list, nil
}
