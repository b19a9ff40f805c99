package insurer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ErrFormat: a message that is not well formed.
var ErrFormat = errors.New("insurer: malformed message")

// maxDepth bounds nesting; the platform's messages have three levels.
const maxDepth = 16

// SignText is the text both sides sign: see the package comment. fields holds the outer fields
// except data; data is the inner message. ErrFormat when data is not one JSON object.
func SignText(fields map[string]string, data []byte, secret string) (string, error) {
	canonical, err := canonicalData(data)
	if err != nil {
		return "", err
	}
	var pairs []string
	if canonical != "" {
		pairs = append(pairs, "data="+canonical)
	}
	for k, v := range fields {
		if k != "signData" && k != "encData" && k != "extra" && v != "" {
			pairs = append(pairs, k+"="+v)
		}
	}
	slices.SortFunc(pairs, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return strings.Join(pairs, "&") + "&key=" + secret, nil
}

// canonicalData is the compact form that is signed; numbers keep the digits they came with (12.10
// stays 12.10).
func canonicalData(data []byte) (string, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v map[string]any
	if err := d.Decode(&v); err != nil {
		return "", fmt.Errorf("%w: data: %w", ErrFormat, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("%w: data: more than one value", ErrFormat)
	}
	plain, err := textual(v, 0)
	if plain == nil { // nothing is left, or it is nested too deep
		return "", err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false) // the other side signs & < > as they are
	if err := e.Encode(plain); err != nil {
		return "", fmt.Errorf("%w: data: %w", ErrFormat, err)
	}
	return strings.TrimSuffix(out.String(), "\n"), nil
}

// textual turns numbers and booleans into strings and drops what is empty; nil means "nothing
// left".
func textual(v any, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("%w: data: nested deeper than %d", ErrFormat, maxDepth)
	}
	switch v := v.(type) {
	case json.Number:
		return v.String(), nil
	case bool:
		return fmt.Sprint(v), nil
	case string:
		if v == "" {
			return nil, nil
		}
		return v, nil
	case map[string]any:
		return textualObject(v, depth)
	case []any:
		return textualArray(v, depth)
	}
	return nil, nil // null
}

func textualObject(v map[string]any, depth int) (any, error) {
	out := make(map[string]any, len(v)) // encoding/json writes maps in byte order of their keys
	for k, e := range v {
		t, err := textual(e, depth+1)
		if err != nil {
			return nil, err
		}
		if t != nil {
			out[k] = t
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

func textualArray(v []any, depth int) (any, error) {
	out := make([]any, 0, len(v))
	for _, e := range v {
		t, err := textual(e, depth+1)
		if err != nil {
			return nil, err
		}
		if t != nil {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}
