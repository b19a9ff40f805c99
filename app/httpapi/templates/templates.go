// Package templates is prescriptions to be written again, over HTTP.
package templates

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/template"
)

var tag = web.Tag{Name: "Templates", Office: true,
	Doc: "Prescriptions to be written again: a doctor's own (模板) and those a department agreed on (协定方)."}

type (
	// TemplateID is the id in a path.
	TemplateID struct {
		ID string `path:"id" minLength:"1" maxLength:"40" example:"TQ4MZ6Z7G3Z5X2J4YH6K8N1P3R5"`
	}
	saveTemplateInput struct {
		Body template.Content
	}
	changeTemplateInput struct {
		TemplateID
		Body struct {
			template.Content
			Version int64 `json:"version" minimum:"1" doc:"Version that was seen" example:"1"`
		}
	}
	templateStepInput struct {
		TemplateID
		Body struct {
			Version int64 `json:"version" minimum:"1" doc:"Version that was seen" example:"1"`
		}
	}
	judgeTemplateInput struct {
		TemplateID
		Body template.Judgement
	}
	templateOutput  struct{ Body template.Template }
	templatesOutput struct {
		Body struct {
			Templates []template.Template `json:"templates"`
		}
	}
)

func listed(list []template.Template, err error) (*templatesOutput, error) {
	out := &templatesOutput{}
	out.Body.Templates = append([]template.Template{}, list...)
	return out, err
}

// Register adds the operations.
func Register(a *web.API, svc *template.Service) {
	registerOwn(a, svc)
	registerDepartment(a, svc)
}

func registerOwn(a *web.API, svc *template.Service) {
	doctor := []accounts.Role{accounts.Doctor}
	web.Handle(a, web.Op{ID: "list-templates", Method: http.MethodGet, Path: "/v1/templates",
		Summary: "The own templates, and those that the own department agreed on", Tag: tag, Roles: doctor},
		func(ctx context.Context, _ *struct{}) (*templatesOutput, error) {
			return listed(svc.Of(ctx, web.Caller(ctx).Person))
		})
	web.Handle(a, web.Op{ID: "save-template", Method: http.MethodPost, Path: "/v1/templates",
		Summary: "Keep a prescription's lines as an own template", Tag: tag, Roles: doctor, Command: true,
		Status: http.StatusCreated, Codes: []string{"template-full"},
		Doc: "Codes and numbers are checked against the catalogue; what is prescribed from it later is checked like anything typed."},
		func(ctx context.Context, in *saveTemplateInput) (*templateOutput, error) {
			t, err := svc.Save(ctx, web.Command(ctx, "template.save"), web.Caller(ctx).Person, in.Body)
			return &templateOutput{t}, err
		})
	web.Handle(a, web.Op{ID: "change-template", Method: http.MethodPut, Path: "/v1/templates/{id}",
		Summary: "Write an own template anew", Tag: tag, Roles: doctor, Command: true,
		Codes: []string{"not-found", "template-state", "version-conflict"},
		Doc:   "One that was offered to the department is the author's alone again. One that is agreed is taken back first."},
		func(ctx context.Context, in *changeTemplateInput) (*templateOutput, error) {
			t, err := svc.Change(ctx, web.Command(ctx, "template.change"), web.Caller(ctx).Person, in.ID,
				in.Body.Version, in.Body.Content)
			return &templateOutput{t}, err
		})
	web.Handle(a, web.Op{ID: "delete-template", Method: http.MethodDelete, Path: "/v1/templates/{id}",
		Summary: "Throw an own template away", Tag: tag, Roles: doctor, Command: true, Status: http.StatusNoContent,
		Codes: []string{"not-found"}},
		func(ctx context.Context, in *TemplateID) (*struct{}, error) {
			return nil, svc.Delete(ctx, web.Command(ctx, "template.delete"), web.Caller(ctx).Person, in.ID)
		})
}

func registerDepartment(a *web.API, svc *template.Service) {
	doctor, reviewer := []accounts.Role{accounts.Doctor}, []accounts.Role{accounts.Reviewer}
	web.Handle(a, web.Op{ID: "propose-template", Method: http.MethodPost, Path: "/v1/templates/{id}/propose",
		Summary: "Offer an own template to the department (协定方)", Tag: tag, Roles: doctor, Command: true,
		Codes: []string{"not-found", "template-state", "template-full", "version-conflict",
			"practitioner-not-approved"}},
		func(ctx context.Context, in *templateStepInput) (*templateOutput, error) {
			t, err := svc.Propose(ctx, web.Command(ctx, "template.propose"), web.Caller(ctx).Person, in.ID,
				in.Body.Version)
			return &templateOutput{t}, err
		})
	web.Handle(a, web.Op{ID: "withdraw-template", Method: http.MethodPost, Path: "/v1/templates/{id}/withdraw",
		Summary: "Make an own template one's own alone again", Tag: tag, Roles: doctor, Command: true,
		Codes: []string{"not-found", "template-state", "version-conflict"}},
		func(ctx context.Context, in *templateStepInput) (*templateOutput, error) {
			t, err := svc.Withdraw(ctx, web.Command(ctx, "template.withdraw"), web.Caller(ctx).Person, in.ID,
				in.Body.Version)
			return &templateOutput{t}, err
		})
	web.Handle(a, web.Op{ID: "list-wanted-templates", Method: http.MethodGet, Path: "/v1/templates/wanted",
		Summary: "What departments want to agree on, and what they agreed on", Tag: tag, Roles: reviewer,
		Codes: []string{"practitioner-not-approved"}},
		func(ctx context.Context, _ *struct{}) (*templatesOutput, error) {
			return listed(svc.Wanted(ctx, web.Caller(ctx).Person))
		})
	web.Handle(a, web.Op{ID: "judge-template", Method: http.MethodPost, Path: "/v1/templates/{id}/judgement",
		Summary: "Accept a department's template, or decline it with a reason", Tag: tag, Roles: reviewer, Command: true,
		Codes: []string{"not-found", "template-state", "template-author", "version-conflict",
			"practitioner-not-approved"}},
		func(ctx context.Context, in *judgeTemplateInput) (*templateOutput, error) {
			t, err := svc.Judge(ctx, web.Command(ctx, "template.judge"), web.Caller(ctx).Person, in.ID, in.Body)
			return &templateOutput{t}, err
		})
}
