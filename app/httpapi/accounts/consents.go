package accounts

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/closing"
	"github.com/smart-hospital/hospital/app/consent"
	"github.com/smart-hospital/hospital/app/httpapi/web"
)

var tagConsents = web.Tag{Name: "Consent",
	Doc: "What a patient's account agreed to, and its end by its owner's wish."}

type papersOutput struct {
	Body struct {
		Papers []consent.Paper `json:"papers" doc:"Those in force"`
	}
}

type consentsOutput struct {
	Body struct {
		Consents []consent.Given `json:"consents" doc:"Newest first, at most 100"`
	}
}

type agreeInput struct {
	Body struct {
		Versions consent.Versions `json:"versions" doc:"By name; those that were shown" example:"{\"service\":1,\"privacy\":2}"`
	}
}

// RegisterConsents adds the papers and what a patient's account agreed to.
func RegisterConsents(a *web.API, svc *consent.Service) {
	given := func(ctx context.Context, err error) (*consentsOutput, error) {
		if err != nil {
			return nil, err
		}
		list, err := svc.Of(ctx, web.Caller(ctx).ID)
		out := &consentsOutput{}
		out.Body.Consents = list
		return out, err
	}
	web.Handle(a, web.Op{ID: "papers", Method: http.MethodGet, Path: "/v1/papers",
		Summary: "The terms of service and the privacy policy in force (服务须知, 隐私政策)", Tag: tagConsents},
		func(context.Context, *struct{}) (*papersOutput, error) {
			out := &papersOutput{}
			out.Body.Papers = svc.InForce()
			return out, nil
		})
	web.Handle(a, web.Op{ID: "list-consents", Method: http.MethodGet, Path: "/v1/me/consents",
		Summary: "What the caller agreed to, and when", Tag: tagConsents, Roles: web.PatientOnly, First: true},
		func(ctx context.Context, _ *struct{}) (*consentsOutput, error) { return given(ctx, nil) })
	web.Handle(a, web.Op{ID: "agree", Method: http.MethodPut, Path: "/v1/me/consents",
		Summary: "Agree to the papers in force (同意)", Tag: tagConsents, Roles: web.PatientOnly, First: true,
		Command: true, Codes: []string{"consent-version", "consent-often"}},
		func(ctx context.Context, in *agreeInput) (*consentsOutput, error) {
			return given(ctx, svc.Agree(ctx, web.Command(ctx, "consent.agree"), web.Caller(ctx).ID, in.Body.Versions))
		})
	web.Handle(a, web.Op{ID: "withdraw-consent", Method: http.MethodDelete, Path: "/v1/me/consents",
		Summary: "Withdraw one's consent (撤回同意)", Tag: tagConsents, Roles: web.PatientOnly, First: true,
		Command: true,
		Doc:     "From now on the account reads what is its own and does nothing else, until it agrees again. What was done stays, and what the law has the hospital keep is kept."},
		func(ctx context.Context, _ *struct{}) (*consentsOutput, error) {
			return given(ctx, svc.Withdraw(ctx, web.Command(ctx, "consent.withdraw"), web.Caller(ctx).ID))
		})
}

type closingOutput struct{ Body closing.State }

// RegisterClosing adds the end of a patient's account.
func RegisterClosing(a *web.API, svc *closing.Service) {
	web.Handle(a, web.Op{ID: "look-at-closing", Method: http.MethodGet, Path: "/v1/me/closing",
		Summary: "What closing the account would mean, and what hinders it", Tag: tagConsents, Roles: web.PatientOnly,
		First: true},
		func(ctx context.Context, _ *struct{}) (*closingOutput, error) {
			st, err := svc.Look(ctx, web.Caller(ctx))
			return &closingOutput{st}, err
		})
	web.Handle(a, web.Op{ID: "close-own-account", Method: http.MethodPost, Path: "/v1/me/closing",
		Summary: "Close one's account (注销账号)", Tag: tagConsents, Roles: web.PatientOnly, First: true, Command: true,
		Doc:   "Every session ends now. The account is closed when the cooling-off period is over; a log-in before that calls it off. Accounts of staff are closed by their administrator.",
		Codes: []string{"closing-hindered"}},
		func(ctx context.Context, _ *struct{}) (*closingOutput, error) {
			st, err := svc.Ask(ctx, web.Command(ctx, "account.close-own"), web.Caller(ctx))
			return &closingOutput{st}, err
		})
}
