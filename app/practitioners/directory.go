package practitioners

import (
	"context"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/practitioners/pinyin"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// PresenceTTL is how long a doctor counts as online after the last sign of life; the page sends one
// every thirty seconds.
const PresenceTTL = 90 * time.Second

// Presence is whether a doctor is at work.
type Presence string

// Presences.
const (
	Online  Presence = "online"
	Busy    Presence = "busy"
	Offline Presence = "offline"
)

// Rating is what patients thought of a doctor's visits.
type Rating struct {
	Average float64 `json:"average" doc:"1 to 5, one decimal" example:"4.8"`
	Count   int     `json:"count" doc:"Visits that were rated" example:"23"`
}

// Card is a doctor as the public sees one.
type Card struct {
	Person        string         `json:"person" doc:"Opaque id" example:"u7k2mq4xw5zt3yb6nc2da"`
	Name          string         `json:"name" example:"李医生"`
	Org           string         `json:"org" example:"h1"`
	OrgName       string         `json:"orgName" example:"仁济智慧医院"`
	Title         parties.Title  `json:"title" enum:"resident,attending,associate-chief,chief"`
	Department    string         `json:"department" example:"cardiology"`
	PracticeSince string         `json:"practiceSince" example:"2009-07-01"`
	Paediatric    bool           `json:"paediatric"`
	Antibiotics   medicine.Grade `json:"antibiotics" doc:"Highest antibiotic grade the title may prescribe" enum:"unrestricted,restricted,special"`
	FeeFen        int64          `json:"feeFen" doc:"Fee of one consultation, fen" example:"2000"`
	Online        bool           `json:"online" doc:"At work now, busy or not"`
	Presence      Presence       `json:"presence" doc:"busy: at work, and takes nobody at once" enum:"online,busy,offline"`
	Able          bool           `json:"able" doc:"Can sign now; false: nobody asks this doctor for a visit, those under way go on"`
	Initials      string         `json:"initials" doc:"First letters of the name's pinyin, for a search" example:"lmd"`
	Visits        int            `json:"visits" doc:"Visits finished here" example:"128"`
	Photo         string         `json:"photo,omitempty" doc:"Address of the photo; it changes with the photo" example:"/v1/doctors/u7k2mq4xw5zt3yb6nc2da/photo/66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"`
	Played        bool           `json:"played,omitempty" doc:"Of the demo: the sandbox answers by a script (演示)"`
	Rating        *Rating        `json:"rating,omitempty" doc:"Left out until five visits were rated"`
	About         *About         `json:"about,omitempty" doc:"What the doctor says of the own work; nobody certifies it"`
	NextSlot      *Slot          `json:"nextSlot,omitempty" doc:"Soonest session with an appointment left (下一号源)"`
}

func (c Card) rank() int {
	r := slices.Index(titlesOf[accounts.Doctor], string(c.Title))
	if c.Online {
		r += len(titlesOf[accounts.Doctor])
	}
	return r
}

// DoctorCard returns one doctor in office, also one who cannot sign, whose visits may be under way:
// ErrNotFound.
func (s *Service) DoctorCard(ctx context.Context, person string) (Card, error) {
	p, err := s.Get(ctx, person)
	if err != nil {
		return Card{}, err
	}
	if p.Role != accounts.Doctor || !s.Now().Before(p.validUntil()) {
		return Card{}, ErrNotFound
	}
	cards, err := s.cards(ctx, []Practitioner{p})
	if err != nil {
		return Card{}, err
	}
	return cards[0], nil
}

func (s *Service) cards(ctx context.Context, list []Practitioner) ([]Card, error) {
	people := make([]string, len(list))
	for i, p := range list {
		people[i] = p.Person
	}
	coming, err := s.slots(ctx, people)
	if err != nil {
		return nil, err
	}
	able, err := s.able(ctx, people)
	if err != nil {
		return nil, err
	}
	about, err := s.AboutOf(ctx, people...)
	if err != nil {
		return nil, err
	}
	visits := map[string]int{}
	if s.Visits != nil {
		if visits, err = s.Visits(ctx, people); err != nil {
			return nil, err
		}
	}
	photos, err := s.photosOf(ctx, people)
	if err != nil {
		return nil, err
	}
	ratings := map[string]Rating{}
	if s.Ratings != nil {
		if ratings, err = s.Ratings(ctx, people); err != nil {
			return nil, err
		}
	}
	presence := s.presence(ctx, people)
	cards := make([]Card, len(list))
	for i, p := range list {
		cards[i] = Card{
			Person: p.Person, Name: p.Name, Org: p.Org, OrgName: s.OrgName(p.Org), Title: parties.Title(p.Title),
			Department:    p.Department,
			PracticeSince: p.PracticeSince, Paediatric: p.Paediatric, Antibiotics: AntibioticRight(p.Title),
			FeeFen: p.FeeFen, Initials: pinyin.Initials(p.Name), Visits: visits[p.Person],
			Online: presence[i] != Offline, Presence: presence[i], Able: able(p.Person),
		}
		cards[i].Photo, cards[i].Played = photos[p.Person], s.Played != nil && s.Played(p.Person)
		if r, ok := ratings[p.Person]; ok {
			cards[i].Rating = &r
		}
		if said, ok := about[p.Person]; ok {
			cards[i].About = &said
		}
		if cards[i].Able {
			cards[i].NextSlot = next(coming[p.Person])
		}
	}
	return cards, nil
}

// able tells of some people who can sign now.
func (s *Service) able(ctx context.Context, people []string) (func(person string) bool, error) {
	if s.Signers == nil || len(people) == 0 {
		return func(string) bool { return true }, nil
	}
	signs, err := s.Signers(ctx, people...)
	return func(person string) bool { return signs[person] }, err
}

func presenceKey(person string) string { return "online:" + person }

// presence tells who is at work. It may be lost: when Redis does not answer, everybody counts as
// offline and the directory still opens.
func (s *Service) presence(ctx context.Context, people []string) []Presence {
	list := make([]Presence, len(people))
	keys := make([]string, len(people))
	for i, p := range people {
		list[i], keys[i] = Offline, presenceKey(p)
	}
	if len(keys) == 0 {
		return list
	}
	values, err := s.redis.MGet(ctx, keys...).Result()
	if err != nil {
		return list
	}
	for i, v := range values {
		switch {
		case v == string(Busy):
			list[i] = Busy
		case v != nil:
			list[i] = Online
		}
	}
	return list
}

// SetPresence is a sign of life, good for PresenceTTL, or says goodbye: ErrNotApproved for one who
// is not in office.
func (s *Service) SetPresence(ctx context.Context, person string, p Presence) error {
	if err := s.InOffice(ctx, person); err != nil {
		return err
	}
	if p == Offline {
		return s.redis.Del(ctx, presenceKey(person)).Err()
	}
	return s.redis.Set(ctx, presenceKey(person), string(p), PresenceTTL).Err()
}
