// Package payments is cards, quotes, orders and settlements over HTTP, and the desk for those that
// no answer came for.
package payments

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/family/right"
	prescriptionsapi "github.com/smart-hospital/hospital/app/httpapi/prescriptions"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/books"
	"github.com/smart-hospital/hospital/payment/bureau"
)

var tagPayments = web.Tag{Name: "Payments",
	Doc: "Insurance card, price, payment and refund; amounts are integer fen."}

// Payments is what the payment operations need.
type Payments struct {
	Service  *payment.Service
	Profiles *patients.Service // real names, and who is whose guardian
	Signers  web.Signers
}

// SettlementID is the path parameter of every operation on one settlement.
type SettlementID struct {
	ID string `path:"id" doc:"Settlement number: ST, the day, ten digits and two check digits (ISO 7064 MOD 97-10)" example:"ST20261122012345678947"`
}

// Resolve refuses a mistyped number before any look-up.
func (s *SettlementID) Resolve(huma.Context) []error {
	if payment.CheckNumber(s.ID) != nil {
		return []error{&huma.ErrorDetail{Location: "path.id",
			Message: "ST, twenty digits, and the check digits must fit"}}
	}
	return nil
}

type bindCardInput struct {
	web.ProfilePath
	Body struct {
		ECToken string `json:"ecToken" minLength:"16" maxLength:"128" doc:"Token of the digital insurance card (医保电子凭证); never shown again" pattern:"^[A-Za-z0-9_-]+$" example:"EC7QM2XW5ZT3YB6NC2DAJ4HRL8"`
	}
}

// orderBody takes exactly one of card and payCode.
type orderBody struct {
	Card    string `json:"card,omitempty" maxLength:"64" doc:"Id of the patient's bound card" example:"IC7k2mq4xw5zt3yb6nc2da"`
	PayCode string `json:"payCode,omitempty" maxLength:"18" doc:"One-minute pay code; used up by this call" pattern:"^[0-9]*$" example:"281234567890123456"`
}

type orderInput struct {
	prescriptionsapi.PrescriptionID
	Body orderBody
}

type dayInput struct {
	Day string `path:"day" format:"date" doc:"Accounting day in China" example:"2026-11-22"`
}

type (
	cardOutput  struct{ Body payment.Card }
	cardsOutput struct {
		Body struct {
			Cards []payment.Card `json:"cards" doc:"One at most; empty when none is bound"`
		}
	}
	payCodeOutput     struct{ Body payment.PayCode }
	quoteOutput       struct{ Body payment.Quote }
	settlementOutput  struct{ Body *payment.View }
	reportOutput      struct{ Body books.Report }
	settlementsOutput struct {
		Body struct {
			Settlements []payment.View `json:"settlements" doc:"Newest first; at most one of them is open or paid"`
		}
	}
	settlementEventsOutput struct {
		Body struct {
			Events []SettlementEvent `json:"events" doc:"In order; the chain's record of each says the same digest"`
		}
	}
)

// SettlementEvent is a record of a settlement with what it commits to: digest = SM3(0x02 ‖ salt ‖
// document).
type SettlementEvent struct {
	Seq      uint64 `json:"seq" example:"1"`
	Kind     string `json:"kind" example:"pay.settle"`
	Record   string `json:"record" doc:"Record id; its receipt is at /v1/chain/records/{id}/receipt" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Document string `json:"document" doc:"Canonical JSON" example:"{\"diagnoses\":[\"J06.9\"],\"schema\":\"rx.issue/1\"}"`
	Salt     []byte `json:"salt" doc:"Base64, 32 bytes" example:"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="`
	At       int64  `json:"at" doc:"Unix milliseconds" example:"1795358001391"`
}

// RegisterPayments adds the insurance card, quotes, orders and settlements, and the comparison with
// the insurer's books. The signature that pays goes to /v1/intents/{id}/sign.
func RegisterPayments(a *web.API, p Payments) {
	web.Described[payment.Status, statusText](a)
	web.Values[payment.Case](a, "status", payment.Undecided)
	p.registerCards(a)
	p.registerOrders(a)
	p.registerSettlements(a)
}

// statusText describes a settlement's status.
type statusText string

// Schema implements huma.SchemaProvider.
func (statusText) Schema(huma.Registry) *huma.Schema { return web.OneOf(payment.Statuses) }

var insurerCodes = []string{"insurer-refused", "insurer-unreachable", "insurer-distrusted"}

func (p Payments) registerCards(a *web.API) {
	web.Handle(a, web.Op{ID: "bind-card", Method: http.MethodPut, Needs: right.Own,
		Path:    "/v1/patients/{person}/card",
		Summary: "Bind the digital insurance card (绑定医保电子凭证)", Tag: tagPayments, Outside: true,
		Roles: web.PatientOnly, Command: true,
		Codes: append([]string{"identity-not-bound", "identity-contested", "identity-claim", "card-of-another",
			"card-bound"}, insurerCodes...),
		Doc: "For oneself or a child one is guardian of. The insurer must name the same person as the real-name registry. Replaces an earlier card."}, p.bindCard)
	web.Handle(a, web.Op{ID: "list-cards", Method: http.MethodGet, Needs: right.Act,
		Path:    "/v1/patients/{person}/cards",
		Summary: "The bound insurance card, if any", Tag: tagPayments, Roles: web.PatientOnly,
		Codes: []string{"not-found"},
		Doc:   "None is an empty list and no refusal: a page has to ask before anything is bound."}, p.listCards)
	web.Handle(a, web.Op{ID: "create-pay-code", Method: http.MethodPost, Path: "/v1/patients/{person}/pay-codes",
		Summary: "A one-minute pay code (付款码)", Tag: tagPayments,
		Roles: web.PatientOnly, Command: true, Status: http.StatusCreated, Codes: []string{"not-found"},
		Doc: "Pays one order by the person's card within a minute; the server keeps only its digest."},
		func(ctx context.Context, in *web.ProfilePath) (*payCodeOutput, error) {
			person, err := p.managed(ctx, *in)
			if err != nil {
				return nil, err
			}
			code, err := p.Service.CreatePayCode(ctx, web.Actor(ctx), web.Command(ctx, "pay.code"), person)
			return &payCodeOutput{code}, err
		})
}

func (p Payments) listCards(ctx context.Context, in *web.ProfilePath) (*cardsOutput, error) {
	person, err := p.managed(ctx, *in)
	if err != nil {
		return nil, err
	}
	out := &cardsOutput{}
	out.Body.Cards = []payment.Card{}
	card, err := p.Service.CardOf(ctx, person)
	switch {
	case err == nil:
		out.Body.Cards = append(out.Body.Cards, card)
	case !errors.Is(err, payment.ErrNotFound):
		return nil, err
	}
	return out, nil
}

// managed is the person of the path, whom the caller may act for: profile.ErrNotFound otherwise.
func (p Payments) managed(ctx context.Context, in web.ProfilePath) (person string, err error) {
	me := web.Caller(ctx).Person
	_, err = p.Profiles.Get(ctx, me, in.Of(me))
	return in.Of(me), err
}

func (p Payments) bindCard(ctx context.Context, in *bindCardInput) (*cardOutput, error) {
	me := web.Caller(ctx).Person
	person, identity, err := p.Profiles.CardPerson(ctx, me, in.Of(me))
	if err != nil {
		return nil, err
	}
	card, err := p.Service.BindCard(ctx, web.Actor(ctx), web.Command(ctx, "pay.card"), person, in.Body.ECToken,
		bureau.Holder{Name: identity.Name, IDNumber: identity.IDNumber})
	if err != nil {
		return nil, err
	}
	// The bureau named this person: that proves the number, whoever typed it first.
	return &cardOutput{card}, p.Profiles.ProveByCard(ctx, me, in.Of(me), identity)
}

func (p Payments) registerOrders(a *web.API) {
	web.Signs(a, chain.SubjectPay, "settlement", p.Service.Sign)
	web.Handle(a, web.Op{ID: "quote-payment", Method: http.MethodGet, Needs: right.Act,
		Path:    "/v1/prescriptions/{id}/quote",
		Summary: "What it costs: pre-settlement (预结算)", Tag: tagPayments, Outside: true, Roles: web.PatientOnly,
		Codes: append([]string{"not-found", "not-payable", "rule-refused", "status"}, insurerCodes...),
		Doc:   "The split into fund, personal account and cash as of now, in fen. Binds nobody."},
		func(ctx context.Context, in *prescriptionsapi.PrescriptionID) (*quoteOutput, error) {
			quote, err := p.Service.Quote(ctx, web.Actor(ctx), in.ID)
			return &quoteOutput{quote}, err
		})
	web.Handle(a, web.Op{ID: "prepare-payment", Method: http.MethodPost, Path: "/v1/prescriptions/{id}/pay",
		Summary: "Prepare paying (支付)", Tag: tagPayments, Outside: true, Roles: web.PatientOnly, Command: true,
		Codes: append([]string{"not-found", "not-payable", "paid-already", "pay-code-spent", "rule-refused", "status",
			"no-key", "key-pending"}, insurerCodes...),
		Doc: "Answers with the exact split to authorise; send the signature to /v1/intents/{id}/sign within fifteen minutes. The insurer settles exactly that or nothing."},
		func(ctx context.Context, in *orderInput) (*web.IntentOutput, error) {
			actor, err := web.SigningActor(ctx, p.Signers)
			if err != nil {
				return nil, err
			}
			prepared, err := p.Service.PrepareOrder(ctx, actor, web.Command(ctx, "pay.prepare"),
				payment.OrderInput{Rx: in.ID, Card: in.Body.Card, PayCode: in.Body.PayCode})
			if err != nil {
				return nil, err
			}
			return web.ToSign(prepared), nil
		})
}

func (p Payments) registerSettlements(a *web.API) {
	web.Handle(a, web.Op{ID: "list-settlements", Method: http.MethodGet, Path: "/v1/prescriptions/{id}/settlements",
		Summary: "A prescription's payments", Tag: tagPayments, Roles: web.PatientOnly},
		func(ctx context.Context, in *prescriptionsapi.PrescriptionID) (*settlementsOutput, error) {
			out := &settlementsOutput{}
			var err error
			out.Body.Settlements, err = p.Service.Of(ctx, web.Actor(ctx), in.ID)
			return out, err
		})
	web.Handle(a, web.Op{ID: "get-settlement", Method: http.MethodGet, Path: "/v1/settlements/{id}",
		Summary: "One payment (结算)", Tag: tagPayments, Roles: web.PatientOnly, Codes: []string{"not-found"},
		Doc: "opened: the insurer has not answered, it is being asked; nothing needs to be repeated. refunding: the money is on its way back."},
		func(ctx context.Context, in *SettlementID) (*settlementOutput, error) {
			v, err := p.Service.Get(ctx, web.Actor(ctx), in.ID)
			return &settlementOutput{v}, err
		})
	web.Handle(a, web.Op{ID: "settlement-events", Method: http.MethodGet, Path: "/v1/settlements/{id}/events",
		Summary: "Documents and salts, for checking offline", Tag: tagPayments, Roles: web.PatientOnly,
		Codes: []string{"not-found"}}, p.events)
	web.Handle(a, web.Op{Home: true, ID: "day-report", Method: http.MethodGet, Path: "/v1/admin/reconciliation/{day}",
		Summary: "A day's books beside the insurer's (对账)", Tag: tagPayments,
		Roles: []accounts.Role{accounts.Admin}, Codes: insurerCodes,
		Doc: "A difference without an explanation needs a person; it has raised an alarm."},
		func(ctx context.Context, in *dayInput) (*reportOutput, error) {
			r, err := books.DayReport(ctx, p.Service, in.Day)
			return &reportOutput{r}, err
		})
	registerPaymentDesk(a, p.Service)
}

func (p Payments) events(ctx context.Context, in *SettlementID) (*settlementEventsOutput, error) {
	events, err := p.Service.Events(ctx, web.Actor(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	out := &settlementEventsOutput{}
	out.Body.Events = make([]SettlementEvent, len(events))
	for i, e := range events {
		out.Body.Events[i] = SettlementEvent{Seq: e.Seq, Kind: string(e.Kind), Record: e.Record,
			Document: string(e.Document), Salt: e.Salt, At: e.At.UnixMilli()}
	}
	return out, nil
}
