package prescriptions

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/copies"
	"github.com/smart-hospital/hospital/prescription/service"
)

// TagPharmacies is of what pharmacies do about prescriptions, and of their stock.
var TagPharmacies = web.Tag{Name: "Pharmacies", Doc: "What a pharmacy has in stock.", Office: true}

const bundlesRoute = "/v1/bundles"

// Bundle is a bundle.Bundle as it goes out: a file that people keep, so its members are in
// RFC 8785's order like all of these (chain/RECEIPT.md section 12).
type Bundle struct {
	AccessCode   string              `json:"accessCode" doc:"As in the pick-up code: who has it may have the prescription claimed" example:"K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
	Evidence     []evidence.Evidence `json:"evidence" doc:"Document, receipt and salt of issue, approval and payment, in this order" minItems:"3" maxItems:"3"`
	Prescription prescription.ID     `json:"prescription" example:"RX20261122012345678947"`
	V            int                 `json:"v" doc:"Version of the format" example:"1"`
}

type bundleOutput struct{ Body *Bundle }

type pickupCodesOutput struct {
	Body struct {
		Codes []string `json:"codes" doc:"Access codes of the next claim and of those after it, in their order" maxItems:"16" example:"[\"K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ\"]"`
	}
}

type bundleInput struct {
	web.ClientAddress
	Body json.RawMessage
}

type receivedOutput struct{ Body *copies.Received }

// RegisterBundles adds the way of a prescription to a pharmacy of another application: the patient
// takes the bundle out at the hospital's, and anybody brings it to the pharmacy's.
func RegisterBundles(a *web.API, svc *service.Service) {
	web.Values[copies.Received](a, "status", prescription.Paid.Onwards())
	web.Handle(a, web.Op{ID: "get-bundle", Method: http.MethodGet, Needs: right.Act,
		Path:    "/v1/prescriptions/{id}/bundle",
		Summary: "The bundle to carry to another application's pharmacy (处方流转凭证)", Tag: tagPrescriptions,
		Roles: []accounts.Role{accounts.Patient}, Codes: []string{"not-found", "status", "receipt-not-sealed"},
		Doc: "From the payment until the medicine is handed out. It is a bearer token like the pick-up code, and proves itself while this hospital's server is away: keep it on the device, or save it as a file."},
		func(ctx context.Context, in *PrescriptionID) (*bundleOutput, error) {
			b, err := svc.Bundle(ctx, web.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			return &bundleOutput{&Bundle{AccessCode: b.AccessCode, Evidence: b.Evidence, Prescription: b.Prescription,
				V: b.V}}, nil
		})
	web.Handle(a, web.Op{
		Needs: right.Act, ID: "list-pickup-codes", Method: http.MethodGet, Path: "/v1/prescriptions/{id}/pickup-codes",
		Summary: "The codes of this and of later claims (取药码)", Tag: tagPrescriptions,
		Roles: []accounts.Role{accounts.Patient}, Codes: []string{"not-found", "status"},
		Doc: "Each claim uses up one code. When a claim has ended and this hospital's server is away, the next pharmacy needs the next one: " +
			"put it in the place of the kept bundle's accessCode. For the patient's own device alone: show a pharmacy one code at a time.",
	}, func(ctx context.Context, in *PrescriptionID) (*pickupCodesOutput, error) {
		codes, err := svc.PickupCodes(ctx, web.Actor(ctx), in.ID)
		out := &pickupCodesOutput{}
		out.Body.Codes = codes
		return out, err
	})
	web.Handle(a, web.Op{ID: "bring-bundle", Method: http.MethodPost, Path: bundlesRoute,
		Summary: "Bring a prescription of another application's hospital", Tag: TagPharmacies,
		Codes: []string{"bundle-refused", "bundle-early", "no-pharmacy", "claim-held", "status", "rule-refused",
			"rate-limited"},
		Doc: "By the patient's own device, without an account, or by the pharmacist from the patient's file. Every signature, receipt and document is checked offline, and the status by this node's ledger. Afterwards the pick-up code opens the prescription for the pharmacies served here, which look it up, claim, dispense or release it as any other. Bringing it again is harmless."},
		func(ctx context.Context, in *bundleInput) (out *receivedOutput, err error) {
			err = a.Verification(ctx, in.ClientAddress, len(in.Body), func() (err error) {
				r, err := svc.Receive(ctx, in.Body)
				out = &receivedOutput{r}
				return err
			})
			return out, err
		})
	// The handler parses the body itself, strictly; the description says what it takes.
	a.Huma.OpenAPI().Paths[bundlesRoute].Post.RequestBody.Content["application/json"].Schema =
		a.Huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Bundle](), true, "")
}
