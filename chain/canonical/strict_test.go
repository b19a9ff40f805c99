package canonical

import (
	"errors"
	"strings"
	"testing"
)

// TestExact: what JSON's grammar allows and two readers may take for different things.
func TestExact(t *testing.T) {
	for name, text := range map[string]string{
		"byte order mark": "\ufeff{}", "bad UTF-8": "{\"a\":\"\xff\"}",
		"surrogate in UTF-8": "{\"a\":\"\xed\xa0\x80\"}", "two values": "{}{}", "nothing": "",
		"a name twice":               `{"a":1,"a":1}`,
		"a name twice, once escaped": `{"a":1,"\u0061":1}`, "a name twice within": `[{"b":[{"a":1,"a":2}]}]`,
		"half a pair": `{"a":"\ud800"}`, "half a pair in a name": `{"\uDFFF":1}`,
		"two first halves": `["\ud800\ud800"]`, "halves in the wrong order": `["\udc00\ud800"]`,
		"half a pair behind a backslash": `["\\\ud800"]`, "half before another escape": `["\ud83d\u0041"]`,
		"deep": strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1), "a control character": "[\"a\nb\"]",
		"NUL": "[1]\x00", "a comment": "[1]//", "a trailing comma": "[1,]",
	} {
		if _, err := Compact([]byte(text), 1<<20); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{
		`{"a":{"a":1},"b":[{"a":1},{"a":2}]}`, `["😀","\ud83d\ude00","\\ud800","\ufffd"]`,
		strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth), `[{"a":"}\"{"},"]"]`, `"\\"`,
	} {
		if packed, err := Compact([]byte(" "+text+"\r\n\t"), 1<<20); err != nil || string(packed) != text {
			t.Errorf("%s: %s, %v", text, packed, err)
		}
	}
	if _, err := Compact([]byte("[] "), 2); !errors.Is(err, ErrTooLarge) {
		t.Errorf("spaces count: %v", err)
	}
}

func TestPlain(t *testing.T) {
	for name, text := range map[string]string{
		"a fraction": `{"a":1.0}`, "an exponent": `{"a":1e3}`, "minus": `{"a":-1}`, "minus nothing": `{"a":-0}`,
		"above 2^53-1": `{"a":9007199254740992}`, "huge": `{"a":1e400}`, "many digits": `[99999999999999999999]`,
		"an escape": `{"a":"\u0041"}`, "an escaped solidus": `{"a":"\/"}`, "markup": `{"a":"<"}`,
		"delete": "{\"a\":\"\x7f\"}", "not ASCII": `{"a":"é"}`, "a name of another case": `{"Name":"院"}`,
		"not ASCII in a list": `{"name":"院","b":["院"],"c":"院"}`, "a leading zero": `[01]`, "an open string": `"a`,
		"a name that is not ASCII": `{"院":1}`,
	} {
		if err := plain([]byte(text)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{`{"a":9007199254740991,"b":0,"name":"仁济医院","c":"~ !"}`, `[]`, `true`} {
		if err := plain([]byte(text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzExact(f *testing.F) {
	f.Add([]byte(`{"a":["\ud83d\ude00",{"a":"\\"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		packed, err := Compact(b, 1<<16)
		if err != nil {
			return
		}
		if again, err := Compact(packed, 1<<16); err != nil || string(again) != string(packed) {
			t.Errorf("%q: %q, %v", packed, again, err)
		}
		_ = plain(packed)
	})
}
