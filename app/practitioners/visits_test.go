package practitioners_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/practitioners"
)

// A doctor's card says how many visits were finished by now; where that cannot be read there is no
// card that says none.
func TestCardsSayFinishedVisits(t *testing.T) {
	each(t, func(t *testing.T, s *practitioners.Service, _ *time.Time) {
		first, second := approved(t, s, "110110000012345"), approved(t, s, "110110000012346")
		finished, fails := map[string]int{first: 7}, error(nil)
		s.Visits = func(context.Context, []string) (map[string]int, error) { return finished, fails }
		for range 2 {
			for _, person := range []string{first, second} {
				if c, err := s.DoctorCard(t.Context(), person); err != nil || c.Visits != finished[person] {
					t.Errorf("%d visits, %v: want %d", c.Visits, err, finished[person])
				}
			}
			finished[first]++
		}
		fails = errors.New("the database is away")
		if _, err := s.DoctorCard(t.Context(), first); !errors.Is(err, fails) {
			t.Errorf("%v", err)
		}
	})
}
