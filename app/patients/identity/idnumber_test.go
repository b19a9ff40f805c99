package identity

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription/parties"
)

var now = time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)

func TestParseIDNumber(t *testing.T) {
	for _, c := range []struct {
		number string
		want   error
		sex    parties.Sex
		birth  string
	}{
		{"11010519491231002X", nil, parties.Female, "1949-12-31"}, // example of GB 11643-1999
		// the standard's other example: right digits, born 1880
		{"440524188001010014", ErrIDDate, "", ""},
		{"110105194912310021", ErrIDCheck, "", ""},
		{MakeIDNumber(990101, time.Date(1990, 3, 7, 4, 0, 0, 0, time.UTC), 1), ErrIDArea, "", ""},
		{MakeIDNumber(161234, time.Date(1990, 3, 7, 4, 0, 0, 0, time.UTC), 1), ErrIDArea, "", ""},
		{MakeIDNumber(830000, time.Date(1990, 3, 7, 4, 0, 0, 0, time.UTC), 1), nil, parties.Male, "1990-03-07"},
		{"11010519491231002x", ErrIDShape, "", ""},
		{"01010519491231002X", ErrIDShape, "", ""},
		{"1101051949123100", ErrIDShape, "", ""},
		{"", ErrIDShape, "", ""},
		{"１１010519491231002X", ErrIDShape, "", ""},
		{"11010519491231002X\n", ErrIDShape, "", ""},
		{MakeIDNumber(110101, time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC), 1), ErrIDDate, "", ""},
		{MakeIDNumber(310101, time.Date(2026, 11, 22, 0, 0, 0, 0, china.Zone), 1), nil, parties.Male,
			"2026-11-22"},
	} {
		got, err := ParseIDNumber(c.number, now)
		if !errors.Is(err, c.want) || (err == nil && (got.Sex != c.sex || got.Birth.Format(DateLayout) != c.birth)) {
			t.Errorf("%q: got %+v, %v; want %v", c.number, got, err, c.want)
		}
		if err != nil && c.number != "" && strings.Contains(err.Error(), c.number) {
			t.Errorf("the error repeats the number: %v", err)
		}
	}
}

// TestRegions: of the 90 possible beginnings only those of GB/T 2260 pass. The mini-app's list is
// the same.
func TestRegions(t *testing.T) {
	const known = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
	for province := 10; province < 100; province++ {
		_, err := ParseIDNumber(MakeIDNumber(province*10000+101, time.Date(1990, 3, 7, 4, 0, 0, 0, time.UTC), 1), now)
		if fits := strings.Contains(known, strconv.Itoa(province)); fits != (err == nil) ||
			(!fits && !errors.Is(err, ErrIDArea)) {
			t.Errorf("%d: %v", province, err)
		}
	}
	mini, err := os.ReadFile("../../../frontend/lib/idnumber.ts")
	if err != nil || !strings.Contains(string(mini), "'"+known+"'") {
		t.Errorf("the mini-app has other regions: %v", err)
	}
}

// ISO 7064 MOD 11-2 finds every single wrong character and every swap of two neighbours.
func TestIDNumberCheckFindsTypos(t *testing.T) {
	good := MakeIDNumber(110101, time.Date(1990, 3, 7, 4, 0, 0, 0, time.UTC), 123)
	for i := range 17 {
		for d := byte('0'); d <= '9'; d++ {
			b := []byte(good)
			if b[i] == d {
				continue
			}
			b[i] = d
			if _, err := ParseIDNumber(string(b), now); err == nil {
				t.Errorf("digit %d changed to %c passes", i, d)
			}
		}
		b := []byte(good)
		b[i], b[i+1] = b[i+1], b[i]
		if _, err := ParseIDNumber(string(b), now); err == nil && b[i] != b[i+1] {
			t.Errorf("swap at %d passes", i)
		}
	}
}

func FuzzParseIDNumber(f *testing.F) {
	f.Add("11010519491231002X")
	f.Add("1101051949123100Ⅹ")
	f.Fuzz(func(t *testing.T, s string) {
		facts, err := ParseIDNumber(s, now)
		if err != nil {
			return
		}
		if again := s[:17] + string(idCheck(s[:17])); again != s || facts.Birth.After(now) ||
			!strings.Contains(s, facts.Birth.Format("20060102")) {
			t.Fatalf("%q passes as %+v", s, facts)
		}
	})
}
