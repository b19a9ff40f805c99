package comet

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/cometbft/cometbft/p2p"
)

// TestWhoBringsUnsealedBytesIsNamed: many megabytes of them cost sixteen checks, the member is
// named, the others are heard, and who stops is heard again.
func TestWhoBringsUnsealedBytesIsNamed(t *testing.T) {
	var said strings.Builder
	now, checks := time.Unix(1_800_000_000, 0), 0
	d := newDoor(nil, func(tx []byte) bool { checks++; return tx[0] == 'x' },
		func(node string) string { return "member-of-" + node },
		slog.New(slog.NewTextHandler(&said, nil)), func() time.Time { return now })
	bad, good := make([]byte, 256<<10), []byte("good")
	bad[0] = 'x'
	for range 100 { // 25 MB
		if d.lets("liar", [][]byte{good, bad}) {
			t.Fatal("unsealed bytes came in")
		}
	}
	if checks != 2*offencesAtOnce {
		t.Errorf("%d transactions were checked", checks)
	}
	if d.lets("liar", [][]byte{good}) {
		t.Error("a node that brought that many is listened to")
	}
	if !d.lets("honest", [][]byte{good}) {
		t.Error("another node is not listened to")
	}
	if got := said.String(); !strings.Contains(got, "member-of-liar") || strings.Count(got, "\n") != 2 {
		t.Errorf("it said %q", got)
	}
	now = now.Add(offenceForgot)
	if !d.lets("liar", [][]byte{good}) || d.lets(p2p.ID("liar"), [][]byte{bad}) || d.lets("liar", [][]byte{good}) {
		t.Error("one offence is forgotten each time, and one is remembered for each")
	}
}
