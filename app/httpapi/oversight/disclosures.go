package oversight

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/httpapi/web"
)

var tagOversight = web.Tag{Name: "Oversight", Doc: "The regulator's data port at a hospital."}

type disclosureInput struct{ Body disclosure.Request }

type disclosureOutput struct{ Body disclosure.Answer }

// Disclosures answers the regulator's requests; disclosure.Desk does.
type Disclosures interface {
	Answer(ctx context.Context, r disclosure.Request) (disclosure.Answer, error)
}

// RegisterDisclosures adds the regulator's data port. It needs no session: a request carries its
// own signature.
func RegisterDisclosures(a *web.API, d Disclosures) {
	web.Handle(a, web.Op{ID: "disclose-document", Method: http.MethodPost, Path: disclosure.Path,
		Summary: "The document of one record, for a regulator of the consortium (监管)", Tag: tagOversight,
		Doc:   "Signed by the seal of a member with the role regulator, good once. The reading is noted for the patient.",
		Codes: []string{"disclosure-refused", "disclosure-replayed", "record-not-found", "unavailable"}},
		func(ctx context.Context, in *disclosureInput) (*disclosureOutput, error) {
			out, err := d.Answer(ctx, in.Body)
			return &disclosureOutput{out}, err
		})
}
