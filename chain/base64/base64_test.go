package base64

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
)

func TestOneSpelling(t *testing.T) {
	for _, b := range []string{"", "a", "ab", "abc", "abcd"} {
		got, err := Decode(Encode([]byte(b)))
		if err != nil || string(got) != b {
			t.Errorf("%q came back as %q, %v", b, got, err)
		}
	}
	for name, s := range map[string]string{
		"a line feed": "YW\nI=", "a line feed behind it": "YWI=\n", "before it": "\nYWI=",
		"a carriage return": "YW\rI=", "both": "YWI=\r\n",
		"only a line feed": "\n", "pad bits": "YWJ=", "no padding": "YWI", "too much of it": "YWI==",
		"a space": "YW I=", "URL letters": "-_-_",
		"padding inside": "YQ==YQ==", "a letter of another alphabet": "ＹWI=",
	} {
		if got, err := Decode(s); !errors.Is(err, ErrText) {
			t.Errorf("%s: %q read as %q", name, s, got)
		}
		var field struct{ B Bytes }
		if err := json.Unmarshal(fmt.Appendf(nil, `{"B":%q}`, s), &field); !errors.Is(err, ErrText) {
			t.Errorf("%s: a field read it as %q, %v", name, field.B, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("YWI=")
	f.Add("YW\nI=")
	f.Fuzz(func(t *testing.T, s string) {
		if b, err := Decode(s); err == nil && Encode(b) != s {
			t.Errorf("%q is a second spelling of %q", s, Encode(b))
		}
	})
}
