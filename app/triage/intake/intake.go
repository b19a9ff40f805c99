// Package intake asks the tables of app/triage about persons whom this installation knows, as far
// as its switches allow. It keeps nothing, and neither logs nor returns what was said in an error.
package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Errors of this package, beside invalid.ErrInput and what People refuse.
var (
	// ErrOff: neither switch is on, or the tables could not be read.
	ErrOff = errors.New("triage: switched off here")
	// ErrEmergency: what was said is nothing to wait with for an online visit.
	ErrEmergency = errors.New("this may be an emergency: call 120 or go to the nearest emergency department")
)

// Emergency is ErrEmergency with the sign that was recognised, without the words.
type Emergency struct{ Sign triage.Sign }

// Error is ErrEmergency's text.
func (*Emergency) Error() string { return ErrEmergency.Error() }

// Unwrap makes it ErrEmergency.
func (*Emergency) Unwrap() error { return ErrEmergency }

// Broken names the sign, in both languages. The sources of the tables were not checked by a
// clinician, so none is cited.
func (e *Emergency) Broken() (field, rule, cite string) {
	return "body.complaint", e.Sign.Code + ": " + e.Sign.Name.ZH + " / " + e.Sign.Name.EN, ""
}

// People are those whom the installation knows.
type People interface {
	// MayActFor is an error for a person who does not act for another.
	MayActFor(ctx context.Context, actor, person string) error
	// Born is a person's date of birth, zero: nobody typed it; and sex, empty: not known.
	Born(tx *gorm.DB, person string) (birth time.Time, sex string, err error)
}

// Service is the questionnaire with this installation's switches. Tables may be nil: everything is
// off.
type Service struct {
	Tables      *triage.Tables
	Flags       bool // signs of danger are looked for, and refuse a request
	Departments bool // departments are suggested
	People      People
	DB          func(ctx context.Context) *gorm.DB
	Now         func() time.Time
}

// Switches are what is on.
type Switches struct {
	FlagsOn       bool `json:"flagsOn" doc:"Signs of danger are looked for; a request with one of level 1 or 2 is refused as an emergency"`
	DepartmentsOn bool `json:"departmentsOn" doc:"Departments are suggested"`
}

// New makes the service. Without tables it is off, and the log says so.
func New(log *slog.Logger, db *sqlstore.DB, people People, flags, departments bool) *Service {
	tables, err := triage.Embedded()
	if err != nil {
		log.Error("triage is off", "error", err)
		tables = nil
	}
	return &Service{Tables: tables, Flags: flags, Departments: departments, People: people, DB: db.WithContext,
		Now: time.Now}
}

// On tells what is on.
func (s *Service) On() Switches {
	return Switches{FlagsOn: s.Tables != nil && s.Flags, DepartmentsOn: s.Tables != nil && s.Departments}
}

// Warns tells whether people are told of a sign in what they write.
func (s *Service) Warns() bool { return s.On().FlagsOn }

// Asked is a case as somebody asks about it: of a person of the installation, or of nobody's in
// particular, whose age and sex may be told.
type Asked struct {
	Complaint string
	For       string // person id; empty: the caller, unless age or sex is told
	Months    *int
	Sex       triage.Sex
	Answers   []triage.Answer
}

// Judge tells the caller what the tables know: ErrOff, invalid.ErrInput, and what People refuse.
func (s *Service) Judge(ctx context.Context, caller string, q Asked) (triage.Result, error) {
	on := s.On()
	if !on.FlagsOn && !on.DepartmentsOn {
		return triage.Result{}, ErrOff
	}
	who := triage.Who{Months: triage.Unknown, Sex: q.Sex}
	if q.For != "" || q.Months == nil && q.Sex == "" {
		person := cmp.Or(q.For, caller)
		if person != caller {
			if err := s.People.MayActFor(ctx, caller, person); err != nil {
				return triage.Result{}, err
			}
		}
		var err error
		if who, err = s.who(s.DB(ctx), person); err != nil {
			return triage.Result{}, err
		}
	}
	if q.Months != nil {
		who.Months = *q.Months
	}
	r, err := s.Tables.Judge(triage.Case{Complaint: q.Complaint, Who: who, Answers: q.Answers})
	if !on.FlagsOn {
		r.Level, r.Signs, r.Questions, r.Again = 0, []triage.Sign{}, []triage.Question{}, []triage.Question{}
	}
	if !on.DepartmentsOn {
		r.Departments = []triage.Suggestion{}
	}
	return r, err
}

// Refuses is an *Emergency for what must not wait for an online visit, and invalid.ErrInput; nil
// where the switch is off.
func (s *Service) Refuses(tx *gorm.DB, patient, complaint string, answers []triage.Answer) error {
	if !s.On().FlagsOn {
		return nil
	}
	who, err := s.who(tx, patient)
	if err != nil {
		return err
	}
	r, err := s.Tables.Judge(triage.Case{Complaint: complaint, Who: who, Answers: answers})
	if err != nil {
		return fmt.Errorf("answers: %w", err)
	}
	if sign, ok := r.Emergency(); ok {
		return &Emergency{sign}
	}
	return nil
}

// Signs are the gravest sign in each of a patient's texts, nil where none was recognised. The
// switches are not asked: a sign concludes nothing, and a doctor's queue has always shown such
// words.
func (s *Service) Signs(tx *gorm.DB, patient string, texts ...string) ([]*triage.Sign, error) {
	signs := make([]*triage.Sign, len(texts))
	if s.Tables == nil {
		return signs, nil
	}
	var fault error
	who := sync.OnceValue(func() (w triage.Who) { w, fault = s.who(tx, patient); return w })
	for i, text := range texts {
		signs[i] = s.Tables.Sign(text, who)
	}
	return signs, fault
}

// who is a person as far as the tables ask.
func (s *Service) who(tx *gorm.DB, person string) (triage.Who, error) {
	w := triage.Who{Months: triage.Unknown}
	birth, sex, err := s.People.Born(tx, person)
	if err != nil {
		return w, err
	}
	if sex := triage.Sex(sex); sex == triage.Male || sex == triage.Female {
		w.Sex = sex
	}
	if !birth.IsZero() {
		w.Months = months(birth, s.Now().In(birth.Location()))
	}
	return w, nil
}

// months are the completed ones.
func months(birth, now time.Time) int {
	n := 12*(now.Year()-birth.Year()) + int(now.Month()-birth.Month())
	if now.Day() < birth.Day() {
		n--
	}
	return max(n, 0)
}
