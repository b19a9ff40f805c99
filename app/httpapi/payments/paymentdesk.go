package payments

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/payment"
)

type deskOutput struct {
	Body struct {
		Cases []payment.Case `json:"cases" doc:"Longest waiting first"`
	}
}

type decideInput struct {
	SettlementID
	Body struct {
		Version  uint64           `json:"version" minimum:"1" doc:"Of the case that was read" example:"20"`
		Decision payment.Decision `json:"decision" enum:"settled,not-settled,refunded"`
		Order    string           `json:"order,omitempty" maxLength:"64" doc:"The bureau's number; with settled only" example:"ORD0a1b2c"`
		Reason   string           `json:"reason" minLength:"4" maxLength:"500" doc:"Whom you asked and what they said" example:"电话问过医保中心，未结算"`
	}
}

// registerPaymentDesk adds what administrators of the hospital do about payments that the insurer
// gives no usable answer about.
func registerPaymentDesk(a *web.API, svc *payment.Service) {
	ours := func(acc accounts.Account) error {
		if acc.Org != svc.Hospital {
			return problem.New("forbidden", "payments are the hospital's")
		}
		return nil
	}
	list := func(ctx context.Context) (*deskOutput, error) {
		out := &deskOutput{}
		err := ours(web.Caller(ctx))
		if err == nil {
			out.Body.Cases, err = svc.AtDesk(ctx)
		}
		return out, err
	}
	web.Handle(a, web.Op{Home: true, ID: "payment-desk", Method: http.MethodGet, Path: "/v1/admin/settlements/desk",
		Summary: "Payments that wait for a person (待人工裁定)", Tag: tagPayments, Roles: web.AdminOnly,
		Doc: "The insurer was asked for about an hour and gave no answer that can be booked. What was sent and what came is the evidence; ask the bureau by our number."},
		func(ctx context.Context, _ *struct{}) (*deskOutput, error) { return list(ctx) })
	web.Handle(a, web.Op{Home: true, ID: "decide-settlement", Method: http.MethodPost,
		Path: "/v1/admin/settlements/{id}/decide", Summary: "Say what became of a payment", Tag: tagPayments,
		Roles: web.AdminOnly, Command: true,
		Codes: []string{"not-at-desk", "version-conflict"},
		Doc:   "Noted with the reason, and on the chain. The insurer is asked on until it confirms; whatever it says later, the patient has paid once or not at all."},
		func(ctx context.Context, in *decideInput) (*deskOutput, error) {
			if err := ours(web.Caller(ctx)); err != nil {
				return nil, err
			}
			b := in.Body
			err := svc.Decide(ctx, web.Command(ctx, "payments.decide"), web.Caller(ctx).ID, in.ID,
				payment.Ruling{Decision: b.Decision, Order: b.Order, Reason: b.Reason, Version: b.Version})
			if err != nil {
				return nil, err
			}
			return list(ctx)
		})
}
