package text

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
)

// vectors are shared with frontend/test/unit/text.test.ts.
type vectors struct {
	Text []struct {
		Rule, In, Why string
		Out           *string
	}
	SameName []struct {
		A, B string
		Same bool
	}
	ICD10 []struct {
		In string
		OK bool
	}
}

func readVectors(t *testing.T) (v vectors) {
	t.Helper()
	b, err := os.ReadFile("testdata/vectors.json")
	if err == nil {
		err = json.Unmarshal(b, &v)
	}
	if err != nil || len(v.Text) < 80 {
		t.Fatal(len(v.Text), err)
	}
	return v
}

func TestVectors(t *testing.T) {
	rules := map[string]func(*string) bool{
		"name":     func(s *string) bool { return Name(s, 50) },
		"line":     func(s *string) bool { return Line(s, 1, 100) },
		"optional": func(s *string) bool { return Line(s, 0, 100) },
		"text":     func(s *string) bool { return Text(s, 1, 100) },
	}
	v := readVectors(t)
	for _, c := range v.Text {
		got := c.In
		ok := rules[c.Rule](&got)
		switch {
		case c.Out == nil && (ok || got != c.In):
			t.Errorf("%s %+q (%s): taken as %+q", c.Rule, c.In, c.Why, got)
		case c.Out != nil && (!ok || got != *c.Out):
			t.Errorf("%s %+q: %v %+q, want %+q", c.Rule, c.In, ok, got, *c.Out)
		}
	}
	for _, c := range v.SameName {
		if SameName(c.A, c.B) != c.Same || SameName(c.B, c.A) != c.Same {
			t.Errorf("%q and %q: want %v", c.A, c.B, c.Same)
		}
	}
	for _, c := range v.ICD10 {
		if ICD10(c.In) != c.OK {
			t.Errorf("icd10 %q: want %v", c.In, c.OK)
		}
	}
}

// What passed once must pass as it is: a profile that is read and sent back must not change.
func FuzzRules(f *testing.F) {
	for _, s := range []string{"陈晓燕", "a•b", "e\u0301", "\u0387", "가\u3164", "a · . b", "ᠰ\u180b\u0301",
		"·· a", " ·x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, rule := range map[string]func(*string) bool{
			"name": func(s *string) bool { return Name(s, 50) },
			"line": func(s *string) bool { return Line(s, 1, 100) },
			"text": func(s *string) bool { return Text(s, 0, 100) },
		} {
			once := s
			if !rule(&once) {
				if once != s {
					t.Fatalf("%s %+q: refused and changed", name, s)
				}
				continue
			}
			twice := once
			if !rule(&twice) || twice != once {
				t.Fatalf("%s %+q: %+q, then %+q", name, s, once, twice)
			}
		}
	})
}

func TestPlain(t *testing.T) {
	for s, want := range map[string]bool{"": true, "咳嗽\n三天": true, "a\r\nb": false, "\u0020a": false,
		"e\u0301": false, "a\u202e": false} {
		if Plain(s) != want {
			t.Errorf("%+q: want %v", s, want)
		}
	}
}

type dose string

func (d *dose) UnmarshalText(b []byte) error {
	if string(b) == "bad" {
		return ruleError{}
	}
	*d = dose(b)
	return nil
}

type ruleError struct{}

func (ruleError) Error() string { return "text.ruleError" }
func (ruleError) Rule() string  { return "a decimal text" }

type Inner struct {
	Code string `json:"code"`
}

type order struct {
	Inner
	Items []struct {
		Dose dose    `json:"dose"`
		Days int     `json:"days"`
		Old  *int64  `json:"old,omitempty"`
		Low  float64 `json:"low"`
	} `json:"items"`
	Free map[string]string `json:"free"`
	Any  any               `json:"any"`
	Yes  bool              `json:"yes"`
}

func TestDecode(t *testing.T) {
	var o order
	if err := Decode(
		[]byte(
			` {"code":"\ud842\udfb7","items":[{"dose":"1","days":7.0,"old":70e-1,"low":0.5},{"days":-0.0}],"free":{"X":"y"},"any":{"A":1.0}} `), &o); err != nil {
		t.Fatal(err)
	}
	if o.Code != "𠮷" || o.Items[0].Days != 7 || *o.Items[0].Old != 7 || o.Items[0].Low != 0.5 || o.Items[1].Days != 0 {
		t.Errorf("%+v", o)
	}
	for _, c := range []struct{ in, path, rule string }{
		{`{"items":[{},{},{"dose":"bad"}]}`, "items[2].dose", "a decimal text"},
		{`{"items":[{"days":"7"}]}`, "items[0].days", "must be an integer in its range"},
		{`{"items":[{"days":7.5}]}`, "items[0].days", "must be an integer in its range"},
		{`{"items":[{"days":7.0000000000000001}]}`, "items[0].days", "must be an integer in its range"},
		{`{"items":{}}`, "items", "must be a list"},
		{`{"yes":1}`, "yes", "must be true or false"},
		{`{"free":{"a":1}}`, "free.a", "must be a text"},
		{`[]`, "", "must be an object"},
		{`{"Code":"x"}`, "Code", "unexpected property"},
		{`{"items":[{"DAYS":1}]}`, "items[0].DAYS", "unexpected property"},
		{`{"a b":1}`, "*", "unexpected property"},
		{`{"code":"a","code":"b"}`, "code", "this name stands twice (RFC 7493 section 2.3)"},
		{`{"code":"a","c\u006fde":"b"}`, "code", "this name stands twice (RFC 7493 section 2.3)"},
		{`{"items":[{"low":1},{"low":1e400}]}`, "items[1].low",
			"a number beyond what a double holds (RFC 7493 section 2.2)"},
		{`{"items":[{"low":1e-400}]}`, "items[0].low", "a number beyond what a double holds (RFC 7493 section 2.2)"},
		{`{"items":[{"days":9007199254740992}]}`, "items[0].days", "an integer beyond 2^53-1 (RFC 7493 section 2.2)"},
		{`{"code":"\ud800"}`, "", "half of a surrogate pair is no character (RFC 7493 section 2.1)"},
		{`{"code":"\udc00\ud800"}`, "", "half of a surrogate pair is no character (RFC 7493 section 2.1)"},
		{`{"code":"\ud800\\udc00"}`, "", "half of a surrogate pair is no character (RFC 7493 section 2.1)"},
		{`{"\uDFFF":1}`, "", "half of a surrogate pair is no character (RFC 7493 section 2.1)"},
		{`{"code":"\uffff"}`, "code", "a character that is none (RFC 7493 section 2.1)"},
		{`{"code":"\u0000"}`, "code", "a character that is none (RFC 7493 section 2.1)"},
		{"{\"code\":\"\xff\"}", "", "must be UTF-8"},
		{`{} {}`, "", "not JSON (RFC 8259)"},
		{`{"code":}`, "", "not JSON (RFC 8259)"},
		{"\ufeff{}", "", "not JSON (RFC 8259)"},
		{``, "", "not JSON (RFC 8259)"},
		{strings.Repeat("[", 65) + strings.Repeat("]", 65), "", "at most 64 levels deep"},
	} {
		err := Decode([]byte(c.in), &order{})
		m, ok := errors.AsType[*Misfit](err)
		if !ok || m.Path != c.path || m.Rule != c.rule {
			t.Errorf("%.80s: %v, want %q %q", c.in, err, c.path, c.rule)
		}
		if path, rule, ok := CutMisfit(m.Error()); ok != (c.path != "") || (ok && (path != c.path || rule != c.rule)) {
			t.Errorf("%s: taken apart as %q %q", m.Error(), path, rule)
		}
	}
	var tree any
	if err := Decode([]byte(`{"a":7.0,"b":"\\ud800"}`), &tree); err != nil {
		t.Error(err)
	}
	if err := Decode([]byte(`{"a":1,"a":2}`), &tree); err == nil {
		t.Error("twice")
	}
	var raw json.RawMessage
	if err := Decode([]byte(`{"a":7.0}`), &raw); err != nil || string(raw) != `{"a":7.0}` {
		t.Errorf("%s %v", raw, err)
	}
}

func TestDigits(t *testing.T) {
	for s, want := range map[string]bool{"": false, "0": true, "9": true, "0a": false, "a0": false, "/": false,
		":": false} {
		if Digits(s) != want {
			t.Errorf("Digits(%q)", s)
		}
	}
}
