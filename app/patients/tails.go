package patients

import (
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/patients/profile"
)

// tail is how much of a number a pharmacy asks for.
const tail = 4

// Tails are the last four characters of these persons' phone and document numbers, by what a
// transaction sees, each once; none for who has no number on file.
func (s *Service) Tails(tx *gorm.DB, persons ...string) ([]string, error) {
	var list []string
	for _, person := range persons {
		now, err := s.store.Current(tx, person)
		if err != nil {
			return nil, err
		}
		p, err := s.store.Load(tx, now)
		if errors.Is(err, profile.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		numbers := []string{p.Phone}
		if p.Identity != nil {
			numbers = append(numbers, p.Identity.IDNumber)
		}
		for _, n := range numbers {
			if len(n) >= tail && !slices.Contains(list, strings.ToUpper(n[len(n)-tail:])) {
				list = append(list, strings.ToUpper(n[len(n)-tail:]))
			}
		}
	}
	return list, nil
}
