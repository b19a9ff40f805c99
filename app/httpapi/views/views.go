// Package views is how somebody wants the desk's tables, over HTTP.
package views

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/app/views"
)

// Refusals are this room's.
var Refusals = []problem.Entry{
	{Code: "not-found", Status: http.StatusNotFound, Is: views.ErrNotFound, Detail: "no such view of yours"},
	{Code: "views-full", Status: http.StatusConflict, Is: views.ErrFull,
		Do: "Delete a view that is no longer used: a table has up to 20 of each account."},
}

var tag = web.Tag{Name: "Desk", Doc: "How somebody wants the desk's tables (视图)."}

type (
	viewsInput struct {
		Table string `query:"table" maxLength:"20" pattern:"^[a-z]*$" doc:"Of this table alone; empty: of all" example:"accounts"`
	}
	viewsOutput struct {
		Body struct {
			Views []views.View `json:"views" doc:"By table, the oldest first"`
		}
	}
	saveViewInput struct{ Body views.Named }
	viewOutput    struct{ Body views.View }
	viewPath      struct {
		ID string `path:"id" minLength:"1" maxLength:"40" example:"WQ4MZ6Z7G3Z5X2J4YH6K8N1P3R5"`
	}
)

// Register adds the operations.
func Register(a *web.API, svc *views.Service) {
	web.Handle(a, web.Op{ID: "list-views", Method: http.MethodGet, Path: "/v1/desk/views",
		Summary: "The own views of the desk's tables", Tag: tag, Roles: accounts.StaffRoles},
		func(ctx context.Context, in *viewsInput) (*viewsOutput, error) {
			out := &viewsOutput{}
			list, err := svc.Of(ctx, web.Caller(ctx).ID, in.Table)
			out.Body.Views = append([]views.View{}, list...)
			return out, err
		})
	web.Handle(a, web.Op{ID: "save-view", Method: http.MethodPost, Path: "/v1/desk/views",
		Summary: "Keep how a table stands under a name", Tag: tag, Roles: accounts.StaffRoles, Command: true,
		Status: http.StatusCreated, Codes: []string{"views-full"},
		Doc: "One of the same table and name is written anew."},
		func(ctx context.Context, in *saveViewInput) (*viewOutput, error) {
			v, err := svc.Save(ctx, web.Command(ctx, "view.save"), web.Caller(ctx).ID, in.Body)
			return &viewOutput{v}, err
		})
	web.Handle(a, web.Op{ID: "delete-view", Method: http.MethodDelete, Path: "/v1/desk/views/{id}",
		Summary: "Throw an own view away", Tag: tag, Roles: accounts.StaffRoles, Command: true,
		Status: http.StatusNoContent,
		Codes:  []string{"not-found"}},
		func(ctx context.Context, in *viewPath) (*struct{}, error) {
			return nil, svc.Delete(ctx, web.Command(ctx, "view.delete"), web.Caller(ctx).ID, in.ID)
		})
}
