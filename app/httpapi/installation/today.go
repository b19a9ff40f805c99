package installation

import (
	"context"
	"net/http"
	"time"

	"github.com/smart-hospital/hospital/app/consult/day"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/prescription/gormstore"
)

// Today is the hospital's day at a glance. It holds counts alone.
type Today struct {
	Day           string     `json:"day" doc:"In China" example:"2026-11-22"`
	At            time.Time  `json:"at"`
	Visits        day.Visits `json:"visits"`
	Prescriptions struct {
		Today []gormstore.Standing `json:"today" doc:"Drafted today, by status; drafts are left out"`
		Open  []gormstore.Standing `json:"open" doc:"Of any day, whose next step somebody has to take"`
	} `json:"prescriptions"`
	Alarms int `json:"alarms" doc:"Alarms of this node that are open" example:"0"`
}

type todayOutput struct{ Body Today }

// RegisterToday adds the administrator's day at a glance.
func RegisterToday(a *web.API, look func(ctx context.Context) (Today, error)) {
	web.Handle(a, web.Op{Home: true, ID: "today", Method: http.MethodGet, Path: "/v1/admin/today",
		Summary: "The hospital's day at a glance (今日概览)", Tag: web.Administration, Roles: web.AdminOnly,
		Doc: "Counts of visits and prescriptions. Money stands in the day's reconciliation, records on their way in the diagnostics."},
		func(ctx context.Context, _ *struct{}) (*todayOutput, error) {
			t, err := look(ctx)
			return &todayOutput{t}, err
		})
}
