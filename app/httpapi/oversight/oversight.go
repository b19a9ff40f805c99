// Package oversight is the regulator's pages over HTTP, and the data port that a hospital answers.
package oversight

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/evidence"
)

// Oversight is the regulator's work; oversight.Service does it.
type Oversight interface {
	Rules() []oversight.Rule
	Status(ctx context.Context) (oversight.Status, error)
	Findings(ctx context.Context, before string, limit int) ([]oversight.Finding, string, error)
	Evidence(ctx context.Context, id string) (*evidence.Dossier, error)
}

// Operator is the header of who may read the regulator's findings: they say of people what is not
// proved, so they are for the regulator's own staff. A token of the folder is all there is: a
// regulator's node has no accounts.
type Operator struct {
	Authorization string `header:"Authorization" doc:"Bearer, and the token of oversight.token in the regulator's folder" example:"Bearer 957dea022a8d4f4c0f1f0a6a2c9d7b3e"`
}

func (o Operator) is(token string) error {
	given, bearer := strings.CutPrefix(o.Authorization, "Bearer ")
	if token == "" || !bearer || subtle.ConstantTimeCompare([]byte(given), []byte(token)) != 1 {
		return problem.New("unauthenticated", "the operator's token is needed")
	}
	return nil
}

type oversightStatusOutput struct{ Body oversight.Status }

type rulesOutput struct {
	Body struct {
		Rules []oversight.Rule `json:"rules"`
	}
}

type findingsInput struct {
	Operator
	Before string `query:"before" maxLength:"200" doc:"next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

type findingsOutput struct {
	Body struct {
		Findings []oversight.Finding `json:"findings" doc:"Newest first"`
		Next     string              `json:"next,omitempty" doc:"Give it as before for the next page; absent: the end" example:"1795358001391~five-drugs:rx:RX1"`
	}
}

type findingInput struct {
	Operator
	ID string `path:"id" maxLength:"180" example:"five-drugs:rx:RX20261122442427997927"`
}

type dossierOutput struct {
	ContentDisposition string `header:"Content-Disposition"`
	Body               evidence.Dossier
}

// RegisterOversight adds the regulator's pages to his own node. token is what his staff send.
func RegisterOversight(a *web.API, o Oversight, token string) {
	a.Oversight = true
	codes := []string{"unauthenticated"}
	web.Handle(a, web.Op{ID: "oversight-status", Method: http.MethodGet, Path: "/v1/oversight",
		Summary: "How far the regulator has followed, and the proof that nothing was left out", Tag: tagOversight,
		Codes: codes},
		func(ctx context.Context, in *Operator) (*oversightStatusOutput, error) {
			if err := in.is(token); err != nil {
				return nil, err
			}
			st, err := o.Status(ctx)
			return &oversightStatusOutput{st}, err
		})
	web.Handle(a, web.Op{ID: "oversight-rules", Method: http.MethodGet, Path: "/v1/oversight/rules",
		Summary: "The rules that are run over the stream, each with its source", Tag: tagOversight},
		func(context.Context, *struct{}) (*rulesOutput, error) {
			out := &rulesOutput{}
			out.Body.Rules = o.Rules()
			return out, nil
		})
	web.Handle(a, web.Op{ID: "oversight-findings", Method: http.MethodGet, Path: "/v1/oversight/findings",
		Summary: "What the rules found", Tag: tagOversight, Codes: codes},
		func(ctx context.Context, in *findingsInput) (*findingsOutput, error) {
			if err := in.is(token); err != nil {
				return nil, err
			}
			out := &findingsOutput{}
			var err error
			out.Body.Findings, out.Body.Next, err = o.Findings(ctx, in.Before, in.Limit)
			return out, err
		})
	web.Handle(a, web.Op{ID: "oversight-evidence", Method: http.MethodGet, Path: "/v1/oversight/findings/{id}/evidence",
		Summary: "A finding with its receipts and documents, to be checked offline with `hospital verify`",
		Tag:     tagOversight, Codes: codes},
		func(ctx context.Context, in *findingInput) (*dossierOutput, error) {
			if err := in.is(token); err != nil {
				return nil, err
			}
			d, err := o.Evidence(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &dossierOutput{`attachment; filename="evidence.json"`, *d}, nil
		})
}
