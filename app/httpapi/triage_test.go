package httpapi_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	triageapi "github.com/smart-hospital/hospital/app/httpapi/triage"
	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/app/triage/intake"
)

const triagePath = "/v1/triage"

// alone acts for nobody, and is of no known age.
type alone struct{}

func (alone) MayActFor(context.Context, string, string) error { return errors.New("unexpected") }

func (alone) Born(*gorm.DB, string) (time.Time, string, error) { return time.Time{}, "", nil }

// TestTriage: a complaint is judged for patients alone, kept nowhere and logged nowhere.
func TestTriage(t *testing.T) {
	w := httpapitest.New(t, httpapitest.Memory(t))
	tables, err := triage.Embedded()
	fatalIf(t, err)
	svc := &intake.Service{Tables: tables, Flags: true, Departments: true, People: alone{}, DB: w.DB.WithContext,
		Now: w.Clock.Now}
	w.API.Refuses(triageapi.Refusals)
	triageapi.Register(w.API, svc)
	patient, doctor := w.Patient(t, "wang"), w.Staff(t, "doctor", accounts.Doctor, "h1")
	w.Secret("胸口像压着石头", "左臂也麻")
	answer := func(code, reply string) map[string]any { return map[string]any{"question": code, "reply": reply} }
	post := func(name string, by *httpapitest.Actor, body map[string]any, status int, code string, want, hide []string,
		fields ...string) httpapitest.Scenario {
		return httpapitest.Scenario{Name: name, Actor: by, Method: "POST", Path: triagePath, Body: body, Status: status,
			Code: code, Want: want, Hide: hide, Fields: fields}
	}
	many := []any{}
	for range 13 {
		many = append(many, answer("syncope", "no"))
	}
	w.Run(t,
		httpapitest.Scenario{Name: "questionnaire", Actor: patient, Method: "GET", Path: triagePath, Status: 200,
			Want: []string{`"flagsOn":true`, `"departmentsOn":true`, tables.Version()}},
		httpapitest.Scenario{Name: "a doctor's", Actor: doctor, Method: "GET", Path: triagePath, Status: 403,
			Code: "forbidden"},
		httpapitest.Scenario{Name: "without a session", Method: "GET", Path: triagePath, Status: 401,
			Code: "unauthenticated"},
		post("emergency", patient, map[string]any{"complaint": "胸口像压着石头，左臂也麻"}, 200, "",
			[]string{`"emergency":true`, `"level":2`, "胸口像压", "cardiology"}, nil),
		post("nothing found", patient, map[string]any{"complaint": "想续药"}, 200, "",
			[]string{`"emergency":false`, `"level":0`, `"signs":[]`}, nil),
		post("an answer", patient, map[string]any{"complaint": "心口不舒服",
			"answers": []any{answer("chest-pain-cardiac", "yes")}}, 200, "", []string{`"emergency":true`}, nil),
		post("asked again", patient, map[string]any{"complaint": "喘不上气",
			"answers": []any{answer("breathless-severe", "no")}}, 200, "",
			[]string{`"again":[{"code":"breathless-severe"`}, nil),
		post("an infant", patient, map[string]any{"complaint": "发烧38.5", "ageMonths": 1, "sex": "male"}, 200, "",
			[]string{"fever-infant"}, nil),
		post("too many answers", patient, map[string]any{"complaint": "咳", "answers": many}, 422, "invalid-input", nil,
			nil, "body.answers"),
		post("no such question", patient, map[string]any{"complaint": "咳", "answers": []any{answer("none", "no")}}, 422,
			"invalid-input", nil, nil, "body.answers"),
		post("no such reply", patient, map[string]any{"complaint": "咳", "answers": []any{answer("syncope", "perhaps")}},
			422, "invalid-input", nil, nil, "body.answers[0].reply"),
	)
	svc.Flags = false
	w.Run(t, post("flags off", patient, map[string]any{"complaint": "胸口像压着石头，左臂也麻"}, 200, "",
		[]string{`"emergency":false`, `"flagsOn":false`, "cardiology"}, []string{"chest-pain-cardiac"}))
	svc.Departments = false
	w.Run(t, post("all off", patient, map[string]any{"complaint": "咳嗽"}, 409, "triage-off", nil, nil),
		httpapitest.Scenario{Name: "off", Actor: patient, Method: "GET", Path: triagePath, Status: 200,
			Want: []string{`"flagsOn":false`}})
	// what a request is refused with names the sign and none of the words
	e := &intake.Emergency{Sign: triage.Sign{Code: "x", Words: "左臂也麻", Name: triage.Text{ZH: "甲", EN: "a"}}}
	field, rule, _ := e.Broken()
	if got := fmt.Sprint(e, field, rule); got != "this may be an emergency: call 120 or go to the nearest emergency departmentbody.complaintx: 甲 / a" {
		t.Error(got)
	}
}
