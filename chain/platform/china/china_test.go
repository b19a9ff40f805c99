package china

import (
	"testing"
	"time"
)

func TestDay(t *testing.T) {
	if got := Day(time.Date(2026, 5, 4, 16, 0, 0, 0, time.UTC)); got != "2026-05-05" {
		t.Errorf("midnight in China is on %s", got)
	}
	for s, want := range map[string]bool{"2026-02-28": true, "2026-02-30": false, "2026-2-8": false, "": false} {
		if IsDay(s) != want {
			t.Errorf("%q a day: %v", s, !want)
		}
	}
}
