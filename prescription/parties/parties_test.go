package parties

import (
	"github.com/smart-hospital/hospital/chain/platform/china"
	"testing"
	"time"
)

// Two log-ins of one human are one before four-eyes and self-prescribing.
func TestOneHumanByAnotherLogIn(t *testing.T) {
	d, r := Doctor{Person: "u1", Also: []string{"u2"}}, Reviewer{Person: "u3", Also: []string{"u1"}}
	if !d.Is("u1") || !d.Is("u2") || d.Is("u3") || d.Is("") || !r.Is("u1") || r.Is("u2") {
		t.Error("who is who")
	}
}

func TestAgeOf(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.ParseInLocation(time.DateOnly, s, china.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, tt := range []struct {
		birth, at string
		want      Age
		text      string
	}{
		{"2026-11-22", "2026-11-22", Age{}, "0天"},
		{"2026-11-01", "2026-11-28", Age{Days: 27}, "27天"},
		{"2026-10-31", "2026-11-30", Age{Days: 30}, "30天"},
		{"2026-10-31", "2026-12-01", Age{Months: 1, Days: 1}, "1月1天"},
		{"2026-01-31", "2026-03-01", Age{Months: 1, Days: 1}, "1月1天"},
		{"2026-06-10", "2026-11-10", Age{Months: 5}, "5月"},
		{"2026-06-10", "2026-11-22", Age{Months: 5, Days: 12}, "5月12天"},
		{"2025-11-23", "2026-11-22", Age{Months: 11, Days: 30}, "11月30天"},
		{"2025-11-22", "2026-11-22", Age{Years: 1}, "1岁"},
		{"2023-09-01", "2026-11-22", Age{Years: 3, Months: 2, Days: 21}, "3岁2月"},
		{"2020-11-22", "2026-11-22", Age{Years: 6}, "6岁"},
		{"2020-08-22", "2026-11-22", Age{Years: 6, Months: 3}, "6岁"},
		{"2024-02-29", "2025-02-28", Age{Months: 11, Days: 30}, "11月30天"},
		{"1980-05-01", "2026-11-22", Age{Years: 46, Months: 6, Days: 21}, "46岁"},
	} {
		p := Patient{Birth: day(tt.birth)}
		at := day(tt.at).Add(12 * time.Hour)
		if got := p.AgeOf(at); got != tt.want || got.String() != tt.text || p.AgeAt(at) != got.Years {
			t.Errorf("born %s at %s: %+v %q", tt.birth, tt.at, got, got.String())
		}
	}
}

func TestWeightOfAChildIsForgotten(t *testing.T) {
	noon := time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)
	child := Patient{Birth: noon.AddDate(-2, 0, 0), WeightGrams: 12000, WeighedOn: noon.Add(-weightGood)}
	if child.WeightAt(noon) != 12000 || child.WeightAt(noon.Add(1)) != 0 {
		t.Errorf("%d, then %d", child.WeightAt(noon), child.WeightAt(noon.Add(1)))
	}
	child.Birth = noon.AddDate(-6, 0, 0)
	if child.WeightAt(noon.Add(1)) != 12000 {
		t.Error("of six")
	}
}
