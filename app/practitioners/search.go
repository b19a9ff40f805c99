package practitioners

import (
	"context"
	"slices"
	"strings"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/china"
)

// Limits of a search for doctors.
const (
	MaxDoctorsPage = 50
	// leastDisease is how many characters a word has that is looked for among diseases.
	leastDisease = 2
	// maxDiseases is how many of the diagnoses that a word may mean are followed to departments.
	maxDiseases = 5
)

// Query is what a patient looks for. Empty fields mean everybody.
type Query struct {
	Word       string // a name, pinyin initials, a department, what is treated, a disease
	Department string // code
	Language   string // ISO 639
	Online     bool   // at work now
	Free       bool   // with an appointment left
	After      string // the last person of the page before
	Limit      int    // 1 to MaxDoctorsPage; 0: MaxDoctorsPage
}

// Found is a page of doctors.
type Found struct {
	Doctors []Card `json:"doctors" doc:"Who is named by the word first, then those online, then by title"`
	Total   int    `json:"total" doc:"Doctors found, on all pages" example:"12"`
	Next    string `json:"next,omitempty" doc:"after of the next page; left out on the last one" example:"u7k2mq4xw5zt3yb6nc2da"`
	// Departments that the word names.
	Departments []string `json:"departments" doc:"Codes of departments that the word names, or that treat the disease it names" example:"[\"cardiology\"]"`
}

// How a word found a doctor, the nearest first.
const (
	byName = iota
	bySpecialty
	byDepartment
	byDisease
	unfound
)

// Search finds doctors in office who can sign. Who has no key yet, or lost it, could prescribe
// nothing. A word that names a doctor asks for no disease. After must be a doctor who is found:
// ErrNotFound.
func (s *Service) Search(ctx context.Context, q Query) (Found, error) {
	found := Found{Doctors: []Card{}, Departments: []string{}}
	today := s.Now().In(china.Zone).Format(dateLayout)
	tx := s.db.WithContext(ctx).Where("role = ? AND state = ? AND licensed_until >= ?", accounts.Doctor, Approved,
		today).Order("person").Limit(MaxList)
	if q.Department != "" {
		tx = tx.Where("department = ?", q.Department)
	}
	list, err := s.find(tx)
	if err != nil {
		return found, err
	}
	cards, err := s.cards(ctx, list)
	if err != nil {
		return found, err
	}
	cards = slices.DeleteFunc(cards, func(c Card) bool {
		return !c.Able || q.Online && !c.Online || q.Free && c.NextSlot == nil ||
			q.Language != "" && !c.speaks(q.Language)
	})
	cards, near, departments := s.named(cards, strings.ToLower(strings.TrimSpace(q.Word)))
	found.Departments = append(found.Departments, departments...)
	slices.SortStableFunc(cards, func(a, b Card) int {
		if d := near[a.Person] - near[b.Person]; d != 0 {
			return d
		}
		return b.rank() - a.rank()
	})
	found.Total = len(cards)
	if q.After != "" {
		at := slices.IndexFunc(cards, func(c Card) bool { return c.Person == q.After })
		if at < 0 {
			return found, ErrNotFound
		}
		cards = cards[at+1:]
	}
	if q.Limit < 1 || q.Limit > MaxDoctorsPage {
		q.Limit = MaxDoctorsPage
	}
	if len(cards) > q.Limit {
		cards = cards[:q.Limit]
		found.Next = cards[q.Limit-1].Person
	}
	for i := range cards {
		if cards[i].About != nil {
			cards[i].About.Introduction = "" // a card's length; the doctor's own page has it
		}
	}
	found.Doctors = append(found.Doctors, cards...)
	return found, nil
}

// speaks tells whether a visit can be held in a language. Who said nothing speaks Chinese.
func (c Card) speaks(language string) bool {
	if c.About == nil || len(c.About.Languages) == 0 {
		return language == "zh"
	}
	return slices.Contains(c.About.Languages, language)
}

// named keeps the doctors that a word finds, with how near each one is, and the departments that
// the word means.
func (s *Service) named(cards []Card, word string) (kept []Card, near map[string]int, departments []string) {
	near = map[string]int{}
	if word == "" {
		return cards, near, nil
	}
	for _, d := range Departments {
		if strings.Contains(d.NameZH, word) || strings.Contains(strings.ToLower(d.NameEN), word) {
			departments = append(departments, d.Code)
		}
	}
	somebody := false
	for _, c := range cards {
		near[c.Person] = c.nearness(word, departments)
		somebody = somebody || near[c.Person] == byName
	}
	if !somebody && len([]rune(word)) >= leastDisease && s.Diseases != nil {
		var treating []string
		for _, code := range s.Diseases(word, maxDiseases) {
			for _, d := range DepartmentsFor(code) {
				if !slices.Contains(treating, d) {
					treating = append(treating, d)
				}
			}
		}
		for _, c := range cards {
			if slices.Contains(treating, c.Department) {
				near[c.Person] = min(near[c.Person], byDisease)
			}
		}
		for _, d := range treating {
			if !slices.Contains(departments, d) {
				departments = append(departments, d)
			}
		}
	}
	return slices.DeleteFunc(cards, func(c Card) bool { return near[c.Person] == unfound }), near, departments
}

func (c Card) nearness(word string, departments []string) int {
	switch {
	case strings.Contains(strings.ToLower(c.Name), word), strings.HasPrefix(c.Initials, word):
		return byName
	case c.About != nil && slices.ContainsFunc(c.About.Specialties,
		func(x string) bool { return strings.Contains(strings.ToLower(x), word) }):
		return bySpecialty
	case slices.Contains(departments, c.Department):
		return byDepartment
	}
	return unfound
}
