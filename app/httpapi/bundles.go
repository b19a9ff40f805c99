package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/prescription"
)

const bundlesRoute = "/v1/bundles"

type bundleOutput struct{ Body *prescription.Bundle }

type bundleInput struct {
	ClientAddress
	Body json.RawMessage
}

type receivedOutput struct{ Body *prescription.Received }

// RegisterBundles adds the way of a prescription to a pharmacy of another application: the patient takes the bundle out at the hospital's, and
// anybody brings it to the pharmacy's.
func RegisterBundles(a *API, svc *prescription.Service) {
	Handle(a, Op{ID: "get-bundle", Method: http.MethodGet, Path: "/v1/prescriptions/{id}/bundle", Summary: "The bundle to carry to another application's pharmacy (处方流转凭证)", Tag: tagPrescriptions,
		Roles: []accounts.Role{accounts.Patient}, Codes: []string{"not-found", "status", "receipt-not-sealed"},
		Doc: "From the payment until the medicine is handed out. It is a bearer token like the pick-up code, and proves itself while this hospital's server is away: keep it on the device, or save it as a file."},
		func(ctx context.Context, in *PrescriptionID) (*bundleOutput, error) {
			b, err := svc.Bundle(ctx, reader(ctx), in.ID)
			return &bundleOutput{b}, err
		})
	Handle(a, Op{ID: "bring-bundle", Method: http.MethodPost, Path: bundlesRoute, Summary: "Bring a prescription of another application's hospital", Tag: tagPharmacies,
		Codes: []string{"bundle-refused", "bundle-early", "no-pharmacy", "claim-held", "status", "rule-refused", "rate-limited"},
		Doc:   "By the patient's own device, without an account, or by the pharmacist from the patient's file. Every signature, receipt and document is checked offline, and the status by this node's ledger. Afterwards the pick-up code opens the prescription for the pharmacies served here, which look it up, claim, dispense or release it as any other. Bringing it again is harmless."},
		func(ctx context.Context, in *bundleInput) (out *receivedOutput, err error) {
			err = a.verification(ctx, in.ClientAddress, len(in.Body), func() (err error) {
				r, err := svc.Receive(ctx, in.Body)
				out = &receivedOutput{r}
				return err
			})
			return out, err
		})
	// The handler parses the body itself, strictly; the description says what it takes.
	a.Huma.OpenAPI().Paths[bundlesRoute].Post.RequestBody.Content["application/json"].Schema =
		a.Huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[prescription.Bundle](), true, "")
}
