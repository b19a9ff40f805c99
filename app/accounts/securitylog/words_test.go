package securitylog_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEveryKindHasWords: the desk shows a kind by its word in both languages, and offers the words
// as what the log can be searched for.
func TestEveryKindHasWords(t *testing.T) {
	source, err := os.ReadFile("securitylog.go")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, m := range regexp.MustCompile(`Kind = "([a-z-]+)"`).FindAllSubmatch(source, -1) {
		kinds[string(m[1])] = true
	}
	delete(kinds, "device") // no line of the log
	if len(kinds) < 30 {
		t.Fatalf("%d kinds in the source", len(kinds))
	}
	for _, language := range []string{"zh-Hans", "en"} {
		text, err := os.ReadFile("../../../frontend/src/words/admin." + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.Unmarshal(text, &words); err != nil {
			t.Fatal(err)
		}
		var missing, strange []string
		for k := range kinds {
			if words["log."+k] == "" {
				missing = append(missing, k)
			}
		}
		for w := range words {
			if k, ok := strings.CutPrefix(w, "log."); ok && !kinds[k] {
				strange = append(strange, k)
			}
		}
		slices.Sort(missing)
		slices.Sort(strange)
		if len(missing)+len(strange) > 0 {
			t.Errorf("%s: without a word %v, words of no kind %v", language, missing, strange)
		}
	}
}
