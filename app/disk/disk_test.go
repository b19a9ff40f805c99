package disk

import (
	"errors"
	"testing"
	"time"
)

func TestUploadsStopFirstAndSigningLast(t *testing.T) {
	var free int64
	now := time.Unix(1_700_000_000, 0)
	g := &Guard{Reserve: 800, Free: func() (int64, error) { return free, nil }, Now: func() time.Time { return now }}
	for _, tt := range []struct {
		free                       int64
		uploads, commands, signing bool
	}{
		{800, true, true, true}, {799, false, true, true}, {400, false, true, true}, {399, false, false, true},
		{100, false, false, true}, {99, false, false, false}, {0, false, false, false}, {1 << 40, true, true, true},
	} {
		free, now = tt.free, now.Add(again)
		if u, c, s := g.Allows(Uploads), g.Allows(Commands), g.Allows(Signing); u != tt.uploads || c != tt.commands ||
			s != tt.signing {
			t.Errorf("%d free: uploads %v, commands %v, signing %v", tt.free, u, c, s)
		}
	}
	free = 0
	if !g.Allows(Uploads) {
		t.Error("the disk is asked at every call")
	}
	now = now.Add(-time.Hour)
	if g.Allows(Uploads) {
		t.Error("a clock set back keeps an old answer")
	}
}

func TestUnknownRoomStopsNobody(t *testing.T) {
	fault := &Guard{Reserve: 1, Free: func() (int64, error) { return 0, errors.New("no such call") }, Now: time.Now}
	for name, g := range map[string]*Guard{"none": nil, "off": {}, "unknown": fault} {
		if !g.Allows(Uploads) {
			t.Error(name)
		}
	}
}

func TestThisDisk(t *testing.T) {
	if left, err := New(t.TempDir(), 1).Left(); err != nil || left <= 0 {
		t.Errorf("%d, %v", left, err)
	}
}
