package signing

import (
	"context"
	"net/http"
	"time"

	"github.com/smart-hospital/hospital/app/handover"
	"github.com/smart-hospital/hospital/app/httpapi/web"
)

// Rules are what a desk may do with a key it has opened.
type Rules struct {
	SessionMinutes int `json:"sessionMinutes" doc:"How long a desk may sign with the PIN given once; 0: each act asks for it" example:"30"`
	SessionActs    int `json:"sessionActs" doc:"How many acts at most" example:"50"`
}

type rulesOutput struct{ Body Rules }

type handoverInput struct {
	ID string `path:"id" maxLength:"64"`
}

type offerOutput struct {
	Body struct {
		Code      string    `json:"code" doc:"Eight digits; good for one phone of the same account" example:"40213876"`
		ExpiresAt time.Time `json:"expiresAt"`
	}
}

type stateOutput struct {
	Body struct {
		State  handover.State `json:"state" enum:"offered,opened,signed,ended"`
		Record string         `json:"record" doc:"Id the record has, or will have" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	}
}

type openInput struct {
	Body struct {
		Code string `json:"code" pattern:"^[0-9]{8}$" example:"40213876"`
	}
}

// RegisterHandover adds signing by the phone what the desk shows (扫码签), and what a desk may do by
// itself.
func RegisterHandover(a *web.API, in Intents, rules Rules) {
	web.Handle(a, web.Op{
		ID: "signing-rules", Method: http.MethodGet, Path: "/v1/signing", Tag: tagSigning,
		Summary: "How a desk may sign (签名设置)", Roles: web.PractitionerRoles,
		Doc: "Whether the PIN may be given once for several acts; each is shown and confirmed all the same. The desk keeps to it by itself: the server never sees key or PIN.",
	}, func(context.Context, *struct{}) (*rulesOutput, error) { return &rulesOutput{rules}, nil })
	web.Handle(a, web.Op{
		ID: "offer-intent", Method: http.MethodPost, Path: "/v1/intents/{id}/handover", Tag: tagSigning,
		Summary: "Make a code by which the phone signs (扫码签)", Command: true, Roles: web.PractitionerRoles,
		Doc:   "A code for the same account's phone, good for three minutes and one phone. It ends the account's code before it.",
		Codes: []string{"not-found", "intent-expired", "intent-used", "too-many-codes"},
	}, func(ctx context.Context, i *handoverInput) (*offerOutput, error) {
		out := &offerOutput{}
		var err error
		out.Body.Code, out.Body.ExpiresAt, err = in.Handover.Offer(ctx, web.Actor(ctx).Person, web.Caller(ctx).ID, i.ID)
		return out, err
	})
	web.Handle(a, web.Op{
		ID: "handover-state", Method: http.MethodGet, Path: "/v1/intents/{id}/handover", Tag: tagSigning,
		Summary: "How far the phone has come (扫码签进度)", Roles: web.PractitionerRoles, Codes: []string{"not-found"},
		Doc: "A notice of the topic sign says when to ask.",
	}, in.state)
	web.Handle(a, web.Op{
		ID: "withdraw-intent", Method: http.MethodDelete, Path: "/v1/intents/{id}/handover", Tag: tagSigning,
		Summary: "Take the code back", Command: true, Roles: web.PractitionerRoles, Status: http.StatusNoContent,
		Codes: []string{"not-found"},
	}, func(ctx context.Context, i *handoverInput) (*struct{}, error) {
		return nil, in.Handover.Withdraw(ctx, web.Actor(ctx).Person, web.Caller(ctx).ID, i.ID)
	})
	web.Handle(a, web.Op{
		ID: "open-handover", Method: http.MethodPost, Path: "/v1/handovers", Tag: tagSigning,
		Summary: "See on the phone what the desk wants signed", Command: true, Roles: web.PractitionerRoles,
		Doc:   "The act behind the code that the same account's desk shows. To everybody else the code does not exist. After five wrong ones the code is dead, and none is taken for a quarter of an hour.",
		Codes: []string{"code-unknown", "too-many-codes"},
	}, func(ctx context.Context, i *openInput) (*web.IntentOutput, error) {
		prepared, err := in.Handover.Open(ctx, web.Actor(ctx).Person, web.Caller(ctx).ID, i.Body.Code,
			web.Command(ctx, "handover.open").Key)
		if err != nil {
			return nil, err
		}
		return web.ToSign(prepared), nil
	})
}

func (in Intents) state(ctx context.Context, i *handoverInput) (*stateOutput, error) {
	at, err := in.Handover.At(ctx, web.Actor(ctx).Person, web.Caller(ctx).ID, i.ID)
	if err != nil {
		return nil, err
	}
	prepared, err := in.Store.Load(in.DB.WithContext(ctx), i.ID)
	if err != nil {
		return nil, err
	}
	out := &stateOutput{}
	out.Body.State, out.Body.Record = at, prepared.Statement.ID()
	return out, nil
}
