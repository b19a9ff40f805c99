package trace

import (
	"errors"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"strings"
	"testing"
	"time"
)

func TestNormalTraceCode(t *testing.T) {
	const digits = "81234567890123456789"
	const package1 = "(01)06901234567892(21)A1b2-C3"
	for in, want := range map[string]string{
		digits: digits, digits + "\r\n": digits, "\t" + digits + "\t": digits,
		"８１２３４５６７８９０１２３４５６７８９": digits, "8123 4567 8901 2345 6789": digits,
		"8123456abcdefg123456": "8123456ABCDEFG123456", "ab12345678": "AB12345678",
		package1: package1, "(01)06901234567892(17)280131(10)LOT7(21)A1b2-C3": package1,
		"（01）06901234567892（21）A1b2-C3":                            package1,
		"]d20106901234567892" + "21A1b2-C3":                        package1,
		"]C10106901234567892" + "17280131" + "21A1b2-C3\x1d10LOT7": package1,
		"\x1d0106901234567892" + "10LOT7\x1d21A1b2-C3\r":           package1,
		"0106901234567892" + "21A1b2-C3":                           package1,
		"]C1" + digits:                                             digits,
		"":                                                         "", "12345": "", "abcdefghijkl": "",
		"(01)06901234567891(21)A1": "", "(01)06901234567892": "", "(21)A1": "", "(01)06901234567892(21)A<1>": "",
		"]d2garbage": "", "8123456789012345678é": "", strings.Repeat("1", 33): "", strings.Repeat("9", 5000): "",
		"8123\u202e4567890123456789": "",
	} {
		got, ok := Normal(in)
		if ok != (want != "") || (ok && got != want) {
			t.Errorf("%q: %q %v, want %q", in, got, ok, want)
		}
		if again, ok := Normal(got); ok && again != got {
			t.Errorf("%q: %q, then %q", in, got, again)
		}
	}
}

// One package scanned twice in two spellings is one package, and what is kept is the normal form.
func TestTracesAreNormal(t *testing.T) {
	items := []medicine.Item{{Drug: medicine.Drug{TracePrefix: "8123456"}, Packages: 2}}
	got := []DispensedItem{{TraceCodes: []string{"]d2010690123456789221A1\r", "(01)06901234567892(21)A1"}}}
	if err := Check(items, got, time.Now()); !errors.Is(err, prescription.ErrRefused) {
		t.Errorf("one package twice: %v", err)
	}
	got = []DispensedItem{{TraceCodes: []string{"８１２３４５６７８９０１２３４５６７８９", "8123456ab12345678901\t"}}}
	if err := Check(items, got, time.Now()); err != nil || got[0].TraceCodes[0] != "81234567890123456789" ||
		got[0].TraceCodes[1] != "8123456AB12345678901" {
		t.Errorf("%q %v", got[0].TraceCodes, err)
	}
	got = []DispensedItem{{TraceCodes: []string{"81234567890123456789", "9123456AB12345678901"}}}
	if err := Check(items, got, time.Now()); !errors.Is(err, prescription.ErrRefused) {
		t.Errorf("another drug's: %v", err)
	}
}
