package practitioners

import (
	"cmp"
	"context"
	"slices"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Scheduled is a doctor's week as the outpatient office sees it (排班).
type Scheduled struct {
	Person     string   `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Name       string   `json:"name" example:"李明"`
	Title      string   `json:"title" example:"attending"`
	Department string   `json:"department" doc:"Code" example:"cardiology"`
	Presence   Presence `json:"presence" enum:"online,busy,offline"`
	Able       bool     `json:"able" doc:"Can sign now: who cannot is offered to nobody"`
	Hours      []Hours  `json:"hours" doc:"In the order of the week"`
	Slots      []Slot   `json:"slots" doc:"The sessions of the next seven days, soonest first"`
}

// Schedules are the doctors of an organisation who are in office, by department and name, with
// their weeks; those without hours as well. MaxList at most.
func (s *Service) Schedules(ctx context.Context, org string) ([]Scheduled, error) {
	list, err := s.find(s.db.WithContext(ctx).
		Where("org = ? AND state = ? AND role = ?", org, Approved, accounts.Doctor).
		Order("created_at, person").Limit(MaxList))
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(p Practitioner) bool { return !s.Now().Before(p.validUntil()) })
	people := make([]string, len(list))
	for i, p := range list {
		people[i] = p.Person
	}
	weeks, err := s.weeks(ctx, people)
	if err != nil {
		return nil, err
	}
	coming, err := s.slots(ctx, people)
	if err != nil {
		return nil, err
	}
	able, err := s.able(ctx, people)
	if err != nil {
		return nil, err
	}
	presence := s.presence(ctx, people)
	out := make([]Scheduled, len(list))
	for i, p := range list {
		out[i] = Scheduled{Person: p.Person, Name: p.Name, Title: p.Title, Department: p.Department,
			Presence: presence[i], Able: able(p.Person), Hours: weekOf(weeks[p.Person]),
			Slots: append([]Slot{}, coming[p.Person]...)}
	}
	order := map[string]int{}
	for i, d := range Departments {
		order[d.Code] = i
	}
	slices.SortStableFunc(out, func(a, b Scheduled) int {
		return cmp.Or(order[a.Department]-order[b.Department], cmp.Compare(a.Name, b.Name))
	})
	return out, nil
}

// Schedule replaces the week of a doctor of the administrator's organisation. was is the week that
// the administrator saw, so that nobody overwrites what the doctor changed meanwhile. It stands in
// the security log, and the doctor is told. Appointments that were made already stay.
// invalid.ErrInput, ErrNotFound, ErrState, sqlstore.ErrConflict.
func (s *Service) Schedule(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string,
	was, week []Hours) ([]Hours, error) {
	rows, err := rowsOf(person, week)
	if err != nil {
		return nil, err
	}
	stored, _, err := sqlstore.Answer[[]Hours](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		return weekOf(rows), s.scheduled(tx, admin, person, func() error {
			return replaceWeek(tx, person, append([]Hours{}, was...), rows)
		})
	}))
	return stored, err
}

// scheduled lets an administrator set when one of the own doctors sees patients, and notes it:
// ErrNotFound, ErrState.
func (s *Service) scheduled(tx *gorm.DB, admin accounts.Account, person string, set func() error) error {
	p, err := s.load(tx, person)
	if err != nil {
		return err
	}
	if p.Org != admin.Org || p.Role != accounts.Doctor {
		return ErrNotFound
	}
	if p.State != Approved || !s.Now().Before(p.validUntil()) {
		return ErrState
	}
	if err := set(); err != nil || s.Note == nil {
		return err
	}
	return s.Note(tx, securitylog.Event{Kind: securitylog.Scheduled, Org: p.Org, Actor: admin.ID, Subject: p.Person})
}

// replaceWeek is sqlstore.ErrConflict when the week is not was; nil: whatever it is.
func replaceWeek(tx *gorm.DB, person string, was []Hours, rows []hoursRow) error {
	if was != nil {
		now, err := weeksIn(tx, []string{person})
		if err != nil {
			return err
		}
		if !slices.Equal(weekOf(now[person]), was) {
			return sqlstore.ErrConflict
		}
	}
	if err := tx.Where("person = ?", person).Delete(&hoursRow{}).Error; err != nil || len(rows) == 0 {
		return err
	}
	return tx.Create(&rows).Error
}
