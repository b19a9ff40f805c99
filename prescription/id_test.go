package prescription

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"
)

// midday is a Sunday, noon in China.
var midday = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

func TestParseID(t *testing.T) {
	good, err := NewID(midday, 123456789)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]bool{
		string(good): true, "": false, "RX": false, string(good[:21]): false, string(good) + "0": false,
		"rx" + string(good[2:]):  false,
		"RX2026112201234567٨912": false, " " + string(good[1:]): false, "RX20261322" + string(good[10:]): false,
	}
	for s, ok := range tests {
		id, err := ParseID(s)
		if (err == nil) != ok || (ok && id != good) || (!ok && !errors.Is(err, ErrBadID)) {
			t.Errorf("ParseID(%q) = %q, %v", s, id, err)
		}
	}
	if len(good.Subject()) != 3+22 {
		t.Errorf("subject %q", good.Subject())
	}
	// A day begins at midnight in China, not in London.
	if id, _ := NewID(time.Date(2026, 1, 1, 16, 0, 0, 0, time.UTC), 0); id[2:10] != "20260102" {
		t.Errorf("day of %s", id)
	}
	if _, err := NewID(midday, maxSerial+1); err == nil {
		t.Error("eleven digits passed")
	}
}

// TestEveryTypingMistakeIsFound: one wrong digit, or two neighbours swapped, at any place of any
// number.
func TestEveryTypingMistakeIsFound(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for range 200 {
		id, err := NewID(midday.AddDate(0, 0, r.IntN(2000)), r.Uint64N(maxSerial+1))
		if err != nil {
			t.Fatal(err)
		}
		for i := 2; i < len(id); i++ {
			for d := byte('0'); d <= '9'; d++ {
				b := []byte(id)
				b[i] = d
				if _, err := ParseID(string(b)); err == nil && string(b) != string(id) {
					t.Errorf("%s read as %s", b, id)
				}
			}
			if i+1 < len(id) && id[i] != id[i+1] {
				b := []byte(id)
				b[i], b[i+1] = b[i+1], b[i]
				if _, err := ParseID(string(b)); err == nil {
					t.Errorf("swapped %s passed", b)
				}
			}
		}
	}
}

func FuzzParseID(f *testing.F) {
	f.Add("RX20261122012345678931")
	f.Add("RX2026112201234567893")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		id, err := ParseID(s)
		if err != nil {
			if !errors.Is(err, ErrBadID) {
				t.Errorf("%v", err)
			}
			return
		}
		if string(id) != s {
			t.Errorf("%q became %q", s, id)
		}
	})
}
