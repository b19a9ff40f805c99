package rules_test

import (
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription/rules"
	"testing"
	"time"
)

// TestInfantsDays: the rules of months turn on the very day by the calendar of China, for every
// medicine that has one.
func TestInfantsDays(t *testing.T) {
	at := time.Date(2026, 11, 22, 0, 30, 0, 0, china.Zone) // UTC is still at the 21st
	for _, tt := range []struct {
		drug string
		born time.Time // birth of one who is old enough on that day
		word string
		want rules.Severity
	}{
		{"D0202", time.Date(2026, 5, 22, 0, 0, 0, 0, china.Zone), "6个月以下婴儿", rules.Critical},
		{"D0180", time.Date(2026, 8, 22, 0, 0, 0, 0, china.Zone), "3个月以下婴儿", rules.Critical},
		{"D0215", time.Date(2026, 9, 22, 0, 0, 0, 0, china.Zone), "2个月以下婴儿", rules.Warning},
		{"D0042", time.Date(2026, 9, 22, 0, 0, 0, 0, china.Zone), "2个月以下婴儿", rules.Critical},
		{"D0046", time.Date(2026, 10, 22, 0, 0, 0, 0, china.Zone), "新生儿", rules.Critical},
		{"D0018", time.Date(2026, 10, 22, 0, 0, 0, 0, china.Zone), "新生儿", rules.Warning},
	} {
		fires := func(birth time.Time) rules.Severity {
			o := order(usual(t, tt.drug))
			o.At, o.Visit.Patient.Birth = at, birth
			return found(rules.Check(o), "clinical.age", tt.word)
		}
		if got := fires(tt.born.AddDate(0, 0, 1)); got != tt.want {
			t.Errorf("%s the day before: %q, want %q", tt.word, got, tt.want)
		}
		if got := fires(tt.born); got != "" {
			t.Errorf("%s on the day: %q", tt.word, got)
		}
	}
}
