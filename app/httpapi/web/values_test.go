package web_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain/contract"
)

// TestNoTagRepeatsTheContract: a list of the contract's statuses, kinds or roles is taken from it
// (OneOf, Values); a field's tag would go stale.
func TestNoTagRepeatsTheContract(t *testing.T) {
	var names []string
	for _, prefix := range contract.Prefixes() {
		for _, s := range contract.Statuses(prefix) {
			names = append(names, string(s))
		}
	}
	for _, s := range contract.Steps() {
		names = append(names, string(s.Kind))
		for _, r := range s.Roles(contract.Newest) {
			names = append(names, string(r))
		}
	}
	for _, o := range contract.Orgs {
		names = append(names, string(o.Name))
	}
	tag, seen := regexp.MustCompile(`enum:"([^"]*)"`), 0
	for _, room := range []string{"app", "chain", "payment", "prescription"} {
		err := filepath.WalkDir(filepath.Join("../../..", room), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, found := range tag.FindAllStringSubmatch(string(text), -1) {
				seen++
				if !slices.ContainsFunc(strings.Split(found[1], ","),
					func(v string) bool { return !slices.Contains(names, v) }) {
					t.Errorf("%s: the tag %s repeats the contract", path, found[0])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 50 {
		t.Errorf("only %d tags were found", seen)
	}
}
