package watch

import (
	"os"
	"testing"
	"time"
)

// TestIdleRoundsWriteNothing: the history is written when something has ended, and not at every
// round.
func TestIdleRoundsWriteNothing(t *testing.T) {
	t.Parallel()
	b, err := openBook(t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	written := func() bool {
		if err := b.reload(); err != nil {
			t.Fatal(err)
		}
		_, err := os.Stat(b.path(historyFile))
		return err == nil
	}
	if written() {
		t.Error("nothing has ended")
	}
	if _, err := b.raise(newAlarm(KindSilence, "", 1, "")); err != nil || written() {
		t.Error("what is open is not in the history", err)
	}
	if _, err := b.clear(KindSilence, ""); err != nil || !written() {
		t.Error("what has ended is", err)
	}
	if err := os.Remove(b.path(historyFile)); err != nil || written() {
		t.Error("written twice", err)
	}
}
