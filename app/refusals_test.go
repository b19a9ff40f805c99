package app

import (
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"testing"

	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
)

var update = flag.Bool("update", false, "write app/docs/PROBLEMS.md")

// refusals are those of all rooms.
func refusals() *problem.Table {
	t := problem.NewTable()
	for _, r := range rooms {
		t.Add(r.Refusals)
	}
	return t
}

// The published list of codes is the list the program uses.
func TestPublishedList(t *testing.T) {
	const file = "docs/PROBLEMS.md"
	if *update {
		if err := os.WriteFile(file, []byte(refusals().Markdown()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil || string(text) != refusals().Markdown() {
		t.Errorf(
			"app/docs/PROBLEMS.md is not the list (%v); write it by: go test ./app -run TestPublishedList -update", err)
	}
}

func TestEveryCodeSaysWhatToDo(t *testing.T) {
	for _, c := range refusals().Codes() {
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
		p := refusals().Of(err)
		if p.Status != http.StatusServiceUnavailable || p.Code != "unavailable" ||
			p.GetHeaders().Get("Retry-After") == "" {
			t.Errorf("%v: %d %s %v", err, p.Status, p.Code, p.GetHeaders())
		}
	}
}

// Why a prescription takes no money is told by the prescription's own refusal, wherever the payment
// room has joined its own to it.
func TestFirstRoomRefuses(t *testing.T) {
	for err, want := range map[error]string{
		prescription.ErrStatus: "status", prescription.ErrRefused: "rule-refused",
		prescription.ErrNotFound: "no such prescription or visit",
		prescription.ErrRole:     "this role has no part in the step",
	} {
		if p := refusals().Of(notPayable(err)); p.Code != want && p.Detail != want {
			t.Errorf("%v: %s %s", err, p.Code, p.Detail)
		}
	}
}
