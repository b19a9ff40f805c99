package insurer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// unmarshal reads one JSON value as every honest bureau may write it. Fields that v does not have
// are ignored; a name must be exact. A number may be written as a text and a text as a number,
// whole numbers with zeros behind the point; null and "" are the zero value. An answer that cannot
// be read after money has moved is worse than one written oddly, and what it says is under its
// signature. ErrFormat.
func unmarshal(raw []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: more than one value", ErrFormat)
	}
	fitted, err := json.Marshal(fit(tree, reflect.TypeOf(v).Elem()))
	if err == nil {
		err = json.Unmarshal(fitted, v)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return nil
}

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

// reWhole is a whole number, also one with zeros behind the point.
var reWhole = regexp.MustCompile(`^(-?[0-9]+)(\.0+)?$`)

// fit turns a value into the form that a type is read from. What does not fit stays, and is refused
// by encoding/json.
func fit(tree any, t reflect.Type) any {
	if reflect.PointerTo(t).Implements(unmarshaler) {
		return tree
	}
	switch t.Kind() {
	case reflect.Pointer:
		if tree == "" {
			return nil
		}
		return fit(tree, t.Elem())
	case reflect.Struct:
		if m, ok := tree.(map[string]any); ok {
			return fitStruct(m, t)
		}
	case reflect.Slice:
		if list, ok := tree.([]any); ok {
			for i := range list {
				list[i] = fit(list[i], t.Elem())
			}
		}
	case reflect.String:
		if n, ok := tree.(json.Number); ok {
			return n.String()
		}
	case reflect.Int, reflect.Int64:
		text, isText := tree.(string)
		if n, ok := tree.(json.Number); ok {
			text = n.String()
		}
		if isText && text == "" {
			return nil
		}
		if m := reWhole.FindStringSubmatch(text); m != nil {
			if n, err := strconv.ParseInt(m[1], 10, 64); err == nil {
				return n
			}
		}
	}
	return tree
}

// fitStruct keeps the fields that the type has, by their exact names.
func fitStruct(m map[string]any, t reflect.Type) map[string]any {
	out := map[string]any{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out[name] = fit(m[name], f.Type) // null where it is missing: the zero value
	}
	return out
}

// scalar is the text of a JSON value that is no object and no list; empty for null.
func scalar(b []byte) string {
	var text string
	if json.Unmarshal(b, &text) == nil { // null leaves it empty
		return text
	}
	return string(b)
}
