// Package waiting is a queue as those who wait in it and their doctor read it: places, what was
// measured of waiting, and reasons to look at somebody soon.
package waiting

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/triage"
)

// What an estimate of waiting time rests on.
const (
	// measuredMax is how many of the doctor's last visits are measured, measuredLeast how many
	// there must be: fewer say nothing.
	measuredMax   = 50
	measuredLeast = 5
	// measuredSpan is how far back they may lie: what was long ago is not how it is now.
	measuredSpan = 90 * 24 * time.Hour
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

// Count counts a doctor's queue at a moment, by the names of the states of a visit: of one that has
// begun, and of those that wait.
func Count(tx *gorm.DB, doctor string, now time.Time, active string, waits ...string) (q Queue, err error) {
	var rows []struct {
		State string
		Later bool
		N     int
		First int64
	}
	err = tx.Table("consultations").
		Select("state, waits_from > ? AS later, count(*) AS n, min(waits_from) AS first", now.UnixMilli()).
		Where("doctor = ? AND state IN ?", doctor, append(waits, active)).
		Group("state, later").Find(&rows).Error
	for _, r := range rows {
		switch {
		case r.State == active:
			q.Active += r.N
		case r.Later:
			q.Later += r.N
		default:
			q.Waiting += r.N
			if first := time.UnixMilli(r.First).UTC(); r.First > 0 && (q.Since == nil || first.Before(*q.Since)) {
				q.Since = &first
			}
		}
	}
	return q, err
}

// Mark is a reason to look at a request soon. It moves nobody in the queue.
type Mark struct {
	Kind  MarkKind     `json:"kind" enum:"words,session,ending" doc:"words: the complaint, or what the patient wrote since, names a sign of danger; session: its session has begun; ending: nobody accepts it much longer"`
	Word  string       `json:"word,omitempty" doc:"The patient's own words" example:"胸痛"`
	Level int          `json:"level,omitempty" minimum:"1" maximum:"4" doc:"Of the sign, by 急诊预检分诊专家共识 (2018;27:599): no conclusion, the doctor's is the judgement" example:"2"`
	Sign  *triage.Text `json:"sign,omitempty" doc:"Name of the sign"`
}

// MarkKind is why a request is marked.
type MarkKind string

// Why a request is marked.
const (
	MarkWords   MarkKind = "words"
	MarkSession MarkKind = "session"
	MarkEnding  MarkKind = "ending"
)

// Signed is the mark of a sign in what the patient says.
func Signed(s *triage.Sign) Mark {
	return Mark{Kind: MarkWords, Word: s.Words, Level: s.Level, Sign: &s.Name}
}

// Measured is what a doctor's last visits say of waiting.
type Measured struct {
	pace    []time.Duration // wait of each, divided by its place when it came; ascending
	longest time.Duration
}

// Measure reads the waits of a doctor's last visits. Who was seen before the own session is left
// out: that was no wait.
func Measure(tx *gorm.DB, doctor string, now time.Time) (Measured, error) {
	var rows []struct{ WaitsFrom, StartedAt int64 }
	// twice as many as are measured: the oldest one waited behind others; "> 0" names the index
	err := tx.Table("consultations").Select("waits_from, started_at").
		Where("doctor = ? AND started_at > 0 AND started_at > ?", doctor, now.Add(-measuredSpan).UnixMilli()).
		Order("started_at DESC, id DESC").Limit(2 * measuredMax).Find(&rows).Error
	var m Measured
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

// Place is the estimate for a place, of a patient who has waited so long already.
func (m Measured) Place(place int, waited time.Duration) Place {
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
