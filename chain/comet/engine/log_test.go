package engine

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// TestLog: nothing below a warning comes through, no value of the engine's own types (they
// print whole blocks), and the messages by which the engine says that it has halted are heard.
func TestLog(t *testing.T) {
	var out bytes.Buffer
	halted := 0
	l := Log{slog.New(slog.NewTextHandler(&out, nil)), func() { halted++ }}.With("module", "consensus", "block",
		[]byte("secret"))
	l.Debug("d")
	l.Info("i")
	l.Warn("w", "height", int64(3), "err", errors.New("why"), "tx", struct{ T string }{"secret"}, 7, "no key")
	l.Error("e", "odd")
	if halted != 0 {
		t.Fatal("an ordinary error halts the node")
	}
	l.Error("CONSENSUS FAILURE!!!", "err", "boom")
	l.Error("failed writing to WAL", "err", "no space left on device")
	if halted != 2 {
		t.Error("the engine's halt was not heard")
	}
	text := out.String()
	if strings.Contains(text, "secret") || strings.Count(text, "\n") != 4 || !strings.Contains(text, "height=3") ||
		!strings.Contains(text, "err=why") {
		t.Errorf("logged:\n%s", text)
	}
}
