// Package triage is the questionnaire over signs of danger and departments, over HTTP.
package triage

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/app/triage/intake"
)

var tagTriage = web.Tag{Name: "Triage",
	Doc: "Signs of danger in what a patient says, and departments that treat it (预检分诊): a questionnaire, no diagnosis."}

// Refusals are this room's.
var Refusals = []problem.Entry{
	{Code: "emergency", Status: http.StatusUnprocessableEntity, Is: intake.ErrEmergency,
		Do: "Call 120 or go to the nearest emergency department; errors names the sign. Nothing was kept. Who means that it is not so answers the question and is sure."},
	{Code: "triage-off", Status: http.StatusConflict, Is: intake.ErrOff,
		Do: "Go on without: this installation asks no questions."},
}

type questionnaireOutput struct {
	Body struct {
		intake.Switches
		Version string `json:"version" doc:"Of the tables; empty: there are none" example:"2bc9c4b6daa9"`
	}
}

type caseInput struct {
	Body struct {
		Complaint string          `json:"complaint" maxLength:"500" doc:"Chief complaint (主诉); it is judged and not kept" example:"咳嗽三天，没有发烧"`
		For       string          `json:"for,omitempty" pattern:"^u[a-z2-7]{20}$" doc:"Person id of somebody for whom the caller acts; left out: oneself, or nobody's in particular where age or sex is told" example:"u7k2mq4xw5zt3yb6nc2da"`
		AgeMonths *int            `json:"ageMonths,omitempty" minimum:"0" maximum:"1800" doc:"Completed months" example:"432"`
		Sex       triage.Sex      `json:"sex,omitempty" enum:"male,female"`
		Answers   []triage.Answer `json:"answers,omitempty" maxItems:"12"`
	}
}

type caseOutput struct {
	Body struct {
		intake.Switches
		Version string `json:"version" doc:"Of the tables" example:"2bc9c4b6daa9"`
		triage.Result
		Emergency bool `json:"emergency" doc:"A sign of level 1 or 2: no online visit; call 120 or go to the nearest emergency department"`
	}
}

// Register adds the questionnaire.
func Register(a *web.API, svc *intake.Service) {
	patient := []accounts.Role{accounts.Patient}
	web.Handle(a, web.Op{ID: "get-triage", Method: http.MethodGet, Path: "/v1/triage",
		Summary: "Which switches of the questionnaire are on; its questions come with a complaint", Tag: tagTriage, Roles: patient},
		func(context.Context, *struct{}) (*questionnaireOutput, error) {
			out := &questionnaireOutput{}
			out.Body.Switches = svc.On()
			if svc.Tables != nil {
				out.Body.Version = svc.Tables.Version()
			}
			return out, nil
		})
	web.Handle(a, web.Op{ID: "judge-case", Method: http.MethodPost, Path: "/v1/triage", Needs: right.Act,
		Summary: "What the tables know of a complaint and its answers; nothing is kept", Tag: tagTriage, Roles: patient,
		Doc:   "The complaint is not part of the address, which others log. Finding nothing does not mean that there is nothing.",
		Codes: []string{"triage-off", "not-found"}},
		func(ctx context.Context, in *caseInput) (*caseOutput, error) {
			b := in.Body
			r, err := svc.Judge(ctx, web.Caller(ctx).Person, intake.Asked{Complaint: b.Complaint, For: b.For,
				Months: b.AgeMonths, Sex: b.Sex, Answers: b.Answers})
			if err != nil {
				return nil, err
			}
			out := &caseOutput{}
			out.Body.Switches, out.Body.Version, out.Body.Result = svc.On(), svc.Tables.Version(), r
			_, out.Body.Emergency = r.Emergency()
			return out, nil
		})
}
