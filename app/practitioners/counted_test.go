package practitioners_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/practitioners"
)

// TestVisitsAreCountedNowAndThen: a reading of the directory does not count every visit of every
// doctor anew, a new doctor is counted at once, and what failed is not kept.
func TestVisitsAreCountedNowAndThen(t *testing.T) {
	each(t, func(t *testing.T, s *practitioners.Service, at *time.Time) {
		first := approved(t, s, "110110000012345")
		finished, fails := 7, error(nil)
		var asked [][]string
		s.Visits = func(_ context.Context, doctors []string) (map[string]int, error) {
			asked = append(asked, doctors)
			n := map[string]int{}
			for _, d := range doctors {
				n[d] = finished
			}
			return n, fails
		}
		shows := func(person string, want int) {
			t.Helper()
			if c, err := s.DoctorCard(t.Context(), person); err != nil || c.Visits != want {
				t.Errorf("%d visits, %v: want %d", c.Visits, err, want)
			}
		}
		fails = errors.New("the database is away")
		if _, err := s.DoctorCard(t.Context(), first); !errors.Is(err, fails) {
			t.Errorf("%v", err)
		}
		fails = nil
		shows(first, 7)
		finished = 8
		shows(first, 7)
		second := approved(t, s, "110110000012346")
		if _, err := s.Search(t.Context(), practitioners.Query{Limit: 10}); err != nil {
			t.Fatal(err)
		}
		*at = at.Add(10 * time.Minute)
		shows(first, 8)
		want := [][]string{{first}, {first}, {second}, {first}}
		if !slices.EqualFunc(asked, want, slices.Equal[[]string]) {
			t.Errorf("asked for %v, want %v", asked, want)
		}
	})
}
