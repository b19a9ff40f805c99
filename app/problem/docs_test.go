package problem

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write app/docs/PROBLEMS.md")

// The published list of codes is the list the program uses.
func TestPublishedList(t *testing.T) {
	const file = "../docs/PROBLEMS.md"
	if *update {
		if err := os.WriteFile(file, []byte(Markdown()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil || string(text) != Markdown() {
		t.Errorf("app/docs/PROBLEMS.md is not the list (%v); write it by: go test ./app/problem -run TestPublishedList -update", err)
	}
}

func TestEveryCodeSaysWhatToDo(t *testing.T) {
	for _, c := range Codes() {
		if c.Do == "" || c.Status < 400 || c.Status > 599 {
			t.Errorf("%s: status %d, %q", c.Code, c.Status, c.Do)
		}
	}
}
