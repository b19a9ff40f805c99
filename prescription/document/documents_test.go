package document

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
)

var updateDocuments = flag.Bool("update", false, "write testdata/documents.json anew")

// words are values of closed sets and of forms that a reader understands; any other text is its own
// path, so that a client's test finds each again.
var words = map[string]string{
	"sex": "female", "class": "B", "severity": "warning", "title": "chief", "decision": "approved",
	"role": "patient", "department": "心血管内科", "time": "2026-11-30T08:05:00.000+08:00",
	"issued": "2026-11-29T09:10:00.000+08:00", "until": "2026-12-01T10:15:00.000+08:00",
	"validUntil": "2026-12-03T00:00:00.000+08:00", "birth": "1978-03-04", "ageText": "48岁",
	"field": "items[1].dose", "en": "in English", "nameEn": "English name", "checked": "clinical.route",
	"rule": "clinical.interaction", "dose": "80", "doseUnit": "mg", "unit": "盒",
}

// fill puts something into every field.
func fill(v reflect.Value, path string) {
	name := path[strings.LastIndexByte(path, '.')+1:]
	if i := strings.IndexByte(name, '['); i > 0 {
		name = name[:i]
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), path)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			sub := path
			if !f.Anonymous {
				tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				sub += "." + tag
			}
			fill(v.Field(i), sub)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.String:
		if w, ok := words[name]; ok {
			v.SetString(w)
		} else {
			v.SetString("文字" + strings.NewReplacer(".", "", "[", "", "]", "").Replace(path))
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(1000 + len(path)*37))
	case reflect.Uint64:
		v.SetUint(7)
	}
}

// TestDocumentsForReaders keeps testdata/documents.json: one document of every schema with every
// field filled. The mini-app's test shows each and looks for every field.
func TestDocumentsForReaders(t *testing.T) {
	docs := []any{}
	for schema, doc := range map[string]any{
		SchemaIssue: &IssueDocument{}, SchemaReview: &ReviewDocument{},
		SchemaPay:   &PayDocument{},
		SchemaClaim: &ClaimDocument{}, SchemaRelease: &ReleaseDocument{},
		SchemaDispense: &DispenseDocument{},
		SchemaRenew:    &RenewDocument{}, SchemaLapse: &LapseDocument{},
		SchemaContest: &ContestDocument{},
		SchemaCancel:  &CancelDocument{}, SchemaExpire: &ExpireDocument{},
	} {
		v := reflect.ValueOf(doc).Elem()
		fill(v, "")
		v.FieldByName("Schema").SetString(schema)
		docs = append(docs, doc)
	}
	schemaOf := func(d any) string { return reflect.ValueOf(d).Elem().FieldByName("Schema").String() }
	for i := range docs {
		for j := range i {
			if schemaOf(docs[i]) < schemaOf(docs[j]) {
				docs[i], docs[j] = docs[j], docs[i]
			}
		}
	}
	want, err := json.MarshalIndent(docs, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	const path = "testdata/documents.json"
	if *updateDocuments {
		if err := os.WriteFile(path, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != string(want) {
		t.Errorf("%s is not of these documents (%v): run TestDocumentsForReaders with -update", path, err)
	}
}
