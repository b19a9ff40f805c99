package problem

import (
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"testing"

	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
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
		t.Errorf(
			"app/docs/PROBLEMS.md is not the list (%v); write it by: go test ./app/problem -run TestPublishedList -update", err)
	}
}

func TestEveryCodeSaysWhatToDo(t *testing.T) {
	for _, c := range Codes() {
		if c.Do == "" || c.Status < 400 || c.Status > 599 {
			t.Errorf("%s: status %d, %q", c.Code, c.Status, c.Do)
		}
	}
}

// A database that is away is no fault of the server's code, whatever a room has joined to it, and
// says when to come back.
func TestDatabaseAwayIs503(t *testing.T) {
	for _, err := range []error{
		sqlstore.ErrUnavailable, sqlstore.ErrBusy, outbox.ErrBacklog,
		errors.Join(payment.ErrNotFound, fmt.Errorf("read: %w", sqlstore.ErrUnavailable)),
	} {
		p := Of(err)
		if p.Status != http.StatusServiceUnavailable || p.Code != "unavailable" ||
			p.GetHeaders().Get("Retry-After") == "" {
			t.Errorf("%v: %d %s %v", err, p.Status, p.Code, p.GetHeaders())
		}
	}
}
