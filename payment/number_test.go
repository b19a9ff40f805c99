package payment

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/number"
)

// TestSettlementNumbers: the check digits are those of every number; settlements of before keep
// theirs, and no new one gets them.
func TestSettlementNumbers(t *testing.T) {
	at := time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)
	made, err := NewNumber(at)
	if err != nil || number.Check("ST", made) != nil || CheckNumber(made) != nil {
		t.Fatalf("%s: %v, %v", made, err, CheckNumber(made))
	}
	drawn := func(day, serial string) string { // as release 1 made them: letters as two digits
		for c := range 97 {
			id := fmt.Sprintf("ST%s%s%02d", day, serial, c)
			r := 0
			for _, d := range "2829" + id[2:] {
				r = (r*10 + int(d-'0')) % 97
			}
			if r == 1 {
				return id
			}
		}
		panic("no check digits")
	}
	former := func(day string) string { return drawn(day, "0123456789") }
	if id := former("20261231"); CheckNumber(id) != nil {
		t.Errorf("%s of the last such day is refused", id)
	}
	if id := former("20261122"); CheckNumber(id) != nil || number.Check("ST", id) == nil {
		t.Errorf("%s of before is refused, or no other than the new ones", id)
	}
	for _, id := range []string{former("20270101"), "RX" + former("20261122")[2:], drawn("20261122", "012345678A"),
		made[:21], made + "0", "RX" + made[2:], former("20261122")[:20] + "00", ""} {
		if err := CheckNumber(id); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestNumbers(t *testing.T) {
	at := time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC) // already the new year in China
	id, err := NewNumber(at)
	if err != nil || CheckNumber(id) != nil || id[:10] != "ST20270101" {
		t.Fatalf("%s, %v", id, err)
	}
	for i := range id {
		for _, c := range []byte("0123456789AX ") {
			if c == id[i] {
				continue
			}
			bad := id[:i] + string(c) + id[i+1:]
			if CheckNumber(bad) == nil {
				t.Errorf("one wrong character passes: %s for %s", bad, id)
			}
		}
		if i > 2 && id[i] != id[i-1] {
			if swapped := id[:i-1] + string(id[i]) + string(id[i-1]) + id[i+1:]; CheckNumber(swapped) == nil {
				t.Errorf("two swapped digits pass: %s for %s", swapped, id)
			}
		}
	}
	for _, bad := range []string{"", id + "0", id[1:], "RX" + id[2:], "st" + id[2:]} {
		if CheckNumber(bad) == nil {
			t.Errorf("%q passes", bad)
		}
	}
}
