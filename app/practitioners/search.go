package practitioners

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/practitioners/routing"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription/catalogue"
)

// Limits of a search for doctors.
const (
	MaxDoctorsPage = 50
	// maxDirectory is how many doctors in office are looked through: more than the largest
	// hospitals have.
	maxDirectory = 5000
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
	After      string // Found.Next of the page before
	Limit      int    // 1 to MaxDoctorsPage; 0: MaxDoctorsPage
}

// Found is a page of doctors.
type Found struct {
	Doctors []Card `json:"doctors" doc:"Who is named by the word first, then those online, then by title"`
	Total   int    `json:"total" doc:"Doctors found, on all pages" example:"12"`
	Next    string `json:"next,omitempty" doc:"after of the next page; left out on the last one" example:"0~5~u7k2mq4xw5zt3yb6nc2da"`
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
// nothing. A word that names a doctor asks for no disease. invalid.ErrInput for an After that no
// page had.
func (s *Service) Search(ctx context.Context, q Query) (Found, error) {
	found := Found{Doctors: []Card{}, Departments: []string{}}
	all, err := s.everybody.do(ctx, s.directory)
	if err != nil {
		return found, err
	}
	cards := slices.DeleteFunc(slices.Clone(all), func(c Card) bool {
		return !c.Able || q.Department != "" && c.Department != q.Department || q.Online && !c.Online ||
			q.Free && c.NextSlot == nil || q.Language != "" && !c.speaks(q.Language)
	})
	cards, near, departments := s.named(cards, typed(q.Word))
	found.Departments = append(found.Departments, departments...)
	at := func(c Card) place { return place{near[c.Person], c.rank(), c.Person} }
	slices.SortFunc(cards, func(a, b Card) int { return at(a).compare(at(b)) })
	found.Total = len(cards)
	if q.After != "" {
		after, err := parsePlace(q.After)
		if err != nil {
			return found, err
		}
		cards = slices.DeleteFunc(cards, func(c Card) bool { return at(c).compare(after) <= 0 })
	}
	if q.Limit < 1 || q.Limit > MaxDoctorsPage {
		q.Limit = MaxDoctorsPage
	}
	if len(cards) > q.Limit {
		cards = cards[:q.Limit]
		found.Next = at(cards[q.Limit-1]).String()
	}
	for i := range cards {
		if cards[i].About != nil {
			short := *cards[i].About // others read this one
			short.Introduction = ""  // a card's length; the doctor's own page has it
			cards[i].About = &short
		}
	}
	found.Doctors = append(found.Doctors, cards...)
	return found, nil
}

// place is where a doctor stood in a list. It outlives the doctor's standing there: who goes
// offline between two pages neither ends them nor hides others.
type place struct {
	near, rank int
	person     string
}

func (p place) compare(other place) int {
	return cmp.Or(cmp.Compare(p.near, other.near), cmp.Compare(other.rank, p.rank),
		cmp.Compare(p.person, other.person))
}

// String is what parsePlace reads.
func (p place) String() string { return fmt.Sprintf("%d~%d~%s", p.near, p.rank, p.person) }

func parsePlace(text string) (p place, err error) {
	parts := strings.Split(text, "~")
	if len(parts) == 3 {
		var far, high error
		p.near, far = strconv.Atoi(parts[0])
		p.rank, high = strconv.Atoi(parts[1])
		if p.person = parts[2]; far == nil && high == nil {
			return p, nil
		}
	}
	var c invalid.Check
	c.That(false, "after", "next of the page before")
	return p, c.Err()
}

// directory is everybody in office, by person. Strangers ask for it as often as they type.
func (s *Service) directory(ctx context.Context) ([]Card, error) {
	today := s.Now().In(china.Zone).Format(dateLayout)
	list, err := s.find(s.db.WithContext(ctx).Where("role = ? AND state = ? AND licensed_until >= ?", accounts.Doctor,
		Approved, today).Order("person").Limit(maxDirectory))
	if err != nil {
		return nil, err
	}
	return s.cards(ctx, list)
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
		if strings.Contains(typed(d.NameZH), word) || strings.Contains(typed(d.NameEN), word) {
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
			for _, d := range routing.Departments(code) {
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

// typed is what a word has in common with a text that it is looked for in, however it was typed:
// width, case, traditional characters and marks that nobody sees do not count.
func typed(word string) string {
	return catalogue.Fold(strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Cc) {
			return -1
		}
		return r
	}, word))
}

// called tells whether a name holds a word; between the parts of a name stand many kinds of dots.
func called(name, word string) bool {
	word = text.Fold(word)
	return word != "" && strings.Contains(text.Fold(typed(name)), word)
}

func (c Card) nearness(word string, departments []string) int {
	switch {
	case called(c.Name, word), strings.HasPrefix(c.Initials, word):
		return byName
	case c.About != nil && slices.ContainsFunc(c.About.Specialties,
		func(x string) bool { return strings.Contains(typed(x), word) }):
		return bySpecialty
	case slices.Contains(departments, c.Department):
		return byDepartment
	}
	return unfound
}
