package intake_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/app/triage/intake"
)

var errNotYours, errUnreadable = errors.New("not yours"), errors.New("unreadable")

type people struct{}

func (people) MayActFor(_ context.Context, actor, person string) error {
	if actor != "uparent" || person != "ubaby" {
		return errNotYours
	}
	return nil
}

func (people) Born(_ *gorm.DB, person string) (time.Time, string, error) {
	switch person {
	case "ubaby":
		return time.Date(2026, 10, 3, 0, 0, 0, 0, time.UTC), "female", nil
	case "ubroken":
		return time.Time{}, "", errUnreadable
	}
	return time.Time{}, "", nil
}

func service(t *testing.T) *intake.Service {
	t.Helper()
	tables, err := triage.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return &intake.Service{Tables: tables, Flags: true, Departments: true, People: people{},
		DB:  func(context.Context) *gorm.DB { return nil },
		Now: func() time.Time { return time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC) }}
}

// sign is the gravest sign in one text.
func sign(t *testing.T, s *intake.Service, text string) *triage.Sign {
	t.Helper()
	signs, err := s.Signs(nil, "u", text)
	if err != nil || len(signs) != 1 {
		t.Fatal(signs, err)
	}
	return signs[0]
}

// Whose age cannot be read is not taken for somebody of no age: a baby's fever would pass.
func TestUnreadableIsNoAnswer(t *testing.T) {
	s := service(t)
	if err := s.Refuses(nil, "ubroken", "发烧38.5度", nil); !errors.Is(err, errUnreadable) {
		t.Errorf("a request: %v", err)
	}
	if _, err := s.Signs(nil, "ubroken", "咳嗽", "发烧38.5度"); !errors.Is(err, errUnreadable) {
		t.Errorf("signs that depend on the age: %v", err)
	}
	signs, err := s.Signs(nil, "ubroken", "咳嗽", "喘不上气")
	if err != nil || len(signs) != 2 || signs[0] != nil || signs[1] == nil {
		t.Errorf("signs of anybody: %v, %v", signs, err)
	}
}

func TestWhoseItIs(t *testing.T) {
	s, ctx := service(t), t.Context()
	months := func(n int) *int { return &n }
	for name, c := range map[string]struct {
		caller    string
		q         intake.Asked
		emergency bool
		err       error
	}{
		"a child one manages":    {"uparent", intake.Asked{For: "ubaby"}, true, nil},
		"a stranger's child":     {"uother", intake.Asked{For: "ubaby"}, false, errNotYours},
		"oneself, age not known": {"uparent", intake.Asked{}, false, nil},
		"age told":               {"uparent", intake.Asked{Months: months(2)}, true, nil},
		"older":                  {"uparent", intake.Asked{Months: months(3)}, false, nil},
		"cannot be read":         {"ubroken", intake.Asked{}, false, errUnreadable},
	} {
		c.q.Complaint = "发烧38.5度"
		r, err := s.Judge(ctx, c.caller, c.q)
		if _, emergency := r.Emergency(); emergency != c.emergency || !errors.Is(err, c.err) {
			t.Errorf("%s: emergency %v, %v", name, emergency, err)
		}
	}
}

func TestSwitches(t *testing.T) {
	s, ctx := service(t), t.Context()
	q := intake.Asked{Complaint: "喘不上气，咳嗽"}
	r, err := s.Judge(ctx, "u", q)
	if err != nil || r.Level != 2 || len(r.Departments) == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	s.Departments = false
	if r, err = s.Judge(ctx, "u", q); err != nil || r.Level != 2 || len(r.Departments) != 0 {
		t.Errorf("flags alone: %+v, %v", r, err)
	}
	s.Flags, s.Departments = false, true
	r, err = s.Judge(ctx, "u", q)
	if err != nil || r.Level != 0 || len(r.Signs)+len(r.Questions)+len(r.Again) != 0 || len(r.Departments) == 0 {
		t.Errorf("departments alone: %+v, %v", r, err)
	}
	if err := s.Refuses(nil, "u", "喘不上气", nil); err != nil || s.Warns() {
		t.Errorf("off, and refuses: %v", err)
	}
	if sign(t, s, "喘不上气") == nil {
		t.Error("the doctor's mark went with the switch")
	}
	s.Departments = false
	if _, err := s.Judge(ctx, "u", q); !errors.Is(err, intake.ErrOff) {
		t.Error(err)
	}
	// without tables everything is off
	none := &intake.Service{Flags: true, Departments: true}
	if _, err := none.Judge(ctx, "u", q); !errors.Is(err, intake.ErrOff) || none.Warns() ||
		sign(t, none, "喘不上气") != nil || none.Refuses(nil, "u", "喘不上气", nil) != nil {
		t.Error("there are no tables, and something is on")
	}
}

// The list of words that the queue marked before is marked still.
func TestWordsThatWereMarkedBefore(t *testing.T) {
	s := service(t)
	for _, w := range []string{"胸痛", "呼吸困难", "喘不上气", "喘不过气", "昏迷", "意识不清", "抽搐", "大出血", "咯血", "咳血", "呕血", "便血",
		"剧烈头痛", "剧烈腹痛", "休克", "中毒", "自杀", "轻生", "chest pain", "short of breath", "cannot breathe",
		"unconscious", "seizure", "coughing blood", "vomiting blood", "suicidal", "overdose"} {
		if sign(t, s, w) == nil {
			t.Errorf("%s is not marked", w)
		}
		if found := sign(t, s, "无"+w); found != nil && w[0] > 127 {
			t.Errorf("无%s is marked: %s", w, found.Code)
		}
	}
}
