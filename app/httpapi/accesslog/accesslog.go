// Package accesslog is who looked at whom, over HTTP.
package accesslog

import (
	"context"
	"net/http"
	"strings"

	"github.com/smart-hospital/hospital/app/accesslog"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/problem"
)

// Refusals are this room's.
var Refusals = []problem.Entry{
	{Code: "not-found", Status: http.StatusNotFound, Is: accesslog.ErrNotFound, Detail: "no such search of yours"},
}

type askInput struct{ Body accesslog.Question }

type searchOutput struct{ Body accesslog.Search }

type linesInput struct {
	ID    string `path:"id" minLength:"1" maxLength:"40" example:"AQ4MZ6Z7G3Z5X2J4YH6K8N1P3R5"`
	After string `query:"after" maxLength:"600" doc:"Text that came with the page before" example:"eyJwIjp7fX0"`
}

type linesOutput struct {
	Body struct {
		Lines []accesslog.Line `json:"lines" doc:"Newest first, at most 100"`
		Next  string           `json:"next,omitempty" doc:"Give it as after for the next page; absent: the end" example:"eyJwIjp7fX0"`
	}
}

type searchesInput struct {
	After string `query:"after" maxLength:"40" doc:"Id of the last one you have" example:"AQ4MZ6Z7G3Z5X2J4YH6K8N1P3R5"`
	Sort  string `query:"sort" enum:"-at,at" default:"-at" doc:"By time; - is the newest first"`
	Admin string `query:"admin" maxLength:"32" pattern:"^[A-Za-z0-9._-]*$" doc:"Log-in name of who asked; empty: all" example:"admin"`
}

type searchesOutput struct {
	Body struct {
		Searches []accesslog.Search `json:"searches" doc:"In the order asked for, at most 100"`
	}
}

// Register adds the operations. They are the hospital's own administrators': every line is of a
// record that the hospital keeps.
func Register(a *web.API, svc *accesslog.Service) {
	web.Handle(a, web.Op{Home: true, ID: "search-accesses", Method: http.MethodPost, Path: "/v1/admin/access-searches",
		Summary: "Ask who looked at whom, with a reason (查阅留痕)", Tag: web.Administration, Roles: web.AdminOnly,
		Command: true, Status: http.StatusCreated,
		Doc: "By patient, by reader, by period. Its lines are read under the id that comes back, for two hours, by the same administrator. The question stands in the security log and in the list of searches; one about a patient is a line of what that patient reads."},
		func(ctx context.Context, in *askInput) (*searchOutput, error) {
			found, err := svc.Ask(ctx, web.Command(ctx, "access.search"), web.Caller(ctx), in.Body)
			return &searchOutput{found}, err
		})
	web.Handle(a, web.Op{Home: true, ID: "searched-accesses", Method: http.MethodGet,
		Path:    "/v1/admin/access-searches/{id}/lines",
		Summary: "The lines that a search found", Tag: web.Administration, Roles: web.AdminOnly,
		Codes: []string{"not-found"}, Doc: "Who read what of whom, when and on what ground. Nothing that was read."},
		func(ctx context.Context, in *linesInput) (*linesOutput, error) {
			lines, next, err := svc.Lines(ctx, web.Caller(ctx), in.ID, in.After)
			out := &linesOutput{}
			out.Body.Lines, out.Body.Next = lines, next
			return out, err
		})
	web.Handle(a, web.Op{Home: true, ID: "list-access-searches", Method: http.MethodGet,
		Path:    "/v1/admin/access-searches",
		Summary: "Who asked who looked at whom, and why", Tag: web.Administration, Roles: web.AdminOnly,
		Codes: []string{"not-found"}},
		func(ctx context.Context, in *searchesInput) (*searchesOutput, error) {
			list, err := svc.Searches(ctx, web.Caller(ctx).Org, accesslog.SearchesQuery{After: in.After,
				Oldest: in.Sort == "at", Admin: strings.ToLower(in.Admin)})
			out := &searchesOutput{}
			out.Body.Searches = list
			return out, err
		})
}
