package practitioners

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Limits of a doctor's week.
const (
	MaxHours    = 21 // sessions a week: morning, afternoon and evening of every day
	MaxCapacity = 50 // appointments of one session
	minMinutes  = 30 // shortest session
)

// Hours are one weekly session in which a doctor sees patients by appointment (出诊时段).
type Hours struct {
	Weekday  int    `json:"weekday" minimum:"1" maximum:"7" doc:"1 Monday to 7 Sunday" example:"1"`
	From     string `json:"from" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" doc:"China time" example:"09:00"`
	To       string `json:"to" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" doc:"China time, the same day; 24:00 is its end" example:"12:00"`
	Capacity int    `json:"capacity" minimum:"1" maximum:"50" doc:"Appointments of one session (号源)" example:"6"`
}

type hoursRow struct {
	Person      string `gorm:"primaryKey"`
	Weekday     int    `gorm:"primaryKey;autoIncrement:false"`
	StartMinute int    `gorm:"primaryKey;autoIncrement:false"`
	EndMinute   int
	Capacity    int
}

func (hoursRow) TableName() string { return "doctor_hours" }

func (r hoursRow) key() string { return fmt.Sprintf("%s/%d/%d", r.Person, r.Weekday, r.StartMinute) }

func (r hoursRow) hours() Hours {
	clock := func(m int) string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }
	return Hours{r.Weekday, clock(r.StartMinute), clock(r.EndMinute), r.Capacity}
}

// endOfDay is 24:00: a session may end then, none begins.
const endOfDay = 24 * 60

// minute is the minute of the day; -1 for what is no time of day.
func minute(s string) int {
	if s == "24:00" {
		return endOfDay
	}
	t, err := time.Parse("15:04", s)
	if err != nil {
		return -1
	}
	return t.Hour()*60 + t.Minute()
}

// rowsOf checks a week and puts it in order: invalid.ErrInput names the fields.
func rowsOf(person string, week []Hours) ([]hoursRow, error) {
	var c invalid.Check
	c.That(len(week) <= MaxHours, "body.hours", fmt.Sprintf("at most %d sessions", MaxHours))
	rows := make([]hoursRow, len(week))
	for i, h := range week {
		rows[i] = hoursRow{person, h.Weekday, minute(h.From), minute(h.To), h.Capacity}
		field := fmt.Sprintf("body.hours[%d]", i)
		c.That(h.Weekday >= 1 && h.Weekday <= 7, field+".weekday", "1 Monday to 7 Sunday")
		c.That(rows[i].StartMinute >= 0 && rows[i].StartMinute < endOfDay, field+".from", "a time of day such as 09:00")
		c.That(rows[i].EndMinute >= rows[i].StartMinute+minMinutes, field+".to",
			fmt.Sprintf("a time of day at least %d minutes later", minMinutes))
		c.That(h.Capacity >= 1 && h.Capacity <= MaxCapacity, field+".capacity", fmt.Sprintf("1 to %d", MaxCapacity))
		for _, other := range rows[:i] {
			c.That(other.Weekday != h.Weekday || other.EndMinute <= rows[i].StartMinute ||
				rows[i].EndMinute <= other.StartMinute, field, "must not overlap another session of the day")
		}
	}
	slices.SortFunc(rows, inWeek)
	return rows, c.Err()
}

func inWeek(a, b hoursRow) int {
	return cmp.Or(a.Weekday-b.Weekday, a.StartMinute-b.StartMinute)
}

// SetHours replaces a doctor's week. was is the week that the doctor saw, so that nobody overwrites
// what the outpatient office set meanwhile; nil: whatever it is. invalid.ErrInput, ErrNotApproved,
// sqlstore.ErrConflict. Appointments that were made already stay.
func (s *Service) SetHours(ctx context.Context, cmd sqlstore.Command, person string,
	was, week []Hours) ([]Hours, error) {
	if err := s.InOffice(ctx, person); err != nil {
		return nil, err
	}
	rows, err := rowsOf(person, week)
	if err != nil {
		return nil, err
	}
	stored, _, err := sqlstore.Answer[[]Hours](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		return weekOf(rows), replaceWeek(tx, person, was, rows)
	}))
	return stored, err
}

// HoursOf is a doctor's week in order; none is no error.
func (s *Service) HoursOf(ctx context.Context, person string) ([]Hours, error) {
	byPerson, err := s.weeks(ctx, []string{person})
	return weekOf(byPerson[person]), err
}

func weekOf(rows []hoursRow) []Hours {
	week := make([]Hours, len(rows))
	for i, r := range rows {
		week[i] = r.hours()
	}
	return week
}

func (s *Service) weeks(ctx context.Context, people []string) (map[string][]hoursRow, error) {
	return weeksIn(s.db.WithContext(ctx), people)
}

func weeksIn(tx *gorm.DB, people []string) (map[string][]hoursRow, error) {
	found, err := sqlstore.Rows[hoursRow](tx.Where("person IN ?", people).Order("weekday, start_minute"))
	if err != nil {
		return nil, err
	}
	byPerson := map[string][]hoursRow{}
	for _, r := range sqlstore.Fit(tx, hoursRow{}.TableName(), found, hoursRow.key) {
		byPerson[r.Person] = append(byPerson[r.Person], r)
	}
	return byPerson, nil
}
