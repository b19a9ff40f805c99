package number

import (
	"errors"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

// TestOneScheme: numbers of prescriptions, consultations and settlements have their check digits
// from one rule.
func TestOneScheme(t *testing.T) {
	for _, prefix := range []string{"RX", "CN", "ST"} {
		good, err := Make(prefix, noon, 123456789)
		if err != nil || good[2:] != "20261122012345678947" || Check(prefix, good) != nil {
			t.Fatalf("%s: %v, %v", good, err, Check(prefix, good))
		}
		for i := 2; i < len(good); i++ {
			for d := byte('0'); d <= '9'; d++ {
				b := []byte(good)
				if b[i] = d; string(b) != good && Check(prefix, string(b)) == nil {
					t.Errorf("%s read as %s", b, good)
				}
			}
		}
	}
	for s, want := range map[string]error{"": ErrShape, "RX": ErrShape, "CN20261122012345678947": ErrShape,
		"RX2026132201234567893a": ErrShape, "RX20261322012345678947": ErrDate, "RX20261122012345678900": ErrCheck} {
		if err := Check("RX", s); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", s, err, want)
		}
	}
	if _, err := Make("RX", noon, MaxSerial+1); err == nil {
		t.Error("eleven digits passed")
	}
}
