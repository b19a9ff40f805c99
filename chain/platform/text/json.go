package text

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ErrJSON is what every *Misfit is.
var ErrJSON = errors.New("text: not the JSON that is taken here")

// MaxDepth is how deep arrays and objects may lie in each other.
const MaxDepth = 64

// maxSafe is 2^53-1: a larger integer is not the same in every reader (RFC 7493 section 2.2).
const maxSafe = 1<<53 - 1

// Misfit says where a JSON text breaks which rule. It repeats no value and names no Go type.
type Misfit struct {
	Path string // items[2].dose; empty: the text as a whole
	Rule string
}

// Error is "path: rule".
func (m *Misfit) Error() string {
	if m.Path == "" {
		return m.Rule
	}
	return m.Path + ": " + m.Rule
}

// Is makes errors.Is(err, ErrJSON) true.
func (m *Misfit) Is(target error) bool { return target == ErrJSON }

// CutMisfit takes the text of a *Misfit apart again. ok is false when it names no place.
func CutMisfit(message string) (path, rule string, ok bool) {
	path, rule, ok = strings.Cut(message, ": ")
	return path, rule, ok && path != "" && !strings.Contains(path, " ")
}

// Decode reads one I-JSON text (RFC 7493) into v: UTF-8, no lone surrogates or noncharacters, no
// name twice, numbers that every reader keeps, and for structs exactly their names, in their case.
// 7.0 is the integer 7. Errors: *Misfit.
func Decode(b []byte, v any) error {
	even, err := strict(b)
	if err != nil {
		return err
	}
	switch v := v.(type) {
	case *json.RawMessage:
		*v = bytes.Clone(b) // whoever asks for the text reads it by its own rules
		return nil
	case *any:
		return json.Unmarshal(even, v)
	}
	var tree any
	if err := unmarshalNumbers(even, &tree); err != nil {
		return &Misfit{Rule: "not JSON (RFC 8259)"}
	}
	t := reflect.TypeOf(v).Elem()
	if m := fit(tree, t, "", false); m != nil {
		return m
	}
	if json.Unmarshal(b, v) == nil || json.Unmarshal(even, v) == nil {
		return nil
	}
	if m := fit(tree, t, "", true); m != nil {
		return m
	}
	return &Misfit{Rule: "does not fit"}
}

func unmarshalNumbers(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return d.Decode(v)
}

// level is an object or array that is open.
type level struct {
	names map[string]bool // nil: an array
	name  string          // of the member that is read
	index int
	value bool // a value comes next, not a name
}

// strict checks a text against RFC 7493 and returns it with every integer written as one.
func strict(b []byte) ([]byte, error) {
	switch {
	case !utf8.Valid(b):
		return nil, &Misfit{Rule: "must be UTF-8"}
	case !json.Valid(b):
		return nil, &Misfit{Rule: "not JSON (RFC 8259)"}
	case loneSurrogate(b):
		return nil, &Misfit{Rule: "half of a surrogate pair is no character (RFC 7493 section 2.1)"}
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var out []byte
	var open []level
	copied := 0
	for {
		token, err := d.Token()
		if err != nil {
			return append(out, b[copied:]...), nil //nolint:nilerr // the end: the text is valid
		}
		top := (*level)(nil)
		if len(open) > 0 {
			top = &open[len(open)-1]
		}
		if s, ok := token.(string); ok && top != nil && top.names != nil && !top.value {
			twice := top.names[s]
			top.names[s], top.name, top.value = true, s, true
			if twice {
				return nil, &Misfit{pathOf(open), "this name stands twice (RFC 7493 section 2.3)"}
			}
			if strings.ContainsFunc(s, unreadable) {
				return nil, &Misfit{pathOf(open), "a name with a character that is none (RFC 7493 section 2.1)"}
			}
			continue
		}
		switch t := token.(type) {
		case json.Delim:
			switch t {
			case '{':
				open = append(open, level{names: map[string]bool{}})
			case '[':
				open = append(open, level{})
			default:
				open = open[:len(open)-1]
				next(open)
			}
			if len(open) > MaxDepth {
				return nil, &Misfit{Rule: fmt.Sprintf("at most %d levels deep", MaxDepth)}
			}
			continue
		case string:
			if strings.ContainsFunc(t, unreadable) {
				return nil, &Misfit{pathOf(open), "a character that is none (RFC 7493 section 2.1)"}
			}
		case json.Number:
			even, rule := number(t.String())
			if rule != "" {
				return nil, &Misfit{pathOf(open), rule}
			}
			if even != t.String() {
				end := int(d.InputOffset())
				out = append(append(out, b[copied:end-len(t)]...), even...)
				copied = end
			}
		}
		next(open)
	}
}

// next notes that a value is over.
func next(open []level) {
	if len(open) == 0 {
		return
	}
	top := &open[len(open)-1]
	top.index++
	top.value = false
}

func unreadable(r rune) bool { return r == 0 || isNoncharacter(r) }

// maxNumber is the longest number that is looked at for being an integer in disguise.
const maxNumber = 40

// InWords is an error of encoding/json without the types of this program, for decoders with rules
// of their own.
func InWords(err error) error {
	if field, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		return &Misfit{under("", strings.Trim(field, `"`)), "unexpected property"}
	}
	if misfit, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		kind, _, _ := strings.Cut(misfit.Value, " ") // the rest of it is the value
		return &Misfit{misfit.Field, "a JSON " + kind + " does not fit here"}
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) {
		return &Misfit{Rule: "not JSON (RFC 8259)"}
	}
	return err
}

// number returns a number in the form in which Go reads an integer, or the rule it breaks.
func number(s string) (even, rule string) {
	f, err := strconv.ParseFloat(s, 64)
	mantissa, _, _ := strings.Cut(strings.ToLower(s), "e")
	switch {
	case err != nil || math.IsInf(f, 0) || (f == 0 && strings.ContainsAny(mantissa, "123456789")):
		return "", "a number beyond what a double holds (RFC 7493 section 2.2)"
	case f == math.Trunc(f) && (f > maxSafe || f < -maxSafe):
		return "", "an integer beyond 2^53-1 (RFC 7493 section 2.2)"
	// an integer that a double holds is its own double
	case f != math.Trunc(f) || !strings.ContainsAny(s, ".eE") || len(s) > maxNumber:
		return s, ""
	}
	if exact, ok := new(big.Rat).SetString(s); ok && exact.IsInt() {
		return exact.Num().String(), ""
	}
	return s, ""
}

// loneSurrogate looks for an escape of half a pair, which Go's reader would turn into U+FFFD.
func loneSurrogate(b []byte) bool {
	unit := func(i int) (n int64) {
		if i+6 > len(b) || b[i] != '\\' || b[i+1] != 'u' {
			return -1
		}
		n, err := strconv.ParseInt(string(b[i+2:i+6]), 16, 32)
		if err != nil {
			return -1
		}
		return n
	}
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' {
			continue
		}
		switch n := unit(i); {
		case n >= 0xd800 && n < 0xdc00:
			if low := unit(i + 6); low < 0xdc00 || low > 0xdfff {
				return true
			}
			i += 11
		case n >= 0xdc00 && n <= 0xdfff:
			return true
		case n >= 0:
			i += 5
		default:
			i++ // what is escaped, a backslash perhaps
		}
	}
	return false
}

func pathOf(open []level) string {
	path := ""
	for _, l := range open {
		switch {
		case l.names == nil:
			path = fmt.Sprintf("%s[%d]", path, l.index)
		case l.value:
			path = under(path, l.name)
		}
	}
	return path
}

// maxNameShown bounds what an answer repeats of a stranger's name for a member.
const maxNameShown = 64

// under is the path of a member. A name that is no identifier is not repeated.
func under(path, name string) string {
	odd := func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	if name == "" || len(name) > maxNameShown || strings.ContainsFunc(name, odd) {
		name = "*"
	}
	if path == "" {
		return name
	}
	return path + "." + name
}

var (
	textReader = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonReader = reflect.TypeFor[json.Unmarshaler]()
	rawJSON    = reflect.TypeFor[json.RawMessage]()
)

// fit holds a tree against a type: the names of its structs and, when values is true, every value.
func fit(tree any, t reflect.Type, path string, values bool) *Misfit {
	for t.Kind() == reflect.Pointer {
		if tree == nil {
			return nil
		}
		t = t.Elem()
	}
	own := t == rawJSON || reflect.PointerTo(t).Implements(jsonReader) || reflect.PointerTo(t).Implements(textReader)
	if own || t.Kind() == reflect.Interface {
		return leaf(tree, t, path, values)
	}
	switch node := tree.(type) {
	case map[string]any:
		if t.Kind() == reflect.Struct {
			return fitStruct(node, t, path, values)
		}
		if t.Kind() == reflect.Map {
			for name, value := range node {
				if m := fit(value, t.Elem(), under(path, name), values); m != nil {
					return m
				}
			}
			return nil
		}
	case []any:
		if t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
			for i, value := range node {
				if m := fit(value, t.Elem(), fmt.Sprintf("%s[%d]", path, i), values); m != nil {
					return m
				}
			}
			return nil
		}
	}
	return leaf(tree, t, path, values)
}

func fitStruct(node map[string]any, t reflect.Type, path string, values bool) *Misfit {
	known := fieldsOf(t, map[string]reflect.Type{})
	for name, value := range node {
		field, ok := known[name]
		if !ok {
			return &Misfit{under(path, name), "unexpected property"}
		}
		if m := fit(value, field, under(path, name), values); m != nil {
			return m
		}
	}
	return nil
}

// fieldsOf collects the names that encoding/json writes for a struct, those of embedded ones as
// well.
func fieldsOf(t reflect.Type, into map[string]reflect.Type) map[string]reflect.Type {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case tag == "-":
		case f.Anonymous && tag == "" && inner.Kind() == reflect.Struct:
			fieldsOf(inner, into)
		case !f.IsExported():
		case tag == "":
			into[f.Name] = f.Type
		default:
			into[tag] = f.Type
		}
	}
	return into
}

// Ruled is an error of a type that reads itself, with the rule in words fit for a client.
type Ruled interface {
	error
	Rule() string
}

// leaf tries one value by itself. A type that reads itself has its own words for what is wrong.
func leaf(tree any, t reflect.Type, path string, values bool) *Misfit {
	if !values {
		return nil
	}
	b, err := json.Marshal(tree)
	if err != nil {
		return &Misfit{path, "does not fit"}
	}
	err = json.Unmarshal(b, reflect.New(t).Interface())
	if err == nil {
		return nil
	}
	if said, ok := errors.AsType[Ruled](err); ok {
		return &Misfit{path, said.Rule()}
	}
	return &Misfit{path, "must be " + kindOf(t)}
}

func kindOf(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8,
		reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if reflect.PointerTo(t).Implements(textReader) {
			return "a decimal text"
		}
		return "an integer in its range"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map, reflect.Struct:
		if t.PkgPath() == "time" {
			return "a time (RFC 3339)"
		}
		return "an object"
	}
	return "a text"
}
