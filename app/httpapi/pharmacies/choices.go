package pharmacies

import (
	"context"
	"net/http"
	"slices"

	"github.com/smart-hospital/hospital/app/accounts"
	prescriptionsapi "github.com/smart-hospital/hospital/app/httpapi/prescriptions"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
	"github.com/smart-hospital/hospital/prescription/service"
)

type chooseInput struct {
	prescriptionsapi.PrescriptionID
	Body struct {
		Pharmacy string `json:"pharmacy" minLength:"1" maxLength:"32" doc:"Member id, as /v1/pharmacies lists them" example:"p1"`
	}
}

type (
	choiceOutput   struct{ Body *lifecycle.Choice }
	incomingOutput struct {
		Body struct {
			Prescriptions []pharmacy.Incoming `json:"prescriptions" doc:"Longest chosen first, at most a hundred"`
		}
	}
)

// registerChoices adds the patient's choice of a pharmacy and what comes to each.
func registerChoices(a *web.API, svc *service.Service, members func() []Pharmacy) {
	dispensers := []accounts.Role{accounts.Dispenser}
	web.Handle(a, web.Op{ID: "choose-pharmacy", Method: http.MethodPut, Path: "/v1/prescriptions/{id}/pharmacy",
		Summary: "Choose the pharmacy one means to go to (选择药店)", Tag: prescriptionsapi.TagPharmacies,
		Roles: web.PatientOnly, Command: true,
		Codes: []string{"not-found", "status"},
		Doc:   "May be changed until a pharmacy has claimed. It binds nobody: any pharmacy that is shown the pick-up code may claim."},
		func(ctx context.Context, in *chooseInput) (*choiceOutput, error) {
			var c invalid.Check
			known := func(p Pharmacy) bool { return p.ID == in.Body.Pharmacy }
			c.That(slices.ContainsFunc(members(), known), "body.pharmacy", "a pharmacy of /v1/pharmacies")
			if err := c.Err(); err != nil {
				return nil, err
			}
			choice, err := svc.Choose(ctx, web.Actor(ctx), web.Command(ctx, "rx.choose"), in.ID, in.Body.Pharmacy)
			return &choiceOutput{choice}, err
		})
	web.Handle(a, web.Op{ID: "list-incoming", Method: http.MethodGet, Path: "/v1/incoming",
		Summary: "Prescriptions whose patients chose the caller's pharmacy (待到店)", Tag: prescriptionsapi.TagPharmacies,
		Roles: dispensers,
		Doc:   "Paid and not claimed yet. Nobody's name and no drug: those are shown for the pick-up code."},
		func(ctx context.Context, _ *struct{}) (*incomingOutput, error) {
			list, err := svc.Incoming(ctx, web.Actor(ctx))
			out := &incomingOutput{}
			out.Body.Prescriptions = list
			return out, err
		})
}
