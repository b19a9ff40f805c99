// Package oversight is the regulator's pages over HTTP, and the data port that a hospital answers.
package oversight

import (
	"context"
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/evidence"
)

// Oversight is the regulator's work; oversight.Service does it.
type Oversight interface {
	Rules() []oversight.Rule
	Status(ctx context.Context) (oversight.Status, error)
	Findings(ctx context.Context, ask oversight.FindingsQuery) ([]oversight.Finding, string, error)
	Evidence(ctx context.Context, id string) (*evidence.Dossier, error)
	Figures(ctx context.Context, a oversight.Asked) (oversight.Figures, error)
}

// Operator is the header of who may read at the regulator's node. Findings say of people what is
// not proved, so they are for the regulator's own staff.
type Operator struct {
	Authorization string `header:"Authorization" doc:"Bearer, and the session of a member of the regulator's staff; or, for machines, the token of oversight.token in the regulator's folder" example:"Bearer 957dea022a8d4f4c0f1f0a6a2c9d7b3e"`
}

// Door lets the regulator's staff in.
type Door struct {
	Token string // of machines; empty: none is let in
	// Staff resolves a session; nil: there are no accounts.
	Staff func(ctx context.Context, authorization string) (accounts.Account, error)
	// Note writes into the log who read what, before it is shown; the zero Account is a machine.
	// nil: there is no log.
	Note func(ctx context.Context, who accounts.Account, what string) error
	// Exported writes each export into that log, before it is made; nil: there is no log.
	Exported func(ctx context.Context, who accounts.Account, what string) error
}

// who is a session of one of the roles, or the zero Account with the token.
func (d Door) who(ctx context.Context, o Operator, roles []accounts.Role) (who accounts.Account, err error) {
	given, bearer := strings.CutPrefix(o.Authorization, web.BearerPrefix)
	if d.Token != "" && bearer && subtle.ConstantTimeCompare([]byte(given), []byte(d.Token)) == 1 {
		return who, nil
	}
	if d.Staff == nil {
		return who, problem.New("unauthenticated", "the operator's token is needed")
	}
	if who, err = d.Staff(ctx, o.Authorization); err != nil {
		return who, err
	}
	if !slices.Contains(roles, who.Role) {
		return who, problem.New("forbidden", "this operation is not for the role "+string(who.Role))
	}
	return who, nil
}

func (d Door) enter(ctx context.Context, o Operator, roles []accounts.Role, what string) error {
	who, err := d.who(ctx, o, roles)
	if err != nil || d.Note == nil {
		return err
	}
	return d.Note(ctx, who, what)
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
	Sort   string `query:"sort" enum:"-found,found,-at,at" default:"-found" doc:"By when it was found, or by block time; - is the newest first"`
	Rule   string `query:"rule" maxLength:"60" pattern:"^[a-z0-9-]*$" doc:"Id of a rule; empty: all" example:"five-drugs"`
	Org    string `query:"org" maxLength:"32" pattern:"^[a-z0-9-]*$" doc:"Member id; empty: all" example:"h1"`
}

type findingsOutput struct {
	Body struct {
		Findings []oversight.Finding `json:"findings" doc:"In the order asked for"`
		Next     string              `json:"next,omitempty" doc:"Give it as before for the next page of the same order; absent: the end" example:"1795358001391~five-drugs:rx:RX1"`
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

type figuresInput struct {
	Operator
	Unit string `query:"unit" enum:"day,month" default:"day"`
	From string `query:"from" required:"true" minLength:"10" maxLength:"10" doc:"First day in China; of months any day of the first one" example:"2026-11-02"`
	To   string `query:"to" required:"true" minLength:"10" maxLength:"10" doc:"Last day; with from at most 62 days or 13 months" example:"2026-12-01"`
	Org  string `query:"org" maxLength:"32" pattern:"^[a-z0-9-]*$" doc:"Member id; empty: all" example:"h1"`
}

type figuresOutput struct{ Body oversight.Figures }

// RegisterOversight adds the regulator's pages to his own node.
func RegisterOversight(a *web.API, o Oversight, x Exports, door Door) {
	a.Oversight = true
	registerExports(a, x, door)
	codes := []string{"unauthenticated", "forbidden"}
	web.Handle(a, web.Op{ID: "oversight-figures", Method: http.MethodGet, Path: "/v1/oversight/figures",
		Summary: "What the chain's records add up to, by day or month, kind and organisation (统计)",
		Tag:     tagOversight, Codes: codes,
		Doc: "A cell of 1 to 10 persons is left out, and so is another one by which it could be told; every sum is one over the cells that are shown. " +
			"The chain carries no visits, no drugs and no amounts."},
		func(ctx context.Context, in *figuresInput) (*figuresOutput, error) {
			if err := door.enter(ctx, in.Operator, readers, "figures"); err != nil {
				return nil, err
			}
			f, err := o.Figures(ctx, oversight.Asked{Unit: in.Unit, From: in.From, To: in.To, Org: in.Org})
			return &figuresOutput{f}, err
		})
	web.Handle(a, web.Op{ID: "oversight-status", Method: http.MethodGet, Path: "/v1/oversight",
		Summary: "How far the regulator has followed, and the proof that nothing was left out", Tag: tagOversight,
		Codes: codes},
		func(ctx context.Context, in *Operator) (*oversightStatusOutput, error) {
			if err := door.enter(ctx, *in, readers, "status"); err != nil {
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
			if err := door.enter(ctx, in.Operator, investigators, "findings"); err != nil {
				return nil, err
			}
			out := &findingsOutput{}
			var err error
			out.Body.Findings, out.Body.Next, err = o.Findings(ctx, oversight.FindingsQuery{Before: in.Before,
				Limit: in.Limit, Happened: strings.HasSuffix(in.Sort, "at"), Oldest: !strings.HasPrefix(in.Sort, "-"),
				Rule: in.Rule, Org: in.Org})
			return out, err
		})
	web.Handle(a, web.Op{ID: "oversight-evidence", Method: http.MethodGet, Path: "/v1/oversight/findings/{id}/evidence",
		Summary: "A finding with its receipts and documents, to be checked offline with `hospital verify`",
		Tag:     tagOversight, Codes: codes},
		func(ctx context.Context, in *findingInput) (*dossierOutput, error) {
			if err := door.enter(ctx, in.Operator, investigators, "evidence "+in.ID); err != nil {
				return nil, err
			}
			d, err := o.Evidence(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &dossierOutput{`attachment; filename="evidence.json"`, *d}, nil
		})
}
