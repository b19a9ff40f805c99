package practitioners

import (
	"context"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"slices"
	"time"
)

// SlotDays is how far ahead appointments are given: today and the six days after it.
const SlotDays = 7

// Slot is one session on its day, with what is left of it (号源).
type Slot struct {
	Start    time.Time `json:"start" doc:"Names the slot when asking for an appointment"`
	End      time.Time `json:"end"`
	Capacity int       `json:"capacity" example:"6"`
	Free     int       `json:"free" doc:"Appointments left; none of one that is not held" example:"4"`
	Booked   int       `json:"booked" doc:"Appointments taken" example:"2"`
	Closed   bool      `json:"closed" doc:"The doctor does not hold it (停诊)"`
}

// Booking says how many appointments of one session are taken.
type Booking struct {
	Doctor string
	Start  time.Time
	Taken  int
}

// Bookings knows the appointments of doctors in a span of time, beginning included.
type Bookings interface {
	Booked(ctx context.Context, doctors []string, from, to time.Time) ([]Booking, error)
	// Stop cancels those of sessions that are not held. What it cannot do now it does later.
	Stop(ctx context.Context)
}

// Slots lists a doctor's sessions that have not begun, soonest first, the full ones too; none while
// the doctor cannot sign. ErrNotFound for one who is not in office.
func (s *Service) Slots(ctx context.Context, person string) ([]Slot, error) {
	card, err := s.DoctorCard(ctx, person)
	if err != nil || !card.Able {
		return []Slot{}, err
	}
	slots, err := s.slots(ctx, []string{person})
	if slots[person] == nil {
		return []Slot{}, err
	}
	return slots[person], err
}

// SlotAt finds the session of a doctor that begins at a moment; ok is false when there is none to
// come within SlotDays, or it is not held.
func (s *Service) SlotAt(ctx context.Context, person string, start time.Time) (slot Slot, ok bool, err error) {
	weeks, err := s.weeks(ctx, []string{person})
	if err != nil {
		return Slot{}, false, err
	}
	now := s.Now()
	coming := sessions(weeks[person], now)
	at := sessionAt(coming, start)
	if at < 0 {
		return Slot{}, false, nil
	}
	err = closeIn(s.db.WithContext(ctx), map[string][]Slot{person: coming}, []string{person}, now)
	return coming[at], !coming[at].Closed, err
}

// sessionAt is the place of the session that begins at a moment; -1: there is none.
func sessionAt(list []Slot, start time.Time) int {
	return slices.IndexFunc(list, func(x Slot) bool { return x.Start.Equal(start) })
}

// slots are the coming sessions of several doctors, with what is free.
func (s *Service) slots(ctx context.Context, people []string) (map[string][]Slot, error) {
	weeks, err := s.weeks(ctx, people)
	if err != nil || len(weeks) == 0 {
		return nil, err
	}
	now := s.Now()
	coming := make(map[string][]Slot, len(weeks))
	for person, week := range weeks {
		coming[person] = sessions(week, now)
	}
	if s.Bookings != nil {
		booked, err := s.Bookings.Booked(ctx, people, now, now.AddDate(0, 0, SlotDays))
		if err != nil {
			return nil, err
		}
		for _, b := range booked {
			list := coming[b.Doctor]
			if at := sessionAt(list, b.Start); at >= 0 {
				list[at].Booked = b.Taken
				list[at].Free = max(0, list[at].Capacity-b.Taken)
			}
		}
	}
	return coming, closeIn(s.db.WithContext(ctx), coming, people, now)
}

// sessions lays a week over the coming days of China's calendar; what has begun is left out.
func sessions(week []hoursRow, now time.Time) []Slot {
	list := []Slot{}
	year, month, day := now.In(china.Zone).Date()
	for ahead := range SlotDays {
		midnight := time.Date(year, month, day+ahead, 0, 0, 0, 0, china.Zone)
		weekday := int(midnight.Weekday()+6)%7 + 1 // Go's week begins on Sunday
		for _, h := range week {
			start := midnight.Add(time.Duration(h.StartMinute) * time.Minute)
			if h.Weekday == weekday && start.After(now) {
				list = append(list, Slot{Start: start, End: midnight.Add(time.Duration(h.EndMinute) * time.Minute),
					Capacity: h.Capacity, Free: h.Capacity})
			}
		}
	}
	return list
}

// next is the soonest session with an appointment left; nil when there is none.
func next(list []Slot) *Slot {
	at := slices.IndexFunc(list, func(x Slot) bool { return x.Free > 0 })
	if at < 0 {
		return nil
	}
	return &list[at]
}
