package consult

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult/danger"
	"github.com/smart-hospital/hospital/app/consult/tally"
)

// What an estimate of waiting time rests on.
const (
	// measuredMax is how many of the doctor's last visits are measured, measuredLeast how many
	// there must be: fewer say nothing.
	measuredMax   = 50
	measuredLeast = 5
	// measuredSpan is how far back they may lie: what was long ago is not how it is now.
	measuredSpan = 90 * 24 * time.Hour
	// endsSoon is how long before its end a request is marked.
	endsSoon = time.Hour
)

// Place is where a request stands in its doctor's queue, for the patient. The range is measured at
// this doctor's last visits; without enough of them there is none.
type Place struct {
	Place       int  `json:"place" doc:"1: the next one" example:"3"`
	Measured    int  `json:"measured" doc:"How many of this doctor's last waits the range rests on; 0: no estimate yet" example:"24"`
	FromMinutes int  `json:"fromMinutes,omitempty" doc:"From now on; one of ten waited shorter" example:"10"`
	ToMinutes   int  `json:"toMinutes,omitempty" doc:"From now on; one of ten waited longer" example:"35"`
	Longer      bool `json:"longer,omitempty" doc:"Waits already longer than anybody measured: there is no range"`
}

// Queue is the true size of a doctor's queue, whatever a page shows.
type Queue struct {
	Waiting int        `json:"waiting" doc:"Patients who wait now" example:"7"`
	Active  int        `json:"active" doc:"Visits that were begun and not ended" example:"2"`
	Later   int        `json:"later" doc:"Appointments whose session has not begun" example:"3"`
	Since   *time.Time `json:"since,omitempty" doc:"Since when the first one waits"`
}

// Mark is a reason to look at a request soon. It moves nobody in the queue.
type Mark struct {
	Kind MarkKind `json:"kind" enum:"words,session,ending" doc:"words: the complaint names a sign of danger; session: its session has begun; ending: nobody accepts it much longer"`
	Word string   `json:"word,omitempty" doc:"The word in the complaint" example:"胸痛"`
}

// MarkKind is why a request is marked.
type MarkKind string

// Why a request is marked.
const (
	MarkWords   MarkKind = "words"
	MarkSession MarkKind = "session"
	MarkEnding  MarkKind = "ending"
)

// waits tells whether the patient waits for the doctor, now or from the session on.
func (s Snapshot) waits() bool { return s.State == Requested || s.State == Accepted }

// waitsFrom is since when: an appointment waits from its session on.
func (s Snapshot) waitsFrom() time.Time {
	if a := s.Appointment; a != nil && a.Start.After(s.CreatedAt) {
		return a.Start
	}
	return s.CreatedAt
}

// marks are the reasons to look at a request soon.
func (s Snapshot) marks(at time.Time) []Mark {
	if !s.waits() {
		return nil
	}
	var list []Mark
	if w := danger.In(s.Intake.Complaint); w != "" {
		list = append(list, Mark{MarkWords, w})
	}
	if a := s.Appointment; a != nil && !at.Before(a.Start) {
		list = append(list, Mark{Kind: MarkSession})
	}
	if s.State == Requested && !at.Before(s.deadline().Add(-endsSoon)) {
		list = append(list, Mark{Kind: MarkEnding})
	}
	return list
}

// Queue counts a doctor's queue.
func (s *Service) Queue(ctx context.Context, doctor string) (Queue, error) {
	var rows []struct {
		State string
		Later bool
		N     int
		First int64
	}
	now := millis(s.now())
	err := s.db.WithContext(ctx).Model(&consultationRow{}).
		Select("state, waits_from > ? AS later, count(*) AS n, min(waits_from) AS first", now).
		Where("doctor = ? AND state IN ?", doctor, []State{Requested, Accepted, Active}).
		Group("state, later").Find(&rows).Error
	var q Queue
	var first int64
	for _, r := range rows {
		switch {
		case State(r.State) == Active:
			q.Active += r.N
		case r.Later:
			q.Later += r.N
		default:
			q.Waiting += r.N
			if first == 0 || r.First < first {
				first = r.First
			}
		}
	}
	q.Since = maybe(instant(first))
	return q, err
}

// Finished is how many visits doctors have finished, by doctor.
func (s *Service) Finished(ctx context.Context, doctors []string) (map[string]int, error) {
	return tally.Of(s.db.WithContext(ctx), doctors)
}

// withPlaces tells patients their places. It is for readings: a command that looked at the whole
// queue would be in the way of every other one of this doctor.
func (s *Service) withPlaces(tx *gorm.DB, list []Snapshot, views []View) error {
	now := s.now()
	known := map[string]measured{}
	for i, c := range list {
		if !c.waits() || c.waitsFrom().After(now) {
			continue
		}
		m, ok := known[c.Doctor]
		if !ok {
			var err error
			if m, err = s.store.measure(tx, c.Doctor, now); err != nil {
				return err
			}
			known[c.Doctor] = m
		}
		ahead, err := s.store.ahead(tx, c)
		if err != nil {
			return err
		}
		p := m.place(int(ahead)+1, now.Sub(c.waitsFrom()))
		views[i].Queue = &p
	}
	return nil
}

// ahead counts who waits longer for the same doctor.
func (st store) ahead(tx *gorm.DB, c Snapshot) (n int64, err error) {
	from, number := millis(c.waitsFrom()), 0
	if c.Appointment != nil {
		number = c.Appointment.Number
	}
	err = tx.Model(&consultationRow{}).Where("doctor = ? AND state IN ?", c.Doctor, []State{Requested, Accepted}).
		Where("waits_from < ? OR (waits_from = ? AND (slot_number < ? OR (slot_number = ? AND id < ?)))", from, from,
			number, number, c.ID).Count(&n).Error
	return n, err
}

// measured is what a doctor's last visits say of waiting.
type measured struct {
	pace    []time.Duration // wait of each, divided by its place when it came; ascending
	longest time.Duration
}

// measure reads the waits of a doctor's last visits. Who was seen before the own session is left
// out: that was no wait.
func (st store) measure(tx *gorm.DB, doctor string, now time.Time) (measured, error) {
	var rows []struct{ WaitsFrom, StartedAt int64 }
	// twice as many as are measured: the oldest one waited behind others; "> 0" names the index
	err := tx.Model(&consultationRow{}).Select("waits_from, started_at").
		Where("doctor = ? AND started_at > 0 AND started_at > ?", doctor, millis(now.Add(-measuredSpan))).
		Order("started_at DESC, id DESC").Limit(2 * measuredMax).Find(&rows).Error
	var m measured
	for _, r := range rows[:min(len(rows), measuredMax)] {
		wait := time.Duration(r.StartedAt-r.WaitsFrom) * time.Millisecond
		if wait < 0 {
			continue
		}
		place := 1
		for _, o := range rows {
			if o.WaitsFrom < r.WaitsFrom && o.StartedAt > r.WaitsFrom {
				place++
			}
		}
		m.pace = append(m.pace, wait/time.Duration(place))
		m.longest = max(m.longest, wait)
	}
	slices.Sort(m.pace)
	return m, err
}

// place is the estimate for a place, of a patient who has waited so long already.
func (m measured) place(place int, waited time.Duration) Place {
	p := Place{Place: place}
	n := len(m.pace)
	if n < measuredLeast {
		return p
	}
	p.Measured = n
	if waited > m.longest {
		p.Longer = true
		return p
	}
	low, high := m.pace[n/10]*time.Duration(place), m.pace[n-1-n/10]*time.Duration(place)
	p.FromMinutes = int(low / time.Minute)
	p.ToMinutes = max(int((high+time.Minute-1)/time.Minute), p.FromMinutes+1)
	return p
}
